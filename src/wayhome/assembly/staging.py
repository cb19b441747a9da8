"""How a face shows exercises that another knows how to play: what there is, and one that is being played."""

from __future__ import annotations

from typing import Protocol

import msgspec

from wayhome.values.when import Moment


class InjectTold(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a step: when it falls, who acts, by which command, and what it is to show."""

    at: str
    who: str
    run: str
    checks: str


class StepTold(msgspec.Struct, frozen=True, kw_only=True):
    """One step. `status` is `to come`, `pass`, `partial` or `fail`; `evidence` says what was checked or is missing."""

    id: str
    title: str
    partial: str
    injects: tuple[InjectTold, ...]
    status: str = "to come"
    evidence: str = ""


class ExerciseTold(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    title: str
    about: str
    starts: str
    steps: tuple[StepTold, ...]


class Play(Protocol):
    """An exercise under way, in a house of its own in memory. Nothing of it touches the record."""

    def told(self) -> ExerciseTold:
        """The exercise with what became of each step so far."""
        ...

    def now(self) -> Moment:
        """What its clock shows."""
        ...

    def step(self) -> bool:
        """Plays the next step to its end. False where there is none."""
        ...


class Stage(Protocol):
    """Whoever knows the exercises."""

    def exercises(self) -> tuple[ExerciseTold, ...]: ...

    def begin(self, name: str) -> Play | None:
        """An exercise before its first step; None where there is none by that name."""
        ...
