"""The box of letters over the drawers: sealed to each reader, cut into cells, found again by whoever holds a key.

See `wayhome.usecases.care.ports.LetterBox`. What a ring opened is kept in memory for as long as the ring is.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

import msgspec
from nacl.bindings import crypto_scalarmult_base

from wayhome.engines.care.letters import READERS, CaseKeyGiven, Letter
from wayhome.log import cells
from wayhome.log.cells import PIECE_BYTES, SLOTS, Holder, Opener
from wayhome.log.cupboard import Place
from wayhome.log.drawer_file import MOST_AT_ONCE
from wayhome.log.drawer_store import DrawerStore
from wayhome.mission.rules.common import CLOCK
from wayhome.usecases.care.ports import Directory, Ring, Sealless
from wayhome.usecases.ports import LogError
from wayhome.values.ids import Id, PersonId, ReplicaId

MOST_BYTES = 16_384
"""Of one letter: some five pages."""
_NAME_BYTES = 16
_NUMBER_BYTES = 2
_HEAD_BYTES = _NAME_BYTES + 3 * _NUMBER_BYTES
_ROOM = PIECE_BYTES - _HEAD_BYTES
_CHANCE = random.SystemRandom()


class _Piece(msgspec.Struct, frozen=True):
    """One cell's share of a letter: of which copy, its place among how many."""

    copy: bytes
    at: int
    of: int
    body: bytes


class _Look(msgspec.Struct):
    """What came of trying a cell: the piece, or how many of the ring's keys it was tried with in vain."""

    tried: int = 0
    piece: _Piece | None = None


class _Known:
    """What a ring has worked out so far."""

    def __init__(self) -> None:
        self.holders: list[Holder] = []
        self.openers: dict[tuple[int, bytes], Opener | None] = {}
        self.looks: dict[tuple[ReplicaId, bytes], dict[bytes, _Look]] = {}
        self.through: dict[tuple[ReplicaId, bytes], _LookedThrough] = {}
        """By drawer, what was found in it."""

    def hold(self, ring: Ring) -> None:
        """Keys that came to the ring since; the first is always its own. Where one went, all is looked at anew."""
        desks = [*([ring.desk] if ring.desk else []), *ring.desks_before]
        pairs = [Holder(public=crypto_scalarmult_base(desk), private=desk) for desk in desks]
        cases = [Holder(case=key) for keys in ring.cases.values() for key in keys]
        held = [Holder(public=ring.public, private=ring.private), *pairs, *cases]
        if not set(self.holders) <= set(held):
            self.holders, self.openers, self.looks, self.through = [], {}, {}, {}
        self.holders += [holder for holder in dict.fromkeys(held) if holder not in self.holders]

    def opener(self, number: int, drawer: bytes) -> Opener | None:
        if (number, drawer) not in self.openers:
            secret = cells.shared_with(self.holders[number], drawer)
            self.openers[number, drawer] = Opener(secret, drawer) if secret else None
        return self.openers[number, drawer]

    def look(self, look: _Look, cell: bytes, drawer: bytes) -> _Piece | None:
        while look.piece is None and look.tried < len(self.holders):
            opener = self.opener(look.tried, drawer)
            plain = opener.opened(cell) if opener else None
            look.piece = _piece(plain) if plain else None
            look.tried += 1
        return look.piece


class _Found(msgspec.Struct, frozen=True):
    """A letter, and the cells it lies in."""

    letter: Letter
    drawer: bytes
    places: tuple[Place, ...]


class _LookedThrough(msgspec.Struct, frozen=True):
    """What a ring found in a drawer: the cells as they were, with how many keys, the letters, and what is in use."""

    cells: list[bytes]
    keys: int
    found: tuple[_Found, ...]
    used: frozenset[Place]


class Drawers:
    """Letters in drawers. Thread-safe."""

    def __init__(self, store: DrawerStore, directory: Directory) -> None:
        self._store = store
        self._directory = directory
        self._known: WeakKeyDictionary[Ring, _Known] = WeakKeyDictionary()

    def read(self, ring: Ring) -> list[Letter]:
        with self._store.lock:
            letters: dict[Id, Letter] = {}
            for found in sorted(self._whole(ring), key=lambda one: (one.letter.at.ms, one.letter.id)):
                letters.setdefault(found.letter.id, found.letter)
        return list(letters.values())

    def write(self, ring: Ring, letters: Sequence[Letter]) -> None:
        with self._store.lock:
            before = {case: list(keys) for case, keys in ring.cases.items()}
            try:
                self._write(ring, letters)
            except (LogError, Sealless):
                ring.cases = before  # a key that nobody else got must seal nothing
                raise

    def _write(self, ring: Ring, letters: Sequence[Letter]) -> None:
        for letter in letters:
            _give(ring, letter)
        held = {found.letter.id for found in self._whole(ring)}
        fresh = {letter.id: letter for letter in letters if letter.id not in held}
        made = [cell for letter in fresh.values() for cell in self._sealed(ring, letter)]
        if len(made) > MOST_AT_ONCE:
            raise LogError("this is too much for one letter of care: say it in several")
        if made:
            self._store.make([ring.public])
            self._store.put(list(zip(self._room(ring, len(made)), made, strict=True)))

    def destroy(self, ring: Ring, ids: Collection[Id]) -> int:
        with self._store.lock:
            found = [one for one in self._whole(ring) if one.letter.id in ids]
            self._store.erase([place for one in found for place in one.places])
        return len({one.letter.id for one in found})

    # Reading

    def _whole(self, ring: Ring) -> list[_Found]:
        """Every letter that the ring opens; what is found of keys may open more."""
        while True:
            found = self._opened(ring)
            fresh = _keys_given(ring, [one.letter for one in found])
            if not fresh:
                return found

    def _opened(self, ring: Ring) -> list[_Found]:
        """Drawers in which nothing changed, and for which no key came to the ring, are not looked through again."""
        by_whom: dict[PersonId, frozenset[bytes]] = {}
        letters = [one for through in self._through(ring) for one in through.found]
        for author in {one.letter.by for one in letters} - {CLOCK}:
            by_whom[author] = self._directory.ever_of(author)
        return [one for one in letters if one.drawer in (by_whom.get(one.letter.by) or (one.drawer,))]

    def _through(self, ring: Ring) -> Iterable[_LookedThrough]:
        known = self._known.setdefault(ring, _Known())
        known.hold(ring)
        before, known.through = known.through, {}
        for replica, drawer, held in self._store.drawers():
            through = before.get((replica, drawer))
            if through is None or through.cells is not held or through.keys != len(known.holders):
                through = _looked_through(known, replica, drawer, held)
            known.through[replica, drawer] = through
        return known.through.values()

    # Writing

    def _sealed(self, ring: Ring, letter: Letter) -> Iterator[bytes]:
        """The cells of a letter: as many copies as its readers need slots."""
        body = msgspec.msgpack.encode(letter)
        if len(body) > MOST_BYTES:
            raise LogError(f"this letter is too long: {len(body):,} bytes, and {MOST_BYTES:,} fit. Say it in several")
        whole, others = self._readers(ring, letter)
        each = SLOTS - len(whole)
        for first in range(0, max(1, len(others)), each):
            copy = secrets.token_bytes(_NAME_BYTES)
            of = -(-len(body) // _ROOM)
            for at in range(of):
                piece = _written(_Piece(copy, at, of, body[at * _ROOM : (at + 1) * _ROOM]))
                yield cells.sealed(piece, ring.public, [*whole, *others[first : first + each]])

    def _readers(self, ring: Ring, letter: Letter) -> tuple[list[bytes], list[bytes]]:
        """What whoever writes shares with each reader: with those who read, and erase, every copy, and the others.

        Raises Sealless.
        """
        kind, desk = READERS[type(letter.fact)], self._directory.desk_public()
        publics = [ring.public]
        if "desk" in kind and desk is not None:
            publics.append(desk)
        elif kind == "desk" and not letter.to:
            raise Sealless("there is no desk of care yet: no carer has signed in since this record began")
        for person in letter.to:
            public = self._directory.public_of(person)
            if public is None:
                raise Sealless("somebody this is for has no key for care yet: they have to sign in once")
            publics.append(public)
        found = [cells.shared(ring.private, public) for public in dict.fromkeys(publics)]
        if None in found:
            raise Sealless("the key of somebody this is for is none: they have to set their password anew")
        case = ring.cases.get(letter.case, [])[-1:] if "case" in kind else []
        if "case" in kind and not case:
            raise Sealless("whoever writes does not hold the key of this case")
        own, *others = [secret for secret in found if secret]
        return [own, *case], others

    def _room(self, ring: Ring, wanted: int) -> list[Place]:
        """Cells of one's own drawer that nothing of one's own lies in, by chance; all grow where there are too few."""
        used = {place for through in self._through(ring) for place in through.used}
        while True:
            own, drawer = self._store.own, ring.public
            places = [Place(own, drawer, at) for at in range(self._store.size)]
            free = [place for place in places if place not in used]
            if len(free) >= wanted:
                return _CHANCE.sample(free, wanted)
            self._store.grow()


def _looked_through(known: _Known, replica: ReplicaId, drawer: bytes, held: list[bytes]) -> _LookedThrough:
    looks, before = {}, known.looks.get((replica, drawer), {})
    copies: dict[bytes, dict[int, tuple[_Piece, Place]]] = {}
    for at, cell in enumerate(held):
        look = looks[cell] = before.get(cell) or _Look()
        piece = known.look(look, cell, drawer)
        if piece is not None:
            copies.setdefault(piece.copy, {})[piece.at] = piece, Place(replica, drawer, at)
    known.looks[replica, drawer] = looks
    found = tuple(one for pieces in copies.values() if (one := _put_together(drawer, pieces)))
    used = frozenset(place for pieces in copies.values() for _, place in pieces.values())
    return _LookedThrough(held, len(known.holders), found, used)


def _put_together(drawer: bytes, pieces: dict[int, tuple[_Piece, Place]]) -> _Found | None:
    """The letter, once all of it is there; one of a later Wayhome is passed over, and its cells are left alone."""
    if set(pieces) != set(range(next(iter(pieces.values()))[0].of)):
        return None
    body = b"".join(pieces[at][0].body for at in range(len(pieces)))
    try:
        letter = msgspec.msgpack.decode(body, type=Letter)
    except msgspec.DecodeError:
        return None
    return _Found(letter, drawer, tuple(place for _, place in pieces.values()))


def _give(ring: Ring, letter: Letter) -> None:
    """The key of a case that somebody gives away is one that they hold."""
    if isinstance(letter.fact, CaseKeyGiven) and letter.fact.key not in ring.cases.get(letter.case, []):
        ring.cases.setdefault(letter.case, []).append(letter.fact.key)


def _keys_given(ring: Ring, letters: Iterable[Letter]) -> bool:
    """Puts the keys of cases that letters give on the ring, the newest last; whether any was new."""
    given: dict[Id, list[tuple[int, int, Id, bytes]]] = {}
    for letter in letters:
        if isinstance(letter.fact, CaseKeyGiven) and len(letter.fact.key) == cells.KEY_BYTES:
            one = (letter.fact.number, letter.at.ms, letter.id, letter.fact.key)
            given.setdefault(letter.case, []).append(one)
    fresh = False
    for case, found in given.items():
        keys = list(dict.fromkeys(key for *_, key in sorted(found)))
        unwritten = [key for key in ring.cases.get(case, []) if key not in keys]
        fresh = fresh or set(keys) > set(ring.cases.get(case, [])) - set(unwritten)
        ring.cases[case] = keys + unwritten
    return fresh


def _written(piece: _Piece) -> bytes:
    numbers = (piece.at, piece.of, len(piece.body))
    return piece.copy + b"".join(number.to_bytes(_NUMBER_BYTES, "big") for number in numbers) + piece.body


def _piece(plain: bytes) -> _Piece:
    numbers = plain[_NAME_BYTES:_HEAD_BYTES]
    at, of, length = (int.from_bytes(numbers[n : n + _NUMBER_BYTES], "big") for n in range(0, 6, _NUMBER_BYTES))
    return _Piece(plain[:_NAME_BYTES], at, of, plain[_HEAD_BYTES : _HEAD_BYTES + length])
