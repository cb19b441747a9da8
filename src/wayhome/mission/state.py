"""What the facts add up to: the organisation, each person, each mission. Folded from one stream each.

These are plain mutable structs that only `folding` changes; a snapshot is their MessagePack.
"""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.missions import Need
from wayhome.mission.need_to_know import Secrecy
from wayhome.mission.state_people import Absence as Absence
from wayhome.mission.state_people import Bond as Bond
from wayhome.mission.state_people import CareAsked as CareAsked
from wayhome.mission.state_people import CareKey as CareKey
from wayhome.mission.state_people import DeskKey as DeskKey
from wayhome.mission.state_people import Duty as Duty
from wayhome.mission.state_people import DutyLimit as DutyLimit
from wayhome.mission.state_people import Invitation as Invitation
from wayhome.mission.state_people import Member as Member
from wayhome.mission.state_people import Organisation as Organisation
from wayhome.mission.state_people import PastEvent as PastEvent
from wayhome.mission.state_people import Person as Person
from wayhome.mission.state_people import Petition as Petition
from wayhome.mission.state_people import Qualification as Qualification
from wayhome.mission.state_people import Recovery as Recovery
from wayhome.mission.state_people import Remembrance as Remembrance
from wayhome.mission.state_people import Role as Role
from wayhome.mission.state_people import Routine as Routine
from wayhome.mission.state_people import Vehicle as Vehicle
from wayhome.mission.state_search import Searching
from wayhome.mission.state_strength import BackupCall as BackupCall
from wayhome.mission.state_strength import Came as Came
from wayhome.mission.state_strength import Loss as Loss
from wayhome.values.ids import (
    Id,
    Mark,
    MissionId,
    PersonId,
    StreamId,
    mission_mark,
    mission_stream,
)
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment


class Said(msgspec.Struct, frozen=True):
    """Who stated a fact, when and where it stands: the part of its header that folding may use."""

    id: str
    author: PersonId
    at: Moment
    seq: int
    stream: StreamId
    replica: str


class Offer(msgspec.Struct):
    id: Id
    member: PersonId
    post: str
    made: Moment
    by: PersonId
    order: bool
    answer: str = "offered"
    answer_by: Deadline | None = None
    limits: str = ""
    knew: int = 0
    why: str = ""
    warnings: tuple[str, ...] = ()
    front: bool | None = None
    channel: str = ""
    typed_by: PersonId | None = None


class Team(msgspec.Struct):
    id: Id
    name: str
    members: tuple[PersonId, ...]
    leader: PersonId | None = None
    overdue_min: int | None = None
    status: str = ""
    heard: Moment | None = None


class Typed(msgspec.Struct):
    """A line typed in the last minute; `steps` are what it changed of its team (`folding.recent`)."""

    line: Id
    by: PersonId
    at: Moment
    team: Id | None = None
    steps: dict[str, tuple[str | None, str]] = {}
    undone: bool = False


class Out(msgspec.Struct):
    """Somebody on the mission, and whether they are accounted for."""

    member: PersonId
    departed: Moment
    post: str = ""
    home_by: Deadline | None = None
    home: Moment | None = None
    handed_to: str = ""

    @property
    def accounted(self) -> bool:
        return self.home is not None or bool(self.handed_to)


class Casualty(msgspec.Struct):
    id: Id
    who: str
    member: PersonId | None = None
    triage: str = ""
    condition: str = ""
    place: Place | None = None
    heals: bool = False
    treated_by: list[PersonId] = []
    treatment: list[str] = []
    done: bool = False


class Rested(msgspec.Struct):
    """When somebody in the field last ate, and what they slept there: until when, how many hours."""

    ate: Moment | None = None
    slept: list[tuple[Moment, float]] = []


class SilenceWatch(msgspec.Struct):
    member: PersonId
    every_min: int
    heard: Moment


class Drawing(msgspec.Struct):
    """Something drawn on the map; where it lies is in its row alone."""

    id: Id
    number: int
    label: str
    what: str
    name: str
    by: PersonId
    at: Moment
    erased: bool = False


class Photo(msgspec.Struct):
    """That there is a photo: its bytes are in its fact alone."""

    id: Id
    by: PersonId
    withdrawn: bool = False


class Alarm(msgspec.Struct):
    id: Id
    what: str
    words: str
    at: Moment
    member: PersonId | None = None
    team: Id | None = None
    answered: str = ""


class Assumption(msgspec.Struct):
    id: Id
    words: str
    failed: str = ""
    warned: bool = False


class Stake(msgspec.Struct):
    member: PersonId
    stake: str
    speaks_for: str
    speaks_against: str


class Testimony(msgspec.Struct):
    id: Id
    holder: PersonId
    about: str
    words: str = ""


class Paper(msgspec.Struct):
    id: Id
    stage: str
    words: str
    came_as: str
    at: Moment
    by: PersonId


class Conflict(msgspec.Struct):
    """Two things that both happened and cannot both stand; a person settles it."""

    id: Id
    what: str
    words: str
    settled: str = ""


class Mission(msgspec.Struct):
    """Folded from one mission's stream."""

    id: MissionId
    name: str = ""
    rank: str = ""
    secret: bool = False
    owner: PersonId = PersonId("")
    commander: PersonId = PersonId("")
    purpose: str = ""
    state: str = "raised"
    reopens_when: str = ""
    opened: Moment = Moment(0)
    place: Place | None = None
    needs: tuple[Need, ...] = ()
    least_people: int = 1
    most_people: int | None = None
    starts: Moment | None = None
    hours: float | None = None
    home_by: Deadline | None = None
    front: bool = False
    posts_front: dict[PersonId, bool] = {}
    """Of whom it was said that their post is up front, or not, whatever the plan says of the team."""
    subject: dict[str, str] = {}
    subject_category: str = ""
    initial_point: Place | None = None
    initial_at: Moment | None = None
    last_point: Place | None = None
    last_at: Moment | None = None
    urgency: str = ""
    backups: dict[Id, BackupCall] = {}
    came: dict[str, Came] = {}
    losses: dict[str, Loss] = {}
    read_in: set[PersonId] = set()
    known_to: set[PersonId] = set()
    secrecy: Secrecy = msgspec.field(default_factory=Secrecy)
    offers: dict[Id, Offer] = {}
    stakes: dict[PersonId, Stake] = {}
    held_back: dict[PersonId, str] = {}
    excepted: set[str] = set()
    briefing: int = 0
    briefing_words: str = ""
    briefing_cautions: tuple[str, ...] = ()
    chosen_because: dict[str, str] = {}
    acknowledged: dict[PersonId, int] = {}
    walk_ins: dict[PersonId, str] = {}
    teams: dict[Id, Team] = {}
    out: dict[PersonId, Out] = {}
    signed_in: dict[PersonId, Moment] = {}
    vehicles: set[Id] = set()
    search: Searching = msgspec.field(default_factory=Searching)
    clue_numbers: dict[str, int] = {}
    clues: dict[Id, str] = {}
    """Each clue's label."""
    casualties: dict[Id, Casualty] = {}
    drawing_numbers: dict[str, int] = {}
    drawings: dict[Id, Drawing] = {}
    photos: dict[Id, Photo] = {}
    watches: dict[PersonId, SilenceWatch] = {}
    last_places: dict[str, Place] = {}
    alarms: dict[Id, Alarm] = {}
    assumptions: dict[Id, Assumption] = {}
    testimony: dict[Id, Testimony] = {}
    papers: list[Paper] = []
    exposures: dict[PersonId, set[str]] = {}
    outcomes: dict[PersonId, str] = {}
    went: dict[PersonId, PastEvent] = {}
    """How it went for each, as their history."""
    deeds: dict[PersonId, set[str]] = {}
    other_deaths: int = 0
    found: int = 0
    at_the_desk: set[PersonId] = set()
    """Whoever wrote in the log: a dispatcher goes through it too."""
    conflicts: dict[Id, Conflict] = {}
    words_given: set[Id] = set()
    rested: dict[PersonId, Rested] = {}
    lines: int = 0
    recent: dict[Id, Typed] = {}
    """Lines of the last minute, in their order: those that can still be undone."""

    @property
    def mark(self) -> Mark:
        return mission_mark(self.id, secret=self.secret)

    @property
    def stream(self) -> StreamId:
        return mission_stream(self.id)

    @property
    def accepted(self) -> dict[PersonId, Offer]:
        """The offer on which each member goes."""
        return {o.member: o for o in self.offers.values() if o.answer in ACCEPTED}

    def up_front(self, member: PersonId) -> bool:
        """Whether somebody's post is up front: as it was said of it, else as the plan says."""
        return self.posts_front.get(member, self.front)

    @property
    def still_out(self) -> list[PersonId]:
        """Everybody who departed and is neither home nor handed over."""
        return [member for member, out in self.out.items() if not out.accounted]


ACCEPTED = frozenset({"accepted", "accepted with limits", "ordered"})


class World(msgspec.Struct):
    """Everything folded: what rules decide upon. Rules see it all, so what they *say* goes through `access`."""

    organisation: Organisation = msgspec.field(default_factory=Organisation)
    people: dict[PersonId, Person] = {}
    missions: dict[MissionId, Mission] = {}

    def name(self, member: PersonId) -> str:
        """How a member is called; a short handle where the name was erased or never given."""
        person = self.people.get(member)
        return person.name if person and person.name else f"member {str(member)[:6]}"
