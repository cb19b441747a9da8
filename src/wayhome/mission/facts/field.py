"""Facts from the field: teams, the log, clues, casualties, whereabouts, and coming home."""

from __future__ import annotations

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class TeamFormed(Fact):
    team: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    overdue_min: int | None = None


class TeamChanged(Fact):
    team: Id
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    reason: str = ""


class VehicleTaken(Fact):
    vehicle: Id


class VehicleReleased(Fact):
    vehicle: Id


class SignedIn(Fact):
    member: PersonId
    place: Place | None = None


class SignedOut(Fact):
    member: PersonId


class Departed(Fact):
    member: PersonId
    post: str = ""
    home_by: Deadline | None = None


class LineLogged(Fact):
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


class LineAmended(Fact):
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


class ClueFound(Fact):
    """`number` counts per replica and never clashes: `label` is what people say on the radio."""

    clue: Id
    number: int
    label: str
    words: str
    place: Place | None = None
    instruction: str = ""
    line: Id | None = None


class ClueWithdrawn(Fact):
    clue: Id
    reason: str


class CasualtyReported(Fact):
    casualty: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    """Whether this casualty is one who treats others, and cannot go on untreated."""


class CasualtyTriaged(Fact):
    casualty: Id
    triage: str
    condition: str = ""


class TreatmentGiven(Fact):
    casualty: Id
    by: PersonId
    words: str
    done: bool = False


class HelpExpected(Fact):
    casualty: Id
    what: str
    at: Moment


class PlaceReported(Fact):
    """Where somebody or a team is or was."""

    who: str
    member: PersonId | None = None
    team: Id | None = None
    place: Place
    at: Moment


class SilenceWatchSet(Fact):
    """A member must be heard of every so many minutes. None ends it."""

    member: PersonId
    every_min: int | None


class ContactMade(Fact):
    member: PersonId
    at: Moment
    words: str = ""


class AlarmRaised(Fact):
    """Something is due or wrong. `alarm` is derived from what it is about, so that it is raised once."""

    alarm: Id
    what: str
    words: str
    member: PersonId | None = None
    team: Id | None = None


class AlarmAnswered(Fact):
    alarm: Id
    words: str


class MemberFell(Fact):
    """A member is down: an alarm of its own."""

    member: PersonId
    words: str
    place: Place | None = None


class MemberFound(Fact):
    """The subject, or somebody who was missing, was found; alive, hurt, dead or not said."""

    who: str
    place: Place | None
    state: str
    at: Moment


class ArrivedHome(Fact):
    member: PersonId
    channel: str = ""
    by: PersonId | None = None


class HandedOver(Fact):
    """Somebody's care passed to a hospital, family or another team; they are accounted for."""

    member: PersonId
    to: str


class HomeDue(Fact):
    """Off the scene and on the way; home is expected by then."""

    member: PersonId
    by: Deadline


class BackupAsked(Fact):
    """Somebody in the field asks for people, at a place."""

    backup: Id
    place: Place
    words: str
    people: int = 1


class BackupSent(Fact):
    backup: Id
    members: tuple[PersonId, ...]
    arrives: Moment
