"""Missions on one time line, one skill per person at a time: how soon the last ends, against what has been published.

    python -m benchmarks.mspsp [DIR] [--best CSV] [--limit 30] [--quick] [--json] [--fresh]

DIR holds instances of the MSPSP library (Young, Feydy & Schutt 2017, `.dzn`) at any depth; CSV has the columns
instance, best_known and, where 1 means that it is proven, proved_optimal_2017. Without DIR the instances of ../shared
are taken, and every tenth of each folder, by path, under `make bench` or with --quick. --limit is wall clock per
instance, both cores. Every plan is judged by the independent checker. Each result is kept as soon as it is there, under
what it was measured on (the instance, the limit, the code): a run that was broken off goes on where it stopped, --fresh
begins anew. The last line is one JSON object with what must be reached; the command ends with 1 when that is missed,
when a plan or a bound contradicts what is proven, or when something cannot be read.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks._musts import Must, all_met, must
from wayhome.engines.tasking import slots
from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.slots import SlotMission, SlotPerson, SlotsProblem, breaches, plan_slots
from wayhome.formats.errors import FormatError
from wayhome.formats.mspsp import read_mspsp

Case = dict[str, Any]

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT.parent / "shared" / "data" / "tasking" / "mspsp"
TENTH: Final = 10
REACHED: Final = 0.97
MOST_ABOVE: Final = 0.005
NEWLY: Final = 20
"""How many open instances must be proven, of the 115 that are given; of fewer, their share."""
GIVEN_OPEN: Final = 115
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
    begun = time.monotonic()
    plan = plan_slots(problem, work=ENDLESS, tick=lambda: time.monotonic() - begun < limit_s)
    seconds = time.monotonic() - begun
    return {
        "set": path.parent.name,
        "instance": path.name,
        "makespan": plan.makespan,
        "bound": plan.bound,
        "seconds": round(seconds, 2),
        "rounds": plan.rounds,
        "breaches": breaches(problem, plan)[:3],
    }


def code() -> bytes:
    """What a result rests on beside the instance: the code of the search, its checker and its reader."""
    room = Path(slots.__file__).parent
    found = hashlib.sha256()
    for path in (*sorted(room.glob("*.py")), room.parents[2] / "formats" / "mspsp.py"):
        found.update(path.read_bytes())
    return found.digest()


def place(path: Path, limit_s: float, kept: Path) -> Path:
    """Where the result of an instance is kept. Raises Refused."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error})") from error
    key = hashlib.sha256(code() + f"{limit_s:g}".encode() + text).hexdigest()
    return kept / f"{path.stem}-{key[:12]}.json"


def measured_once(path: Path, limit_s: float, kept: Path, *, fresh: bool) -> Case:
    """The instance's result, from the last run if it is kept. Raises what `measure` raises."""
    at = place(path, limit_s, kept)
    if not fresh and at.is_file():
        try:
            known: Case = json.loads(at.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise Refused(f"{at}: the result kept there cannot be read ({error}); --fresh measures anew") from error
        return known
    found = measure(path, limit_s)
    writing = at.with_suffix(".new")
    try:
        kept.mkdir(parents=True, exist_ok=True)
        writing.write_text(json.dumps(found), encoding="utf-8")
        writing.replace(at)
    except OSError as error:
        raise Refused(f"{at}: the result cannot be kept ({error})") from error
    return found


def judged(case: Case, best: tuple[int, bool] | None) -> Case:
    """The case beside what has been published; `wrong` tells what must never be."""
    wrong = list(case["breaches"])
    if case["bound"] > case["makespan"]:
        wrong.append(f"the bound {case['bound']} lies above the plan's own end {case['makespan']}")
    if best is None:
        return {**case, "best": None, "wrong": wrong}
    makespan, closed = best
    if closed and case["makespan"] < makespan:
        wrong.append(f"the plan ends at {case['makespan']}, below the proven optimum {makespan}")
    if case["bound"] > makespan:
        wrong.append(f"the bound {case['bound']} lies above the published plan of {makespan}")
    return {
        **case,
        "best": makespan,
        "closed": closed,
        "above": case["makespan"] / max(makespan, 1) - 1,
        "wrong": wrong,
    }


def musts_of(cases: Sequence[Case]) -> list[Must]:
    """What must be reached, of what was measured; what was not given is not told."""
    closed = [case for case in cases if case["best"] is not None and case["closed"]]
    opened = [case for case in cases if case["best"] is not None and not case["closed"]]
    found = []
    if closed:
        reached = sum(case["makespan"] == case["best"] for case in closed)
        told = f"{reached} of {len(closed)}, {reached / len(closed):.1%}"
        found.append(must("at least 97 % of the closed ones reached", told, met=reached >= REACHED * len(closed)))
        below = sum(case["makespan"] < case["best"] for case in closed)
        found.append(must("no plan below a proven optimum", f"{below} of {len(closed)}", met=not below))
    if opened:
        above = sum(case["above"] for case in opened) / len(opened)
        least = min(NEWLY, NEWLY * len(opened) // GIVEN_OPEN)
        newly = sum(case["makespan"] == case["bound"] for case in opened)
        most = f"the open ones on average at most {MOST_ABOVE:.1%} above the best known"
        found.append(must(most, f"{above:+.2%} over {len(opened)}", met=above <= MOST_ABOVE))
        words = f"at least {least} of {len(opened)} open ones closed with proof"
        found.append(must(words, str(newly), met=newly >= least))
    sound = sum(not case["wrong"] for case in cases)
    words = "every plan passes the checker, no bound above a plan"
    found.append(must(words, f"{sound} of {len(cases)}", met=sound == len(cases)))
    return found


def summary(cases: Sequence[Case]) -> Case:
    """Counts over all cases that were measured, and what must be reached."""
    closed = [case for case in cases if case["best"] is not None and case["closed"]]
    opened = [case for case in cases if case["best"] is not None and not case["closed"]]
    musts = musts_of(cases)
    return {
        "benchmark": "mspsp",
        "ok": all_met(musts),
        "instances": len(cases),
        "closed": len(closed),
        "closed_proven": sum(case["makespan"] == case["bound"] for case in closed),
        "closed_missed": [case["instance"] for case in closed if case["makespan"] != case["best"]],
        "open": len(opened),
        "open_below_best_known": sum(case["makespan"] < case["best"] for case in opened),
        "open_above_best_known": [case["instance"] for case in opened if case["makespan"] > case["best"]],
        "wrong": [case["instance"] for case in cases if case["wrong"]],
        "musts": musts,
    }


def line(case: Case) -> str:
    """One case for people."""
    best = "nothing published"
    if case["best"] is not None:
        best = f"{'proven' if case['closed'] else 'best known'} {case['best']}"
    told = "proven" if case["makespan"] == case["bound"] else f"bound {case['bound']}"
    return (
        f"{case['set']:<8} {case['instance']:<44} {case['makespan']:4d}, {told:>9}, {best}, {case['seconds']:.1f} s, "
        f"{case['rounds']} rounds"
    )


def chosen(folder: Path, *, tenth: bool) -> list[Path]:
    """The instances in a folder by path, or every tenth of each folder in it. Raises Refused where there are none."""
    sets: dict[Path, list[Path]] = {}
    for path in sorted(folder.rglob("*.dzn")):
        sets.setdefault(path.parent, []).append(path)
    if not sets:
        raise Refused(f"{folder}: holds no .dzn file; name a folder with instances")
    return [path for paths in sets.values() for path in (paths[::TENTH] if tenth else paths)]


def warm_up() -> None:
    """Compiles what is compiled, so that no instance waits for it."""
    people = (SlotPerson("one", frozenset({"rope"})), SlotPerson("two", frozenset({"rope", "dog"})))
    missions = tuple(SlotMission(str(at), 2 + at % 3, {"rope": 1, "dog": at % 2}) for at in range(6))
    plan_slots(SlotsProblem(people, missions), work=1)


def progress(done: int, total: int, name: str) -> None:
    """Where it is, on a terminal only."""
    if sys.stderr.isatty():
        print(f"\r\033[K{done} of {total} done, {name}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def run(asked: argparse.Namespace, paths: Sequence[Path], best: dict[str, tuple[int, bool]], kept: Path) -> list[Case]:
    """Every instance, told as it comes. Raises FormatError, TaskingError, Refused."""
    cases: list[Case] = []
    print(f"results are kept in {kept}", file=sys.stderr)
    for done, path in enumerate(paths):
        progress(done, len(paths), path.name)
        case = judged(measured_once(path, asked.limit, kept, fresh=asked.fresh), best.get(path.name))
        cases.append(case)
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
        print(json.dumps(case) if asked.json else line(case), flush=True)
        for one in case["wrong"]:
            print(f"WRONG: {case['instance']}: {one}", file=sys.stderr, flush=True)
    progress(len(paths), len(paths), "all measured")
    return cases


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.mspsp", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--best", type=Path, metavar="CSV")
    parser.add_argument("--limit", type=float, default=30.0, help="seconds of wall clock per instance")
    parser.add_argument("--quick", action="store_true", help="every tenth instance of each folder by path")
    parser.add_argument("--json", action="store_true", help="one JSON object per line instead of a table")
    parser.add_argument("--fresh", action="store_true", help="measure again what is kept from the last run")
    asked = parser.parse_args(arguments)
    if not 0 < asked.limit < float("inf"):
        parser.error(f"--limit {asked.limit:g}: give seconds above 0")
    return asked


def main(arguments: Sequence[str]) -> int:
    asked = parsed(arguments)
    folder = asked.folder or FOLDER / "instances"
    best_path = asked.best or (None if asked.folder else FOLDER / "best_known.csv")
    tenth = asked.quick or (asked.folder is None and "WAYHOME_BENCH" in os.environ)
    kept = Path(os.environ.get("WAYHOME_BENCH") or ROOT / "build" / "bench" / "mspsp.cases")
    try:
        best, paths = best_known(best_path), chosen(folder, tenth=tenth)
        warm_up()
        cases = run(asked, paths, best, kept)
    except (FormatError, TaskingError, Refused) as error:
        print(error, file=sys.stderr)
        print(json.dumps({"benchmark": "mspsp", "ok": False, "error": str(error), "musts": []}))
        return 1
    except KeyboardInterrupt:
        print(f"\nbroken off; what is measured is kept in {kept}, the same command goes on from there", file=sys.stderr)
        return 130
    told = summary(cases)
    if not asked.json:
        for one in told["musts"]:
            print(f"{'met   ' if one['met'] else 'MISSED'} {one['must']}: {one['measured']}")
    print(json.dumps(told))
    return 0 if told["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
