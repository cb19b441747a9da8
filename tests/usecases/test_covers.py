"""Covers: what the others believe is said in the open, and nothing tells it from what is true."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.values.ids import Id, MissionId

WORDS = "visiting an old friend"
OPEN_READS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("roster", {}), ("availability", {}), ("vehicles", {}), ("missions", {}), ("waiting", {}), ("alarms", {}),
    ("command", {}), ("board", {}), ("left_behind", {}),
)  # fmt: skip


class Covered(Scene):
    """Neji is to go on Shizune's secret mission; there is a cart."""

    def __init__(self) -> None:
        super().__init__()
        self.kagerou = self.secret()
        self.accepts("Neji", self.kagerou)
        self.brief("Neji", mission=self.kagerou)
        self.cart = Id(self.do("Kotetsu", p.AddVehicle(name="Cart", seats=2)).made)

    def cover(self, hours: float | None = 72, words: str = WORDS, **more: Any) -> Id:
        end = self.now.plus(hours=hours) if hours is not None else None
        intent = s.SetCover(mission=self.kagerou, member=self["Neji"], status="leave", words=words, end=end, **more)
        return Id(self.do("Shizune", intent).made)

    def goes(self) -> None:
        self.do("Neji", i.Depart(mission=self.kagerou, member=self["Neji"]))

    def home(self) -> None:
        self.do("Neji", i.ArriveHome(mission=self.kagerou, member=self["Neji"]))

    def ends(self, cover: Id, who: str = "Shizune") -> None:
        self.do(who, s.EndCover(mission=self.kagerou, cover=cover))

    def seen(self, who: str, read: str, **arguments: Any) -> Any:
        return self.house.as_member(self[who]).read(read, **arguments).value

    def outside(self, who: str = "Choji") -> list[bytes]:
        """Everything open that somebody who is not read in can get."""
        reads = [msgspec.json.encode(self.seen(who, read, **ask)) for read, ask in OPEN_READS]
        return [*reads, msgspec.json.encode(self.seen(who, "member", member=self["Neji"]))]

    def status(self) -> tuple[str, str, bool]:
        """What the open record says of Neji: status, words, and whether he can be asked."""
        found = next(one for one in self.seen("Choji", "availability") if one.member == self["Neji"])
        return found.status, found.words, found.can_be_asked


def test_a_cover_reads_as_the_same_words_said_truthfully() -> None:
    """Set, departed under, come home under and ended early: at each step the open record is that of a true leave."""
    covered, true = Covered(), Covered()
    true.do("Kotetsu", p.SetDutyStatus(member=true["Neji"], status="leave", until=true.now.plus(hours=72), words=WORDS))
    cover = covered.cover()
    assert covered.outside() == true.outside()
    covered.goes()
    assert covered.outside() == true.outside()
    assert covered.status() == ("leave", WORDS, False)
    covered.clock.forward(hours=5)
    true.clock.forward(hours=5)
    covered.home()
    assert covered.outside() == true.outside()
    covered.ends(cover)
    true.do("Kotetsu", p.SetDutyStatus(member=true["Neji"], status="available"))
    assert covered.outside() == true.outside()
    assert covered.status() == ("available", "can come", True)


def test_who_is_said_to_be_away_already_is_not_said_to_be_so_again_as_they_depart() -> None:
    """A page that is open on the roster does not stir when somebody leaves who has been away to everybody for hours."""
    scene = Covered()
    scene.do("Neji", p.SetDutyStatus(member=scene["Neji"], status="away"))
    listener = scene.house.following.join(scene["Choji"])
    listener.take()
    scene.goes()
    assert not listener.has_news
    scene.home()
    assert listener.has_news


def test_a_cover_ends_by_itself() -> None:
    """When its time is over, the open record says so by itself, and the cover no longer holds."""
    scene = Covered()
    cover = scene.cover(hours=10)
    scene.clock.forward(hours=11)
    assert scene.status() == ("available", "", True)
    assert scene.refused("Shizune", s.EndCover(mission=scene.kagerou, cover=cover)).code == "no such cover"


def test_what_begins_later_is_said_as_a_span_and_follows_at_departure() -> None:
    """A cover for tomorrow shows as unavailable tomorrow; who departs then is on leave until its end."""
    scene = Covered()
    start = scene.now.plus(hours=24)
    scene.cover(hours=72, start=start)
    assert scene.status() == ("available", "", True)
    scene.clock.forward(hours=25)
    assert scene.status() == ("available", WORDS, False)
    scene.goes()
    assert scene.status() == ("leave", WORDS, False)


def test_a_cover_ended_while_out_leaves_a_plain_away() -> None:
    """Whoever is out still is just away without the cover, as if there had never been words for it."""
    scene = Covered()
    scene.goes()
    cover = scene.cover()
    assert scene.status()[0] == "leave"
    scene.ends(cover, "Neji")
    assert scene.status()[0] == "away"
    scene.home()
    assert scene.status()[0] == "available"


def test_a_cover_is_prolonged_without_a_gap() -> None:
    """The same words until later take the place of the first; the others see a leave that got longer."""
    scene = Covered()
    first = scene.cover(hours=10)
    scene.cover(hours=40)
    held = scene.world.missions[scene.kagerou].secrecy.covers
    assert [c.id for c in held.values() if c.holds_at(scene.now)] != [first]
    scene.clock.forward(hours=20)
    assert scene.status() == ("leave", WORDS, False)


def test_the_truth_is_for_those_read_in_alone() -> None:
    """The read of covers says whom and what to those read in, and to others what it says of a mission that is not."""
    scene = Covered()
    cover = scene.cover()
    found = scene.seen("Neji", "covers", mission=scene.kagerou)
    assert [(c.cover, c.member_name, c.status, c.by_name) for c in found] == [(cover, "Neji", "leave", "Shizune")]
    assert scene.seen("Tsunade", "covers", mission=scene.kagerou) == ()
    assert scene.seen("Tsunade", "covers", mission=MissionId("0" * 32)) == ()


def test_a_vehicle_is_where_it_is_said_to_be() -> None:
    """A covered cart is taken, brought back and uncovered; what the others read changes only as it is said."""
    scene = Covered()
    intent = s.SetCover(mission=scene.kagerou, vehicle=scene.cart, status="in the workshop")
    cover = Id(scene.do("Shizune", intent).made)
    seen: list[str] = []

    def look() -> None:
        seen.append(scene.seen("Choji", "vehicles")[0].status)

    look()
    scene.do("Shizune", i.TakeVehicle(mission=scene.kagerou, vehicle=scene.cart))
    look()
    scene.do("Shizune", i.ReleaseVehicle(mission=scene.kagerou, vehicle=scene.cart))
    look()
    scene.ends(cover)
    look()
    assert seen == ["in the workshop"] * 3 + ["available"]
    assert scene.seen("Shizune", "covers", mission=scene.kagerou)[0].vehicle_words == "Cart"


def test_a_cover_that_runs_out_while_its_member_is_out_alarms_those_read_in() -> None:
    """A day before its end an alarm waits for whoever owns the mission; the others hear nothing."""
    scene = Covered()
    scene.cover(hours=72)
    scene.goes()
    before = scene.outside()
    scene.clock.forward(hours=47)
    scene.house.tick()
    assert not [one for one in scene.seen("Shizune", "waiting") if one.what == "alarm"]
    scene.clock.forward(hours=2)
    scene.house.tick()
    assert "Neji is out still, and their cover ends" in _alarm(scene)
    assert scene.outside() == before


def test_a_cover_of_somebody_at_home_runs_out_in_silence() -> None:
    """Nobody is alarmed for a cover whose member came home."""
    scene = Covered()
    scene.cover(hours=72)
    scene.goes()
    scene.home()
    scene.clock.forward(hours=60)
    scene.house.tick()
    assert not [one for one in scene.seen("Shizune", "waiting") if one.what == "alarm"]


@pytest.mark.parametrize("what", ["silence", "not home"])
def test_no_cover_silences_an_alarm(what: str) -> None:
    """Silent or not home, a member under a cover raises the same alarm as one without, to those read in alone."""
    scene = Covered()
    scene.cover(hours=72)
    scene.goes()
    if what == "silence":
        scene.do("Shizune", i.WatchSilence(mission=scene.kagerou, member=scene["Neji"], every_min=30))
    else:
        scene.do("Neji", i.StartHome(mission=scene.kagerou, member=scene["Neji"], by=scene.soon(1)))
    scene.clock.forward(hours=2)
    scene.house.tick()
    assert [alarm.what for alarm in scene.seen("Shizune", "alarms")] == [what]
    assert scene.seen("Choji", "alarms") == ()


def test_a_clash_with_a_cover_reaches_those_read_in() -> None:
    """Somebody who sets the covered member to available is heard of by those who know why that cannot be."""
    scene = Covered()
    scene.cover()
    scene.do("Kotetsu", p.SetDutyStatus(member=scene["Neji"], status="available"))
    clashes = [one.words for one in scene.seen("Shizune", "waiting") if one.what == "clash"]
    assert clashes == ["Neji: Kotetsu set the duty status to available"]


def test_ending_a_cover_takes_back_nothing_that_somebody_else_said() -> None:
    """Where another said something else meanwhile, the end of the cover changes nothing in the open."""
    scene = Covered()
    cover = scene.cover()
    scene.do("Kotetsu", p.SetDutyStatus(member=scene["Neji"], status="resting"))
    before = scene.outside()
    scene.ends(cover)
    assert scene.outside() == before


def test_who_is_on_a_true_leave_and_who_is_covered_are_refused_alike() -> None:
    """A second mission's cover is refused in the same words, whether the first words were a cover or true."""
    covered, true = Covered(), Covered()
    covered.cover()
    true.do("Kotetsu", p.SetDutyStatus(member=true["Neji"], status="leave", until=true.now.plus(hours=72), words=WORDS))
    told = []
    for scene in (covered, true):
        made = scene.do("Tsunade", m.RaiseAlarm(name="Night heron", rank="D", secret=True)).made
        other = MissionId(made)
        scene.do("Tsunade", m.ReadInMember(mission=other, member=scene["Neji"]))
        refusal = scene.refused("Tsunade", s.SetCover(mission=other, member=scene["Neji"], status="away"))
        told.append((refusal.code, refusal.text))
    assert told[0] == told[1]
    assert told[0][0] == "said already"


def _alarm(scene: Covered) -> str:
    return str(next(one.words for one in scene.seen("Shizune", "waiting") if one.what == "alarm"))
