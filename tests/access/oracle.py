"""Who may see what, in plain Python: written from the words of need-to-know alone, and from none of the program's code.

A secret mission is there for its owner, for whoever was read in and not read out since, and for whoever broke the glass
and whose emergency is not over. A telling is there for whoever was told, for good, and for whoever told it on; a teller
who told of their own knowledge sees it while the mission is there for them. That there was a telling, and of which
mission, is there for that teller, and for the mission's people once it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Event(NamedTuple):
    """Something that happened. `what`: opened, read in, read out, told, shown, glass broken, glass over."""

    what: str
    mission: str
    who: str
    """The owner, the one read in or out, the listener, the one who broke the glass."""
    id: str = ""
    """The telling, or the glass."""
    teller: str = ""
    retold: bool = False


class Item(NamedTuple):
    """Something to see. `kind`: open, mission, telling, told."""

    kind: str
    id: str = ""


class Oracle:
    """What everybody may see after some events."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._in: dict[str, set[str]] = {}
        self._glass: dict[str, tuple[str, str]] = {}
        self._told: dict[str, Event] = {}
        self._shown: set[str] = set()
        for event in events:
            self._hear(event)

    def _hear(self, event: Event) -> None:
        inside = self._in.setdefault(event.mission, set())
        match event.what:
            case "opened" | "read in":
                inside.add(event.who)
            case "read out":
                inside.discard(event.who)
                ended = (event.mission, event.who)
                self._glass = {glass: held for glass, held in self._glass.items() if held != ended}
            case "glass broken":
                self._glass[event.id] = (event.mission, event.who)
            case "glass over":
                self._glass.pop(event.id, None)
            case "told":
                self._told[event.id] = event
            case "shown":
                self._shown.add(event.id)

    def may(self, viewer: str, item: Item) -> bool:
        """Whether somebody of the organisation may see a thing."""
        if item.kind == "mission":
            return viewer in self._in.get(item.id, ()) or (item.id, viewer) in self._glass.values()
        told = self._told.get(item.id)
        if item.kind == "open" or told is None:
            return item.kind == "open"
        inside = self.may(viewer, Item("mission", told.mission))
        teller = viewer == told.teller and (told.retold or inside)
        if item.kind == "telling":
            return teller or viewer == told.who
        return inside and (item.id in self._shown or (teller and not told.retold))
