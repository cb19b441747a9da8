"""The `wayhome` command: global options, the table of command groups, and errors as words."""

from __future__ import annotations

import functools
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from cyclopts import App, CycloptsError

from wayhome import __version__
from wayhome.assembly.facing import Desk, DeskError, DeskSettings, Through
from wayhome.assembly.house import NotSignedIn
from wayhome.cli.context import Context, UsageError, use
from wayhome.cli.helping import explain
from wayhome.cli.hints import hint
from wayhome.cli.opening import open_from_shell, token_of
from wayhome.cli.settled import settle
from wayhome.cli.show import clean
from wayhome.faces.sheets import NothingToPrint
from wayhome.links.files import FileError
from wayhome.mission.rules import Refused
from wayhome.usecases.advising import AdviceError
from wayhome.usecases.ports import LogError, NoTerrain
from wayhome.usecases.rows import NothingThere
from wayhome.values.places import BadPlace
from wayhome.values.when import BadTime

GROUPS = (
    "house", "member", "command", "vehicle", "cover", "glass", "memorial", "petition", "care", "mission", "offer",
    "propose", "team", "field", "log", "clue", "draw", "casualty", "alarm", "report", "clock", "terrain", "search",
    "exercise", "demo", "standing_names", "tell", "telling", "know", "photo", "duty",
)  # fmt: skip
"""Each is a module beside this one with an `app`: a group of commands, or (`top`) commands that stand alone."""

HELP = """The operations desk for teams that send people into danger.

Everywhere: --data DIR (or WAYHOME_DATA) names the data folder, --as NAME says as whom, --json gives JSON.
The passphrase comes from WAYHOME_PASSPHRASE or a prompt, or a key file from --key-file (or WAYHOME_KEY_FILE).
"""

FAMILIES = (
    AdviceError, Refused, NothingThere, LogError, UsageError, NotSignedIn, NoTerrain, BadPlace, BadTime, FileError,
    NothingToPrint, DeskError,
)  # fmt: skip
"""Everything that can go wrong and has words for it."""


QUICK = frozenset(GROUPS) - {"house", "propose", "demo", "standing_names"}
"""The groups whose commands stand under their own name, so that the name alone says what to load."""
ALONE = {"serve": "house", "unlock": "house"}
"""Commands that stand alone and are waited for, and the group each belongs to."""


def build(only: str = "") -> App:
    """The whole command tree; where `only` says which group is meant, that one alone: the others take time to load."""
    app = App(name="wayhome", help=HELP, version=__version__, help_format="plaintext")
    group = ALONE.get(only, only if only in QUICK else "")
    for name in (group,) if group else GROUPS:
        module = importlib.import_module(f"wayhome.cli.{name}")
        app.command(module.app, name="*" if getattr(module, "TOP", False) else None)
    explain(app)
    settle(app)
    return app


def _tree(rest: Sequence[str]) -> App:
    """The tree that a line is parsed by. An exercise types thousands of lines: each tree is built once."""
    return _built(rest[0] if rest and (rest[0] in QUICK or rest[0] in ALONE) else "")


_built = functools.cache(build)


def main(
    argv: Sequence[str] | None = None,
    *,
    desk: Callable[[DeskSettings], Desk] | None = None,
    through_desk: Through | None = None,
) -> int:
    """Runs one command line from the shell and returns its exit status.

    `desk` is what `wayhome serve` serves; `through_desk` lets exercises be played through it.
    """
    context = Context(
        open_house=open_from_shell,
        out=sys.stdout,
        err=sys.stderr,
        data=Path(os.environ.get("WAYHOME_DATA", "wayhome-data")),
        who=os.environ.get("WAYHOME_AS"),
        key_file=Path(os.environ["WAYHOME_KEY_FILE"]) if "WAYHOME_KEY_FILE" in os.environ else None,
        width=_terminal_width(),
        token_of=token_of,
        desk=desk,
        through_desk=through_desk,
    )
    try:
        return run(sys.argv[1:] if argv is None else argv, context)
    finally:
        context.close()


def _terminal_width() -> int:
    try:
        return os.get_terminal_size().columns
    except OSError:
        return 120


def run(argv: Sequence[str], context: Context) -> int:
    """Runs one command line in a context: 0 done, 1 refused, 2 not understood."""
    try:
        rest = _global_options(argv, context)
        use(context)
        _tree(rest)(rest, exit_on_error=False, print_error=False)
    except FAMILIES as error:
        return _complain(context, error)
    except CycloptsError as error:
        _complain(context, UsageError(f"{_short(error)}\n`wayhome {' '.join(argv[:1])} --help` shows how"))
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        return _complain(context, FileError(f"{_short(error.filename)} cannot be used: {error.strerror or error}"))
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else 0
    return 0


def _complain(context: Context, error: Exception) -> int:
    """The error in its own words; as JSON where JSON was asked for."""
    code = getattr(error, "code", type(error).__name__)
    how = hint(code) if isinstance(error, Refused) else ""
    if context.as_json:
        body = msgspec.json.encode({"error": {"code": code, "text": clean(_short(error))}})
        context.out.write(body.decode() + "\n")
    context.err.write(clean(f"wayhome: {_short(error)}{f': {how}' if how else ''}") + "\n")
    return 1


MOST_ERROR_LETTERS = 2_000


def _short(error: object) -> str:
    """The words of an error, cut where what was typed made them endless."""
    text = str(error)
    return text if len(text) <= MOST_ERROR_LETTERS else f"{text[:MOST_ERROR_LETTERS]}…"


MOST_LETTERS = 100_000


def _readable(word: str) -> str:
    """A word of the line as it is. Refuses what no text is, and what no one typed."""
    if "\0" in word or any("\ud800" <= letter <= "\udfff" for letter in word):
        raise UsageError(f"{clean(word[:40])!r} is not valid UTF-8 text: type it anew")
    if len(word) > MOST_LETTERS:
        raise UsageError(f"{word[:40]!r}… has {len(word):,} letters; a word of a command has at most {MOST_LETTERS:,}")
    return word


def _global_options(argv: Sequence[str], context: Context) -> list[str]:
    """Takes --data, --as, --key-file and --json out of the line, wherever they stand before a bare `--`."""
    rest: list[str] = []
    given = [_readable(word) for word in argv]
    while given:
        word = given.pop(0)
        name, joined, value = word.partition("=")
        if word == "--":
            return [*rest, word, *given]
        if word == "--json":
            context.as_json = True
        elif name in ("--data", "--as", "--key-file"):
            if not joined and not given:
                raise UsageError(f"{name} needs a value after it")
            _set(context, name, value if joined else given.pop(0))
        else:
            rest.append(word)
    return rest


def _set(context: Context, name: str, value: str) -> None:
    if name == "--data":
        context.data = Path(value)
    elif name == "--as":
        context.who = value
    else:
        context.key_file = Path(value)
