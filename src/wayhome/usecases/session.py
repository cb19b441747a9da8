"""A session: Wayhome as one signed-in member. The one thing that every face holds, near or over the local socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from wayhome.access.seen import Seen
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Acting, Done
from wayhome.usecases.advising import ADVICE, Advising
from wayhome.usecases.caring import Caring
from wayhome.usecases.ports import Log, MapMaker, TerrainStore
from wayhome.usecases.reading import READS, Reading
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


class Session(Protocol):
    """What a face may ask of Wayhome."""

    @property
    def viewer(self) -> PersonId:
        """Who is signed in."""
        ...

    def now(self) -> Moment:
        """The time, in the organisation's zone."""
        ...

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        """States an intent. The same key again changes nothing. Raises Refused or LogError."""
        ...

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        """One read of `wayhome.usecases.reading` by name. Raises NothingThere for what is absent or hidden."""
        ...

    def advise(self, name: str, **arguments: Any) -> Seen[Any]:
        """Asks an engine, and records what it said. Raises Refused, NothingThere or AdviceError."""
        ...


class LocalSession:
    """A session in the process that owns the log."""

    def __init__(
        self,
        log: Log,
        acting: Acting,
        terrains: TerrainStore,
        maps: MapMaker,
        viewer: PersonId,
        clock: Callable[[], Moment],
        new_key: Callable[[], str],
        heed: Callable[[Intent], None] | None = None,
        *,
        openly: bool = False,
    ) -> None:
        """`heed` hears of every intent that was done.

        `openly`: over a way that others may overhear, where nothing secret and no care may pass.
        """
        self._log = log
        self._acting = acting
        self._terrains = terrains
        self._maps = maps
        self._viewer = viewer
        self._clock = clock
        self._new_key = new_key
        self._heed = heed
        self._openly = openly

    @property
    def viewer(self) -> PersonId:
        return self._viewer

    def now(self) -> Moment:
        return self._clock().at(self._acting.standing.world.organisation.zone)

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        if self._openly:
            self._must_be_open(intent)
        now = self.now()
        done = self._acting.do(intent, by=self._viewer, now=now, key=key or self._new_key())
        if self._heed is not None:
            self._heed(intent)
        Caring(self._acting).after(intent, now)
        return done

    def _must_be_open(self, intent: Intent) -> None:
        """Refuses what would speak of something secret, in the words for what is not there."""
        if getattr(intent, "secret", False):
            raise Refused("overheard", "a secret mission cannot be raised over a connection that others may overhear")
        mission, offer = getattr(intent, "mission", None), getattr(intent, "offer", None)
        if mission is not None:
            self.reading().mission(mission)
        if offer is not None and offer not in {one.offer for one in self.reading().offers().value}:
            raise NothingThere("offer")

    def reading(self) -> Reading:
        return Reading(self._log, self._acting.standing, self._viewer, self.now(), openly=self._openly)

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        return READS[name](self.reading(), **arguments)

    def advise(self, name: str, **arguments: Any) -> Seen[Any]:
        advising = Advising(self.reading(), self.do, self._terrains, self._maps, self.now())
        return ADVICE[name](advising, **arguments)
