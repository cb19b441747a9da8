"""Verification: the file, every chain and signature, every body that opens, and what others signed of us."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wayhome.log import chain, merge
from wayhome.log.ledger import Ledger
from wayhome.log.tables import Chain, Tables, place
from wayhome.usecases.ports import Damaged, Finding


def verify(ledger: Ledger, tables: Tables) -> list[Finding]:
    """The file, every chain and signature, every body that can be opened, and the heads that others signed."""
    findings = [Finding("file", text) for text in tables.file_faults()]
    public_keys = {replica.id: replica.public_key for replica in tables.replicas()}
    heads = tables.heads()
    for at in sorted(set(tables.chains()) | set(heads)):
        findings += _verify_chain(at, ledger, tables, public_keys.get(at[1]), heads[at].seq if at in heads else 0)
    findings += [_forked_finding(record) for record in tables.forked()]
    for by, statement, signature in tables.statements():
        findings += merge.check_statement(by, statement, signature, public_keys.get(by), tables)
    return findings


def _verify_chain(at: Chain, ledger: Ledger, tables: Tables, public_key: bytes | None, head: int) -> Iterator[Finding]:
    if public_key is None:
        yield Finding(place(at, 1), "the public key of this replica is missing: nothing of it can be checked")
        return
    prev, expected = chain.GENESIS, 1
    for seq, record in tables.raw_chain(at):
        if seq != expected:
            yield Finding(place(at, expected), f"entries {expected} to {seq - 1} are missing")
        elif record.prev != prev:
            yield Finding(place(at, seq), "it does not follow the entry before it: the chain is broken here")
        wrong = chain.fault(record, public_key) or _header_fault(at, seq, record) or _body_fault(at, record, ledger)
        if wrong is not None:
            yield Finding(place(at, seq), wrong)
        prev, expected = record.hash, seq + 1
    if expected - 1 != head:
        yield Finding(place(at, expected), f"the chain ends at {expected - 1}, but its head is noted as {head}")


def _header_fault(at: Chain, seq: int, record: chain.Record) -> str | None:
    try:
        header = chain.read_header(record.header)
    except msgspec.DecodeError as error:
        return f"its header cannot be read: {error}"
    if (header.stream, header.replica, header.seq) != (*at, seq):
        return f"it is filed in the wrong place: it says {place((header.stream, header.replica), header.seq)}"
    return None


def _body_fault(at: Chain, record: chain.Record, ledger: Ledger) -> str | None:
    try:
        ledger.body(at[0], record)
    except Damaged:
        return "its body does not open under the stream's key"
    return None


def _forked_finding(record: chain.Record) -> Finding:
    header = chain.read_header(record.header)
    where = place((header.stream, header.replica), header.seq)
    return Finding(where, "another entry by this number was merged in and is kept apart: the chain is forked")
