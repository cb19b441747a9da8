"""Rows of covers: the truth behind what is believed, for those read in, and the timer that one runs out."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import secrecy as f
from wayhome.mission.need_to_know import Cover
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of, timer
from wayhome.mission.views.registry import Change, row, shows
from wayhome.values.ids import PersonId

WARN_H = 24
"""So many hours before a cover runs out, those read in hear of it where its member is out still."""


@shows(f.CoverSet, f.CoverEnded)
def cover(fact: f.CoverSet | f.CoverEnded, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.secrecy.covers.get(fact.cover)
    if found is None:
        return
    view = v.CoverView(
        cover=found.id,
        mission=held.id,
        about=found.about,
        vehicle=found.vehicle,
        member=None if found.vehicle else PersonId(found.about),
        status=found.status,
        words=found.words,
        start=found.start,
        end=found.end,
        ended=found.ended,
        by=found.by,
    )
    yield row(held, "cover", found.id, view, sort=f"{found.start.ms:015d}.{found.id}")
    yield timer(held, said, "cover", found.id, None if found.ended else _warns_ms(found))


def _warns_ms(found: Cover) -> int | None:
    """A day before the end; of a short one, halfway."""
    if found.end is None or found.vehicle:
        return None
    return max(found.end.ms - WARN_H * 3_600_000, (found.start.ms + found.end.ms) // 2)
