"""Days ahead on the instances of the ROADEF challenge of 2007: what each plan costs, against the best known.

    python -m benchmarks.roadef [DIR] [--limit 60] [--best CSV] [--quick] [--json] [--only NAME,...] [--solutions]

DIR holds a folder for each instance (`instance`, `tech_list`, `interv_list`), or is one; without DIR the instances of
../shared are taken. `--limit` is wall-clock seconds for each on two cores, the first compiling left out; `--best` a
table with the columns instance and best_known, and our_lower_bound where there is one (best_known.csv beside DIR is
taken when it is there). Every plan is judged by the independent checker. What must be reached is told of the instances
that are there: at 60 s the first four of A at the best known, A5 and A6 at most 1 % above, A on average 1.5 %, B 4 %,
none more than 8 %; from 600 s on A1 to A6 at the best known, 1 % on average; a bound nowhere below the known one, and
better on a third of them. `--quick`: every fourth instance by name, with 20 s each. Where the folder
beside DIR is there, `sample_solutions` are judged as well; `--solutions` judges those in DIR and nothing else. Ctrl-C
ends the run with what is known. With a folder in WAYHOME_BENCH finished instances are kept there and not measured
again. The last line is one JSON object; 1 is the exit code of a miss.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks._musts import Must, all_met, must
from benchmarks._roadef_case import FEASIBLE, WARM_UP, Case, Progress, beside, best_of, folders, kept, line, solutions
from wayhome.engines.tasking.days import DaysPlan, plan_days
from wayhome.engines.tasking.errors import TaskingError
from wayhome.formats.errors import FormatError
from wayhome.formats.roadef import read_instance

FOLDER: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "tasking" / "roadef2007" / "instances"
EVERY: Final = 4
QUICK_S: Final = 20.0
LONG_S: Final = 600.0
WORST: Final = 8.0
BETTER: Final = 5 / 15
"""The share of the known bounds to be improved: five of the fifteen given."""
CLOSE: Final = {"A5": 1.0, "A6": 1.0} | {f"A{n}": 0.0 for n in range(1, 5)}
"""Percent above the best known that a single instance may be at 60 s."""


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def single(above: dict[str, float], *, long: bool) -> list[Must]:
    """What single instances must reach: those of which it is asked, then the worst of all."""
    out = []
    for names, most in ((("A1", "A2", "A3", "A4"), 0.0), (("A5", "A6"), 0.0 if long else 1.0)):
        there = [name for name in names if name in above]
        if there:
            told = ", ".join(f"{name} {above[name]:+.2f} %" for name in there)
            what = "at the best known" if most == 0.0 else f"at most {most:g} % above"
            out.append(must(f"{', '.join(there)} {what}", told, met=all(above[name] <= most for name in there)))
    worst = max(above, key=lambda name: above[name])
    out.append(must(f"none more than {WORST:g} % above", f"{worst} {above[worst]:+.2f} %", met=above[worst] <= WORST))
    return out


def averages(above: dict[str, float], *, long: bool) -> list[Must]:
    out = []
    for letter, most in (("", 1.0),) if long else (("A", 1.5), ("B", 4.0)):
        values = [percent for name, percent in above.items() if name.startswith(letter)]
        if values:
            whom = f"{letter or 'all'} ({len(values)})"
            out.append(
                must(f"{whom} on average at most {most:g} % above", f"{mean(values):+.2f} %", met=mean(values) <= most)
            )
    return out


def bounds(cases: Sequence[Case]) -> list[Must]:
    """Against the known lower bounds, where there are any; one that is proven to be the cost cannot be bettered."""
    known = [case for case in cases if case["known_bound"] is not None]
    if not known:
        return []
    low = [case["instance"] for case in known if case["bound"] < case["known_bound"]]
    better = sum(case["bound"] > case["known_bound"] for case in known)
    wanted = int(BETTER * len(known))
    return [
        must("no bound below the known one", f"below on {', '.join(low) or 'none'} of {len(known)}", met=not low),
        must(f"a better bound on {wanted} of {len(known)}", f"better on {better}", met=better >= wanted),
    ]


def musts(cases: Sequence[Case], judged: Sequence[Case], limit: float) -> list[Must]:
    """What must be reached by the instances and solutions that are there, and what was."""
    out: list[Must] = []
    if cases:
        wrong = [case["instance"] for case in cases if not case["sound"]]
        out.append(must("the checker accepts every plan", f"refused: {', '.join(wrong) or 'none'}", met=not wrong))
        above = {case["instance"]: case["above_percent"] for case in cases if case["above_percent"] is not None}
        long = limit >= LONG_S
        out += [*single(above, long=long), *averages(above, long=long)] if above else []
        out += bounds(cases)
    told = [case for case in judged if case["solution"].startswith("sol_A_")]
    if told:
        wrong = [case["solution"] for case in told if (not case["faults"]) != (case["solution"] in FEASIBLE)]
        out.append(
            must(f"{len(told)} sample solutions judged rightly", f"wrong: {', '.join(wrong) or 'none'}", met=not wrong)
        )
    return out


def progress_of(name: str) -> Progress | None:
    """Tells each better plan on the terminal, in place; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def tell(seconds: float, plan: DaysPlan) -> None:
        sys.stderr.write(
            f"\r{name:>5}: {seconds:5.0f} s, cost {plan.cost}, bound {plan.bound}, gap {plan.gap:.1%}   \r"
        )
        sys.stderr.flush()

    return tell


def instances(asked: argparse.Namespace, cases: list[Case]) -> None:
    """Measures every instance into `cases`, telling each as it is there. Raises KeyboardInterrupt when stopped."""
    table = asked.folder.parent / "best_known.csv"
    best = best_of(asked.best or (table if table.is_file() else None))
    chosen = folders(asked.folder, asked.only.split(",") if asked.only else ())
    store = Path(os.environ["WAYHOME_BENCH"]) if os.environ.get("WAYHOME_BENCH") else None
    plan_days(read_instance(*WARM_UP), work=2)
    for folder in chosen[::EVERY] if asked.quick else chosen:
        case = kept(folder, asked.limit, asked.seed, store, progress_of(folder.name))
        cases.append(beside(case, best.get(folder.name, {})))
        print(json.dumps(cases[-1]) if asked.json else line(cases[-1]), flush=True)
        if case["stopped"]:
            raise KeyboardInterrupt


def judged_line(case: Case) -> str:
    return f"{case['solution']}: {'; '.join(case['faults']) or 'feasible'}, cost {case['cost']}"


def run(asked: argparse.Namespace) -> int:
    """Measures and judges what there is; the exit code."""
    cases: list[Case] = []
    stopped = False
    try:
        if not asked.solutions:
            instances(asked, cases)
    except KeyboardInterrupt:
        stopped = True
        print("stopped; what follows is of what was measured until then", file=sys.stderr)
    samples = asked.folder if asked.solutions else asked.folder.parent / "sample_solutions"
    judged = solutions(samples)
    if asked.solutions and not judged:
        raise FormatError(f"{samples}: there is no folder here with the files tech_teams and interv_dates")
    for case in judged if asked.solutions else ():
        print(json.dumps(case) if asked.json else judged_line(case))
    reached = musts(cases, judged, asked.limit)
    for one in reached if not asked.json else ():
        print(f"{'met   ' if one['met'] else 'MISSED'} {one['must']}: {one['measured']}")
    ok = all_met(reached) or (bool(judged) and asked.solutions and not reached)
    summary: dict[str, Any] = {"benchmark": "roadef", "ok": ok and not stopped, "limit_s": asked.limit}
    print(json.dumps(summary | {"instances": len(cases), "stopped": stopped, "musts": reached}))
    return 0 if summary["ok"] else 1


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, metavar="DIR")
    parser.add_argument("--limit", type=float, help="wall-clock seconds for each instance, 60 unless told")
    parser.add_argument("--best", type=Path, metavar="CSV", help="table with the best known values")
    parser.add_argument("--only", default="", help="names of instances, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="every fourth instance, 20 s each")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--solutions", action="store_true", help="judge the solutions in the folder instead")
    asked = parser.parse_args(words)
    asked.limit = (QUICK_S if asked.quick else 60.0) if asked.limit is None else asked.limit
    if not asked.limit > 0:
        parser.error(f"--limit is {asked.limit}; it must be above 0 seconds")
    try:
        return run(asked)
    except (FormatError, TaskingError, OSError) as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "roadef", "ok": False, "error": str(error), "musts": []}))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
