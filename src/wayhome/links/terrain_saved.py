"""A terrain as one file: a zip of numpy arrays (`.npz`) and a description, nothing that could run."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.lib import format as npy

from wayhome.links.files import write_atomic
from wayhome.links.terrain_errors import TerrainFileError, size_of
from wayhome.terrain.classes import Named, Source
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import MOST_CELLS, Terrain

FORMAT: Final = 1
LAYERS: Final[dict[str, np.dtype[Any]]] = {
    "elevation_m": np.dtype(np.float32),
    "land_cover": np.dtype(np.uint8),
    "trails": np.dtype(np.uint8),
    "water": np.dtype(np.uint8),
    "crossings": np.dtype(np.uint8),
    "border": np.dtype(np.bool_),
}
DESCRIPTION: Final = "terrain.json"
MOST_DESCRIPTION_BYTES: Final = 16 * 1024**2
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The date in the zip, so that the same terrain is the same bytes."""


class Description(msgspec.Struct, frozen=True):
    """What stands beside the arrays. `format` says how to read them; a later one is refused with a word."""

    format: int
    title: str
    cell_m: float
    epsg: int
    west_m: float
    north_m: float
    names: tuple[Named, ...]
    provenance: tuple[Source, ...]
    cautions: tuple[str, ...]


def save_terrain(path: Path, terrain: Terrain) -> None:
    """Writes a terrain whole or not at all. Raises FileError when it cannot be written."""
    write_atomic(path, pack(terrain))


def pack(terrain: Terrain) -> bytes:
    """The bytes of a terrain's file; the same terrain gives the same bytes."""
    told = Description(
        FORMAT,
        terrain.title,
        terrain.cell_m,
        terrain.epsg,
        terrain.west_m,
        terrain.north_m,
        terrain.names,
        terrain.provenance,
        terrain.cautions,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        archive.writestr(_dated(DESCRIPTION), msgspec.json.encode(told), zipfile.ZIP_DEFLATED)
        for name in LAYERS:
            layer = io.BytesIO()
            npy.write_array(layer, getattr(terrain, name), allow_pickle=False)
            archive.writestr(_dated(f"{name}.npy"), layer.getvalue(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _dated(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, LONG_AGO)


def load_terrain(path: Path) -> Terrain:
    """A terrain that `save_terrain` wrote. Raises TerrainFileError for anything else."""
    size_of(path)
    try:
        with zipfile.ZipFile(path) as archive:
            told = msgspec.json.decode(_bounded(archive, DESCRIPTION, MOST_DESCRIPTION_BYTES), type=Description)
            if told.format != FORMAT:
                raise TerrainFileError(f"{path} was written by a newer Wayhome (format {told.format}): update this one")
            layers = {name: _layer(path, archive, name) for name in LAYERS}
        return Terrain(
            **layers,
            title=told.title,
            cell_m=told.cell_m,
            epsg=told.epsg,
            west_m=told.west_m,
            north_m=told.north_m,
            names=told.names,
            provenance=told.provenance,
            cautions=told.cautions,
        )
    except TerrainError as error:
        raise TerrainFileError(f"{path} holds no ground: {error}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise TerrainFileError(f"{path} is no saved terrain, or is damaged: import it again") from error
    except (ValueError, OSError) as error:
        raise TerrainFileError(f"{path} cannot be read ({error}): import it again") from error


def _bounded(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:
        body = file.read(most + 1)
    if len(body) > most:
        raise ValueError(f"{name} unpacks to more than {most:,} bytes")
    return body


def _layer(path: Path, archive: zipfile.ZipFile, name: str) -> Any:
    """One array. Its shape is checked before a byte of it is unpacked, whatever the zip promises."""
    kind = LAYERS[name]
    with archive.open(f"{name}.npy") as file:
        version = npy.read_magic(file)
        reader = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
        shape, fortran, found = reader(file)
        if len(shape) != 2 or found != kind or fortran or shape[0] * shape[1] > MOST_CELLS:
            raise TerrainFileError(f"{path}: its layer {name} has the shape {shape} and kind {found}: import it again")
        wanted = shape[0] * shape[1] * kind.itemsize
        body = file.read(wanted + 1)
    if len(body) != wanted:
        raise TerrainFileError(f"{path}: its layer {name} is cut short or too long: import it again")
    return np.frombuffer(body, kind).reshape(shape)
