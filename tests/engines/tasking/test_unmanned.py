"""Why a mission has no team: rules that clash, no fewer would do, or the price of manning it."""

from __future__ import annotations

from wayhome.engines.tasking import Candidate, MissionNeed, Request, SkillNeed, why_unmanned

MEDIC = SkillNeed("medic", 3)
SAKURA = Candidate(id="sakura", name="Sakura", skills={"medic": 5})
INO = Candidate(id="ino", name="Ino", skills={"medic": 2})
NORTH = MissionNeed(id="north", name="North", medic=MEDIC)
SOUTH = MissionNeed(id="south", name="South", medic=MEDIC, optional=True)


def test_a_need_that_nobody_meets_names_who_is_nearest() -> None:
    """One need is the clash, with how many have it and who has the skill at a lower level."""
    hard = MissionNeed(id="south", name="South", medic=SkillNeed("medic", 3, 2), optional=True)
    (why,) = why_unmanned(Request(people=(SAKURA, INO), missions=(hard,)), {})
    assert why.clash is not None
    assert [rule.kind for rule in why.clash.rules] == ["need"]
    assert "South needs 2 people with medic at level 3 or above; 1 person who may go has it (Sakura)" in why.words
    assert why.words.endswith("Nearest: Ino (medic 2).")


def test_two_for_one_medic_clash_with_nobody_twice() -> None:
    """With the only medic taken the clash is both needs and that nobody goes twice."""
    (why,) = why_unmanned(Request(people=(SAKURA, INO), missions=(NORTH, SOUTH)), {"sakura": "north"})
    assert why.clash is not None
    assert why.clash.minimal
    assert sorted(rule.kind for rule in why.clash.rules) == ["need", "need", "once"]


def test_what_could_be_manned_has_its_price() -> None:
    """Where manning it breaks no rule, its price is what solving again comes to; negative where it is better."""
    people = (SAKURA, Candidate(id="tsunade", name="Tsunade", skills={"medic": 5}))
    (why,) = why_unmanned(Request(people=people, missions=(NORTH, SOUTH)), {"sakura": "north"})
    assert why.clash is None
    assert why.points_more == 40 + 60 - 15000
    assert (
        why.words
        == "South could have a team; the plan as a whole would be better by as much as 248 h 20 min on the way."
    )
