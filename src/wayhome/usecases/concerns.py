"""Which missions concern whom, so that what waits for one member is read without reading everybody's.

A short cut and nothing more: the rows still pass the member's own predicate. What a mission somebody has nothing to do
with holds is left out before it is asked for, because nothing in it can wait for them.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from wayhome.mission.state import World
from wayhome.mission.views import shapes as v
from wayhome.usecases.ports import Change, Grant, Log, Row
from wayhome.usecases.rows import FEW, Rows, V
from wayhome.usecases.standing import Standing
from wayhome.values.ids import Mark, MissionId, PersonId


class Concerns:
    """Of everybody, the missions they lead or raised, were offered a post in or offered one, were alerted of, or in
    which backup is on its way to them.

    Thread-safe. A mission once noted stays: it costs a look and tells nothing.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._missions: dict[PersonId, set[MissionId]] = {}

    def anew(self, world: World) -> None:
        """Takes everything from the state as it stands."""
        found: dict[PersonId, set[MissionId]] = {}
        for mission in list(world.missions.values()):
            people = {mission.owner, mission.commander}
            people |= {who for one in list(mission.secrecy.emergencies.values()) for who in one.alerted}
            for offer in list(mission.offers.values()):
                people |= {offer.member, offer.by}
            people |= {who for call in list(mission.backups.values()) for who in call.pursuers}
            for person in people:
                found.setdefault(person, set()).add(mission.id)
        with self._lock:
            for person, missions in found.items():
                self._missions.setdefault(person, set()).update(missions)

    def note(self, changes: Iterable[Change], standing: Standing) -> set[PersonId]:
        """Takes in what a commit changed; gives those for whom something else may wait now."""
        touched: set[PersonId] = set()
        for change in changes:
            if isinstance(change, Grant):
                touched.add(change.person)
            elif isinstance(change, Row):
                touched |= self._note_row(change, standing)
        return touched - {PersonId("")}

    def _note_row(self, row: Row, standing: Standing) -> set[PersonId]:
        whose, _, person = row.mark.partition(":")
        touched = {PersonId(person)} if whose == "self" else set()
        match row.view:
            case "offer" | "alarm" | "clash" | "conflict" | "mission" | "emergency" | "futures":
                mission, people = MissionId(row.scope or row.key), _people_of(row, standing)
                with self._lock:
                    for one in people:
                        self._missions.setdefault(one, set()).add(mission)
                touched |= people
            case "absence" | "looked_in":
                members = standing.world.organisation.members.values()
                touched |= {member.id for member in list(members) if "carer" in member.duties}
            case "petition" | "history" | "organisation":
                touched.add(standing.world.organisation.commander or PersonId(""))
        return touched

    def of(self, member: PersonId) -> tuple[MissionId, ...]:
        with self._lock:
            return tuple(sorted(self._missions.get(member, ())))


def _people_of(row: Row, standing: Standing) -> set[PersonId]:
    if row.view == "offer":
        offer = msgspec.json.decode(row.body, type=v.OfferView)
        return {offer.member, offer.by}
    if row.view == "futures":
        return set(msgspec.json.decode(row.body, type=v.FuturesView).pursuers)
    if row.view == "emergency":
        return set(msgspec.json.decode(row.body, type=v.EmergencyView).alerted)
    mission = standing.world.missions.get(MissionId(row.scope or row.key))
    return {mission.owner, mission.commander} if mission else set()


class ConcernedRows(Rows):
    """Rows as one viewer may see them: of what missions hold only that of missions which concern them; without names.

    For counting and timing what waits, never for showing it.
    """

    def __init__(self, log: Log, standing: Standing, viewer: PersonId, missions: Collection[MissionId]) -> None:
        super().__init__(log, standing, viewer)
        self._concerned = missions if len(missions) <= FEW else None

    def fetch(self, view: str, kind: type[V], *, within: frozenset[Mark] | None = None, **ask: Any) -> list[V]:
        if view != "offer" or ask or self._concerned is None:
            return super().fetch(view, kind, within=within, **ask)
        found: list[V] = []
        for mission in self._concerned:
            found += super().fetch(view, kind, within=within, scope=mission)
        return found

    def by_scope(self, view: str, kind: type[V]) -> dict[str, list[V]]:
        if self._concerned is None:
            return super().by_scope(view, kind)
        found = {str(mission): self.fetch(view, kind, scope=mission) for mission in self._concerned}
        return {mission: rows for mission, rows in found.items() if rows}

    def named(self, views: list[V]) -> list[V]:
        """Names are for whoever reads; here nobody does."""
        return views
