"""Who is masked, and who holds the mark by which they read the name and not the label."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import missions as fm
from wayhome.mission.facts import secrecy as f
from wayhome.mission.need_to_know import identity_mark, masked_names
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, Held, Shown, shows
from wayhome.values.ids import PersonId

Masking = f.IdentityMasked | f.IdentityTold | fm.MissionCommandTaken | fm.SubjectDescribed


@shows(f.IdentityMasked, f.IdentityTold, fm.MissionCommandTaken, fm.SubjectDescribed)
def mask(fact: Masking, world: World, said: Said) -> Iterator[Change]:
    """Whoever commands a mission is told with it; whoever was told once knows."""
    held = of(world, said)
    masked = held.secrecy.mask
    if masked is None:
        return
    mark = identity_mark(held.id)
    known_by = tuple(sorted((masked.known_by | {held.owner, held.commander}) - {""}))
    for person in _told(fact, known_by):
        if not held.secret or person in held.read_in:
            yield Held(person, mark)
    view = v.MaskView(mission=held.id, label=masked.label, names=masked_names(masked, held.subject), known_by=known_by)
    yield Shown("mask", held.id, held.id, mark, held.id, view)


def _told(fact: Masking, known_by: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Who knows by this fact and did not before. A mark given twice would make a page read everything again."""
    match fact:
        case f.IdentityMasked():
            return known_by
        case f.IdentityTold():
            return (fact.member,)
        case fm.MissionCommandTaken():
            return (fact.by,)
        case _:
            return ()
