"""How long somebody in the field can go on, when they must be relieved, and who could relieve them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wayhome.engines.fatigue import rules
from wayhome.engines.fatigue.fitness import Declared, Fitness, Verdict, awake_h, fitness, work_h
from wayhome.values.sleep import LONG_AWAKE_H
from wayhome.values.when import Moment

SHOWN = 3
"""So many are named who could relieve somebody."""


class InTheField(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is out: since when, what they said of their sleep, and what they can do."""

    person: str
    departed: Moment
    declared: Declared
    skills: frozenset[str] = frozenset()


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who could go out in their place. `load_h`: hours of duty lately."""

    person: str
    verdict: Verdict
    skills: frozenset[str] = frozenset()
    load_h: float = 0.0


class Endurance(msgspec.Struct, frozen=True, kw_only=True):
    """`relieve_by`: the latest by the rules, `why` of them; `reliefs`: ids of who could, best first."""

    person: str
    out_h: float
    fitness: Fitness
    relieve_by: Moment
    why: str
    source: str
    reliefs: tuple[str, ...] = ()


def endurance(field: Sequence[InTheField], ready: Sequence[Ready], now: Moment) -> tuple[Endurance, ...]:
    """Everybody in the field, whoever must be relieved first at the head; each relief is named once where that can be.

    Whoever is impaired relieves nobody. Those who are fit come before those of whom nothing is known.
    """
    found = sorted((_one(person, now) for person in field), key=lambda one: (one.relieve_by.ms, one.person))
    skills = {person.person: person.skills for person in field}
    taken: set[str] = set()
    answer = []
    for one in found:
        able = _able(skills[one.person], ready, taken)
        taken.update(able[:1])
        answer.append(msgspec.structs.replace(one, reliefs=able[:SHOWN]))
    return tuple(answer)


def _able(skills: frozenset[str], ready: Sequence[Ready], taken: set[str]) -> tuple[str, ...]:
    order = {"fit": 0, "unknown": 1, "caution": 2}
    able = [one for one in ready if one.verdict in order]
    able.sort(
        key=lambda one: (
            one.person in taken, order[one.verdict], -len(skills & one.skills), one.load_h, one.person
        )
    )  # fmt: skip
    return tuple(one.person for one in able)


def _one(person: InTheField, now: Moment) -> Endurance:
    judged = fitness(person.declared, now)
    by, why, source = _relieve_by(person, judged, now)
    return Endurance(
        person=person.person,
        out_h=max(0.0, person.departed.hours_until(now)),
        fitness=judged,
        relieve_by=by,
        why=why,
        source=source,
    )


def _relieve_by(person: InTheField, judged: Fitness, now: Moment) -> tuple[Moment, str, str]:
    if judged.verdict == "impaired":
        return now, judged.reasons[0], judged.sources[0]
    work = work_h(person.declared, now)
    on_duty = max(work or 0.0, person.departed.hours_until(now), 0.0)
    limits = [
        (
            now.plus(hours=rules.MOST_WORK_H - on_duty),
            f"{rules.hours(rules.MOST_WORK_H)} of work and travel",
            rules.TWO_TO_ONE.source,
        )
    ]
    awake = awake_h(person.declared, now)
    if awake is not None:
        limits.append(
            (now.plus(hours=LONG_AWAKE_H - awake), f"{rules.hours(LONG_AWAKE_H)} awake", rules.LONG_AWAKE.source)
        )
    by, why, source = min(limits, key=lambda one: one[0].ms)
    late = "" if awake is not None else "; since when they are awake is not known"
    return by, f"{why}{late}", source
