"""Missions on one time line, one skill per person at a time: how soon the last ends, against what has been published.

    python -m benchmarks.mspsp [DIR] [--best CSV] [--limit 30] [--quick] [--json]

DIR holds instances of the MSPSP library (Young, Feydy & Schutt 2017, `.dzn`) at any depth; CSV has the columns
instance, best_known and, where 1 means that it is proven, proved_optimal_2017. Without DIR the instances of ../shared
are taken, and every tenth by name under `make bench` or with --quick. --limit is wall clock per instance, both cores.
Every plan is judged by the independent checker. Targets: at least 97 % of the proven ones reached, the others on
average at most 0.5 % above the best known, at least 20 of those proven now (or their share, where fewer are given), and
nothing below what is proven. The last line is one JSON object; the command ends with 1 when a target is missed. With a
folder in WAYHOME_BENCH finished instances are kept there and not measured again.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.slots import SlotMission, SlotPerson, SlotsProblem, breaches, plan_slots
from wayhome.formats.errors import FormatError
from wayhome.formats.mspsp import read_mspsp

Case = dict[str, Any]

FOLDER: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "tasking" / "mspsp"
TENTH: Final = 10
REACHED: Final = 0.97
MOST_ABOVE: Final = 0.005
NEWLY: Final = 20 / 115
"""The share of open instances to be proven: 20 of the 115 that are given."""
ENDLESS: Final = 1_000


class Refused(ValueError):
    """What was named cannot be measured; the text says why."""


def best_known(path: Path | None) -> dict[str, tuple[int, bool]]:
    """By instance the published makespan and whether it is proven. Raises Refused."""
    if path is None:
        return {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["instance"]: (int(row["best_known"]), row.get("proved_optimal_2017") == "1") for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refused(f"{path}: cannot be read ({error})") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"{path}: each row needs instance and best_known, a whole number ({error})") from error


def measure(path: Path, limit_s: float) -> Case:
    """One instance: the plan's end, its bound, and what the checker says. Raises FormatError, TaskingError, Refused."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path}: cannot be read ({error})") from error
    problem = read_mspsp(text, str(path))
    until = time.monotonic() + limit_s
    begun = time.perf_counter()
    plan = plan_slots(problem, work=ENDLESS, tick=lambda: time.monotonic() < until)
    seconds = time.perf_counter() - begun
    return {
        "instance": path.name,
        "makespan": plan.makespan,
        "bound": plan.bound,
        "seconds": round(seconds, 2),
        "rounds": plan.rounds,
        "breaches": breaches(problem, plan)[:3],
    }


def measured_once(path: Path, limit_s: float) -> Case:
    """The instance's result, kept in the folder that `make bench` gives."""
    folder = os.environ.get("WAYHOME_BENCH")
    if not folder:
        return measure(path, limit_s)
    kept = Path(folder) / f"mspsp-{path.stem}-{limit_s:g}s.json"
    if not kept.is_file():
        fresh = kept.with_suffix(".new")
        fresh.write_text(json.dumps(measure(path, limit_s)), encoding="utf-8")
        fresh.replace(kept)
    result: Case = json.loads(kept.read_text(encoding="utf-8"))
    return result


def judged(case: Case, best: tuple[int, bool] | None) -> Case:
    """The case beside what has been published; `ok` is False for what must never be."""
    sound = not case["breaches"] and case["bound"] <= case["makespan"]
    if best is None:
        return {**case, "best": None, "ok": sound}
    makespan, closed = best
    contradicts = case["bound"] > makespan or (closed and case["makespan"] < makespan)
    return {
        **case,
        "best": makespan,
        "closed": closed,
        "above": case["makespan"] / max(makespan, 1) - 1,
        "ok": sound and not contradicts,
    }


def summary(cases: Sequence[Case]) -> Case:
    """The targets, over all cases that were measured."""
    closed = [case for case in cases if case["best"] is not None and case["closed"]]
    opened = [case for case in cases if case["best"] is not None and not case["closed"]]
    reached = sum(case["makespan"] == case["best"] for case in closed)
    above = sum(case["above"] for case in opened) / len(opened) if opened else 0.0
    newly = sum(case["makespan"] == case["bound"] for case in opened)
    wrong = [case["instance"] for case in cases if not case["ok"]]
    ok = reached >= REACHED * len(closed) and above <= MOST_ABOVE and newly >= int(NEWLY * len(opened)) and not wrong
    return {
        "benchmark": "mspsp",
        "ok": ok,
        "instances": len(cases),
        "closed": len(closed),
        "closed_reached": reached,
        "open": len(opened),
        "open_mean_above": round(above, 5),
        "open_below_best_known": sum(case["makespan"] < case["best"] for case in opened),
        "newly_closed": newly,
        "proven": sum(case["makespan"] == case["bound"] for case in cases),
        "wrong": wrong,
    }


def line(case: Case) -> str:
    """One case for people."""
    best = (
        "nothing published"
        if case["best"] is None
        else f"{'proven' if case['closed'] else 'best known'} {case['best']}"
    )
    told = "proven" if case["makespan"] == case["bound"] else f"bound {case['bound']}"
    return (
        f"{case['instance']:<48} {case['makespan']:4d}, {told:>9}, {best}, {case['seconds']:.1f} s, "
        f"{case['rounds']} rounds{'' if case['ok'] else ', WRONG: ' + '; '.join(case['breaches'])}"
    )


def chosen(folder: Path, *, tenth: bool) -> list[Path]:
    """The instances in a folder by name. Raises Refused where there are none."""
    found = sorted(folder.rglob("*.dzn"), key=lambda path: path.name)
    if not found:
        raise Refused(f"{folder}: holds no .dzn file; name a folder with instances")
    return found[::TENTH] if tenth else found


def warm_up() -> None:
    """Compiles what is compiled, so that no instance waits for it."""
    people = (SlotPerson("one", frozenset({"rope"})), SlotPerson("two", frozenset({"rope", "dog"})))
    missions = tuple(SlotMission(str(at), 2 + at % 3, {"rope": 1, "dog": at % 2}) for at in range(6))
    plan_slots(SlotsProblem(people, missions), work=1)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--best", type=Path, metavar="CSV")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds of wall clock per instance")
    parser.add_argument("--quick", action="store_true", help="every tenth instance by name")
    parser.add_argument("--json", action="store_true", help="one JSON object per line instead of a table")
    asked = parser.parse_args(arguments)
    folder = asked.folder or FOLDER / "instances"
    best_path = asked.best or (None if asked.folder else FOLDER / "best_known.csv")
    tenth = asked.quick or (asked.folder is None and "WAYHOME_BENCH" in os.environ)
    cases = []
    try:
        best = best_known(best_path)
        paths = chosen(folder, tenth=tenth)
        warm_up()
        for path in paths:
            cases.append(judged(measured_once(path, asked.limit), best.get(path.name)))
            print(json.dumps(cases[-1]) if asked.json else line(cases[-1]), flush=True)
    except (FormatError, TaskingError, Refused) as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "mspsp", "ok": False, "error": str(error)}))
        return 1
    told = summary(cases)
    print(json.dumps(told))
    return 0 if told["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
