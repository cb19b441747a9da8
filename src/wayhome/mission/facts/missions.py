"""Facts of one mission's compartment: the alarm, who is read in, the offers, the plan, the end."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class Need(msgspec.Struct, frozen=True):
    """So many people with a skill at a level or above."""

    skill: str
    level: int = 1
    count: int = 1


class MissionOpened(Fact, frozen=True, kw_only=True):
    mission: MissionId
    name: str
    rank: str
    secret: bool
    owner: PersonId
    alarm: str = ""
    place: Place | None = None
    purpose: str = ""


class MissionPlanned(Fact, frozen=True, kw_only=True):
    """What the mission needs: people by skill, how many at least and at most, where, when home.

    `front`: its team is put up front, where whoever goes may be the first to fall.
    """

    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    place: Place | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    front: bool = False


class MissionRegraded(Fact, frozen=True, kw_only=True):
    rank: str
    before: str
    reason: str


class UrgencyScored(Fact, frozen=True, kw_only=True):
    answers: dict[str, str]
    lowest: int
    highest: int
    band: str


class SubjectDescribed(Fact, frozen=True, kw_only=True):
    """What is known of the missing one; only what was filled in."""

    fields: dict[str, str]
    category: str = ""


class InitialPointSet(Fact, frozen=True, kw_only=True):
    """The IPP or a later last known position, and what it rests on."""

    what: str
    place: Place
    at: Moment
    basis: str = ""


class ReadIn(Fact, frozen=True, kw_only=True):
    member: PersonId
    basis: str
    reason: str = ""


class ReadOut(Fact, frozen=True, kw_only=True):
    """Access ends; that they know does not."""

    member: PersonId
    reason: str = ""


class ClashNoticed(Fact, frozen=True, kw_only=True):
    """Something outside the compartment ran into it: an offer to somebody away on it, for one."""

    member: PersonId
    what: str


class OfferMade(Fact, frozen=True, kw_only=True):
    """`front`: whether this post is up front; None: as the mission's plan says."""

    offer: Id
    member: PersonId
    post: str
    answer_by: Deadline | None = None
    order: bool = False
    why: str = ""
    warnings: tuple[str, ...] = ()
    front: bool | None = None


class OfferAnswered(Fact, frozen=True, kw_only=True):
    """seen, thinking, accepted, accepted with limits, declined, lapsed or withdrawn.

    `knew` is the briefing's version frozen at acceptance. `by` is who typed it and `channel` the way it came.
    """

    offer: Id
    answer: str
    limits: str = ""
    think_until: Deadline | None = None
    knew: int = 0
    channel: str = ""
    by: PersonId | None = None


class OfferDeferred(Fact, frozen=True, kw_only=True):
    """Whoever offers saw that today is not the day. No reason need be given."""

    offer: Id
    answer_by: Deadline
    words: str = ""


class ExceptionMade(Fact, frozen=True, kw_only=True):
    """A rule overridden: by whom is in the header, why is here, for ever beside the mission."""

    rule: str
    about: str
    reason: str
    member: PersonId | None = None


class StakeDeclared(Fact, frozen=True, kw_only=True):
    """A personal stake in the outcome, weighed both ways."""

    member: PersonId
    stake: str
    speaks_for: str = ""
    speaks_against: str = ""


class HeldBack(Fact, frozen=True, kw_only=True):
    """Somebody is kept from going, for now. `lifted` ends it."""

    member: PersonId
    reason: str
    lifted: bool = False


class AdviceTaken(Fact, frozen=True, kw_only=True):
    """An engine's answer, with all that is needed to compute it again."""

    advice: Id
    engine: str
    engine_version: str
    seed: int
    work: str
    inputs_digest: str
    summary: str
    result: str


class BriefingWritten(Fact, frozen=True, kw_only=True):
    version: int
    words: str
    cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}


class BriefingAcknowledged(Fact, frozen=True, kw_only=True):
    member: PersonId
    version: int
    channel: str = ""
    by: PersonId | None = None


class WalkInJoined(Fact, frozen=True, kw_only=True):
    """Somebody came unasked and got a post. `front`: whether it is up front; None: as the mission's plan says."""

    member: PersonId
    post: str
    words: str = ""
    front: bool | None = None


class DoubtVoiced(Fact, frozen=True, kw_only=True):
    member: PersonId
    words: str


class MissionCommandTaken(Fact, frozen=True, kw_only=True):
    by: PersonId
    before: PersonId | None
    reason: str


class MissionMoved(Fact, frozen=True, kw_only=True):
    """From one state to another, and why. `reopens_when` says what would reopen a suspended one."""

    before: str
    after: str
    reason: str = ""
    reopens_when: str = ""


class ReportReceived(Fact, frozen=True, kw_only=True):
    """What somebody says happened. `grade`: seen, hearsay or unknown; `sure` in per cent or not said."""

    report: Id
    source: str
    grade: str
    words: str
    at: Moment
    sure_percent: int | None = None


class TestimonyWithheld(Fact, frozen=True, kw_only=True):
    """Somebody keeps something to themselves; that there is something is on record, not what."""

    testimony: Id
    holder: PersonId
    about: str


class TestimonyReleased(Fact, frozen=True, kw_only=True):
    testimony: Id
    words: str


class AssumptionMade(Fact, frozen=True, kw_only=True):
    assumption: Id
    words: str


class AssumptionFailed(Fact, frozen=True, kw_only=True):
    assumption: Id
    how: str


class AssumptionWarned(Fact, frozen=True, kw_only=True):
    """What this mission relies on has failed elsewhere. `told_by` is empty where the source may not be named."""

    assumption: Id
    words: str
    told_by: str = ""


class ReportWritten(Fact, frozen=True, kw_only=True):
    """A draft (from typed words, pasted text or a photo read by a person) or the official report. Both are kept."""

    report: Id
    stage: str
    words: str
    came_as: str = "typed"


class ExposureNoted(Fact, frozen=True, kw_only=True):
    """What somebody went through, as kinds of event, never symptoms."""

    member: PersonId
    kinds: tuple[str, ...]
    words: str = ""


class OutcomeNoted(Fact, frozen=True, kw_only=True):
    """How the mission went for one member: returned, hurt, killed, and deeds that end a `NeverBefore`."""

    member: PersonId
    outcome: str
    deeds: tuple[str, ...] = ()


class ConflictSettled(Fact, frozen=True, kw_only=True):
    conflict: Id
    how: str
