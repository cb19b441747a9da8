"""What writing needs in memory: who we are, the ends of the chains, the stream keys, the clock.

Loaded from the tables when a log is opened; only the writer changes it. When a group cannot be committed the ledger
is thrown away and loaded again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Set

import msgspec
from nacl.signing import SigningKey

from wayhome.log import chain, sealing
from wayhome.log.clock import HybridClock
from wayhome.log.keys import Subkeys
from wayhome.log.tables import Chain, Head, Replica, Stored, Tables
from wayhome.usecases.ports import Damaged, Draft, Header, LogError
from wayhome.values.ids import ReplicaId, StreamId

_SIGNING_CONTEXT = b"wayhome-signing-1"
META_REPLICA = "replica"
META_SIGNING = "signing"


class Ledger:
    """The state that the next entry is built on. Not thread-safe: its owner serialises the calls."""

    def __init__(self, replica: ReplicaId, signing_key: SigningKey, secrets: Subkeys, clock: HybridClock) -> None:
        self.replica = replica
        self.signing_key = signing_key
        self.secrets = secrets
        self.clock = clock
        self.heads: dict[StreamId, dict[ReplicaId, Head]] = {}
        self.keys: dict[StreamId, dict[bytes, bytes]] = {}
        self.destroyed: set[StreamId] = set()
        self.touched: set[Chain] = set()

    def head(self, at: Chain) -> Head:
        """The end of a chain; seq 0 for one that has not begun."""
        return self.heads.get(at[0], {}).get(at[1], Head())

    def put_head(self, at: Chain, head: Head) -> None:
        self.heads.setdefault(at[0], {})[at[1]] = head
        self.touched.add(at)

    def new_key(self, stream: StreamId) -> tuple[bytes, bytes]:
        """Draws a key for a stream; gives (key id, wrapped key) to be stored."""
        key = sealing.new_key()
        named = sealing.key_id(key)
        self.keys.setdefault(stream, {})[named] = key
        return named, sealing.seal(key, self.secrets.wrapping, stream.encode())

    def take_key(self, stream: StreamId, named: bytes, wrapped: bytes) -> None:
        """Unwraps a stored key. Raises Damaged."""
        try:
            self.keys.setdefault(stream, {})[named] = sealing.unseal(wrapped, self.secrets.wrapping, stream.encode())
        except sealing.NotSealedSo as error:
            raise Damaged(f"the key of stream {stream} does not unwrap: restore from a backup") from error

    def write(self, draft: Draft) -> Stored:
        """The next entry of our chain in the draft's stream, sealed, linked and signed."""
        at = (draft.stream, self.replica)
        mine = self.head(at)
        header = Header(
            id=draft.id,
            kind=draft.kind,
            version=draft.version,
            stream=draft.stream,
            replica=self.replica,
            seq=mine.seq + 1,
            clock=self.clock.tick(),
            claimed=draft.claimed,
            author=draft.author,
            after=self._name_others(draft.stream),
        )
        raw = chain.header_bytes(header)
        named, key = min(self.keys[draft.stream].items())
        sealed = sealing.envelope(draft.body, key, named, chain.body_context(raw))
        record = chain.forge(mine.hash, raw, sealed, self.signing_key)
        self.put_head(at, Head(header.seq, record.hash))
        return Stored(header, record)

    def body(self, stream: StreamId, record: chain.Record) -> bytes | None:
        """The body in the clear, or None where its key is destroyed or not held. Raises Damaged."""
        named = sealing.envelope_key(record.sealed)
        key = self.keys.get(stream, {}).get(named) if named else None
        if key is None:
            return None
        try:
            return sealing.open_envelope(record.sealed, key, chain.body_context(record.header))
        except sealing.NotSealedSo as error:
            raise Damaged(f"a body in stream {stream} is not what was written: run `wayhome verify`") from error

    def _name_others(self, stream: StreamId) -> tuple[tuple[ReplicaId, int], ...]:
        """The heads of other replicas that changed since our last entry here; from now on they count as named."""
        fresh = [
            (replica, head)
            for replica, head in sorted(self.heads.get(stream, {}).items())
            if replica != self.replica and head.seq > head.named
        ]
        for replica, head in fresh:
            self.put_head((stream, replica), msgspec.structs.replace(head, named=head.seq))
        return tuple((replica, head.seq) for replica, head in fresh)


def fresh_replica_id() -> ReplicaId:
    """A random 128-bit name for one copy of the record."""
    return ReplicaId(os.urandom(16).hex())


def new_identity(tables: Tables, secrets: Subkeys, replica: ReplicaId, label: str) -> None:
    """Makes this copy a replica of its own with a fresh signing key. What older replicas wrote stays verifiable."""
    signing_key = SigningKey.generate()
    tables.add_replica(Replica(replica, bytes(signing_key.verify_key), label))
    tables.put_meta(META_REPLICA, replica.encode())
    tables.put_meta(META_SIGNING, sealing.seal(bytes(signing_key), secrets.wrapping, _SIGNING_CONTEXT))
    tables.forget_named()


def load(tables: Tables, secrets: Subkeys, wall: Callable[[], int]) -> Ledger:
    """The ledger of stored tables. Raises Damaged."""
    replica, sealed = tables.meta(META_REPLICA), tables.meta(META_SIGNING)
    if replica is None or sealed is None:
        raise Damaged("the record does not say which replica it is: restore from a backup")
    try:
        signing_key = SigningKey(sealing.unseal(sealed, secrets.wrapping, _SIGNING_CONTEXT))
    except sealing.NotSealedSo as error:
        raise Damaged("the signing key does not unwrap: restore from a backup") from error
    heads = tables.heads()
    last = max((head.clock for head in heads.values()), default=(0, 0))
    ledger = Ledger(ReplicaId(replica.decode()), signing_key, secrets, HybridClock(wall, last))
    for (stream, other), head in heads.items():
        ledger.heads.setdefault(stream, {})[other] = head
    ledger.destroyed = tables.destroyed()
    for stream, named, wrapped in tables.stream_keys():
        ledger.take_key(stream, named, wrapped)
    return ledger


def keep(ledger: Ledger, tables: Tables) -> None:
    """Writes what changed of the ledger since the last time: once per transaction."""
    if not ledger.touched:
        return
    clock = ledger.clock.last
    tables.put_heads({at: msgspec.structs.replace(ledger.head(at), clock=clock) for at in ledger.touched})
    ledger.touched.clear()


def destroy(stream: StreamId, ledger: Ledger, tables: Tables) -> None:
    """Erases a stream: its keys go, its entries stay, no key of it is ever taken in again."""
    tables.destroy(stream)
    ledger.keys.pop(stream, None)
    ledger.destroyed.add(stream)


def refuse_unknown_stream(ledger: Ledger, stream: StreamId, new_streams: Set[StreamId]) -> None:
    """Raises LogError where nothing can be written: an erased stream, or one whose key is not held here."""
    if stream in ledger.destroyed:
        raise LogError(f"stream {stream} is erased: nothing more can be written to it")
    if stream not in ledger.keys and stream not in new_streams:
        raise LogError(f"stream {stream} has no key here: name it among the batch's new streams first")
