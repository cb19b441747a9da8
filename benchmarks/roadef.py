"""Days ahead on the instances of the ROADEF challenge of 2007: what each plan costs, against the best known.

    python -m benchmarks.roadef DIR [--limit 60] [--best CSV] [--json] [--quick] [--only NAME,...] [--solutions]

DIR holds a folder for each instance (`instance`, `tech_list`, `interv_list`), or is one. `--limit` is wall-clock
seconds for each, the first compiling left out; `--best` a table with the columns instance and best_known, and
our_lower_bound where there is one (best_known.csv beside DIR is taken when it is there). Every plan is judged by the
independent checker. With the best known the project's limits hold: at 60 s the first four of A at the best known, A5
and A6 at most 1 % above, A on average 1.5 %, B 4 %, none more than 8 %; from 600 s on A1 to A6 at the best known, 1 %
on average. `--solutions` judges the folders in DIR that hold `tech_teams` and `interv_dates` instead. `--quick`: three
instances, 5 s each, and only the judge decides. The last line is one JSON object; 1 is the exit code of a miss.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wayhome.engines.tasking.days import DaysPlan, DaysProblem, judge, plan_days
from wayhome.engines.tasking.errors import TaskingError
from wayhome.formats.errors import FormatError
from wayhome.formats.roadef import plan_of, read_instance, read_solution

Case = dict[str, object]
FILES: Final = ("instance", "tech_list", "interv_list")
WORKERS: Final = 2
ENDLESS: Final = 1_000_000
LONG_S: Final = 600.0
WARM_UP: Final = (
    "n d l t i a\nx 1 1 1 2 1\n",
    "t d1 dispo\n1 1 [ ]\n",
    "n t p p c d1_1\n1 9 [ ] 1 1 1\n2 9 [ 1 ] 2 1 1\n",
)


def read(folder: Path) -> DaysProblem:
    """One instance. Raises FormatError with the file, OSError where one cannot be read."""
    return read_instance(*((folder / name).read_text(encoding="utf-8") for name in FILES))


def natural(folder: Path) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", folder.name)]


def folders(root: Path, only: Sequence[str]) -> list[Path]:
    """The instances in a folder, in the order people count. Raises FormatError where there is none."""
    found = [root] if (root / FILES[0]).is_file() else [f.parent for f in root.glob(f"*/{FILES[0]}")]
    chosen = sorted((f for f in found if not only or f.name in only), key=natural)
    if not chosen:
        raise FormatError(f"{root}: there is no folder here with the files {', '.join(FILES)}")
    return chosen


def best_of(path: Path | None) -> dict[str, dict[str, int]]:
    """By instance: best_known, and our_lower_bound where the table has it. Raises FormatError."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    out: dict[str, dict[str, int]] = {}
    for at, row in enumerate(rows, 2):
        try:
            out[row["instance"]] = {name: int(row[name]) for name in ("best_known", "our_lower_bound") if row.get(name)}
        except (KeyError, ValueError) as error:
            raise FormatError(
                f"{path}, line {at}: give the columns instance and best_known, in whole numbers"
            ) from error
    return out


def measure(folder: Path, limit: float, known: dict[str, int], seed: int) -> Case:
    """One instance: the plan that is there when the limit is over, judged."""
    problem = read(folder)
    begun = time.monotonic()
    first: list[float] = []

    def tick(_plan: DaysPlan) -> bool:
        first.append(time.monotonic() - begun)
        return time.monotonic() - begun < limit

    plan = plan_days(problem, seed=seed, work=ENDLESS, workers=WORKERS, tick=tick)
    seconds = time.monotonic() - begun
    verdict = judge(problem, plan)
    best = known.get("best_known")
    return {
        "instance": folder.name, "cost": verdict.cost, "bound": plan.bound, "best_known": best,
        "above_percent": None if not best else round(100.0 * (verdict.cost - best) / best, 3),
        "gap_percent": round(100.0 * plan.gap, 3), "known_bound": known.get("our_lower_bound"),
        "ends": plan.ends, "declined": len(plan.declined), "rounds": plan.steps, "first_s": round(first[0], 3),
        "seconds": round(seconds, 2), "faults": verdict.faults,
        "sound": verdict.feasible and verdict.cost == plan.cost and plan.bound <= plan.cost,
    }  # fmt: skip


def misses(cases: Sequence[Case], limit: float) -> list[str]:
    """What the cases miss, in words. Only those with a best known value count for the limits on cost."""
    out = [f"{c['instance']}: the plan is not sound" for c in cases if not c["sound"]]
    above = {str(c["instance"]): float(str(c["above_percent"])) for c in cases if c["above_percent"] is not None}
    long = limit >= LONG_S
    for name, percent in above.items():
        most = {"A1": 0.0, "A2": 0.0, "A3": 0.0, "A4": 0.0, "A5": 1.0, "A6": 1.0}.get(name, 8.0)
        most = 0.0 if long and most <= 1.0 else most
        if percent > most:
            out.append(f"{name}: {percent:.2f} % above the best known, at most {most:.0f} %")
    sets = {"A": 1.5, "B": 4.0} if not long else {"": 1.0}
    for letter, most in sets.items():
        of_set = [percent for name, percent in above.items() if name.startswith(letter)]
        if of_set and sum(of_set) / len(of_set) > most:
            out.append(f"{letter or 'all'}: {sum(of_set) / len(of_set):.2f} % above on average, at most {most} %")
    for case in cases:
        if isinstance(case["known_bound"], int) and int(str(case["bound"])) < case["known_bound"]:
            out.append(f"{case['instance']}: the bound {case['bound']} is below the known {case['known_bound']}")
    return out


def line(case: Case) -> str:
    """One case for people."""
    above = (
        "" if case["above_percent"] is None else f" best known {case['best_known']} ({case['above_percent']:+.2f} %)"
    )
    return (
        f"{case['instance']!s:>5}: cost {case['cost']}{above}, bound {case['bound']} (gap {case['gap_percent']} %), "
        f"first {case['first_s']} s, {case['rounds']} rounds in {case['seconds']} s"
        f"{'' if case['sound'] else ', NOT SOUND: ' + str(case['faults'])}"
    )


def judged(root: Path) -> int:
    """Tells for each folder with a solution whether it keeps the rules, and what it breaks."""
    cases = []
    for folder in sorted(f.parent for f in root.glob("*/tech_teams")):
        problem = read(folder)
        texts = ((folder / name).read_text(encoding="utf-8") for name in ("tech_teams", "interv_dates"))
        verdict = judge(problem, plan_of(problem, read_solution(*texts)))
        cases.append({"solution": folder.name, "feasible": verdict.feasible, "cost": verdict.cost})
        print(f"{folder.name}: {'feasible' if verdict.feasible else '; '.join(verdict.faults)}, cost {verdict.cost}")
    print(json.dumps({"benchmark": "roadef", "ok": bool(cases), "cases": cases}))
    return 0 if cases else 1


def run(arguments: argparse.Namespace) -> int:
    """Measures every instance; the exit code."""
    limit = 5.0 if arguments.quick else arguments.limit
    beside = arguments.folder.parent / "best_known.csv"
    best = best_of(arguments.best or (beside if beside.is_file() else None))
    chosen = folders(arguments.folder, arguments.only.split(",") if arguments.only else ())
    plan_days(read_instance(*WARM_UP), work=1)
    cases = []
    for folder in chosen[:3] if arguments.quick else chosen:
        cases.append(measure(folder, limit, best.get(folder.name, {}), arguments.seed))
        if not arguments.json:
            print(line(cases[-1]), flush=True)
    missed = [text for text in misses(cases, limit) if not arguments.quick or "not sound" in text]
    if not arguments.json:
        print("\n".join(missed) or "all within their limits")
    print(json.dumps({"benchmark": "roadef", "ok": not missed, "limit_s": limit, "missed": missed, "cases": cases}))
    return 1 if missed else 0


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="instances, or with --solutions any folder")
    parser.add_argument("--limit", type=float, default=60.0, help="wall-clock seconds for each instance")
    parser.add_argument("--best", type=Path, help="table with the best known values")
    parser.add_argument("--only", default="", help="names of instances, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--solutions", action="store_true", help="judge the solutions in the folder instead")
    arguments = parser.parse_args(words)
    try:
        return judged(arguments.folder) if arguments.solutions else run(arguments)
    except (FormatError, TaskingError, OSError) as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "roadef", "ok": False, "error": str(error)}))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
