"""Two laptops that worked apart: what both did stands, and what cannot both stand becomes a conflict for a person."""

from __future__ import annotations

from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.house import another_laptop, merge, swap
from tests.fakes.scene import HERE, Scene

from wayhome.assembly.local import LocalHouse
from wayhome.mission.facts.field import ClueFound
from wayhome.mission.folding import fold
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents.base import Intent
from wayhome.mission.state import Conflict, Mission, Said, World
from wayhome.usecases import keeping
from wayhome.usecases.ports import Ask
from wayhome.values.ids import MissionId, PersonId, ReplicaId, derive, handle, mission_stream
from wayhome.values.when import Moment


def conflicts(house: LocalHouse, scene: Scene) -> list[Conflict]:
    return list(mission_in(house, scene).conflicts.values())


def mission_in(house: LocalHouse, scene: Scene) -> Mission:
    return house.acting.standing.world.missions[scene.mission]


def alike(one: LocalHouse, other: LocalHouse) -> bool:
    """Whether both laptops hold the same world and the same rows, and each row is what the log gives."""
    assert keeping.verify(one.log) == [] == keeping.verify(other.log)
    for view in {*one.log.views(), *other.log.views()}:
        if one.log.rows(Ask(view), None) != other.log.rows(Ask(view), None):
            return False
    worlds = [msgspec.msgpack.encode(house.acting.standing.world, order="deterministic") for house in (one, other)]
    return worlds[0] == worlds[1]


def do(house: LocalHouse, scene: Scene, who: str, intent: Intent) -> None:
    house.as_member(scene[who]).do(intent)


def test_both_give_away_the_last_place() -> None:
    """Each laptop accepts one for the only place: both stand, one conflict is open, and settling it closes it."""
    scene = Scene()
    scene.do("Shizune", m.PlanMission(mission=scene.mission, most_people=1))
    offers = {name: scene.offer(name) for name in ("Neji", "Choji")}
    other = another_laptop(scene.house)
    scene.do("Neji", m.AnswerOffer(offer=offers["Neji"], answer="accepted"))
    do(other, scene, "Choji", m.AnswerOffer(offer=offers["Choji"], answer="accepted"))
    swap(scene.house, other)
    assert {conflict.what for conflict in conflicts(scene.house, scene)} == {"too many accepted"}
    assert len(scene.held.accepted) == 2
    assert alike(scene.house, other)
    only = conflicts(scene.house, scene)[0]
    scene.do("Shizune", m.SettleConflict(mission=scene.mission, conflict=only.id, how="both go: a seat was found"))
    merge(other, scene.house)
    assert [conflict.settled for conflict in conflicts(other, scene)] == ["both go: a seat was found"]


def test_closed_on_one_with_someone_out_on_the_other() -> None:
    """A mission that one laptop closed while somebody departed on the other is under way again, with a conflict."""
    scene = Scene()
    scene.accepts("Neji")
    scene.brief("Neji")
    other = another_laptop(scene.house)
    scene.do("Shizune", m.MoveMission(mission=scene.mission, to="closed", reason="false alarm"))
    scene.clock.forward(minutes=1)
    do(other, scene, "Neji", i.Depart(mission=scene.mission, member=scene["Neji"]))
    swap(scene.house, other)
    assert scene.held.state == "under way"
    assert scene.held.still_out == [scene["Neji"]]
    assert {conflict.what for conflict in conflicts(scene.house, scene)} == {"closed with someone out"}
    assert alike(scene.house, other)


def test_departed_before_it_was_closed_elsewhere() -> None:
    """The same the other way round in time: the closing that comes later does not close it either."""
    scene = Scene()
    scene.accepts("Neji")
    scene.brief("Neji")
    other = another_laptop(scene.house)
    do(other, scene, "Neji", i.Depart(mission=scene.mission, member=scene["Neji"]))
    scene.clock.forward(minutes=1)
    scene.do("Shizune", m.MoveMission(mission=scene.mission, to="closed", reason="false alarm"))
    swap(scene.house, other)
    assert scene.held.state == "under way"
    assert {conflict.what for conflict in conflicts(other, scene)} == {"closed with someone out"}
    assert alike(scene.house, other)


def test_two_take_command_apart() -> None:
    """Two commanders who do not know of each other are a conflict; both laptops name the same one meanwhile."""
    scene = Scene()
    other = another_laptop(scene.house)
    neji, choji = (
        m.TakeMissionCommand(mission=scene.mission, member=scene[n], reason="here") for n in ("Neji", "Choji")
    )
    scene.do("Shizune", neji)
    do(other, scene, "Shizune", choji)
    swap(scene.house, other)
    assert {conflict.what for conflict in conflicts(scene.house, scene)} == {"two in command"}
    assert mission_in(other, scene).commander == scene.held.commander
    assert alike(scene.house, other)


def test_one_hands_on_what_the_other_gave() -> None:
    """Command handed on twice in a row, the second knowing of the first, is no conflict."""
    scene = Scene()
    other = another_laptop(scene.house)
    scene.do("Shizune", m.TakeMissionCommand(mission=scene.mission, member=scene["Neji"], reason="here"))
    merge(other, scene.house)
    do(other, scene, "Neji", m.TakeMissionCommand(mission=scene.mission, member=scene["Choji"], reason="relieved"))
    swap(scene.house, other)
    assert conflicts(scene.house, scene) == []
    assert scene.held.commander == scene["Choji"]


def test_merging_twice_changes_nothing() -> None:
    """The same exchange again brings nothing new."""
    scene = Scene()
    other = another_laptop(scene.house)
    do(other, scene, "Choji", i.ReportClue(mission=scene.mission, words="a boot", place=HERE))
    assert merge(scene.house, other).new == 1
    again = merge(scene.house, other)
    assert (again.new, again.conflicts, again.findings) == (0, 0, ())
    assert alike(scene.house, other)


def test_a_timer_rings_once_though_two_laptops_hold_it() -> None:
    """Each timer has one owner: the other laptop stays silent, until it takes the clock over."""
    scene = Scene()
    scene.offer("Neji", by=scene.soon(1))
    other = another_laptop(scene.house)
    scene.clock.forward(hours=2)
    assert other.tick() == 0
    assert scene.house.tick() == 1
    swap(scene.house, other)
    assert next(iter(mission_in(other, scene).offers.values())).answer == "lapsed"
    assert (scene.house.tick(), other.tick()) == (0, 0)


REPLICAS = tuple(ReplicaId(derive("replica", str(number))) for number in range(4))
FOUND_IN = MissionId(derive("mission", "clues"))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(REPLICAS), min_size=1, max_size=30), st.booleans(), st.integers(0, 10**6))
def test_clue_labels_never_clash(finders: list[ReplicaId], same_tag: bool, order: int) -> None:
    """Clues numbered on four laptops apart, merged in any order, have each their own label, even with equal tags."""
    counts: dict[ReplicaId, int] = {}
    found: list[tuple[ReplicaId, ClueFound]] = []
    for finder in finders:
        number = counts[finder] = counts.get(finder, 0) + 1
        tag = "SAME" if same_tag else handle(finder)[:4]
        label = str(number) if finder == REPLICAS[0] else f"{number}-{tag}"
        found.append((finder, ClueFound(clue=derive(finder, str(number)), number=number, label=label, words="x")))
    Random(order).shuffle(found)
    world = World()
    for seq, (finder, fact) in enumerate(found):
        fold(world, fact, Said(str(seq), PersonId(""), Moment(seq), seq, mission_stream(FOUND_IN), finder))
    labels = list(world.missions[FOUND_IN].clues.values())
    assert len(labels) == len(set(labels)) == len(finders)


def test_clues_of_two_laptops_keep_their_labels_when_merged() -> None:
    """What was said on the radio stays: each laptop's own numbers are as they were, and both hold both."""
    scene = Scene()
    other = another_laptop(scene.house)
    for house in (scene.house, other):
        for words in ("a boot", "a scarf"):
            do(house, scene, "Choji", i.ReportClue(mission=scene.mission, words=words))
    before = {*scene.held.clues.values(), *mission_in(other, scene).clues.values()}
    swap(scene.house, other)
    assert len(before) == 4
    assert {*scene.held.clues.values()} == {*mission_in(other, scene).clues.values()} == before
