"""Tracks imagined for a mission, weighed by what its record holds: the last ones are kept, so that one more piece of
evidence is weighed in a moment. What is kept is worked out from the question alone, and changes no answer.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import msgspec

from wayhome.engines.search.errors import SearchError
from wayhome.mission.views import shapes as v
from wayhome.usecases import work
from wayhome.usecases.advice import SEED
from wayhome.usecases.search.asked import Settled
from wayhome.usecases.search.evidenced import Noted, Span, Weighable, names_of, weighable
from wayhome.values.places import Place
from wayhome.values.when import Moment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wayhome.engines.search.tracks import Cloud, Hypothesis, Light, StartOf, Subject, Weighed
    from wayhome.terrain.grid import Terrain

TRACKS: Final = 30_000
MOST_TRACKS: Final = 300_000
AHEAD_H: Final = 6.0
"""So far beyond the moment asked about the tracks go on, for what he may do next."""
LEAST_H: Final = 24.0
"""The tracks go on for a day at least, for the published distances to speak of: most who are found stay where they are
by then."""
REST_OF_WORLD: Final = 0.05
REST_SAID: Final = "5 % that he is on none of these tracks is assumed before evidence (our own assumption)"
FEW: Final = (
    "only {:,.0f} tracks carry this, and none are drawn anew while words speak for a hypothesis: ask with more tracks"
)
WIDER: Final = 4
WIDER_SAID: Final = "{:,.0f} of {:,} tracks agree with the evidence: {:,} were imagined instead"
KEPT: Final = 3
"""Clouds that are kept: one question's, the wider one of its evidence, and another's."""
RINGS: Final = ("mi_95", "mi_75", "mi_50", "mi_25")


class Asked(msgspec.Struct, frozen=True):
    """What tells one cloud of tracks from another."""

    settled: Settled
    hypotheses: tuple[v.HypothesisView, ...]
    began: Moment
    minute: float
    tracks: int


class Imagined:
    """A cloud, its factors, what was said of them, and the last answer, which the next one begins from."""

    def __init__(self, cloud: Cloud, factors: NDArray[np.float64] | None, said: tuple[str, ...]) -> None:
        self.cloud, self.factors, self.said = cloud, factors, said
        self.known: Weighed | None = None


_kept: OrderedDict[bytes, Imagined] = OrderedDict()
_lock = threading.Lock()


class Answer(msgspec.Struct, frozen=True):
    """The weighed tracks, the span they were asked about, and every word that must stand beside them."""

    weighed: Weighed
    span: Span
    names: tuple[str, ...]
    left_out: tuple[str, ...]
    cautions: tuple[str, ...]


def likely(settled: Settled, terrain: Terrain, noted: Noted, now: Moment, tracks: int = TRACKS) -> Answer:
    """Where he may be, by whole tracks and all that the record holds. Where the evidence leaves too few of the tracks,
    more are imagined. Raises SearchError, TerrainError."""
    from wayhome.engines.search.tracks.weighing import FEWEST

    began = settled.at or now.plus(hours=-settled.hours)
    span = Span(began, began.plus(hours=settled.hours))
    if not 1_000 <= tracks <= MOST_TRACKS:
        raise SearchError(f"{tracks:,} tracks are refused: 1,000 to {MOST_TRACKS:,}")
    standing = tuple(one for one in noted.hypotheses if not one.dropped)
    names = names_of(standing)
    asked = Asked(settled, standing, began, span.last, tracks)
    ready = weighable(noted, span, names)
    found, weighed, wider = _carried(asked, terrain, ready)
    worded = _worded(ready)
    few = (FEW.format(weighed.effective),) if worded and weighed.effective < FEWEST else ()
    said = (*wider, *few, *weighed.cautions, *found.cloud.cautions, *found.said, *ready.assumed, REST_SAID)
    return Answer(weighed, span, tuple(names.values()), ready.left_out, tuple(dict.fromkeys(said)))


def _carried(asked: Asked, terrain: Terrain, ready: Weighable) -> tuple[Imagined, Weighed, tuple[str, ...]]:
    """The tracks weighed: as many as were asked for where enough of them carry the answer, else more of them."""
    from wayhome.engines.search.tracks.weighing import FEWEST

    fewest = 0.0 if _worded(ready) else FEWEST
    found, many = _imagined(asked, terrain), min(MOST_TRACKS, asked.tracks * WIDER)
    weighed = _weighed(found, ready, asked.minute, 0.0)
    agreeing = 0.0 if weighed.contradicted else weighed.effective
    if ready.pieces and many > asked.tracks and agreeing < min(FEWEST, asked.tracks / 2):
        wide = _imagined(msgspec.structs.replace(asked, tracks=many), terrain)
        weighed = _weighed(wide, ready, asked.minute, fewest)
        if not weighed.contradicted:
            return wide, weighed, (WIDER_SAID.format(agreeing, asked.tracks, many),)
    return found, _weighed(found, ready, asked.minute, fewest), ()


def _weighed(found: Imagined, ready: Weighable, minute: float, fewest: float) -> Weighed:
    from wayhome.engines.search.tracks import weigh

    work.tell("Weighing the evidence")
    found.known = weigh(
        found.cloud,
        ready.pieces,
        REST_OF_WORLD,
        now_min=minute,
        factors=found.factors,
        known=found.known,
        fewest=fewest,
    )
    return found.known


def _worded(ready: Weighable) -> bool:
    from wayhome.engines.search.tracks import Testimony

    return any(isinstance(piece, Testimony) for piece in ready.pieces)


def _imagined(asked: Asked, terrain: Terrain) -> Imagined:
    """The cloud for a question: the one that is kept, or a new one."""
    key = msgspec.json.encode(asked)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    work.tell(f"Imagining {asked.tracks:,} tracks")
    made = _imagine(asked, terrain)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def _imagine(asked: Asked, terrain: Terrain) -> Imagined:
    from wayhome.engines.search.tracks import StartOf, imagine, imagine_hypotheses

    settled, start = asked.settled, StartOf(place=asked.settled.point)
    hours, light = max(settled.hours + AHEAD_H, LEAST_H), light_at(asked.began, settled.point)
    hypotheses = _hypotheses(asked, start)
    if hypotheses:
        cloud = imagine_hypotheses(terrain, hypotheses, hours, asked.tracks, SEED, light=light)
    else:
        subject = _subject(settled.category, evader=settled.evader)
        cloud = imagine(terrain, subject, start, hours, asked.tracks, SEED, light=light)
    factors, said = _calibrated(cloud, asked)
    return Imagined(cloud, factors, said)


def _subject(category: str, *, evader: bool, injured: bool = False, **more: Any) -> Subject:
    from wayhome.engines.search.tracks import EVADER, subject_of

    name = EVADER if evader else category or "(any other category)"
    return subject_of(name, injured=injured, **more)


def _hypotheses(asked: Asked, start: StartOf) -> list[Hypothesis]:
    from wayhome.engines.search.tracks import Hypothesis

    total = sum(one.odds for one in asked.hypotheses)
    names = names_of(asked.hypotheses)
    return [
        Hypothesis(
            name=names[one.hypothesis],
            chance=one.odds / total,
            subject=_subject(
                one.category or asked.settled.category,
                evader=_evades(one, asked.settled),
                injured=one.injured,
                heading_deg=one.heading_deg,
                goals=one.goals,
            ),
            start=start,
        )
        for one in asked.hypotheses
    ]


def _evades(one: v.HypothesisView, settled: Settled) -> bool:
    return one.evader or (settled.evader and not one.category)


def _calibrated(cloud: Cloud, asked: Asked) -> tuple[NDArray[np.float64] | None, tuple[str, ...]]:
    """Factors that make the ends of the tracks of each strand agree with the published distances of its category."""
    import numpy as np

    factors = np.ones(cloud.tracks)
    said: list[str] = []
    away = np.where(cloud.left(cloud.minutes), np.inf, cloud.distances_m())
    for strand, begin in zip(cloud.strands, cloud.starts, strict=False):
        part = slice(begin, begin + strand.tracks)
        try:
            factors[part], words = _by_published(asked, strand.subject.category, away[part])
        except SearchError as error:
            words = (f"{strand.name}: not calibrated to published distances ({error})",)
        said += words
    return (None if bool((factors == 1).all()) else factors), tuple(dict.fromkeys(said))


def _by_published(
    asked: Asked, category: str, away: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Factors, and what they rest on. Rings that these tracks or this ground do not come to are left out, the farthest
    first: what is published of them cannot be told from what lies off the map."""
    import numpy as np

    from wayhome.engines.search.distances import distances_for
    from wayhome.engines.search.scoring.calibration import calibrate
    from wayhome.engines.search.tracks import EVADER

    if category == EVADER:
        raise SearchError("an evader is not a lost person")
    row = distances_for(category, ecoregion=asked.settled.ecoregion, terrain=asked.settled.country)
    even = np.full(away.size, 1 / away.size)
    for left_out in range(len(RINGS)):
        less = msgspec.structs.replace(row, **dict.fromkeys(RINGS[:left_out]))
        try:
            done = calibrate(away, even, less)
        except SearchError:
            if left_out + 1 == len(RINGS):
                raise
            continue
        most = f" (up to the ring of {less.rings_km()[-1][0]} %: farther ones lie beyond these tracks)"
        return done.factors, (f"{category}: {done.basis[0]}{most if left_out else ''}",)
    raise SearchError("nothing is published")


# ---- The light ----

TILT_DEG: Final = 23.44
HORIZON_DEG: Final = -0.833
"""The sun's upper edge with refraction."""


def light_at(began: Moment, place: Place) -> Light:
    """The hour as it was then, and sunrise and sunset at the place on that day, to some minutes (Cooper 1969)."""
    from wayhome.engines.search.tracks import Light

    local = began.local
    day = local.timetuple().tm_yday
    offset = local.utcoffset()
    noon = 12.0 - place.lon / 15 + (offset.total_seconds() / 3600 if offset else 0.0)
    tilt = math.radians(TILT_DEG * math.sin(2 * math.pi * (284 + day) / 365))
    lat = math.radians(max(-89.0, min(89.0, place.lat)))
    cos = (math.sin(math.radians(HORIZON_DEG)) - math.sin(lat) * math.sin(tilt)) / (math.cos(lat) * math.cos(tilt))
    half = math.degrees(math.acos(max(-1.0, min(1.0, cos)))) / 15
    rise, fall = max(0.0, noon - half), min(24.0, noon + half)
    hour = local.hour + local.minute / 60
    return Light(hour=hour, sunrise=rise, sunset=fall) if rise < fall else Light(hour=hour, sunrise=0.0, sunset=0.01)
