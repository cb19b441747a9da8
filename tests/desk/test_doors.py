"""One's own doors at the desk: the password again before grave deeds, recovery codes, devices, headers, cookies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from tests.fakes.desk import Answered, Desk
from tests.fakes.scene import Scene

from wayhome.assembly.sessions import IDLE_HOURS, MOST_EACH, SESSION_HOURS, SURE_MINUTES
from wayhome.assembly.tokens import CODES, digest_of_code
from wayhome.desk.devices import device_of, network_of
from wayhome.desk.guessing import WRONG_EACH
from wayhome.links import passwords
from wayhome.mission.intents.people import SetPassword

PASSWORD = "the leaf at night"
OTHER = "the leaf at noon"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Bench:
    """A desk, and Neji with a password."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.house = self.scene.house
        self.neji = self.scene["Neji"]
        self.scene.do("Neji", SetPassword(member=self.neji, hash=passwords.hashed(PASSWORD, QUICK)))
        self.desk = Desk(self.house)

    def login(self, password: str = PASSWORD, cookie: str = "", agent: str = FIREFOX) -> str:
        """The cookie that signing in gives; empty where it does not let in."""
        form = {"name": "Neji", "password": password}
        return cookie_of(self.desk.ask("POST", "/login", form=form, token=cookie, headers={"user-agent": agent}))

    def post(self, path: str, json: object, token: str) -> Answered:
        return self.desk.ask("POST", path, json=json, token=token)

    def status(self, token: str) -> int:
        return self.desk.ask("GET", "/api/here", token=token).status

    def codes(self, token: str) -> list[str]:
        found: list[str] = self.post("/api/recovery-codes", {}, token).json()["codes"]
        return found

    def recover(self, code: str, name: str = "Neji", new: str = OTHER) -> Answered:
        form = {"name": name, "code": code, "password": new, "again": new}
        return self.desk.ask("POST", "/recover", form=form)


def cookie_of(answered: Answered) -> str:
    return answered.header("set-cookie").partition(";")[0].partition("=")[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    monkeypatch.setattr(passwords.hashed, "__defaults__", (QUICK,))
    passwords._nobodys.cache_clear()
    yield Bench()
    passwords._nobodys.cache_clear()


# The password again


GRAVE: tuple[tuple[str, object], ...] = (
    ("/api/recovery-codes", {}),
    ("/api/channels", {"urls": []}),
    ("/api/feed", {}),
    ("/api/do/ErasePerson", {"intent": "ErasePerson", "member": "?", "reason": "asked"}),
    ("/api/do/BreakGlass", {"intent": "BreakGlass", "member": "?", "reason": "asked", "hours": 1}),
)


@pytest.mark.parametrize(("path", "body"), GRAVE, ids=[path for path, _ in GRAVE])
def test_a_desk_left_open_asks_for_the_password_before_what_is_grave(bench: Bench, path: str, body: object) -> None:
    """Ten minutes after signing in these are refused, with words that say what to do; nothing comes of them."""
    token = bench.login()
    bench.scene.clock.forward(minutes=SURE_MINUTES)
    if isinstance(body, dict) and "member" in body:
        body = {**body, "member": bench.neji}
    refused = bench.post(path, body, token)
    assert (refused.status, refused.json()["error"]["code"]) == (409, "password again"), refused
    assert f"within {SURE_MINUTES} minutes" in refused.json()["error"]["text"]


def test_the_password_given_again_lets_them_pass_for_ten_minutes(bench: Bench) -> None:
    """Confirming opens them, by a new token: the one before stands for nobody any more."""
    token = bench.login()
    bench.scene.clock.forward(minutes=SURE_MINUTES)
    confirmed = bench.post("/api/confirm", {"password": PASSWORD}, token)
    fresh = cookie_of(confirmed)
    assert (confirmed.status, confirmed.json()) == (200, {"token": "", "minutes": SURE_MINUTES})
    assert fresh != token
    assert (bench.status(token), bench.status(fresh)) == (401, 200)
    assert bench.post("/api/channels", {"urls": []}, fresh).status == 200
    bench.scene.clock.forward(minutes=SURE_MINUTES)
    assert bench.post("/api/channels", {"urls": []}, fresh).status == 409


def test_a_wrong_password_confirms_nothing_and_cannot_be_guessed_on(bench: Bench) -> None:
    """Whoever found the desk open has five tries a minute, and the session stays as it was."""
    token = bench.login()
    bench.scene.clock.forward(minutes=SURE_MINUTES)
    statuses = [bench.post("/api/confirm", {"password": "guessed"}, token).status for _ in range(WRONG_EACH + 1)]
    assert statuses == [409] * WRONG_EACH + [429]
    assert bench.status(token) == 200
    assert bench.post("/api/channels", {"urls": []}, token).status == 409


def test_guessing_at_the_password_change_is_limited_as_well(bench: Bench) -> None:
    """The old password of a session that was left open cannot be tried without end."""
    token = bench.login()
    change = {"old": "guessed", "new": OTHER}
    assert [bench.post("/api/password", change, token).status for _ in range(WRONG_EACH + 1)][-1] == 429


def test_a_changed_password_ends_all_other_devices_and_renews_this_one(bench: Bench) -> None:
    """Elsewhere they are signed out; here they go on by another token."""
    here, there = bench.login(), bench.login()
    fresh = cookie_of(bench.post("/api/password", {"old": PASSWORD, "new": OTHER}, here))
    assert [bench.status(token) for token in (here, there, fresh)] == [401, 401, 200]


# Where one is signed in


def test_each_device_is_listed_in_a_few_words(bench: Bench) -> None:
    """Its kind, the kind of address, when first and last seen; no address and nothing as it was sent."""
    here = bench.login()
    bench.scene.clock.forward(hours=1)
    bench.login(agent="curl/8 <script>" + "x" * 5_000)
    answered = bench.desk.ask("GET", "/api/sign-ins", token=here)
    found = {one["device"]: one for one in answered.json()}
    assert set(found) == {"Firefox on Linux", "curl"}
    assert found["Firefox on Linux"]["here"]
    assert not found["curl"]["here"]
    assert found["curl"]["network"] == "this machine"
    assert b"127.0.0.1" not in answered.body
    assert b"script" not in answered.body


def test_one_device_or_all_others_are_signed_out_from_here(bench: Bench) -> None:
    """What is ended opens nothing any more; the one that asks stays."""
    here, lost, other = bench.login(), bench.login(), bench.login()
    lost_id = bench.house.session_id(lost)
    assert bench.post("/api/sign-ins/end", {"id": lost_id}, here).status == 204
    assert [bench.status(token) for token in (here, lost, other)] == [200, 401, 200]
    assert bench.post("/api/sign-ins/end", {"id": lost_id}, here).status == 409
    assert bench.post("/api/sign-ins/end", {"others": True}, here).status == 204
    assert [bench.status(token) for token in (here, other)] == [200, 401]


def test_nobody_ends_or_sees_the_devices_of_somebody_else(bench: Bench) -> None:
    """An id of another member's is as if it were not there."""
    theirs = bench.login()
    choji = bench.house.let_in(bench.scene["Choji"])
    told = [
        bench.post("/api/sign-ins/end", {"id": id}, choji).whole() for id in (bench.house.session_id(theirs), "f" * 16)
    ]
    assert told[0] == told[1]
    assert bench.status(theirs) == 200
    assert len(bench.desk.ask("GET", "/api/sign-ins", token=choji).json()) == 1


def test_signing_in_again_on_a_device_ends_what_was_there_before(bench: Bench) -> None:
    """The token is replaced at signing in, and the one before is not left open."""
    before = bench.login()
    after = bench.login(cookie=before)
    assert [bench.status(token) for token in (before, after)] == [401, 200]


def test_a_session_ends_when_nobody_is_there_and_in_any_case_after_a_day(bench: Bench) -> None:
    """Half a day of silence ends it; asking keeps it, but never beyond a day."""
    silent, used = bench.login(), bench.login()
    bench.scene.clock.forward(hours=IDLE_HOURS - 1)
    assert bench.status(used) == 200
    bench.scene.clock.forward(hours=1)
    assert [bench.status(token) for token in (silent, used)] == [401, 200]
    bench.scene.clock.forward(hours=SESSION_HOURS - IDLE_HOURS)
    assert bench.status(used) == 401


def test_one_member_does_not_fill_the_list_of_sessions(bench: Bench) -> None:
    """Beyond a hundred the one that was silent longest makes room."""
    first = bench.house.let_in(bench.neji)
    bench.scene.clock.forward(minutes=1)
    rest = [bench.house.let_in(bench.neji) for _ in range(MOST_EACH)]
    assert bench.status(first) == 401
    assert bench.status(rest[0]) == bench.status(rest[-1]) == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari on iPhone"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/126.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge on Windows"),
        ("", "another program"),
    ],
)
def test_a_device_is_called_by_known_words_alone(agent: str, words: str) -> None:
    """What a browser says of itself is turned into one of a few names."""
    assert device_of(agent, "192.168.0.5").name == words


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("127.0.0.1", "this machine"),
        ("::ffff:127.0.0.1", "this machine"),
        ("192.168.0.5", "this network"),
        ("fe80::1%eth0", "this network"),
        ("8.8.8.8", "elsewhere"),
        ("testclient", "elsewhere"),
    ],
)
def test_an_address_is_told_by_its_kind(address: str, words: str) -> None:
    """This machine, this network, or elsewhere: no more is kept."""
    assert network_of(address) == words


# Recovery codes


def test_a_recovery_code_sets_a_new_password_once(bench: Bench) -> None:
    """It signs its member in, ends every device that was in, and opens nothing a second time."""
    token = bench.login()
    codes = bench.codes(token)
    assert len(set(codes)) == CODES
    used = bench.recover(codes[3].upper().replace("-", " "))
    assert (used.status, used.header("location")) == (303, "/me")
    assert [bench.status(one) for one in (token, cookie_of(used))] == [401, 200]
    assert bench.login(OTHER)
    assert bench.recover(codes[3]).status == 400
    assert bench.recover(codes[4]).status == 303


def test_how_many_codes_are_left_and_when_one_was_used_is_told_to_their_member_alone(bench: Bench) -> None:
    """Each use stands on the member's own page, for good: also when new codes are made."""
    codes = bench.codes(bench.login())
    bench.scene.clock.forward(hours=1)
    at = bench.scene.now
    fresh = cookie_of(bench.recover(codes[0]))
    told = bench.house.session(fresh).read("recovery").value
    assert (told.left, [used.ms for used in told.used]) == (CODES - 1, [at.ms])
    bench.codes(fresh)
    told = bench.house.session(fresh).read("recovery").value
    assert (told.left, len(told.used)) == (CODES, 1)
    assert bench.house.as_member(bench.scene["Tsunade"]).read("recovery").value is None


def test_new_codes_end_the_old_ones(bench: Bench) -> None:
    """A sheet of codes that went astray is worth nothing once another was made."""
    token = bench.login()
    old, new = bench.codes(token), bench.codes(token)
    assert bench.recover(old[0]).status == 400
    assert bench.recover(new[0]).status == 303


def test_what_opens_nothing_is_told_alike(bench: Bench) -> None:
    """A wrong code, somebody else's code, an unknown name: the same answer, byte for byte, and then the same wait."""
    codes = bench.codes(bench.login())
    told = []
    for name, code in (("Neji", "wrong"), ("Choji", codes[0]), ("Madara", codes[0])):
        desk = Desk(bench.house)
        bench.desk = desk
        tries = [bench.recover(code, name) for _ in range(WRONG_EACH + 1)]
        assert [one.status for one in tries] == [400] * WRONG_EACH + [429]
        told.append([one.whole() for one in tries])
    assert told[0] == told[1] == told[2]


def test_codes_are_kept_as_digests_and_never_shown_again(bench: Bench) -> None:
    """Neither the record nor any read of it holds a code."""
    token = bench.login()
    codes = bench.codes(token)
    person = bench.scene.world.people[bench.neji]
    assert person.recovery is not None
    assert set(person.recovery.left) == set(map(digest_of_code, codes))
    assert not any(code in repr(bench.scene.world) for code in codes)
    answered = bench.desk.ask("GET", "/api/read/recovery", token=token)
    assert not any(code.encode() in answered.body for code in codes)
    assert not any(digest.encode() in answered.body for digest in person.recovery.left)


# Other sites, other names


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_says_comes_from_elsewhere_is_refused(bench: Bench, site: str) -> None:
    """Also where it names no origin, and from another port of the same machine; signing in included."""
    token = bench.login()
    headers = {"sec-fetch-site": site}
    assert bench.desk.ask("POST", "/api/feed", json={}, token=token, headers=headers).status == 403
    form = {"name": "Neji", "password": PASSWORD}
    assert bench.desk.ask("POST", "/login", form=form, headers=headers).status == 403
    assert bench.desk.ask("POST", "/api/feed", json={}, token=token, headers={"sec-fetch-site": "none"}).status == 200


def test_under_encryption_no_plain_page_can_plant_the_cookie(bench: Bench) -> None:
    """There it bears the name that browsers keep to this desk alone, and the plain name is not believed."""
    form = {"name": "Neji", "password": PASSWORD}
    answered = bench.desk.ask("POST", "/login", form=form, scheme="https", headers={"origin": "https://desk"})
    name, _, value = answered.header("set-cookie").partition(";")[0].partition("=")
    assert name == "__Host-wayhome"
    assert "Secure" in answered.header("set-cookie")
    plain, kept = {"cookie": f"wayhome={value}"}, {"cookie": f"__Host-wayhome={value}"}
    assert bench.desk.ask("GET", "/api/here", scheme="https", headers=plain).status == 401
    assert bench.desk.ask("GET", "/api/here", scheme="https", headers=kept).status == 200


def test_every_page_and_answer_carries_the_careful_headers(bench: Bench) -> None:
    """Pages, data, refusals: none is framed, sniffed, kept or shared with other sites."""
    token = bench.login()
    answers = [bench.desk.ask("GET", path, token=token) for path in ("/", "/login", "/recover", "/api/here", "/none")]
    for answered in [*answers, bench.desk.ask("GET", "/api/sign-ins")]:
        assert "frame-ancestors 'none'" in answered.header("content-security-policy")
        assert "script-src 'self'" in answered.header("content-security-policy")
        assert "unsafe" not in answered.header("content-security-policy")
        assert answered.header("x-content-type-options") == "nosniff"
        assert answered.header("referrer-policy") == "same-origin"
        assert answered.header("cross-origin-opener-policy") == "same-origin"
        assert answered.header("cross-origin-resource-policy") == "same-origin"
        assert "camera=()" in answered.header("permissions-policy")
        assert answered.header("cache-control") in ("no-store", "no-cache")
    assert answers[3].header("cache-control") == "no-store"
