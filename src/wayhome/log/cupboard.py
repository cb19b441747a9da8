"""The drawers of care, as they stand: for each replica one set, and in it for each key one drawer of the same size.

Nothing here knows which cells are in use. A replica writes into its own set alone; the sets of others are replaced as
a whole by later *editions* of theirs. An edition counts how often a set was copied out of its folder, and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from wayhome.log.cells import CELL_BYTES, KEY_BYTES, noise
from wayhome.usecases.ports import Finding, LogError
from wayhome.values.ids import ReplicaId

FIRST_CELLS = 64
MOST_CELLS = 4_096
"""Of one drawer: some thousand letters."""
CROSSED_BYTES = 16
CROSSED_AT_ONCE = 256
"""So many marks are added by each erasure, most of them of nothing, so that they do not count what was erased."""
_MAX_NAME_CHARS = 200
_MAX_SETS = 10_000
_MAX_EDITION = 2**53


class Place(msgspec.Struct, frozen=True):
    """Where a cell lies."""

    replica: ReplicaId
    key: bytes
    at: int


class DrawerSet(msgspec.Struct):
    """The drawers of one replica, by key; all have `size` cells."""

    replica: ReplicaId
    edition: int = 0
    size: int = FIRST_CELLS
    drawers: dict[bytes, list[bytes]] = {}


class PackedSet(msgspec.Struct, frozen=True, array_like=True):
    replica: ReplicaId
    edition: int
    size: int
    drawers: tuple[tuple[bytes, bytes], ...]


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """What travels from laptop to laptop: every set, and the marks of cells that were erased."""

    sets: tuple[PackedSet, ...]
    crossed: tuple[bytes, ...]


class Cupboard(msgspec.Struct):
    """Every set, and what was crossed out: cells that must not come back with somebody else's copy."""

    own: ReplicaId
    sets: dict[ReplicaId, DrawerSet] = {}
    crossed: set[bytes] = set()

    @property
    def mine(self) -> DrawerSet:
        return self.sets[self.own]

    def places(self) -> Iterator[tuple[ReplicaId, bytes, list[bytes]]]:
        """Every drawer."""
        for held in self.sets.values():
            for key, cells in held.drawers.items():
                yield held.replica, key, cells


def taken_over(found: Cupboard | None, own: ReplicaId) -> Cupboard:
    """The cupboard of a replica that goes on from what was found, with a set of its own.

    What the replica before wrote stays as its set, one edition later: this copy may hold more than it last sent out.
    """
    if found is None:
        return Cupboard(own, {own: DrawerSet(own)})
    if found.own != own:
        before = found.sets.get(found.own)
        if before is not None:
            before.edition += 1
        found.sets[own] = DrawerSet(own, size=before.size if before else FIRST_CELLS)
        found.own = own
    make_drawers(found, {key for _, key, _ in found.places()})
    return found


def make_drawers(cupboard: Cupboard, keys: Iterable[bytes]) -> bool:
    """Sees to it that each key has a drawer in our own set; whether any was made."""
    mine = cupboard.mine
    missing = sorted({key for key in keys if len(key) == KEY_BYTES} - set(mine.drawers))
    for key in missing:
        mine.drawers[key] = [noise() for _ in range(mine.size)]
    return bool(missing)


def grow(cupboard: Cupboard) -> None:
    """Doubles every drawer of ours. Raises LogError where they are as large as they get."""
    mine = cupboard.mine
    if mine.size * 2 > MOST_CELLS:
        raise LogError("what was written in care here fills its drawer: no more letters fit; erase closed cases first")
    for cells in mine.drawers.values():
        cells += [noise() for _ in range(mine.size)]
    mine.size *= 2


def mark_of(cell: bytes) -> bytes:
    return hashlib.blake2b(cell, digest_size=CROSSED_BYTES, person=b"wayhome-crossed").digest()


def cross_out(cupboard: Cupboard, cells: Collection[bytes]) -> None:
    """Notes cells that are being erased, among as many of nothing as make up the number."""
    marks = {mark_of(cell) for cell in cells}
    wanted = -(-max(1, len(marks)) // CROSSED_AT_ONCE) * CROSSED_AT_ONCE
    cupboard.crossed |= marks | {os.urandom(CROSSED_BYTES) for _ in range(wanted - len(marks))}


def pack(cupboard: Cupboard) -> bytes:
    """Everything, for another laptop. Our own set goes out as a new edition."""
    cupboard.mine.edition += 2
    sets = tuple(_packed(one) for _, one in sorted(cupboard.sets.items()))
    return msgspec.msgpack.encode(Packed(sets, tuple(sorted(cupboard.crossed))))


def _packed(one: DrawerSet) -> PackedSet:
    drawers = tuple((key, b"".join(cells)) for key, cells in sorted(one.drawers.items()))
    return PackedSet(one.replica, one.edition, one.size, drawers)


def unpack(raw: bytes) -> Packed:
    """What another laptop packed, every size checked. Raises LogError."""
    try:
        packed = msgspec.msgpack.decode(raw, type=Packed)
    except msgspec.DecodeError as error:
        raise LogError(f"the drawers in this exchange cannot be read ({error}): refused") from error
    if len(packed.sets) > _MAX_SETS or any(len(mark) != CROSSED_BYTES for mark in packed.crossed):
        raise LogError("the drawers in this exchange are not what Wayhome writes: refused")
    for one in packed.sets:
        if not _is_sound(one):
            raise LogError(f"the drawers of replica {one.replica:.100} in this exchange have odd sizes: refused")
    return packed


def _is_sound(one: PackedSet) -> bool:
    sizes = {FIRST_CELLS << doubled for doubled in range(20)}
    return (
        0 < len(one.replica) <= _MAX_NAME_CHARS
        and 0 <= one.edition <= _MAX_EDITION
        and one.size in sizes
        and one.size <= MOST_CELLS
        and len(dict(one.drawers)) == len(one.drawers)
        and all(len(key) == KEY_BYTES and len(cells) == one.size * CELL_BYTES for key, cells in one.drawers)
    )


def take_in(cupboard: Cupboard, packed: Packed) -> None:
    """Takes later editions in the place of those held, and erases what was erased elsewhere."""
    for one in packed.sets:
        held = cupboard.sets.get(one.replica)
        if one.replica != cupboard.own and (held is None or one.edition > held.edition):
            drawers = {key: _split(cells) for key, cells in one.drawers}
            cupboard.sets[one.replica] = DrawerSet(one.replica, one.edition, one.size, drawers)
    cupboard.crossed |= set(packed.crossed)
    if cupboard.crossed:
        for _, _, cells in cupboard.places():
            cells[:] = [noise() if mark_of(cell) in cupboard.crossed else cell for cell in cells]
    make_drawers(cupboard, {key for _, key, _ in cupboard.places()})


def _split(cells: bytes) -> list[bytes]:
    return [cells[at : at + CELL_BYTES] for at in range(0, len(cells), CELL_BYTES)]


def faults(cupboard: Cupboard) -> Sequence[Finding]:
    """Drawers whose number of cells, or a cell whose length, is not what it has to be."""
    found = []
    for replica, _, cells in cupboard.places():
        if len(cells) != cupboard.sets[replica].size or any(len(cell) != CELL_BYTES for cell in cells):
            found.append(Finding(f"drawers of replica {replica}", "a drawer has another size than the others"))
    return found
