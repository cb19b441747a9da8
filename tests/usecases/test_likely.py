"""How likely he is where, by what the record holds: each piece moves the map, and withdrawn it leaves no trace."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cli.scene import MISSION, Scene
from tests.fakes.ground import ground

HERE = "42.5,1.55"
TRACKS = ("--tracks", "4000")


@pytest.fixture
def scene() -> Scene:
    """A mission under way on known ground, its point an hour old."""
    made = Scene()
    made.house.terrains.save("hills", ground())
    made.under_way()
    made.run("mission", "ipp", MISSION, HERE, "--seen", "08:00")
    return made


def likely(scene: Scene) -> dict[str, Any]:
    """What the map says now."""
    found: dict[str, Any] = scene.rows("search", "odds", MISSION, *TRACKS)["likely"]
    return found


def evidence(scene: Scene, *line: str) -> str:
    """Notes a piece; gives its label."""
    return scene.run("search", "evidence", *line).partition("evidence E")[2].split()[0]


PIECES = (
    ("sighting", MISSION, "42.505,1.552", "--at", "08:30", "--other", "0.3"),
    ("watch", MISSION, "42.5,1.556", "--from", "08:10", "--until", "08:50", "--pod", "0.9"),
    ("area", MISSION, "A1", "--pod", "0.7", "--from", "08:20", "--until", "08:55"),
    ("bearing", MISSION, "Pakkun", HERE, "--degrees", "40", "--wind-from", "50", "--wind", "3", "--at", "08:40"),
    ("trail", MISSION, "Pakkun", HERE, "--wind", "2", "--toward", "200", "--at", "08:40"),
    ("phone", MISSION, "42.51,1.56", "--at", "08:45", "--far", "1200", "--azimuth", "200"),
)


@pytest.mark.parametrize("piece", PIECES, ids=[piece[0] for piece in PIECES])
def test_each_piece_moves_the_map_and_withdrawn_it_is_as_before_to_the_last_bit(
    scene: Scene, piece: tuple[str, ...]
) -> None:
    """Another digest with it, the very same without it."""
    scene.run("draw", "segment", MISSION, "A1", "42.5,1.55", "42.505,1.55", "42.505,1.556", "42.5,1.556")
    before = likely(scene)
    label = evidence(scene, *piece)
    moved = likely(scene)
    assert moved["digest"] != before["digest"]
    assert len(moved["pieces"]) == 1
    scene.run("search", "evidence", "withdraw", MISSION, f"E{label}", "--reason", "it was our own team")
    assert likely(scene) == before


def test_a_clue_moves_the_map_once_its_worth_is_said_and_withdrawn_leaves_no_trace(scene: Scene) -> None:
    """Without a worth it stands beside the map as not weighed; the chance of a plant comes back moved."""
    before = likely(scene)
    scene.run("clue", "add", MISSION, "a slashed tree", "--place", "42.504,1.551")
    unweighed = likely(scene)
    assert unweighed["digest"] == before["digest"] and "clue weigh" in unweighed["not_weighed"][0]
    scene.run("clue", "weigh", MISSION, "1", "--planted", "0.3", "--anothers", "0.1")
    weighed = likely(scene)
    assert weighed["digest"] != before["digest"]
    assert weighed["pieces"][0]["false_before"] == pytest.approx(0.37)
    scene.run("clue", "withdraw", MISSION, "1", "--reason", "a hare")
    assert likely(scene) == before


def test_odds_of_hypotheses_move_with_places_and_with_words(scene: Scene) -> None:
    """Who is hurt is near; words without a place speak for and against; all of it can be taken back."""
    scene.run("search", "hypothesis", "state", MISSION, "he went on", "--odds", "1")
    scene.run("search", "hypothesis", "state", MISSION, "he is hurt", "--odds", "1", "--injured")
    before = {one["name"]: one for one in likely(scene)["odds"]}
    assert before["he is hurt"]["before"] == before["he is hurt"]["after"] == pytest.approx(0.475)
    said = ("--if", "he went on=0.8", "--if", "he is hurt=0.2", "--elsewhere", "0.5")
    label = evidence(scene, "says", MISSION, "a whistle far off", *said)
    after = {one["name"]: one for one in likely(scene)["odds"]}
    assert after["he went on"]["after"] == pytest.approx(
        0.475 * 0.8 / (0.475 * 0.8 + 0.475 * 0.2 + 0.05 * 0.5), abs=1e-3
    )
    scene.run("search", "evidence", "withdraw", MISSION, f"E{label}", "--reason", "a bird")
    assert {one["name"]: one for one in likely(scene)["odds"]} == before
    shown = scene.run("search", "odds", MISSION, *TRACKS)
    assert "he is hurt" in shown and "not validated on finds" in shown


def test_a_sweep_along_a_gps_track_takes_from_where_it_went(scene: Scene, tmp_path: Any) -> None:
    """GPX in; another map, and the same again once it is withdrawn; a track without times is refused."""
    points = "".join(
        f'<trkpt lat="{42.5 + n * 0.0002}" lon="1.55"><time>2026-03-01T07:{10 + n:02d}:00Z</time></trkpt>'
        for n in range(30)
    )
    file = tmp_path / "alpha.gpx"
    file.write_text(f'<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{points}</trkseg></trk></gpx>')
    before = likely(scene)
    label = evidence(scene, "sweep", MISSION, "--team", "3", "--gpx", str(file), "--width", "40")
    assert likely(scene)["digest"] != before["digest"]
    scene.run("search", "evidence", "withdraw", MISSION, f"E{label}", "--reason", "the wrong day")
    assert likely(scene) == before
    file.write_text('<gpx><trk><trkseg><trkpt lat="42" lon="1"/></trkseg></trk></gpx>')
    assert "no time" in scene.refuse("search", "evidence", "sweep", MISSION, "--gpx", str(file), "--width", "40")


def test_a_tired_dog_counts_for_less_and_one_that_dropped_out_gives_no_bearing(scene: Scene) -> None:
    """Command passes in words that the log keeps; what the dog says rests on how it is."""
    scene.run("search", "dog", "lend", MISSION, "Pakkun", "Kiba", "--words", "his orders are mine", "--article", "hair")
    log = scene.run("log", "list", MISSION)
    assert "command passes from Tsunade to Kiba" in log and "hair" in log
    assert "passing on a dog" in scene.refuse("search", "dog", "lend", MISSION, "Pakkun", "Ino", who="Ino")
    line = ("bearing", MISSION, "Pakkun", HERE, "--degrees", "40", "--wind-from", "50", "--wind", "3")
    first = evidence(scene, *line)
    fresh = likely(scene)["pieces"][0]
    scene.run("search", "evidence", "withdraw", MISSION, f"E{first}", "--reason", "again")
    scene.run("search", "dog", "state", MISSION, "Pakkun", "tired", who="Kiba")
    assert "is tired" in scene.run("search", "evidence", *line)
    tired = likely(scene)["pieces"][0]
    assert tired["false_before"] > fresh["false_before"]
    scene.run("search", "dog", "state", MISSION, "Pakkun", "out", who="Kiba")
    assert "has dropped out" in scene.refuse("search", "evidence", *line)


def test_what_cannot_be_is_refused_and_what_contradicts_every_track_keeps_the_map(scene: Scene) -> None:
    """POD 1.2, no wind, the future: refused. Seen where nobody can be: said so, and the map stays."""
    watch = ("search", "evidence", "watch", MISSION, HERE, "--from", "08:10", "--pod", "1.2")
    assert "a POD of 1.2 is refused" in scene.refuse(*watch)
    assert "without wind" in scene.refuse("search", "evidence", "bearing", MISSION, "Pakkun", HERE, "--degrees", "40")
    late = ("search", "evidence", "sighting", MISSION, HERE, "--at", "2026-03-02T10:00", "--other", "0.1")
    assert "has not come yet" in scene.refuse(*late)
    before = likely(scene)
    evidence(scene, "sighting", MISSION, "42.52,1.58", "--at", "08:10", "--other", "0", "--within", "20")
    found = likely(scene)
    assert found["contradicted"] and found["conflicts"]
    assert found["areas_km2"] == before["areas_km2"]


def test_it_is_told_how_many_tracks_carry_the_map_and_what_lies_elsewhere(scene: Scene) -> None:
    """All of it sums to one with the rest of the world; segments have their share."""
    scene.run("draw", "segment", MISSION, "A1", "42.49,1.54", "42.51,1.54", "42.51,1.56", "42.49,1.56")
    found = likely(scene)
    assert found["tracks"] == 4_000 and 0 < found["carried_by"] <= 4_000
    assert 0.049 < found["elsewhere"] < 0.2
    assert 0 < found["segments"]["A1"] < 1 - found["elsewhere"]
    assert found["areas_km2"]["50 %"] < found["areas_km2"]["95 %"]
