"""Facts from the field: teams, the log, clues, casualties, whereabouts, and coming home."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class TeamFormed(Fact, frozen=True, kw_only=True):
    team: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    overdue_min: int | None = None


class TeamChanged(Fact, frozen=True, kw_only=True):
    team: Id
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    reason: str = ""


class VehicleTaken(Fact, frozen=True, kw_only=True):
    vehicle: Id


class VehicleReleased(Fact, frozen=True, kw_only=True):
    vehicle: Id


class SignedIn(Fact, frozen=True, kw_only=True):
    member: PersonId
    place: Place | None = None


class SignedOut(Fact, frozen=True, kw_only=True):
    member: PersonId


class Departed(Fact, frozen=True, kw_only=True):
    member: PersonId
    post: str = ""
    home_by: Deadline | None = None


class LineLogged(Fact, frozen=True, kw_only=True):
    """One line of the log. `words` is all that was typed; `flags` what was not understood in it."""

    line: Id
    words: str
    sender: str = ""
    receiver: str = ""
    team: Id | None = None
    message: str = ""
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    at: Moment
    at_given: bool = False
    relayed: bool = False
    radio_place: Place | None = None
    flags: tuple[str, ...] = ()


class LineAmended(Fact, frozen=True, kw_only=True):
    """A line said better. What it was stays."""

    line: Id
    words: str
    message: str = ""
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    at: Moment
    reason: str = ""
    flags: tuple[str, ...] = ()


class LineUndone(Fact, frozen=True, kw_only=True):
    """Whoever typed a line took it back at once. It stays in the log, struck through."""

    line: Id


class TeamRestored(Fact, frozen=True, kw_only=True):
    """What a line that was undone had changed of a team, as it was before; None is left as it is.

    `contacts` are when members who are listened for had been heard. `nowhere`: no place of the team was known.
    """

    team: Id
    line: Id
    status: str | None = None
    heard: Moment | None = None
    place: Place | None = None
    nowhere: bool = False
    contacts: dict[PersonId, Moment] = {}


class ClueFound(Fact, frozen=True, kw_only=True):
    """`number` counts per replica and never clashes: `label` is what people say on the radio."""

    clue: Id
    number: int
    label: str
    words: str
    place: Place | None = None
    instruction: str = ""
    line: Id | None = None


class ClueWithdrawn(Fact, frozen=True, kw_only=True):
    clue: Id
    reason: str


class CasualtyReported(Fact, frozen=True, kw_only=True):
    casualty: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    """Whether this casualty is one who treats others, and cannot go on untreated."""


class CasualtyWithdrawn(Fact, frozen=True, kw_only=True):
    """There was no such casualty: a slip."""

    casualty: Id
    reason: str


class CasualtyTriaged(Fact, frozen=True, kw_only=True):
    casualty: Id
    triage: str
    condition: str = ""


class TreatmentGiven(Fact, frozen=True, kw_only=True):
    casualty: Id
    by: PersonId
    words: str
    done: bool = False


class HelpExpected(Fact, frozen=True, kw_only=True):
    casualty: Id
    what: str
    at: Moment


class PlaceReported(Fact, frozen=True, kw_only=True):
    """Where somebody or a team is or was."""

    who: str
    member: PersonId | None = None
    team: Id | None = None
    place: Place
    at: Moment


class SilenceWatchSet(Fact, frozen=True, kw_only=True):
    """A member must be heard of every so many minutes. None ends it."""

    member: PersonId
    every_min: int | None


class ContactMade(Fact, frozen=True, kw_only=True):
    member: PersonId
    at: Moment
    words: str = ""


class DrawingMade(Fact, frozen=True, kw_only=True):
    """A segment, post, line or note on the map. `number` counts per replica; `label` is what people say on the radio.

    A segment's outline is closed without its first corner being said again.
    """

    drawing: Id
    number: int
    label: str
    what: str
    name: str
    points: tuple[Place, ...]
    words: str = ""
    holder: PersonId | None = None
    team: Id | None = None


class DrawingChanged(Fact, frozen=True, kw_only=True):
    """A drawing as it is from now on, in all its fields. What it was stays in the record."""

    drawing: Id
    what: str
    name: str
    points: tuple[Place, ...]
    words: str = ""
    holder: PersonId | None = None
    team: Id | None = None
    reason: str = ""


class DrawingErased(Fact, frozen=True, kw_only=True):
    drawing: Id
    reason: str


class PhotoAttached(Fact, frozen=True, kw_only=True):
    """A photo, cleaned of all but its picture. `about` is a clue of the same mission.

    Its bytes lie in this fact and nowhere else: not in what facts add up to, and not in rows.
    """

    photo: Id
    name: str
    words: str
    body: bytes
    width: int
    height: int
    about: Id | None = None


class PhotoWithdrawn(Fact, frozen=True, kw_only=True):
    photo: Id
    reason: str


class AlarmRaised(Fact, frozen=True, kw_only=True):
    """Something is due or wrong. `alarm` is derived from what it is about, so that it is raised once."""

    alarm: Id
    what: str
    words: str
    member: PersonId | None = None
    team: Id | None = None


class AlarmAnswered(Fact, frozen=True, kw_only=True):
    alarm: Id
    words: str


class MemberFell(Fact, frozen=True, kw_only=True):
    """A member is down: an alarm of its own."""

    member: PersonId
    words: str
    place: Place | None = None


class MemberFound(Fact, frozen=True, kw_only=True):
    """The subject, or somebody who was missing, was found; alive, hurt, dead or not said."""

    who: str
    place: Place | None
    state: str
    at: Moment


class ArrivedHome(Fact, frozen=True, kw_only=True):
    member: PersonId
    channel: str = ""
    by: PersonId | None = None


class HandedOver(Fact, frozen=True, kw_only=True):
    """Somebody's care passed to a hospital, family or another team; they are accounted for."""

    member: PersonId
    to: str


class HomeDue(Fact, frozen=True, kw_only=True):
    """Off the scene and on the way; home is expected by then."""

    member: PersonId
    by: Deadline


class BackupAsked(Fact, frozen=True, kw_only=True):
    """Somebody in the field asks for people, at a place. `pursuers` are those who are there already."""

    backup: Id
    place: Place
    words: str
    people: int = 1
    pursuers: tuple[PersonId, ...] = ()


class BackupSent(Fact, frozen=True, kw_only=True):
    backup: Id
    members: tuple[PersonId, ...]
    arrives: Moment


class ComparedFuture(msgspec.Struct, frozen=True):
    """What waiting so long comes to: who is together by then, and what they still lack.

    `ahead_km`: how much farther the other can be by then; None where his speed was not given.
    """

    wait_min: int
    people: tuple[PersonId, ...]
    lacks: tuple[str, ...]
    words: str
    ahead_km: float | None = None


class FuturesCompared(Fact, frozen=True, kw_only=True):
    """For those in pursuit, by itself as backup is sent: going on now against waiting for whoever comes."""

    backup: Id
    pursuers: tuple[PersonId, ...]
    members: tuple[PersonId, ...]
    arrives: Moment
    go_on: ComparedFuture
    waits: tuple[ComparedFuture, ...]
    rests_on: str


class FutureChosen(Fact, frozen=True, kw_only=True):
    """Somebody in pursuit waits for those who come, or goes on. `channel` and `by`: how it came, and who typed it."""

    backup: Id
    member: PersonId
    choice: str
    channel: str = ""
    by: PersonId | None = None


class RestNoted(Fact, frozen=True, kw_only=True):
    """Somebody in the field ate, or slept for so many hours until then."""

    member: PersonId
    what: str
    until: Moment
    hours: float = 0.0
