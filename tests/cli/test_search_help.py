"""`wayhome search ... --help`: every parameter has its words, in the tables that are printed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from cyclopts import App
from docstring_parser import parse

from wayhome.cli.main import build, main


def commands(app: App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, App]]:
    """Every command below, by its words."""
    for name in app:
        if not name.startswith("-"):
            below = app[name]
            if below.default_command is not None:
                yield " ".join((*path, name)), below
            yield from commands(below, (*path, name))


def test_every_parameter_of_search_has_a_line_of_help() -> None:
    """What a command takes and what its help explains are the same names, each with words."""
    found = dict(commands(build("search")["search"]))
    assert {"map", "plan", "contain", "cut-off", "odds", "score", "evidence sweep", "dog lend"} <= set(found)
    for name, command in found.items():
        function = command.default_command
        assert function is not None and function.__doc__ is not None
        told = {one.arg_name for one in parse(inspect.cleandoc(function.__doc__)).params if one.description}
        assert told == set(inspect.signature(function).parameters), name


def test_the_words_and_the_default_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The table says what a parameter means, in which unit, and what holds where nothing is said."""
    assert main(["search", "plan", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.replace("│", " ").split())
    assert "the effective sweep width in metres of each team that says no other [default: 40.0]" in said
