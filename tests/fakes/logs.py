"""Logs, drafts and clocks for tests: small, plain, and the same for every store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from wayhome.log import folder
from wayhome.log.keys import Cost
from wayhome.log.memory_store import MemoryLog
from wayhome.log.sqlite_store import SqliteLog
from wayhome.usecases.ports import Batch, Change, Draft, Header, Log, Predicate
from wayhome.values.ids import FactId, Mark, PersonId, ReplicaId, StreamId, derive
from wayhome.values.when import Moment

CHEAP = Cost(passes=1, memory_kib=8, lanes=1)
PASSPHRASE = "Räven älgar 火影 🦊"
MASTER = bytes(range(32))
ORG = StreamId("org")
SHIKA = PersonId("5" * 32)
START_MS = 1_772_000_000_000


class FakeWall:
    """A wall clock that a test sets: milliseconds since 1970 UTC."""

    def __init__(self, ms: int = START_MS) -> None:
        self.ms = ms

    def __call__(self) -> int:
        return self.ms


LogMaker = Callable[..., Log]
"""(name, wall=...) -> a replica of one organisation; the same store and master key each time."""


def fact_id(of: object) -> FactId:
    """A fact id that looks like a real one."""
    return FactId(derive("test", str(of)))


def draft(of: object, *, stream: str = ORG, body: bytes | None = None, kind: str = "LineLogged") -> Draft:
    """A fact to write; its id is derived from `of`."""
    text = body if body is not None else b'{"text":"%s"}' % str(of).encode()
    return Draft(fact_id(of), kind, 1, StreamId(stream), text, SHIKA, Moment(START_MS, "Asia/Tokyo"))


def batch(*of: object, stream: str = ORG, changes: Sequence[Change] = (), new: bool = True) -> Batch:
    """One batch of facts in one stream, which gets its key with it where it has none."""
    drafts = tuple(one if isinstance(one, Draft) else draft(one, stream=stream) for one in of)
    return Batch(drafts, tuple(changes), tuple({one.stream for one in drafts}) if new else ())


def write(log: Log, *of: object, stream: str = ORG, changes: Sequence[Change] = ()) -> tuple[Header, ...]:
    """Writes one batch and waits until it is durable."""
    return log.submit(batch(*of, stream=stream, changes=changes)).result(timeout=30)


def bodies(log: Log, stream: str = ORG) -> list[bytes | None]:
    """The bodies of one stream in fold order."""
    return [entry.body for entry in log.entries(StreamId(stream))]


def order(log: Log) -> list[tuple[str, str, int]]:
    """(stream, replica, seq) of everything held, in fold order."""
    return [(e.header.stream, e.header.replica, e.header.seq) for e in log.entries()]


def who_holds(viewer: str) -> Predicate:
    """A row is seen by whoever holds its mark."""
    person = PersonId(viewer)
    return Predicate(
        sql="row.mark IN (SELECT mark FROM grant_held WHERE person = :viewer)",
        params={"viewer": viewer},
        allows=lambda mark, holds: holds(person, Mark(mark)),
    )


def memory_log(name: str, *, wall: Callable[[], int] | None = None, master: bytes = MASTER) -> MemoryLog:
    """A replica in memory called `name`."""
    return MemoryLog(master=master, replica=ReplicaId(derive("replica", name)), label=name, wall=wall or FakeWall())


def sqlite_log(
    at: Path,
    name: str = "laptop",
    *,
    wall: Callable[[], int] | None = None,
    master: bytes = MASTER,
    vfs: str | None = None,
    opened: type[SqliteLog] = SqliteLog,
) -> SqliteLog:
    """A replica in a data folder called `name` inside `at`; made when it is not there yet."""
    if not folder.is_folder(at / name):
        replica = ReplicaId(derive("replica", name))
        folder.create(at / name, passphrase=PASSPHRASE, cost=CHEAP, label=name, replica=replica, master=master)
    return folder.open_folder(at / name, passphrase=PASSPHRASE, wall=wall or FakeWall(), vfs=vfs, opened=opened)
