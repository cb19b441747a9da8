"""Carrying out what was decided in care: keys are made and given, letters written, and last what leaves is stated.

In this order nothing is lost when the process dies between: what leaves is stated under keys of its own, so that the
same statement repeated states what is missing and changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from wayhome.engines.care import leaving
from wayhome.engines.care.deciding import CareAct, CareDecision, NewKey
from wayhome.engines.care.letters import READERS, CaseKeyGiven, KeyShareGiven, Letter
from wayhome.engines.care.sharing import split
from wayhome.mission.intents import care as i
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Act, Refused, decide
from wayhome.mission.state import World
from wayhome.usecases.acting import Acting
from wayhome.usecases.care.keys import LEAST_SHARES
from wayhome.usecases.care.means import Means
from wayhome.usecases.care.ports import Ring
from wayhome.values.ids import PersonId

KEY_BYTES = 32

NO_DESK = (
    "no desk of care is there yet: nobody is told by Wayhome itself. Call somebody, and ask for a carer to sign in once"
)


class Carrier:
    """Carries decisions out for whoever acts."""

    def __init__(self, acting: Acting, means: Means, ring: Ring) -> None:
        self._acting = acting
        self._means = means
        self._ring = ring

    def check(self, decision: CareDecision, act: CareAct) -> None:
        """Refuses, before anything is written, what the record would not take."""
        world = self._acting.standing.world
        for leaf, intent in self._stated(decision):
            _must_be_taken(intent, world, Act(_by(leaf), act.now, leaf.key, act.replica))

    def write(self, decision: CareDecision, act: CareAct) -> tuple[str, ...]:
        """Makes keys and writes letters, all or none; destroys. Gives what whoever acted should know besides."""
        given = [letter for key in decision.new_case_keys for letter in self._keys(key, act)]
        sealable, tells = self._sealable(decision.letters)
        self._means.box.write(self._ring, [*given, *sealable])
        if decision.destroys:
            self._means.box.destroy(self._ring, decision.destroys)
        return tells

    def leave(self, decision: CareDecision, act: CareAct) -> None:
        """States what leaves care, each under its own key."""
        for leaf, intent in self._stated(decision):
            self._acting.do(intent, by=_by(leaf), now=act.now, key=leaf.key)

    def _keys(self, new: NewKey, act: CareAct) -> Iterator[Letter]:
        """A fresh key for a case, to those who have a key of their own; and in shares to the named professionals."""
        key = self._means.chance(KEY_BYTES)
        to = tuple(person for person in new.to if self._has_key(person))
        yield Letter(
            id=act.id("case key", new.case, str(new.number)),
            case=new.case,
            member=new.member,
            by=act.by,
            at=act.now,
            fact=CaseKeyGiven(key=key, number=new.number),
            to=to,
        )
        named = [person for person in act.candidates.professionals if person != new.member and self._has_key(person)]
        if len(named) >= LEAST_SHARES:
            shares = split(key, len(named), self._means.chance(KEY_BYTES))
            for person, share in zip(named, shares, strict=True):
                yield Letter(
                    id=act.id("share", new.case, str(new.number), person),
                    case=new.case,
                    member=new.member,
                    by=act.by,
                    at=act.now,
                    fact=KeyShareGiven(share=share, of=len(named), number=new.number),
                    to=(person,),
                )

    def _has_key(self, person: PersonId) -> bool:
        return self._means.directory.public_of(person) is not None

    def _sealable(self, letters: Sequence[Letter]) -> tuple[list[Letter], tuple[str, ...]]:
        """The letters as they can be sealed: to those who have a key. Refuses one that would reach nobody."""
        found, tells = [], []
        for letter in letters:
            to = tuple(person for person in letter.to if self._has_key(person))
            kind = READERS[type(letter.fact)]
            if kind == "named" and letter.to and not to:
                raise Refused("no key yet", "whoever this is for has never signed in, and could not read it: call them")
            if kind == "desk" and self._means.directory.desk_public() is None:
                if not letter.to:
                    raise Refused("no desk of care", NO_DESK)
                tells.append(NO_DESK)
                continue
            found.append(msgspec.structs.replace(letter, to=to))
        return found, tuple(dict.fromkeys(tells))

    def _stated(self, decision: CareDecision) -> Iterator[tuple[leaving.Leaves, Intent]]:
        for leaf in decision.leaves:
            yield leaf, self._intent(leaf)

    def _intent(self, leaf: leaving.Leaves) -> Intent:
        match leaf:
            case leaving.HoldToLimit():
                return i.HoldToLimit(
                    member=leaf.member, words=leaf.words, until=leaf.until, partner=leaf.partner, limit=leaf.limit
                )
            case leaving.EndLimit():
                return i.EndLimit(limit=leaf.limit, member=leaf.member)
            case leaving.TickContact():
                return i.TickContact(member=leaf.member, on=leaf.on)
            case leaving.RequestForCare():
                return i.RequestForCare(member=leaf.member, owner=leaf.owner, words=leaf.words)
            case leaving.CountVisit():
                return i.CountVisit(member=leaf.member, minutes=leaf.minutes, on=leaf.on)
            case leaving.GiveWords():
                return i.GiveWords(mission=leaf.mission, words=leaf.words)
            case leaving.NoteCareErased():
                return i.NoteCareErased(member=leaf.member, on=leaf.on)
            case leaving.LetCarerIn():
                return self._means.let_in(self._ring, leaf.carer)


def _by(leaf: leaving.Leaves) -> PersonId:
    return leaf.by if isinstance(leaf, leaving.EndLimit) else leaf.member


def _must_be_taken(intent: Intent, world: World, act: Act) -> None:
    decide(intent, world, act)
