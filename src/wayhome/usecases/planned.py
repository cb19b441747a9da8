"""Who searches where, and whom to post where: the weighed tracks of a mission as its viewer sees it become a question
to the planner, from where the teams are now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from wayhome.access.seen import Seen
from wayhome.usecases import map_words as words
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.map_plan import FORMS, Chances, Drawn, MapPlan, Marker
from wayhome.usecases.mapping import Ours, answered, noted_of, sources, teams_of
from wayhome.usecases.ports import MapMaker, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.usecases.searching import SearchQuestion, Settled, told
from wayhome.values.ids import MissionId
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search import Whereabouts
    from wayhome.engines.search.plans.moving import Moving
    from wayhome.engines.search.plans.plan import SearchPlan
    from wayhome.engines.search.plans.teams import Team
    from wayhome.usecases.imagined import Answer

DRAWN: Final = 6_000
"""So many tracks are drawn, by their weight, to plan on."""
STEP_MIN: Final = 5.0
MOST_WAY: Final = 400
"""Points of a team's way that are drawn."""


class PlanQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """For how long, from now; the sweep width of each team and the watch of each post, in metres."""

    minutes: float = 360.0
    width_m: float = 40.0
    watch_m: float = 100.0
    form: str = ""
    searched: SearchQuestion = SearchQuestion()


OPEN_PLAN: Final = PlanQuestion()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One team's part: what it adds, what its next best would add, its way or its post, and all of it in words."""

    team: str
    adds: float
    next_best: float | None
    there_at: Moment | None
    way: tuple[Place, ...]
    words: str


class PlanSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A plan: its chance of finding or meeting him, what no plan on the same tracks can exceed, and greed beside it."""

    title: str
    chance: float
    low: float
    high: float
    bound: float
    gap: float
    greedy: float
    proven: bool
    parts: tuple[Part, ...]
    idle: tuple[str, ...]
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    form: str = ""
    body: bytes = b""


class _Ready(msgspec.Struct, frozen=True):
    """What every plan is made from."""

    settled: Settled
    found: Whereabouts
    answer: Answer
    moving: Moving
    teams: tuple[Team, ...]


def search_plan(
    reading: Reading,
    terrains: TerrainStore,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    q: PlanQuestion,
    ours: tuple[Ours, ...],
) -> tuple[Seen[PlanSheet], Settled]:
    """Who searches where. Raises NothingThere, NoTerrain, AdviceError."""
    from wayhome.engines.search.plans.plan import plan

    seen = reading.mission(mission)
    _check(q)
    with told():
        ready = _ready(reading, terrains, now, mission, q, ours)
        made = plan(ready.found.terrain, ready.moving, ready.teams, q.minutes)
        passages = made.passages
        parts = tuple(
            Part(
                team=one.name,
                adds=one.adds,
                next_best=one.next_best,
                there_at=now.plus(minutes=float(one.passage.minutes[0])),
                way=_way(ready, passages[one.name].rows, passages[one.name].cols),
                words=one.words,
            )
            for one in made.teams
        )
        drawn = tuple(Drawn("line", words.short(part.team), part.way) for part in parts if len(part.way) > 1)
        sheet = PlanSheet(
            title=f"{seen.value.name}: who searches where",
            chance=made.figure.value,
            low=made.figure.low,
            high=made.figure.high,
            bound=made.bound,
            gap=made.gap,
            greedy=made.greedy.value,
            proven=False,
            parts=parts,
            idle=made.idle,
            facts=_plan_facts(made),
            cautions=_cautions(made.cautions, ready),
            provenance=sources(ready.found),
        )
        sheet = _drawn(reading, maker, now, mission, q, ready, sheet, drawn, ())
    return reading.again(seen, sheet), ready.settled


def _plan_facts(made: SearchPlan) -> tuple[str, ...]:
    times = made.times_greedy
    return (
        f"The chance to find him in this time is {made.figure.value:.1%} ({made.figure.low:.1%} to "
        f"{made.figure.high:.1%}), followed in true space {made.followed.value:.1%}.",
        f"No plan on this ground and these tracks can be above {made.bound:.1%}: the gap is {made.gap:.0%}.",
        f"A greedy plan finds him with {made.greedy.value:.1%}: this one {times.value:.2f} times as often "
        f"({times.low:.2f} to {times.high:.2f}).",
    )


def search_contain(
    reading: Reading,
    terrains: TerrainStore,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    q: PlanQuestion,
    ours: tuple[Ours, ...],
) -> tuple[Seen[PlanSheet], Settled]:
    """Whom to post where and by when. Raises NothingThere, NoTerrain, AdviceError."""
    from wayhome.engines.search.plans.contain import contain

    seen = reading.mission(mission)
    _check(q)
    with told():
        ready = _ready(reading, terrains, now, mission, q, ours)
        made = contain(ready.found.terrain, ready.moving, ready.teams, watch_m=q.watch_m)
        parts = tuple(
            Part(
                team=one.who,
                adds=one.adds,
                next_best=one.next_best,
                there_at=now.plus(minutes=one.manned_min),
                way=(one.place,),
                words=one.words,
            )
            for one in made.postings
        )
        posts = tuple(Marker("cut-off", words.short(f"{one.team} {one.there_at.local:%H%M}"), one.way[0])
                      for one in parts if one.there_at is not None)  # fmt: skip
        proven = "no posting of these teams meets more" if made.proven else f"none can meet more than {made.bound:.1%}"
        sheet = PlanSheet(
            title=f"{seen.value.name}: whom to post where",
            chance=made.met,
            low=made.met,
            high=made.met,
            bound=made.bound,
            gap=made.gap,
            greedy=made.greedy,
            proven=made.proven,
            parts=parts,
            idle=made.idle,
            facts=(f"He comes by a manned post with {made.met:.1%}; {proven}; greed meets {made.greedy:.1%}.",),
            cautions=_cautions(made.cautions, ready),
            provenance=sources(ready.found),
        )
        sheet = _drawn(reading, maker, now, mission, q, ready, sheet, (), posts)
    return reading.again(seen, sheet), ready.settled


def _check(q: PlanQuestion) -> None:
    if q.form and q.form not in FORMS:
        raise AdviceError(f"there is no map as {q.form!r}: one of {', '.join(FORMS)}")
    if not 5 <= q.minutes <= 24 * 60:
        raise AdviceError(f"a plan for {q.minutes / 60:g} hours is refused: five minutes to a day")


def _ready(
    reading: Reading,
    terrains: TerrainStore,
    now: Moment,
    mission: MissionId,
    q: PlanQuestion,
    ours: tuple[Ours, ...],
) -> _Ready:
    from wayhome.engines.search.plans.teams import Team
    from wayhome.usecases import imagined

    who = ours or teams_of(reading, mission)
    if not who:
        raise AdviceError("no team has a known place: say who of ours is where (NAME@PLACE)")
    settled, found, _ = answered(reading.mission(mission), terrains, q.searched, now)
    answer = imagined.likely(settled, found.terrain, noted_of(reading, mission), now, q.searched.tracks)
    teams = tuple(
        Team(name=one.name, start=one.place, sweep_width_m=q.width_m, latest_min=q.minutes) for one in _named_once(who)
    )
    return _Ready(settled, found, answer, moving_of(answer, q.minutes), teams)


def _named_once(ours: tuple[Ours, ...]) -> tuple[Ours, ...]:
    names = [one.name for one in ours]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise AdviceError(f"{', '.join(twice)} is named twice: give each team a name of its own")
    return ours


def moving_of(answer: Answer, minutes: float) -> Moving:
    """Tracks drawn by their weight, without chance, from the moment of the map on. Raises SearchError."""
    import numpy as np

    from wayhome.engines.search.errors import SearchError
    from wayhome.engines.search.plans.moving import Moving

    weighed, first = answer.weighed, answer.span.last
    cloud = weighed.cloud
    ahead = cloud.minutes - first
    if minutes > ahead:
        raise SearchError(f"a plan for {minutes / 60:g} hours is refused: these tracks go {ahead / 60:.1f} hours on")
    weights = np.where(cloud.left(first), 0.0, weighed.weights)
    held = float(weights.sum())
    if held <= 0:
        raise SearchError("no track is on the map any more: there is nothing to plan a search on")
    sums = np.cumsum(weights)
    drawn = np.searchsorted(sums, (np.arange(DRAWN) + 0.5) / DRAWN * sums[-1], side="right")
    who, times = np.unique(np.minimum(drawn, weights.size - 1), return_counts=True)
    steps = np.arange(0.0, minutes + STEP_MIN, STEP_MIN)
    rows, cols = cloud.positions_at(np.minimum(first + steps, cloud.minutes), who=who)
    share = times / times.sum() * held
    return Moving(rows, cols, steps.astype(np.float32), share, float(1 - share.sum()))


def _way(ready: _Ready, rows: NDArray[np.float64], cols: NDArray[np.float64]) -> tuple[Place, ...]:
    """The places of a team's way, thinned where there are many."""
    terrain = ready.found.terrain
    every = max(1, len(rows) // MOST_WAY)
    kept = [*range(0, len(rows), every)]
    if kept[-1] != len(rows) - 1:
        kept.append(len(rows) - 1)
    places = [terrain.place_of(round(float(rows[n])), round(float(cols[n]))) for n in kept]
    return tuple(one for one, before in zip(places, (None, *places), strict=False) if one != before)


def _cautions(said: tuple[str, ...], ready: _Ready) -> tuple[str, ...]:
    assumed = ("ours are taken to set out now, on foot, and to be back or relieved at the end",)
    return tuple(dict.fromkeys((*said, *assumed, *ready.answer.left_out, *ready.answer.cautions)))


def _drawn(
    reading: Reading,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    q: PlanQuestion,
    ready: _Ready,
    sheet: PlanSheet,
    ways: tuple[Drawn, ...],
    posts: tuple[Marker, ...],
) -> PlanSheet:
    """The plan with its map, where one was asked for."""
    from wayhome.usecases import likely

    if not q.form:
        return sheet
    held = reading.mission(mission).value
    markers, by_hand = words.shown(reading, mission, held)
    found, poa = ready.found, likely.map_of(ready.answer)
    chances = Chances(
        grid=poa.grid,
        elsewhere=poa.elsewhere,
        areas=poa.contours(likely.SHARES) if poa.grid.any() else (),
        smoothed_m=likely.smooth_m(found.terrain),
    )
    plan = MapPlan(
        title=sheet.title,
        subtitle=f"NOT VALIDATED ON FINDS. {words.subtitle(ready.settled, now)}",
        terrain=found.terrain,
        whereabouts=found,
        chances=chances,
        rings_at=held.initial_point,
        markers=(*markers, *posts),
        drawn=(*by_hand, *ways),
        facts=(*sheet.facts, *(part.words for part in sheet.parts), *sheet.idle),
        cautions=sheet.cautions,
        provenance=sheet.provenance,
    )
    return msgspec.structs.replace(sheet, form=q.form, body=maker.make(plan, q.form))
