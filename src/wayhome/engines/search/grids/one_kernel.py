"""One searcher, compiled: depth-first branch and bound with a bound that takes off what the step before removed.

The bound at a node: from what is undetected now, let him drift unseen; a path earns at look s in cell d at most what
lies there, less what a look one step before in cell c would have carried over from c to d. The dearest path through
that network bounds every continuation (H. Lau, S. Huang, G. Dissanayake, "Discounted MEAN bound for the optimal
searcher path problem with non-uniform travel times", European Journal of Operational Research 190, 2008).
Two ways to the same cell and look are compared: the one that leaves at least as much of him in every cell, and has
not earned more than that, is dropped.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.search.grids.chain import drift_on

HAIR: Final = 1e-13
"""A gain below this is rounding."""
KEPT: Final = 64
"""So many earlier ways are kept for each cell and look, fewer where the world is large."""
KEPT_IN_ALL: Final = 4_000_000
POOL_BYTES: Final = 48_000_000
FEWEST_AHEAD: Final = 2
"""With fewer looks ahead than this, comparing costs more than searching."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What stands in `counts`, so that a search can be taken up again.
DEPTH, FRESH, NODES, DROPPED, KEPT_SO_FAR = range(5)


class Terms(NamedTuple):
    """The fixed part. pod, worth, unseen: (looks + 2, cells); limit: most that one in a cell can still be worth."""

    looks: int
    start: int
    pod: Floats
    worth: Floats
    unseen: Floats
    limit: Floats
    way_first: Ints
    way_to: Ints
    way_carry: Floats
    into_first: Ints
    into_from: Ints
    into_chance: Floats
    hops: NDArray[np.int16]
    mirror: Ints


class Stack(NamedTuple):
    """Where the search stands: rows by look. mass[t]: undetected just before look t, after others looked."""

    counts: Ints
    path: Ints
    best_path: Ints
    value: Floats
    mass: Floats
    even: NDArray[np.bool_]
    choices: Ints
    choice_bound: Floats
    choice_count: Ints
    next_choice: Ints
    relaxed: Floats
    ahead: Floats
    pool: Floats
    pool_value: Floats
    kept: Ints
    kept_count: Ints


def new_stack(looks: int, cells: int, widest: int, start: int, prior: Floats, *, even: bool) -> Stack:
    """An empty search: nothing looked at. value[-1] holds the best value so far, -1 where there is none."""
    pool = int(np.clip(POOL_BYTES // (8 * cells), 64, 100_000))
    stack = Stack(
        counts=np.zeros(5, np.int64),
        path=np.full(looks + 1, start, np.int64),
        best_path=np.full(looks + 1, start, np.int64),
        value=np.zeros(looks + 2),
        mass=np.zeros((looks + 2, cells)),
        even=np.zeros(looks + 1, np.bool_),
        choices=np.zeros((looks + 1, widest), np.int64),
        choice_bound=np.zeros((looks + 1, widest)),
        choice_count=np.zeros(looks + 1, np.int64),
        next_choice=np.zeros(looks + 1, np.int64),
        relaxed=np.zeros((looks + 2, cells)),
        ahead=np.zeros((looks + 2, cells)),
        pool=np.empty((pool, cells)),
        pool_value=np.empty(pool),
        kept=np.zeros((looks + 1, cells, int(np.clip(KEPT_IN_ALL // (looks * cells), 1, KEPT))), np.int64),
        kept_count=np.zeros((looks + 1, cells), np.int64),
    )
    stack.mass[1] = prior
    stack.even[0] = even
    stack.value[-1] = -1.0
    stack.counts[FRESH] = 1
    return stack


@njit(cache=True, nogil=True)
def most_ahead(relaxed: Floats, ahead: Floats, look: int, here: int, terms: Terms) -> None:
    """`ahead[s, c]`: the most that looks after s can still earn for one who looked in c at s; see the module."""
    looks, pod, worth = terms.looks, terms.pod, terms.worth
    first, to, carry = terms.way_first, terms.way_to, terms.way_carry
    hops = terms.hops[here]
    for cell in range(pod.shape[1]):
        ahead[looks, cell] = 0.0
    for at in range(looks - 1, look, -1):
        for cell in range(pod.shape[1]):
            if hops[cell] > at - look:
                continue
            taken = pod[at, cell] * relaxed[at, cell]
            best = 0.0
            for way in range(first[cell], first[cell + 1]):
                other = to[way]
                there = relaxed[at + 1, other] - taken * carry[way] * terms.unseen[at + 1, other]
                earned = pod[at + 1, other] * worth[at + 1, other] * there + ahead[at + 1, other]
                best = max(best, earned)
            ahead[at, cell] = best


@njit(cache=True, nogil=True)
def _branch(stack: Stack, terms: Terms, look: int) -> None:
    """The steps from here that can still beat the best, dearest bound first."""
    here, mass, relaxed, ahead = stack.path[look], stack.mass, stack.relaxed, stack.ahead
    relaxed[look + 1] = mass[look + 1]
    for at in range(look + 2, terms.looks + 1):
        drift_on(relaxed[at - 1], relaxed[at], terms.into_first, terms.into_from, terms.into_chance)
        for cell in range(relaxed.shape[1]):
            relaxed[at, cell] *= terms.unseen[at, cell]
    most_ahead(relaxed, ahead, look, here, terms)
    bounds, choices, count = stack.choice_bound[look], stack.choices[look], 0
    for way in range(terms.way_first[here], terms.way_first[here + 1]):
        cell = terms.way_to[way]
        if stack.even[look] and terms.mirror[cell] < cell:
            continue
        gain = terms.pod[look + 1, cell] * terms.worth[look + 1, cell] * mass[look + 1, cell]
        bound = stack.value[look] + gain + ahead[look + 1, cell]
        if bound > stack.value[-1] + HAIR:
            place = count
            while place > 0 and bounds[place - 1] < bound:
                bounds[place], choices[place] = bounds[place - 1], choices[place - 1]
                place -= 1
            bounds[place], choices[place] = bound, cell
            count += 1
    stack.choice_count[look], stack.next_choice[look] = count, 0


@njit(cache=True, nogil=True)
def _is_dropped(stack: Stack, terms: Terms, look: int) -> bool:
    """Whether an earlier way to this cell and look serves at least as well; if not, this one is kept."""
    cell, mass, value = stack.path[look], stack.mass[look + 1], stack.value[look]
    limit, size, room = terms.limit[look + 1], stack.pool.shape[0], stack.kept.shape[2]
    kept, seen = stack.kept[look, cell], stack.kept_count[look, cell]
    for place in range(min(seen, room)):
        if kept[place] <= stack.counts[KEPT_SO_FAR] - size:
            continue
        slot = kept[place] % size
        other, more, covered = stack.pool[slot], 0.0, True
        for at in range(mass.size):
            if mass[at] < other[at]:
                covered = False
                break
            more += (mass[at] - other[at]) * limit[at]
        if covered and value + more <= stack.pool_value[slot] + HAIR:
            return True
    serial = stack.counts[KEPT_SO_FAR]
    stack.pool[serial % size], stack.pool_value[serial % size] = mass, value
    kept[seen % room] = serial
    stack.kept_count[look, cell], stack.counts[KEPT_SO_FAR] = seen + 1, serial + 1
    return False


@njit(cache=True, nogil=True)
def _step(stack: Stack, terms: Terms, look: int) -> int:
    """Takes the next choice at `look`; the depth to go on from, which is the same where nothing lies below it."""
    cell = stack.choices[look, stack.next_choice[look]]
    stack.next_choice[look] += 1
    stack.path[look + 1] = cell
    mass = stack.mass[look + 1]
    found = terms.pod[look + 1, cell] * mass[cell]
    stack.value[look + 1] = stack.value[look] + found * terms.worth[look + 1, cell]
    if look + 1 == terms.looks:
        if stack.value[look + 1] > stack.value[-1]:
            stack.value[-1] = stack.value[look + 1]
            stack.best_path[:] = stack.path
        return look
    stack.even[look + 1] = stack.even[look] and terms.mirror[cell] == cell
    kept, after = mass[cell], stack.mass[look + 2]
    mass[cell] = kept - found
    drift_on(mass, after, terms.into_first, terms.into_from, terms.into_chance)
    mass[cell] = kept
    for at in range(after.size):
        after[at] *= terms.unseen[look + 2, at]
    if terms.looks - look - 1 >= FEWEST_AHEAD and _is_dropped(stack, terms, look + 1):
        stack.counts[DROPPED] += 1
        return look
    return look + 1


@njit(cache=True, nogil=True)
def search_on(stack: Stack, terms: Terms, most_nodes: int) -> bool:
    """Goes on until done (true) or until `most_nodes` nodes were opened in all."""
    counts = stack.counts
    while counts[DEPTH] >= 0:
        look = counts[DEPTH]
        if counts[FRESH] == 1:
            if counts[NODES] >= most_nodes:
                return False
            counts[NODES] += 1
            counts[FRESH] = 0
            _branch(stack, terms, look)
        choice = stack.next_choice[look]
        if choice >= stack.choice_count[look] or stack.choice_bound[look, choice] <= stack.value[-1] + HAIR:
            counts[DEPTH] = look - 1
            continue
        below = _step(stack, terms, look)
        if below > look:
            counts[DEPTH], counts[FRESH] = below, 1
    return True


@njit(cache=True, nogil=True)
def most_left(stack: Stack, terms: Terms) -> float:
    """The most that what is still open can reach: the best so far where nothing is."""
    most = float(stack.value[-1])
    for look in range(stack.counts[DEPTH] + 1):
        if look == stack.counts[DEPTH] and stack.counts[FRESH] == 1:
            continue
        for choice in range(stack.next_choice[look], stack.choice_count[look]):
            most = max(most, stack.choice_bound[look, choice])
    if stack.counts[DEPTH] >= 0 and stack.counts[FRESH] == 1:
        look = stack.counts[DEPTH]
        if look == 0:
            return float(np.sum(terms.limit[1] * stack.mass[1]))
        most = max(most, stack.choice_bound[look - 1, stack.next_choice[look - 1] - 1])
    return float(most)


@njit(cache=True, nogil=True)
def most_worth(worth: Floats, unseen: Floats, limit: Floats, first: Ints, to: Ints, chance: Floats) -> None:
    """`limit[t, c]`: the most that one in c just before look t, whom others do not see then, can still be worth."""
    looks = worth.shape[0] - 2
    for cell in range(worth.shape[1]):
        limit[looks, cell] = worth[looks, cell]
    for look in range(looks - 1, 0, -1):
        for cell in range(worth.shape[1]):
            later = 0.0
            for arrow in range(first[cell], first[cell + 1]):
                later += chance[arrow] * unseen[look + 1, to[arrow]] * limit[look + 1, to[arrow]]
            limit[look, cell] = max(worth[look, cell], later)
