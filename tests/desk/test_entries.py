"""Typed lines, as the desk sends them: what is written, what is flagged, and what is too much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from tests.fakes.house import START, StandingClock, memory_house

from wayhome.assembly.local import LocalHouse
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.entries import MOST_LETTERS, MOST_LINES
from wayhome.mission.intents.field import FormTeam
from wayhome.mission.intents.missions import RaiseAlarm
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place

KEY = "0123456789abcdef"


class Desk:
    """A desk in memory with a mission and its team 2."""

    def __init__(self, client: TestClient[Any], house: LocalHouse, clock: StandingClock, founder: PersonId) -> None:
        self.client, self.clock = client, clock
        me = house.as_member(founder)
        self.mission = MissionId(me.do(RaiseAlarm(name="Lost hiker", rank="B", place=Place(42.5, 1.5))).made)
        me.do(FormTeam(mission=self.mission, name="2"))
        client.headers["authorization"] = f"Bearer {house.let_in(founder)}"

    def send(self, *entries: dict[str, Any], **more: Any) -> Any:
        body = {"mission": self.mission, "entries": list(entries), **more}
        return self.client.post("/api/log", json=body)

    def enter(self, words: str, **more: Any) -> dict[str, Any]:
        """What became of one entry."""
        sent_ms = {"sent_ms": more.pop("sent_ms")} if "sent_ms" in more else {}
        answer = self.send({"key": KEY, "words": words, **more}, **sent_ms)
        assert answer.status_code == 200, answer.text
        outcome: dict[str, Any] = answer.json()[0]
        return outcome

    def log(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.client.get("/api/read/log", params={"mission": self.mission}).json()
        return found


@pytest.fixture
def desk() -> Iterator[Desk]:
    clock = StandingClock()
    house, founder = memory_house("entries", clock)
    with TestClient(build(Door(house)), base_url="http://leaf.test:8765") as client:
        yield Desk(client, house, clock, founder)


def test_the_same_entry_sent_again_is_written_once(desk: Desk) -> None:
    """An entry bears its device's key: sent again, it is the line that is there already."""
    first = desk.enter("2 to base: at the hut")
    again = desk.enter("2 to base: at the hut")
    assert (first["already"], again["already"], again["refused"]) == (False, True, "")
    assert [line["message"] for line in desk.log()] == ["at the hut"]


def test_a_line_of_five_megabytes_is_refused_with_its_size(desk: Desk) -> None:
    """What is too long is said with figures and with what to do, and the lines beside it are written."""
    answer = desk.send({"key": KEY, "words": "a" * 5_000_000}, {"key": KEY[::-1], "words": "2 to base: here"})
    long, short = answer.json()
    assert "5,000,000 letters" in long["refused"] and f"{MOST_LETTERS:,}" in long["refused"]
    assert "report" in long["refused"]
    assert short["line"] and [line["message"] for line in desk.log()] == ["here"]


def test_ten_thousand_lines_at_once_are_refused_with_their_number(desk: Desk) -> None:
    """Too many lines in one request are not written at all, and the answer says how many fit."""
    answer = desk.send(*({"key": f"{number:016d}", "words": "x"} for number in range(10_000)))
    problem = answer.json()["error"]
    assert answer.status_code == 413
    assert "10,000 lines" in problem["text"] and str(MOST_LINES) in problem["text"]
    assert desk.log() == []


@pytest.mark.parametrize("field", ["team", "sender", "receiver", "status", "radio_place", "clock"])
def test_a_field_that_is_too_long_is_named(desk: Desk, field: str) -> None:
    """A field beside the message that holds too much is refused by its name."""
    refused = desk.enter("here", **{field: "y" * 121})["refused"]
    assert field.replace("_", " ") in refused and "121" in refused


def test_an_empty_line_is_refused_and_does_not_stop_the_next(desk: Desk) -> None:
    """Each entry stands for itself."""
    empty, full = desk.send({"key": KEY, "words": "  "}, {"key": KEY[::-1], "words": "2 to base: here"}).json()
    assert "empty" in empty["refused"] and full["line"]


def test_a_radio_location_that_cannot_be_read_is_flagged_and_logged(desk: Desk) -> None:
    """It was said, so the line is written; what was not understood is shown beside it."""
    outcome = desk.enter("2 to base: here", radio_place="behind the moon")
    assert outcome["line"] and "behind the moon" in outcome["flags"][0]
    (line,) = desk.log()
    assert line["radio_place"] is None and "behind the moon" in line["flags"][0]


def test_a_radio_location_is_read_in_any_form(desk: Desk) -> None:
    """The place of the radio stands beside the place that was said."""
    desk.enter("2 to base: here", radio_place="42.5063,1.5218")
    assert desk.log()[0]["radio_place"] == {"lat": 42.5063, "lon": 1.5218}


def test_fields_of_the_dialog_go_before_what_is_read(desk: Desk) -> None:
    """Whoever picks a team or a status means it, whatever the words say."""
    desk.enter("at base", team="2", sender="2", receiver="all", status="working")
    (line,) = desk.log()
    assert (line["team"], line["sender"], line["receiver"], line["status"]) == ("2", "2", "all", "working")


def test_what_waited_is_logged_at_the_time_it_was_typed(desk: Desk) -> None:
    """An entry that waited for a link keeps its own time."""
    desk.enter("2 to base: here", at_ms=START.ms - 1_800_000, sent_ms=START.ms)
    assert desk.log()[0]["at"]["ms"] == START.ms - 1_800_000


def test_a_clock_that_goes_wrong_is_put_right(desk: Desk) -> None:
    """A laptop five minutes fast writes the right time, and no line seems to come from the future."""
    fast = START.ms + 300_000
    outcome = desk.enter("2 to base: here", at_ms=fast - 60_000, sent_ms=fast)
    assert outcome["flags"] == []
    assert desk.log()[0]["at"]["ms"] == START.ms - 60_000


def test_a_time_of_day_that_was_typed_counts(desk: Desk) -> None:
    """`0830` is half past eight where the mission lives, seen from when it was typed."""
    desk.enter("2 to base: here", clock="0830", at_ms=START.ms)
    assert desk.log()[0]["at"]["ms"] == START.ms - 30 * 60_000


def test_a_time_that_is_none_is_flagged(desk: Desk) -> None:
    """No line is lost to a mistyped time: it keeps the time it was typed at."""
    outcome = desk.enter("2 to base: here", clock="2575", at_ms=START.ms)
    assert "2575" in outcome["flags"][0]
    assert desk.log()[0]["at"]["ms"] == START.ms


def test_a_moment_outside_the_calendar_is_refused_alone(desk: Desk) -> None:
    """A device that lost its clock altogether is told so, and the other lines are written."""
    lost, well = desk.send(
        {"key": KEY, "words": "here", "at_ms": -(10**16)}, {"key": KEY[::-1], "words": "there"}
    ).json()
    assert "1900" in lost["refused"] and well["line"]


def test_one_key_makes_a_line_a_clue(desk: Desk) -> None:
    """What the operator takes for a clue is one, whatever words were used."""
    outcome = desk.enter("2 to base: a torn sleeve by the stream", clue=True)
    assert "clue 1" in outcome["tells"]
    clues = desk.client.get("/api/read/clues", params={"mission": desk.mission}).json()
    assert [clue["words"] for clue in clues] == ["a torn sleeve by the stream"]


def test_a_line_too_long_to_be_read_beforehand_says_so(desk: Desk) -> None:
    """Understanding is refused in the same words as writing."""
    answer = desk.client.post("/api/understand", json={"mission": desk.mission, "words": "b" * 4_001})
    assert answer.status_code == 413 and "4,001 letters" in answer.json()["error"]["text"]
