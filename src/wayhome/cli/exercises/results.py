"""What came of an exercise: one status and its evidence for every step that the stories ask for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import msgspec

STATUSES = ("fail", "partial", "pass")
"""From the worst to the best: a step that several exercises play has the worst of theirs."""


class StepResult(msgspec.Struct, frozen=True):
    """One step: pass, partial, fail or absent, and in a sentence what was checked or what is missing."""

    id: str
    status: str
    evidence: str


@cache
def every_step() -> dict[str, str]:
    """Every step that the stories ask for, by its id, with a few words on what it is."""
    text = files(f"{__package__}.stories").joinpath("steps.toml").read_text(encoding="utf-8")
    steps: dict[str, str] = tomllib.loads(text)
    return steps


def steps_of(results: Iterable[StepResult], ids: Iterable[str] | None = None) -> list[StepResult]:
    """One result for each id: the worst of those that the exercises gave, or `absent` where they gave none.

    Without `ids`, every step of the stories, then whatever else was played.
    """
    found: dict[str, list[StepResult]] = {}
    for result in results:
        found.setdefault(result.id, []).append(result)
    wanted = list(ids) if ids is not None else [*every_step(), *(id for id in found if id not in every_step())]
    return [_worst(found[id]) if id in found else StepResult(id, "absent", "nothing is there yet") for id in wanted]


def _worst(results: list[StepResult]) -> StepResult:
    worst = min(results, key=lambda result: STATUSES.index(result.status))
    if worst.status == "fail":
        return worst
    return StepResult(worst.id, worst.status, " ".join(dict.fromkeys(result.evidence for result in results)))
