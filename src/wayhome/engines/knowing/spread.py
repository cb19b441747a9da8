"""Who knows at an instant, from whom, and how it spread.

What is given are *ways*: each a moment at which somebody came to know, how much, and from whom. Knowing never shrinks:
whoever knew a thing at one instant knows it at every later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from wayhome.engines.knowing.errors import KnowingError
from wayhome.values.when import Moment

UNRECORDED = "unrecorded"
"""How somebody knows who told another before anything says how they came to know."""
MOST_WAYS = 100_000


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which somebody came to know. `source`: from whom; empty where it is nobody's word.

    `told`: by word of mouth, so that it counts for whoever told it; else read in, asked, or there from the first.
    """

    person: str
    since: Moment
    level: int
    basis: str
    source: str = ""
    told: bool = False
    about: str = ""
    """What the way is known by outside; the engine only hands it back."""


class Knower(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who knows: since when, from whom first, how much by now, and every way in which they came to know.

    `depth` is how many mouths it went through to them: 0 for whoever had it from nobody.
    """

    person: str
    since: Moment
    level: int
    source: str
    depth: int
    ways: tuple[Way, ...]


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody who knows, each right after whom they had it from: a tree read from the top.

    `depth` is that of the longest chain. `widest` told the most people; several who told as many are all named.
    """

    knowers: tuple[Knower, ...]
    depth: int
    widest: tuple[str, ...]
    widest_told: int


def spread(ways: Iterable[Way], at: Moment) -> Spread:
    """Who knows at an instant. The order in which the ways are given says nothing. Raises KnowingError."""
    given = [way for way in ways if way.since.ms <= at.ms]
    if len(given) > MOST_WAYS:
        raise KnowingError(f"{len(given):,} ways of knowing are too many at once: ask for at most {MOST_WAYS:,}")
    by_person: dict[str, list[Way]] = {}
    for way in sorted([*given, *_unrecorded(given)], key=_order):
        by_person.setdefault(way.person, []).append(way)
    knowers = _tree(by_person)
    told = _told(given)
    most = max(map(len, told.values()), default=0)
    return Spread(
        knowers=knowers,
        depth=max((knower.depth for knower in knowers), default=0),
        widest=tuple(sorted(person for person, heard in told.items() if len(heard) == most)),
        widest_told=most,
    )


def _order(way: Way) -> tuple[int, bool, int, str, str, str, str, bool]:
    """By when; of what falls together, first what is nobody's word, then what says most."""
    return way.since.ms, bool(way.source), -way.level, way.person, way.source, way.basis, way.about, way.told


def _unrecorded(ways: Sequence[Way]) -> list[Way]:
    """Whoever told somebody knew it then, whether or not anything says how they did."""
    tellings = sorted((way for way in ways if way.told and way.source), key=_order)
    tellers = {way.source for way in tellings}
    knew: dict[str, list[Way]] = {}
    for way in ways if tellers else ():
        if way.person in tellers:
            knew.setdefault(way.person, []).append(way)
    made: dict[tuple[str, int], Way] = {}
    for way in tellings:
        before = knew.get(way.source, ())
        if any(one.since.ms <= way.since.ms and one.level >= way.level for one in before):
            continue
        if not any(one.level >= way.level for (person, _), one in made.items() if person == way.source):
            made[way.source, way.level] = Way(person=way.source, since=way.since, level=way.level, basis=UNRECORDED)
    return list(made.values())


def _tree(by_person: dict[str, list[Way]]) -> tuple[Knower, ...]:
    """Depth first: each under the one they had it from, if that one knew it no later."""
    under: dict[str, list[str]] = {}
    for person, source in _sources(by_person).items():
        under.setdefault(source, []).append(person)
    made: list[Knower] = []
    waiting = [(person, 0) for person in reversed(under.get("", []))]
    while waiting:
        person, depth = waiting.pop()
        made.append(_knower(person, by_person[person], depth))
        if person in under:
            waiting += [(other, depth + 1) for other in reversed(under[person])]
    return tuple(made)


def _knower(person: str, ways: list[Way], depth: int) -> Knower:
    first = ways[0]
    level = first.level if len(ways) == 1 else max(way.level for way in ways)
    return Knower(person=person, since=first.since, level=level, source=first.source, depth=depth, ways=tuple(ways))


def _sources(by_person: dict[str, list[Way]]) -> dict[str, str]:
    """From whom each first had it; empty for the top of a tree, and where several had it from each other at once."""
    sources: dict[str, str] = {}
    for person, ways in by_person.items():
        first = ways[0]
        source = by_person.get(first.source)
        sources[person] = first.source if source and source[0].since.ms <= first.since.ms else ""
    rooted = {""}
    for person, source_of in sources.items():
        if source_of in rooted:
            rooted.add(person)
        elif person not in rooted:
            _root(person, sources, rooted)
    return sources


def _root(person: str, sources: dict[str, str], rooted: set[str]) -> None:
    """Follows whom somebody had it from up to where that is known to lead; a ring is opened where it closes."""
    above: list[str] = []
    at = person
    while at not in rooted:
        above.append(at)
        rooted.add(at)
        at = sources[at]
    if at in above:
        sources[at] = ""


def _told(ways: Sequence[Way]) -> dict[str, set[str]]:
    heard: dict[str, set[str]] = {}
    for way in ways:
        if way.told and way.source:
            heard.setdefault(way.source, set()).add(way.person)
    return heard
