"""Members' passwords: hashed with argon2id, checked in constant time. At most two at once: each takes 64 MiB.

A key can be made of a password as well, under a salt of its own: from the hash that is kept nobody comes to it.
"""

from __future__ import annotations

import functools
import os
import threading

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import HashingError, InvalidHashError, VerificationError
from argon2.low_level import Type, hash_secret_raw

_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()

SHORTEST = 8
KEY_BYTES = 32
_SALT_BYTES = 16
_COST_BYTES = 12


class BadPassword(ValueError):
    """A password that will not do; the text says why."""


def hashed(password: str, hasher: PasswordHasher = _HASHER) -> str:
    """The argon2id hash. Raises BadPassword for one shorter than eight letters."""
    if len(password) < SHORTEST:
        raise BadPassword(f"a password has at least {SHORTEST} letters")
    with _AT_ONCE:
        return hasher.hash(password)


def fits(password: str, held: str) -> bool:
    """Whether the password is the one that was hashed. Takes as long where none was ever set.

    Nothing fits a hash that would cost far more than ours to check: somebody may have stated it to exhaust the machine.
    """
    with _AT_ONCE:
        try:
            return _HASHER.verify(held if held and not _too_dear(held) else _nobodys(), password)
        except (VerificationError, InvalidHashError):
            return False


def _too_dear(held: str) -> bool:
    """Whether checking a hash takes more memory or passes than twice what ours take. Raises InvalidHashError."""
    asked = extract_parameters(held)
    return asked.memory_cost > 2 * _HASHER.memory_cost or asked.time_cost > 2 * _HASHER.time_cost


@functools.cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password, and nothing fits it")


def new_salt() -> bytes:
    """What a key is made of besides the password: what making it costs, and bytes by chance."""
    cost = (_HASHER.time_cost, _HASHER.memory_cost, _HASHER.parallelism)
    return b"".join(number.to_bytes(4, "big") for number in cost) + os.urandom(_SALT_BYTES)


def key_of(password: str, salt: bytes) -> bytes | None:
    """A key that only the password gives; None for a salt that is none, or would cost far more than ours."""
    if len(salt) != _COST_BYTES + _SALT_BYTES:
        return None
    passes, memory, lanes = (int.from_bytes(salt[at : at + 4], "big") for at in range(0, _COST_BYTES, 4))
    if memory > 2 * _HASHER.memory_cost or passes > 2 * _HASHER.time_cost:
        return None
    try:
        with _AT_ONCE:
            return hash_secret_raw(password.encode(), salt[_COST_BYTES:], passes, memory, lanes, KEY_BYTES, Type.ID)
    except (HashingError, UnicodeEncodeError):
        return None
