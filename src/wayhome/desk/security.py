"""Headers that every answer carries: nothing is fetched from elsewhere, framed, sniffed or kept."""

from __future__ import annotations

import functools
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, PermissionDeniedException
from litestar.types import Message, Scope

from wayhome.desk.statics import STATICS

POLICY = (
    "default-src 'none'; script-src 'self' '{map}'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = ("same-origin", "none")
"""What a browser says of a request that a page of this very desk sent, or somebody by typing its address."""


@functools.cache
def headers() -> dict[str, str]:
    return {
        "content-security-policy": POLICY.format(map=STATICS.import_map_hash),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "geolocation=(self), screen-wake-lock=(self), camera=(), microphone=()",
        "referrer-policy": "same-origin",  # with no-referrer, a form of our own would be sent as if from nowhere
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


class Received(Request[Any, Any, Any]):
    """A request whose body may be anything at all: what cannot be read as JSON is said to be so."""

    async def json(self) -> Any:
        try:
            return await super().json()
        except RecursionError as error:
            raise ClientException("the JSON lies too deep within itself") from error
        except UnicodeDecodeError as error:
            raise ClientException(f"the JSON is not UTF-8: byte {error.start}") from error


async def before_send(message: Message, _scope: Scope) -> None:
    """Lays the headers over every answer, errors too. What is said to one member is never kept by what lies between."""
    if message["type"] != "http.response.start":
        return
    there = {name.lower() for name, _ in message["headers"]}
    laid = {**headers(), "cache-control": "no-store"}
    missing = [(name.encode(), value.encode()) for name, value in laid.items() if name.encode() not in there]
    message["headers"] = [*message["headers"], *missing]


def must_be_ours(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Refuses what a page of another site sent, by where the browser says it comes from, in either way it says so.

    Another port of the same machine is another site: its pages may be anybody's.
    """
    origin, site = connection.headers.get("origin"), connection.headers.get("sec-fetch-site", "none")
    elsewhere = origin is not None and origin.partition("://")[2] != connection.headers.get("host", "")
    if elsewhere or site not in OURS:
        raise PermissionDeniedException("that came from a page of another site")


def before_request(request: Request[Any, Any, Any]) -> None:
    """No page of another site changes anything here, nor signs anybody in as somebody else.

    A bearer is believed wherever it comes from: only whoever was given it can send it.
    """
    if request.method in HARMLESS or request.headers.get("authorization", "").startswith("Bearer "):
        return
    must_be_ours(request)
