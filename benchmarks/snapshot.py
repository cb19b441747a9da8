"""Who goes now, at growing size: seconds to the plan, its gap to the proven bound, beside one plain CP-SAT model.

    python -m benchmarks.snapshot [--quick] [--json] [--seeds N] [--threads N]

Worlds are drawn by `engines/tasking/worlds.py`. Seconds are wall clock of the whole answer: sorting, building,
solving, putting into words, without the next best of each pick; the medians over the seeds count. Every plan is judged
by `engines/tasking/judge.py`, its points worked out anew. Targets: 60 people and 6 missions proven in 0.05 s, 120 and
15 in 2 s, 250 and 30 within 0.5 % in 5 s, 500 and 60 within 2 % in 20 s; 2,000 and 200: a checked plan with its gap in
60 s and 2 GB; replanned in 1 s at 250 and 30; every pick of 60 and 6 explained in 2 s. The plain model has 20 s and 2
threads on the first `--plain` seeds of the first four sizes; of its 120 x 15 at least half should stay unproven.
`--quick`: two sizes, three seeds, without the plain model. The last line is one JSON object; 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from typing import Any, NamedTuple

from benchmarks._snapshot_plain import plain
from wayhome.engines.tasking import Declined, Effort, Proposal, Request, propose, replan
from wayhome.engines.tasking.judge import breaches, points
from wayhome.engines.tasking.worlds import world

PLAIN_S = 20.0
MOST_GB = 2.0
REPLAN_S, EXPLAIN_S = 1.0, 2.0


class Size(NamedTuple):
    """A size, what is aimed at, and how much work is allowed."""

    people: int
    missions: int
    most_s: float
    most_gap: float
    work: float
    seeds: int = 10


SIZES = (
    Size(60, 6, 0.05, 0.0, 20.0),
    Size(120, 15, 2.0, 0.0, 40.0),
    Size(250, 30, 5.0, 0.005, 20.0),
    Size(500, 60, 20.0, 0.02, 20.0),
    Size(2000, 200, 60.0, 1.0, 3.0, seeds=1),
)


def plan_of(proposal: Proposal) -> dict[str, str]:
    return {pick.person: pick.mission for team in proposal.teams for pick in team.picks}


def measure(size: Size, seed: int, threads: int) -> dict[str, Any]:
    """One world: seconds, points, gap, and whether the judge agrees."""
    request = world(size.people, size.missions, seed)
    gap = size.most_gap if size.most_gap < 1.0 else 0.05
    effort = Effort(plan=size.work, next_best=False, gap=gap, threads=threads)
    begun = time.perf_counter()
    proposal = propose(request, effort=effort)
    seconds = time.perf_counter() - begun
    plan = plan_of(proposal)
    sound = proposal.complete and proposal.clash is None and not breaches(request, plan)
    sound = sound and points(request, plan) == proposal.points >= proposal.bound
    return {
        "people": size.people,
        "missions": size.missions,
        "seed": seed,
        "seconds": round(seconds, 4),
        "points": proposal.points,
        "bound": proposal.bound,
        "gap": round(proposal.gap, 6),
        "sound": sound,
    }


def beside(case: dict[str, Any]) -> dict[str, Any]:
    """The plain model on the same world."""
    found = plain(world(case["people"], case["missions"], case["seed"]), PLAIN_S)
    gap = None if not found.points else round((found.points - found.bound) / found.points, 6)
    return {"plain_s": found.seconds, "plain_points": found.points, "plain_proven": found.proven, "plain_gap": gap}


def summed(size: Size, cases: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians over the seeds of one size against what is aimed at."""
    seconds = statistics.median(one["seconds"] for one in cases)
    gap = statistics.median(one["gap"] for one in cases)
    sound = all(one["sound"] for one in cases)
    found: dict[str, Any] = {
        "size": f"{size.people}x{size.missions}",
        "median_s": round(seconds, 4),
        "worst_s": max(one["seconds"] for one in cases),
        "median_gap": gap,
        "worst_gap": max(one["gap"] for one in cases),
        "sound": sound,
        "ok": sound and seconds <= size.most_s and gap <= size.most_gap,
    }
    beside_it = [one for one in cases if "plain_s" in one]
    if beside_it:
        found["plain_median_s"] = statistics.median(one["plain_s"] for one in beside_it)
        found["plain_unproven"] = f"{sum(not one['plain_proven'] for one in beside_it)} of {len(beside_it)}"
    return found


def replanned(people: int, missions: int, seeds: int) -> dict[str, Any]:
    """Somebody of the first team declines: seconds to the new plan, how many it changes."""
    seconds, changed = [], []
    for seed in range(1, seeds + 1):
        request = world(people, missions, seed)
        plan = plan_of(propose(request, effort=Effort(plan=20.0, next_best=False, gap=0.005)))
        accepted = {pair.person for pair in request.fixed}
        who = min(one for one in plan if one not in accepted)
        begun = time.perf_counter()
        answer = replan(request, plan, (Declined(who, plan[who]),))
        seconds.append(time.perf_counter() - begun)
        changed.append(len(answer.moves))
        if breaches(answer.request, answer.plan):
            changed.append(people)
    median = statistics.median(seconds)
    return {
        "replan": f"{people}x{missions}",
        "median_s": round(median, 4),
        "changed": changed,
        "ok": median <= REPLAN_S,
    }


def explained(seeds: int) -> dict[str, Any]:
    """All picks of 60 x 6 with their next best."""
    seconds, proven = [], True
    for seed in range(1, seeds + 1):
        request: Request = world(60, 6, seed)
        begun = time.perf_counter()
        proposal = propose(request)
        seconds.append(time.perf_counter() - begun)
        proven = proven and all(
            pick.accepted or (pick.next_best is not None and pick.next_best.proven)
            for team in proposal.teams
            for pick in team.picks
        )
    median = statistics.median(seconds)
    return {"explain": "60x6", "median_s": round(median, 4), "proven": proven, "ok": proven and median <= EXPLAIN_S}


def tell(found: dict[str, Any], *, as_json: bool) -> None:
    line = json.dumps(found) if as_json else ", ".join(f"{name} {value}" for name, value in found.items())
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.snapshot")
    parser.add_argument("--quick", action="store_true", help="two sizes, three seeds, no plain model")
    parser.add_argument("--json", action="store_true", help="JSON lines, every world on its own")
    parser.add_argument("--seeds", type=int, default=10, help="how many worlds of each size")
    parser.add_argument("--plain", type=int, default=3, help="on how many of them the plain model is tried")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args(arguments)
    seeds = 3 if asked.quick else asked.seeds
    propose(world(12, 2, 1), effort=Effort(next_best=False))
    ok = True
    for size in SIZES[: 2 if asked.quick else len(SIZES)]:
        cases = []
        for seed in range(1, min(seeds, size.seeds) + 1):
            case = measure(size, seed, asked.threads)
            if not asked.quick and seed <= asked.plain and size.most_gap < 1.0:
                case |= beside(case)
            cases.append(case)
            if asked.json:
                tell(case, as_json=True)
        found = summed(size, cases)
        ok = ok and found["ok"]
        tell(found, as_json=asked.json)
    for found in (replanned(250, 30, 1 if asked.quick else 3), explained(1 if asked.quick else 3)):
        ok = ok and found["ok"]
        tell(found, as_json=asked.json)
    most_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    ok = ok and most_gb <= MOST_GB
    tell({"benchmark": "snapshot", "most_gb": round(most_gb, 3), "ok": ok}, as_json=True)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
