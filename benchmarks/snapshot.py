"""Who goes now, at growing size: seconds to the plan, its gap to the proven bound, beside one plain CP-SAT model.

    python -m benchmarks.snapshot [--quick] [--json] [--seeds N] [--large N] [--plain N] [--threads N]

Worlds are drawn by `engines/tasking/now/worlds.py`. Seconds are wall clock of the whole answer: sorting, building,
solving, putting into words, without the next best of each pick; the first compiling is left out, the medians over the
seeds count. Ten seeds of each size up to 250 x 30 (`--seeds`), three of 500 x 60 (`--large`), one of 2,000 x 200, which
runs in a process of its own, for its memory. Every plan is judged by `engines/tasking/now/judge.py`, its points worked
out anew. The plain model has 20 s and 2 workers, in the same run, on the first `--plain` seeds of 120 x 15, of which it
should leave half unproven, and on the first of each other size but the largest. `--quick`: three seeds of 60 x 6, two
of 120 x 15 and one of 250 x 30, replanned and explained once, the plain model on one world; its limits are the same.
The last line is one JSON object; the exit code is 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from benchmarks._musts import Must, all_met, must
from benchmarks._snapshot_plain import plain
from wayhome.engines.tasking import Declined, Effort, Proposal, propose, replan
from wayhome.engines.tasking.now.judge import breaches, points
from wayhome.engines.tasking.now.worlds import world

PLAIN_S: Final = 20.0
MOST_GB: Final = 2.0
REPLAN_S: Final = 1.0
EXPLAIN_S: Final = 2.0


class Size(NamedTuple):
    """A size, and its limits: seconds and gap, both medians."""

    people: int
    missions: int
    most_s: float
    most_gap: float

    @property
    def name(self) -> str:
        return f"{self.people:,} x {self.missions}"


SIZES: Final = (
    Size(60, 6, 0.05, 0.0),
    Size(120, 15, 2.0, 0.0),
    Size(250, 30, 5.0, 0.005),
    Size(500, 60, 20.0, 0.02),
)
LARGE: Final = Size(2000, 200, 60.0, 1.0)
HARD: Final = SIZES[1]


def plan_of(proposal: Proposal) -> dict[str, str]:
    return {pick.person: pick.mission for team in proposal.teams for pick in team.picks}


def measure(size: Size, seed: int, threads: int) -> dict[str, Any]:
    """One world: seconds, points, gap, and whether the judge agrees."""
    request = world(size.people, size.missions, seed)
    first: list[float] = []
    begun = time.perf_counter()

    def heard(found: int | None, _: int) -> bool:
        if found is not None and not first:
            first.append(time.perf_counter() - begun)
        return True

    proposal = propose(request, effort=Effort(next_best=False, threads=threads), tick=heard)
    seconds = time.perf_counter() - begun
    plan = plan_of(proposal)
    sound = proposal.complete and proposal.clash is None and not breaches(request, plan)
    return {
        "size": size.name,
        "seed": seed,
        "seconds": round(seconds, 4),
        "first_s": round(first[0], 4) if first else None,
        "points": proposal.points,
        "bound": proposal.bound,
        "gap": round(proposal.gap, 6),
        "sound": sound and points(request, plan) == proposal.points >= proposal.bound,
    }


def measured_apart(size: Size, seed: int, threads: int) -> dict[str, Any]:
    """The same in a process of its own, with the most memory that it took."""
    line = [sys.executable, "-m", "benchmarks.snapshot", "--threads", str(threads)]
    line += ["--one", str(size.people), str(size.missions), str(seed)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def beside(case: dict[str, Any], size: Size) -> dict[str, Any]:
    """The plain model on the same world."""
    found = plain(world(size.people, size.missions, case["seed"]), PLAIN_S)
    gap = None if not found.points else round((found.points - found.bound) / found.points, 6)
    return {"plain_s": found.seconds, "plain_points": found.points, "plain_proven": found.proven, "plain_gap": gap}


def summed(size: Size, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians over the seeds of one size."""
    found: dict[str, Any] = {
        "size": size.name,
        "cases": len(cases),
        "median_s": round(statistics.median(one["seconds"] for one in cases), 4),
        "worst_s": max(one["seconds"] for one in cases),
        "median_gap": statistics.median(one["gap"] for one in cases),
        "worst_gap": max(one["gap"] for one in cases),
        "sound": all(one["sound"] for one in cases),
    }
    tried = [one for one in cases if "plain_s" in one]
    if tried:
        found["plain_median_s"] = statistics.median(one["plain_s"] for one in tried)
        found["plain_unproven"] = sum(not one["plain_proven"] for one in tried)
        found["plain_tried"] = len(tried)
    return found


def replanned(people: int, missions: int, seeds: int) -> dict[str, Any]:
    """The first who has not accepted declines: seconds to the new plan in words, how many it changes."""
    seconds, changed, sound = [], [], True
    for seed in range(1, seeds + 1):
        request = world(people, missions, seed)
        plan = plan_of(propose(request, effort=Effort(next_best=False)))
        accepted = {pair.person for pair in request.fixed}
        who = min(one for one in plan if one not in accepted)
        begun = time.perf_counter()
        answer = replan(request, plan, (Declined(who, plan[who]),))
        seconds.append(time.perf_counter() - begun)
        changed.append(len(answer.moves))
        sound = sound and not breaches(answer.request, answer.plan) and all(move.why for move in answer.moves)
    return {
        "replan": f"{people} x {missions}",
        "median_s": round(statistics.median(seconds), 4),
        "worst_s": round(max(seconds), 4),
        "changed": changed,
        "sound": sound,
    }


def explained(seeds: int, threads: int) -> dict[str, Any]:
    """All picks of 60 x 6 with their next best: the proposal and the explanations together."""
    seconds, proven = [], True
    for seed in range(1, seeds + 1):
        request = world(60, 6, seed)
        begun = time.perf_counter()
        proposal = propose(request, effort=Effort(threads=threads))
        seconds.append(time.perf_counter() - begun)
        picks = [pick for team in proposal.teams for pick in team.picks if not pick.accepted]
        proven = proven and all(pick.next_best is not None and pick.next_best.proven for pick in picks)
    return {"explain": "60 x 6", "median_s": round(statistics.median(seconds), 4), "proven": proven}


def must_of(size: Size, found: dict[str, Any]) -> Must:
    """What a size must reach, beside what it did."""
    aim = "proven best" if size.most_gap == 0.0 else f"a gap of at most {size.most_gap:.1%}"
    took = f"{found['median_s']:.3f} s, gap {found['median_gap']:.2%}"
    return must(
        f"{size.name}: {aim} in {size.most_s:g} s, every plan right by the judge (medians)",
        f"{took}; the worst {found['worst_s']:.3f} s, {found['worst_gap']:.2%}; {found['cases']} worlds",
        met=found["sound"] and found["median_s"] <= size.most_s and found["median_gap"] <= size.most_gap,
    )


def must_be_hard(found: dict[str, Any]) -> Must:
    unproven, tried = found["plain_unproven"], found["plain_tried"]
    return must(
        f"one plain CP-SAT model leaves half of {HARD.name} unproven at {PLAIN_S:g} s",
        f"{unproven} of {tried} unproven, of {found['cases']} worlds",
        met=2 * unproven >= tried,
    )


def must_of_large(case: dict[str, Any]) -> Must:
    return must(
        f"{LARGE.name}: a plan right by the judge, with its gap, in {LARGE.most_s:g} s and {MOST_GB:g} GB",
        f"{case['seconds']:.1f} s, gap {case['gap']:.2%}, {case['most_gb']:.2f} GB",
        met=case["sound"] and case["seconds"] <= LARGE.most_s and case["most_gb"] <= MOST_GB,
    )


def plainly_tried(size: Size, *, quick: bool, hard: int) -> int:
    """On how many worlds of a size the plain model is tried as well."""
    if size == HARD:
        return 1 if quick else hard
    return 0 if quick else 1


def of_sizes(asked: argparse.Namespace) -> tuple[list[dict[str, Any]], list[Must]]:
    """Every size with its seeds, told as they come."""
    many = (3, 2, 1, 0) if asked.quick else (asked.seeds, asked.seeds, asked.seeds, min(asked.large, asked.seeds))
    seeds = dict(zip(SIZES, many, strict=True))
    tables, told = [], []
    for size in SIZES:
        tried = plainly_tried(size, quick=asked.quick, hard=asked.plain)
        cases = []
        for seed in range(1, seeds[size] + 1):
            case = measure(size, seed, asked.threads)
            cases.append(case | (beside(case, size) if seed <= tried else {}))
            tell(cases[-1], as_json=asked.json)
        if cases:
            tables.append(summed(size, cases))
            told.append(must_of(size, tables[-1]))
            if size == HARD:
                told.append(must_be_hard(tables[-1]))
    return tables, told


def tell(found: dict[str, Any], *, as_json: bool) -> None:
    line = json.dumps(found) if as_json else ", ".join(f"{name} {value}" for name, value in found.items())
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def one(people: int, missions: int, seed: int, threads: int) -> None:
    """One world alone, with the most memory of the process."""
    propose(world(24, 4, 1), effort=Effort(next_best=False))
    case = measure(Size(people, missions, 0.0, 0.0), seed, threads)
    most_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    tell(case | {"most_gb": round(most_gb, 3)}, as_json=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.snapshot")
    parser.add_argument("--quick", action="store_true", help="a fixed fair part, in about a minute")
    parser.add_argument("--json", action="store_true", help="JSON lines instead of words")
    parser.add_argument("--seeds", type=int, default=10, help="how many worlds of each size")
    parser.add_argument("--plain", type=int, default=3, help="on how many of 120 x 15 the plain model is tried")
    parser.add_argument("--large", type=int, default=3, help="how many worlds of 500 x 60")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--one", type=int, nargs=3, metavar=("PEOPLE", "MISSIONS", "SEED"), help="one world alone")
    asked = parser.parse_args(arguments)
    if asked.one:
        people, missions, seed = asked.one
        one(people, missions, seed, asked.threads)
        return 0
    propose(world(24, 4, 1))
    tables, told = of_sizes(asked)
    if not asked.quick:
        tables.append(measured_apart(LARGE, 1, asked.threads))
        told.append(must_of_large(tables[-1]))
    again = replanned(250, 30, 1 if asked.quick else asked.seeds)
    told.append(
        must(
            f"replanned in {REPLAN_S:g} s at 250 x 30, with what changed and why (median)",
            f"{again['median_s']:.3f} s, the worst {again['worst_s']:.3f} s; {max(again['changed'])} people at most",
            met=again["sound"] and again["median_s"] <= REPLAN_S,
        )
    )
    reasons = explained(1 if asked.quick else asked.seeds, asked.threads)
    told.append(
        must(
            f"every pick of 60 x 6 explained in {EXPLAIN_S:g} s, the proposal included (median)",
            f"{reasons['median_s']:.3f} s, {'all' if reasons['proven'] else 'not all'} next bests proven",
            met=reasons["proven"] and reasons["median_s"] <= EXPLAIN_S,
        )
    )
    for table in (*tables, again, reasons):
        tell(table, as_json=asked.json)
    ok = all_met(told)
    tell({"benchmark": "snapshot", "ok": ok, "musts": told, "sizes": tables}, as_json=True)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
