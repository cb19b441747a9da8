"""What people state from the field: teams, the log, clues, casualties, whereabouts, coming home."""

from __future__ import annotations

from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class FormTeam(Intent, frozen=True, kw_only=True):
    mission: MissionId
    name: str
    members: tuple[PersonId, ...] = ()
    leader: PersonId | None = None
    overdue_min: int | None = None


class ChangeTeam(Intent, frozen=True, kw_only=True):
    mission: MissionId
    team: Id
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    reason: str = ""


class TakeVehicle(Intent, frozen=True, kw_only=True):
    mission: MissionId
    vehicle: Id


class ReleaseVehicle(Intent, frozen=True, kw_only=True):
    mission: MissionId
    vehicle: Id


class SignIn(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    place: Place | None = None


class SignOut(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId


class Depart(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    post: str = ""
    home_by: Deadline | None = None


class LogLine(Intent, frozen=True, kw_only=True):
    mission: MissionId
    words: str
    sender: str = ""
    receiver: str = ""
    team: str = ""
    message: str = ""
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    at: Moment | None = None
    relayed: bool = False
    radio_place: Place | None = None
    flags: tuple[str, ...] = ()
    clue: str = ""
    casualty: str = ""
    triage: str = ""


class AmendLine(Intent, frozen=True, kw_only=True):
    mission: MissionId
    line: Id
    words: str
    message: str = ""
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    at: Moment | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()


class UndoLine(Intent, frozen=True, kw_only=True):
    """Takes back what one typed a moment ago."""

    mission: MissionId
    line: Id


class ReportClue(Intent, frozen=True, kw_only=True):
    mission: MissionId
    words: str
    place: Place | None = None
    instruction: str = ""


class WithdrawClue(Intent, frozen=True, kw_only=True):
    mission: MissionId
    clue: Id
    reason: str


class ReportCasualty(Intent, frozen=True, kw_only=True):
    mission: MissionId
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None


class Triage(Intent, frozen=True, kw_only=True):
    mission: MissionId
    casualty: Id
    triage: str
    condition: str = ""


class Treat(Intent, frozen=True, kw_only=True):
    mission: MissionId
    casualty: Id
    by: PersonId
    words: str
    done: bool = False


class ExpectHelp(Intent, frozen=True, kw_only=True):
    mission: MissionId
    casualty: Id
    what: str
    at: Moment


class ReportPlace(Intent, frozen=True, kw_only=True):
    mission: MissionId
    place: Place
    member: PersonId | None = None
    team: str = ""
    at: Moment | None = None


class Draw(Intent, frozen=True, kw_only=True):
    """`what`: segment, post, line or note."""

    mission: MissionId
    what: str
    name: str
    points: tuple[Place, ...]
    words: str = ""
    holder: PersonId | None = None
    team: Id | None = None


class ChangeDrawing(Intent, frozen=True, kw_only=True):
    """The drawing as it shall be, in all its fields."""

    mission: MissionId
    drawing: Id
    what: str
    name: str
    points: tuple[Place, ...]
    words: str = ""
    holder: PersonId | None = None
    team: Id | None = None
    reason: str = ""


class EraseDrawing(Intent, frozen=True, kw_only=True):
    mission: MissionId
    drawing: Id
    reason: str


class AttachPhoto(Intent, frozen=True, kw_only=True):
    """Keeps a photo that was cleaned: a plain JPEG. `about` is a clue of the mission.

    Whoever has a photo as a camera wrote it sends it to the mission's own address for photos, where it is cleaned.
    """

    mission: MissionId
    name: str
    words: str
    body: bytes
    about: Id | None = None


class WithdrawPhoto(Intent, frozen=True, kw_only=True):
    """Takes a photo out of sight. It stays in the record."""

    mission: MissionId
    photo: Id
    reason: str


class WatchSilence(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    every_min: int | None


class MakeContact(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    words: str = ""


class RaiseAlert(Intent, frozen=True, kw_only=True):
    """The clock's own intent: something is overdue."""

    mission: MissionId
    about: str
    what: str
    words: str
    member: PersonId | None = None
    team: Id | None = None


class AnswerAlarm(Intent, frozen=True, kw_only=True):
    mission: MissionId
    alarm: Id
    words: str


class ReportFallen(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    words: str
    place: Place | None = None


class ReportFound(Intent, frozen=True, kw_only=True):
    mission: MissionId
    who: str
    state: str
    place: Place | None = None
    at: Moment | None = None


class StartHome(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    by: Deadline


class ArriveHome(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    channel: str = ""


class HandOver(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    to: str


class AskBackup(Intent, frozen=True, kw_only=True):
    """`pursuers` are those who are there; whoever asks and is out, where nobody is named."""

    mission: MissionId
    place: Place
    words: str
    people: int = 1
    pursuers: tuple[PersonId, ...] = ()


class SendBackup(Intent, frozen=True, kw_only=True):
    """`subject_kmh`: how fast the other gets away, where it is known; those in pursuit are told what it comes to."""

    mission: MissionId
    backup: Id
    members: tuple[PersonId, ...]
    arrives: Moment
    subject_kmh: float | None = None


class CompareFutures(Intent, frozen=True, kw_only=True):
    """The clock's own intent: what waiting and going on come to, for those in pursuit."""

    mission: MissionId
    backup: Id
    go_on: ComparedFuture
    waits: tuple[ComparedFuture, ...]
    rests_on: str


class ChooseFuture(Intent, frozen=True, kw_only=True):
    """`choice`: wait, or go on. `channel` says how it came where it is typed for somebody."""

    mission: MissionId
    backup: Id
    member: PersonId
    choice: str
    channel: str = ""


class NoteRest(Intent, frozen=True, kw_only=True):
    """Somebody in the field ate, or slept `hours`, until `until` (now, where it is left out)."""

    mission: MissionId
    member: PersonId
    what: str
    hours: float = 0.0
    until: Moment | None = None
