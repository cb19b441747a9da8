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
from dataclasses import dataclass
from typing import Any, Final

from wayhome.engines.tasking.slots.evolving import Breeding
from wayhome.engines.tasking.slots.exact import NEVER, Exact, Found
from wayhome.engines.tasking.slots.hall import Narrow
from wayhome.engines.tasking.slots.world import Ints, World

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
    seed: int


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

    def __init__(self, ground: Ground, breeding: Breeding, bound: int, number: int) -> None:
        self._ground, self._breeding = ground, breeding
        self._bound, self._end = bound, breeding.end
        self._number, self._share = number, GROWTH**number
        self._seed = ground.seed + number
        self._above, self._below = _Side(), _Side()

    def play(self, tick: Tick) -> int:
        """Both sides to their end, or until `tick` says no. What is found joins the herd; returns the bound."""
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
        if found.schedule and self._breeding.end > self._bound:
            self._breeding.take_in(*found.schedule, proven=found.bound >= found.end)
        return max(self._bound, above.result(), found.bound)

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
        found = self._solve(
            Exact(self._ground.world, self._ground.sets, self._bound, self._breeding.end - 1, manned=False)
        )
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
            exact = Exact(self._ground.world, self._ground.sets, self._bound, self._breeding.end - 1)
            exact.near(starts, slack)
            exact.hint(starts)
            found = self._solve(exact)
            if found.schedule:
                self._breeding.take_in(*found.schedule)
                return True
        return False

    def _raise(self) -> Found:
        """The side below: how soon plans can end, without people, then with them."""
        ground, found = self._ground, Found(None, NEVER, self._bound)
        for manned in (False, True):
            if self._below.stopped or found.bound >= self._end:
                break
            exact = Exact(ground.world, ground.sets, found.bound, self._end - 1, manned=manned)
            if found.starts is not None:
                exact.hint(found.starts)
            work, linear = PATIENCE * SLICE * self._share, self._number % 2 == 1
            found = self._below.solve(exact, work, self._seed, from_below=True, linear=linear)
        return found
