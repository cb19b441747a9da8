"""Merging: replicas that worked apart hold the same afterwards; what does not fit is refused whole or kept apart."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.signing import SigningKey
from tests.fakes.logs import (
    MASTER,
    ORG,
    START_MS,
    FakeWall,
    LogMaker,
    bodies,
    draft,
    memory_log,
    order,
    sqlite_log,
    write,
)

from wayhome.log import chain, sealing
from wayhome.log.exchange import MAGIC, Exchange, unpack
from wayhome.log.keys import subkeys
from wayhome.log.memory_store import MemoryLog
from wayhome.usecases.ports import Batch, Ingested, Log, LogError
from wayhome.values.ids import StreamId
from wayhome.values.when import Moment

NOW = Moment(START_MS)
EXCHANGE_KEY = subkeys(MASTER).exchange


def give(source: Log, target: Log, *, now: Moment = NOW) -> Ingested:
    """One way: what the target lacks."""
    return target.ingest(source.export_exchange(target.heads()), now=now)


def meet(one: Log, other: Log) -> None:
    give(one, other)
    give(other, one)


def test_two_that_worked_apart_agree(make_log: LogMaker) -> None:
    """After an exchange both ways the two hold the same facts in the same order, bodies readable on both."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2)
    write(other, 3, 4)
    write(other, "secret", stream="m:1")
    brought = give(one, other)
    assert [header.seq for header in brought.new] == [1, 2]
    assert give(other, one).already_held == 0
    assert order(one) == order(other)
    assert bodies(one) == bodies(other)
    assert None not in bodies(one)
    assert bodies(one, "m:1") == [b'{"text":"secret"}']
    assert one.verify() == other.verify() == []


def test_taking_in_twice_changes_nothing(make_log: LogMaker) -> None:
    """The same file again brings nothing new and finds nothing wrong."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2, 3)
    whole = one.export_exchange({})
    assert len(other.ingest(whole, now=NOW).new) == 3
    again = other.ingest(whole, now=NOW)
    assert (again.new, again.already_held, again.findings) == ((), 3, ())
    assert one.ingest(whole, now=NOW).already_held == 3


def test_what_was_seen_is_named(make_log: LogMaker) -> None:
    """The next entry names the heads it saw, once; and folds after them however late its clock."""
    early, late = make_log("early", wall=FakeWall(START_MS - 60_000)), make_log("late")
    write(late, 1, 2)
    give(late, early)
    (first, second) = write(early, 3, 4)
    assert first.after == ((late.replica, 2),)
    assert second.after == ()
    assert first.clock > (START_MS, 0)
    give(early, late)
    assert order(late)[-2:] == [("org", early.replica, 1), ("org", early.replica, 2)]


def test_peers_tell_what_they_held(make_log: LogMaker) -> None:
    """The heads the other side signed are known, so that the next file need only hold what is new."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2)
    write(other, 3)
    give(one, other)
    assert other.peers() == {one.replica: {(ORG, one.replica): 2}}
    give(other, one)
    write(other, 4)
    assert len(unpack(other.export_exchange(other.peers()[one.replica]), EXCHANGE_KEY).records) == 2
    assert one.peers()[other.replica] == {(ORG, one.replica): 2, (ORG, other.replica): 1}


@pytest.mark.parametrize("ahead_min", [4, 6, 24 * 60])
def test_a_clock_far_ahead_is_kept_and_flagged(make_log: LogMaker, ahead_min: int) -> None:
    """More than five minutes ahead: kept as claimed, flagged, not followed. Less: followed."""
    wrong = make_log("wrong", wall=FakeWall(START_MS + ahead_min * 60_000))
    right = make_log("right")
    (header,) = write(wrong, 1)
    brought = give(wrong, right)
    skewed = ahead_min > 5
    assert brought.skewed == ((header.id,) if skewed else ())
    assert [entry.skewed for entry in right.entries()] == [skewed]
    assert next(iter(right.entries())).header.clock == header.clock
    (ours,) = write(right, 2)
    assert ours.clock == ((START_MS, 0) if skewed else (header.clock[0], 1))


def test_erasure_travels(make_log: LogMaker) -> None:
    """A stream erased on one side is erased on the other after the exchange; an old file does not bring it back."""
    one, other = make_log("one"), make_log("two")
    person = StreamId("p:1")
    write(one, "name", stream=person)
    before = one.export_exchange({})
    give(one, other)
    assert bodies(other, person) == [b'{"text":"name"}']
    write(other, "more", stream=person)
    one.submit(Batch((), destroyed=(person,))).result(30)
    assert give(one, other).destroyed == (person,)
    assert bodies(other, person) == [None, None]
    meet(one, other)
    assert other.ingest(before, now=NOW).findings == ()
    assert one.ingest(before, now=NOW).destroyed == ()
    assert bodies(one, person) == bodies(other, person) == [None, None]
    assert one.verify() == other.verify() == []
    with pytest.raises(LogError, match="erased"):
        write(other, "again", stream=person)


def test_a_stream_begun_on_both_sides_is_readable_on_both(make_log: LogMaker) -> None:
    """Two keys for one stream are both kept: what either wrote is read by both, before and after."""
    one, other = make_log("one"), make_log("two")
    write(one, 1)
    write(other, 2)
    meet(one, other)
    write(one, 3)
    write(other, 4)
    meet(one, other)
    assert sorted(b or b"" for b in bodies(one)) == [b'{"text":"%d"}' % n for n in (1, 2, 3, 4)]
    assert bodies(one) == bodies(other)


def test_the_same_fact_from_both_sides_is_kept_twice(make_log: LogMaker) -> None:
    """One intent sent to two laptops: both entries stay in their chains, and a retry finds the earlier."""
    one, other = make_log("one"), make_log("two", wall=FakeWall(START_MS + 1))
    (earlier,) = write(one, "same")
    write(other, "same")
    meet(one, other)
    assert len(bodies(one)) == len(bodies(other)) == 2
    assert other.find(earlier.id) == earlier
    assert write(other, "same") == (earlier,)


def rewritten(log: MemoryLog, name: str) -> MemoryLog:
    """A second log that goes by the first one's name and key: what a copied folder used twice would be."""
    clone = memory_log(name)
    for replica_table in ("replica", "signing"):
        clone.tables.put_meta(replica_table, log.tables.meta(replica_table) or b"")
    clone.tables._replicas = dict(log.tables._replicas)
    clone._ledger.signing_key = log._ledger.signing_key
    clone._ledger.replica = log.replica
    return clone


def test_a_forked_chain_is_kept_apart(make_log: LogMaker) -> None:
    """Other entries by the same numbers: reported, kept, nothing overwritten; taking them in again adds nothing."""
    original = memory_log("same")
    clone = rewritten(original, "same")
    here = make_log("here")
    write(original, 1, 2)
    write(clone, "other", "than", "that")
    give(original, here)
    before = list(here.entries())
    brought = here.ingest(clone.export_exchange({}), now=NOW)
    assert brought.new == ()
    (finding,) = brought.findings
    assert "forked" in finding.what
    assert finding.where == f"stream org, replica {original.replica}, entry 1"
    assert list(here.entries()) == before
    found = here.verify()
    assert len([one for one in found if "kept apart" in one.what]) == 3
    assert here.ingest(clone.export_exchange({}), now=NOW).new == ()
    assert here.verify() == found


def test_a_fork_is_seen_from_heads_alone(make_log: LogMaker) -> None:
    """No entry is sent, since both have as many: the signed heads show that they are not the same ones."""
    original = memory_log("same")
    clone = rewritten(original, "same")
    here = make_log("here")
    write(original, 1)
    write(clone, "other")
    give(original, here)
    (finding,) = give(clone, here).findings
    assert "forked" in finding.what


def test_a_cut_tail_shows_against_signed_heads() -> None:
    """Entries that another replica signed to have seen, and that are gone here, are missed by verify and by merge."""
    one, other = memory_log("one"), memory_log("two")
    write(one, 1, 2, 3)
    meet(one, other)
    at = (ORG, one.replica)
    del one.tables.records[at][3]
    one.tables.put_heads({at: msgspec.structs.replace(one.tables.heads()[at], seq=2)})
    (finding,) = one.verify()
    assert finding.where == f"stream org, replica {one.replica}, entry 3"
    assert "cut" in finding.what


def test_entries_that_were_lost_come_back(make_log: LogMaker) -> None:
    """A replica that lost its tail gets its own entries back from a peer, is told, and counts on from there."""
    one, other = memory_log("one"), make_log("two")
    write(one, 1)
    old = rewritten(one, "one")
    old.ingest(one.export_exchange({}), now=NOW)
    write(one, 2, 3)
    give(one, other)
    brought = give(other, old)
    assert any("they are back" in finding.what for finding in brought.findings)
    assert write(old, 4)[0].seq == 4


def test_a_gap_is_refused_whole(make_log: LogMaker) -> None:
    """A file made for somebody who holds more is refused, and says what we hold."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2, 3)
    write(one, 4, stream="m:1")
    with pytest.raises(LogError, match="begins at entry 3 and we hold 0"):
        other.ingest(one.export_exchange({(ORG, one.replica): 2}), now=NOW)
    assert list(other.entries()) == []
    assert other.heads() == {}


def spoiled(whole: bytes) -> list[bytes]:
    """Files that are no exchange of ours."""
    flipped = [whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :] for at in range(0, len(whole), 97)]
    return [b"", b"x", whole[:10], whole[:-1], whole[: len(whole) // 2], whole + b"x", b"\x00" * 5000, MAGIC, *flipped]


def test_no_spoiled_file_is_taken_in(make_log: LogMaker) -> None:
    """Cut, flipped, empty, garbage: a LogError each time, and nothing of it is taken in."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2)
    for bad in spoiled(one.export_exchange({})):
        with pytest.raises(LogError):
            other.ingest(bad, now=NOW)
    assert other.heads() == {}
    assert other.verify() == []


def test_another_organisation_is_refused(make_log: LogMaker) -> None:
    """A file of another organisation does not open."""
    foreign, here = make_log("foreign", master=b"\x07" * 32), make_log("here")
    write(foreign, 1)
    with pytest.raises(LogError, match="another organisation"):
        give(foreign, here)


def forged(log: Log, change: dict[str, object]) -> bytes:
    """An exchange altered by somebody who has the organisation's key."""
    contents = unpack(log.export_exchange({}), EXCHANGE_KEY)
    altered = msgspec.structs.replace(contents, **change)
    return MAGIC + sealing.seal(msgspec.msgpack.encode(altered), EXCHANGE_KEY, MAGIC)


def test_what_an_insider_forges_is_refused(make_log: LogMaker) -> None:
    """With the key but not the replica's signing key: no entry, head, key or replica can be made up."""
    one, other = make_log("one"), make_log("two")
    write(one, 1, 2)
    real: Exchange = unpack(one.export_exchange({}), EXCHANGE_KEY)
    record = real.records[0]
    stranger = SigningKey.generate()
    resigned = chain.forge(record.prev, record.header, record.sealed, stranger)
    changed = msgspec.structs.replace(record, header=record.header.replace(b"LineLogged", b"LineForged"))
    huge = chain.forge(record.prev, record.header.replace(b'"seq":1', b'"seq":99999999999999999999'), b"", stranger)
    replica = msgspec.structs.replace(real.replicas[0], public_key=bytes(stranger.verify_key))
    give(one, other)
    forgeries: list[dict[str, object]] = [
        {"records": (resigned,)},
        {"records": (changed,)},
        {"records": (huge,)},
        {"records": (msgspec.structs.replace(record, header=b"{"),)},
        {"records": (msgspec.structs.replace(record, hash=b"", signature=b""),)},
        {"replicas": (replica,)},
        {"replicas": (msgspec.structs.replace(real.replicas[0], id="new", public_key=b"short"),)},
        {"statement": msgspec.msgpack.encode(((), ()))},
        {"signature": b""},
        {"sender": "nobody"},
        {"keys": (("m:9", b"12345678", b"x" * 72),)},
        {"keys": (("m:9", b"12345678", sealing.seal(b"k" * 32, subkeys(MASTER).wrapping, b"m:9")),)},
    ]
    before = list(other.entries())
    for forgery in forgeries:
        with pytest.raises(LogError):
            other.ingest(forged(one, forgery), now=NOW)
    assert list(other.entries()) == before
    assert other.verify() == []


step = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 3), st.sampled_from(["org", "m:1", "p:1"])),
    st.tuples(st.just("give"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("skew"), st.integers(0, 3), st.integers(-24 * 60, 24 * 60)),
)


@settings(max_examples=40, deadline=None)
@given(count=st.integers(2, 4), steps=st.lists(step, max_size=30))
def test_offline_histories_converge(count: int, steps: list[tuple[str, int, object]]) -> None:
    """However replicas write, drift and meet: once all have met, all hold the same in the same order."""
    walls = [FakeWall() for _ in range(count)]
    logs = [memory_log(f"r{n}", wall=walls[n]) for n in range(count)]
    for number, (what, who, arg) in enumerate(steps):
        at = who % count
        if what == "write":
            write(logs[at], draft(number, stream=str(arg)))
        elif what == "skew":
            walls[at].ms = START_MS + int(str(arg)) * 60_000
        elif int(str(arg)) % count != at:
            give(logs[at], logs[int(str(arg)) % count])
    for _ in range(2):
        for one in range(count):
            for other in range(count):
                if one != other:
                    give(logs[one], logs[other])
    orders = [order(log) for log in logs]
    assert all(found == orders[0] for found in orders)
    assert [log.verify() for log in logs] == [[]] * count


def test_both_stores_fold_alike(tmp_path: Path) -> None:
    """A history merged into memory and into SQLite reads in the same order with the same bodies."""
    left, right = memory_log("left"), memory_log("right", wall=FakeWall(START_MS - 5))
    for n in range(30):
        write((left, right)[n % 2], n, stream=("org", "m:1")[n % 3 == 0])
        if n % 7 == 0:
            meet(left, right)
    meet(left, right)
    memory, disk = memory_log("third"), sqlite_log(tmp_path, "fourth")
    for log in (memory, disk):
        give(left, log)
    assert list(memory.entries()) == list(disk.entries())
    disk.close()
