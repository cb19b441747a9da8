"""The README's table of story steps, made by playing every exercise: `python -m tools.story_table [--write]`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tools.source import ROOT
from wayhome.cli.exercises import StepResult, play, shipped, shipped_names, steps_of
from wayhome.cli.exercises.results import every_step

BEGIN = "<!-- story table: made by tools/story_table.py -->"
END = "<!-- end of story table -->"


class NoTable(ValueError):
    """A text without the two lines between which the table stands."""


def results() -> list[StepResult]:
    """Every step of the stories, from playing every exercise."""
    return steps_of(result for name in shipped_names() for result in play(shipped(name)))


def table(found: Sequence[StepResult]) -> str:
    """The table: one row a step, after a line that counts them."""
    asked = every_step()
    counted = Counter(result.status for result in found)
    counts = ", ".join(f"{counted[status]} {status}" for status in ("pass", "partial", "fail", "absent"))
    rows = [f"{counts}, of {len(found)} steps.", "", "| step | status | what |", "|---|---|---|"]
    for result in found:
        missing = result.evidence.partition("Still missing: ")[2] if result.status == "partial" else ""
        words = asked[result.id] + (f" (still missing: {missing})" if missing else "")
        rows.append(f"| {result.id} | {result.status} | {words} |")
    return "\n".join(rows)


def placed(text: str, made: str) -> str:
    """The text with the table between its two lines. Raises NoTable."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoTable(f"the lines {BEGIN!r} and {END!r} are not both there")
    return f"{before}{BEGIN}\n{made}\n{END}{after}"


def main(argv: Sequence[str], readme: Path = ROOT / "README.md") -> int:
    """Prints the table, or writes it into the README; 1 where a step fails."""
    found = results()
    if "--write" in argv:
        readme.write_text(placed(readme.read_text(encoding="utf-8"), table(found)), encoding="utf-8")
    else:
        sys.stdout.write(table(found) + "\n")
    return int(any(result.status == "fail" for result in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
