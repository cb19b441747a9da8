"""What every store must do alike: writing, reading, retries, streams, projections."""

from __future__ import annotations

import threading
from itertools import groupby

import pytest
from tests.fakes.logs import (
    ORG,
    START_MS,
    FakeWall,
    LogMaker,
    batch,
    bodies,
    draft,
    fact_id,
    who_holds,
    write,
)

from wayhome.usecases.ports import Ask, Batch, Gone, Grant, Log, LogError, Row, Timer
from wayhome.values.ids import Mark, PersonId, ReplicaId, StreamId


def row(
    key: str, *, view: str = "log", scope: str = "m1", mark: str = "org", sort: str = "", body: bytes = b"{}"
) -> Row:
    return Row(view, scope, key, Mark(mark), sort or key, body)


def keys(rows: list[Row]) -> list[str]:
    return [one.key for one in rows]


def test_a_written_fact_is_read_back(log: Log) -> None:
    """What was acknowledged is read back, byte for byte, with its number and place."""
    (header,) = write(log, draft("a", body='{"text":"ナルト 🦊 سلام"}'.encode()))
    assert (header.seq, header.stream, header.replica, header.id) == (1, ORG, log.replica, fact_id("a"))
    (entry,) = log.entries()
    assert entry.header == header
    assert entry.body == '{"text":"ナルト 🦊 سلام"}'.encode()
    assert log.entry(ORG, header.id) == entry
    assert log.entry(StreamId("elsewhere"), header.id) is None
    assert log.entry(ORG, fact_id("never")) is None
    assert log.find(header.id) == header
    assert log.find(fact_id("never")) is None


def test_an_empty_log_is_empty(log: Log) -> None:
    """A fresh log holds nothing, and nothing is wrong with it."""
    assert list(log.entries()) == []
    assert log.heads() == {}
    assert log.timers() == []
    assert log.grants() == []
    assert log.rows(Ask("log"), None) == []
    assert log.views() == []
    assert log.snapshot("nothing") is None
    assert log.verify() == []


def test_numbers_count_without_gaps(log: Log) -> None:
    """Seq counts from 1 per stream, clocks rise, and heads tell the last."""
    first = write(log, 1, 2, 3)
    second = write(log, "x", stream="m:1")
    third = write(log, 4)
    assert [h.seq for h in (*first, *third)] == [1, 2, 3, 4]
    assert second[0].seq == 1
    clocks = [h.clock for h in (*first, *second, *third)]
    assert clocks == sorted(set(clocks))
    assert log.heads() == {(ORG, log.replica): 4, (StreamId("m:1"), log.replica): 1}


def test_a_retry_writes_nothing(log: Log) -> None:
    """A batch sent twice is one batch: same headers, no second entry, its changes not applied again."""
    changed = (row("k", body=b"1"), Timer("t", 5, log.replica, ORG))
    once = write(log, "a", "b", changes=changed)
    log.submit(Batch((), (Gone("log", "m1", "k"), Timer("t", None, log.replica, ORG)))).result(30)
    assert write(log, "a", "b", changes=changed) == once
    assert len(list(log.entries())) == 2
    assert log.rows(Ask("log"), None) == []
    assert log.timers() == []


def test_a_batch_half_stored_is_refused(log: Log) -> None:
    """Some facts stored and some not is no retry: refused, and nothing of it is written."""
    write(log, "a")
    with pytest.raises(LogError, match="stored already"):
        write(log, "a", "b")
    assert len(list(log.entries())) == 1


def test_two_facts_by_one_id_are_refused(log: Log) -> None:
    """One batch cannot hold two facts with the same id."""
    with pytest.raises(LogError, match="same id"):
        write(log, "a", "a")
    assert list(log.entries()) == []


def test_a_stream_needs_a_key(log: Log) -> None:
    """Writing to a stream that was never begun is refused, and says what to do; others go on."""
    with pytest.raises(LogError, match="new streams"):
        log.submit(batch("a", stream="m:1", new=False)).result(30)
    write(log, "a", stream="m:1")
    log.submit(batch("b", stream="m:1", new=False)).result(30)
    assert len(list(log.entries(StreamId("m:1")))) == 2


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (Batch((draft("a", body=b"x" * (16 * 1024 * 1024 + 1)),), new_streams=(ORG,)), "too large"),
        (Batch((draft("a", kind=""),), new_streams=(ORG,)), "1 to 200"),
        (Batch((draft("a", stream="s" * 201),)), "1 to 200"),
        (Batch((draft("a", kind="\ud800"),), new_streams=(ORG,)), "Unicode"),
        (Batch((), (Timer("t", 2**63, ReplicaId("r"), ORG),)), "out of bounds"),
        (Batch((), (Row("v", "s", "k", Mark("org"), "\udfff", b""),)), "Unicode"),
    ],
)
def test_what_no_log_can_hold_is_refused(log: Log, bad: Batch, words: str) -> None:
    """Huge bodies, empty names, broken text: refused with a reason, and the log goes on."""
    with pytest.raises(LogError, match=words):
        log.submit(bad).result(30)
    write(log, "still", "here")
    assert log.verify() == []


def test_entries_by_stream_and_beyond(log: Log) -> None:
    """Entries come stream by stream, and `beyond` leaves out what was had."""
    write(log, 1, 2, 3)
    write(log, 4, 5, stream="m:1")
    streams = [entry.header.stream for entry in log.entries()]
    assert [name for name, _ in groupby(streams)] == ["m:1", "org"]
    beyond = {(ORG, log.replica): 2, (StreamId("m:1"), log.replica): 2}
    assert [entry.header.seq for entry in log.entries(beyond=beyond)] == [3]
    assert list(log.entries(StreamId("m:1"), beyond=beyond)) == []


def test_a_clock_set_back_never_goes_back(make_log: LogMaker) -> None:
    """Set back an hour, or standing still, the hybrid clock still rises; also after the log is opened again."""
    wall = FakeWall()
    log = make_log("laptop", wall=wall)
    stamps = [write(log, 1)[0].clock, write(log, 2)[0].clock]
    wall.ms -= 3_600_000
    stamps.append(write(log, 3)[0].clock)
    assert stamps == [(START_MS, 0), (START_MS, 1), (START_MS, 2)]
    wall.ms = START_MS + 1
    assert write(log, 4)[0].clock == (START_MS + 1, 0)


def test_rows_are_replaced_and_removed(log: Log) -> None:
    """A row by the same view, scope and key takes the place of the old; Gone removes it."""
    write(log, 1, changes=[row("a", body=b"1"), row("b"), row("a", scope="m2", body=b"2")])
    write(log, 2, changes=[row("a", body=b"3"), Gone("log", "m1", "b"), Gone("log", "m1", "never")])
    assert [(r.scope, r.body) for r in log.rows(Ask("log"), None)] == [("m1", b"3"), ("m2", b"2")]


def test_rows_are_asked_for(log: Log) -> None:
    """By scope, by key, in either order, after a sort key, so many."""
    write(log, 1, changes=[row(f"k{n}", sort=f"{n % 3}", scope=f"m{n % 2}") for n in range(6)])
    write(log, 2, changes=[row("other", view="roster")])
    assert keys(log.rows(Ask("log"), None)) == ["k0", "k3", "k1", "k4", "k2", "k5"]
    assert keys(log.rows(Ask("log", newest_first=True), None)) == ["k5", "k2", "k4", "k1", "k3", "k0"]
    assert keys(log.rows(Ask("log", scope="m0"), None)) == ["k0", "k4", "k2"]
    assert keys(log.rows(Ask("log", key="k3"), None)) == ["k3"]
    assert keys(log.rows(Ask("log", scope="m0", key="k3"), None)) == []
    assert keys(log.rows(Ask("log", after_sort="0"), None)) == ["k1", "k4", "k2", "k5"]
    assert keys(log.rows(Ask("log", after_sort="2", newest_first=True, limit=1), None)) == ["k4"]
    assert keys(log.rows(Ask("log", limit=0), None)) == []
    assert log.views() == ["log", "roster"]


def test_sort_is_by_code_point_in_every_script(log: Log) -> None:
    """Every store orders text alike, whatever the script."""
    names = ["Zoë", "anna", "Ärla", "ナルト", "🦊", "سلام", "\uffff", "\U00010000", ""]
    write(log, 1, changes=[row(name, sort=name or "-") for name in names])
    assert keys(log.rows(Ask("log"), None)) == sorted(names, key=lambda name: name or "-")


def test_a_viewer_sees_what_they_hold(log: Log) -> None:
    """The predicate decides in the query: hidden rows are not counted, limits count only visible ones."""
    marks = ["org", "m:1", "m:2"]
    write(log, 1, changes=[row(f"k{n}", mark=marks[n % 3]) for n in range(9)])
    write(log, 2, changes=[Grant(PersonId("ino"), Mark("org")), Grant(PersonId("shika"), Mark("m:1"))])
    assert keys(log.rows(Ask("log"), who_holds("ino"))) == ["k0", "k3", "k6"]
    assert keys(log.rows(Ask("log", limit=2), who_holds("shika"))) == ["k1", "k4"]
    assert log.rows(Ask("log"), who_holds("stranger")) == []
    write(log, 3, changes=[Grant(PersonId("ino"), Mark("m:2")), Grant(PersonId("shika"), Mark("m:1"), held=False)])
    assert keys(log.rows(Ask("log", newest_first=True), who_holds("ino"))) == ["k8", "k6", "k5", "k3", "k2", "k0"]
    assert log.rows(Ask("log", key="k1"), who_holds("shika")) == []
    assert log.grants() == [Grant(PersonId("ino"), Mark("m:2")), Grant(PersonId("ino"), Mark("org"))]


def test_a_hostile_viewer_name_is_only_a_name(log: Log) -> None:
    """Text that looks like SQL is compared, never run."""
    write(log, 1, changes=[row("a"), Grant(PersonId("x"), Mark("org"))])
    for name in ("' OR 1=1 --", 'x"; DROP TABLE row; --', "", "\x00"):
        assert log.rows(Ask("log", scope=name, key=name, after_sort=name), who_holds(name)) == []
    assert len(log.rows(Ask("log"), who_holds("x"))) == 1


def test_timers_stand_until_taken_away(log: Log) -> None:
    """Timers come soonest first; the same id is moved; None takes it away."""
    here = log.replica
    write(log, 1, changes=[Timer("b", 20, here, ORG, "overdue"), Timer("a", 30, here, ORG), Timer("c", 20, here, ORG)])
    assert [timer.id for timer in log.timers()] == ["b", "c", "a"]
    write(log, 2, changes=[Timer("a", 10, here, ORG), Timer("c", None, here, ORG), Timer("z", None, here, ORG)])
    assert log.timers() == [Timer("a", 10, here, ORG), Timer("b", 20, here, ORG, "overdue")]


def test_projections_are_replaced_whole(log: Log) -> None:
    """Rebuilding leaves exactly what was given; facts are untouched."""
    write(log, 1, changes=[row("a"), Grant(PersonId("x"), Mark("org")), Timer("t", 1, log.replica, ORG)])
    log.replace_projections([row("b"), Grant(PersonId("y"), Mark("org")), Gone("log", "m1", "zzz")])
    assert keys(log.rows(Ask("log"), None)) == ["b"]
    assert log.grants() == [Grant(PersonId("y"), Mark("org"))]
    assert log.timers() == []
    assert len(list(log.entries())) == 1


def test_snapshots_are_kept_by_name(log: Log) -> None:
    """The later one takes the place of the earlier."""
    log.put_snapshot("m:1", b"one")
    log.put_snapshot("m:1", b"two")
    log.put_snapshot("m:2", "三".encode())
    assert (log.snapshot("m:1"), log.snapshot("m:2"), log.snapshot("m:3")) == (b"two", "三".encode(), None)


def test_two_writers_race(log: Log) -> None:
    """Two threads that write at once: every fact once, numbers without gaps, a shared one written by one of them."""
    answers: dict[str, list[object]] = {"left": [], "right": []}
    write(log, "begin")

    def work(name: str) -> None:
        for n in range(60):
            own = log.submit(batch(f"{name}{n}"))
            shared = log.submit(batch(f"shared{n}"))
            own.result(30)
            answers[name].append(shared.result(30))

    threads = [threading.Thread(target=work, args=(name,)) for name in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = list(log.entries())
    assert [entry.header.seq for entry in held] == list(range(1, 182))
    assert len({entry.header.id for entry in held}) == 181
    assert answers["left"] == answers["right"]
    assert log.verify() == []


def test_order_of_submission_is_kept(log: Log) -> None:
    """What one thread queues without waiting is written in that order."""
    futures = [log.submit(batch(n)) for n in range(200)]
    assert [future.result(30)[0].seq for future in futures] == list(range(1, 201))
    assert bodies(log) == [b'{"text":"%d"}' % n for n in range(200)]


def test_an_erased_stream_reads_as_none(log: Log) -> None:
    """Erasure: the body is gone, the entry stays and verifies, snapshots go, nothing more can be written there."""
    person = StreamId("p:1")
    write(log, "secret", stream=person)
    write(log, "open")
    log.put_snapshot("all", b"secret")
    log.submit(Batch((draft("erased"),), destroyed=(person,))).result(30)
    (entry,) = log.entries(person)
    assert entry.body is None
    assert entry.header.id == fact_id("secret")
    assert log.snapshot("all") is None
    assert log.verify() == []
    with pytest.raises(LogError, match="erased"):
        write(log, "more", stream=person)
    with pytest.raises(LogError, match="erased"):
        log.submit(Batch((), new_streams=(person,))).result(30)
    assert bodies(log) == [b'{"text":"open"}', b'{"text":"erased"}']


def test_a_closed_log_refuses(log: Log) -> None:
    """After close nothing is written; closing twice is no harm."""
    write(log, 1)
    log.close()
    log.close()
    with pytest.raises(LogError, match="closed"):
        write(log, 2)
