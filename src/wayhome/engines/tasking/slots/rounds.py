"""One round of the search, on two cores: one side looks for sooner ends, the other raises the bound.

Above, schedules breed on. Then the solver looks for starts at which head-counts fit at every moment (Hall's condition
alone: quick, and often as soon as any plan can end) and for people who can keep nearly these starts; and for sooner
plans near the best one. Below, the solver shows that no plan ends at the bound and raises it: first without people,
then with them. Neither side looks at the other's findings before the round is over, so what it comes to does not
depend on which is quicker. A side that settles the matter stops the other, but only where the outcome is the same as
if it had not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any, Final

from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.exact import NEVER, Exact, Found
from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.manning import ends
from wayhome.engines.tasking.slots.world import Ints, Lags, World

Tick = Callable[[], bool]

CHILDREN: Final = 6_000
"""Schedules bred in the first round, each decoded three times."""
LITTER: Final = 250
"""Schedules bred between two looks at whether to stop."""
SLICE: Final = 0.4
"""Units of the solver's own deterministic time for a solve in the first round."""
PATIENCE: Final = 3
"""How many times as long a solve of the side below is: it has two where the side above has half a dozen."""
GROWTH: Final = 1.4
"""How much longer each round is than the one before: little is lost where a solve would have ended soon after."""
HEADS: Final = 15_000
"""Starts bred in the first round at which head-counts fit, for each herd of them."""
HERDS: Final = 2
CROWD: Final = 100
"""How many of a herd live side by side: enough that they do not grow alike too soon."""
KEPT: Final = (0, 2, 5)
"""How far people may shift starts at which head-counts fit, units, one try after the other."""
NEAR: Final = (3, 8)
"""How far starts may shift from the best plan's, units, one try after the other."""
LOOK_S: Final = 0.02
"""How long to wait between two questions whether to go on."""


@dataclass(frozen=True)
class Ground:
    """What does not change between rounds: the arrays, the sets of skills that matter, the seed."""

    world: World
    sets: tuple[Narrow, ...]
    lags: Lags
    seed: int


@dataclass(frozen=True, eq=False)
class Below:
    """What is known of how soon plans can end: none before `bound`.

    `starts`: starts at which head-counts fit, known to end as soon as any such can; None as long as none are.
    """

    bound: int
    starts: Ints | None = None


class _Side:
    """One side of a round: it can be stopped from outside, whatever it is at."""

    def __init__(self) -> None:
        self.stopped = False
        self._lock = threading.Lock()
        self._solving: Exact | None = None

    def stop(self) -> None:
        with self._lock:
            self.stopped = True
            if self._solving:
                self._solving.stop()

    def solve(self, exact: Exact, work: float, seed: int, *, from_below: bool = False, linear: bool = False) -> Found:
        with self._lock:
            self._solving = exact
        found = exact.solve(work, seed, from_below=from_below, linear=linear, stopped=lambda: self.stopped)
        with self._lock:
            self._solving = None
        return found


class Round:
    """The round of a number, counted from 0, from the herd and the bound as they are; `play` it once."""

    def __init__(self, ground: Ground, breeding: Breeding, known: Below, number: int) -> None:
        self._ground, self._breeding = ground, breeding
        self._known, self._bound, self._end = known, known.bound, breeding.end
        self._number, self._share = number, GROWTH**number
        self._seed = ground.seed + number
        self._above, self._below = _Side(), _Side()
        self._fitting = known.starts

    def play(self, tick: Tick) -> Below:
        """Both sides to their end, or until `tick` says no. What is found joins the herd."""
        with ThreadPoolExecutor(2) as pool:
            above, below = pool.submit(self._seek), pool.submit(self._raise)
            ahead: tuple[Future[Any], ...] = (above, below)
            while not (above.done() and below.done()):
                if not tick():
                    self._above.stop()
                    self._below.stop()
                self._settle(above, below)
                wait(ahead, timeout=LOOK_S)
        found = below.result()
        starts = self._fitting if found.starts is None else found.starts
        if found.schedule and self._breeding.end > self._bound:
            self._breeding.take_in(*found.schedule, proven=found.bound >= found.end)
        return Below(max(self._bound, above.result(), found.bound), starts)

    def _settle(self, above: Future[int], below: Future[Found]) -> None:
        if above.done() and self._breeding.end <= self._bound:
            self._below.stop()
        if below.done() and below.result().bound > self._bound and below.result().bound >= self._least(below.result()):
            self._above.stop()

    def _least(self, found: Found) -> int:
        return min(self._end, found.end)

    def _seek(self) -> int:
        """The side above: breeds, then solves; returns the bound that the solver proved on the way."""
        for _ in range(0, int(CHILDREN * self._share), LITTER):
            if self._done():
                return self._bound
            self._breeding.go_on(LITTER, self._bound)
        for herd in range(HERDS):
            heads = Breeding(self._ground.world, self._seed * HERDS + herd, CROWD, self._ground.sets)
            for _ in range(0, int(HEADS * self._share), LITTER):
                if self._done():
                    return self._bound
                heads.go_on(LITTER, self._bound)
            if heads.end <= self._bound and self._fitting is None:
                self._fitting = heads.best()[0]
            if heads.end < self._breeding.end:
                self._closer(heads.best()[0], KEPT)
        bound = self._follow_heads()
        while not self._done() and self._closer(self._breeding.best()[0], NEAR):
            pass
        return bound

    def _follow_heads(self) -> int:
        """The solver's own starts at which head-counts fit, and people who keep nearly these; returns the bound."""
        if self._done():
            return self._bound
        found = self._solve(self._exact(self._bound, self._breeding.end - 1, manned=False))
        if found.starts is not None:
            self._closer(found.starts, KEPT)
        return max(self._bound, found.bound)

    def _done(self) -> bool:
        return self._above.stopped or self._breeding.end <= self._bound

    def _solve(self, exact: Exact) -> Found:
        return self._above.solve(exact, SLICE * self._share, self._seed)

    def _closer(self, starts: Ints, slacks: Sequence[int]) -> bool:
        """Whether a plan near these starts ends sooner than the best so far; it joins the herd."""
        for slack in slacks:
            if self._done():
                return False
            exact = self._exact(self._bound, self._breeding.end - 1)
            exact.near(starts, slack)
            exact.hint(starts)
            found = self._solve(exact)
            if found.schedule:
                self._breeding.take_in(*found.schedule)
                return True
        return False

    def _exact(self, bound: int, latest: int, *, manned: bool = True) -> Exact:
        ground = self._ground
        return Exact(ground.world, ground.sets, bound, latest, manned=manned, lags=ground.lags)

    def _raise(self) -> Found:
        """The side below: how soon plans can end, without people, then with them.

        As long as it is not settled how soon without people, all but the first round's work goes into that: with
        people the question is no easier. Once it is, that is never asked again; with people it is then asked in two
        ways, since a plan that ends so soon often exists and is a matter of luck.
        """
        found, linear = Found(None, NEVER, self._bound, self._known.starts), self._number % 2 == 1
        ways = [linear, not linear]
        if found.starts is None:
            found, ways = self._without_people(linear=linear), [linear]
        if found.starts is None and self._number:
            return found
        starts = found.starts
        for way in ways:
            if self._below.stopped or found.bound >= min(self._end, found.end):
                break
            exact = self._exact(found.bound, min(self._end, found.end) - 1)
            if starts is not None:
                exact.hint(starts)
            next_found = self._from_below(exact, 1, linear=way)
            found = next_found if next_found.schedule else replace(found, bound=next_found.bound)
        return replace(found, starts=starts)

    def _without_people(self, *, linear: bool) -> Found:
        """How soon head-counts alone let plans end; with starts where that is settled."""
        found = self._from_below(
            self._exact(self._bound, self._end - 1, manned=False), 1 if self._number == 0 else 2, linear=linear
        )
        settled = found.starts is not None and ends(self._ground.world, found.starts) <= found.bound
        return found if settled else replace(found, starts=None)

    def _from_below(self, exact: Exact, parts: int, *, linear: bool) -> Found:
        """`parts`: the side's work of a round is two."""
        work = parts * PATIENCE * SLICE * self._share
        return self._below.solve(exact, work, self._seed, from_below=True, linear=linear)
