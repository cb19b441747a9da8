"""What a benchmark must reach, told beside what was measured: its summary carries them to docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict


class Must(TypedDict):
    """In words: what must be reached, and what was measured."""

    must: str
    measured: str
    met: bool


def must(what: str, measured: str, *, met: object) -> Must:
    """One of them; `met` is true or false."""
    return {"must": what, "measured": measured, "met": bool(met)}


def all_met(musts: Iterable[Must]) -> bool:
    """Whether none was missed; of none there is nothing to be proud of."""
    told = list(musts)
    return bool(told) and all(one["met"] for one in told)
