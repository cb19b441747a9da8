"""What every rule of care uses: who acts and what is known of them, what a decision is, and how one is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import TypeVar

import msgspec

from wayhome.engines.care.case import Case, Cases, case_of
from wayhome.engines.care.dates import OwnDate
from wayhome.engines.care.days import local_day
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.exposure import Contact
from wayhome.engines.care.jurisdiction import CrisisNumber, jurisdiction_of
from wayhome.engines.care.leaving import Leaves
from wayhome.engines.care.letters import Letter
from wayhome.engines.care.stated import CareIntent
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

MOST_WORDS = 4_000


class Candidates(msgspec.Struct, frozen=True, kw_only=True):
    """Who can be sought: admitted carers and named professionals, each in the order in which they are, and medics."""

    carers: tuple[PersonId, ...] = ()
    professionals: tuple[PersonId, ...] = ()
    medics: frozenset[PersonId] = frozenset()


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """What the record says of a follow-up that a carer takes up. `origin`: exposure, told, offered."""

    origin: str = "exposure"
    reasons: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()


class CareAct(msgspec.Struct, frozen=True, kw_only=True):
    """Who states something in care, when, by which key (of which every new id is made), and on which replica.

    `zone`, `profile`, `numbers`: the organisation's own zone, the name of its jurisdiction and its own crisis numbers.
    `opening`: the follow-up, for BeginCase. `barred`: every rule by which whoever acts is not to look after the member
    (`why_not` of `supporters`, without the one of consent), and `asks_consent`: they led the member formerly; both for
    TakeCase.
    `desk`: whether there is a desk of care, which begins with the first carer who comes in. `own_dates`: the days that
    weigh on whoever acts, as they shared them, for the contacts of their own case.
    """

    by: PersonId
    now: Moment
    key: str
    duties: frozenset[str] = frozenset()
    replica: str = ""
    zone: str = "UTC"
    profile: str = ""
    numbers: tuple[CrisisNumber, ...] = ()
    candidates: Candidates = Candidates()
    desk: bool = True
    own_dates: tuple[OwnDate, ...] = ()
    opening: Opening | None = None
    barred: tuple[str, ...] = ()
    asks_consent: bool = False

    def id(self, *purpose: str) -> Id:
        return derive(self.key, *purpose)


class NewKey(msgspec.Struct, frozen=True):
    """A key that a case needs from now on, given to `to` in a CaseKeyGiven of this number, before the other letters.

    Whoever `to` has no key of their own yet is left out by whoever carries it out.
    """

    case: Id
    member: PersonId
    number: int
    to: tuple[PersonId, ...]


class CareDecision(msgspec.Struct, frozen=True, kw_only=True):
    """What a statement brings about.

    `leaves`: what has to be stated to the record after the letters are written. `destroys`: letters to be destroyed.
    `made`: the id of what came into being. `tells`: words for whoever acted.
    """

    letters: tuple[Letter, ...] = ()
    leaves: tuple[Leaves, ...] = ()
    made: str = ""
    tells: tuple[str, ...] = ()
    destroys: tuple[Id, ...] = ()
    new_case_keys: tuple[NewKey, ...] = ()


class CareRefused(Exception):
    """Something that may not be: what is wrong, and what to do. `code` stays the same, `text` is for people."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


Stated = TypeVar("Stated", bound=CareIntent)
CareRule = Callable[[Stated, Cases, CareAct], CareDecision]
CARE_RULES: dict[type[CareIntent], Callable[..., CareDecision]] = {}


def decides(kind: type[Stated]) -> Callable[[CareRule[Stated]], CareRule[Stated]]:
    """Registers the one function that decides a statement of this kind."""

    def register(rule: CareRule[Stated]) -> CareRule[Stated]:
        CARE_RULES[kind] = rule
        return rule

    return register


NO_SUCH_CASE = "there is no such case that you look after: `wayhome care` lists those you do"
NOT_THERE_YET = "nothing is open for you in care: `wayhome care check-in` opens it, whenever you like"


def own_case(known: Cases, act: CareAct, named: Id | None = None) -> Case:
    """One's own case, empty where nothing was opened. Refuses the name of anybody else's, there or not."""
    if named is not None and named != case_of(act.by):
        raise CareRefused("not yours to do", "that is for the member whose case it is, and for nobody else")
    return known.of(act.by) or Case(case_of(act.by), act.by)


def own_opened(known: Cases, act: CareAct, named: Id | None = None) -> Case:
    """One's own case, which was opened."""
    case = own_case(known, act, named)
    if case.opened is None:
        raise CareRefused("nothing open", NOT_THERE_YET)
    return case


def looked_after(known: Cases, act: CareAct, case: Id | None) -> Case:
    """A case of somebody whom the one who acts looks after. Others' and absent ones are refused in the same words."""
    found = known.cases.get(case) if case is not None else None
    if found is None or act.by not in found.taken:
        raise CareRefused("no such case", NO_SUCH_CASE)
    return found


def either(known: Cases, act: CareAct, named: Id | None) -> Case:
    """One's own case, or one of somebody one looks after."""
    if named is None or named == case_of(act.by):
        return own_case(known, act, named)
    return looked_after(known, act, named)


def at_the_desk(act: CareAct, what: str) -> None:
    """Refuses whoever is not at the desk of care."""
    if act.by not in act.candidates.carers:
        raise CareRefused("not yours to do", f"{what} is for carers who were let in to the desk of care")


def words(given: str, what: str, *, most: int = MOST_WORDS, empty: bool = False) -> str:
    """The words without surrounding blanks. Refuses too many, none where some are needed, and unprintable ones."""
    plain = given.strip()
    if not plain and not empty:
        raise CareRefused("no words", f"{what} is empty: say it in a few words")
    if len(plain) > most:
        raise CareRefused(
            "too many words", f"{what} has {len(plain):,} letters: keep it under {most:,}, or say it in two"
        )
    if any(ord(one) < 32 and one not in "\n\t" for one in plain):
        raise CareRefused("unreadable", f"{what} has letters in it that cannot be shown: type it anew")
    return plain


def no_record(case: Case, act: CareAct) -> bool:
    """Whether nothing may be kept but that contact took place: by the law that holds now, or held at the opening."""
    return _no_record(act.profile) or (case.opened is not None and bool(case.profile) and _no_record(case.profile))


@lru_cache(maxsize=64)
def _no_record(profile: str) -> bool:
    return jurisdiction_of(profile).no_record


def unkept(case: Case, act: CareAct, given: str, what: str) -> None:
    """Refuses words where none may be kept, so that nobody thinks they were."""
    if given.strip() and no_record(case, act):
        raise CareRefused(
            "no record",
            f"{what} cannot be kept: the law here allows only that contact took place, and the next date. "
            "Leave the words out, and say them to each other",
        )


def zone_of(case: Case, act: CareAct) -> str:
    return case.zone or act.zone


def today(case: Case, act: CareAct) -> date:
    """Which day it is where the member lives."""
    try:
        return local_day(act.now, zone_of(case, act))
    except CareError as error:
        raise CareRefused("no such zone", str(error)) from error


@contextmanager
def refusing(code: str) -> Iterator[None]:
    """What the care engine finds wrong, as a refusal."""
    try:
        yield
    except CareError as error:
        raise CareRefused(code, str(error)) from error
