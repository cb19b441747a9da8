"""Duty hours as each may read them: one's own, those of people one sends, and endurance in the field."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from tests.fakes.scene import NOTHING, Scene

from wayhome.mission.facts.missions import Need
from wayhome.mission.intents import care as i
from wayhome.mission.intents import field as fi
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.usecases.rows import NothingThere

LATER = date(2099, 1, 1)


def read(s: Scene, who: str, name: str, **arguments: Any) -> Any:
    return s.house.as_member(s[who]).read(name, **arguments).value


def said(value: object) -> str:
    return msgspec.json.encode(value).decode()


def slept(s: Scene, who: str, hours: float | None, *, awake: float | None = 1.0) -> None:
    woke = None if awake is None else s.now.plus(hours=-awake)
    s.do(who, i.SignOnDuty(member=s[who], slept_24h=hours, woke=woke, worked_h=0.0))


def test_hours_of_sleep_are_read_by_nobody_but_oneself() -> None:
    """The hours as they were said stand in one's own read alone; whoever sends people reads a word and why."""
    s = Scene()
    slept(s, "Choji", 4.75)
    assert read(s, "Choji", "my_duty").said.slept_24h == 4.75
    for who in ("Tsunade", "Shizune"):
        (seen,) = read(s, who, "fitness")
        assert (seen.member, seen.verdict) == (s["Choji"], "impaired")
    for who in ("Tsunade", "Shizune", "Neji"):
        assert read(s, who, "my_duty").said is None
        for name in ("fitness", "duty_limits"):
            assert "4.75" not in said(read(s, who, name))
        for name in ("tasking_facts", "endurance"):
            assert "4.75" not in said(read(s, who, name, mission=s.mission))


def test_whoever_does_not_send_people_is_told_of_nobody_else() -> None:
    """A member without the duty of an operator or commander reads of themselves alone: no row, no count."""
    s = Scene()
    before = {name: said(read(s, "Neji", name)) for name in ("fitness", "duty_limits")}
    facts = said(read(s, "Neji", "tasking_facts", mission=s.mission))
    slept(s, "Choji", 4.0)
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="by day", until=LATER, partner=s["Neji"], limit=NOTHING))
    assert {name: said(read(s, "Neji", name)) for name in before} == before
    assert said(read(s, "Neji", "tasking_facts", mission=s.mission)) == facts
    assert [one.member for one in read(s, "Choji", "fitness")] == [s["Choji"]]


def test_the_same_word_is_read_by_oneself_and_by_whoever_sends() -> None:
    """Nobody is held for fitter, or less fit, than they read of themselves, whatever they said."""
    s = Scene()
    for hours, awake in ((4.0, 1.0), (5.5, 1.0), (9.0, 12.0), (None, 3.0), (8.0, None)):
        slept(s, "Choji", hours, awake=awake)
        own = read(s, "Choji", "my_duty").fitness
        (seen,) = read(s, "Shizune", "fitness")
        assert (seen.verdict, seen.reasons) == (own.verdict, own.reasons)
        s.do("Choji", i.SignOffDuty(member=s["Choji"]))
        assert read(s, "Shizune", "fitness") == ()


def test_a_proposal_pairs_those_who_agreed_to_go_together() -> None:
    """Choji goes only with Neji: whoever proposes gets both, with what was agreed beside the pick."""
    s = Scene()
    s.do("Tsunade", p.SetSkill(member=s["Choji"], skill="rope", level=5))
    s.do("Shizune", m.PlanMission(mission=s.mission, needs=(Need(skill="rope", level=5, count=1),)))
    s.do("Choji", i.HoldToLimit(member=s["Choji"], words="by day", until=s.day(), partner=s["Neji"], limit=NOTHING))
    s.clock.now = s.now.plus(days=2)
    picks = {pick.person: pick for pick in propose(s, "Shizune").teams[0].picks}
    assert set(picks) == {s["Choji"], s["Neji"]}
    (limit, pair) = (line for line in picks[s["Choji"]].personal if "Duty limit" in line)
    assert "by day" in limit
    assert "asks: past its day" in limit
    assert pair == "Duty limit: goes only with Neji."


def propose(s: Scene, who: str) -> Any:
    return s.house.as_member(s[who]).advise("propose", mission=s.mission).value


def test_what_is_written_down_of_advice_is_the_same_whatever_was_said() -> None:
    """Of the proposals on record nobody learns how somebody slept or what they agreed to; inputs show no trace."""
    written = []
    for hours, told in ((8.0, False), (4.0, True)):
        s = Scene()
        propose(s, "Shizune")
        for name in s.world.organisation.members:
            s.house.as_member(name).do(i.SignOnDuty(member=name, slept_24h=hours))
        assert ("Impaired" in said(propose(s, "Shizune"))) == told
        written.append(
            [(one.inputs_digest, one.summary, one.result) for one in read(s, "Neji", "advice", mission=s.mission)]
        )
    assert len(written[0]) == 2
    assert written[0] == written[1]


def test_whoever_may_not_weigh_fitness_is_told_so() -> None:
    """A proposal asked by somebody who sends nobody says that fitness and limits are not in it."""
    s = Scene()
    assert any("not weighed" in line for line in propose(s, "Neji").warnings)
    assert not any("not weighed" in line for line in propose(s, "Shizune").warnings)


def test_endurance_says_who_is_out_how_long_and_who_could_relieve_them() -> None:
    """Hours out, sleep and meals in the field, when to be relieved and by whom; the impaired relieve nobody."""
    s = Scene()
    slept(s, "Choji", 8.0)
    slept(s, "Neji", 4.0)
    s.departs("Choji")
    s.clock.now = s.now.plus(hours=10)
    for what, hours in (("ate", 0.0), ("slept", 2.0)):
        s.do("Shizune", fi.NoteRest(mission=s.mission, member=s["Choji"], what=what, hours=hours))
    (one,) = read(s, "Shizune", "endurance", mission=s.mission)
    assert (one.member, one.slept_h, one.ate) == (s["Choji"], 2.0, s.now)
    assert one.out_h == pytest.approx(10)
    assert one.relieve_by.ms == s.now.plus(hours=6).ms
    assert "Neji" not in one.reliefs
    assert "Shizune" in one.reliefs
    s.do("Shizune", fi.HandOver(mission=s.mission, member=s["Choji"], to="the hospital"))
    assert read(s, "Shizune", "endurance", mission=s.mission) == ()


def test_endurance_of_a_hidden_mission_is_not_there() -> None:
    """Asked for a mission one may not know of, it is as though there were none; for others fitness is not shown."""
    s = Scene()
    with pytest.raises(NothingThere):
        read(s, "Neji", "endurance", mission=s.secret())
    slept(s, "Choji", 4.0)
    s.departs("Choji")
    (one,) = read(s, "Neji", "endurance", mission=s.mission)
    assert (one.verdict, one.detection_most) == ("unknown", 1.0)
    assert "not shown to you" in one.reasons[0]
    assert read(s, "Choji", "endurance", mission=s.mission)[0].verdict == "impaired"


def test_a_secret_mission_weighs_on_nobody_elses_endurance() -> None:
    """Somebody out on a mission that one may not know of is named as relief as before: their absence says it all."""
    s = Scene()
    s.departs("Choji")
    before = said(read(s, "Neji", "endurance", mission=s.mission))
    hidden = s.secret()
    s.departs("Tsunade", hidden)
    assert said(read(s, "Neji", "endurance", mission=s.mission)) == before
