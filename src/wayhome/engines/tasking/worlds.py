"""Made-up worlds to try the engine on: villages and counties with people, bonds and missions, drawn from a seed.

`world(people, missions, seed)` is one question of who goes now. What is in it, and where:

- people live in squads of eight round a base; most know their squad and a few of others. One in eight cannot go (away,
  on leave, resting), some are limited, some free only later or for some hours, some have worked long already and the
  rules of rest (`rest.TWO_TO_ONE`) hold them;
- eight skills at levels 1 to 5, leaders and medics scarce; one qualification that some lack and that runs out for
  others in mid-mission; cleared for danger and to know more or less; composure; dependants with stand-ins;
- one in six is a junior and one in sixteen a trainee, beside mentors only; some go only with a partner, some pairs go
  better together, some never in one team, kin not into the same danger; some missions hold somebody's personal stake;
- missions lie about the same ground: five kinds (search, rope rescue, evacuation, watch, pursuit) with a leader, a
  medic, two or three skills, in share and in slot mode, windows, danger, trainee places. The gravest take no two
  strangers. Every one may be declined at the cost of its priority, one in eight comes after another, a few people
  have accepted already, some are ruled out, and medics and leaders should stay at home in reserve.

With eight people to a mission and teams of three to six the scarce are wanted in several places at once: that, with the
pairs, makes it hard. All figures here are made up for that, none was fitted to any organisation.
"""

from __future__ import annotations

import math
from typing import Final

import msgspec
import numpy as np

from wayhome.engines.tasking.checks import check_whole
from wayhome.engines.tasking.data import (
    MOST_MISSIONS,
    MOST_PEOPLE,
    Apart,
    Candidate,
    Composure,
    Dependent,
    HistoryFlag,
    MissionNeed,
    Pair,
    Request,
    SkillNeed,
    Stake,
    Together,
)
from wayhome.engines.tasking.rest import TWO_TO_ONE, Duty

SQUAD: Final = 8
KMH: Final = 6.0
SPREAD_KM: Final = 1.0
SKILLS: Final = ("search", "medic", "rope", "tracking", "radio", "lead", "dog", "water")
HELD_BY: Final = (0.8, 0.4, 0.5, 0.5, 0.6, 0.4, 0.3, 0.4)
DUTIES: Final = ("available", "on duty", "limited", "away", "leave", "resting")
DUTY_CHANCE: Final = (0.65, 0.2, 0.05, 0.04, 0.04, 0.02)
MENTOR: Final = SkillNeed("lead", 2)
KINDS: Final = (
    ("search", (("search", 2), ("tracking", 1), ("radio", 1)), 5, 1),
    ("rope rescue", (("rope", 2), ("search", 1), ("radio", 1)), 5, 2),
    ("evacuation", (("radio", 1), ("search", 2), ("water", 1)), 5, 1),
    ("watch", (("tracking", 1), ("radio", 1), ("search", 1)), 4, 0),
    ("pursuit", (("tracking", 1), ("dog", 1), ("water", 1)), 5, 3),
)
"""Name, skills with head-counts, least people, danger."""

Chance = np.random.Generator


def world(people: int, missions: int, seed: int) -> Request:
    """A question for `people` candidates and `missions` missions. The same numbers give the same question.

    Raises TaskingError where a number is not whole or out of range.
    """
    check_whole(people, 2, MOST_PEOPLE, "how many people")
    check_whole(missions, 1, MOST_MISSIONS, "how many missions")
    check_whole(seed, 0, 2**31 - 1, "the seed")
    chance = np.random.default_rng((seed, people, missions))
    side_km = SPREAD_KM * math.sqrt(people)
    bases = chance.random((people // SQUAD + 1, 2)) * side_km
    homes = bases[np.arange(people) // SQUAD] + chance.normal(0.0, 1.0, (people, 2))
    places = chance.random((missions, 2)) * side_km
    hours = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1)) / KMH
    needed = tuple(_mission(chance, number) for number in range(missions))
    crowd = [_person(chance, number, hours[number], people, needed) for number in range(people)]
    crowd = _with_partners(chance, crowd)
    return Request(
        people=tuple(crowd),
        missions=needed,
        fixed=_accepted(chance, crowd, needed),
        apart=_apart(chance, people),
        together=_together(chance, people),
        keep_home=(SkillNeed("medic", 3, max(1, people // 40)), SkillNeed("lead", 3, max(1, people // 40))),
        mentor=MENTOR,
        juniors_each=2,
        rest=TWO_TO_ONE,
        skills=SKILLS,
    )


def _mission(chance: Chance, number: int) -> MissionNeed:
    name, skills, least, danger = KINDS[int(chance.integers(len(KINDS)))]
    grave = danger >= 2 and chance.random() < 0.4
    begins = float(chance.choice((0.0, 0.0, 1.0, 2.0)))
    hours = float(chance.integers(2, 9))
    late = chance.random() < 0.5
    return MissionNeed(
        id=f"m{number}",
        name=f"{name.capitalize()} {number}",
        skills=tuple(SkillNeed(skill, int(chance.integers(1, 4)), count) for skill, count in skills),
        leader=SkillNeed("lead", int(chance.integers(2, 5))),
        medic=SkillNeed("medic", int(chance.integers(1, 4))) if danger or chance.random() < 0.5 else None,
        least=least,
        most=least + int(chance.integers(0, 3)),
        danger=danger,
        grave=grave,
        front=danger == 3,
        no_strangers=danger >= 1 and chance.random() < 0.6,
        qualifications=("rope safety",) if name == "rope rescue" else (),
        optional=True,
        priority=int(chance.integers(1, 6)),
        mode="slot" if chance.random() < 0.4 else "share",
        trainees=int(chance.random() < 0.3),
        clearance=2 if grave else 0,
        from_h=begins,
        hours=hours,
        until_h=begins + hours + float(chance.integers(3, 12)) if late else None,
        after=(f"m{int(chance.integers(number))}",) if number and chance.random() < 0.125 else (),
    )


def _person(
    chance: Chance,
    number: int,
    hours: np.ndarray[tuple[int], np.dtype[np.float64]],
    crowd: int,
    missions: tuple[MissionNeed, ...],
) -> Candidate:
    squad = range(number // SQUAD * SQUAD, min(crowd, number // SQUAD * SQUAD + SQUAD))
    young = chance.random()
    skill = 0.0 if young < 1 / 16 else 1.0 if young < 1 / 16 + 1 / 6 else 2.0
    levels = {
        name: int(np.clip(round(chance.normal(1.0 + skill, 1.0)), 1, 5))
        for name, held in zip(SKILLS, HELD_BY, strict=True)
        if chance.random() < held
    }
    strangers = {int(one) for one in chance.integers(crowd, size=3)}
    known = {one for one in squad if chance.random() < 0.9} | strangers
    spare = chance.random()
    return Candidate(
        id=f"p{number}",
        name=f"Person {number}",
        rank="genin" if skill < 2.0 else "chuunin",
        skills=levels,
        qualifications=("rope safety",) if chance.random() < 0.8 else (),
        expires_h={"rope safety": float(chance.integers(1, 20))} if chance.random() < 0.1 else {},
        duty=str(chance.choice(DUTIES, p=DUTY_CHANCE)),
        travel_h={one.id: round(float(away), 2) for one, away in zip(missions, hours, strict=True)},
        load_h=float(chance.integers(0, 40)),
        dependents=_dependents(chance, number, squad),
        composure=Composure(int(chance.integers(1, 6)), "the roster") if chance.random() < 0.6 else None,
        stakes=_stakes(chance, missions),
        history=(HistoryFlag("froze last time"),) if chance.random() < 0.05 else (),
        most_danger=3 if skill else 1,
        clearance=int(chance.integers(1, 5)),
        free_from_h=2.0 if spare < 0.05 else 0.0,
        free_until_h=float(chance.integers(6, 20)) if spare > 0.9 else None,
        duties=(Duty(-float(chance.integers(9, 20)), -float(chance.integers(1, 9))),) if chance.random() < 0.15 else (),
        junior=skill == 1.0,
        trainee=skill == 0.0,
        knows=tuple(f"p{one}" for one in sorted(known - {number})),
    )


def _dependents(chance: Chance, number: int, squad: range) -> tuple[Dependent, ...]:
    if chance.random() >= 0.2:
        return ()
    stands_in = f"p{int(chance.choice(squad))}"
    return (Dependent(f"student of {number}", "their teacher", skill="lead", stand_ins=(stands_in,)),)


def _stakes(chance: Chance, missions: tuple[MissionNeed, ...]) -> tuple[Stake, ...]:
    if chance.random() >= 0.05:
        return ()
    mission = missions[int(chance.integers(len(missions)))]
    helps, hurts = (int(one) for one in chance.integers(0, 4, size=2))
    return (Stake(mission.id, "knows whom it is about", helps=helps, hurts=hurts),)


def _with_partners(chance: Chance, crowd: list[Candidate]) -> list[Candidate]:
    """Duty limits: one in thirty goes only with one of two of their squad."""
    for number, person in enumerate(crowd):
        squad = range(number // SQUAD * SQUAD, min(len(crowd), number // SQUAD * SQUAD + SQUAD))
        others = [f"p{one}" for one in squad if one != number]
        if len(others) >= 2 and chance.random() < 1 / 30:
            partners = tuple(str(one) for one in chance.choice(others, size=2, replace=False))
            crowd[number] = msgspec.structs.replace(person, only_with=partners, limits=("return in grades",))
    return crowd


def _pairs(chance: Chance, people: int, share: float) -> list[tuple[str, str]]:
    """Pairs within a squad, each person in at most one of them."""
    found = []
    for first in range(0, people - 1, 2):
        if chance.random() < share * 2:
            found.append((f"p{first}", f"p{first + 1}"))
    return found


def _together(chance: Chance, people: int) -> tuple[Together, ...]:
    return tuple(Together(one, other, "a pair that works well") for one, other in _pairs(chance, people, 0.3))


def _apart(chance: Chance, people: int) -> tuple[Apart, ...]:
    """Quarrels among anybody, and kin, who are kept out of the same danger only."""
    found = []
    for number in range(max(1, people // 12)):
        one, other = (int(who) for who in chance.choice(people, size=2, replace=False))
        if one // 2 != other // 2:
            kin = number % 3 == 0
            found.append(Apart(f"p{one}", f"p{other}", "kin" if kin else "a quarrel", danger=2 if kin else 0))
    return tuple(found)


def _accepted(chance: Chance, crowd: list[Candidate], missions: tuple[MissionNeed, ...]) -> tuple[Pair, ...]:
    """One in eight missions has its leader already: somebody who can lead it, if there is one."""
    found: list[Pair] = []
    for mission in missions:
        lead = mission.leader
        if lead is None or mission.after or mission.no_strangers or chance.random() >= 0.125:
            continue
        able = [
            one.id
            for one in crowd
            if one.has(lead)
            and one.duty in ("available", "on duty")
            and not (one.junior or one.trainee or one.only_with or one.duties or one.dependents)
            and one.id not in {pair.person for pair in found}
        ]
        if able:
            found.append(Pair(able[int(chance.integers(len(able)))], mission.id))
    return tuple(found)
