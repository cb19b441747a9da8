"""What a photo must be to lie in the record: a plain JPEG that holds its picture and nothing beside it. Pure.

Cameras write where and when a picture was taken, and on which device, into parts that no picture needs. Whatever
brings a photo in cleans it first; here it is seen to that nothing comes in that was not.
"""

from __future__ import annotations

from typing import Final

MOST_BYTES: Final = 600_000
LONGEST_SIDE: Final = 1_600
HEAD_BYTES: Final = 2_048
"""Tables come before the picture; there is no room among them for anything else."""

START: Final = b"\xff\xd8"
END: Final = b"\xff\xd9"
JFIF, TABLES, HUFFMAN, FRAME, SCAN = 0xE0, 0xDB, 0xC4, 0xC0, 0xDA
IN_THE_HEAD: Final = frozenset({JFIF, TABLES, HUFFMAN, FRAME, SCAN})
JFIF_BYTES: Final = 14
"""Without a thumbnail."""
COLOURS: Final = 3


class NotPlain(ValueError):
    """Bytes that are no plain JPEG; the text says in which way."""


def size_of(body: bytes) -> tuple[int, int]:
    """Width and height of a plain JPEG. Raises NotPlain for anything that is none."""
    if len(body) > MOST_BYTES:
        raise NotPlain(f"it has {len(body):,} bytes, and at most {MOST_BYTES:,} are kept")
    if not body.startswith(START):
        raise NotPlain("it is no JPEG")
    size, begins = _head(body)
    if _end_of_scan(body, begins) != len(body):
        raise NotPlain("something follows the end of the picture")
    if not all(0 < side <= LONGEST_SIDE for side in size):
        raise NotPlain(f"it is {size[0]} × {size[1]} pixels, and no side has more than {LONGEST_SIDE:,}")
    return size


def is_plain(body: bytes) -> bool:
    """Whether bytes are a plain JPEG."""
    try:
        size_of(body)
    except NotPlain:
        return False
    return True


def _head(body: bytes) -> tuple[tuple[int, int], int]:
    """The size that is written before the picture, and where the picture itself begins."""
    size, at, jfif = (0, 0), len(START), 0
    while at < HEAD_BYTES:
        marker, part, after = _part(body, at)
        if marker not in IN_THE_HEAD:
            raise NotPlain(f"it holds more than its picture (part FF{marker:02X}): place, time or device may be told")
        jfif += marker == JFIF
        if marker == JFIF and (jfif > 1 or not _is_bare_jfif(part)):
            raise NotPlain("it holds a second, smaller picture")
        if marker == FRAME:
            size = _size_in(part)
        if marker == SCAN:
            return size, after
        at = after
    raise NotPlain("too much stands before its picture")


def _part(body: bytes, at: int) -> tuple[int, bytes, int]:
    """One part of the head: its marker, what it holds, and where the next one begins."""
    length = int.from_bytes(body[at + 2 : at + 4], "big")
    after = at + 2 + length
    if body[at : at + 1] != b"\xff" or length < 2 or after > len(body):
        raise NotPlain("it is cut off or broken")
    return body[at + 1], body[at + 4 : after], after


def _is_bare_jfif(part: bytes) -> bool:
    return len(part) == JFIF_BYTES and part.startswith(b"JFIF\0") and part[-2:] == b"\0\0"


def _size_in(part: bytes) -> tuple[int, int]:
    if len(part) != 6 + 3 * COLOURS or part[5] != COLOURS:
        raise NotPlain("it is not in the colours that photos are kept in")
    return int.from_bytes(part[3:5], "big"), int.from_bytes(part[1:3], "big")


def _end_of_scan(body: bytes, begins: int) -> int:
    """Where the picture ends, past its end mark."""
    at = body.find(b"\xff", begins)
    while at >= 0 and body[at + 1 : at + 2] == b"\0":  # a byte FF of the picture itself is followed by 00
        at = body.find(b"\xff", at + 2)
    if at < 0 or body[at : at + 2] != END:
        raise NotPlain("it is cut off, or holds more than one picture")
    return at + len(END)
