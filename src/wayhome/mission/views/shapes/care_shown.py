"""Shapes of the little that leaves care: each says what was agreed to be shown, and nothing of what lies behind it."""

from __future__ import annotations

from datetime import date

from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class CareRequestView(View, frozen=True, kw_only=True):
    """A request before its owner. `granted`: None while it is open."""

    request: Id
    member: PersonId
    member_name: str = ""
    owner: PersonId
    owner_name: str = ""
    words: str
    at: Moment
    granted: bool | None = None
    answer: str = ""


class ContactTickView(View, frozen=True, kw_only=True):
    """That somebody was in touch with a member, on a day: what the member lets command see."""

    member: PersonId
    member_name: str = ""
    on: date


class VisitView(View, frozen=True, kw_only=True):
    """Minutes of duty spent on a visit, never whom it was to."""

    member: PersonId
    member_name: str = ""
    minutes: int
    on: date


class GivenWordsView(View, frozen=True, kw_only=True):
    """A survivor's own words, as they gave them to the report of a mission."""

    given: Id
    mission: MissionId
    member: PersonId
    member_name: str = ""
    words: str
    at: Moment


class CareErasedView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    on: date


class PublishedCountsView(View, frozen=True, kw_only=True):
    """Counts of care for a closed quarter in which nobody can be picked out."""

    quarter: str
    counts: tuple[tuple[str, int], ...]
    at: Moment
