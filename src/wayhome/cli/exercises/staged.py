"""The exercises for another face: listed, begun, and played step by step."""

from __future__ import annotations

import msgspec

from wayhome.assembly.staging import ExerciseTold, InjectTold, StepTold
from wayhome.cli.exercises.loading import SHIPPED, shipped
from wayhome.cli.exercises.playing import play_step, prepare, start
from wayhome.cli.exercises.results import StepResult, every_step
from wayhome.cli.exercises.shape import Exercise, Line, Step
from wayhome.values.when import Moment


class Stage:
    """Obeys `assembly.staging.Stage`."""

    def exercises(self) -> tuple[ExerciseTold, ...]:
        return tuple(told(shipped(name)) for name in SHIPPED)

    def begin(self, name: str) -> StagedPlay | None:
        return StagedPlay(shipped(name)) if name in SHIPPED else None


class StagedPlay:
    """Obeys `assembly.staging.Play`. The setup is played with the first step."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._player = start(exercise)
        self._results: list[StepResult] = []
        self._broken: str | None = None

    def told(self) -> ExerciseTold:
        whole = told(self._exercise)
        done = [
            msgspec.structs.replace(step, status=result.status, evidence=result.evidence)
            for step, result in zip(whole.steps, self._results, strict=False)
        ]
        return msgspec.structs.replace(whole, steps=(*done, *whole.steps[len(done) :]))

    def now(self) -> Moment:
        return self._player.clock.now

    def step(self) -> bool:
        if len(self._results) == len(self._exercise.step):
            return False
        if self._broken is None:
            self._broken = prepare(self._player, self._exercise)
        step = self._exercise.step[len(self._results)]
        if self._broken:
            self._results.append(StepResult(step.id, "fail", self._broken))
        else:
            self._results.append(play_step(self._player, self._exercise, step))
        return True


def told(exercise: Exercise) -> ExerciseTold:
    return ExerciseTold(
        name=exercise.name,
        title=exercise.title,
        about=exercise.about,
        starts=exercise.starts,
        steps=tuple(_step(step) for step in exercise.step),
    )


def _step(step: Step) -> StepTold:
    title = step.title or every_step().get(step.id, "")
    return StepTold(id=step.id, title=title, partial=step.partial, injects=tuple(_inject(line) for line in step.do))


def _inject(line: Line) -> InjectTold:
    run = f"wayhome {line.run}" if line.run else ""
    nowhere = f"nowhere: {', '.join(line.nowhere)}" if line.nowhere else ""
    refused = f"refused: {line.refused}" if line.refused else ""
    return InjectTold(at=line.at, who=line.who, run=run, checks=line.so or nowhere or refused)
