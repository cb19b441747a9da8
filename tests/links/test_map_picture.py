"""Maps as pictures: what is on them, that they are the same twice, and what hostile words do to them."""

from __future__ import annotations

import io
import re
import time
import warnings
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, PngImagePlugin
from tests.fakes.ground import MIDDLE, ground

from wayhome.engines.search import distances_for, where_can_he_be
from wayhome.links.map_frame import A4_IN, DPI, circle_m, frame_for
from wayhome.links.map_lines import lines_of
from wayhome.links.map_marks import _many
from wayhome.links.map_picture import pdf, png
from wayhome.terrain.speed import HIKER
from wayhome.terrain.utm import to_metres
from wayhome.usecases.search.map_plan import Drawn, MapPlan, Marker
from wayhome.values.places import Place, distance_m

WOOD = Drawn("segment", "Wood", (MIDDLE, Place(42.503, 1.55), Place(42.503, 1.556)))


def searched(title: str = "Lost hiker", markers: tuple[Marker, ...] = (), hours: float = 0.6) -> MapPlan:
    """A map of where he can be on the small ground."""
    rings = distances_for("Hiker", ecoregion="temperate", terrain="mountainous")
    found = where_can_he_be(ground(), MIDDLE, hours, HIKER, rings)
    return MapPlan(
        title=title,
        subtitle="for a test",
        terrain=ground(),
        whereabouts=found,
        rings_at=MIDDLE,
        markers=(Marker("IPP", "IPP 0900", MIDDLE), *markers),
        facts=("a fact",),
        cautions=found.cannot_say,
        provenance=found.provenance,
    )


def opened(body: bytes) -> PngImagePlugin.PngImageFile:
    image = Image.open(io.BytesIO(body))
    assert isinstance(image, PngImagePlugin.PngImageFile)
    return image


def test_a_map_is_an_a4_page_that_carries_its_words() -> None:
    """The picture has the size of its paper, and says in its own text what it cannot say and what it rests on."""
    image = opened(png(searched()))
    assert sorted(image.size) == sorted(int(inches * DPI) for inches in A4_IN)
    assert image.text["Title"] == "Lost hiker"
    said = image.text["Description"]
    assert "not validated on finds" in said and "Koester" in said and "too tight" in said


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Nothing of the clock or of an earlier map goes into a picture."""
    first = png(searched())
    png(MapPlan(title="another", terrain=ground()))
    assert png(searched()) == first


def test_what_is_drawn_shows() -> None:
    """A marker, the rings and the reach each change the picture."""
    bare = np.asarray(opened(png(MapPlan(title="Lost hiker", terrain=ground()))).convert("L"), np.int16)
    with_reach = np.asarray(opened(png(searched())).convert("L"), np.int16)
    assert bare.shape != with_reach.shape or (abs(bare - with_reach) > 40).mean() > 0.01
    marked = searched(markers=(Marker("clue", "clue 1: boot", Place(42.503, 1.553)),))
    assert png(marked) != png(searched())


def test_every_script_is_drawn_without_a_missing_letter() -> None:
    """Arabic, Hebrew, Japanese and emoji have letters; what has none is printed by number, never as a box."""
    markers = (
        Marker("team", "فريق", Place(42.505, 1.55)),
        Marker("team", "山田 😀", Place(42.495, 1.55)),
        Marker("team", "חיפוש", Place(42.5, 1.56)),
        Marker("team", "꧁ x", Place(42.5, 1.54)),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png(searched("山で行方不明 ليلى", markers))


def test_words_are_never_formulas_and_long_ones_are_cut() -> None:
    """Dollar signs, line breaks, control characters and endless words neither fail nor run over the sheet."""
    hostile = "$\\frac{1}{0}$ \n\t\x1b[31m \u202e" + "W" * 3000
    markers = tuple(Marker("clue", hostile, Place(42.5 + n / 1000, 1.55)) for n in range(12))
    assert png(searched(hostile, markers))


def test_markers_off_the_sheet_and_on_one_spot_are_survived() -> None:
    """Fifty teams on one point and one on the far side of the Earth still make a map."""
    crowd = tuple(Marker("team", f"team {n}", MIDDLE) for n in range(50))
    assert png(searched(markers=(*crowd, Marker("member", "far", Place(-42.0, -178.0)))))


def test_the_scale_is_round_and_the_frame_holds_the_reach() -> None:
    """The sheet is drawn at a scale somebody can measure with, and shows all that he can have reached."""
    plan = searched()
    frame = frame_for(plan)
    assert str(frame.scale).rstrip("0") in {"1", "125", "15", "2", "25", "3", "35", "4", "5", "6", "75", "8"}
    west, _, east, _ = frame.ground_m
    assert (east - west) / frame.map_in[2] == pytest.approx(frame.scale * 0.0254)
    assert plan.whereabouts is not None
    rows, cols = np.nonzero(plan.whereabouts.reach.reached)
    assert all(frame.holds(*ground().metres_of(int(r), int(c))) for r, c in zip(rows, cols, strict=True))


@pytest.mark.parametrize(("paper", "lying"), [("A4", False), ("A4", True), ("A3", False), ("A3", True)])
def test_a_sheet_to_scale_lies_where_and_how_it_was_asked(paper: str, lying: bool) -> None:
    """With a scale given, an inch of paper is exactly so much ground, and what was asked for lies in the middle."""
    plan = MapPlan(
        title="x", terrain=ground(), around=(MIDDLE, 500.0), paper=paper, scale=25_000, lying=lying, drawn=(WOOD,)
    )
    frame = frame_for(plan)
    west, south, east, north = frame.ground_m
    assert (frame.paper, frame.wide, frame.scale) == (paper, lying, 25_000)
    assert (east - west) / frame.map_in[2] == pytest.approx(25_000 * 0.0254)
    assert ((west + east) / 2, (south + north) / 2) == pytest.approx(to_metres(plan.terrain.epsg, MIDDLE))


def test_a_page_has_exactly_the_size_of_its_paper_and_is_the_same_each_time() -> None:
    """The PDF is one page of A3, so that it prints to scale; the same plan gives the same bytes."""
    plan = MapPlan(title="x", terrain=ground(), paper="A3", scale=10_000, lying=True, drawn=(WOOD,))
    body = pdf(plan)
    assert body == pdf(plan)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", body)
    assert box is not None
    assert [round(float(side) / 72, 2) for side in box.groups()] == [16.54, 11.69]


def test_what_was_drawn_by_hand_shows() -> None:
    """A segment changes the picture."""
    bare = MapPlan(title="x", terrain=ground(), around=(MIDDLE, 900.0))
    assert png(replace(bare, drawn=(WOOD,))) != png(bare)


def test_rings_lie_at_their_distance() -> None:
    """Each corner of a ring is as far from its centre as it says, by great circle."""
    from wayhome.terrain.utm import to_place

    for x, y in circle_m(ground(), MIDDLE, 2_500.0)[::15]:
        assert distance_m(MIDDLE, to_place(32631, float(x), float(y))) == pytest.approx(2_500.0, rel=1e-6)


def test_lines_follow_marked_cells_and_thick_ones_become_one() -> None:
    """A straight row of cells, two cells broad or one, is one line from end to end."""
    for broad in (1, 2):
        mask = np.zeros((9, 40), np.bool_)
        mask[4 : 4 + broad] = True
        lines = lines_of(mask)
        assert len(lines) == 1
        assert np.ptp(lines[0][:, 0]) >= 36
        assert np.ptp(lines[0][:, 1]) <= 1


def test_forks_and_rings_are_drawn_once() -> None:
    """A ring is one closed line; a crossing gives four."""
    ring = np.zeros((20, 20), np.bool_)
    ring[3, 3:16] = ring[15, 3:16] = ring[3:16, 3] = ring[3:16, 15] = True
    (line,) = lines_of(ring)
    assert np.allclose(line[0], line[-1])
    cross = np.zeros((21, 21), np.bool_)
    cross[10] = cross[:, 10] = True
    assert len(lines_of(cross)) == 4
    assert lines_of(np.zeros((5, 5), np.bool_)) == []


def test_categories_in_the_plural() -> None:
    """Rings speak of hikers, and of people with dementia as the statistics do."""
    assert _many("Hiker (temperate, mountainous)") == "Hikers (temperate, mountainous)"
    assert _many("Child (1-3)") == "Child (1-3)"


def test_a_large_map_tells_how_far_it_is() -> None:
    """A million cells are drawn within seconds, and whoever waits hears of every step."""
    told: list[tuple[int, int]] = []
    began = time.process_time()
    png(MapPlan(title="large", terrain=ground(1000)), lambda done, of: told.append((done, of)))
    assert time.process_time() - began < 15
    assert [done for done, _ in told] == list(range(1, told[0][1] + 1))
