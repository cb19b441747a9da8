"""What the next best would cost: for each pick, the best plan without them, found by solving again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from wayhome.engines.tasking.now.reasons import Plan
from wayhome.engines.tasking.now.results import Change, NextBest, Pick, Team
from wayhome.engines.tasking.now.standing import account_of
from wayhome.engines.tasking.now.weights import Weights
from wayhome.engines.tasking.now.words import how_much, instead, worse_words

if TYPE_CHECKING:
    from wayhome.engines.tasking.now.model import Solved
    from wayhome.engines.tasking.now.solving import Without


def with_next_best(
    without: Without, plan: Plan, weights: Weights, teams: tuple[Team, ...], points: int, *, work: float
) -> tuple[Team, ...]:
    """The teams with every pick's next best filled in; whoever has accepted stays and has none."""
    asked = [pick for team in teams for pick in team.picks if not pick.accepted]
    others = without([(pick.person, pick.mission) for pick in asked], work)
    found = {
        pick.person: _next_best(plan, weights, pick, points, other) for pick, other in zip(asked, others, strict=True)
    }
    return tuple(
        msgspec.structs.replace(
            team,
            picks=tuple(msgspec.structs.replace(pick, next_best=found.get(pick.person)) for pick in team.picks),
        )
        for team in teams
    )


def _next_best(plan: Plan, weights: Weights, pick: Pick, points: int, other: Solved) -> NextBest:
    if other.plan is None:
        words = (
            f"Without {pick.name} no plan is possible."
            if other.known
            else "No other plan was found in the work allowed."
        )
        return NextBest(False, 0, (), other.known, words)
    changes = _changes(plan.sent, other.plan)
    before = account_of(plan.request, plan.standing, weights, plan.sent)
    after = account_of(plan.request, plan.standing, weights, other.plan)
    more = other.points - points
    words = f"{_who_instead(plan, pick, changes)}: {_how_much(more, worse_words(before, after))}"
    return NextBest(True, more, changes, other.known, words)


def _changes(before: dict[str, str], after: dict[str, str]) -> tuple[Change, ...]:
    leaves = [Change(where, who, joins=False) for who, where in before.items() if after.get(who) != where]
    joins = [Change(where, who, joins=True) for who, where in after.items() if before.get(who) != where]
    return tuple(sorted(leaves + joins, key=lambda one: (one.mission, one.joins, one.person)))


def _who_instead(plan: Plan, pick: Pick, changes: tuple[Change, ...]) -> str:
    here = [one for one in changes if one.mission == pick.mission]
    joins = [plan.name(one.person) for one in here if one.joins]
    leaves = [plan.name(one.person) for one in here if not one.joins and one.person != pick.person]
    text = instead(joins, leaves)
    return f"{text}, with changes to other teams" if len(here) < len(changes) else text


def _how_much(more: int, why: str) -> str:
    return (
        how_much(more, why) if more >= 0 else "even better; the work allowed ran out before that was found. Allow more."
    )
