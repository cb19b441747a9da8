"""Why a mission has no team, in the words of whoever leads: which rules clash, and who is nearest to qualifying."""

from __future__ import annotations

from collections.abc import Mapping

from wayhome.engines import tasking
from wayhome.engines.tasking.now.results import Clash, Left, Rule, Team
from wayhome.engines.tasking.now.words import how_much, skill_words
from wayhome.usecases.advice import SEED
from wayhome.usecases.staffing.recorded import NearOne, WithoutTeam, without_words
from wayhome.usecases.staffing.together import Question, settled_rule
from wayhome.values.ids import MissionId

NEAREST = 4
NEVER = ("lost", "left out, as you asked")
"""Of whom nobody asks whether they are nearest."""


def without_team(
    question: Question, request: tasking.Request, proposal: tasking.Proposal, aside: Mapping[str, Clash]
) -> tuple[WithoutTeam, ...]:
    """Each mission of a proposal that has no team, and why. `request`: the question without those set `aside`."""
    teams = {one.mission: one for one in proposal.teams if not one.staffed}
    if not teams:
        return ()
    sent = {pick.person: team.mission for team in proposal.teams for pick in team.picks}
    why = {one.mission: one for one in tasking.why_unmanned(request, sent, seed=SEED)}
    found = []
    for mission, team in teams.items():
        clash = aside.get(mission) or why[mission].clash
        if clash is None:
            found.append(WithoutTeam(mission=MissionId(mission), name=team.name, words=_dear(why[mission])))
            continue
        rules = tuple(dict.fromkeys(_rule_words(question, rule, mission) for rule in clash.rules))
        personal = tuple(rule.words for rule in clash.rules if rule.kind in ("partner", "private"))
        near = _near(question.request, mission, team)
        words = without_words(team.name, rules, near)
        found.append(
            WithoutTeam(
                mission=MissionId(mission), name=team.name, words=words, rules=rules, near=near, personal=personal
            )
        )
    return tuple(found)


def _rule_words(question: Question, rule: Rule, mission: str) -> str:
    """A rule in words; where nobody on the roster has what is needed at all, it says so."""
    words = settled_rule(rule, question).words
    need = next(one for one in question.request.missions if one.id == mission)
    for one in need.needs:
        nobody = not any(one.skill in person.skills for person in question.request.people)
        end = f"with {skill_words(one)}; nobody who may go has it"
        if rule.kind == "need" and nobody and words.endswith(end):
            return words.removesuffix("nobody who may go has it") + "nobody on the roster has it at any level"
    return words


def _dear(why: tasking.Unmanned) -> str:
    if why.points_more is None:
        return f"{why.name} has no team; whether it could have one was not shown in the work allowed."
    worse = how_much(why.points_more) if why.points_more > 0 else "no worse."
    return f"{why.name} could have a team, but the plan as a whole would be {worse}"


def _near(request: tasking.Request, mission: str, team: Team) -> tuple[NearOne, ...]:
    """For each need that too few of those to be had meet: who lacks least, a level or being free."""
    need = next(one for one in request.missions if one.id == mission)
    left = {one.person: one for one in team.not_considered}
    free = [one for one in request.people if one.id not in left and not one.trainee]
    ranked: list[tuple[int, int, str, NearOne]] = []
    for skill in need.needs:
        if sum(one.has(skill) for one in free) < skill.count:
            ranked += _for_skill(request, skill, left)
    if not ranked and len(free) < need.least:
        ranked = [
            (0, 0, one.id, NearOne(one.name, (left[one.id].reason,), left[one.id].personal))
            for one in request.people
            if one.id in left and left[one.id].reason not in NEVER
        ]
    nearest: dict[str, NearOne] = {}
    for _, _, who, one in sorted(ranked, key=lambda one: one[:3]):
        nearest.setdefault(who, one)
    return tuple(nearest.values())[:NEAREST]


def _for_skill(
    request: tasking.Request, need: tasking.SkillNeed, left: Mapping[str, Left]
) -> list[tuple[int, int, str, NearOne]]:
    found = []
    for one in request.people:
        level = one.skills.get(need.skill, 0)
        barred = left.get(one.id)
        reason = barred.reason if barred is not None and not barred.reason.startswith("has none of") else ""
        if not level or reason in NEVER or (level >= need.level and not reason):
            continue
        lacks = (f"has {need.skill} {level}, and {need.level} is asked",) if level < need.level else ()
        if reason:
            lacks = (*lacks, f"has {need.skill} {level}, but {reason}" if not lacks else reason)
        personal = barred is not None and barred.personal and bool(reason)
        found.append((len(lacks), need.level - level, one.id, NearOne(one.name, lacks, personal)))
    return found
