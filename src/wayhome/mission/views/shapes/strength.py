"""Shapes of a mission's strength: arrivals, losses, and what waiting or going on comes to."""

from __future__ import annotations

from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class ArrivalView(View, frozen=True, kw_only=True):
    """Somebody came into the danger: departed, or sent as backup. `until`: when they were home or handed over."""

    member: PersonId
    member_name: str = ""
    at: Moment
    how: str
    place: Place | None = None
    until: Moment | None = None


class LossView(View, frozen=True, kw_only=True):
    """Somebody was lost to the mission: hurt, down, out of contact, killed."""

    member: PersonId
    member_name: str = ""
    at: Moment
    how: str
    place: Place | None = None


class FuturesView(View, frozen=True, kw_only=True):
    """Backup on its way, and both futures of those in pursuit. `chosen`: what each of them said they do."""

    backup: Id
    mission: MissionId
    mission_words: str
    asked: str
    place: Place
    pursuers: tuple[PersonId, ...]
    members: tuple[PersonId, ...]
    arrives: Moment
    go_on: ComparedFuture
    waits: tuple[ComparedFuture, ...]
    rests_on: str
    compared: Moment
    chosen: dict[PersonId, str] = {}
