"""Shapes that reading composes of several rows."""

from __future__ import annotations

import msgspec

from wayhome.mission.views import shapes as v
from wayhome.mission.wording import Difference, WordMark
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class AvailabilityView(msgspec.Struct, frozen=True, kw_only=True):
    """Whether somebody can be asked now or on a day, and what stands against it."""

    member: PersonId
    member_name: str
    status: str
    until: Moment | None
    can_be_asked: bool
    words: str = ""


class MemberPage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one may see of a member, at a glance."""

    member: v.MemberView
    callsign: str
    personal: tuple[v.PersonalView, ...]
    history: tuple[v.HistoryView, ...]
    last_mission: v.HistoryView | None
    roles_since: tuple[v.HistoryView, ...]
    never: tuple[str, ...]
    bonds: tuple[v.BondView, ...]
    letters: tuple[v.LetterView, ...]
    routines: tuple[v.RoutineView, ...]


class SituationView(msgspec.Struct, frozen=True, kw_only=True):
    """The situation report, drawn from what was reported: seen before hearsay, newest first within each."""

    mission: v.MissionView
    reports: tuple[v.ReportView, ...]
    withheld: tuple[v.TestimonyView, ...]
    assumptions: tuple[v.AssumptionView, ...]
    teams: tuple[v.TeamView, ...]
    out: tuple[v.OutView, ...]
    casualties: tuple[v.CasualtyView, ...]
    alarms: tuple[v.AlarmView, ...]
    lines: tuple[v.LineView, ...]


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """Draft and official report side by side, with the draft's marks, what differs, and words survivors gave."""

    mission: MissionId
    draft: v.PaperView | None
    official: v.PaperView | None
    marks: tuple[WordMark, ...]
    differences: tuple[Difference, ...]
    given: tuple[v.GivenWordsView, ...] = ()


class WaitingView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that waits for whoever asks; `mission` is the one in which it is answered, where it is of one."""

    what: str
    words: str
    about: Id
    due: Moment | None = None
    mission: MissionId | None = None


class FitnessView(msgspec.Struct, frozen=True, kw_only=True):
    """fit, caution, impaired or unknown, with the reasons. It advises; it says nothing of how somebody is."""

    member: PersonId
    member_name: str
    since: Moment
    verdict: str
    reasons: tuple[str, ...]
    sure: str
    rests_on: str
    sources: tuple[str, ...]
    asks_from: Moment | None


class TaskingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal rests on, as one viewer sees it."""

    organisation: v.OrganisationView
    mission: v.MissionView
    grave: bool
    least_rank: str
    healer_skill: str
    members: tuple[v.MemberView, ...]
    offers: tuple[v.OfferView, ...]
    stakes: tuple[v.StakeView, ...]
    bonds: tuple[v.BondView, ...]
    last_time: dict[PersonId, tuple[str, ...]]
    load_h: dict[PersonId, float]
    cannot_come: tuple[PersonId, ...]
    fitness: tuple[FitnessView, ...] = ()
    limits: tuple[v.DutyLimitView, ...] = ()
    sends: bool = False
    """Whether the viewer is one of those who are told of fitness and limits."""
