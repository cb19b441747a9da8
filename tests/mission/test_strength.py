"""A mission's strength: losses against arrivals, bonds at an offer, and the only healer up front."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.scene import HERE, Scene
from tests.mission.refused_strength import make_healer

from wayhome.mission.facts.people import MissionRank
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.people import SetScales
from wayhome.mission.piecemeal import SAME_DANGER_H, waves, weights
from wayhome.mission.state_strength import Came, Loss
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment

HOUR = 3_600_000
FAR = Place(43.5, 1.5)


def who(number: int) -> PersonId:
    return PersonId(f"{number:032x}")


def came(number: int, hours: float, place: Place | None = None) -> Came:
    return Came(who(number), Moment(round(hours * HOUR)), "departed", place)


def lost(number: int, hours: float, place: Place | None = None) -> Loss:
    return Loss(who(number), Moment(round(hours * HOUR)), "hurt", place)


def test_one_by_one_into_the_same_danger_is_flagged_each_time() -> None:
    """Whoever comes alone after one who came alone was lost meets what was not enough before."""
    found = waves([came(1, 0), came(2, 2), came(3, 4)], [lost(1, 1), lost(2, 3)])
    assert [(one.piecemeal, one.there, one.met, one.enough) for one in found] == [
        (False, 1, 0, 1), (True, 1, 1, 2), (True, 1, 1, 2)
    ]  # fmt: skip


def test_more_than_were_there_is_not_piecemeal() -> None:
    """With the wave more are there than when somebody was lost: nothing is flagged."""
    assert not waves([came(1, 0), came(2, 2), came(3, 2.1)], [lost(1, 1)])[1].piecemeal


def test_the_same_people_at_once_are_one_wave() -> None:
    """Who comes within a quarter of an hour comes together."""
    assert [len(one.members) for one in waves([came(1, 0), came(2, 0.2), came(3, 0.5)], [])] == [2, 1]


@pytest.mark.parametrize(
    ("place", "hours", "flagged"),
    [(HERE, 2.0, True), (FAR, 2.0, False), (None, 2.0, True), (HERE, SAME_DANGER_H + 2, False)],
)
def test_another_place_or_another_day_is_another_danger(place: Place | None, hours: float, flagged: bool) -> None:
    """A loss far away or long ago says nothing of where these are sent; an unknown place may be the same."""
    assert waves([came(1, 0), came(2, hours, place)], [lost(1, 1, HERE)])[1].piecemeal is flagged


Told = list[tuple[int, float]]
people = st.lists(st.tuples(st.integers(1, 6), st.floats(0, 8)), max_size=8)


@settings(max_examples=60, deadline=None)
@given(people, people)
def test_the_order_in_which_it_is_told_changes_nothing(arrivals: Told, losses: Told) -> None:
    """Laptops tell of the same in any order; and nobody is flagged where nobody was lost."""
    there, gone = [came(*one) for one in arrivals], [lost(*one) for one in losses]
    found = waves(there, gone)
    assert waves(there[::-1], gone[::-1]) == found
    assert not any(one.piecemeal for one in waves(there, []))
    assert all(one.there <= one.met for one in found if one.piecemeal)


def test_at_once_weighs_the_square() -> None:
    """Three who come one by one weigh three; at once nine."""
    assert weights([1, 1, 1]) == (3, 9)


def test_whoever_sends_one_more_is_warned_and_not_kept_from_it() -> None:
    """A casualty, then one sent after them: the warning says how many must go together."""
    scene = Scene()
    scene.departs("Neji")
    backup = Id(scene.do("Neji", i.AskBackup(mission=scene.mission, place=HERE, words="help")).made)
    scene.do("Shizune", i.ReportCasualty(mission=scene.mission, who="", member=scene["Neji"], triage="red"))
    scene.clock.forward(minutes=30)
    sent = i.SendBackup(mission=scene.mission, backup=backup, members=(scene["Choji"],), arrives=scene.now)
    told = scene.do("Shizune", sent).tells
    assert any("Piecemeal: 1 was lost there (Neji)" in one and "Send 2 together" in one for one in told)
    assert scene["Choji"] in scene.held.backups[backup].sent


def test_somebody_heard_again_is_no_loss() -> None:
    """Silence is a loss until it is answered; a casualty who can go on is none."""
    scene = Scene()
    scene.departs("Neji")
    silence = i.RaiseAlert(mission=scene.mission, about="x", what="silence", words="x", member=scene["Neji"])
    alarm = Id(scene.do("the clock", silence).made)
    assert [one.how for one in scene.held.losses.values()] == ["out of contact"]
    scene.do("Shizune", i.AnswerAlarm(mission=scene.mission, alarm=alarm, words="heard"))
    hurt = Id(scene.do("Shizune", i.ReportCasualty(mission=scene.mission, who="", member=scene["Neji"])).made)
    assert [one.how for one in scene.held.losses.values()] == ["hurt, not triaged"]
    scene.do("Shizune", i.Triage(mission=scene.mission, casualty=hurt, triage="green"))
    assert not scene.held.losses


def test_an_exception_lets_the_only_healer_go_and_stands() -> None:
    """With a reason it is an offer like any other; the rule, the words and the reason stay beside the mission."""
    scene = Scene()
    make_healer(scene, "Choji")
    offer = m.MakeOffer(
        mission=scene.mission, member=scene["Choji"], front=True, exceptions={"healer": "least expected"}
    )
    scene.do("Shizune", offer)
    assert f"healer:{scene['Choji']}" in scene.held.excepted
    assert scene.held.up_front(scene["Choji"])


def test_a_second_healer_who_declined_cannot_be_had() -> None:
    """Two healers: neither needs an exception, until one of them says no."""
    scene = Scene()
    make_healer(scene, "Choji")
    make_healer(scene, "Neji")
    asked = m.MakeOffer(mission=scene.mission, member=scene["Neji"], front=True)
    offer = Id(scene.do("Shizune", asked).made)
    scene.do("Neji", m.AnswerOffer(offer=offer, answer="declined"))
    refusal = scene.refused("Shizune", m.MakeOffer(mission=scene.mission, member=scene["Choji"], front=True))
    assert refusal.code == "needs an exception: healer"
    scene.do("Shizune", m.MakeOffer(mission=scene.mission, member=scene["Choji"], front=False))


def grave(scene: Scene) -> None:
    """From now on the mission's rank is grave."""
    scales = scene.world.organisation.scales
    ranks = tuple(MissionRank(one.name, one.least, grave=True) for one in scales.mission_ranks)
    scene.do("Tsunade", SetScales(scales=type(scales)(ranks, scales.member_ranks, scales.skills, scales.healer_skill)))


@pytest.mark.parametrize(
    ("what", "sent", "both", "words"),
    [
        ("kin", "", True, "would be sent together (kin; not both where it is gravest)"),
        ("kin", "together", False, "parts them from Neji"),
        ("promise", "", False, "parts them from Neji"),
        ("couple", "apart", True, "would be sent together (a couple)"),
    ],
)
def test_an_offer_that_parts_or_joins_them_warns(what: str, sent: str, both: bool, words: str) -> None:
    """Whoever offers is told what the bond says, and offers all the same."""
    scene = Scene()
    grave(scene)
    scene.do("Choji", p.StateBond(one=scene["Choji"], other=scene["Neji"], what=what, sent=sent))
    if both:
        scene.offer("Neji")
    done = scene.do("Shizune", m.MakeOffer(mission=scene.mission, member=scene["Choji"]))
    assert any(words in one for one in done.tells)
    assert any(words in one for one in scene.held.offers[Id(done.made)].warnings)


def test_of_a_private_bond_nothing_is_written_beside_the_mission() -> None:
    """Whoever sends people is told of it; the offer's own warnings, which others may read, say nothing."""
    scene = Scene()
    scene.do("Choji", p.StateBond(one=scene["Choji"], other=scene["Neji"], what="promise", private=True))
    done = scene.do("Shizune", m.MakeOffer(mission=scene.mission, member=scene["Choji"]))
    assert any("parts them from Neji" in one for one in done.tells)
    assert scene.held.offers[Id(done.made)].warnings == ()


def bonds_seen(scene: Scene, name: str) -> int:
    return len(scene.house.as_member(scene[name]).read("bonds").value)


def test_a_bond_that_becomes_private_is_in_nobody_elses_list() -> None:
    """The two of them and those who send people read it; once it has ended, nobody does."""
    scene = Scene()
    stated = p.StateBond(one=scene["Choji"], other=scene["Neji"], what="couple")
    scene.do("Choji", stated)
    assert [bonds_seen(scene, name) for name in ("Shikamaru", "Neji", "Shizune")] == [1, 1, 1]
    scene.do("Neji", p.StateBond(one=scene["Choji"], other=scene["Neji"], what="couple", private=True))
    assert [bonds_seen(scene, name) for name in ("Shikamaru", "Neji", "Shizune")] == [0, 1, 1]
    scene.do("Neji", p.EndBond(one=scene["Choji"], other=scene["Neji"], what="couple"))
    assert [bonds_seen(scene, name) for name in ("Shikamaru", "Neji", "Shizune")] == [0, 0, 0]
