"""Photos of a mission: kept in their facts, told of in rows, withdrawn without being lost."""

from __future__ import annotations

import io

import msgspec
import pytest
from PIL import Image
from tests.fakes.photos import photo_bytes, picture
from tests.fakes.scene import Scene

from wayhome.mission import plain_jpeg
from wayhome.mission.intents import field as i
from wayhome.mission.rules import Refused
from wayhome.mission.views.shapes import PhotoView
from wayhome.usecases.photos import PhotoFile
from wayhome.usecases.ports import Ask
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import Id


def attached(scene: Scene, *, who: str = "Choji", about: Id | None = None) -> Id:
    body = photo_bytes()
    intent = i.AttachPhoto(mission=scene.mission, name="boot.jpg", words="a boot print", body=body, about=about)
    return Id(scene.do(who, intent).made)


def listed(scene: Scene, who: str = "Neji", *, withdrawn: bool = False) -> tuple[PhotoView, ...]:
    me = scene.house.as_member(scene[who])
    seen: tuple[PhotoView, ...] = me.read("photos", mission=scene.mission, withdrawn=withdrawn).value
    return seen


def test_a_photo_comes_back_as_it_was_kept() -> None:
    """Another member reads the very bytes, who attached them, their size and the clue they are of."""
    scene = Scene()
    clue = Id(scene.do("Choji", i.ReportClue(mission=scene.mission, words="a boot print")).made)
    photo = attached(scene, about=clue)
    found: PhotoFile = scene.house.as_member(scene["Neji"]).read("photo", mission=scene.mission, photo=photo).value
    assert found.body == photo_bytes()
    told = found.photo
    assert (told.width, told.height, told.size) == (64, 48, len(photo_bytes()))
    assert (told.by_name, told.about_words) == ("Choji", "clue 1")
    assert listed(scene) == (told,)


def test_no_picture_lies_in_rows_or_in_what_facts_add_up_to() -> None:
    """A photo's bytes are in its fact alone, so that neither lists, live pages nor snapshots carry them."""
    scene = Scene()
    attached(scene)
    words = msgspec.json.encode(photo_bytes())[1:-1]
    rows = [row.body for view in scene.house.log.views() for row in scene.house.log.rows(Ask(view), None)]
    assert not any(words in body for body in rows)
    assert photo_bytes() not in scene.house.acting.standing.snapshot()
    assert any(words in (entry.body or b"") for entry in scene.house.log.entries())


def test_a_withdrawn_photo_is_shown_to_nobody_and_stays_in_the_record() -> None:
    """It leaves the list and cannot be read; on demand the list says that it was, and why."""
    scene = Scene()
    photo = attached(scene)
    done = scene.do("Shizune", i.WithdrawPhoto(mission=scene.mission, photo=photo, reason="a face is on it"))
    assert done.tells == ("it stays in the record",)
    assert listed(scene) == ()
    assert [one.withdrawn for one in listed(scene, withdrawn=True)] == ["a face is on it"]
    with pytest.raises(NothingThere):
        scene.house.as_member(scene["Choji"]).read("photo", mission=scene.mission, photo=photo)
    again = scene.refused("Choji", i.WithdrawPhoto(mission=scene.mission, photo=photo, reason="x"))
    assert again.code == "no such photo"


def test_a_photo_belongs_to_one_mission() -> None:
    """By another mission's address there is no such photo, and a hidden mission's photo is none to an outsider."""
    scene = Scene()
    secret = scene.secret()
    body = photo_bytes()
    hidden = Id(scene.do("Shizune", i.AttachPhoto(mission=secret, name="a.jpg", words="the ford", body=body)).made)
    me = scene.house.as_member(scene["Neji"])
    for mission in (secret, scene.mission):
        with pytest.raises(NothingThere, match="there is no such photo that you can see"):
            me.read("photo", mission=mission, photo=hidden)
    assert me.read("photos", mission=secret).value == ()
    with pytest.raises(Refused, match="there is no mission by that name"):
        me.do(i.WithdrawPhoto(mission=secret, photo=hidden, reason="x"))


def test_other_ways_to_write_a_picture_are_no_plain_photo() -> None:
    """Grey, in several passes, with tables of a camera's, or too wide: whatever was not made here is refused."""
    grey, passes, wide = io.BytesIO(), io.BytesIO(), io.BytesIO()
    picture().convert("L").save(grey, "JPEG")
    picture().save(passes, "JPEG", progressive=True)
    Image.new("RGB", (1601, 2)).save(wide, "JPEG")
    for file, words in ((grey, "colours"), (passes, "FFC2"), (wide, "no side has more than 1,600")):
        with pytest.raises(plain_jpeg.NotPlain, match=words):
            plain_jpeg.size_of(file.getvalue())


def test_nothing_hides_in_what_stands_before_the_picture() -> None:
    """Tables are repeated to make room for something else: the head is no longer than a photo's own."""
    body = photo_bytes()
    table = body[20:89]
    assert table[:2] == b"\xff\xdb"
    padded = body[:20] + table * 40 + body[20:]
    with pytest.raises(plain_jpeg.NotPlain, match="too much stands before"):
        plain_jpeg.size_of(padded)


def test_any_byte_gone_is_noticed_or_harmless() -> None:
    """Whatever is cut out of a photo, looking through it ends with a size or in words, and in nothing else."""
    body = photo_bytes()
    for at in range(len(body)):
        try:
            width, height = plain_jpeg.size_of(body[:at] + body[at + 1 :])
        except plain_jpeg.NotPlain as error:
            assert str(error)
        else:
            assert 0 < width <= plain_jpeg.LONGEST_SIDE and 0 < height <= plain_jpeg.LONGEST_SIDE
