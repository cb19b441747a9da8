"""A photo as somebody's device wrote it, made into one that may lie in the record.

Only the picture is kept: it is decoded and written anew, so that place, time, device, thumbnails and whatever else a
file carries beside its picture stay behind. Nothing is written to disk on the way, where it would lie in clear.
"""

from __future__ import annotations

import io
import struct
import threading
import unicodedata
from typing import Final

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from wayhome.links.files import FileError
from wayhome.mission.plain_jpeg import LONGEST_SIDE, MOST_BYTES, is_plain

MOST_SENT_BYTES: Final = 12 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
MOST_NAME: Final = 120
TAKEN: Final = ("JPEG", "PNG", "WEBP")
WHAT_IS_TAKEN: Final = "a photo is taken as JPEG, PNG or WebP, of at most 12 MB and 40 million pixels"
SMOOTH: Final = ("RGB", "RGBA", "L")
"""Ways of holding colours in which a picture can be made smaller as it is."""
QUALITIES: Final = (85, 75, 65, 50)
SMALLER: Final = 0.8

BROKEN: Final = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, AttributeError, OverflowError, EOFError,
    ZeroDivisionError, MemoryError, struct.error, Image.DecompressionBombError, Image.DecompressionBombWarning,
)  # fmt: skip
"""What the decoders are known to raise at bytes that are not what they say they are."""

_ONE_AT_A_TIME = threading.Lock()
"""A large photo takes some 200 MB while it is decoded: a small machine has room for one."""


class BadPhoto(FileError):
    """Bytes that are no photo which can be kept; the text says why, and what is taken."""


class CleanPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A plain JPEG: the picture upright, and nothing beside it."""

    body: bytes
    width: int
    height: int


def clean_photo(sent: bytes) -> CleanPhoto:
    """The picture in what was sent, whatever its name or said type. The same bytes give the same. Raises BadPhoto."""
    if not sent:
        raise BadPhoto(f"the file is empty: {WHAT_IS_TAKEN}")
    if len(sent) > MOST_SENT_BYTES:
        raise BadPhoto(f"the file has {len(sent):,} bytes: {WHAT_IS_TAKEN}")
    with _ONE_AT_A_TIME:
        try:
            return _written(_picture(sent))
        except UnidentifiedImageError as error:
            raise BadPhoto(f"the file is no photo that can be read here: {WHAT_IS_TAKEN}") from error
        except BROKEN as error:
            raise BadPhoto(f"the photo is broken or cut off, and cannot be read: {WHAT_IS_TAKEN}") from error


def _picture(sent: bytes) -> Image.Image:
    """The picture alone: upright, at its kept size, in plain colours, on white where it is see-through."""
    with Image.open(io.BytesIO(sent), formats=TAKEN) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise BadPhoto(f"the photo has {opened.width:,} × {opened.height:,} pixels: {WHAT_IS_TAKEN}")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded no larger than is needed
        upright = ImageOps.exif_transpose(opened)
    if upright.mode not in SMOOTH:
        upright = upright.convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    seen = upright.convert("RGBA")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen)
    return plain


def _written(picture: Image.Image) -> CleanPhoto:
    """As good as fits: first at less quality, then smaller."""
    while True:
        for quality in QUALITIES:
            body = io.BytesIO()
            picture.save(body, "JPEG", quality=quality, optimize=True)
            if len(body.getvalue()) <= MOST_BYTES:
                return _checked(CleanPhoto(body=body.getvalue(), width=picture.width, height=picture.height))
        smaller = (max(1, int(picture.width * SMALLER)), max(1, int(picture.height * SMALLER)))
        picture = picture.resize(smaller, Image.Resampling.LANCZOS)


def _checked(photo: CleanPhoto) -> CleanPhoto:
    """The record takes nothing but plain photos, and this is where they are made so."""
    if not is_plain(photo.body):
        raise BadPhoto(f"the photo could not be made plain: {WHAT_IS_TAKEN}")
    return photo


def plain_name(given: str) -> str:
    """A file's name as text: without the folders it lay in, unprintable letters, and whatever goes beyond its end."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    return shown[:MOST_NAME].strip() or "photo"
