"""Days that weigh, clocks that change, and who commands when the commander cannot."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.scene import HERE, Scene

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.rules.offers import better_day, weighs_on
from wayhome.usecases import keeping
from wayhome.values.when import Deadline, Moment, end_of_day, moment


def at(local: str, zone: str = "Europe/Andorra") -> Moment:
    return moment(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)))


def warned(scene: Scene, local: str) -> tuple[str, ...]:
    """What whoever offers Neji a mission at that moment is told."""
    scene.clock.now = at(local)
    offer = m.MakeOffer(mission=scene.mission, member=scene["Neji"])
    done = scene.do("Shizune", offer)
    scene.do("Shizune", m.WithdrawOffer(offer=next(reversed(scene.held.offers))))
    return done.tells


@pytest.mark.parametrize(
    ("local", "weighs"),
    [("2026-03-02T00:00:00", True), ("2026-03-02T23:59:59", True), ("2026-03-01T23:59:59", False),
     ("2026-03-03T00:00:00", False)],
)  # fmt: skip
def test_a_day_weighs_from_local_midnight_to_local_midnight(local: str, weighs: bool) -> None:
    """The day is the organisation's local one, an hour ahead of UTC in Andorra, to the second."""
    scene = Scene()
    scene.do("Neji", p.ShareWeighingDay(member=scene["Neji"], month=3, day=2, say="his father's day"))
    assert bool(warned(scene, local)) is weighs


def test_a_weighing_day_warns_and_never_bars() -> None:
    """Whoever offers hears why and a better day; the offer is made all the same."""
    scene = Scene()
    scene.do("Neji", p.ShareWeighingDay(member=scene["Neji"], month=3, day=2))
    tells = warned(scene, "2026-03-02T12:00:00")
    assert tells == ("Today weighs on Neji (a date they shared): consider asking for the answer on 2026-03-03.",)


def test_the_29th_of_february_weighs_in_leap_years_alone() -> None:
    """A date shared as 29 February weighs on that day where there is one, and on no other."""
    scene = Scene()
    scene.do("Neji", p.ShareWeighingDay(member=scene["Neji"], month=2, day=29))
    days = {date(2028, 2, 29): True, date(2027, 2, 28): False, date(2027, 3, 1): False, date(2028, 2, 28): False}
    assert {day: bool(weighs_on(scene.world, scene["Neji"], day)) for day in days} == days


def test_the_day_somebody_was_lost_weighs_on_those_close() -> None:
    """An anniversary on the memorial warns for those named as close, and for nobody else."""
    scene = Scene()
    scene.do("Tsunade", p.Remember(name="Asuma", on=date(2024, 2, 29), close=(scene["Neji"],)))
    assert weighs_on(scene.world, scene["Neji"], date(2028, 2, 29)) == "the day Asuma was lost"
    assert weighs_on(scene.world, scene["Choji"], date(2028, 2, 29)) == ""


def test_a_better_day_is_one_that_does_not_weigh() -> None:
    """Two days that weigh in a row are both passed over."""
    scene = Scene()
    for day in (2, 3):
        scene.do("Neji", p.ShareWeighingDay(member=scene["Neji"], month=3, day=day))
    assert better_day(scene.world, scene["Neji"], date(2026, 3, 2)) == date(2026, 3, 4)


def test_every_day_of_the_year_may_weigh() -> None:
    """Somebody on whom every day weighs is still offered a day, and nothing runs for ever."""
    scene = Scene()
    for number in range(366):
        day = date.fromordinal(date(2028, 1, 1).toordinal() + number)
        scene.do("Neji", p.ShareWeighingDay(member=scene["Neji"], month=day.month, day=day.day))
    assert better_day(scene.world, scene["Neji"], date(2026, 3, 2)) == date(2026, 3, 3)


def test_a_deadline_stays_at_its_hour_when_the_clocks_change() -> None:
    """Noon of the day after the clocks went forward is 23 hours away, and still noon."""
    noon = Deadline("2026-03-29T12:00:00", "Europe/Andorra")
    assert at("2026-03-28T12:00:00").hours_until(noon.moment()) == 23.0
    assert noon.moment().local.hour == 12


def test_a_deadline_in_the_hour_that_is_skipped_falls_as_the_gap_ends() -> None:
    """02:30 does not exist that night: it falls due at 03:30 summer time, once."""
    scene = Scene()
    scene.clock.now = at("2026-03-29T01:00:00")
    scene.offer("Neji", by=Deadline("2026-03-29T02:30:00", "Europe/Andorra"))
    scene.clock.now = at("2026-03-29T03:29:59")
    assert scene.house.tick() == 0
    scene.clock.now = at("2026-03-29T03:30:00")
    assert (scene.house.tick(), scene.house.tick()) == (1, 0)


def test_a_qualification_ends_with_its_local_day() -> None:
    """On the day the clocks go back a day has 25 hours; the last millisecond of it is before the next midnight."""
    last = end_of_day(date(2026, 10, 25), "Europe/Andorra")
    assert at("2026-10-25T00:00:00").hours_until(last) == pytest.approx(25.0, abs=1e-3)
    assert last.plus(hours=1 / 3600).day == date(2026, 10, 26)


def test_a_clock_set_back_an_hour_loses_and_reorders_nothing() -> None:
    """Lines keep the time as claimed, the record keeps their order of writing, and verification is content."""
    scene = Scene()
    for minutes, words in ((0, "first"), (-60, "second"), (1, "third")):
        scene.clock.forward(minutes=minutes)
        scene.do("Choji", i.LogLine(mission=scene.mission, words=words))
    written = [entry.header for entry in scene.house.log.entries() if entry.header.kind == "LineLogged"]
    assert [header.claimed.ms - written[0].claimed.ms for header in written] == [0, -3_600_000, -3_540_000]
    assert [header.clock for header in written] == sorted(header.clock for header in written)
    read = scene.house.as_member(scene["Choji"]).read("log", mission=scene.mission).value
    assert [line.words for line in read] == ["second", "third", "first"]
    assert keeping.verify(scene.house.log) == []


def test_a_team_heard_before_the_clock_was_set_back_is_not_heard_longer_ago() -> None:
    """An earlier time claimed later does not make a team overdue sooner."""
    scene = Scene()
    scene.accepts("Neji")
    team = scene.form("Neji", overdue_min=30)
    scene.do("Choji", i.LogLine(mission=scene.mission, words="here", team="Alpha"))
    heard = scene.held.teams[team].heard
    scene.clock.forward(minutes=-60)
    scene.do("Choji", i.LogLine(mission=scene.mission, words="still here", team="Alpha"))
    assert scene.held.teams[team].heard == heard


def test_command_passes_to_the_first_in_line_who_is_here() -> None:
    """When the commander is away, the next in the standing succession commands at once; those away are passed over."""
    scene = Scene()
    scene.do("Tsunade", p.SetSuccession(order=(scene["Neji"], scene["Choji"])))
    scene.do("Neji", p.SetDutyStatus(member=scene["Neji"], status="leave"))
    scene.do("Tsunade", p.SetDutyStatus(member=scene["Tsunade"], status="away"))
    assert scene.world.organisation.commander == scene["Choji"]
    assert scene.house.as_member(scene["Choji"]).read("command").value[-1].member_name == "Choji"


def test_command_stays_where_nobody_in_line_is_here() -> None:
    """A commander who goes while nobody in the succession is there keeps the command."""
    scene = Scene()
    scene.do("Tsunade", p.SetSuccession(order=(scene["Neji"],)))
    scene.do("Neji", p.SetDutyStatus(member=scene["Neji"], status="away"))
    scene.do("Tsunade", p.SetDutyStatus(member=scene["Tsunade"], status="leave"))
    assert scene.world.organisation.commander == scene["Tsunade"]


def test_a_commander_lost_is_followed_at_once() -> None:
    """When the commander is written on the memorial, the next in line commands."""
    scene = Scene()
    scene.do("Tsunade", p.SetSuccession(order=(scene["Neji"],)))
    scene.do("Kotetsu", p.Remember(name="Tsunade", on=scene.day(), member=scene["Tsunade"]))
    assert scene.world.organisation.commander == scene["Neji"]


def test_who_took_command_sees_what_command_sees_and_who_gave_it_no_longer() -> None:
    """The mark of command goes with the command, unless the duty was given for itself."""
    scene = Scene()
    scene.do("Tsunade", p.SetSuccession(order=(scene["Neji"],)))
    scene.do("Choji", p.MakePetition(member=scene["Choji"], role="cook"))
    assert scene.house.as_member(scene["Neji"]).read("petitions").value == ()
    scene.do("Tsunade", p.SetDutyStatus(member=scene["Tsunade"], status="away"))
    assert len(scene.house.as_member(scene["Neji"]).read("petitions").value) == 1


def test_a_deadline_in_the_past_is_refused_in_words() -> None:
    """Whatever is to be done by then cannot be."""
    scene = Scene()
    late = Deadline("2026-02-28T12:00:00", "Europe/Andorra")
    offer = m.MakeOffer(mission=scene.mission, member=scene["Neji"], answer_by=late)
    refusal = scene.refused("Shizune", offer)
    assert "2026-02-28T12:00:00 (Europe/Andorra) has passed" in refusal.text


def test_a_sighting_an_hour_ahead_is_logged_as_now_and_flagged() -> None:
    """A time to come in a typed line is not refused, for no line is lost; it is logged as now and says so."""
    scene = Scene()
    line = i.LogLine(mission=scene.mission, words="1400 at the ford", at=scene.now.plus(hours=1), place=HERE)
    done = scene.do("Choji", line)
    assert any("has not come yet: logged as now" in tell for tell in done.tells)
