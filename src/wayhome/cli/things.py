"""The things of a mission (teams, lines, clues, casualties ...) by what people type for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from wayhome.cli.find import pick
from wayhome.mission.views import shapes as v
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId, handle


def team(me: Session, mission: MissionId, typed: str) -> v.TeamView:
    """A team by name, handle or id."""
    teams: Sequence[v.TeamView] = me.read("teams", mission=mission).value
    return pick(typed, teams, lambda t: (t.name, handle(t.team), t.team), "team", "wayhome team list MISSION")


def clue(me: Session, mission: MissionId, typed: str) -> Id:
    """A clue by its number, handle or id."""
    clues: Sequence[v.ClueView] = me.read("clues", mission=mission).value
    found = pick(typed, clues, lambda k: (k.label, handle(k.clue), k.clue), "clue", "wayhome clue list MISSION")
    return found.clue


def drawing(me: Session, mission: MissionId, typed: str) -> v.DrawingView:
    """A drawing that stands, by its number, name, handle or id."""
    drawn: Sequence[v.DrawingView] = me.read("drawings", mission=mission).value
    by_label = [one for one in drawn if one.label.casefold() == typed.strip().casefold()]
    if len(by_label) == 1:
        return by_label[0]
    listing = "wayhome draw list MISSION"
    return pick(typed, drawn, lambda d: (d.name or d.words, handle(d.drawing), d.drawing), "drawing", listing)


def photo(me: Session, mission: MissionId, typed: str) -> v.PhotoView:
    """A photo that stands, by its file's name, handle or id."""
    photos: Sequence[v.PhotoView] = me.read("photos", mission=mission).value
    listing = "wayhome photo list MISSION"
    return pick(typed, photos, lambda p: (p.name, photo_handle(p), p.photo), "photo", listing)


def photo_handle(photo: v.PhotoView) -> str:
    return handle(photo.photo)


def casualty(me: Session, mission: MissionId, typed: str) -> Id:
    """A casualty by who it is, handle or id."""
    listing, known = "wayhome casualty list MISSION", me.read("casualties", mission=mission).value
    found: v.CasualtyView = pick(typed, known, lambda k: (k.who, handle(k.casualty), k.casualty), "casualty", listing)
    return found.casualty


def line(me: Session, mission: MissionId, typed: str) -> v.LineView:
    """A line of the log by handle or id."""
    lines: Sequence[v.LineView] = me.read("log", mission=mission).value
    return pick(typed, lines, lambda n: (handle(n.line), handle(n.line), n.line), "line", "wayhome log list MISSION")


def alarm(me: Session, typed: str) -> v.AlarmView:
    """An open alarm by handle or id."""
    alarms: Sequence[v.AlarmView] = [a for a in me.read("alarms").value if not a.answered]
    return pick(typed, alarms, lambda a: (handle(a.alarm), handle(a.alarm), a.alarm), "alarm", "wayhome alarm list")


def vehicle(me: Session, typed: str) -> Id:
    """A vehicle by name, handle or id."""
    vehicles: Sequence[v.VehicleView] = me.read("vehicles").value
    listing = "wayhome vehicle list"
    return pick(typed, vehicles, lambda k: (k.name, handle(k.vehicle), k.vehicle), "vehicle", listing).vehicle


def backup(me: Session, mission: MissionId, typed: str) -> Id:
    """A request for backup by handle, id, or what was asked."""
    asked = [note for note in me.read("notes", mission=mission).value if note.what == "backup asked"]
    found: v.NoteView = _one(
        typed,
        asked,
        lambda n: n.about,
        lambda n: n.words.partition(": ")[2],
        "backup asked for",
        "wayhome mission notes MISSION",
    )
    return found.about or Id("")


def testimony(me: Session, mission: MissionId, typed: str) -> Id:
    """Testimony by handle, id, or what it is about."""
    known = me.read("testimony", mission=mission).value
    found: v.TestimonyView = _one(
        typed, known, lambda t: t.testimony, lambda t: t.about, "testimony", "wayhome report testimony MISSION"
    )
    return found.testimony


def assumption(me: Session, mission: MissionId, typed: str) -> Id:
    """An assumption by handle, id or its words."""
    known = me.read("assumptions", mission=mission).value
    found: v.AssumptionView = _one(
        typed, known, lambda a: a.assumption, lambda a: a.words, "assumption", "wayhome report assumptions MISSION"
    )
    return found.assumption


def conflict(me: Session, mission: MissionId, typed: str) -> Id:
    """A conflict by handle, id or what it is."""
    known = me.read("conflicts", mission=mission).value
    found: v.ConflictView = _one(
        typed, known, lambda k: k.conflict, lambda k: k.what, "conflict", "wayhome mission conflicts MISSION"
    )
    return found.conflict


def _one(
    typed: str, things: Sequence[Any], key: Callable[[Any], str], says: Callable[[Any], str], what: str, listing: str
) -> Any:
    return pick(typed, things, lambda t: (says(t), handle(key(t) or ""), key(t) or ""), what, listing)
