"""Who could look after somebody: proposed with reasons in words, and why others are left out. Never a figure.

What is put in must be what whoever asks may see: a mission they are not read in to is left out of it, for them. Where
that hides that somebody should rather not (they carry something themselves), `why_not` is asked again as the supporter
takes the case, with what *they* may see of themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Literal

import msgspec

from wayhome.engines.care.errors import CareError
from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.engines.care.shapes import Candidate
from wayhome.engines.care.table import KINDS, OPENS_AT
from wayhome.values.ids import Id, PersonId

MOST_OPEN_CASES = 3
OWN_EXPOSURE_DAYS = 28
"""From three open cases on nobody gets another; nor within 28 days of something heavy. Own design values."""
MOST_CANDIDATES = 20_000

Near = Literal["team", "organisation", "neighbour"]
NEAR: dict[Near, str] = {
    "team": "is of the same team",
    "organisation": "is close by",
    "neighbour": "is of a neighbouring team",
}
"""How near somebody is, nearest first, in the words of the reason."""


class Lived(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody went through: on which mission, when, what kinds (of `table.KINDS`), and how it has gone since.

    `well_since`: they say, or those who look after them do, that they handled it well; None: nobody said, which counts
    for nothing either way.
    """

    mission: str
    day: date
    kinds: tuple[str, ...] = ()
    well_since: bool | None = None

    def __post_init__(self) -> None:
        for kind in self.kinds:
            if kind not in KINDS:
                raise CareError(f"exposure {kind!r} is not known; use one of {', '.join(KINDS)}")

    @property
    def heavy(self) -> bool:
        """Whether it opens a follow-up by itself."""
        return sum(KINDS[kind].points for kind in set(self.kinds)) >= OPENS_AT


class Supporter(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who might look after others, as far as whoever asks may see. `looks_after`: whose open cases they own.

    `missions`: every mission they were on, whatever they met there. `gender` only where they stated one themselves.
    """

    person: PersonId
    near: Near = "team"
    languages: frozenset[str] = frozenset()
    gender: str = ""
    trained: bool = False
    here: bool = True
    missions: frozenset[str] = frozenset()
    lived: tuple[Lived, ...] = ()
    open_cases: int = 0
    looks_after: frozenset[PersonId] = frozenset()

    def __post_init__(self) -> None:
        if self.near not in NEAR:
            raise CareError(f"{self.person}: {self.near!r} is not known; use one of {', '.join(NEAR)}")
        if self.open_cases < 0:
            raise CareError(f"{self.person}: {self.open_cases} open cases is not a count: give a whole number from 0")


class Sought(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a supporter is sought. `missions`, `kinds`: what the case came of.

    `command`: who commands them now, all the way up. `led`: who led them formerly. `agreed`: former leaders they agreed
    to. `close`: kin and partners, now or formerly, and whoever declared to be close. `trusts`: who steadies them, as
    stated. `vetoes`: whom they will not have. `wish`: whom they asked for. `looks_after`: whom they support themselves.
    """

    member: PersonId
    case: Id
    missions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    command: frozenset[PersonId] = frozenset()
    led: frozenset[PersonId] = frozenset()
    agreed: frozenset[PersonId] = frozenset()
    close: frozenset[PersonId] = frozenset()
    trusts: frozenset[PersonId] = frozenset()
    vetoes: frozenset[PersonId] = frozenset()
    wish: PersonId | None = None
    gender_wish: str = ""
    looks_after: frozenset[PersonId] = frozenset()


class Proposal(msgspec.Struct, frozen=True):
    """`fitting` best first; `excluded` with the rule that leaves them out; `nobody`: what to do where nobody fits."""

    fitting: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]
    nobody: str = ""


NEIGHBOURS_ONLY = "Nobody near fits: these are of a neighbouring team. Ask one of them, with the member's agreement."
UNOWNED = (
    "Nobody fits. The case is unowned and stays red until somebody takes it: ask a neighbouring team or a professional "
    "outside, or lighten the load of somebody who carries too much now."
)
ASKS_CONSENT = "led them formerly: only if the member agrees to it"


def propose(sought: Sought, people: Sequence[Supporter], law: Jurisdiction, today: date) -> Proposal:
    """Who could look after `sought`, best first. The same people in any order give the same answer.

    Raises CareError where somebody is listed twice, or too many are.
    """
    if len(people) > MOST_CANDIDATES:
        raise CareError(f"{len(people)} people are too many at once: ask for at most {MOST_CANDIDATES}")
    known: dict[PersonId, Supporter] = {}
    for one in people:
        if one.person in known:
            raise CareError(f"{one.person!r} is listed twice: put what is known of them in one place")
        known[one.person] = one
    fitting, excluded = [], []
    for person in sorted(known.values(), key=lambda one: _order(sought, one)):
        against = why_not(person, sought, law, today)
        if against:
            asks = _only_consent_is_missing(person, sought, law, today)
            excluded.append(Candidate(person=person.person, fits=False, reasons=against, asks_consent=asks))
        else:
            fitting.append(Candidate(person=person.person, fits=True, reasons=_reasons(sought, person)))
    return Proposal(tuple(fitting), tuple(excluded), _nobody([known[one.person] for one in fitting]))


def why_not(person: Supporter, sought: Sought, law: Jurisdiction, today: date) -> tuple[str, ...]:
    """Every rule by which somebody is not to look after this member; () where none stands against it."""
    return tuple(words for applies, words in _rules(person, sought, law, today) if applies)


def _rules(person: Supporter, sought: Sought, law: Jurisdiction, today: date) -> tuple[tuple[bool, str], ...]:
    who = person.person
    return (
        (who == sought.member, "nobody looks after themselves"),
        (who in sought.vetoes, "the member asked for somebody else"),
        (who in sought.command, "is in their present command line"),
        (who in sought.close, "is kin to them, or close"),
        (
            law.same_mission_excluded and bool(person.missions & sought.missions),
            f"was on the same mission, which the law of {law.words} keeps apart",
        ),
        (who in sought.looks_after, "is looked after by this member: the two would look after each other"),
        (law.trained_only and not person.trained, "is not trained as a supporter, which is asked for here"),
        (
            bool(sought.gender_wish) and not _same(person.gender, sought.gender_wish),
            "is not whom the member wished for",
        ),
        (not person.here, "is away, on leave or resting"),
        (_others(person, sought) >= MOST_OPEN_CASES, "looks after as many as one person should"),
        (carries_much(person.lived, today), "went through something heavy themselves a short while ago"),
        (who in sought.led and who not in sought.agreed and who not in sought.command, ASKS_CONSENT),
    )


def _others(person: Supporter, sought: Sought) -> int:
    """Their open cases besides this one, so that whoever has it already is not too busy for it."""
    return person.open_cases - (sought.member in person.looks_after)


def carries_much(lived: Sequence[Lived], today: date) -> bool:
    """Whether somebody went through something heavy themselves in the last 28 days."""
    return any(one.heavy and 0 <= (today - one.day).days < OWN_EXPOSURE_DAYS for one in lived)


def _only_consent_is_missing(person: Supporter, sought: Sought, law: Jurisdiction, today: date) -> bool:
    return why_not(person, sought, law, today) == (ASKS_CONSENT,)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _order(sought: Sought, person: Supporter) -> tuple[object, ...]:
    """Wish, nearness, a common language, trust, like experience, load; last a draw by the case, so that it is not
    always the same who comes first."""
    draw = hashlib.blake2b(f"{sought.case}\x1f{person.person}".encode(), digest_size=8, person=b"wayhome-sp").digest()
    return (
        person.person != sought.wish,
        tuple(NEAR).index(person.near),
        _no_common_language(sought, person),
        person.person not in sought.trusts,
        not _handled_the_like(sought, person),
        person.open_cases,
        draw,
        person.person,
    )


def _handled_the_like(sought: Sought, person: Supporter) -> bool:
    """Like experience on another mission, handled well since. The same mission is another matter."""
    return any(one.well_since and set(one.kinds) & sought.kinds and one.mission not in sought.missions
               for one in person.lived)  # fmt: skip


def _no_common_language(sought: Sought, person: Supporter) -> bool:
    return bool(sought.languages and person.languages and not sought.languages & person.languages)


def _reasons(sought: Sought, person: Supporter) -> tuple[str, ...]:
    """Why they fit, in words. What somebody went through is never named: that would be theirs to tell."""
    said = (
        (person.person == sought.wish, "the member asked for them"),
        (person.person in sought.trusts, "the member trusts them, as was stated"),
        (_handled_the_like(sought, person), "knows something like it from another time, and has handled it well since"),
        (bool(person.missions & sought.missions), "was on the same mission: a shared history can help or hurt"),
        (person.person in sought.led & sought.agreed, "led them formerly, and the member agrees"),
        (bool(sought.languages & person.languages), f"speaks {_listed(sought.languages & person.languages)} with them"),
        (_no_common_language(sought, person), "no language in common is known"),
        (True, NEAR[person.near]),
        (_others(person, sought) == 0, "looks after nobody else at present"),
        (_others(person, sought) == 1, "looks after one other person"),
        (_others(person, sought) > 1, "looks after others already, and has room for one more"),
    )
    return tuple(words for holds, words in said if holds)


def _listed(words: frozenset[str]) -> str:
    return " and ".join(sorted(words))


def _nobody(fitting: list[Supporter]) -> str:
    if not fitting:
        return UNOWNED
    return NEIGHBOURS_ONLY if all(one.near == "neighbour" for one in fitting) else ""
