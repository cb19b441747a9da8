"""Listing is one indexed statement, whoever asks: no sorting, no scan of bodies that the viewer may not see."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import apsw
import pytest
from tests.fakes.logs import memory_log, sqlite_log, who_holds

from wayhome.log.sqlite_store import SqliteLog
from wayhome.log.sqlite_tables import rows_query
from wayhome.usecases.ports import Ask, Batch, Grant, Row
from wayhome.values.ids import Mark, PersonId

ASKS = [
    Ask("log", limit=50),
    Ask("log", scope="m1", limit=50),
    Ask("log", newest_first=True, limit=50),
    Ask("log", scope="m1", newest_first=True, after_sort="5", limit=50),
    Ask("log", key="k", limit=50),
    Ask("log", scope="m1", key="k", limit=50),
    Ask("log", keys=("k", "l"), limit=50),
]


@pytest.mark.parametrize("ask", ASKS)
def test_the_plan_uses_an_index_and_sorts_nothing(tmp_path: Path, ask: Ask) -> None:
    """Each way of asking is answered from an index; a sort, if any, is of the few rows with one key."""
    log = sqlite_log(tmp_path)
    sql, params = rows_query(ask, who_holds("x"))
    plan = " | ".join(str(row[3]) for row in log._session._db.execute(f"EXPLAIN QUERY PLAN {sql}", params))
    assert "SEARCH row USING INDEX row_by_" in plan
    by_key = ask.key is not None or ask.keys is not None
    assert ask.key is None or "row_by_mark (view=? AND mark=? AND key=?" in plan
    assert by_key or "TEMP B-TREE" not in plan
    assert "SCAN" not in plan.replace("SCAN json_each", "")
    log.close()


@pytest.mark.parametrize("every", [1, 200])
def test_the_first_fifty_come_quickly(tmp_path: Path, every: int) -> None:
    """Of 10,000 rows, whether the viewer sees all or one in 200: the first 50 within 3 ms."""
    log = sqlite_log(tmp_path)
    rows = [
        Row("log", f"m{n % 7}", f"k{n}", Mark("seen" if n % every == 0 else f"m{n}"), f"{n:06}", b"x" * 400)
        for n in range(10_000)
    ]
    log.submit(Batch((), (*rows, Grant(PersonId("x"), Mark("seen"))))).result(60)
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        found = log.rows(Ask("log", limit=50), who_holds("x"))
        times.append(time.perf_counter() - begun)
        assert len(found) == 50
    assert statistics.median(times) < 0.003
    log.close()


def test_a_whole_list_passes_over_nothing_that_is_hidden(tmp_path: Path) -> None:
    """However many hidden rows there are, listing what is visible takes the database the same steps."""
    log = sqlite_log(tmp_path)
    seen = [Row("log", "s", f"k{n}", Mark("seen"), f"{n:06}", b"x") for n in range(20)]
    log.submit(Batch((), (*seen, Grant(PersonId("x"), Mark("seen"))))).result(60)
    before = _steps(log, Ask("log"))
    hidden = [Row("log", "h", f"h{n}", Mark(f"m{n % 7}"), f"{n:06}", b"x") for n in range(500)]
    log.submit(Batch((), tuple(hidden))).result(60)
    assert _steps(log, Ask("log")) == before
    log.close()


def _steps(log: SqliteLog, ask: Ask) -> int:
    told: list[int] = []
    with log._session.readers.borrow(for_one_statement=True) as db:
        db.trace_v2(
            apsw.SQLITE_TRACE_PROFILE, lambda event: told.append(event["stmt_status"]["SQLITE_STMTSTATUS_VM_STEP"])
        )
        list(db.execute(*rows_query(ask, who_holds("x"))))
        db.trace_v2(0)
    return told[-1]


@pytest.mark.parametrize("by", ["key", "scope"])
def test_the_hidden_takes_as_many_steps_as_the_absent(tmp_path: Path, by: str) -> None:
    """By key or by scope, what is hidden takes the database exactly the same steps as what is not there."""
    log = sqlite_log(tmp_path)
    rows = [Row("log", f"s{n % 100}", f"k{n}", Mark(f"m{n % 100}"), f"{n:06}", b"x") for n in range(500)]
    log.submit(Batch((), (*rows, *(Grant(PersonId("x"), Mark(f"m{n}")) for n in range(20))))).result(60)

    taken = {
        of: _steps(log, Ask("log", key=of) if by == "key" else Ask("log", scope=of))
        for of in ("k30", "k47", "k99", "s30", "s99", "k", "s9999", "zzz", "")
    }
    assert len(set(taken.values())) == 1, taken
    log.close()


def test_a_folder_from_before_gets_the_index_when_it_is_opened(tmp_path: Path) -> None:
    """A file without the index by marks is given it, and reads as before."""
    log = sqlite_log(tmp_path)
    log.submit(Batch((), (Row("log", "m", "k", Mark("a"), "1", b"x"), Grant(PersonId("x"), Mark("a"))))).result(60)
    log._session._db.execute("DROP INDEX row_by_mark; DROP INDEX row_by_mark_and_scope")
    log.close()
    log = sqlite_log(tmp_path)
    assert [row.key for row in log.rows(Ask("log", key="k"), who_holds("x"))] == ["k"]
    log.close()


def test_several_keys_are_asked_for_at_once(tmp_path: Path) -> None:
    """Just the rows with any of the keys, in the order of all rows, and of these only the visible; none for no keys."""
    for log in (sqlite_log(tmp_path), memory_log("memory")):
        rows = [Row("log", "s", f"k{n}", Mark("seen" if n % 2 else "hidden"), f"{9 - n}", b"x") for n in range(9)]
        log.submit(Batch((), (*rows, Grant(PersonId("x"), Mark("seen"))))).result(60)
        asked = Ask("log", keys=("k1", "k2", "k7", "'; --", "absent"))
        assert [row.key for row in log.rows(asked, who_holds("x"))] == ["k7", "k1"]
        assert [row.key for row in log.rows(asked, None)] == ["k7", "k2", "k1"]
        assert log.rows(Ask("log", keys=()), who_holds("x")) == []
        log.close()


@pytest.mark.parametrize("newest_first", [False, True])
def test_a_whole_list_of_several_marks_is_in_one_order(tmp_path: Path, newest_first: bool) -> None:
    """Rows of many marks come in one order of sort, key and scope, letters beyond ASCII too, as the database has it."""
    sorts = ["", "1", "10", "2", "A", "a", "Z", "é", "e\u0301", "\uffee", "\U0001f408", "\x00", "\x7f"]
    rows = [
        Row("log", f"s{n % 3}", f"k{n % 5}{sort}", Mark(f"m{n % 7}"), sort, b"x")
        for n, sort in enumerate(sorts * 7, start=1)
    ]
    kept = {(row.key, row.scope): row for row in rows}
    held = tuple(Grant(PersonId("x"), Mark(f"m{n}")) for n in range(6))
    down = " DESC" if newest_first else ""
    for log in (sqlite := sqlite_log(tmp_path), memory_log("memory")):
        log.submit(Batch((), (*rows, *held))).result(60)
        found = log.rows(Ask("log", newest_first=newest_first), who_holds("x"))
        assert {row.mark for row in found} == {grant.mark for grant in held}
        assert len(found) == sum(row.mark != "m6" for row in kept.values())
        by_the_database = sqlite._session._db.execute(
            f"SELECT sort, key, scope FROM row WHERE mark <> 'm6' ORDER BY sort{down}, key{down}, scope{down}"
        ).fetchall()
        assert [(row.sort, row.key, row.scope) for row in found] == by_the_database
    sqlite.close()
