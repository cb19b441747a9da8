"""`wayhome search` and what cannot be meant: each gets words that say what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.cli.scene import MISSION, Scene
from tests.cli.test_search_plans import at
from tests.fakes.ground import ground
from tests.links.terrain_making import geotiff

HERE = "42.5,1.55"
FEW = ("--tracks", "1500")


@pytest.fixture
def scene() -> Scene:
    """A mission under way on known ground, its point an hour old."""
    made = Scene()
    made.house.terrains.save("hills", ground())
    made.under_way()
    made.run("mission", "ipp", MISSION, HERE, "--seen", "08:00")
    return made


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ("43.5,1.55", "no terrain here holds 43.5000, 1.5500 (there is hills)"),
        (at(18, 66), "lies in a lake"),
        (at(1, 2), "void"),
    ],
)
def test_a_point_that_no_one_can_start_from_is_refused(scene: Scene, tmp_path: Path, point: str, why: str) -> None:
    """Outside every terrain, in a lake, on a void: the map and the plan say which, and no file is left."""
    scene.run("mission", "ipp", MISSION, point, "--seen", "08:00")
    file = tmp_path / "a.png"
    assert why in scene.refuse("search", "map", MISSION, str(file), *FEW)
    assert why in scene.refuse("search", "plan", MISSION, str(file), "--ours", "Alpha@42.5,1.552", *FEW)
    assert not file.exists()


@pytest.mark.parametrize("hours", ["0", "10000", "-3", "nan"])
def test_hours_that_cannot_be_are_refused(scene: Scene, tmp_path: Path, hours: str) -> None:
    """Of the map and of the plan, each with the hours that may be said."""
    file = tmp_path / "a.geojson"
    assert "refused" in scene.refuse("search", "map", MISSION, str(file), f"--hours={hours}", *FEW)
    plan = ("search", "plan", MISSION, "--ours", "Alpha@42.5,1.552", f"--hours={hours}", *FEW)
    assert "five minutes to a day" in scene.refuse(*plan)
    assert not file.exists()


def test_tracks_are_neither_none_nor_endless(scene: Scene) -> None:
    """Too few and too many are refused with what may be said."""
    for tracks in ("0", "10000000"):
        assert "1,000 to 300,000" in scene.refuse("search", "odds", MISSION, "--tracks", tracks)


def test_a_clue_of_a_time_to_come_is_refused(scene: Scene) -> None:
    """Nothing was left tomorrow; and a map of half past eight does not weigh what was found at nine, and says so."""
    scene.run("clue", "add", MISSION, "a glove", "--place", HERE)
    line = ("clue", "weigh", MISSION, "1", "--anothers", "0.1")
    assert "has not come yet" in scene.refuse(*line, "--left-from", "2026-03-02T10:00")
    scene.run(*line)
    found = scene.rows("search", "odds", MISSION, "--hours", "0.5", *FEW)["likely"]
    assert found["not_weighed"] == [
        "clue 1 is not weighed: it speaks of a time after 08:30, which is as far as this goes"
    ]


def test_by_the_hour_are_the_chances(scene: Scene, tmp_path: Path) -> None:
    """Six hours are told and written; without chances there are none to be told by the hour."""
    file = tmp_path / "hours.geojson"
    found = scene.rows("search", "map", MISSION, str(file), "--by-hour", *FEW)
    told = next(fact for fact in found["facts"] if fact.startswith("Likeliest half by the hour: "))
    assert "Sun 09:00" in told and "Sun 14:00" in told
    assert '"at": "2026-03-01T14:00+01:00"' in file.read_text()
    assert any(fact.startswith("At the border by 09:00") for fact in found["facts"])
    refused = scene.refuse("search", "map", MISSION, str(tmp_path / "b.png"), "--by-hour", "--reach-only")
    assert "leave one of them out" in refused


def test_ground_is_refused_in_words_where_its_files_do_not_fit(scene: Scene, tmp_path: Path) -> None:
    """A unit that is not said; land cover and a map that lie elsewhere than the heights."""
    heights = np.full((100, 100), 1000, np.float32)
    bare = str(geotiff(tmp_path / "bare.tif", heights, unit=""))
    refused = scene.refuse("terrain", "import", "ridge", bare)
    assert "does not say whether its heights are metres or feet" in refused and "--elevation-unit feet" in refused
    assert "Kept ridge" in scene.run("terrain", "import", "ridge", bare, "--elevation-unit", "feet")
    away = tmp_path / "away.geojson"
    away.write_text('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"highway": "path"}, '
                    '"geometry": {"type": "LineString", "coordinates": [[10.0, 50.0], [10.01, 50.01]]}}]}')  # fmt: skip
    said = scene.run("terrain", "import", "both", bare, str(away), "--elevation-unit", "metres")
    assert "nothing of the map lies on this ground" in said
    cover = str(geotiff(tmp_path / "cover.tif", np.full((100, 100), 42, np.uint8), crs="EPSG:32633"))
    refused = scene.refuse("terrain", "import", "more", bare, cover, "--elevation-unit", "metres")
    assert "cover.tif and the elevation have no ground in common" in refused
