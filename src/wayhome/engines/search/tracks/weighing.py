"""Setting evidence beside a cloud: what each track is worth after it, what is left for the rest of the world, how many
tracks carry the answer, and which pieces cannot be true together.

Each piece's say is kept apart and added up in one fixed order, so that a piece withdrawn leaves no trace: the answer is
that of never having had it, bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks import evidence as kinds
from wayhome.engines.search.tracks.cloud import Cloud
from wayhome.engines.search.tracks.conflicts import Conflict, conflicts_of
from wayhome.engines.search.tracks.evidence import Evidence
from wayhome.engines.search.tracks.rejuvenating import rejuvenated
from wayhome.engines.search.tracks.saying import Said, said_of

Numbers = NDArray[np.float64]

FEWEST: Final = 1_000.0
"""Below so many effective tracks a map is carried by too few, and they are rejuvenated."""
CONTRADICTED: Final = "the evidence contradicts every track: the tracks stand as before it; see the conflicts"


@dataclass(frozen=True, eq=False, kw_only=True)
class Weighed:
    """A cloud after evidence. `weights` is float64 (n,): with `rest_of_world` they sum to 1.

    `effective` is how many equally weighted tracks the answer rests on (Kish). `odds` are the chances of each strand
    (hypothesis) and of the rest of the world; `chance_false` that of each clue and the like. Where `contradicted`, no
    track agrees with everything: the weights are those of before any evidence, and `conflicts` names who disagrees.
    Where `rejuvenated`, tracks were drawn anew from those that carried the answer: `cloud` is theirs, `base` the one
    that was asked about, and `said` is of the base.
    """

    cloud: Cloud
    base: Cloud
    weights: Numbers
    rest_of_world: float
    effective: float
    said: tuple[Said, ...]
    odds: tuple[tuple[str, float], ...]
    chance_false: tuple[tuple[str, float], ...]
    conflicts: tuple[Conflict, ...]
    contradicted: bool = False
    rejuvenated: bool = False
    cautions: tuple[str, ...] = ()


def weigh(
    cloud: Cloud,
    evidence: Sequence[Evidence] = (),
    rest_of_world: float = 0.05,
    *,
    now_min: float | None = None,
    factors: Numbers | None = None,
    known: Weighed | None = None,
    fewest: float = FEWEST,
) -> Weighed:
    """What each track is worth after all pieces of evidence, in whatever order they are given.

    `rest_of_world`: the chance, before evidence, that he is on none of these tracks. `now_min`: pieces that speak of a
    later minute are refused. `factors`, float64 (n,), multiply the tracks' prior (calibration to published distances).
    `known`: an earlier answer for the same cloud and factors, whose pieces need not be looked at again. `fewest`:
    effective tracks below which they are rejuvenated; 0 never. Raises SearchError.
    """
    _checked(cloud, evidence, rest_of_world, now_min)
    prior = _prior(cloud, factors)
    said = _all_said(cloud, evidence, prior, known)
    logs = np.full(cloud.tracks, math.log1p(-rest_of_world))
    rest = math.log(rest_of_world)
    for one in said:
        logs = logs + one.log
        rest += one.log_rest
    conflicts = conflicts_of(prior, said)
    if not np.isfinite(logs).any():
        return _as_before(cloud, prior, rest_of_world, said, conflicts)
    weights, rest_weight = _normal(prior, logs, rest)
    carried = kish(weights)
    answer = Weighed(
        cloud=cloud,
        base=cloud,
        weights=weights,
        rest_of_world=rest_weight,
        effective=carried,
        said=said,
        odds=_odds(cloud, weights, rest_weight),
        chance_false=_chances_false(said, weights, rest_weight),
        conflicts=conflicts,
        cautions=(),
    )
    return _guarded(answer, prior, fewest)


def kish(weights: Numbers) -> float:
    """How many equal weights these are worth: (sum)^2 / sum of squares."""
    total, squares = float(np.sum(weights)), float(np.sum(weights * weights))
    return total * total / squares if squares > 0 else 0.0


def _guarded(answer: Weighed, prior: Numbers, fewest: float) -> Weighed:
    """The answer itself where enough tracks carry it, or else one of tracks drawn anew."""
    if not answer.said or answer.effective >= min(fewest, answer.cloud.tracks / 2):
        return answer
    cloud, weights = rejuvenated(answer.cloud, answer.weights, prior, answer.said)
    said = (
        f"only {answer.effective:,.0f} of {answer.cloud.tracks:,} tracks carried the answer: "
        f"{cloud.tracks:,} were drawn anew from them"
    )
    return Weighed(
        cloud=cloud,
        base=answer.base,
        weights=weights,
        rest_of_world=answer.rest_of_world,
        effective=answer.effective,
        said=answer.said,
        odds=answer.odds,
        chance_false=answer.chance_false,
        conflicts=answer.conflicts,
        rejuvenated=True,
        cautions=(said,),
    )


def _checked(cloud: Cloud, evidence: Sequence[Evidence], rest_of_world: float, now_min: float | None) -> None:
    if not 0 < rest_of_world < 1:
        raise SearchError(f"a rest of the world of {rest_of_world:g} is refused: he is never surely on the map: 0 to 1")
    if now_min is not None and not now_min >= 0:
        raise SearchError(f"now is minute {now_min:g}: it must be 0 or later")
    if len(set(evidence)) != len(evidence):
        raise SearchError("a piece of evidence was given twice: it counts once")
    for piece in evidence:
        known, latest = _speaks_of(piece)
        if now_min is not None and known > now_min:
            raise SearchError(f"{piece.name} speaks of minute {known:g}, and now is {now_min:g}: it is in the future")
        if latest > cloud.minutes:
            raise SearchError(
                f"{piece.name} speaks of minute {latest:g}, where the tracks end at {cloud.minutes:g}: "
                "imagine more hours"
            )


def _speaks_of(piece: Evidence) -> tuple[float, float]:
    """When it was known at the earliest, and the last minute of the tracks that it needs. A sighting is of its minute:
    the minutes that it may be out by are no claim about what is to come."""
    if isinstance(piece, kinds.Clue):
        return max(piece.to_min, piece.found_min), piece.to_min
    if isinstance(piece, kinds.Sighting):
        return piece.at_min, piece.at_min
    return piece.to_min, piece.to_min


def _prior(cloud: Cloud, factors: Numbers | None) -> Numbers:
    if factors is None:
        return cloud.prior
    good = factors.shape == (cloud.tracks,) and bool(np.isfinite(factors).all() and (factors >= 0).all())
    if not (good and factors.sum() > 0):
        raise SearchError(f"factors must be {cloud.tracks:,} numbers of 0 and more, one a track")
    weighted = cloud.prior * factors
    return np.asarray(weighted / weighted.sum())


def _all_said(cloud: Cloud, evidence: Sequence[Evidence], prior: Numbers, known: Weighed | None) -> tuple[Said, ...]:
    have = {one.evidence: one for one in known.said} if known is not None and known.base is cloud else {}
    order = sorted(evidence, key=lambda e: (e.from_min, type(e).__name__, repr(e)))
    return tuple(have[piece] if piece in have else said_of(cloud, piece, prior) for piece in order)


def _normal(prior: Numbers, logs: Numbers, rest: float) -> tuple[Numbers, float]:
    top = max(float(np.max(logs)), rest)
    weights = prior * np.exp(logs - top)
    rest_weight = math.exp(rest - top)
    total = float(np.sum(weights)) + rest_weight
    weights /= total
    weights.flags.writeable = False
    return weights, rest_weight / total


def _as_before(
    cloud: Cloud, prior: Numbers, rest_of_world: float, said: tuple[Said, ...], conflicts: tuple[Conflict, ...]
) -> Weighed:
    logs = np.full(cloud.tracks, math.log1p(-rest_of_world))
    weights, rest_of_world = _normal(prior, logs, math.log(rest_of_world))
    return Weighed(
        cloud=cloud,
        base=cloud,
        weights=weights,
        rest_of_world=rest_of_world,
        effective=kish(weights),
        said=said,
        odds=_odds(cloud, weights, rest_of_world),
        chance_false=tuple((one.evidence.name, one.false) for one in said if one.false is not None),
        conflicts=conflicts,
        contradicted=True,
        cautions=(CONTRADICTED,),
    )


def _odds(cloud: Cloud, weights: Numbers, rest: float) -> tuple[tuple[str, float], ...]:
    parts = [
        (strand.name, float(np.sum(weights[begin : begin + strand.tracks])))
        for strand, begin in zip(cloud.strands, cloud.starts, strict=False)
    ]
    return (*parts, ("elsewhere", rest))


def _chances_false(said: tuple[Said, ...], weights: Numbers, rest: float) -> tuple[tuple[str, float], ...]:
    """With all else known: on each track the part of its likelihood that being false makes up."""
    out = []
    for one in said:
        if one.false is not None:
            held = np.where(weights > 0, weights, 0.0)
            with np.errstate(divide="ignore", invalid="ignore"):
                part = np.where(held > 0, one.false * np.exp(-one.log), 0.0)
            out.append((one.evidence.name, min(1.0, float(np.sum(held * part)) + rest)))
    return tuple(out)
