"""The table of scores: every model on every incident, learned leave-one-out by place, with its intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.box import CELL_M, Cells, RoundMap, cell_of
from wayhome.engines.search.scoring.incidents import Finds, Incident, Numbers, Whole
from wayhome.engines.search.scoring.intervals import Pit, Spread, bootstrap, pit
from wayhome.engines.search.scoring.models import BASELINE, Baseline, Model, Plain, PublishedLognormal, PublishedRings
from wayhome.engines.search.scoring.published import published_for
from wayhome.engines.search.scoring.radial import RadialAndTime

MODELS: Final[tuple[Model, ...]] = (RadialAndTime(), Baseline(), PublishedLognormal(), PublishedRings(), Plain())
FEWEST_OF_GROUP: Final = 20
"""A category with so many incidents is scored by itself as well."""
MOST_DRAWS: Final = 100_000
ALL: Final = "all"
SAID: Final = (
    "incidents without elevation are scored by the radial-and-time model: it goes by distance alone",
    "terrain motion was not validated on finds",
    "R saturates, and every map that falls outwards has the same R for a find inside the box: read the bits first",
)

Progress = Callable[[int, int], None]


class ModelScore(msgspec.Struct, frozen=True, kw_only=True):
    """One model on one group. `gain`: paired, over the baseline. `bits` per incident stand in `each` (N,)."""

    model: str
    words: str
    bits: Spread
    gain: Spread | None
    r: Spread
    pit: Pit
    each: tuple[float, ...]


class GroupScore(msgspec.Struct, frozen=True, kw_only=True):
    """All models on the incidents of one group, in the order of `incidents` (their names)."""

    group: str
    incidents: tuple[str, ...]
    places: int
    outside_box: int
    at_ipp: int
    models: tuple[ModelScore, ...]

    def of(self, model: str) -> ModelScore:
        """One model's. Raises SearchError for a name that is not there."""
        for one in self.models:
            if one.model == model:
                return one
        raise SearchError(f"no model is called {model!r}: {', '.join(one.model for one in self.models)}")


class ScoreTable(msgspec.Struct, frozen=True, kw_only=True):
    """The whole answer: groups, the largest first, what was noticed in the incidents, and what it does not say."""

    groups: tuple[GroupScore, ...]
    notes: tuple[str, ...]
    said: tuple[str, ...]
    seed: int
    draws: int


@dataclass(frozen=True, eq=False)
class _Scored:
    """One model's figures of every incident, each (N,): bits, R, and the least and most of its place in the map."""

    bits: Numbers
    r: Numbers
    low: Numbers
    high: Numbers


def score(
    incidents: Sequence[Incident],
    *,
    seed: int = 1,
    draws: int = 10_000,
    models: Sequence[Model] = MODELS,
    progress: Progress | None = None,
) -> ScoreTable:
    """Scores `models` on incidents that ended with a find.

    For each incident every model learns from the incidents at other places (`SAME_PLACE_M`); the baseline, by its
    definition, from those of the same group. Intervals are 95 per cent, by bootstrap over places with `draws` draws
    of `seed`. `progress(done, of)` is called with maps made. Raises SearchError for too few incidents or places, too
    many, and where the baseline is not among the models.
    """
    if not any(model.name == BASELINE for model in models):
        raise SearchError("the baseline must be among the models: gains are counted from it")
    if not 100 <= draws <= MOST_DRAWS:
        raise SearchError(f"{draws:,} bootstrap draws are refused: 100 to {MOST_DRAWS:,}")
    finds = Finds.of(incidents)
    groups = _groups(finds)
    work = len(groups) * len(models)
    counted = _Counted(progress, work * len(finds))
    shared = {model.name: _scored(model, finds, finds, counted) for model in models if model.name != BASELINE}
    found = []
    for name, members in groups:
        mine = finds.only(members)
        scored = {key: _picked(value, members) for key, value in shared.items()}
        scored[BASELINE] = _scored(next(m for m in models if m.name == BASELINE), mine, mine, counted)
        found.append(_group(name, mine, models, scored, seed, draws))
    return ScoreTable(groups=tuple(found), notes=_notes(finds), said=SAID, seed=seed, draws=draws)


class _Counted:
    """Tells how far the work is."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        self._progress, self._of, self._done = progress, of, 0

    def one_more(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._of), self._of)


def _groups(finds: Finds) -> list[tuple[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
    """All, and every category with incidents and places enough."""
    categories = np.array([one.category.casefold() for one in finds.incidents], dtype=str)
    found = [(ALL, np.ones(len(finds), np.bool_))]
    for one in sorted(set(categories), key=lambda name: (-int((categories == name).sum()), name)):
        mine = categories == one
        if FEWEST_OF_GROUP <= mine.sum() < len(finds) and np.unique(finds.place[mine]).size >= FEWEST_OF_GROUP / 2:
            found.append((next(i.category for i in finds.incidents if i.category.casefold() == one), mine))
    return found


def _scored(model: Model, asked: Finds, taught: Finds, counted: _Counted) -> _Scored:
    """Every incident asked about, by what the other places teach."""
    figures = np.empty((4, len(asked)))
    for place in np.unique(asked.place):
        learned = model.learn(taught.without(int(place)))
        for index in np.nonzero(asked.place == place)[0]:
            incident = asked.incidents[index]
            figures[:, index] = _figures(learned.map_for(incident), incident)
            counted.one_more()
    return _Scored(*figures)


def _figures(map_: RoundMap, incident: Incident) -> tuple[float, float, float, float]:
    """Bits, R, and the chance to be nearer than half a cell before the find, and than half a cell beyond it."""
    cells, cell = Cells(map_), cell_of(incident)
    east, north = incident.offset_m
    radius = float(np.hypot(east, north))
    ends = np.array([max(0.0, radius - CELL_M / 2), radius + CELL_M / 2])
    low, high = map_.within(ends)
    if cell is None:
        high = max(high, 1 - cells.outside) if low < 1 - cells.outside else 1.0
    return cells.bits(cell), cells.ranked(cell), float(low), float(high)


def _picked(scored: _Scored, members: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> _Scored:
    return _Scored(scored.bits[members], scored.r[members], scored.low[members], scored.high[members])


def _group(
    name: str, finds: Finds, models: Sequence[Model], scored: dict[str, _Scored], seed: int, draws: int
) -> GroupScore:
    place: Whole = np.unique(finds.place, return_inverse=True)[1].astype(np.int64)
    base = scored[BASELINE]
    rows = []
    for model in models:
        mine = scored[model.name]
        gain = bootstrap(mine.bits - base.bits, place, seed, draws) if model.name != BASELINE else None
        rows.append(
            ModelScore(
                model=model.name,
                words=model.words,
                bits=bootstrap(mine.bits, place, seed, draws),
                gain=gain,
                r=bootstrap(mine.r, place, seed, draws),
                pit=pit(mine.low, mine.high),
                each=tuple(round(float(bits), 4) for bits in mine.bits),
            )
        )
    return GroupScore(
        group=name,
        incidents=tuple(one.name for one in finds.incidents),
        places=int(place.max()) + 1,
        outside_box=sum(cell_of(one) is None for one in finds.incidents),
        at_ipp=int((finds.distance_m < CELL_M / 2).sum()),
        models=tuple(rows),
    )


def _notes(finds: Finds) -> tuple[str, ...]:
    """What whoever reads the table should know of these incidents."""
    notes = []
    unknown = sorted({one.category for one in finds.incidents if not published_for(one).known})
    if unknown:
        notes.append(f"no published distances for {', '.join(unknown)}: the row for any other category stands in")
    if not any(one.hours is not None for one in finds.incidents):
        notes.append("no incident says its hours: the time part of the model was not used")
    for place in np.unique(finds.place):
        there = [one for one, at in zip(finds.incidents, finds.place, strict=True) if at == place]
        notes.extend(f"{a.name} and {b.name} look like one incident recorded twice" for a, b in _twins(there))
    return tuple(notes)


def _twins(there: Sequence[Incident]) -> list[tuple[Incident, Incident]]:
    """Pairs whose start and find both lie within a cell of each other."""
    from wayhome.values.places import distance_m

    return [
        (a, b)
        for index, a in enumerate(there)
        for b in there[index + 1 :]
        if distance_m(a.ipp, b.ipp) < CELL_M and distance_m(a.find, b.find) < CELL_M
    ]
