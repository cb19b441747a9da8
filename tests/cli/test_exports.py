"""`wayhome export log` and `places`: a mission's record in the field's formats."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.cli.houses import Desk


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A mission with a planning point, two log lines and a clue."""
    desk.done("mission", "new", "Lost hiker", "--rank", "D")
    desk.done("mission", "ipp", "Lost hiker", "42.5063,1.5218", "--seen", "08:00", "--basis", "his car")
    desk.done("offer", "make", "Lost hiker", "Ana")
    desk.done("offer", "answer", "Lost hiker", "accepted", who="Ana")
    desk.done("team", "form", "Lost hiker", "3", "Ana")
    desk.done("log", "add", "Lost hiker", "base to 3: =start sweep")
    desk.done("log", "add", "Lost hiker", "3 to base: at 42.5100,1.5300, sweep begun")
    desk.done("clue", "add", "Lost hiker", "boot print", "--place", "42.5090,1.5250")
    desk.done("draw", "post", "Lost hiker", "Gate", "42.5090,1.5250")
    desk.done("draw", "note", "Lost hiker", "42.5090,1.5250", "mud")
    desk.done("draw", "line", "Lost hiker", "Road", "42.5090,1.5250", "42.5190,1.5250")
    return desk


def test_the_log_as_csv(busy: Desk, tmp_path: Path) -> None:
    """Every line is there in order with its time and place, and nothing in it is a formula."""
    busy.done("export", "log", "Lost hiker", str(tmp_path / "309.csv"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "309.csv").read_text("utf-8-sig"))))
    assert [row["no"] for row in rows][:2] == ["1", "2"]
    assert any(row["lat"] == "42.510000" for row in rows)
    assert all(row["typed at"] == row["time with zone"] for row in rows)
    assert not any(cell.startswith("=") for row in rows for cell in row.values())
    busy.done("export", "log", "Lost hiker", str(tmp_path / "214.csv"), "--form", "214")
    assert "sweep begun" in (tmp_path / "214.csv").read_text("utf-8-sig")


def test_places_by_the_ending_of_the_file(busy: Desk, tmp_path: Path) -> None:
    """CSV, GeoJSON and GPX hold the same places: planning point, team, clue."""
    for ending in ("csv", "geojson", "gpx"):
        busy.done("export", "places", "Lost hiker", str(tmp_path / f"places.{ending}"))
    rows = list(csv.DictReader(io.StringIO((tmp_path / "places.csv").read_text("utf-8-sig"))))
    shapes = json.loads((tmp_path / "places.geojson").read_text())["features"]
    points = list(ET.parse(tmp_path / "places.gpx").getroot().iter("{http://www.topografix.com/GPX/1/1}wpt"))
    assert len(rows) == len(shapes) == len(points) >= 3
    assert {"IPP", "clue", "last known", "post", "note"} <= {row["kind"] for row in rows}
    ipp = next(shape for shape in shapes if shape["properties"]["kind"] == "IPP")
    assert ipp["geometry"]["coordinates"] == [1.5218, 42.5063]


def test_what_no_export_writes(busy: Desk, tmp_path: Path) -> None:
    """An ending that is none, a mission that is none and a file that is there are refused; nothing is written."""
    assert "ends in none of" in busy.refused("export", "places", "Lost hiker", str(tmp_path / "places.doc"))
    assert "no mission 'Found'" in busy.refused("export", "log", "Found", str(tmp_path / "log.csv"))
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "log.csv").write_text("mine")
    assert "is there already" in busy.refused("export", "log", "Lost hiker", str(tmp_path / "log.csv"))
    assert (tmp_path / "log.csv").read_text() == "mine"
    assert "cannot be written" in busy.refused("export", "log", "Lost hiker", str(tmp_path / "none" / "log.csv"))
