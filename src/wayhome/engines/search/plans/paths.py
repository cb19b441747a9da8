"""A team's path on the lattice, and the best one there is against a linear worth: a longest path through time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.plans.clock import LOOKS, PARTS
from wayhome.engines.search.plans.ways import Ways

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]

NEVER: Final = 1 << 30
STAYED: Final = -1
NOWHERE: Final = -2
MADE_WITH: Final = "04b61b01f31d"
"""Of the files that compiled code here takes in: see the test that holds it."""


@dataclass(frozen=True, eq=False)
class Path:
    """From `node` at step `step`, the ways taken and the steps at which each is begun; between them the team waits."""

    node: int
    step: int
    ways: Ints
    steps: Ints

    def end(self, ways: Ways) -> tuple[int, int]:
        """(node, step) where the last way ends."""
        if not self.ways.size:
            return self.node, self.step
        return int(ways.to[self.ways[-1]]), int(self.steps[-1] + ways.steps[self.ways[-1]])

    def key(self) -> bytes:
        """The same for equal paths."""
        return np.array([self.node, self.step], np.int32).tobytes() + self.ways.tobytes() + self.steps.tobytes()


@njit(cache=True, nogil=True)
def rewards(
    fields: Floats,
    first_step: int,
    last_step: int,
    searching: Ints,
    steps: Ints,
    first_look: NDArray[np.int64],
    look_cells: Ints,
    amount: float,
    out: Floats,
) -> None:
    """Fills `out` (last_step - first_step, searching ways): what each way shows if begun at each step.

    `fields` begins with the first part of `first_step`. Ways that would end after `last_step` are left at 0.
    """
    for s in range(last_step - first_step):
        for slot in range(searching.size):
            way = searching[slot]
            if first_step + s + steps[way] > last_step:
                continue
            total = np.float32(0.0)
            for look in range(first_look[way], first_look[way + 1]):
                cell = look_cells[look]
                if cell >= 0:
                    total += fields[s * PARTS + (look - first_look[way]) // LOOKS, cell]
            out[s, slot] = total * np.float32(amount)


@njit(cache=True, nogil=True)
def longest(
    begin: Ints,
    end: Ints,
    first_step: int,
    last_step: int,
    first: Ints,
    to: Ints,
    steps: Ints,
    slot: Ints,
    reward: Floats,
    share: Floats,
    best: NDArray[np.float64],
    came: Ints,
) -> tuple[int, int]:
    """The node and step where the best path from any (node, begin[node]) ends, at or before end[node]; or (-1, -1).

    `reward` is (steps, searching ways) from `first_step` on, `slot` the line of a way in it or -1; `share` (steps,) is
    what tiring leaves. `best` and `came` (steps + 1, nodes) are filled: `came` is the way by which the path came.
    """
    best[:] = -np.inf
    came[:] = NOWHERE
    for n in range(begin.size):
        if first_step <= begin[n] <= last_step:
            best[begin[n] - first_step, n] = 0.0
    top, at_node, at_step = -1.0, -1, -1
    for s in range(last_step - first_step + 1):
        for n in range(begin.size):
            here = best[s, n]
            if here == -np.inf:
                continue
            if here > top and first_step + s <= end[n]:
                top, at_node, at_step = here, n, first_step + s
            if first_step + s < last_step and here > best[s + 1, n]:
                best[s + 1, n] = here
                came[s + 1, n] = STAYED
            for way in range(first[n], first[n + 1]):
                then = s + steps[way]
                if first_step + then > last_step:
                    continue
                value = here
                if slot[way] >= 0:
                    value += reward[s, slot[way]] * share[s]
                if value > best[then, to[way]]:
                    best[then, to[way]] = value
                    came[then, to[way]] = way
    return at_node, at_step


def walk_back(node: int, step: int, first_step: int, came: Ints, ways: Ways, owner: Ints) -> Path:
    """The path that `longest` found, from its end."""
    taken: list[int] = []
    begun: list[int] = []
    at, when = node, step
    while (way := int(came[when - first_step, at])) != NOWHERE:
        if way == STAYED:
            when -= 1
            continue
        when -= int(ways.steps[way])
        at = int(owner[way])
        taken.append(way)
        begun.append(when)
    return Path(at, when, np.array(taken[::-1], np.int32), np.array(begun[::-1], np.int32))
