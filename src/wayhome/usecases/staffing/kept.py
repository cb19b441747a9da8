"""A plan that keeps to what was proposed and offered: as few people as can be have another task than before."""

from __future__ import annotations

import msgspec

from wayhome.engines import tasking
from wayhome.engines.tasking.now.judge import breaches
from wayhome.engines.tasking.now.propose import teams_of
from wayhome.engines.tasking.now.reasons import Plan
from wayhome.engines.tasking.now.results import Change, NextBest, Pick, Team
from wayhome.engines.tasking.now.standing import Standing, account_of, standing_of
from wayhome.engines.tasking.now.words import how_much, instead, worse_words
from wayhome.usecases.advice import SEED
from wayhome.usecases.staffing.together import Question
from wayhome.usecases.work import tell

WHAT = "Asking who else could go"
Sent = dict[str, str]


class Kept(msgspec.Struct, frozen=True):
    """The proposal that keeps to what was, and the points of the best plan there is."""

    proposal: tasking.Proposal
    best: int


def kept_plan(question: Question, request: tasking.Request, best: tasking.Proposal) -> Kept | None:
    """The plan nearest to what was proposed; None where there is none, or where it would leave a mission more unmanned.

    `best` is the best plan as though nothing had been proposed: it gives the bound.
    """
    sent = _nearest(question, request)
    staffed = {team.mission for team in best.teams if team.staffed}
    if sent is None or not staffed <= set(sent.values()):
        return None
    sent = _trimmed(question, request, sent)
    standing = standing_of(request, tasking.STANDARD)
    account = account_of(request, standing, tasking.STANDARD, sent)
    points = sum(account.values())
    bound = min(best.bound, points)
    teams = teams_of(Plan(request, standing, sent))
    proposal = tasking.Proposal(
        teams=_with_next_best(request, sent, teams),
        points=points,
        bound=bound,
        gap=(points - bound) / points if points else 0.0,
        account=account,
        warnings=best.warnings,
    )
    return Kept(proposal, best.points)


def _nearest(question: Question, request: tasking.Request) -> Sent | None:
    missions = {one.id: one for one in request.missions}
    held: Sent = {who: where for who, where in question.held.items() if where in missions}
    held |= {pair.person: pair.mission for pair in request.fixed}
    impaired = {one.id for one in request.people if one.fitness == "impaired"}
    bound = {pair.person for pair in request.fixed}
    held = {who: where for who, where in held.items() if who not in impaired - bound}
    new = [one for one in request.missions if one.id not in set(held.values())]
    if len(new) == len(missions):
        return None
    arrived = [tasking.Arrived(one) for one in new]
    may = standing_of(request, tasking.STANDARD).options
    asked = [tasking.Pair(*key) for key in sorted(question.offered) if held.get(key[0]) == key[1] and key in may]
    for promised in (asked, []) if asked else ([],):
        part = msgspec.structs.replace(request, fixed=tuple(dict.fromkeys((*request.fixed, *promised))))
        try:
            again = tasking.replan(_until_they_arrive(part, new), held, arrived, seed=SEED)
        except tasking.TaskingError:
            continue  # more were asked than can go: then not all of them
        return again.plan
    return None


def _points(request: tasking.Request, standing: Standing, sent: Sent) -> int:
    return sum(account_of(request, standing, tasking.STANDARD, sent).values())


def _until_they_arrive(request: tasking.Request, new: list[tasking.MissionNeed]) -> tasking.Request:
    """The question without the missions that arrive; who is ruled out for one of them stays so."""
    arriving = {one.id for one in new}
    barred: dict[str, list[tasking.Exclusion]] = {}
    for pair in request.forbidden:
        if pair.mission in arriving:
            barred.setdefault(pair.person, []).append(tasking.Exclusion("ruled out for this mission", pair.mission))
    return msgspec.structs.replace(
        request,
        missions=tuple(one for one in request.missions if one.id not in arriving),
        forbidden=tuple(pair for pair in request.forbidden if pair.mission not in arriving),
        people=tuple(
            msgspec.structs.replace(one, exclusions=(*one.exclusions, *barred[one.id])) if one.id in barred else one
            for one in request.people
        ),
    )


def _trimmed(question: Question, request: tasking.Request, sent: Sent) -> Sent:
    """Without whoever is of no use any more, of those whom nobody has asked yet: each who goes is missed at home."""
    standing = standing_of(request, tasking.STANDARD)
    bound = {(pair.person, pair.mission) for pair in request.fixed}
    least = {one.id: one.least for one in request.missions}
    now = _points(request, standing, sent)
    for who, where in sorted(sent.items(), key=lambda key: (-standing.options[key].points, key)):
        if (who, where) in bound or (who, where) in question.offered:
            continue
        if list(sent.values()).count(where) <= least[where]:
            continue
        less = {one: there for one, there in sent.items() if one != who}
        points = _points(request, standing, less)
        if points < now and not breaches(request, less):
            sent, now = less, points
    return sent


def _with_next_best(request: tasking.Request, sent: Sent, teams: tuple[Team, ...]) -> tuple[Team, ...]:
    """Who would go in each one's place, found by planning again without them, from those at home."""
    asked = [pick for team in teams for pick in team.picks if not pick.accepted]
    done = {}
    for number, pick in enumerate(asked):
        if not tell(WHAT, number, len(asked)):
            break  # asked to end: the team stands, and nobody knows who else could go
        done[pick.person] = _instead(request, sent, pick)
    return tuple(
        msgspec.structs.replace(
            team,
            picks=tuple(msgspec.structs.replace(one, next_best=done.get(one.person)) for one in team.picks),
        )
        for team in teams
    )


def _instead(request: tasking.Request, sent: Sent, pick: Pick) -> NextBest:
    alone = _alone(request, sent, pick.mission)
    team = {who: where for who, where in sent.items() if where == pick.mission}
    names = {one.id: one.name for one in request.people}
    again = _without_one(alone, team, pick)
    if again is None:
        words = f"Nobody at home can go instead: without {pick.name} this team is not possible."
        return NextBest(False, 0, (), True, words)
    moves = tuple(
        sorted(
            (Change(pick.mission, one.person, joins=bool(one.after)) for one in again.moves),
            key=lambda move: (move.joins, move.person),
        )
    )
    joins = [names[one.person] for one in again.moves if one.after]
    leaves = [names[one.person] for one in again.moves if not one.after and one.person != pick.person]
    standing = standing_of(alone, tasking.STANDARD)
    before = account_of(alone, standing, tasking.STANDARD, team)
    more = again.points - sum(before.values())
    who = instead(joins, leaves) if joins or leaves else "Nobody instead, the others make do"
    after = account_of(alone, standing, tasking.STANDARD, again.plan)
    return NextBest(True, more, moves, again.proven, f"{who}: {how_much(more, worse_words(before, after))}")


def _without_one(alone: tasking.Request, team: Sent, pick: Pick) -> tasking.Replanned | None:
    """The team without one of them: all others stay where that can be, else as many as can."""
    others = tuple(tasking.Pair(who, where) for who, where in team.items() if who != pick.person)
    for staying in (others, alone.fixed):
        try:
            part = msgspec.structs.replace(alone, fixed=tuple(dict.fromkeys((*alone.fixed, *staying))))
            return tasking.replan(part, team, [tasking.Declined(pick.person, pick.mission)], seed=SEED)
        except tasking.TaskingError:
            continue
    return None


def _alone(request: tasking.Request, sent: Sent, mission: str) -> tasking.Request:
    """One mission as though it were alone, with those who are not in another team."""
    need = next(one for one in request.missions if one.id == mission)
    here = {one.id for one in request.people if sent.get(one.id, mission) == mission}
    return msgspec.structs.replace(
        request,
        people=tuple(one for one in request.people if one.id in here),
        missions=(msgspec.structs.replace(need, optional=False, after=()),),
        fixed=tuple(pair for pair in request.fixed if pair.mission == mission and pair.person in here),
        forbidden=tuple(pair for pair in request.forbidden if pair.mission == mission and pair.person in here),
        apart=tuple(one for one in request.apart if {one.one, one.other} <= here),
        together=tuple(one for one in request.together if {one.one, one.other} <= here),
    )
