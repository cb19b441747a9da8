"""A question about days ahead as arrays, for the compiled search.

Only levels that some mission asks for are kept as skills, and of each mission's needs only those that do not follow
from another (five at level 2 follow from five at level 3). A member's worth is how scarce their skills are.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.tasking.days.data import DayMission, DaysProblem, Need

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
NEVER: Final = -1
ANYBODY: Final = Need("", 0, 1)


class World(NamedTuple):
    """N missions, P members, S skills (domain and level), D days that are looked at.

    `has` (P, S) 0 or 1; `there` (D, P) 0 or 1; `need_n` (N,), `need_s` and `need_k` (N, most): the needs that count,
    by skill and people; `before_at` (N + 1,) and `before`, `after_at` and `after`: direct predecessors and successors;
    `decline` (N,): cost of giving away, NEVER where the budget does not allow it; `budget`: NEVER where that is so of
    all; `work` (N,): duration times least people, 1 on average; `worth` (P,): 1 on average.
    """

    length: int
    budget: int
    weights: Ints
    duration: Ints
    priority: Ints
    has: Ints
    there: Ints
    need_n: Ints
    need_s: Ints
    need_k: Ints
    before_at: Ints
    before: Ints
    after_at: Ints
    after: Ints
    decline: Ints
    work: Floats
    worth: Floats


def make_world(problem: DaysProblem, days: int) -> World:
    """The arrays of a problem that was checked, for `days` days."""
    skills = sorted({(n.skill, n.level) for m in problem.missions for n in telling(m)})
    index = {skill: at for at, skill in enumerate(skills)}
    has = np.array([[p.levels.get(s, 0) >= level for s, level in skills] for p in problem.members], np.int64)
    has = has.reshape(len(problem.members), len(skills))
    needs = [[(index[n.skill, n.level], n.people) for n in telling(m)] for m in problem.missions]
    number = {m.name: at for at, m in enumerate(problem.missions)}
    before = [sorted({number[name] for name in m.after}) for m in problem.missions]
    after: list[list[int]] = [[] for _ in problem.missions]
    for i, earlier in enumerate(before):
        for j in earlier:
            after[j].append(i)
    duration = np.array([m.duration for m in problem.missions], np.int64)
    least = np.array([max((k for _, k in n), default=1) for n in needs], np.float64)
    work = duration * least
    price = [NEVER if m.decline_cost is None else m.decline_cost for m in problem.missions]
    decline = np.array([NEVER if cost > problem.budget else cost for cost in price], np.int64)
    before_at, before_of = _rows(before)
    after_at, after_of = _rows(after)
    return World(
        length=problem.day_length,
        budget=problem.budget if (decline >= 0).any() else NEVER,
        weights=np.array(problem.weights, np.int64),
        duration=duration,
        priority=np.array([m.priority - 1 for m in problem.missions], np.int64),
        has=has,
        there=there(problem, days),
        need_n=np.array([len(n) for n in needs], np.int64),
        need_s=_padded([[s for s, _ in n] for n in needs]),
        need_k=_padded([[k for _, k in n] for n in needs]),
        before_at=before_at, before=before_of, after_at=after_at, after=after_of,
        decline=decline,
        work=work / max(float(work.mean()), 1e-9),
        worth=_worth(has, needs, duration),
    )  # fmt: skip


def there(problem: DaysProblem, days: int) -> Ints:
    """(days, members): 1 where the member can be sent on that day."""
    return np.array([[day not in p.off for p in problem.members] for day in range(1, days + 1)], np.int64)


def telling(mission: DayMission) -> list[Need]:
    """The needs that do not follow from others; a mission that asks for nothing asks for somebody."""
    kept = [
        one
        for one in set(mission.needs)
        if one.people > 0
        and not any(
            (other.skill == one.skill and other.people >= one.people and other.level > one.level)
            or (other.skill == one.skill and other.level == one.level and other.people > one.people)
            for other in mission.needs
        )
    ]
    return sorted(kept, key=lambda n: (n.skill, n.level)) or [ANYBODY]


def _rows(lists: list[list[int]]) -> tuple[Ints, Ints]:
    """Lists laid end to end: where each begins, and all of them."""
    return np.cumsum([0, *map(len, lists)], dtype=np.int64), np.array([x for row in lists for x in row], np.int64)


def _padded(lists: list[list[int]]) -> Ints:
    """Lists as rows of one table, filled up with 0."""
    table = np.zeros((len(lists), max(map(len, lists), default=1)), np.int64)
    for at, row in enumerate(lists):
        table[at, : len(row)] = row
    return table


def _worth(has: Ints, needs: list[list[tuple[int, int]]], duration: Ints) -> Floats:
    """How scarce what each member brings is: for each skill, work asked for per holder. 1 on average."""
    asked = np.zeros(has.shape[1])
    for units, row in zip(duration, needs, strict=True):
        for skill, people in row:
            asked[skill] += float(units) * people
    scarce = asked / np.maximum(has.sum(axis=0), 1)
    worth = has @ scarce
    mean = float(worth.mean())
    return 0.5 + 0.5 * worth / mean if mean > 0 else np.ones(has.shape[0])
