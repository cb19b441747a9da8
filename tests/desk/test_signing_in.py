"""Signing in: by those who know a password, not by those who guess, and never by taking somebody's place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from litestar.exceptions import TooManyRequestsException
from tests.fakes.desk import Answered, Desk
from tests.fakes.scene import Scene

from wayhome.desk.guessing import (
    AT_ONCE,
    MOST_REMEMBERED,
    MOST_WAITING,
    STRANGERS_EVERY_S,
    STRANGERS_WITHIN_S,
    WITHIN_S,
    WRONG_EACH,
    WRONG_OF_A_NAME,
    WRONG_OF_AN_ADDRESS,
    Guesses,
)
from wayhome.links import passwords
from wayhome.mission.intents.people import SetPassword
from wayhome.usecases.ports import WrongKey
from wayhome.values.ids import PersonId

PASSWORD = "the leaf at night"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
"""The same rules at a cost at which many may be tried in a test."""


class Bench:
    """A desk, and one member with a password."""

    def __init__(self) -> None:
        self.scene = Scene()
        shizune = self.scene["Shizune"]
        self.scene.do("Shizune", SetPassword(member=shizune, hash=passwords.hashed(PASSWORD, QUICK)))
        self.desk = Desk(self.scene.house)

    def login(self, name: str, password: str, cookie: str = "") -> Answered:
        return self.desk.ask("POST", "/login", form={"name": name, "password": password}, token=cookie)

    def whoami(self, token: str) -> PersonId:
        return self.scene.house.person_of(token)


@pytest.fixture(scope="module")
def held() -> Iterator[Bench]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", QUICK)
        passwords._nobodys.cache_clear()
        yield Bench()
    passwords._nobodys.cache_clear()


@pytest.fixture
def bench(held: Bench) -> Bench:
    held.desk = Desk(held.scene.house)
    return held


def cookie_of(answered: Answered) -> dict[str, str]:
    """The parts of the cookie that an answer sets."""
    parts = [part.strip() for part in answered.header("set-cookie").split(";")]
    return {name.lower(): value for name, _, value in (part.partition("=") for part in parts)}


def test_the_right_password_opens_the_desk_and_gives_a_careful_cookie(bench: Bench) -> None:
    """Scripts cannot read the cookie, and other sites cannot send it."""
    answered = bench.login("Shizune", PASSWORD)
    assert (answered.status, answered.header("location")) == (303, "/")
    cookie = cookie_of(answered)
    assert bench.whoami(cookie["wayhome"]) == bench.scene["Shizune"]
    assert "httponly" in cookie
    assert cookie["samesite"] == "strict"
    assert cookie["path"] == "/"
    assert "domain" not in cookie


def test_under_encryption_the_cookie_never_goes_out_in_clear(bench: Bench) -> None:
    """Over https the cookie is kept to https."""
    form = {"name": "Shizune", "password": PASSWORD}
    answered = bench.desk.ask("POST", "/login", form=form, scheme="https", headers={"origin": "https://desk"})
    assert "secure" in cookie_of(answered)


def test_a_cookie_that_was_planted_before_is_not_taken_over(bench: Bench) -> None:
    """Whoever slipped somebody a token beforehand has no session after they signed in."""
    planted = "planted-by-somebody-else"
    answered = bench.login("Shizune", PASSWORD, cookie=planted)
    assert cookie_of(answered)["wayhome"] != planted
    assert bench.desk.ask("GET", "/api/here", token=planted).status == 401


def test_each_signing_in_has_a_session_of_its_own(bench: Bench) -> None:
    """Signing out on one device leaves the other signed in."""
    one, other = (cookie_of(bench.login("Shizune", PASSWORD))["wayhome"] for _ in range(2))
    assert one != other
    assert bench.desk.ask("POST", "/logout", token=one).status == 303
    assert bench.desk.ask("GET", "/api/here", token=one).status == 401
    assert bench.desk.ask("GET", "/api/here", token=other).status == 200


def test_a_wrong_password_and_an_unknown_name_are_told_alike(bench: Bench) -> None:
    """Who is on the roster cannot be found out by trying names, neither by words nor by when one has to wait."""
    for path in ("/login", "/api/sign-in"):
        told = []
        for name in ("Shizune", "Madara"):
            desk = Desk(bench.scene.house)
            tries = [_tried(desk, path, name) for _ in range(WRONG_EACH + 2)]
            told.append([answered.whole() for answered in tries])
            assert [answered.status for answered in tries] == [401] * WRONG_EACH + [429] * 2
            assert "wait a minute" in tries[-1].body.decode()
        assert told[0] == told[1], path


def _tried(desk: Desk, path: str, name: str) -> Answered:
    said = {"name": name, "password": "guessed"}
    return desk.ask("POST", path, form=said) if path == "/login" else desk.ask("POST", path, json=said)


def test_the_unlock_page_cannot_be_guessed_at_either() -> None:
    """After five wrong passphrases in a minute whoever tries has to wait."""
    tried: list[str] = []
    desk = Desk(None)
    desk.door.tries = tried.append
    desk.state.guesses = Guesses(lambda: 0.0)
    statuses = [desk.ask("POST", "/unlock", form={"passphrase": "guessed"}).status for _ in range(3)]
    assert statuses == [200] * 3
    assert tried == ["guessed"] * 3
    wrong = Desk(None)
    wrong.door.tries = _wrong
    statuses = [wrong.ask("POST", "/unlock", form={"passphrase": "guessed"}).status for _ in range(WRONG_EACH + 1)]
    assert statuses == [403] * WRONG_EACH + [429]


def _wrong(_passphrase: str) -> None:
    raise WrongKey("that is not the passphrase")


# The rule itself, on a clock of its own


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def tries(guesses: Guesses, name: str, address: str = "10.0.0.1", *, right: bool = False) -> bool:
    """Whether a try is let through."""
    try:
        async with guesses.trying(name, address):
            pass
    except TooManyRequestsException:
        return False
    if right:
        guesses.right(name, address)
    return True


def test_after_a_minute_one_may_try_again() -> None:
    """Nobody is shut out for long: the first of the five wrong tries is forgotten after a minute."""

    async def evening() -> None:
        clock = Clock()
        guesses = Guesses(clock)
        assert [await tries(guesses, "Neji") for _ in range(WRONG_EACH + 1)] == [True] * WRONG_EACH + [False]
        clock.now += WITHIN_S / 2
        assert not await tries(guesses, " NEJI ")
        clock.now += WITHIN_S / 2
        assert await tries(guesses, "Neji")

    asyncio.run(evening())


def test_guessing_somebodys_password_does_not_shut_them_out_elsewhere() -> None:
    """Whoever sits at another address signs in meanwhile."""

    async def evening() -> None:
        guesses = Guesses(Clock())
        for _ in range(WRONG_EACH + 1):
            await tries(guesses, "Neji", "10.0.0.66")
        assert await tries(guesses, "Neji", "10.0.0.1")
        assert await tries(guesses, "Choji", "10.0.0.66")

    asyncio.run(evening())


def test_one_address_cannot_go_through_the_roster() -> None:
    """A password tried with name after name is stopped as well, while a team that signs in rightly never is."""

    async def evening() -> None:
        guesses = Guesses(Clock())
        let = [await tries(guesses, f"Genin {number}") for number in range(WRONG_OF_AN_ADDRESS + 5)]
        assert let == [True] * WRONG_OF_AN_ADDRESS + [False] * 5
        team = Guesses(Clock())
        assert all([await tries(team, f"Genin {number}", right=True) for number in range(200)])

    asyncio.run(evening())


def test_one_name_is_not_guessed_at_from_many_addresses() -> None:
    """A hundred wrong tries an hour from wherever, then one every 36 seconds: slower, and never not at all."""

    async def evening() -> None:
        clock = Clock()
        guesses = Guesses(clock)
        let = [await tries(guesses, "Neji", f"10.1.{number}.1") for number in range(WRONG_OF_A_NAME + 20)]
        assert let == [True] * WRONG_OF_A_NAME + [False] * 20
        clock.now += STRANGERS_EVERY_S
        assert [await tries(guesses, "Neji", f"10.2.{number}.1") for number in range(3)] == [True, False, False]
        assert await tries(guesses, "Choji", "10.2.0.1")
        clock.now += STRANGERS_WITHIN_S
        assert all([await tries(guesses, "Neji", f"10.3.{number}.1") for number in range(10)])

    asyncio.run(evening())


def test_nobody_is_locked_out_where_they_signed_in_before() -> None:
    """However many strangers try a name, its member comes in from an address at which the password fitted lately."""

    async def evening() -> None:
        guesses = Guesses(Clock())
        assert await tries(guesses, "Neji", "10.0.0.1", right=True)
        for number in range(WRONG_OF_A_NAME + 20):
            await tries(guesses, "Neji", f"10.1.{number}.1")
        assert not await tries(guesses, "Neji", "10.9.9.9")
        assert await tries(guesses, "neji ", "10.0.0.1")

    asyncio.run(evening())


def test_only_so_many_passwords_are_looked_at_at_once() -> None:
    """Each takes 64 MiB: the rest wait for each other without holding up anything else, and not without end."""

    async def evening() -> None:
        guesses = Guesses(Clock())
        free, looking, most = asyncio.Event(), 0, 0

        async def look(number: int) -> bool:
            nonlocal looking, most
            try:
                async with guesses.trying(f"Genin {number}", f"10.0.0.{number}"):
                    looking += 1
                    most = max(most, looking)
                    await free.wait()
                    looking -= 1
            except TooManyRequestsException:
                return False
            return True

        waiting = [asyncio.create_task(look(number)) for number in range(MOST_WAITING + 10)]
        await asyncio.sleep(0)
        free.set()
        let = await asyncio.gather(*waiting)
        assert most == AT_ONCE
        assert let == [True] * MOST_WAITING + [False] * 10

    asyncio.run(evening())


def test_names_that_were_tried_are_not_remembered_without_end() -> None:
    """Whoever tries names without end fills no memory."""

    async def evening() -> None:
        guesses = Guesses(Clock())
        for number in range(MOST_REMEMBERED + 50):
            await tries(guesses, f"x{number}", f"10.{number >> 8}.{number & 255}.1")
        assert len(guesses._tried) <= MOST_REMEMBERED

    asyncio.run(evening())
