"""What care needs around it, wired once for a house; and how what was refused behind the wall is said to a face."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.mission.intents.care import LetCarerIn
from wayhome.mission.rules import care_keys
from wayhome.mission.state import World
from wayhome.usecases.care.ports import Directory, LetterBox, Ring
from wayhome.values.ids import PersonId

NEEDED = "Somebody needs you now: open Wayhome"
LOOKED_FOR = "Somebody you look after could not be reached: open Wayhome"
WAITS = "open Wayhome"
STANDS = "The clock of care stands until a carer signs in: sign in to Wayhome once"
"""All that care ever tells through a channel: nothing of anybody is in it."""


class Means(msgspec.Struct, frozen=True, kw_only=True):
    """The same for every session of a house.

    `law`: what the organisation's jurisdiction asks. `tell`: sends words through a member's channels, and whether they
    went out. `clock_rings`: whether the care clock has the desk's key in memory. `let_in`: the desk's key sealed to
    another carer. `chance`: so many random bytes.
    """

    box: LetterBox
    directory: Directory
    law: Callable[[], Jurisdiction]
    tell: Callable[[PersonId, str], bool]
    clock_rings: Callable[[], bool]
    let_in: Callable[[Ring, PersonId], LetCarerIn]
    chance: Callable[[int], bytes]
    lock: threading.RLock = msgspec.field(default_factory=threading.RLock)
    """Held while something is decided and written, so that two on one case do not cross."""


def admitted(world: World) -> tuple[PersonId, ...]:
    """Carers who hold the key of the desk of care and are still there, in the order in which they came."""
    inside = set(care_keys.admitted(world))
    holders = dict.fromkeys(person for desk in world.organisation.desk_keys for person in desk.boxes)
    return tuple(person for person in holders if person in inside and _there(world, person))


def professionals(world: World) -> tuple[PersonId, ...]:
    """The named professionals: whoever is carer and medic, by their number on the roster."""
    both = [one for one in world.organisation.members.values() if {"carer", "medic"} <= one.duties]
    return tuple(one.id for one in sorted(both, key=lambda one: (one.ref, one.id)) if _there(world, one.id))


def medics(world: World) -> frozenset[PersonId]:
    return frozenset(
        one.id for one in world.organisation.members.values() if "medic" in one.duties and _there(world, one.id)
    )


def _there(world: World, person: PersonId) -> bool:
    held = world.organisation.members.get(person)
    return held is not None and not held.erased and held.status != "lost"
