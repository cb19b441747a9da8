"""A data folder owned by this process: opened, founded, wired."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from wayhome.access.seen import Seen
from wayhome.assembly.care import Teller, means_of
from wayhome.assembly.doors import Doors
from wayhome.assembly.rings import Rings
from wayhome.assembly.sessions import Sessions
from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.links import passwords
from wayhome.links.map_maker import Maps
from wayhome.links.terrain_store import TERRAIN_FOLDER, FolderTerrains
from wayhome.log import backup as log_backup
from wayhome.log import folder
from wayhome.log.clock import wall_ms
from wayhome.log.drawer_store import LogWithDrawers
from wayhome.log.keys import DEFAULT_COST, Cost
from wayhome.log.sqlite_store import SqliteLog
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents.people import FoundOrganisation, SetPassword
from wayhome.mission.rules import Refused
from wayhome.usecases import clockwork, keeping
from wayhome.usecases.acting import Acting
from wayhome.usecases.care.clock import Standing, ring_ladders
from wayhome.usecases.care.desk import CareDesk
from wayhome.usecases.care.ports import Ring
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.following import Following
from wayhome.usecases.notifying import Notifier, Told
from wayhome.usecases.ports import Finding, LogError, Messenger, TerrainStore
from wayhome.usecases.session import CareIn
from wayhome.values.ids import PersonId, derive
from wayhome.values.when import Moment

KEEPS_THE_RECORD = frozenset({"commander", "clerk", "operator"})
"""Duties that check, back up, exchange and merge: what they handle is sealed, but its size and faults tell."""

CARE_EVERY_MS = 10_000
"""How often the ladders of care are looked through: every letter that the desk can open is read for it."""


class LocalHouse(Doors):
    """The data folder, owned by this process."""

    def __init__(
        self,
        log: LogWithDrawers,
        terrains: TerrainStore,
        *,
        clock: Callable[[], Moment],
        new_key: Callable[[], str] = lambda: secrets.token_hex(16),
        notices: tuple[str, ...] = (),
    ) -> None:
        self.log = log
        self.acting = Acting(log)
        self.terrains = terrains
        self._maps = Maps()
        self.clock = clock
        self._new_key = new_key
        self._notices = notices
        self._notifier: Notifier | None = None
        self._minded = 0
        self._rung_ms = -CARE_EVERY_MS
        self._rounds: Executor | None = None
        self._round: Future[None] | None = None
        self._care_stands = Standing()
        self._signed_in = Sessions(log, clock)
        self.rings = Rings(self.acting, log.drawers, clock)
        self._teller = Teller(self.channels_of)
        self._means = means_of(self.rings, self.acting, self._teller)
        self.heard: Callable[[frozenset[PersonId]], None] = lambda _viewers: None
        """Called, from any thread, when there is news, with those who listen and have some."""
        self.following = self._followed(openly=False)
        self.signed_out: Callable[[frozenset[PersonId]], None] = lambda _members: None
        """Called, from any thread, with those who are signed out somewhere: their open pages must look."""
        self._signed_in.ended = self._ended
        self.following_openly = self._followed(openly=True)
        """For those who listen over a way that others may overhear."""

    def _followed(self, *, openly: bool) -> Following:
        return Following(
            self.log,
            self.acting,
            new_epoch=lambda: secrets.token_hex(8),
            wake=lambda viewers: self.heard(viewers),
            openly=openly,
        )

    def _ended(self, members: frozenset[PersonId]) -> None:
        """Some session of these has ended: its keys go with it."""
        self.rings.keep(self._signed_in.open_ids())
        self.signed_out(members)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._notices

    def tick(self) -> int:
        """Lets the clockwork raise whatever is due."""
        now = self.clock().at(self.acting.standing.world.organisation.zone)
        raised = clockwork.tick(self.log, self.acting, now)
        if self._notifier is not None:
            self._notifier.notify(now)
        self._ring_for_care(now)
        self._mind_keys(now)
        return raised

    def _ring_for_care(self, now: Moment) -> None:
        """Lets the ladders of care ring, or says that they cannot. How many rang is counted before nobody."""
        if 0 <= now.ms - self._rung_ms < CARE_EVERY_MS:
            return
        if self._round is not None:
            if not self._round.done():
                return
            self._round.result()
        self._rung_ms = now.ms
        if self._rounds is None:
            self._care_round(now)
        else:
            self._round = self._rounds.submit(self._care_round, now)

    def _care_round(self, now: Moment) -> None:
        """Beside every other deadline: a channel that hangs may take seconds for each person that is sought."""
        desk, tell = self.rings.clock_ring, self._teller.tell
        with suppress(LogError):  # drawers that are damaged stop care, and no other deadline
            ring_ladders(self.rings.box, desk, self.acting, now, tell)
            self._care_stands.tick(self.acting, desk, now, tell)

    def _mind_keys(self, now: Moment) -> None:
        """Once a minute: the keys of sessions that ran out go, and the drawers look as if just written."""
        minute = now.ms // 60_000
        if minute != self._minded:
            self._minded = minute
            self.rings.keep(self._signed_in.open_ids())
            self.log.drawers.touch()

    def next_due(self) -> Moment | None:
        """When the next thing falls due, if anything does."""
        now = self.clock().at(self.acting.standing.world.organisation.zone)
        due_ms = clockwork.next_due(self.log, now)
        return None if due_ms is None else Moment(due_ms, now.zone)

    def _inside(self, person: PersonId) -> tuple[Any, ...]:
        return (self.log, self.acting, self.terrains, self._maps, person, self.clock, self._new_key)

    def _law(self) -> Jurisdiction:
        return self._means.law()

    def _care_of(self, ring: Ring) -> CareIn:
        return CareDesk(self.log, self.acting, ring, self._means, self.clock, self._new_key)

    def begin_telling(self, messenger: Messenger, pool: Executor, care: Executor) -> None:
        """From now on, each tick tells members through their channels that something waits for them.

        `care`: where the rounds of its clock run and its messages go out, three at a time at least.
        """
        self._notifier = Notifier(self.log, self.acting, messenger, pool, self.channels_of)
        self._teller.begin(messenger, care)
        self._rounds = care

    def told(self, viewer: PersonId, zone: str) -> Seen[tuple[Told, ...]] | None:
        """What a member was told of through their channels; None where nothing is told by this process."""
        return self._notifier.told(viewer, zone) if self._notifier is not None else None

    def shown(self, viewer: PersonId, waiting: Iterable[WaitingView]) -> None:
        """A member looked at what waits for them: they need not be told of it again."""
        if self._notifier is not None:
            self._notifier.opened(viewer, waiting, self.clock())

    def channels_of(self, person: PersonId) -> tuple[str, ...]:
        """Where somebody is told that something waits: for whoever sends, never to be shown."""
        held = self.acting.standing.world.people.get(person)
        return held.channels if held is not None else ()

    def keeper_of(self, token: str) -> PersonId:
        """Who the token stands for, where they keep the record as a whole. Refuses whoever does not."""
        person = self.person_of(token)
        organisation = self.acting.standing.world.organisation
        member = organisation.members.get(person)
        if person != organisation.commander and (member is None or not member.duties & KEEPS_THE_RECORD):
            raise Refused("not yours to do", "the record as a whole is for command, clerks and operators to keep")
        return person

    def verify(self, token: str) -> list[Finding]:
        self.keeper_of(token)
        return keeping.verify(self.log)

    def rebuild(self, token: str) -> None:
        self.keeper_of(token)
        keeping.rebuild_rows(self.log, self.acting)

    def backup(self, token: str, path: Path) -> None:
        self.keeper_of(token)
        if not isinstance(self.log, SqliteLog):
            raise LogError("a house in memory has nothing to back up")
        log_backup.backup(self.log, path)

    def exchange(self, token: str) -> bytes:
        self.keeper_of(token)
        return self.log.export_exchange({})

    def merge(self, token: str, exchange: bytes) -> keeping.Merged:
        by, before = self.keeper_of(token), {person.id: person.password for person in self._people()}
        merged = keeping.merge(self.log, self.acting, exchange, self.clock(), by=by)
        after = {person.id: person.password for person in self._people()}
        for person in [person for person, password in before.items() if after.get(person) != password]:
            self._signed_in.end_all_of(person)
        return merged

    def close(self) -> None:
        self.acting.keep()
        self.log.close()


def wall_clock() -> Moment:
    """The machine's clock, in UTC; every session shows it in the organisation's zone."""
    return Moment(wall_ms())


def open_house(
    data: Path, *, passphrase: str | None = None, key_file: Path | None = None, clock: Callable[[], Moment] = wall_clock
) -> LocalHouse:
    """Opens a data folder for this process. Raises LogError's family."""
    log: SqliteLog = folder.open_folder(data, passphrase=passphrase, key_file=key_file, wall=lambda: clock().ms)
    return LocalHouse(log, FolderTerrains(data / TERRAIN_FOLDER), clock=clock, notices=log.notices)


class Founding(msgspec.Struct, frozen=True, kw_only=True):
    """What a new organisation is made of."""

    name: str
    zone: str
    profile: str
    scales: Scales
    founder: str
    password: str


def found(
    data: Path,
    founding: Founding,
    *,
    passphrase: str | None = None,
    key_file: Path | None = None,
    clock: Callable[[], Moment] = wall_clock,
    cost: Cost = DEFAULT_COST,
) -> LocalHouse:
    """Makes a data folder with a new organisation in it, and its founder with a password. Raises LogError, Refused."""
    hashed = passwords.hashed(founding.password)
    folder.create(data, passphrase=passphrase, key_file=key_file, label=founding.founder, cost=cost)
    house = open_house(data, passphrase=passphrase, key_file=key_file, clock=clock)
    house.rings.make(found_in(house, founding, hashed), founding.password)
    return house


def found_in(house: LocalHouse, founding: Founding, hashed: str, key: str | None = None) -> PersonId:
    """Founds the organisation in an empty record, and returns its founder."""
    key = key or secrets.token_hex(16)
    intent = FoundOrganisation(
        name=founding.name,
        zone=founding.zone,
        profile=founding.profile,
        scales=founding.scales,
        founder=founding.founder,
    )
    now = house.clock().at(founding.zone)
    made = house.acting.do(intent, by=PersonId("nobody"), now=now, key=key).made
    founder = PersonId(made)
    password = SetPassword(member=founder, hash=hashed)
    house.acting.do(password, by=founder, now=now, key=derive(key, "password"))
    return founder
