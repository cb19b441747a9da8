"""One instance of the 2007 challenge measured, and solutions judged: what `benchmarks.roadef` tells of each."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from wayhome.engines.tasking.days import DaysPlan, DaysProblem, judge, plan_days
from wayhome.formats.errors import FormatError
from wayhome.formats.roadef import plan_of, read_instance, read_solution

Case = dict[str, Any]
FILES: Final = ("instance", "tech_list", "interv_list")
WORKERS: Final = 2
ENDLESS: Final = 1_000_000
FEASIBLE: Final = ("sol_A_1_#3", "sol_A_2_#1", "sol_A_2_#2", "sol_A_3_#3", "sol_A_4_#1")
"""Of the twelve solutions that come with the instances, those that keep the rules, as their README says."""
WARM_UP: Final = (
    "n d l t i a\nx 2 1 2 4 1\n",
    "t d1 d2 dispo\n1 1 1 [ ]\n2 1 0 [ ]\n",
    "n t p p c d1_1 d2_1\n1 9 [ ] 1 1 1 0\n2 9 [ 1 ] 2 1 1 1\n3 90 [ ] 2 9 1 1\n4 90 [ ] 3 9 1 1\n",
)
Progress = Callable[[float, DaysPlan], None]


def text_of(path: Path) -> str:
    """A file's text. Raises FormatError where it is none, OSError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: it is not text in UTF-8; give the file as the challenge published it") from error


def read(folder: Path) -> DaysProblem:
    """One instance. Raises FormatError with the folder, the file and the line."""
    try:
        return read_instance(*(text_of(folder / name) for name in FILES))
    except FormatError as error:
        raise FormatError(f"{folder.name}: {error}") from error


def folders(root: Path, only: Sequence[str]) -> list[Path]:
    """The instances in a folder, in the order people count. Raises FormatError where one is missing."""
    found = [root] if (root / FILES[0]).is_file() else [f.parent for f in root.glob(f"*/{FILES[0]}")]
    if not found:
        raise FormatError(f"{root}: there is no folder here with the files {', '.join(FILES)}")
    missing = sorted(set(only) - {f.name for f in found})
    if missing:
        raise FormatError(f"{root}: there is no instance {', '.join(missing)} here")
    return sorted((f for f in found if not only or f.name in only), key=_natural)


def _natural(folder: Path) -> list[tuple[int, str]]:
    """Numbers in names as numbers, so that A10 comes after A9."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", folder.name)]


def best_of(path: Path | None) -> dict[str, dict[str, int]]:
    """By instance: best_known, and our_lower_bound where the table has it. Raises FormatError, OSError."""
    out: dict[str, dict[str, int]] = {}
    for at, row in enumerate(csv.DictReader(text_of(path).splitlines()) if path else (), 2):
        try:
            out[row["instance"]] = {name: int(row[name]) for name in ("best_known", "our_lower_bound") if row.get(name)}
        except (KeyError, TypeError, ValueError) as error:
            raise FormatError(
                f"{path}, line {at}: give the columns instance and best_known, in whole numbers"
            ) from error
    return out


class Watch:
    """Keeps the last plan told, so that what is known is there when somebody stops the run."""

    def __init__(self, limit: float, progress: Progress | None) -> None:
        self.limit, self.progress = limit, progress
        self.begun = time.monotonic()
        self.first: float | None = None
        self.plan: DaysPlan | None = None

    def __call__(self, plan: DaysPlan) -> bool:
        seconds = time.monotonic() - self.begun
        self.plan = plan
        if self.first is None:
            self.first = seconds
        if self.progress is not None:
            self.progress(seconds, plan)
        return seconds < self.limit


def measure(folder: Path, limit: float, seed: int, progress: Progress | None = None) -> Case:
    """One instance: the plan that is there when the limit is over or Ctrl-C is pressed (`stopped`), judged."""
    problem = read(folder)
    watch = Watch(limit, progress)
    stopped = False
    try:
        plan = plan_days(problem, seed=seed, work=ENDLESS, workers=WORKERS, tick=watch)
    except KeyboardInterrupt:
        if watch.plan is None:
            raise
        plan, stopped = watch.plan, True
    seconds = time.monotonic() - watch.begun
    verdict = judge(problem, plan)
    return {
        "instance": folder.name, "cost": verdict.cost, "bound": plan.bound,
        "gap_percent": round(100.0 * plan.gap, 3), "ends": list(plan.ends), "declined": len(plan.declined),
        "rounds": plan.steps, "first_s": round(watch.first or 0.0, 3), "seconds": round(seconds, 2),
        "faults": list(verdict.faults), "stopped": stopped,
        "sound": verdict.feasible and verdict.cost == plan.cost and plan.bound <= plan.cost,
    }  # fmt: skip


def kept(folder: Path, limit: float, seed: int, store: Path | None, progress: Progress | None) -> Case:
    """As `measure`, kept in the folder `store` where there is one; what was stopped is not kept."""
    if store is None:
        return measure(folder, limit, seed, progress)
    path = store / f"roadef-{folder.name}-{limit:g}s-{seed}.json"
    if not path.is_file():
        case = measure(folder, limit, seed, progress)
        if case["stopped"]:
            return case
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(case), encoding="utf-8")
        fresh.replace(path)
    result: Case = json.loads(path.read_text(encoding="utf-8"))
    return result


def beside(case: Case, known: dict[str, int]) -> Case:
    """The case next to what is known of its instance."""
    best = known.get("best_known")
    above = None if not best else round(100.0 * (case["cost"] - best) / best, 3)
    return {**case, "best_known": best, "above_percent": above, "known_bound": known.get("our_lower_bound")}


def line(case: Case) -> str:
    """One case for people."""
    best, above = case["best_known"], case["above_percent"]
    told = "nothing published" if best is None else f"best known {best} ({above:+.2f} %)"
    known = "" if case["known_bound"] is None else f", known bound {case['known_bound']}"
    return (
        f"{case['instance']:>5}: cost {case['cost']}, {told}, "
        f"bound {case['bound']} (gap {case['gap_percent']} %{known}), "
        f"checked: {'sound' if case['sound'] else 'NOT SOUND: ' + '; '.join(case['faults'][:3])}, "
        f"first {case['first_s']} s, {case['rounds']} rounds in {case['seconds']} s"
        f"{', stopped before its limit' if case['stopped'] else ''}"
    )


def solutions(root: Path) -> list[Case]:
    """Each folder with a solution: whether it keeps the rules, and what it breaks. Raises FormatError."""
    cases = []
    for folder in sorted(f.parent for f in root.glob("*/tech_teams")):
        problem = read(folder)
        solution = read_solution(*(text_of(folder / name) for name in ("tech_teams", "interv_dates")))
        verdict = judge(problem, plan_of(problem, solution))
        cases.append({"solution": folder.name, "cost": verdict.cost, "faults": list(verdict.faults)})
    return cases
