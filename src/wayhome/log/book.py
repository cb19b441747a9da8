"""Writing and reading over any tables. Every store's log is these functions and a way to commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from wayhome.log import sealing
from wayhome.log.ledger import Ledger, destroy, refuse_unknown_stream
from wayhome.log.ordering import fold_order
from wayhome.log.tables import Chain, Stored, Tables
from wayhome.usecases.ports import Batch, Entry, Header, LogError, Timer
from wayhome.values.ids import FactId, ReplicaId, StreamId

MAX_BODY_BYTES = 16 * 1024 * 1024
MAX_DRAFTS = 500_000
MAX_NAME_CHARS = 200
MAX_NUMBER = 2**53


def refuse_malformed(batch: Batch) -> None:
    """Raises LogError for a batch that no log could hold, before it is queued."""
    if len(batch.drafts) > MAX_DRAFTS:
        raise LogError(f"{len(batch.drafts)} facts in one batch are too many: write at most {MAX_DRAFTS} at once")
    for draft in batch.drafts:
        if len(draft.body) > MAX_BODY_BYTES:
            raise LogError(f"a fact of {len(draft.body)} bytes is too large: at most {MAX_BODY_BYTES}")
        names = (draft.id, draft.kind, draft.stream, draft.author)
        if not all(0 < len(name) <= MAX_NAME_CHARS for name in names[:3]) or len(names[3]) > MAX_NAME_CHARS:
            raise LogError(f"a fact's id, kind and stream are 1 to {MAX_NAME_CHARS} characters: {names!r:.300}")
    numbers = [draft.claimed.ms for draft in batch.drafts] + [draft.version for draft in batch.drafts]
    numbers += [change.due_ms for change in batch.changes if isinstance(change, Timer) and change.due_ms is not None]
    if not all(abs(number) <= MAX_NUMBER for number in numbers):
        raise LogError("a time or version in the batch is out of bounds")
    try:
        msgspec.msgpack.encode(batch)
    except (UnicodeEncodeError, TypeError, OverflowError) as error:
        raise LogError(f"the batch holds invalid Unicode or a value of the wrong type: {error}") from error


def write(batch: Batch, ledger: Ledger, tables: Tables) -> tuple[Header, ...]:
    """Writes one batch inside the current transaction. A LogError raised here has changed nothing."""
    retried = _as_retry(batch, tables)
    if retried is not None:
        return retried
    new_streams = frozenset(batch.new_streams)
    for draft in batch.drafts:
        refuse_unknown_stream(ledger, draft.stream, new_streams)
    for stream in batch.new_streams:
        if stream in ledger.destroyed:
            raise LogError(f"stream {stream} is erased: it cannot be given a new key")
    for stream in batch.new_streams:
        if stream not in ledger.keys:
            tables.add_key(stream, *ledger.new_key(stream))
    headers = []
    for draft in batch.drafts:
        stored = ledger.write(draft)
        tables.add_entry(stored)
        headers.append(stored.header)
    tables.change(batch.changes)
    for stream in batch.destroyed:
        destroy(stream, ledger, tables)
    return tuple(headers)


def _as_retry(batch: Batch, tables: Tables) -> tuple[Header, ...] | None:
    """The stored headers when every draft is stored already, None when none is. Raises LogError in between."""
    if not batch.drafts:
        return None
    if len({draft.id for draft in batch.drafts}) < len(batch.drafts):
        raise LogError("one batch holds two facts with the same id: derive each from a purpose of its own")
    held = [tables.stored(draft.id) for draft in batch.drafts]
    found = tuple(stored.header for stored in held if stored is not None)
    if not found:
        return None
    if len(found) < len(batch.drafts):
        raise LogError("some facts of this batch are stored already and others are not: their ids were used before")
    return found


def entries(
    ledger: Ledger, tables: Tables, stream: StreamId | None, beyond: Mapping[Chain, int] | None
) -> Iterator[Entry]:
    """Facts in fold order within each stream, streams by name."""
    by_stream: dict[StreamId, list[ReplicaId]] = {}
    for (name, replica), head in tables.heads(stream).items():
        if head.seq > (beyond or {}).get((name, replica), 0):
            by_stream.setdefault(name, []).append(replica)
    for name in sorted(by_stream):
        held = {
            (replica, stored.header.seq): stored
            for replica in by_stream[name]
            for stored in tables.chain((name, replica), (beyond or {}).get((name, replica), 0))
        }
        for header in fold_order(stored.header for stored in held.values()):
            yield as_entry(held[header.replica, header.seq], ledger)


def as_entry(stored: Stored, ledger: Ledger) -> Entry:
    """One entry with its body in the clear where its key is held."""
    return Entry(stored.header, ledger.body(stored.header.stream, stored.record), stored.skewed)


def entry(ledger: Ledger, tables: Tables, stream: StreamId, fact: FactId) -> Entry | None:
    stored = tables.stored(fact)
    return as_entry(stored, ledger) if stored is not None and stored.header.stream == stream else None


def snapshot_context(name: str) -> bytes:
    return b"wayhome-snapshot-1\x00" + name.encode()


def put_snapshot(name: str, body: bytes, ledger: Ledger, tables: Tables) -> None:
    tables.put_snapshot(name, sealing.seal(body, ledger.secrets.snapshot, snapshot_context(name)))


def snapshot(name: str, ledger: Ledger, tables: Tables) -> bytes | None:
    """One kept state. One that does not open is as good as lost: it is folded again from the facts."""
    sealed = tables.snapshot(name)
    if sealed is None:
        return None
    try:
        return sealing.unseal(sealed, ledger.secrets.snapshot, snapshot_context(name))
    except sealing.NotSealedSo:
        return None
