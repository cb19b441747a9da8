"""One history judged in five ways: by SQL, by the store in memory, by the warden, by the oracle and by Cedar."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from tests.access import cedar
from tests.access.histories import History, item_of
from tests.access.oracle import Item, Oracle

from wayhome.access.predicate import predicate_for
from wayhome.usecases.ports import Ask, Log
from wayhome.values.ids import PersonId

Allowed = set[tuple[str, Item]]


class Judged(msgspec.Struct):
    """How many decisions were taken, how many of them were yes, and where two ways differed."""

    decisions: int = 0
    allowed: int = 0
    differences: list[str] = []

    def add(self, other: Judged) -> None:
        self.decisions += other.decisions
        self.allowed += other.allowed
        self.differences += other.differences


def judge(history: History, stores: Sequence[Log]) -> Judged:
    """Every viewer with every item of a history. The last of the people is nobody's member at all."""
    rows = history.rows()
    items = sorted({item_of(row) for row in rows})
    viewers = [*history.people, PersonId("f" * 32)]
    oracle = Oracle(history.events)
    said: dict[str, Allowed] = {
        "oracle": {(viewer, item) for viewer in history.people for item in items if oracle.may(viewer, item)},
        "cedar": {one for one in cedar.decided(history.events, viewers, items) if one[0] in history.people},
        "warden": {
            (viewer, item_of(row)) for viewer in viewers for row in rows if row.mark in history.standing.held(viewer)
        },
    }
    views = sorted({row.view for row in rows})
    for store in stores:
        store.replace_projections(history.changes())
        said[type(store).__name__] = {
            (viewer, item_of(row))
            for viewer in viewers
            for view in views
            for row in store.rows(Ask(view), predicate_for(viewer))
        }
    first = said["oracle"]
    found = [f"{name} and the oracle: {sorted(one ^ first)[:3]}" for name, one in said.items() if one != first]
    return Judged(len(viewers) * len(items), len(first), found)
