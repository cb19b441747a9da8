"""An exercise's house as one command line sees it: closing it closes nothing, and it has no folder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wayhome.cli.context import UsageError
from wayhome.usecases.ports import TerrainStore
from wayhome.usecases.session import Session


def _needs_a_folder(*_: Any, **__: Any) -> Any:
    raise UsageError("an exercise has no data folder to sign in to, verify, copy or merge")


class BorrowedHouse:
    """A `House` that only gives sessions, and the grounds held in memory."""

    notices: tuple[str, ...] = ()

    sign_in = sign_out = invite = take_invitation = recover = staticmethod(_needs_a_folder)
    new_recovery_codes = confirm = sign_ins = end_sign_in = end_other_sign_ins = staticmethod(_needs_a_folder)
    change_password = open_care = staticmethod(_needs_a_folder)
    new_feed = verify = rebuild = backup = exchange = merge = staticmethod(_needs_a_folder)

    def __init__(self, session: Callable[[str], Session], terrains: TerrainStore) -> None:
        self._session = session
        self.terrains = terrains

    def session(self, token: str) -> Session:
        return self._session(token)

    def close(self) -> None:
        """Nothing to close: the exercise keeps its house."""
