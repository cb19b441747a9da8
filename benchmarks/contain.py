"""Containment: greed against the exact optimum over random small graphs, and on real ground with its bound.

    python -m benchmarks.contain [CASES.json | TERRAIN...] [--seed N] [--quick] [--json]

Fifty random graphs: tracks are walks over the nodes, watchers stand at nodes and man one node each, once they can be
there by the shortest way. Targets: greed on average >= 95 % and always >= 63 % of the optimum by CP-SAT, proven. Each
CASES.json is a list of {"covers": [[[thing, ...] for each place] for each watcher], "weights": [...]}. TERRAIN
(elevation and maps of one area) adds ten teams against a hiker there, told with its bound; it has no target.
The last line is one JSON object; the exit code is 1 when a target is missed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks._musts import all_met, must
from wayhome.engines.search.plans.coverage import Coverage, dual_bound, exchanged, greedily
from wayhome.engines.search.plans.exact import best_choice
from wayhome.values.chance import generator

GRAPHS: Final = 50
MEAN: Final = 0.95
EACH: Final = 0.63


def graph_case(seed: int, number: int) -> Coverage:
    """A random geometric graph with 20 to 40 nodes, 400 walks of 15 steps from five of them, 2 to 5 watchers."""
    chance = generator(seed, "containment graph", str(number))
    nodes = int(chance.integers(20, 41))
    places = chance.random((nodes, 2))
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    near = np.argsort(apart, axis=1)[:, 1:4]
    linked = np.zeros((nodes, nodes), np.bool_)
    linked[np.arange(nodes)[:, None], near] = True
    linked |= linked.T
    hours = _shortest(np.where(linked, apart, np.inf))
    watchers = int(chance.integers(2, 6))
    stands = chance.choice(nodes, watchers, replace=False)
    walks, steps = 400, 15
    covers = np.zeros((watchers, nodes, walks), np.bool_)
    at = chance.choice(chance.choice(nodes, 5, replace=False), walks)
    step_h = float(apart[linked].mean())
    for step in range(steps):
        manned = hours[stands] <= step * step_h
        for watcher in range(watchers):
            covers[watcher, at, np.arange(walks)] |= manned[watcher, at]
        at = np.array([chance.choice(np.flatnonzero(linked[node])) for node in at])
    return Coverage(covers, np.full(walks, 1 / walks))


def _shortest(hours: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    np.fill_diagonal(hours, 0.0)
    for middle in range(len(hours)):
        hours = np.minimum(hours, hours[:, middle : middle + 1] + hours[middle])
    return hours


def cases_of(path: Path) -> Iterator[tuple[str, Coverage]]:
    for number, case in enumerate(json.loads(path.read_text())):
        weights = np.array(case["weights"], np.float64)
        watchers, places = len(case["covers"]), max(len(one) for one in case["covers"])
        covers = np.zeros((watchers, places, weights.size), np.bool_)
        for watcher, of_places in enumerate(case["covers"]):
            for place, things in enumerate(of_places):
                covers[watcher, place, things] = True
        yield f"{path.name} {number}", Coverage(covers, weights)


def measure(name: str, coverage: Coverage) -> dict[str, Any]:
    """Greed, exchanges, the bound and the optimum of one case."""
    small = coverage.grouped()
    began = time.process_time()
    first = greedily(small)
    greedy_s = time.process_time() - began
    better = exchanged(small, first)
    bound = dual_bound(small, small.worth(better))
    exact = best_choice(small)
    best = small.worth(exact.choice)
    share = 1.0 if best <= 0 else small.worth(first) / best
    return {
        "case": name, "watchers": small.watchers, "places": small.places, "optimum": round(best, 6),
        "proven": exact.proven, "greedy_share": round(share, 4),
        "exchanged_share": round(1.0 if best <= 0 else small.worth(better) / best, 4),
        "bound_over_optimum": round(1.0 if best <= 0 else bound / best, 4), "greedy_s": round(greedy_s, 5),
    }  # fmt: skip


def line(case: dict[str, Any]) -> str:
    return (
        f"{case['case']}: {case['watchers']} watchers, {case['places']} places, optimum {case['optimum']:.4f}"
        f"{'' if case['proven'] else ' (not proven)'}; greed {case['greedy_share']:.1%} of it, with exchanges "
        f"{case['exchanged_share']:.1%}, bound {case['bound_over_optimum']:.1%}"
    )


def on_ground(paths: Sequence[Path], *, quick: bool) -> dict[str, Any]:
    """Ten teams against a hiker on real ground."""
    from benchmarks._search_case import real_case
    from wayhome.engines.search.plans.contain import contain

    case = real_case(paths, tracks=5_000 if quick else 20_000)
    began = time.process_time()
    found = contain(case.terrain, case.moving(1), case.teams)
    took = time.process_time() - began
    for one in found.postings:
        print(f"  {one.words}")
    for words in found.idle:
        print(f"  {words}")
    print(
        f"{case.terrain.title or 'ground'}: {found.met:.4f} met, bound {found.bound:.4f}, gap {found.gap:.1%}, greed "
        f"{found.greedy:.4f}{', proven best' if found.proven else ''}, {took:.1f} s of one core"
    )
    return {
        "met": round(found.met, 5), "bound": round(found.bound, 5), "gap": round(found.gap, 4),
        "greedy": round(found.greedy, 5), "proven": found.proven, "cpu_s": round(took, 2),
    }  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    quick = "--quick" in arguments
    seed = int(arguments[arguments.index("--seed") + 1]) if "--seed" in arguments else 1
    paths = [Path(a) for n, a in enumerate(arguments) if not a.startswith("--") and arguments[n - 1] != "--seed"]
    files = [path for path in paths if path.suffix == ".json"]
    ground = [path for path in paths if path.suffix != ".json"]
    cases = [measure(f"graph {n}", graph_case(seed, n)) for n in range(10 if quick else GRAPHS)]
    for path in files:
        cases += [measure(name, coverage) for name, coverage in cases_of(path)]
    for case in cases:
        print(line(case), flush=True)
    shares = [case["greedy_share"] for case in cases]
    mean = statistics.fmean(shares)
    print(f"greed: {mean:.1%} of the optimum on average, {min(shares):.1%} at worst, over {len(cases)} cases")
    proven = sum(case["proven"] for case in cases)
    told = [
        must(
            f"greed on average at least {MEAN:.0%} of the optimum", f"{mean:.1%}, {len(cases)} cases", met=mean >= MEAN
        ),
        must(f"greed always at least {EACH:.0%}", f"{min(shares):.1%} at worst", met=min(shares) >= EACH),
        must("each optimum proven by CP-SAT", f"{proven} of {len(cases)}", met=proven == len(cases)),
    ]
    ok = all_met(told)
    real = on_ground(ground, quick=quick) if ground else None
    summary = {
        "benchmark": "contain", "ok": ok, "musts": told, "mean": round(mean, 4), "worst": min(shares),
        "cases": len(cases), "seed": seed, "ground": real,
    }  # fmt: skip
    print(json.dumps(summary))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
