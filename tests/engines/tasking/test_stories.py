"""The stories' people in plain form: why this one, what it costs, and what needs an exception."""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking import (
    Candidate,
    Composure,
    Dependent,
    HistoryFlag,
    MissionNeed,
    Pair,
    Pick,
    Request,
    SkillNeed,
    Stake,
    propose,
)

NARUTO = Dependent("Naruto", "his teacher", skill="teaching")
KAKASHI = Candidate(
    id="kakashi",
    name="Kakashi",
    rank="jounin",
    skills={"infiltration": 5, "tracking": 5, "teaching": 4},
    travel_h={"akatsuki": 6.0},
    composure=Composure(5, "Tsunade"),
    dependents=(NARUTO, Dependent("Sakura", "her teacher", skill="teaching", stand_ins=("asuma", "gai"))),
    leaves_behind=("his students", "the daily walk to the memorial"),
)
GAI = Candidate(
    id="gai", name="Gai", rank="jounin", skills={"infiltration": 3, "teaching": 5}, travel_h={"akatsuki": 6.0}
)
ASUMA = Candidate(id="asuma", name="Asuma", rank="jounin", skills={"teaching": 3}, duty="away")
IRUKA = Candidate(
    id="iruka",
    name="Iruka",
    rank="chuunin",
    skills={"scouting": 4, "teaching": 4},
    travel_h={"scout": 2.0},
    history=(HistoryFlag("has never killed"), HistoryFlag("froze on the last mission")),
)
SAKURA = Candidate(
    id="sakura", name="Sakura", rank="chuunin", skills={"medic": 4, "strength": 5}, travel_h={"chase": 0.5}
)
LEE = Candidate(id="lee", name="Lee", rank="chuunin", skills={"strength": 4}, travel_h={"chase": 0.5})

UNDERCOVER = MissionNeed(
    id="akatsuki", name="Undercover", skills=(SkillNeed("infiltration", 3),), ranks=("jounin",), danger=3, most=1
)


def picks(request: Request) -> dict[str, Pick]:
    return {pick.person: pick for team in propose(request).teams for pick in team.picks}


def test_why_kakashi_and_what_it_costs() -> None:
    """He is proposed for his level and composure; his students' loss, who stands in, and the next best are named."""
    pick = picks(Request(people=(GAI, KAKASHI, ASUMA), missions=(UNDERCOVER,)))["kakashi"]
    assert "Brings infiltration at level 5; 3 is asked." in pick.why
    assert "Composure 5 of 5 (Tsunade)." in pick.why
    assert "Available; there in 6 h." in pick.why
    assert [(cost.words, cost.stands_in) for cost in pick.costs] == [
        ("Naruto is without his teacher meanwhile; Gai can stand in (teaching 5).", "gai"),
        ("Sakura is without her teacher meanwhile; Gai can stand in (teaching 5).", "gai"),
    ]
    assert pick.takes == ("his students", "the daily walk to the memorial")
    assert pick.exceptions == ()
    assert pick.next_best is not None
    assert pick.next_best.words.startswith("Gai instead: ")
    assert "a lower level of skill" in pick.next_best.words


def test_schooled_emotions_are_not_read_as_being_well() -> None:
    """Whoever is proposed for composure carries the caution that it says nothing of how they are."""
    pick = picks(Request(people=(GAI, KAKASHI), missions=(UNDERCOVER,)))["kakashi"]
    assert "Composure is how they act under strain, not how they are: ask them." in pick.cautions


def test_nobody_stands_in_for_the_last_teacher() -> None:
    """Where nobody at home has what the students need, that is said."""
    pick = picks(Request(people=(KAKASHI, ASUMA), missions=(UNDERCOVER,)))["kakashi"]
    assert pick.costs[0].words == "Naruto is without his teacher meanwhile; nobody at home can stand in."
    assert pick.next_best is not None
    assert pick.next_best.words == "Without Kakashi no plan is possible."


def test_iruka_needs_an_exception() -> None:
    """Rank and history below what a grave mission asks: proposed only as an exception, each reason named."""
    scout = MissionNeed(id="scout", name="Scouting", skills=(SkillNeed("scouting", 3),), ranks=("jounin",), grave=True)
    request = Request(people=(IRUKA, GAI), missions=(scout,))
    assert picks(request)["iruka"].exceptions == (
        "is chuunin, and jounin is asked for",
        "has never killed",
        "froze on the last mission",
    )
    strict = propose(msgspec.structs.replace(request, allow_exceptions=False))
    assert strict.clash is not None
    assert any(one.reason.startswith("would need an exception") for one in strict.teams[0].not_considered)


def test_history_alone_weighs_on_grave_missions_only() -> None:
    """On a mission that is not grave nobody's past asks for an exception."""
    scout = MissionNeed(id="scout", name="Scouting", skills=(SkillNeed("scouting", 3),))
    assert picks(Request(people=(IRUKA,), missions=(scout,)))["iruka"].exceptions == ()


def test_the_only_healer_up_front_needs_an_exception() -> None:
    """The one fit healer is kept from the front while somebody else will do; else it needs an exception."""
    chase = MissionNeed(id="chase", name="Chase", skills=(SkillNeed("strength", 3),), front=True, most=1)
    assert list(picks(Request(people=(SAKURA, LEE), missions=(chase,)))) == ["lee"]
    alone = picks(Request(people=(SAKURA,), missions=(chase,)))["sakura"]
    assert alone.exceptions == ("the only healer would be put up front",)
    assert [cost.kind for cost in alone.costs] == ["healer"]
    second = Candidate(id="ino", name="Ino", skills={"medic": 3})
    assert picks(Request(people=(SAKURA, second), missions=(chase,)))["sakura"].exceptions == ()


def test_a_thin_reserve_is_named() -> None:
    """Whoever leaves fewer at home than should stay carries that as a cost."""
    chase = MissionNeed(id="chase", name="Chase", medic=SkillNeed("medic", 3))
    request = Request(people=(SAKURA, LEE), missions=(chase,), keep_home=(SkillNeed("medic", 2),))
    costs = {cost.kind: cost.words for cost in picks(request)["sakura"].costs}
    assert costs["home"] == "1 person with medic at level 2 or above should stay at home; 0 would."


def test_a_personal_stake_counts_both_ways() -> None:
    """Of two alike, the one whose tie helps more goes and the one whose tie hurts more stays; both sides are named."""
    chase = MissionNeed(id="chase", name="Chase", skills=(SkillNeed("strength", 3),), most=1)
    helps = msgspec.structs.replace(LEE, stakes=(Stake("chase", "his teammate", helps=3, hurts=1),))
    alike = msgspec.structs.replace(LEE, id="gai", name="Gai")
    hurts = msgspec.structs.replace(LEE, stakes=(Stake("chase", "his brother", helps=1, hurts=3),))
    chosen = picks(Request(people=(helps, alike), missions=(chase,)))["lee"]
    assert "Personal stake: his teammate; it speaks strongly for and a little against sending them." in chosen.why
    assert list(picks(Request(people=(hurts, alike), missions=(chase,)))) == ["gai"]


def test_a_duty_limit_sends_the_partner_too() -> None:
    """Iruka goes only with Kakashi: both are in the team, and the limit stands beside the pick."""
    scout = MissionNeed(id="scout", name="Scouting", skills=(SkillNeed("scouting", 3),))
    limited = msgspec.structs.replace(IRUKA, duty="limited", only_with=("kakashi",))
    team = picks(Request(people=(limited, KAKASHI), missions=(scout,)))
    assert set(team) == {"iruka", "kakashi"}
    assert "Duty limit: goes only with Kakashi." in team["iruka"].personal
    assert "Makes up the number; brings none of the skills asked for." in team["kakashi"].why


def test_an_accepted_pick_on_leave_since_is_flagged() -> None:
    """Whoever has accepted stays in the plan; that they are on leave by now is a warning."""
    scout = MissionNeed(id="scout", name="Scouting", skills=(SkillNeed("scouting", 3),))
    off = msgspec.structs.replace(IRUKA, duty="leave")
    proposal = propose(Request(people=(off,), missions=(scout,), fixed=(Pair("iruka", "scout"),)))
    assert proposal.teams[0].picks[0].accepted
    assert proposal.warnings == ("Iruka has accepted Scouting and is now on leave: settle this first.",)
