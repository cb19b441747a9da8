"""Shapes of hours of duty, agreed limits and rest in the field."""

from __future__ import annotations

from datetime import date

from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


class DutyView(View, frozen=True, kw_only=True):
    """One's own hours as one said them, for oneself alone."""

    member: PersonId
    since: Moment
    said: Moment
    slept_24h: float | None = None
    slept_48h: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    off: Moment | None = None


class OnDutyView(View, frozen=True, kw_only=True):
    """What those who send people may rest on: never how long somebody slept, only the step that it reaches."""

    member: PersonId
    member_name: str = ""
    since: Moment
    said: Moment
    slept_at_least: float | None = None
    woke: Moment | None = None
    worked_h: float | None = None
    rest_h: float | None = None
    work_h: float | None = None


class DutyLimitView(View, frozen=True, kw_only=True):
    """What tasking holds to. `asks`: past its day; it stands until the member says otherwise."""

    limit: Id
    member: PersonId
    member_name: str = ""
    words: str = ""
    until: date
    partner: PersonId | None = None
    partner_name: str = ""
    asks: bool = False


class RestedView(View, frozen=True, kw_only=True):
    """When somebody in the field last ate, and what they slept there: until when, how many hours."""

    member: PersonId
    member_name: str = ""
    ate: Moment | None = None
    slept: tuple[tuple[Moment, float], ...] = ()
