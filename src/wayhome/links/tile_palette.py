"""The 255 colours of tiles, and a tile as a file. With one palette for all, a PNG is a quarter as large and as slow.

The palette is worked out from what a map of ours can show: every tint in every light, and every ink over them.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from wayhome.links.map_ground import DARKEST, TINTS, VOID
from wayhome.links.map_look import BLUE, BROWN
from wayhome.links.tile_levels import Mask
from wayhome.links.tile_lines import BORDER_INK, INK, PAPER
from wayhome.links.tile_sheet import rgb
from wayhome.terrain.classes import LandCover

COLOURS: Final = 255
CLEAR: Final = 255
"""The number of the palette that is no colour: one sees through it."""
LIGHTS: Final = 40
COMPRESSION: Final = 4
COMMON: Final = (LandCover.UNKNOWN, LandCover.OPEN, LandCover.FOREST, LandCover.SCRUB, LandCover.ROCK)


@lru_cache(maxsize=1)
def palette() -> Image.Image:
    """A picture whose palette is that of all tiles."""
    samples = np.concatenate(list(_samples())).clip(0, 255)
    side = int(np.ceil(np.sqrt(len(samples))))
    sheet = np.resize(np.rint(samples).astype(np.uint8), (side, side, 3))
    found = Image.fromarray(sheet).quantize(COLOURS, method=Image.Quantize.MEDIANCUT, kmeans=3)
    colours = (found.getpalette() or [])[: 3 * COLOURS]
    held = Image.new("P", (1, 1))
    held.putpalette(colours + colours[:3] * (256 - len(colours) // 3))
    return held


def _samples() -> list[NDArray[np.float64]]:
    """Colours that tiles have, the more often the more room the palette shall give them."""
    light = np.linspace(DARKEST, 1.0, LIGHTS)[:, None]
    tints = {kind: np.array(tint.colour) * 255 for kind, tint in TINTS.items()}
    grounds = {kind: light * tint for kind, tint in tints.items()}
    found = [grounds[kind] for kind in COMMON for _ in range(8)]
    found += [ground for ground in grounds.values() for _ in range(3)]
    found += [share * grounds[one] + (1 - share) * grounds[other] for one in COMMON for other in COMMON
              for share in (0.25, 0.5) if one < other]  # fmt: skip
    for colour, shares in (
        (BROWN, (0.12, 0.25, 0.4, 0.55, 0.72)),
        (INK, (0.3, 0.6, 0.85)),
        (PAPER, (0.3, 0.55, 0.8)),
        (BLUE, (0.3, 0.6, 0.85)),
        (BORDER_INK, (0.5, 0.9)),
    ):
        ink = np.array(rgb(colour))
        found += [share * ink + (1 - share) * grounds[kind][::4] for kind in COMMON for share in shares for _ in (0, 1)]
    paper, water = np.array(rgb(PAPER)), tints[LandCover.WATER]
    ramp = np.linspace(0, 1, 24)[:, None]
    for one, other in ((INK, paper), (BLUE, paper), (BROWN, paper), (BLUE, water), (INK, water), (PAPER, water)):
        found += [ramp * np.array(rgb(one)) + (1 - ramp) * other] * 4
    for kind, tint in (*TINTS.items(), (None, VOID)):
        base = tints[kind] if kind is not None else np.array(tint.colour) * 255
        found += [ramp * np.array(tint.ink) * 255 + (1 - ramp) * base]
    return found


def encoded(colours: Image.Image, inside: Mask | None) -> bytes:
    """The file of a tile; what is not `inside` is clear."""
    flat = colours.quantize(palette=palette(), dither=Image.Dither.NONE)
    out = io.BytesIO()
    if inside is None:
        flat.save(out, "PNG", compress_level=COMPRESSION)
    else:
        flat.paste(CLEAR, (0, 0, *flat.size), Image.fromarray(~inside))
        flat.save(out, "PNG", compress_level=COMPRESSION, transparency=CLEAR)
    return out.getvalue()
