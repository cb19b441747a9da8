"""A letter box in memory, without noise or seals: a letter is read by whoever holds a key that it was written for."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nacl.bindings import crypto_box_keypair, crypto_scalarmult_base

from wayhome.engines.care.letters import READERS, CaseKeyGiven, Letter
from wayhome.usecases.care.ports import Ring, Sealless
from wayhome.values.ids import Id, PersonId


class FakeDirectory:
    """Public keys of everybody who was given one."""

    def __init__(self) -> None:
        self.people: dict[PersonId, bytes] = {}
        self.desk: bytes | None = None

    def public_of(self, person: PersonId) -> bytes | None:
        return self.people.get(person)

    def desk_public(self) -> bytes | None:
        return self.desk

    def ever_of(self, person: PersonId) -> frozenset[bytes]:
        return frozenset({self.people[person]} if person in self.people else ())


class FakeLetterBox:
    """Letters beside the keys that open them: public halves, and the keys of cases."""

    def __init__(self, directory: FakeDirectory | None = None) -> None:
        self.directory = directory or FakeDirectory()
        self.letters: dict[Id, tuple[Letter, frozenset[bytes]]] = {}

    def new_ring(self, person: PersonId, *, desk: Ring | bool = False) -> Ring:
        """A ring for somebody, known in the directory. `desk`: True makes the desk's key, a ring lends its own."""
        public, private = crypto_box_keypair()
        self.directory.people[person] = public
        ring = Ring(person=person, public=public, private=private)
        if isinstance(desk, Ring):
            ring.desk = desk.desk
        elif desk:
            self.directory.desk, ring.desk = crypto_box_keypair()
        return ring

    def clock_ring(self, desk: Ring, person: PersonId) -> Ring:
        """The ring of the care clock: its own keys are those of the desk."""
        assert desk.desk is not None
        return Ring(person=person, public=crypto_scalarmult_base(desk.desk), private=desk.desk, desk=desk.desk)

    def read(self, ring: Ring) -> list[Letter]:
        while True:
            keys = _keys(ring)
            found = [letter for letter, readers in self.letters.values() if readers & keys]
            if not _take_keys(ring, found):
                return sorted(found, key=lambda letter: (letter.at, letter.id))

    def write(self, ring: Ring, letters: Sequence[Letter]) -> None:
        _take_keys(ring, letters)
        sealed = {letter.id: (letter, self._readers(ring, letter)) for letter in letters}
        for id, held in sealed.items():
            self.letters.setdefault(id, held)

    def _readers(self, ring: Ring, letter: Letter) -> frozenset[bytes]:
        kind = READERS[type(letter.fact)]
        readers = {ring.public}
        if "case" in kind:
            if not ring.cases.get(letter.case):
                raise Sealless("whoever writes does not hold the key of this case")
            readers.add(ring.cases[letter.case][-1])
        desk = self.directory.desk_public()
        if "desk" in kind and desk is not None:
            readers.add(desk)
        elif kind == "desk" and not letter.to:
            raise Sealless("there is no desk of care yet: no carer has come in")
        for person in letter.to:
            public = self.directory.public_of(person)
            if public is None:
                raise Sealless("one of those it is for has no key yet: they have never set a password")
            readers.add(public)
        return frozenset(readers)

    def destroy(self, ring: Ring, ids: Collection[Id]) -> int:
        wanted = {letter.id for letter in self.read(ring)} & set(ids)
        for id in wanted:
            del self.letters[id]
        return len(wanted)


def _keys(ring: Ring) -> set[bytes]:
    cases = {key for keys in ring.cases.values() for key in keys}
    return {ring.public, *cases, *([crypto_scalarmult_base(ring.desk)] if ring.desk else [])}


def _take_keys(ring: Ring, letters: Sequence[Letter]) -> bool:
    """Puts keys of cases that are given in letters on the ring, oldest first; whether any was new."""
    given = sorted(
        (letter.fact.number, letter.at, letter.id, letter.case, letter.fact.key)
        for letter in letters
        if isinstance(letter.fact, CaseKeyGiven)
    )
    fresh = [(case, key) for _, _, _, case, key in given if key not in ring.cases.get(case, [])]
    for case, key in fresh:
        ring.cases.setdefault(case, []).append(key)
    return bool(fresh)
