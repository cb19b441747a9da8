"""What a face can reach is in the one table, or the two-worlds test does not know of it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
from cyclopts import App
from tests.worlds import covered_care
from tests.worlds.commands import COMMANDS, Lines
from tests.worlds.covered import ADVICE as ADVICE_COVERED
from tests.worlds.covered import INTENTS as INTENTS_COVERED
from tests.worlds.covered import READS as READS_COVERED

from wayhome.cli.main import build
from wayhome.engines.care.stated import CARE_INTENTS
from wayhome.mission.intents import INTENTS
from wayhome.usecases.advising import ADVICE
from wayhome.usecases.care.reading import CARE_READS
from wayhome.usecases.reading import READS


def commands(app: App, *before: str) -> Iterator[str]:
    """Every command that does something, by its words."""
    for name in app:
        if name.startswith("-"):
            continue
        inner = app[name]
        within = [word for word in inner if not word.startswith("-")]
        if within:
            yield from commands(inner, *before, name)
        default = inner.default_command
        if default is not None and not (within and getattr(default, "__name__", "") == "help_print"):
            yield " ".join((*before, name))


def test_every_read_is_in_the_table() -> None:
    """A read that is new fails here until the table says how it is asked."""
    assert set(READS_COVERED) == set(READS)


def test_every_advice_is_in_the_table() -> None:
    """An advice that is new fails here until the table says how it is asked."""
    assert set(ADVICE_COVERED) == set(ADVICE)


def test_every_intent_is_in_the_table() -> None:
    """An intent that is new fails here until the table says how an outsider states it."""
    assert set(INTENTS_COVERED) == set(INTENTS)


def test_everything_in_care_is_in_the_table() -> None:
    """A read or a deed behind the wall that is new fails here until the table says how an outsider tries it."""
    assert set(covered_care.READS) == set(CARE_READS)
    assert set(covered_care.INTENTS) == set(CARE_INTENTS)


def test_every_command_is_in_the_table() -> None:
    """A command, an export among them, that is new fails here until the table says how it is typed, or why not."""
    assert set(COMMANDS) == set(commands(build()))


def test_a_command_that_nobody_covered_is_missed() -> None:
    """The walk over the command line finds a command wherever it hangs."""
    app, group = App(name="wayhome"), App(name="group")
    group.command(lambda: None, name="planted")
    app.command(group)
    assert list(commands(app)) == ["group planted"]


@pytest.mark.parametrize(("table", "functions"), [(READS_COVERED, READS), (ADVICE_COVERED, ADVICE)])
def test_every_argument_is_given_at_least_once(
    table: dict[str, tuple[dict[str, object], ...]], functions: dict[str, object]
) -> None:
    """No argument of a read or an advice stays untried, but the few that only choose among what was seen."""
    for name, shapes in table.items():
        given = {argument for shape in shapes for argument in shape}
        taken = set(inspect.signature(functions[name]).parameters) - {"self"}  # type: ignore[arg-type]  # callables
        assert given <= taken, f"{name} takes no {given - taken}"
        assert taken - given <= {"subject_kmh"}, f"{name} is never given {taken - given}"


def test_each_command_left_out_says_why() -> None:
    """Nothing is left out without a reason in words."""
    for name, held in COMMANDS.items():
        if not isinstance(held, Lines):
            assert len(held.because.split()) > 5, name
