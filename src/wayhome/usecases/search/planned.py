"""Who searches where, and whom to post where: the weighed tracks of a mission as its viewer sees it become a question
to the planner, from where the teams are now.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import msgspec

from wayhome.access.seen import Seen
from wayhome.usecases import work
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.ports import MapMaker, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.usecases.search import plan_drawn
from wayhome.usecases.search.asked import Settled, told
from wayhome.usecases.search.map_plan import FORMS, Drawn, Marker, colour_of
from wayhome.usecases.search.mapping import Ours, answered, noted_of, sources
from wayhome.usecases.search.plan_asked import OPEN_PLAN as OPEN_PLAN
from wayhome.usecases.search.plan_asked import OWN_DOG as OWN_DOG
from wayhome.usecases.search.plan_asked import Part as Part
from wayhome.usecases.search.plan_asked import PlanQuestion as PlanQuestion
from wayhome.usecases.search.plan_asked import PlanSheet as PlanSheet
from wayhome.usecases.search.plan_asked import TeamFacts as TeamFacts
from wayhome.usecases.search.plan_teams import Known, Mustered, going, known_of, mustered
from wayhome.values.ids import MissionId
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search import Whereabouts
    from wayhome.engines.search.plans.assigning import Assignment
    from wayhome.engines.search.plans.contain import Containment
    from wayhome.engines.search.plans.moving import Moving
    from wayhome.engines.search.plans.plan import SearchPlan
    from wayhome.usecases.search.imagined import Answer

DRAWN: Final = 6_000
"""So many tracks are drawn, by their weight, to plan on."""
STEP_MIN: Final = 5.0
ASSUMED: Final = "ours are taken to set out as said, on foot, and to be back or relieved at the end"
STOPPED: Final = "it was stopped before it was done: this is the best so far, and more time may find a better one"
PLANNING: Final = "Planning"


class _Ready(msgspec.Struct, frozen=True):
    """What every plan is made from."""

    settled: Settled
    found: Whereabouts
    answer: Answer
    moving: Moving
    known: Known
    mustered: Mustered


class _Asked(msgspec.Struct, frozen=True):
    """Who asks what, with what the house lends for it."""

    reading: Reading
    terrains: TerrainStore
    maker: MapMaker
    now: Moment
    mission: MissionId
    q: PlanQuestion
    ours: tuple[Ours, ...]


def search_plan(
    reading: Reading,
    terrains: TerrainStore,
    maker: MapMaker,
    now: Moment,
    mission: MissionId,
    q: PlanQuestion,
    ours: tuple[Ours, ...],
) -> tuple[Seen[PlanSheet], Settled]:
    """Who searches where, by ways or by segments. Raises NothingThere, NoTerrain, AdviceError."""
    seen = reading.mission(mission)
    asked = _Asked(reading, terrains, maker, now, mission, q, ours)
    _check(q)
    with told():
        ready = _ready(asked)
        sheet, lines = (_assigned if q.segments else _ways)(asked, ready, seen.value.name)
        sheet = _drawn(asked, ready, sheet, lines, ())
    return reading.again(seen, sheet), ready.settled


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
    asked = _Asked(reading, terrains, maker, now, mission, q, ours)
    _check(q)
    if q.alive or q.segments:
        raise AdviceError("posts are weighed by whom they meet: neither by survival nor by segments; leave these out")
    with told():
        ready = _ready(asked)
        work.tell("Choosing posts")
        made = contain(ready.found.terrain, ready.moving, ready.mustered.teams, watch_m=q.watch_m)
        sheet = _posted(made, ready, now, seen.value.name)
        sheet = _drawn(asked, ready, sheet, (), plan_drawn.posts(sheet.parts))
    return reading.again(seen, sheet), ready.settled


# ---- The question ----


def _check(q: PlanQuestion) -> None:
    if q.form and q.form not in FORMS:
        raise AdviceError(f"there is no map as {q.form!r}: one of {', '.join(FORMS)}")
    if not 5 <= q.minutes <= 24 * 60:
        raise AdviceError(f"a plan for {q.minutes / 60:g} hours is refused: five minutes to a day")
    if q.only and not q.segments:
        raise AdviceError(f"{', '.join(q.only)}: segments are named, and no segments asked for")
    if q.alive and q.segments:
        raise AdviceError("segments are given by the chance to find him, not to find him alive: leave one of them out")


def _ready(asked: _Asked) -> _Ready:
    from wayhome.usecases.search import imagined

    reading, q, mission = asked.reading, asked.q, asked.mission
    who = going(reading, mission, q, asked.ours)
    settled, found, _ = answered(reading.mission(mission), asked.terrains, q.searched, asked.now)
    known = known_of(reading, mission, found.terrain)
    ready = mustered(who, known, q)
    answer = imagined.likely(settled, found.terrain, noted_of(reading, mission), asked.now, q.searched.tracks)
    return _Ready(settled, found, answer, moving_of(answer, q.minutes), known, ready)


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


def _alive_chance(
    ready: _Ready, minutes: float
) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], tuple[str, ...]]:
    """The published chance that he is alive at each step of the plan, and where it is from."""
    import numpy as np

    from wayhome.engines.search.survival import survival, survival_curve

    settled = ready.settled
    at = np.arange(0.0, minutes + STEP_MIN, STEP_MIN)
    chance = survival_curve(settled.hours + at / 60, settled.category)
    first, last = (survival(settled.hours + m / 60, settled.category) for m in (0.0, minutes))
    said = (
        f"A find is worth the chance that he is then alive: {first.chance:.1%} now, {last.chance:.1%} at the end "
        f"({last.words}). {last.source}.",
    )
    return (at, chance), said


# ---- Ways ----


def _ways(asked: _Asked, ready: _Ready, name: str) -> tuple[PlanSheet, tuple[Drawn, ...]]:
    from wayhome.engines.search.plans.plan import Work, plan

    q, minutes = asked.q, asked.q.minutes
    alive, alive_said = _alive_chance(ready, minutes) if q.alive else (None, ())
    ticking = work.Ticking(PLANNING, _pieces(Work(), minutes, len(ready.mustered.teams)))
    made = plan(
        ready.found.terrain, ready.moving, ready.mustered.teams, minutes, alive_chance=alive, work=Work(), tick=ticking
    )
    parts = _way_parts(made, ready, asked.now)
    if not parts:
        raise AdviceError(
            f"no team can search where he may be: {'; '.join(made.idle)}. Give more hours, or start nearer"
        )
    sheet = PlanSheet(
        title=f"{name}: who searches where",
        chance=made.figure.value,
        low=made.figure.low,
        high=made.figure.high,
        bound=made.bound,
        gap=made.gap,
        greedy=made.greedy.value,
        proven=False,
        parts=parts,
        idle=made.idle,
        facts=(*_plan_facts(made, alive=q.alive), *alive_said, *_told_of(ready)),
        cautions=_cautions((STOPPED,) if ticking.stopped else (), made.cautions, ready),
        provenance=sources(ready.found),
        alive=q.alive,
        stopped=ticking.stopped,
    )
    return sheet, plan_drawn.ways(parts)


def _pieces(kinds: Any, minutes: float, teams: int) -> int:
    """About how many pieces of work a plan is: rounds, and stretches of teams to be made better."""
    stretches = sum(-(-minutes // width) for width in kinds.stretches_min)
    return int(kinds.first_rounds + kinds.rounds + 2 * kinds.last_rounds + kinds.polishing * stretches * teams)


def _way_parts(made: SearchPlan, ready: _Ready, now: Moment) -> tuple[Part, ...]:
    numbers = {team.name: number for number, team in enumerate(ready.mustered.teams)}
    return tuple(
        Part(
            team=one.name,
            adds=one.adds,
            next_best=one.next_best,
            there_at=now.plus(minutes=float(one.passage.minutes[0])),
            until=now.plus(minutes=float(one.passage.minutes[-1])),
            way=plan_drawn.way_of(ready.found.terrain, one.passage.rows, one.passage.cols),
            words=one.words,
            mark=str(numbers[one.name] + 1),
            colour=colour_of(numbers[one.name]),
        )
        for one in made.teams
    )


def _plan_facts(made: SearchPlan, *, alive: bool) -> tuple[str, ...]:
    times = made.times_greedy
    how = " alive" if alive else ""
    better = f": this one {times.value:.2f} times as often ({times.low:.2f} to {times.high:.2f})"
    other = "; the chance above is told on other tracks, and above it by luck" if made.figure.value > made.bound else ""
    return (
        f"The chance to find him{how} in this time is {made.figure.value:.1%} ({made.figure.low:.1%} to "
        f"{made.figure.high:.1%}), followed in true space {made.followed.value:.1%}.",
        f"No plan on this ground and these tracks can be above {made.bound:.1%}: the gap is {made.gap:.0%}{other}.",
        f"A greedy plan finds him{how} with {made.greedy.value:.1%}{better if math.isfinite(times.high) else ''}.",
    )


# ---- Segments ----


def _assigned(asked: _Asked, ready: _Ready, name: str) -> tuple[PlanSheet, tuple[Drawn, ...]]:
    from wayhome.engines.search.plans.assigning import assign

    areas, q = ready.known.areas, asked.q
    chosen = [areas.find(one, "segments") for one in q.only] if q.only else areas.all_but(q.barred)
    if not chosen:
        raise AdviceError("no segment is drawn on this mission's map: `wayhome draw segment` draws one")
    segments = [areas.segment(one) for one in chosen]
    work.tell("Giving out segments")
    made = assign(ready.found.terrain, ready.moving, ready.mustered.teams, segments, q.minutes)
    parts = _segment_parts(made, ready, {one.name: one.ring for one in segments}, asked.now)
    where = ", ".join(f"{one} {chance:.1%}" for one, chance in made.probability.items())
    sheet = PlanSheet(
        title=f"{name}: who searches which segment",
        chance=made.chance,
        low=made.chance,
        high=made.chance,
        bound=made.bound,
        gap=made.gap,
        greedy=made.greedy,
        proven=made.gap < 1e-9,
        parts=parts,
        idle=made.idle,
        facts=(
            f"The chance to find him in this time is {made.chance:.1%}; none of these teams on these segments can be "
            f"above {made.bound:.1%}; greed finds {made.greedy:.1%}.",
            f"He is now in: {where}; in none of them {made.elsewhere:.1%}.",
            "Each team is taken to sweep its segment in random lines for as long as its hours leave (Koopman).",
            *_told_of(ready),
        ),
        cautions=_cautions((), ready.found.terrain.warnings, ready),
        provenance=sources(ready.found),
        segments=made.probability,
    )
    return sheet, plan_drawn.given(parts, {one.name: one.ring for one in segments})


def _segment_parts(
    made: Assignment, ready: _Ready, outlines: dict[str, tuple[Place, ...]], now: Moment
) -> tuple[Part, ...]:
    numbers = {team.name: number for number, team in enumerate(ready.mustered.teams)}
    return tuple(
        Part(
            team=one.team,
            adds=one.adds,
            next_best=one.next_best,
            there_at=now.plus(minutes=one.from_min),
            until=now.plus(minutes=one.until_min),
            way=outlines[one.segment],
            words=one.words,
            mark=str(numbers[one.team] + 1),
            colour=colour_of(numbers[one.team]),
            segment=one.segment,
            coverage=one.coverage,
        )
        for one in made.assigned
    )


# ---- Posts ----


def _posted(made: Containment, ready: _Ready, now: Moment, name: str) -> PlanSheet:
    numbers = {team.name: number for number, team in enumerate(ready.mustered.teams)}
    parts = tuple(
        Part(
            team=one.who,
            adds=one.adds,
            next_best=one.next_best,
            there_at=now.plus(minutes=one.manned_min),
            way=(one.place,),
            words=one.words,
            mark=str(numbers[one.who] + 1),
            colour=colour_of(numbers[one.who]),
        )
        for one in made.postings
    )
    proven = "no posting of these teams meets more" if made.proven else f"none can meet more than {made.bound:.1%}"
    return PlanSheet(
        title=f"{name}: whom to post where",
        chance=made.met,
        low=made.met,
        high=made.met,
        bound=made.bound,
        gap=made.gap,
        greedy=made.greedy,
        proven=made.proven,
        parts=parts,
        idle=made.idle,
        facts=(
            f"He comes by a manned post with {made.met:.1%}; {proven}; greed meets {made.greedy:.1%}.",
            *_told_of(ready),
        ),
        cautions=_cautions((), made.cautions, ready),
        provenance=sources(ready.found),
    )


# ---- What stands beside every plan ----


def _told_of(ready: _Ready) -> tuple[str, ...]:
    """Who goes and how, and what was weighed up to now: what a plan asked again takes up."""
    weighed = [one.evidence.name for one in ready.answer.weighed.said]
    evidence = f"Weighed up to now: {', '.join(weighed)}." if weighed else "No evidence is weighed yet."
    return (*ready.mustered.said, evidence)


def _cautions(first: tuple[str, ...], said: tuple[str, ...], ready: _Ready) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *said, ASSUMED, *ready.answer.left_out, *ready.answer.cautions)))


def _drawn(
    asked: _Asked, ready: _Ready, sheet: PlanSheet, lines: tuple[Drawn, ...], markers: tuple[Marker, ...]
) -> PlanSheet:
    rests_on = ready.settled, ready.found, ready.answer
    found = [ready.known.areas.find(one, "barred") for one in asked.q.barred]
    lines = (*plan_drawn.barred(tuple((one.name or one.label, one.points) for one in found)), *lines)
    return plan_drawn.drawn(
        asked.reading, asked.maker, asked.now, asked.mission, asked.q.form, rests_on, sheet, lines, markers
    )
