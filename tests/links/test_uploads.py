"""Photos as people's devices write them, and files that only say that they are photos."""

from __future__ import annotations

import io
import struct
import zlib
from random import Random

import pytest
from PIL import Image
from tests.fakes.photos import TELLING, TURNED, from_a_phone, photo_bytes, picture

from wayhome.links.uploads import MOST_NAME, MOST_SENT_BYTES, BadPhoto, clean_photo, plain_name
from wayhome.mission.plain_jpeg import LONGEST_SIDE, MOST_BYTES, is_plain

KINDS = ("JPEG", "PNG", "WEBP")


def seen(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with next to nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    made = (struct.pack(">I", len(one)) + name + one + struct.pack(">I", zlib.crc32(name + one)) for name, one in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_picture_is_left(kind: str) -> None:
    """Of a phone's photo neither place, time nor device stays, in whatever kind of file it came."""
    sent = from_a_phone(kind=kind)
    assert all(words.encode() in sent for words in TELLING)
    clean = clean_photo(sent)
    assert is_plain(clean.body) and not any(words.encode() in clean.body for words in TELLING)
    found = seen(clean.body)
    assert found.format == "JPEG" and found.size == (clean.width, clean.height) == (64, 48)
    assert not found.getexif() and set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_everything_else_a_file_carries_is_left_behind() -> None:
    """Comments, colour profiles, XMP and what hangs behind the end of the picture do not come in."""
    sent = from_a_phone(comment=b"by the ford", icc_profile=b"a profile of the ford", xmp=b"<x>the ford</x>")
    clean = clean_photo(sent + b"PK\x03\x04 the ford")
    assert b"ford" in sent and b"ford" not in clean.body and is_plain(clean.body)


def test_a_photo_stands_upright() -> None:
    """A phone held sideways says so in what is left behind: the picture itself is turned."""
    clean = clean_photo(from_a_phone(turned=TURNED))
    assert (clean.width, clean.height) == (48, 64)
    found = seen(clean.body).convert("RGB")
    above, below = found.getpixel((24, 8)), found.getpixel((24, 56))
    assert isinstance(above, tuple) and isinstance(below, tuple)
    assert above[0] > 200 > 60 > above[2] and below[2] > 200 > 60 > below[0]


def test_a_large_photo_becomes_small_enough() -> None:
    """Noise packs worst: the longest side and the bytes stay within bounds, and shapes stay as they are."""
    noise = Image.effect_noise((4000, 2000), 120).convert("RGB")
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=60)
    clean = clean_photo(file.getvalue())
    assert len(clean.body) <= MOST_BYTES and is_plain(clean.body)
    assert LONGEST_SIDE / 2 < clean.width <= LONGEST_SIDE
    assert clean.width / clean.height == pytest.approx(2, rel=0.01)


def test_the_same_file_gives_the_same_photo() -> None:
    """A photo that is sent again under its key is the same one."""
    assert clean_photo(from_a_phone()) == clean_photo(from_a_phone())


def test_what_is_see_through_stands_on_white() -> None:
    """A drawing without a ground is not black on black."""
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
    assert seen(clean_photo(file.getvalue()).body).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_other_ways_to_hold_colours_are_read(mode: str) -> None:
    """Scans of paper are grey or have few colours, and some cameras write for printers."""
    file = io.BytesIO()
    Image.new(mode, (30, 20)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert clean_photo(file.getvalue()).width == 30


NOT_PHOTOS = {
    "nothing": b"",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing that is run": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "paper": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "a program": b"MZ\x90\x00" + bytes(200),
    "an archive": b"PK\x03\x04" + bytes(200),
    "a picture of another kind": b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "a head alone": b"\xff\xd8\xff\xe0",
    "zeros": bytes(5000),
}


@pytest.mark.parametrize("what", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_in_words(what: str) -> None:
    """It is known by what is in it, and the words say what is taken."""
    with pytest.raises(BadPhoto, match="a photo is taken as JPEG, PNG or WebP"):
        clean_photo(NOT_PHOTOS[what])


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (6_400, 6_400), (2**31 - 1, 2**31 - 1), (0, 5)])
def test_a_picture_that_says_it_is_huge_is_not_unpacked(width: int, height: int) -> None:
    """What would fill the memory is refused by its head alone."""
    with pytest.raises(BadPhoto, match="40 million pixels"):
        clean_photo(bomb(width, height))


def test_too_many_bytes_are_refused_before_they_are_looked_at() -> None:
    """Twelve megabytes are the most."""
    with pytest.raises(BadPhoto, match="12,582,913 bytes"):
        clean_photo(from_a_phone() + bytes(MOST_SENT_BYTES + 1 - len(from_a_phone())))


@pytest.mark.parametrize("kind", KINDS)
def test_a_photo_cut_off_on_the_way_is_refused(kind: str) -> None:
    """Half of a picture is not kept as if it were one."""
    sent = from_a_phone(400, 300, kind=kind)
    with pytest.raises(BadPhoto):
        clean_photo(sent[: len(sent) * 2 // 3])


def test_a_page_within_a_picture_does_not_come_through() -> None:
    """A file that is a picture to one program and a page to another is a picture alone when it was cleaned."""
    page = b"<html><body><script>alert(document.cookie)</script></body></html>"
    both = b"\xff\xd8\xff\xfe" + struct.pack(">H", len(page) + 2) + page + from_a_phone()[2:] + page
    assert seen(both).size == (64, 48)
    assert page not in clean_photo(both).body and b"<script" not in clean_photo(both).body


@pytest.mark.parametrize("kind", KINDS)
def test_any_broken_file_is_refused_or_cleaned(kind: str) -> None:
    """Whatever bytes are turned, the answer is a plain photo or words, and nothing else is raised."""
    chance, sent = Random(f"broken {kind}"), from_a_phone(kind=kind)
    for _ in range(300):
        broken = bytearray(sent)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            clean = clean_photo(bytes(broken[: chance.randint(1, len(broken))] if chance.random() < 0.3 else broken))
        except BadPhoto as error:
            assert "a photo is taken as" in str(error)
        else:
            assert is_plain(clean.body)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("boot.jpg", "boot.jpg"),
        ("足跡 1.jpg", "足跡 1.jpg"),
        ("/photos/naruto/secret/boot.jpg", "boot.jpg"),
        ("D:\\Naruto\\boot.jpg", "boot.jpg"),
        ("../../../etc/passwd", "passwd"),
        ("boot\x00.jpg\r\nx: y", "boot.jpgx: y"),
        ("gpj.\u202etoob", "gpj.toob"),
        ("", "photo"),
        ("...", "photo"),
        ("n" * 500 + ".jpg", "n" * MOST_NAME),
    ],
)
def test_a_name_is_text_and_no_way(given: str, name: str) -> None:
    """Folders, what cannot be seen, and endless names stay behind."""
    assert plain_name(given) == name


def test_a_clean_photo_stays_clean() -> None:
    """What was cleaned can be sent again."""
    assert clean_photo(photo_bytes()).width == picture().width
