"""Motion: how fast whole tracks are walked, on one core, with every behaviour on, by the loop that `search map` runs.

    python -m benchmarks.motion [TERRAIN...] [--json] [--quick] [--opendrift]

On a made ground of 1000 x 1000 cells of 30 m with slopes, cover, trails, rivers, bridges and a border. TERRAIN is a
file that `wayhome terrain import` wrote, walked as well, without targets. Held: 20 million particle-steps a second on
one core; steps of at most 1.5 cells; no track across a barrier, by a check of its own that knows nothing of the loop;
100,000 tracks of 48 h in 30 s; a million in 300 s (not with --quick); at most 1.5 GB. Told beside it: the machine's own
rate of independent random gathers of 16 bytes from a table of the same size, and the ratio to it. With --opendrift, or
where WAYHOME_OPENDRIFT is set, OpenDrift's Leeway in the same run (a particle-step there is one time step of one
particle), and then 20 times its rate is held too. OpenDrift comes from PyPI, into a place of its own:

    python3 -m venv ../opendrift && ../opendrift/bin/pip install opendrift
    WAYHOME_OPENDRIFT=../opendrift/bin/python python -m benchmarks.motion

A step is one move from cell to cell; time at rest counts nothing. Seconds are of the processor, for one thread. The
last line is one JSON object.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from benchmarks._motion_ground import everybody, ground
from benchmarks._musts import Must, all_met, must
from wayhome.engines.search.tracks import Cloud, Light, StartOf, Subject, imagine, subject_of
from wayhome.engines.search.tracks.walking import LEFT
from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.grid import Terrain

LEAST_M_STEPS_S: Final = 20.0
MOST_S_100K, MOST_S_1M, MOST_GB = 30.0, 300.0, 1.5
TIMES_OPENDRIFT: Final = 20.0
LONGEST_STEP: Final = 1.5
HOURS: Final = 48.0


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor, and what came of it."""
    begun = time.thread_time()
    found = work()
    return time.thread_time() - begun, found


def from_middle(terrain: Terrain) -> StartOf:
    return StartOf(place=terrain.place_of(terrain.rows // 2, terrain.cols // 2), within_m=300, until_min=60)


def walk(terrain: Terrain, subject: Subject, tracks: int) -> tuple[dict[str, Any], Cloud]:
    """One cloud, and what it took, packing the ground counted in `seconds` but not in the rate of steps."""
    small_s, _ = cpu(lambda: imagine(terrain, subject, from_middle(terrain), HOURS, 1, 1, light=Light(hour=14)))
    whole_s, cloud = cpu(
        lambda: imagine(terrain, subject, from_middle(terrain), HOURS, tracks, 1, light=Light(hour=14))
    )
    steps = cloud.strands[0].steps
    return {
        "case": f"{subject.category} on {terrain.title}",
        "tracks": tracks,
        "hours": HOURS,
        "seconds": round(whole_s, 2),
        "packing_s": round(small_s, 2),
        "steps": steps,
        "steps_a_track": round(steps / tracks),
        "m_steps_s": round(steps / max(1e-9, whole_s - small_s) / 1e6, 1),
    }, cloud


@njit(cache=True, nogil=True)
def gathered(table: NDArray[np.uint64], rounds: int) -> np.uint64:
    """Sums 16-byte rows of a table at places that do not depend on one another."""
    total, mask = np.uint64(0), np.uint64(table.shape[0] - 1)
    for i in range(rounds):
        x = np.uint64(i) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        row = (x >> np.uint64(32)) & mask
        total += table[row, 0] + table[row, 1]
    return total


def gather_rate() -> float:
    """Millions of independent random gathers a second, of 16 bytes in a table of 16 MB."""
    table = np.ones((1 << 20, 2), np.uint64)
    gathered(table, 1000)
    rounds = 20_000_000
    return rounds / min(cpu(lambda: gathered(table, rounds))[0] for _ in range(3)) / 1e6


def breaches(cloud: Cloud, tracks: int) -> dict[str, Any]:
    """Walks some tracks second by second and holds each change of cell against the ground itself."""
    terrain, worst, crossed, moves = cloud.terrain, 0.0, 0, 0
    for begin in range(0, int(cloud.minutes), 60):
        rows, cols = cloud.positions(begin, begin + 60, 1 / 120, who=np.arange(tracks))
        worst = max(worst, float(np.hypot(np.diff(rows), np.diff(cols)).max()))
        r, c = np.rint(rows).astype(np.int64), np.rint(cols).astype(np.int64)
        step = (r[:, 1:] != r[:, :-1]) | (c[:, 1:] != c[:, :-1])
        a, b = (r[:, :-1][step], c[:, :-1][step]), (r[:, 1:][step], c[:, 1:][step])
        moves += int(step.sum())
        crossed += int(shut_between(terrain, a, b, cloud.strands[0].subject.walker.max_slope).sum())
    return {"moves_checked": moves, "longest_step_cells": round(worst, 3), "barriers_crossed": crossed}


Cells = tuple[NDArray[np.int64], NDArray[np.int64]]


def shut_between(terrain: Terrain, a: Cells, b: Cells, steepest: float) -> NDArray[np.bool_]:
    """Whether a move between two cells goes where nobody may: over one cell, into water or a void, over a cliff.

    Water is entered at bridges, fords and along trails only; between two cells that touch at a corner there is no way
    where both cells beside are water; off trails, nothing steeper than the walker's limit is climbed.
    """
    opened = terrain.crossings > Crossing.NONE
    wet = ((terrain.water >= Water.RIVER) | (terrain.land_cover == LandCover.WATER)) & ~opened
    trail = (terrain.trails > Trail.NONE) | opened
    dry = ~wet | trail
    far = np.maximum(abs(a[0] - b[0]), abs(a[1] - b[1])) > 1
    into = ~dry[b] | np.isnan(terrain.elevation_m[b]) | (wet[b] & ~trail[a]) | (wet[a] & ~trail[b])
    corner = (a[0] != b[0]) & (a[1] != b[1]) & wet[a[0], b[1]] & wet[b[0], a[1]]
    rise = abs(terrain.elevation_m[a] - terrain.elevation_m[b])
    length = np.hypot(a[0] - b[0], a[1] - b[1]) * terrain.cell_m
    cliff = (rise > steepest * length * (1 + 1e-6)) & ~(trail[a] & trail[b])
    return np.asarray(far | into | corner | cliff)


def opendrift(particles: int = 100_000) -> dict[str, Any]:
    """What `_opendrift` measured by the Python that WAYHOME_OPENDRIFT names, or by this one; `absent` where it is not
    installed."""
    python = os.environ.get("WAYHOME_OPENDRIFT", sys.executable)
    try:
        told = subprocess.run(
            [python, "-m", "benchmarks._opendrift", str(particles)], capture_output=True, text=True, check=True
        )
        return dict(json.loads(told.stdout.splitlines()[-1]))
    except (OSError, subprocess.CalledProcessError, ValueError, IndexError):
        return {"absent": True}


def peak_gb() -> float:
    """The most memory this process has held, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


def told(case: dict[str, Any]) -> str:
    return (
        f"{case['case']}: {case['tracks']:,} tracks of {case['hours']:.0f} h in {case['seconds']:.1f} s, "
        f"{case['m_steps_s']:.1f} M steps/s ({case['steps_a_track']} a track, {case['packing_s']:.1f} s to pack)"
    )


def run(quick: bool, beside: bool, own: Sequence[Terrain]) -> dict[str, Any]:
    terrain, cases = ground(), []
    imagine(terrain, everybody(), from_middle(terrain), 2, 2, 1)
    main_case, cloud = walk(terrain, everybody(), 20_000 if quick else 100_000)
    checked = breaches(cloud, 200 if quick else 1_000)
    left = float((cloud.modes(cloud.minutes) == LEFT).mean())
    cases.append({**main_case, **checked, "left_the_map": round(left, 4)})
    print(told(main_case), checked, flush=True)
    del cloud
    for subject in (subject_of("Hiker"), subject_of("evader")):
        cases.append(walk(terrain, subject, 20_000 if quick else 100_000)[0])
        print(told(cases[-1]), flush=True)
    for area in own:
        cases.append(walk(area, subject_of("Hiker"), 20_000 if quick else 100_000)[0])
        print(told(cases[-1]), flush=True)
    if not quick:
        cases.append({**walk(terrain, everybody(), 1_000_000)[0], "peak_gb": round(peak_gb(), 2)})
        print(told(cases[-1]), f"{cases[-1]['peak_gb']} GB at most", flush=True)
    gathers = gather_rate()
    summary: dict[str, Any] = {
        "cases": cases,
        "m_gathers_s": round(gathers, 1),
        "steps_a_gather": main_case["m_steps_s"] / gathers,
    }
    print(
        f"random gathers of 16 bytes in 16 MB: {gathers:.0f} M/s; a step to {1 / summary['steps_a_gather']:.1f} gathers"
    )
    if beside:
        told_of_drift(summary)
    return summary


def told_of_drift(summary: dict[str, Any]) -> None:
    """Puts OpenDrift's rate and version beside ours."""
    drift = opendrift()
    if "absent" in drift:
        print("OpenDrift is not installed: see the first lines of benchmarks/motion.py")
        return
    rate = drift["m_steps_s"]
    summary["opendrift_m_steps_s"], summary["peers"] = rate, {"OpenDrift": drift["version"]}
    summary["times_opendrift"] = round(summary["cases"][0]["m_steps_s"] / rate, 1)
    print(f"OpenDrift Leeway: {rate:.2f} M particle-steps/s; ours {summary['times_opendrift']:.1f} times as many")


def musts(found: dict[str, Any]) -> list[Must]:
    """What must be reached, of the cases that were walked."""
    cases, main_case = found["cases"], found["cases"][0]
    rate, checked, longest = main_case["m_steps_s"], main_case["moves_checked"], main_case["longest_step_cells"]
    crossed, gathers = main_case["barriers_crossed"], found["m_gathers_s"]
    told = [
        must(
            f"at least {LEAST_M_STEPS_S:g} M particle-steps/s on one core, 1000 x 1000 cells, every behaviour on",
            f"{rate} M/s; a step takes the time of {gathers / rate:.1f} of the machine's own random gathers "
            f"({gathers:.0f} M/s)",
            met=rate >= LEAST_M_STEPS_S,
        ),
        must(f"steps of at most {LONGEST_STEP:g} cells", f"{longest}", met=longest <= LONGEST_STEP),
        must("no track across a barrier", f"{crossed} in {checked:,} moves checked", met=not crossed and checked),
    ]
    for tracks, most in ((100_000, MOST_S_100K), (1_000_000, MOST_S_1M)):
        held = [case for case in cases if case["tracks"] == tracks]
        if held:
            slow = max(case["seconds"] for case in held)
            words = f"{tracks:,} tracks of {HOURS:g} h on one core in at most {most:g} s"
            of = f", the slowest of {len(held)} cases" if len(held) > 1 else ""
            told.append(must(words, f"{slow} s{of}", met=slow <= most))
    peaks = [case["peak_gb"] for case in cases if "peak_gb" in case]
    if peaks:
        told.append(must(f"at most {MOST_GB:g} GB of memory", f"{max(peaks)} GB", met=max(peaks) <= MOST_GB))
    drift = found.get("opendrift_m_steps_s")
    if drift is not None:
        times = found["times_opendrift"]
        words = f"at least {TIMES_OPENDRIFT:g} times OpenDrift's Leeway in the same run"
        told.append(must(words, f"{times} times ({drift:.2f} M/s)", met=times >= TIMES_OPENDRIFT))
    return told


def main(arguments: Sequence[str]) -> int:
    from wayhome.links.terrain_errors import TerrainFileError
    from wayhome.links.terrain_files import load_terrain

    try:
        own = [load_terrain(Path(a)) for a in arguments if not a.startswith("--")]
    except TerrainFileError as error:
        print(json.dumps({"benchmark": "motion", "ok": False, "error": str(error)}))
        return 1
    beside = "--opendrift" in arguments or "WAYHOME_OPENDRIFT" in os.environ
    found = run("--quick" in arguments, beside, own)
    told = musts(found)
    ok = all_met(told)
    for one in told:
        if not one["met"]:
            print(f"MISSED: {one['must']}: {one['measured']}")
    print(json.dumps({"benchmark": "motion", "ok": ok, "musts": told, **found}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
