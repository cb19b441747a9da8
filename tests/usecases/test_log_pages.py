"""The log in pages, and one line of it: newest first from any place on, whole with its amendments, and quickly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.fakes.scene import NOTHING, Scene

from wayhome.access.predicate import Predicate
from wayhome.mission.intents import field as i
from wayhome.mission.views.shapes import LineView
from wayhome.usecases.ports import Ask, Row
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import Id, MissionId
from wayhome.values.places import Place


def logged(scene: Scene, *words: str, minutes: float = 1) -> list[Id]:
    """The lines, each a moment after the one before."""
    made = []
    for said in words:
        scene.clock.forward(minutes=minutes)
        made.append(Id(scene.do("Choji", i.LogLine(mission=scene.mission, words=said)).made))
    return made


def page(scene: Scene, **asked: object) -> tuple[LineView, ...]:
    lines: tuple[LineView, ...] = scene.house.as_member(scene["Neji"]).read("log", mission=scene.mission, **asked).value
    return lines


def words(lines: tuple[LineView, ...]) -> list[str]:
    return [line.words for line in lines]


@contextmanager
def counted(scene: Scene) -> Iterator[list[int]]:
    """How many rows of lines the log was asked for."""
    counts: list[int] = []
    log, true_rows = scene.house.log, scene.house.log.rows

    def rows(ask: Ask, predicate: Predicate | None) -> list[Row]:
        found = true_rows(ask, predicate)
        if ask.view == "line":
            counts.append(len(found))
        return found

    log.rows = rows  # type: ignore[method-assign]  # counts, and answers as before
    try:
        yield counts
    finally:
        log.rows = true_rows  # type: ignore[method-assign]


def test_pages_from_the_newest_backwards_are_the_whole_log_once() -> None:
    """Going back by the sort key of the first line of each page passes every line once, in order."""
    scene = Scene()
    logged(scene, *(str(number) for number in range(10)))
    pages: list[tuple[LineView, ...]] = []
    before: str | None = None
    while lines := page(scene, limit=3, before=before):
        pages.insert(0, lines)
        before = lines[0].sort
    assert [words(lines) for lines in pages] == [["0"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]


def test_lines_of_one_moment_have_each_their_place() -> None:
    """Lines that were typed in one millisecond are paged like any others."""
    scene = Scene()
    logged(scene, "a", "b", "c", minutes=0)
    assert words(page(scene, limit=1, before=page(scene)[2].sort)) == ["b"]
    assert words(page(scene, after=page(scene)[0].sort)) == ["b", "c"]


@pytest.mark.parametrize(
    ("find", "limit", "expected"),
    [("", None, ["2", "3"]), ("", 1, ["3"]), ("", 9, ["2", "3"]), ("2", None, ["2"]), ("1", 5, []), ("", 0, [])],
)
def test_a_page_lies_between_after_and_before(find: str, limit: int | None, expected: list[str]) -> None:
    """`after` and `before` leave both their own lines out, with words to find and a limit or without."""
    scene = Scene()
    logged(scene, *(str(number) for number in range(6)))
    lines = page(scene)
    asked = page(scene, find=find, limit=limit, after=lines[1].sort, before=lines[4].sort)
    assert words(asked) == expected


def test_a_line_said_late_stands_where_it_was_said() -> None:
    """A claimed time puts a line among the earlier ones; when it was typed stands beside it."""
    scene = Scene()
    logged(scene, "first", "second", minutes=10)
    early = scene.now.plus(minutes=-5)
    scene.do("Choji", i.LogLine(mission=scene.mission, words="between", at=early))
    lines = page(scene)
    assert words(lines) == ["first", "between", "second"]
    assert (lines[1].at, lines[1].typed_at) == (early, scene.now)
    assert lines[0].typed_at == lines[0].at


def test_a_page_of_a_long_log_takes_no_more_than_its_lines() -> None:
    """With a limit the log is asked for that many lines and no more, wherever the page begins."""
    scene = Scene()
    logged(scene, *(str(number) for number in range(60)), minutes=0)
    with counted(scene) as counts:
        newest = page(scene, limit=5)
        page(scene, limit=5, before=newest[0].sort)
        page(scene, limit=5, after=newest[0].sort)
    assert counts == [5, 5, 5]


def test_words_are_found_far_back_in_a_long_log() -> None:
    """Finding goes back through the log in portions until there is enough."""
    scene = Scene()
    logged(scene, "boot", *("nothing" for _ in range(1300)), "boot again", minutes=0)
    assert words(page(scene, find="boot", limit=2)) == ["boot", "boot again"]
    with counted(scene) as counts:
        assert words(page(scene, find="boot", limit=1)) == ["boot again"]
    assert sum(counts) < 1302


def test_one_line_comes_with_its_amendments() -> None:
    """A line read by its id is the line as the log shows it."""
    scene = Scene()
    lines = logged(scene, "at the frod", "other")
    scene.do("Choji", i.AmendLine(mission=scene.mission, line=lines[0], words="at the ford"))
    scene.do("Choji", i.AmendLine(mission=scene.mission, line=lines[1], words="another"))
    me = scene.house.as_member(scene["Neji"])
    one: LineView = me.read("line", mission=scene.mission, line=lines[0]).value
    assert (one.words, one.was, one.by_name) == ("at the ford", ("at the frod",), "Choji")
    assert one == page(scene)[0]


def test_a_line_of_another_mission_or_none_is_not_there() -> None:
    """A line is asked for within its mission; hidden, absent and elsewhere are the same."""
    scene = Scene()
    (line,) = logged(scene, "here")
    secret = scene.secret()
    hidden = Id(scene.do("Shizune", i.LogLine(mission=secret, words="there")).made)
    me = scene.house.as_member(scene["Neji"])
    asked: list[tuple[MissionId, Id]] = [(secret, line), (secret, hidden), (scene.mission, NOTHING)]
    told = []
    for mission, wanted in asked:
        with pytest.raises(NothingThere) as error:
            me.read("line", mission=mission, line=wanted)
        told.append(str(error.value))
    assert set(told) == {"there is no such line that you can see"}


def test_places_said_on_the_radio_are_as_last_amended() -> None:
    """A place put right is the place, one that came by an amendment counts, and an undone line's counts no more."""
    scene = Scene()
    scene.accepts("Neji")
    scene.form("Neji")
    here, there, yonder = Place(42.5, 1.5), Place(42.6, 1.6), Place(42.7, 1.7)

    def say(place: Place | None, team: str = "Alpha") -> Id:
        scene.clock.forward(minutes=0.2)
        line = i.LogLine(mission=scene.mission, words="x", team=team, place=place)
        return Id(scene.do("Choji", line).made)

    def amend(line: Id, place: Place | None) -> None:
        scene.do("Choji", i.AmendLine(mission=scene.mission, line=line, words="better", place=place))

    def track() -> list[Place]:
        seen = scene.house.as_member(scene["Neji"]).read("track", mission=scene.mission, who="Alpha").value
        return [one.place for one in seen]

    first, second, nowhere, nobody = say(here), say(None), say(None, team=""), say(here, team="")
    assert track() == [here]
    amend(first, there)
    amend(first, None)
    amend(second, yonder)
    for line in (nowhere, nobody):
        amend(line, yonder)
    assert track() == [there, yonder]
    (last,) = scene.house.as_member(scene["Neji"]).read("places", mission=scene.mission).value
    assert (last.who, last.place, last.line) == ("Alpha", yonder, second)
    for line in (first, second):
        scene.do("Choji", i.UndoLine(mission=scene.mission, line=line))
    assert track() == []
