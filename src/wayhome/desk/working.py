"""What the engines are working out for whoever asked: how far it has come, for them alone, and how it is ended early.

A plan takes up to a minute. Meanwhile its asker may load the page anew or look at something else: what they wait for is
found again here, and the answer stands in the record as soon as it is there.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from litestar import Request, get, post

from wayhome.desk.signed import me_of
from wayhome.usecases import work
from wayhome.values.ids import PersonId

Asked = Request[Any, Any, Any]


class Working(msgspec.Struct, frozen=True, kw_only=True):
    """One answer on its way: the advice that was asked for, what is being done, how much of how much (0: not known)."""

    name: str
    mission: str
    what: str
    done: int
    of: int
    seconds: float


class StopWorking(msgspec.Struct, frozen=True, kw_only=True):
    """Ends what was asked for with the best that was found so far, where it has one."""

    name: str
    mission: str


class _Work:
    def __init__(self, viewer: PersonId, name: str, mission: str) -> None:
        self.viewer, self.name, self.mission = viewer, name, mission
        self.what, self.done, self.of = "", 0, 0
        self.stopped = False
        self.began = time.monotonic()

    def heard(self, what: str, done: int, of: int) -> bool:
        self.what, self.done, self.of = what, done, of
        return not self.stopped

    def shown(self) -> Working:
        seconds = time.monotonic() - self.began
        return Working(
            name=self.name, mission=self.mission, what=self.what, done=self.done, of=self.of, seconds=seconds
        )


class Works:
    """All answers on their way at this desk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._held: dict[int, _Work] = {}

    @contextmanager
    def asked(self, viewer: PersonId, name: str, mission: str) -> Iterator[None]:
        """Within, what the engines tell is heard for this viewer."""
        one = _Work(viewer, name, mission)
        with self._lock:
            number = next(self._numbers)
            self._held[number] = one
        try:
            with work.watched(one.heard):
                yield
        finally:
            with self._lock:
                del self._held[number]

    def of(self, viewer: PersonId) -> tuple[Working, ...]:
        """What this viewer waits for, the oldest first."""
        with self._lock:
            return tuple(one.shown() for one in self._held.values() if one.viewer == viewer)

    def stop(self, viewer: PersonId, name: str, mission: str) -> None:
        """Asks this viewer's own to come to an end."""
        with self._lock:
            for one in self._held.values():
                if (one.viewer, one.name, one.mission) == (viewer, name, mission):
                    one.stopped = True


def works_of(request: Asked) -> Works:
    works: Works = request.app.state.works
    return works


@get("/api/working", sync_to_thread=True, tags=["advice"], summary="What I wait for, and how far it has come")
def working(request: Asked) -> tuple[Working, ...]:
    return works_of(request).of(me_of(request).viewer)


@post("/api/working/stop", sync_to_thread=True, status_code=204, tags=["advice"], summary="Ends what I wait for")
def stop_working(request: Asked, data: StopWorking) -> None:
    """The answer then comes as it is by then; what cannot be ended goes on."""
    works_of(request).stop(me_of(request).viewer, data.name, data.mission)


HANDLERS = (working, stop_working)
