"""The API: one address for each read, each kind of advice and each intent, made from the tables of the use cases.

What the desk can do, it does by these; a new read or intent is here by itself, with its types in the OpenAPI document.
"""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import HeaderParameter, Parameter

from wayhome.desk.signed import house_of, me_of
from wayhome.desk.working import works_of
from wayhome.engines.care.stated import CARE_INTENTS, CareIntent
from wayhome.mission.intents import INTENTS
from wayhome.mission.intents.base import Intent
from wayhome.usecases.acting import Done
from wayhome.usecases.advising import ADVICE
from wayhome.usecases.care.reading import CARE_READS
from wayhome.usecases.reading import READS

NOT_BY_ITSELF = frozenset(
    {
        "FoundOrganisation", "RaiseAlert", "LapseOffer", "CompareFutures", "SetPassword", "UseRecoveryCode",
        "TickContact", "CountVisit", "RequestForCare", "GiveWords", "NoteCareErased", "HoldToLimit",
        "MakeCareKey", "MakeDeskKey", "LetCarerIn",
    }
)  # fmt: skip
"""Intents that the clockwork or care states, or that have an address of their own."""

MOST = 1_000_000
"""Of anything that is asked for at once."""

Key = Annotated[
    str | None,
    HeaderParameter(
        name="idempotency-key",
        required=False,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]{16,64}$",
        description="The same key again changes nothing: send one of your own, and the request can be repeated.",
    ),
]

Function = Callable[..., Any]


def handlers() -> list[HTTPRouteHandler]:
    """Every read, advice and intent as an address."""
    return [
        *(_read(name, function) for name, function in READS.items()),
        *(_advice(name, function) for name, function in ADVICE.items()),
        *(_deed(name, kind) for name, kind in INTENTS.items() if name not in NOT_BY_ITSELF),
        *(_care_read(name, function) for name, function in CARE_READS.items()),
        *(_care_deed(name, kind) for name, kind in CARE_INTENTS.items()),
    ]


def _read(name: str, function: Function) -> HTTPRouteHandler:
    def handle(**arguments: Any) -> Any:
        request = arguments.pop("request")
        me = me_of(request)
        value = me.read(name, **_given(arguments)).value
        if name == "waiting":
            house_of(request).shown(me.viewer, value)
        return value

    _typed(handle, name, function)
    return get(f"/api/read/{name}", sync_to_thread=True, tags=["reads"], summary=_first(function))(handle)


def _advice(name: str, function: Function) -> HTTPRouteHandler:
    def ask(request: Any, data: Any) -> Any:
        me = me_of(request)
        with works_of(request).asked(me.viewer, name, getattr(data, "mission", "")):
            return me.advise(name, **msgspec.structs.asdict(data)).value

    hints = typing.get_type_hints(function)
    _annotated(ask, f"advise_{name}", {"request": Request, "data": _body(name, function, hints)}, _inner(hints))
    summary = _first(function)
    return post(f"/api/advise/{name}", sync_to_thread=True, status_code=200, tags=["advice"], summary=summary)(ask)


def _deed(name: str, kind: type[Intent]) -> HTTPRouteHandler:
    def do(request: Any, data: Any, key: str | None = None) -> Done:
        return me_of(request).do(data, key=key)

    _annotated(do, f"do_{name}", {"request": Request, "data": kind, "key": Key}, Done, {"key": None})
    return post(f"/api/do/{name}", sync_to_thread=True, status_code=200, tags=["deeds"], summary=_stated(kind))(do)


def _care_read(name: str, function: Function) -> HTTPRouteHandler:
    def handle(**arguments: Any) -> Any:
        return me_of(arguments.pop("request")).care_read(name, **_given(arguments)).value

    _typed(handle, f"care_{name}", function)
    return get(f"/api/care/read/{name}", sync_to_thread=True, tags=["care"], summary=_first(function))(handle)


def _care_deed(name: str, kind: type[CareIntent]) -> HTTPRouteHandler:
    def do(request: Any, data: Any, key: str | None = None) -> Done:
        return me_of(request).care_do(data, key=key)

    _annotated(do, f"care_do_{name}", {"request": Request, "data": kind, "key": Key}, Done, {"key": None})
    return post(f"/api/care/do/{name}", sync_to_thread=True, status_code=200, tags=["care"], summary=_stated(kind))(do)


def _given(arguments: dict[str, Any]) -> dict[str, Any]:
    """Arguments that were given; the function knows its own defaults."""
    return {name: value for name, value in arguments.items() if value is not None}


def _inner(hints: dict[str, Any]) -> Any:
    """The type inside the `Seen` that a function gives."""
    return typing.get_args(hints["return"])[0]


def _typed(handle: Function, name: str, function: Function) -> None:
    """Gives a read's handler the parameters and types of the read."""
    hints = typing.get_type_hints(function)
    parameters = {p.name: p for p in inspect.signature(function).parameters.values() if p.name != "self"}
    defaults = {n: p.default for n, p in parameters.items() if p.default is not inspect.Parameter.empty}
    types = {"request": Request, **{n: _bounded(hints[n]) for n in parameters}}
    _annotated(handle, f"read_{name}", types, _inner(hints), defaults)


def _bounded(hint: Any) -> Any:
    """A number in an address is a count, and no count is beyond `MOST`."""
    numbers = {
        int: Annotated[int, Parameter(ge=0, le=MOST)],
        int | None: Annotated[int | None, Parameter(ge=0, le=MOST)],
    }
    return numbers.get(hint, hint)


def _body(name: str, function: Function, hints: dict[str, Any]) -> type[Any]:
    """A struct of an advice's arguments, so that they can be sent as JSON."""
    fields: list[Any] = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == "self":
            continue
        field = (parameter.name, hints[parameter.name])
        fields.append(field if parameter.default is inspect.Parameter.empty else (*field, parameter.default))
    words = name.title().replace("_", "")
    return msgspec.defstruct(f"Ask{words}", fields, frozen=True, kw_only=True, module=__name__)


def _annotated(
    handle: Function, name: str, types: dict[str, Any], returns: Any, defaults: dict[str, Any] | None = None
) -> None:
    """Gives a handler the signature that the framework reads its types from."""
    defaults = defaults or {}
    handle.__name__ = name
    handle.__annotations__ = {**types, "return": returns}
    parameters = [
        inspect.Parameter(
            n, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=defaults.get(n, inspect.Parameter.empty)
        )
        for n, kind in types.items()
    ]
    handle.__signature__ = inspect.Signature(parameters, return_annotation=returns)  # type: ignore[attr-defined]  # read by inspect


def _stated(kind: type[Intent | CareIntent]) -> str:
    """What an intent states: the first line of its own docstring, or its name in words."""
    own = inspect.cleandoc(kind.__dict__.get("__doc__") or "").partition("\n")[0]
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).capitalize()
    return own if own and not own.startswith(f"{kind.__name__}(") else words


def _first(function: object) -> str:
    """The first line of its docstring."""
    return (inspect.getdoc(function) or "").partition("\n")[0]
