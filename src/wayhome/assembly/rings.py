"""Keys at the door: made with every password, opened by it, held in memory by session, and gone with it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress

from wayhome.assembly.tokens import plain_code
from wayhome.links import passwords
from wayhome.log import care_pairs
from wayhome.log.drawer_store import DrawerStore
from wayhome.log.drawers import Drawers
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.care import LetCarerIn, MakeCareKey, MakeDeskKey
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.rules.care_keys import desk_of, holds, is_carer, is_held
from wayhome.mission.state import CareKey, World
from wayhome.usecases.acting import Acting
from wayhome.usecases.care.ports import Ring
from wayhome.usecases.ports import Change, LogError
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


class Keys:
    """Public keys, as the record has them."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    @property
    def _world(self) -> World:
        return self._acting.standing.world

    def _of(self, person: PersonId) -> CareKey | None:
        found = self._world.people.get(person)
        return found.care_key if found is not None else None

    def public_of(self, person: PersonId) -> bytes | None:
        held = self._of(person)
        return held.public if held is not None else None

    def ever_of(self, person: PersonId) -> frozenset[bytes]:
        held = self._of(person)
        return frozenset(held.ever if held is not None else ())

    def desk_public(self) -> bytes | None:
        desk = desk_of(self._world)
        return desk.public if desk is not None else None

    def all(self) -> set[bytes]:
        """Every public key that there ever was: each has a drawer, used or not."""
        people = [person.care_key for person in self._world.people.values() if person.care_key is not None]
        desks = {desk.public for desk in self._world.organisation.desk_keys}
        return desks | {public for held in people for public in held.ever}


class Rings:
    """The rings of those who are signed in, by session, and the desk's key for the care clock. Thread-safe."""

    def __init__(self, acting: Acting, store: DrawerStore, clock: Callable[[], Moment]) -> None:
        self._acting = acting
        self._store = store
        self._clock = clock
        self._lock = threading.RLock()
        self._held: dict[str, Ring] = {}
        self._lent: dict[PersonId, Ring] = {}
        self._borrowers: dict[str, PersonId] = {}
        self._clock_ring: Ring | None = None
        self.keys = Keys(acting)
        self.box = Drawers(store, self.keys)
        self.make_drawers()
        acting.watch(self._heard)

    def _heard(self, changes: Sequence[Change] | None) -> None:
        """Everything was folded anew: a merge may have brought keys."""
        if changes is None:
            self.make_drawers()

    def make_drawers(self) -> None:
        """Every key has a drawer here, also those that came with a merge; damaged drawers keep nobody out."""
        with suppress(LogError):
            self._store.make(self.keys.all())

    # By session

    def of(self, session: str) -> Ring | None:
        """The ring of a session; None where the password has to be given first."""
        ring = self._held.get(session)
        if ring is None and session in self._borrowers:
            return self.lend(self._borrowers[session])
        return self._with_desk(ring) if ring is not None else None

    def keep(self, sessions: Collection[str]) -> None:
        """Forgets the rings of all other sessions."""
        with self._lock:
            self._held = {session: ring for session, ring in self._held.items() if session in sessions}

    def open(self, person: PersonId, password: str, session: str) -> None:
        """Puts the ring of whoever gave their password in memory, and makes their key where they have none.

        A key that the password does not open was made under one that is lost: another takes its place.
        """
        with self._lock:
            held = self.keys._of(person)
            private = _opened(held, password) if held is not None else None
            if private is None:
                _, private = care_pairs.new_pair()
                self._wrap(person, private, password, ())
            self._put(person, private, session)

    def make(self, person: PersonId, password: str) -> None:
        """A key for somebody whose password was just set, and who is not signed in yet."""
        with self._lock:
            self._wrap(person, care_pairs.new_pair()[1], password, ())

    def lend(self, person: PersonId) -> Ring:
        """A ring without a password: for exercises and tests alone."""
        with self._lock:
            here = (ring for ring in [*self._lent.values(), *self._held.values()] if ring.person == person)
            ring = next((ring for ring in here if ring.public == self.keys.public_of(person)), None)
            if ring is None:
                public, private = care_pairs.new_pair()
                self._state(person, MakeCareKey(member=person, public=public, wrapped=b"", salt=b""))
                ring = Ring(person=person, public=public, private=private)
            self._lent[person] = ring
            return self._with_desk(ring)

    def lend_to(self, session: str, person: PersonId) -> None:
        """From now on a session has its person's ring, made when it is first needed."""
        with self._lock:
            self._borrowers[session] = person

    def _put(self, person: PersonId, private: bytes, session: str) -> None:
        ring = Ring(person=person, public=care_pairs.public_of(private), private=private)
        self._held[session] = self._with_desk(ring)

    # With passwords and codes

    def change(self, person: PersonId, old: str, new: str) -> None:
        """The same pair under another password; stated before the password itself is changed."""
        with self._lock:
            held = self.keys._of(person)
            private = _opened(held, old) if held is not None else None
            if held is not None and private is not None:
                self._wrap(person, private, new, held.recovery)

    def recover(self, person: PersonId, code: str, password: str) -> None:
        """The same pair under a new password, where it lay under the recovery code; that code opens it no more."""
        with self._lock:
            held = self.keys._of(person)
            for wrapped in held.recovery if held is not None else ():
                private = care_pairs.opened_by_code(plain_code(code), wrapped, held.public if held else b"")
                if held is not None and private is not None:
                    self._wrap(person, private, password, tuple(one for one in held.recovery if one != wrapped))
                    return

    def under_codes(self, ring: Ring, codes: Iterable[str]) -> None:
        """The private half under each of the new recovery codes; those before open it no more."""
        with self._lock:
            held = self.keys._of(ring.person)
            if held is None or held.public != ring.public:
                return
            recovery = tuple(care_pairs.under_code(plain_code(code), ring.private, ring.public) for code in codes)
            same = MakeCareKey(
                member=ring.person, public=ring.public, wrapped=held.wrapped, salt=held.salt, recovery=recovery
            )
            self._state(ring.person, same)

    def _wrap(self, person: PersonId, private: bytes, password: str, recovery: tuple[bytes, ...]) -> None:
        salt, public = passwords.new_salt(), care_pairs.public_of(private)
        key = passwords.key_of(password, salt)
        if key is None:
            raise Refused("no password", "that password cannot be used: it is no text")
        wrapped = care_pairs.under(key, private, public)
        intent = MakeCareKey(member=person, public=public, wrapped=wrapped, salt=salt, recovery=recovery)
        self._state(person, intent)

    # The desk of care

    @property
    def clock_ring(self) -> Ring | None:
        """The ring of the care clock, once an admitted carer signed in since the start; it stays when they go."""
        ring = self._clock_ring
        return ring if ring is not None and ring.public == self.keys.desk_public() else None

    def admit(self, ring: Ring, carer: PersonId) -> LetCarerIn:
        """The desk's key for another carer, to be stated by whoever holds the ring."""
        public = self.keys.public_of(carer)
        if ring.desk is None:
            raise Refused("not yours to do", "letting somebody in to the desk of care is for a carer who is in")
        if public is None:
            raise Refused("no key yet", "they have no key for care yet: they have to sign in once")
        return LetCarerIn(carer=carer, box=care_pairs.boxed(ring.desk, public))

    def _with_desk(self, ring: Ring) -> Ring:
        """Puts the keys of desks that its person was given on a ring, or takes them off; makes the first."""
        with self._lock:
            world = self._acting.standing.world
            mine = self._desks_of(ring, world) if is_carer(world, ring.person) else {}
            desk = desk_of(world)
            if not mine and is_carer(world, ring.person) and (desk is None or not is_held(world, desk)):
                mine = self._make_desk(ring)
                desk = desk_of(world)
            current = desk.public if desk is not None else b""
            ring.desk = mine.get(current)
            ring.desks_before = tuple(private for public, private in mine.items() if public != current)
            if ring.desk is not None and (self._clock_ring is None or self._clock_ring.desk != ring.desk):
                self._clock_ring = Ring(person=CLOCK, public=current, private=ring.desk, desk=ring.desk)
        return ring

    def _desks_of(self, ring: Ring, world: World) -> dict[bytes, bytes]:
        found = {}
        for desk in world.organisation.desk_keys:
            if holds(world, desk, ring.person):
                private = care_pairs.unboxed(desk.boxes[ring.person], ring.public, ring.private, desk.public)
                if private is not None:
                    found[desk.public] = private
        return found

    def _make_desk(self, ring: Ring) -> dict[bytes, bytes]:
        public, private = care_pairs.new_pair()
        try:
            self._state(ring.person, MakeDeskKey(public=public, box=care_pairs.boxed(private, ring.public)))
        except Refused:
            return {}  # another carer was quicker
        return {public: private}

    def _state(self, person: PersonId, intent: Intent) -> None:
        zone = self._acting.standing.world.organisation.zone
        self._acting.do(intent, by=person, now=self._clock().at(zone), key=secrets.token_hex(16))
        self.make_drawers()


def _opened(held: CareKey, password: str) -> bytes | None:
    """The private half, under the password as it is or, after a crash, as it was."""
    for wrapped, salt in ((held.wrapped, held.salt), *([held.before] if held.before else ())):
        private = care_pairs.opened(passwords.key_of(password, salt), wrapped, held.public)
        if private is not None:
            return private
    return None
