"""Refusals of photos."""

from __future__ import annotations

from tests.fakes.photos import from_a_phone, photo_bytes
from tests.fakes.scene import NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import field as i
from wayhome.values.ids import Id

PLAIN = photo_bytes()
HEAD, COMMENT = b"\xff\xd8", b"\xff\xfe\x00\x06here"


def photo(s: Scene, body: bytes = PLAIN, *, name: str = "boot.jpg", words: str = "a boot",
          about: Id | None = None) -> i.AttachPhoto:  # fmt: skip
    return i.AttachPhoto(mission=s.mission, name=name, words=words, body=body, about=about)


# fmt: off
one("nothing said", "what the photo shows is empty", "Choji", lambda s: photo(s, words=" "))
one("nothing said", "the photo's name is empty", "Choji", lambda s: photo(s, name=" "))
one("too long", "at most 120 fit", "Choji", lambda s: photo(s, name="x" * 121))
one("no such clue", "no such clue", "Choji", lambda s: photo(s, about=NOTHING))
one("not a plain photo", "it is no JPEG", "Choji", lambda s: photo(s, b"<html>"))
one("not a plain photo", "where it is cleaned", "Choji", lambda s: photo(s, from_a_phone()))
one("not a plain photo", "part FFE1", "Choji", lambda s: photo(s, from_a_phone()))
one("not a plain photo", "part FFFE", "Choji", lambda s: photo(s, HEAD + COMMENT + PLAIN[2:]))
one("not a plain photo", "a second, smaller picture", "Choji", lambda s: photo(s, PLAIN[:20] + PLAIN[2:]))
one("not a plain photo", "something follows the end", "Choji", lambda s: photo(s, PLAIN + b"<script>"))
one("not a plain photo", "cut off, or holds more", "Choji", lambda s: photo(s, PLAIN[:-2]))
one("not a plain photo", "cut off or broken", "Choji", lambda s: photo(s, PLAIN[:100]))
one("not a plain photo", "at most 600,000 are kept", "Choji", lambda s: photo(s, PLAIN + bytes(600_000)))
one("no such photo", "or it was withdrawn", "Choji",
    lambda s: i.WithdrawPhoto(mission=s.mission, photo=NOTHING, reason="x"))
# fmt: on


@refuses("not yours to do", "withdrawing another's photo is for")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", photo(s)).made)
    return "Neji", i.WithdrawPhoto(mission=s.mission, photo=made, reason="x")


@refuses("nothing said", "the reason is empty")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", photo(s)).made)
    return "Choji", i.WithdrawPhoto(mission=s.mission, photo=made, reason=" ")


@refuses("too many photos", "keeps 200 photos")
def _(s: Scene) -> Stated:
    for _number in range(200):
        s.do("Choji", photo(s))
    return "Choji", photo(s)
