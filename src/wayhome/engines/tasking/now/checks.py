"""Small checks with which the engine's data refuse bad values at birth. All raise TaskingError."""

from __future__ import annotations

import math
from collections.abc import Iterable

from wayhome.engines.tasking.errors import TaskingError

LEVELS = range(1, 6)


def check_level(level: int, where: str) -> None:
    if type(level) is not int or level not in LEVELS:
        raise TaskingError(f"{where}: level {level!r} does not exist; levels are whole numbers 1 to 5")


def check_whole(value: int, least: int, most: int, where: str) -> None:
    if type(value) is not int or not least <= value <= most:
        raise TaskingError(f"{where}: {value!r} must be a whole number from {least} to {most}")


def check_hours(hours: float, most: float, where: str) -> None:
    if isinstance(hours, bool) or not isinstance(hours, int | float):
        raise TaskingError(f"{where}: {hours!r} is not a number of hours")
    if not math.isfinite(hours) or not 0 <= hours <= most:
        raise TaskingError(f"{where}: {hours!r} hours must lie between 0 and {most:g}")


def check_name(text: str, where: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise TaskingError(f"{where}: a name is missing; give one")


def check_unique(ids: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise TaskingError(f"{where}: {one!r} stands there twice; give every one an id of its own")
        seen.add(one)
