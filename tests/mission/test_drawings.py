"""Drawings on the map: segments, posts, lines and notes, corrected by new facts, labelled so that none ever clash."""

from __future__ import annotations

import pytest
from tests.fakes.house import another_laptop, swap
from tests.fakes.scene import HERE, Scene

from wayhome.assembly.local import LocalHouse
from wayhome.mission.intents import field as i
from wayhome.mission.views.shapes import DrawingView
from wayhome.usecases import keeping
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place

CORNERS = (Place(42.50, 1.50), Place(42.50, 1.52), Place(42.52, 1.52), Place(42.52, 1.50))
BOW = (CORNERS[0], CORNERS[2], CORNERS[1], CORNERS[3])


def draw(
    scene: Scene,
    what: str = "segment",
    name: str = "A1",
    points: tuple[Place, ...] = CORNERS,
    *,
    words: str = "",
    holder: PersonId | None = None,
) -> Id:
    intent = i.Draw(mission=scene.mission, what=what, name=name, points=points, words=words, holder=holder)
    return Id(scene.do("Choji", intent).made)


def drawn(scene: Scene, *, erased: bool = False, house: LocalHouse | None = None) -> dict[str, DrawingView]:
    me = (house or scene.house).as_member(scene["Neji"])
    seen: tuple[DrawingView, ...] = me.read("drawings", mission=scene.mission, erased=erased).value
    return {one.name: one for one in seen}


def test_a_segment_has_its_area_and_a_line_its_length() -> None:
    """A closed outline tells its square kilometres, a way its kilometres; a post and a note have neither."""
    scene = Scene()
    draw(scene)
    draw(scene, "line", "Ridge", CORNERS[:2])
    draw(scene, "post", "Bridge", (HERE,), holder=scene["Neji"])
    draw(scene, "note", "", (HERE,), words="the rope bridge bears one")
    seen = drawn(scene)
    assert seen["A1"].area_km2 == pytest.approx(3.645, rel=1e-3)
    assert seen["Ridge"].length_km == pytest.approx(1.640, rel=1e-3)
    assert (seen["A1"].length_km, seen["Ridge"].area_km2) == (None, None)
    assert (seen["Bridge"].area_km2, seen["Bridge"].length_km, seen["Bridge"].holder_name) == (None, None, "Neji")
    assert seen[""].words == "the rope bridge bears one"
    assert [one.label for one in seen.values()] == ["1", "2", "3", "4"]
    assert (seen["A1"].by_name, seen["A1"].at, seen["A1"].changed) == ("Choji", scene.now, None)


def test_an_outline_said_closed_is_the_same_outline() -> None:
    """The first corner said again at the end is no corner more; points said twice in a row are one."""
    scene = Scene()
    draw(scene, points=(*CORNERS, CORNERS[0]))
    draw(scene, name="A2", points=(CORNERS[0], CORNERS[0], *CORNERS[1:], CORNERS[3]))
    assert drawn(scene)["A1"].points == drawn(scene)["A2"].points == CORNERS


def test_an_outline_that_crosses_itself_is_drawn_and_told() -> None:
    """It stands, with no area, and whoever drew it hears so."""
    scene = Scene()
    done = scene.do("Choji", i.Draw(mission=scene.mission, what="segment", name="Bow", points=BOW))
    assert any("crosses itself" in tell for tell in done.tells)
    assert (drawn(scene)["Bow"].crosses, drawn(scene)["Bow"].area_km2) == (True, None)


def test_what_may_be_a_slip_is_told() -> None:
    """A name that stands already, or points a country apart: drawn all the same, and told."""
    scene = Scene()
    draw(scene)
    again = scene.do("Choji", i.Draw(mission=scene.mission, what="segment", name="a1", points=CORNERS))
    assert any("another segment is called A1" in tell for tell in again.tells)
    far = scene.do("Choji", i.Draw(mission=scene.mission, what="line", name="Far", points=(HERE, Place(1.5, 42.5))))
    assert any("km across" in tell for tell in far.tells)
    near = scene.do("Choji", i.Draw(mission=scene.mission, what="line", name="Near", points=CORNERS[:2]))
    assert near.tells == ("line 4",)


def test_a_change_is_laid_over_and_who_made_it_shown() -> None:
    """Every field is as it was stated last; label, maker and moment of the first drawing stay."""
    scene = Scene()
    team = scene.form()
    drawing = draw(scene)
    first = drawn(scene)["A1"]
    scene.clock.forward(minutes=5)
    change = i.ChangeDrawing(mission=scene.mission, drawing=drawing, what="segment", name="A1 north",
                             points=CORNERS[:3], words="steep", team=team, reason="cut in two")  # fmt: skip
    scene.do("Shizune", change)
    (seen,) = drawn(scene).values()
    assert (seen.name, seen.points, seen.words, seen.team, seen.team_id) == (
        "A1 north", CORNERS[:3], "steep", "Alpha", team,
    )  # fmt: skip
    assert (seen.label, seen.at, seen.by_name) == (first.label, first.at, "Choji")
    assert (seen.changed, seen.changed_by_name, seen.reason) == (scene.now, "Shizune", "cut in two")
    assert seen.area_km2 == pytest.approx((first.area_km2 or 0) / 2, rel=1e-3)


def test_what_is_erased_is_kept_and_shown_on_demand() -> None:
    """An erased drawing is off the map and in the record, with the reason; its label is never given again."""
    scene = Scene()
    drawing = draw(scene)
    scene.do("Choji", i.EraseDrawing(mission=scene.mission, drawing=drawing, reason="searched"))
    assert drawn(scene) == {}
    assert drawn(scene, erased=True)["A1"].erased == "searched"
    draw(scene, name="A2")
    assert drawn(scene)["A2"].label == "2"
    change = i.ChangeDrawing(mission=scene.mission, drawing=drawing, what="segment", name="A1", points=CORNERS)
    assert scene.refused("Choji", change).code == "no such drawing"
    assert keeping.verify(scene.house.log) == []


def test_two_laptops_draw_apart_and_no_labels_clash() -> None:
    """Each laptop's labels stay as said on the radio; both hold everything, and what was erased on one is erased."""
    scene = Scene()
    shared = draw(scene, name="shared")
    other = another_laptop(scene.house)
    draw(scene, name="here")
    there = i.Draw(mission=scene.mission, what="post", name="there", points=(HERE,))
    other.as_member(scene["Choji"]).do(there)
    other.as_member(scene["Choji"]).do(i.EraseDrawing(mission=scene.mission, drawing=shared, reason="done"))
    scene.do("Choji", i.ChangeDrawing(mission=scene.mission, drawing=shared, what="segment", name="shared",
                                      points=CORNERS, words="more"))  # fmt: skip
    swap(scene.house, other)
    for house in (scene.house, other):
        seen = drawn(scene, erased=True, house=house)
        assert len({one.label for one in seen.values()}) == len(seen) == 3
        assert (seen["here"].label, seen["there"].label[:2]) == ("2", "1-")
        assert (seen["shared"].erased, seen["shared"].words) == ("done", "more")
        assert keeping.verify(house.log) == []


def test_a_secret_drawing_is_for_those_read_in() -> None:
    """Nobody else sees it; hidden and absent missions have the same nothing."""
    scene = Scene()
    secret = scene.secret()
    scene.do("Shizune", i.Draw(mission=secret, what="note", name="", points=(HERE,), words="hidden"))
    assert scene.house.as_member(scene["Neji"]).read("drawings", mission=secret).value == ()
    assert len(scene.house.as_member(scene["Shizune"]).read("drawings", mission=secret).value) == 1
