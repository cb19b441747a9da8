"""Who goes? The proposal: teams for missions, each pick with its reasons, or the rules that clash."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.checks import check_whole
from wayhome.engines.tasking.now.data import CANNOT_GO, Request
from wayhome.engines.tasking.now.nextbest import with_next_best
from wayhome.engines.tasking.now.reasons import Plan, pick_of
from wayhome.engines.tasking.now.results import Clash, Left, Proposal, Team
from wayhome.engines.tasking.now.standing import Standing, account_of, standing_of
from wayhome.engines.tasking.now.steady import steadied
from wayhome.engines.tasking.now.weights import STANDARD, Weights
from wayhome.engines.tasking.now.words import plural

Tick = Callable[[int | None, int], bool]
"""Hears the points of the best plan so far (None: no plan yet) and the bound; answers whether to go on."""


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """How much deterministic solver time each question may take (about seconds on one core; never wall-clock).

    `plan` for the proposal itself: 60 people and 6 missions need about a fiftieth of a unit, 500 and 60 some tens.
    `each` for every question after it; `next_best=False` leaves those out. `gap`: a plan proven to be within this
    share of the best is good enough; None: by size, so that it takes seconds (`solving.gap_for`: proven best up to 20
    missions, within 0.5 % up to 40, 2 % up to 100, 5 % above). `threads` search side by side; their number changes no
    answer.
    """

    plan: float = 60.0
    each: float = 0.5
    next_best: bool = True
    gap: float | None = None
    threads: int = 1

    def __post_init__(self) -> None:
        for name, work in (("plan", self.plan), ("each", self.each)):
            if not (math.isfinite(work) and 0 < work <= 3600):
                raise TaskingError(f"the effort for {name}, {work!r}, must lie above 0 and up to 3600")
        if self.gap is not None and not (math.isfinite(self.gap) and 0 <= self.gap < 1):
            raise TaskingError(f"a gap of {self.gap!r} must lie from 0 up to 1")
        check_whole(self.threads, 1, 64, "how many threads")


def propose(
    request: Request,
    *,
    weights: Weights = STANDARD,
    effort: Effort | None = None,
    seed: int = 1,
    tick: Tick | None = None,
    before: Mapping[str, str] | None = None,
) -> Proposal:
    """Teams for the missions of `request` at the fewest points (`weights.MEANING`), with bound, gap and reasons.

    How it is solved stands in `solving`. The same request, weights, effort and seed give the same proposal; the order
    in which people are listed does not matter. `tick` hears the points of the best plan so far (None: no plan yet) and
    the bound on all plans, first a plan that is there at once, then after every round; where it answers False the best
    plan so far is the answer, with its gap, and without the next best of each pick. Raises TaskingError for a bad seed.
    """
    from wayhome.engines.tasking.now.clashes import smallest_clash  # ortools takes half a second to load
    from wayhome.engines.tasking.now.model import Model
    from wayhome.engines.tasking.now.solving import gap_for, plan_and_others
    from wayhome.engines.tasking.now.unmanned import with_all_manned

    check_whole(seed, 0, 2**31 - 1, "the seed")
    effort = effort or Effort()
    request = msgspec.structs.replace(request, people=tuple(sorted(request.people, key=lambda one: one.id)))
    standing = standing_of(request, weights)
    gap = gap_for(request) if effort.gap is None else effort.gap
    heard = _Heard(tick)
    solved, without = plan_and_others(
        request, standing, weights, work=effort.plan, seed=seed, gap=gap, threads=effort.threads,
        tick=None if tick is None else heard,
    )  # fmt: skip
    if solved.plan is None:
        asked = with_all_manned(request, {solved.alone}) if solved.alone else request
        named = Model(asked, standing_of(asked, weights), weights, named=True)
        clash = smallest_clash(named, work=effort.each, seed=seed) if solved.known else None
        return _no_plan(request, standing, clash, known=solved.known)
    sent = steadied(request, standing, weights, solved.plan, before) if before else solved.plan
    plan = Plan(request, standing, sent)
    account = account_of(request, standing, weights, sent)
    solved = msgspec.structs.replace(solved, plan=sent, points=sum(account.values()))
    teams = teams_of(plan)
    if effort.next_best and not heard.stopped:
        teams = with_next_best(without, plan, weights, teams, solved.points, work=effort.each)
    left = (solved.points - solved.bound) / solved.points if solved.points else 0.0
    return Proposal(
        teams=teams,
        points=solved.points,
        bound=solved.bound,
        gap=left,
        account=account,
        warnings=_warnings(request),
        words=in_words(teams, left),
    )


class _Heard:
    """Hands on how far it is, and remembers that nobody wanted more."""

    def __init__(self, tick: Tick | None) -> None:
        self._tick = tick
        self.stopped = False

    def __call__(self, points: int | None, bound: int) -> bool:
        self.stopped = self.stopped or (self._tick is not None and not self._tick(points, bound))
        return not self.stopped


def teams_of(plan: Plan) -> tuple[Team, ...]:
    """The plan's teams with a reason for each pick, and for everybody left."""
    people = {one.id: one for one in plan.request.people}
    teams = []
    for mission in plan.request.missions:
        members = [people[who] for who, where in sorted(plan.sent.items()) if where == mission.id]
        picks = tuple(pick_of(plan, one, mission) for one in members)
        picks = tuple(sorted(picks, key=lambda one: (-max((b.level for b in one.brings), default=0), one.person)))
        teams.append(
            Team(
                mission=mission.id,
                name=mission.name,
                staffed=bool(picks),
                picks=picks,
                not_considered=left_for(plan.request, plan.standing, mission.id),
            )
        )
    return tuple(teams)


def left_for(request: Request, standing: Standing, mission: str) -> tuple[Left, ...]:
    """Everybody not considered for a mission, in the order of the request, with no more than their reason."""
    return tuple(
        Left(one.id, one.name, standing.left[one.id, mission], (one.id, mission) in standing.personal)
        for one in request.people
        if (one.id, mission) in standing.left
    )


def _no_plan(request: Request, standing: Standing, clash: Clash | None, *, known: bool) -> Proposal:
    teams = tuple(
        Team(
            mission=one.id,
            name=one.name,
            staffed=False,
            picks=(),
            not_considered=left_for(request, standing, one.id),
        )
        for one in request.missions
    )
    unknown = "No plan was found in the work allowed, nor shown impossible: allow more, or ask for fewer missions."
    proven = "No team is possible, but which rules clash was not shown in the work allowed."
    words = clash.words if clash else (proven if known else unknown)
    return Proposal(
        teams=teams,
        points=0,
        bound=0,
        gap=0.0,
        account={},
        warnings=_warnings(request),
        clash=clash,
        complete=known and clash is not None,
        words=words,
    )


def _warnings(request: Request) -> tuple[str, ...]:
    """Accepted picks whose duty status has changed since: to be settled, not to be overlooked."""
    people = {one.id: one for one in request.people}
    names = {one.id: one.name for one in request.missions}
    found = []
    for pair in request.fixed:
        person = people[pair.person]
        if person.duty not in ("on duty", "available"):
            duty = CANNOT_GO.get(person.duty, person.duty)
            found.append(f"{person.name} has accepted {names[pair.mission]} and is now {duty}: settle this first.")
    return tuple(dict.fromkeys(found))


def in_words(teams: tuple[Team, ...], gap: float) -> str:
    """How many go, who has no team, and how good that is: for people."""
    sent = sum(len(team.picks) for team in teams)
    exceptions = sum(bool(pick.exceptions) for team in teams for pick in team.picks)
    without = [team.name for team in teams if not team.staffed]
    lines = [f"{plural(sent, 'person', 'people')} for {plural(len(teams) - len(without), 'mission', 'missions')}."]
    if without:
        lines.append(f"Without a team: {', '.join(without)}.")
    if exceptions:
        lines.append(f"{plural(exceptions, 'of them needs', 'of them need')} an exception, with its reason on record.")
    return " ".join([*lines, how_good(gap, many=len(teams) > 1)])


def how_good(gap: float, *, many: bool) -> str:
    """How much better any other plan could be, never said smaller than it is."""
    what = "plan for all of these together" if many else "team"
    if not gap:
        return f"By the weights in use no better {what} exists."
    return f"By the weights in use no {what} can be more than {math.ceil(gap * 1_000) / 10:.1f} % better."
