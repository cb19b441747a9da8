"""What weighed tracks say in words and figures: how likely he is where, what each piece did, how many carry it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from wayhome.mission.views import shapes as v
from wayhome.usecases import work
from wayhome.usecases.search.imagined import REST_OF_WORLD, Answer
from wayhome.usecases.search.likelihood import Likely, Moved, Odds
from wayhome.usecases.search.map_plan import Chances, Hour
from wayhome.values.places import Place

if TYPE_CHECKING:
    from wayhome.engines.search.tracks import Poa, Weighed
    from wayhome.terrain.grid import Terrain

SHARES: Final = (0.5, 0.75, 0.95)
LOOK_AHEAD_H: Final = (0, 1, 2, 4, 6)
ELSEWHERE: Final = "elsewhere"
HOURS_SHOWN: Final = 6
"""Now and the next five: as far as tracks always go on."""


def map_of(answer: Answer) -> Poa:
    """The chance in each cell at the moment asked about, spread over two cells for the eye."""
    from wayhome.engines.search.tracks import poa

    return poa(answer.weighed, answer.span.last, smooth_m=smooth_m(answer.weighed.cloud.terrain))


def layer_of(found: Poa) -> Chances:
    """The map as a layer to be drawn, with the outlines of the likeliest ground where there is any."""
    areas = found.contours(SHARES) if found.grid.any() else ()
    return Chances(grid=found.grid, elsewhere=found.elsewhere, areas=areas, smoothed_m=smooth_m(found.terrain))


def by_hour(answer: Answer) -> tuple[Hour, ...]:
    """The chances now and at each of the next hours, on what is known now."""
    from wayhome.engines.search.tracks import poa

    weighed, now = answer.weighed, answer.span.until
    smooth = smooth_m(weighed.cloud.terrain)
    hours = []
    for ahead in range(HOURS_SHOWN):
        work.tell("Working out the hours", ahead, HOURS_SHOWN)
        at = now.plus(hours=ahead)
        found = poa(weighed, answer.span.last + 60 * ahead, smooth_m=smooth)
        hours.append(Hour(f"{at.local:%a %H:%M}", at.local.isoformat(timespec="minutes"), layer_of(found)))
    return tuple(hours)


def hourly_words(hourly: tuple[Hour, ...], terrain: Terrain, drawings: tuple[v.DrawingView, ...]) -> tuple[str, ...]:
    """How large the likeliest half is at each hour, and how likely he is in each drawn segment."""
    import numpy as np

    from wayhome.engines.search.tracks import Poa

    if not hourly:
        return ()
    maps = [Poa(terrain, 0.0, 0.0, one.chances.grid, one.chances.elsewhere) for one in hourly]
    cell_km2 = (terrain.cell_m / 1000) ** 2
    held = [float(np.sum(one.smallest(0.5))) * cell_km2 if one.grid.any() else 0.0 for one in maps]
    said = [
        "Likeliest half by the hour: "
        + ", ".join(f"{hour.label} {km2:.2g} km² ({hour.chances.elsewhere:.0%} elsewhere)"
                    for hour, km2 in zip(hourly, held, strict=True))
        + "."
    ]  # fmt: skip
    segments = segments_of(terrain, drawings)
    by_hour = [one.by_segment(segments) for one in maps]
    for name in segments:
        chances = ", ".join(f"{hour.label} {at[name]:.1%}" for hour, at in zip(hourly, by_hour, strict=True))
        said.append(f"In {name}: {chances}.")
    return tuple(said)


def segments_of(terrain: Terrain, drawings: tuple[v.DrawingView, ...]) -> dict[str, tuple[Place, ...]]:
    """The drawn segments that lie on this ground and do not cross themselves, by name."""
    return {
        one.name or one.label: one.points
        for one in drawings
        if one.what == "segment" and not one.crosses and any(terrain.holds(p) for p in one.points)
    }


def smooth_m(terrain: Terrain) -> float:
    """How far each track is spread for the eye."""
    return max(60.0, 2 * terrain.cell_m)


def summed(answer: Answer, found: Poa, drawings: tuple[v.DrawingView, ...]) -> Likely:
    """The figures beside the map."""
    import numpy as np

    from wayhome.engines.search.tracks import border_by, rings_m

    weighed, last = answer.weighed, answer.span.last
    cell_km2 = (found.terrain.cell_m / 1000) ** 2
    held = found.grid.sum() > 0
    times = [last + 60 * hours for hours in LOOK_AHEAD_H]
    border = border_by(weighed, times) if found.terrain.border.any() else np.zeros(0)
    segments = segments_of(found.terrain, drawings)
    return Likely(
        tracks=weighed.base.tracks,
        carried_by=round(weighed.effective),
        elsewhere=round(found.elsewhere, 6),
        areas_km2={_percent(s): round(float(found.smallest(s).sum()) * cell_km2, 2) for s in SHARES} if held else {},
        away_km={_percent(s): round(m / 1000, 2) for s, m in zip(SHARES, rings_m(weighed, last, SHARES), strict=True)},
        odds=odds_of(weighed),
        pieces=moved(weighed),
        not_weighed=answer.left_out,
        conflicts=tuple(_conflict(c.names, c.surprise) for c in weighed.conflicts),
        contradicted=weighed.contradicted,
        segments={name: round(chance, 4) for name, chance in found.by_segment(segments).items()},
        border_by=tuple(
            (answer.span.began.plus(minutes=at), round(float(chance), 4))
            for at, chance in zip(times, border, strict=False)
        ),
        digest=hashlib.blake2b(found.grid.tobytes() + repr(found.elsewhere).encode(), digest_size=8).hexdigest(),
    )


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def odds_of(weighed: Weighed) -> tuple[Odds, ...]:
    """The hypotheses, and that he is elsewhere, before and after."""
    total = sum(strand.share for strand in weighed.base.strands)
    rest = REST_OF_WORLD
    before = {strand.name: (1 - rest) * strand.share / total for strand in weighed.base.strands}
    before[ELSEWHERE] = rest
    after = dict(weighed.odds)
    return tuple(
        Odds(name=name, before=round(chance, 4), after=round(after.get(name, 0.0), 4))
        for name, chance in before.items()
    )


def moved(weighed: Weighed) -> tuple[Moved, ...]:
    """What each piece alone says for and against each hypothesis."""
    import numpy as np

    cloud, rest = weighed.base, REST_OF_WORLD
    prior, after = cloud.prior, dict(weighed.chance_false)
    rows = []
    for one in weighed.said:
        likely = np.exp(one.log)
        mean = (1 - rest) * float(np.sum(prior * likely)) + rest * float(np.exp(one.log_rest))
        times = {
            strand.name: float(np.sum(prior[begin : begin + strand.tracks] * likely[begin : begin + strand.tracks]))
            / float(np.sum(prior[begin : begin + strand.tracks]))
            for strand, begin in zip(cloud.strands, cloud.starts, strict=False)
        }
        times[ELSEWHERE] = float(np.exp(one.log_rest))
        name = one.evidence.name
        rows.append(
            Moved(
                name=name,
                times={who: round(value / mean, 4) if mean > 0 else 0.0 for who, value in times.items()},
                false_before=None if one.false is None else round(one.false, 4),
                false_after=None if one.false is None else round(after.get(name, 0.0), 4),
                remarks=one.remarks,
            )
        )
    return tuple(rows)


def _conflict(names: tuple[str, ...], surprise: float) -> str:
    if len(names) == 1:
        return f"{names[0]}: no track agrees with it"
    how = "no track agrees with them together" if surprise == float("inf") else f"{surprise:,.0f} times less likely"
    return f"{' and '.join(names)} contradict each other: {how}"


def sentences(found: Likely) -> tuple[str, ...]:
    """What the map shows, for people."""
    areas = ", ".join(f"{share} in {km2:g} km²" for share, km2 in found.areas_km2.items())
    said = [
        f"Likeliest ground, of what is on the map: {areas}; {found.elsewhere:.1%} that he is elsewhere."
        if areas
        else "No track is left on the map: he is elsewhere, as far as is known.",
        f"{found.carried_by:,} equally weighted tracks of {found.tracks:,} carry this. Map {found.digest}.",
    ]
    if len(found.odds) > 2:
        said.append("Odds: " + "; ".join(f"{o.name} {o.before:.0%} → {o.after:.0%}" for o in found.odds) + ".")
    if found.pieces:
        said.append("Weighed: " + "; ".join(_said(piece) for piece in found.pieces) + ".")
    if found.border_by and found.border_by[-1][1] > 0:
        said.append(
            "At the border by "
            + ", ".join(f"{at.local:%H:%M} {chance:.0%}" for at, chance in found.border_by)
            + " (of all tracks)."
        )
    if found.segments:
        said.append(
            "In segments: " + ", ".join(f"{name} {chance:.1%}" for name, chance in found.segments.items()) + "."
        )
    return tuple(said)


def _said(piece: Moved) -> str:
    if piece.false_before is None:
        return piece.name
    return f"{piece.name} (false: {piece.false_before:.0%} → {piece.false_after:.0%})"


def warnings(found: Likely) -> tuple[str, ...]:
    """What must be said of it first."""
    remarks = tuple(f"{piece.name}: {remark}" for piece in found.pieces for remark in piece.remarks)
    return (*found.conflicts, *found.not_weighed, *remarks)
