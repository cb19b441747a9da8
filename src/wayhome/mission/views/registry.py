"""Which rows, marks and timers a fact changes. Rows of a mission carry the mission's own mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views.shapes import View
from wayhome.values.ids import Mark, PersonId, ReplicaId, StreamId
from wayhome.values.when import Deadline


class Shown(msgspec.Struct, frozen=True):
    """A row to stand from now on; `view=None` takes it away."""

    view: str
    scope: str
    key: str
    mark: Mark
    sort: str
    body: View | None


class Held(msgspec.Struct, frozen=True):
    """A mark that somebody holds from now on, or no longer."""

    person: PersonId
    mark: Mark
    held: bool = True


class Due(msgspec.Struct, frozen=True):
    """A timer: when, whose, and what for. None takes it away."""

    id: str
    due_ms: int | None
    owner: ReplicaId
    stream: StreamId
    what: str


Change = Shown | Held | Due
Show = Callable[[Any, World, Said], Iterator[Change]]
S = TypeVar("S", bound=Show)
SHOWS: dict[type[Fact], list[Show]] = {}


def shows(*kinds: type[Fact]) -> Callable[[S], S]:
    """Registers what some kinds of fact change in the rows. A row is made of its own stream's state alone."""

    def register(show: S) -> S:
        for kind in kinds:
            SHOWS.setdefault(kind, []).append(show)
        return show

    return register


def due_ms(deadline: Deadline | None) -> int | None:
    """When a deadline falls due; None for one that another laptop wrote and this one cannot read."""
    try:
        return deadline.moment().ms if deadline is not None else None
    except (ValueError, OverflowError):
        return None


def by_time(said: Said) -> str:
    """A sort key: when it was said, and its place in the stream where two fall together."""
    return f"{said.at.ms:015d}.{said.seq:09d}.{said.id}"


def row(mission: Mission, view: str, key: str, body: View | None, *, sort: str = "") -> Shown:
    """A row of a mission's compartment."""
    return Shown(view, mission.id, key, mission.mark, sort or key, body)
