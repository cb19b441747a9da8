"""Map tiles: what is on them, that they join, that they are the same twice, and what no tile is made for."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.fakes.ground import MIDDLE, ground

from wayhome.links.map_ground import TINTS
from wayhome.links.map_tiles import TileMaker
from wayhome.links.tile_figures import figures
from wayhome.links.tile_frame import (
    Window,
    bounds_of,
    metres_per_px,
    net_over,
    off_world,
    on_world,
    window_of,
    world_px,
)
from wayhome.links.tile_ground import THICK_EACH, Ground
from wayhome.links.tile_levels import Levels
from wayhome.links.tile_lines import INK, PAPER
from wayhome.links.tile_numbers import TILE_PX, count_over, empty_tile, tiles_over
from wayhome.links.tile_palette import palette
from wayhome.links.tile_sheet import rgb
from wayhome.terrain.classes import Crossing, LandCover, Named, Water
from wayhome.terrain.grid import Terrain, bare
from wayhome.terrain.utm import to_place
from wayhome.values.places import Place

ZOOM = 13


def tile_at(place: Place, zoom: int) -> tuple[int, int]:
    x, y = on_world(np.array([[place.lon, place.lat]]))[0] * 2**zoom
    return int(x), int(y)


def pixels(body: bytes) -> NDArray[np.int16]:
    image = Image.open(io.BytesIO(body))
    assert image.format == "PNG" and image.size == (TILE_PX, TILE_PX)
    return np.asarray(image.convert("RGBA"), np.int16)


@lru_cache(maxsize=64)
def drawn_tile(maker: TileMaker, z: int, x: int, y: int) -> NDArray[np.int16]:
    return pixels(maker.tile(z, x, y))


def colour_at(maker: TileMaker, place: Place, zoom: int = ZOOM, reach: int = 0) -> NDArray[np.float64]:
    """The mean colour of the pixels around a place."""
    x, y = tile_at(place, zoom)
    px = on_world(np.array([[place.lon, place.lat]]))[0] * world_px(zoom)
    col, row = int(px[0]) - x * TILE_PX, int(px[1]) - y * TILE_PX
    piece = drawn_tile(maker, zoom, x, y)[max(0, row - reach) : row + reach + 1, max(0, col - reach) : col + reach + 1]
    return np.asarray(piece.reshape(-1, 4).mean(axis=0))


def place_of(terrain: Terrain, row: float, col: float) -> Place:
    return to_place(terrain.epsg, *terrain.metres_of(row, col))


def plane(side: int = 200, cell_m: float = 30.0, slope: float = 0.3, title: str = "plane") -> Terrain:
    """Ground that rises evenly to the east."""
    rise = (500 + slope * cell_m * np.arange(side, dtype=np.float32))[None, :].repeat(side, axis=0)
    middle = ground().metres_of(60, 60)
    half = side * cell_m / 2
    return bare(
        np.ascontiguousarray(rise),
        cell_m=cell_m,
        epsg=32631,
        west_m=middle[0] - half,
        north_m=middle[1] + half,
        title=title,
    )


def test_a_tile_is_a_png_and_the_same_twice() -> None:
    """512 pixels each way; another maker of the same terrain, asked in another order, gives the same bytes."""
    first, again = TileMaker(ground()), TileMaker(ground())
    x, y = tile_at(MIDDLE, ZOOM)
    body = first.tile(ZOOM, x, y)
    again.tile(ZOOM - 1, x // 2, y // 2)
    assert again.tile(ZOOM, x, y) == body == first.tile(ZOOM, x, y)
    assert len(np.unique(pixels(body).reshape(-1, 4), axis=0)) > 30


@pytest.mark.parametrize("zoom", [11, 12, 13, 14])
def test_tiles_join(zoom: int) -> None:
    """A picture of two by two tiles is the four tiles side by side: nothing jumps or breaks off at a seam."""
    maker = TileMaker(ground())
    x, y = tile_at(MIDDLE, zoom)
    whole = maker.picture(Window(zoom, x * TILE_PX, y * TILE_PX, 2 * TILE_PX, 2 * TILE_PX))
    assert whole is not None
    large = np.asarray(whole[0].quantize(palette=palette(), dither=Image.Dither.NONE).convert("RGB"), np.int16)
    shown = np.ones(large.shape[:2], np.bool_) if whole[1] is None else whole[1]
    for down in (0, 1):
        for across in (0, 1):
            part = (slice(down * TILE_PX, (down + 1) * TILE_PX), slice(across * TILE_PX, (across + 1) * TILE_PX))
            tile = pixels(maker.tile(zoom, x + across, y + down))
            assert ((tile[..., 3] > 0) == shown[part]).all()
            off = np.abs(tile[..., :3] - large[part]).max(axis=2)[shown[part]]
            assert not off.size or (off > 16).sum() <= 8


def test_the_way_to_cells_is_true() -> None:
    """Every pixel finds its cell to a fraction of a pixel, at every zoom, on both halves of the globe and at its date
    line."""
    for place, epsg in ((MIDDLE, 32631), (Place(-44.1, 169.9), 32759), (Place(64.2, -179.9), 32601)):
        terrain = ground(121, MIDDLE) if epsg == 32631 else _moved(place, epsg)
        for zoom in (8, 11, 14):
            window = window_of(zoom, *tile_at(place, zoom))
            px = np.array([(window.left + a, window.top + b) for a in (0.5, 200.5, 511.5) for b in (0.5, 333.5)])
            cells = net_over(terrain, window).at(px)
            lonlat = off_world(px / world_px(zoom))
            for (col, row), (lon, lat) in zip(cells, lonlat, strict=True):
                metres = (terrain.west_m + col * terrain.cell_m, terrain.north_m - row * terrain.cell_m)
                found = to_place(terrain.epsg, *metres)
                gap = on_world(np.array([[found.lon, found.lat]]))[0] - on_world(np.array([[lon, lat]]))[0]
                gap[0] -= round(gap[0])
                assert np.hypot(*gap) * world_px(zoom) < 0.7


def _moved(place: Place, epsg: int) -> Terrain:
    from wayhome.terrain.utm import to_metres

    x, y = to_metres(epsg, place)
    return replace(ground(), epsg=epsg, west_m=x - 3000, north_m=y + 3000, names=())


def test_beside_the_terrain_tiles_are_clear() -> None:
    """What is not known is not painted: beyond the edge a tile is clear, and far off it is the empty tile."""
    maker = TileMaker(ground())
    west, _, _, north = maker.bounds
    x, y = tile_at(Place(north, west), ZOOM)
    corner = pixels(maker.tile(ZOOM, x, y))[..., 3]
    assert set(np.unique(corner)) == {0, 255} and 0.02 < (corner == 255).mean() < 0.98
    assert maker.tile(ZOOM, x - 3, y) == empty_tile()
    assert (pixels(empty_tile())[..., 3] == 0).all()


@pytest.mark.parametrize(
    ("z", "x", "y"), [(-1, 0, 0), (0, 0, 0), (99, 1, 1), (10**9, 0, 0), (13, -1, 5), (13, 2**13, 5), (13, 5, 10**30)]
)
def test_a_tile_that_is_none_is_empty(z: int, x: int, y: int) -> None:
    """Out of the world, too near, too far: an empty tile, and no error."""
    assert TileMaker(ground()).tile(z, x, y) == empty_tile()


def test_water_woods_and_voids_look_like_themselves() -> None:
    """A lake is blue, woods are green, open ground is pale, and where no height is known it is hatched grey."""
    terrain, maker = ground(), TileMaker(ground())
    lake = colour_at(maker, place_of(terrain, 19, 66))
    assert np.abs(lake[:3] - np.array(TINTS[LandCover.WATER].colour) * 255).max() < 12
    woods, open_ = (colour_at(maker, place_of(terrain, *cell), reach=9) for cell in ((100, 95), (90, 12)))
    assert woods[1] > woods[0] + 8 > woods[2] and open_.sum() > woods.sum()
    void = colour_at(maker, place_of(terrain, 1.5, 2), 14, reach=5)
    assert np.ptp(void[:3]) < 12


def test_a_cover_of_water_is_a_lake() -> None:
    """Land cover that says water is drawn as a lake, whether or not the map knew of one."""
    cover = np.ones((121, 121), np.uint8)
    cover[70:90, 20:40] = LandCover.WATER
    terrain = replace(ground(), land_cover=cover, trails=np.zeros((121, 121), np.uint8), names=())
    blue = colour_at(TileMaker(terrain), place_of(terrain, 80, 30))
    assert np.abs(blue[:3] - np.array(TINTS[LandCover.WATER].colour) * 255).max() < 12


def test_ways_and_the_border_are_lines() -> None:
    """A road is a white line with dark edges, a track dark, and the border violet; without them the ground is bare."""
    terrain = ground()
    lines = TileMaker(terrain)
    nothing = np.zeros((121, 121), np.uint8)
    bared = TileMaker(replace(terrain, trails=nothing, water=nothing, border=nothing.astype(np.bool_), names=()))
    road = place_of(terrain, 75, 121 // 3)
    assert colour_at(lines, road)[:3].min() > 215
    track = place_of(terrain, 75, 121 // 4)
    assert colour_at(lines, track)[:3].max() < 120 < colour_at(bared, track)[:3].max()
    border = [colour_at(lines, place_of(terrain, row, 111), 14) for row in np.arange(70, 74, 0.2)]
    assert min(colour[1] - (colour[0] + colour[2]) / 2 for colour in border) < -25


def test_streams_end_at_their_lake() -> None:
    """A stream that flows into a lake is blue right up to its shore, and is not drawn over the lake."""
    water = np.zeros((121, 121), np.uint8)
    water[80:100, 60:90] = Water.LAKE
    water[90, 20:60] = Water.STREAM
    nothing = np.zeros((121, 121), np.uint8)
    terrain = replace(ground(), water=water, trails=nothing, land_cover=nothing + 1, names=(), border=nothing > 0)
    maker = TileMaker(terrain)
    for col in np.arange(50, 59.6, 0.4):
        colour = colour_at(maker, place_of(terrain, 90, col), 14)
        assert colour[2] > colour[0] + 30, col
    lake = [colour_at(maker, place_of(terrain, 90, col), 14)[:3] for col in np.arange(63, 80, 1.7)]
    assert np.ptp(np.array(lake), axis=0).max() < 12


def test_a_path_that_meets_a_road_has_no_gap() -> None:
    """Where the class of a way changes, the line goes on; a path in steps across corners is one line."""
    trails = np.zeros((121, 121), np.uint8)
    trails[60, 10:60] = 3
    trails[60, 60:80] = 2
    for n in range(20):
        trails[60 + n % 2, 80 + n] = 2
    nothing = np.zeros((121, 121), np.uint8)
    terrain = replace(ground(), trails=trails, water=nothing, land_cover=nothing + 1, names=(), border=nothing > 0)
    maker = TileMaker(terrain)
    for col in np.arange(60.5, 97, 0.5):
        near = [colour_at(maker, place_of(terrain, row, col), 14)[:3].max() for row in np.arange(59.4, 61.8, 0.1)]
        assert min(near) < 165, col


def test_fords_and_bridges_are_marked() -> None:
    """A ford and a footbridge are marked with an outline on paper, where there is room for it."""
    crossings = np.zeros((121, 121), np.uint8)
    crossings[30, 30], crossings[90, 30] = Crossing.FORD, Crossing.BRIDGE
    terrain = replace(ground(), crossings=crossings, names=())
    maker, without = TileMaker(terrain), TileMaker(replace(ground(), names=()))
    for row in (30, 90):
        at = place_of(terrain, row, 30)
        assert np.abs(colour_at(maker, at, 14, 4) - colour_at(without, at, 14, 4)).max() > 10
        assert (colour_at(maker, at, 11, 4) == colour_at(without, at, 11, 4)).all()


def test_contours_are_closer_the_nearer_one_looks() -> None:
    """The interval never grows with the zoom, is a round height, and never finer than the cells know."""
    terrain = ground()
    painter = Ground(Levels(terrain), MIDDLE.lat)
    steps = [painter.interval_m(zoom) for zoom in range(7, 18)]
    assert steps == sorted(steps, reverse=True) and steps[0] >= 5 * steps[-1]
    assert steps[-1] >= terrain.cell_m / 12
    flat = Ground(Levels(plane(slope=0.001, cell_m=90)), MIDDLE.lat)
    assert flat.interval_m(16) >= 90 / 12


def test_contours_lie_at_their_height() -> None:
    """On an even slope, brown lines run where a multiple of the interval is reached, and nowhere in between."""
    terrain = plane()
    maker = TileMaker(terrain)
    painter = Ground(Levels(terrain), MIDDLE.lat)
    step = painter.interval_m(ZOOM)
    per_cell = 0.3 * terrain.cell_m
    # Heights are those of the middles of cells: column 0 has 500 m.
    on = (np.ceil(500 / step) * step + 6 * step - 500) / per_cell
    brown = colour_at(maker, place_of(terrain, 90.2, on))[:3]
    between = colour_at(maker, place_of(terrain, 90.2, on + step / per_cell / 2))[:3]
    assert (between - brown).min() > 15


def test_thick_contours_carry_their_height() -> None:
    """Each figure is the height of a thick contour, stands on it, and is never upside down."""
    terrain = plane(side=400)
    painter = Ground(Levels(terrain), MIDDLE.lat)
    window = window_of(ZOOM, *tile_at(MIDDLE, ZOOM))
    step = painter.interval_m(ZOOM)
    found = figures(window, step, painter.sampled)
    assert found
    for figure in found:
        assert figure.metres % (step * THICK_EACH) == 0
        assert -90 <= figure.degrees <= 90
        lon, lat = off_world(np.array([figure.at]) / world_px(ZOOM))[0]
        row, col = terrain.cell_of(Place(float(lat), float(lon)))
        assert float(terrain.elevation_m[row, col]) == pytest.approx(figure.metres, abs=0.3 * 30 * 1.5)


def test_names_do_not_touch_and_the_important_come_first() -> None:
    """Fifty huts and a town on one spot: the town is named, and no two boxes overlap."""
    huts = tuple(Named(f"Hut {n}", Place(42.5 + n % 7 / 9000, 1.55 + n // 7 / 9000), "alpine_hut") for n in range(50))
    terrain = replace(ground(), names=(*huts, Named("Naruto's town", MIDDLE, "town")))
    maker = TileMaker(terrain)
    labels, _ = maker.names.on(14, metres_per_px(14, MIDDLE.lat))
    assert labels[0].text == "Naruto's town" and 1 < len(labels) < 30
    for i, one in enumerate(labels):
        for other in labels[:i]:
            a, b = one.box, other.box
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_higher_peak_is_named() -> None:
    """Of two peaks that have no room side by side, the higher is named."""
    low, high = Place(42.5005, 1.55), Place(42.5008, 1.5502)
    height = np.full((121, 121), 900, np.float32)
    for place, metres in ((low, 1200.0), (high, 1500.0)):
        height[ground().cell_of(place)] = metres
    names = (Named("Low peak of the long name", low, "peak"), Named("High peak of the long name", high, "peak"))
    for order in (names, names[::-1]):
        maker = TileMaker(replace(ground(), elevation_m=height, names=order))
        labels, _ = maker.names.on(11, metres_per_px(11, MIDDLE.lat))
        assert labels[0].text.startswith("High")


def test_hostile_names_are_survived() -> None:
    """Endless, empty, from the right, without letters, with marks that turn the text: a map all the same."""
    hostile = (
        "W" * 5000,
        " \n\t",
        "‮gnp.exe",
        "ليلى محمد",
        "山田 太郎",
        "חיפוש",
        "꧁ x",
        "🏔️🐕",
        "\x00\x1b[31m",
        "e\u0301" * 60,
    )
    names = tuple(Named(text, Place(42.49 + n / 500, 1.55), "peak") for n, text in enumerate(hostile))
    maker = TileMaker(replace(ground(), names=names))
    x, y = tile_at(MIDDLE, 14)
    assert all(pixels(maker.tile(14, x, y + down)).any() for down in (-1, 0, 1))


def test_letters_stand_out_by_day_and_dimmed() -> None:
    """Ink on paper has a contrast of 10 or more, and of 4.5 still when a screen shows half as much."""

    def luminance(colour: NDArray[np.float64]) -> float:
        part = colour / 255
        linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    def contrast(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    ink, paper = np.array(rgb(INK), float), np.array(rgb(PAPER), float)
    assert contrast(ink, paper) >= 10
    assert contrast(ink * 0.5, paper * 0.5) >= 4.5


def test_the_palette_holds_every_ground() -> None:
    """Each tint in each light is within a few steps of a colour of the palette, so that slopes show no bands."""
    held = np.array(palette().getpalette() or [], np.int32).reshape(-1, 3)
    for kind in (LandCover.OPEN, LandCover.FOREST, LandCover.ROCK, LandCover.SCRUB, LandCover.UNKNOWN):
        for light in np.linspace(0.62, 1.0, 60):
            colour = np.rint(np.array(TINTS[kind].colour) * 255 * light)
            assert np.abs(held - colour).max(axis=1).min() <= 6


def test_zooms_and_bounds_fit_the_terrain() -> None:
    """The bounds hold each corner; at the farthest zoom it is a tile or so, at the nearest a cell is some pixels."""
    terrain, maker = ground(), TileMaker(ground())
    west, south, east, north = bounds_of(terrain)
    for row, col in ((-0.5, -0.5), (-0.5, 120.5), (120.5, -0.5), (120.5, 120.5), (60, 60)):
        place = place_of(terrain, row, col)
        assert west - 1e-9 <= place.lon <= east + 1e-9 and south - 1e-9 <= place.lat <= north + 1e-9
    far, near = maker.min_zoom, maker.max_zoom
    assert 90 <= 121 * 50 / metres_per_px(far, MIDDLE.lat) <= 512
    assert 4 <= 50 / metres_per_px(near, MIDDLE.lat) <= 32
    assert len(list(tiles_over(maker.bounds, far))) == count_over(maker.bounds, far) <= 4
    everywhere = set(tiles_over(maker.bounds, ZOOM))
    for x, y in everywhere:
        assert maker.tile(ZOOM, x, y) != empty_tile()
    x, y = tile_at(MIDDLE, ZOOM)
    for across in range(-4, 5):
        for down in range(-4, 5):
            if (x + across, y + down) not in everywhere:
                assert maker.tile(ZOOM, x + across, y + down) == empty_tile()


def test_a_terrain_across_the_date_line_has_tiles_on_both_sides() -> None:
    """At 180° the ground goes on: the tiles at both ends of the world show it."""
    terrain = replace(_moved(Place(64.2, -180.0), 32601), names=(Named("East", Place(64.195, -179.98), "village"),))
    maker = TileMaker(terrain)
    _, y = tile_at(Place(64.2, -179.99), 12)
    assert {x for x, _ in tiles_over(maker.bounds, 12)} >= {0, 2**12 - 1}
    for x in (0, 2**12 - 1):
        tile = pixels(maker.tile(12, x, y))
        assert (tile[..., 3] > 0).any()
    for degrees in (-179.99, -179.97, 179.975, 179.99):
        # The path from west to east goes on beyond the line, and runs nowhere but there.
        row, col = terrain.cell_of(Place(64.2, degrees))
        near = [colour_at(maker, place_of(terrain, 60 + off, col))[:3].max() for off in np.arange(-0.6, 0.6, 0.1)]
        far = [colour_at(maker, place_of(terrain, 66 + off, col))[:3].max() for off in np.arange(-0.6, 0.6, 0.1)]
        assert min(near) < 190 < min(far), (row, degrees)
    nameless = TileMaker(replace(terrain, names=()))
    assert maker.tile(12, 0, y) != nameless.tile(12, 0, y)


def test_large_flat_tiny_and_void_ground_is_survived() -> None:
    """Level ground, nine cells, cells of 5 km and of half a metre, heights almost all void: tiles all the same."""
    tiny = bare(np.full((3, 3), 7, np.float32), cell_m=0.5, epsg=32631, west_m=380_000, north_m=4_700_000)
    vast = bare(np.full((40, 40), 7, np.float32), cell_m=5_000, epsg=32631, west_m=300_000, north_m=4_800_000)
    holes = np.full((50, 50), np.nan, np.float32)
    holes[20, 30] = 100
    void = bare(holes, cell_m=50, epsg=32631, west_m=380_000, north_m=4_700_000)
    level = plane(slope=0.0)
    for terrain in (tiny, vast, void, level):
        maker = TileMaker(terrain)
        for zoom in range(maker.min_zoom, maker.max_zoom + 1, 2):
            x, y = next(iter(tiles_over(maker.bounds, zoom)))
            assert pixels(maker.tile(zoom, x, y)).shape == (TILE_PX, TILE_PX, 4)


def test_a_tile_costs_little() -> None:
    """After the first, a tile takes no more than a quarter of a second of one processor, however busy."""
    maker = TileMaker(ground(600))
    x, y = tile_at(MIDDLE, ZOOM)
    maker.tile(ZOOM, x, y)
    began = time.process_time()
    maker.tile(ZOOM, x + 1, y)
    assert time.process_time() - began < 0.25
