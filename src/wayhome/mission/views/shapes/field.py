"""Shapes from the field: teams, the log, clues, casualties, places, alarms."""

from __future__ import annotations

from wayhome.mission.views.shapes.base import View
from wayhome.mission.views.shapes.searching import ClueWorth
from wayhome.values.ids import FactId, Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class TeamView(View, frozen=True, kw_only=True):
    team: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    leader_name: str = ""
    status: str = ""
    heard: Moment | None = None
    overdue_min: int | None = None
    place: Place | None = None


class OutView(View, frozen=True, kw_only=True):
    """Somebody on the mission: departed, home or handed over, and by when they are due."""

    member: PersonId
    member_name: str = ""
    post: str = ""
    departed: Moment
    home_by: Deadline | None = None
    home: Moment | None = None
    handed_to: str = ""


class SignedInView(View, frozen=True, kw_only=True):
    member: PersonId
    member_name: str = ""
    since: Moment


class LineView(View, frozen=True, kw_only=True):
    """One entry of the log; `was` keeps what it said before each amendment, oldest first.

    `at` is when it was said, `typed_at` when it was typed; `sort` is its place in the log, to go on reading from.
    Whoever typed it may have `struck` it at once: `struck_why` says who.
    """

    line: Id
    sort: str = ""
    at: Moment
    typed_at: Moment
    at_given: bool = False
    sender: str = ""
    receiver: str = ""
    team: str = ""
    message: str = ""
    words: str
    place: Place | None = None
    place_words: str = ""
    status: str = ""
    relayed: bool = False
    radio_place: Place | None = None
    flags: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    struck: bool = False
    struck_why: str = ""
    by: PersonId
    by_name: str = ""


class ClueView(View, frozen=True, kw_only=True):
    """A clue. `worth` is None until somebody has said what it is worth: then it moves no map."""

    clue: Id
    label: str
    words: str
    place: Place | None = None
    instruction: str = ""
    at: Moment
    by: PersonId
    by_name: str = ""
    withdrawn: str = ""
    worth: ClueWorth | None = None


class CasualtyView(View, frozen=True, kw_only=True):
    casualty: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    treated_by: tuple[PersonId, ...] = ()
    treatment: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    done: bool = False
    turn: int = 0
    """The order of treatment; filled in as it is read."""


class PlaceView(View, frozen=True, kw_only=True):
    """Where a team or a member was; `line` is the entry of the log that said so, where one did."""

    who: str
    place: Place
    at: Moment
    member: PersonId | None = None
    line: Id | None = None


class DrawingView(View, frozen=True, kw_only=True):
    """A segment, post, line or note on the map.

    `area_km2` is of a segment, and None where its outline `crosses` itself; `length_km` is of a line. `team` is the
    name of the team it is given to. `erased` says why it stands no more.
    """

    drawing: Id
    label: str
    what: str
    name: str
    points: tuple[Place, ...]
    words: str = ""
    holder: PersonId | None = None
    holder_name: str = ""
    team: str = ""
    team_id: Id | None = None
    area_km2: float | None = None
    length_km: float | None = None
    crosses: bool = False
    at: Moment
    by: PersonId
    by_name: str = ""
    changed: Moment | None = None
    changed_by: PersonId | None = None
    changed_by_name: str = ""
    reason: str = ""
    erased: str = ""


class PhotoView(View, frozen=True, kw_only=True):
    """A photo without its picture, which is read by itself. `about` is a clue; `kept_as` the fact that holds it."""

    photo: Id
    name: str
    words: str
    width: int
    height: int
    size: int
    about: Id | None = None
    about_words: str = ""
    at: Moment
    by: PersonId
    by_name: str = ""
    kept_as: FactId
    withdrawn: str = ""


class AlarmView(View, frozen=True, kw_only=True):
    alarm: Id
    mission: MissionId
    mission_words: str
    what: str
    words: str
    at: Moment
    member: PersonId | None = None
    member_name: str = ""
    answered: str = ""


class FoundView(View, frozen=True, kw_only=True):
    who: str
    state: str
    place: Place | None = None
    at: Moment
