"""The question of who goes where, answered: a plan that disturbs as few as can be, what changed, what has no team."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from wayhome.engines import tasking
from wayhome.engines.tasking.now.propose import how_good
from wayhome.engines.tasking.now.results import Clash, Pick, Team
from wayhome.engines.tasking.now.standing import standing_of
from wayhome.engines.tasking.now.words import clash_words, listed, plural
from wayhome.usecases.advice import SEED, AdviceError
from wayhome.usecases.staffing.kept import Kept, kept_plan
from wayhome.usecases.staffing.question import decided
from wayhome.usecases.staffing.recorded import Before, StaffChange, Staffing
from wayhome.usecases.staffing.together import ACCEPTED_IT, AS_ASKED, OUT, Question, settled_rule
from wayhome.usecases.staffing.without import without_team
from wayhome.usecases.work import tell
from wayhome.values.ids import MissionId, PersonId

NOT_ANSWERED = "Was offered it and has not answered."
TAKEN_BACK = "An offer of it to them was withdrawn."
NO_USE = "has none of the skills asked for"
WHAT = "Weighing who goes"
THREADS = 2
"""They search side by side; their number changes no answer."""


class _Solved(msgspec.Struct, frozen=True):
    """A proposal for the missions of `request`; `aside` are those of which no plan with the others can be made."""

    request: tasking.Request
    proposal: tasking.Proposal
    aside: dict[str, Clash]


def answer(question: Question) -> Staffing:
    """Teams for the missions of a question, with what changed and what has no team.

    Raises AdviceError for somebody pinned who cannot go, and TaskingError.
    """
    question = with_pins(question)
    begun = not question.asked.afresh and any(key not in question.bound for key in question.held.items())
    solved = _solve(question, next_best=not begun)
    kept = kept_plan(question, solved.request, solved.proposal) if begun and solved.proposal.clash is None else None
    if begun and kept is None:
        solved = _solve(question, next_best=True)
    proposal = _whole(question, solved, kept.proposal if kept else solved.proposal)
    proposal = _relabelled(proposal, question)
    changes = _changes(question, proposal)
    return Staffing(
        **{
            name: getattr(proposal, name)
            for name in tasking.Proposal.__struct_fields__
            if name not in ("words", "warnings")
        },
        words=_kept_words(proposal, kept, changes, question.befores.values()) if kept else proposal.words,
        warnings=(*question.warnings, *proposal.warnings),
        changes=changes,
        against=max((one.made for one in question.befores.values() if one.made), key=lambda at: at.ms, default=None),
        unmanned=without_team(question, solved.request, proposal, solved.aside),
        kept=kept is not None,
        saves=max(0, kept.proposal.points - kept.best) if kept else 0,
        what_if=bool(question.asked.without or question.asked.pinned),
        base=question.base,
        rests_on=question.marks,
    )


def least_points(question: Question) -> int:
    """A proven bound: no plan for the missions of a question has fewer points. Raises TaskingError."""
    solved = _solve(question, next_best=False)
    return _whole(question, solved, solved.proposal).bound


def _propose(question: Question, request: tasking.Request, *, next_best: bool) -> tasking.Proposal:
    """The best plan; of equally good ones, the nearest to what was proposed before."""
    effort = tasking.Effort(next_best=next_best, threads=THREADS)
    before = dict[str, str](question.held.items())
    return tasking.propose(request, effort=effort, seed=SEED, tick=_heard, before=before)


def _heard(points: int | None, bound: int) -> bool:
    """Tells whoever waits how much of the best plan's points is proven to be needed; ends with it where they ask."""
    return tell(WHAT, max(0, bound), points or 0)


def _solve(question: Question, *, next_best: bool) -> _Solved:
    """Missions whose settled people make any plan impossible are set aside, the least urgent first."""
    request = question.request
    aside: dict[str, Clash] = {}
    while True:
        found = _propose(question, request, next_best=next_best)
        named = {rule.mission for rule in found.clash.rules} if found.clash else set()
        clashing = [one for one in request.missions if one.id in named]
        if found.clash is None or not clashing or (len(request.missions) == 1 and not aside):
            return _Solved(request, found, aside)
        worst = min(reversed(clashing), key=lambda one: one.priority)
        aside[worst.id] = found.clash
        if len(request.missions) == 1:
            nothing = tasking.Proposal(teams=(), points=0, bound=0, gap=0.0, account={}, words="Nobody can be sent.")
            return _Solved(request, nothing, aside)
        request = _without(request, worst)


def _without(request: tasking.Request, mission: tasking.MissionNeed) -> tasking.Request:
    """The question without a mission, whose people are not to be had for the others."""
    taken = {pair.person for pair in request.fixed if pair.mission == mission.id}
    bar = (tasking.Exclusion(f"has accepted {mission.name}"),)
    return msgspec.structs.replace(
        request,
        missions=tuple(one for one in request.missions if one != mission),
        people=tuple(
            msgspec.structs.replace(one, exclusions=one.exclusions + bar) if one.id in taken else one
            for one in request.people
        ),
        fixed=tuple(pair for pair in request.fixed if pair.mission != mission.id),
        forbidden=tuple(pair for pair in request.forbidden if pair.mission != mission.id),
    )


def _whole(question: Question, solved: _Solved, proposal: tasking.Proposal) -> tasking.Proposal:
    """The proposal with the missions that were set aside, in the order in which they were asked about."""
    if not solved.aside:
        return proposal
    teams = {one.mission: one for one in proposal.teams}
    lost = 0
    for mission in question.request.missions:
        if mission.id in solved.aside:
            lost += tasking.STANDARD.unstaffed * mission.priority
            teams[mission.id] = Team(mission=mission.id, name=mission.name, staffed=False, picks=(), not_considered=())
    without = [teams[mission].name for mission in solved.aside]
    points = proposal.points + lost
    return msgspec.structs.replace(
        proposal,
        teams=tuple(teams[one.id] for one in question.request.missions),
        points=points,
        bound=proposal.bound + lost,
        gap=(proposal.points - proposal.bound) / points if points else 0.0,
        account=proposal.account | {"unstaffed": proposal.account.get("unstaffed", 0) + lost},
        words=f"{proposal.words} Set aside, for their rules clash: {listed(without)}.",
    )


# Who is pinned


def with_pins(question: Question) -> Question:
    """The question with everybody pinned bound to a mission: the one where that comes to the fewest points."""
    for person in question.asked.pinned:
        if any((person, mission) in question.bound for mission in question.missions):
            continue
        possible = _may_go(question, person)
        tried = {mission: _bound_to(question, person, mission) for mission in possible}
        chosen = possible[0] if len(possible) == 1 else min(possible, key=lambda one: _points(tried[one]))
        question = tried[chosen]
    return question


def _may_go(question: Question, person: PersonId) -> list[str]:
    standing = standing_of(question.request, tasking.STANDARD)
    name = question.names[person]
    if person not in standing.people:
        raise AdviceError(f"{name} cannot be pinned: they are lost")
    why: dict[str, str] = {}
    for mission in question.request.missions:
        key = (person, mission.id)
        reason = question.ruled_out.get(key) or standing.left.get(key, "")
        if key in question.ruled_out or (reason and reason != NO_USE):
            why[mission.id] = reason
    possible = [one.id for one in question.request.missions if one.id not in why]
    if possible:
        return possible
    reasons = dict.fromkeys(why.values())
    if len(reasons) == 1:
        where = f" to {question.request.missions[0].name}" if len(question.missions) == 1 else ""
        raise AdviceError(f"{name} cannot be pinned{where}: {next(iter(reasons))}")
    named = {one.id: one.name for one in question.request.missions}
    said = "; ".join(f"{named[mission]}: {reason}" for mission, reason in why.items())
    raise AdviceError(f"{name} cannot be pinned anywhere. {said}")


def _bound_to(question: Question, person: PersonId, mission: str) -> Question:
    request = question.request
    held = {who: where for who, where in question.held.items() if who != person}
    return msgspec.structs.replace(
        question,
        request=decided(msgspec.structs.replace(request, fixed=(*request.fixed, tasking.Pair(person, mission)))),
        bound=question.bound | {(person, mission): AS_ASKED},
        held=held | {person: MissionId(mission)},
    )


def _points(question: Question) -> tuple[int, int]:
    found = _propose(question, question.request, next_best=False)
    return (0, found.points) if found.clash is None else (1, 0)


# How it is told


def _relabelled(proposal: tasking.Proposal, question: Question) -> tasking.Proposal:
    """The engine's words for whoever is settled, as what it is: accepted, out already, or pinned."""
    pinned = {key for key, label in question.bound.items() if label == AS_ASKED}
    names = {one.id: one.name for one in question.request.missions}
    asked = tuple(f"{question.names[PersonId(who)]} has accepted {names[where]}" for who, where in pinned)
    clash = proposal.clash and _as_settled(proposal.clash, question)
    return msgspec.structs.replace(
        proposal,
        teams=tuple(_team(one, question) for one in proposal.teams),
        warnings=tuple(one for one in proposal.warnings if not one.startswith(asked)),
        clash=clash,
        words=clash.words if clash else proposal.words,
    )


def _as_settled(clash: Clash, question: Question) -> Clash:
    rules = tuple(settled_rule(one, question) for one in clash.rules)
    return Clash(rules, clash.minimal, clash_words(rules))


def _team(team: Team, question: Question) -> Team:
    left = tuple(
        msgspec.structs.replace(one, reason=question.ruled_out.get((one.person, team.mission), one.reason))
        for one in team.not_considered
    )
    return msgspec.structs.replace(team, picks=tuple(_pick(one, question) for one in team.picks), not_considered=left)


def _pick(pick: Pick, question: Question) -> Pick:
    key = (pick.person, pick.mission)
    label = question.bound.get(key)
    if label is not None:
        why = (label, *(one for one in pick.why if one != ACCEPTED_IT))
        return msgspec.structs.replace(pick, accepted=label != AS_ASKED, why=why)
    if key in question.offered:
        return msgspec.structs.replace(pick, why=(NOT_ANSWERED, *pick.why))
    if key in question.taken_back:
        return msgspec.structs.replace(pick, cautions=(TAKEN_BACK, *pick.cautions))
    return pick


def _changes(question: Question, proposal: tasking.Proposal) -> tuple[StaffChange, ...]:
    """Who leaves and who joins against the last proposals on record, mission by mission, leavers first."""
    sent = {pick.person: team.name for team in proposal.teams for pick in team.picks}
    changes: list[StaffChange] = []
    for team in proposal.teams:
        mission = MissionId(team.mission)
        last = question.befores[mission]
        if last.made is None:
            continue
        now = {pick.person: pick for pick in team.picks}
        gone = [one for one in last.people if one not in now]
        for person in gone:
            why, personal = _why_gone(question, team, person, sent)
            changes.append(_change(team, person, last.names[person], why, joins=False, personal=personal))
        names = [last.names[one] for one in gone]
        for pick in team.picks:
            if pick.person not in last.people:
                changes.append(_change(team, PersonId(pick.person), pick.name, _why_new(question, pick, names)))
    return tuple(changes)


def _change(
    team: Team, person: PersonId, name: str, why: str, *, joins: bool = True, personal: bool = False
) -> StaffChange:
    return StaffChange(
        mission=MissionId(team.mission),
        mission_name=team.name,
        person=person,
        name=name,
        joins=joins,
        why=why,
        personal=personal,
    )


def _why_gone(question: Question, team: Team, person: PersonId, sent: dict[str, str]) -> tuple[str, bool]:
    """Why somebody is in a team no more, and whether that is for whoever sends people alone."""
    if (person, team.mission) in question.ruled_out:
        return question.ruled_out[person, team.mission], False
    left = next((one for one in team.not_considered if one.person == person), None)
    if left is not None:
        return left.reason, left.personal
    if person in sent:
        return f"goes on {sent[person]} instead", False
    if not team.staffed:
        return "no team is possible now", False
    if question.befores[MissionId(team.mission)].rests_on != question.marks[MissionId(team.mission)]:
        return "the mission asks for something else now", False
    return "not needed any more: the others do without", False


def _why_new(question: Question, pick: Pick, gone: list[str]) -> str:
    key = (pick.person, pick.mission)
    settled = {ACCEPTED_IT: "has accepted", OUT: "is out on it already", AS_ASKED: "pinned, as you asked"}
    said = settled.get(question.bound.get(key, ""), "was offered it" if key in question.offered else "")
    if not said:
        said = f"in place of {listed(gone)}" if gone else "one more"
    brings = listed([f"{one.skill} {one.level}" for one in pick.brings])
    return f"{said}; brings {brings or 'another pair of hands'}"


def _kept_words(
    proposal: tasking.Proposal, kept: Kept, changes: tuple[StaffChange, ...], befores: Iterable[Before]
) -> str:
    """The team in a sentence, and what keeping to it costs."""
    sent = sum(len(team.picks) for team in proposal.teams)
    staffed = [team for team in proposal.teams if team.staffed]
    lines = [f"{plural(sent, 'person', 'people')} for {plural(len(staffed), 'mission', 'missions')}."]
    without = [team.name for team in proposal.teams if not team.staffed]
    if without:
        lines.append(f"Without a team: {listed(without)}.")
    exceptions = sum(bool(pick.exceptions) for team in proposal.teams for pick in team.picks)
    if exceptions:
        lines.append(f"{plural(exceptions, 'of them needs', 'of them need')} an exception, with its reason on record.")
    if any(one.made for one in befores):
        joins = sum(one.joins for one in changes)
        moved = f"Changed as little as can be: {joins} new, {len(changes) - joins} no longer in it."
        lines.append(moved if changes else "Nobody changed.")
    else:
        lines.append("Whoever was offered it stays.")
    saves = proposal.points - kept.best
    afresh = f"Chosen afresh it would be {100 * saves / proposal.points:.1f} % better." if saves > 0 else ""
    lines.append(afresh or how_good(proposal.gap, many=len(proposal.teams) > 1))
    return " ".join(lines)
