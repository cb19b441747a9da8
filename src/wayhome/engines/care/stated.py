"""What people state in care. Never in the record: what comes of it is letters, and at most what both agreed to show.

`case` names a case that the one who states it can open; one's own needs no name (None: the member's own, opened where
there is none yet).
"""

from __future__ import annotations

import inspect
import sys
from datetime import date

import msgspec

from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment


class CareIntent(msgspec.Struct, frozen=True, kw_only=True, tag_field="intent", tag=True, omit_defaults=True):
    """Something a person states in care."""


class AskForCare(CareIntent, frozen=True, kw_only=True):
    """I want somebody to talk to. Opens or reopens one's own case."""


class BeginCase(CareIntent, frozen=True, kw_only=True):
    """A carer takes up a follow-up that opened by itself; the member is offered contact."""

    member: PersonId
    follow_up: Id | None = None


class AnswerCare(CareIntent, frozen=True, kw_only=True):
    """The member: accept, later (with a day), no, someone else."""

    answer: str
    until: date | None = None
    case: Id | None = None


class SetPace(CareIntent, frozen=True, kw_only=True):
    """The member: less, as proposed, more."""

    pace: str
    case: Id | None = None


class TakeCase(CareIntent, frozen=True, kw_only=True):
    """A supporter takes a case on. `co`: as the second one. A former leader only by the member's consent."""

    case: Id
    co: bool = False


class LeaveCase(CareIntent, frozen=True, kw_only=True):
    """A supporter gives a case back; it is red until somebody owns it."""

    case: Id


class AskForSomeoneElse(CareIntent, frozen=True, kw_only=True):
    """The member, at any time, without a reason. `never`: a person they will not have."""

    never: PersonId | None = None
    wish: PersonId | None = None
    case: Id | None = None


class DeclareCloseness(CareIntent, frozen=True, kw_only=True):
    case: Id
    words: str = ""


class AgreeContact(CareIntent, frozen=True, kw_only=True):
    """When the two are in touch next."""

    day: date
    by_way_of: str = "in person"
    case: Id | None = None


class NoteContact(CareIntent, frozen=True, kw_only=True):
    """They were in touch: a visit, a call. `minutes` count as duty of the supporter."""

    by_way_of: str = "in person"
    words: str = ""
    minutes: int = 0
    next_day: date | None = None
    case: Id | None = None


class CheckIn(CareIntent, frozen=True, kw_only=True):
    """Four taps; each may be left out. sleep: well, badly, hardly. colour: green, yellow, orange, red.

    need: company, time off, visit, money, family, professional, nothing.
    """

    safe: bool | None = None
    sleep: str | None = None
    colour: str | None = None
    need: str | None = None
    words: str = ""
    typed_at: Moment | None = None
    case: Id | None = None


class RecordRefusal(CareIntent, frozen=True, kw_only=True):
    """treatment, counselling, contact: refused, and no more than that."""

    what: str
    case: Id | None = None


class NoteSigns(CareIntent, frozen=True, kw_only=True):
    """What was seen of somebody, apart from what they say. `head`: a possible head injury, which goes to `medic`."""

    words: str
    head: bool = False
    medic: PersonId | None = None
    case: Id


class AllowTicks(CareIntent, frozen=True, kw_only=True):
    """The member: whether command may see that contact took place."""

    ticks: bool
    case: Id | None = None


class OwnFlag(CareIntent, frozen=True, kw_only=True):
    """I have it: somebody is not safe, and I am with them or on the way."""

    flag: Id


class CloseFlag(CareIntent, frozen=True, kw_only=True):
    """It is over: said by two people, of whom one is not the member."""

    flag: Id


class AnswerLadder(CareIntent, frozen=True, kw_only=True):
    """I was told that contact was missed, and I see to it."""

    about: Id


class OpenTogether(CareIntent, frozen=True, kw_only=True):
    """A named professional, at the last step of a ladder: two of them open a case together, for a stated reason.

    `reason`: one that the law of the place knows. The member reads who did, when and why.
    """

    case: Id
    reason: str


class SetWatch(CareIntent, frozen=True, kw_only=True):
    """Somebody keeps an eye on a person or place. `danger`: the stated danger to life, where there is no consent."""

    watcher: PersonId
    over: str
    every_hours: float
    danger: str = ""
    until: Moment | None = None
    case: Id | None = None


class AgreeWatch(CareIntent, frozen=True, kw_only=True):
    """The member consents to a watch, or ends it."""

    watch: Id
    agreed: bool = True


class ReportWatch(CareIntent, frozen=True, kw_only=True):
    """The watcher: what changed, or that nothing did."""

    watch: Id
    change: bool = False
    words: str = ""


class EndWatch(CareIntent, frozen=True, kw_only=True):
    watch: Id


class MakePromise(CareIntent, frozen=True, kw_only=True):
    """What the supporter said they could do, and before whom it would go."""

    words: str
    owner: PersonId
    case: Id


class PassPromiseOn(CareIntent, frozen=True, kw_only=True):
    """The member lets a promise go to its owner as a request, in these words."""

    promise: Id
    words: str = ""


class SetStage(CareIntent, frozen=True, kw_only=True):
    """Return: observe, base, short with partner, full, other role, stays off. A step back needs no reason."""

    stage: str
    partner: PersonId | None = None
    until: date | None = None
    case: Id | None = None


class ProposeLimit(CareIntent, frozen=True, kw_only=True):
    """A duty limit, in the words that tasking would get; nothing else leaves care."""

    words: str
    until: date
    partner: PersonId | None = None
    clinician: PersonId | None = None
    case: Id


class AgreeLimit(CareIntent, frozen=True, kw_only=True):
    """The member agrees to a limit (or a clinician who set it lifts it): from now on tasking holds to it."""

    limit: Id
    agreed: bool = True


class HoldWords(CareIntent, frozen=True, kw_only=True):
    """A survivor's words about a mission, theirs alone until they release them."""

    mission: MissionId
    words: str


class ReleaseWords(CareIntent, frozen=True, kw_only=True):
    """The survivor lets words go into the report, all or a part of them."""

    held: Id
    words: str = ""


class CloseCase(CareIntent, frozen=True, kw_only=True):
    case: Id | None = None


class ReopenCase(CareIntent, frozen=True, kw_only=True):
    case: Id | None = None


class EraseCase(CareIntent, frozen=True, kw_only=True):
    """The member destroys everything that was written of them in care. The record says only: erased on this day."""

    case: Id | None = None


class TellWorry(CareIntent, frozen=True, kw_only=True):
    """In confidence, to the desk of care: a worry about a colleague."""

    about: PersonId
    words: str


class TakeWorry(CareIntent, frozen=True, kw_only=True):
    worry: Id


class HandleHeadInjury(CareIntent, frozen=True, kw_only=True):
    """The medic has seen to it."""

    about: Id


class AdmitCarer(CareIntent, frozen=True, kw_only=True):
    """An admitted carer lets another in to the desk of care. The first carer to come in admits themselves."""

    carer: PersonId


CARE_INTENTS: dict[str, type[CareIntent]] = {
    name: kind
    for name, kind in inspect.getmembers(sys.modules[__name__], inspect.isclass)
    if issubclass(kind, CareIntent) and kind is not CareIntent
}


class UnreadableCareIntent(ValueError):
    """What was sent is nothing that can be stated in care; the text gives the path of what does not fit."""


class _Named(msgspec.Struct):
    intent: str


def encode(intent: CareIntent) -> bytes:
    return msgspec.json.encode(intent)


def decode(body: bytes) -> CareIntent:
    """The intent. Raises UnreadableCareIntent."""
    try:
        kind = CARE_INTENTS.get(msgspec.json.decode(body, type=_Named).intent)
        if kind is None:
            raise UnreadableCareIntent("nothing of that name can be stated in care")
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise UnreadableCareIntent(str(error)) from error
