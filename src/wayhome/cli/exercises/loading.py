"""Exercise files: read, checked whole, every mistake with its line and key."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from wayhome.cli.context import UsageError
from wayhome.cli.exercises.checking import listed
from wayhome.cli.exercises.shape import Cast, Exercise, Line
from wayhome.links.files import read_file

T = TypeVar("T")

SHIPPED = ("goodbye", "survivors", "bring-him-back", "basket", "year")
"""The stories that come with Wayhome, in the order in which they are told."""

CASTS = ("leaf",)
MOST_BYTES = 2_000_000

_HEADER = re.compile(r"^\s*\[\[\s*(setup|step|step\.do)\s*\]\]")
_PATH_PART = re.compile(r"\.(\w+)|\[(\d+)\]")
_KEPT = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class BadExercise(UsageError):
    """An exercise file that cannot be played; the text says where, what and what to do."""


def shipped_names() -> tuple[str, ...]:
    return SHIPPED


def shipped(name: str) -> Exercise:
    """A story that comes with Wayhome. Raises BadExercise for another name."""
    if name not in SHIPPED:
        raise BadExercise(f"there is no exercise {name!r}: {', '.join(SHIPPED)}, all, or the path of a .toml file")
    return decode_exercise(_resource(f"{name}.toml"), f"{name}.toml")


def load_exercise(name_or_path: str) -> Exercise:
    """A shipped story by its name, or an exercise of one's own by its path. Raises BadExercise, FileError."""
    if not name_or_path.endswith(".toml"):
        return shipped(name_or_path)
    path = Path(name_or_path)
    try:
        return decode_exercise(read_file(path, most_bytes=MOST_BYTES).decode("utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise BadExercise(f"{path.name} is not UTF-8 text: save it as UTF-8") from error


def _resource(name: str) -> str:
    return files(f"{__package__}.stories").joinpath(name).read_text(encoding="utf-8")


def decode_exercise(text: str, name: str) -> Exercise:
    """The exercise that a TOML text holds, with its cast before its own setup. Raises BadExercise."""
    places = _Places(text)
    exercise = _decode(text, name, Exercise, places)
    _number(exercise, places)
    if exercise.cast:
        if exercise.cast not in CASTS:
            raise BadExercise(f"{name}: there is no cast {exercise.cast!r}: {', '.join(CASTS)}, or leave it out")
        exercise.setup = [*_cast(exercise.cast), *exercise.setup]
    for line in _lines(exercise):
        _check_line(line, name)
    _check_kept(exercise, name)
    return exercise


def _cast(name: str) -> list[Line]:
    text = _resource(f"cast-{name}.toml")
    return _decode(text, f"cast-{name}.toml", Cast, _Places(text)).setup


def _decode(text: str, name: str, kind: type[T], places: _Places) -> T:
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except tomllib.TOMLDecodeError as error:
        raise BadExercise(f"{name} is no TOML: {error}") from error
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `")
        number = places.of_path(path.rstrip("`"), what)
        where = f"{name}, line {number}" if number else name
        raise BadExercise(f"{where}: {_plainly(what)}") from error


def _plainly(what: str) -> str:
    unknown = re.search(r"unknown field `(.+)`", what)
    missing = re.search(r"missing required field `(.+)`", what)
    if unknown:
        return f"there is no key `{unknown[1]}` here: `wayhome exercise words` lists the keys"
    if missing:
        return f"the key `{missing[1]}` is missing here"
    return what


class _Places:
    """On which line each table of a file begins."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self.setup: list[int] = []
        self.step: list[int] = []
        self.do: list[list[int]] = []
        for number, line in enumerate(self._lines, start=1):
            header = _HEADER.match(line)
            if header is None:
                continue
            if header[1] == "setup":
                self.setup.append(number)
            elif header[1] == "step":
                self.step.append(number)
                self.do.append([])
            elif self.do:
                self.do[-1].append(number)

    def of_path(self, path: str, what: str) -> int:
        """The line that a path such as `$.step[1].do[2].at` leads to; of a wrong key, its own. 0 where unknown."""
        parts = _PATH_PART.findall(path)
        keys = [key for key, _ in parts if key]
        numbers = [int(number) for _, number in parts if number]
        start = self._start(keys, numbers)
        named = re.search(r"unknown field `(.+)`", what)
        key = named[1] if named else (keys[-1] if keys and keys[-1] not in ("setup", "step", "do") else "")
        return self._key_after(start, key) if key else start

    def _start(self, keys: list[str], numbers: list[int]) -> int:
        try:
            if keys[:1] == ["setup"] and numbers:
                return self.setup[numbers[0]]
            if keys[:2] == ["step", "do"] and len(numbers) > 1:
                return self.do[numbers[0]][numbers[1]]
            if keys[:1] == ["step"] and numbers:
                return self.step[numbers[0]]
        except IndexError:
            return 0
        return 0

    def _key_after(self, start: int, key: str) -> int:
        for number in range(start, len(self._lines)):
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", self._lines[number]):
                return number + 1
            if number > start and _HEADER.match(self._lines[number]):
                break
        return start


def _number(exercise: Exercise, places: _Places) -> None:
    for line, number in zip(exercise.setup, places.setup, strict=False):
        line.number = number
    for step, numbers in zip(exercise.step, places.do, strict=False):
        for line, number in zip(step.do, numbers, strict=False):
            line.number = number
            line.who = line.who or step.who


def _lines(exercise: Exercise) -> Iterator[Line]:
    yield from exercise.setup
    for step in exercise.step:
        yield from step.do


def _check_line(line: Line, name: str) -> None:
    where = f"{name}, line {line.number}"
    if bool(line.run) == bool(line.nowhere):
        raise BadExercise(f"{where}: a line has either `run` (a command) or `nowhere` (words to look for)")
    if not line.who:
        raise BadExercise(f"{where}: `as` is missing: say as whom, here or for the whole step")
    if line.refused and (line.wants_rows or line.keep):
        raise BadExercise(f"{where}: what is `refused` has no rows and makes nothing to `keep`")
    if line.file and (Path(line.file).name != line.file or "{file}" not in line.run):
        raise BadExercise(f"{where}: `file` is a plain name such as log.csv, and {{file}} stands for it in `run`")
    if line.run:
        _check_run(line, where)


def _check_run(line: Line, where: str) -> None:
    try:
        words = shlex.split(line.run)
    except ValueError as error:
        raise BadExercise(f"{where}: `run` cannot be read: {error}. Are all quotes closed?") from error
    if not words:
        raise BadExercise(f"{where}: `run` is empty: write a command of wayhome")
    if words[0] == "wayhome":
        raise BadExercise(f"{where}: leave out the word wayhome: `run` is what comes after it")
    if any(word == "--as" or word.startswith("--as=") for word in words):
        raise BadExercise(f"{where}: say as whom with `as`, not with --as")


def _check_kept(exercise: Exercise, name: str) -> None:
    kept: set[str] = set()
    for line in _lines(exercise):
        for wanted in _KEPT.findall(line.run):
            if wanted not in kept | ({"file"} if line.file else set()):
                raise BadExercise(f"{name}, line {line.number}: nothing before has kept {{{wanted}}}")
        kept |= {line.keep, *line.take} - {""}
    if not exercise.step:
        raise BadExercise(f"{name}: an exercise has at least one [[step]]")


def fill(text: str, kept: dict[str, str]) -> str:
    """The text with every {name} replaced by what was kept under it."""
    return _KEPT.sub(lambda match: kept.get(match[1], match[0]), text)


def filled(line: Line, kept: dict[str, str]) -> Line:
    """The line with what was kept filled into all that must hold."""
    if not kept:
        return line
    return msgspec.structs.replace(
        line,
        says=[fill(words, kept) for words in listed(line.says)],
        hides=[fill(words, kept) for words in listed(line.hides)],
        where=_filled(line.where, kept),
        expect=_filled(line.expect, kept),
    )


def _filled(wanted: dict[str, Any], kept: dict[str, str]) -> dict[str, Any]:
    return {name: fill(value, kept) if isinstance(value, str) else value for name, value in wanted.items()}


def ids_of(exercise: Exercise) -> list[str]:
    """The step ids of an exercise, each once, in its order."""
    return list(dict.fromkeys(step.id for step in exercise.step))


def demo_lines() -> list[Line]:
    """The lines that make the demo: the cast of the Leaf, then what has happened so far."""
    text = _resource("demo.toml")
    return [*_cast("leaf"), *_decode(text, "demo.toml", Cast, _Places(text)).setup]
