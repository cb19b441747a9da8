"""Who asks: the member whose token came with a request, by cookie or as a bearer."""

from __future__ import annotations

from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.desk.door import Door
from wayhome.desk.guessing import Guesses
from wayhome.desk.security import HARMLESS, must_be_ours
from wayhome.usecases.session import Session

COOKIE = "wayhome"

Connection = ASGIConnection[Any, Any, Any, Any]


def door_of(connection: Connection) -> Door:
    door: Door = connection.app.state.door
    return door


def house_of(connection: Connection) -> LocalHouse:
    """The house. Raises Locked."""
    return door_of(connection).house


def guesses_of(connection: Connection) -> Guesses:
    guesses: Guesses = connection.app.state.guesses
    return guesses


def address_of(connection: Connection) -> str:
    """Where a request comes from; behind a proxy that is trusted, what the proxy says."""
    return connection.client.host if connection.client else ""


async def signed_in(connection: Connection, name: str, password: str) -> tuple[str, str]:
    """A new token for whoever knows the password, and their name. Raises NotSignedIn, TooManyRequestsException."""
    house, guesses, address = house_of(connection), guesses_of(connection), address_of(connection)
    async with guesses.trying(name, address):
        found = await sync_to_thread(house.sign_in, name[:200], password[:1000])
    guesses.right(name, address)
    return found


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
        must_be_ours(connection.headers.get("origin"), connection.headers.get("host", ""))
    return token


def is_overheard(connection: Connection) -> bool:
    """Whether others may overhear: neither encrypted, nor on this machine alone."""
    if connection.scope.get("scheme") in ("https", "wss"):
        return False
    host = connection.client.host if connection.client else ""
    return not (host == "::1" or host.startswith(("127.", "::ffff:127.")) or host == "")


def me_of(connection: Connection) -> Session:
    """Wayhome as whoever asks. Raises NotSignedIn, Locked."""
    return house_of(connection).session(token_of(connection), openly=is_overheard(connection))
