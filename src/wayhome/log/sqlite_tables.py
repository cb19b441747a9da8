"""The tables over one SQLite connection. Raises apsw.Error; its owner turns that into the log's own family."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import apsw
import msgspec

from wayhome.log.chain import Record, read_header
from wayhome.log.tables import Chain, Head, Replica, Stored
from wayhome.usecases.ports import Ask, Change, Gone, Grant, Predicate, Row, Timer
from wayhome.values.ids import FactId, Mark, PersonId, ReplicaId, StreamId

_RECORD = "header, sealed, prev, hash, signature"
_SORT_KEY_SCOPE = operator.itemgetter(4, 2, 1)
"""The order of rows, by their places in what is selected."""


class SqliteTables:
    """See `Tables`. `timers_changed` and `erased` tell the owner what the open transaction did."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self.timers_changed = False
        self.erased = False

    def _all(self, sql: str, *values: apsw.SQLiteValue) -> Iterator[tuple[Any, ...]]:
        return cast(Iterator[tuple[Any, ...]], self._db.execute(sql, values))

    # entries

    def add_entry(self, stored: Stored) -> None:
        header, record = stored.header, stored.record
        self._db.execute(
            "INSERT INTO entry VALUES(?,?,?,?,?,?,?,?,?,?)",
            (header.stream, header.replica, header.seq, header.id, *_fields(record), int(stored.skewed)),
        )

    def stored(self, fact: FactId) -> Stored | None:
        found = [_stored(values) for values in self._all(f"SELECT {_RECORD}, skewed FROM entry WHERE fact = ?", fact)]
        return min(found, key=lambda stored: (stored.header.clock, stored.header.replica), default=None)

    def chain(self, chain: Chain, above: int = 0) -> Iterable[Stored]:
        sql = f"SELECT {_RECORD}, skewed FROM entry WHERE stream = ? AND replica = ? AND seq > ? ORDER BY seq"
        return (_stored(values) for values in self._all(sql, *chain, above))

    def raw_chain(self, chain: Chain) -> Iterable[tuple[int, Record]]:
        sql = f"SELECT {_RECORD}, seq FROM entry WHERE stream = ? AND replica = ? ORDER BY seq"
        return ((cast(int, values[5]), _record(values)) for values in self._all(sql, *chain))

    def entry_at(self, chain: Chain, seq: int) -> Record | None:
        sql = f"SELECT {_RECORD} FROM entry WHERE stream = ? AND replica = ? AND seq = ?"
        return next((_record(values) for values in self._all(sql, *chain, seq)), None)

    def chains(self) -> list[Chain]:
        found = self._all("SELECT DISTINCT stream, replica FROM entry ORDER BY stream, replica")
        return [(StreamId(cast(str, stream)), ReplicaId(cast(str, replica))) for stream, replica in found]

    def heads(self, stream: StreamId | None = None) -> dict[Chain, Head]:
        sql = "SELECT stream, replica, seq, hash, named, clock_ms, clock_n FROM head"
        values = self._all(sql) if stream is None else self._all(f"{sql} WHERE stream = ?", stream)
        found = cast(Iterable[tuple[StreamId, ReplicaId, int, bytes, int, int, int]], values)
        return {(at, replica): Head(seq, hash_, named, (ms, n)) for at, replica, seq, hash_, named, ms, n in found}

    def put_heads(self, heads: Mapping[Chain, Head]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO head VALUES(?,?,?,?,?,?,?)",
            ((*at, head.seq, head.hash, head.named, *head.clock) for at, head in heads.items()),
        )

    def forget_named(self) -> None:
        self._db.execute("UPDATE head SET named = 0")

    def add_forked(self, record: Record) -> bool:
        self._db.execute(
            "INSERT OR IGNORE INTO forked(header, sealed, prev, hash, signature) VALUES(?,?,?,?,?)", _fields(record)
        )
        return self._db.changes() > 0

    def forked(self) -> list[Record]:
        return [_record(values) for values in self._all(f"SELECT {_RECORD} FROM forked ORDER BY hash")]

    # keys and replicas

    def stream_keys(self) -> list[tuple[StreamId, bytes, bytes]]:
        found = self._all("SELECT stream, key_id, wrapped FROM stream_key ORDER BY stream, key_id")
        return cast(list[tuple[StreamId, bytes, bytes]], list(found))

    def add_key(self, stream: StreamId, key_id: bytes, wrapped: bytes) -> None:
        self._db.execute("INSERT INTO stream_key VALUES(?,?,?)", (stream, key_id, wrapped))

    def destroy(self, stream: StreamId) -> None:
        self._db.execute("DELETE FROM stream_key WHERE stream = ?", (stream,))
        self._db.execute("DELETE FROM snapshot")
        self._db.execute("INSERT OR IGNORE INTO destroyed VALUES(?)", (stream,))
        self.erased = True

    def destroyed(self) -> set[StreamId]:
        return {StreamId(cast(str, stream)) for (stream,) in self._all("SELECT stream FROM destroyed")}

    def replicas(self) -> list[Replica]:
        found = self._all("SELECT id, public_key, label FROM replica ORDER BY id")
        return [Replica(*cast(tuple[ReplicaId, bytes, str], values)) for values in found]

    def add_replica(self, replica: Replica) -> None:
        self._db.execute("INSERT INTO replica VALUES(?,?,?)", (replica.id, replica.public_key, replica.label))

    def add_statement(self, by: ReplicaId, statement: bytes, signature: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO statement VALUES(?,?,?)", (by, statement, signature))

    def statements(self) -> list[tuple[ReplicaId, bytes, bytes]]:
        found = self._all("SELECT signed_by, heads, signature FROM statement ORDER BY signed_by")
        return cast(list[tuple[ReplicaId, bytes, bytes]], list(found))

    def meta(self, name: str) -> bytes | None:
        return cast(bytes | None, self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).get)

    def put_meta(self, name: str, value: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES(?,?)", (name, value))

    # projections

    def change(self, changes: Sequence[Change]) -> None:
        for change in changes:
            match change:
                case Row():
                    self._db.execute(
                        "INSERT INTO row(view, scope, key, mark, sort, body) VALUES(?,?,?,?,?,?) "
                        "ON CONFLICT(view, key, scope) DO UPDATE SET "
                        "mark = excluded.mark, sort = excluded.sort, body = excluded.body",
                        (change.view, change.scope, change.key, change.mark, change.sort, change.body),
                    )
                case Gone():
                    self._db.execute(
                        "DELETE FROM row WHERE view = ? AND key = ? AND scope = ?",
                        (change.view, change.key, change.scope),
                    )
                case Grant(held=True):
                    self._db.execute("INSERT OR IGNORE INTO grant_held VALUES(?,?)", (change.person, change.mark))
                case Grant():
                    self._db.execute(
                        "DELETE FROM grant_held WHERE person = ? AND mark = ?", (change.person, change.mark)
                    )
                case Timer():
                    self._set_timer(change)

    def _set_timer(self, timer: Timer) -> None:
        self.timers_changed = True
        if timer.due_ms is None:
            self._db.execute("DELETE FROM timer WHERE id = ?", (timer.id,))
            return
        self._db.execute(
            "INSERT OR REPLACE INTO timer VALUES(?,?,?,?,?)",
            (timer.id, timer.due_ms, timer.owner, timer.stream, timer.what),
        )

    def clear_projections(self) -> None:
        self._db.execute("DELETE FROM row; DELETE FROM grant_held; DELETE FROM timer")
        self.timers_changed = True

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        sql, params = rows_query(ask, predicate)
        found = cast(list[tuple[str, str, str, Mark, str, bytes]], self._db.execute(sql, params).fetchall())
        if not _comes_in_order(ask, predicate):
            found.sort(key=_SORT_KEY_SCOPE, reverse=ask.newest_first)
            found = found[: ask.limit]
        return [Row(*values) for values in found]

    def views(self) -> list[str]:
        """Each step seeks the next name in the index: as quick with a million rows as with ten."""
        return [
            cast(str, view)
            for (view,) in self._all(
                "WITH RECURSIVE name(view) AS (SELECT min(view) FROM row UNION ALL "
                "SELECT (SELECT min(view) FROM row WHERE view > name.view) FROM name WHERE name.view IS NOT NULL) "
                "SELECT view FROM name WHERE view IS NOT NULL"
            )
        ]

    def timers(self) -> list[Timer]:
        found = self._all("SELECT id, due_ms, owner, stream, what FROM timer ORDER BY due_ms, id")
        return [Timer(*cast(tuple[str, int, ReplicaId, StreamId, str], values)) for values in found]

    def grants(self) -> list[Grant]:
        found = self._all("SELECT person, mark FROM grant_held ORDER BY person, mark")
        return [Grant(*cast(tuple[PersonId, Mark], values)) for values in found]

    def put_snapshot(self, name: str, sealed: bytes) -> None:
        self._db.execute("INSERT OR REPLACE INTO snapshot VALUES(?,?)", (name, sealed))

    def snapshot(self, name: str) -> bytes | None:
        return cast(bytes | None, self._db.execute("SELECT sealed FROM snapshot WHERE name = ?", (name,)).get)

    def file_faults(self) -> list[str]:
        return [cast(str, text) for (text,) in self._all("PRAGMA integrity_check") if text != "ok"]


def rows_query(ask: Ask, predicate: Predicate | None) -> tuple[str, dict[str, apsw.SQLiteValue]]:
    """One indexed statement and its parameters; the viewer's predicate is part of it."""
    given: dict[str, apsw.SQLiteValue | None] = {
        "ask_scope": ask.scope, "ask_key": ask.key, "ask_after": ask.after_sort, "ask_limit": ask.limit,
    }  # fmt: skip
    params = {name: value for name, value in given.items() if value is not None}
    if ask.keys is not None:
        params["ask_keys"] = msgspec.json.encode(ask.keys).decode()
    condition = predicate.sql if predicate is not None else ""
    sql = _rows_sql(frozenset(params), ask.newest_first, condition, _comes_in_order(ask, predicate))
    params["ask_view"] = ask.view
    if predicate is not None:
        params.update(predicate.params)
    return sql, params


def _comes_in_order(ask: Ask, predicate: Predicate | None) -> bool:
    """Whether the database gives the rows in order. By key they are few, and a viewer's whole list comes mark by mark:
    those are put in order sooner by whoever asked."""
    by_key = ask.key is not None or ask.keys is not None
    return not by_key and (predicate is None or ask.scope is not None or ask.limit is not None)


@functools.lru_cache(maxsize=256)
def _rows_sql(given: frozenset[str], newest_first: bool, predicate: str, in_order: bool) -> str:
    where = ["row.view = :ask_view"]
    by_key = bool(given & {"ask_key", "ask_keys"})
    # The index is named: left alone, the planner walks the whole view in order of `sort` rather than seek a few rows.
    # A viewer seeks under each of their own marks: by key or scope first, a hidden row would be met before its mark is,
    # and take longer than one that is not there.
    # So is a whole list, which then takes no longer for what is hidden; a page of one is taken from its order.
    index = "row_by_mark" if predicate and "ask_limit" not in given else "row_by_view"
    if "ask_scope" in given:
        own = f"row.view = :ask_view AND row.scope = :ask_scope AND ({predicate})"
        seen = f"(SELECT row.scope FROM row INDEXED BY row_by_mark_and_scope WHERE {own} LIMIT 1)"
        where.append(f"row.scope = {seen if predicate and not by_key else ':ask_scope'}")
        index = "row_by_scope"
    if "ask_key" in given:
        where.append("row.key = :ask_key")
    if "ask_keys" in given:
        where.append("row.key IN (SELECT value FROM json_each(:ask_keys))")
    if by_key:
        # Several keys come from rows that were seen, never from a guess: they are sought straight away.
        index = "row_by_mark" if predicate and "ask_key" in given else "row_by_key"
    if "ask_after" in given:
        where.append(f"row.sort {'<' if newest_first else '>'} :ask_after")
    if predicate:
        where.append(f"({predicate})")
    down = " DESC" if newest_first else ""
    sql = (
        f"SELECT row.view, row.scope, row.key, row.mark, row.sort, row.body FROM row INDEXED BY {index} "
        f"WHERE {' AND '.join(where)}"
    )
    if not in_order:
        return sql
    limit = " LIMIT :ask_limit" if "ask_limit" in given else ""
    return f"{sql} ORDER BY row.sort{down}, row.key{down}, row.scope{down}{limit}"


def _fields(record: Record) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    return (record.header, record.sealed, record.prev, record.hash, record.signature)


def _record(values: tuple[Any, ...]) -> Record:
    return Record(*cast(tuple[bytes, bytes, bytes, bytes, bytes], values[:5]))


def _stored(values: tuple[Any, ...]) -> Stored:
    record = _record(values)
    return Stored(read_header(record.header), record, bool(values[5]))
