"""Members' passwords: hashed with argon2id, checked in constant time. At most two at once: each takes 64 MiB."""

from __future__ import annotations

import functools
import threading

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

_AT_ONCE = threading.BoundedSemaphore(2)
_HASHER = PasswordHasher()

SHORTEST = 8


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
