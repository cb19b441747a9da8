"""What a store keeps, and nothing about how: memory, SQLite, and whatever comes next obey this.

A store's owner serialises all that writes and wraps it in a transaction; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from wayhome.log.chain import GENESIS, Record
from wayhome.log.clock import Stamp
from wayhome.usecases.ports import Ask, Change, Grant, Header, Predicate, Row, Timer
from wayhome.values.ids import FactId, ReplicaId, StreamId

Chain = tuple[StreamId, ReplicaId]


def place(at: Chain, seq: int) -> str:
    """Where an entry lies, for people."""
    return f"stream {at[0]}, replica {at[1]}, entry {seq}"


class Head(msgspec.Struct, frozen=True):
    """The end of one chain: its last seq and hash, and the seq our own last entry in the stream named of it.

    `clock` is how far our hybrid clock had got when this was noted; the latest of all heads is where it goes on.
    """

    seq: int = 0
    hash: bytes = GENESIS
    named: int = 0
    clock: Stamp = (0, 0)


class Stored(msgspec.Struct, frozen=True):
    """One entry as kept: the bytes, the header read from them, and whether its clock was skewed on arrival."""

    header: Header
    record: Record
    skewed: bool = False


class Replica(msgspec.Struct, frozen=True):
    """One copy of the record, past or present: its name, 32-byte public key, and a label people know it by."""

    id: ReplicaId
    public_key: bytes
    label: str


class Tables(Protocol):
    """The tables of a log."""

    def add_entry(self, stored: Stored) -> None: ...

    def stored(self, fact: FactId) -> Stored | None:
        """The entry of a fact; where two replicas wrote the same one, the earlier by (clock, replica)."""
        ...

    def chain(self, chain: Chain, above: int = 0) -> Iterable[Stored]:
        """The entries of one chain with a seq above the given one, by seq, read as they are asked for."""
        ...

    def raw_chain(self, chain: Chain) -> Iterable[tuple[int, Record]]:
        """As `chain`, with the seq it is filed under and without reading the header: for verification."""
        ...

    def entry_at(self, chain: Chain, seq: int) -> Record | None: ...

    def chains(self) -> list[Chain]:
        """Every chain of which at least one entry is filed, sorted."""
        ...

    def heads(self, stream: StreamId | None = None) -> dict[Chain, Head]:
        """The end of every chain, or of those in one stream."""
        ...

    def put_heads(self, heads: Mapping[Chain, Head]) -> None: ...

    def forget_named(self) -> None:
        """Sets every head's `named` to 0: a fresh replica has named nothing yet."""
        ...

    def add_forked(self, record: Record) -> bool:
        """Keeps one entry of a forked chain apart. False when it is there already."""
        ...

    def forked(self) -> list[Record]: ...

    def stream_keys(self) -> list[tuple[StreamId, bytes, bytes]]:
        """(stream, key id, wrapped key) of every stream key held."""
        ...

    def add_key(self, stream: StreamId, key_id: bytes, wrapped: bytes) -> None: ...

    def destroy(self, stream: StreamId) -> None:
        """Removes every key of a stream and every snapshot, and remembers that the stream is erased."""
        ...

    def destroyed(self) -> set[StreamId]: ...

    def replicas(self) -> list[Replica]: ...

    def add_replica(self, replica: Replica) -> None: ...

    def add_statement(self, by: ReplicaId, statement: bytes, signature: bytes) -> None:
        """Keeps heads that a replica signed, in place of its earlier ones."""
        ...

    def statements(self) -> list[tuple[ReplicaId, bytes, bytes]]: ...

    def meta(self, name: str) -> bytes | None: ...

    def put_meta(self, name: str, value: bytes) -> None: ...

    def change(self, changes: Sequence[Change]) -> None: ...

    def clear_projections(self) -> None: ...

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]: ...

    def views(self) -> list[str]: ...

    def timers(self) -> list[Timer]: ...

    def grants(self) -> list[Grant]: ...

    def put_snapshot(self, name: str, sealed: bytes) -> None: ...

    def snapshot(self, name: str) -> bytes | None: ...

    def file_faults(self) -> list[str]:
        """What the store itself finds wrong with its file."""
        ...
