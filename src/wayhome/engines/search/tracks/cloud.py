"""A cloud of whole tracks of a lost or moving person over real terrain, imagined from a seed.

    cloud = imagine(terrain, subject_of("Hiker"), StartOf(place), hours=48, tracks=100_000, seed=1)
    rows, cols = cloud.positions(600, 660, 1.0)

Kept are one word for each track and half hour; every step in between is walked again when asked for, by the very loop
that walked it first. What was never validated on finds says so in `cautions`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks import compass, passing, walking, whole
from wayhome.engines.search.tracks.ground import TICKS_A_MINUTE, Ground, packed_ground
from wayhome.engines.search.tracks.subject import Subject
from wayhome.terrain.classes import LandCover, Water
from wayhome.terrain.grid import Terrain
from wayhome.values.places import Place

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

MOST_HOURS: Final = 240.0
MOST_TRACKS: Final = 10_000_000
MOST_BYTES: Final = 1_200_000_000
"""What is kept of all tracks together may take so much memory."""
BRANCHES: Final = 8
"""A rejuvenated track has at most so many pieces of other names."""
NOT_VALIDATED: Final = "motion over this ground was not validated on finds"


@dataclass(frozen=True, kw_only=True)
class StartOf:
    """Where and when it began: the place, give or take `within_m` (a normal spread, cut at three of it), setting out
    between `from_min` and `until_min` after minute 0, evenly. Raises SearchError."""

    place: Place
    within_m: float = 0.0
    from_min: float = 0.0
    until_min: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.within_m) and 0 <= self.within_m <= 50_000):
            raise SearchError(f"a start known to {self.within_m} m is refused: 0 to 50,000 m")
        if not (0 <= self.from_min <= self.until_min < math.inf):
            raise SearchError(f"setting out from minute {self.from_min} to {self.until_min} is refused: from 0, rising")


@dataclass(frozen=True, kw_only=True)
class Light:
    """The hour of the day at minute 0, and the hours of sunrise and sunset. Raises SearchError."""

    hour: float
    sunrise: float = 6.0
    sunset: float = 20.0

    def __post_init__(self) -> None:
        if not (0 <= self.hour < 24 and 0 <= self.sunrise < self.sunset <= 24):
            raise SearchError("hours of the day are 0 to 24, and the sun rises before it sets")

    def dark(self, blocks: int) -> NDArray[np.bool_]:
        """For each half hour whether its middle lies in the night."""
        hour = (self.hour + (np.arange(blocks) + 0.5) * walking.BLOCK_MIN / 60) % 24
        return np.asarray((hour < self.sunrise) | (hour >= self.sunset))


class Beginning(NamedTuple):
    """The cells that tracks begin in, int64 (n,), and the running sums of their chances, float64 (n,)."""

    cells: Ints
    sums: NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Strand:
    """Tracks of one subject: what they depend on, what each is called, and the words kept of each.

    `names` is uint64 (n, pieces) and `since` int32 (n, pieces): the name in force from which half hour on, -1 for
    none. `states` is uint64 (n, half hours + 1), `strides` uint8 (n, half hours): steps made, see `whole`; `border`
    int32 (n,): the tick of first being on the border, or -1.
    """

    name: str
    subject: Subject
    start: StartOf
    ground: Ground
    world: passing.World
    dark: NDArray[np.bool_]
    beginning: Beginning
    names: Words
    since: NDArray[np.int32]
    states: Words
    strides: NDArray[np.uint8]
    border: NDArray[np.int32]
    share: float = 1.0
    steps: int = 0

    @property
    def tracks(self) -> int:
        return int(self.states.shape[0])

    @property
    def most_steps(self) -> int:
        return int(walking.BLOCK_TICKS / self.ground.quickest_ticks) + 4


@dataclass(frozen=True, eq=False)
class Cloud:
    """Whole tracks, in one or more strands (one for each hypothesis), in the order of the strands.

    `hours` is how long they go on, from minute 0. `prior` is float64 (n,), sums to 1: each track's chance before any
    evidence, by the shares of the strands.
    """

    strands: tuple[Strand, ...]
    hours: float
    seed: int
    light: Light | None
    cautions: tuple[str, ...] = ()
    prior: NDArray[np.float64] = field(init=False)
    starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        shares = np.array([strand.share for strand in self.strands])
        parts = [
            np.full(s.tracks, share / shares.sum() / s.tracks) for s, share in zip(self.strands, shares, strict=True)
        ]
        prior = np.concatenate(parts)
        prior.flags.writeable = False
        object.__setattr__(self, "prior", prior)
        object.__setattr__(self, "starts", tuple(np.cumsum([0, *(s.tracks for s in self.strands)]).tolist()))

    @property
    def terrain(self) -> Terrain:
        return self.strands[0].ground.terrain

    @property
    def tracks(self) -> int:
        return self.starts[-1]

    @property
    def minutes(self) -> float:
        """How many minutes the tracks go on."""
        return self.hours * 60

    @property
    def provenance(self) -> tuple[str, ...]:
        """What the tracks rest on."""
        said = [f"{source.layer}: {source.name}" for source in self.terrain.provenance]
        for strand in self.strands:
            said += [f"{strand.subject.category}: {b}" for b in (*strand.subject.basis, *strand.subject.walker.basis)]
        return tuple(dict.fromkeys(said))

    def positions(
        self, first: float, last: float, minutes: float = 1.0, *, who: Ints | None = None
    ) -> tuple[Floats, Floats]:
        """Where tracks are at minutes first, first + minutes, ... up to last: rows, cols, float32 (n, times), in cells
        (a whole number is the middle of one). `who` are numbers of tracks (int64, rising); None: all of them.

        Raises SearchError for minutes outside the tracks, or a step that is not above 0.
        """
        return self.positions_at(self.times(first, last, minutes), who=who)

    def times(self, first: float, last: float, minutes: float = 1.0) -> NDArray[np.float64]:
        """The minutes first, first + minutes, ... up to last. Raises SearchError."""
        if not (0 <= first <= last <= self.minutes) or not minutes > 0:
            raise SearchError(
                f"minutes {first:g} to {last:g} by {minutes:g} are refused: "
                f"the tracks go from minute 0 to {self.minutes:g}"
            )
        count = int((last - first) / minutes + 1e-9) + 1
        return np.asarray(first + minutes * np.arange(count, dtype=np.float64))

    def positions_at(
        self, times: Sequence[float] | NDArray[np.float64], *, who: Ints | None = None
    ) -> tuple[Floats, Floats]:
        """The same at minutes of one's own, which must not fall. Raises SearchError."""
        ticks = np.rint(np.asarray(times, np.float64) * TICKS_A_MINUTE).astype(np.int64)
        if ticks.size == 0 or np.any(np.diff(ticks) < 0) or ticks[0] < 0 or ticks[-1] > self.minutes * TICKS_A_MINUTE:
            raise SearchError(f"times must rise, from minute 0 to {self.minutes:g}")
        chosen = np.arange(self.tracks) if who is None else np.asarray(who, np.int64)
        rows, cols = (np.empty((chosen.size, ticks.size), np.float32) for _ in range(2))
        bounds = np.searchsorted(chosen, self.starts)
        for strand, begin, (low, high) in zip(self.strands, self.starts, pairwise(bounds), strict=False):
            whole.where_tracks(
                strand.world,
                strand.ground.words,
                strand.ground.ticks,
                strand.dark,
                strand.names,
                strand.since,
                strand.states,
                chosen[low:high] - begin,
                ticks,
                strand.most_steps,
                rows[low:high],
                cols[low:high],
            )
        return rows, cols

    def modes(self, minute: float, *, who: Ints | None = None) -> NDArray[np.uint8]:
        """What each track does at a minute: numbers of `walking.RANDOM` and on, uint8 (n,)."""
        block = min(int(minute // walking.BLOCK_MIN), self.strands[0].states.shape[1] - 1)
        modes = np.concatenate([(s.states[:, block] >> np.uint64(12)) & np.uint64(15) for s in self.strands])
        return (modes if who is None else modes[who]).astype(np.uint8)

    def left(self, minute: float) -> NDArray[np.bool_]:
        """Which tracks have left the map by the beginning of the half hour of this minute: bool (n,). Their mass is the
        rest of the world's."""
        return np.asarray(self.modes(minute) == walking.LEFT)

    def distances_m(self, minute: float | None = None) -> NDArray[np.float64]:
        """Metres from the start's place, as the crow flies on the grid, at a minute (None: the last): float64 (n,)."""
        rows, cols = self.positions_at([self.minutes if minute is None else minute])
        row, col = self.terrain.cell_of(self.strands[0].start.place)
        return np.asarray(np.hypot(rows[:, 0] - row, cols[:, 0] - col, dtype=np.float64) * self.terrain.cell_m)

    def border_min(self) -> NDArray[np.float64]:
        """The minute at which each track first stands on the border: float64 (n,), inf where it does not."""
        ticks = np.concatenate([s.border for s in self.strands])
        return np.where(ticks >= 0, ticks / TICKS_A_MINUTE, np.inf)


def imagine(
    terrain: Terrain,
    subject: Subject,
    start: StartOf,
    hours: float,
    tracks: int = 100_000,
    seed: int = 0,
    *,
    light: Light | None = None,
    name: str = "",
    first: int = 0,
) -> Cloud:
    """Whole tracks from a start: track i (of `first`, `first` + 1, ...) is the same for the same seed, whoever asks.

    Memory: 18 bytes a track and hour. Raises SearchError for hours, tracks or a start that are refused, OffMap (a
    TerrainError) for a place off the map.
    """
    blocks = _checked(hours, tracks)
    ground = packed_ground(terrain, subject.walker, subject.goals, border=subject.to_border)
    dark = light.dark(blocks) if light is not None else np.zeros(blocks, np.bool_)
    beginning = beginning_of(ground, start, hours)
    world = passing.World(
        habits=_habits(subject),
        cols=terrain.cols,
        seed=np.uint64(int(seed) & 0xFFFFFFFFFFFFFFFF),
        first=int(start.from_min * TICKS_A_MINUTE),
        until=int(start.until_min * TICKS_A_MINUTE),
    )
    names = np.arange(first, first + tracks, dtype=np.uint64)[:, None]
    blank = Strand(
        name=name or subject.category,
        subject=subject,
        start=start,
        ground=ground,
        world=world,
        dark=dark,
        beginning=beginning,
        names=names,
        since=np.zeros((tracks, 1), np.int32),
        states=np.zeros((tracks, blocks + 1), np.uint64),
        strides=np.zeros((tracks, blocks), np.uint8),
        border=np.full(tracks, -1, np.int32),
    )
    return Cloud((walked(blank),), float(hours), int(seed), light, _cautions(terrain, light))


def walked(blank: Strand) -> Strand:
    """Walks the tracks that a strand names, into its own arrays, and seals them. The same names, the same words."""
    ground, beginning = blank.ground, blank.beginning
    steps = whole.imagine_tracks(
        blank.world,
        ground.words,
        ground.ticks,
        blank.dark,
        beginning.cells,
        beginning.sums,
        blank.names,
        blank.since,
        blank.states,
        blank.strides,
        blank.border,
        blank.most_steps,
    )
    for array in (blank.names, blank.since, blank.states, blank.strides, blank.border):
        array.flags.writeable = False
    return replace(blank, steps=int(steps))


def _checked(hours: float, tracks: int) -> int:
    """The number of half hours. Raises SearchError."""
    if not (math.isfinite(hours) and 0 < hours <= MOST_HOURS):
        raise SearchError(f"{hours:g} hours are refused: above 0, up to {MOST_HOURS:g}")
    if not 1 <= tracks <= MOST_TRACKS:
        raise SearchError(f"{tracks:,} tracks are refused: 1 to {MOST_TRACKS:,}")
    blocks = math.ceil(hours * 60 / walking.BLOCK_MIN)
    if tracks * (blocks + 1) * 9 > MOST_BYTES:
        most = MOST_BYTES // (9 * (blocks + 1))
        raise SearchError(
            f"{tracks:,} tracks of {hours:g} hours take too much memory: at most {most:,}, or fewer hours"
        )
    return blocks


def _habits(subject: Subject) -> passing.Habits:
    a, b, c, d, e, f, g = (np.cumsum(subject.mix.shares()) / sum(subject.mix.shares())).tolist()
    heading = -1.0 if subject.heading_deg is None else subject.heading_deg % 360 / 360 * compass.HEADINGS
    return passing.Habits(
        mix=(a, b, c, d, e, f, g),
        keeps=float(subject.keeps),
        faithful=float(subject.faithful),
        rests_by_day=float(subject.rests_by_day),
        rests_by_night=float(subject.rests_by_night),
        stops=1 - 0.5 ** (walking.BLOCK_MIN / 60 / subject.moving_h),
        avoids=subject.avoids,
        to_border=subject.to_border,
        slowest=float(subject.slowest),
        tires=float(subject.tires),
        heading=heading,
        heading_sd=subject.heading_sd_deg / 360 * compass.HEADINGS,
    )


def beginning_of(ground: Ground, start: StartOf, hours: float) -> Beginning:
    """The cells where one can stand, by a normal spread around the place. Raises SearchError where there is none."""
    terrain = ground.terrain
    row, col = terrain.cell_of(start.place)
    if start.until_min > hours * 60:
        raise SearchError(f"setting out as late as minute {start.until_min:g} leaves no track within {hours:g} hours")
    if ground.shut[row, col] and start.within_m < terrain.cell_m:
        raise SearchError(f"{_named(start.place)} {_why_shut(terrain, row, col)}: name a start beside it")
    reach = max(0, math.ceil(3 * start.within_m / terrain.cell_m))
    rows = np.arange(max(0, row - reach), min(terrain.rows, row + reach + 1))
    cols = np.arange(max(0, col - reach), min(terrain.cols, col + reach + 1))
    away = np.hypot(rows[:, None] - row, cols[None, :] - col) * terrain.cell_m
    spread = max(start.within_m, terrain.cell_m / 4)
    weights = np.exp(-0.5 * (away / spread) ** 2) * (away <= 3 * spread)
    weights[ground.shut[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]] = 0
    kept = np.nonzero(weights.ravel())[0]
    if kept.size == 0:
        raise SearchError(f"nobody can stand within {3 * start.within_m:g} m of {_named(start.place)}: water or a void")
    cells = (rows[:, None] * terrain.cols + cols[None, :]).ravel()[kept].astype(np.int64)
    return Beginning(cells, np.cumsum(weights.ravel()[kept]))


def _named(place: Place) -> str:
    return f"{place.lat:.5f}, {place.lon:.5f}"


def _why_shut(terrain: Terrain, row: int, col: int) -> str:
    if math.isnan(terrain.elevation_m[row, col]):
        return "lies in a void of the elevation"
    if terrain.water[row, col] == Water.LAKE or terrain.land_cover[row, col] == LandCover.WATER:
        return "lies in a lake"
    return "lies in a river"


def _cautions(terrain: Terrain, light: Light | None) -> tuple[str, ...]:
    said = [NOT_VALIDATED, *terrain.warnings]
    if light is None:
        said.append("the hour of the day was not given: every hour is taken as day")
    return tuple(said)
