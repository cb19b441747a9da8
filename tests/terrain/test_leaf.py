"""The Leaf's ground: the same from the same seed, and such that the stories can be played on it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fakes.leaf import the_leaf

from wayhome.terrain.border import time_to_border
from wayhome.terrain.classes import Crossing, LandCover, Trail, Water
from wayhome.terrain.grid import Terrain
from wayhome.terrain.leaf import make_leaf
from wayhome.terrain.relief import drain, drained_cells, noise
from wayhome.terrain.spread import STEPS
from wayhome.terrain.travel import Start, Travel, travel
from wayhome.values.chance import generator
from wayhome.values.places import Place


@pytest.fixture(scope="module")
def leaf() -> Terrain:
    return the_leaf()


@pytest.fixture(scope="module")
def from_village(leaf: Terrain) -> Travel:
    return travel(leaf, [Start(place(leaf, "Leaf village"))])


def place(leaf: Terrain, label: str) -> Place:
    return next(name.place for name in leaf.names if name.label == label)


def test_the_same_seed_gives_the_same_ground(leaf: Terrain) -> None:
    """Two makings with one seed agree in every cell and name."""
    again = make_leaf()
    for layer in ("elevation_m", "land_cover", "trails", "water", "crossings", "border"):
        assert np.array_equal(getattr(leaf, layer), getattr(again, layer))
    assert leaf.names == again.names


def test_it_is_sixty_kilometres_of_varied_ground(leaf: Terrain) -> None:
    """1000 x 1000 cells of 60 m, no voids, plain to mountain, every kind of feature, and it says that it is made."""
    assert (leaf.rows, leaf.cols, leaf.cell_m) == (1000, 1000, 60)
    assert leaf.void_share == 0
    assert leaf.elevation_m.max() - leaf.elevation_m.min() > 1500
    assert set(np.unique(leaf.land_cover)) >= {LandCover.OPEN, LandCover.FOREST, LandCover.SCRUB, LandCover.ROCK}
    assert set(np.unique(leaf.water)) == set(Water)
    assert set(np.unique(leaf.trails)) == set(Trail)
    assert (leaf.crossings == Crossing.BRIDGE).sum() >= 5
    assert any("no such place exists" in said for said in leaf.warnings)
    assert any("60 m: cliffs are invisible" in said for said in leaf.warnings)
    steep = np.hypot(*np.gradient(leaf.elevation_m, leaf.cell_m))
    assert 0.1 < np.median(steep) < 0.4


def test_rivers_run_downhill(leaf: Terrain) -> None:
    """Every river cell away from the rim has a neighbour of river or lake that is not higher."""
    wet = leaf.water >= Water.RIVER
    best = np.full(wet.shape, np.inf, np.float32)
    for row, col in STEPS[:8]:
        near = np.roll(np.where(wet, leaf.elevation_m, np.inf), (-row, -col), (0, 1))
        best = np.minimum(best, near)
    inner = np.zeros_like(wet)
    inner[2:-2, 2:-2] = True
    uphill = wet & inner & (best > leaf.elevation_m + 0.02)
    assert not uphill.any()


def test_everything_with_a_name_can_be_walked_to(leaf: Terrain, from_village: Travel) -> None:
    """From the village one comes to every named place but the lake's middle, on foot, within two days."""
    labels = {name.label for name in leaf.names}
    assert labels >= {"Leaf village", "Leaf gate", "Memorial stone", "Training ground 3", "Valley of the End"}
    assert len(labels) == len(leaf.names)
    for name in leaf.names:
        hours = from_village.hours_at(name.place)
        if name.kind == "lake":
            assert hours is None
        else:
            assert hours is not None and hours < 48, name.label


def test_the_border_lies_inside_and_takes_half_a_day(leaf: Terrain, from_village: Travel) -> None:
    """The border crosses the whole ground without a gap; from the village it is hours away, and the post lies on it."""
    assert leaf.border.any(axis=1).all()
    assert not leaf.border[:, :500].any() and not leaf.border[:, 950:].any()
    at = time_to_border(from_village)
    assert at is not None and 3 < at.hours < 12
    assert leaf.border[leaf.cell_of(place(leaf, "Border post"))]
    assert leaf.border[leaf.cell_of(place(leaf, "Valley of the End"))]


def test_roads_lead_to_every_village(leaf: Terrain) -> None:
    """The hamlets lie on roads, and a road is quicker than no road."""
    for label in ("Otafuku", "Shirakaba", "Mizukiri", "Kurotani", "Tanzaku"):
        assert leaf.trails[leaf.cell_of(place(leaf, label))] == Trail.ROAD


def test_another_seed_is_other_ground_and_may_lie_elsewhere(leaf: Terrain) -> None:
    """Another seed gives other ground; it may lie around any place of the UTM grid, also in the south."""
    south = make_leaf(2, centre=Place(-45.0, 170.0))
    assert not np.array_equal(leaf.elevation_m, south.elevation_m)
    assert south.epsg == 32759
    assert south.holds(Place(-45.0, 170.0))
    assert not south.holds(Place(30.0, 142.0))


def test_water_finds_its_way_out() -> None:
    """On any relief each cell drains to one that is lower once hollows are filled, and all water arrives."""
    height = 100 * noise(generator(3, "test"), 40, 1.2)
    outlet = np.zeros((40, 40), np.bool_)
    outlet[-1] = True
    filled, into, order = drain(height, outlet)
    flat = filled.ravel()
    inland = ~outlet.ravel()
    assert (flat[into[inland]] < flat[inland]).all()
    assert (filled >= height).all()
    place_in_order = np.argsort(order)
    assert (place_in_order[into[inland]] < place_in_order[inland]).all()
    assert drained_cells(into, order)[outlet.ravel()].sum() == height.size
