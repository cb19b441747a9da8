"""Whether the folder behind the desk is open yet; until then the desk shows the unlock page only."""

from __future__ import annotations

from collections.abc import Callable

from wayhome.assembly.local import LocalHouse
from wayhome.assembly.staging import Stage
from wayhome.usecases.ports import Locked


class Door:
    """Stands between the desk and the house. The house is put in once, by whoever opened the folder."""

    def __init__(self, house: LocalHouse | None = None) -> None:
        self._house = house
        self.tries: Callable[[str], None] | None = None
        """What is asked when somebody gives a passphrase."""
        self.stage: Stage | None = None
        """Who knows the exercises; whoever serves the desk puts them in."""

    @property
    def is_open(self) -> bool:
        return self._house is not None

    @property
    def house(self) -> LocalHouse:
        """Raises Locked until the folder is open."""
        if self._house is None:
            raise Locked("the record is locked: give its passphrase on the unlock page, or run `wayhome unlock`")
        return self._house

    def open(self, house: LocalHouse) -> None:
        self._house = house

    def unlock(self, passphrase: str) -> None:
        """Tries a passphrase. Raises WrongKey, or another of LogError's family."""
        if self._house is None and self.tries is not None:
            self.tries(passphrase)
