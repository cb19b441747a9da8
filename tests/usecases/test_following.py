"""What is told to whoever listens: nothing lost, nothing out of order, nothing that is not theirs; anew if need be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.house import another_laptop, merge
from tests.fakes.scene import Scene

from wayhome.assembly.local import LocalHouse
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Refused
from wayhome.usecases import following
from wayhome.usecases.following import Listener, News
from wayhome.values.ids import PersonId

PEOPLE = ("Tsunade", "Shizune", "Shikamaru", "Neji", "Choji", "Kotetsu")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("log"), st.sampled_from(("open", "hidden")), st.sampled_from(("Shizune", "Neji"))),
        st.tuples(st.just("rename"), st.sampled_from(("Choji", "Neji")), st.integers(0, 99)),
        st.tuples(st.just("hide"), st.just(""), st.just("")),
        st.tuples(st.just("read in"), st.sampled_from(("Choji", "Kotetsu")), st.just("")),
        st.tuples(st.just("read out"), st.sampled_from(("Choji", "Kotetsu")), st.just("")),
        st.tuples(st.just("note"), st.sampled_from(PEOPLE[1:]), st.just("")),
        st.tuples(st.just("leave"), st.sampled_from(PEOPLE), st.booleans()),
        st.tuples(st.just("take"), st.sampled_from(PEOPLE), st.just("")),
    ),
    min_size=5,
    max_size=40,
)


class Tab:
    """Somebody's tab: it keeps what it was told as a desk does, and comes back with its cursor."""

    def __init__(self, house: LocalHouse, viewer: PersonId) -> None:
        self.house, self.viewer = house, viewer
        self.lines: list[str] = []
        self.seen = b""
        self.times_anew = 0
        self.listener: Listener | None = house.following.join(viewer)
        self.cursor = self.listener.take().cursor
        self.read_anew()

    def leave(self) -> None:
        if self.listener is not None:
            self.listener.leave()
        self.listener = None

    def take(self) -> News:
        if self.listener is None:
            self.listener = self.house.following.join(self.viewer, self.cursor)
        news = self.listener.take()
        if news.anew:
            assert not news.frames
            self.times_anew += 1
            self.read_anew()
        else:
            self._follow(news)
        self.cursor = news.cursor
        return news

    def _follow(self, news: News) -> None:
        """Numbers go up by one for each frame, whatever was hidden in between."""
        self.lines += [one.line.line for seen in news.frames for one in seen.value.lines]
        assert all(seen.viewer == self.viewer for seen in news.frames)
        epoch, _, number = self.cursor.partition(".")
        assert news.cursor == f"{epoch}.{int(number) + len(news.frames)}"
        assert news.frames or self.seen == self.looked(), "something changed before their eyes, and they were not told"
        self.seen = self.looked()

    def read_anew(self) -> None:
        self.lines = self.there()
        self.seen = self.looked()

    def there(self) -> list[str]:
        """Every line that they may read, in the order in which it was written."""
        me = self.house.as_member(self.viewer)
        found = [line for one in me.read("missions").value for line in me.read("log", mission=one.mission).value]
        return [line.line for line in sorted(found, key=lambda line: line.typed_at.ms)]

    def looked(self) -> bytes:
        """What some reads say that do not depend on the time."""
        me = self.house.as_member(self.viewer)
        return msgspec.json.encode([me.read(name).value for name in ("roster", "missions", "organisation")])


class Evening:
    """An open and a hidden mission, and one tab for everybody."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.hidden = self.scene.secret()
        self.tabs = {name: Tab(self.scene.house, self.scene[name]) for name in PEOPLE}

    def play(self, what: str, who: str, more: object) -> None:
        self.scene.clock.forward(minutes=1)
        member = self.scene[who]
        doing: dict[str, Callable[[], object]] = {
            "log": lambda: self.state(who, i.LogLine(mission=self.scene.mission, words="hello", message="hello")),
            "hidden": lambda: self.state(who, i.LogLine(mission=self.hidden, words="hush", message="hush")),
            "rename": lambda: self.state("Kotetsu", p.RenameMember(member=member, name=f"{who} {more}")),
            "read in": lambda: self.state("Shizune", m.ReadInMember(mission=self.hidden, member=member)),
            "read out": lambda: self.state(
                "Shizune", m.ReadOutMember(mission=self.hidden, member=member, reason="left")
            ),
            "note": lambda: self.state(who, p.SayNotMyself(member=member, on=self.scene.day())),
            "leave": self.tabs[who].leave,
            "take": self.tabs[who].take,
        }
        doing[what]()

    def state(self, who: str, intent: Intent) -> None:
        with suppress(Refused):
            self.scene.do(who, intent)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("log", "log", "hidden", "hidden", "rename", "read in", "read out", "note", "leave", "take")),
        st.sampled_from(PEOPLE),
        st.integers(0, 99),
    ),
    min_size=5,
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(steps=STEPS, kept=st.sampled_from((3, 600)))
def test_whatever_is_committed_nobody_misses_a_line(steps: list[tuple[str, str, int]], kept: int) -> None:
    """Through reconnections, read-ins and short memories, each tab ends with every line of its viewer, in order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "FRAMES_KEPT", kept)
        evening = Evening()
        for step in steps:
            evening.play(*step)
        for name, tab in evening.tabs.items():
            tab.take()
            assert tab.lines == tab.there(), name
            assert not tab.take().frames


@settings(deadline=None, max_examples=30)
@given(steps=STEPS)
def test_what_is_hidden_does_not_move_a_trail(steps: list[tuple[str, str, int]]) -> None:
    """A commit of the hidden mission gives outsiders no frame, no other cursor, and wakes nobody but insiders."""
    evening = Evening()
    woken: list[frozenset[PersonId]] = []
    evening.scene.house.heard = woken.append
    outsider = evening.tabs["Neji"]
    for what, who, more in steps:
        if what not in ("hidden", "read in", "read out"):
            continue
        evening.play(what, who if who != "Neji" else "Choji", more)
        assert outsider.listener is not None
        assert not outsider.listener.has_news
        before = outsider.cursor
        assert outsider.take().cursor == before
    assert not any(outsider.viewer in viewers or not viewers for viewers in woken)


def test_a_hidden_commit_does_wake_those_who_know() -> None:
    """What the test above calls hidden is told to an insider: it would fail if nothing were ever told."""
    evening = Evening()
    woken: list[frozenset[PersonId]] = []
    evening.scene.house.heard = woken.append
    evening.state("Shizune", i.LogLine(mission=evening.hidden, words="hush", message="hush"))
    assert woken == [frozenset({evening.scene["Shizune"]})]
    assert [one.line.words for one in evening.tabs["Shizune"].take().frames[0].value.lines] == ["hush"]


def test_whoever_was_away_too_long_is_told_to_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cursor that lies before what is kept gives no half of a story, and so does one of another evening."""
    monkeypatch.setattr(following, "FRAMES_KEPT", 3)
    evening = Evening()
    tab = evening.tabs["Neji"]
    tab.leave()
    for _ in range(5):
        evening.play("log", "Shizune", 0)
    assert tab.take().anew
    assert tab.lines == tab.there()
    assert evening.scene.house.following.join(tab.viewer, "another.3").take().anew


@pytest.mark.parametrize(
    "cursor", ["x", ".", "1", "..", "\0", "💧.1", ".1", "x.99999999999999", "{epoch}.99", "{epoch}.-1"]
)
def test_a_cursor_that_nobody_gave_out_reads_anew(cursor: str) -> None:
    """Whatever is sent for a cursor is answered by reading anew, and never by an error."""
    tab = Evening().tabs["Neji"]
    epoch = tab.cursor.partition(".")[0]
    assert tab.house.following.join(tab.viewer, cursor.replace("{epoch}", epoch)).take().anew


def test_the_cursor_of_somebody_else_opens_nothing() -> None:
    """A cursor is good for its own viewer's trail only."""
    evening = Evening()
    evening.play("hidden", "Shizune", 0)
    hers = evening.tabs["Shizune"].take().cursor
    assert evening.scene.house.following.join(evening.scene["Neji"], hers).take().anew


def test_a_merge_has_everybody_read_anew() -> None:
    """What another laptop brought may change anything, so every tab reads everything again."""
    evening = Evening()
    other = another_laptop(evening.scene.house)
    line = i.LogLine(mission=evening.scene.mission, words="from afar", message="from afar")
    other.as_member(evening.scene["Shizune"]).do(line)
    merge(evening.scene.house, other)
    for tab in evening.tabs.values():
        assert tab.take().anew
        assert tab.lines == tab.there()


def test_viewers_long_gone_are_forgotten_and_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trails of those who are gone do not pile up; who listens is never forgotten."""
    monkeypatch.setattr(following, "TRAILS_KEPT", 1)
    evening = Evening()
    for name in ("Neji", "Choji", "Shikamaru"):
        evening.tabs[name].leave()
    evening.scene.house.following.join(evening.scene["Kotetsu"])
    evening.play("log", "Shizune", 0)
    told = {name: evening.tabs[name].take().anew for name in ("Neji", "Choji", "Shikamaru", "Shizune")}
    assert told == {"Neji": True, "Choji": True, "Shikamaru": False, "Shizune": False}


def test_lines_from_many_threads_reach_a_tab_once_each_and_in_the_order_of_the_log() -> None:
    """Four operators write at once; a tab that takes all the while misses none, and keeps the log's order."""
    evening = Evening()
    tab, mission = evening.tabs["Neji"], evening.scene.mission

    def write(number: int) -> None:
        me = evening.scene.house.as_member(evening.scene["Shizune"])
        for turn in range(25):
            me.do(i.LogLine(mission=mission, words=f"{number} {turn}", message="hello"))

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        tab.take()
    for thread in threads:
        thread.join()
    tab.take()
    assert tab.times_anew == 0
    there = evening.scene.house.as_member(tab.viewer).read("log", mission=mission).value
    assert len(tab.lines) == len(set(tab.lines)) == 100
    assert sorted(tab.lines) == sorted(line.line for line in there)
    assert tab.lines == [line.line for line in sorted(there, key=lambda line: line.sort)]
