"""The whole command tree is described by itself."""

from __future__ import annotations

import inspect
import io
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from wayhome.assembly import House
from wayhome.cli.context import Context
from wayhome.cli.main import GROUPS, _global_options, build

TREE = build()


def commands(app: App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, App]]:
    """Every command by its words."""
    for name in app:
        if not name.startswith("-"):
            sub = app[name]
            if sub.default_command is not None:
                yield " ".join((*path, name)), sub
            yield from commands(sub, (*path, name))


ALL = dict(commands(TREE))


def examples(app: App) -> list[str]:
    lines = (inspect.getdoc(app.default_command) or "").splitlines()
    return [line.removeprefix("Example:").strip() for line in lines if line.startswith("Example:")]


def test_the_tree_holds_every_group() -> None:
    """The groups that scripts rely on are there."""
    words = set(ALL)
    for needed in ("init", "serve", "import roster", "export log", "backup", "restore", "merge", "verify", "waiting"):
        assert needed in words
    for group in ("member", "command", "vehicle", "memorial", "petition", "care"):
        assert group in GROUPS
        assert any(command.startswith(group) for command in words)


@pytest.mark.parametrize("command", sorted(ALL))
def test_every_command_has_help_with_an_example(command: str) -> None:
    """Each command says what it does and shows an example of itself that can be typed."""
    app = ALL[command]
    doc = inspect.getdoc(app.default_command) or ""
    assert doc and not doc.startswith("Example"), f"`wayhome {command}` says nothing of itself"
    found = examples(app)
    assert found, f"`wayhome {command}` shows no example"
    group = command.split()[0]
    for example in found:
        words = shlex.split(example)
        assert words[0] == "wayhome", f"`{example}` is no command line of ours"
        assert words[1] == group, f"`{example}` stands under `wayhome {command}`"
        context = Context(open_house=_none, out=io.StringIO(), err=io.StringIO(), data=Path("none"))
        TREE.parse_args(_global_options(words[1:], context), exit_on_error=False, print_error=False)


def _none(_: Context) -> House:
    raise AssertionError("nothing is opened to parse a line")
