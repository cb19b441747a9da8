"""The ground as a grid of square cells in one UTM zone: elevation, cover, trails, water, a border, names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.terrain.classes import CLASSES, LandCover, Named, Source
from wayhome.terrain.errors import OffMap, TerrainError
from wayhome.terrain.utm import check_utm, to_metres, to_place
from wayhome.values.places import Place

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]
Mask = NDArray[np.bool_]

MOST_CELLS: Final = 100_000_000
FEWEST_SIDE: Final = 3
CELL_M: Final = (0.5, 5_000.0)
ELEVATION_M: Final = (-500.0, 9_000.0)
"""The Dead Sea's shore lies at -430 m, Everest at 8,849 m."""
CLIFFS_HIDE_M: Final = 35.0
"""Coarser than 30 m, give or take what an arc-second is on the ground."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Terrain:
    """A piece of ground. Row 0 is the northern edge, column 0 the western; every array has the same (rows, cols).

    `elevation_m` is float32, metres above the geoid, NaN where nothing is known (a void). `land_cover`, `trails`,
    `water` and `crossings` hold the numbers of the classes in `terrain.classes` (uint8). `border` is True in each
    cell that the border line runs through. `west_m` and `north_m` are UTM easting of the western edge and northing
    of the northern edge, in zone `epsg` (326zz north, 327zz south, WGS84). Arrays are sealed at birth: copied, unless
    they lie in bytes, which never change. Raises TerrainError for anything that cannot be ground.
    """

    elevation_m: Floats
    cell_m: float
    epsg: int
    west_m: float
    north_m: float
    land_cover: Codes
    trails: Codes
    water: Codes
    crossings: Codes
    border: Mask
    names: tuple[Named, ...] = ()
    provenance: tuple[Source, ...] = ()
    cautions: tuple[str, ...] = ()
    title: str = ""
    void_share: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        check_utm(self.epsg)
        _check_shape(self.elevation_m)
        _check_numbers(self.cell_m, self.west_m, self.north_m)
        _check_elevation(self.elevation_m)
        for name in ("cell_m", "west_m", "north_m"):
            object.__setattr__(self, name, float(getattr(self, name)))
        for name in ("elevation_m", *CLASSES, "border"):
            object.__setattr__(self, name, _sealed(name, getattr(self, name), self.elevation_m.shape))
        for name, words in CLASSES.items():
            _check_codes(name, getattr(self, name), max(words))
        object.__setattr__(self, "void_share", float(np.isnan(self.elevation_m).mean()))

    @property
    def rows(self) -> int:
        return int(self.elevation_m.shape[0])

    @property
    def cols(self) -> int:
        return int(self.elevation_m.shape[1])

    @property
    def east_m(self) -> float:
        return self.west_m + self.cols * self.cell_m

    @property
    def south_m(self) -> float:
        return self.north_m - self.rows * self.cell_m

    @property
    def warnings(self) -> tuple[str, ...]:
        """Everything a reader must know before trusting this ground: its own cautions, coarse cells, voids."""
        return (*_derived_cautions(self), *self.cautions)

    def cell_of(self, place: Place) -> tuple[int, int]:
        """(row, col) of the cell that holds `place`. Raises OffMap, saying how far off it lies."""
        x, y = to_metres(self.epsg, place)
        row, col = math.floor((self.north_m - y) / self.cell_m), math.floor((x - self.west_m) / self.cell_m)
        if not (0 <= row < self.rows and 0 <= col < self.cols):
            away = max(self.west_m - x, x - self.east_m, self.south_m - y, y - self.north_m, 0.0)
            raise OffMap(
                f"{place.lat:.5f}, {place.lon:.5f} lies {away / 1000:.1f} km off the map"
                f"{f' of {self.title}' if self.title else ''}: name a place on it, or import a terrain that holds it"
            )
        return row, col

    def holds(self, place: Place) -> bool:
        """Whether `place` lies on this grid."""
        try:
            self.cell_of(place)
        except TerrainError:
            return False
        return True

    def place_of(self, row: int, col: int) -> Place:
        """The centre of a cell. Raises OffMap for a cell that is not there."""
        if not (0 <= row < self.rows and 0 <= col < self.cols):
            raise OffMap(f"there is no cell {row}, {col}: rows are 0..{self.rows - 1}, columns 0..{self.cols - 1}")
        return to_place(self.epsg, *self.metres_of(row, col))

    def metres_of(self, row: float, col: float) -> tuple[float, float]:
        """Easting and northing of the centre of a cell (fractions allowed)."""
        return self.west_m + (col + 0.5) * self.cell_m, self.north_m - (row + 0.5) * self.cell_m


def bare(elevation_m: Floats, *, cell_m: float, epsg: int, west_m: float, north_m: float, title: str = "") -> Terrain:
    """A terrain of elevation alone; its cautions say what is not known. Raises TerrainError."""
    _check_shape(elevation_m)
    shape = elevation_m.shape
    nothing = np.zeros(shape, np.uint8)
    return Terrain(
        elevation_m=elevation_m,
        cell_m=cell_m,
        epsg=epsg,
        west_m=west_m,
        north_m=north_m,
        land_cover=nothing,
        trails=nothing,
        water=nothing,
        crossings=nothing,
        border=np.zeros(shape, np.bool_),
        title=title,
        cautions=("no land cover, trails or water are known: every cell is taken as open ground off the trails",),
    )


def _check_shape(elevation_m: Floats) -> None:
    if not isinstance(elevation_m, np.ndarray) or elevation_m.ndim != 2:
        raise TerrainError("elevation must be a grid of rows and columns")
    rows, cols = elevation_m.shape
    if min(rows, cols) < FEWEST_SIDE:
        raise TerrainError(f"a terrain of {rows} x {cols} cells is too small: at least {FEWEST_SIDE} each way")
    if rows * cols > MOST_CELLS:
        raise TerrainError(
            f"a terrain of {rows:,} x {cols:,} cells is too large (at most {MOST_CELLS:,}): "
            "take a smaller area or larger cells"
        )


def _check_numbers(cell_m: float, west_m: float, north_m: float) -> None:
    low, high = CELL_M
    if not (math.isfinite(cell_m) and low <= cell_m <= high):
        raise TerrainError(f"a cell of {cell_m} m is refused: {low} to {high} m")
    if not (math.isfinite(west_m) and -2e6 <= west_m <= 3e6 and math.isfinite(north_m) and -1e6 <= north_m <= 1.1e7):
        raise TerrainError(f"the corner {west_m}, {north_m} is no easting and northing of UTM in metres")


def _check_elevation(elevation_m: Floats) -> None:
    if elevation_m.dtype != np.float32:
        raise TerrainError(f"elevation must be float32 metres with NaN for voids, not {elevation_m.dtype}")
    if np.isnan(elevation_m).all():
        raise TerrainError("the elevation is void in every cell: there is no ground here, take another file or area")
    low, high = float(np.nanmin(elevation_m)), float(np.nanmax(elevation_m))
    if not (ELEVATION_M[0] <= low and high <= ELEVATION_M[1]):
        raise TerrainError(
            f"elevations from {low:.0f} to {high:.0f} m are not of this Earth "
            f"({ELEVATION_M[0]:.0f} to {ELEVATION_M[1]:.0f} m): check the unit, and the number that stands for voids"
        )


def _sealed(name: str, values: NDArray[np.generic], shape: tuple[int, ...]) -> NDArray[np.generic]:
    """Read-only and in row order: a private copy, or the very same where nobody could write to it anyway."""
    kind: type[np.generic] = {"elevation_m": np.float32, "border": np.bool_}.get(name, np.uint8)
    if not isinstance(values, np.ndarray) or values.dtype != kind:
        raise TerrainError(f"{name} must be an array of {kind.__name__}")
    if values.shape != shape:
        raise TerrainError(f"{name} has {values.shape} cells where elevation has {shape}: all layers share one grid")
    if values.flags.c_contiguous and values.flags.aligned and _lies_in_bytes(values):
        return values
    copy = np.array(values, order="C")
    copy.flags.writeable = False
    return copy


def _lies_in_bytes(values: NDArray[np.generic]) -> bool:
    """Whether an array is a look into bytes, as one read from a file is: nobody can ever change that."""
    base: object = values
    while isinstance(base, np.ndarray):
        base = base.base
    return isinstance(base, bytes)


def _check_codes(name: str, values: Codes, most: int) -> None:
    if int(values.max()) > most:
        raise TerrainError(f"{name} holds the number {int(values.max())}; the classes end at {most}")


def _derived_cautions(terrain: Terrain) -> tuple[str, ...]:
    said = []
    finest = min((s.resolution_m for s in terrain.provenance if s.layer == "elevation"), default=terrain.cell_m)
    coarse = max(finest, terrain.cell_m)
    if coarse > CLIFFS_HIDE_M:
        said.append(f"{coarse:.0f} m: cliffs are invisible")
    if terrain.void_share > 0:
        said.append(f"{100 * terrain.void_share:.2g} % of the cells have no elevation (voids)")
    if terrain.provenance and (terrain.land_cover == LandCover.UNKNOWN).all():
        said.append("what grows is not known: speeds off the trails are those of open ground")
    return tuple(said)
