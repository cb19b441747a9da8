"""Everything that can go wrong, as one shape that says what, where and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from wayhome.assembly.house import NotSignedIn
from wayhome.faces.sheets import NothingToPrint
from wayhome.links.files import FileError
from wayhome.mission.rules import Refused
from wayhome.usecases.advising import AdviceError
from wayhome.usecases.ports import Locked, LogError, NotDurable, NoTerrain, WrongKey
from wayhome.usecases.rows import NothingThere
from wayhome.values.places import BadPlace
from wayhome.values.when import BadTime

LOGGER = logging.getLogger(__name__)
"""Speaks to stderr where nobody set anything else."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer that failed says: what is wrong, where in what was sent, and what to do about it."""

    code: str
    text: str
    where: str = ""
    do: str = ""


class Problems(msgspec.Struct, frozen=True):
    """The body of every answer that failed."""

    error: Problem


Answer = Response[Any]

FAMILIES: dict[type[Exception], tuple[int, str]] = {
    NotSignedIn: (401, "sign in, then try again"),
    NothingThere: (404, "look at the list it should stand in"),
    Refused: (409, "read why, and state what can be done instead"),
    NothingToPrint: (409, "write it first"),
    AdviceError: (409, "give what is missing, then ask again"),
    NoTerrain: (404, "import the ground first: `wayhome terrain import`"),
    BadPlace: (400, "type the place in one of the forms shown"),
    BadTime: (400, "type the time in one of the forms shown"),
    FileError: (400, "send another file"),
    WrongKey: (403, "try the passphrase again"),
    Locked: (423, "unlock the record first"),
    NotDurable: (507, "make room on the disk; nothing was acknowledged and nothing acknowledged is lost"),
    LogError: (503, "try again; nothing acknowledged is lost"),
}
"""The status of each family of errors, and what whoever reads it can do."""

OF_HTTP = {
    400: "put right what is named, and send it again",
    401: "sign in, then try again",
    403: "ask whoever keeps the record",
    404: "look at the address; `/api/openapi.json` lists all there are",
    405: "use one of the methods that the address takes; `/api/openapi.json` lists them",
    413: "send less at once",
    415: "send JSON (content-type application/json)",
    429: "wait a minute, then try again",
}


WORDS = {
    404: "there is nothing at this address",
    405: "this address does not take that method",
    413: "that is more than fits into one request (8 MB)",
}
OF_THE_FRAMEWORK = frozenset(status.phrase for status in HTTPStatus)
"""What the framework says where it has no words of its own."""


def answer(status: int, problem: Problem) -> Answer:
    return Response(content=Problems(problem), status_code=status, media_type="application/json")


def of_family(_request: Request[Any, Any, Any], error: Exception) -> Answer:
    """One of our own errors."""
    status, todo = next(found for kind, found in FAMILIES.items() if isinstance(error, kind))
    text = str(error.args[0] if isinstance(error, NothingThere) else error)
    code = getattr(error, "code", "") or type(error).__name__
    return answer(status, Problem(code=code, text=text[:2000], do=todo))


def of_http(_request: Request[Any, Any, Any], error: HTTPException) -> Answer:
    """What the web framework found wrong with a request, without its inner words."""
    todo = OF_HTTP.get(error.status_code, "try again")
    if isinstance(error, ValidationException):
        found = [one for one in error.extra or () if isinstance(one, dict)]
        where = ", ".join(map(_where, found[:5]))
        said = "; ".join(_said(str(one.get("message", ""))) for one in found[:5]) or error.detail
        return answer(400, Problem(code="does not fit", text=said[:2000], where=where, do=todo))
    text = WORDS.get(error.status_code, "it was refused") if error.detail in OF_THE_FRAMEWORK else error.detail
    return answer(error.status_code, Problem(code=_code(error.status_code), text=text[:2000], do=todo))


def _where(found: dict[str, Any]) -> str:
    source = getattr(found.get("source"), "value", "body")
    key = str(found.get("key", ""))
    return source if key in ("", "data") else f"{source}: {key}"


def _said(message: str) -> str:
    return "there is no body" if message == "'data'" else message


def _code(status: int) -> str:
    return {404: "nothing there", 405: "no such method", 413: "too much", 429: "too often"}.get(status, "refused")


def of_anything(request: Request[Any, Any, Any], error: Exception) -> Answer:
    """A fault of ours: told without what it was, which might be somebody's secret; written down where it runs."""
    # The address itself may be a secret, as an invitation's is: only its pattern is written down.
    LOGGER.error("%s %s failed", request.scope["method"], request.scope.get("path_template", "?"), exc_info=error)
    text = "something went wrong inside Wayhome; what was acknowledged is safe"
    todo = "try again; if it stays so, tell whoever keeps this machine: it was written down there"
    return answer(500, Problem(code="fault", text=text, do=todo))


HANDLERS: dict[int | type[Exception], Any] = {
    **dict.fromkeys(FAMILIES, of_family),
    HTTPException: of_http,
    Exception: of_anything,
}
