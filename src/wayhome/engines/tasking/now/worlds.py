"""Made-up worlds to try the engine on: villages and counties with people, bonds and missions, drawn from a seed.

`world(people, missions, seed)` is one question of who goes now. What is in it, and where:

- people live in squads of eight round a base, squads in villages of 120; everybody has served with most of their squad
  and with twelve of their village. One in eight cannot go (away, on leave, resting), some are limited, some free only
  later or for some hours, some have worked long already and the rules of rest (`rest.TWO_TO_ONE`) hold them;
- eight skills at levels 1 to 5, leaders and medics scarce; one qualification that some lack and that runs out for
  others in mid-mission; cleared for danger and to know more or less; composure; dependants with stand-ins;
- one in six is a junior and one in sixteen a trainee, beside mentors only; some go only with a partner, some pairs go
  better together, some never in one team, kin not into the same danger; some missions hold somebody's personal stake;
- missions lie about the villages: five kinds (search, rope rescue, evacuation, watch, pursuit) with a leader, a medic,
  two or three skills, in share and in slot mode, windows, danger, trainee places. Six of ten dangerous ones take no two
  strangers, the gravest ask for clearance. Every one may be declined at the cost of its priority, one in eight comes
  after another, a few people have accepted already, and medics and leaders should stay at home in reserve.

What makes it hard: with eight people to a mission and teams of four to eight, several missions want the same leaders,
medics and squads that know each other; who knows whom is dense enough that very many teams are allowed and sparse
enough that few are; travel told in steps of three minutes leaves ties that only fairness of load breaks. `Life` holds
the knobs: more `acquaintances`, `pairs` and `quarrels` are harder, fewer `leaders` and `medics` leave more missions
without a team. All figures here are made up for that, none was fitted to any organisation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import msgspec
import numpy as np

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.checks import check_whole
from wayhome.engines.tasking.now.data import (
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
from wayhome.engines.tasking.now.rest import TWO_TO_ONE, Duty
from wayhome.values.chance import generator

SQUAD: Final = 8
VILLAGE: Final = 120
KMH: Final = 6.0
VILLAGE_KM: Final = 3.0
SQUAD_KM: Final = 1.0
APART_KM: Final = 12.0
MOST_WALK_H: Final = 4.0
TRAINEES: Final = 0.27
"""Of the young."""
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


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """What a village is like: the knobs of a world. Shares lie from 0 to 1.

    acquaintances: how many of the village each has served with, beside most of their squad; one side's word counts.
    strangers: share of missions that take no two strangers. quarrels, pairs: of each person, on average, with anybody
    of the village and with somebody of the squad. young: share of juniors and trainees. slots: share of missions
    where a person fills one need. leaders, medics: share who have that skill. round_h: travel is told in such steps.
    """

    acquaintances: int = 12
    strangers: float = 0.6
    quarrels: float = 0.3
    pairs: float = 0.3
    young: float = 0.23
    slots: float = 0.4
    leaders: float = 0.4
    medics: float = 0.4
    round_h: float = 0.05

    def __post_init__(self) -> None:
        for name in ("strangers", "young", "slots", "leaders", "medics"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise TaskingError(f"{name} of a world is {getattr(self, name)!r}; it must lie from 0 to 1")
        for name in ("quarrels", "pairs", "round_h"):
            if not 0.0 <= getattr(self, name) <= 10.0:
                raise TaskingError(f"{name} of a world is {getattr(self, name)!r}; it must lie from 0 to 10")
        check_whole(self.acquaintances, 0, VILLAGE, "the acquaintances of each")


USUAL: Final = Life()


def world(people: int, missions: int, seed: int, *, life: Life = USUAL) -> Request:
    """A question for `people` candidates and `missions` missions. The same numbers give the same question.

    Raises TaskingError where a number is not whole or out of range.
    """
    check_whole(people, 2, MOST_PEOPLE, "how many people")
    check_whole(missions, 1, MOST_MISSIONS, "how many missions")
    check_whole(seed, 0, 2**31 - 1, "the seed")
    chance = generator(seed, "tasking world", str(people), str(missions))
    hours = _travel(chance, people, missions, life)
    needed = tuple(_mission(chance, number, life) for number in range(missions))
    crowd = [_person(chance, number, hours[number], people, needed, life) for number in range(people)]
    crowd = _with_partners(chance, crowd)
    kept = max(1, people // 40)
    together = _together(chance, people, life)
    return Request(
        people=tuple(crowd),
        missions=needed,
        fixed=_accepted(chance, crowd, needed),
        apart=_apart(chance, people, life, {frozenset((one.one, one.other)) for one in together}),
        together=together,
        keep_home=(SkillNeed("medic", 3, kept), SkillNeed("lead", 3, kept)),
        mentor=MENTOR,
        juniors_each=2,
        rest=TWO_TO_ONE,
        skills=SKILLS,
    )


def _travel(
    chance: Chance, people: int, missions: int, life: Life
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Hours from everybody to every mission: squads live about the middle of their village, missions lie about one."""
    villages = -(-people // VILLAGE)
    middles = chance.random((villages, 2)) * APART_KM * math.sqrt(villages)
    squads = -(-people // SQUAD)
    bases = middles[np.arange(squads) * SQUAD // VILLAGE] + chance.normal(0.0, VILLAGE_KM, (squads, 2))
    homes = bases[np.arange(people) // SQUAD] + chance.normal(0.0, SQUAD_KM, (people, 2))
    places = middles[chance.integers(villages, size=missions)] + chance.normal(0.0, VILLAGE_KM, (missions, 2))
    hours = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1)) / KMH
    return np.asarray(np.round(hours / life.round_h) * life.round_h if life.round_h else hours, np.float64)


def _squad(number: int, crowd: int) -> range:
    return range(number // SQUAD * SQUAD, min(crowd, (number // SQUAD + 1) * SQUAD))


def _village(number: int, crowd: int) -> range:
    return range(number // VILLAGE * VILLAGE, min(crowd, (number // VILLAGE + 1) * VILLAGE))


def _mission(chance: Chance, number: int, life: Life) -> MissionNeed:
    name, skills, least, danger = KINDS[int(chance.integers(len(KINDS)))]
    grave = danger >= 2 and chance.random() < 0.4
    begins = float(chance.choice((0.0, 0.0, 1.0, 2.0)))
    hours = float(chance.integers(2, 9))
    late = chance.random() < 0.5
    medic = SkillNeed("medic", int(chance.integers(1, 4))) if danger or chance.random() < 0.5 else None
    slots = chance.random() < life.slots
    if slots:
        least = max(least, sum(count for _, count in skills) + 1 + (medic is not None))
    return MissionNeed(
        id=f"m{number}",
        name=f"{name.capitalize()} {number}",
        skills=tuple(SkillNeed(skill, int(chance.integers(1, 4)), count) for skill, count in skills),
        leader=SkillNeed("lead", int(chance.integers(2, 5))),
        medic=medic,
        least=least,
        most=least + int(chance.integers(0, 3)),
        danger=danger,
        grave=grave,
        front=danger == 3,
        no_strangers=danger >= 1 and chance.random() < life.strangers,
        within_h=MOST_WALK_H,
        qualifications=("rope safety",) if name == "rope rescue" else (),
        optional=True,
        priority=int(chance.integers(1, 6)),
        mode="slot" if slots else "share",
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
    life: Life,
) -> Candidate:
    young = chance.random() / max(life.young, 1e-9)
    skill = 0.0 if young < TRAINEES else 1.0 if young < 1.0 else 2.0
    levels = {
        name: int(np.clip(round(chance.normal(1.0 + skill, 1.0)), 1, 5))
        for name, held in zip(SKILLS, HELD_BY, strict=True)
        if chance.random() < {"lead": life.leaders, "medic": life.medics}.get(name, held)
    }
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
        dependents=_dependents(chance, number, _squad(number, crowd)),
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
        knows=_known(chance, number, crowd, life),
    )


def _known(chance: Chance, number: int, crowd: int, life: Life) -> tuple[str, ...]:
    """Most of the squad, and some of the village."""
    village = _village(number, crowd)
    others = chance.choice(village, size=min(life.acquaintances, len(village)), replace=False)
    known = {one for one in _squad(number, crowd) if chance.random() < 0.9} | {int(one) for one in others}
    return tuple(f"p{one}" for one in sorted(known - {number}))


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
        others = [f"p{one}" for one in _squad(number, len(crowd)) if one != number]
        if len(others) >= 2 and chance.random() < 1 / 30:
            partners = tuple(str(one) for one in chance.choice(others, size=2, replace=False))
            crowd[number] = msgspec.structs.replace(person, only_with=partners, limits=("return in grades",))
    return crowd


def _drawn_pairs(chance: Chance, people: int, each: float, among: Callable[[int, int], range]) -> list[tuple[str, str]]:
    """Pairs of somebody with another out of `among`, `each` times half as many as people, no pair twice."""
    found: dict[tuple[int, int], None] = {}
    for _ in range(round(people * each / 2)):
        one = int(chance.integers(people))
        other = int(chance.choice(among(one, people)))
        if one != other:
            found[min(one, other), max(one, other)] = None
    return [(f"p{one}", f"p{other}") for one, other in found]


def _together(chance: Chance, people: int, life: Life) -> tuple[Together, ...]:
    pairs = _drawn_pairs(chance, people, life.pairs, _squad)
    return tuple(Together(one, other, "a pair that works well") for one, other in pairs)


def _apart(chance: Chance, people: int, life: Life, pairs: set[frozenset[str]]) -> tuple[Apart, ...]:
    """Quarrels in the village, every third pair kin, who are kept out of the same danger only."""
    found = []
    for number, (one, other) in enumerate(_drawn_pairs(chance, people, life.quarrels, _village)):
        kin = number % 3 == 0
        if frozenset((one, other)) not in pairs:
            found.append(Apart(one, other, "kin" if kin else "a quarrel", danger=2 if kin else 0))
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
