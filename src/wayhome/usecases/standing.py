"""The folded world in memory, kept by the one process that owns the log, and what each fact changes in the rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from wayhome.mission import facts, views
from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.secrecy import IdentityMasked
from wayhome.mission.folding import fold
from wayhome.mission.state import Said, World
from wayhome.usecases.ports import Change, Draft, Entry, Gone, Grant, Header, Log, Row, Timer
from wayhome.values.ids import OPEN, FactId, Mark, MissionId, PersonId, ReplicaId, StreamId

SNAPSHOT = "world"
ROWS = "rows"
"""The snapshot that says by which program the rows were made."""


class Kept(msgspec.Struct):
    """What a snapshot holds: the world, the marks held, and up to where it was folded."""

    shape: str
    world: World
    marks: dict[PersonId, set[Mark]]
    heads: list[tuple[StreamId, ReplicaId, int]]


def _digest_of_rules() -> str:
    """A digest of the program text by which facts fold and rows are made."""
    digest = hashlib.blake2b(digest_size=16, person=b"wayhome-shape")
    for room in (files("wayhome.values"), files("wayhome.mission")):
        for text in sorted(_program_texts(room)):
            digest.update(text)
    return digest.hexdigest()


def _program_texts(room: Traversable) -> Iterator[bytes]:
    for inside in room.iterdir():
        if inside.is_dir():
            yield from _program_texts(inside)
        elif inside.name.endswith(".py"):
            yield inside.read_bytes()


SHAPE = _digest_of_rules()
"""Changes whenever facts may fold otherwise or make other rows: what was made by another program is made anew."""


class Standing:
    """The world as the facts so far make it."""

    def __init__(self) -> None:
        self.world = World()
        self.marks: dict[PersonId, set[Mark]] = {}
        self.heads: dict[tuple[StreamId, ReplicaId], int] = {}
        self.masked: set[MissionId] = set()
        """Missions in which an identity is masked."""
        self._streams: set[StreamId] = set()
        self.since_snapshot = 0
        self.unread: list[tuple[Header, str]] = []
        """Facts taken in since the start whose body cannot be read, and why: kept, and passed over."""

    def take(self, entry: Entry) -> list[Change]:
        """Folds one stored fact and gives what it changes in the rows. A body that is gone changes nothing."""
        self.reach(entry.header.stream, entry.header.replica, entry.header.seq)
        if entry.body is None:
            return []
        try:
            fact = facts.decode(entry.header.kind, entry.header.version, entry.body)
        except facts.UnreadableFact as error:
            self.unread.append((entry.header, str(error)))
            return []
        return [] if fact is None else self.add(fact, said_of(entry.header))

    def reach(self, stream: StreamId, replica: ReplicaId, seq: int) -> None:
        """Notes that the stream is folded up to `seq` of a replica."""
        self.heads[(stream, replica)] = seq
        self._streams.add(stream)
        self.since_snapshot += 1

    def add(self, fact: Fact, said: Said) -> list[Change]:
        """Folds one fact and gives what it changes in the rows."""
        fold(self.world, fact, said)
        if isinstance(fact, IdentityMasked):
            self.masked = masked_in(self.world)
        changes = [_change(change) for change in views.changes(fact, self.world, said)]
        for change in changes:
            if isinstance(change, Grant):
                held = self.marks.setdefault(change.person, set())
                (held.add if change.held else held.discard)(change.mark)
        return changes

    def forget(self, stream: StreamId) -> None:
        """Drops what was folded from a stream whose key is being destroyed."""
        self.world.people.pop(PersonId(stream.partition(":")[2]), None)

    def held(self, viewer: PersonId, *, openly: bool = False) -> frozenset[Mark]:
        """The marks somebody holds; `openly`, of these only the one that everybody does."""
        marks = self.marks.get(viewer, set())
        return frozenset(marks & {OPEN} if openly else marks)

    def next_seq(self, stream: StreamId, replica: ReplicaId) -> int:
        return self.heads.get((stream, replica), 0) + 1

    def knows(self, stream: StreamId) -> bool:
        """Whether any fact of the stream has been folded (and so whether it has a key)."""
        return stream in self._streams

    def snapshot(self) -> bytes:
        heads = [(stream, replica, seq) for (stream, replica), seq in sorted(self.heads.items())]
        return msgspec.msgpack.encode(Kept(SHAPE, self.world, self.marks, heads))


def masked_in(world: World) -> set[MissionId]:
    """The missions in which an identity is masked."""
    return {mission.id for mission in world.missions.values() if mission.secrecy.mask is not None}


def said_of(header: Header) -> Said:
    return Said(header.id, header.author, header.claimed, header.seq, header.stream, header.replica)


def _change(change: views.Change) -> Change:
    match change:
        case views.Held(person, mark, held):
            return Grant(person, mark, held)
        case views.Due(id, due_ms, owner, stream, what):
            return Timer(id, due_ms, owner, stream, what)
        case views.Shown(view, scope, key, mark, _, None):
            return Gone(view, scope, key, mark)
        case views.Shown(view, scope, key, mark, sort, body):
            return Row(view, scope, key, mark, sort, msgspec.json.encode(body))


def load(log: Log) -> Standing:
    """The world from the last snapshot and what came after it; from the first fact where there is none.

    Rows that another program made are made anew.
    """
    if log.snapshot(ROWS) != SHAPE.encode():
        return _anew(log)
    standing = _from_snapshot(log.snapshot(SNAPSHOT)) or Standing()
    for entry in log.entries(beyond=dict(standing.heads)):
        standing.take(entry)
    return standing


def _anew(log: Log) -> Standing:
    standing, changes = rebuild(log.entries())
    log.replace_projections(changes)
    log.put_snapshot(ROWS, SHAPE.encode())
    return standing


def _from_snapshot(body: bytes | None) -> Standing | None:
    if body is None:
        return None
    try:
        kept = msgspec.msgpack.decode(body, type=Kept)
    except msgspec.MsgspecError:
        return None
    if kept.shape != SHAPE:
        return None
    standing = Standing()
    standing.world, standing.marks = kept.world, kept.marks
    standing.masked = masked_in(kept.world)
    for stream, replica, seq in kept.heads:
        standing.reach(stream, replica, seq)
    standing.since_snapshot = 0
    return standing


def rebuild(entries: Iterable[Entry]) -> tuple[Standing, list[Change]]:
    """Everything folded from the first fact, and all rows, marks and timers that come of it."""
    standing = Standing()
    latest: dict[tuple[str, ...], Change] = {}
    for entry in entries:
        for change in standing.take(entry):
            latest[_place(change)] = change
    return standing, list(_standing_ones(latest.values()))


def _place(change: Change) -> tuple[str, ...]:
    match change:
        case Grant():
            return "grant", change.person, change.mark
        case Timer():
            return "timer", change.id
        case _:
            return "row", change.view, change.scope, change.key


def _standing_ones(changes: Iterable[Change]) -> Iterator[Change]:
    for change in changes:
        if isinstance(change, Gone) or (isinstance(change, Grant) and not change.held):
            continue
        if isinstance(change, Timer) and change.due_ms is None:
            continue
        yield change


def draft_of(fact: Fact, said: Said) -> Draft:
    """The fact as it goes to the log."""
    return Draft(
        id=FactId(said.id),
        kind=type(fact).__name__,
        version=facts.version_of(fact),
        stream=said.stream,
        body=facts.encode(fact),
        author=said.author,
        claimed=said.at,
    )
