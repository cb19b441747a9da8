"""Who may handle the record as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fakes.logs import CHEAP

from wayhome.assembly.local import Founding, LocalHouse, found
from wayhome.links.passwords import hashed
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents.people import EnrolMember, SetPassword
from wayhome.mission.rules import Refused
from wayhome.values.ids import PersonId

PASSWORD = "a password for tests"


@pytest.fixture
def house(tmp_path: Path) -> LocalHouse:
    founding = Founding(
        name="The Leaf", zone="Asia/Tokyo", profile="leaf", scales=Scales(), founder="Tsunade", password=PASSWORD
    )
    made = found(tmp_path / "leaf", founding, passphrase="a passphrase for tests", cost=CHEAP)
    founder = next(iter(made.acting.standing.world.people))
    desk = made.as_member(founder)
    naruto = PersonId(desk.do(EnrolMember(name="Naruto")).made)
    desk.do(SetPassword(member=naruto, hash=hashed(PASSWORD)))
    return made


def test_whoever_keeps_no_record_cannot_check_copy_or_merge_it(house: LocalHouse, tmp_path: Path) -> None:
    """Its size and its faults tell of what is hidden: a member without such a duty is refused, and nothing is made."""
    token, _ = house.sign_in("Naruto", PASSWORD)
    for handle in (
        lambda: house.verify(token),
        lambda: house.backup(token, tmp_path / "copy"),
        lambda: house.exchange(token),
        lambda: house.merge(token, b""),
    ):
        with pytest.raises(Refused, match="for command, clerks and operators"):
            handle()
    assert not (tmp_path / "copy").exists()


def test_command_may(house: LocalHouse, tmp_path: Path) -> None:
    """Whoever commands keeps the record."""
    token, _ = house.sign_in("Tsunade", PASSWORD)
    assert house.verify(token) == []
    house.backup(token, tmp_path / "copy")
    assert (tmp_path / "copy").exists() and house.exchange(token)
