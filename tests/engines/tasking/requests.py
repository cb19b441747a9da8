"""Requests to try: small random ones for laws, a large random one for speed, and the people of the stories."""

from __future__ import annotations

import msgspec
import numpy as np
from hypothesis import strategies as st

from wayhome.engines.tasking import (
    Apart,
    Candidate,
    Composure,
    Dependent,
    Duty,
    Exclusion,
    HistoryFlag,
    MissionNeed,
    Pair,
    Request,
    RestRules,
    SkillNeed,
    Stake,
    Together,
    WorkLimit,
)

REST = RestRules("the rules of rest", "of these tests", 5.0, (WorkLimit(24.0, 17.0),))

SKILLS = ("track", "medic")
needs = st.builds(SkillNeed, st.sampled_from(SKILLS), st.integers(1, 4), st.integers(1, 2))
skills = st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 5), max_size=2)
duties = st.sampled_from(("available", "available", "on duty", "limited", "away", "leave"))


@st.composite
def missions(draw: st.DrawFn, name: str) -> MissionNeed:
    least = draw(st.integers(1, 2))
    return MissionNeed(
        id=name,
        name=name.upper(),
        skills=tuple(draw(st.lists(needs, max_size=2))),
        medic=draw(st.none() | st.just(SkillNeed("medic", 2))),
        least=least,
        most=draw(st.none() | st.integers(least, 3)),
        ranks=draw(st.sampled_from(((), ("chuunin",)))),
        danger=draw(st.integers(0, 2)),
        grave=draw(st.booleans()),
        front=draw(st.booleans()),
        within_h=draw(st.none() | st.just(1.5)),
        optional=draw(st.booleans()),
        mode=draw(st.sampled_from(("", "", "share", "slot"))),
        trainees=draw(st.sampled_from((0, 0, 1))),
        clearance=draw(st.sampled_from((0, 0, 2))),
        no_strangers=draw(st.sampled_from((False, False, True))),
        hours=draw(st.sampled_from((0.0, 4.0))),
        until_h=draw(st.sampled_from((None, None, 5.5))),
        qualifications=draw(st.sampled_from(((), (), ("rope",)))),
    )


@st.composite
def candidates(draw: st.DrawFn, number: int, where: tuple[str, ...], crowd: int) -> Candidate:
    others = [f"p{other}" for other in range(crowd) if other != number]
    return Candidate(
        id=f"p{number}",
        name=f"P{number}",
        rank=draw(st.sampled_from(("genin", "chuunin"))),
        skills=draw(skills),
        duty=draw(duties),
        travel_h={one: draw(st.sampled_from((0.25, 1.0, 2.0))) for one in where if draw(st.booleans())},
        load_h=draw(st.sampled_from((0.0, 7.6, 30.0))),
        dependents=draw(st.sampled_from(((), (Dependent("Naruto", "his teacher", skill="medic"),)))),
        composure=draw(st.none() | st.builds(Composure, st.integers(1, 5), st.just("leader"))),
        stakes=draw(st.sampled_from(((), (Stake(where[0], "kin", helps=3), Stake(where[0], "feud", hurts=1))))),
        history=draw(st.sampled_from(((), (HistoryFlag("froze last time"),)))),
        only_with=draw(st.sampled_from(((), (), tuple(others[:1])))),
        most_danger=draw(st.sampled_from((3, 3, 1))),
        exclusions=draw(st.sampled_from(((), (), (Exclusion("held back", where[-1]),)))),
        trainee=draw(st.sampled_from((False, False, False, True))),
        junior=draw(st.sampled_from((False, False, True))),
        clearance=draw(st.sampled_from((9, 9, 1))),
        knows=draw(st.sampled_from(((), tuple(others[:1]), tuple(others)))),
        qualifications=draw(st.sampled_from((("rope",), ("rope",), ()))),
        expires_h=draw(st.sampled_from(({}, {"rope": 3.0}))),
        free_from_h=draw(st.sampled_from((0.0, 0.0, 1.0))),
        free_until_h=draw(st.sampled_from((None, None, 5.0))),
        duties=draw(st.sampled_from(((), (), (Duty(-20.0, -6.0),)))),
    )


@st.composite
def tiny_requests(draw: st.DrawFn, crowd: int = 5) -> Request:
    """At most five people and two missions: every plan can be tried."""
    where = draw(st.sampled_from((("a",), ("a", "b"))))
    people = tuple(draw(candidates(number, where, crowd)) for number in range(crowd))
    needed = [draw(missions(name)) for name in where]
    if len(needed) > 1 and draw(st.booleans()):
        needed[1] = msgspec.structs.replace(needed[1], after=("a",))
    pairs = st.builds(Pair, st.sampled_from([one.id for one in people]), st.sampled_from(where))
    fixed = tuple(draw(st.lists(pairs, max_size=1)))
    return Request(
        people=people,
        missions=tuple(needed),
        fixed=fixed,
        forbidden=tuple(one for one in draw(st.lists(pairs, max_size=2)) if one not in fixed),
        apart=draw(st.sampled_from(((), (Apart("p0", "p1", "a quarrel"),), (Apart("p0", "p1", "kin", danger=1),)))),
        together=draw(st.sampled_from(((), (Together("p1", "p2", "a couple"),)))),
        mentor=draw(st.sampled_from((None, SkillNeed("track", 2)))),
        rest=draw(st.sampled_from((None, None, REST))),
        keep_home=draw(st.sampled_from(((), (SkillNeed("medic", 2),)))),
        allow_exceptions=draw(st.booleans()),
        mode=draw(st.sampled_from(("share", "slot"))),
    )


def large_request(people: int = 60, missions: int = 6, seed: int = 1) -> Request:
    """A random county: five skills held by half the people each, a few away or limited."""
    chance = np.random.default_rng(seed)
    names = ("track", "medic", "climb", "radio", "lead")
    ids = [f"m{number}" for number in range(missions)]
    duty = ("available", "available", "on duty", "available", "limited", "away")
    return Request(
        people=tuple(
            Candidate(
                id=f"p{number}",
                name=f"Person {number}",
                skills={name: int(chance.integers(1, 6)) for name in names if chance.random() < 0.5},
                travel_h={one: float(chance.random() * 3) for one in ids},
                load_h=float(chance.integers(0, 40)),
                duty=duty[int(chance.integers(0, len(duty)))],
            )
            for number in range(people)
        ),
        missions=tuple(
            MissionNeed(
                id=one,
                name=f"Mission {one}",
                skills=(SkillNeed("track", 2, 2), SkillNeed("climb")),
                leader=SkillNeed("lead", 3),
                medic=SkillNeed("medic", 2),
                least=4,
                most=7,
                danger=number % 4,
            )
            for number, one in enumerate(ids)
        ),
        keep_home=(SkillNeed("medic", 2, 2),),
    )
