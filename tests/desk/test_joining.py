"""Coming in: invitations by a link, one's own password, channels and calendar, a roster from a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient
from tests.fakes.house import StandingClock, memory_house
from tests.fakes.quickly import quickly

from wayhome.assembly.local import LocalHouse
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.reaching import Reach
from wayhome.links.passwords import hashed
from wayhome.mission.intents.people import EnrolMember, SetPassword, WithdrawInvitation
from wayhome.values.ids import PersonId

PASSWORD = "leaf and stone"


class Desk:
    """A desk in memory: Tsunade commands, Naruto is new and has no password."""

    def __init__(self, client: TestClient[Any], house: LocalHouse, clock: StandingClock, founder: PersonId) -> None:
        self.client, self.house, self.clock, self.founder = client, house, clock, founder
        me = house.as_member(founder)
        me.do(SetPassword(member=founder, hash=hashed(PASSWORD)))
        self.naruto = PersonId(me.do(EnrolMember(name="Naruto", ref="n", rank="genin")).made)
        self.tokens = {"Tsunade": house.let_in(founder)}

    def post(self, path: str, body: dict[str, Any], who: str = "Tsunade") -> Any:
        headers = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self.client.post(path, json=body, headers=headers)

    def invite(self) -> str:
        """The path of a fresh link for Naruto."""
        address: str = self.post("/api/invite", {"member": self.naruto}).json()["address"]
        return address[address.index("/invite/") :]

    def take(self, path: str, password: str = "ramen ramen", again: str | None = None) -> Any:
        form = {"password": password, "again": password if again is None else again}
        return self.client.post(path, data=form, follow_redirects=False)


@pytest.fixture
def desk() -> Iterator[Desk]:
    clock = StandingClock()
    house, founder = memory_house("joining", clock)
    with quickly(), TestClient(build(Door(house)), base_url="http://leaf.test:8765") as client:
        yield Desk(client, house, clock, founder)


def test_a_link_lets_its_member_in_once(desk: Desk) -> None:
    """Whoever opens their link sets a password, is signed in at once, and can sign in by it from then on."""
    path = desk.invite()
    assert 'Welcome, <span dir="auto">Naruto</span>' in desk.client.get(path).text
    taken = desk.take(path)
    assert (taken.status_code, taken.headers["location"]) == (303, "/me")
    assert desk.client.get("/api/here").json()["name"] == "Naruto"
    assert desk.house.sign_in("Naruto", "ramen ramen")[1] == "Naruto"


def test_links_that_open_nothing_all_look_the_same(desk: Desk) -> None:
    """A link that was used, was replaced, was withdrawn, has run out or never was is answered in the same bytes."""
    used = desk.invite()
    desk.take(used)
    desk.client.cookies.clear()
    replaced, withdrawn = desk.invite(), desk.invite()
    desk.house.as_member(desk.founder).do(WithdrawInvitation(member=desk.naruto))
    expired = desk.invite()
    desk.clock.forward(hours=25)
    never = "/invite/" + "x" * 32
    looked = {desk.client.get(path).text for path in (used, replaced, withdrawn, expired, never)}
    tried = {desk.take(path).text for path in (used, replaced, withdrawn, expired, never)}
    assert len(looked) == 1
    assert looked == tried
    assert desk.client.get(never).status_code == 404


def test_looking_at_a_link_uses_nothing_up(desk: Desk) -> None:
    """A messenger that fetches a link for its preview does not spend it."""
    path = desk.invite()
    for _ in range(3):
        assert desk.client.get(path).status_code == 200
    assert desk.take(path).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [("short", "short", "8 to 1,000 letters"), ("ramen ramen", "ramen ramem", "not the same")],
)
def test_a_password_that_will_not_do_keeps_the_link_good(desk: Desk, password: str, again: str, words: str) -> None:
    """Too short, or typed in two ways: the page says so, and the link can be used still."""
    path = desk.invite()
    said = desk.take(path, password, again)
    assert said.status_code == 400
    assert words in said.text
    assert desk.take(path).status_code == 303


def test_inviting_is_for_those_who_keep_the_roster(desk: Desk) -> None:
    """A member without the duty is refused, and nobody at all is asked to sign in."""
    desk.tokens["Naruto"] = desk.house.let_in(desk.naruto)
    assert desk.post("/api/invite", {"member": desk.founder}, "Naruto").status_code == 409
    assert desk.post("/api/invite", {"member": desk.naruto}, "").status_code == 401


def test_an_invitation_comes_as_a_picture_too(desk: Desk) -> None:
    """The link is given as a QR code, with the time until which it holds; an address of this machine alone is said."""
    told = desk.post("/api/invite", {"member": desk.naruto, "hours": 2}).json()
    assert told["qr"].startswith("<svg")
    assert told["until"]["ms"] == desk.clock.now.ms + 2 * 3_600_000
    assert told["here_only"] is False
    assert told["address"].startswith("http://leaf.test:8765/invite/")


def test_a_name_cannot_break_out_of_the_page(desk: Desk) -> None:
    """A member's name is text on the welcome page, whatever is in it."""
    desk.naruto = PersonId(desk.house.as_member(desk.founder).do(EnrolMember(name='"><script>', ref="x")).made)
    text = desk.client.get(desk.invite()).text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_password_changes_for_whoever_knows_the_old_one(desk: Desk) -> None:
    """With the old one, another is set: this sign-in stays, every other of theirs ends."""
    other = desk.house.let_in(desk.founder)
    changed = desk.post("/api/password", {"old": PASSWORD, "new": "stone and leaf"})
    desk.tokens["Tsunade"] = changed.json()["token"]
    assert desk.house.sign_in("Tsunade", "stone and leaf")[1] == "Tsunade"
    again = desk.post("/api/password", {"old": "stone and leaf", "new": PASSWORD})
    desk.tokens["Tsunade"] = again.json()["token"]
    assert desk.post("/api/channels", {"urls": []}).status_code == 200
    desk.tokens["elsewhere"] = other
    assert desk.post("/api/password", {"old": PASSWORD, "new": "anything else"}, "elsewhere").status_code == 401


@pytest.mark.parametrize(
    ("old", "new", "words"), [("not it", "stone and leaf", "not your password"), (PASSWORD, "short", "8 to 1,000")]
)
def test_a_password_change_that_will_not_do_is_said(desk: Desk, old: str, new: str, words: str) -> None:
    """A wrong old password or a short new one is refused in words, and nothing changes."""
    refused = desk.post("/api/password", {"old": old, "new": new})
    assert refused.status_code == 409
    assert words in refused.json()["error"]["text"]
    assert desk.house.sign_in("Tsunade", PASSWORD)[1] == "Tsunade"


def test_an_invitation_from_this_machine_bears_the_address_that_phones_reach(desk: Desk) -> None:
    """Whoever invites at the server itself gives a link with the address by which others come in, if there is one."""
    desk.client.base_url = httpx.URL("http://127.0.0.1:8765")
    told = desk.post("/api/invite", {"member": desk.naruto}).json()
    assert told["here_only"] is True
    desk.client.app.state.reach = Reach(addresses=("https://192.168.0.5:8765",))
    told = desk.post("/api/invite", {"member": desk.naruto}).json()
    assert told["here_only"] is False
    assert told["address"].startswith("https://192.168.0.5:8765/invite/")


def test_channels_are_set_and_shown_without_their_secrets(desk: Desk) -> None:
    """One's own channels are kept as typed; what comes back is their kind alone."""
    told = desk.post("/api/channels", {"urls": ["mailtos://naruto:ramen@example.org"]}).json()
    assert told == {"channels": ["mail (mailtos)"]}
    assert desk.house.channels_of(desk.founder) == ("mailtos://naruto:ramen@example.org",)


def test_a_channel_that_will_not_do_is_named_by_its_line(desk: Desk) -> None:
    """A web address is no channel: the second line is named, its words are not repeated, and nothing is kept."""
    refused = desk.post("/api/channels", {"urls": ["mailtos://n:r@example.org", "https://secret.example.org"]})
    assert refused.status_code == 409
    assert refused.json()["error"]["text"].startswith("line 2: ")
    assert "secret" not in refused.json()["error"]["text"]
    assert desk.house.channels_of(desk.founder) == ()


def test_trying_without_a_channel_says_what_to_do(desk: Desk) -> None:
    """There is nothing to try before a channel is kept."""
    refused = desk.post("/api/channels/try", {})
    assert refused.status_code == 409
    assert "add one" in refused.json()["error"]["text"]


def test_a_calendar_has_a_secret_address_that_a_new_one_ends(desk: Desk) -> None:
    """The address opens the calendar; another ends it, and ending it makes none."""
    first = desk.post("/api/feed", {}).json()["address"]
    assert desk.client.get(first).text.startswith("BEGIN:VCALENDAR")
    second = desk.post("/api/feed", {}).json()["address"]
    assert desk.client.get(first).status_code == 404
    assert desk.post("/api/feed", {"off": True}).json() == {"address": ""}
    assert desk.client.get(second).status_code == 404


GOOD = "reference,name,rank,skills\n1,Tsunade,jounin,\n7,Sakura,genin,medic:3\n8,Kiba,chuunin,tracking:4\n"
BAD = "reference,name,rank\n7,Sakura,king\n7,Kiba,genin\n"


def file(text: str, **more: Any) -> dict[str, Any]:
    return {"files": [{"name": "roster.csv", "text": text}], **more}


def names(desk: Desk) -> set[str]:
    return {member.member_name for member in desk.house.as_member(desk.founder).read("roster").value}


def test_a_roster_is_looked_at_before_it_is_taken_over(desk: Desk) -> None:
    """Without `write` a file is only read: who would come is told, and nobody is on the roster by it."""
    told = desk.post("/api/roster", file(GOOD)).json()
    assert (told["members"], told["new"], told["wrong"], told["written"]) == (3, 2, 0, False)
    assert [row["name"] for row in told["rows"]] == ["Tsunade", "Sakura", "Kiba"]
    assert "Sakura" not in names(desk)


def test_a_roster_is_taken_over_whole(desk: Desk) -> None:
    """With `write` everybody of the file is on the roster; a second time changes nothing."""
    assert desk.post("/api/roster", file(GOOD, write=True)).json()["written"] is True
    assert {"Sakura", "Kiba"} <= names(desk)
    assert desk.post("/api/roster", file(GOOD, write=True)).json()["tells"] == ["0 new, 3 already on the roster"]


def test_a_wrong_row_stops_all_of_a_roster(desk: Desk) -> None:
    """Each wrong row is named with its line, column and remedy, and nothing is written."""
    told = desk.post("/api/roster", file(BAD, write=True)).json()
    assert told["written"] is False
    wrong = [(row["problem"]["line"], row["problem"]["column"]) for row in told["problems"] if row["problem"]["grave"]]
    assert wrong == [(2, "rank"), (3, "reference")]
    assert "Kiba" not in names(desk)


def test_importing_is_for_those_who_keep_the_roster(desk: Desk) -> None:
    """A member without the duty may not write a roster."""
    desk.tokens["Naruto"] = desk.house.let_in(desk.naruto)
    assert desk.post("/api/roster", file(GOOD, write=True), "Naruto").status_code == 409
    assert "Kiba" not in names(desk)
