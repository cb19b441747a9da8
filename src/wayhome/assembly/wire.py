"""What goes over the local socket: calls and replies, the same on both ends."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any

import msgspec

from wayhome.assembly.house import NotSignedIn
from wayhome.mission.rules import Refused
from wayhome.usecases.advising import ADVICE, AdviceError
from wayhome.usecases.care.reading import CARE_READS
from wayhome.usecases.ports import Damaged, Locked, LogError, NotDurable, NoTerrain, WrongKey
from wayhome.usecases.reading import READS
from wayhome.usecases.rows import NothingThere
from wayhome.values.places import BadPlace
from wayhome.values.when import BadTime


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """`what` is do, read, advise, care_do, care_read, now, viewer, sign_in, sign_out, take_invitation, recover,
    confirm, open_care, change_password, new_recovery_codes, sign_ins, end_sign_in, end_other_sign_ins, verify,
    rebuild, backup, exchange or merge; `body` its JSON.
    """

    what: str
    token: str = ""
    name: str = ""
    key: str = ""
    body: bytes = b""


class Fault(msgspec.Struct, frozen=True):
    """An error of one of the families below, to be raised again on the other side."""

    family: str
    code: str
    text: str


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """Either what was asked for, as JSON, or the fault."""

    body: bytes = b""
    viewer: str = ""
    fault: Fault | None = None


FAMILIES: dict[str, type[Exception]] = {
    kind.__name__: kind
    for kind in (
        AdviceError, BadPlace, BadTime, Damaged, Locked, LogError, NoTerrain, NotDurable, NotSignedIn, NothingThere,
        Refused, WrongKey,
    )
}  # fmt: skip


def fault_of(error: Exception) -> Fault:
    code = getattr(error, "code", "")
    text = error.args[0] if isinstance(error, NothingThere) else str(error)
    return Fault(type(error).__name__, code, text)


def raise_again(fault: Fault) -> None:
    """Raises on this side what was raised on the other."""
    kind = FAMILIES.get(fault.family, LogError)
    if kind is Refused:
        raise Refused(fault.code, fault.text)
    error = kind.__new__(kind)
    error.args = (fault.text,)
    raise error


def shape(functions: dict[str, Callable[..., Any]], name: str) -> Any:
    """The type inside the `Seen` that a read or an advice gives."""
    return typing.get_args(typing.get_type_hints(functions[name])["return"])[0]


def arguments(functions: dict[str, Callable[..., Any]], name: str, body: bytes) -> dict[str, Any]:
    """The arguments of a read or an advice, each as its type. Raises LogError for what does not fit."""
    if name not in functions:
        raise LogError(f"there is no {name!r} to ask for")
    hints = typing.get_type_hints(functions[name])
    try:
        given = msgspec.json.decode(body or b"{}", type=dict[str, Any])
        return {key: msgspec.convert(value, hints[key]) for key, value in given.items()}
    except (msgspec.MsgspecError, KeyError) as error:
        raise LogError(f"{name} was asked for with something that does not fit: {error}") from error


__all__ = [
    "ADVICE",
    "CARE_READS",
    "FAMILIES",
    "READS",
    "Call",
    "Fault",
    "Reply",
    "arguments",
    "fault_of",
    "raise_again",
    "shape",
]
