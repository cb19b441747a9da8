"""Names of things. An id is 128 bits written as 32 hex digits; it says nothing about what it names.

Ids are *derived*, not drawn: everything an intent brings into being takes its id from the intent's own random
key and a purpose. A retried intent therefore makes the same facts, and a secret mission shifts nobody else's ids.
"""

from __future__ import annotations

import hashlib
from typing import NewType

Id = NewType("Id", str)
IntentId = NewType("IntentId", str)
FactId = NewType("FactId", str)
PersonId = NewType("PersonId", str)
MissionId = NewType("MissionId", str)
StreamId = NewType("StreamId", str)
ReplicaId = NewType("ReplicaId", str)
Mark = NewType("Mark", str)
"""A compartment a row belongs to; a viewer sees a row when they hold its mark."""

ORGANISATION = StreamId("org")
OPEN = Mark("org")
"""The mark everybody in the organisation holds."""

ID_HEX_DIGITS = 32


def derive(key: str, *purpose: str) -> Id:
    """The id that `key` gives for `purpose`; the same arguments give the same id. 128 bits of BLAKE2b."""
    text = "\x1f".join((key, *purpose))
    return Id(hashlib.blake2b(text.encode(), digest_size=16, person=b"wayhome-id").hexdigest())


def handle(of: str) -> str:
    """A short form of an id for people to type: six letters of a radio-safe alphabet, no gaps to count."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    number = int.from_bytes(hashlib.blake2b(of.encode(), digest_size=4, person=b"wayhome-hd").digest(), "big")
    return "".join(alphabet[(number >> (5 * i)) & 31] for i in range(6))


def mission_stream(mission: MissionId) -> StreamId:
    """The stream of one mission's compartment."""
    return StreamId(f"m:{mission}")


def person_stream(person: PersonId) -> StreamId:
    """The stream of one person's personal fields; destroying its key erases them."""
    return StreamId(f"p:{person}")


def mission_mark(mission: MissionId, *, secret: bool) -> Mark:
    """What a viewer must hold to see a mission: everybody's mark, or the mission's own."""
    return Mark(f"m:{mission}") if secret else OPEN
