"""`wayhome photo`: added from a file, listed, saved and withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from tests.cli.houses import Shell
from tests.cli.scene import MISSION, Scene
from tests.cli.test_serving import heard, served
from tests.fakes.photos import TELLING, from_a_phone

from wayhome.mission.plain_jpeg import is_plain


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    made.under_way()
    made.run("clue", "add", MISSION, "boot", "print")
    return made


def test_a_photo_goes_in_whole_and_comes_out_as_its_picture(scene: Scene, tmp_path: Path) -> None:
    """It is listed with its words and its clue, and saved without what the phone wrote beside it."""
    sent, saved = tmp_path / "足跡.jpg", tmp_path / "saved.jpg"
    sent.write_bytes(from_a_phone())
    said = scene.run("photo", "add", MISSION, str(sent), "--words", "by the stream", "--clue", "1")
    assert "Photo kept: 64 × 48" in said
    (row,) = scene.rows("photo", "list", MISSION)
    assert (row["name"], row["words"], row["about_words"]) == ("足跡.jpg", "by the stream", "clue 1")
    assert str(saved) in scene.run("photo", "save", MISSION, "足跡.jpg", str(saved))
    assert is_plain(saved.read_bytes())
    assert not any(words.encode() in saved.read_bytes() for words in TELLING)
    assert "is there already" in scene.refuse("photo", "save", MISSION, "足跡.jpg", str(saved))


def test_a_withdrawn_photo_is_listed_on_demand_alone(scene: Scene, tmp_path: Path) -> None:
    """It can be saved no more, and the list says why where it is asked."""
    sent = tmp_path / "boot.jpg"
    sent.write_bytes(from_a_phone())
    scene.run("photo", "add", MISSION, str(sent), "--words", "a boot")
    assert "it stays in the record" in scene.run("photo", "withdraw", MISSION, "boot.jpg", "--reason", "blurred")
    assert scene.run("photo", "list", MISSION) == "no photos\n"
    (row,) = scene.rows("photo", "list", MISSION, "--withdrawn")
    assert row["withdrawn"] == "blurred"
    assert "there is no photo 'boot.jpg'" in scene.refuse(
        "photo", "save", MISSION, "boot.jpg", str(tmp_path / "out.jpg")
    )


def test_what_is_no_photo_is_refused_in_words(scene: Scene, tmp_path: Path) -> None:
    """A file that is none, one that is not there: each says what to do."""
    paper = tmp_path / "paper.jpg"
    paper.write_bytes(b"%PDF-1.7")
    assert "JPEG, PNG or WebP" in scene.refuse("photo", "add", MISSION, str(paper), "--words", "x")
    assert "there is no such file" in scene.refuse("photo", "add", MISSION, str(tmp_path / "no.jpg"), "--words", "x")


def test_a_photo_goes_through_the_server_and_to_another_laptop(shell: Shell, tmp_path: Path) -> None:
    """Where a server owns the folder a large photo goes in and out through it, and its exchange holds it."""
    sent, saved, stick = tmp_path / "wide.jpg", tmp_path / "saved.jpg", tmp_path / "all.exchange"
    Image.effect_noise((3000, 2000), 120).convert("RGB").save(sent, "JPEG", quality=60)
    with served(shell.data) as server:
        assert "serving" in heard(server)
        shell.done("mission", "new", MISSION)
        shell.done("photo", "add", MISSION, str(sent), "--words", "the ridge")
        shell.done("photo", "save", MISSION, "wide.jpg", str(saved))
        shell.done("exchange", str(stick))
    assert is_plain(saved.read_bytes()) and len(saved.read_bytes()) > 300_000
    assert stick.stat().st_size > len(saved.read_bytes())
    assert "All is well" in shell.done("verify")
