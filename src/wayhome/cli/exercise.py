"""`wayhome exercise`: the stories, and exercises of one's own, played on a simulated clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
from cyclopts import App

from wayhome.cli.context import here
from wayhome.cli.exercises import shape
from wayhome.cli.exercises.loading import ids_of, load_exercise, shipped, shipped_names
from wayhome.cli.exercises.playing import play
from wayhome.cli.exercises.results import StepResult, every_step, steps_of
from wayhome.cli.exercises.shape import Exercise
from wayhome.cli.show import put, put_json, put_table

app = App(name="exercise", help="Play a story, or an exercise of your own, on a simulated clock. Needs no data folder.")


@app.command(name="list")
def listing() -> None:
    """Lists the exercises that come with Wayhome.

    Example: wayhome exercise list
    """
    exercises = [shipped(name) for name in shipped_names()]
    if here().as_json:
        put_json([{"name": e.name, "title": e.title, "about": e.about, "steps": ids_of(e)} for e in exercises])
        return
    put_table(("NAME", "TITLE", "STEPS", "ABOUT"), [(e.name, e.title, str(len(ids_of(e))), e.about) for e in exercises])


@app.command(name="run")
def run(story: str) -> None:
    """Plays one exercise, by its name or the path of a .toml file, or `all` of those that come with Wayhome.

    Each is played twice: by the command line alone, and with everything going through the desk's addresses.
    Ends with status 1 when a step fails.

    Example: wayhome exercise run goodbye
    Example: wayhome exercise run my-exercise.toml --json
    """
    everything = story == "all"
    exercises = [shipped(name) for name in shipped_names()] if everything else [load_exercise(story)]
    played = [result for exercise in exercises for result in _played(exercise)]
    results = steps_of(played, None if everything else ids_of(exercises[0]))
    if here().as_json:
        put_json({"steps": results})
    else:
        _tell(exercises, results)
    if any(result.status == "fail" for result in results):
        raise SystemExit(1)


def _played(exercise: Exercise) -> Iterator[StepResult]:
    """By the command line alone, then through the desk."""
    yield from play(exercise)
    through = here().through_desk
    if through is None:
        return
    for result in play(exercise, through):
        where = "Through the desk: " if result.status == "fail" else ""
        yield msgspec.structs.replace(result, evidence=f"{where}{result.evidence}")


def _tell(exercises: Sequence[Exercise], results: Sequence[StepResult]) -> None:
    put("; ".join(exercise.title for exercise in exercises))
    asked = every_step()
    for result in results:
        put(f"{result.id:<6} {result.status:<8} {asked.get(result.id, '')}")
        if result.status != "absent":
            put(f"       {result.evidence}")
    counted = Counter(result.status for result in results)
    put(", ".join(f"{counted[status]} {status}" for status in ("pass", "partial", "fail", "absent") if counted[status]))


@app.command(name="words")
def words() -> None:
    """Says what may stand in an exercise file.

    Example: wayhome exercise words
    """
    put(shape.__doc__ or "")
