"""Keeping: verification finds whatever in the rows is not as the log gives it, and says where."""

from __future__ import annotations

import pytest
from tests.fakes.house import another_laptop, merge
from tests.fakes.scene import Scene

from wayhome.access.seen import NotAllowed
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import field as i
from wayhome.mission.intents.missions import RaiseAlarm
from wayhome.usecases import keeping
from wayhome.usecases.ports import Ask, Change, Finding, Gone, Grant, LogError, Row, Timer
from wayhome.values.ids import Mark, ReplicaId, StreamId


def scene_with_damage(*damage: Change) -> tuple[Scene, list[Finding]]:
    """A team's record whose projections were tampered with, and what verification finds."""
    scene = Scene()
    scene.departs("Neji", home_by=scene.soon())
    log = scene.house.log
    assert isinstance(log, MemoryLog)
    assert keeping.verify(log) == []
    log.tables.change(damage)
    return scene, keeping.verify(log)


def test_a_sound_record_has_nothing_to_find() -> None:
    """Nothing is found where nothing is wrong, and rebuilding the rows changes none."""
    scene, found = scene_with_damage()
    assert found == []
    before = {view: scene.house.log.rows(Ask(view), None) for view in scene.house.log.views()}
    keeping.rebuild_rows(scene.house.log, scene.house.acting)
    assert {view: scene.house.log.rows(Ask(view), None) for view in scene.house.log.views()} == before


def test_a_changed_row_is_found() -> None:
    """A row whose body was altered is named."""
    scene = Scene()
    row = scene.house.log.rows(Ask("mission"), None)[0]
    assert isinstance(scene.house.log, MemoryLog)
    scene.house.log.tables.change([Row(row.view, row.scope, row.key, row.mark, row.sort, b'{"name":"forged"}')])
    found = keeping.verify(scene.house.log)
    assert [finding.what for finding in found] == ["differs from what the log gives"]
    assert row.key in found[0].where


def test_a_row_of_another_mark_is_found() -> None:
    """A row moved into everybody's sight is damage like any other."""
    scene = Scene()
    scene.secret()
    assert isinstance(scene.house.log, MemoryLog)
    rows = [row for row in scene.house.log.rows(Ask("mission"), None) if row.mark != "org"]
    opened = [Row(row.view, row.scope, row.key, Mark("org"), row.sort, row.body) for row in rows]
    scene.house.log.tables.change(opened)
    assert len(keeping.verify(scene.house.log)) == len(rows) == 1


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (Row("mission", "", "forged", Mark("org"), "", b"{}"), "nothing in the log says so"),
        (Row("unheard of", "", "x", Mark("org"), "", b"{}"), "nothing in the log says so"),
        (Gone("organisation", "", ""), "is missing"),
        (Timer("x" * 32, 1, ReplicaId("y" * 32), StreamId("org"), "team:x"), "differs from what the log gives"),
    ],
)
def test_rows_and_timers_added_or_gone_are_found(damage: Change, what: str) -> None:
    """What stands and should not, and what should and does not."""
    _, found = scene_with_damage(damage)
    assert len(found) == 1
    assert what in found[0].what


def test_a_mark_given_behind_the_logs_back_is_found_and_opens_nothing() -> None:
    """A forged grant is damage; and the second check keeps what it would have opened shut."""
    scene = Scene()
    secret = scene.secret()
    assert isinstance(scene.house.log, MemoryLog)
    scene.house.log.tables.change([Grant(scene["Choji"], Mark(f"m:{secret}"))])
    assert [finding.where for finding in keeping.verify(scene.house.log)] == [f"mark m:{secret} of {scene['Choji']}"]
    with pytest.raises(NotAllowed, match="rows were not for"):
        scene.house.as_member(scene["Choji"]).read("missions")


def test_rebuilding_mends_what_was_damaged() -> None:
    """The rows are made anew from the log, and verification is content."""
    scene, found = scene_with_damage(Gone("organisation", "", ""), Row("mission", "", "x", Mark("org"), "", b"{}"))
    assert len(found) == 2
    keeping.rebuild_rows(scene.house.log, scene.house.acting)
    assert keeping.verify(scene.house.log) == []


def test_a_merge_counts_what_whoever_merges_may_see() -> None:
    """Facts of a secret mission come in, and are in nobody's count who is not read in."""
    scene = Scene()
    other = another_laptop(scene.house)
    there = other.as_member(scene["Shizune"])
    there.do(RaiseAlarm(name="Kagerou", rank="D", secret=True, words="hush"))
    there.do(i.LogLine(mission=scene.mission, words="open"))
    exchange = other.log.export_exchange({})
    merged = keeping.merge(scene.house.log, scene.house.acting, exchange, scene.now, by=scene["Tsunade"])
    assert (merged.new, merged.findings) == (1, ())
    assert len(scene.house.as_member(scene["Shizune"]).read("missions").value) == 2
    assert len(scene.house.as_member(scene["Tsunade"]).read("missions").value) == 1


@pytest.mark.parametrize("file", [b"", b"nonsense", b"\x00" * 1000, "火影".encode()])
def test_what_is_no_exchange_changes_nothing(file: bytes) -> None:
    """A file that is none is refused in words, and the record is as it was."""
    scene = Scene()
    heads = scene.house.log.heads()
    with pytest.raises(LogError):
        keeping.merge(scene.house.log, scene.house.acting, file, scene.now, by=scene["Tsunade"])
    assert scene.house.log.heads() == heads
    assert keeping.verify(scene.house.log) == []


def test_half_an_exchange_changes_nothing() -> None:
    """All or nothing: a file cut in the middle brings nothing in."""
    scene = Scene()
    other = another_laptop(scene.house)
    other.as_member(scene["Choji"]).do(i.LogLine(mission=scene.mission, words="far away"))
    whole = other.log.export_exchange({})
    with pytest.raises(LogError):
        keeping.merge(scene.house.log, scene.house.acting, whole[: len(whole) // 2], scene.now, by=scene["Tsunade"])
    assert scene.held.lines == 0
    assert merge(scene.house, other).new == 1
