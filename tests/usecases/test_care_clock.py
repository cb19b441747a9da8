"""The care clock: whoever is named is told in time, told once, and told nothing of anybody."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from tests.fakes.caring import CareScene

from wayhome.engines.care import stated as s
from wayhome.engines.care.jurisdiction import CrisisNumber, jurisdiction_of
from wayhome.engines.care.letters import LadderRung
from wayhome.mission.intents import people as p
from wayhome.usecases.care.clock import Standing, next_ring, ring_ladders
from wayhome.usecases.care.desk import CareDesk
from wayhome.usecases.care.means import LOOKED_FOR, NEEDED, STANDS, WAITS
from wayhome.values.ids import PersonId

SAFE_WORDS = {NEEDED, LOOKED_FOR, STANDS, WAITS}


@pytest.fixture
def scene() -> CareScene:
    """Neji looks after Choji; Shizune is the other carer, and a medic."""
    scene = CareScene()
    scene.do("Tsunade", p.SetDuties(member=scene["Shizune"], duties=("operator", "medic", "carer")))
    scene.care("Choji", s.AskForCare())
    scene.care("Neji", s.TakeCase(case=scene.case("Choji")))
    scene.goes_on(minutes=1)
    scene.phones.rang()
    return scene


def rungs(scene: CareScene) -> list[tuple[str, int]]:
    """Every step that is recorded, by what it is about and its number."""
    ring = scene.house.rings.clock_ring
    assert ring is not None
    letters = scene.house.rings.box.read(ring)
    return [(one.fact.about, one.fact.number) for one in letters if isinstance(one.fact, LadderRung)]


def test_whoever_is_not_safe_does_not_wait_for_the_clock(scene: CareScene) -> None:
    """The session in which it was said tells the first one at once; the others follow within the quarter of an hour."""
    scene.care("Choji", s.CheckIn(safe=False))
    assert scene.phones.rang() == [("Neji", NEEDED)]
    for _ in range(15):
        scene.goes_on(minutes=1)
    assert ("Shizune", NEEDED) in scene.phones.rang()
    flag = scene.reads("Neji", "care_waiting")[0]
    scene.care("Shizune", s.OwnFlag(flag=flag.about))
    scene.goes_on(hours=24)
    assert scene.phones.rang() == []
    assert scene.reads("Choji", "my_care").flags[0].owner_name == "Shizune"


def test_whoever_is_not_safe_is_told_the_organisations_own_number(scene: CareScene) -> None:
    """A sourced crisis line of the profile stands in the very answer to "not safe", before the emergency number."""
    own = CrisisNumber("the county's line", "555 0100", "the county's leaflet", date(2026, 1, 5))
    house = scene.house
    means = msgspec.structs.replace(house._means, law=lambda: jurisdiction_of("eu", (own,)))
    ring = house.rings.lend(scene["Choji"])
    done = CareDesk(house.log, house.acting, ring, means, house.clock, lambda: "a key").do(s.CheckIn(safe=False))
    assert done.tells[0].startswith("Nobody has been told yet: call 555 0100 or 112")
    assert "555 0100: the county's line" in done.tells


def test_without_a_clock_the_session_tells_everybody_at_once(scene: CareScene) -> None:
    """After a start before any carer signed in nothing rings: so everybody who can be sought is told in the session."""
    house = scene.house
    stands = msgspec.structs.replace(house._means, clock_rings=lambda: False)
    ring = house.rings.lend(scene["Choji"])
    CareDesk(house.log, house.acting, ring, stands, house.clock, lambda: "a key").do(s.CheckIn(safe=False))
    assert [name for name, words in scene.phones.rang() if words == NEEDED] == ["Neji", "Shizune"]


def test_somebody_out_of_reach_is_passed_over_at_once(scene: CareScene) -> None:
    """Where the first cannot be told, the next is, without waiting for their turn."""
    scene.phones.out_of_reach = {"Neji"}
    scene.care("Choji", s.CheckIn(safe=False))
    assert scene.phones.rang() == [("Shizune", NEEDED)]


def test_nobody_in_reach_is_tried_again_when_the_time_comes(scene: CareScene) -> None:
    """No step is used up before its time by a network that was down: once it is back, they are told."""
    scene.phones.out_of_reach = {"Neji", "Shizune"}
    scene.care("Choji", s.CheckIn(safe=False))
    for _ in range(10):
        scene.goes_on(minutes=1)
    assert scene.phones.rang() == []
    assert scene.reads("Neji", "care_waiting")[0].red
    scene.phones.out_of_reach = set()
    for _ in range(25):
        scene.goes_on(minutes=1)
    assert {name for name, _ in scene.phones.rang()} == {"Neji", "Shizune"}


def test_a_missed_contact_climbs_day_by_day(scene: CareScene) -> None:
    """Nothing is heard by the agreed day: the supporter by a second word, then the next one; never what was said."""
    day = scene.now.day
    scene.care("Choji", s.CheckIn(words="the ford"))
    scene.care("Neji", s.AgreeContact(day=day.replace(day=day.day + 9), case=scene.case("Choji")))
    told: dict[int, set[str]] = {}
    for passed in range(1, 14):
        scene.goes_on(days=1)
        for name, words in scene.phones.rang():
            assert words in SAFE_WORDS
            told.setdefault(passed, set()).add(name)
    assert "Neji" in told[10]
    assert "Shizune" in told[11] | told[12]
    assert not any("Tsunade" in names for names in told.values())
    missed = [one for one in scene.reads("Shizune", "care_waiting") if one.what == "missed"]
    assert missed
    assert "the ford" not in str(missed)


def test_a_contact_in_time_calls_the_ladder_off(scene: CareScene) -> None:
    """They were in touch: nobody is told that they were not."""
    scene.care("Neji", s.AgreeContact(day=scene.now.day, case=scene.case("Choji")))
    scene.care("Neji", s.NoteContact(case=scene.case("Choji")))
    for _ in range(4):
        scene.goes_on(days=1)
        assert LOOKED_FOR not in [words for _, words in scene.phones.rang() if _ == "Shizune"]


def test_an_outage_of_two_days_tells_what_fell_due_in_it_once(scene: CareScene) -> None:
    """What could not ring rings when the clock is back, each step recorded once, however often it ticks."""
    scene.care("Neji", s.AgreeContact(day=scene.now.day, case=scene.case("Choji")))
    scene.clock.forward(days=4)
    scene.house.tick()
    once = rungs(scene)
    assert len(once) == len(set(once)) > 0
    for _ in range(5):
        scene.goes_on(minutes=1)
    assert len(rungs(scene)) == len(set(rungs(scene)))


def test_two_clocks_record_a_step_once(scene: CareScene) -> None:
    """Two ticks at the same moment may tell twice; the step stands once."""
    scene.care("Neji", s.AgreeContact(day=scene.now.day, case=scene.case("Choji")))
    scene.clock.forward(days=3)
    ring, house = scene.house.rings.clock_ring, scene.house
    told: list[PersonId] = []

    def tell(person: PersonId, _: str) -> bool:
        told.append(person)
        return True

    first = ring_ladders(house.rings.box, ring, house.acting, scene.now, tell)
    assert first == len(told) > 0
    assert ring_ladders(house.rings.box, ring, house.acting, scene.now, tell) == 0
    assert len(rungs(scene)) == len(set(rungs(scene)))


def test_without_the_desks_key_nothing_rings(scene: CareScene) -> None:
    """The clock knows of nothing to ring, and of no time at which anything is due."""
    house = scene.house
    assert ring_ladders(house.rings.box, None, house.acting, scene.now, lambda *_: True) == 0
    assert next_ring(house.rings.box, None) is None
    assert next_ring(house.rings.box, house.rings.clock_ring) is not None


def test_that_the_clock_stands_is_said_whether_or_not_there_are_cases(scene: CareScene) -> None:
    """At once, after a quarter of an hour, then every six hours, to every carer in the same words; else never."""
    empty = CareScene()
    for one in (scene, empty):
        standing, told = Standing(), list[tuple[float, PersonId, str]]()
        start = one.now
        for minutes in range(0, 14 * 60, 5):
            now = start.plus(minutes=minutes)

            def tell(person: PersonId, words: str, minutes: int = minutes, told: list = told) -> bool:  # type: ignore[type-arg]
                told.append((minutes, person, words))
                return True

            standing.tick(one.house.acting, None, now, tell)
        assert {words for _, _, words in told} == {STANDS}
        assert [minutes for minutes, person, _ in told if person == one["Neji"]] == [0, 15, 375, 735]
        assert {person for _, person, _ in told} == {one["Neji"], one["Shizune"]}
        assert standing.tick(one.house.acting, one.house.rings.clock_ring, start.plus(days=2), lambda *_: True) == 0


def test_where_no_desk_was_ever_made_nothing_stands() -> None:
    """An organisation without carers is told of no clock."""
    scene = CareScene(admitted=False)
    assert Standing().tick(scene.house.acting, None, scene.now, lambda *_: True) == 0
