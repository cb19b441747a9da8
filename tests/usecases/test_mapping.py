"""Advice on where he can be: what it is made of, what is written down, and who may have it."""

from __future__ import annotations

import json

import msgspec
import pytest
from tests.cli.scene import Scene
from tests.fakes.ground import MIDDLE, ground

from wayhome.assembly.serving import answer
from wayhome.assembly.wire import Call, Reply, shape
from wayhome.mission.intents.field import ReportCasualty, ReportClue, ReportPlace, WithdrawClue
from wayhome.mission.intents.missions import DescribeSubject, SetInitialPoint
from wayhome.usecases.advising import ADVICE, AdviceError
from wayhome.usecases.ports import NoTerrain
from wayhome.usecases.rows import NothingThere
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.mapping import CutOffSheet, MapSheet, Ours
from wayhome.usecases.search.outlined import MOST_CORNERS
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId
from wayhome.values.places import Place


class Search:
    """A mission with ground under it; its initial point half an hour old."""

    def __init__(self, *, secret: bool = False, point: bool = True) -> None:
        self.scene = Scene()
        self.scene.house.terrains.save("hills", ground())
        self.scene.under_way(secret=secret)
        self.me: Session = self.scene.house.as_member(self.scene.founder)
        self.mission = MissionId(self.me.read("missions").value[0].mission)
        if point:
            self.me.do(SetInitialPoint(mission=self.mission, place=MIDDLE, at=self.me.now().plus(minutes=-30)))

    def map(self, form: str = "geojson", me: Session | None = None, **asked: object) -> MapSheet:
        question = msgspec.convert(asked, SearchQuestion)
        sheet = (me or self.me).advise("search_map", mission=self.mission, form=form, asked=question).value
        assert isinstance(sheet, MapSheet)
        return sheet

    def cut_off(self, *ours: Ours, **asked: object) -> CutOffSheet:
        question = msgspec.convert(asked, SearchQuestion)
        sheet = self.me.advise("cut_off", mission=self.mission, ours=ours, asked=question).value
        assert isinstance(sheet, CutOffSheet)
        return sheet


def test_what_is_left_open_is_taken_from_the_mission() -> None:
    """Hours count from the initial point; the category is the one decided; both are said."""
    search = Search()
    search.me.do(DescribeSubject(mission=search.mission, fields={"activity": "hiking"}, category="Hiker"))
    sheet = search.map(ecoregion="temperate", country="mountainous")
    assert sheet.hours == 0.5
    assert sheet.rings_km["50 %"] == 3.06
    said = " ".join((*sheet.facts, *sheet.cautions))
    assert "as decided for this mission" in said and "nobody said otherwise" in said and "not validated" in said


def test_without_a_category_there_are_no_rings_and_it_says_why() -> None:
    """Nothing is drawn that nobody decided on."""
    sheet = Search().map()
    assert sheet.rings_km == {}
    assert any("nobody has decided on a category" in said for said in sheet.cautions)


def test_an_evader_is_not_a_lost_hiker() -> None:
    """Who does not want to be found gets an evader's pace and no rings; the border is told with its time."""
    search = Search()
    lost = search.map(hours=1.0)
    search.me.do(DescribeSubject(mission=search.mission, fields={"evading": "yes"}, category="Evader"))
    evader = search.map(hours=1.0)
    assert evader.rings_km == {} and evader.area_km2 > lost.area_km2
    assert any("an evader is not a lost person" in said for said in evader.cautions)
    assert any("border" in said for said in evader.facts)
    assert search.map(hours=1.0, evader=False, walker="hiker").area_km2 == lost.area_km2


def test_markers_are_what_the_viewer_may_read() -> None:
    """Teams, clues that stand and casualties are on the map; a withdrawn clue is not."""
    search = Search()
    search.me.do(ReportPlace(mission=search.mission, team="3", place=Place(42.505, 1.56)))
    search.me.do(ReportClue(mission=search.mission, words="red cap", place=Place(42.502, 1.55)))
    wrong = search.me.do(ReportClue(mission=search.mission, words="wrong boot", place=Place(42.503, 1.55)))
    search.me.do(WithdrawClue(mission=search.mission, clue=wrong.made, reason="ours"))  # type: ignore[arg-type]
    search.me.do(ReportCasualty(mission=search.mission, who="Ana", triage="red", place=Place(42.5, 1.54)))
    body = search.map().body.decode()
    kinds = {f["properties"]["kind"] for f in json.loads(body)["features"]}
    assert {"IPP", "team", "clue", "casualty"} <= kinds
    assert "red cap" in body and "wrong boot" not in body


def test_the_advice_is_written_down_and_the_same_question_has_the_same_digest() -> None:
    """Engine, seed, work and inputs are on record, and coarse outlines; the bytes of the map are not."""
    search = Search()
    search.map(hours=0.5)
    search.map(hours=0.5)
    search.map(hours=0.7)
    search.map(form="png", hours=0.5)
    kept = [a for a in search.me.read("advice", mission=search.mission).value if a.engine == "search.map"]
    assert [a.seed for a in kept] == [1] * 4 and {a.work for a in kept} == {"deterministic"}
    assert kept[0].inputs_digest == kept[1].inputs_digest == kept[3].inputs_digest != kept[2].inputs_digest
    assert kept[0].result == kept[1].result
    assert all(len(a.result) < 40_000 for a in kept)


def test_the_last_advice_is_read_again_as_outlines() -> None:
    """Whoever may see the mission reads where he can be without asking the engine again, with every caution."""
    search = Search()
    assert search.me.read("where", mission=search.mission).value is None
    search.map(hours=0.3)
    search.scene.clock.forward(minutes=1)
    sheet = search.map(hours=0.5)
    before = len(search.me.read("advice", mission=search.mission).value)
    where = search.me.read("where", mission=search.mission).value
    assert where.outlines.hours == 0.5 and where.made.ms == search.me.now().ms
    assert where.outlines.cautions == sheet.cautions and any("not validated" in said for said in sheet.cautions)
    assert [band.hours for band in where.outlines.bands] == sorted(
        (band.hours for band in where.outlines.bands), reverse=True
    )
    corners = [corner for band in where.outlines.bands for rings in band.polygons for ring in rings for corner in ring]
    assert 0 < len(corners) <= MOST_CORNERS * len(where.outlines.bands)
    assert all(abs(lon - MIDDLE.lon) < 0.2 and abs(lat - MIDDLE.lat) < 0.2 for lon, lat in corners)
    assert len(search.me.read("advice", mission=search.mission).value) == before


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"hours": 0.0}, "refused"),
        ({"hours": -3.0}, "refused"),
        ({"hours": 1e9}, "refused"),
        ({"walker": "horse"}, "no walker called"),
        ({"category": "Wanderer"}, "Hiker"),
        ({"category": "Hiker", "ecoregion": "arctic"}, "temperate"),
        ({"category": "Hiker", "country": "hilly"}, "mountainous"),
        ({"start": "LKP"}, "no LKP yet"),
        ({"start": "moon"}, "IPP"),
    ],
)
def test_a_wrong_question_is_refused_in_words(asked: dict[str, object], says: str) -> None:
    """What cannot be meant is refused with what can be, and nothing is written down."""
    search = Search()
    with pytest.raises(AdviceError, match=says):
        search.me.advise("search_map", mission=search.mission, form="png", asked=msgspec.convert(asked, SearchQuestion))
    assert search.me.read("advice", mission=search.mission).value == ()


def test_no_point_no_ground_and_no_form_are_said() -> None:
    """Without an initial point, off every map, on an unknown ground or in an unknown form: each in its own words."""
    with pytest.raises(AdviceError, match="mission ipp"):
        Search(point=False).map()
    search = Search()
    with pytest.raises(NoTerrain):
        search.map(terrain="nowhere")
    with pytest.raises(AdviceError, match="no map as 'bmp'"):
        search.map(form="bmp")
    search.me.do(SetInitialPoint(mission=search.mission, place=Place(10.0, 10.0), at=search.me.now().plus(hours=-1)))
    with pytest.raises(AdviceError, match="no terrain here holds"):
        search.map()
    with pytest.raises(AdviceError, match="km off the map"):
        search.map(terrain="hills")


def test_a_point_of_this_minute_asks_for_hours() -> None:
    """No time has passed yet: how far ahead is asked for, never guessed."""
    search = Search(point=False)
    search.me.do(SetInitialPoint(mission=search.mission, place=MIDDLE, at=search.me.now()))
    with pytest.raises(AdviceError, match="say for how many hours"):
        search.map()
    assert search.map(hours=0.25).hours == 0.25


def test_a_secret_mission_and_none_at_all_look_the_same() -> None:
    """Somebody not read in gets the same words for a hidden mission as for one that does not exist, and no map."""
    search = Search(secret=True)
    outsider = search.scene.house.as_member(search.scene.enrol("Outsider"))
    told = []
    for mission in (search.mission, MissionId("0" * 32)):
        for advice, rest in (("search_map", {"form": "png"}), ("search_map", {"form": "bmp"}), ("cut_off", {})):
            with pytest.raises(NothingThere) as refused:
                outsider.advise(advice, mission=mission, **rest)
            told.append(str(refused.value))
    assert len(set(told)) == 1
    assert search.map().area_km2 > 0


def test_ours_stand_where_he_comes_later() -> None:
    """Each place is reached by one of ours, setting out now, a quarter of an hour or more before he can be there."""
    search = Search()
    sheet = search.cut_off(Ours("Alpha", Place(42.5, 1.584)), Ours("Bravo", Place(42.478, 1.55)), hours=0.1)
    assert sheet.places
    for place in sheet.places:
        assert place.ours_at.ms >= search.me.now().ms
        assert place.his_at.ms - place.ours_at.ms >= 14 * 60_000
        assert place.name in ("Alpha", "Bravo")
    assert sheet.border_at is not None and sheet.border_at.ms > search.me.now().ms
    assert any("not validated on finds" in said for said in sheet.cautions)


def test_teams_set_out_from_where_they_were_last() -> None:
    """Without names, every team with a known place is ours; with none, it says so."""
    search = Search()
    with pytest.raises(AdviceError, match="no team has a known place"):
        search.cut_off()
    search.me.do(ReportPlace(mission=search.mission, team="3", place=Place(42.48, 1.55)))
    assert [one.name for one in search.cut_off().ours] == ["3"]


def test_a_map_comes_over_the_socket_as_it_was_made() -> None:
    """A running server sends the same bytes and words that its own process would get."""
    search = Search()
    body = msgspec.json.encode({"mission": search.mission, "form": "png", "asked": SearchQuestion(hours=0.5)})
    reply = msgspec.msgpack.decode(_answered(search, Call(what="advise", name="search_map", body=body)), type=Reply)
    assert reply.fault is None
    assert msgspec.json.decode(reply.body, type=shape(ADVICE, "search_map")) == search.map(form="png", hours=0.5)


def _answered(search: Search, call: Call) -> bytes:
    """What the server answers to somebody signed in."""

    def session(_token: str, *, openly: bool = False) -> Session:
        return search.me

    search.scene.house.session = session  # type: ignore[method-assign, assignment]
    return answer(search.scene.house, msgspec.msgpack.encode(call))
