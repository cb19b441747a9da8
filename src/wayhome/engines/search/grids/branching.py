"""The branch and bound behind plans for several searchers, while it is under way."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wayhome.engines.search.grids.branch_kernel import last_looks, marks, mass_before, next_steps
from wayhome.engines.search.grids.relax_kernel import Field, Room, new_room, relax
from wayhome.engines.search.grids.rounds import beginnings, take_turns
from wayhome.engines.search.grids.world import World, mirrors

MOST_JOINT_STEPS: Final = 200_000
CUTS: Final = 100
"""How many cuts a bound takes at the most."""
CUTS_IN_BEAM: Final = 40
BEAM: Final = 30
"""So many beginnings of each length are followed in the first search for a good plan."""
POLISHED: Final = 5

Paths = NDArray[np.int16]


@dataclass(order=True, frozen=True)
class Beginning:
    """A beginning of a plan: no plan that begins so leaves less than `bound`. Longer ones come first among equals.

    paths: int16 (looks planned + 1, searchers) as bytes.
    """

    bound: float
    minus_length: int
    serial: int
    paths: bytes = field(compare=False)

    @property
    def look(self) -> int:
        """The next look to be planned."""
        return -self.minus_length


@dataclass(frozen=True, eq=False)
class Grown:
    """What came of a beginning: its bound, and the longer ones that could leave less than was asked for.

    `all_there` is false where there were too many to be told. At the last look there is at most one, `plan`, the
    best, with what it leaves.
    """

    bound: float
    longer: tuple[Beginning, ...] = ()
    plan: Paths | None = None
    leaves: float = np.inf
    all_there: bool = True


class Branching:
    """Best plan so far, what is still open, and the bound that follows."""

    def __init__(self, world: World, terms: Field, starts: Paths, gap: float) -> None:
        self.world, self.field, self.starts, self.gap = world, terms, starts, gap
        self.best: Paths = np.empty((terms.looks + 1, starts.size), np.int16)
        self.value = np.inf
        self.closed = np.inf
        self.nodes = 0
        self.waiting: list[Beginning] = [Beginning(0.0, -1, 0, starts.tobytes())]
        self.marked: set[bytes] = set()
        self._serial = 0
        self._kind = np.unique(terms.skill, return_inverse=True)[1].astype(np.int64)
        self._mirror = self._usable_mirror()
        self._room: Room = new_room(terms.looks, world.cells, terms.slope.size)
        self._mass = np.zeros(world.cells)
        self._met = np.zeros((terms.looks + 1, starts.size), np.bool_)
        self._steps: Paths = np.zeros((MOST_JOINT_STEPS, starts.size), np.int16)
        self._pays = np.zeros(MOST_JOINT_STEPS)

    @property
    def bound(self) -> float:
        """No plan leaves less than this."""
        least = min(self.waiting[0].bound if self.waiting else np.inf, self.closed, self.value)
        return float(max(least, 0.0))

    def seek(self, restarts: int, seed: int) -> None:
        """Good plans first: the bounds then have less to rule out."""
        self._take(
            *take_turns(self.world, self.field, np.repeat(self.starts[None, :], self.field.looks + 1, 0), alone=True)
        )
        wander = beginnings(self.field, self.starts, seed)
        for _ in range(restarts):
            self._take(*take_turns(self.world, self.field, next(wander)))
        if restarts:
            for plan in self._beam():
                self._take(*take_turns(self.world, self.field, plan))

    def prove(self, most_nodes: int, stop: Callable[[], bool]) -> None:
        """Takes up the most promising beginning again and again, until none is left that matters."""
        while self.waiting and self.waiting[0].bound < self.value - self.gap and self.nodes < most_nodes:
            node, enough = heapq.heappop(self.waiting), self.value - self.gap
            self.nodes += 1
            grown = self._grow(node, enough, CUTS, self.marked)
            for longer in grown.longer:
                heapq.heappush(self.waiting, longer)
            if grown.plan is not None:
                self._take(grown.plan, grown.leaves)
            self.closed = min(self.closed, max(enough, grown.bound) if grown.all_there else grown.bound)
            if stop():
                return

    def _beam(self) -> Iterator[Paths]:
        """The best plans that come of following the most promising beginnings only, all lengths alike."""
        level = [Beginning(0.0, -1, 0, self.starts.tobytes())]
        for _ in range(self.field.looks - 1):
            marked: set[bytes] = set()
            grown = [self._grow(node, self.value, CUTS_IN_BEAM, marked) for node in level]
            level = heapq.nsmallest(BEAM, (longer for one in grown for longer in one.longer))
        ends = [self._grow(node, self.value, CUTS_IN_BEAM, set()) for node in level]
        ends.sort(key=lambda one: one.leaves)
        yield from [one.plan for one in ends if one.plan is not None][:POLISHED]

    def _grow(self, node: Beginning, enough: float, cuts: int, marked: set[bytes]) -> Grown:
        """One look more: all joint steps that could leave less than `enough` and are not `marked` yet."""
        look, terms = node.look, self.field
        paths = np.zeros((terms.looks + 1, self.starts.size), np.int16)
        paths[:look] = np.frombuffer(node.paths, np.int16).reshape(look, -1)
        mass_before(self.world.prior, paths, look, terms, self._mass, self._met)
        here = paths[look - 1].astype(np.int64)
        found, constant = relax(self._mass, look, here, enough, cuts, self._room, terms)
        bound = max(float(found), node.bound)
        if bound >= enough:
            return Grown(bound)
        count = next_steps(here, look, self._room.ahead, enough + constant, terms, self._steps, self._pays)
        if count < 0:
            return Grown(bound, all_there=False)
        if look == terms.looks:
            row, least = last_looks(self._mass, self._steps, count, terms)
            if row < 0:
                return Grown(bound)
            paths[look] = self._steps[row]
            return Grown(bound, plan=paths, leaves=float(least))
        return Grown(bound, tuple(self._longer(paths, look, count, float(constant), bound, marked)))

    def _longer(
        self, paths: Paths, look: int, count: int, constant: float, bound: float, marked: set[bytes]
    ) -> Iterator[Beginning]:
        keys = np.empty((count, look + 1, self.starts.size), np.int16)
        marks(paths, self._met, look, self._mass, self._steps, count, self._kind, self._mirror, keys, self.field)
        for step in np.argsort(self._pays[:count], kind="stable"):
            key = keys[step].tobytes()
            if key not in marked:
                marked.add(key)
                self._serial += 1
                paths[look] = self._steps[step]
                reach = max(bound, float(self._pays[step]) - constant)
                yield Beginning(reach, -(look + 1), self._serial, paths[: look + 1].tobytes())

    def _take(self, paths: Paths, leaves: float) -> None:
        if leaves < self.value:
            self.best, self.value = paths.copy(), leaves

    def _usable_mirror(self) -> NDArray[np.int64]:
        same, mirror = np.arange(self.world.cells), self.world.mirror
        if mirror is None or not mirrors(self.world, mirror, self.field.rate):
            return same
        plain = np.sort(self.starts + self.world.cells * self._kind)
        turned = np.sort(mirror[self.starts] + self.world.cells * self._kind)
        return mirror if np.array_equal(plain, turned) else same
