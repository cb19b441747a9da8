"""Who asks: the member whose token came with a request, by cookie or as a bearer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.assembly.sessions import Device
from wayhome.desk.devices import device_of
from wayhome.desk.door import Door
from wayhome.desk.guessing import Guesses
from wayhome.desk.security import HARMLESS, must_be_ours
from wayhome.usecases.session import Session

COOKIE = "wayhome"
KEPT_COOKIE = "__Host-wayhome"
"""The same under encryption, where browsers see to it that no other name or plain page can set it."""

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


def is_encrypted(connection: Connection) -> bool:
    return connection.scope.get("scheme") in ("https", "wss")


def cookie_name(connection: Connection) -> str:
    return KEPT_COOKIE if is_encrypted(connection) else COOKIE


def device_behind(connection: Connection) -> Device:
    return device_of(connection.headers.get("user-agent", ""), address_of(connection))


async def signed_in(connection: Connection, name: str, password: str) -> tuple[str, str]:
    """A new token for whoever knows the password, and their name. Raises NotSignedIn, TooManyRequestsException."""
    house, guesses, address = house_of(connection), guesses_of(connection), address_of(connection)
    async with guesses.trying(name, address):
        found = await sync_to_thread(house.sign_in, name[:200], password[:1000], device_behind(connection))
    guesses.right(name, address)
    return found


@asynccontextmanager
async def own_password(connection: Connection) -> AsyncIterator[str]:
    """The token of whoever is signed in, while they give their password again: whoever holds no more than their
    device does not guess it. Raises NotSignedIn, TooManyRequestsException.
    """
    guesses, address, token = guesses_of(connection), address_of(connection), token_of(connection)
    account = f"the password of {house_of(connection).person_of(token)}"
    async with guesses.trying(account, address):
        yield token
    guesses.right(account, address)


def token_of(connection: Connection) -> str:
    """The token that came with a request. Raises NotSignedIn.

    A cookie is believed only where the page that sent the request is ours: another site cannot act as whoever is
    signed in here.
    """
    if is_bearer(connection):
        return connection.headers["authorization"].removeprefix("Bearer ").strip()
    token = connection.cookies.get(cookie_name(connection), "")
    if not token:
        raise NotSignedIn("nobody is signed in here")
    if connection.scope.get("method", "GET") not in HARMLESS or connection.scope["type"] == ScopeType.WEBSOCKET:
        must_be_ours(connection)
    return token


def is_bearer(connection: Connection) -> bool:
    return connection.headers.get("authorization", "").startswith("Bearer ")


def is_overheard(connection: Connection) -> bool:
    """Whether others may overhear: neither encrypted, nor on this machine alone."""
    if is_encrypted(connection):
        return False
    host = connection.client.host if connection.client else ""
    return not (host == "::1" or host.startswith(("127.", "::ffff:127.")) or host == "")


def me_of(connection: Connection) -> Session:
    """Wayhome as whoever asks. Raises NotSignedIn, Locked."""
    return house_of(connection).session(token_of(connection), openly=is_overheard(connection))
