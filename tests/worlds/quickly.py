"""What takes time and tells nothing, made quick while worlds are played: hashes of passwords."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher

from wayhome.links import passwords

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_HASHED = passwords.hashed


def _hashed(password: str) -> str:
    return _HASHED(password, _CHEAP)


@contextmanager
def quickly() -> Iterator[None]:
    """A password's hash is as strong as a test needs."""
    quick = ((passwords, "hashed", _hashed), (passwords, "_HASHER", _CHEAP))
    before = [(where, name, getattr(where, name)) for where, name, _ in quick]
    for where, name, made in quick:
        setattr(where, name, made)
    try:
        yield
    finally:
        for where, name, held in before:
            setattr(where, name, held)
