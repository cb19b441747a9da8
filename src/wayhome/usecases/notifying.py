"""Notifying: what waits for a member is told through their channels, at least once, in words that say nothing.

The message is the same for everybody and everything, so that no server on its way learns more than that Wayhome is in
use. What is told is read as the member, through the same predicate as their own screen: nobody else is ever told.
What went out is noted only afterwards. Whoever is killed in between tells again; nothing is left untold.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future

import msgspec

from wayhome.access.seen import Seen, Warden
from wayhome.mission.views import shapes as v
from wayhome.usecases.acting import Acting
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.concerns import ConcernedRows, Concerns
from wayhome.usecases.left_behind import next_wait_ms
from wayhome.usecases.ports import Change, Log, LogError, Messenger, NotSent
from wayhome.usecases.waiting import REMIND_H, next_time, waiting
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

TITLE = "Wayhome"
BODY = "open Wayhome"

BACKOFF_S = (10, 60, 300, 900, 3600)
"""How long after each failed try the next one follows; from the last on, every hour."""
TRY_FOR_S = 24 * 3600
"""After a day a channel is given up for what it would have told. What comes later is tried again."""

LOOKS_A_TICK = 20
"""So many members are looked at in one tick; the others wait for the next. Each look is a read of some milliseconds."""
SWEPT_A_TICK = 500
"""Of all members, after a start or a merge, so many are asked whether they have channels at all."""
MOST_UNDER_WAY = 32
"""Messages handed over and not done with; the rest waits, so that a dead network piles nothing up."""

ChannelsOf = Callable[[PersonId], Sequence[str]]


class Told(msgspec.Struct, frozen=True):
    """How far something that waits got on its way to its member.

    `at`: when the first channel took it. `tries`: how many failed. `failed`: what stands against it now, empty where
    nothing does. `seen`: they have had it on their screen.
    """

    item: Id
    at: Moment | None
    tries: int
    failed: str
    seen: bool


class _Item(msgspec.Struct):
    """One thing that waits: since when we know, when it was told, who has taken it, and which channels would not.

    `next_ms` is when those are tried again; None where none is failing, or they were given up.
    """

    since_ms: int
    told_ms: int | None = None
    seen: bool = False
    reached: set[Id] = msgspec.field(default_factory=set)
    failing: dict[Id, str] = msgspec.field(default_factory=dict)
    tries: int = 0
    failing_since_ms: int = 0
    next_ms: int | None = None

    def due_ms(self, channel: Id) -> int | None:
        """When a channel is to tell it; None where it need not or was given up."""
        if self.seen or channel in self.reached:
            return None
        return self.next_ms if channel in self.failing else self.since_ms

    def taken(self, channel: Id, now: Moment) -> None:
        self.reached.add(channel)
        self.failing.pop(channel, None)
        self.told_ms = now.ms if self.told_ms is None else self.told_ms

    def not_taken(self, channel: Id, why: str, now: Moment) -> None:
        self.failing[channel] = why
        if self.next_ms is None:
            self.tries, self.failing_since_ms = 0, now.ms
        elif self.next_ms > now.ms:
            return  # another channel failed in the same round
        self.next_ms = now.ms + 1000 * BACKOFF_S[min(self.tries, len(BACKOFF_S) - 1)]
        self.tries += 1
        if self.next_ms - self.failing_since_ms > 1000 * TRY_FOR_S:
            self.next_ms = None

    @property
    def failed(self) -> str:
        words = "; ".join(dict.fromkeys(self.failing.values()))
        return f"{words}; given up after a day" if words and self.next_ms is None else words


_Items = dict[Id, _Item]
_Shelf = dict[PersonId, _Items]


def item_of(waits: WaitingView, now: Moment) -> Id:
    """The id of something that waits. Another due time makes it another thing, and so does the passing of it.

    A routine is never overdue: when its time has passed, it is its next time that waits.
    """
    due_ms = waits.due.ms if waits.due else None
    overdue = due_ms is not None and due_ms <= now.ms and waits.what != "routine"
    return derive(waits.about, "waits", waits.what, str(due_ms), "overdue" if overdue else "")


class Notifier:
    """Tells members what waits for them. One thread ticks; `touch`, `opened` and `told` may come from any."""

    def __init__(self, log: Log, acting: Acting, messenger: Messenger, pool: Executor, channels_of: ChannelsOf) -> None:
        self._log = log
        self._acting = acting
        self._messenger = messenger
        self._pool = pool
        self._channels_of = channels_of
        self._lock = threading.Lock()
        self._held: _Shelf = {}
        self._loaded: set[str] = set()
        self._unsaved: set[str] = set()
        self._touched: dict[PersonId, None] = {}
        self._sweep: list[PersonId] | None = None
        self._concerns = Concerns()
        self._wakes: dict[PersonId, int] = {}
        self._under_way: dict[tuple[PersonId, Id], tuple[tuple[Id, ...], Future[None]]] = {}
        acting.watch(self.touch)

    # What others may call

    def touch(self, changes: Sequence[Change] | None) -> None:
        """Hears what a commit changed; None when everything was folded anew. Quick: it only notes who to look at."""
        touched = self._concerns.note(changes, self._acting.standing) if changes is not None else set()
        with self._lock:
            self._touched.update(dict.fromkeys(touched))
            if changes is None:
                self._sweep = None

    def opened(self, member: PersonId, shown: Iterable[WaitingView], now: Moment) -> None:
        """The member has had these on their screen: what was not told yet need not be."""
        ids = [item_of(waits, now) for waits in shown]
        with self._lock:
            items = self._items(member)
            for id in ids:
                item = items.setdefault(id, _Item(now.ms))
                if not item.seen:
                    item.seen = True
                    self._unsaved.add(_shelf_of(member))

    def told(self, member: PersonId, zone: str = "UTC") -> Seen[tuple[Told, ...]]:
        """What became of everything that waits for a member, oldest first; for them alone."""
        with self._lock:
            items = sorted(self._items(member).items(), key=lambda one: (one[1].since_ms, one[0]))
            found = tuple(_told(id, item, zone) for id, item in items)
        return Warden(member, self._acting.standing.held(member)).seen(found, ())

    def notify(self, now: Moment, touched: Collection[PersonId] = ()) -> None:
        """Notes what went out since the last tick, looks at whom it concerns, and hands over what is to be told.

        Waits for no message. Does nothing where another laptop keeps the organisation's clock: it tells.
        """
        self._collect(now)
        keeper = self._acting.standing.world.organisation.clock_keeper
        if not keeper or keeper == self._log.replica:
            self._begin_sweep()
            with self._lock:
                self._touched.update(dict.fromkeys(touched))
            for member in self._whom_to_look_at(now):
                self._look(member, now)
        self._save()

    # Whom to look at

    def _whom_to_look_at(self, now: Moment) -> list[PersonId]:
        """Those touched first, then those whose time has come, then the next few of a sweep of everybody."""
        with self._lock:
            found = dict.fromkeys(list(self._touched)[:LOOKS_A_TICK])
            for member in found:
                del self._touched[member]
        due = sorted((at_ms, member) for member, at_ms in self._wakes.items() if at_ms <= now.ms)
        found.update(dict.fromkeys(member for _, member in due[: LOOKS_A_TICK - len(found)]))
        found.update(dict.fromkeys(self._swept(LOOKS_A_TICK - len(found))))
        return list(found)

    def _begin_sweep(self) -> None:
        """After a start or a merge: everybody is to be looked at once, and who concerns whom is noted before."""
        world = self._acting.standing.world
        with self._lock:
            if self._sweep is not None:
                return
            self._sweep = list(world.organisation.members)[::-1]
        self._concerns.anew(world)

    def _swept(self, most: int) -> Iterator[PersonId]:
        with self._lock:
            sweep = self._sweep or []
        for _ in range(SWEPT_A_TICK):
            if most <= 0 or not sweep:
                return
            member = sweep.pop()
            if self._channels_of(member):
                most -= 1
                yield member

    # One member

    def _look(self, member: PersonId, now: Moment) -> None:
        """Reads what waits for a member, as that member, and sends for what they were not told."""
        channels = {derive(url, "channel"): url for url in self._channels_of(member)}
        self._wakes.pop(member, None)
        if not channels:
            self._forget(member)
            return
        rows = ConcernedRows(self._log, self._acting.standing, member, self._concerns.of(member))
        waits = list(waiting(rows, member, now))
        with self._lock:
            items = self._renew(member, {item_of(one, now) for one in waits}, now)
            for channel, url in channels.items():
                self._tell(member, channel, url, items, now)
        self._wake(member, _changes_at(waits, rows.fetch("routine", v.RoutineView), now))
        self._wake(member, next_wait_ms(rows, member, now))

    def _renew(self, member: PersonId, ids: Collection[Id], now: Moment) -> _Items:
        """What waits now, with what we know of each; what waits no longer is dropped."""
        before = self._items(member)
        items = {id: before.get(id) or _Item(now.ms) for id in ids}
        if items.keys() != before.keys():
            self._unsaved.add(_shelf_of(member))
        self._held[member] = items
        return items

    def _tell(self, member: PersonId, channel: Id, url: str, items: _Items, now: Moment) -> None:
        """One message for all that one channel has not told; none where nothing is due to be tried."""
        due = {id: due_ms for id, item in items.items() if (due_ms := item.due_ms(channel)) is not None}
        if not due or (member, channel) in self._under_way:
            return
        if min(due.values()) > now.ms:
            self._wake(member, min(due.values()))
        elif len(self._under_way) >= MOST_UNDER_WAY:
            self._wake(member, now.ms)
        else:
            sent = self._pool.submit(self._messenger.send, url, TITLE, BODY)
            self._under_way[member, channel] = tuple(due), sent

    def _wake(self, member: PersonId, at_ms: int | None) -> None:
        if at_ms is not None:
            self._wakes[member] = min(at_ms, self._wakes.get(member, at_ms))

    def _forget(self, member: PersonId) -> None:
        with self._lock:
            if self._items(member):
                self._unsaved.add(_shelf_of(member))
            self._held.pop(member, None)

    # What became of it

    def _collect(self, now: Moment) -> None:
        with self._lock:
            for (member, channel), (ids, sent) in list(self._under_way.items()):
                if not sent.done():
                    continue
                del self._under_way[member, channel]
                items = self._items(member)
                _note([items[id] for id in ids if id in items], channel, sent.exception(), now)
                self._unsaved.add(_shelf_of(member))
                self._wake(member, now.ms)

    # Kept sealed, on sixteen shelves: what one message changed writes one of them

    def _items(self, member: PersonId) -> _Items:
        shelf = _shelf_of(member)
        if shelf not in self._loaded:
            self._loaded.add(shelf)
            for person, items in _read(self._log.snapshot(shelf)).items():
                self._held.setdefault(person, items)
        return self._held.setdefault(member, {})

    def _save(self) -> None:
        """Writes what changed. Where the disk refuses, it stays to be written, and at worst something is told twice."""
        known = self._acting.standing.world.people
        with self._lock:
            shelves = {
                shelf: msgspec.msgpack.encode({p: items for p, items in self._on(shelf) if items and p in known})
                for shelf in sorted(self._unsaved)
            }
            self._unsaved.clear()
        for shelf, body in shelves.items():
            try:
                self._log.put_snapshot(shelf, body)
            except LogError:
                with self._lock:
                    self._unsaved.add(shelf)

    def _on(self, shelf: str) -> list[tuple[PersonId, _Items]]:
        return [(person, items) for person, items in self._held.items() if _shelf_of(person) == shelf]


def _shelf_of(member: PersonId) -> str:
    return f"told.{member[:1]}"


def _read(body: bytes | None) -> _Shelf:
    """What was kept; nothing where it was written by another program, so that all is told once more."""
    try:
        return msgspec.msgpack.decode(body, type=_Shelf) if body else {}
    except msgspec.MsgspecError:
        return {}


def _told(id: Id, item: _Item, zone: str) -> Told:
    at = Moment(item.told_ms, zone) if item.told_ms is not None else None
    return Told(id, at, item.tries, item.failed, item.seen)


def _note(items: Iterable[_Item], channel: Id, error: BaseException | None, now: Moment) -> None:
    """What a try came to, on everything it was to tell."""
    why = str(error) if isinstance(error, NotSent) else "it could not be sent, for a fault of Wayhome's own"
    for item in items:
        if error is None:
            item.taken(channel, now)
        else:
            item.not_taken(channel, why, now)


def _changes_at(waits: Iterable[WaitingView], routines: Iterable[v.RoutineView], now: Moment) -> int | None:
    """When, without anything being written, something else will wait: a due time passes, a routine comes near."""
    dues = [one.due.ms + 1 for one in waits if one.due and one.due.ms >= now.ms]
    ahead = now.plus(hours=REMIND_H)
    beyond = Moment(ahead.ms + 1, ahead.zone)
    near = [next_time(routine, beyond).ms - REMIND_H * 3_600_000 for routine in routines]
    return min(dues + near, default=None)
