"""Verification finds each kind of planted damage, in every store, and says where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.fakes.logs import MASTER, ORG, memory_log, sqlite_log, write

from wayhome.log import chain, database, sealing
from wayhome.log.chain import Record
from wayhome.log.keys import subkeys
from wayhome.log.memory_store import MemoryLog
from wayhome.log.sqlite_store import SqliteLog
from wayhome.log.tables import Head
from wayhome.usecases.ports import Damaged, Finding, Log
from wayhome.values.when import Moment

Spoil = Callable[[dict[int, Record]], None]
"""Changes the entries of one chain, by seq, as an intruder with the key could."""


def flip(raw: bytes, at: int = -1) -> bytes:
    index = at % len(raw)
    return raw[:index] + bytes((raw[index] ^ 1,)) + raw[index + 1 :]


def change(seq: int, **fields: Callable[[bytes], bytes]) -> Spoil:
    def spoil(entries: dict[int, Record]) -> None:
        record = entries[seq]
        entries[seq] = msgspec.structs.replace(record, **{name: f(getattr(record, name)) for name, f in fields.items()})

    return spoil


def drop(seq: int) -> Spoil:
    def spoil(entries: dict[int, Record]) -> None:
        del entries[seq]

    return spoil


def swap(entries: dict[int, Record]) -> None:
    entries[3], entries[4] = entries[4], entries[3]


def rewrite(entries: dict[int, Record]) -> None:
    """A header changed with its hash made to fit: only the signature is missing."""
    record = entries[3]
    header = record.header.replace(b"LineLogged", b"LineForged")
    hash_ = chain.link(record.prev, header, record.sealed)
    entries[3] = msgspec.structs.replace(record, header=header, hash=hash_)


KINDS: list[tuple[str, Spoil, int]] = [
    ("a byte in a body", change(3, sealed=flip), 3),
    ("a byte in a nonce", change(3, sealed=lambda raw: flip(raw, 12)), 3),
    ("the algorithm of a body", change(3, sealed=lambda raw: flip(raw, 0)), 3),
    ("a byte in a header", change(3, header=lambda raw: raw.replace(b"LineLogged", b"LineLoggee")), 3),
    ("a header that is no header", change(3, header=lambda raw: b"{"), 3),
    ("a byte in a signature", change(3, signature=flip), 3),
    ("an empty signature", change(3, signature=lambda raw: b""), 3),
    ("a byte in a hash", change(3, hash=flip), 3),
    ("a byte in the link back", change(3, prev=flip), 3),
    ("a dropped entry in the middle", drop(3), 3),
    ("a dropped beginning", drop(1), 1),
    ("two entries swapped", swap, 3),
    ("a rewritten entry with a fitting hash", rewrite, 3),
    ("a cut tail", drop(6), 6),
]


def spoil_memory(log: MemoryLog, spoil: Spoil) -> None:
    spoil(log.tables.records[ORG, log.replica])
    seqs = log.tables.records[ORG, log.replica]
    last = seqs[max(seqs)]
    log.tables.put_heads({(ORG, log.replica): Head(max(seqs), last.hash)})


def spoil_sqlite(at: Path, log: SqliteLog, spoil: Spoil) -> SqliteLog:
    """Closes the log, changes its file with the key, opens it again."""
    log.close()
    db = database.connect(at / "laptop" / "wayhome.db", subkeys(MASTER).database)
    columns = "header, sealed, prev, hash, signature"
    rows = db.execute(f"SELECT seq, fact, {columns} FROM entry WHERE stream = 'org' ORDER BY seq").fetchall()
    entries = {int(str(seq)): Record(*fields) for seq, _, *fields in rows}  # type: ignore[arg-type]  # five BLOBs
    facts = {int(str(seq)): fact for seq, fact, *_ in rows}
    spoil(entries)
    with db:
        db.execute("DELETE FROM entry WHERE stream = 'org'")
        for seq, one in entries.items():
            fields = (one.header, one.sealed, one.prev, one.hash, one.signature)
            db.execute("INSERT INTO entry VALUES('org',?,?,?,?,?,?,?,?,0)", (log.replica, seq, facts[seq], *fields))
        last = max(entries)
        db.execute("UPDATE head SET seq = ?, hash = ? WHERE stream = 'org'", (last, entries[last].hash))
    db.close()
    return sqlite_log(at)


def found_after(store: str, at: Path, spoil: Spoil) -> list[Finding]:
    """What verification finds in a log of six facts that a peer has signed for, after it was tampered with."""
    peer = memory_log("peer")
    now = Moment(0)
    log: Log = memory_log("laptop") if store == "memory" else sqlite_log(at)
    write(log, 1, 2, 3)
    write(log, 4, 5, 6)
    peer.ingest(log.export_exchange({}), now=now)
    log.ingest(peer.export_exchange(log.heads()), now=now)
    assert log.verify() == []
    if isinstance(log, MemoryLog):
        spoil_memory(log, spoil)
    elif isinstance(log, SqliteLog):
        log = spoil_sqlite(at, log, spoil)
    found = log.verify()
    log.close()
    return found


@pytest.mark.parametrize("store", ["memory", "sqlite"])
@pytest.mark.parametrize(("spoil", "seq"), [kind[1:] for kind in KINDS], ids=[kind[0] for kind in KINDS])
def test_planted_damage_is_found_and_placed(tmp_path: Path, store: str, spoil: Spoil, seq: int) -> None:
    """Every kind of tampering is found, the first finding names the very entry."""
    found = found_after(store, tmp_path, spoil)
    assert found != []
    assert found[0].where.startswith("stream org, replica ")
    assert found[0].where.endswith(f", entry {seq}"), found


def undetected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of damage that verification does not find at the right place."""
    return [
        name
        for name, spoil, seq in KINDS
        if not any(one.where.endswith(f"entry {seq}") for one in found_after("memory", Path(), spoil))
    ]


def test_the_damage_harness_sees_skipped_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the check of hash and signature left out, or that of what peers signed, damage goes unseen."""
    assert undetected(monkeypatch) == []
    with monkeypatch.context() as breach:
        breach.setattr("wayhome.log.chain.fault", lambda record, public_key: None)
        assert "a byte in a signature" in undetected(breach)
    with monkeypatch.context() as breach:
        breach.setattr("wayhome.log.merge.check_statement", lambda *_: iter(()))
        assert undetected(breach) == ["a cut tail"]


def test_a_body_that_does_not_open_is_not_read_silently() -> None:
    """Reading what was changed raises Damaged; it is never taken for an erased body."""
    log = memory_log("laptop")
    write(log, 1)
    records = log.tables.records[ORG, log.replica]
    records[1] = msgspec.structs.replace(records[1], sealed=flip(records[1].sealed))
    with pytest.raises(Damaged, match="wayhome verify"):
        list(log.entries())


def test_an_unknown_algorithm_reads_as_not_held() -> None:
    """A body sealed in a way that a later version brings is kept and passed on, and reads as None."""
    log = memory_log("laptop")
    write(log, 1)
    at = (ORG, log.replica)
    record = log.tables.records[at][1]
    sealed = b"\x02" + record.sealed[1:]
    log.tables.records[at][1] = chain.forge(record.prev, record.header, sealed, log._ledger.signing_key)
    log.tables.put_heads({at: Head(1, log.tables.records[at][1].hash)})
    assert [entry.body for entry in log.entries()] == [None]
    assert log.verify() == []


def test_a_missing_public_key_is_told(tmp_path: Path) -> None:
    """Entries whose replica is unknown cannot be checked: said, not passed over."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    log.close()
    db = database.connect(tmp_path / "laptop" / "wayhome.db", subkeys(MASTER).database)
    db.execute("DELETE FROM replica")
    db.close()
    log = sqlite_log(tmp_path)
    assert any("public key" in finding.what for finding in log.verify())
    log.close()


@pytest.mark.parametrize("name", ["stream key", "signing key"])
def test_a_spoiled_key_is_told_on_opening(tmp_path: Path, name: str) -> None:
    """A stream key or signing key that does not unwrap: Damaged, with what to do."""
    log = sqlite_log(tmp_path)
    write(log, 1)
    log.close()
    db = database.connect(tmp_path / "laptop" / "wayhome.db", subkeys(MASTER).database)
    junk = sealing.seal(b"x" * 32, b"k" * 32, b"")
    if name == "stream key":
        db.execute("UPDATE stream_key SET wrapped = ?", (junk,))
    else:
        db.execute("UPDATE meta SET value = ? WHERE name = 'signing'", (junk,))
    db.close()
    with pytest.raises(Damaged, match="restore from a backup"):
        sqlite_log(tmp_path)
