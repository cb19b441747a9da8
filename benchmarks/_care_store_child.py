"""The process that is killed: a house in a data folder, its clock set by whoever asks, one question a line.

    python -m benchmarks._care_store_child FOLDER [forgets]

Each line in is a `Wanted`, each line out an `Answer`. What was answered is durable. Nobody signs out: it is killed.
"""

from __future__ import annotations

import sys
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import msgspec

from wayhome.assembly.local import LocalHouse, open_house
from wayhome.engines.care.letters import LadderSet, Letter
from wayhome.engines.care.stated import decode
from wayhome.mission.rules import Refused
from wayhome.usecases.care.ports import Ring
from wayhome.usecases.ports import LogError, NotSent
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

PASSPHRASE = "a passphrase for the simulation"


def password_of(person: str) -> str:
    """Everybody has a password, so that their keys outlive the process."""
    return f"the password of {person}"


class Wanted(msgspec.Struct, omit_defaults=True):
    """`intent`: stated by `person` under `key`. Without one the clock ticks. `silent`: whom no message reaches."""

    now: int
    person: str = ""
    intent: str = ""
    key: str = ""
    silent: tuple[str, ...] = ()
    everything: bool = False
    """Every letter that anybody's keys open."""


class Answer(msgspec.Struct, omit_defaults=True):
    """`letters`: what the keys of whoever stated it open, or those of the clock."""

    refused: str = ""
    made: str = ""
    letters: tuple[Letter, ...] = ()
    told: int = 0


class SetClock:
    """A clock that stands where it was put."""

    def __init__(self) -> None:
        self.now = Moment(0)

    def __call__(self) -> Moment:
        return self.now


class Phones:
    """Takes every message, but for those whose phone is lost."""

    def __init__(self) -> None:
        self.silent: frozenset[str] = frozenset()
        self.taken = 0

    def send(self, url: str, title: str, _body: str) -> None:
        if url.removeprefix("ntfy://") in self.silent:
            raise NotSent(f"{title} reached nobody")
        self.taken += 1


class AtOnce(Executor):
    """Does what it is given before it returns."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except NotSent as error:
            done.set_exception(error)
        return done


class Desk:
    """The house, with everybody signed in."""

    def __init__(self, folder: Path, *, forgets: bool) -> None:
        self.clock, self.phones = SetClock(), Phones()
        self.house = open_house(folder, passphrase=PASSPHRASE, clock=self.clock)
        self.house.begin_telling(self.phones, AtOnce(), AtOnce())
        self._signed_in = False
        if forgets:
            _forget_ladders(self.house)

    def answer(self, wanted: Wanted) -> Answer:
        self.clock.now = Moment(wanted.now)
        self.phones.silent = frozenset(wanted.silent)
        self._sign_in()
        before = self.phones.taken
        if wanted.everything:
            return Answer(letters=self._everything())
        found = self._state(wanted) if wanted.intent else self._tick()
        found.told = self.phones.taken - before
        return found

    def _sign_in(self) -> None:
        """Puts everybody's keys in memory, by their passwords: once a start."""
        if not self._signed_in:
            for person in self.house.acting.standing.world.organisation.members:
                self.house.rings.open(person, password_of(person), str(person))
                self.house.rings.lend(person)
            self._signed_in = True

    def _state(self, wanted: Wanted) -> Answer:
        person = PersonId(wanted.person)
        try:
            done = self.house.as_member(person).care_do(decode(wanted.intent.encode()), key=wanted.key)
        except Refused as refusal:
            return Answer(refused=refusal.code)
        return Answer(made=done.made, letters=tuple(self.house.rings.box.read(self.house.rings.lend(person))))

    def _tick(self) -> Answer:
        self.house.tick()
        ring = self.house.rings.clock_ring
        return Answer(letters=tuple(self.house.rings.box.read(ring)) if ring is not None else ())

    def _everything(self) -> tuple[Letter, ...]:
        found: dict[str, Letter] = {}
        rings = [self.house.rings.lend(person) for person in self.house.acting.standing.world.organisation.members]
        clock = self.house.rings.clock_ring
        for ring in [*rings, *([clock] if clock is not None else [])]:
            found |= {letter.id: letter for letter in self.house.rings.box.read(ring)}
        return tuple(found.values())


def _forget_ladders(house: LocalHouse) -> None:
    """The deliberately broken variant: ladders are said to be written, and are not."""
    box = house.rings.box
    write = box.write

    def written(ring: Ring, letters: list[Letter]) -> None:
        write(ring, [letter for letter in letters if not isinstance(letter.fact, LadderSet)])

    box.write = written  # type: ignore[assignment,method-assign]


def main(arguments: list[str]) -> int:
    desk = Desk(Path(arguments[0]), forgets="forgets" in arguments[1:])
    for line in sys.stdin.buffer:
        try:
            answer = desk.answer(msgspec.json.decode(line, type=Wanted))
        except LogError as error:
            answer = Answer(refused=f"the record: {error}")
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
