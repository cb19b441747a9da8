"""`wayhome terrain`: the grounds that times and maps rest on. They are public data and hold nothing of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, Parameter

from wayhome.cli import terrain_tiles
from wayhome.cli.context import UsageError, here
from wayhome.cli.maps import form_of, span
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.pages import facts
from wayhome.cli.progress import Bar, waiting
from wayhome.cli.show import clean, put, put_json, put_table
from wayhome.formats.coordinates import parse_place
from wayhome.values.places import Place, distance_m

if TYPE_CHECKING:
    from wayhome.terrain.grid import Terrain

app = App(name="terrain", help="The grounds that times and maps rest on.")
app.command(terrain_tiles.app, name="*")
NOT_VALIDATED = "travel times were not validated on finds"


@app.command(name="leaf")
def leaf(name: str = "leaf", *, seed: int = 1, centre: str = "", overwrite: bool = False) -> None:
    """Makes the Leaf's ground: 60 x 60 km that exist nowhere, from a seed.

    Example: wayhome terrain leaf

    Parameters
    ----------
    seed: another seed is another ground
    centre: where on Earth its middle is said to lie; by default, in the open sea
    overwrite: make it in the place of one by that name
    """
    from wayhome.terrain.leaf import SEA, make_leaf

    _must_be_new(name, overwrite=overwrite)
    middle = parse_place(centre) if centre.strip() else SEA
    with waiting("Making the ground"), _told():
        terrain = make_leaf(seed, centre=middle)
    _keep(name, terrain)


@app.command(name="jacksboro")
def jacksboro(name: str = "jacksboro", *, overwrite: bool = False) -> None:
    """Takes the Jacksboro fault in Tennessee from matplotlib's sample data: real heights, nothing else.

    Example: wayhome terrain jacksboro
    """
    from wayhome.links.terrain_files import read_jacksboro

    _must_be_new(name, overwrite=overwrite)
    _keep(name, read_jacksboro())


@app.command(name="import")
def import_(
    name: str,
    files: list[Path],
    /,
    *,
    centre: str = "",
    radius_km: float = 15.0,
    bounds: Annotated[tuple[float, float, float, float] | None, Parameter(negative=())] = None,
    cell_m: float | None = None,
    elevation_unit: Literal["", "metres", "feet"] = "",
    overwrite: bool = False,
) -> None:
    """Imports ground from files: elevation (.hgt, .hgt.zip, .tif), land cover (.tif), maps (.osm.pbf, .geojson).

    Example: wayhome terrain import andorra N42E001.hgt.zip andorra.osm.pbf --centre 42.55,1.55 --radius-km 12
    Example: wayhome terrain import ridge heights.tif trails.geojson --elevation-unit feet

    Parameters
    ----------
    name: what the ground will be called
    files: elevation, and whatever else there is
    centre: the middle of the part to take
    radius_km: how far around the centre, with --centre
    bounds: west south east north of the part to take, in degrees
    cell_m: the side of a cell; by default that of the finest elevation, at least 30 m
    elevation_unit: metres or feet, of a GeoTIFF that does not say it; .hgt is in metres always
    overwrite: put it in the place of one by that name
    """
    from wayhome.links.terrain_files import Circle, read_terrain

    _must_be_new(name, overwrite=overwrite)
    if centre.strip() and bounds is not None:
        raise UsageError("give a centre or bounds, not both")
    area = Circle(parse_place(centre), radius_km) if centre.strip() else bounds
    bar = Bar(f"Reading {clean(name)}", here().err)
    try:
        terrain = read_terrain(
            files,
            area=area,
            cell_m=cell_m,
            elevation_unit=elevation_unit,
            title=name,
            progress=lambda _what, share: bar(round(100 * share), 100),
        )
    finally:
        bar.end()
    _keep(name, terrain)


@contextmanager
def _told() -> Iterator[None]:
    """What the ground refuses, as a complaint about what was typed."""
    from wayhome.terrain.errors import TerrainError

    try:
        yield
    except TerrainError as error:
        raise UsageError(str(error)) from error


def _must_be_new(name: str, *, overwrite: bool) -> None:
    if not overwrite and name in here().house.terrains.names():
        raise UsageError(f"there is a terrain {name!r} already: give another name, or --overwrite")


def _keep(name: str, terrain: Terrain) -> None:
    here().house.terrains.save(name, terrain)
    if here().as_json:
        put_json(_page(name, terrain))
        return
    put(f"Kept {name}: {_size(terrain)}")
    for caution in terrain.warnings:
        put(f"  ! {caution}")


def _size(terrain: Terrain) -> str:
    wide, high = terrain.cols * terrain.cell_m / 1000, terrain.rows * terrain.cell_m / 1000
    return f"{wide:.1f} x {high:.1f} km in {terrain.cols:,} x {terrain.rows:,} cells of {terrain.cell_m:g} m"


@app.command(name="list")
def listing() -> None:
    """Lists the grounds there are.

    Example: wayhome terrain list
    """
    names = here().house.terrains.names()
    if here().as_json:
        put_json([{"terrain": name} for name in names])
    elif not names:
        put("no terrain yet: `wayhome terrain leaf` makes one, `wayhome terrain import` brings one in")
    else:
        put_table(["TERRAIN"], [[name] for name in names])


@app.command(name="show")
def show(name: str) -> None:
    """Shows a ground: its size, what it knows, where that comes from, and what must be known before trusting it.

    Example: wayhome terrain show leaf
    """
    terrain = here().house.terrains.load(name)
    said = _page(name, terrain)
    if here().as_json:
        put_json(said)
        return
    put(f"{name}: {_size(terrain)}")
    facts([(key, value) for key, value in said.items() if isinstance(value, str) and key != "terrain"])
    put(f"between {said['south_west']} and {said['north_east']} (degrees)")
    for source in terrain.provenance:
        beside = "; ".join(part for part in (source.attribution, source.licence) if part)
        put(f"  {source.layer}: {source.name}{f' ({beside})' if beside else ''}")
    for caution in terrain.warnings:
        put(f"  ! {caution}")


def _page(name: str, terrain: Terrain) -> dict[str, object]:
    from wayhome.terrain.utm import zone_name

    west, east = terrain.place_of(terrain.rows - 1, 0), terrain.place_of(0, terrain.cols - 1)
    return {
        "terrain": name,
        "title": terrain.title,
        "cols": terrain.cols,
        "rows": terrain.rows,
        "cell_m": terrain.cell_m,
        "epsg": terrain.epsg,
        "zone": f"UTM {zone_name(terrain.epsg)}",
        "south_west": f"{west.lat:.4f},{west.lon:.4f}",
        "north_east": f"{east.lat:.4f},{east.lon:.4f}",
        "void_share": round(terrain.void_share, 6),
        "names": len(terrain.names),
        "border": bool(terrain.border.any()),
        "sources": terrain.provenance,
        "cautions": terrain.warnings,
    }


@app.command(name="map")
def map_(
    name: str, file: Path, *, around: str = "", radius_km: float = 5.0, title: str = "", overwrite: bool = False
) -> None:
    """Draws a ground: .png for paper, .tif (GeoTIFF of its layers) or .geojson (its names) for other programs.

    Example: wayhome terrain map leaf leaf.png --around 30.0,142.0 --radius-km 8

    Parameters
    ----------
    around: the middle of the part to draw; without it, all of it
    radius_km: how far around it
    title: what stands above the map
    overwrite: write over a file that is there
    """
    from wayhome.links.map_maker import Maps
    from wayhome.usecases.search.map_plan import MapPlan
    from wayhome.usecases.search.map_words import ground_sources

    form = form_of(file)
    must_not_be_there(file, overwrite=overwrite)
    terrain = here().house.terrains.load(name)
    middle = parse_place(around) if around.strip() else None
    with _told():
        if middle is not None:
            terrain.cell_of(middle)
        plan = MapPlan(
            title=title or terrain.title or name,
            terrain=terrain,
            around=None if middle is None else (middle, _radius_m(radius_km)),
            cautions=terrain.warnings,
            provenance=ground_sources(terrain),
        )
        bar = Bar("Drawing the map", here().err)
        try:
            body = Maps().make(plan, form, progress=bar)
        finally:
            bar.end()
    write_out(file, body, overwrite=overwrite)
    if here().as_json:
        put_json({"file": str(file), "form": form, "cannot_say": plan.cautions, "provenance": plan.provenance})
        return
    put(f"Wrote {file}: {plan.title}")
    for caution in plan.cautions:
        put(f"  ! {caution}")


def _radius_m(radius_km: float) -> float:
    if not 0.05 <= radius_km <= 500:
        raise UsageError(f"a radius of {radius_km:g} km is refused: 0.05 to 500")
    return radius_km * 1000


@app.command(name="time")
def time(name: str, from_: str, to: str, *, walker: str = "rescuer") -> None:
    """Says how long somebody walks from one place to another: by trail where that is quicker, never through a river.

    Example: wayhome terrain time andorra 42.5063,1.5218 42.5453,1.5733 --walker rescuer

    Parameters
    ----------
    name: the ground
    from_: where they set out
    to: where they go
    walker: who walks: hiker, rescuer, child, elderly, evader, runner
    """
    from wayhome.terrain.speed import profile
    from wayhome.terrain.travel import Start, travel

    terrain = here().house.terrains.load(name)
    origin, goal = parse_place(from_), parse_place(to)
    with waiting("Working out the way"), _told():
        who = profile(walker.strip().casefold())
        terrain.cell_of(goal)
        found = travel(terrain, [Start(origin, name="the start")], who)
        hours, way = found.hours_at(goal), found.way_to(goal)
    cautions = tuple(dict.fromkeys((NOT_VALIDATED, *found.cautions, *terrain.warnings)))
    km = _length_km(way)
    if here().as_json:
        put_json({"hours": hours, "km": km, "walker": who.name, "basis": who.basis, "cannot_say": cautions})
        return
    if hours is None:
        put(f"nobody walking as a {who.name} comes there from here: a river, a cliff or a void lies between")
    else:
        put(f"{span(hours)}, {km:.1f} km, as a {who.name}")
    for said in (*who.basis, *cautions):
        put(f"  ! {said}")


def _length_km(way: Sequence[Place]) -> float:
    return round(sum(distance_m(a, b) for a, b in pairwise(way)) / 1000, 2)
