"""Signing in is for those who know a password, and costs a machine much: how often it may be tried, and by how many.

What somebody is told depends on the words they typed and on where they are, never on whether anybody is called so.

Nobody is shut out for good. From an address at which a name was given with its password lately, nothing that is tried
elsewhere counts against that name; and a link or a recovery code, which cannot be guessed, lets in from anywhere.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar.exceptions import TooManyRequestsException

WITHIN_S = 60.0
WRONG_EACH = 5
"""So many times in a minute may one name be tried from one address."""
WRONG_OF_AN_ADDRESS = 40
"""So many times in a minute may one address try whatever names: a whole team behind one router mistypes less."""
STRANGERS_WITHIN_S = 3600.0
WRONG_OF_A_NAME = 100
"""So many times in an hour may one name be tried from all addresses together at which it never fitted."""
STRANGERS_EVERY_S = 36.0
"""Beyond that, one try in so many seconds: slower, but never not at all."""
KNOWN_FOR_S = 30 * 24 * 3600.0
AT_ONCE = 2
"""Each takes 64 MiB and a third of a second."""
MOST_WAITING = 64
"""When the alarm comes everybody signs in: they wait for each other. Beyond this, somebody means harm."""
MOST_REMEMBERED = 10_000


class Guesses:
    """What was tried lately. Lives in the event loop of the desk."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._tried: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._known: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def trying(self, name: str, address: str) -> AsyncIterator[None]:
        """One try, counted as wrong unless `right` is told. Raises TooManyRequestsException where it must wait."""
        if self._waiting >= MOST_WAITING:
            raise TooManyRequestsException("too many people are signing in just now")
        self._count(("", address), WRONG_OF_AN_ADDRESS)
        self._count((_folded(name), address), WRONG_EACH)
        if not self._is_known(_folded(name), address):
            self._count_stranger((_folded(name), ""))
        self._waiting += 1
        try:
            async with self._free:
                yield
        finally:
            self._waiting -= 1

    def right(self, name: str, address: str) -> None:
        """The name was tried with its password: what went wrong before is forgotten, but not of other names."""
        self._tried.pop((_folded(name), address), None)
        self._known[_folded(name), address] = self._clock()
        self._known.move_to_end((_folded(name), address))
        _bound(self._known)
        of_name = self._tried.get((_folded(name), ""))
        if of_name:
            of_name.pop()
        of_address = self._tried.get(("", address))
        if of_address:
            of_address.pop()

    def _count(self, key: tuple[str, str], most: int) -> None:
        tried, now = self._lately(key, WITHIN_S), self._clock()
        if len(tried) >= most:
            raise TooManyRequestsException("that was tried too often")
        tried.append(now)

    def _count_stranger(self, key: tuple[str, str]) -> None:
        """Of a name from where it is not known: as many as there may be, then each after a pause."""
        tried, now = self._lately(key, STRANGERS_WITHIN_S), self._clock()
        if len(tried) >= WRONG_OF_A_NAME and now - tried[-1] < STRANGERS_EVERY_S:
            raise TooManyRequestsException("that was tried too often")
        tried.append(now)

    def _lately(self, key: tuple[str, str], within_s: float) -> deque[float]:
        """When a key was tried within a span; what lies before is forgotten."""
        tried = self._tried.setdefault(key, deque(maxlen=2 * WRONG_OF_A_NAME))
        self._tried.move_to_end(key)
        while tried and tried[0] <= self._clock() - within_s:
            tried.popleft()
        _bound(self._tried)
        return tried

    def _is_known(self, name: str, address: str) -> bool:
        fitted = self._known.get((name, address))
        return fitted is not None and self._clock() - fitted < KNOWN_FOR_S


def _bound(remembered: OrderedDict[tuple[str, str], Any]) -> None:
    while len(remembered) > MOST_REMEMBERED:
        remembered.popitem(last=False)


def _folded(name: str) -> str:
    """As names are compared; never empty, which stands for the address itself."""
    return "=" + name.strip().casefold()[:200]
