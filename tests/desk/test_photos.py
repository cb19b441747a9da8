"""Photos at the desk: sent as a device wrote them, shown as pictures, hidden as if they had never been."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from tests.fakes.desk import Answered, Desk
from tests.fakes.house import memory_house
from tests.fakes.photos import TELLING, from_a_phone, photo_bytes

from wayhome.mission.intents.missions import RaiseAlarm
from wayhome.mission.intents.people import EnrolMember
from wayhome.mission.plain_jpeg import is_plain
from wayhome.values.ids import MissionId, PersonId, derive

WORDS = "足跡, a boot print"


class Photographed:
    """A desk with an open mission and a secret one; Naruto knows only of the open one."""

    def __init__(self) -> None:
        self.house, self.founder = memory_house("photos")
        me = self.house.as_member(self.founder)
        self.naruto = PersonId(me.do(EnrolMember(name="Naruto", ref="naruto", rank="genin")).made)
        self.open, self.secret = (
            MissionId(me.do(RaiseAlarm(name="Lost hiker", rank="B", secret=secret)).made) for secret in (False, True)
        )
        self.desk = Desk(self.house)

    def send(
        self, body: bytes, *, mission: str = "", who: PersonId | None = None, name: str = "boot.jpg", **headers: str
    ) -> Answered:
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        sent = {"content-type": "image/jpeg", "photo-words": quote(WORDS), "photo-name": quote(name), **named}
        token = self.house.let_in(who or self.founder)
        path = f"/api/missions/{mission or self.open}/photos"
        return self.desk.ask("POST", path, token=token, body=body, headers=sent)

    def get(self, photo: str, *, mission: str = "", who: PersonId | None = None) -> Answered:
        path = f"/api/missions/{mission or self.open}/photos/{photo}.jpg"
        return self.desk.ask("GET", path, token=self.house.let_in(who or self.founder))

    def do(self, intent: str, **fields: object) -> Answered:
        body = {"intent": intent, **fields}
        return self.desk.ask("POST", f"/api/do/{intent}", token=self.house.let_in(self.founder), json=body)


@pytest.fixture
def at() -> Iterator[Photographed]:
    yield Photographed()


def test_another_member_sees_the_picture_and_nothing_beside_it(at: Photographed) -> None:
    """What a phone wrote into the file is not in what comes back; name and words are as they were given."""
    sent = at.send(from_a_phone(), name="D:\\naruto\\足跡.jpg")
    assert sent.status == 201, sent.body
    shown = at.get(sent.json()["made"], who=at.naruto)
    assert shown.status == 200 and is_plain(shown.body)
    assert not any(words.encode() in shown.body for words in TELLING)
    query = {"mission": at.open}
    listed = at.desk.ask("GET", "/api/read/photos", token=at.house.let_in(at.naruto), query=query).json()
    assert [(one["name"], one["words"]) for one in listed] == [("足跡.jpg", WORDS)]


def test_a_photo_is_never_a_page(at: Photographed) -> None:
    """It is a JPEG, in a sandbox in which nothing runs; not kept, not sniffed, not shown by another site."""
    shown = at.get(at.send(from_a_phone()).json()["made"])
    assert shown.header("content-type") == "image/jpeg"
    assert shown.header("content-security-policy") == "default-src 'none'; sandbox"
    assert shown.header("x-content-type-options") == "nosniff"
    assert shown.header("cache-control") == "no-store"
    assert shown.header("cross-origin-resource-policy") == "same-origin"
    assert shown.header("content-disposition") == 'inline; filename="photo.jpg"'
    assert sum(name == "content-security-policy" for name, _ in shown.headers) == 1


def test_a_hidden_photo_is_answered_as_one_that_never_was(at: Photographed) -> None:
    """By any address, the answer to an outsider is the same bytes; so it is for sending to a mission that is hidden."""
    hidden = at.send(from_a_phone(), mission=at.secret).json()["made"]
    never, nowhere = str(derive("no photo")), str(derive("no mission"))
    told = at.get(never, mission=nowhere, who=at.naruto)
    assert told.status == 404
    for mission in (at.secret, at.open, nowhere):
        for photo in (hidden, never):
            assert at.get(photo, mission=mission, who=at.naruto).whole() == told.whole()
    assert at.get(hidden, mission=at.secret).status == 200
    for body in (from_a_phone(), b"no photo"):
        answers = {at.send(body, mission=mission, who=at.naruto).whole() for mission in (at.secret, nowhere)}
        assert len(answers) == 1 and answers.pop().startswith(b"404")


def test_a_withdrawn_photo_is_answered_as_one_that_never_was(at: Photographed) -> None:
    """Its address gives nothing any more, to nobody."""
    photo = at.send(from_a_phone()).json()["made"]
    assert at.do("WithdrawPhoto", mission=at.open, photo=photo, reason="blurred").status == 200
    assert at.get(photo).whole() == at.get(str(derive("no photo"))).whole()


def test_the_same_key_again_keeps_one_photo(at: Photographed) -> None:
    """A photo sent twice, because the first answer was lost, is there once."""
    key = "0123456789abcdef"
    first, second = (at.send(from_a_phone(), idempotency_key=key) for _ in range(2))
    assert (first.status, second.status, second.json()["already"]) == (201, 201, True)
    assert len(at.house.as_member(at.founder).read("photos", mission=at.open).value) == 1


def test_what_is_no_photo_is_refused_in_words(at: Photographed) -> None:
    """A page, a broken file, no words: each says what is wrong and what is taken."""
    for body in (b"<html><script>alert(1)</script>", b"%PDF-1.7", b"", photo_bytes()[:300]):
        answer = at.send(body)
        assert answer.status == 400 and "JPEG, PNG or WebP" in answer.json()["error"]["text"]
    for sent in (at.send(from_a_phone(), photo_words=""), at.send(from_a_phone(), photo_words="%20")):
        assert sent.status == 409 and "what the photo shows is empty" in sent.json()["error"]["text"]
    assert at.send(from_a_phone(), photo_about="x" * 32).json()["error"]["code"] == "no such clue"


def test_too_large_a_file_is_refused_before_it_is_read(at: Photographed) -> None:
    """More than twelve megabytes are not taken in; ten are."""
    answer = at.send(bytes(12 * 1024 * 1024 + 1))
    assert answer.status == 413 and "12 MB" in answer.json()["error"]["text"]
    assert at.send(from_a_phone() + bytes(10_000_000)).status == 201


def test_what_was_not_cleaned_does_not_come_in_by_another_way(at: Photographed) -> None:
    """The deed by itself takes a plain photo and refuses one as a phone wrote it."""
    from base64 import b64encode

    def stated(body: bytes) -> Answered:
        return at.do("AttachPhoto", mission=at.open, name="a.jpg", words="x", body=b64encode(body).decode())

    refused = stated(from_a_phone())
    assert refused.status == 409 and refused.json()["error"]["code"] == "not a plain photo"
    assert stated(photo_bytes()).status == 200


def test_a_page_of_another_site_sends_no_photo(at: Photographed) -> None:
    """The origin is checked as for every deed, in either way a browser says it."""
    assert at.send(from_a_phone(), origin="https://evil.example").status == 403
    assert at.send(from_a_phone(), sec_fetch_site="cross-site").status == 403


def test_nobody_sends_or_sees_a_photo_without_signing_in(at: Photographed) -> None:
    """A stranger is told to sign in before anything is read."""
    photo = at.send(from_a_phone()).json()["made"]
    path = f"/api/missions/{at.open}/photos"
    assert at.desk.ask("GET", f"{path}/{photo}.jpg").status == 401
    headers = {"content-type": "image/jpeg", "photo-words": "x"}
    assert at.desk.ask("POST", path, body=photo_bytes(), headers=headers).status == 401


def test_over_a_way_that_others_may_overhear_no_secret_photo_passes(at: Photographed) -> None:
    """Even to whoever is read in, on plain http a secret mission's photo is as one that never was."""
    assert at.send(from_a_phone(), mission=at.secret).status == 201
    openly = at.house.session(at.house.let_in(at.founder), openly=True)
    assert openly.read("photos", mission=at.secret).value == ()
