"""What somebody may send who means harm, or whose device does: it is refused in words, and nothing else happens."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.fakes.desk import Answered, Desk
from tests.fakes.scene import Scene

from wayhome.desk.app import MOST_BYTES
from wayhome.desk.problems import Problems
from wayhome.mission.intents import people as p
from wayhome.usecases.reading import READS, Reading
from wayhome.values.ids import PersonId

KEY = "k" * 16
ELSEWHERE = ("http://evil.example", "null", "http://desk.evil.example", "https://desk:99", "")


class Bench:
    """A desk with a mission, and an operator signed in."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.desk = Desk(self.scene.house)
        self.token = self.scene.house.let_in(self.scene["Shizune"])

    def post(self, path: str, body: bytes, **headers: str) -> Answered:
        return self.desk.ask("POST", path, token=self.token, body=body, headers=headers)

    def lines(self) -> list[str]:
        seen = self.scene.house.as_member(self.scene["Shizune"]).read("log", mission=self.scene.mission)
        return [line.words for line in seen.value]

    def members(self) -> int:
        return len(self.scene.world.organisation.members)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def refused(answered: Answered, *statuses: int) -> str:
    """Checks that it was refused in the one shape; what was said."""
    assert answered.status in statuses, answered
    problem = msgspec.json.decode(answered.body, type=Problems).error
    assert problem.text
    assert problem.do
    assert "Traceback" not in problem.text
    assert answered.header("x-content-type-options") == "nosniff"
    assert answered.header("content-security-policy")
    assert answered.header("cache-control") == "no-store"
    return problem.text


def entry(bench: Bench, words: str) -> bytes:
    return msgspec.json.encode({"mission": bench.scene.mission, "entries": [{"key": KEY, "words": words}]})


# Too much


def test_a_line_of_five_megabytes_is_refused_and_said_to_be_too_long(bench: Bench) -> None:
    """A pasted book does not enter the log, does not end the desk, and is told how long a line may be."""
    answered = bench.post("/api/log", entry(bench, "x" * 5_000_000))
    assert "4,000" in answered.body.decode()
    assert bench.lines() == []


def test_ten_thousand_lines_at_once_are_refused_whole(bench: Bench) -> None:
    """Of ten thousand pasted lines none is written half-way; how many fit is said."""
    entries = [{"key": f"{number:016d}", "words": "x"} for number in range(10_000)]
    body = msgspec.json.encode({"mission": bench.scene.mission, "entries": entries})
    assert "200" in refused(bench.post("/api/log", body), 413)
    assert bench.lines() == []


def test_one_byte_more_than_fits_is_refused(bench: Bench) -> None:
    """The longest body that is read is eight megabytes; one byte more is refused before anything is made of it."""
    refused(bench.post("/api/log", b" " * (MOST_BYTES + 1)), 413)


@pytest.mark.parametrize("number", [-1, 10**9, 10**30])
def test_more_lines_than_there_can_be_cannot_be_asked_for(bench: Bench, number: int) -> None:
    """A count in an address that is no count is refused, and does not reach the query."""
    query = {"mission": bench.scene.mission, "limit": number}
    refused(bench.desk.ask("GET", "/api/read/log", token=bench.token, query=query), 400)


# Not what it says it is

NOT_JSON = {
    "nothing": b"",
    "half": b'{"mission":',
    "a list": b"[]",
    "deep": b"[" * 100_000,
    "deep and closed": b'{"mission":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "no UTF-8": b'{"mission":"\xff\xfe"}',
    "UTF-16": '{"mission":"x"}'.encode("utf-16"),
    "a lone surrogate": b'{"mission":"\\ud800","entries":[]}',
    "not a number": b'{"mission":NaN}',
    "twice": b'{"mission":"a"}{"mission":"b"}',
    "a NUL": b"\x00",
}


@pytest.mark.parametrize("what", NOT_JSON)
def test_a_body_that_is_no_json_is_refused(bench: Bench, what: str) -> None:
    """Whatever is wrong with a body is the sender's to mend, never a fault of ours."""
    refused(bench.post("/api/log", NOT_JSON[what]), 400)
    refused(bench.post("/api/do/LogLine", NOT_JSON[what]), 400)
    assert bench.lines() == []


def test_a_form_cannot_state_a_deed(bench: Bench) -> None:
    """A form of another site can send no JSON, and a form is not taken for JSON."""
    answered = bench.desk.ask("POST", "/api/do/EnrolMember", token=bench.token, form={"name": "Madara"})
    refused(answered, 400, 415)


@pytest.mark.parametrize("words", ["a\x00b", "\u202e\u0000", "<script>alert(1)</script>", "=1+1", "a\r\nb"])
def test_odd_letters_are_kept_as_they_were_typed(bench: Bench, words: str) -> None:
    """Controls, markup and formulas are words like all others: kept whole, and sent as JSON, never as a page."""
    assert bench.post("/api/log", entry(bench, words)).status == 200
    answered = bench.desk.ask("GET", "/api/read/log", token=bench.token, query={"mission": bench.scene.mission})
    assert answered.json()[0]["words"] == words
    assert answered.header("content-type").startswith("application/json")


# Where it has no business


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "..%2f..%2fapp.py",
        "/etc/passwd",
        "../../../../etc/passwd",
        "%2e%2e/app.py",
        "\x00",
        ".",
    ],
)
def test_no_file_but_our_own_is_given_out(bench: Bench, path: str) -> None:
    """Files are looked up by their names in a list, so that no path leads out of it."""
    refused(bench.desk.ask("GET", f"/static/x/{path}"), 404)


def test_nothing_that_is_asked_becomes_a_header(bench: Bench) -> None:
    """Line breaks in an address, an id or a name end up in no header."""
    for path, query in (("/api/read/mission", {"mission": "a\r\nset-cookie: a=b"}), ("/m/a\r\nset-cookie: a=b", {})):
        answered = bench.desk.ask("GET", path, token=bench.token, query=query)
        assert "set-cookie" not in dict(answered.headers)
        assert not any("\n" in value or "\r" in value for _, value in answered.headers)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE", "PROPFIND", "HEAD"])
def test_methods_that_nobody_wrote_do_nothing(bench: Bench, method: str) -> None:
    """Only what an address is made for is done there."""
    refused(bench.desk.ask(method, "/api/read/roster", token=bench.token), 405)


# From elsewhere


@pytest.mark.parametrize("origin", ELSEWHERE)
@pytest.mark.parametrize("path", ["/login", "/unlock", "/logout", "/invite/guessed", "/api/sign-in", "/api/sign-out"])
def test_a_page_of_another_site_cannot_sign_anybody_in_or_out(bench: Bench, path: str, origin: str) -> None:
    """Not as somebody else either: what is then typed would be theirs to read."""
    form = {"name": "Shizune", "password": "guessed", "passphrase": "guessed"}
    refused(bench.desk.ask("POST", path, token=bench.token, form=form, headers={"origin": origin}), 403)
    assert bench.desk.ask("GET", "/api/here", token=bench.token).status == 200


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_page_of_another_site_can_neither_act_nor_listen(bench: Bench, origin: str) -> None:
    """The cookie of whoever is signed in here is worth nothing to it."""
    before = bench.members()
    founder = bench.scene.house.let_in(bench.scene["Tsunade"])
    deed = {"name": "Madara"}
    refused(bench.desk.ask("POST", "/api/do/EnrolMember", token=founder, json=deed, headers={"origin": origin}), 403)
    assert bench.members() == before
    assert bench.desk.listen("/api/live", token=bench.token, headers={"origin": origin}) == (4401,)


def test_our_own_pages_and_programs_may(bench: Bench) -> None:
    """What comes from our own page, or with a bearer from wherever, is done."""
    founder = bench.scene.house.let_in(bench.scene["Tsunade"])
    own = {"origin": "http://desk"}
    assert bench.desk.ask("POST", "/api/do/EnrolMember", token=founder, json={"name": "A"}, headers=own).status == 200
    bearer = {"authorization": f"Bearer {founder}", "origin": "http://elsewhere.example"}
    assert bench.desk.ask("POST", "/api/do/EnrolMember", json={"name": "B"}, headers=bearer).status == 200
    assert isinstance(bench.desk.listen("/api/live", token=bench.token, headers=own)[0], str)


# As nobody

WRONG_TOKENS = ("", " ", "x", "0" * 32, "\x00", "é", "a" * 10_000, "../..", '"', ";")


@pytest.mark.parametrize("token", WRONG_TOKENS)
def test_a_wrong_token_is_nobody(bench: Bench, token: str) -> None:
    """A token that was never given out opens nothing, whatever it looks like, as a cookie and as a bearer."""
    for headers in ({"authorization": f"Bearer {token}"}, {"cookie": f"wayhome={token}"}, {"authorization": token}):
        refused(bench.desk.ask("GET", "/api/read/roster", headers=headers), 401)
    assert bench.desk.listen("/api/live", headers={"cookie": f"wayhome={token}"}) == (4401,)


def test_a_session_that_has_run_out_is_nobody(bench: Bench) -> None:
    """After a day one signs in again; the page says so by leading there."""
    bench.scene.clock.forward(hours=25)
    refused(bench.desk.ask("GET", "/api/read/roster", token=bench.token), 401)
    assert bench.desk.ask("GET", "/board", token=bench.token).header("location") == "/login"
    assert bench.desk.listen("/api/live", token=bench.token) == (4401,)


def test_the_token_of_somebody_erased_is_nobody(bench: Bench) -> None:
    """Whoever is erased from the record is signed in nowhere any more."""
    token = bench.scene.house.let_in(bench.scene["Choji"])
    founder = bench.scene.house.let_in(bench.scene["Tsunade"])
    deed = {"member": bench.scene["Choji"], "reason": "asked"}
    assert bench.desk.ask("POST", "/api/do/ErasePerson", token=founder, json=deed).status == 200
    refused(bench.desk.ask("GET", "/api/read/roster", token=token), 401)


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(bench: Bench) -> None:
    """A cookie that was copied before is worth nothing after."""
    assert bench.desk.ask("POST", "/logout", token=bench.token).status == 303
    refused(bench.desk.ask("GET", "/api/read/roster", token=bench.token), 401)


# A fault of our own


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def broken(_reading: Reading) -> Any:
        raise ZeroDivisionError("Kagerou is at the ford")

    monkeypatch.setitem(READS, "bonds", broken)
    yield


@pytest.mark.usefixtures("faulty")
def test_a_fault_of_ours_is_told_in_words_and_written_down(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever asked hears that it was a fault, and not what it said; the traceback stands where the desk runs."""
    with caplog.at_level(logging.ERROR):
        answered = bench.desk.ask("GET", "/api/read/bonds", token=bench.token)
    assert "Kagerou" not in answered.body.decode()
    assert "inside Wayhome" in refused(answered, 500)
    assert "ZeroDivisionError" in caplog.text
    assert bench.desk.ask("GET", "/api/read/roster", token=bench.token).status == 200


def test_somebody_who_is_not_on_the_roster_can_be_no_member(bench: Bench) -> None:
    """An id that names nobody is refused where a deed or a read takes one."""
    nobody = PersonId("f" * 32)
    founder = bench.scene.house.let_in(bench.scene["Tsunade"])
    rename = msgspec.to_builtins(p.RenameMember(member=nobody, name="Madara"))
    refused(bench.desk.ask("POST", "/api/do/RenameMember", token=founder, json=rename), 409)
    refused(bench.desk.ask("GET", "/api/read/member", token=founder, query={"member": nobody}), 404)
