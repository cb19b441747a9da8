"""`Seen`: the only form in which anything reaches a face, an export or a link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

import msgspec

from wayhome.values.ids import Mark, PersonId

T = TypeVar("T")


class Seen(msgspec.Struct, Generic[T], frozen=True):
    """A value that passed `access` for one viewer. Minted here alone; an AST check holds every other room to it."""

    value: T
    viewer: PersonId


class NotAllowed(Exception):
    """A row came out of a query that its viewer may not see: a fault of ours, never shown, always loud."""


class Warden:
    """Re-checks, against the folded state and not the query's own table, what a query let through."""

    def __init__(self, viewer: PersonId, held: frozenset[Mark]) -> None:
        self._viewer = viewer
        self._held = held

    @property
    def viewer(self) -> PersonId:
        return self._viewer

    def check(self, marks: Iterable[Mark]) -> None:
        """Raises NotAllowed when the viewer lacks any of the marks."""
        missing = [mark for mark in marks if mark not in self._held]
        if missing:
            raise NotAllowed(f"{len(missing)} rows were not for {self._viewer}")

    def seen(self, value: T, marks: Iterable[Mark]) -> Seen[T]:
        """The value, minted for the viewer, once every mark it was made from is held."""
        self.check(marks)
        return Seen(value, self._viewer)


def received(value: T, viewer: PersonId) -> Seen[T]:
    """What the process that owns the record checked and sent to a face of the same member over the local socket."""
    return Seen(value, viewer)
