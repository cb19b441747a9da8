"""`wayhome know`: who knows of a secret mission, how it spread, and how likely it leaks."""

from __future__ import annotations

from collections.abc import Iterator

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import session
from wayhome.cli.show import show, words
from wayhome.engines.knowing import Chance
from wayhome.usecases.knowing import KnowerView, KnowView

app = App(name="know", help="Who knows of a secret mission.")


@app.default
def know(mission: str, *, at: str = "") -> None:
    """Who knows of a secret mission: from whom, since when, how it spread, and how likely it leaks.

    Example: wayhome know "The long way" --at 2026-03-05T12:00

    Parameters
    ----------
    at: who knew then; without it, who knows now
    """
    me = session()
    instant = times.moment(at, me.now()).local if at else None
    show(me.read("know", mission=find.mission(me, mission), at=instant), lambda held: [*_lines(held)])


def _lines(held: KnowView) -> Iterator[str]:
    if held.open:
        yield from held.words
        return
    yield f"{held.name}: {_people(held.count)} {'knows' if held.count == 1 else 'know'}{_against(held)}"
    yield from _tree(held.knowers)
    yield ""
    yield f"{held.person_days:.1f} person-days; longest chain {held.depth}; told most: {_widest(held)}"
    for reason in held.overrides:
        yield f"Ceiling crossed: {reason}"
    yield from _chances(held)
    yield from held.words


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _against(held: KnowView) -> str:
    if held.most is None:
        return ", and there is no ceiling: `wayhome mission ceiling` sets one"
    over = f", {-(held.left or 0)} too many" if (held.left or 0) < 0 else ""
    return f", of at most {held.most}{over}"


def _widest(held: KnowView) -> str:
    return f"{', '.join(held.widest)} ({held.widest_told})" if held.widest else "nobody"


def _tree(knowers: tuple[KnowerView, ...]) -> Iterator[str]:
    """The spreading tree, one line for each who knows, with lines down to those who have it from them."""
    for number, one in enumerate(knowers):
        ends = [_is_last(knowers, number, depth) for depth in range(1, one.depth + 1)]
        bars = "".join("   " if end else "│  " for end in ends[:-1])
        yield f"{bars}{('└─ ' if ends[-1] else '├─ ') if ends else ''}{_knower(one)}"


def _is_last(knowers: tuple[KnowerView, ...], number: int, depth: int) -> bool:
    """Whether nobody further down stands beside this branch at that depth."""
    for later in knowers[number + 1 :]:
        if later.depth <= depth:
            return later.depth < depth
    return True


def _knower(one: KnowerView) -> str:
    first = f"{one.basis} since {words(one.since)}"
    more = [f"{way.basis} {words(way.since)}" + (f" by {way.by_name}" if way.by else "") for way in one.ways[1:]]
    promises = [f'promised "{way.promise}"' for way in one.ways if way.promise]
    sight = [] if one.sees else [f"read out {words(one.read_out)}"] if one.read_out else ["does not see it"]
    return f"{one.member_name}: {one.level}; {'; '.join([first, *more, *promises, *sight])}"


def _chances(held: KnowView) -> Iterator[str]:
    if held.by_now is None or held.one_more is None or held.handful is None:
        return
    yield f"Chance of a leak by now: {_chance(held.by_now)}"
    if held.by_end is not None:
        yield f"Chance of a leak until {words(held.ends)}: {_chance(held.by_end)}"
    yield f"One more who knows, for {held.one_more_days:.0f} days, adds {_chance(held.one_more)}"
    count = held.handful
    yield (
        f"At most {held.handful_chance:.0%} over {held.handful_days:.0f} days allows {count.middle} people "
        f"({count.low} to {count.high})"
    )


def _chance(chance: Chance) -> str:
    return f"{chance.middle:.2%} ({chance.low:.2%} to {chance.high:.2%})"
