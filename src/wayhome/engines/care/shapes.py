"""What is shown of care, to whoever holds the keys. Names are filled in by whoever shows it (`*_name`)."""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


class ContactView(msgspec.Struct, frozen=True, kw_only=True):
    """One contact that is due or took place. `state`: due, today, late, made, missed, ahead."""

    id: Id
    name: str
    day: date
    until: date
    state: str
    at: Moment | None = None
    by_way_of: str = ""
    words: str = ""


class CheckInView(msgspec.Struct, frozen=True, kw_only=True):
    """None is unanswered: never to be shown as *no*."""

    at: Moment
    safe: bool | None
    sleep: str | None
    colour: str | None
    need: str | None
    words: str
    by: PersonId | None = None
    by_name: str = ""


class FlagView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is not safe. `owner`: who has it; None: nobody yet. `sought`: who was told so far, and when."""

    flag: Id
    case: Id
    member: PersonId
    at: Moment
    owner: PersonId | None = None
    owner_name: str = ""
    sought: tuple[tuple[str, Moment], ...] = ()
    closed_by: tuple[str, ...] = ()
    closed: bool = False
    member_name: str = ""


class SignsView(msgspec.Struct, frozen=True, kw_only=True):
    at: Moment
    words: str
    head: bool
    by: PersonId | None = None
    medic: PersonId | None = None
    by_name: str = ""
    medic_name: str = ""


class WatchView(msgspec.Struct, frozen=True, kw_only=True):
    """`silent_since`: nothing was reported for longer than was set, which is a report by itself."""

    watch: Id
    watcher: PersonId
    over: str
    every_hours: float
    agreed: bool
    danger: str
    last: Moment | None
    last_words: str
    silent_since: Moment | None
    ended: bool
    watcher_name: str = ""


class PromiseView(msgspec.Struct, frozen=True, kw_only=True):
    promise: Id
    words: str
    owner: PersonId | None
    passed_on: bool
    owner_name: str = ""


class LimitView(msgspec.Struct, frozen=True, kw_only=True):
    """`state`: proposed, agreed, refused, asks (past its day: it stands until somebody decides), ended."""

    limit: Id
    words: str
    until: date
    state: str
    partner: PersonId | None = None
    clinician: PersonId | None = None
    partner_name: str = ""
    clinician_name: str = ""


class StageView(msgspec.Struct, frozen=True, kw_only=True):
    """The step that the member agreed to; '' before the first. `proposed`: one that waits for their yes."""

    stage: str
    since: Moment
    partner: PersonId | None = None
    review: date | None = None
    proposed: str = ""
    proposed_partner: PersonId | None = None
    partner_name: str = ""
    proposed_partner_name: str = ""


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case, for the member and whoever supports them.

    `state`: offered, accepted, later, no, closed. `readers`: who can read it now, by name. `read_by`: who did, when.
    """

    case: Id
    member: PersonId
    mine: bool
    state: str
    origin: str
    reasons: tuple[str, ...]
    opened: Moment
    pace: str
    supporter: PersonId | None = None
    co_supporter: PersonId | None = None
    someone_else: bool = False
    contacts: tuple[ContactView, ...] = ()
    check_ins: tuple[CheckInView, ...] = ()
    refusals: tuple[tuple[Moment, str], ...] = ()
    signs: tuple[SignsView, ...] = ()
    flags: tuple[FlagView, ...] = ()
    watches: tuple[WatchView, ...] = ()
    promises: tuple[PromiseView, ...] = ()
    limits: tuple[LimitView, ...] = ()
    stage: StageView | None = None
    ticks: bool = False
    no_record: bool = False
    law: str = ""
    """privacy, confidentiality or privilege, and what that means, by the jurisdiction's profile."""
    readers: tuple[str, ...] = ()
    read_by: tuple[tuple[str, Moment], ...] = ()
    lent_by: tuple[tuple[str, Moment, str], ...] = ()
    """Professionals who opened it together, or would, without the member: who, when, for what reason."""
    member_name: str = ""
    supporter_name: str = ""
    co_supporter_name: str = ""


class CaseName(msgspec.Struct, frozen=True, kw_only=True):
    """Whom somebody looks after, without anything of what was said: to name them, nothing is opened."""

    case: Id
    member: PersonId
    member_name: str = ""


class DeskCaseView(msgspec.Struct, frozen=True, kw_only=True):
    """What the desk of care knows of a case: that it is there, who owns it, whether somebody must be sought."""

    case: Id
    member: PersonId
    opened: Moment
    owner: PersonId | None
    unowned_since: Moment | None
    closed: bool
    flags: tuple[FlagView, ...] = ()
    sought: tuple[tuple[str, str, Moment], ...] = ()
    """(what, whom, when): ladders that were rung and not answered."""
    follow_up: Id | None = None
    """A follow-up that opened by itself and that nobody has taken up yet: there is no case then."""
    member_name: str = ""
    owner_name: str = ""


class WorryView(msgspec.Struct, frozen=True, kw_only=True):
    worry: Id
    about: PersonId
    words: str
    at: Moment
    taken_by: PersonId | None = None
    by: PersonId | None = None
    about_name: str = ""
    by_name: str = ""
    taken_by_name: str = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who could look after a member, with reasons in words and never a figure; or why not."""

    person: PersonId
    fits: bool
    reasons: tuple[str, ...]
    asks_consent: bool = False
    """A former leader: only if the member agrees."""
    name: str = ""


class SupportersView(msgspec.Struct, frozen=True, kw_only=True):
    """`fitting` best first; `excluded` with the rule that excludes; `nobody`: what to do where nobody fits."""

    case: Id
    fitting: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]
    nobody: str = ""


class NumberView(msgspec.Struct, frozen=True):
    """A number to call at once. `source`: where it was read, and on which day."""

    words: str
    number: str
    source: str


class ScreenView(msgspec.Struct, frozen=True, kw_only=True):
    """What a member sees before the first word, kept on the device so that it needs no link.

    `numbers`: whom to call at once; the emergency number where none is sourced.
    """

    readers: tuple[str, ...]
    law: str
    law_words: str
    no_record: bool
    numbers: tuple[NumberView, ...]
    profile: str
    profile_words: str = ""


class CareWaitingView(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in care for whoever looks. `red`: nobody has it, or it is late. `member`: whom to look after."""

    what: str
    words: str
    about: Id
    case: Id | None = None
    due: Moment | None = None
    red: bool = False
    member: PersonId | None = None
    member_name: str = ""


class HeldWordsView(msgspec.Struct, frozen=True, kw_only=True):
    held: Id
    mission: Id
    words: str
    released: str = ""
    mission_name: str = ""


class ToMedicView(msgspec.Struct, frozen=True, kw_only=True):
    """A possible head injury that was passed on to a medic."""

    about: Id
    member: PersonId
    words: str
    at: Moment
    done: bool
    member_name: str = ""


class ExportedCase(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is written of a member, in its order: each letter as JSON, and the same as text to be read."""

    member: PersonId
    at: Moment
    letters: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    member_name: str = ""


class CountsView(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of a closed quarter; `hidden`: how many were left out because somebody could be picked out."""

    quarter: str
    counts: tuple[tuple[str, int], ...]
    hidden: int
