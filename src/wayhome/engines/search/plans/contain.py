"""Containment: whom to post where and by when, so that most of the mass is met; where to cut him off, how surely.

A post meets a track that comes within its watch radius after it is manned and while its team is still there. Each team
mans one post. What is counted is passing by, not whether the watcher looks: see `notices`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.plans.coverage import Choice, Coverage, dual_bound, exchanged, greedily
from wayhome.engines.search.plans.exact import best_choice
from wayhome.engines.search.plans.moving import Moving
from wayhome.engines.search.plans.posts import Post, candidate_posts
from wayhome.engines.search.plans.teams import Team, check_teams
from wayhome.engines.search.plans.ways import without
from wayhome.engines.search.plans.words import hours_words, percent, where_words
from wayhome.terrain.errors import TerrainError
from wayhome.terrain.grid import Terrain
from wayhome.terrain.travel import Start, travel
from wayhome.values.places import Place

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

WATCH_M: Final = (1.0, 5_000.0)
SMALL_CASE: Final = 2_000_000
"""Pairs of watcher and place times groups of tracks, up to which the exact solver is asked."""
NOT_VALIDATED: Final = "where he may go was not validated on finds; a post meets him only if somebody there looks"


@dataclass(frozen=True, kw_only=True)
class Posting:
    """One post manned: where, who, from when (minutes), and when tracks first come by after that: the earliest tenth
    and half of those that do. `adds` is what is lost without it; `next_best` what another post for that team adds."""

    post: Post
    place: Place
    who: str
    manned_min: float
    early_min: float
    half_min: float
    meets: float
    adds: float
    next_best: float
    words: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Containment:
    """The posts, how much mass they meet together (`met`, times `notices`), the bound on any posting, greed's figure.

    `proven`: the exact solver showed that no posting of these teams on these candidates meets more.
    """

    postings: tuple[Posting, ...]
    idle: tuple[str, ...]
    met: float
    bound: float
    gap: float
    greedy: float
    proven: bool
    candidates: tuple[Post, ...]
    cautions: tuple[str, ...]


def contain(
    terrain: Terrain,
    moving: Moving,
    teams: Sequence[Team],
    *,
    posts: Sequence[Post] | None = None,
    watch_m: float = 100.0,
    notices: float = 1.0,
    solver_work: float = 20.0,
) -> Containment:
    """The posting of `teams` on `posts` (by default `candidate_posts`) that meets most of the mass of `moving`.

    Teams set out at their earliest and stay until their latest. `notices` is the chance that somebody who comes by is
    noticed. `solver_work` is the exact solver's own count; 0 leaves it out. Raises SearchError for no team, no post,
    or where no team can be at any post in time to meet anybody.
    """
    check_teams(teams, terrain)
    if not WATCH_M[0] <= watch_m <= WATCH_M[1] or not 0 < notices <= 1:
        raise SearchError(
            f"a watch of {watch_m:g} m that notices {notices:g} is refused: 1 to 5,000 m, above 0 up to 1"
        )
    earliest = min(team.earliest_min for team in teams)
    chosen = tuple(posts) if posts is not None else candidate_posts(terrain, moving, from_min=earliest)
    if not chosen:
        raise SearchError("there is no place to post anybody: nobody on these tracks moves, or no post was named")
    _check_posts(terrain, chosen)
    manned = np.stack([_manned(terrain, team, chosen) for team in teams])
    met_at = _met(terrain, moving, teams, chosen, manned, watch_m)
    coverage = Coverage(np.isfinite(met_at), moving.weights)
    if not coverage.covers.any():
        raise SearchError(
            "no team can man any post before the tracks have passed it: name teams nearer, or other posts"
        )
    choice, bound, greedy, proven = _choose(coverage, solver_work)
    return _result(terrain, moving, teams, chosen, manned, met_at, choice, bound, greedy, notices, proven)


def _check_posts(terrain: Terrain, posts: Sequence[Post]) -> None:
    for post in posts:
        if not (0 <= post.row < terrain.rows and 0 <= post.col < terrain.cols):
            raise SearchError(f"the post at row {post.row}, column {post.col} lies off the map")


def _manned(terrain: Terrain, team: Team, posts: Sequence[Post]) -> Doubles:
    """(posts,): the minute from which the team can stand at each post; inf where not before its hours end."""
    try:
        there = travel(without(terrain, team.forbidden), [Start(team.start, name=team.name)], team.profile)
    except TerrainError as error:
        raise SearchError(f"{team.name}: {error}") from error
    hours = np.array([there.hours[post.row, post.col] for post in posts])
    minutes = team.earliest_min + hours * 60
    return np.where(minutes < team.latest_min, minutes, np.inf)


def _met(
    terrain: Terrain, moving: Moving, teams: Sequence[Team], posts: Sequence[Post], manned: Doubles, watch_m: float
) -> Floats:
    """(teams, posts, K): the minute at which a track first comes by once the post is manned; inf if it never does."""
    out = np.full((len(teams), len(posts), moving.tracks), np.inf, np.float32)
    if out.nbytes > 4_000_000_000:
        raise SearchError(f"{len(teams)} teams, {len(posts)} posts and {moving.tracks:,} tracks are too many at once")
    until = np.array([team.latest_min for team in teams])
    rows = np.array([post.row for post in posts], np.float32)
    cols = np.array([post.col for post in posts], np.float32)
    _first_by(moving.rows, moving.cols, moving.minutes, rows, cols, watch_m / terrain.cell_m, manned, until, out)
    return out


@njit(cache=True, nogil=True)
def _first_by(
    rows: Floats,
    cols: Floats,
    minutes: Floats,
    post_rows: Floats,
    post_cols: Floats,
    reach: float,
    manned: Doubles,
    until: Doubles,
    out: Floats,
) -> None:
    """On each straight piece of a track: the stretch of it within reach of each post, if any, against who is there."""
    for k in range(rows.shape[0]):
        for t in range(rows.shape[1] - 1):
            y, x = rows[k, t], cols[k, t]
            dy, dx = rows[k, t + 1] - y, cols[k, t + 1] - x
            length2 = dy * dy + dx * dx
            for p in range(post_rows.size):
                fy, fx = y - post_rows[p], x - post_cols[p]
                c = fy * fy + fx * fx - reach * reach
                if length2 < 1e-12:
                    if c > 0:
                        continue
                    low, high = 0.0, 1.0
                else:
                    b = fy * dy + fx * dx
                    under = b * b - length2 * c
                    if under < 0:
                        continue
                    root = np.sqrt(under)
                    low, high = max(0.0, (-b - root) / length2), min(1.0, (-b + root) / length2)
                    if low > high:
                        continue
                span = minutes[t + 1] - minutes[t]
                begin, end = minutes[t] + low * span, minutes[t] + high * span
                for i in range(until.size):
                    when = max(begin, manned[i, p])
                    if when <= end and when < until[i] and when < out[i, p, k]:
                        out[i, p, k] = when


def _choose(coverage: Coverage, solver_work: float) -> tuple[Choice, float, float, bool]:
    """The choice, the bound on any, what greed covers, and whether the choice is proven to be the best."""
    small = coverage.grouped()
    first = greedily(small)
    greedy = small.worth(first)
    choice = exchanged(small, first)
    bound = dual_bound(small, small.worth(choice))
    if solver_work > 0 and small.covers.size <= SMALL_CASE and bound - small.worth(choice) > 1e-9:
        exact = best_choice(small, solver_work)
        bound = min(bound, max(exact.bound, small.worth(exact.choice)))
        if small.worth(exact.choice) > small.worth(choice):
            choice = exact.choice
        return choice, max(bound, small.worth(choice)), greedy, exact.proven
    return choice, bound, greedy, bound - small.worth(choice) <= 1e-9


def _result(
    terrain: Terrain,
    moving: Moving,
    teams: Sequence[Team],
    posts: Sequence[Post],
    manned: Doubles,
    met_at: Floats,
    choice: Choice,
    bound: float,
    greedy: float,
    notices: float,
    proven: bool,
) -> Containment:
    coverage = Coverage(np.isfinite(met_at), moving.weights)
    postings = tuple(
        _posting(terrain, coverage, teams[team], team, posts, manned, met_at, choice, notices)
        for team in range(len(teams))
        if choice[team] is not None
    )
    met = coverage.worth(choice)
    return Containment(
        postings=tuple(sorted(postings, key=lambda one: (-one.adds, one.who))),
        idle=tuple(
            _idle(team, bool(np.isfinite(manned[n]).any()), bool(coverage.covers[n].any()))
            for n, team in enumerate(teams)
            if choice[n] is None
        ),
        met=notices * met,
        bound=notices * bound,
        gap=1 - met / bound if bound > 0 else 0.0,
        greedy=notices * greedy,
        proven=proven,
        candidates=tuple(posts),
        cautions=(NOT_VALIDATED, *terrain.warnings),
    )


def _idle(team: Team, can_be_there: bool, can_meet: bool) -> str:
    if not can_be_there:
        return f"{team.name} cannot man any post by {hours_words(team.latest_min)} from now: start it nearer or sooner"
    if not can_meet:
        return f"{team.name} comes to every post after the tracks have passed it"
    return f"{team.name} would add nothing beside the others: keep it in reserve"


def _posting(
    terrain: Terrain,
    coverage: Coverage,
    team: Team,
    number: int,
    posts: Sequence[Post],
    manned: Doubles,
    met_at: Floats,
    choice: Choice,
    notices: float,
) -> Posting:
    place = choice[number] or 0
    others = tuple(None if n == number else p for n, p in enumerate(choice))
    left = np.where(coverage.covered(others), 0.0, coverage.weights)
    gains = coverage.covers[number] @ left
    adds = float(gains[place])
    gains[[p for p in choice if p is not None]] = 0.0
    next_best = float(gains.max())
    early, half = _quantiles(met_at[number, place], coverage.weights, (0.1, 0.5))
    meets = float(coverage.weights[coverage.covers[number, place]].sum())
    post, since = posts[place], float(manned[number, place])
    words = (
        f"{team.name} to the {post.words} {where_words(terrain, post.row, post.col)}, there from {hours_words(since)} "
        f"from now: {percent(notices * meets)} come by, half of them by {hours_words(half)}; adds "
        f"{percent(notices * adds)} to the chance, its next best post would add {percent(notices * next_best)}"
    )
    return Posting(
        post=post, place=terrain.place_of(post.row, post.col), who=team.name, manned_min=since, early_min=early,
        half_min=half, meets=notices * meets, adds=notices * adds, next_best=notices * next_best, words=words,
    )  # fmt: skip


def _quantiles(minutes: Floats, weights: Doubles, shares: tuple[float, float]) -> tuple[float, float]:
    met = np.isfinite(minutes)
    if not met.any():
        return float("inf"), float("inf")
    order = np.argsort(minutes[met], kind="stable")
    below = np.cumsum(weights[met][order])
    at = np.searchsorted(below, np.array(shares) * below[-1])
    found = minutes[met][order][np.minimum(at, order.size - 1)]
    return float(found[0]), float(found[1])
