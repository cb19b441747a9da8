"""Coming in and going out: sign-in, invitations, and which sessions end when a password is new."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from tests.fakes.house import MASTER, StandingClock, TerrainsInMemory, another_laptop, counted_keys, memory_house

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.assembly.serving import answer
from wayhome.assembly.tokens import new_token
from wayhome.assembly.wire import Call, Reply, raise_again
from wayhome.links.passwords import hashed
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents.people import EnrolMember, ErasePerson, SetPassword
from wayhome.mission.rules import Refused
from wayhome.usecases.ports import NotDurable
from wayhome.values.ids import PersonId

PASSWORD = "long enough"


class Doors:
    """A house in memory with Tsunade in command, Kotetsu a clerk, and Naruto, who has no password."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.house, self.tsunade = memory_house(clock=self.clock)
        self.kotetsu = self.enrol("Kotetsu", "clerk")
        self.naruto = self.enrol("Naruto")

    def enrol(self, name: str, *duties: str) -> PersonId:
        return PersonId(self.house.as_member(self.tsunade).do(EnrolMember(name=name, duties=duties)).made)

    def invited(self) -> str:
        return self.house.invite(self.house.let_in(self.kotetsu), self.naruto)

    def open(self, token: str) -> bool:
        try:
            self.house.session(token)
        except NotSignedIn:
            return False
        return True


def test_somebody_let_in_acts_as_themselves_until_they_go_or_a_day_has_passed() -> None:
    """A token stands for its member for 24 hours, or until it is signed out; signing out twice does no harm."""
    doors = Doors()
    gone, stays = (doors.house.let_in(doors.naruto) for _ in range(2))
    assert doors.house.session(stays).viewer == doors.naruto
    doors.house.sign_out(gone)
    doors.house.sign_out(gone)
    assert (doors.open(gone), doors.open(stays)) == (False, True)
    doors.clock.forward(hours=24)
    assert not doors.open(stays)
    assert not doors.open("")


def test_sessions_outlive_the_process() -> None:
    """Whoever was signed in still is when the record is opened again; the token itself is nowhere in it."""
    doors = Doors()
    token = doors.house.let_in(doors.naruto)
    again = LocalHouse(doors.house.log, TerrainsInMemory(), clock=doors.clock)
    assert again.person_of(token) == doors.naruto
    assert token.encode() not in (doors.house.log.snapshot("sessions") or b"")


def test_many_sign_in_at_once_and_none_is_forgotten() -> None:
    """Thirty tokens given out at one time all hold, in this process and the next."""
    doors = Doors()
    with ThreadPoolExecutor(8) as hands:
        tokens = list(hands.map(doors.house.let_in, [doors.naruto] * 30))
    again = LocalHouse(doors.house.log, TerrainsInMemory(), clock=doors.clock)
    assert all(doors.open(token) and again.person_of(token) == doors.naruto for token in tokens)


def test_an_invitation_sets_a_password_and_signs_in() -> None:
    """The token lets its member choose a password once; they are signed in, and can sign in again."""
    doors = Doors()
    token, name = doors.house.take_invitation(doors.invited(), PASSWORD)
    assert (doors.house.person_of(token), name) == (doors.naruto, "Naruto")
    assert doors.house.sign_in("naruto", PASSWORD)[1] == "Naruto"


def test_a_token_can_be_typed_on_a_command_line() -> None:
    """No token begins with a dash, which would be read as an option; none comes twice."""
    tokens = {new_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(token.isalnum() and len(token) == 48 for token in tokens)


def test_whatever_is_wrong_with_an_invitation_is_told_in_the_same_words() -> None:
    """Used twice, run out, never made: one refusal, and no session comes of it."""
    doors = Doors()
    used, late = doors.invited(), ""
    doors.house.take_invitation(used, PASSWORD)
    sai = doors.enrol("Sai")
    late = doors.house.invite(doors.house.let_in(doors.kotetsu), sai, hours=1)
    doors.clock.forward(hours=1)
    told = set()
    for token in (used, late, "never made", ""):
        with pytest.raises(Refused) as refusal:
            doors.house.take_invitation(token, PASSWORD)
        told.add((refusal.value.code, refusal.value.text))
    assert len(told) == 1


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1001])
def test_a_password_that_will_not_do_leaves_the_invitation_open(password: str) -> None:
    """Too short or too long is refused in words, and the same token takes a better one."""
    doors = Doors()
    invitation = doors.invited()
    with pytest.raises(Refused, match="8 to 1,000 letters"):
        doors.house.take_invitation(invitation, password)
    assert doors.house.take_invitation(invitation, PASSWORD)[1] == "Naruto"


def test_two_take_one_invitation_at_once() -> None:
    """Of two who hold the same link one comes in, and the other is told that it opens nothing."""
    doors = Doors()
    invitation = doors.invited()

    def take(password: str) -> str:
        try:
            return doors.house.take_invitation(invitation, password)[1]
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as hands:
        assert sorted(hands.map(take, [PASSWORD, "another one"])) == ["Naruto", "no such invitation"]


def test_a_new_password_ends_every_other_session_of_its_member() -> None:
    """Who changes theirs stays signed in there and nowhere else; others are left alone."""
    doors = Doors()
    here, elsewhere, other = (doors.house.let_in(who) for who in (doors.naruto, doors.naruto, doors.kotetsu))
    doors.house.session(here).do(SetPassword(member=doors.naruto, hash=hashed(PASSWORD)))
    assert [doors.open(token) for token in (here, elsewhere, other)] == [True, False, True]
    command = doors.house.let_in(doors.tsunade)
    doors.house.session(command).do(SetPassword(member=doors.naruto, hash=hashed(PASSWORD)))
    assert [doors.open(token) for token in (here, command, other)] == [False, True, True]


def test_a_taken_invitation_ends_the_sessions_before_it() -> None:
    """Whoever was in by the old password is out once the invitation was taken."""
    doors = Doors()
    before = doors.house.let_in(doors.naruto)
    after, _ = doors.house.take_invitation(doors.invited(), PASSWORD)
    assert (doors.open(before), doors.open(after)) == (False, True)


def test_a_refused_password_ends_nothing() -> None:
    """A clerk who may not set a second password signs nobody out by trying."""
    doors = Doors()
    doors.house.take_invitation(doors.invited(), PASSWORD)
    theirs, clerk = doors.house.let_in(doors.naruto), doors.house.let_in(doors.kotetsu)
    with pytest.raises(Refused):
        doors.house.session(clerk).do(SetPassword(member=doors.naruto, hash="h"))
    assert doors.open(theirs)


def test_a_password_from_another_laptop_ends_sessions_as_well() -> None:
    """What a merge brings counts like what was typed here."""
    doors = Doors()
    theirs, keeper = doors.house.let_in(doors.naruto), doors.house.let_in(doors.tsunade)
    other = another_laptop(doors.house)
    other.as_member(doors.naruto).do(SetPassword(member=doors.naruto, hash=hashed(PASSWORD)))
    doors.house.merge(keeper, other.log.export_exchange({}))
    assert (doors.open(theirs), doors.open(keeper)) == (False, True)


def test_who_is_erased_is_signed_out_and_the_others_are_not() -> None:
    """Erasing somebody ends their sessions; everybody else stays signed in, now and when it is opened again."""
    doors = Doors()
    theirs, clerk = doors.house.let_in(doors.naruto), doors.house.let_in(doors.kotetsu)
    doors.house.session(clerk).do(ErasePerson(member=doors.naruto, reason="asked"))
    assert (doors.open(theirs), doors.open(clerk)) == (False, True)
    again = LocalHouse(doors.house.log, TerrainsInMemory(), clock=doors.clock)
    assert again.person_of(clerk) == doors.kotetsu


class FullLog(MemoryLog):
    """Keeps no list of sessions while `full`."""

    full = False

    def put_snapshot(self, name: str, body: bytes) -> None:
        if self.full:
            raise NotDurable("the disk is full: make room, then try again")
        super().put_snapshot(name, body)


def test_nobody_is_let_in_where_the_disk_is_full() -> None:
    """A session that cannot be kept is not given out; one that is ended is ended all the same."""
    clock = StandingClock()
    log = FullLog(master=MASTER, wall=lambda: clock.now.ms)
    house = LocalHouse(log, TerrainsInMemory(), clock=clock, new_key=counted_keys("full"))
    token = house.let_in(PersonId("a" * 32))
    log.full = True
    with pytest.raises(NotDurable):
        house.let_in(PersonId("b" * 32))
    with pytest.raises(NotDurable):
        house.sign_out(token)
    with pytest.raises(NotSignedIn):
        house.person_of(token)


def test_the_server_takes_invitations_and_signs_out() -> None:
    """Over the local socket the same comes of it, refusals too."""
    doors = Doors()

    def call(what: str, token: str = "", body: object = None) -> Reply:
        asked = Call(what=what, token=token, body=msgspec.json.encode(body))
        return msgspec.msgpack.decode(answer(doors.house, msgspec.msgpack.encode(asked)), type=Reply)

    invitation = doors.invited()
    token, name = msgspec.json.decode(call("take_invitation", body=(invitation, PASSWORD)).body)
    assert (name, doors.open(token)) == ("Naruto", True)
    fault = call("take_invitation", body=(invitation, PASSWORD)).fault
    assert fault is not None
    with pytest.raises(Refused, match="opens nothing"):
        raise_again(fault)
    assert call("sign_out", token).fault is None
    assert not doors.open(token)
