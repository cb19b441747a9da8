"""Rows that pass for one viewer: fetched through the predicate, checked again, decoded, and their names filled in."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from wayhome.access.masks import NameMask, masks_over
from wayhome.access.predicate import predicate_for
from wayhome.access.seen import Warden
from wayhome.mission.views import shapes as v
from wayhome.usecases.ports import Ask, Log, Row
from wayhome.usecases.standing import Standing
from wayhome.values.ids import Mark, MissionId, PersonId

V = TypeVar("V", bound=v.View)

SOME = 400
"""Up to so many names are sought; beyond, all are taken."""

FEW = 40
"""Up to so many things are asked for one by one; beyond, all at once."""


class NothingThere(Exception):
    """What was asked for is absent, or hidden: both look the same."""

    def __init__(self, what: str) -> None:
        super().__init__(f"there is no such {what} that you can see")


class Rows:
    """Rows that passed, decoded, with the marks they came from."""

    def __init__(self, log: Log, standing: Standing, viewer: PersonId, *, openly: bool = False) -> None:
        self._log = log
        self._predicate = predicate_for(viewer, openly=openly)
        self.warden = Warden(viewer, standing.held(viewer, openly=openly))
        self.marks: set[Mark] = set()
        self._masks = masks_over(standing.world, standing.masked, viewer, openly=openly) if standing.masked else {}

    def fetch(self, view: str, kind: type[V], *, within: frozenset[Mark] | None = None, **ask: Any) -> list[V]:
        """The rows of one view as their shapes, in order, each once.

        `within` keeps to rows of these marks: for what will be written down where others read it.
        """
        seen: dict[str, V] = {}
        for row in self._passed(Ask(view, **ask), within):
            if row.key not in seen:
                seen[row.key] = msgspec.json.decode(row.body, type=kind)
        return self.named(list(seen.values()))

    def by_scope(self, view: str, kind: type[V]) -> dict[str, list[V]]:
        """All rows of one view, in order, under the scopes (missions, members) they belong to; in one query."""
        rows = self._passed(Ask(view), None)
        named = self.named([msgspec.json.decode(row.body, type=kind) for row in rows])
        found: dict[str, list[V]] = {}
        for row, value in zip(rows, named, strict=True):
            found.setdefault(row.scope, []).append(value)
        return found

    def _passed(self, ask: Ask, within: frozenset[Mark] | None) -> list[Row]:
        rows: list[Row] = self._log.rows(ask, self._predicate)
        if within is not None:
            rows = [row for row in rows if row.mark in within]
        self.warden.check(row.mark for row in rows)
        self.marks.update(row.mark for row in rows)
        return self._as_told(rows, newest_first=ask.newest_first) if self._masks else rows

    def _as_told(self, rows: list[Row], *, newest_first: bool) -> list[Row]:
        """The rows as somebody reads them who is not told who a masked one is, in the order that this gives them."""
        told = [as_told(row, self._masks) for row in rows]
        if all(one.order == (row.sort, row.key) for one, row in zip(told, rows, strict=True)):
            return [one.row for one in told]
        told.sort(key=lambda one: (*one.order, one.row.body), reverse=newest_first)
        return [one.row for one in told]

    def names(self, wanted: set[str]) -> dict[str, str]:
        """How the wanted people are called, of those whose name the viewer may see."""
        keys = tuple(sorted(wanted)) if len(wanted) <= SOME else None
        found = self._log.rows(Ask("name", keys=keys), self._predicate)
        return {row.key: _name(row.body) for row in found}

    def named(self, views: list[V]) -> list[V]:
        """Fills every `x_name` from the `x` beside it."""
        if not views:
            return views
        fields = [name[:-5] for name in views[0].__struct_fields__ if name.endswith("_name")]
        wanted = {getattr(view, field) for view in views for field in fields} - {None, ""}
        if not wanted:
            return views
        names = self.names({str(person) for person in wanted})
        return [msgspec.structs.replace(view, **_fill(view, fields, names)) for view in views]


class ToldRow(msgspec.Struct, frozen=True):
    """A row with its mask laid over it, and where it then stands among others."""

    row: Row
    order: tuple[str, str]


def as_told(row: Row, masks: Mapping[MissionId, NameMask]) -> ToldRow:
    """A row as it is read through the mask of its mission, where one lies over it.

    A row belongs to a mission by its scope, its key (the mission's own, and its place in somebody's history) or its
    mark.
    """
    places = (row.scope, row.key, row.key.removeprefix("m."), row.mark.removeprefix("m:"))
    mask = next((masks[MissionId(place)] for place in places if place in masks), None)
    if mask is None:
        return ToldRow(row, (row.sort, row.key))
    body = mask.over_json(row.body)
    if row.sort == row.key and body != mask.plain_json(row.body):
        return ToldRow(msgspec.structs.replace(row, body=body), ("", ""))  # its key may be made of the name
    order = (_unpadded(mask.over(row.sort), row.sort), mask.over(row.key))
    return ToldRow(msgspec.structs.replace(row, body=body), order)


def _unpadded(told: str, sort: str) -> str:
    """A sort key with a label in it, without the blanks that filled it up: they would tell how long the name is."""
    return sort if told == sort else told.strip()


@functools.lru_cache(maxsize=20_000)
def _name(body: bytes) -> str:
    return msgspec.json.decode(body, type=v.NameView).name


def _fill(view: v.View, fields: list[str], names: dict[str, str]) -> dict[str, str]:
    filled = {}
    for field in fields:
        person = getattr(view, field)
        if person:
            filled[f"{field}_name"] = names.get(person) or called(person)
    return filled


def called(person: str) -> str:
    """What stands for somebody whose name is erased or was never given."""
    return "the clock" if person == "clock" else f"member {person[:6]}"
