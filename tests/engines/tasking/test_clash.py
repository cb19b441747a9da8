"""Where no team is possible, the rules that clash are named, and no fewer would do."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, example, given, settings
from tests.engines.tasking.checker import best
from tests.engines.tasking.requests import tiny_requests

from wayhome.engines.tasking import (
    STANDARD,
    Apart,
    Candidate,
    Effort,
    Exclusion,
    MissionNeed,
    Pair,
    Request,
    SkillNeed,
    propose,
)
from wayhome.engines.tasking.now.clashes import smallest_clash
from wayhome.engines.tasking.now.model import Model
from wayhome.engines.tasking.now.results import Rule
from wayhome.engines.tasking.now.standing import standing_of

MEDIC = SkillNeed("medic", 3)


def person(name: str, medic: int = 0, **rest: object) -> Candidate:
    skills = {"medic": medic} if medic else {}
    return Candidate(id=name.lower(), name=name, skills=skills, **rest)  # type: ignore[arg-type]  # fields by name


def rescue(name: str = "rescue", **needs: object) -> MissionNeed:
    return MissionNeed(id=name, name=name.capitalize(), **needs)  # type: ignore[arg-type]  # fields by name


def _numbers(rules: tuple[Rule, ...], model: Model) -> list[int]:
    """Where the rules stand in the model; two places of one kind read alike and are two rules all the same."""
    numbers: list[int] = []
    for rule in rules:
        numbers.append(next(n for n, (one, _) in enumerate(model.rules) if one == rule and n not in numbers))
    return numbers


TWO_PLACES_ALIKE = Request(
    people=(
        Candidate(id="p3", name="P3", skills={"track": 1}),
        Candidate(id="p4", name="P4", skills={"track": 1, "medic": 2}),
    ),
    missions=(
        MissionNeed(
            id="a", name="A", skills=(SkillNeed("track", 1), SkillNeed("track", 1)), medic=SkillNeed("medic", 2)
        ),
    ),
    mode="slot",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@example(TWO_PLACES_ALIKE)
@given(tiny_requests())
def test_the_clash_is_smallest(request_: Request) -> None:
    """The named rules cannot all hold, and with any one of them given up the others can."""
    assume(best(request_, STANDARD) is None)
    model = Model(request_, standing_of(request_, STANDARD), STANDARD, named=True)
    clash = smallest_clash(model, work=5, seed=1)
    assert clash is not None
    assert clash.minimal
    numbers = _numbers(clash.rules, model)
    assert model.clash(numbers, work=5, seed=1)[0] is True
    for number in numbers:
        assert model.clash([one for one in numbers if one != number], work=5, seed=1)[0] is False


def test_one_need_that_nobody_meets_is_named_alone() -> None:
    """Two medics asked for and one here: that one need is the clash, with who has it."""
    people = (person("Sakura", 5), person("Shizune", 5, duty="away"), person("Naruto"))
    need = SkillNeed("medic", 3, 2)
    proposal = propose(Request(people=people, missions=(rescue(skills=(need,), most=3),)))
    assert proposal.clash is not None
    assert [rule.kind for rule in proposal.clash.rules] == ["need"]
    assert "2 people with medic at level 3 or above; 1 person who may go has it (Sakura)" in proposal.words
    assert proposal.teams[0].picks == ()
    assert [(one.name, one.reason) for one in proposal.teams[0].not_considered] == [
        ("Naruto", "has none of the skills asked for"),
        ("Shizune", "away"),
    ]


def test_two_missions_for_one_healer_clash() -> None:
    """Two missions that each need the only medic clash with nobody going twice: three rules, no more."""
    missions = (rescue("north", medic=MEDIC), rescue("south", medic=MEDIC), rescue("east", optional=True))
    proposal = propose(Request(people=(person("Sakura", 5), person("Kiba"), person("Lee")), missions=missions))
    assert proposal.clash is not None
    assert sorted(rule.kind for rule in proposal.clash.rules) == ["need", "need", "once"]
    assert "Give up any one of them" in proposal.words


def test_accepted_by_two_who_are_kept_apart() -> None:
    """Two who accepted and are not to be sent together clash by exactly those three rules."""
    people = (person("Sasuke"), person("Naruto"), person("Sakura", 4))
    fixed = (Pair("sasuke", "rescue"), Pair("naruto", "rescue"))
    apart = (Apart("sasuke", "naruto", "an open fight"),)
    proposal = propose(Request(people=people, missions=(rescue(),), fixed=fixed, apart=apart))
    assert proposal.clash is not None
    assert sorted(rule.kind for rule in proposal.clash.rules) == ["accepted", "accepted", "apart"]


def test_a_duty_limit_that_does_not_fit_the_team() -> None:
    """A team of one cannot hold somebody who goes only with a partner."""
    people = (person("Iruka", 4, only_with=("kakashi",)), person("Kakashi"))
    proposal = propose(Request(people=people, missions=(rescue(medic=MEDIC, most=1),)))
    assert proposal.clash is not None
    assert sorted(rule.kind for rule in proposal.clash.rules) == ["need", "partner", "size"]


def test_nobody_at_all_may_go() -> None:
    """With everybody away or held back the size alone cannot hold, and each has a reason."""
    people = (person("Kakashi", duty="leave"), person("Gai", exclusions=(Exclusion("held back by command"),)))
    proposal = propose(Request(people=people, missions=(rescue(),)))
    assert proposal.clash is not None
    assert [rule.words for rule in proposal.clash.rules] == ["Rescue needs at least 1 person"]
    assert {one.reason for one in proposal.teams[0].not_considered} == {"on leave", "held back by command"}


def test_an_optional_mission_is_left_rather_than_clash() -> None:
    """What is optional is left without a team when there are not enough people, and that is said."""
    missions = (rescue("north", medic=MEDIC), rescue("south", medic=MEDIC, optional=True))
    proposal = propose(Request(people=(person("Sakura", 5),), missions=missions), effort=Effort(next_best=False))
    assert [team.staffed for team in proposal.teams] == [True, False]
    assert "Without a team: South." in proposal.words
    assert proposal.account["unstaffed"] == 15000
