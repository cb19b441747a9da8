"""Every answer of the search engine on a small world, as digests; `python -m tests.engines.search.answers`."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import numpy as np
from tests.engines.search.tracks.worlds import rough, walker

from wayhome.engines.search.plans.contain import contain
from wayhome.engines.search.plans.of_cloud import moving_of
from wayhome.engines.search.plans.plan import Work, plan
from wayhome.engines.search.plans.teams import Team
from wayhome.engines.search.tracks import Bearing, Cloud, Clue, Light, StartOf, Sweep, Weighed, imagine, poa, weigh
from wayhome.links.map_files import geotiff
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_place
from wayhome.usecases.search.map_plan import Chances, MapPlan
from wayhome.values.places import Place

WORK = Work(first_rounds=2, rounds=2, last_rounds=2, polishing=1, most_nodes=150)
HOURS, NOW_MIN, AHEAD_MIN = 5.0, 180.0, 120.0


def spot(terrain: Terrain, row: float, col: float) -> Place:
    return to_place(terrain.epsg, *terrain.metres_of(row, col))


def weighed_of(cloud: Cloud) -> Weighed:
    """A sweep, a clue and a bearing: few tracks agree with all of them, so that tracks are drawn anew."""
    at = cloud.terrain
    path = ((61.3, spot(at, 30, 30)), (130.0, spot(at, 60, 45)))
    clue = Clue(
        name="clue", place=spot(at, 48, 40), left_from_min=0, left_until_min=150, found_min=170, chance_other=0.1
    )
    bearing = Bearing(
        name="dog", place=spot(at, 45, 40), at_min=175, bearing_deg=135, wind_from_deg=120, wind_m_s=3, chance_false=0.2
    )
    return weigh(cloud, [Sweep(name="sweep", paths=(path,), sweep_width_m=60), clue, bearing], now_min=NOW_MIN)


def digest(*parts: Any) -> str:
    """Of arrays by their bytes, of anything else by its words."""
    found = hashlib.sha256()
    for part in parts:
        found.update(part.tobytes() if isinstance(part, np.ndarray) else repr(part).encode())
    return found.hexdigest()


def answers(seed: int = 1) -> dict[str, str]:
    """A digest of each: tracks, weights, map, plan, posts, and the raster's own bytes."""
    terrain = rough(5)
    start = StartOf(place=terrain.place_of(40, 40), within_m=100, until_min=30)
    cloud = imagine(terrain, walker(moving_h=3.0), start, HOURS, 1200, seed, light=Light(hour=15))
    weighed = weighed_of(cloud)
    assert weighed.rejuvenated
    chart = poa(weighed, NOW_MIN, smooth_m=60)
    moving = moving_of(weighed.cloud, NOW_MIN, AHEAD_MIN, rest_of_world=0.1, tracks=400, seed=seed)
    teams = [
        Team(name=name, start=spot(terrain, 40, 38 + n), sweep_width_m=50.0, latest_min=AHEAD_MIN)
        for n, name in enumerate(("Alpha", "Bravo"))
    ]
    planned = plan(terrain, moving, teams, AHEAD_MIN, work=WORK)
    posted = contain(terrain, moving, teams)
    chances = Chances(grid=chart.grid, elsewhere=chart.elsewhere, areas=(), smoothed_m=60)
    return {
        "imagine": digest(cloud.strands[0].states, *cloud.positions(0, 300, 7)),
        "weigh": digest(weighed.weights, weighed.cloud.strands[0].names, weighed.odds, weighed.rejuvenated, chart.grid),
        "plan": digest([team.words for team in planned.teams], planned.figure.value, planned.bound),
        "contain": digest([one.words for one in posted.postings], posted.met, posted.bound),
        "picture": digest(geotiff(MapPlan(title="x", terrain=terrain, chances=chances))),
    }


if __name__ == "__main__":
    print(json.dumps(answers()))
