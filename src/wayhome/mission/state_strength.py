"""What a mission's facts add up to of its strength: who came into its danger, who was lost to it, who was asked for."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.field import ComparedFuture
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class Came(msgspec.Struct):
    """Somebody came into the danger of a mission. `how`: departed or sent. `place` is None where none was said."""

    member: PersonId
    at: Moment
    how: str
    place: Place | None = None
    until: Moment | None = None
    """When they were home or handed over."""


class Loss(msgspec.Struct):
    """Somebody was lost to a mission: hurt, down, out of contact, killed."""

    member: PersonId
    at: Moment
    how: str
    place: Place | None = None


class BackupCall(msgspec.Struct):
    """Backup that was asked for: where and for whom, who was sent, and what waiting for them comes to."""

    id: Id
    place: Place
    words: str
    by: PersonId
    pursuers: tuple[PersonId, ...] = ()
    sent: dict[PersonId, Moment] = {}
    arrives: Moment | None = None
    go_on: ComparedFuture | None = None
    waits: tuple[ComparedFuture, ...] = ()
    rests_on: str = ""
    compared: Moment | None = None
    chosen: dict[PersonId, str] = {}
