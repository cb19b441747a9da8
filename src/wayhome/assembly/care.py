"""What care needs around it in a house: the box, the keys, the law of the place, and a way to tell people."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from concurrent.futures import Executor, wait

from wayhome.assembly.rings import Rings
from wayhome.engines.care.jurisdiction import Jurisdiction, jurisdiction_of
from wayhome.formats.errors import BadProfile
from wayhome.links.profiles import load_profile
from wayhome.usecases.acting import Acting
from wayhome.usecases.care.means import Means
from wayhome.usecases.notifying import TITLE
from wayhome.usecases.ports import Messenger
from wayhome.values.ids import PersonId

LONGEST_S = 10
"""A message that nobody took by then did not go out, so that the next one is sought in time."""


class Teller:
    """Tells members through their channels, at once, and keeps nothing of it. Tells nobody before `begin`."""

    def __init__(self, channels_of: Callable[[PersonId], tuple[str, ...]]) -> None:
        self._channels_of = channels_of
        self._messenger: Messenger | None = None
        self._pool: Executor | None = None

    def begin(self, messenger: Messenger, pool: Executor) -> None:
        self._messenger, self._pool = messenger, pool

    def tell(self, person: PersonId, words: str) -> bool:
        """Whether some channel of theirs took the words in time."""
        if self._messenger is None or self._pool is None:
            return False
        sent = [self._pool.submit(self._messenger.send, url, TITLE, words) for url in self._channels_of(person)]
        done, _ = wait(sent, timeout=LONGEST_S)
        return any(one.exception() is None for one in done)


def means_of(rings: Rings, acting: Acting, teller: Teller) -> Means:
    """The same for every session of a house."""
    return Means(
        box=rings.box,
        directory=rings.keys,
        law=lambda: _law_of(acting.standing.world.organisation.profile),
        tell=teller.tell,
        clock_rings=lambda: rings.clock_ring is not None,
        let_in=rings.admit,
        chance=os.urandom,
    )


@functools.lru_cache(maxsize=8)
def _law_of(profile: str) -> Jurisdiction:
    """What the profile's jurisdiction asks of care; the strictest of all where the profile cannot be read."""
    try:
        return load_profile(profile).law()
    except BadProfile:
        return jurisdiction_of("")
