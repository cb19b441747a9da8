"""The key of a case for whoever should have it and could not be given it: they had no key of their own, or lost it.

Whoever holds the key of the case gives it to them, by themselves and unseen, the next time that they open care.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress

from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.letters import CaseKeyGiven, Letter
from wayhome.engines.care.sharing import BadShares, join
from wayhome.usecases.care.ports import Directory, Ring
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

LEAST_SHARES = 2
"""Any two of the named professionals open a case together; with fewer there is nothing to share."""


def given_again(
    letters: Sequence[Letter], known: Cases, ring: Ring, directory: Directory, now: Moment
) -> Iterator[Letter]:
    """The letters by which those get the keys of cases who lack them, each once for each key of their own."""
    seen = {letter.id for letter in letters}
    keys = [letter for letter in letters if isinstance(letter.fact, CaseKeyGiven)]
    for letter in keys:
        case = known.cases.get(letter.case)
        for person in _owed(case, letter, ring.person) if case is not None else ():
            public = directory.public_of(person)
            if public is None or _has(person, letter, keys, directory):
                continue
            again = _again(letter, person, public, ring, now)
            if again.id not in seen:
                seen.add(again.id)
                yield again


def joined(known: Cases, ring: Ring) -> bool:
    """Puts keys on the ring that named professionals opened together, this one among them; whether any was new."""
    found = False
    for case in known.cases.values():
        lenders = {one.by for one in case.lent}
        if ring.person not in lenders or len(lenders) < LEAST_SHARES:
            continue
        for held in case.shares.values():
            with suppress(BadShares):
                key = join([share for person, share in sorted(held.items()) if person in lenders])
                if key not in ring.cases.get(case.id, []):
                    ring.cases.setdefault(case.id, []).append(key)
                    found = True
    return found


def _owed(case: Case, letter: Letter, giver: PersonId) -> list[PersonId]:
    """Whom somebody gives a key to. Whoever came later does not get what was written before they came."""
    inside = giver == case.member or giver in case.taken
    supporters = [one for one in case.taken.values() if inside and one.at.ms <= letter.at.ms]
    member = [case.member] if inside or letter.by == giver else []
    return [person for person in (*member, *(one.supporter for one in supporters)) if person != giver]


def _has(person: PersonId, letter: Letter, keys: Sequence[Letter], directory: Directory) -> bool:
    """Whether they were given this key, and still have the key of their own that it was sealed to."""
    given = any(person in (one.by, *one.to) for one in keys if _key(one) == _key(letter))
    return given and len(directory.ever_of(person)) <= 1


def _key(letter: Letter) -> tuple[Id, bytes]:
    return letter.case, letter.fact.key if isinstance(letter.fact, CaseKeyGiven) else b""


def _again(letter: Letter, person: PersonId, public: bytes, ring: Ring, now: Moment) -> Letter:
    """To those it was given to before as well, so that it stays known who holds the key."""
    assert isinstance(letter.fact, CaseKeyGiven)
    return Letter(
        id=derive(letter.case, "key again", letter.fact.key.hex(), person, public.hex()),
        case=letter.case,
        member=letter.member,
        by=ring.person,
        at=now,
        fact=letter.fact,
        to=tuple(dict.fromkeys((*letter.to, letter.by, person))) if letter.by != ring.person else (*letter.to, person),
    )
