"""A session: Wayhome as one signed-in member. The one thing that every face holds, near or over the local socket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from wayhome.access.masks import masks_over
from wayhome.access.seen import Seen
from wayhome.engines.care.jurisdiction import Jurisdiction, jurisdiction_of
from wayhome.engines.care.stated import CareIntent
from wayhome.mission.intents import encode
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Acting, Done
from wayhome.usecases.advising import ADVICE, Advising
from wayhome.usecases.care.follow_ups import Caring
from wayhome.usecases.care.reading import NEEDS_NO_KEYS, whom_to_call
from wayhome.usecases.ports import Log, MapMaker, TerrainStore
from wayhome.usecases.reading import READS, Reading
from wayhome.usecases.rows import NothingThere
from wayhome.usecases.staffing.pursuing import Pursuing
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

    def care_do(self, intent: CareIntent, *, key: str | None = None) -> Done:
        """States something in care. Raises Refused with "password again" where no keys are in memory, or LogError."""
        ...

    def care_read(self, name: str, **arguments: Any) -> Seen[Any]:
        """One read of `wayhome.usecases.care.desk` by name. Raises as `care_do` does, and NothingThere."""
        ...


class CareIn(Protocol):
    """Care, as somebody whose keys are in memory."""

    def do(self, intent: CareIntent, *, key: str | None) -> Done: ...

    def read(self, name: str, **arguments: Any) -> Seen[Any]: ...


OVERHEARD = "nothing of care goes over a connection that others may overhear: open Wayhome where it is encrypted"


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
        care: Callable[[], CareIn] | None = None,
        law: Callable[[], Jurisdiction] = lambda: jurisdiction_of(""),
    ) -> None:
        """`heed` hears of every intent that was done. `care` refuses where the password has to be given first.

        `law`: what holds for care here, with the organisation's own crisis numbers.

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
        self._care = care
        self._law = law

    @property
    def viewer(self) -> PersonId:
        return self._viewer

    def now(self) -> Moment:
        return self._clock().at(self._acting.standing.world.organisation.zone)

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        if self._openly:
            self._must_be_open(intent)
        now = self.now()
        try:
            done = self._acting.do(intent, by=self._viewer, now=now, key=key or self._new_key())
        except Refused as refusal:
            raise self._refused_as_told(refusal, intent) from None
        if self._heed is not None:
            self._heed(intent)
        Caring(self._acting).after(intent, now)
        Pursuing(self._acting, self.reading).after(intent, now)
        return msgspec.structs.replace(done, tells=tuple(self._as_told(told, intent) for told in done.tells))

    def _refused_as_told(self, refusal: Refused, intent: Intent) -> Refused:
        text = self._as_told(refusal.text, intent)
        return refusal if text == refusal.text else Refused(refusal.code, text)

    def _as_told(self, words: str, intent: Intent) -> str:
        """What is said to whoever acts, with a label in place of a name that they are not told.

        Their own words come back as they were: else a guess at the name could be tried out.
        """
        standing = self._acting.standing
        if not standing.masked:
            return words
        for mask in masks_over(standing.world, standing.masked, self._viewer, openly=self._openly).values():
            words = mask.over_but(words, said=encode(intent).decode())
        return words

    def _must_be_open(self, intent: Intent) -> None:
        """Refuses what would speak of something secret, in the words for what is not there."""
        if getattr(intent, "secret", False):
            raise Refused("overheard", "a secret mission cannot be raised over a connection that others may overhear")
        mission, offer = getattr(intent, "mission", None), getattr(intent, "offer", None)
        if mission is not None:
            self.reading().mission(mission)
        if offer is not None and offer not in {one.offer for one in self.reading().offers().value}:
            raise NothingThere("offer")
        if getattr(intent, "telling", None) is not None or getattr(intent, "of", None) is not None:
            raise NothingThere("telling")  # every telling is of something secret

    def reading(self) -> Reading:
        return Reading(self._log, self._acting.standing, self._viewer, self.now(), openly=self._openly)

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        reading = self.reading()
        seen = READS[name](reading, **arguments)
        self._note_look(name, reading)
        return seen

    def advise(self, name: str, **arguments: Any) -> Seen[Any]:
        reading = self.reading()
        seen = ADVICE[name](Advising(reading, self.do, self._terrains, self._maps, self.now()), **arguments)
        self._note_look(name, reading)
        return seen

    def care_do(self, intent: CareIntent, *, key: str | None = None) -> Done:
        return self._in_care().do(intent, key=key)

    def care_read(self, name: str, **arguments: Any) -> Seen[Any]:
        if name == NEEDS_NO_KEYS:
            return whom_to_call(self._log, self._acting.standing, self._viewer, self.now(), self._law(), **arguments)
        return self._in_care().read(name, **arguments)

    def _in_care(self) -> CareIn:
        if self._openly:
            raise Refused("overheard", OVERHEARD)
        if self._care is None:
            raise Refused("password again", "your password opens what is said in care: give it first")
        return self._care()

    def _note_look(self, name: str, reading: Reading) -> None:
        self._acting.looking.looked(self._acting, self._viewer, name, reading.rested_on, self._clock())
