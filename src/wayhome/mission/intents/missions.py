"""What people state about a mission: the alarm, the offers, the plan, the papers, the end."""

from __future__ import annotations

from wayhome.mission.facts.missions import Need
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class RaiseAlarm(Intent, frozen=True, kw_only=True):
    """An alarm becomes a mission, open or secret, in one line."""

    name: str
    rank: str = ""
    secret: bool = False
    words: str = ""
    place: Place | None = None
    purpose: str = ""


class PlanMission(Intent, frozen=True, kw_only=True):
    """`front`: the team goes up front, where the only healer needs an exception."""

    mission: MissionId
    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    place: Place | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    front: bool = False


class RegradeMission(Intent, frozen=True, kw_only=True):
    mission: MissionId
    rank: str
    reason: str


class ScoreUrgency(Intent, frozen=True, kw_only=True):
    mission: MissionId
    answers: dict[str, str]


class DescribeSubject(Intent, frozen=True, kw_only=True):
    mission: MissionId
    fields: dict[str, str]
    category: str = ""


class SetInitialPoint(Intent, frozen=True, kw_only=True):
    mission: MissionId
    place: Place
    at: Moment
    what: str = "IPP"
    basis: str = ""


class ReadInMember(Intent, frozen=True, kw_only=True):
    """`override`: why they are read in although that is more than may know."""

    mission: MissionId
    member: PersonId
    reason: str = ""
    override: str = ""


class ReadOutMember(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    reason: str


class MakeOffer(Intent, frozen=True, kw_only=True):
    """Offers a mission to a member, or orders them; `exceptions` gives a reason for each rule it overrides.

    `front`: whether the post is up front; None: as the mission's plan says.
    """

    mission: MissionId
    member: PersonId
    post: str = ""
    answer_by: Deadline | None = None
    order: bool = False
    why: str = ""
    exceptions: dict[str, str] = {}
    front: bool | None = None


class AnswerOffer(Intent, frozen=True, kw_only=True):
    """seen, thinking, accepted, accepted with limits or declined. `channel` says how a reply typed for them came."""

    offer: Id
    answer: str
    limits: str = ""
    think_until: Deadline | None = None
    channel: str = ""


class WithdrawOffer(Intent, frozen=True, kw_only=True):
    offer: Id
    reason: str = ""


class DeferOffer(Intent, frozen=True, kw_only=True):
    offer: Id
    answer_by: Deadline
    words: str = ""


class LapseOffer(Intent, frozen=True, kw_only=True):
    """The clock's own intent: nobody answered in time."""

    offer: Id


class MakeException(Intent, frozen=True, kw_only=True):
    mission: MissionId
    rule: str
    reason: str
    member: PersonId | None = None
    about: str = ""


class DeclareStake(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    stake: str
    speaks_for: str = ""
    speaks_against: str = ""


class HoldBack(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    reason: str
    lifted: bool = False


class RecordAdvice(Intent, frozen=True, kw_only=True):
    mission: MissionId
    engine: str
    engine_version: str
    seed: int
    work: str
    inputs_digest: str
    summary: str
    result: str


class WriteBriefing(Intent, frozen=True, kw_only=True):
    mission: MissionId
    words: str
    cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}


class AcknowledgeBriefing(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    version: int
    channel: str = ""


class JoinAsWalkIn(Intent, frozen=True, kw_only=True):
    """`front` and `exceptions` as for an offer."""

    mission: MissionId
    member: PersonId
    post: str
    words: str = ""
    front: bool | None = None
    exceptions: dict[str, str] = {}


class VoiceDoubt(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    words: str


class TakeMissionCommand(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    reason: str


class MoveMission(Intent, frozen=True, kw_only=True):
    """To `suspended`, `under way`, `closed` or `refused`."""

    mission: MissionId
    to: str
    reason: str
    reopens_when: str = ""


class FileReport(Intent, frozen=True, kw_only=True):
    mission: MissionId
    source: str
    words: str
    grade: str = "unknown"
    at: Moment | None = None
    sure_percent: int | None = None


class WithholdTestimony(Intent, frozen=True, kw_only=True):
    mission: MissionId
    holder: PersonId
    about: str


class ReleaseTestimony(Intent, frozen=True, kw_only=True):
    mission: MissionId
    testimony: Id
    words: str


class Assume(Intent, frozen=True, kw_only=True):
    mission: MissionId
    words: str


class FailAssumption(Intent, frozen=True, kw_only=True):
    mission: MissionId
    assumption: Id
    how: str
    rank: str = ""


class WarnOfAssumption(Intent, frozen=True, kw_only=True):
    """A read-in owner passes on, to a mission that relies on the same, that an assumption failed."""

    mission: MissionId
    assumption: Id
    words: str = ""


class WriteReport(Intent, frozen=True, kw_only=True):
    mission: MissionId
    stage: str
    words: str
    came_as: str = "typed"


class NoteExposure(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    kinds: tuple[str, ...]
    words: str = ""


class NoteOutcome(Intent, frozen=True, kw_only=True):
    mission: MissionId
    member: PersonId
    outcome: str
    deeds: tuple[str, ...] = ()


class SettleConflict(Intent, frozen=True, kw_only=True):
    mission: MissionId
    conflict: Id
    how: str
