"""Where a command runs: as whom, on which house, and where its words go. Set once per command line."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from wayhome.assembly import House
from wayhome.assembly.facing import Desk, DeskSettings, Through
from wayhome.usecases.session import Session


class UsageError(Exception):
    """What was typed cannot be meant; the text says what is wrong and what to type instead."""


@dataclass
class Context:
    """One command line's surroundings. `open_house` opens the data folder (or finds the running server) on need."""

    open_house: Callable[[Context], House]
    out: TextIO
    err: TextIO
    data: Path
    who: str | None = None
    as_json: bool = False
    key_file: Path | None = None
    width: int = 100
    token_of: Callable[[Context], str] | None = None
    ask_secret: Callable[[str], str] | None = None
    read_input: Callable[[], bytes] | None = None
    desk: Callable[[DeskSettings], Desk] | None = None
    through_desk: Through | None = None
    _house: House | None = field(default=None, repr=False)

    @property
    def house(self) -> House:
        if self._house is None:
            self._house = self.open_house(self)
        return self._house

    def close(self) -> None:
        if self._house is not None:
            self._house.close()
            self._house = None


_CURRENT: ContextVar[Context] = ContextVar("wayhome_context")


def use(context: Context) -> None:
    """Makes `context` the one that commands run in."""
    _CURRENT.set(context)


def here() -> Context:
    return _CURRENT.get()


def session() -> Session:
    """Wayhome as whoever is signed in (`--as NAME` picks one of several). Raises UsageError when nobody is."""
    return here().house.session(token())


def token() -> str:
    """The token of whoever acts. Raises NotSignedIn when nobody is signed in."""
    context = here()
    if context.token_of is None:
        raise UsageError("nobody can sign in here")
    return context.token_of(context)
