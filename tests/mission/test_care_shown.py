"""The little that leaves care: who reads it, and that nothing else is in it."""

from __future__ import annotations

import pytest
from tests.fakes.scene import Scene
from tests.mission.refused_care_shown import LONG_AGO, asked, carer

from wayhome.mission.intents import care as i
from wayhome.mission.intents import people as p


@pytest.fixture
def scene() -> Scene:
    return Scene()


def rows(scene: Scene, who: str, read: str, **arguments: object) -> tuple[object, ...]:
    return tuple(scene.house.as_member(scene[who]).read(read, **arguments).value)


def test_a_request_waits_before_its_owner_until_it_is_answered(scene: Scene) -> None:
    """It is before whoever can grant it, in agreed words, and the member reads the answer; nobody else reads either."""
    request = asked(scene)
    assert [one.words for one in scene.house.as_member(scene["Tsunade"]).read("waiting").value] == [
        "Choji asks: send us out together"
    ]
    assert rows(scene, "Neji", "care_requests") == ()
    scene.do("Tsunade", i.AnswerCareRequest(request=request, granted=True, words="from June on"))
    (mine,) = scene.house.as_member(scene["Choji"]).read("care_requests").value
    assert (mine.granted, mine.answer, mine.owner_name) == (True, "from June on", "Tsunade")
    assert rows(scene, "Tsunade", "waiting") == ()


def test_ticks_and_minutes_are_for_the_member_and_command(scene: Scene) -> None:
    """Command sees a day, and minutes without whom they were spent on; the others see neither."""
    scene.do("Choji", i.TickContact(member=scene["Choji"], on=scene.day()))
    scene.do("Neji", i.CountVisit(member=scene["Neji"], minutes=90, on=scene.day()))
    for read, theirs in (("contact_ticks", "Choji"), ("visits", "Neji")):
        assert len(rows(scene, "Tsunade", read)) == 1
        assert len(rows(scene, theirs, read)) == 1
        assert rows(scene, "Shizune", read) == ()


def test_a_day_is_ticked_once(scene: Scene) -> None:
    """Two contacts on one day are one tick."""
    for _ in range(2):
        scene.do("Choji", i.TickContact(member=scene["Choji"], on=scene.day()))
    assert len(rows(scene, "Tsunade", "contact_ticks")) == 1


def test_erasing_a_person_takes_their_ticks_and_visits(scene: Scene) -> None:
    """What lies in their own stream goes with its key."""
    scene.do("Choji", i.TickContact(member=scene["Choji"], on=scene.day()))
    scene.do("Choji", i.CountVisit(member=scene["Choji"], minutes=30, on=scene.day()))
    scene.do("Tsunade", p.ErasePerson(member=scene["Choji"], reason="asked"))
    assert rows(scene, "Tsunade", "contact_ticks") == rows(scene, "Tsunade", "visits") == ()


def test_words_stand_beside_the_report_as_they_were_given(scene: Scene) -> None:
    """Who was there gives words of theirs to the report, and these words alone stand beside it."""
    scene.departs("Choji")
    scene.do("Choji", i.GiveWords(mission=scene.mission, words="He went back for the rope."))
    (given,) = scene.house.as_member(scene["Neji"]).read("report", mission=scene.mission).value.given
    assert (given.member_name, given.words) == ("Choji", "He went back for the rope.")
    assert rows(scene, "Neji", "given_words", mission=scene.mission) == (given,)


def test_that_somebody_erased_is_for_themselves(scene: Scene) -> None:
    """Whether there was anything to erase shows to nobody, command included."""
    scene.do("Choji", i.NoteCareErased(member=scene["Choji"], on=scene.day()))
    assert len(rows(scene, "Choji", "care_erased")) == 1
    assert rows(scene, "Tsunade", "care_erased") == ()


def test_published_counts_are_for_everybody(scene: Scene) -> None:
    """Counts in which nobody can be picked out are open."""
    carer(scene)
    scene.do("Neji", i.PublishCareCounts(quarter=LONG_AGO, counts=(("in touch", 8), ("asked", 0))))
    (one,) = scene.house.as_member(scene["Choji"]).read("published_counts").value
    assert one.counts == (("in touch", 8), ("asked", 0))
