"""Replay: what the log gives when it is folded anew is what stands, row by row, after whatever happened."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.fakes.scene import Scene
from tests.worlds.pair import Tally
from tests.worlds.play import play

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.rules import Refused
from wayhome.usecases import keeping
from wayhome.usecases.standing import Standing, load, rebuild
from wayhome.values.ids import derive


def packed(standing: Standing) -> bytes:
    return msgspec.msgpack.encode(standing.world, order="deterministic")


@pytest.mark.parametrize("seed", range(20_000, 20_008))
def test_rebuilt_state_and_rows_are_the_live_ones(seed: int, tmp_path: Path) -> None:
    """After a whole random story, secret and open, folding from the first fact gives the same world and rows."""
    pair = play(seed, Tally(), tmp_path)
    for world in pair.worlds:
        live = world.house.acting.standing
        anew, _ = rebuild(world.house.log.entries())
        assert packed(anew) == packed(live)
        assert anew.marks == {person: marks for person, marks in live.marks.items() if marks or person in anew.marks}
        assert anew.heads == live.heads
        assert keeping.verify(world.house.log) == []


@pytest.mark.parametrize("seed", [30_000, 30_001])
def test_a_snapshot_and_what_came_after_give_the_live_state(seed: int, tmp_path: Path) -> None:
    """Starting from a snapshot in the middle is the same as starting from the first fact."""
    pair = play(seed, Tally(), tmp_path)
    house = pair.with_secret.house
    house.acting.keep()
    open_ones = [one.id for one in pair.with_secret.state.missions.values() if not one.secret]
    in_both = next(one for one in pair.without.state.missions if one in open_ones)
    scene_line = i.LogLine(mission=in_both, words="after the snapshot")
    house.as_member(pair.with_secret.founder).do(scene_line)
    assert packed(load(house.log)) == packed(house.acting.standing)


def test_a_damaged_or_foreign_snapshot_is_folded_anew() -> None:
    """A snapshot that cannot be read, or has another shape, costs time and nothing else."""
    scene = Scene()
    for body in (b"", b"nonsense", msgspec.msgpack.encode({"shape": "another"})):
        scene.house.log.put_snapshot("world", body)
        assert packed(load(scene.house.log)) == packed(scene.house.acting.standing)


def test_the_same_key_again_changes_nothing() -> None:
    """An intent that is stated twice with one key is written once, whoever repeats it and whenever."""
    scene = Scene()
    key = derive("test", "once")
    me = scene.house.as_member(scene["Choji"])
    line = i.LogLine(mission=scene.mission, words="only once")
    first = me.do(line, key=key)
    scene.clock.forward(hours=5)
    again = me.do(line, key=key)
    assert (first.already, again.already) == (False, True)
    assert scene.held.lines == 1


def test_a_refused_intent_may_be_stated_again_when_it_has_become_right() -> None:
    """A key whose intent was refused is not used up."""
    scene = Scene()
    key = derive("test", "again")
    depart = i.Depart(mission=scene.mission, member=scene["Neji"])
    assert scene.refused("Neji", depart).code == "not going"
    scene.accepts("Neji")
    scene.brief("Neji")
    assert not scene.house.as_member(scene["Neji"]).do(depart, key=key).already
    assert scene.held.still_out == [scene["Neji"]]


def test_a_clash_is_written_once_however_often_it_is_tried() -> None:
    """An offer to somebody away is refused each time it is repeated, and those read in hear of it once."""
    scene = Scene()
    secret = scene.secret()
    scene.departs("Neji", secret)
    offer = m.MakeOffer(mission=scene.mission, member=scene["Neji"])
    key = derive("test", "clash")
    tsunade = scene.house.as_member(scene["Tsunade"])
    for _ in range(3):
        with pytest.raises(Refused, match="Neji is away"):
            tsunade.do(offer, key=key)
    notes = scene.house.as_member(scene["Shizune"]).read("notes", mission=secret).value
    assert [note.words for note in notes if note.what == "clash"] == ["Tsunade wanted to offer Neji a mission"]
    assert keeping.verify(scene.house.log) == []
