"""Photos as devices write them, made here: with a place, a time and a device in them, and cleaned."""

from __future__ import annotations

import functools
import io
from typing import Any

from PIL import Image

from wayhome.links.uploads import clean_photo

CAMERA = "Kagerou Camera 7"
PLACE_WORDS = "taken at the hidden ford"
WHEN = "2026:03:01 03:14:15"
TELLING = (CAMERA, PLACE_WORDS, WHEN)
"""What a photo of these tells beside its picture."""

TURNED = 6
"""Lies on its side: what is above is to the right."""


def picture(width: int = 64, height: int = 48) -> Image.Image:
    """Red on the left half and blue on the right, so that it can be seen which way is up."""
    made = Image.new("RGB", (width, height), (0, 0, 255))
    made.paste((255, 0, 0), (0, 0, width // 2, height))
    return made


def exif(*, turned: int = 1) -> bytes:
    """Where, when and by which device, as a phone writes it."""
    told = Image.Exif()
    told[0x0110], told[0x010E], told[0x0132], told[0x0112] = CAMERA, PLACE_WORDS, WHEN, turned
    gps = told.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (42.0, 30.0, 22.7), "E", (1.0, 31.0, 18.5)
    return told.tobytes()


def from_a_phone(width: int = 64, height: int = 48, *, kind: str = "JPEG", turned: int = 1, **more: Any) -> bytes:
    """A photo with everything in it that must not come in."""
    file = io.BytesIO()
    picture(width, height).save(file, kind, exif=exif(turned=turned), **more)
    return file.getvalue()


@functools.cache
def photo_bytes() -> bytes:
    """A clean one, small."""
    return clean_photo(from_a_phone()).body
