"""The score's box: cells, what lies outside, bits and R, against what can be reckoned by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.engines.search.scoring.incidents_made import incident

from wayhome.engines.search.scoring.box import (
    CELL_M,
    CELLS,
    EVEN_INSIDE,
    FIRST,
    SIDE,
    Cells,
    RoundMap,
    cell_of,
    outside,
)
from wayhome.engines.search.scoring.maps import Both, Disc, Lognormal, OneOverR, Rings, Tabled

MAPS: dict[str, RoundMap] = {
    "lognormal": Lognormal(math.log(1500), 1.1),
    "disc and lognormal": Both(0.08, Disc(50.0), Lognormal(math.log(2000), 0.9)),
    "rings": Rings((600.0, 1800.0, 3200.0, 9900.0), (0.25, 0.5, 0.75, 0.95)),
    "tabled": Tabled.of(Lognormal(math.log(3000), 1.2).per_m2),
    "1/r": OneOverR(),
}


@pytest.mark.parametrize("name", list(MAPS))
def test_cells_and_what_lies_outside_sum_to_one(name: str) -> None:
    """No map gains or loses mass on its way into cells: all 250,000 and the rest of the world."""
    map_ = MAPS[name]
    middles = np.arange(FIRST, FIRST + SIDE) * CELL_M
    fine = np.abs(middles) <= 2000
    steps = (np.arange(10) + 0.5) / 10 * CELL_M - CELL_M / 2
    near = (middles[fine][:, None] + steps).ravel()
    inner = map_.per_m2(np.hypot(near[:, None], near[None, :])).sum() * (CELL_M / 10) ** 2
    coarse = map_.per_m2(np.hypot(middles[:, None], middles[None, :])) * CELL_M**2
    coarse[np.ix_(fine, fine)] = 0
    assert inner + coarse.sum() + outside(map_) == pytest.approx(1, abs=2e-3)


@pytest.mark.parametrize("name", list(MAPS))
def test_the_chance_to_be_within_is_the_density_summed(name: str) -> None:
    """`within` grows by 2πr times the density, inside the box."""
    map_ = MAPS[name]
    edges = np.geomspace(1.0, 12_000.0, 40_001)
    middle = np.sqrt(edges[1:] * edges[:-1])
    grown = np.cumsum(map_.per_m2(middle) * 2 * np.pi * middle * np.diff(edges))
    assert grown == pytest.approx(map_.within(edges[1:]) - map_.within(edges[:1]), abs=2e-3)


def test_a_find_at_the_initial_planning_point_lies_in_the_middle_cell() -> None:
    """And 25 m to the side still does, 26 m does not; 12.5 km east is outside, 12.5 km west inside."""
    assert cell_of(incident("a", 0, 0)) == (0, 0)
    assert cell_of(incident("b", 24.9, -24.9)) == (0, 0)
    assert cell_of(incident("c", 26, 0)) == (1, 0)
    assert cell_of(incident("d", 12_500, 0)) is None
    assert cell_of(incident("e", -12_500, 10)) == (-250, 0)


def test_the_even_disc_gives_the_bits_that_its_area_says() -> None:
    """All mass within 5 km: a cell has 2500 / (π 5000²) of it, and nothing lies outside."""
    cells = Cells(Disc(5000.0))
    bits = math.log2(CELL_M**2 / (math.pi * 5000**2) / (EVEN_INSIDE / CELLS))
    assert cells.bits((20, 30)) == pytest.approx(bits, abs=1e-9)
    assert cells.outside == 0
    assert cells.bits(None) == -math.inf


def test_r_is_one_at_the_top_minus_one_at_the_end_and_zero_where_all_are_alike() -> None:
    """(0.5 − r) / 0.5 with half of the ties; outside r is 1 − p_outside."""
    falling = Cells(Tabled.of(Lognormal(math.log(1500), 1.0).per_m2))
    assert falling.ranked((0, 0)) == pytest.approx(1, abs=1e-5)
    assert falling.ranked((-250, -250)) == pytest.approx(-1, abs=1e-4)
    assert Cells(Disc(40_000.0)).ranked((3, 4)) == 0
    assert falling.ranked(None) == pytest.approx(2 * falling.outside - 1)


def test_every_map_that_falls_outwards_ranks_as_1_over_r_does() -> None:
    """R cannot tell them apart inside the box, which is why it is never reported alone."""
    one, other = Cells(OneOverR()), Cells(Tabled.of(Lognormal(math.log(2500), 0.8).per_m2))
    for cell in ((0, 1), (3, 2), (-17, 40), (100, -200), (249, 249)):
        assert one.ranked(cell) == other.ranked(cell)


def test_a_tabled_map_falls_everywhere() -> None:
    """The hole that a fitted log distance has in its middle is filled."""
    density = Tabled.of(Lognormal(math.log(2500), 0.5).per_m2).per_m2(np.geomspace(0.5, 1e6, 5000))
    assert np.all(np.diff(density) < 0)
