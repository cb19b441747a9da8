"""How many, where nobody can be picked out: for closed quarters, of eight people or more, with nothing to subtract.

One set of names that exclude each other is counted a quarter, and their total. A count is left out where fewer than
eight people stand behind it, or fewer than eight of the organisation do not, and where it differs from an earlier
quarter's by fewer than eight. The total is left out where it would give away what else was left out; and where every
name could be shown but not the total, which they add up to, the smallest of them is left out with it. Whoever knows
these rules and everything that was published cannot work out a count that was left out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from wayhome.engines.care.errors import CareError

FEWEST = 8
"""Fewer people than this are never published, nor a difference smaller than this. Own design value."""
TOTAL = "together"
"""The name under which the total stands."""
MOST_NAMES = 50
MOST_PEOPLE = 1_000_000


class Published(msgspec.Struct, frozen=True):
    """What was published for a quarter, as name and count; `hidden`: how many were left out, the total among them."""

    quarter: str
    counts: tuple[tuple[str, int], ...]
    hidden: int = 0


def last_day(quarter: str) -> date:
    """The last day of a quarter such as 2026-Q1. Raises CareError for anything else."""
    found = re.fullmatch(r"((?:19|20|21)[0-9]{2})-Q([1-4])", quarter)
    if found is None:
        raise CareError(f"{quarter!r} is no quarter: give one such as 2026-Q1")
    year, number = int(found[1]), int(found[2])
    return date(year, 3 * number, (31, 30, 30, 31)[number - 1])


def publish(
    quarter: str,
    today: date,
    groups: Mapping[str, Collection[str]],
    *,
    people: int,
    before: Sequence[Published] = (),
    fewest: int = FEWEST,
) -> Published:
    """What may be published of a closed quarter. `groups`: who stands behind each name; nobody stands behind two.

    `people`: how many the organisation has, which everybody knows. `before`: everything published so far. Raises
    CareError for an open quarter, one published already, somebody counted twice, more people than there are.
    """
    _check(quarter, today, groups, people, before)
    counts = {name: len(set(who)) for name, who in groups.items()}
    shown = {name: count for name, count in counts.items() if _alone(name, count, people, before, fewest)}
    total = sum(counts.values())
    if _total_may_stand(counts, shown, people, before, fewest):
        shown[TOTAL] = total
    elif counts and len(shown) == len(counts):
        del shown[min(shown, key=lambda name: shown[name])]  # together they would say what the total may not
    names = (*counts, TOTAL)
    return Published(quarter, tuple((name, shown[name]) for name in names if name in shown), len(names) - len(shown))


def once(groups: Mapping[str, Collection[str]]) -> dict[str, frozenset[str]]:
    """The same groups with everybody in one only: the first, in the order given, in which they stand."""
    seen: set[str] = set()
    found = {}
    for name, who in groups.items():
        found[name] = frozenset(who) - seen
        seen |= found[name]
    return found


def _check(
    quarter: str, today: date, groups: Mapping[str, Collection[str]], people: int, before: Sequence[Published]
) -> None:
    if today <= last_day(quarter):
        raise CareError(f"{quarter} is not over: it can be counted from the day after {last_day(quarter).isoformat()}")
    if any(one.quarter == quarter for one in before):
        raise CareError(f"{quarter} was published already, and a second count beside it would give people away")
    if TOTAL in groups or len(groups) > MOST_NAMES:
        raise CareError(f"name at most {MOST_NAMES} groups, none of them {TOTAL!r}: the total is counted by itself")
    seen: set[str] = set()
    for name, who in groups.items():
        if seen & set(who):
            raise CareError(f"somebody in {name!r} stands behind another name as well: count everybody once")
        seen |= set(who)
    if not len(seen) <= people <= MOST_PEOPLE:
        raise CareError(f"{people} people in all cannot be: {len(seen)} were counted, and {MOST_PEOPLE} are the most")


def _alone(name: str, count: int, people: int, before: Sequence[Published], fewest: int) -> bool:
    """Whether a count by itself, and beside every earlier one of its name, picks out nobody."""
    return fewest <= count <= people - fewest and all(
        _apart(count - earlier, fewest) for one in before for known, earlier in one.counts if known == name
    )


def _apart(difference: int, fewest: int) -> bool:
    return difference == 0 or abs(difference) >= fewest


def _total_may_stand(
    counts: Mapping[str, int], shown: Mapping[str, int], people: int, before: Sequence[Published], fewest: int
) -> bool:
    """Whether the total may stand beside the counts shown: neither it, nor what is left when they are taken from it,
    nor how either changed since an earlier quarter, may give away a count that was left out."""
    total = sum(counts.values())
    rest = total - sum(shown.values())
    if not _alone(TOTAL, total, people, before, fewest) or not (rest == 0 or rest >= fewest):
        return False
    if not all(_rest_apart(dict(one.counts), shown, total, fewest) for one in before):
        return False
    return rest == 0 or _stay_open([name for name in counts if name not in shown], rest, people, before, fewest)


def _rest_apart(earlier: Mapping[str, int], shown: Mapping[str, int], total: int, fewest: int) -> bool:
    """Whether everything but the names shown both times changed by nobody, or by enough, since that quarter."""
    if TOTAL not in earlier:
        return True
    both = earlier.keys() & shown.keys()
    change = total - earlier[TOTAL] - sum(shown[name] - earlier[name] for name in both)
    return _apart(change, fewest)


def _stay_open(hidden: Sequence[str], rest: int, people: int, before: Sequence[Published], fewest: int) -> bool:
    """Whether each count left out could be one of two or more, for whoever knows that together they are `rest`."""
    can_be = [_left_out(name, rest, people, before, fewest) for name in hidden]
    for at, own in enumerate(can_be):
        others = 1  # bit n stands for the sum n; of nobody the only sum is 0
        for index, one in enumerate(can_be):
            if index != at:
                others = _sums(others, one, rest)
        if sum(others >> (rest - count) & 1 for count in own) < 2:
            return False
    return True


def _left_out(name: str, most: int, people: int, before: Sequence[Published], fewest: int) -> set[int]:
    """Every count, up to `most`, that would be left out under this name."""
    near = {*range(fewest), *range(people - fewest + 1, people + 1)}
    for one in before:
        for known, earlier in one.counts:
            if known == name:
                near |= set(range(earlier - fewest + 1, earlier + fewest))
    return {count for count in near if 0 <= count <= most and not _alone(name, count, people, before, fewest)}


def _sums(some: int, more: Collection[int], most: int) -> int:
    """Every sum, up to `most`, of a count of each."""
    found = 0
    for count in more:
        found |= some << count
    return found & ((1 << (most + 1)) - 1)
