"""Keys at the door: made with every password, opened by it alone, in memory by session, and gone with it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from argon2 import PasswordHasher
from tests.fakes.house import StandingClock, TerrainsInMemory, another_laptop, memory_house, swap

from wayhome.access.seen import Seen
from wayhome.assembly.local import LocalHouse
from wayhome.assembly.serving import answer
from wayhome.assembly.wire import Call, Reply, raise_again
from wayhome.engines.care import stated
from wayhome.engines.care.letters import HeadInjuryPassedOn, Letter
from wayhome.links import passwords
from wayhome.mission.intents.care import LetCarerIn, MakeCareKey
from wayhome.mission.intents.people import EnrolMember, ErasePerson, SetDuties, SetPassword
from wayhome.mission.rules import CLOCK, Refused
from wayhome.mission.rules.care_keys import admitted
from wayhome.usecases.care.ports import Ring
from wayhome.usecases.ports import LogError
from wayhome.values.ids import Id, PersonId, derive

PASSWORD, NEW = "long enough", "another long one"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", QUICK)
    monkeypatch.setattr(passwords.hashed, "__defaults__", (QUICK,))


class Village:
    """Tsunade commands, Shizune and Hinata are carers, Naruto is neither; all of them have set a password."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.house, self.tsunade = memory_house(clock=self.clock)
        self.ids = {name: self.enrol(name) for name in ("Shizune", "Hinata", "Naruto")}
        for name in ("Shizune", "Hinata"):
            self.command(SetDuties(member=self.ids[name], duties=("carer",)))

    def command(self, intent: msgspec.Struct) -> str:
        return self.house.as_member(self.tsunade).do(intent).made  # type: ignore[arg-type]  # an intent

    def enrol(self, name: str) -> PersonId:
        return PersonId(self.command(EnrolMember(name=name)))

    def joins(self, name: str, password: str = PASSWORD) -> str:
        invitation = self.house.invite(self.house.let_in(self.tsunade), self.ids[name])
        return self.house.take_invitation(invitation, password)[0]

    def in_again(self, name: str, password: str = PASSWORD) -> str:
        return self.house.sign_in(name, password)[0]

    def ring(self, token: str) -> Ring:
        found = self.house.rings.of(self.house.session_id(token))
        assert found is not None
        return found

    def restart(self) -> None:
        self.house = LocalHouse(self.house.log, TerrainsInMemory(), clock=self.clock)

    def public(self, name: str) -> bytes | None:
        return self.house.rings.keys.public_of(self.ids[name])

    def write_to(self, name: str) -> None:
        """A letter from Shizune to somebody, by her own keys."""
        ring = self.ring(self.in_again("Shizune"))
        letter = Letter(
            id=Id(derive("to", name)),
            case=Id(derive("none")),
            member=self.ids[name],
            by=self.ids["Shizune"],
            at=self.clock.now,
            fact=HeadInjuryPassedOn(),
            to=(self.ids[name],),
        )
        self.house.rings.box.write(ring, [letter])

    def reads(self, token: str) -> int:
        return len(self.house.rings.box.read(self.ring(token)))


@pytest.fixture
def village() -> Village:
    made = Village()
    for name in made.ids:
        made.joins(name)
    return made


def test_a_key_comes_with_the_first_password_and_stays(village: Village) -> None:
    """Signing in again, and after a start anew, opens the same key and what was sealed to it."""
    public = village.public("Naruto")
    village.write_to("Naruto")
    village.restart()
    assert village.reads(village.in_again("Naruto")) == 1
    assert village.public("Naruto") == public is not None


def test_another_password_opens_the_same_letters(village: Village) -> None:
    """After a change of password everything that was sealed to the member still opens, by the new one alone."""
    village.write_to("Naruto")
    fresh = village.house.change_password(village.in_again("Naruto"), PASSWORD, NEW)
    assert village.reads(fresh) == 1
    village.restart()
    assert village.reads(village.in_again("Naruto", NEW)) == 1


def test_a_crash_within_a_change_of_password_loses_nothing(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the key lies under the new password and the old one still signs in, the old one opens it."""
    village.write_to("Naruto")
    village.house.rings.change(village.ids["Naruto"], PASSWORD, NEW)
    village.restart()
    assert village.reads(village.in_again("Naruto")) == 1


def test_a_recovery_code_opens_what_the_lost_password_did(village: Village) -> None:
    """With a code the key stays the same; another code then opens it just as well, and a used one no more."""
    village.write_to("Naruto")
    codes = village.house.new_recovery_codes(village.in_again("Naruto"))
    village.restart()
    assert village.reads(village.house.recover("Naruto", codes[3].upper(), NEW)[0]) == 1
    village.restart()
    assert village.reads(village.house.recover("Naruto", codes[5], PASSWORD)[0]) == 1
    held = village.house.acting.standing.world.people[village.ids["Naruto"]].care_key
    assert held is not None
    assert len(held.recovery) == 8


def test_a_password_that_is_lost_takes_its_letters_with_it(village: Village) -> None:
    """Who comes in by an invitation, or by a password that somebody else set, gets another key and reads nothing."""
    village.write_to("Naruto")
    before = village.public("Naruto")
    assert village.reads(village.joins("Naruto", NEW)) == 0
    assert village.public("Naruto") != before
    again = village.public("Naruto")
    village.command(SetPassword(member=village.ids["Naruto"], hash=passwords.hashed(PASSWORD)))
    assert village.reads(village.in_again("Naruto")) == 0
    assert village.public("Naruto") not in (before, again)


def test_whoever_had_a_password_before_there_were_keys_gets_one(village: Village) -> None:
    """At the next sign-in of a member without a key one is made."""
    sai = village.enrol("Sai")
    village.command(SetPassword(member=sai, hash=passwords.hashed(PASSWORD)))
    assert village.house.rings.keys.public_of(sai) is None
    village.in_again("Sai")
    assert village.house.rings.keys.public_of(sai) is not None


def test_after_a_start_the_password_is_asked_for_again(village: Village) -> None:
    """A session that outlived the process has no keys: care refuses until the password is given, by either way."""
    token = village.in_again("Naruto")
    village.restart()
    for asked in (
        lambda: village.house.session(token).care_read("care_screen"),
        lambda: village.house.session(token).care_do(stated.AskForCare()),
        lambda: village.house.new_recovery_codes(token),
    ):
        with pytest.raises(Refused) as refused:
            asked()
        assert refused.value.code == "password again"
    assert village.house.session(token).care_read("whom_to_call").value.numbers
    assert village.house.session(token, openly=True).care_read("whom_to_call").value.numbers
    with pytest.raises(Refused, match="not your password"):
        village.house.open_care(token, "a wrong one")
    village.house.open_care(token, PASSWORD)
    assert isinstance(village.house.session(token).care_read("care_screen"), Seen)
    village.restart()
    token = village.house.confirm(token, PASSWORD)
    assert isinstance(village.house.session(token).care_read("care_screen"), Seen)


def test_keys_go_with_their_session(village: Village) -> None:
    """Signed out, ended elsewhere, run out: no ring of that session is left in memory."""
    out, ended, idle = (village.in_again("Naruto") for _ in range(3))
    ids = [village.house.session_id(token) for token in (out, ended, idle)]
    assert all(village.house.rings.of(id) for id in ids)
    village.house.sign_out(out)
    village.house.end_sign_in(idle, ids[1])
    assert [village.house.rings.of(id) is None for id in ids] == [True, True, False]
    village.clock.forward(hours=24)
    village.house.tick()
    assert village.house.rings.of(ids[2]) is None


def test_care_does_not_go_where_others_may_overhear(village: Village) -> None:
    """Over a plain connection care is refused, whatever is asked and whether or not the keys are there."""
    token = village.in_again("Naruto")
    me = village.house.session(token, openly=True)
    asked: list[Callable[[], object]] = [
        lambda: me.care_read("my_care"), lambda: me.care_do(stated.AskForCare()), lambda: me.care_read("nothing such"),
    ]  # fmt: skip
    for ask in asked:
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "overheard"


def test_care_goes_over_the_socket_as_it_goes_here(village: Village) -> None:
    """Stating, reading, opening and changing the password are the same for whoever asks from another process."""

    def call(what: str, token: str = "", name: str = "", body: object = b"") -> Reply:
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        asked = msgspec.msgpack.encode(Call(what=what, token=token, name=name, body=raw))
        reply = msgspec.msgpack.decode(answer(village.house, asked), type=Reply)
        if reply.fault is not None:
            raise_again(reply.fault)
        return reply

    token = village.in_again("Naruto")
    village.restart()
    with pytest.raises(Refused, match="asked for again"):
        call("care_read", token, "care_screen")
    call("open_care", token, body=PASSWORD)
    assert call("care_read", token, "care_screen").viewer == village.ids["Naruto"]
    assert len(msgspec.json.decode(call("new_recovery_codes", token).body)) == 10
    token = msgspec.json.decode(call("change_password", token, body=(PASSWORD, NEW)).body)
    call("care_do", token, body=stated.encode(stated.AskForCare()))
    assert msgspec.json.decode(call("care_read", token, "my_care").body)["mine"]
    with pytest.raises(Refused, match="nothing of that name"):
        call("care_do", token, body={"intent": "Nothing"})
    with pytest.raises(LogError, match="there is no 'nothing'"):
        call("care_read", token, "nothing")


def test_the_first_carer_makes_the_desk_and_lets_the_next_in(village: Village) -> None:
    """Shizune came first; Hinata has the duty and no key of the desk until Shizune lets her in."""
    shizune, hinata = village.ring(village.in_again("Shizune")), village.ring(village.in_again("Hinata"))
    assert shizune.desk
    assert hinata.desk is None
    village.house.as_member(village.ids["Shizune"]).do(village.house.rings.admit(shizune, village.ids["Hinata"]))
    assert village.ring(village.in_again("Hinata")).desk == shizune.desk
    with pytest.raises(Refused):
        village.house.rings.admit(village.ring(village.in_again("Naruto")), village.ids["Hinata"])


def test_without_the_duty_the_desk_is_closed(village: Village) -> None:
    """Whoever is no carer any more has no key of the desk on their ring, from their next request on."""
    token = village.in_again("Shizune")
    assert village.ring(token).desk
    village.command(SetDuties(member=village.ids["Shizune"], duties=()))
    assert village.ring(token).desk is None


def test_a_command_that_lets_carers_go_gets_no_desk_of_its_own(village: Village) -> None:
    """Duties taken from those who hold the key give the next carer none: nobody new can make another."""
    village.in_again("Shizune")
    village.command(SetDuties(member=village.ids["Shizune"], duties=()))
    assert village.ring(village.in_again("Hinata")).desk is None
    assert admitted(village.house.acting.standing.world) == ()


def test_the_care_clock_has_its_key_once_a_carer_was_in(village: Village) -> None:
    """After a start nobody's; from the first admitted carer on the clock has it, also when they have gone."""
    village.restart()
    village.in_again("Naruto")
    rings = [village.house.rings.clock_ring]
    token = village.in_again("Shizune")
    village.house.sign_out(token)
    rings += [village.house.rings.clock_ring for _ in range(2)]
    assert rings[0] is None
    assert rings[1] is rings[2]
    assert rings[1] is not None
    assert (rings[1].person, rings[1].public) == (CLOCK, village.house.rings.keys.desk_public())


def test_keys_are_not_set_by_a_session_left_open(village: Village) -> None:
    """Whoever finds a desk open cannot put their own key in its member's place: the password is asked for again."""
    token = village.in_again("Shizune")
    village.clock.forward(minutes=11)
    me = village.house.session(token)
    for intent in (
        MakeCareKey(member=me.viewer, public=b"k" * 32, wrapped=b"", salt=b""),
        LetCarerIn(carer=village.ids["Hinata"], box=b"x" * 90),
    ):
        with pytest.raises(Refused) as refused:
            me.do(intent)
        assert refused.value.code == "password again"


def test_every_key_has_a_drawer_also_after_a_merge(village: Village) -> None:
    """On each laptop each key that anybody ever had has a drawer of the same size, with letters in it or not."""
    other = another_laptop(village.house)
    swap(village.house, other)
    for house in (village.house, other):
        mine = [(key, cells) for replica, key, cells in house.log.drawers.drawers() if replica == house.log.replica]
        assert {key for key, _ in mine} == house.rings.keys.all()
        assert len({len(cells) for _, cells in mine}) == 1
    village.joins("Naruto", NEW)
    village.command(ErasePerson(member=village.ids["Hinata"], reason="left"))
    assert {key for _, key, _ in village.house.log.drawers.drawers()} >= village.house.rings.keys.all()


def test_nothing_in_the_record_opens_a_private_key(village: Village) -> None:
    """No fact, row or snapshot, with its body in the clear, holds a private key of anybody or of the desk."""
    ring = village.ring(village.in_again("Shizune"))
    assert ring.desk
    log = village.house.log
    everything = b"".join(entry.body or b"" for entry in log.entries())
    everything += b"".join(log.snapshot(name) or b"" for name in ("world", "rows", "sessions"))
    for secret in (ring.private, ring.desk):
        assert secret not in everything
        assert msgspec.json.encode(secret)[1:-2] not in everything
