"""Hours of duty: who sees what was said, how it adds up, and what is told to whom."""

from __future__ import annotations

from datetime import date

from tests.fakes.scene import NOTHING, Scene

from wayhome.mission.facts.people import MissionRank, Scales
from wayhome.mission.intents import care as i
from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.state import Duty
from wayhome.values.ids import Id

LATER = date(2099, 1, 1)


def duty(s: Scene, name: str) -> Duty:
    held = s.world.people[s[name]].duty
    assert held is not None
    return held


def test_saying_it_anew_is_the_same_duty() -> None:
    """Somebody who corrects how they slept is on duty since they came; what they said last holds."""
    s = Scene()
    s.do("Choji", i.SignOnDuty(member=s["Choji"], slept_24h=8.0))
    came = s.now
    s.clock.now = s.now.plus(hours=2)
    s.do("Choji", i.SignOnDuty(member=s["Choji"], slept_24h=4.0))
    assert (duty(s, "Choji").since, duty(s, "Choji").said, duty(s, "Choji").slept_24h) == (came, s.now, 4.0)


def test_whoever_forgot_to_sign_off_begins_another_duty() -> None:
    """Coming on duty a day after coming on duty is a new duty; of the rest between nothing is known."""
    s = Scene()
    s.do("Choji", i.SignOnDuty(member=s["Choji"]))
    s.clock.now = s.now.plus(hours=30)
    s.do("Choji", i.SignOnDuty(member=s["Choji"]))
    assert (duty(s, "Choji").since, duty(s, "Choji").rest_h) == (s.now, None)


def test_rest_before_a_duty_is_kept() -> None:
    """Six hours of duty, four of rest: both stand beside the next duty."""
    s = Scene()
    s.do("Choji", i.SignOnDuty(member=s["Choji"]))
    s.clock.now = s.now.plus(hours=6)
    s.do("Choji", i.SignOffDuty(member=s["Choji"]))
    s.clock.now = s.now.plus(hours=4)
    s.do("Choji", i.SignOnDuty(member=s["Choji"]))
    assert (duty(s, "Choji").rest_h, duty(s, "Choji").work_h) == (4.0, 6.0)


def test_whoever_is_impaired_is_told_not_to_drive_and_goes_off_duty_all_the_same() -> None:
    """4.5 hours of sleep: the advice is a lift; it bars nothing, and says nothing to whoever does not drive."""
    s = Scene()
    for driving, told in ((True, 1), (False, 0)):
        s.do("Choji", i.SignOnDuty(member=s["Choji"], slept_24h=4.5))
        tells = s.do("Choji", i.SignOffDuty(member=s["Choji"], driving=driving)).tells
        assert len([line for line in tells if "ask for a lift" in line]) == told
        assert duty(s, "Choji").off == s.now


def test_seventeen_hours_awake_and_unknown_sleep_are_warned_of() -> None:
    """Whoever drives home 17 hours awake, or did not say how they slept, hears of it; the rested do not."""
    s = Scene()
    for said, words in (
        ({"slept_24h": 7.0, "woke": s.now.plus(hours=-17)}, "0.05 %"),
        ({}, "not known here"),
        ({"slept_24h": 8.0, "woke": s.now.plus(hours=-1)}, ""),
    ):
        s.do("Choji", i.SignOnDuty(member=s["Choji"], **said))  # type: ignore[arg-type]  # fields
        tells = s.do("Choji", i.SignOffDuty(member=s["Choji"], driving=True)).tells
        assert (words in " ".join(tells)) and bool(tells) == bool(words)


def test_an_operator_types_it_and_both_are_named() -> None:
    """What came by radio is stated for the member, with whoever typed it."""
    s = Scene()
    s.do("Shizune", i.SignOnDuty(member=s["Choji"], slept_24h=6.0, channel="radio"))
    assert duty(s, "Choji").slept_24h == 6.0


def test_offering_says_what_was_agreed_and_who_is_missing() -> None:
    """A limit with a partner is told to whoever offers; where the partner is asked already, only the limit is."""
    s = Scene()
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="", until=LATER, partner=s["Neji"], limit=NOTHING))
    tells = s.do("Shizune", m.MakeOffer(mission=s.mission, member=s["Choji"])).tells
    assert any("goes only with Neji" in line and "ask Neji as well" in line for line in tells)
    assert not any("Neji" in line for offer in s.held.offers.values() for line in offer.warnings), "it was recorded"
    other = s.secret()
    s.offer("Neji", other)
    tells = s.do("Shizune", m.MakeOffer(mission=other, member=s["Choji"])).tells
    assert any("goes only with Neji" in line for line in tells)
    assert not any("ask Neji" in line for line in tells)


def test_a_limit_past_its_day_holds_until_its_member_ends_it() -> None:
    """It is not lifted by itself: it says that it is past its day, and ends when the member says so."""
    s = Scene()
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="no bodies", until=s.day(), limit=NOTHING))
    s.clock.now = s.now.plus(days=3)
    tells = s.do("Shizune", m.MakeOffer(mission=s.mission, member=s["Choji"])).tells
    assert any("no bodies" in line and "past its day" in line for line in tells)
    s.do("Choji", i.EndLimit(limit=NOTHING, member=s["Choji"]))
    assert s.world.organisation.limits == {}


def test_rest_in_the_field_adds_up() -> None:
    """The latest meal counts, each sleep is kept in order, whichever was told first."""
    s = Scene()
    s.departs("Choji")
    at = s.now
    s.clock.now = at.plus(hours=9)
    for what, hours, later in (("ate", 0.0, 8), ("ate", 0.0, 3), ("slept", 1.0, 7), ("slept", 2.0, 4)):
        said = fi.NoteRest(mission=s.mission, member=s["Choji"], what=what, hours=hours, until=at.plus(hours=later))
        s.do("Shizune", said)
    held = s.held.rested[s["Choji"]]
    assert held.ate == at.plus(hours=8)
    assert [hours for _, hours in held.slept] == [2.0, 1.0]


def test_an_erased_members_hours_are_gone() -> None:
    """What they said of their sleep goes with their personal fields."""
    s = Scene()
    s.do("Choji", i.SignOnDuty(member=s["Choji"], slept_24h=6.0))
    s.do("Tsunade", p.ErasePerson(member=s["Choji"], reason="asked"))
    for name in ("Tsunade", "Shizune", "Choji"):
        assert s.house.as_member(s[name]).read("fitness").value == ()


def test_an_order_past_somebodys_past_says_that_they_may_decline() -> None:
    """Whoever orders somebody who never killed to a grave mission is told to speak with them; an offer is not."""
    for order in (True, False):
        s = Scene()
        s.do("Tsunade", p.StateNever(member=s["Choji"], deed="killed"))
        s.do("Tsunade", p.SetScales(scales=Scales(mission_ranks=(MissionRank(name="D", grave=True),))))
        intent = m.MakeOffer(mission=s.mission, member=s["Choji"], order=order, exceptions={"history": "nobody else"})
        done = s.do("Shizune", intent)
        assert any("They may decline an order" in line for line in done.tells) == order
        if order:
            s.do("Choji", m.AnswerOffer(offer=Id(done.made or ""), answer="declined"))
