"""Letters become cases. The same letters in any order, each once or twice, give the same; missing ones are missing."""

from __future__ import annotations

from collections.abc import Iterable

from wayhome.engines.care.case import Cases
from wayhome.engines.care.letters import Letter


def fold(letters: Iterable[Letter]) -> Cases:
    """What letters add up to."""
    known = Cases()
    for letter in sorted(letters, key=order):
        take_in(known, letter)
    return known


def order(letter: Letter) -> tuple[Moment, int, Id]:
    """By when it was written; letters of one moment by their kind, and then by id."""


def take_in(known: Cases, letter: Letter) -> None:
    """Adds a letter that is no older than those before it. One that was taken in already changes nothing."""
