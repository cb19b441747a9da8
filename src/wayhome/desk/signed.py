"""Who asks: the member whose token came with a request, by cookie or as a bearer."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.exceptions import PermissionDeniedException

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.desk.door import Door
from wayhome.usecases.session import Session

COOKIE = "wayhome"
HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})

Connection = ASGIConnection[Any, Any, Any, Any]


def door_of(connection: Connection) -> Door:
    door: Door = connection.app.state.door
    return door


def house_of(connection: Connection) -> LocalHouse:
    """The house. Raises Locked."""
    return door_of(connection).house


def token_of(connection: Connection) -> str:
    """The token that came with a request. Raises NotSignedIn.

    A cookie is believed only where the page that sent the request is ours: another site cannot act as whoever is
    signed in here.
    """
    given = connection.headers.get("authorization", "")
    if given.startswith("Bearer "):
        return given.removeprefix("Bearer ").strip()
    token = connection.cookies.get(COOKIE, "")
    if not token:
        raise NotSignedIn("nobody is signed in here")
    if connection.scope.get("method", "GET") not in HARMLESS or connection.scope["type"] == ScopeType.WEBSOCKET:
        _must_be_ours(connection)
    return token


def _must_be_ours(connection: Connection) -> None:
    """Refuses a request that a page of another site sent."""
    origin = connection.headers.get("origin")
    host = connection.headers.get("host", "")
    if origin is not None and origin.partition("://")[2] != host:
        raise PermissionDeniedException("that came from a page of another site")


def me_of(connection: Connection) -> Session:
    """Wayhome as whoever asks. Raises NotSignedIn, Locked."""
    return house_of(connection).session(token_of(connection))
