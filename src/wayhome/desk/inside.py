"""The desk asked from within this process: whole requests and whole answers, as a browser makes them, and no network.

By this an exercise is played through the desk as well: everything that a command states, reads or asks for goes through
the addresses, the JSON and the errors of the desk.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from wayhome.access.seen import Seen, received
from wayhome.assembly.local import LocalHouse
from wayhome.assembly.wire import ADVICE, CARE_READS, FAMILIES, READS, Fault, raise_again, shape
from wayhome.desk.about import Here
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.problems import Problems
from wayhome.engines.care import stated
from wayhome.engines.care.stated import CareIntent
from wayhome.mission import intents
from wayhome.mission.intents.base import Intent
from wayhome.usecases.acting import Done
from wayhome.usecases.ports import LogError
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

PATIENCE_S = 120.0


class Answered(msgspec.Struct, frozen=True):
    """An answer as it left the desk."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Inside:
    """The desk of a house, running in a thread of its own until it is left (a context manager)."""

    def __init__(self, house: LocalHouse) -> None:
        self._house = house
        self._app = build(Door(house))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="desk within", daemon=True)

    def __enter__(self) -> Inside:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()

    def session(self, person: PersonId) -> DeskSession:
        """Wayhome as a member, through the desk."""
        token = self._house.let_in(person)
        self._house.lend_keys(token)
        return DeskSession(self, token, person)

    def ask(self, method: str, path: str, *, token: str = "", body: bytes = b"", key: str = "") -> Answered:
        """One request, and its whole answer. `path` may bear a query."""
        headers = [(b"host", b"desk"), (b"accept", b"application/json")]
        if token:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        if key:
            headers.append((b"idempotency-key", key.encode()))
        if body:
            headers += [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        future = asyncio.run_coroutine_threadsafe(self._asked(method, path, headers, body), self._loop)
        return future.result(PATIENCE_S)

    async def _asked(self, method: str, path: str, headers: list[tuple[bytes, bytes]], body: bytes) -> Answered:
        bare, _, query = path.partition("?")
        scope: Any = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": bare,
            "raw_path": quote(bare).encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 1),
            "state": {},
        }
        sent: list[Any] = []
        given = iter(({"type": "http.request", "body": body, "more_body": False},))

        async def receive() -> Any:
            return next(given, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        start = next(message for message in sent if message["type"] == "http.response.start")
        whole = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
        return Answered(start["status"], tuple((n.decode(), v.decode()) for n, v in start["headers"]), whole)


class DeskSession:
    """A `Session` of which everything goes through the desk."""

    def __init__(self, desk: Inside, token: str, viewer: PersonId) -> None:
        self._desk = desk
        self._token = token
        self._viewer = viewer

    @property
    def viewer(self) -> PersonId:
        return self._viewer

    def now(self) -> Moment:
        return msgspec.json.decode(self._ask("GET", "/api/here"), type=Here).now

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        path = f"/api/do/{type(intent).__name__}"
        body = self._ask("POST", path, intents.encode(intent), key=key or secrets.token_hex(16))
        return msgspec.json.decode(body, type=Done)

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        given = {key: _in_query(value) for key, value in arguments.items() if value is not None}
        query = f"?{urlencode(given)}" if given else ""
        return self._seen(self._ask("GET", f"/api/read/{name}{query}"), shape(READS, name))

    def advise(self, name: str, **arguments: Any) -> Seen[Any]:
        body = self._ask("POST", f"/api/advise/{name}", msgspec.json.encode(arguments))
        return self._seen(body, shape(ADVICE, name))

    def care_do(self, intent: CareIntent, *, key: str | None = None) -> Done:
        path = f"/api/care/do/{type(intent).__name__}"
        body = self._ask("POST", path, stated.encode(intent), key=key or secrets.token_hex(16))
        return msgspec.json.decode(body, type=Done)

    def care_read(self, name: str, **arguments: Any) -> Seen[Any]:
        given = {key: _in_query(value) for key, value in arguments.items() if value is not None}
        query = f"?{urlencode(given)}" if given else ""
        return self._seen(self._ask("GET", f"/api/care/read/{name}{query}"), shape(CARE_READS, name))

    def _seen(self, body: bytes, kind: Any) -> Seen[Any]:
        return received(msgspec.json.decode(body, type=kind), self._viewer)

    def _ask(self, method: str, path: str, body: bytes = b"", *, key: str = "") -> bytes:
        answered = self._desk.ask(method, path, token=self._token, body=body, key=key)
        if answered.status < 400:
            return answered.body
        try:
            problem = msgspec.json.decode(answered.body, type=Problems).error
        except msgspec.MsgspecError as error:
            raise LogError(f"the desk answered {answered.status} and no words") from error
        family = problem.code if problem.code in FAMILIES else "Refused" if answered.status == 409 else "LogError"
        raise_again(Fault(family, problem.code, problem.text))
        return b""


def _in_query(value: Any) -> str:
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()


def through(house: LocalHouse) -> Callable[[PersonId], DeskSession]:
    """Sessions through a desk of the house, for as long as this process lives."""
    return Inside(house).__enter__().session
