"""Shapes of a mission: what it is, its offers, its papers."""

from __future__ import annotations

from wayhome.mission.facts.missions import Need
from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class MissionView(View, frozen=True, kw_only=True):
    mission: MissionId
    name: str
    rank: str = ""
    secret: bool = False
    state: str
    reopens_when: str = ""
    owner: PersonId
    owner_name: str = ""
    commander: PersonId
    commander_name: str = ""
    purpose: str = ""
    opened: Moment
    place: Place | None = None
    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    front: bool = False
    urgency: str = ""
    subject: dict[str, str] = {}
    subject_category: str = ""
    initial_point: Place | None = None
    initial_at: Moment | None = None
    last_point: Place | None = None
    last_at: Moment | None = None
    briefing: int = 0
    out: int = 0
    accounted: int = 0


class OfferView(View, frozen=True, kw_only=True):
    offer: Id
    mission: MissionId
    mission_words: str
    member: PersonId
    member_name: str = ""
    post: str = ""
    answer: str
    answer_by: Deadline | None = None
    limits: str = ""
    order: bool = False
    why: str = ""
    warnings: tuple[str, ...] = ()
    made: Moment
    by: PersonId
    by_name: str = ""
    knew: int = 0
    channel: str = ""
    typed_by: PersonId | None = None
    typed_by_name: str = ""
    deferred: bool = False
    front: bool | None = None
    """Whether the post is up front; None: as the mission's plan says."""


class ExceptionView(View, frozen=True, kw_only=True):
    rule: str
    about: str
    reason: str
    member: PersonId | None = None
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment


class StakeView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    stake: str = ""
    speaks_for: str = ""
    speaks_against: str = ""
    held_back: str = ""


class BriefingView(View, frozen=True, kw_only=True):
    version: int
    words: str
    cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}
    by: PersonId
    by_name: str = ""
    at: Moment


class AcknowledgementView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    version: int
    at: Moment
    channel: str = ""
    typed_by: PersonId | None = None
    typed_by_name: str = ""


class ReadInView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    basis: str
    by: PersonId
    by_name: str = ""
    since: Moment
    ended: Moment | None = None


class NoteView(View, frozen=True, kw_only=True):
    """A short note beside the mission: a doubt, a walk-in, a clash, a handover, a regrading, backup.

    `about` is the id of what it speaks of, where that has one: the backup that was asked for; `people` are those who
    wait for it.
    """

    what: str
    words: str
    people: tuple[PersonId, ...] = ()
    member: PersonId | None = None
    member_name: str = ""
    by: PersonId
    by_name: str = ""
    at: Moment
    about: Id | None = None
    place: Place | None = None


class ReportView(View, frozen=True, kw_only=True):
    report: Id
    source: str
    grade: str
    words: str
    at: Moment
    sure_percent: int | None = None
    by: PersonId
    by_name: str = ""


class TestimonyView(View, frozen=True, kw_only=True):
    testimony: Id
    holder: PersonId
    holder_name: str = ""
    about: str
    withheld: bool
    words: str = ""


class AssumptionView(View, frozen=True, kw_only=True):
    assumption: Id
    words: str
    failed: str = ""
    warned: bool = False


class PaperView(View, frozen=True, kw_only=True):
    report: Id
    stage: str
    words: str
    came_as: str
    at: Moment
    by: PersonId
    by_name: str = ""


class AdviceView(View, frozen=True, kw_only=True):
    advice: Id
    engine: str
    engine_version: str
    seed: int
    work: str
    inputs_digest: str
    summary: str
    result: str
    at: Moment


class ExposureView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    kinds: tuple[str, ...]


class ConflictView(View, frozen=True, kw_only=True):
    conflict: Id
    what: str
    words: str
    settled: str = ""
