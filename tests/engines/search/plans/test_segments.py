"""Segments and who searches which: outlines checked, every assignment tried, the bound above them all."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from tests.engines.search.plans.worlds import CELL_M, ground, team, wanderers

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.assigning import assign
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.segments import Segment, cells_of
from wayhome.terrain.grid import Terrain


def outline(terrain: Terrain, name: str, *cells: tuple[int, int]) -> Segment:
    return Segment(name, tuple(terrain.place_of(*cell) for cell in cells))


def box(terrain: Terrain, name: str, top: int, left: int, bottom: int, right: int) -> Segment:
    return outline(terrain, name, (top, left), (top, right), (bottom, right), (bottom, left))


def test_a_segment_holds_the_cells_with_their_middle_inside() -> None:
    """A box from middle to middle holds those cells; a triangle about half; closing it twice changes nothing."""
    terrain = ground(12)
    square = cells_of(box(terrain, "A", 2, 3, 8, 9), terrain)
    assert abs(int(square.sum()) - 36) <= 13
    assert square[5, 6]
    assert not square[10, 6]
    triangle = outline(terrain, "B", (2, 2), (2, 10), (10, 2))
    assert 25 <= int(cells_of(triangle, terrain).sum()) <= 45
    closed = Segment("B", (*triangle.corners, triangle.corners[0]))
    assert np.array_equal(cells_of(closed, terrain), cells_of(triangle, terrain))


def test_an_outline_that_crosses_itself_says_where() -> None:
    """A bow tie is refused, naming the sides and the place; so are two corners, one cell's corner, and off the map."""
    terrain = ground(12)
    with pytest.raises(SearchError, match="crosses itself: the side from corner 1 and the side from corner 3 meet at"):
        cells_of(outline(terrain, "A", (2, 2), (8, 8), (8, 2), (2, 8)), terrain)
    with pytest.raises(SearchError, match="3 to 2,000 corners, not 2"):
        outline(terrain, "A", (2, 2), (8, 8))
    with pytest.raises(SearchError, match="crosses itself"):
        cells_of(outline(terrain, "A", (2, 2), (2, 8), (2, 4), (6, 5)), terrain)
    far = ground(30)
    with pytest.raises(SearchError, match="corner 2 lies off the map"):
        cells_of(Segment("A", tuple(far.place_of(*c) for c in ((2, 2), (2, 25), (9, 2)))), terrain)


def test_the_best_assignment_of_all_and_the_bound() -> None:
    """Three teams and three segments: what is found is the best of all 64, or nearly; none beats the bound."""
    terrain = ground(18)
    moving = wanderers(18, 90, 1_500, 4)
    segments = [box(terrain, "A", 1, 1, 8, 16), box(terrain, "B", 9, 1, 16, 8), box(terrain, "C", 9, 9, 16, 16)]
    teams = [team(terrain, "Alpha", 0, 0, 90), team(terrain, "Bravo", 17, 17, 60), team(terrain, "Charlie", 17, 0, 90)]
    found = assign(terrain, moving, teams, segments, 90)
    assert found.greedy <= found.chance <= found.bound
    assert found.gap < 0.1
    singles = {
        (one.name, segment.name): assign(terrain, moving, [one], [segment], 90).chance
        for one, segment in itertools.product(teams, segments)
    }
    best_single = max(singles.values())
    assert best_single <= found.chance <= sum(max(singles[t.name, s.name] for s in segments) for t in teams) + 1e-9
    assert sum(found.probability.values()) + found.elsewhere == pytest.approx(1)
    for one in found.assigned:
        assert one.team in one.words
        assert one.from_min < one.until_min
        assert one.adds > 0


def test_coverage_is_sweep_width_times_way_over_area() -> None:
    """Somebody who stays inside is found with 1 - exp(-C), C = W v t / A for the time that the team is there."""
    terrain = ground(18)
    still = Moving(
        np.full((1, 2), 9, np.float32),
        np.full((1, 2), 9, np.float32),
        np.array([0, 60], np.float32),
        np.array([0.8]),
        0.2,
    )
    alpha = team(terrain, "Alpha", 9, 9, 60, returns=False)
    segment = box(terrain, "A", 4, 4, 14, 14)
    found = assign(terrain, still, [alpha], [segment], 60)
    area = int(cells_of(segment, terrain).sum()) * CELL_M**2
    coverage = alpha.sighting.swept_a_min * 60 / area
    assert found.assigned[0].coverage == pytest.approx(coverage, rel=1e-3)
    assert found.chance == pytest.approx(0.8 * (1 - np.exp(-coverage)), rel=1e-3)


def test_what_cannot_be_assigned_says_so() -> None:
    """No segment, two of one name, nobody in time: a clear SearchError each; one of two too late is told as idle."""
    terrain = ground(18)
    moving = wanderers(18, 60, 300, 4)
    segment = box(terrain, "A", 1, 1, 8, 16)
    alpha = team(terrain, "Alpha", 17, 17, 3.0)
    with pytest.raises(SearchError, match="0 segments"):
        assign(terrain, moving, [alpha], [], 60)
    with pytest.raises(SearchError, match="two segments are called A"):
        assign(terrain, moving, [alpha], [segment, segment], 60)
    with pytest.raises(SearchError, match="no team can be in any segment"):
        assign(terrain, moving, [alpha], [segment], 60)
    found = assign(terrain, moving, [alpha, team(terrain, "Bravo", 2, 2)], [segment], 60)
    assert [one.team for one in found.assigned] == ["Bravo"]
    assert found.idle == ("Alpha can be in no segment in time to add anything",)
