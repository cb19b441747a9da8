"""Evidence: whether reweighting is right, and how long it takes for a million tracks.

    python -m benchmarks.evidence [--json] [--quick]

Right: 101 x 101 cells, 20 searches that found nothing, against the exact filter of the same walk (see
`_evidence_oracle`); total variation on blocks of 10 x 10 cells at most 0.01, and on cells at most 1.5 times what as
many perfect draws as the weights are worth would give. Quick: a million tracks of 48 h on the ground of
`benchmarks.motion`, one search, one searcher's track, one clue, one bearing, each placed so that at most 5 % of the
tracks come near: 2 s each; and placed so that most come near: 10 s each, as for twelve searchers at once. Seconds are
of the processor, for one thread. With --quick a tenth of the tracks, and the times are told, not held. The last line is
one JSON object.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks._evidence_oracle import exact, in_blocks, outline, perfect, plain, searches, variation, wanderers
from benchmarks._motion_ground import everybody, ground
from benchmarks._musts import Must, must
from benchmarks.motion import cpu, from_middle, peak_gb
from wayhome.engines.search.tracks import (
    Bearing,
    Cloud,
    Clue,
    Evidence,
    Light,
    SearchedArea,
    Sweep,
    imagine,
    poa,
    weigh,
)
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_place
from wayhome.values.places import Place

MOST_BLOCKS, MOST_CELLS = 0.01, 1.5
MOST_NEAR_S, MOST_WIDE_S, NEAR_SHARE = 2.0, 10.0, 0.05
SIDE, SEARCHES, HOURS = 101, 20, 2.0


def against_exact(tracks: int, seed: int) -> dict[str, Any]:
    """Twenty searches weighed by tracks and by the exact filter."""
    terrain = plain(SIDE)
    cloud, made = wanderers(terrain, HOURS, tracks, seed), searches(terrain, SEARCHES, HOURS * 60, seed)
    answer = weigh(cloud, made, fewest=0)
    chart = poa(answer, HOURS * 60).grid
    ours, true = chart / chart.sum(), exact(cloud, made)
    unweighed = poa(weigh(cloud), HOURS * 60).grid
    cells, draws = variation(ours, true), perfect(true, answer.effective)
    return {
        "case": f"exact filter, seed {seed}",
        "tracks": tracks,
        "effective": round(answer.effective),
        "moved_by_evidence": round(variation(unweighed / unweighed.sum(), true), 4),
        "blocks": round(variation(in_blocks(ours), in_blocks(true)), 5),
        "cells": round(cells, 5),
        "perfect_draws": round(draws, 5),
        "times_perfect": round(cells / draws, 3),
    }


def spot(terrain: Terrain, row: float, col: float) -> Place:
    return to_place(terrain.epsg, *terrain.metres_of(row, col))


def pieces(cloud: Cloud, row: float, col: float, size: float) -> list[Evidence]:
    """A search, a searcher's track, a clue and a bearing around a place, `size` cells wide, eight hours in."""
    terrain, at = cloud.terrain, 480.0
    path = tuple((at + 3 * k, spot(terrain, row + size * np.sin(k), col + size * (k / 30 - 1))) for k in range(61))
    here = spot(terrain, row, col)
    return [
        SearchedArea(
            name="search",
            area=outline(terrain, row - size, col - size, row + size, col + size),
            from_min=at,
            to_min=at + 180,
            pod=0.7,
        ),
        Sweep(name="sweep", paths=(path,), sweep_width_m=50.0),
        Clue(name="clue", place=here, left_from_min=60, left_until_min=at, found_min=at, chance_other=0.3),
        Bearing(
            name="bearing",
            place=here,
            at_min=at,
            bearing_deg=90,
            wind_from_deg=80,
            wind_m_s=4,
            chance_false=0.2,
            reach_m=30.0 * size,
        ),
    ]


def timed(cloud: Cloud, piece: Evidence, where: str) -> dict[str, Any]:
    """Weighing the cloud by one piece: the whole answer, conflicts and odds included."""
    weigh(cloud, [piece], fewest=0)
    seconds, answer = cpu(lambda: weigh(cloud, [piece], fewest=0))
    return {
        "case": f"{piece.name}, {where}",
        "tracks": cloud.tracks,
        "near_share": round(answer.said[0].looked / cloud.tracks, 4),
        "seconds": round(seconds, 2),
    }


def places(cloud: Cloud) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where few come near at the eighth hour, and the middle of where they are."""
    rows, cols = cloud.positions_at([480.0])
    middle = float(np.median(rows)), float(np.median(cols))
    away = np.hypot(rows[:, 0] - middle[0], cols[:, 0] - middle[1])
    far = int(np.argmin(abs(away - np.quantile(away, 0.97))))
    return (float(rows[far, 0]), float(cols[far, 0])), middle


def told(case: dict[str, Any]) -> str:
    if "blocks" in case:
        return (
            f"{case['case']}: {case['tracks']:,} tracks worth {case['effective']:,}, evidence moved the map by "
            f"{case['moved_by_evidence']:.3f}; off by {case['blocks']:.4f} on blocks, {case['cells']:.4f} on cells "
            f"({case['times_perfect']:.2f} times perfect draws)"
        )
    return f"{case['case']}: {case['seconds']:.2f} s for {case['tracks']:,}, {100 * case['near_share']:.1f} % near"


def run(quick: bool) -> list[dict[str, Any]]:
    cases = []
    tracks = 100_000 if quick else 1_000_000
    for seed in (1,) if quick else (1, 2, 3):
        cases.append(against_exact(1_000_000, seed))
        print(told(cases[-1]), flush=True)
    terrain = ground()
    cloud = imagine(terrain, everybody(), from_middle(terrain), 48, tracks, 1, light=Light(hour=14))
    few, middle = places(cloud)
    for piece in pieces(cloud, *few, 8.0):
        cases.append(timed(cloud, piece, "few near"))
        print(told(cases[-1]), flush=True)
    for piece in pieces(cloud, *middle, 150.0):
        cases.append(timed(cloud, piece, "most near"))
        print(told(cases[-1]), flush=True)
    cases.append(timed(cloud, many_searchers(cloud.terrain, *middle), "most near"))
    print(told(cases[-1]), flush=True)
    return cases


def many_searchers(terrain: Terrain, row: float, col: float) -> Sweep:
    """Twelve searchers up and down in line abreast, 60 m apart, for three hours, a point a minute."""
    return Sweep(
        name="twelve searchers",
        paths=tuple(
            tuple(
                (480.0 + k, spot(terrain, row + 40 * np.sin(k / 20), col + 2.0 * number + k / 3 - 30))
                for k in range(181)
            )
            for number in range(12)
        ),
        sweep_width_m=50.0,
    )


def verdict(cases: list[dict[str, Any]], quick: bool) -> list[str]:
    """What was missed."""
    missed = []
    for case in cases:
        if "blocks" in case:
            if case["blocks"] > MOST_BLOCKS or case["times_perfect"] > MOST_CELLS:
                missed.append(told(case))
            continue
        most = MOST_NEAR_S if case["near_share"] <= NEAR_SHARE else MOST_WIDE_S
        if not quick and case["seconds"] > most:
            missed.append(f"{told(case)}, over {most:g} s")
    held = [case for case in cases if "seconds" in case and case["near_share"] <= NEAR_SHARE]
    if len(held) < 3:
        missed.append("too few cases with at most 5 % near: nothing was shown")
    return missed


def musts(cases: list[dict[str, Any]]) -> list[Must]:
    """Of the exact filter, and of how long reweighting takes."""
    exact_ones = [case for case in cases if "blocks" in case]
    blocks, cells = max(case["blocks"] for case in exact_ones), max(case["times_perfect"] for case in exact_ones)
    told = [
        must(
            f"{SEARCHES} searches on {SIDE} x {SIDE} cells: at most {MOST_BLOCKS:g} off the exact filter on blocks",
            f"{blocks:.4f} at worst of {len(exact_ones)} seeds",
            met=blocks <= MOST_BLOCKS,
        ),
        must(f"on cells at most {MOST_CELLS:g} times perfect draws", f"{cells:.2f} times", met=cells <= MOST_CELLS),
    ]
    for most, words, few in (
        (MOST_NEAR_S, f"at most {NEAR_SHARE:.0%} near", True),
        (MOST_WIDE_S, "however many are near", False),
    ):
        held = [case for case in cases if "seconds" in case and (case["near_share"] <= NEAR_SHARE) == few]
        slow = max((case["seconds"] for case in held), default=float("inf"))
        each = "; ".join(f"{case['case'].split(',')[0]} {case['seconds']:.2f} s" for case in held)
        count = f"{held[0]['tracks']:,} tracks" if held else "tracks"
        told.append(must(f"{count} by one piece, {words}: at most {most:g} s", each or "none", met=slow <= most))
    return told


def main(arguments: Sequence[str]) -> int:
    quick = "--quick" in arguments
    cases = run(quick)
    missed = verdict(cases, quick)
    summary = {
        "benchmark": "evidence",
        "ok": not missed,
        "missed": missed,
        "musts": musts(cases),
        "peak_gb": round(peak_gb(), 2),
    }
    print(json.dumps({**summary, "cases": cases}))
    return 0 if not missed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
