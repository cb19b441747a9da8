"""Following: what changed, told to each viewer as it becomes durable, and nothing of what is not theirs to see.

A viewer's *trail* is numbered without gaps, whatever was hidden from them in between: a number tells only how much
they were shown. A trail outlives a lost connection, so that whoever comes back is told what they missed; where that
is no longer known they are told to read everything again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeGuard

import msgspec

from wayhome.access.masks import NameMask, masks_over
from wayhome.access.seen import Seen, Warden
from wayhome.mission.views import shapes as v
from wayhome.usecases.acting import Acting
from wayhome.usecases.ports import Ask, Change, Gone, Grant, Log, Row
from wayhome.usecases.rows import as_told, called
from wayhome.values.ids import OPEN, Mark, MissionId, PersonId

FRAMES_KEPT = 600
"""Of each trail: half a minute of the busiest log measured."""

TRAILS_KEPT = 500
"""Of viewers who are gone for the moment; beyond, the one gone longest is forgotten."""


UNHEARD = frozenset({"look"})
"""Who looked is told to nobody as it happens: whoever reads it would be woken by reading."""


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What one commit changed for a viewer: new log lines whole, and of everything else which view of what changed.

    Rows are not sent, but for new lines: a read may say less than a row does, so the reads are asked again.
    """

    lines: tuple[LineOf, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    """(view, scope), each once: what read it is must be asked anew."""


class LineOf(msgspec.Struct, frozen=True):
    """A new log line and the mission it belongs to."""

    mission: str
    line: v.LineView


class _Trail:
    """What one viewer was shown, oldest first, and the number of the first frame that is still kept."""

    def __init__(self, viewer: PersonId, epoch: str) -> None:
        self.viewer = viewer
        self.epoch = epoch
        self.first = 0
        self.frames: deque[Seen[Frame]] = deque()
        self.listeners: list[Listener] = []

    @property
    def end(self) -> int:
        return self.first + len(self.frames)

    def add(self, frame: Seen[Frame]) -> None:
        self.frames.append(frame)
        if len(self.frames) > FRAMES_KEPT:
            self.frames.popleft()
            self.first += 1


class News(msgspec.Struct, frozen=True):
    """What a listener has not heard yet. `anew`: too much was missed, or their sight changed; read everything again."""

    cursor: str
    frames: tuple[Seen[Frame], ...]
    anew: bool = False


class Listener:
    """One tab that listens."""

    def __init__(self, following: Following, trail: _Trail, at: int, *, anew: bool) -> None:
        self._following = following
        self.trail = trail
        self.at = at
        self.anew = anew

    @property
    def has_news(self) -> bool:
        """Whether there is anything to take. Cheap, and safe to ask without a lock."""
        return self.anew or self.at < self.trail.end

    def take(self) -> News:
        """Everything since the last time, and the cursor with which to come back."""
        return self._following.take(self)

    def leave(self) -> None:
        self._following.leave(self)


Wake = Callable[[frozenset[PersonId]], None]
"""Hears for whom there is news, and is not called where there is none: a commit that is hidden wakes nobody."""


class Following:
    """Trails of everybody who listens. Thread-safe.

    `openly`: over a way that others may overhear, where nothing is told but what everybody may see.
    """

    def __init__(
        self, log: Log, acting: Acting, *, new_epoch: Callable[[], str], wake: Wake, openly: bool = False
    ) -> None:
        self._log = log
        self._acting = acting
        self._new_epoch = new_epoch
        self._wake = wake
        self._openly = openly
        self._lock = threading.Lock()
        self._trails: dict[PersonId, _Trail] = {}
        self._names: dict[str, tuple[Mark, str]] | None = None
        acting.watch(self._written)

    def join(self, viewer: PersonId, cursor: str = "") -> Listener:
        """Listens as somebody, from where `cursor` left off; from now on where that is empty or no longer known."""
        with self._lock:
            trail = self._trails.pop(viewer, None) or _Trail(viewer, self._new_epoch())
            self._trails[viewer] = trail  # those who came or went last stand last
            epoch, _, number = cursor.partition(".")
            known = epoch == trail.epoch and number.isascii() and number.isdigit() and len(number) < 12
            at = int(number) if known else trail.end
            lost = bool(cursor) and not (known and trail.first <= at <= trail.end)
            listener = Listener(self, trail, trail.end if lost else at, anew=lost)
            trail.listeners.append(listener)
            self._forget_some()
            return listener

    def _forget_some(self) -> None:
        idle = [viewer for viewer, trail in self._trails.items() if not trail.listeners]
        for viewer in idle[: max(0, len(idle) - TRAILS_KEPT)]:
            del self._trails[viewer]

    def leave(self, listener: Listener) -> None:
        with self._lock:
            trail = listener.trail
            if listener not in trail.listeners:
                return
            trail.listeners.remove(listener)
            if not trail.listeners and self._trails.get(trail.viewer) is trail:
                self._trails[trail.viewer] = self._trails.pop(trail.viewer)

    def take(self, listener: Listener) -> News:
        with self._lock:
            trail = listener.trail
            anew = listener.anew or listener.at < trail.first
            frames = () if anew else tuple(trail.frames[i] for i in range(listener.at - trail.first, len(trail.frames)))
            listener.at, listener.anew = trail.end, False
            return News(f"{trail.epoch}.{trail.end}", frames, anew)

    def _written(self, changes: Sequence[Change] | None) -> None:
        """Hears of a durable commit; None when everything was folded anew."""
        with self._lock:
            if changes is None:
                self._names = None
                told = set(self._trails)
                for trail in self._trails.values():
                    self._restart(trail)
            else:
                self._note_names(changes)
                told = self._share(changes)
            listening = frozenset(viewer for viewer in told if self._trails[viewer].listeners)
        if listening:
            self._wake(listening)

    def _share(self, changes: Sequence[Change]) -> set[PersonId]:
        """Adds to each trail what its viewer may see of a commit; those who have news by it."""
        shown = [change for change in changes if isinstance(change, Row | Gone) and change.view not in UNHEARD]
        masked = {MissionId(change.scope) for change in shown} & self._acting.standing.masked
        marks = frozenset(change.mark for change in shown)
        seers = {c.person for c in changes if isinstance(c, Grant) and (c.mark == OPEN or not self._openly)}
        lines = {c.key: msgspec.json.decode(c.body, type=v.LineView) for c in shown if _is_line(c)}
        deciding = marks | {
            self._known_names()[line.by][0] for line in lines.values() if line.by in self._known_names()
        }
        made: dict[tuple[frozenset[Mark], frozenset[MissionId]], Frame] = {}
        told: set[PersonId] = set()
        for viewer, trail in self._trails.items():
            if viewer in seers:
                self._restart(trail)
                told.add(viewer)
                continue
            held = self._acting.standing.held(viewer, openly=self._openly)
            if held.isdisjoint(marks):
                continue
            masks = self._masks(masked, viewer)
            key = held & deciding, frozenset(masks)
            if key not in made:
                read = _through(masks, shown, lines) if masks else lines
                made[key] = self._frame([change for change in shown if change.mark in held], read, held)
            trail.add(Warden(viewer, held).seen(made[key], marks & held))
            told.add(viewer)
        return told

    def _masks(self, masked: set[MissionId], viewer: PersonId) -> dict[MissionId, NameMask]:
        return masks_over(self._acting.standing.world, masked, viewer, openly=self._openly) if masked else {}

    def _restart(self, trail: _Trail) -> None:
        """What the viewer may see has changed: they begin a new trail, and read everything again."""
        trail.epoch = self._new_epoch()
        trail.first, trail.frames = 0, deque()
        for listener in trail.listeners:
            listener.at, listener.anew = 0, True

    def _frame(self, changes: Iterable[Row | Gone], read: Mapping[str, v.LineView], held: frozenset[Mark]) -> Frame:
        lines: list[LineOf] = []
        changed: dict[tuple[str, str], None] = {}
        for change in changes:
            if _is_line(change):
                line = read[change.key]
                lines.append(LineOf(change.scope, msgspec.structs.replace(line, by_name=self._name(line.by, held))))
            else:
                changed[change.view, change.scope] = None
        return Frame(lines=tuple(lines), changed=tuple(changed))

    # Names are looked up once and kept, since each line bears one.

    def _name(self, person: str, held: frozenset[Mark]) -> str:
        mark, name = self._known_names().get(person, ("", ""))
        return name if mark in held else called(person)

    def _known_names(self) -> dict[str, tuple[Mark, str]]:
        if self._names is None:
            self._names = {}
            self._note_names(self._log.rows(Ask("name"), None))
        return self._names

    def _note_names(self, changes: Iterable[Change]) -> None:
        if self._names is None:
            return
        for change in changes:
            if isinstance(change, Row) and change.view == "name":
                self._names[change.key] = (change.mark, msgspec.json.decode(change.body, type=v.NameView).name)
            elif isinstance(change, Gone) and change.view == "name":
                self._names.pop(change.key, None)


def _through(
    masks: Mapping[MissionId, NameMask], shown: Iterable[Row | Gone], read: Mapping[str, v.LineView]
) -> dict[str, v.LineView]:
    """The lines as somebody reads them who is not told who a masked one is."""
    told = [as_told(row, masks).row for row in shown if _is_line(row)]
    return {**read, **{row.key: msgspec.json.decode(row.body, type=v.LineView) for row in told}}


def _is_line(change: Row | Gone) -> TypeGuard[Row]:
    return isinstance(change, Row) and change.view == "line"
