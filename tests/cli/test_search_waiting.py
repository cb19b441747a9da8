"""What whoever waits for a search sees and can do: a bar on a terminal alone, and an end with the best so far."""

from __future__ import annotations

import io
import signal
import threading

import pytest
from tests.cli.scene import MISSION, Scene
from tests.cli.test_search_plans import HERE
from tests.fakes.ground import ground

from wayhome.cli import progress
from wayhome.cli.context import Context, UsageError, use
from wayhome.usecases import work
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.mapping import Ours
from wayhome.usecases.search.planned import STOPPED, PlanQuestion, PlanSheet
from wayhome.values.places import Place


class Terminal(io.StringIO):
    """Somebody's screen. It says when something was written on it."""

    def __init__(self, *, is_one: bool = True) -> None:
        super().__init__()
        self.is_one = is_one
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.is_one

    def write(self, words: str) -> int:
        if "so far" in words:
            self.written.set()
        return super().write(words)


def on(screen: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run with this screen, and tell at once."""
    monkeypatch.setattr(progress, "PATIENCE_S", 0.0)
    use(Context(open_house=lambda _: None, out=io.StringIO(), err=screen, data=None))  # type: ignore[arg-type,return-value]  # no house is asked


def test_a_bar_tells_which_part_and_how_much_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of the work stands on the screen as a bar; in the end the line is clean."""
    screen = Terminal()
    on(screen, monkeypatch)
    with progress.working("Planning"):
        assert work.tell("Planning", 30, 60)
        screen.written.clear()
        assert screen.written.wait(20)
    said = screen.getvalue()
    assert "Planning [###############...............]  50%" in said and said.endswith("\r\x1b[K")


def test_nothing_is_drawn_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets no bar."""
    screen = Terminal(is_one=False)
    on(screen, monkeypatch)
    with progress.working("Planning"):
        work.tell("Planning", 1, 2)
    assert screen.getvalue() == ""


def test_ctrl_c_asks_for_the_best_so_far_and_the_second_time_gives_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """First the work hears that it should end; then it is left, in words; before there is anything, at once."""
    on(Terminal(is_one=False), monkeypatch)
    before = signal.getsignal(signal.SIGINT)
    with progress.working("Planning", best_so_far=True):
        assert work.tell("Planning", 1, 9)
        signal.raise_signal(signal.SIGINT)
        assert not work.tell("Planning", 2, 9)
    with pytest.raises(UsageError, match="stopped at your word"), progress.working("Planning", best_so_far=True):
        signal.raise_signal(signal.SIGINT)
        work.tell("Planning", 1, 9)
    with pytest.raises(UsageError, match="stopped at your word"), progress.working("Drawing the map"):
        signal.raise_signal(signal.SIGINT)
        work.tell("Drawing the map", 1, 9)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_plan_that_is_stopped_is_told_as_the_best_so_far() -> None:
    """It has its parts and its bound, says that it was stopped, and took fewer pieces of work than the whole one."""
    scene = Scene()
    scene.house.terrains.save("hills", ground())
    scene.under_way()
    scene.run("mission", "ipp", MISSION, HERE, "--seen", "08:00")
    me = scene.house.as_member(scene.founder)
    mission = me.read("missions").value[0].mission
    asked = PlanQuestion(minutes=60, searched=SearchQuestion(tracks=1_483))  # nobody else's: tracks imagined are kept
    ours = (Ours("Alpha", Place(42.5, 1.552)),)
    heard: list[str] = []
    ending = True

    def watcher(what: str, _done: int, of: int) -> bool:
        heard.append(what)
        return not ending or of == 0

    with work.watched(watcher):
        cut: PlanSheet = me.advise("search_plan", mission=mission, ours=ours, asked=asked).value
    stopped = len(heard)
    assert cut.stopped and STOPPED in cut.cautions and cut.parts and cut.low <= cut.bound
    assert any("Imagining" in what for what in heard)
    ending = False
    with work.watched(watcher):
        whole: PlanSheet = me.advise("search_plan", mission=mission, ours=ours, asked=asked).value
    assert not whole.stopped and STOPPED not in whole.cautions and len(heard) - stopped > stopped
