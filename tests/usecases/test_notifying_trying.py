"""What could not go out is tried again, later and later, by the channels that did not take it."""

from __future__ import annotations

from tests.fakes.messengers import PostOffice
from tests.fakes.telling import Telling

from wayhome.usecases.notifying import BACKOFF_S, TRY_FOR_S, Notifier


def test_what_did_not_go_out_is_tried_again_later_and_later() -> None:
    """After 10 s, 1, 5 and 15 minutes, then every hour; in between nothing is tried, and the failure is shown."""
    telling = Telling()
    telling.post.shut = {"push://Neji"}
    telling.scene.offer("Neji")
    telling.tick()
    for number, wait_s in enumerate((*BACKOFF_S, BACKOFF_S[-1], BACKOFF_S[-1]), start=1):
        assert telling.post.asked == number
        assert [(one.at, one.tries, one.failed) for one in telling.told("Neji")] == [
            (None, number, "nobody answers there")
        ]
        telling.later(seconds=wait_s - 0.1)
        telling.tick()
        assert telling.post.asked == number
        telling.later(seconds=0.1)
        telling.tick()
    telling.post.shut = set()
    telling.later(hours=1)
    telling.tick()
    assert telling.post.urls == ["push://Neji"]
    assert [(one.at is not None, one.failed) for one in telling.told("Neji")] == [(True, "")]


def test_after_a_day_a_channel_is_given_up_until_there_is_another() -> None:
    """Nothing is tried beyond a day, and that is said; a new channel is told of what still waits."""
    telling = Telling()
    telling.post.shut = {"push://Neji"}
    telling.scene.offer("Neji")
    for _ in range(60):
        telling.tick()
        telling.later(hours=1)
    assert telling.post.asked < 3 + TRY_FOR_S / 3600 + len(BACKOFF_S)
    assert "given up after a day" in telling.told("Neji")[0].failed
    telling.channels[telling.scene["Neji"]] = ("push://new",)
    telling.notifier.notify(telling.scene.now, {telling.scene["Neji"]})
    telling.pool.work()
    assert telling.post.urls == ["push://new"]


def test_what_comes_later_is_told_although_earlier_things_were_given_up() -> None:
    """A channel that was given up is asked again for what is new."""
    telling = Telling()
    telling.post.shut = {"push://Neji"}
    telling.scene.offer("Neji")
    for _ in range(40):
        telling.tick()
        telling.later(hours=1)
    telling.post.shut = set()
    telling.scene.offer("Neji", telling.scene.secret())
    telling.tick()
    assert telling.post.urls == ["push://Neji"]


def test_a_channel_that_took_it_is_not_asked_again_for_the_sake_of_another() -> None:
    """Of two channels one fails: only that one is tried again."""
    telling = Telling()
    telling.channels[telling.scene["Neji"]] = ("push://good", "push://bad")
    telling.post.shut = {"push://bad"}
    telling.scene.offer("Neji")
    telling.tick()
    telling.later(hours=1)
    telling.post.shut = set()
    telling.tick()
    assert sorted(telling.post.urls) == ["push://bad", "push://good"]


def test_two_channels_that_fail_at_once_are_one_failed_try() -> None:
    """The next try follows after ten seconds, not after a minute."""
    telling = Telling()
    telling.channels[telling.scene["Neji"]] = ("push://one", "push://two")
    telling.post.shut = {"push://one", "push://two"}
    telling.scene.offer("Neji")
    telling.tick()
    assert [one.tries for one in telling.told("Neji")] == [1]
    telling.later(seconds=BACKOFF_S[0])
    telling.tick()
    assert telling.post.asked == 4


def test_a_message_under_way_is_not_sent_beside_itself() -> None:
    """However long a service takes, and whatever happens meanwhile, one message at a time is on its way there."""
    telling = Telling()
    telling.scene.offer("Neji")
    for _ in range(3):
        telling.notifier.notify(telling.scene.now, {telling.scene["Neji"]})
    assert len(telling.pool) == 1
    telling.scene.offer("Neji", telling.scene.secret())
    telling.tick()
    telling.tick()
    assert len(telling.post.taken) == 2


def test_a_fault_of_our_own_is_shown_and_tried_again() -> None:
    """Whatever a messenger raises, the tick goes on; that it failed stands beside the item."""
    telling = Telling()
    telling.channels[telling.scene["Neji"]] = ("push://Neji",)

    class Broken(PostOffice):
        def send(self, url: str, title: str, body: str) -> None:
            raise ValueError(url)

    at = telling.scene.house
    telling.notifier = Notifier(at.log, at.acting, Broken(), telling.pool, lambda one: telling.channels.get(one, ()))
    telling.scene.offer("Neji")
    telling.tick()
    assert "fault of Wayhome's own" in telling.told("Neji")[0].failed
    assert "push" not in telling.told("Neji")[0].failed
