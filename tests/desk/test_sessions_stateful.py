"""Any history of coming in and going out, held against a small model of what should open what.

What was revoked or has run out never opens anything again; what works once works once; nobody's deed ends what is
another's. After each step every token that was ever given out is tried.
"""

from __future__ import annotations

from typing import Any

import msgspec
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pytest import MonkeyPatch
from tests.fakes.house import StandingClock, TerrainsInMemory, memory_house

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.links import passwords
from wayhome.mission.intents.people import EnrolMember, ErasePerson, SetChannels, SetPassword, WithdrawInvitation
from wayhome.mission.rules import Refused
from wayhome.values.ids import PersonId

QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
NAMES = ("Naruto", "Sakura", "Sai")
PASSWORDS = ("the first leaf", "the second leaf", "the third leaf")
IDLE_MS, WHOLE_MS, SURE_MS = 12 * 3_600_000, 24 * 3_600_000, 10 * 60_000

name = st.sampled_from(NAMES)
password = st.sampled_from(PASSWORDS)
which = st.integers(min_value=0, max_value=10_000)


class Token(msgspec.Struct):
    """What the model knows of one token."""

    who: str
    born: int
    used: int
    sure: int
    ended: bool = False
    keys: bool = True
    """Whether the keys of care are in memory: not after another start, until the password is given again."""

    def holds(self, now: int) -> bool:
        return not self.ended and now - self.born < WHOLE_MS and now - self.used < IDLE_MS


class Link(msgspec.Struct):
    """An invitation or a recovery code: whose, and whether it still opens something."""

    who: str
    until: int
    ended: bool = False


class Doors(RuleBasedStateMachine):
    """The house as it is, beside the model of it."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = MonkeyPatch()
        self.patch.setattr(passwords, "_HASHER", QUICK)
        self.patch.setattr(passwords.hashed, "__defaults__", (QUICK,))
        passwords._nobodys.cache_clear()
        self.clock = StandingClock()
        self.house, self.founder = memory_house("doors", self.clock)
        self.people: dict[str, PersonId] = {}
        self.passwords: dict[str, str] = {}
        self.tokens: dict[str, Token] = {}
        self.invitations: dict[str, Link] = {}
        self.codes: dict[str, Link] = {}
        self.erased: set[str] = set()

    def teardown(self) -> None:
        self.patch.undo()
        passwords._nobodys.cache_clear()

    @property
    def now(self) -> int:
        return self.clock.now.ms

    @initialize()
    def enrol(self) -> None:
        for one in NAMES:
            self.people[one] = PersonId(self.house.as_member(self.founder).do(EnrolMember(name=one)).made)

    # What the model says

    def given(self, who: str, token: str) -> None:
        assert token not in self.tokens
        self.tokens[token] = Token(who, self.now, self.now, self.now + SURE_MS)

    def end_tokens(self, who: str, *, but: str = "") -> None:
        for token, held in self.tokens.items():
            if held.who == who and token != but:
                held.ended = True

    def end_links(self, links: dict[str, Link], who: str) -> None:
        for held in links.values():
            if held.who == who:
                held.ended = True

    def password_is(self, who: str, new: str) -> None:
        self.passwords[who] = new
        self.end_links(self.invitations, who)

    def one_of(self, known: dict[str, Any], number: int) -> str:
        return list(known)[number % len(known)]

    def live(self, number: int) -> str:
        """A token, of those that hold if any does."""
        holding = {token: held for token, held in self.tokens.items() if held.holds(self.now)}
        return self.one_of(holding or self.tokens, number)

    def refused(self, doing: Any) -> bool:
        try:
            doing()
        except (Refused, NotSignedIn):
            return True
        return False

    # What may happen

    @rule(who=name, typed=password)
    def sign_in(self, who: str, typed: str) -> None:
        try:
            token, _ = self.house.sign_in(who, typed)
        except NotSignedIn:
            assert self.passwords.get(who) != typed
        else:
            assert self.passwords[who] == typed
            self.given(who, token)

    @rule(who=name, hours=st.sampled_from([1, 24]))
    def invite(self, who: str, hours: int) -> None:
        if who in self.erased:
            return
        token = self.house.invite(self.house.let_in(self.founder), self.people[who], hours=hours)
        self.end_links(self.invitations, who)
        self.invitations[token] = Link(who, self.now + hours * 3_600_000)

    @rule(who=name)
    def withdraw(self, who: str) -> None:
        open_ = any(held.who == who and not held.ended for held in self.invitations.values())
        withdrawing = WithdrawInvitation(member=self.people[who])
        assert self.refused(lambda: self.house.as_member(self.founder).do(withdrawing)) is not open_
        self.end_links(self.invitations, who)

    @precondition(lambda self: self.invitations)
    @rule(number=which, new=password)
    def take_invitation(self, number: int, new: str) -> None:
        token = self.one_of(self.invitations, number)
        link = self.invitations[token]
        opens = not link.ended and self.now < link.until
        try:
            session, called = self.house.take_invitation(token, new)
        except Refused:
            assert not opens
            return
        assert (opens, called) == (True, link.who)
        self.end_tokens(link.who)
        self.password_is(link.who, new)
        self.given(link.who, session)

    @precondition(lambda self: self.tokens)
    @rule(number=which)
    def make_codes(self, number: int) -> None:
        token = self.live(number)
        held = self.tokens[token]
        may = held.holds(self.now) and self.now < held.sure and held.keys
        try:
            codes = self.house.new_recovery_codes(token)
        except (Refused, NotSignedIn):
            assert not may
            return
        assert may
        self.end_links(self.codes, held.who)
        self.codes |= {code: Link(held.who, 0) for code in codes[:3]}

    @precondition(lambda self: self.codes)
    @rule(number=which, who=name, new=password)
    def recover(self, number: int, who: str, new: str) -> None:
        code = self.one_of(self.codes, number)
        link = self.codes[code]
        opens = not link.ended and link.who == who
        try:
            session, _ = self.house.recover(who, code, new)
        except Refused:
            assert not opens
            return
        assert opens
        link.ended = True
        self.end_tokens(who)
        self.password_is(who, new)
        self.given(who, session)

    @precondition(lambda self: self.tokens)
    @rule(number=which, typed=password)
    def confirm(self, number: int, typed: str) -> None:
        token = self.live(number)
        held = self.tokens[token]
        try:
            fresh = self.house.confirm(token, typed)
        except (Refused, NotSignedIn):
            assert not held.holds(self.now) or self.passwords.get(held.who) != typed
            return
        assert held.holds(self.now)
        assert self.passwords[held.who] == typed
        held.ended = True
        self.tokens[fresh] = Token(held.who, held.born, self.now, self.now + SURE_MS)

    @precondition(lambda self: self.tokens)
    @rule(number=which, old=password, new=password)
    def change_password(self, number: int, old: str, new: str) -> None:
        token = self.live(number)
        held = self.tokens[token]
        try:
            fresh = self.house.change_password(token, old, new)
        except (Refused, NotSignedIn):
            assert not held.holds(self.now) or self.passwords.get(held.who) != old
            return
        assert held.holds(self.now)
        assert self.passwords[held.who] == old
        self.end_tokens(held.who)
        self.password_is(held.who, new)
        self.tokens[fresh] = Token(held.who, held.born, self.now, self.now + SURE_MS)

    @rule(who=name, new=password)
    def command_sets_a_password(self, who: str, new: str) -> None:
        if who in self.erased:
            return
        hashed = passwords.hashed(new)
        self.house.session(self.house.let_in(self.founder)).do(SetPassword(member=self.people[who], hash=hashed))
        self.end_tokens(who)
        self.password_is(who, new)

    @precondition(lambda self: self.tokens)
    @rule(number=which)
    def sign_out(self, number: int) -> None:
        token = self.one_of(self.tokens, number)
        self.house.sign_out(token)
        self.tokens[token].ended = True

    @precondition(lambda self: self.tokens)
    @rule(number=which, other=which)
    def end_one(self, number: int, other: int) -> None:
        """From one session another is ended, and only where both are of one member."""
        mine, theirs = self.live(number), self.live(other)
        held, aim = self.tokens[mine], self.tokens[theirs]
        if not held.holds(self.now) or not aim.holds(self.now):
            return
        id = self.house.session_id(theirs)
        assert self.refused(lambda: self.house.end_sign_in(mine, id)) is (held.who != aim.who)
        aim.ended = aim.ended or held.who == aim.who

    @precondition(lambda self: self.tokens)
    @rule(number=which)
    def end_others(self, number: int) -> None:
        token = self.live(number)
        held = self.tokens[token]
        ended = not self.refused(lambda: self.house.end_other_sign_ins(token))
        assert ended is held.holds(self.now)
        if ended:
            self.end_tokens(held.who, but=token)

    @precondition(lambda self: len(self.erased) < 1)
    @rule(who=name)
    def erase(self, who: str) -> None:
        erasing = ErasePerson(member=self.people[who], reason="asked")
        self.house.session(self.house.let_in(self.founder)).do(erasing)
        self.erased.add(who)
        self.passwords.pop(who, None)
        self.end_tokens(who)
        self.end_links(self.invitations, who)
        self.end_links(self.codes, who)

    @rule(minutes=st.sampled_from([1, 9, 10, 55, 60, 11 * 60, 12 * 60, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @rule()
    def open_again(self) -> None:
        """The process ends and another opens the same record: what was so still is, but for what was in memory."""
        for held in self.tokens.values():
            held.keys = False
        self.house = LocalHouse(self.house.log, TerrainsInMemory(), clock=self.clock)

    # What must hold after each

    @invariant()
    def only_what_holds_opens_anything(self) -> None:
        for token, held in self.tokens.items():
            opens = not self.refused(lambda token=token: self.house.session(token))
            assert opens is held.holds(self.now), (held, self.now)
            if opens:
                assert self.house.person_of(token) == self.people[held.who]
                held.used = self.now

    @invariant()
    def what_is_grave_asks_for_the_password(self) -> None:
        """Of the tokens that hold, only those whose member gave the password lately set channels."""
        for token, held in self.tokens.items():
            if held.holds(self.now):
                stated = SetChannels(member=self.people[held.who], urls=())
                done = not self.refused(lambda: self.house.session(token).do(stated))  # noqa: B023  # called now
                assert done is (self.now < held.sure)
                break


Doors.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestDoors = Doors.TestCase
