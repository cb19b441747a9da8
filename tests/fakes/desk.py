"""The desk asked in this very thread: whole requests and whole answers, without network and without other threads."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Executor, Future
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from litestar import Litestar
from litestar.concurrency import set_asyncio_executor
from litestar.datastructures import State

from wayhome.assembly.local import LocalHouse
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.guessing import Guesses
from wayhome.desk.live import Hub
from wayhome.desk.signed import COOKIE

T = TypeVar("T")
Headers = Mapping[str, str]


class Inline(Executor):
    """Does at once what would go to a thread."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  # an executor's thread holds whatever was raised
            done.set_exception(error)
        return done


class Answered(msgspec.Struct, frozen=True):
    """An answer as it left the desk."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for held, value in self.headers if held == name), "")

    def whole(self) -> bytes:
        """Everything by which two answers could be told apart; the date aside."""
        lines = [f"{name}: {value}" for name, value in self.headers if name != "date"]
        return "\n".join([str(self.status), *lines, ""]).encode() + self.body

    def json(self) -> Any:
        return msgspec.json.decode(self.body)


@functools.cache
def application() -> Litestar:
    """The application, built once: what belongs to a house is in the state that each `Desk` brings along."""
    return build(Door())


@functools.cache
def _first_state() -> dict[str, Any]:
    """What else the application keeps, as it is before anybody asked anything."""
    return application().state.dict()


@functools.cache
def _loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


class Desk:
    """The desk of one house, or one that is still locked."""

    def __init__(self, house: LocalHouse | None) -> None:
        self.house = house
        self.door = Door(house)
        self.hub = Hub()
        own = {"door": self.door, "hub": self.hub, "guesses": Guesses(), "attach": lambda: None}
        self.state = State({**_first_state(), **own})

    def cookie(self, token: str) -> dict[str, str]:
        return {"cookie": f"{COOKIE}={token}"}

    def ask(
        self,
        method: str,
        path: str,
        *,
        token: str = "",
        query: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        json: Any = None,
        form: Mapping[str, str] | None = None,
        headers: Headers | None = None,
        chunks: int | None = None,
        raw_query: str = "",
        scheme: str = "http",
    ) -> Answered:
        """One request with a member's cookie. Of a stream, so many chunks are waited for before hanging up."""
        kind = ""
        if json is not None:
            body, kind = msgspec.json.encode(json), "application/json"
        elif form is not None:
            body, kind = urlencode(form).encode(), "application/x-www-form-urlencoded"
        elif body is not None:
            kind = "application/json"
        sent = {"host": "desk", **(self.cookie(token) if token else {}), **({"content-type": kind} if kind else {})}
        if body is not None:
            sent["content-length"] = str(len(body))
        scope = scope_of("http", method, path, raw_query or _query(query), sent | dict(headers or {}))
        scope["scheme"] = scheme
        return self.run(_answer(application(), scope, body or b"", chunks))

    def listen(
        self, path: str, *, token: str = "", query: Mapping[str, Any] | None = None, headers: Headers | None = None
    ) -> tuple[str | int, ...]:
        """What a WebSocket says first before the tab goes: its text, or the code with which it is closed."""
        sent = {"host": "desk", **(self.cookie(token) if token else {}), **(headers or {})}
        return self.run(_listen(application(), scope_of("websocket", "", path, _query(query), sent)))

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Runs something in the loop, as this desk."""
        app = application()
        before, app.state = app.state, self.state
        set_asyncio_executor(Inline())  # type: ignore[arg-type]  # any executor will do
        try:
            return _loop().run_until_complete(doing)
        finally:
            set_asyncio_executor(None)
            app.state = before


def _query(query: Mapping[str, Any] | None) -> str:
    """Arguments of a read as they stand in an address."""
    plain = {name: msgspec.to_builtins(value) for name, value in (query or {}).items() if value is not None}
    return urlencode(
        {
            name: value if isinstance(value, str) else msgspec.json.encode(value).decode()
            for name, value in plain.items()
        }
    )


def scope_of(kind: str, method: str, path: str, query: str, headers: Headers) -> dict[str, Any]:
    scope: dict[str, Any] = {
        "type": kind,
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": quote(path).encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
        "state": {},
    }
    scope["method" if kind == "http" else "subprotocols"] = method if kind == "http" else []
    return scope


async def _answer(app: Litestar, scope: Any, body: bytes, chunks: int | None) -> Answered:
    sent: list[Any] = []
    enough = asyncio.Event()
    given = iter(({"type": "http.request", "body": body, "more_body": False},))

    async def receive() -> Any:
        for message in given:
            return message
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if chunks is not None and len(sent) > chunks:
            enough.set()

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    whole = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    named = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
    return Answered(start["status"], named, whole)


async def _listen(app: Litestar, scope: Any) -> tuple[str | int, ...]:
    heard: list[str | int] = []
    enough = asyncio.Event()
    given = iter(({"type": "websocket.connect"},))

    async def receive() -> Any:
        for message in given:
            return message
        await enough.wait()
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            heard.append(message["text"])
            enough.set()
        elif message["type"] == "websocket.close":
            heard.append(message["code"])

    await app(scope, receive, send)
    return tuple(heard)
