"""What waits for somebody is told them, once, in words that say nothing, and nobody else is told."""

from __future__ import annotations

from tests.fakes.house import another_laptop, merge
from tests.fakes.telling import Telling

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.notifying import item_of


def test_an_offer_is_told_once_in_words_that_say_nothing() -> None:
    """Whoever is offered a mission hears "Wayhome: open Wayhome" once; later ticks tell nothing more."""
    telling = Telling()
    telling.scene.offer("Neji")
    telling.tick()
    assert telling.post.taken == [("push://Neji", "Wayhome", "open Wayhome")]
    assert [one.at for one in telling.told("Neji")] == [telling.scene.now.at("UTC")]
    for _ in range(3):
        telling.later(hours=1)
        telling.tick()
    assert len(telling.post.taken) == 1


def test_the_same_words_for_everything() -> None:
    """An offer, a petition and a routine are told in the same words: no server on the way learns which."""
    telling = Telling()
    scene = telling.scene
    scene.offer("Neji")
    scene.do("Choji", p.MakePetition(member=scene["Choji"], role="teacher"))
    scene.do("Shikamaru", p.PlanRoutine(member=scene["Shikamaru"], what="a walk", every_days=7, first=scene.now))
    telling.tick()
    assert sorted(telling.post.urls) == ["push://Neji", "push://Shikamaru", "push://Tsunade"]
    assert {(title, body) for _, title, body in telling.post.taken} == {("Wayhome", "open Wayhome")}


def test_of_a_secret_mission_only_its_own_people_are_told() -> None:
    """Who is offered a secret mission is told, and nobody beside; with the same mission open it is the same."""
    telling = Telling()
    telling.scene.offer("Neji", telling.scene.secret())
    telling.tick()
    assert telling.post.urls == ["push://Neji"]


def test_what_became_of_a_message_is_shown_to_its_member_alone() -> None:
    """`told` is minted for the member it speaks of, and is empty for whom nothing waits."""
    telling = Telling()
    telling.scene.offer("Neji")
    telling.tick()
    assert telling.notifier.told(telling.scene["Neji"]).viewer == telling.scene["Neji"]
    assert telling.told("Choji") == ()


def test_each_message_belongs_to_something_that_waits() -> None:
    """A face joins what waits with what became of it by the item's id."""
    telling = Telling()
    telling.scene.offer("Neji")
    telling.tick()
    waits = telling.scene.house.as_member(telling.scene["Neji"]).read("waiting").value
    assert [one.item for one in telling.told("Neji")] == [item_of(one, telling.scene.now) for one in waits]


def test_several_things_are_one_message() -> None:
    """Two offers and a routine that wait at once are one message by each channel, not three."""
    telling = Telling()
    scene = telling.scene
    telling.channels[scene["Neji"]] = ("push://one", "push://two")
    scene.offer("Neji")
    scene.offer("Neji", scene.secret())
    scene.do("Neji", p.PlanRoutine(member=scene["Neji"], what="a walk", every_days=7, first=scene.now))
    assert len(telling.waiting("Neji")) == 3
    telling.tick()
    assert sorted(telling.post.urls) == ["push://one", "push://two"]
    assert len(telling.told("Neji")) == 3


def test_whoever_has_no_channel_is_not_told() -> None:
    """Without a channel nothing is sent and nothing kept; with the first one, what waits is told by it."""
    telling = Telling()
    neji = telling.scene["Neji"]
    del telling.channels[neji]
    telling.scene.offer("Neji")
    telling.tick()
    assert telling.post.taken == []
    assert telling.told("Neji") == ()
    telling.channels[neji] = ("push://new",)
    telling.notifier.notify(telling.scene.now, {neji})
    telling.pool.work()
    assert telling.post.urls == ["push://new"]


def test_what_no_longer_waits_is_not_told() -> None:
    """An offer answered before its message could go out is told no more, and forgotten."""
    telling = Telling()
    telling.post.shut = {"push://Neji"}
    offer = telling.scene.offer("Neji")
    telling.tick()
    telling.scene.do("Neji", m.AnswerOffer(offer=offer, answer="declined"))
    telling.post.shut = set()
    telling.later(hours=2)
    telling.tick()
    assert telling.post.taken == []
    assert telling.told("Neji") == ()


def test_an_order_whose_time_passes_is_told_once_more() -> None:
    """What is overdue is another thing than what is due: once more, and once only."""
    telling = Telling()
    scene = telling.scene
    order = m.MakeOffer(mission=scene.mission, member=scene["Neji"], order=True, answer_by=scene.soon(2))
    scene.do("Shizune", order)
    telling.tick()
    telling.later(hours=1)
    telling.tick()
    assert len(telling.post.taken) == 1
    for _ in range(4):
        telling.later(hours=1)
        telling.tick()
    assert telling.waiting("Neji") == ["an order to acknowledge"]
    assert len(telling.post.taken) == 2


def test_an_offer_that_lapses_is_told_to_whoever_made_it() -> None:
    """The clock lapses it; its maker is told that nobody answered."""
    telling = Telling()
    telling.scene.offer("Neji", by=telling.scene.soon(1))
    telling.tick()
    telling.later(hours=2)
    telling.scene.house.tick()
    telling.tick()
    assert telling.post.urls == ["push://Neji", "push://Shizune"]


def test_a_routine_is_told_when_it_comes_near_though_nothing_is_written() -> None:
    """A day before, and again before the next time; in between nothing."""
    telling = Telling()
    scene = telling.scene
    first = scene.now.plus(days=3)
    scene.do("Neji", p.PlanRoutine(member=scene["Neji"], what="a walk", every_days=10, first=first))
    told_after_h = []
    for hour in range(24 * 14):
        before = len(telling.post.taken)
        telling.tick()
        if len(telling.post.taken) > before:
            told_after_h.append(hour)
        telling.later(hours=1)
    assert told_after_h == [48, 48 + 240]


def test_a_routine_is_not_overdue_at_its_hour() -> None:
    """Looked at in the very moment it falls due, it is not told a second time."""
    telling = Telling()
    scene = telling.scene
    walk = p.PlanRoutine(member=scene["Neji"], what="a walk", every_days=7, first=scene.now.plus(hours=2))
    scene.do("Neji", walk)
    telling.tick()
    telling.later(hours=2)
    telling.notifier.notify(scene.now, {scene["Neji"]})
    telling.pool.work()
    assert telling.post.urls == ["push://Neji"]


def test_what_comes_while_the_server_runs_is_told_at_the_next_tick() -> None:
    """Routines, petitions, offers and their lapsing, when everybody was looked at long ago."""
    telling = Telling()
    scene = telling.scene
    telling.tick()
    scene.do(
        "Neji",
        p.PlanRoutine(member=scene["Neji"], what="a walk", every_days=7, first=scene.now, companion=scene["Choji"]),
    )
    scene.do("Shikamaru", p.MakePetition(member=scene["Shikamaru"], role="teacher"))
    telling.tick()
    assert sorted(telling.post.urls) == ["push://Choji", "push://Neji", "push://Tsunade"]


def test_whoever_is_read_in_anew_is_told_what_waits_there() -> None:
    """An offer that was out of sight and is in sight again waits again."""
    telling = Telling()
    scene = telling.scene
    secret = scene.secret()
    scene.offer("Neji", secret)
    telling.tick()
    scene.do("Shizune", m.ReadOutMember(mission=secret, member=scene["Neji"], reason="by mistake"))
    telling.tick()
    telling.later(hours=30)
    telling.notifier.notify(scene.now, {scene["Neji"]})
    assert telling.told("Neji") == ()
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    telling.tick()
    assert telling.post.urls == ["push://Neji", "push://Neji"]


def test_whoever_offered_on_another_s_mission_hears_that_nobody_answered() -> None:
    """After a restart as well: who made an offer is known from the state."""
    telling = Telling()
    scene = telling.scene
    offer = m.MakeOffer(mission=scene.mission, member=scene["Neji"], answer_by=scene.soon(1))
    scene.do("Tsunade", offer)
    telling.later(hours=2)
    scene.house.tick()
    telling.notifier = telling.started()
    telling.tick()
    assert telling.post.urls == ["push://Tsunade"]


def test_what_was_on_the_screen_is_not_told() -> None:
    """Opened on the desk before its message went out, it is seen and not sent; what is new is sent."""
    telling = Telling()
    scene = telling.scene
    telling.post.shut = {"push://Neji"}
    scene.offer("Neji")
    telling.tick()
    assert [one.seen for one in telling.told("Neji")] == [False]
    shown = scene.house.as_member(scene["Neji"]).read("waiting").value
    telling.notifier.opened(scene["Neji"], shown, scene.now)
    assert [one.seen for one in telling.told("Neji")] == [True]
    telling.post.shut = set()
    telling.later(hours=2)
    telling.tick()
    assert telling.post.taken == []
    scene.offer("Neji", scene.secret())
    telling.tick()
    assert telling.post.urls == ["push://Neji"]


def test_another_laptop_that_keeps_the_clock_tells() -> None:
    """Where one laptop keeps the organisation's clock, the others keep still: nobody is told twice."""
    telling = Telling()
    other = another_laptop(telling.scene.house)
    other.as_member(telling.scene["Tsunade"]).do(p.TakeClock())
    merge(telling.scene.house, other)
    telling.scene.offer("Neji")
    telling.tick()
    assert telling.post.taken == []
    assert len(telling.pool) == 0
