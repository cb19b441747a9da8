"""Settings in, a wired Wayhome out. The only room that opens the log."""

from __future__ import annotations

from wayhome.assembly.house import House, NotSignedIn
from wayhome.assembly.in_memory import in_memory_house
from wayhome.assembly.local import Founding, LocalHouse, found, found_in, open_house, wall_clock
from wayhome.assembly.remote import connect
from wayhome.assembly.serving import serve

__all__ = [
    "Founding",
    "House",
    "LocalHouse",
    "NotSignedIn",
    "connect",
    "found",
    "found_in",
    "in_memory_house",
    "open_house",
    "serve",
    "wall_clock",
]
