"""What a face that runs beside the server is given, and what is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from wayhome.assembly.local import LocalHouse
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId


class DeskSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where the desk answers. `host` other than loopback lets others of the network in; `tls` makes that safe.

    `names` are further host names or addresses by which people call it. `proxied` trusts the headers of a proxy in
    front of it on this machine, which then does the encrypting.
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8765
    tls: bool = False
    names: tuple[str, ...] = ()
    proxied: bool = False


Through = Callable[[LocalHouse], Callable[[PersonId], Session]]
"""Sessions in a house of which everything goes through a face's own way in."""


class DeskError(Exception):
    """The desk cannot be served; the text says why and what to do."""


class Desk(Protocol):
    """The web desk, as whoever serves a folder sees it."""

    def start(self, unlock: Callable[[str], None]) -> tuple[str, ...]:
        """Begins to answer, showing the unlock page only; the addresses, none where it answers already.

        Raises DeskError.
        """
        ...

    def open(self, house: LocalHouse) -> None:
        """The folder is open: from now on, or from the start, the desk is there."""
        ...

    def stop(self) -> None: ...
