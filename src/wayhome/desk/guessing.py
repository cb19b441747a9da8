"""Signing in is for those who know a password, and costs a machine much: how often it may be tried, and by how many.

What somebody is told depends on the words they typed and on where they are, never on whether anybody is called so.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from litestar.exceptions import TooManyRequestsException

WITHIN_S = 60.0
WRONG_EACH = 5
"""So many times in a minute may one name be tried from one address."""
WRONG_OF_AN_ADDRESS = 40
"""So many times in a minute may one address try whatever names: a whole team behind one router mistypes less."""
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
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    @asynccontextmanager
    async def trying(self, name: str, address: str) -> AsyncIterator[None]:
        """One try, counted as wrong unless `right` is told. Raises TooManyRequestsException where it must wait."""
        if self._waiting >= MOST_WAITING:
            raise TooManyRequestsException("too many people are signing in just now")
        self._count(("", address), WRONG_OF_AN_ADDRESS)
        self._count((_folded(name), address), WRONG_EACH)
        self._waiting += 1
        try:
            async with self._free:
                yield
        finally:
            self._waiting -= 1

    def right(self, name: str, address: str) -> None:
        """The name was tried with its password: what went wrong before is forgotten, but not of other names."""
        self._tried.pop((_folded(name), address), None)
        of_address = self._tried.get(("", address))
        if of_address:
            of_address.pop()

    def _count(self, key: tuple[str, str], most: int) -> None:
        now = self._clock()
        tried = self._tried.setdefault(key, deque())
        self._tried.move_to_end(key)
        while tried and tried[0] <= now - WITHIN_S:
            tried.popleft()
        if len(tried) >= most:
            raise TooManyRequestsException("that was tried too often")
        tried.append(now)
        while len(self._tried) > MOST_REMEMBERED:
            self._tried.popitem(last=False)


def _folded(name: str) -> str:
    """As names are compared; never empty, which stands for the address itself."""
    return "=" + name.strip().casefold()[:200]
