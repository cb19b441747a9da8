"""What the use cases need from the outside: a log to write to and rows to read from.

`wayhome.log` obeys these (memory, SQLite; room for PostgreSQL); one conformance suite holds them all to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Protocol

import msgspec

from wayhome.access.predicate import Predicate as Predicate
from wayhome.values.ids import FactId, Mark, PersonId, ReplicaId, StreamId
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.terrain.grid import Terrain
    from wayhome.usecases.search.map_plan import MapPlan


class LogError(Exception):
    """The family of everything a log can refuse or fail at. The text is fit to show and says what to do."""


class WrongKey(LogError):
    """The passphrase or key file does not open this folder."""


class Locked(LogError):
    """Another process owns the log, or no key was given."""


class NotDurable(LogError):
    """The disk refused the write: nothing was acknowledged, nothing acknowledged is lost."""


class Damaged(LogError):
    """The record on disk is not what was written; `wayhome verify` says where."""


class Draft(msgspec.Struct, frozen=True):
    """A fact about to be written. `body` is its JSON; `id` is derived from its intent, so a retry is the same draft."""

    id: FactId
    kind: str
    version: int
    stream: StreamId
    body: bytes
    author: PersonId
    claimed: Moment


class Header(msgspec.Struct, frozen=True):
    """What is signed beside the sealed body.

    `seq` counts from 1 per (stream, replica). `clock` is the hybrid logical clock: (ms, counter). `after` names the
    heads of other replicas in this stream that the author had seen when writing, where they changed since the
    author's last entry.
    """

    id: FactId
    kind: str
    version: int
    stream: StreamId
    replica: ReplicaId
    seq: int
    clock: tuple[int, int]
    claimed: Moment
    author: PersonId
    after: tuple[tuple[ReplicaId, int], ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """One stored fact as read back. `body` is None where the key was destroyed or is not held here.

    `skewed` marks an entry whose clock was more than five minutes ahead of ours when it was merged in.
    """

    header: Header
    body: bytes | None
    skewed: bool = False


class Row(msgspec.Struct, frozen=True):
    """One projected row. `mark` is the compartment it came from; `sort` orders a view; `body` is JSON."""

    view: str
    scope: str
    key: str
    mark: Mark
    sort: str
    body: bytes


class Gone(msgspec.Struct, frozen=True):
    """A projected row that no longer stands. `mark` says to whom that may be told; without one, to nobody."""

    view: str
    scope: str
    key: str
    mark: Mark = Mark("")


class Grant(msgspec.Struct, frozen=True):
    """That a person holds a mark from now on, or (`held=False`) no longer does."""

    person: PersonId
    mark: Mark
    held: bool = True


class Timer(msgspec.Struct, frozen=True):
    """Something that falls due. Owned by one replica. `due_ms=None` takes the timer away.

    `id` is opaque, so that the list of (due_ms, id) may lie outside the encrypted file and fire while locked.
    """

    id: str
    due_ms: int | None
    owner: ReplicaId
    stream: StreamId
    what: str = ""


Change = Row | Gone | Grant | Timer


class Batch(msgspec.Struct, frozen=True):
    """Facts and what they change in the projections: all durable together, or nothing is.

    `new_streams` are the streams that must get a key with this batch. `destroyed` are streams whose key is destroyed
    with it (erasure): their entries stay, unreadable, and the chain still verifies.
    """

    drafts: tuple[Draft, ...]
    changes: tuple[Change, ...] = ()
    new_streams: tuple[StreamId, ...] = ()
    destroyed: tuple[StreamId, ...] = ()


class Ask(msgspec.Struct, frozen=True):
    """Which rows of one view: by scope, by key, newest first or oldest first, from a sort key on, so many.

    `keys`: those with any of them, instead of with one.
    """

    view: str
    scope: str | None = None
    key: str | None = None
    newest_first: bool = False
    after_sort: str | None = None
    limit: int | None = None
    keys: tuple[str, ...] | None = None


class Finding(msgspec.Struct, frozen=True):
    """One thing that verification found wrong, and where."""

    where: str
    what: str


class Ingested(msgspec.Struct, frozen=True):
    """What a merge brought in: entries that were new, how many we had, and what was wrong with the rest.

    `destroyed` are the streams that the other side had erased and that are now erased here too.
    """

    new: tuple[Header, ...]
    already_held: int
    findings: tuple[Finding, ...]
    skewed: tuple[FactId, ...] = ()
    destroyed: tuple[StreamId, ...] = ()


class Log(Protocol):
    """The append-only record and its projections. Thread-safe. Every method raises only LogError's family."""

    @property
    def replica(self) -> ReplicaId:
        """This copy's own name, new after every restore or clone."""
        ...

    def submit(self, batch: Batch) -> Future[tuple[Header, ...]]:
        """Queues a batch; the future resolves when it is durable, in order of submission, in groups with one sync.

        A batch whose drafts are all stored already is a retry: their stored headers are returned and nothing is
        written or changed. One with some stored and some new is refused (LogError), as is one that writes to an
        erased stream; a refusal fails that batch alone. A failure (NotDurable) fails this batch and every one
        queued behind it until `recover` is called.
        """
        ...

    def recover(self) -> None:
        """After NotDurable: closes, reopens and checks the file, so that work can go on once there is room."""
        ...

    def entries(
        self, stream: StreamId | None = None, *, beyond: Mapping[tuple[StreamId, ReplicaId], int] | None = None
    ) -> Iterator[Entry]:
        """Facts in fold order within each stream (predecessors, then clock, replica, seq); streams by name.

        `beyond` leaves out entries whose seq is at most the given one for (stream, replica).
        """
        ...

    def entry(self, stream: StreamId, fact: FactId) -> Entry | None:
        """One fact by its id, or None."""
        ...

    def find(self, fact: FactId) -> Header | None:
        """The header of a fact by its id alone, in whatever stream, or None: whether an intent was written already."""
        ...

    def heads(self) -> dict[tuple[StreamId, ReplicaId], int]:
        """The last seq held for each (stream, replica)."""
        ...

    def peers(self) -> dict[ReplicaId, dict[tuple[StreamId, ReplicaId], int]]:
        """The heads each other replica signed in the last exchange we had of it: what it need not be sent again."""
        ...

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        """Rows that pass, ordered by (sort, key). `predicate=None` is for verification and the clockwork only."""
        ...

    def views(self) -> list[str]:
        """The names of all views that have rows."""
        ...

    def timers(self) -> list[Timer]:
        """Every timer that stands, soonest first."""
        ...

    def grants(self) -> list[Grant]:
        """Every mark held, ordered by (person, mark)."""
        ...

    def replace_projections(self, changes: Sequence[Change]) -> None:
        """Throws all rows, grants and timers away and writes these, in one transaction."""
        ...

    def put_snapshot(self, name: str, body: bytes) -> None:
        """Keeps one folded state, sealed; a later one by the same name takes its place. Losing it loses nothing."""
        ...

    def snapshot(self, name: str) -> bytes | None:
        """The snapshot by that name, or None."""
        ...

    def export_exchange(self, theirs: Mapping[tuple[StreamId, ReplicaId], int]) -> bytes:
        """What somebody with heads `theirs` lacks, as one sealed file."""
        ...

    def ingest(self, exchange: bytes, *, now: Moment) -> Ingested:
        """Takes in an exchange, all or nothing. Checks every chain and signature first.

        Projections are NOT touched: the caller folds again and calls `replace_projections`.
        """
        ...

    def verify(self) -> list[Finding]:
        """Checks every chain and signature and the file itself. An empty list means that all is well."""
        ...

    def close(self) -> None:
        """Gives the file up. Idempotent."""
        ...


class TerrainStore(Protocol):
    """Where imported terrains are kept."""

    def names(self) -> list[str]:
        """Every terrain held, in order of name."""
        ...

    def load(self, name: str) -> Terrain:
        """The terrain. Raises NoTerrain when there is none by that name."""
        ...

    def save(self, name: str, terrain: Terrain) -> None:
        """Keeps a terrain under a name, in the place of what was there."""
        ...

    def tiles(self, name: str) -> TileSource:
        """The map tiles of a terrain as it is now. Raises NoTerrain when there is none by that name."""
        ...


class TileSource(Protocol):
    """Map tiles of one terrain: 512 pixels each way, Web Mercator, counted from the north-west (XYZ). Public data."""

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees; east lies beyond 180 where the terrain crosses the date line."""
        ...

    @property
    def min_zoom(self) -> int:
        """Farther off there are no tiles: the terrain would be a speck."""
        ...

    @property
    def max_zoom(self) -> int:
        """Nearer there are no tiles: they would show no more than these."""
        ...

    @property
    def version(self) -> str:
        """Another one whenever the tiles may look different; while it stays, a tile may be kept for ever."""
        ...

    @property
    def attribution(self) -> str:
        """The words that those who made the data want beside the map; may be empty."""
        ...

    def get(self, z: int, x: int, y: int) -> bytes:
        """A tile as PNG; a clear one where there is nothing, whatever the numbers.

        Raises NoTerrain when the terrain can no longer be read.
        """
        ...


class NoTerrain(Exception):
    """No terrain is held by that name, or it cannot be read; the text says what to do."""


class MapMaker(Protocol):
    """Makes a map of a plan: a picture, a raster or outlines."""

    def make(self, plan: MapPlan, form: str, *, progress: Callable[[int, int], None] | None = None) -> bytes:
        """The file's bytes; `form` is one of `map_plan.FORMS`. The same plan gives the same bytes.

        `progress` hears how much of how much is done.
        """
        ...


class NotSent(Exception):
    """A message did not go out. The text says why in plain words, and holds nothing of the address or its keys."""


class Messenger(Protocol):
    """Sends a message to one channel of one member."""

    def send(self, url: str, title: str, body: str) -> None:
        """Returns once whoever runs the channel has taken the message. Raises NotSent."""
        ...
