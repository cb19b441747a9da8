"""What was told outlives a restart; what was not noted is told again; nothing is left untold."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.telling import Crowd, Telling

from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.ports import NotDurable


def test_seen_and_told_outlive_a_restart() -> None:
    """What was told is not told again after a restart, and what was seen is still seen."""
    telling = Telling()
    scene = telling.scene
    scene.offer("Neji")
    scene.offer("Choji")
    telling.tick()
    telling.notifier.opened(scene["Neji"], scene.house.as_member(scene["Neji"]).read("waiting").value, scene.now)
    telling.tick()
    telling.notifier = telling.started()
    telling.tick()
    assert sorted(telling.post.urls) == ["push://Choji", "push://Neji"]
    assert [one.seen for one in telling.told("Neji")] == [True]
    assert [one.seen for one in telling.told("Choji")] == [False]


def test_killed_between_sending_and_noting_it_is_told_again() -> None:
    """At least once: what went out and was never noted goes out again after the restart."""
    telling = Telling()
    telling.scene.offer("Neji")
    telling.notifier.notify(telling.scene.now)
    telling.pool.work()
    assert telling.post.urls == ["push://Neji"]
    telling.notifier = telling.started()
    telling.tick()
    assert telling.post.urls == ["push://Neji", "push://Neji"]


def test_what_is_kept_names_nobody_and_nothing() -> None:
    """The shelves hold ids that say nothing: no name, no mission, no address of a channel."""
    telling = Telling()
    telling.scene.offer("Neji", telling.scene.secret("Kagerou"))
    telling.tick()
    kept = telling.scene.house.log.snapshot(f"told.{telling.scene['Neji'][:1]}") or b""
    assert telling.scene["Neji"].encode() in kept
    assert not [word for word in (b"Neji", b"Kagerou", b"push", b"offer") if word in kept]


def test_whoever_is_erased_leaves_nothing_on_the_shelves() -> None:
    """Erasing a person destroys the shelves; what is written again, of others on the same shelf, lacks that person."""
    crowd = Crowd(40)
    gone, beside = next((a, b) for a in crowd.members for b in crowd.members if a != b and a[0] == b[0])
    crowd.offer(gone)
    crowd.ticks(6)
    assert gone.encode() in (crowd.log.snapshot(f"told.{gone[0]}") or b"")
    crowd.founder.do(p.ErasePerson(member=gone, reason="at their wish"))
    crowd.offer(beside)
    crowd.ticks(2)
    kept = crowd.log.snapshot(f"told.{gone[0]}") or b""
    assert beside.encode() in kept
    assert gone.encode() not in kept


class RefusingLog(MemoryLog):
    """A log whose disk takes no snapshot while it is full."""

    full = False

    def put_snapshot(self, name: str, body: bytes) -> None:
        if self.full:
            raise NotDurable("the disk is full: make room, then try again")
        super().put_snapshot(name, body)


def test_a_full_disk_costs_a_note_and_no_message() -> None:
    """What could not be noted is noted once there is room; in the same run nothing is told twice."""
    crowd = Crowd(1, RefusingLog)
    assert isinstance(crowd.log, RefusingLog)
    crowd.offer(crowd.members[0])
    crowd.log.full = True
    for _ in range(3):
        crowd.ticks(2)
        crowd.clock.forward(hours=1)
    assert len(crowd.post.taken) == 1
    crowd.log.full = False
    crowd.ticks(1)
    crowd.start()
    crowd.ticks(2)
    assert len(crowd.post.taken) == 1


@pytest.mark.parametrize("kept", [b"", b"\xc1", msgspec.msgpack.encode({"x": 1})])
def test_shelves_that_cannot_be_read_are_told_anew(kept: bytes) -> None:
    """A shelf written by another program costs one message more and stops nothing."""
    telling = Telling()
    telling.scene.offer("Neji")
    telling.scene.house.log.put_snapshot(f"told.{telling.scene['Neji'][:1]}", kept)
    telling.tick()
    assert telling.post.urls == ["push://Neji"]


Steps = st.lists(
    st.one_of(
        st.sampled_from(["offer", "answer", "shut", "open", "restart", "crash", "look"]),
        st.integers(1, 7200),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(Steps)
def test_whatever_happens_what_waits_is_told_and_once_where_nobody_crashed(steps: list[str | int]) -> None:
    """Through any order of offers, answers, dead networks, restarts and crashes."""
    telling = Telling()
    crashes = offered = 0
    open_offers = []
    for step in steps:
        match step:
            case "offer":
                open_offers.append(telling.scene.offer("Neji", telling.scene.secret()))
                offered += 1
            case "answer" if open_offers:
                answer = m.AnswerOffer(offer=open_offers.pop(0), answer="declined")
                telling.scene.do("Neji", answer)
            case "shut":
                telling.post.shut = {"push://Neji"}
            case "open":
                telling.post.shut = set()
            case "restart":
                telling.tick()
                telling.notifier = telling.started()
            case "crash":
                telling.notifier.notify(telling.scene.now)
                telling.pool.work()
                telling.notifier = telling.started()
                crashes += 1
            case "look":
                telling.tick()
            case int():
                telling.later(seconds=step)
                telling.tick()
    telling.post.shut = set()
    telling.later(hours=1)
    telling.tick()
    assert all(one.at is not None and not one.failed for one in telling.told("Neji"))
    assert len(telling.told("Neji")) == len(open_offers)
    assert len(telling.post.taken) <= offered + crashes
