"""Planning again from where they are: what was walked stays walked, what was seen stays seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.plan import SearchPlan
from wayhome.engines.search.plans.space import followed
from wayhome.engines.search.plans.teams import Team
from wayhome.values.places import Place


def onward(found: SearchPlan, moving: Moving, minute: float) -> tuple[Moving, tuple[Team, ...]]:
    """The question `minute` minutes into a plan that has not found him, ready for `plan` again.

    Tracks lose what the teams would have seen of them by then (Bayes' rule, the rest of the world in the sum); teams
    start where the plan has them and are as tired as they are; minutes count from `minute`. A team whose hours are
    over is left out. Raises SearchError for a minute outside the plan, or when no team is left.
    """
    end = found.problem.clock.end_min
    if not 0 < minute < end:
        raise SearchError(f"planning again at minute {minute:g} is refused: after 0, before {end:g}")
    seen = followed(found.problem, found.paths, moving, sight=found.sight, until_min=minute).sum(axis=0)
    left = moving.weights * np.exp(-seen.astype(np.float64))
    total = float(left.sum()) + moving.rest_of_world
    passages = found.passages
    teams = []
    for team in found.problem.teams:
        if team.latest_min <= minute:
            continue
        way = passages.get(team.name)
        place = team.start
        if way is not None and way.minutes[0] <= minute:
            rows, cols, _ = way.at(np.array([minute]))
            place = found.problem.terrain.place_of(round(float(rows[0])), round(float(cols[0])))
        teams.append(_from(team, minute, place))
    if not teams:
        raise SearchError(f"at minute {minute:g} the hours of every team are over: name others")
    return _later(moving, minute, left / total, moving.rest_of_world / total), tuple(teams)


def _from(team: Team, minute: float, place: Place) -> Team:
    rested = max(0.0, team.earliest_min - minute)
    worked_h = max(0.0, minute - team.earliest_min) / 60
    tired = [(max(0.0, hour - worked_h), share) for hour, share in team.tiring]
    begun = [one for one in tired if one[0] == 0.0][-1:]
    return replace(
        team,
        start=place,
        ends_at=team.ends_at or team.start,
        earliest_min=rested,
        latest_min=team.latest_min - minute,
        tiring=tuple(begun + [one for one in tired if one[0] > 0]),
    )


def _later(moving: Moving, minute: float, weights: NDArray[np.float64], rest: float) -> Moving:
    rows, cols = moving.at(minute)
    after = moving.minutes > minute + 1e-3
    return Moving(
        np.concatenate((rows[:, None], moving.rows[:, after]), axis=1),
        np.concatenate((cols[:, None], moving.cols[:, after]), axis=1),
        np.concatenate((np.zeros(1, np.float32), moving.minutes[after] - np.float32(minute))).astype(np.float32),
        weights,
        rest,
    )
