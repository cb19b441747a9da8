"""`wayhome terrain tiles`: the tiles of the desk's map, made before anybody waits for them."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.context import UsageError, here
from wayhome.cli.progress import Bar
from wayhome.cli.show import clean, put, put_json

app = App(name="tiles_of")
MOST_TILES = 60_000
"""About an hour's work and some gigabytes."""


@app.command(name="tiles")
def tiles(name: str, *, to_zoom: int | None = None) -> None:
    """Makes the map tiles of a ground ahead of need, so that no map is waited for. They are kept beside the ground.

    Without this they are made when somebody first looks at them. Stopped half-way, it goes on where it was.

    Example: wayhome terrain tiles leaf --to-zoom 13

    Parameters
    ----------
    name: the ground
    to_zoom: up to which zoom; without it, up to the nearest there is
    """
    from wayhome.links.tile_numbers import count_over, tiles_over

    source = here().house.terrains.tiles(name)
    last = source.max_zoom if to_zoom is None else to_zoom
    if not source.min_zoom <= last <= source.max_zoom:
        raise UsageError(f"zoom {last} has no tiles of {name}: give one from {source.min_zoom} to {source.max_zoom}")
    zooms = range(source.min_zoom, last + 1)
    wanted = sum(count_over(source.bounds, zoom) for zoom in zooms)
    if wanted > MOST_TILES:
        raise UsageError(
            f"{wanted:,} tiles up to zoom {last} are too many (at most {MOST_TILES:,}): give --to-zoom lower"
        )
    done = size = 0
    bar = Bar(f"Making tiles of {clean(name)}", here().err)
    try:
        for zoom in zooms:
            for x, y in tiles_over(source.bounds, zoom):
                size += len(source.get(zoom, x, y))
                done += 1
                bar(done, wanted)
    finally:
        bar.end()
    if here().as_json:
        put_json({"terrain": name, "from_zoom": source.min_zoom, "to_zoom": last, "tiles": done, "bytes": size})
        return
    put(f"The map of {name} is ready up to zoom {last}: {done:,} tiles, {size / 1e6:.1f} MB")
