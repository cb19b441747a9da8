"""`wayhome search plan` and `contain` as typed: facts of teams, barred areas, survival, segments, where teams are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.scene import MISSION, Scene
from tests.fakes.ground import ground

from wayhome.values.places import Place

HERE = "42.5,1.55"
TRACKS = ("--tracks", "1500", "--hours", "1")
ALPHA, BRAVO = "Alpha@42.5,1.552", "Bravo@42.503,1.548"


@pytest.fixture
def scene() -> Scene:
    """A mission under way on known ground, its point an hour old, three segments drawn."""
    made = Scene()
    made.house.terrains.save("hills", ground())
    made.under_way()
    made.run("mission", "ipp", MISSION, HERE, "--seen", "08:00")
    made.run("draw", "segment", MISSION, "North", "42.501,1.545", "42.501,1.555", "42.51,1.555", "42.51,1.545")
    made.run("draw", "segment", MISSION, "South", "42.49,1.545", "42.49,1.555", "42.4995,1.555", "42.4995,1.545")
    return made


def planned(scene: Scene, *line: str, what: str = "plan") -> dict[str, Any]:
    found: dict[str, Any] = scene.rows("search", what, MISSION, *TRACKS, *line)
    return found


def test_what_is_said_of_a_team_is_so_in_its_plan(scene: Scene) -> None:
    """From, hours, sweep width and dog of one team: its times keep to them, and the notes tell of them."""
    plain = planned(scene, "--ours", ALPHA, "--ours", BRAVO)
    found = planned(scene, "--ours", f"{ALPHA} width=90 hours=0.5h from=0.4 walks=runner dog stays", "--ours", BRAVO)
    alpha = next(one for one in found["parts"] if one["team"] == "Alpha")
    assert minutes(alpha["there_at"]) >= 9 * 60 + 24 and minutes(alpha["until"]) <= 9 * 60 + 54
    said = " ".join(found["facts"])
    assert "Alpha's dog works for Alpha" in said and "runner" in said and "need not be back" in said
    assert "Alpha" not in " ".join(plain["facts"])
    late = planned(scene, "--ours", f"{ALPHA} from=09:30", "--ours", BRAVO)
    assert minutes(next(o for o in late["parts"] if o["team"] == "Alpha")["there_at"]) >= 9 * 60 + 30


def minutes(at: Any) -> float:
    """Minutes of the day that a moment of the scene stands at (its zone is an hour ahead of UTC)."""
    return float(at["ms"] / 60_000 + 60) % (24 * 60)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (f"{ALPHA} width=0", "Alpha: width=0 is refused: the effective sweep width in metres"),
        (f"{ALPHA} width=wide", "Alpha: width=wide is refused"),
        (f"{ALPHA} hours=nan", "Alpha: hours=nan is refused"),
        (f"{ALPHA} hours=0", "Alpha: hours=0 is refused"),
        (f"{ALPHA} from=2", "Alpha: from=2 is refused: it sets out between now"),
        (f"{ALPHA} from=25:00", "Alpha: from=25:00 is refused"),
        (f"{ALPHA} pace=3", "Alpha: pace=3 is refused"),
        (f"{ALPHA} speed=3", "Alpha: speed=3 is no fact of a team: there is width="),
        (f"{ALPHA} width=60 fast", "Alpha: fast is no fact of a team"),
        (f"{ALPHA} width=60 width=50", "Alpha: width is said twice"),
        (f"{ALPHA} walks=fish", "Alpha: there is no walker called 'fish'"),
        (f"{ALPHA} to=nowhere", "Alpha: 'nowhere' is no place"),
        (f"{ALPHA} dog=Pakkun", "Alpha: dog=Pakkun: this mission has no dog of that name"),
        (f"{ALPHA} not=East ridge", "Alpha: not=East ridge: no segment is drawn by the name 'East ridge'; there is 1"),
        (f"{ALPHA} may=", "Alpha: may= needs the name"),
        ("Alpha width=60", "Alpha has no known place here"),
        ("@42.5,1.55", "is no NAME@PLACE"),
    ],
)  # fmt: skip
def test_a_wrong_fact_names_the_team_and_the_part(scene: Scene, said: str, why: str) -> None:
    """Each refusal says whose it is, what is wrong, and how to type it."""
    assert why in scene.refuse("search", "plan", MISSION, "--ours", said, *TRACKS)


def test_nobody_enters_what_is_barred_but_who_may(scene: Scene) -> None:
    """No place of a way lies in the area, for any team; one that may enter it is told of; a wrong name is refused."""
    charlie = "Charlie@42.497,1.543"
    barred = planned(scene, "--ours", ALPHA, "--ours", charlie, "--bar", "North")
    assert "Bravo: 42.50300, 1.54800 lies where it may not be" in scene.refuse(
        "search", "plan", MISSION, "--ours", BRAVO, "--bar", "North", *TRACKS
    )
    free = planned(scene, "--ours", ALPHA, "--ours", f"{BRAVO} may=1", "--bar", "North")
    ways = [Place(**place) for one in barred["parts"] for place in one["way"]]
    assert ways and not any(inside(place) for place in ways)
    assert "Nobody may enter North." in barred["facts"] and "Bravo: may enter 1." in free["facts"]
    assert "there is 1 North, 2 South" in scene.refuse("search", "plan", MISSION, "--ours", ALPHA, "--bar", "West")


def inside(place: Place) -> bool:
    """Well within the segment North: a cell's half away from its edges."""
    return 42.5013 < place.lat < 42.5097 and 1.5454 < place.lon < 1.5546


def test_alive_weighs_a_find_by_the_published_chance_and_tells_whose(scene: Scene) -> None:
    """The source stands beside it; the chance to find him alive is a little below that to find him."""
    alive = planned(scene, "--ours", ALPHA, "--alive")
    assert alive["alive"] and "MapScore" in " ".join(alive["facts"])
    assert 0.9 < alive["bound"] / planned(scene, "--ours", ALPHA)["bound"] < 1.02


def test_segments_are_given_to_teams(scene: Scene, tmp_path: Path) -> None:
    """Each team one drawn segment, how likely he is in each, a map; a wrong name or a crossing one is refused."""
    file = tmp_path / "given.geojson"
    ours = ("--ours", ALPHA, "--ours", BRAVO)
    scene.run("search", "plan", MISSION, str(file), *TRACKS, *ours, "--segments")
    found = planned(scene, *ours, "--segments")
    assert {one["segment"] for one in found["parts"]} <= {"North", "South"} == set(found["segments"])
    assert 0 < found["chance"] <= found["bound"] + 1e-9 and found["greedy"] <= found["chance"] + 1e-9
    drawn = [one["properties"] for one in json.loads(file.read_bytes())["features"]]
    assert {"Alpha", "Bravo"} == {one["team"] for one in drawn if one["kind"] == "given"}
    assert set(planned(scene, *ours, "--segment", "south")["segments"]) == {"South"}
    assert "barred" not in scene.refuse("search", "plan", MISSION, *ours, *TRACKS, "--segment", "West")
    scene.run("draw", "segment", MISSION, "Bow", "42.501,1.545", "42.51,1.555", "42.501,1.555", "42.51,1.545")
    assert "Bow crosses itself" in scene.refuse("search", "plan", MISSION, *ours, *TRACKS, "--segments")
    everything = ("--bar", "North", "--bar", "South", "--bar", "Bow")
    assert "crosses itself" in scene.refuse("search", "plan", MISSION, *ours, *TRACKS, "--segments", *everything)


def test_asked_again_it_goes_on_from_where_they_are_with_what_was_noted(scene: Scene) -> None:
    """A team's last place in the log is where it sets out; evidence noted meanwhile is weighed; both are told."""
    scene.run("team", "form", MISSION, "Alpha", "Kiba")
    scene.run("log", "add", MISSION, "Alpha", "to", "base:", "at", "42.505,1.553")
    before = planned(scene)
    assert any("Alpha (09:00)" in fact for fact in before["facts"]) and "No evidence is weighed yet." in before["facts"]
    start = Place(**before["parts"][0]["way"][0])
    scene.clock.forward(minutes=30)
    scene.run("log", "add", MISSION, "Alpha", "to", "base:", "at", "42.498,1.551")
    scene.run("search", "evidence", "sweep", MISSION, "--width", "80", "--team", "Alpha", "--from", "08:59")
    again = planned(scene)
    assert any("Alpha (09:30)" in fact for fact in again["facts"])
    assert any(fact.startswith("Weighed up to now: ") for fact in again["facts"])
    assert Place(**again["parts"][0]["way"][0]) != start
    assert planned(scene, "--ours", "Alpha width=90")["parts"][0]["team"] == "Alpha"


def test_a_team_that_cannot_be_there_in_its_hours_is_told_of(scene: Scene) -> None:
    """Beside another it is idle with the reason; alone, nothing can be planned, and the refusal says what to do."""
    far = "Far@42.475,1.52 hours=0.1"
    found = planned(scene, "--ours", ALPHA, "--ours", far)
    assert any("Far cannot reach the area to be searched" in said for said in found["idle"])
    assert "more hours" in scene.refuse("search", "plan", MISSION, "--ours", far, *TRACKS)


def test_a_team_off_the_ground_is_refused_by_its_name(scene: Scene) -> None:
    """Outside the terrain, in a lake, on a void: the refusal says which team it is."""
    for place in ("43.5,1.55", at(18, 66), at(1, 2)):
        assert "Alpha: " in scene.refuse("search", "plan", MISSION, "--ours", f"Alpha@{place}", *TRACKS)


def at(row: int, col: int) -> str:
    place = ground().place_of(row, col)
    return f"{place.lat:.5f},{place.lon:.5f}"


def test_posts_keep_to_hours_and_say_by_when(scene: Scene, tmp_path: Path) -> None:
    """A team that sets out later mans its post later; the map has the post with its time and its team's colour."""
    file = tmp_path / "posts.geojson"
    ours = ("--ours", f"{ALPHA} from=0.5", "--ours", BRAVO)
    scene.run("search", "contain", MISSION, str(file), *TRACKS, *ours)
    found = planned(scene, *ours, what="contain")
    alpha = [one for one in found["parts"] if one["team"] == "Alpha"]
    assert all(minutes(one["there_at"]) >= 9 * 60 + 30 for one in alpha)
    posts = [one["properties"] for one in json.loads(file.read_bytes())["features"]]
    assert sum(one["kind"] == "manned" and " by " in one["name"] for one in posts) == len(found["parts"])
