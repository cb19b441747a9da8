"""What waits for somebody is told them, at least once, in words that say nothing, and nobody else is told."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.house import MASTER, SCALES, StandingClock, TerrainsInMemory, another_laptop, counted_keys, merge
from tests.fakes.messengers import HandPool, PostOffice
from tests.fakes.scene import Scene

from wayhome.assembly.local import Founding, LocalHouse, found_in
from wayhome.log.memory_store import MemoryLog
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.notifying import BACKOFF_S, LOOKS_A_TICK, MOST_UNDER_WAY, TRY_FOR_S, Notifier, Told, item_of
from wayhome.usecases.ports import Ask, NotDurable, Predicate, Row
from wayhome.values.ids import MissionId, PersonId

NAMES = ("Tsunade", "Shizune", "Neji", "Choji", "Shikamaru")


class Telling:
    """The scene, a post office, and a notifier that tells everybody by one channel of their own."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.post = PostOffice()
        self.pool = HandPool()
        self.channels: dict[PersonId, tuple[str, ...]] = {self.scene[name]: (f"push://{name}",) for name in NAMES}
        self.notifier = self.started()

    def started(self, house: LocalHouse | None = None) -> Notifier:
        """A notifier as it is after a start."""
        at = house or self.scene.house
        return Notifier(at.log, at.acting, self.post, self.pool, lambda member: self.channels.get(member, ()))

    def tick(self) -> None:
        """One tick, what it handed over done, and one more that hears of it."""
        self.notifier.notify(self.scene.now)
        self.pool.work()
        self.notifier.notify(self.scene.now)

    def later(self, *, seconds: float = 0, hours: float = 0) -> None:
        self.scene.clock.forward(minutes=seconds / 60, hours=hours)

    def told(self, name: str) -> tuple[Told, ...]:
        return self.notifier.told(self.scene[name]).value

    def waiting(self, name: str) -> list[str]:
        return [one.what for one in self.scene.house.as_member(self.scene[name]).read("waiting").value]


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


class CountingLog(MemoryLog):
    """Counts the questions it is asked."""

    asked = 0

    def rows(self, ask: Ask, predicate: Predicate | None) -> list[Row]:
        self.asked += 1
        return super().rows(ask, predicate)


class Crowd:
    """Many members with a channel each, on a log of some kind."""

    def __init__(self, members: int, kind: type[MemoryLog] = MemoryLog) -> None:
        self.clock = StandingClock()
        self.log = kind(master=MASTER, wall=lambda: self.clock.now.ms)
        self.house = LocalHouse(self.log, TerrainsInMemory(), clock=self.clock, new_key=counted_keys("crowd"))
        founding = Founding(
            name="The Leaf", zone="Europe/Andorra", profile="leaf", scales=SCALES, founder="Tsunade", password=""
        )
        self.founder = self.house.as_member(found_in(self.house, founding, "no password"))
        self.members = [PersonId(self.founder.do(p.EnrolMember(name=f"M{n}")).made) for n in range(members)]
        self.mission = MissionId(self.founder.do(m.RaiseAlarm(name="Lost hiker", rank="D")).made)
        self.post, self.pool = PostOffice(), HandPool()
        self.start()

    def start(self) -> None:
        self.notifier = Notifier(self.log, self.house.acting, self.post, self.pool, lambda one: (f"push://{one}",))

    def offer(self, member: PersonId) -> None:
        self.founder.do(m.MakeOffer(mission=self.mission, member=member))

    def ticks(self, count: int) -> None:
        for _ in range(count):
            self.notifier.notify(self.clock.now)
            self.pool.work()


def questions(crowd: Crowd, ticks: int) -> int:
    """How many questions so many ticks ask."""
    assert isinstance(crowd.log, CountingLog)
    before = crowd.log.asked
    crowd.ticks(ticks)
    return crowd.log.asked - before


def test_a_tick_in_which_nothing_happened_reads_nothing() -> None:
    """After the first sweep only those are looked at whom a change concerns."""
    crowd = Crowd(3 * LOOKS_A_TICK, CountingLog)
    assert questions(crowd, 5) > 0
    assert questions(crowd, 20) == 0
    crowd.offer(crowd.members[7])
    assert 0 < questions(crowd, 3) < 60
    assert crowd.post.urls == [f"push://{crowd.members[7]}"]


def test_no_tick_looks_at_more_than_a_few() -> None:
    """However many wait, one tick reads for a bounded number of members; in the end everybody is told."""
    crowd = Crowd(2 * LOOKS_A_TICK + 5, CountingLog)
    for member in crowd.members:
        crowd.offer(member)
    assert questions(crowd, 1) < LOOKS_A_TICK * 30
    assert 0 < len(crowd.post.taken) <= LOOKS_A_TICK
    crowd.ticks(8)
    assert sorted(crowd.post.urls) == sorted(f"push://{member}" for member in crowd.members)


def test_a_dead_network_piles_up_no_more_than_a_few_messages() -> None:
    """While nothing comes back only so many are handed over; once it does, everybody is told."""
    crowd = Crowd(2 * MOST_UNDER_WAY)
    for member in crowd.members:
        crowd.offer(member)
    for _ in range(8):
        crowd.notifier.notify(crowd.clock.now)
    assert len(crowd.pool) == MOST_UNDER_WAY
    crowd.ticks(12)
    assert sorted(crowd.post.urls) == sorted(f"push://{member}" for member in crowd.members)


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
