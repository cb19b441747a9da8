"""What is written down of advice for everybody who may see a mission: without fitness, and without agreed limits.

Both weigh in a proposal, and whoever sends people reads them beside each pick. Others see who was proposed, not what
somebody said of their sleep or agreed with whoever looks after them.
"""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.now.data import Request
from wayhome.engines.tasking.now.results import Clash, Left, Proposal, Rule, Team
from wayhome.engines.tasking.now.words import clash_words

PERSONAL_POINTS = ("impaired", "tired", "parted")
"""Points that may come of what is for whoever sends people alone: of a bond kept private, for one."""
NO_MORE = "not considered"
AGREED = Rule("partner", "an agreed duty limit")
PRIVATE = Rule("private", "a rule that is for whoever sends people alone")


def without_personal(request: Request) -> Request:
    """The question as though nothing were known of fitness and limits."""
    people = tuple(
        msgspec.structs.replace(one, fitness="", fitness_why=(), limits=(), only_with=(), with_each=())
        for one in request.people
    )
    return msgspec.structs.replace(
        request,
        people=people,
        apart=tuple(one for one in request.apart if not one.personal),
        together=tuple(one for one in request.together if not one.personal),
    )


def for_everyone(proposal: Proposal) -> Proposal:
    """The proposal without what is for whoever sends people alone."""
    kept = {name: points for name, points in proposal.account.items() if name not in PERSONAL_POINTS}
    taken = sum(proposal.account.values()) - sum(kept.values())
    clash = proposal.clash and _clash(proposal.clash)
    return msgspec.structs.replace(
        proposal,
        teams=tuple(map(_team, proposal.teams)),
        points=proposal.points - taken,
        bound=max(0, proposal.bound - taken),
        account=kept,
        clash=clash,
        words=clash.words if clash is not None else proposal.words,
    )


def _team(team: Team) -> Team:
    picks = tuple(msgspec.structs.replace(pick, personal=()) for pick in team.picks)
    left = tuple(Left(one.person, one.name, NO_MORE) if one.personal else one for one in team.not_considered)
    return msgspec.structs.replace(team, picks=picks, not_considered=left)


def _clash(clash: Clash) -> Clash:
    instead = {"partner": AGREED, "private": PRIVATE}
    rules = tuple(instead.get(rule.kind, rule) for rule in clash.rules)
    return Clash(rules, clash.minimal, clash_words(rules))
