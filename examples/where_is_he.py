"""From a terrain file to a plan, by the library alone: python examples/where_is_he.py LAT LON FILE [FILE ...]"""

import sys
from pathlib import Path

import numpy as np

from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.plan import plan
from wayhome.engines.search.plans.teams import Team
from wayhome.engines.search.tracks import Light, StartOf, Watcher, imagine, poa, subject_of, weigh
from wayhome.links.terrain_files import Circle, read_terrain
from wayhome.values.places import Place

HOURS, AHEAD, TRACKS = 4, 3, 4_000

lost = Place(float(sys.argv[1]), float(sys.argv[2]))
terrain = read_terrain([Path(name) for name in sys.argv[3:]], area=Circle(lost, 6))

# Whole tracks of a hiker who was last seen there at two in the afternoon, and a watcher at that place who saw nobody.
cloud = imagine(terrain, subject_of("Hiker"), StartOf(place=lost), HOURS + AHEAD, TRACKS, seed=1, light=Light(hour=14))
gate = Watcher(name="the gate", place=lost, radius_m=60, from_min=30, to_min=240, pod=0.8)
weighed = weigh(cloud, [gate], now_min=HOURS * 60, fewest=0)
now = poa(weighed, HOURS * 60, smooth_m=90)
km2 = now.smallest(0.5).sum() * (terrain.cell_m / 1000) ** 2
print(f"half of the chance lies in {km2:.2f} km²; {now.elsewhere:.1%} that he is elsewhere")
print(f"{weighed.effective:,.0f} of {cloud.tracks:,} tracks carry this; {'; '.join(cloud.cautions)}")

# Two teams from that place, for the next three hours.
minutes = np.arange(0, AHEAD * 60 + 1, 5, dtype=np.float32)
rows, cols = cloud.positions_at(HOURS * 60 + minutes)
moving = Moving(rows, cols, minutes, weighed.weights, weighed.rest_of_world)
teams = [Team(name=name, start=lost, sweep_width_m=40, latest_min=AHEAD * 60) for name in ("Alpha", "Bravo")]
found = plan(terrain, moving, teams, AHEAD * 60)
print(f"found with {found.figure.value:.1%}, never above {found.bound:.1%}; a greedy plan {found.greedy.value:.1%}")
for team in found.teams:
    print(team.words)
