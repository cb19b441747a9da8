"""Undoing a line within a minute: it stays, struck through, and what it changed is as it was before."""

from __future__ import annotations

from random import Random

import pytest
from tests.fakes.house import another_laptop, swap
from tests.fakes.scene import HERE, NOTHING, Scene

from wayhome.mission.intents import field as i
from wayhome.mission.state import Team
from wayhome.mission.views.shapes import LineView
from wayhome.usecases import keeping
from wayhome.usecases.acting import Done
from wayhome.values.ids import Id
from wayhome.values.places import Place

THERE, YONDER = Place(42.6, 1.6), Place(42.7, 1.7)


def say(scene: Scene, words: str = "x", *, who: str = "Shizune", seconds: float = 1, **said: object) -> Id:
    scene.clock.forward(minutes=seconds / 60)
    line = i.LogLine(mission=scene.mission, words=words, team="Alpha", **said)  # type: ignore[arg-type]  # as named
    return Id(scene.do(who, line).made)


def undo(scene: Scene, line: Id, *, who: str = "Shizune") -> Done:
    return scene.do(who, i.UndoLine(mission=scene.mission, line=line))


def lines(scene: Scene) -> dict[str, LineView]:
    seen: tuple[LineView, ...] = scene.house.as_member(scene["Neji"]).read("log", mission=scene.mission).value
    return {line.words: line for line in seen}


def alpha(scene: Scene) -> Team:
    return next(iter(scene.held.teams.values()))


def place(scene: Scene) -> Place | None:
    return scene.held.last_places.get("Alpha")


@pytest.fixture
def scene() -> Scene:
    made = Scene()
    for name in ("Neji", "Choji"):
        made.accepts(name)
    made.form("Neji", "Choji", overdue_min=30)
    made.do("Shizune", i.WatchSilence(mission=made.mission, member=made["Neji"], every_min=20))
    made.clock.forward(minutes=5)
    return made


def test_an_undone_line_stays_struck_through(scene: Scene) -> None:
    """It keeps its words and place in the log, with who undid it; nothing else is struck."""
    first = say(scene, "first", who="Choji")
    say(scene, "second", who="Choji")
    undo(scene, first, who="Choji")
    read = lines(scene)
    assert [(words, line.struck, line.struck_why) for words, line in read.items()] == [
        ("first", True, "undone by Choji"), ("second", False, ""),
    ]  # fmt: skip
    me = scene.house.as_member(scene["Neji"])
    assert me.read("line", mission=scene.mission, line=first).value == read["first"]
    assert keeping.verify(scene.house.log) == []


def test_status_place_and_hearing_are_as_before(scene: Scene) -> None:
    """The team's status, last place, when it and its members were heard: all as if it had not been typed."""
    say(scene, status="searching", place=HERE)
    before = (alpha(scene).status, alpha(scene).heard, place(scene), scene.held.watches[scene["Neji"]].heard)
    due = [(timer.what, timer.due_ms) for timer in scene.house.log.timers()]
    undo(scene, say(scene, status="resting", place=THERE))
    after = (alpha(scene).status, alpha(scene).heard, place(scene), scene.held.watches[scene["Neji"]].heard)
    assert after == before
    assert [(timer.what, timer.due_ms) for timer in scene.house.log.timers()] == due
    (team,) = scene.house.as_member(scene["Neji"]).read("teams", mission=scene.mission).value
    assert (team.status, team.heard, team.place) == before[:3]
    assert keeping.verify(scene.house.log) == []


def test_the_first_place_undone_leaves_none(scene: Scene) -> None:
    """A team whose only known place was a slip has no known place, in no read."""
    undo(scene, say(scene, place=THERE))
    assert place(scene) is None
    me = scene.house.as_member(scene["Neji"])
    assert me.read("places", mission=scene.mission).value == ()
    assert me.read("track", mission=scene.mission, who="Alpha").value == ()
    assert me.read("teams", mission=scene.mission).value[0].place is None


def test_what_was_said_since_stands(scene: Scene) -> None:
    """A later line, a reported place: undoing an earlier one changes neither."""
    slip = say(scene, status="resting", place=THERE)
    say(scene, status="searching")
    scene.do("Shizune", i.ReportPlace(mission=scene.mission, place=YONDER, team="Alpha"))
    heard = alpha(scene).heard
    undo(scene, slip)
    assert (alpha(scene).status, place(scene), alpha(scene).heard) == ("searching", YONDER, heard)


def test_two_undone_in_a_row_leave_what_was_before_both(scene: Scene) -> None:
    """In either order nothing of the two is left."""
    for order in ((0, 1), (1, 0)):
        say(scene, status="searching", place=HERE)
        before = (alpha(scene).status, place(scene), alpha(scene).heard)
        slips = [say(scene, status="resting", place=THERE), say(scene, status="found", place=YONDER)]
        for number in order:
            undo(scene, slips[number])
        assert (alpha(scene).status, place(scene), alpha(scene).heard) == before


@pytest.mark.parametrize("seed", range(40))
def test_any_lines_undone_in_any_order_are_as_if_never_typed(seed: int) -> None:
    """What stands after random lines, some of them undone, is what the others alone would have left."""
    chance = Random(seed)
    said = [(chance.choice(("", "resting", "found")), chance.choice((None, HERE, THERE))) for _ in range(6)]
    slips = chance.sample(range(6), k=chance.randint(1, 5))

    def played(left_out: list[int], undone: list[int]) -> tuple[object, ...]:
        scene = Scene()
        scene.accepts("Neji")
        scene.form("Neji")
        scene.do("Shizune", i.WatchSilence(mission=scene.mission, member=scene["Neji"], every_min=20))
        made: dict[int, Id] = {}
        for number, (status, where) in enumerate(said):
            if number in left_out:
                scene.clock.forward(minutes=1 / 60)
            else:
                made[number] = say(scene, str(number), status=status, place=where)
        for number in undone:
            undo(scene, made[number])
        return alpha(scene).status, place(scene), alpha(scene).heard, scene.held.watches[scene["Neji"]].heard

    assert played([], slips) == played(slips, [])


def test_a_clue_and_a_casualty_go_with_their_line(scene: Scene) -> None:
    """The clue is withdrawn with the reason, the casualty is off the list; both are told."""
    done = undo(scene, say(scene, "boot", clue="a boot", casualty="Ana", triage="red"))
    assert any("clue 1 is withdrawn" in tell for tell in done.tells)
    assert any("Ana" in tell for tell in done.tells)
    me = scene.house.as_member(scene["Neji"])
    (clue,) = me.read("clues", mission=scene.mission).value
    assert "undone" in clue.withdrawn
    assert me.read("casualties", mission=scene.mission).value == ()
    assert keeping.verify(scene.house.log) == []


def test_a_casualty_who_was_treated_stays(scene: Scene) -> None:
    """What somebody has acted upon is not taken back, and that is told."""
    line = say(scene, casualty="Ana", triage="red")
    (casualty,) = scene.held.casualties
    scene.do("Choji", i.Treat(mission=scene.mission, casualty=casualty, by=scene["Choji"], words="splint"))
    done = undo(scene, line)
    assert any("Ana stays" in tell for tell in done.tells)
    assert len(scene.house.as_member(scene["Neji"]).read("casualties", mission=scene.mission).value) == 1


def test_only_whoever_typed_it_once_and_for_a_minute(scene: Scene) -> None:
    """Another's, an old, an undone, an unknown line and the desk's own: one refusal, with what to do instead."""
    mine, other = say(scene), say(scene, who="Choji")
    codes = [scene.refused("Shizune", i.UndoLine(mission=scene.mission, line=other))]
    undo(scene, mine)
    codes.append(scene.refused("Shizune", i.UndoLine(mission=scene.mission, line=mine)))
    codes.append(scene.refused("Shizune", i.UndoLine(mission=scene.mission, line=NOTHING)))
    scene.do("Shizune", i.ReportFound(mission=scene.mission, who="Ana", state="alive"))
    by_desk = next(line for line in lines(scene).values() if line.sender == "desk")
    codes.append(scene.refused("Shizune", i.UndoLine(mission=scene.mission, line=by_desk.line)))
    late = say(scene)
    scene.clock.forward(minutes=61 / 60)
    codes.append(scene.refused("Shizune", i.UndoLine(mission=scene.mission, line=late)))
    assert {(one.code, one.text) for one in codes} == {(codes[0].code, codes[0].text)}
    assert "amend it instead" in codes[0].text
    undo(scene, say(scene, seconds=0))
    on_time = say(scene)
    scene.clock.forward(minutes=1)
    undo(scene, on_time)


def test_an_undone_line_found_by_words_is_struck_and_amendments_stay(scene: Scene) -> None:
    """Whoever looks for its words finds it, struck, with what it was before."""
    line = say(scene, "at the frod")
    scene.do("Shizune", i.AmendLine(mission=scene.mission, line=line, words="at the ford"))
    undo(scene, line)
    me = scene.house.as_member(scene["Neji"])
    (found,) = me.read("log", mission=scene.mission, find="ford", limit=5).value
    assert (found.struck, found.words, found.was) == (True, "at the ford", ("at the frod",))


def test_only_the_last_minute_is_remembered(scene: Scene) -> None:
    """A long log takes no more room in memory than its last minute."""
    for _ in range(30):
        say(scene, seconds=10)
    assert len(scene.held.recent) == 7


def test_undone_on_one_laptop_is_undone_on_both(scene: Scene) -> None:
    """After a merge both show the same, and each row is what the log gives."""
    say(scene, status="searching", place=HERE)
    slip = say(scene, status="resting", place=THERE)
    other = another_laptop(scene.house)
    undo(scene, slip)
    other.as_member(scene["Choji"]).do(i.LogLine(mission=scene.mission, words="there", team="Alpha"))
    swap(scene.house, other)
    for house in (scene.house, other):
        read = house.as_member(scene["Neji"]).read("log", mission=scene.mission).value
        assert [line.struck for line in read if line.line == slip] == [True]
        assert keeping.verify(house.log) == []
    assert alpha(scene).status == "searching"
