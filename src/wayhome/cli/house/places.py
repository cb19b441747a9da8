"""Every place of a mission that whoever asks may see, with its name, kind and time."""

from __future__ import annotations

from wayhome.formats.ics import NamedPlace
from wayhome.mission.views import shapes as v
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId


def places_of(me: Session, mission: MissionId) -> list[NamedPlace]:
    """The planning point first, then who was last where, clues, casualties, finds, posts and notes."""
    held: v.MissionView = me.read("mission", mission=mission).value
    found = []
    if held.place is not None:
        found.append(NamedPlace(name=held.name, place=held.place, kind="mission", at=held.opened))
    if held.initial_point is not None:
        found.append(NamedPlace(name="IPP", place=held.initial_point, kind="IPP", at=held.initial_at))
    last: tuple[v.PlaceView, ...] = me.read("places", mission=mission).value
    found += [NamedPlace(name=p.who, place=p.place, kind="last known", at=p.at) for p in last]
    clues: tuple[v.ClueView, ...] = me.read("clues", mission=mission).value
    found += [NamedPlace(name=k.label, place=k.place, kind="clue", at=k.at, remark=_clue(k)) for k in clues if k.place]
    casualties: tuple[v.CasualtyView, ...] = me.read("casualties", mission=mission).value
    found += [
        NamedPlace(name=c.who, place=c.place, kind="casualty", remark=", ".join(filter(None, (c.triage, c.condition))))
        for c in casualties
        if c.place
    ]
    finds: tuple[v.FoundView, ...] = me.read("found", mission=mission).value
    found += [NamedPlace(name=f.who, place=f.place, kind="found", at=f.at, remark=f.state) for f in finds if f.place]
    drawn: tuple[v.DrawingView, ...] = me.read("drawings", mission=mission).value
    found += [
        NamedPlace(name=d.name or d.label, place=d.points[0], kind=d.what, at=d.changed or d.at, remark=d.words)
        for d in drawn
        if d.what in ("post", "note")
    ]
    return found


def _clue(clue: v.ClueView) -> str:
    return f"{clue.words} (withdrawn: {clue.withdrawn})" if clue.withdrawn else clue.words
