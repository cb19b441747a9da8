"""Hypotheses: he fled, he is hurt, he doubles back. Each a cloud of its own kind; together one cloud that is weighed.

The odds of the hypotheses are those of their strands: they move with every piece of evidence that speaks of tracks, and
with `Testimony`, which has no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.tracks.cloud import Cloud, Light, StartOf, imagine
from wayhome.engines.search.tracks.subject import Subject
from wayhome.terrain.grid import Terrain


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """What may have happened: who he then is, where it then began, and the chance of it before any evidence."""

    name: str
    chance: float
    subject: Subject
    start: StartOf


def imagine_hypotheses(
    terrain: Terrain,
    hypotheses: Sequence[Hypothesis],
    hours: float,
    tracks: int = 100_000,
    seed: int = 0,
    *,
    light: Light | None = None,
) -> Cloud:
    """One cloud of a strand for each hypothesis, `tracks` in all, evenly, so that an unlikely one is as well known.

    Raises SearchError for no hypothesis, two of one name, or chances that do not sum to 1.
    """
    names = [one.name for one in hypotheses]
    if not hypotheses or len(set(names)) != len(names) or "elsewhere" in names:
        raise SearchError("name each hypothesis once, one at least, and none 'elsewhere'")
    if not all(0 < one.chance <= 1 for one in hypotheses) or abs(sum(one.chance for one in hypotheses) - 1) > 1e-6:
        raise SearchError("the chances of the hypotheses must lie above 0 and sum to 1; the rest of the world is apart")
    each = max(1, tracks // len(hypotheses))
    clouds = [
        imagine(terrain, one.subject, one.start, hours, each, seed, light=light, name=one.name, first=number * each)
        for number, one in enumerate(hypotheses)
    ]
    strands = [replace(cloud.strands[0], share=one.chance) for cloud, one in zip(clouds, hypotheses, strict=True)]
    return replace(clouds[0], strands=tuple(strands))
