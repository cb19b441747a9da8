"""A stolen folder without its key says nothing of tellings, covers, masks or emergencies; nor do backups, exchanges."""

from __future__ import annotations

import base64
from pathlib import Path

import msgspec
import pytest
from tests.fakes.house import SCALES
from tests.fakes.logs import CHEAP
from tests.fakes.photos import photo_bytes
from tests.fakes.secret_scanner import scan_folder, scan_log

from wayhome.assembly.local import Founding, LocalHouse, found
from wayhome.links.uploads import plain_name
from wayhome.log import backup as log_backup
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, MissionId, PersonId

SECRETS = [
    "Kagerou by night", "to fetch him home", "not a word to Tsunade", "visiting his sister", "the masked heron",
    "Orochimaru", "two knocks, then one", "over the north wall", "she does not answer", "he must hear of it",
    "the print beside the ford", "heron-at-night.jpg",
]  # fmt: skip
"""What is said in the acts below, each once at least."""


def _enrolled(me: Session, name: str, *duties: str) -> PersonId:
    return PersonId(me.do(p.EnrolMember(name=name, duties=duties)).made)


def _filled(at: Path) -> tuple[LocalHouse, Session, MissionId]:
    founding = Founding(
        name="The Leaf", zone="UTC", profile="leaf", scales=SCALES, founder="Tsunade", password="a long password"
    )
    house = found(at, founding, passphrase="a passphrase that nobody guesses", cost=CHEAP)
    founder = house.acting.standing.world.organisation.commander
    assert founder is not None
    me = house.as_member(founder)
    naruto, sai = _enrolled(me, "Naruto"), _enrolled(me, "Sai", "guardian")
    mission = MissionId(
        me.do(m.RaiseAlarm(name="Kagerou by night", rank="S", secret=True, purpose="to fetch him home")).made
    )
    me.do(s.SetCeiling(mission=mission, most=1))
    told = s.Tell(
        mission=mission, listener=naruto, level="all", promise="not a word to Tsunade", override="he must hear of it"
    )
    house.as_member(naruto).do(s.GivePromise(telling=Id(me.do(told).made), words="not a word to Tsunade"))
    me.do(m.DescribeSubject(mission=mission, fields={"name": "Orochimaru"}))
    me.do(s.MaskIdentity(mission=mission, label="the masked heron"))
    until = me.now().plus(hours=5)
    me.do(m.ReadInMember(mission=mission, member=sai, override="he must hear of it"))
    me.do(m.JoinAsWalkIn(mission=mission, member=sai, post="watch"))
    me.do(s.SetCover(mission=mission, member=sai, status="leave", words="visiting his sister", end=until))
    plan = s.PlanContact(
        mission=mission, member=sai, every_min=60, signals="two knocks, then one", way_out="over the north wall"
    )
    me.do(plan)
    shown, name = "the print beside the ford", plain_name("heron-at-night.jpg")
    photo = Id(me.do(i.AttachPhoto(mission=mission, name=name, words=shown, body=photo_bytes())).made)
    assert me.read("photo", mission=mission, photo=photo).value.body == photo_bytes()
    house.as_member(sai).do(s.BreakGlass(member=founder, reason="she does not answer"))
    return house, me, mission


def test_a_stolen_folder_says_nothing(tmp_path: Path) -> None:
    """With the process running and after it: in files, backups and exchanges no word is found; with the key each is."""
    house, me, mission = _filled(tmp_path / "leaf")
    me.read("know", mission=mission)
    assert scan_folder(tmp_path, SECRETS) == []
    assert scan_log(house.log, SECRETS) == set(SECRETS)
    (tmp_path / "exchange").write_bytes(house.log.export_exchange({}))
    log_backup.backup(house.log, tmp_path / "backup")  # type: ignore[arg-type]  # it is the log of a folder
    house.acting.keep()
    house.close()
    assert scan_folder(tmp_path, SECRETS) == []


def test_a_stolen_folder_shows_no_picture(tmp_path: Path) -> None:
    """No part of a photo lies in any file, with the process running and after it; with the key it is there."""
    house, _, _ = _filled(tmp_path / "leaf")
    picture = photo_bytes()[-300:-2]
    assert any(picture in photo_in(entry.body) for entry in house.log.entries())
    shapes = (picture, *(base64.b64encode(picture[at:])[:-4] for at in range(3)))
    (tmp_path / "exchange").write_bytes(house.log.export_exchange({}))
    log_backup.backup(house.log, tmp_path / "backup")  # type: ignore[arg-type]  # it is the log of a folder
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(shape in path.read_bytes() for path in files for shape in shapes)
    house.acting.keep()
    house.close()
    assert not any(shape in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() for shape in shapes)


def photo_in(body: bytes | None) -> bytes:
    """The bytes of the photo that a fact holds, if it holds one."""
    return base64.b64decode(msgspec.json.decode(body).get("body", "")) if body and b'"PhotoAttached"' in body else b""


def test_what_is_exported_in_clear_is_found_there_and_nowhere_else(tmp_path: Path) -> None:
    """An export is written in clear, where whoever sees the mission asked for it: the scanner finds it there alone."""
    house, me, mission = _filled(tmp_path / "leaf")
    (tmp_path / "clear").write_text(repr(me.read("mission", mission=mission).value))
    house.close()
    assert {hit.path for hit in scan_folder(tmp_path, SECRETS)} == {"clear"}


@pytest.mark.parametrize("secret", SECRETS)
def test_the_scanner_knows_each_of_the_words(tmp_path: Path, secret: str) -> None:
    """A temporary file left behind with one of the words in it would be found."""
    (tmp_path / "etilqs_left").write_bytes(b"\x00page" + secret.encode("utf-16-le"))
    assert [hit.secret for hit in scan_folder(tmp_path, SECRETS)] == [secret]
