"""What takes time and tells nothing, made quick: the hashing of passwords and passphrases, as weak as a test may be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from wayhome.assembly import local
from wayhome.links import passwords
from wayhome.log.keys import Cost

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@contextmanager
def quickly() -> Iterator[None]:
    """Whatever is hashed meanwhile costs next to nothing, whoever asks for it and by whichever name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords.hashed, "__defaults__", (_CHEAP,))
        patch.setattr(passwords, "_HASHER", _CHEAP)
        patch.setitem(local.found.__kwdefaults__ or {}, "cost", CHEAP)
        yield
