"""Why a mission is left without a team: a smallest set of rules that clash, or what manning it would cost."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wayhome.engines.tasking.now.data import Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.results import Clash
from wayhome.engines.tasking.now.solving import best_plan
from wayhome.engines.tasking.now.standing import account_of, is_fit, standing_of
from wayhome.engines.tasking.now.weights import STANDARD, Weights
from wayhome.engines.tasking.now.words import how_much, listed

NEAREST = 3


class Near(msgspec.Struct, frozen=True):
    """Somebody fit who has a skill, but at too low a level for a need."""

    person: str
    name: str
    skill: str
    level: int
    asked: int


class Unmanned(msgspec.Struct, frozen=True):
    """One mission without a team.

    `clash`: rules of which no plan can keep all, with it and whatever is manned now manned; None where that can be:
    then manning it costs `points_more` by the weights in use, found by solving again, its own price for being left
    counted. `nearest`: for needs that too few meet, who is nearest to qualifying.
    """

    mission: str
    name: str
    clash: Clash | None
    points_more: int | None
    nearest: tuple[Near, ...]
    words: str


def why_unmanned(
    request: Request, plan: Mapping[str, str], *, weights: Weights = STANDARD, work: float = 2.0, seed: int = 1
) -> tuple[Unmanned, ...]:
    """Each mission without a team in `plan` (person to mission), and why.

    The mission alone is tried first: a clash there says more than one with others.
    """
    request = msgspec.structs.replace(request, people=tuple(sorted(request.people, key=lambda one: one.id)))
    staffed = set(plan.values())
    found = []
    for mission in request.missions:
        if mission.id not in staffed:
            alone = with_all_manned(request, {mission.id})
            clash = _clash_of(alone, weights, work, seed)
            together = with_all_manned(request, {mission.id, *staffed})
            clash = clash or _clash_of(together, weights, work, seed)
            more = None if clash else _price(request, together, dict(plan), weights, work, seed)
            near = _nearest(request, mission) if clash else ()
            found.append(Unmanned(mission.id, mission.name, clash, more, near, _words(mission, clash, more, near)))
    return tuple(found)


def with_all_manned(request: Request, missions: set[str]) -> Request:
    """The question about these missions alone, each of which must be manned, and those that come before them."""
    known = {one.id: one for one in request.missions}
    wanted = set(missions)
    while True:
        before = {one for mission in wanted for one in known[mission].after} - wanted
        if not before:
            break
        wanted |= before
    chosen = tuple(msgspec.structs.replace(one, optional=False) for one in request.missions if one.id in wanted)
    elsewhere = {pair.person for pair in request.fixed if pair.mission not in wanted}
    people = tuple(msgspec.structs.replace(one, duty="away") if one.id in elsewhere else one for one in request.people)
    barred = tuple(pair for pair in request.forbidden if pair.mission in wanted)
    fixed = tuple(pair for pair in request.fixed if pair.mission in wanted)
    return msgspec.structs.replace(request, people=people, missions=chosen, fixed=fixed, forbidden=barred)


def _clash_of(request: Request, weights: Weights, work: float, seed: int) -> Clash | None:
    from wayhome.engines.tasking.now.clashes import smallest_clash
    from wayhome.engines.tasking.now.model import Model

    return smallest_clash(Model(request, standing_of(request, weights), weights, named=True), work=work, seed=seed)


def _price(
    request: Request, manned: Request, plan: dict[str, str], weights: Weights, work: float, seed: int
) -> int | None:
    """How many points more a plan with the mission manned has; None where none was found in the work allowed."""
    other = best_plan(manned, standing_of(manned, weights), weights, work=work, seed=seed).plan
    if other is None:
        return None
    standing = standing_of(request, weights)
    before, after = (sum(account_of(request, standing, weights, one).values()) for one in (plan, other))
    return after - before


def _nearest(request: Request, mission: MissionNeed) -> tuple[Near, ...]:
    """For each need that too few of those fit meet, who has the skill at the highest level below it."""
    found: list[Near] = []
    for need in mission.needs:
        fit = [one for one in request.people if is_fit(one) and not one.trainee]
        if sum(one.has(need) for one in fit) < need.count:
            found += _below(fit, need)
    return tuple(dict.fromkeys(found))


def _below(fit: list[Candidate], need: SkillNeed) -> list[Near]:
    some = [one for one in fit if 0 < one.skills.get(need.skill, 0) < need.level]
    some.sort(key=lambda one: (-one.skills[need.skill], one.id))
    return [Near(one.id, one.name, need.skill, one.skills[need.skill], need.level) for one in some[:NEAREST]]


def _words(mission: MissionNeed, clash: Clash | None, more: int | None, near: tuple[Near, ...]) -> str:
    if clash is None:
        if more is None:
            return f"{mission.name} is without a team; whether it could have one was not shown in the work allowed."
        return f"{mission.name} could have a team; the plan as a whole would be {how_much(more)}"
    rules = "; ".join(rule.words for rule in clash.rules)
    text = f"{mission.name} has no team: {rules}."
    if near:
        text += f" Nearest: {listed([f'{one.name} ({one.skill} {one.level})' for one in near])}."
    return text
