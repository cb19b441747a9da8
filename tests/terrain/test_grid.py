"""The grid: what it refuses, and that places and cells agree."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.terrain.classes import Source
from wayhome.terrain.errors import OffMap, TerrainError
from wayhome.terrain.grid import Terrain, bare
from wayhome.terrain.utm import from_lonlat, to_lonlat, to_metres, to_place, utm_epsg
from wayhome.values.places import Place

Make = Callable[..., Terrain]


def test_cells_and_places_agree(make_ground: Make) -> None:
    """The centre of every cell is a place that lies in that cell."""
    terrain = make_ground(7, 9)
    for row in range(7):
        for col in range(9):
            assert terrain.cell_of(terrain.place_of(row, col)) == (row, col)


def test_off_the_map(make_ground: Make) -> None:
    """A place off the grid is refused with its distance; a place on the far side of the globe is simply not held."""
    terrain = make_ground()
    with pytest.raises(OffMap, match=r"km off the map"):
        terrain.cell_of(Place(43.5, 1.5))
    assert not terrain.holds(Place(43.5, 1.5))
    assert not terrain.holds(Place(-42.0, -179.0))
    with pytest.raises(OffMap, match="no cell"):
        terrain.place_of(12, 0)


@given(lat=st.floats(-79.9, 83.9), lon=st.floats(-180, 180))
def test_utm_both_hemispheres(lat: float, lon: float) -> None:
    """Every place on the UTM grid comes back from metres within a millimetre, in every zone, north and south."""
    place = Place(lat, lon)
    epsg = utm_epsg(place)
    back = to_place(epsg, *to_metres(epsg, place))
    assert abs(back.lat - lat) < 1e-8
    assert abs((back.lon - lon + 180) % 360 - 180) * np.cos(np.radians(lat)) < 1e-8


@pytest.mark.parametrize(
    ("place", "epsg"),
    [
        (Place(42.5, 1.5), 32631),
        (Place(-42.5, 172.6), 32759),
        (Place(60.4, 5.3), 32632),
        (Place(78.2, 15.6), 32633),
        (Place(0.0, 180.0), 32660),
        (Place(-0.1, -180.0), 32701),
    ],
)
def test_zones(place: Place, epsg: int) -> None:
    """The zone is the one the field uses, with the exceptions of Norway and Svalbard."""
    assert utm_epsg(place) == epsg


def test_poles_refused() -> None:
    """Beyond the UTM grid there is no zone."""
    with pytest.raises(TerrainError, match="beyond the UTM grid"):
        utm_epsg(Place(-85, 0))


def test_arrays_of_coordinates() -> None:
    """Whole arrays go to metres and back."""
    lonlat = np.array([[1.5, 42.5], [1.6, 42.6]])
    assert np.allclose(to_lonlat(32631, from_lonlat(32631, lonlat)), lonlat, atol=1e-9)


@pytest.mark.parametrize(
    ("layer", "values", "said"),
    [
        ("elevation_m", np.full((12, 15), np.nan, np.float32), "void in every cell"),
        ("elevation_m", np.full((12, 15), 40_000, np.float32), "not of this Earth"),
        ("elevation_m", np.full((12, 15), np.inf, np.float32), "not of this Earth"),
        ("elevation_m", np.zeros((12, 15), np.float64), "float32"),
        ("elevation_m", np.zeros((2, 2), np.float32), "too small"),
        ("elevation_m", np.zeros(9, np.float32), "rows and columns"),
        ("land_cover", np.full((12, 15), 9, np.uint8), "classes end at 8"),
        ("trails", np.zeros((12, 14), np.uint8), "share one grid"),
        ("water", np.zeros((12, 15), np.int64), "uint8"),
        ("border", np.zeros((12, 15), np.uint8), "bool"),
    ],
)
def test_bad_layers_are_refused(make_ground: Make, layer: str, values: np.ndarray, said: str) -> None:
    """What cannot be ground is refused at birth, saying what is wrong."""
    with pytest.raises(TerrainError, match=said):
        make_ground(**{layer: values})


@pytest.mark.parametrize(
    ("field", "value"),
    [("cell_m", 0.0), ("cell_m", float("nan")), ("epsg", 4326), ("west_m", float("inf")), ("north_m", 5e7)],
)
def test_bad_numbers_are_refused(field: str, value: float) -> None:
    """A grid that cannot lie on Earth is refused."""
    numbers = {"cell_m": 30.0, "epsg": 32631, "west_m": 4e5, "north_m": 4.7e6} | {field: value}
    with pytest.raises(TerrainError):
        bare(np.zeros((5, 5), np.float32), **numbers)  # type: ignore[arg-type]


def test_a_huge_shape_is_refused_before_any_work() -> None:
    """A grid of ten thousand million cells is refused by its shape."""
    huge = np.broadcast_to(np.float32(0), (100_000, 100_000))
    with pytest.raises(TerrainError, match="too large"):
        bare(huge, cell_m=30, epsg=32631, west_m=4e5, north_m=4.7e6)


def test_layers_are_sealed(make_ground: Make) -> None:
    """Nobody can change a terrain, and the maker's array stays the maker's."""
    mine = np.zeros((12, 15), np.float32)
    terrain = make_ground(elevation_m=mine)
    mine[0, 0] = 5
    assert terrain.elevation_m[0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        terrain.elevation_m[0, 0] = 1


def test_what_was_read_from_a_file_is_not_copied(make_ground: Make) -> None:
    """Bytes never change, so a layer that lies in them stays there; a look into what can change is copied."""
    read = np.frombuffer(np.zeros((12, 15), np.float32).tobytes(), np.float32).reshape(12, 15)
    assert np.shares_memory(make_ground(elevation_m=read).elevation_m, read)
    changing = bytearray(read.tobytes())
    look = np.frombuffer(changing, np.float32).reshape(12, 15)
    look.flags.writeable = False
    assert not np.shares_memory(make_ground(elevation_m=look).elevation_m, look)


def test_coarse_ground_and_voids_are_said(make_ground: Make) -> None:
    """Cells above 30 m warn that cliffs are invisible; voids are counted; 30 m cells are quiet about cliffs."""
    holed = np.zeros((12, 15), np.float32)
    holed[0, :9] = np.nan
    said = " ".join(make_ground(elevation_m=holed, cell_m=90.0).warnings)
    assert "90 m: cliffs are invisible" in said
    assert "5 % of the cells have no elevation" in said
    assert not make_ground().warnings


def test_coarse_source_resampled_fine_still_says_so() -> None:
    """Resampling 90 m data to 30 m cells does not bring the cliffs back."""
    from dataclasses import replace

    fine = bare(np.zeros((5, 5), np.float32), cell_m=30, epsg=32631, west_m=4e5, north_m=4.7e6)
    coarse = replace(fine, provenance=(Source("elevation", "SRTM", "public domain", "NASA", 90.0),))
    assert any("90 m: cliffs are invisible" in said for said in coarse.warnings)
