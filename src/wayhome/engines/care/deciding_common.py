"""What every rule of care uses: who acts and what is known of them, what a decision is, and how one is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import msgspec

from wayhome.engines.care.case import Case, Cases, case_of
from wayhome.engines.care.days import local_day
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.exposure import Contact
from wayhome.engines.care.jurisdiction import jurisdiction_of
from wayhome.engines.care.leaving import Leaves
from wayhome.engines.care.letters import CareFact, Letter
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

    `zone`, `profile`: the organisation's own zone and the name of its jurisdiction, for what is opened now. `opening`:
    the follow-up, for BeginCase. `barred`: every rule by which whoever acts is not to look after the member (`why_not`
    of `supporters`, without the one of consent), and `asks_consent`: they led the member formerly; both for TakeCase.
    """

    by: PersonId
    now: Moment
    key: str
    duties: frozenset[str] = frozenset()
    replica: str = ""
    zone: str = "UTC"
    profile: str = ""
    candidates: Candidates = Candidates()
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
