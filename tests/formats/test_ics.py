"""The log and its places as files that other programs read."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Golden

from wayhome.formats.ics import GPX, LOG_HEADS, LogEntry, NamedPlace, geojson, gpx, ics214_csv, ics309_csv
from wayhome.formats.tabular import FORMULA_STARTS
from wayhome.values.places import Place
from wayhome.values.when import Moment

ZONE = "Europe/Andorra"
AT = Moment(1_772_349_300_000, ZONE)
ENTRIES = (
    LogEntry(number=1, at=AT, from_="Team 3", to="base", team="Team 3", words="starting, sweep", status="starting",
             place=Place(42.5063, 1.5218), operator="Ana", typed_at=AT.plus(minutes=1)),
    LogEntry(number=2, at=AT.plus(minutes=7), from_="base", to="all", words='=HYPERLINK("x")\nsecond line',
             operator="Ana", was=("first text",), flags=("'31T CH 7800 300': one missing",), relayed=True),
    LogEntry(number=3, at=AT.plus(hours=3), words="محمد at the hut 🏔️", place=Place(85.0, 10.0)),
)  # fmt: skip
PLACES = (
    NamedPlace(name="LKP <hut> & co", place=Place(42.5063, 1.5218), kind="LKP", at=AT, remark='seen by "Pau"'),
    NamedPlace(name="clue 1 山\x00", place=Place(-33.85, 151.21), kind="clue"),
)


def test_the_log_as_a_communications_log(golden: Golden) -> None:
    """ICS-309: one row a line, local time with zone, grid, amendments and flags; formulas disarmed."""
    written = ics309_csv(ENTRIES, ZONE)
    golden("ics309.csv", written)
    rows = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == LOG_HEADS
    assert rows[0]["time"] == "0815"
    assert rows[0]["grid (USNG)"] == "31T CH 78553 07051"
    assert rows[1]["message"].startswith("'=HYPERLINK")
    assert rows[2]["grid (USNG)"] == "85.00000, 10.00000"


def test_the_log_as_an_activity_log(golden: Golden) -> None:
    """ICS-214: time and notable activities."""
    golden("ics214.csv", ics214_csv(ENTRIES, ZONE))


def test_places_as_geojson(golden: Golden) -> None:
    """GeoJSON: longitude first, names whole."""
    written = geojson(PLACES)
    golden("places.geojson", written)
    features = json.loads(written)["features"]
    assert features[0]["geometry"]["coordinates"] == [1.5218, 42.5063]
    assert features[1]["properties"]["name"] == "clue 1 山\x00"


def test_places_as_gpx(golden: Golden) -> None:
    """GPX 1.1: waypoints with names escaped, characters that XML cannot hold left out."""
    written = gpx(PLACES, name="Mission")
    golden("places.gpx", written)
    points = ET.fromstring(written).findall(f"{{{GPX}}}wpt")
    assert [point.findtext(f"{{{GPX}}}name") for point in points] == ["LKP <hut> & co", "clue 1 山"]
    assert points[0].findtext(f"{{{GPX}}}time") == "2026-03-01T07:15:00Z"


@given(st.lists(st.text(), min_size=1, max_size=4))
def test_any_words_go_through_every_format(words: list[str]) -> None:
    """Whatever was said can be written in every format; no cell of the CSV is a formula."""
    entries = [LogEntry(number=n, at=AT, words=said) for n, said in enumerate(words)]
    rows = csv.reader(io.StringIO(ics309_csv(entries, ZONE).decode("utf-8-sig"), newline=""))
    assert not any(cell.startswith(FORMULA_STARTS) for row in rows for cell in row)
    places = [NamedPlace(name=said, place=Place(1, 2)) for said in words]
    assert len(ET.fromstring(gpx(places, name=words[0])).findall(f"{{{GPX}}}wpt")) == len(words)
