"""The map's own addresses: tiles of the ground, where he can be, and the map as a picture or a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.fakes.desk import Answered, Desk
from tests.fakes.ground import MIDDLE, ground
from tests.fakes.house import memory_house

from wayhome.mission.intents.missions import RaiseAlarm, SetInitialPoint
from wayhome.mission.intents.people import EnrolMember
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.values.ids import MissionId, PersonId


class Mapped:
    """A desk with ground under an open mission, and with a secret one; Naruto knows only of the open one."""

    def __init__(self) -> None:
        self.house, self.founder = memory_house("mapping")
        self.house.terrains.save("hills", ground(41))
        self.me = self.house.as_member(self.founder)
        self.naruto = PersonId(self.me.do(EnrolMember(name="Naruto", ref="naruto", rank="genin")).made)
        self.open, self.secret = (self._mission(secret=secret) for secret in (False, True))
        self.desk = Desk(self.house)

    def _mission(self, *, secret: bool) -> MissionId:
        mission = MissionId(self.me.do(RaiseAlarm(name="Lost hiker", rank="B", place=MIDDLE, secret=secret)).made)
        self.me.do(SetInitialPoint(mission=mission, place=MIDDLE, at=self.me.now().plus(minutes=-20)))
        return mission

    def get(self, path: str, who: PersonId | None = None) -> Answered:
        address, _, query = path.partition("?")
        return self.desk.ask("GET", address, token=self.house.let_in(who or self.founder), raw_query=query)


@pytest.fixture(scope="module")
def mapped() -> Iterator[Mapped]:
    yield Mapped()


def test_the_ground_says_what_there_are_tiles_of(mapped: Mapped) -> None:
    """Bounds hold the ground, zooms rise, and the sources are named."""
    (found,) = mapped.get("/api/terrains").json()
    west, south, east, north = found["bounds"]
    assert found["name"] == "hills" and west < MIDDLE.lon < east and south < MIDDLE.lat < north
    assert 0 <= found["min_zoom"] < found["max_zoom"] and found["version"]
    assert isinstance(found["attribution"], str)


def test_a_tile_is_kept_for_good_only_by_its_version(mapped: Mapped) -> None:
    """A tile is a PNG; asked for with the version of its ground it may be kept, else it is asked for again."""
    (found,) = mapped.get("/api/terrains").json()
    address = f"/api/tiles/hills/{found['min_zoom']}/0/0.png"
    kept, asked_again = mapped.get(f"{address}?v={found['version']}"), mapped.get(f"{address}?v=old")
    assert kept.body.startswith(b"\x89PNG") and kept.body == asked_again.body
    assert "immutable" in kept.header("cache-control") and "public" not in kept.header("cache-control")
    assert "immutable" not in asked_again.header("cache-control")


def test_what_is_not_a_tile_is_refused_in_words(mapped: Mapped) -> None:
    """An unknown ground or a number that is none is nothing there; a stranger signs in first."""
    assert mapped.get("/api/tiles/nowhere/3/1/1.png").status == 404
    assert mapped.get("/api/tiles/hills/3/1/x.png").status == 404
    assert mapped.get("/api/tiles/hills/99/1/1.png").status == 400
    assert mapped.desk.ask("GET", "/api/tiles/hills/3/1/1.png").status == 401
    assert mapped.desk.ask("GET", "/api/terrains").status == 401


def test_where_he_can_be_is_geojson_of_the_last_advice(mapped: Mapped) -> None:
    """It is empty until somebody asked; then it holds the bands, and what they cannot say."""
    address = f"/api/missions/{mapped.open}/where.geojson"
    assert mapped.get(address).json() == {"type": "FeatureCollection", "features": []}
    mapped.me.advise("search_map", mission=mapped.open, form="geojson", asked=SearchQuestion(category="Hiker"))
    found = mapped.get(address).json()
    kinds = [one["properties"]["kind"] for one in found["features"]]
    assert {"isochrone", "distance ring", "likeliest ground"} == set(kinds)
    assert any("not validated" in said for said in found["wayhome"]["cannot_say"])


def test_the_map_comes_as_a_picture_and_as_a_page(mapped: Mapped) -> None:
    """A PNG, or a PDF of A3 at the scale that was asked for, around the place that was asked for."""
    address = f"/api/missions/{mapped.open}/map"
    png = mapped.get(f"{address}.png")
    pdf = mapped.get(f"{address}.pdf?paper=A3&scale=10000&lying=true&lat={MIDDLE.lat}&lon={MIDDLE.lon}")
    assert png.header("content-type") == "image/png" and png.body.startswith(b"\x89PNG")
    assert pdf.header("content-type") == "application/pdf"
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf.body)
    assert box is not None and [round(float(side) / 72, 2) for side in box.groups()] == [16.54, 11.69]


@pytest.mark.parametrize(
    ("query", "status"), [("paper=A0", 409), ("scale=3", 409), ("lat=91&lon=0", 400), ("lat=0&lon=0", 409)]
)
def test_a_sheet_that_cannot_be_drawn_says_why(mapped: Mapped, query: str, status: int) -> None:
    """A wrong paper, scale or place is said in words, never as a broken picture."""
    answer = mapped.get(f"/api/missions/{mapped.open}/map.png?{query}")
    assert answer.status == status and answer.json()["error"]["text"]


@pytest.mark.parametrize("what", ["where.geojson", "map.png", "map.pdf"])
def test_a_hidden_mission_is_as_one_that_is_not_there(mapped: Mapped, what: str) -> None:
    """Whoever is not read in gets the same bytes for it as for an id that names nothing."""
    hidden, absent = (
        mapped.get(f"/api/missions/{mission}/{what}", mapped.naruto) for mission in (mapped.secret, "0" * 32)
    )
    assert hidden.status == 404 and hidden.whole() == absent.whole()
    assert mapped.get(f"/api/missions/{mapped.secret}/{what}").status == 200
