"""Live updates at the desk's own address: who is told, who is not even woken, what becomes of slow tabs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
import pytest
from tests.fakes.desk import Desk, application, scope_of
from tests.fakes.scene import Scene

from wayhome.desk import live
from wayhome.desk.live import LOCKED, MOST_TABS_EACH, NOT_SIGNED_IN, TOO_MANY
from wayhome.mission.intents import field as i
from wayhome.mission.intents import people as p
from wayhome.usecases.following import FRAMES_KEPT
from wayhome.values.ids import MissionId, PersonId

PATIENCE_S = 20.0


class Tab:
    """A tab that listens: what it heard, and whether it takes anything just now."""

    def __init__(self, desk: Desk, token: str, cursor: str = "") -> None:
        self.heard: list[dict[str, Any]] = []
        self.closed = 0
        self.takes = asyncio.Event()
        self.takes.set()
        self._news = asyncio.Event()
        self._gone = asyncio.Event()
        self._given = iter(({"type": "websocket.connect"},))
        scope = scope_of("websocket", "", "/api/live", f"cursor={cursor}", {"host": "desk", **desk.cookie(token)})
        self.task = asyncio.create_task(application()(scope, self._receive, self._send))  # type: ignore[arg-type]

    async def _receive(self) -> Any:
        for message in self._given:
            return message
        await self._gone.wait()
        return {"type": "websocket.disconnect", "code": 1001}

    async def _send(self, message: Any) -> None:
        if message["type"] == "websocket.send":
            await self.takes.wait()
            self.heard.append(msgspec.json.decode(message["text"]))
        elif message["type"] == "websocket.close":
            self.closed = message["code"]
        self._news.set()

    async def until(self, so: Callable[[], bool]) -> None:
        """Waits until something holds, looking after each message."""
        async with asyncio.timeout(PATIENCE_S):
            while not so():
                self._news.clear()
                await self._news.wait()

    async def opened(self) -> None:
        await self.until(lambda: bool(self.heard or self.closed))

    async def go(self) -> None:
        self._gone.set()
        await asyncio.wait_for(self.task, PATIENCE_S)

    @property
    def lines(self) -> list[str]:
        return [one["line"]["words"] for news in self.heard for frame in news["frames"] for one in frame["lines"]]


class Room:
    """A desk, and tabs in front of it."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.secret = self.scene.secret()
        self.desk = Desk(self.scene.house)

    def play(self, doing: Coroutine[Any, Any, None]) -> None:
        async def attached() -> None:
            self.desk.hub.attach(self.scene.house)
            await doing

        self.desk.run(attached())

    async def tab(self, name: str, cursor: str = "") -> Tab:
        tab = Tab(self.desk, self.scene.house.let_in(self.scene[name]), cursor)
        await tab.opened()
        return tab

    def log(self, words: str, mission: MissionId | None = None) -> None:
        line = i.LogLine(mission=mission or self.scene.mission, words=words, message=words)
        self.scene.do("Shizune", line)


@pytest.fixture
def room() -> Room:
    return Room()


async def turns(number: int = 20) -> None:
    """Lets everything that is ready in the loop happen."""
    for _ in range(number):
        await asyncio.sleep(0)


def test_a_line_comes_to_every_tab_that_may_see_it(room: Room) -> None:
    """Each tab hears each line once, in order."""

    async def evening() -> None:
        tabs = [await room.tab(name) for name in ("Neji", "Choji", "Choji", "Shizune")]
        for number in range(5):
            room.log(f"line {number}")
        for tab in tabs:
            await tab.until(lambda tab=tab: len(tab.lines) == 5)  # type: ignore[misc]  # bound now
            assert tab.lines == [f"line {number}" for number in range(5)]
            await tab.go()

    room.play(evening())


def test_a_hidden_commit_neither_wakes_nor_tells_an_outsider(room: Room) -> None:
    """No tab of somebody not read in is woken: what it is sent, and when, is the same as if nothing had happened."""

    async def evening() -> None:
        outsider, insider = await room.tab("Neji"), await room.tab("Shizune")
        woken = _wakings(room, "Neji")
        for number in range(20):
            room.log(f"hidden {number}", room.secret)
        await insider.until(lambda: len(insider.lines) == 20)
        await turns()
        assert woken == []
        assert len(outsider.heard) == 1
        room.log("open")
        await outsider.until(lambda: bool(outsider.lines))
        assert woken == [True]
        assert len(outsider.heard) == 2
        await outsider.go()
        await insider.go()

    room.play(evening())


def _wakings(room: Room, name: str) -> list[bool]:
    """Notes each time a tab of somebody is woken."""
    woken: list[bool] = []
    for event in room.desk.hub._tabs[room.scene[name]]:
        true_set = event.set

        def noted(true_set: Callable[[], None] = true_set) -> None:
            woken.append(True)
            true_set()

        event.set = noted  # type: ignore[method-assign]  # to see it called
    return woken


def test_the_heartbeat_goes_by_the_clock_alone(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A beat that is due is not put off by what is hidden: an outsider's beats come on while hidden lines pour in."""
    monkeypatch.setattr(live, "BEAT_S", 0.05)

    async def evening() -> None:
        outsider, insider = await room.tab("Neji"), await room.tab("Shizune")
        while len(outsider.heard) < 5:
            room.log("hidden", room.secret)
            await asyncio.sleep(0.01)
        assert all(not news["frames"] and not news["anew"] for news in outsider.heard)
        assert len({news["cursor"] for news in outsider.heard}) == 1
        await outsider.go()
        await insider.go()

    room.play(evening())


def test_a_tab_that_takes_nothing_holds_nothing_up_and_reads_anew(room: Room) -> None:
    """What it did not take is not piled up for it: when it takes again, it is told to read everything anew."""

    async def evening() -> None:
        slow, quick = await room.tab("Neji"), await room.tab("Choji")
        slow.takes.clear()
        room.log("first")
        await turns()
        for number in range(FRAMES_KEPT + 10):
            room.log(f"line {number}")
        await quick.until(lambda: any(news["anew"] for news in quick.heard) or len(quick.lines) > FRAMES_KEPT)
        assert len(room.scene.house.following._trails[room.scene["Neji"]].frames) <= FRAMES_KEPT
        slow.takes.set()
        await slow.until(lambda: slow.heard[-1]["anew"])
        room.log("last")
        await slow.until(lambda: slow.lines[-1:] == ["last"])
        await slow.go()
        await quick.go()

    room.play(evening())


def test_a_tab_that_never_takes_anything_is_let_go(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a while its place is given up, and nothing of it is kept."""
    monkeypatch.setattr(live, "SLOW_S", 0.05)

    async def evening() -> None:
        tab = await room.tab("Neji")
        tab.takes.clear()
        room.log("never taken")
        await asyncio.wait_for(tab.task, PATIENCE_S)
        assert room.scene["Neji"] not in room.desk.hub._tabs
        assert not room.scene.house.following._trails[room.scene["Neji"]].listeners

    room.play(evening())


def test_five_hundred_tabs_hear_a_line(room: Room) -> None:
    """A whole organisation at its screens is told, and leaves nothing behind when it goes."""
    names = [f"Genin {number}" for number in range(500 // MOST_TABS_EACH + 1)]
    for name in names:
        room.scene.ids[name] = PersonId(room.scene.do("Tsunade", p.EnrolMember(name=name)).made)
    tokens = {name: room.scene.house.let_in(room.scene[name]) for name in names}

    async def evening() -> None:
        tabs = [Tab(room.desk, tokens[names[number % len(names)]]) for number in range(500)]
        for tab in tabs:
            await tab.opened()
        room.log("to all")
        for tab in tabs:
            await tab.until(lambda tab=tab: tab.lines == ["to all"])  # type: ignore[misc]  # bound now
        for tab in tabs:
            await tab.go()
        assert room.desk.hub._tabs == {}

    room.play(evening())


def test_one_member_cannot_open_tabs_without_end(room: Room) -> None:
    """Beyond forty, a further tab is closed in words, and the others go on."""

    async def evening() -> None:
        tabs = [await room.tab("Neji") for _ in range(MOST_TABS_EACH)]
        late = await room.tab("Neji")
        assert late.closed == TOO_MANY
        await tabs[0].go()
        again = await room.tab("Neji")
        assert again.heard
        for tab in (*tabs[1:], again):
            await tab.go()

    room.play(evening())


def test_a_tab_is_closed_as_soon_as_its_member_signs_out(room: Room) -> None:
    """A tab left open on another machine closes at once, and waits for no beat."""

    async def evening() -> None:
        token = room.scene.house.let_in(room.scene["Neji"])
        tab = Tab(room.desk, token)
        await tab.opened()
        room.scene.house.sign_out(token)
        await tab.until(lambda: bool(tab.closed))
        assert tab.closed == NOT_SIGNED_IN
        await asyncio.wait_for(tab.task, PATIENCE_S)

    room.play(evening())


def test_a_tab_runs_out_with_its_session(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day after signing in, the next beat closes the tab, however busy it was."""
    monkeypatch.setattr(live, "BEAT_S", 0.05)

    async def evening() -> None:
        tab = await room.tab("Neji")
        room.scene.clock.forward(hours=24)
        await tab.until(lambda: bool(tab.closed))
        assert tab.closed == NOT_SIGNED_IN

    room.play(evening())


def test_a_tab_stays_when_another_of_its_member_is_signed_out(room: Room) -> None:
    """Ending one device closes its tabs and no other; a token renewed with the password given again closes none."""

    async def evening() -> None:
        doors = room.scene.house
        here, there = (doors.let_in(room.scene["Neji"]) for _ in range(2))
        stays, goes = Tab(room.desk, here), Tab(room.desk, there)
        for tab in (stays, goes):
            await tab.opened()
        doors._signed_in.renew(here)
        doors.end_sign_in(there, doors.session_id(there))
        await goes.until(lambda: bool(goes.closed))
        room.log("still here")
        await stays.until(lambda: stays.lines == ["still here"])
        assert not stays.closed
        await stays.go()

    room.play(evening())


def test_a_tab_that_comes_back_hears_what_it_missed(room: Room) -> None:
    """Nothing said while the link was down is lost, and nothing is told twice."""

    async def evening() -> None:
        tab = await room.tab("Neji")
        room.log("before")
        await tab.until(lambda: tab.lines == ["before"])
        await tab.go()
        room.log("meanwhile")
        back = await room.tab("Neji", tab.heard[-1]["cursor"])
        assert back.lines == ["meanwhile"]
        await back.go()

    room.play(evening())


def test_the_event_stream_says_the_same(room: Room) -> None:
    """For a program that knows no WebSocket: the same messages, and the same refusal of whoever is not signed in."""
    token = room.scene.house.let_in(room.scene["Neji"])
    first = room.desk.ask("GET", "/api/events", token=token, chunks=1)
    cursor = msgspec.json.decode(first.body.removeprefix(b"data: "))["cursor"]
    room.log("meanwhile")
    second = room.desk.ask("GET", "/api/events", token=token, query={"cursor": cursor}, chunks=1)
    assert b"meanwhile" in second.body
    assert second.header("content-type").startswith("text/event-stream")
    assert room.desk.ask("GET", "/api/events").status == 401
    assert room.desk.hub._tabs == {}


def test_a_locked_desk_tells_nobody_anything() -> None:
    """Until the record is open, a tab is closed with words to that effect."""
    assert Desk(None).listen("/api/live", token="x") == (LOCKED,)
