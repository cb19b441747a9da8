"""What letters add up to: cases, the worries told to the desk, and what was passed on to a medic.

Everything here can be built from a part of the letters. The desk of care opens few of a case's letters, a supporter who
came late only the later ones; what they cannot open is not there, and nothing fails for it.
"""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.engines.care.letters import Due, LadderStep
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import Moment


def case_of(member: PersonId) -> Id:
    """The one case of a member: whoever opens it, on whatever device, opens the same. It stands in no open place."""
    return derive(member, "care")


class Ladder(msgspec.Struct):
    """Whom to seek, in order, about something; what was done of it. `off`: since when there is no more need."""

    about: Id
    case: Id
    member: PersonId
    what: str = ""
    steps: tuple[LadderStep, ...] = ()
    owner: str = ""
    set_at: Moment | None = None
    off: Moment | None = None
    rung: dict[int, Rung] = {}
    answered: dict[PersonId, Moment] = {}
    readers: tuple[PersonId, ...] = ()
    """To whom letters about it go, besides the desk."""


class Rung(msgspec.Struct, frozen=True):
    """A step that was taken: who was told when; `told` False where they could not be reached."""

    number: int
    to: PersonId
    at: Moment
    told: bool


class Touch(msgspec.Struct, frozen=True):
    """They were in touch, the member by a check-in or somebody with them."""

    at: Moment
    by: PersonId
    by_way_of: str
    words: str = ""


class Opened(msgspec.Struct):
    """One opening: the first one, or what a further follow-up brought. `contacts`: as they are planned now.

    `over`: the case was closed since, and what was still ahead then is planned no more.
    """

    at: Moment
    start: date
    contacts: tuple[Due, ...]
    over: bool = False


class Agreed(msgspec.Struct, frozen=True):
    """A contact that the two agreed on; where it stands for a planned one it has its id."""

    due: Due
    at: Moment


class CheckInSaid(msgspec.Struct, frozen=True):
    """`at`: when it was tapped. None is unanswered, which is not *no*."""

    at: Moment
    by: PersonId
    safe: bool | None
    sleep: str | None
    colour: str | None
    need: str | None
    words: str


class Flag(msgspec.Struct):
    """Somebody is not safe. It stands until two people said that it is over, of whom one is not the member."""

    id: Id
    case: Id
    member: PersonId
    at: Moment | None = None
    owners: dict[PersonId, Moment] = {}
    close_said: dict[PersonId, Moment] = {}

    @property
    def owner(self) -> PersonId | None:
        """Whoever took it last."""
        return max(self.owners, key=lambda person: (self.owners[person], person)) if self.owners else None

    @property
    def closed(self) -> bool:
        return len(self.close_said) >= 2 and any(person != self.member for person in self.close_said)


class Watch(msgspec.Struct):
    id: Id
    watcher: PersonId
    over: str
    every_hours: float
    agreed: bool
    danger: str
    since: Moment
    until: Moment | None = None
    reported: Moment | None = None
    reported_words: str = ""
    changed: bool = False
    ended: Moment | None = None


class Promise(msgspec.Struct):
    id: Id
    by: PersonId
    words: str
    owner: PersonId | None
    request: Id | None = None


class Limit(msgspec.Struct):
    """A duty limit. `state`: proposed, agreed, refused, ended. `readers`: who is told of it."""

    id: Id
    words: str
    until: date
    partner: PersonId | None
    clinician: PersonId | None
    state: str = "proposed"
    readers: tuple[PersonId, ...] = ()


class Stage(msgspec.Struct, frozen=True):
    """A stage of the return. Proposed until the member agrees."""

    stage: str
    at: Moment
    by: PersonId
    partner: PersonId | None
    review: date | None
    agreed: bool


class Signs(msgspec.Struct, frozen=True):
    at: Moment
    by: PersonId
    words: str
    head: bool
    medic: PersonId | None


class Taken(msgspec.Struct, frozen=True):
    """Somebody looks after the member, since when; `co`: as the second one."""

    supporter: PersonId
    at: Moment
    co: bool


class Lent(msgspec.Struct, frozen=True):
    by: PersonId
    at: Moment
    reason: str


class HeldWords(msgspec.Struct):
    id: Id
    mission: MissionId
    words: str
    released: str = ""


class Case(msgspec.Struct):
    """A member's case, as far as the letters at hand tell. `opened` None: nothing was opened, only words are held."""

    id: Id
    member: PersonId
    opened: Moment | None = None
    origin: str = ""
    reasons: tuple[str, ...] = ()
    openings: dict[str, Opened] = {}
    """By follow-up; '' is an opening that followed from none."""
    zone: str = ""
    profile: str = ""
    offered: Moment | None = None
    """When contact was last offered: at the opening, and by each further follow-up."""
    answer: str = ""
    answered: Moment | None = None
    no_since: Moment | None = None
    """When the member first said *no*, of those in a row."""
    later_until: date | None = None
    pace: str = "as proposed"
    someone_else: bool = False
    """The member asked for somebody else, and nobody was found since."""
    taken: dict[PersonId, Taken] = {}
    carried: dict[PersonId, Moment] = {}
    """Everybody who ever took it, and when they last did."""
    let_go: frozenset[PersonId] = frozenset()
    """Supporters whom the member asked to leave, and does not wish for since."""
    unowned_since: Moment | None = None
    close: frozenset[PersonId] = frozenset()
    vetoes: frozenset[PersonId] = frozenset()
    wishes: tuple[PersonId, ...] = ()
    agreed: dict[Id, Agreed] = {}
    touches: list[Touch] = []
    check_ins: list[CheckInSaid] = []
    refusals: list[tuple[Moment, str]] = []
    signs: list[Signs] = []
    flags: dict[Id, Flag] = {}
    ladders: dict[Id, Ladder] = {}
    watches: dict[Id, Watch] = {}
    promises: dict[Id, Promise] = {}
    limits: dict[Id, Limit] = {}
    stages: list[Stage] = []
    held: dict[Id, HeldWords] = {}
    ticks: bool = False
    closed: Moment | None = None
    read_by: list[tuple[PersonId, Moment]] = []
    shares: dict[int, dict[PersonId, bytes]] = {}
    """Shares of keys that can be opened, by the number of the key and whose they are."""
    lent: list[Lent] = []
    """Who lent theirs, so that the case could be opened without the member, and for what reason."""
    key_number: int = 0
    key_holders: frozenset[PersonId] = frozenset()
    """Who was given the newest key of the case, as far as can be told."""
    latest: Moment | None = None
    """When the last letter of the case was written."""
    letters: list[Id] = []
    """Every letter of the case that is at hand: what erasing destroys."""

    @property
    def supporter(self) -> PersonId | None:
        """Whoever owns the case: the first of those who took it and have not left."""
        return next(iter(self._present()), None)

    @property
    def co_supporter(self) -> PersonId | None:
        return next(iter(self._present()[1:]), None)

    def _present(self) -> list[PersonId]:
        taken = sorted(self.taken.values(), key=lambda one: (one.co, one.at, one.supporter))
        return [one.supporter for one in taken]

    @property
    def supporters(self) -> tuple[PersonId, ...]:
        """Everybody who looks after the member now, the owner first."""
        return tuple(self._present())

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags.values() if flag.at is not None and not flag.closed)

    @property
    def is_open(self) -> bool:
        """Somebody looks after it, or should. One with a flag that stands is open whatever else was said."""
        return bool(self.open_flags) or (self.opened is not None and self.closed is None)


class Worry(msgspec.Struct):
    """`id` is that of the letter in which it was told."""

    id: Id
    about: PersonId
    by: PersonId
    words: str
    at: Moment
    taken_by: PersonId | None = None


class ToMedic(msgspec.Struct):
    """A possible head injury, passed on. `id` is that of the letter by which it was."""

    id: Id
    case: Id
    member: PersonId
    by: PersonId
    medic: PersonId
    words: str
    at: Moment
    done: bool = False


class Cases(msgspec.Struct):
    """Everything that somebody's letters add up to."""

    cases: dict[Id, Case] = {}
    worries: dict[Id, Worry] = {}
    to_medic: dict[Id, ToMedic] = {}
    seen: set[Id] = set()
    """The letters that were taken in, each once."""

    def of(self, member: PersonId) -> Case | None:
        """A member's own case; None where none was opened and nothing is held."""
        return self.cases.get(case_of(member))

    def supported_by(self, person: PersonId) -> tuple[Case, ...]:
        """The open cases that somebody looks after, alone or as the second one."""
        return tuple(case for case in self.cases.values() if case.is_open and person in case.taken)

    def flag(self, flag: Id) -> Flag | None:
        return next((case.flags[flag] for case in self.cases.values() if flag in case.flags), None)

    def ladder(self, about: Id) -> Ladder | None:
        return next((case.ladders[about] for case in self.cases.values() if about in case.ladders), None)

    def ladders(self) -> tuple[Ladder, ...]:
        """Every ladder of every case, for the clock."""
        return tuple(ladder for case in self.cases.values() for ladder in case.ladders.values())
