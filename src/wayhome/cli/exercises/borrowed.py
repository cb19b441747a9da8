"""An exercise's house as one command line sees it: closing it closes nothing, and it has no folder."""

# ruff: noqa: ARG002 - a house's methods have one signature, whatever each makes of its arguments
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wayhome.cli.context import UsageError
from wayhome.usecases.keeping import Merged
from wayhome.usecases.ports import Finding, TerrainStore
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId

NO_FOLDER = "an exercise has no data folder to sign in to, verify, copy or merge"


class BorrowedHouse:
    """A `House` that only gives sessions, and the grounds held in memory."""

    notices: tuple[str, ...] = ()

    def __init__(self, session: Callable[[str], Session], terrains: TerrainStore) -> None:
        self._session = session
        self.terrains = terrains

    def session(self, token: str) -> Session:
        return self._session(token)

    def sign_in(self, name: str, password: str) -> tuple[str, str]:
        raise UsageError(NO_FOLDER)

    def sign_out(self, token: str) -> None:
        raise UsageError(NO_FOLDER)

    def invite(self, token: str, member: PersonId, *, hours: float = 24) -> str:
        raise UsageError(NO_FOLDER)

    def take_invitation(self, invitation: str, password: str) -> tuple[str, str]:
        raise UsageError(NO_FOLDER)

    def new_feed(self, token: str) -> str:
        raise UsageError(NO_FOLDER)

    def verify(self, token: str) -> list[Finding]:
        raise UsageError(NO_FOLDER)

    def rebuild(self, token: str) -> None:
        raise UsageError(NO_FOLDER)

    def backup(self, token: str, path: Path) -> None:
        raise UsageError(NO_FOLDER)

    def exchange(self, token: str) -> bytes:
        raise UsageError(NO_FOLDER)

    def merge(self, token: str, exchange: bytes) -> Merged:
        raise UsageError(NO_FOLDER)

    def close(self) -> None:
        """Nothing to close: the exercise keeps its house."""
