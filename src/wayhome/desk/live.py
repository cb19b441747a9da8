"""Live updates: one WebSocket a tab, with a heartbeat and a cursor; the same as an event stream for `curl`.

Each message is `{"cursor": ..., "anew": ..., "frames": [...]}`, a heartbeat is one without frames. Heartbeats go by
the clock alone, and nothing is sent for what a viewer may not see, so that time betrays no more than bytes do.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import msgspec
from litestar import Request, Response, WebSocket, get, websocket
from litestar.concurrency import sync_to_thread
from litestar.exceptions import PermissionDeniedException, WebSocketDisconnect
from litestar.response import Stream

from wayhome.access.seen import Seen
from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.local import LocalHouse
from wayhome.desk.signed import Connection, house_of, is_overheard, me_of, token_of
from wayhome.usecases.following import Frame, Listener, News
from wayhome.usecases.ports import Locked
from wayhome.values.ids import PersonId

BEAT_S = 5.0
"""A tab that heard nothing for two and a half beats says that there is no link."""

SLOW_S = 30.0
"""A tab that took nothing for so long is let go; when it comes back, its cursor or reading anew catches it up."""

ENCODED_KEPT = 256
MOST_TABS_EACH = 40
"""Of one member: beyond, something has gone wrong, and the others must not suffer."""

NOT_SIGNED_IN = 4401
LOCKED = 4423
TOO_MANY = 4429


class Tab(asyncio.Event):
    """By which a tab is woken."""

    in_doubt = False
    """Somebody signed this member out somewhere: it may have been here."""


class Hub:
    """Wakes the tabs that listen. Lives in the event loop of the desk."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tabs: dict[PersonId, set[Tab]] = {}
        self._encoded: OrderedDict[int, tuple[Frame, bytes]] = OrderedDict()

    def attach(self, house: LocalHouse) -> None:
        """Listens for news of a house. Called in the event loop, once for each."""
        self._loop = asyncio.get_running_loop()
        house.heard = self._heard
        house.signed_out = self._signed_out

    def _heard(self, viewers: frozenset[PersonId]) -> None:
        """From whatever thread committed."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, viewers)

    def _signed_out(self, members: frozenset[PersonId]) -> None:
        """From whatever thread ended a session of theirs."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._doubt, members)

    def _doubt(self, members: frozenset[PersonId]) -> None:
        """Each tab of theirs looks at once whether it is still signed in."""
        for member in members:
            for tab in self._tabs.get(member, ()):
                tab.in_doubt = True
                tab.set()

    def _wake(self, viewers: frozenset[PersonId]) -> None:
        for viewer in viewers:
            for event in self._tabs.get(viewer, ()):
                event.set()

    def enter(self, viewer: PersonId) -> Tab | None:
        """The event by which a tab is woken; None where one member has too many."""
        tabs = self._tabs.setdefault(viewer, set())
        if len(tabs) >= MOST_TABS_EACH:
            return None
        event = Tab()
        tabs.add(event)
        return event

    def leave(self, viewer: PersonId, event: Tab) -> None:
        tabs = self._tabs.get(viewer, set())
        tabs.discard(event)
        if not tabs:
            self._tabs.pop(viewer, None)

    def message(self, news: News) -> bytes:
        """News as JSON. A frame that many viewers share is written once."""
        frames = b",".join(self._json(frame) for frame in news.frames)
        head = msgspec.json.encode({"cursor": news.cursor, "anew": news.anew})
        return b'%s,"frames":[%s]}' % (head[:-1], frames)

    def _json(self, seen: Seen[Frame]) -> bytes:
        frame = seen.value
        held = self._encoded.get(id(frame))
        if held is None:
            held = self._encoded[id(frame)] = (frame, msgspec.json.encode(frame))  # kept alive: its id stays its own
            if len(self._encoded) > ENCODED_KEPT:
                self._encoded.popitem(last=False)
        return held[1]


def hub_of(connection: Connection) -> Hub:
    hub: Hub = connection.app.state.hub
    return hub


@websocket("/api/live")
async def live(socket: WebSocket[Any, Any, Any]) -> None:
    """Tells a tab what changed. `cursor` is where it left off; it closes with 4401 where nobody is signed in."""
    await socket.accept()
    try:
        me = me_of(socket)
        house = house_of(socket)
        session = house.session_id(token_of(socket))
    except (NotSignedIn, PermissionDeniedException):
        await socket.close(NOT_SIGNED_IN, "sign in first")
        return
    except Locked:
        await socket.close(LOCKED, "unlock the record first")
        return
    hub = hub_of(socket)
    event = hub.enter(me.viewer)
    if event is None:
        await socket.close(TOO_MANY, "too many tabs are open: close some")
        return
    following = house.following_openly if is_overheard(socket) else house.following
    listener = following.join(me.viewer, str(socket.query_params.get("cursor", ""))[:64])
    try:
        await _tell(socket, hub, listener, _Pass(socket, event, session))
    finally:
        listener.leave()
        hub.leave(me.viewer, event)


async def _tell(socket: WebSocket[Any, Any, Any], hub: Hub, listener: Listener, pass_: _Pass) -> None:
    """Sends until either side hangs up."""
    hung_up = asyncio.create_task(_hung_up(socket, pass_.tab))
    try:
        while not hung_up.done():
            await asyncio.wait_for(socket.send_text(hub.message(listener.take()).decode()), SLOW_S)
            await _until_news(listener, pass_.tab, hung_up)
            if not await pass_.holds():
                await socket.close(NOT_SIGNED_IN, "signed out")
                return
    except (WebSocketDisconnect, TimeoutError):
        return
    finally:
        hung_up.cancel()
        with suppress(asyncio.CancelledError):
            await hung_up


async def _hung_up(socket: WebSocket[Any, Any, Any], event: asyncio.Event) -> None:
    """Reads until the tab goes; what it says means nothing but that it is there."""
    with suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()
    event.set()


async def _until_news(listener: Listener, event: Tab, hung_up: asyncio.Task[None]) -> None:
    """Waits until there is something for this listener, or the next beat is due."""
    loop = asyncio.get_running_loop()
    beat_at = loop.time() + BEAT_S
    while not hung_up.done():
        if listener.has_news or event.in_doubt:
            return
        try:
            await asyncio.wait_for(event.wait(), max(0.0, beat_at - loop.time()))
        except TimeoutError:
            return
        event.clear()


class _Pass:
    """Whether whoever listens is still signed in: looked up once a beat and whenever it is in doubt.

    It goes by the session and not by its token, which is replaced when its member gives their password again.
    """

    def __init__(self, connection: Connection, tab: Tab, session: str) -> None:
        self._connection = connection
        self.tab = tab
        self._session = session
        self._good_until = asyncio.get_running_loop().time() + BEAT_S

    async def holds(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now < self._good_until and not self.tab.in_doubt:
            return True
        self.tab.in_doubt = False
        self._good_until = now + BEAT_S
        return await sync_to_thread(self._looked_up)

    def _looked_up(self) -> bool:
        try:
            return house_of(self._connection).still_holds(self._session)
        except Locked:
            return False


@get("/api/events", summary="Live updates as an event stream, for curl", tags=["live"])
async def events(request: Request[Any, Any, Any], cursor: str = "") -> Response[Any]:
    """The same messages as on the WebSocket, each as one event."""
    viewer = me_of(request).viewer
    hub, session = hub_of(request), house_of(request).session_id(token_of(request))
    event = hub.enter(viewer)
    if event is None:
        raise PermissionDeniedException("too many streams are open for you: close some")
    house = house_of(request)
    following = house.following_openly if is_overheard(request) else house.following
    listener = following.join(viewer, cursor[:64])

    pass_ = _Pass(request, event, session)

    async def told() -> AsyncIterator[bytes]:
        never: asyncio.Task[None] = asyncio.create_task(asyncio.sleep(float("inf")))
        try:
            while await pass_.holds():
                yield b"data: " + hub.message(listener.take()) + b"\n\n"
                await _until_news(listener, event, never)
        finally:
            never.cancel()
            listener.leave()
            hub.leave(viewer, event)

    return Stream(told(), media_type="text/event-stream")
