"""Every kind of intent by name, and how one is read from the wire."""

from __future__ import annotations

import inspect

import msgspec

from wayhome.mission.intents import care, field, missions, people, searching, secrecy
from wayhome.mission.intents.base import Intent

INTENTS: dict[str, type[Intent]] = {
    name: kind
    for module in (people, missions, field, secrecy, care, searching)
    for name, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, Intent) and kind is not Intent
}


class UnreadableIntent(ValueError):
    """What was sent is no intent; the text gives the path of what does not fit."""


class _Named(msgspec.Struct):
    intent: str


def encode(intent: Intent) -> bytes:
    return msgspec.json.encode(intent)


def decode(body: bytes) -> Intent:
    """The intent. Raises UnreadableIntent."""
    try:
        kind = INTENTS.get(msgspec.json.decode(body, type=_Named).intent)
        if kind is None:
            raise UnreadableIntent("there is no such intent")
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise UnreadableIntent(str(error)) from error
