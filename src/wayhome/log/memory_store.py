"""A log in memory: for tests, exercises and notebooks. Chains, seals and signatures are real; nothing is durable."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future

from wayhome.log import book, checking, exchange, merge
from wayhome.log.chain import Record, read_header
from wayhome.log.clock import wall_ms
from wayhome.log.drawer_store import DrawerStore
from wayhome.log.keys import subkeys
from wayhome.log.ledger import fresh_replica_id, keep, load, new_identity
from wayhome.log.sealing import new_key
from wayhome.log.tables import Chain, Head, Replica, Stored
from wayhome.usecases.ports import (
    Ask,
    Batch,
    Change,
    Entry,
    Finding,
    Gone,
    Grant,
    Header,
    Ingested,
    LogError,
    Predicate,
    Row,
    Timer,
)
from wayhome.values.ids import FactId, Mark, PersonId, ReplicaId, StreamId
from wayhome.values.when import Moment


class MemoryTables:
    """The tables as dicts and lists. Not thread-safe."""

    def __init__(self) -> None:
        self.records: dict[Chain, dict[int, Record]] = {}
        self._skewed: set[tuple[Chain, int]] = set()
        self._by_fact: dict[FactId, list[tuple[Chain, int]]] = {}
        self._heads: dict[Chain, Head] = {}
        self._forked: list[Record] = []
        self._keys: dict[tuple[StreamId, bytes], bytes] = {}
        self._destroyed: set[StreamId] = set()
        self._replicas: dict[ReplicaId, Replica] = {}
        self._statements: dict[ReplicaId, tuple[bytes, bytes]] = {}
        self._meta: dict[str, bytes] = {}
        self._rows: dict[str, dict[tuple[str, str], Row]] = {}
        """By view, then by scope and key."""
        self._timers: dict[str, Timer] = {}
        self._grants: set[tuple[PersonId, Mark]] = set()
        self._snapshots: dict[str, bytes] = {}

    def add_entry(self, stored: Stored) -> None:
        at = (stored.header.stream, stored.header.replica)
        self.records.setdefault(at, {})[stored.header.seq] = stored.record
        self._by_fact.setdefault(stored.header.id, []).append((at, stored.header.seq))
        if stored.skewed:
            self._skewed.add((at, stored.header.seq))

    def _stored(self, at: Chain, seq: int) -> Stored:
        record = self.records[at][seq]
        return Stored(read_header(record.header), record, (at, seq) in self._skewed)

    def stored(self, fact: FactId) -> Stored | None:
        found = [self._stored(at, seq) for at, seq in self._by_fact.get(fact, ())]
        return min(found, key=lambda stored: (stored.header.clock, stored.header.replica), default=None)

    def chain(self, chain: Chain, above: int = 0) -> Iterable[Stored]:
        return [self._stored(chain, seq) for seq in sorted(self.records.get(chain, ())) if seq > above]

    def raw_chain(self, chain: Chain) -> Iterable[tuple[int, Record]]:
        return sorted(self.records.get(chain, {}).items(), key=lambda item: item[0])

    def entry_at(self, chain: Chain, seq: int) -> Record | None:
        return self.records.get(chain, {}).get(seq)

    def chains(self) -> list[Chain]:
        return sorted(self.records)

    def heads(self, stream: StreamId | None = None) -> dict[Chain, Head]:
        return {at: head for at, head in self._heads.items() if stream in (None, at[0])}

    def put_heads(self, heads: Mapping[Chain, Head]) -> None:
        self._heads.update(heads)

    def forget_named(self) -> None:
        self._heads = {at: Head(head.seq, head.hash, 0, head.clock) for at, head in self._heads.items()}

    def add_forked(self, record: Record) -> bool:
        if record in self._forked:
            return False
        self._forked.append(record)
        return True

    def forked(self) -> list[Record]:
        return list(self._forked)

    def stream_keys(self) -> list[tuple[StreamId, bytes, bytes]]:
        return [(stream, named, wrapped) for (stream, named), wrapped in sorted(self._keys.items())]

    def add_key(self, stream: StreamId, key_id: bytes, wrapped: bytes) -> None:
        self._keys[stream, key_id] = wrapped

    def destroy(self, stream: StreamId) -> None:
        self._keys = {at: wrapped for at, wrapped in self._keys.items() if at[0] != stream}
        self._snapshots.clear()
        self._destroyed.add(stream)

    def destroyed(self) -> set[StreamId]:
        return set(self._destroyed)

    def replicas(self) -> list[Replica]:
        return sorted(self._replicas.values(), key=lambda replica: replica.id)

    def add_replica(self, replica: Replica) -> None:
        self._replicas[replica.id] = replica

    def add_statement(self, by: ReplicaId, statement: bytes, signature: bytes) -> None:
        self._statements[by] = (statement, signature)

    def statements(self) -> list[tuple[ReplicaId, bytes, bytes]]:
        return [(by, statement, signature) for by, (statement, signature) in sorted(self._statements.items())]

    def meta(self, name: str) -> bytes | None:
        return self._meta.get(name)

    def put_meta(self, name: str, value: bytes) -> None:
        self._meta[name] = value

    def change(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Row():
                    self._rows.setdefault(change.view, {})[change.scope, change.key] = change
                case Gone():
                    self._rows.get(change.view, {}).pop((change.scope, change.key), None)
                case Grant(held=True):
                    self._grants.add((change.person, change.mark))
                case Grant():
                    self._grants.discard((change.person, change.mark))
                case Timer(due_ms=None):
                    self._timers.pop(change.id, None)
                case Timer():
                    self._timers[change.id] = change

    def clear_projections(self) -> None:
        self._rows.clear()
        self._grants.clear()
        self._timers.clear()

    def _holds(self, person: PersonId, mark: Mark) -> bool:
        return (person, mark) in self._grants

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        found = [row for row in self._rows.get(ask.view, {}).values() if _asked(row, ask)]
        if predicate is not None:
            found = [row for row in found if predicate.allows(row.mark, self._holds)]
        found.sort(key=lambda row: (row.sort, row.key, row.scope), reverse=ask.newest_first)
        return found[: ask.limit]

    def views(self) -> list[str]:
        return sorted(view for view, rows in self._rows.items() if rows)

    def timers(self) -> list[Timer]:
        return sorted(self._timers.values(), key=lambda timer: (timer.due_ms or 0, timer.id))

    def grants(self) -> list[Grant]:
        return [Grant(person, mark) for person, mark in sorted(self._grants)]

    def put_snapshot(self, name: str, sealed: bytes) -> None:
        self._snapshots[name] = sealed

    def snapshot(self, name: str) -> bytes | None:
        return self._snapshots.get(name)

    def file_faults(self) -> list[str]:
        return []


def _asked(row: Row, ask: Ask) -> bool:
    if ask.scope not in (None, row.scope) or ask.key not in (None, row.key):
        return False
    if ask.keys is not None and row.key not in ask.keys:
        return False
    if ask.after_sort is None:
        return True
    return row.sort < ask.after_sort if ask.newest_first else row.sort > ask.after_sort


class MemoryLog:
    """A log that forgets everything when it goes. Obeys `wayhome.usecases.ports.Log`; see there."""

    def __init__(
        self,
        *,
        master: bytes | None = None,
        replica: ReplicaId | None = None,
        label: str = "memory",
        wall: Callable[[], int] = wall_ms,
    ) -> None:
        """`master` (32 bytes) is shared by the replicas of one organisation; without it this one is alone."""
        self._lock = threading.RLock()
        self.tables = MemoryTables()
        secrets = subkeys(master or new_key())
        new_identity(self.tables, secrets, replica or fresh_replica_id(), label)
        self._ledger = load(self.tables, secrets, wall)
        self._closed = False
        self.drawers = DrawerStore(self._ledger.replica)

    @property
    def replica(self) -> ReplicaId:
        return self._ledger.replica

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        future: Future[tuple[Header, ...]] = Future()
        with self._lock:
            try:
                self._refuse_closed()
                book.refuse_malformed(batch)
                headers = book.write(batch, self._ledger, self.tables)
                keep(self._ledger, self.tables)
            except LogError as error:
                future.set_exception(error)
            else:
                future.set_result(headers)
        return future

    def recover(self) -> None:
        """Memory has no disk that could refuse: nothing to do."""

    def entries(self, stream: StreamId | None = None, *, beyond: Mapping[Chain, int] | None = None) -> Iterator[Entry]:
        with self._lock:
            return iter(list(book.entries(self._ledger, self.tables, stream, beyond)))

    def entry(self, stream: StreamId, fact: FactId) -> Entry | None:
        with self._lock:
            return book.entry(self._ledger, self.tables, stream, fact)

    def find(self, fact: FactId) -> Header | None:
        with self._lock:
            stored = self.tables.stored(fact)
            return stored.header if stored is not None else None

    def heads(self) -> dict[Chain, int]:
        with self._lock:
            return {at: head.seq for at, head in self.tables.heads().items()}

    def peers(self) -> dict[ReplicaId, dict[Chain, int]]:
        with self._lock:
            return merge.peers(self.tables)

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        with self._lock:
            return self.tables.rows(ask, predicate)

    def views(self) -> list[str]:
        with self._lock:
            return self.tables.views()

    def timers(self) -> list[Timer]:
        with self._lock:
            return self.tables.timers()

    def grants(self) -> list[Grant]:
        with self._lock:
            return self.tables.grants()

    def replace_projections(self, changes: Sequence[Change]) -> None:
        with self._lock:
            self._refuse_closed()
            book.refuse_malformed(Batch((), tuple(changes)))
            self.tables.clear_projections()
            self.tables.change(changes)

    def put_snapshot(self, name: str, body: bytes) -> None:
        with self._lock:
            self._refuse_closed()
            book.put_snapshot(name, body, self._ledger, self.tables)

    def snapshot(self, name: str) -> bytes | None:
        with self._lock:
            return book.snapshot(name, self._ledger, self.tables)

    def export_exchange(self, theirs: Mapping[Chain, int]) -> bytes:
        with self._lock:
            return exchange.export(self._ledger, self.tables, theirs, self.drawers.export())

    def ingest(self, exchange: bytes, *, now: Moment) -> Ingested:
        with self._lock:
            self._refuse_closed()
            offer = merge.read(exchange, self._ledger.secrets, self.tables)
            ingested = merge.take_in(offer, self._ledger, self.tables, now.ms)
            keep(self._ledger, self.tables)
            return self.drawers.taken_with(ingested, offer.drawers)

    def verify(self) -> list[Finding]:
        with self._lock:
            return checking.verify(self._ledger, self.tables) + self.drawers.verify()

    def close(self) -> None:
        self._closed = True

    def _refuse_closed(self) -> None:
        if self._closed:
            raise LogError("this log is closed")
