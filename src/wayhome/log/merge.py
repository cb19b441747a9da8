"""Taking in what another replica holds: laid beside what is held here first, then written in one transaction.

Statements of others are kept, so that a chain whose tail is cut later can be told from one that ended.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wayhome.log import chain, cupboard, sealing
from wayhome.log.exchange import Exchange, Statement, check, read_statement, unpack, vouched
from wayhome.log.keys import Subkeys
from wayhome.log.ledger import Ledger, destroy
from wayhome.log.tables import Chain, Head, Stored, Tables, place
from wayhome.usecases.ports import Finding, Ingested, LogError
from wayhome.values.ids import ReplicaId, StreamId

_FORKED = (
    "the chain is forked: this replica wrote other entries by the same numbers; they are kept apart. "
    "Was a folder copied or put back, and both used?"
)


class Offer(msgspec.Struct, frozen=True):
    """An exchange that holds in itself: every entry's hash and signature, and the sender's statement, are checked."""

    contents: Exchange
    entries: list[Stored]
    statement: Statement
    drawers: cupboard.Packed


class _Plan(msgspec.Struct):
    """What taking in an exchange would change, decided before anything is."""

    new: list[Stored]
    forked: list[chain.Record]
    findings: list[Finding]
    keys: list[tuple[StreamId, bytes, bytes]]
    ends: dict[Chain, Head]
    already_held: int = 0


def read(raw: bytes, secrets: Subkeys, tables: Tables) -> Offer:
    """Unpacks and checks an exchange by itself; the long part, done before the writer is held up. Raises LogError."""
    contents = unpack(raw, secrets.exchange)
    entries, statement = check(contents, {replica.id: replica.public_key for replica in tables.replicas()})
    drawers = cupboard.unpack(contents.drawers) if contents.drawers else cupboard.Packed((), ())
    return Offer(contents, entries, statement, drawers)


def take_in(offer: Offer, ledger: Ledger, tables: Tables, now_ms: int) -> Ingested:
    """Takes an offer in, inside the current transaction. Raises LogError before anything is changed."""
    plan = _lay(offer, ledger, tables)
    skewed = [stored for stored in plan.new if ledger.clock.observe(stored.header.clock, now_ms)]
    late = {id(stored) for stored in skewed}
    _write(plan, offer, ledger, tables)
    for stored in plan.new:
        tables.add_entry(msgspec.structs.replace(stored, skewed=True) if id(stored) in late else stored)
    destroyed = tuple(stream for stream in offer.statement.destroyed if stream not in ledger.destroyed)
    for stream in destroyed:
        destroy(stream, ledger, tables)
    findings = (*plan.findings, *_keep_statement(offer.contents, offer.statement, tables))
    return Ingested(
        new=tuple(stored.header for stored in plan.new),
        already_held=plan.already_held,
        findings=findings,
        skewed=tuple(stored.header.id for stored in skewed),
        destroyed=destroyed,
    )


def peers(tables: Tables) -> dict[ReplicaId, dict[Chain, int]]:
    """The heads in kept statements, by who signed them."""
    return {by: read_statement(raw).seqs() for by, raw, _ in tables.statements()}


def _lay(offer: Offer, ledger: Ledger, tables: Tables) -> _Plan:
    """Compares checked entries with what is held. Raises LogError for a gap or a foreign key; changes nothing."""
    plan = _Plan([], [], [], _fresh_keys(offer.contents, offer.statement, ledger), {})
    off: set[Chain] = set()
    for incoming in offer.entries:
        _lay_one(incoming, plan, off, ledger, tables)
    plan.findings = [
        *_forks(plan.forked),
        *_own_that_came_back(plan.new, ledger.replica),
        *_disagreements(offer.statement, offer.contents.sender, plan, ledger, tables),
    ]
    return plan


def _write(plan: _Plan, offer: Offer, ledger: Ledger, tables: Tables) -> None:
    known = {replica.id for replica in tables.replicas()}
    for replica in offer.contents.replicas:
        if replica.id not in known:
            tables.add_replica(replica)
    for stream, named, wrapped in plan.keys:
        tables.add_key(stream, named, wrapped)
        ledger.take_key(stream, named, wrapped)
    for at, head in plan.ends.items():
        ledger.put_head(at, head)
    for record in plan.forked:
        tables.add_forked(record)


def check_statement(
    by: ReplicaId, raw: bytes, signature: bytes, public_key: bytes | None, tables: Tables
) -> Iterator[Finding]:
    """Compares what another replica once signed with what is held now: shows a cut tail or a changed chain."""
    if not vouched(public_key, raw, signature):
        yield Finding(f"heads signed by {by}", "the signature does not hold: they prove nothing any more")
        return
    for stream, replica, seq, hash_ in read_statement(raw).heads:
        held = tables.entry_at((stream, replica), seq)
        where = place((stream, replica), seq)
        if held is None:
            yield Finding(where, f"replica {by} signed that the chain reaches here, and we hold less: {_CUT}")
        elif held.hash != hash_:
            yield Finding(where, f"replica {by} signed another entry by this number: forked, or changed here")


_CUT = "our tail was cut, or its exchange was made for somebody else; merge a full exchange of it"


def _fresh_keys(contents: Exchange, statement: Statement, ledger: Ledger) -> list[tuple[StreamId, bytes, bytes]]:
    """Stream keys that are new here, each tried. Erased streams get none back."""
    fresh = []
    for stream, named, wrapped in contents.keys:
        if stream in ledger.destroyed or stream in statement.destroyed or named in ledger.keys.get(stream, {}):
            continue
        try:
            key = sealing.unseal(wrapped, ledger.secrets.wrapping, stream.encode())
        except sealing.NotSealedSo as error:
            raise LogError(f"the key of stream {stream:.200} in this exchange does not unwrap: refused") from error
        if sealing.key_id(key) != named:
            raise LogError(f"the key of stream {stream:.200} in this exchange goes by a false name: refused")
        fresh.append((stream, named, wrapped))
    return fresh


def _lay_one(incoming: Stored, plan: _Plan, off: set[Chain], ledger: Ledger, tables: Tables) -> None:
    """Sorts one entry: held already, next on its chain, or on a branch that is not ours."""
    header, record = incoming.header, incoming.record
    at = (header.stream, header.replica)
    end = plan.ends.get(at) or ledger.head(at)
    if at not in off:
        if header.seq > end.seq + 1:
            raise LogError(
                f"stream {at[0]}, replica {at[1]}: the exchange begins at entry {header.seq} and we hold {end.seq}; "
                "ask for one made for the heads we have"
            )
        held = tables.entry_at(at, header.seq) if header.seq <= end.seq else None
        if held is not None and held.hash == record.hash:
            plan.already_held += 1
            return
        if header.seq == end.seq + 1 and record.prev == end.hash:
            plan.ends[at] = Head(header.seq, record.hash, ledger.head(at).named)
            plan.new.append(incoming)
            return
    off.add(at)
    plan.forked.append(record)


def _forks(forked: list[chain.Record]) -> Iterator[Finding]:
    first: dict[Chain, int] = {}
    for record in forked:
        header = chain.read_header(record.header)
        first.setdefault((header.stream, header.replica), header.seq)
    for at, seq in first.items():
        yield Finding(place(at, seq), _FORKED)


def _own_that_came_back(new: list[Stored], replica: ReplicaId) -> Iterator[Finding]:
    returned = sum(1 for stored in new if stored.header.replica == replica)
    if returned:
        yield Finding(f"replica {replica}", f"{returned} entries that this copy wrote were missing; they are back")


def _disagreements(
    statement: Statement, sender: ReplicaId, plan: _Plan, ledger: Ledger, tables: Tables
) -> Iterator[Finding]:
    """Heads of the sender that are not what we will hold: a fork that no entry showed, or less here than there."""
    forked = {(header.stream, header.replica) for header in (chain.read_header(r.header) for r in plan.forked)}
    for stream, replica, seq, hash_ in statement.heads:
        at = (stream, replica)
        if at in forked:
            continue
        end = plan.ends.get(at) or ledger.head(at)
        if end.seq < seq:
            yield Finding(place(at, seq), f"replica {sender} holds more than it sent, and we hold {end.seq}: {_CUT}")
        elif at not in plan.ends:
            held = tables.entry_at(at, seq)
            if held is not None and held.hash != hash_:
                yield Finding(place(at, seq), f"the chain is forked: replica {sender} holds another entry there")


def _keep_statement(contents: Exchange, statement: Statement, tables: Tables) -> Iterator[Finding]:
    """Keeps the sender's statement unless we hold a later one of it."""
    new = statement.seqs()
    for by, raw, _ in tables.statements():
        if by != contents.sender:
            continue
        old = read_statement(raw).seqs()
        if all(new.get(at, 0) >= seq for at, seq in old.items()):
            break
        if any(seq > old.get(at, 0) for at, seq in new.items()):
            yield Finding(f"replica {by}", "it signed entries that it no longer holds: its record went back in time")
        return
    tables.add_statement(contents.sender, contents.statement, contents.signature)
