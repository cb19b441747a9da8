"""A picture of a window in the making: inks laid over one another, each as a sheet of shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from wayhome.links.map_ground import Tint
from wayhome.links.tile_frame import Window

Shares = NDArray[np.uint8]
"""How much of each pixel something covers: 0 none, 255 all."""
FULL: Final = 255


@dataclass
class Sheet:
    """What a window shows so far. `ground` is 255 where anything is shown; None where everything is."""

    window: Window
    picture: Image.Image
    ground: Image.Image | None = None

    def shade(self, light: Shares) -> None:
        """Darkens everything to so much of itself."""
        sheet = Image.fromarray(light)
        self.picture = ImageChops.multiply(self.picture, Image.merge("RGB", (sheet, sheet, sheet)))

    def ink(self, share: Shares | Image.Image, colour: str, corner: tuple[int, int] = (0, 0)) -> None:
        """Lays a colour over the picture from a corner on, so much of it in each pixel. What is not shown stays so."""
        sheet = share if isinstance(share, Image.Image) else Image.fromarray(share)
        self.picture.paste(colour, (*corner, corner[0] + sheet.width, corner[1] + sheet.height), sheet)

    def hatch(self, where: Shares, tint: Tint, strength: float) -> None:
        """Marks in the tint's ink, in the same places of the world whatever window is drawn."""
        rows, cols = len(tint.marks), len(tint.marks[0])
        many = _marks(tint.marks, round(strength * FULL), where.shape[0] // rows + 2, where.shape[1] // cols + 2)
        top, left = self.window.top % rows, self.window.left % cols
        marks = many[top : top + where.shape[0], left : left + where.shape[1]]
        self.ink(np.minimum(where, marks), hexed(tint.ink))

    def put(self, share: Image.Image, corner: tuple[int, int], colour: str) -> None:
        """Lays a colour on at a place of the world; it is shown even beside the ground."""
        left, top = corner[0] - self.window.left, corner[1] - self.window.top
        box = (left, top, left + share.width, top + share.height)
        self.picture.paste(colour, box, share)
        if self.ground is not None:
            self.ground.paste(FULL, box, share)


@lru_cache(maxsize=32)
def _marks(marks: tuple[str, ...], strength: int, down: int, across: int) -> Shares:
    """The marks so many times below and beside each other."""
    one = np.array([[strength * (letter == "#") for letter in row] for row in marks], np.uint8)
    return np.tile(one, (down, across))


def hexed(colour: tuple[float, float, float]) -> str:
    """`#rrggbb` for three parts between 0 and 1."""
    return "#" + "".join(f"{round(part * FULL):02x}" for part in colour)


def rgb(colour: str) -> tuple[int, int, int]:
    """The three parts of `#rrggbb`, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
