"""What one piece of evidence says of every track of a cloud, and of the rest of the world."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks import evidence as kinds
from wayhome.engines.search.tracks.cloud import Cloud
from wayhome.engines.search.tracks.evidence import Evidence
from wayhome.engines.search.tracks.looks import AREA, SWEEP, Look, look_of
from wayhome.engines.search.tracks.speaking import said_of_tracks
from wayhome.engines.search.tracks.walking import BLOCK_TICKS

Numbers = NDArray[np.float64]

IN_STILL_AIR: Final = "the air was still: the bearing is taken as twice as wide"
OFF_THE_WIND: Final = "it points away from where the wind came from: the bearing is taken as wider, {:.0f} degrees"


@dataclass(frozen=True, eq=False)
class Said:
    """What one piece says: the logarithm of its likelihood for each track, float64 (n,), and for the rest of the world.

    `scale` is the mean agreement that a match is measured against, `looked` how many tracks came near enough to be
    walked again, and `false` the chance that it is false before it is set beside the tracks (None where it cannot be).
    """

    evidence: Evidence
    log: Numbers
    log_rest: float
    scale: float = 1.0
    looked: int = 0
    false: float | None = None
    remarks: tuple[str, ...] = ()


def said_of(cloud: Cloud, piece: Evidence, prior: Numbers, scale: float | None = None) -> Said:
    """What a piece says of every track.

    Nothing found: exp(-effort spent on the track as it passed). Something found, with the chance p of being false:
    p + (1 - p) K / mean K, K the track's best agreement and the mean over the tracks before evidence (`prior`), so that
    p is the chance of being false as it stands before tracks are looked at; whoever is on no track did not leave it,
    so the rest of the world gets p. `scale` is the mean, if it is known from elsewhere.
    """
    if isinstance(piece, kinds.Testimony):
        return _testified(cloud, piece)
    look = look_of(cloud.terrain, piece)
    values, looked = spoken(cloud, look)
    if look.kind in (AREA, SWEEP):
        return Said(piece, -values, 0.0, looked=looked)
    if isinstance(piece, kinds.Watcher):
        with np.errstate(divide="ignore"):
            return Said(piece, np.log(1 - piece.pod * values), 0.0, looked=looked)
    false = _false(piece)
    mean = float(np.sum(prior * values)) if scale is None else scale
    remarks = _remarks(piece)
    if mean > 0:
        likely = false + (1 - false) * values / mean
    else:
        likely = np.full(values.size, false)
        remarks = (*remarks, "no track comes near: taken as false, or the tracks are wrong")
    with np.errstate(divide="ignore"):
        return Said(piece, np.log(likely), _log(false), mean, looked, false, remarks)


def spoken(cloud: Cloud, look: Look) -> tuple[Numbers, int]:
    """The effort on each track, or its best agreement: float64 (n,); and how many came near."""
    out, looked = np.zeros(cloud.tracks), 0
    blocks = cloud.strands[0].states.shape[1] - 1
    of_box = np.minimum(look.boxes[:, 0] // BLOCK_TICKS, blocks)
    bounds = np.searchsorted(of_box, np.arange(blocks + 2)).astype(np.int64)
    for strand, begin in zip(cloud.strands, cloud.starts, strict=False):
        looked += said_of_tracks(
            look.kind,
            look.boxes,
            bounds,
            look.field,
            *look.corner,
            look.sensors,
            look.ends,
            look.asked,
            strand.world,
            strand.ground.words,
            strand.ground.ticks,
            strand.dark,
            strand.names,
            strand.since,
            strand.states,
            strand.strides,
            strand.most_steps,
            out[begin : begin + strand.tracks],
        )
    return out, int(looked)


def _testified(cloud: Cloud, piece: kinds.Testimony) -> Said:
    said = dict(piece.likelihoods)
    names = [strand.name for strand in cloud.strands]
    if set(said) != set(names):
        raise SearchError(
            f"{piece.name}: it speaks of {', '.join(sorted(said))}, where the hypotheses are {', '.join(sorted(names))}"
        )
    logs = np.concatenate([np.full(strand.tracks, _log(said[strand.name])) for strand in cloud.strands])
    return Said(piece, logs, _log(piece.elsewhere))


def _false(piece: Evidence) -> float:
    if isinstance(piece, kinds.Bearing | kinds.Trailing):
        return piece.chance_false
    assert isinstance(piece, kinds.Clue | kinds.Sighting | kinds.Ping)
    return piece.chance_other


def _remarks(piece: Evidence) -> tuple[str, ...]:
    if not isinstance(piece, kinds.Bearing) or piece.spread_deg <= piece.sd_deg:
        return ()
    still = piece.wind_m_s is not None and piece.wind_m_s < kinds.FEWEST_WIND_M_S
    return (IN_STILL_AIR if still else OFF_THE_WIND.format(piece.spread_deg),)


def _log(value: float) -> float:
    return math.log(value) if value > 0 else -math.inf
