"""How every read is done: rows through the viewer's predicate, checked again, and minted as `Seen`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.ports import Log
from wayhome.usecases.rows import NothingThere, Rows, V
from wayhome.usecases.standing import Standing
from wayhome.values.ids import Mark, MissionId, PersonId
from wayhome.values.when import Moment

T = TypeVar("T")


class Viewing:
    """One viewer at one moment."""

    def __init__(self, log: Log, standing: Standing, viewer: PersonId, now: Moment, *, openly: bool = False) -> None:
        """`openly`: over a way that others may overhear, so that nothing secret and no care may pass."""
        self._log = log
        self._standing = standing
        self._viewer = viewer
        self._now = now
        self._openly = openly
        self._asked: list[Rows] = []

    def _rows(self) -> Rows:
        rows = Rows(self._log, self._standing, self._viewer, openly=self._openly)
        self._asked.append(rows)
        return rows

    @property
    def rested_on(self) -> frozenset[Mark]:
        """The marks of every row that was looked at so far."""
        return frozenset().union(*(rows.marks for rows in self._asked))

    def _list(self, view: str, kind: type[V], **ask: Any) -> Seen[tuple[V, ...]]:
        rows = self._rows()
        return self._many(rows, rows.fetch(view, kind, **ask))

    def _one(self, what: str, view: str, kind: type[V], **ask: Any) -> Seen[V]:
        rows = self._rows()
        found = rows.fetch(view, kind, **ask)
        if not found:
            raise NothingThere(what)
        return rows.warden.seen(found[0], rows.marks)

    def _must_see(self, rows: Rows, mission: MissionId) -> v.MissionView:
        found = rows.fetch("mission", v.MissionView, key=mission)
        if not found:
            raise NothingThere("mission")
        return found[0]

    def _many(self, rows: Rows, values: Sequence[T]) -> Seen[tuple[T, ...]]:
        return rows.warden.seen(tuple(values), rows.marks)

    def _seen(self, rows: Rows, value: T) -> Seen[T]:
        return rows.warden.seen(value, rows.marks)
