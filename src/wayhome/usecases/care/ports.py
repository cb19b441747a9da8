"""What care needs from the outside: keys in memory, and a box of sealed letters, there whether or not any are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

import msgspec

from wayhome.engines.care.letters import Letter
from wayhome.values.ids import Id, PersonId


class Ring(msgspec.Struct, eq=False, weakref=True):
    """The keys of one signed-in person, in memory only and gone with their session; a ring is like no other.

    `private`, `public`: their own. `desk`: the private key of the desk of care, for admitted carers (and for the clock,
    whose `person` is CLOCK and whose own keys are the desk's). `cases`: the keys of cases that they were given, oldest
    first; `LetterBox.read` adds what it finds in letters to them.
    """

    person: PersonId
    public: bytes
    private: bytes
    desk: bytes | None = None
    desks_before: tuple[bytes, ...] = ()
    """Private keys of other desks: two laptops that never met may each have made one."""
    cases: dict[Id, list[bytes]] = {}


class Directory(Protocol):
    """Public keys, as the record has them; each of 32 bytes."""

    def public_of(self, person: PersonId) -> bytes | None:
        """A member's public key for care; None for whoever never set a password."""
        ...

    def desk_public(self) -> bytes | None:
        """The public key of the desk of care; None before the first carer came in."""
        ...

    def ever_of(self, person: PersonId) -> frozenset[bytes]:
        """Every public key that a person ever had: what stands under their name and came of another key is forged."""
        ...


class LetterBox(Protocol):
    """Sealed letters in drawers of one size. Thread-safe. Raises LogError's family; what `write` took is durable.

    Every key that was ever made has a drawer of the same size, full of noise where nothing is written: neither the
    number of letters nor who has any can be told without a key that opens them.
    """

    def read(self, ring: Ring) -> list[Letter]:
        """Every letter that a ring opens, each once, by (at, id). Keys of cases found on the way join the ring."""
        ...

    def write(self, ring: Ring, letters: Sequence[Letter]) -> None:
        """Writes letters into the drawer of `ring`, all or none; one that is there already is not written again.

        Each is sealed to its kind's `READERS` (under the newest key of its case, to the desk), to `to`, and to whoever
        writes. Raises Sealless where a case's key is not on the ring.
        """
        ...

    def destroy(self, ring: Ring, ids: Collection[Id]) -> int:
        """Overwrites letters that the ring opens, in whatever drawer, with noise: how many. For good."""
        ...


class Sealless(Exception):
    """A letter cannot be sealed: whoever writes does not hold the key of its case."""
