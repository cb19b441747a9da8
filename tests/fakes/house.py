"""A house in memory with a clock that stands until it is moved, for tests that drive use cases and commands."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wayhome.access.seen import Seen, received
from wayhome.assembly import tokens
from wayhome.assembly.house import House, NotSignedIn, SignIn
from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.cli.context import Context
from wayhome.links.passwords import hashed
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.facts.people import MissionRank, Scales
from wayhome.mission.intents.people import SetPassword
from wayhome.mission.rules import Refused
from wayhome.usecases import keeping
from wayhome.usecases.ports import Finding, NoTerrain
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId, ReplicaId, derive
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from wayhome.links.tile_store import MadeTiles
    from wayhome.terrain.grid import Terrain

MASTER = bytes(range(32))
"""The key that all laptops of the organisation share."""

START = Moment(1_772_352_000_000, "Europe/Andorra")
"""2026-03-01 09:00 in Andorra."""

SCALES = Scales(
    mission_ranks=(MissionRank("S", "jounin", True), MissionRank("B", "chuunin", True), MissionRank("D", "", False)),
    member_ranks=("genin", "chuunin", "jounin"),
    skills=("medic", "tracking", "teaching"),
)


class StandingClock:
    """A clock that is moved by hand."""

    def __init__(self, now: Moment = START) -> None:
        self.now = now

    def __call__(self) -> Moment:
        return self.now

    def forward(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        self.now = self.now.plus(minutes=minutes, hours=hours, days=days)


class TerrainsInMemory:
    """Terrains by name."""

    def __init__(self) -> None:
        self.held: dict[str, Terrain] = {}
        self._tiles: dict[str, MadeTiles] = {}

    def names(self) -> list[str]:
        return sorted(self.held)

    def load(self, name: str) -> Terrain:
        if name not in self.held:
            raise NoTerrain(f"there is no terrain {name!r}")
        return self.held[name]

    def save(self, name: str, terrain: Terrain) -> None:
        self.held[name] = terrain
        self._tiles.pop(name, None)

    def tiles(self, name: str) -> MadeTiles:
        from wayhome.links.tile_store import MadeTiles

        terrain = self.load(name)
        if name not in self._tiles:
            self._tiles[name] = MadeTiles(terrain)
        return self._tiles[name]


def counted_keys(seed: str) -> Callable[[], str]:
    """Intent keys that are the same in every run."""
    numbers = itertools.count()
    return lambda: derive(seed, "intent", str(next(numbers)))


def memory_house(seed: str = "test", clock: StandingClock | None = None) -> tuple[LocalHouse, PersonId]:
    """A founded organisation in memory, and its founder Tsunade, who commands it."""
    at = clock or StandingClock()
    log = MemoryLog(master=MASTER, wall=lambda: at.now.ms)
    house = LocalHouse(log, TerrainsInMemory(), clock=at, new_key=counted_keys(seed))
    founding = Founding(
        name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
    )
    founder = found_in(house, founding, "no password", key=derive(seed, "founding"))
    return house, founder


def another_laptop(house: LocalHouse, name: str = "second", clock: StandingClock | None = None) -> LocalHouse:
    """Another laptop of the same organisation, with everything that is on the first."""
    at = clock or house.clock
    log = MemoryLog(master=MASTER, replica=ReplicaId(derive("laptop", name)), wall=lambda: at().ms)
    other = LocalHouse(log, TerrainsInMemory(), clock=at, new_key=counted_keys(name))
    merge(other, house)
    return other


def merge(into: LocalHouse, other: LocalHouse) -> keeping.Merged:
    """What `other` wrote, taken in as a file; counted as whoever commands may see it."""
    commander = other.acting.standing.world.organisation.commander or PersonId("")
    return keeping.merge(into.log, into.acting, other.log.export_exchange({}), into.clock(), by=commander)


def swap(one: LocalHouse, other: LocalHouse) -> None:
    """Both take in what the other wrote."""
    merge(one, other)
    merge(other, one)


class NamedHouse:
    """A house in which `--as NAME` needs no password."""

    def __init__(self, house: LocalHouse) -> None:
        self.inner = house
        self.terrains = house.terrains

    def session(self, token: str) -> Session:
        wanted = token.casefold()
        for person in self.inner.acting.standing.world.people.values():
            if person.name.casefold() == wanted:
                return self.inner.as_member(person.id)
        raise NotSignedIn(f"nobody is called {token}")

    def invite(self, token: str, member: PersonId, *, hours: float = 24) -> str:
        made = derive("invitation", member, str(self.inner.clock().ms))
        return tokens.invite(self.session(token), member, hours=hours, new_token=lambda: made)

    def new_feed(self, token: str) -> str:
        me = self.session(token)
        made = derive("feed", me.viewer, str(self.inner.clock().ms))
        return tokens.new_feed(me, new_token=lambda: made)

    def new_recovery_codes(self, token: str) -> tuple[str, ...]:
        return tokens.new_recovery_codes(self.session(token))

    def change_password(self, token: str, old: str, new: str) -> str:
        """Nobody needs the password before: it is set, and the name stands for its member as ever."""
        me = self.session(token)
        me.do(SetPassword(member=me.viewer, hash=hashed(new)))
        return token

    def open_care(self, token: str, password: str) -> None:
        """Everybody's keys are open here without a password."""
        self.session(token)

    def sign_ins(self, token: str) -> Seen[tuple[SignIn, ...]]:
        """Nobody signs in here, so nobody is signed in anywhere."""
        return received((), self.session(token).viewer)

    def end_sign_in(self, token: str, session_id: str) -> None:
        self.session(token)
        raise Refused("not signed in there", "you are not signed in there any more: nothing is left to end")

    def end_other_sign_ins(self, token: str) -> None:
        self.session(token)

    def verify(self, token: str) -> list[Finding]:
        self.session(token)
        return keeping.verify(self.inner.log)

    def rebuild(self, token: str) -> None:
        self.session(token)
        keeping.rebuild_rows(self.inner.log, self.inner.acting)

    def merge(self, token: str, exchange: bytes) -> keeping.Merged:
        by = self.session(token).viewer
        return keeping.merge(self.inner.log, self.inner.acting, exchange, self.inner.clock(), by=by)


def run_in(
    house: LocalHouse, line: list[str], who: str, *, stdin: bytes | None = None, secrets: Sequence[str] = ()
) -> tuple[int, str, str]:
    """Runs one command line as somebody; gives its exit status, what it wrote, and what it complained of.

    `stdin`: what is typed at its questions. `secrets`: what is typed unseen, in order.
    """
    from wayhome.cli.main import run

    named = NamedHouse(house)
    out, err = io.StringIO(), io.StringIO()

    def opened(_: Context) -> House:
        house.tick()
        return named  # type: ignore[return-value]  # what a test asks of it is there

    unseen = iter(secrets)
    context = Context(
        open_house=opened,
        out=out,
        err=err,
        data=Path("in-memory"),
        who=who,
        token_of=lambda c: c.who or who,
        read_input=(lambda: stdin) if stdin is not None else None,
        ask_secret=(lambda _: next(unseen)) if secrets else None,
    )
    status = run(line, context)
    return status, out.getvalue(), err.getvalue()
