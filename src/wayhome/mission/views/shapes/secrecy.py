"""Shapes of need-to-know: what was told, what is believed, who opened what."""

from __future__ import annotations

import msgspec

from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class TellingView(View, frozen=True, kw_only=True):
    """A telling as its teller and its listener read it: just what was told, and nothing by which the mission is known.

    `level`: that, where and when, what for, all.
    """

    telling: Id
    teller: PersonId
    teller_name: str = ""
    listener: PersonId
    listener_name: str = ""
    about: PersonId | None = None
    about_name: str = ""
    level: str
    happened: Moment
    promise: str = ""
    name: str = ""
    rank: str = ""
    purpose: str = ""
    place: Place | None = None
    starts: Moment | None = None
    home_by: Deadline | None = None


class ToldView(View, frozen=True, kw_only=True):
    """That something of a mission was told: for its teller, and for the mission's people where it is shown to them."""

    telling: Id
    mission: MissionId
    teller: PersonId
    teller_name: str = ""
    listener: PersonId
    listener_name: str = ""
    level: str
    happened: Moment
    recorded: Moment
    promise: str = ""
    shown: bool = False
    override: str = ""


class CeilingView(View, frozen=True, kw_only=True):
    """How many may know, and what is assumed of each: the chance per year that somebody who knows lets it out."""

    mission: MissionId
    most: int | None = None
    leak_per_year: float = 0.01
    tellings_shown: bool = False
    by: PersonId
    by_name: str = ""


class KnownMission(msgspec.Struct, frozen=True, kw_only=True):
    """What of a mission says for how long it has been there to be known, and for how long it is planned to be."""

    name: str
    secret: bool
    opened: Moment
    starts: Moment | None
    hours: float | None
    home_by: Deadline | None


class KnownBy(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which somebody came to know, with `level` as its place in `LEVELS`; in an emergency, `until` when."""

    person: PersonId
    since: Moment
    level: int
    basis: str
    source: PersonId | None = None
    telling: Id | None = None
    promise: str = ""
    override: str = ""
    until: Moment | None = None


class SightLost(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody was read out."""

    person: PersonId
    since: Moment


class CeilingCrossed(msgspec.Struct, frozen=True, kw_only=True):
    """That the ceiling was crossed, and why."""

    at: Moment
    reason: str


class KnowingView(View, frozen=True, kw_only=True):
    """One thing that is to be weighed for who knows of a mission; just one of the fields is there.

    All of them lie in one view, so that who knows is one question to the store.
    """

    mission: KnownMission | None = None
    ceiling: CeilingView | None = None
    known: KnownBy | None = None
    lost: SightLost | None = None
    crossed: CeilingCrossed | None = None


class CoverView(View, frozen=True, kw_only=True):
    """What the others believe, for those who see the truth."""

    cover: Id
    mission: MissionId
    about: Id
    vehicle: bool = False
    member: PersonId | None = None
    member_name: str = ""
    vehicle_words: str = ""
    status: str
    words: str
    start: Moment
    end: Moment | None = None
    ended: Moment | None = None
    by: PersonId
    by_name: str = ""


class ContactPlanView(View, frozen=True, kw_only=True):
    """How somebody under cover is heard of, and their way out."""

    mission: MissionId
    member: PersonId
    member_name: str = ""
    every_min: int
    signals: str
    way_out: str


class MaskView(View, frozen=True, kw_only=True):
    """Who is masked, for those who know."""

    mission: MissionId
    label: str
    names: tuple[str, ...]
    known_by: tuple[PersonId, ...] = ()


class EmergencyView(View, frozen=True, kw_only=True):
    """A compartment opened in an emergency."""

    glass: Id
    mission: MissionId
    by: PersonId
    by_name: str = ""
    reason: str
    since: Moment
    until: Moment
    alerted: tuple[PersonId, ...]
    ended: bool = False


class GlassView(View, frozen=True, kw_only=True):
    """That a guardian asked for whatever a member is away on; the same whether there was anything or not."""

    glass: Id
    by: PersonId
    by_name: str = ""
    member: PersonId
    member_name: str = ""
    reason: str
    at: Moment
    until: Moment


class LookView(View, frozen=True, kw_only=True):
    """Somebody read something secret, in that hour."""

    mission: MissionId
    member: PersonId
    member_name: str = ""
    what: str
    hour: Moment
