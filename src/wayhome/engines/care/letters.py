"""What is written in care: each fact is a letter, sealed to those who may read it and to nobody else.

Nothing here is ever in the record in clear. A letter goes to the *case* (the member and whoever looks after them now),
to the *desk* of care (every admitted carer: that a case is there, who owns it, when somebody must be sought, and never
what was said), or to persons named. `readers` of each kind stand beside it.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

Readers = Literal["case", "desk", "case and desk", "named"]


class CareFact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=True, omit_defaults=True):
    """Something that happened in care, in the past tense. The class name is its kind, for ever."""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A care fact with who wrote it, when, and in whose case. `to`: persons it is sealed to by name, besides readers.

    `id` is derived from the intent's key, so that the same letter written twice is one letter.
    """

    id: Id
    case: Id
    member: PersonId
    by: PersonId
    at: Moment
    fact: AnyCareFact
    to: tuple[PersonId, ...] = ()


class Due(msgspec.Struct, frozen=True):
    """A contact that is due: which of the points it is, its day, and the last day on which it still is that contact.

    `quiet`: it waits on the member's own page, and nobody is told. `weighs`: the member's own days that fall into it.
    """

    id: Id
    name: str
    day: date
    until: date
    quiet: bool = False
    weighs: tuple[str, ...] = ()


class LadderStep(msgspec.Struct, frozen=True):
    """At `at`, unless it was called off: `to` is told by `channel` that contact was missed. Never what was said."""

    number: int
    at: Moment
    to: PersonId
    channel: str
    """first, second channel, co-supporter, carer, professional, owner (nobody owns it yet), member."""


# the case and its people


class CaseOpened(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. `origin`: exposure, asked, worry, told, load (a supporter's own)."""

    origin: str
    reasons: tuple[str, ...] = ()
    contacts: tuple[Due, ...] = ()
    zone: str = "UTC"
    profile: str = ""
    follow_up: Id | None = None
    start: date | None = None
    """The local day from which the contacts are counted."""


class ContactsPlanned(CareFact, frozen=True, kw_only=True):
    """Readers: case. All contacts that follow from one opening, in place of those planned for it before."""

    contacts: tuple[Due, ...]
    follow_up: Id | None = None


class CaseKeyGiven(CareFact, frozen=True, kw_only=True):
    """Readers: named. The key under which the case's letters are sealed, from now on. Earlier keys stay readable."""

    key: bytes
    number: int = 1


class KeyShareGiven(CareFact, frozen=True, kw_only=True):
    """Readers: named. One of n shares of a case's key, of which any two give it: for the ladder's last step."""

    share: bytes
    of: int
    number: int = 0
    """Of the key."""


class ShareLent(CareFact, frozen=True, kw_only=True):
    """Readers: named. A professional lends their share to the others, for a reason that the member reads as well."""

    share: bytes
    number: int
    reason: str


class OfferAnswered(CareFact, frozen=True, kw_only=True):
    """Readers: case. What the member said to the offer: accept, later, no, someone else. `until`: for later."""

    answer: str
    until: date | None = None


class PaceSet(CareFact, frozen=True, kw_only=True):
    """Readers: case. less, as proposed, more."""

    pace: str


class SupporterTaken(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. Somebody owns the case from now on; `co`: as the second one. With reasons."""

    supporter: PersonId
    co: bool = False
    reasons: tuple[str, ...] = ()
    consent: bool = False
    """The member agreed to a former leader."""


class SupporterLeft(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. The case has no owner again, or no second one. Whose wish it was is for the case."""

    supporter: PersonId


class ClosenessDeclared(CareFact, frozen=True, kw_only=True):
    """Readers: case. Supporter and member are close, or have become so; another was offered."""

    words: str = ""
    person: PersonId | None = None
    """The supporter."""


class VetoSaid(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. The member will not have this person look after them; nobody is told why.

    The desk has to know, or it would propose them.
    """

    against: PersonId


class WishSaid(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. The member would like this person; a former leader looks after them only so."""

    person: PersonId


# contact


class ContactAgreed(CareFact, frozen=True, kw_only=True):
    """Readers: case. When the two will be in touch next, and by what."""

    due: Due
    by_way_of: str = "in person"


class ContactMade(CareFact, frozen=True, kw_only=True):
    """Readers: case. They were in touch. `words` are never asked for, and never kept in a profile without record."""

    due: Id | None = None
    by_way_of: str = "in person"
    words: str = ""
    minutes: int = 0
    """Duty minutes of the supporter."""


class CheckedIn(CareFact, frozen=True, kw_only=True):
    """Readers: case. Four taps. None is unanswered, which is not *no*."""

    safe: bool | None = None
    sleep: str | None = None
    colour: str | None = None
    need: str | None = None
    words: str = ""
    typed_at: Moment | None = None
    """When it was tapped, where it went out later."""


class RefusalRecorded(CareFact, frozen=True, kw_only=True):
    """Readers: case. The member refused treatment, counselling, contact; recorded as that, no more."""

    what: str


class SignsSeen(CareFact, frozen=True, kw_only=True):
    """Readers: case. What others saw, apart from what they say. `head`: perhaps a head injury, gone to `medic`."""

    words: str
    head: bool = False
    medic: PersonId | None = None


class HeadInjuryPassedOn(CareFact, frozen=True, kw_only=True):
    """Readers: named. To a medic: somebody may have a head injury and should be looked at. Nothing else."""

    words: str = ""


class AccessAllowed(CareFact, frozen=True, kw_only=True):
    """Readers: case. Whether command may see that contact took place (a day, no more)."""

    ticks: bool


class CaseRead(CareFact, frozen=True, kw_only=True):
    """Readers: case. Somebody other than the member opened the case: the member reads who and when."""


# not safe


class NotSafeSaid(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. The member is not safe now. Stands until two people, one not the member, close it."""

    flag: Id


class FlagOwned(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. A human being has it, and is on the way or on the phone."""

    flag: Id


class FlagCloseSaid(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. One person says it is over; a second has to."""

    flag: Id


# the ladder


class LadderSet(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. Whom to seek, in order, when nothing is heard. `owner`: the replica that rings."""

    about: Id
    what: str
    """contact, owner (the case has none), not safe, watch, stage, limit."""
    steps: tuple[LadderStep, ...]
    owner: str


class LadderCalledOff(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. It was heard of in time, or closed. About a case: every contact of it, until then."""

    about: Id


class LadderRung(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. A step was taken: somebody was told. Its id comes of (about, number): once only."""

    about: Id
    number: int
    to: PersonId
    told: bool = True
    """False where nobody could be reached by that step; the next one goes at once."""


class LadderAnswered(CareFact, frozen=True, kw_only=True):
    """Readers: desk, and named. Whoever was told says they have it."""

    about: Id
    number: int


# the watch


class WatchSet(CareFact, frozen=True, kw_only=True):
    """Readers: case. Somebody keeps an eye on a person or place. Without consent only for a stated danger to life."""

    watch: Id
    watcher: PersonId
    over: str
    every_hours: float
    consent: bool
    danger: str = ""
    until: Moment | None = None


class WatchReported(CareFact, frozen=True, kw_only=True):
    """Readers: named, for a watcher does not hold the key of the case. What the watcher saw.

    Silence for longer than was set is a report by itself.
    """

    watch: Id
    change: bool
    words: str = ""


class WatchEnded(CareFact, frozen=True, kw_only=True):
    """Readers: case."""

    watch: Id


# promises, return, the rest


class PromiseMade(CareFact, frozen=True, kw_only=True):
    """Readers: case. What a supporter said they could do; passed on as a request only when the member releases it."""

    promise: Id
    words: str
    owner: PersonId | None = None


class PromisePassedOn(CareFact, frozen=True, kw_only=True):
    """Readers: case. It became a request before its owner, in words that both agreed."""

    promise: Id
    request: Id


class ReturnStageSet(CareFact, frozen=True, kw_only=True):
    """Readers: case. observe, base, short with partner, full, other role, stays off; back needs no reason."""

    stage: str
    partner: PersonId | None = None
    until: date | None = None
    review: date | None = None
    agreed_by_member: bool = True


class LimitProposed(CareFact, frozen=True, kw_only=True):
    """Readers: case. A duty limit in the words tasking would get; it takes effect when the member agrees."""

    limit: Id
    words: str
    until: date
    partner: PersonId | None = None
    clinician: PersonId | None = None


class LimitAnswered(CareFact, frozen=True, kw_only=True):
    """Readers: named, for a clinician does not hold the key. The member agreed to a limit, or not; or it was ended."""

    limit: Id
    agreed: bool


class WordsHeld(CareFact, frozen=True, kw_only=True):
    """Readers: named, and nobody is. A survivor's own words, theirs alone until released into a report."""

    held: Id
    words: str
    mission: Id


class WordsReleased(CareFact, frozen=True, kw_only=True):
    """Readers: named, and nobody is. The survivor let these go into the report, as they stand here."""

    held: Id
    words: str


class CaseClosed(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk. It can reopen at any time."""


class CaseReopened(CareFact, frozen=True, kw_only=True):
    """Readers: case and desk."""

    reasons: tuple[str, ...] = ()


# to the desk of care, in confidence


class WorryTold(CareFact, frozen=True, kw_only=True):
    """Readers: desk. A worry about a colleague, or that somebody was told something frightening; never command's."""

    about: PersonId
    words: str


class WorryTaken(CareFact, frozen=True, kw_only=True):
    """Readers: desk. A carer has it."""

    worry: Id


class MedicalHandled(CareFact, frozen=True, kw_only=True):
    """Readers: named. A medic saw to a possible head injury that was passed on."""

    about: Id


AnyCareFact = (
    CaseOpened | CaseKeyGiven | KeyShareGiven | ShareLent | OfferAnswered | PaceSet | SupporterTaken | SupporterLeft
    | ClosenessDeclared | VetoSaid | ContactAgreed | ContactMade | CheckedIn | RefusalRecorded | SignsSeen
    | HeadInjuryPassedOn | AccessAllowed | CaseRead | NotSafeSaid | FlagOwned | FlagCloseSaid | LadderSet
    | LadderCalledOff | LadderRung | LadderAnswered | WatchSet | WatchReported | WatchEnded | PromiseMade
    | PromisePassedOn | ReturnStageSet | LimitProposed | WordsHeld | WordsReleased | CaseClosed | CaseReopened
    | WorryTold | WorryTaken | MedicalHandled | ContactsPlanned | WishSaid | LimitAnswered
)  # fmt: skip

READERS: dict[type[CareFact], Readers] = {
    CaseOpened: "case and desk", CaseKeyGiven: "named", KeyShareGiven: "named", OfferAnswered: "case", PaceSet: "case",
    SupporterTaken: "case and desk", SupporterLeft: "case and desk", ClosenessDeclared: "case",
    VetoSaid: "case and desk", ContactAgreed: "case", ContactMade: "case", CheckedIn: "case",
    RefusalRecorded: "case", SignsSeen: "case",
    HeadInjuryPassedOn: "named", AccessAllowed: "case", CaseRead: "case", NotSafeSaid: "case and desk",
    FlagOwned: "desk", FlagCloseSaid: "desk", LadderSet: "desk",
    LadderCalledOff: "desk", LadderRung: "desk", LadderAnswered: "desk", WatchSet: "case",
    WatchReported: "named", WatchEnded: "case", PromiseMade: "case", PromisePassedOn: "case", ReturnStageSet: "case",
    LimitProposed: "case", WordsHeld: "named", WordsReleased: "named", CaseClosed: "case and desk",
    CaseReopened: "case and desk", WorryTold: "desk", WorryTaken: "desk", MedicalHandled: "named",
    ContactsPlanned: "case", WishSaid: "case and desk", LimitAnswered: "named", ShareLent: "named",
}  # fmt: skip
"""Who can open a letter of each kind, besides whoever wrote it and whom it names in `to`.

What is written by somebody who may not hold the key of the case (a carer who takes a flag, the clock, a watcher) goes
to the desk, and by name to the member and whoever looks after them.
"""
