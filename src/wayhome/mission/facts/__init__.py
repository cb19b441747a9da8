"""Every kind of fact, its version, and how to read and write one.

Stored bytes are never rewritten. When a kind changes, raise its version in `VERSIONS` and add an upcaster from the
old one; `tests/golden/facts` keeps one example of every version ever released.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import msgspec

from wayhome.mission.facts import care, field, missions, people, searching, secrecy
from wayhome.mission.facts.base import Fact

KINDS: dict[str, type[Fact]] = {
    name: kind
    for module in (people, missions, field, secrecy, care, searching)
    for name, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Fact) and kind is not Fact
}
"""Every kind by its name on the wire."""

VERSIONS: dict[str, int] = {"BackupAsked": 2, "BondStated": 2, "MissionPlanned": 2, "OfferMade": 2, "WalkInJoined": 2}
"""The present version of each kind that has ever changed; the others are at 1."""


def _with_nothing_more_said(raw: dict[str, Any]) -> dict[str, Any]:
    """A version that only says more than the one before: what was not said then has its default now."""
    return raw


UPCASTERS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("BackupAsked", 1): _with_nothing_more_said,
    ("BondStated", 1): _with_nothing_more_said,
    ("MissionPlanned", 1): _with_nothing_more_said,
    ("OfferMade", 1): _with_nothing_more_said,
    ("WalkInJoined", 1): _with_nothing_more_said,
}
"""(kind, version) to a pure function that lifts the body by one version."""


class UnreadableFact(ValueError):
    """A body that does not fit its kind; the text gives kind, version and path."""


def version_of(fact: Fact) -> int:
    return VERSIONS.get(type(fact).__name__, 1)


def encode(fact: Fact) -> bytes:
    """The fact as JSON."""
    return msgspec.json.encode(fact)


_DECODERS = {name: msgspec.json.Decoder(kind) for name, kind in KINDS.items()}


def decode(kind: str, version: int, body: bytes) -> Fact | None:
    """The fact in its present form, lifted where it is old; None for a kind or version this program does not know.

    Raises UnreadableFact for a body that does not fit its kind.
    """
    if kind not in KINDS or version > VERSIONS.get(kind, 1):
        return None
    try:
        if version == VERSIONS.get(kind, 1):
            return _DECODERS[kind].decode(body)
        return _lifted(kind, version, msgspec.json.decode(body))
    except (msgspec.MsgspecError, ValueError, LookupError, TypeError) as error:
        raise UnreadableFact(f"{kind} version {version} cannot be read: {error}") from error


def _lifted(kind: str, version: int, raw: dict[str, Any]) -> Fact:
    for step in range(version, VERSIONS.get(kind, 1)):
        raw = UPCASTERS[(kind, step)](raw)
    return msgspec.convert(raw, KINDS[kind])
