"""A plan on paper: each team's own colour and number, barred areas, shared segments; and maps by the hour."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import numpy as np
import rasterio
from PIL import Image
from tests.fakes.ground import MIDDLE, ground

from wayhome.engines.search import where_can_he_be
from wayhome.links.map_files import geojson, geotiff
from wayhome.links.map_picture import _drawn, png
from wayhome.terrain.speed import HIKER
from wayhome.usecases.search.map_plan import Chances, Drawn, Hour, MapPlan, Marker, colour_of
from wayhome.values.places import Place


def chances(shift: int = 0) -> Chances:
    """A bump of chance around the middle, so many cells to the east of it."""
    rows, cols = np.mgrid[0:121, 0:121]
    grid = np.exp(-((rows - 60) ** 2 + (cols - 60 - shift) ** 2) / 60.0)
    return Chances(grid=0.9 * grid / grid.sum(), elsewhere=0.1, areas=(), smoothed_m=60.0)


def plan(*drawn: Drawn, hourly: tuple[Hour, ...] = ()) -> MapPlan:
    return MapPlan(
        title="Lost hiker: who searches where",
        subtitle="NOT VALIDATED ON FINDS.",
        terrain=ground(),
        whereabouts=where_can_he_be(ground(), MIDDLE, 0.6, HIKER, None),
        chances=chances(),
        rings_at=MIDDLE,
        markers=(Marker("IPP", "IPP 0900", MIDDLE),),
        drawn=drawn,
        hourly=hourly,
    )


def way(number: int) -> Drawn:
    """A way to the east, each to the south of the one before."""
    lat = 42.506 - number * 0.002
    points = tuple(Place(lat, 1.542 + n * 0.001) for n in range(16))
    return Drawn(
        "way", f"Team {number}", points, colour_of(number), str(number + 1), "09:00 to 12:00", f"Team {number}"
    )


def pixels(body: bytes) -> set[tuple[int, ...]]:
    image = np.asarray(Image.open(io.BytesIO(body)).convert("RGB")).astype(np.int32)
    packed = np.unique((image[..., 0] << 16) | (image[..., 1] << 8) | image[..., 2])
    return {(one >> 16, one >> 8 & 255, one & 255) for one in packed.tolist()}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def test_no_two_teams_have_one_colour() -> None:
    """As many as may be planned for: all apart, the first dozen far apart, all dark enough for white paper."""
    colours = [colour_of(number) for number in range(200)]
    assert len(set(colours)) == 200
    first = np.array([rgb(one) for one in colours[:12]], float)
    apart = np.abs(first[:, None] - first[None]).sum(axis=2) + 1e6 * np.eye(12)
    assert apart.min() > 60
    assert max(float(np.array(rgb(one)) @ (0.299, 0.587, 0.114)) for one in colours) < 190


def test_each_way_is_drawn_in_its_colour_with_a_line_of_the_legend_first() -> None:
    """Every team's colour is on the sheet; the legend names each with its number and hours, above all else."""
    made = plan(*(way(number) for number in range(4)))
    found = pixels(png(made))
    assert {rgb(colour_of(number)) for number in range(4)} <= found
    assert rgb(colour_of(7)) not in found
    legend = list(_drawn(made, lambda _done, _of: None).legend)
    assert {f"{n + 1} Team {n} 09:00 to 12:00" for n in range(4)} <= set(legend)


def test_printed_grey_the_numbers_tell_ways_apart() -> None:
    """Two plans that differ only in the team's number differ in grey as well."""
    one, other = way(0), way(0)
    other = Drawn(one.kind, one.label, one.points, one.colour, "7", one.remark, one.who)
    grey = [np.asarray(Image.open(io.BytesIO(png(plan(drawn)))).convert("L")) for drawn in (one, other)]
    assert (np.abs(grey[0].astype(int) - grey[1]) > 100).sum() > 50


def test_a_shared_segment_has_every_team_s_colour_and_what_is_barred_is_crossed_out() -> None:
    """Stripes of all who share it; the segment drawn by hand does not lie over it; the barred area says so."""
    corners = (Place(42.498, 1.545), Place(42.498, 1.555), Place(42.505, 1.555), Place(42.505, 1.545))
    given = [Drawn("given", "North", corners, colour_of(n), str(n + 1), "from 09:00", f"Team {n}") for n in (1, 2)]
    shut = Drawn("barred", "Cliffs", tuple(Place(p.lat - 0.01, p.lon) for p in corners))
    made = plan(Drawn("segment", "North", corners), *given, shut)
    assert {rgb(colour_of(1)), rgb(colour_of(2))} <= pixels(png(made))
    legend = _drawn(made, lambda _done, _of: None).legend
    assert {"2 Team 1: North, from 09:00", "3 Team 2: North, from 09:00", "barred: nobody may enter"} <= set(legend)
    assert "segment" not in legend
    found = [one["properties"] for one in json.loads(geojson(made))["features"]]
    assert sorted(one["team"] for one in found if one["kind"] == "given") == ["Team 1", "Team 2"]


def test_hours_are_a_sheet_of_small_maps_and_a_band_each() -> None:
    """As a picture a sheet that changes with any of its hours; as a raster a band for each hour with its time."""
    hours = tuple(Hour(f"Sun {9 + n}:00", f"2026-03-01T{9 + n:02d}:00+01:00", chances(4 * n)) for n in range(3))
    made = plan(hourly=hours)
    body = png(made)
    sheet = Image.open(io.BytesIO(body))
    assert sheet.width > sheet.height
    assert png(replace(made, hourly=(*hours[:2], hours[0]))) != body
    with rasterio.MemoryFile(geotiff(made)) as memory, memory.open() as file:
        named = [n for n, words in enumerate(file.descriptions, 1) if "in the cell at 2026-03-01T" in (words or "")]
        assert len(named) == 3
        assert np.allclose(file.read(named[2]), hours[2].chances.grid, rtol=1e-6)
