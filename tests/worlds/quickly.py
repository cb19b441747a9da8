"""What takes time and tells nothing, made quick while worlds are played: trees of commands, hashes of passwords."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from argon2 import PasswordHasher

from wayhome.links import passwords

_main: Any = importlib.import_module("wayhome.cli.main")
_stack: Any = importlib.import_module("cyclopts.app_stack")
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_BUILT = functools.cache(_main.build)
_HASHED = passwords.hashed
_GROUPS = _stack.inverse_groups_from_app
_FOUND: dict[int, Any] = {}
"""By the command's identity; the commands themselves are kept by `_BUILT`."""


def _hashed(password: str) -> str:
    return _HASHED(password, _CHEAP)


def _groups(app: Any, resolve_lazy: bool = False) -> Any:
    if id(app) not in _FOUND:
        _FOUND[id(app)] = (app, _GROUPS(app, resolve_lazy=resolve_lazy))
    return _FOUND[id(app)][1]


@contextmanager
def quickly() -> Iterator[None]:
    """Each command tree is built once, and a password's hash is as strong as a test needs."""
    quick = (
        (_main, "build", _BUILT),
        (passwords, "hashed", _hashed),
        (passwords, "_HASHER", _CHEAP),
        (_stack, "inverse_groups_from_app", _groups),
    )
    before = [(where, name, getattr(where, name)) for where, name, _ in quick]
    for where, name, made in quick:
        setattr(where, name, made)
    try:
        yield
    finally:
        for where, name, held in before:
            setattr(where, name, held)
