"""A tree of commands that grows no more: what follows from its shape alone is worked out once, not for every line."""

from __future__ import annotations

from typing import Any

from cyclopts import App
from cyclopts.app_stack import AppStack


class SettledStack(AppStack):
    """Cyclopts asks some ten times a line under which headings of `--help` a command stands, and each time goes through
    all commands there are."""

    def __init__(self, app: App) -> None:
        super().__init__(app)  # type: ignore[no-untyped-call]  # it has no types
        self._found: dict[tuple[int, ...], tuple[list[App], list[Any]]] = {}

    @property
    def command_groups(self) -> list[Any]:
        """The headings of the command under the one it was reached through."""
        reached = self.current_frame[-2:]
        key = tuple(id(app) for app in reached)
        if key not in self._found:
            self._found[key] = (reached, super().command_groups)  # kept with the apps, so that no id is another's later
        return self._found[key][1]


def settle(app: App) -> None:
    """Says of a whole tree that no command will be added to it. Commands that are in it already stay as they are."""
    if isinstance(app.app_stack, SettledStack):
        return
    app.app_stack = SettledStack(app)
    for name in app:
        if not name.startswith("-"):
            settle(app[name])
