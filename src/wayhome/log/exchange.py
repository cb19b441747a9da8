"""The file two replicas exchange: what the other lacks, sealed, and checked whole before anything is taken in.

A file is magic + version, then one box under the organisation's exchange key. Inside: entries as stored bytes, the
replicas' public keys, wrapped stream keys, and the sender's *statement*: its heads with their hashes and the streams
it has erased, signed.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wayhome.log import chain, sealing
from wayhome.log.ledger import Ledger
from wayhome.log.tables import Chain, Replica, Stored, Tables, place
from wayhome.usecases.ports import LogError
from wayhome.values.ids import ReplicaId, StreamId

MAGIC = b"wayhome exchange 1\n"
MAX_BYTES = 1_000_000_000
_STATEMENT_TAG = b"wayhome-heads-1\x00"
_DRAWERS_TAG = b"wayhome-drawers-1\x00"
_MAX_NUMBER = 2**53
_MAX_NAME_CHARS = 200


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """What a replica holds, as it signed it: (stream, replica, seq, hash) of every chain, and what it has erased."""

    heads: tuple[tuple[StreamId, ReplicaId, int, bytes], ...]
    destroyed: tuple[StreamId, ...]

    def seqs(self) -> dict[Chain, int]:
        return {(stream, replica): seq for stream, replica, seq, _ in self.heads}


class Exchange(msgspec.Struct, frozen=True, array_like=True):
    """The contents of one file."""

    sender: ReplicaId
    replicas: tuple[Replica, ...]
    keys: tuple[tuple[StreamId, bytes, bytes], ...]
    records: tuple[chain.Record, ...]
    statement: bytes
    signature: bytes
    drawers: bytes = b""
    drawers_signature: bytes = b""
    """The drawers of care, as a whole whatever is in them, and that the sender sent them."""


def export(ledger: Ledger, tables: Tables, theirs: Mapping[Chain, int], drawers: bytes = b"") -> bytes:
    """The file for somebody with heads `theirs`. Reads within one transaction."""
    heads = tables.heads()
    statement = msgspec.msgpack.encode(
        Statement(
            heads=tuple((*at, head.seq, head.hash) for at, head in sorted(heads.items()) if head.seq),
            destroyed=tuple(sorted(tables.destroyed())),
        )
    )
    contents = Exchange(
        sender=ledger.replica,
        replicas=tuple(tables.replicas()),
        keys=tuple(tables.stream_keys()),
        records=tuple(
            stored.record
            for at, head in sorted(heads.items())
            if head.seq > theirs.get(at, 0)
            for stored in tables.chain(at, theirs.get(at, 0))
        ),
        statement=statement,
        signature=ledger.signing_key.sign(_STATEMENT_TAG + statement).signature,
        drawers=drawers,
        drawers_signature=ledger.signing_key.sign(_DRAWERS_TAG + drawers).signature,
    )
    return MAGIC + sealing.seal(msgspec.msgpack.encode(contents), ledger.secrets.exchange, MAGIC)


def unpack(raw: bytes, exchange_key: bytes) -> Exchange:
    """The contents of a file. Raises LogError for any other bytes than were exported."""
    if len(raw) > MAX_BYTES:
        raise LogError(f"the exchange has {len(raw)} bytes, more than {MAX_BYTES}: it cannot be one of ours")
    if not raw.startswith(MAGIC):
        raise LogError("this is not a Wayhome exchange file")
    try:
        return msgspec.msgpack.decode(sealing.unseal(raw[len(MAGIC) :], exchange_key, MAGIC), type=Exchange)
    except sealing.NotSealedSo as error:
        raise LogError(
            "the exchange does not open: it is another organisation's, or was cut or changed on the way; "
            "export it again"
        ) from error
    except msgspec.DecodeError as error:
        raise LogError(f"the exchange cannot be read ({error}): was it written by a later Wayhome?") from error


def check(contents: Exchange, known: Mapping[ReplicaId, bytes]) -> tuple[list[Stored], Statement]:
    """Checks every entry by itself and the statement; gives them by chain and seq. Raises LogError naming the place."""
    public_keys = dict(known)
    for replica in contents.replicas:
        _refuse_name(replica.id, "a replica")
        if len(replica.public_key) != 32 or len(replica.label) > _MAX_NAME_CHARS:
            raise LogError(f"the exchange names replica {replica.id} with a broken key or label: refused")
        if public_keys.setdefault(replica.id, replica.public_key) != replica.public_key:
            raise LogError(f"the exchange gives replica {replica.id} another public key than we know: refused")
    if not vouched(public_keys.get(contents.sender), contents.statement, contents.signature):
        raise LogError(f"the heads in this exchange are not signed by its sender {contents.sender:.100}: refused")
    if contents.drawers and not _sent_by(public_keys[contents.sender], contents):
        raise LogError(f"the drawers in this exchange are not signed by its sender {contents.sender:.100}: refused")
    stored = [_checked(record, public_keys) for record in contents.records]
    return sorted(stored, key=_filed), read_statement(contents.statement)


def _sent_by(public_key: bytes, contents: Exchange) -> bool:
    return chain.signed_by(public_key, _DRAWERS_TAG + contents.drawers, contents.drawers_signature)


def vouched(public_key: bytes | None, statement: bytes, signature: bytes) -> bool:
    """Whether a statement is signed by the holder of that key."""
    return public_key is not None and chain.signed_by(public_key, _STATEMENT_TAG + statement, signature)


def read_statement(raw: bytes) -> Statement:
    """The heads in a statement. Raises LogError."""
    try:
        return msgspec.msgpack.decode(raw, type=Statement)
    except msgspec.DecodeError as error:
        raise LogError(f"the heads in this exchange cannot be read: {error}") from error


def _filed(stored: Stored) -> tuple[StreamId, ReplicaId, int]:
    return (stored.header.stream, stored.header.replica, stored.header.seq)


def _refuse_name(name: str, what: str) -> None:
    if not 0 < len(name) <= _MAX_NAME_CHARS:
        raise LogError(f"the name of {what} in this exchange is empty or too long: refused")


def _checked(record: chain.Record, public_keys: Mapping[ReplicaId, bytes]) -> Stored:
    try:
        header = chain.read_header(record.header)
    except msgspec.DecodeError as error:
        raise LogError(f"an entry of this exchange has a header that cannot be read: {error}") from error
    for name, what in ((header.stream, "a stream"), (header.replica, "a replica"), (header.id, "a fact")):
        _refuse_name(name, what)
    where = place((header.stream, header.replica), header.seq)
    numbers = (header.seq, *header.clock, abs(header.claimed.ms))
    if header.seq < 1 or not all(0 <= number <= _MAX_NUMBER for number in numbers):
        raise LogError(f"{where}: a number in the header is out of bounds: refused")
    wrong = chain.fault(record, public_keys.get(header.replica, b""))
    if wrong is not None:
        raise LogError(f"{where}: {wrong}; nothing of this exchange was taken in")
    return Stored(header, record)
