"""The compiled search for the cheapest team of one mission, under prices for its people.

Depth first over people in the order of their reduced prices. The bound at a node is Lagrange's: each head-count r has
a price y_r, a person costs what they cost less the prices of the rows they serve, and the whole can never cost less
than sum(y_r need_r) plus the reduced prices of those chosen plus y_r for everyone above a row's need (M. L. Fisher,
"The Lagrangian relaxation method for solving integer programming problems", Management Science 27, 1981).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from wayhome.engines.tasking.now.teams.problem import BALANCE, HARD, LEVEL, Flags, Floats, Ints, TeamRules

HAIR = 1e-7


class Cuts(NamedTuple):
    """Groups of people of which at most one team may hold so many as `least`, each at a fine for the team that does.

    at: where the cuts of each option begin in `of`; fines, least: by cut. See `cutting`.
    """

    at: Ints
    of: Ints
    fines: Floats
    least: Ints


class Bench(NamedTuple):
    """Room to search in. By depth: who may still join (`candidates`, `many` of them), whose turn is next, the bound.

    useful: the head-counts that somebody who may still join serves, as bits. chosen: the team so far; served: how many
    serve each row; counts: of the team, of trainees; taken: flags by option; hits: how many of the team each cut holds.
    """

    candidates: Ints
    many: Ints
    following: Ints
    bound: Floats
    useful: Ints
    chosen: Ints
    served: Floats
    counts: Ints
    taken: Flags
    hits: Ints


@njit(cache=True, nogil=True)
def fresh_bench(n: int, width: int, rows: int, cuts: int) -> Bench:
    return Bench(
        np.zeros((width + 2, max(n, 1)), np.int64),
        np.zeros(width + 2, np.int64),
        np.zeros(width + 2, np.int64),
        np.zeros(width + 2),
        np.full(width + 2, -1, np.int64),
        np.zeros(width + 1, np.int64),
        np.zeros(rows),
        np.zeros(2, np.int64),
        np.zeros(n, np.uint8),
        np.zeros(cuts, np.int64),
    )


@njit(cache=True, nogil=True)
def reduced(team: TeamRules, prices: Floats, rows: Floats) -> Floats:
    """Each option's price less the prices of the rows it serves. After the rows' prices in `rows` come the bonds'."""
    left = prices.copy()
    for i in range(left.size):
        for r in range(team.need.size):
            left[i] -= rows[r] * team.rows[i, r]
    for b in range(team.pairs.shape[0]):
        left[team.pairs[b, 0]] += rows[team.need.size + b]
        left[team.pairs[b, 1]] -= rows[team.need.size + b]
    return left


@njit(cache=True, nogil=True)
def relaxed(team: TeamRules, left: Floats, rows: Floats) -> float:
    """The bound at the root: no team costs less."""
    total = team.base
    for r in range(team.need.size):
        total += rows[r] * team.need[r]
    for i in range(left.size):
        if team.forced[i] or left[i] < 0.0:
            total += left[i]
    return total


@njit(cache=True, nogil=True)
def slope(team: TeamRules, left: Floats) -> Floats:
    """By how much each row and bond is broken where everybody goes whose reduced price is negative."""
    slack = np.zeros(team.need.size + team.pairs.shape[0])
    slack[: team.need.size] = team.need
    for i in range(left.size):
        if team.forced[i] or left[i] < 0.0:
            for r in range(team.need.size):
                slack[r] -= team.rows[i, r]
            for at in range(team.bond_at[i], team.bond_at[i + 1]):
                b = team.bonds[at]
                slack[team.need.size + b] += 1.0 if team.pairs[b, 0] == i else -1.0
    return slack


@njit(cache=True, nogil=True)
def ascend(team: TeamRules, prices: Floats, rows: Floats, target: float, steps: int) -> float:
    """Betters the rows' prices in place by subgradient steps (Polyak); returns the best bound reached."""
    best, kept = -HARD, rows.copy()
    pull, stale, plain = 1.0, 0, team.need.size
    for _ in range(steps):
        left = reduced(team, prices, rows)
        bound = relaxed(team, left, rows)
        if bound > best + HAIR:
            best, stale = bound, 0
            kept[:] = rows
        else:
            stale += 1
            if stale >= 4:
                pull, stale = pull * 0.5, 0
        slack = slope(team, left)
        norm = 0.0
        for r in range(rows.size):
            if r >= plain or slack[r] > 0.0 or rows[r] > 0.0:
                norm += slack[r] * slack[r]
        if norm < HAIR:
            break
        step = pull * max(target - bound, 1.0) / norm
        for r in range(rows.size):
            low, high = (0.0, team.fine[r]) if r < plain else (-team.parted, team.parted)
            rows[r] = min(max(low, rows[r] + step * slack[r]), high)
    rows[:] = kept
    return best


@njit(cache=True, nogil=True)
def foes(team: TeamRules, knows: Flags, apart: Flags, one: int, other: int) -> bool:
    a, b = team.who[one], team.who[other]
    return apart[a, b] <= team.danger or (team.strangers == 1 and knows[a, b] == 0)


@njit(cache=True, nogil=True)
def rest_of_cost(team: TeamRules, rows: Floats, count: Floats, taken: Flags, rank: Ints) -> float:
    """What a team costs above its bound, HARD where it breaks a rule: levels not reached, bonds, balances."""
    extra = 0.0
    for r in range(count.size):
        if team.kind[r] == BALANCE:
            extra += rows[r] * count[r] if count[r] >= 0.0 else HARD
        elif count[r] < team.need[r]:
            extra += team.fine[r] - rows[r] if team.kind[r] == LEVEL else HARD
        if extra >= HARD:
            return HARD
    for b in range(team.pairs.shape[0]):
        one, other = team.pairs[b, 0], team.pairs[b, 1]
        if taken[one] and not taken[other] and rank[other] > rank[one]:
            extra += team.parted - rows[count.size + b]
        elif taken[other] and not taken[one] and rank[one] > rank[other]:
            extra += team.parted + rows[count.size + b]
    return extra


@njit(cache=True, nogil=True)
def one_more(team: TeamRules, rows: Floats, bench: Bench, cuts: Cuts, rank: Ints, i: int) -> float:
    """What choosing option i adds to the bound beside its reduced price: rows over-filled, mates passed over, cuts."""
    extra, count, taken = 0.0, bench.served, bench.taken
    for r in range(count.size):
        if team.kind[r] != BALANCE and team.rows[i, r] > 0.0 and count[r] >= team.need[r]:
            extra += rows[r]
    for at in range(team.bond_at[i], team.bond_at[i + 1]):
        b = team.bonds[at]
        first = team.pairs[b, 0] == i
        mate = team.pairs[b, 1] if first else team.pairs[b, 0]
        if not taken[mate] and rank[mate] < rank[i]:
            price = rows[count.size + b]
            extra += team.parted - price if first else team.parted + price
    for at in range(cuts.at[i], cuts.at[i + 1]):
        c = cuts.of[at]
        if bench.hits[c] == cuts.least[c] - 1:
            extra += cuts.fines[c]
    return extra


@njit(cache=True, nogil=True)
def narrow(
    team: TeamRules, knows: Flags, apart: Flags, bench: Bench, depth: int, start: int, i: int, left: Floats, room: float
) -> None:
    """Who may still join once i has: those from `start` on, in order, whom nothing keeps apart from i.

    `room`: from the first whose reduced price reaches it, nobody can be in a team that is wanted.
    """
    kept, counts, useful = 0, bench.counts, 0
    for at in range(start, bench.many[depth]):
        other = bench.candidates[depth, at]
        if left[other] >= 0.0 and left[other] >= room:
            break
        full = counts[1] >= team.places if team.trainee[other] else counts[0] >= team.most
        if not full and not foes(team, knows, apart, i, other):
            bench.candidates[depth + 1, kept] = other
            useful |= team.useful[other]
            kept += 1
    bench.many[depth + 1] = kept
    bench.useful[depth + 1] = useful
    bench.following[depth + 1] = 0


@njit(cache=True, nogil=True)
def gain(bench: Bench, depth: int, left: Floats, seats: int) -> float:
    """How much those who may still join can take off at most; no more of them than there are seats."""
    total, first = 0.0, bench.following[depth]
    for at in range(first, min(bench.many[depth], first + seats)):
        if left[bench.candidates[depth, at]] >= 0.0:
            break
        total += left[bench.candidates[depth, at]]
    return total


@njit(cache=True, nogil=True)
def hopeless(team: TeamRules, bench: Bench, depth: int) -> bool:
    """Whether some head-count cannot be met any more by those who may still join."""
    room, useful = team.most - bench.counts[0], bench.useful[depth]
    for r in range(team.counted):
        short = team.need[r] - bench.served[r]
        if short > 0.0 and (short > room or not (useful >> r) & 1):
            return True
        if short > 1.0:
            for at in range(bench.many[depth]):
                short -= team.rows[bench.candidates[depth, at], r]
                if short <= 0.0:
                    break
            if short > 0.0:
                return True
    return False


@njit(cache=True, nogil=True)
def put(team: TeamRules, bench: Bench, cuts: Cuts, i: int, sign: int) -> None:
    """Option i joins (sign 1) or leaves (-1)."""
    bench.taken[i] = 1 if sign > 0 else 0
    bench.counts[team.trainee[i]] += sign
    for r in range(team.need.size):
        bench.served[r] += sign * team.rows[i, r]
    for at in range(cuts.at[i], cuts.at[i + 1]):
        bench.hits[cuts.of[at]] += sign


@njit(cache=True, nogil=True)
def seat_forced(
    team: TeamRules,
    knows: Flags,
    apart: Flags,
    bench: Bench,
    left: Floats,
    rows: Floats,
    cuts: Cuts,
    rank: Ints,
    banned: Flags,
) -> int:
    """Those who must go, and who may join them. Returns how many they are, -1 where that cannot be."""
    order = np.argsort(left, kind="mergesort")
    many = 0
    for at in range(order.size):
        i = order[at]
        rank[i] = -1 if team.forced[i] else at
        if not banned[i] and not team.forced[i]:
            bench.candidates[0, many] = i
            many += 1
    bench.many[0] = many
    size = 0
    for i in range(left.size):
        if team.forced[i]:
            if banned[i] or size >= bench.chosen.size - 1:
                return -1
            for at in range(size):
                if foes(team, knows, apart, bench.chosen[at], i):
                    return -1
            bench.bound[0] += left[i] + one_more(team, rows, bench, cuts, rank, i)
            put(team, bench, cuts, i, 1)
            bench.chosen[size] = i
            size += 1
            narrow(team, knows, apart, bench, 0, 0, i, left, HARD)
            bench.many[0] = bench.many[1]
            bench.useful[0] = bench.useful[1]
            bench.candidates[0, : bench.many[0]] = bench.candidates[1, : bench.many[0]]
    if bench.counts[0] > team.most or bench.counts[1] > team.places:
        return -1
    return size


@njit(cache=True, nogil=True)
def hunt(
    team: TeamRules,
    knows: Flags,
    apart: Flags,
    prices: Floats,
    rows: Floats,
    cuts: Cuts,
    banned: Flags,
    cutoff: float,
    every: bool,
    limit: int,
    found: NDArray[np.int32],
    values: Floats,
) -> tuple[int, int, int]:
    """Teams under `cutoff`: each better than the last, or with `every` all of them. How many, nodes, 1 where done.

    found: (most kept, width) options of each team, -1 after the last; values: what each costs at these prices.
    """
    left, rank, width = reduced(team, prices, rows), np.zeros(prices.size, np.int64), found.shape[1]
    bench = fresh_bench(prices.size, width, team.need.size, cuts.fines.size)
    bench.bound[0] = team.base
    for r in range(team.need.size):
        bench.bound[0] += rows[r] * team.need[r]
    size = seat_forced(team, knows, apart, bench, left, rows, cuts, rank, banned)
    if size < 0:
        return 0, 0, 1
    depth, nodes, kept, best, wide = 0, 0, 0, cutoff, True
    full = bench.bound[0] + rest_of_cost(team, rows, bench.served, bench.taken, rank) if size > 0 else HARD
    while True:
        if full < best and kept < values.size:
            found[kept, :] = -1
            found[kept, :size] = bench.chosen[:size]
            values[kept] = full
            kept += 1
            best = best if every else full
        full = HARD
        at = bench.following[depth]
        over = at >= bench.many[depth] or nodes >= limit or kept >= values.size
        i = bench.candidates[depth, min(at, prices.size - 1)]
        if over or (left[i] >= 0.0 and bench.bound[depth] + left[i] >= best):
            if depth == 0:
                break
            depth, size = depth - 1, size - 1
            put(team, bench, cuts, bench.chosen[size], -1)
            continue
        bench.following[depth] = at + 1
        seats = team.most - bench.counts[0] + team.places - bench.counts[1]
        slack = -gain(bench, depth, left, seats - 1)
        if bench.bound[depth] + left[i] - slack >= best:
            continue
        deeper = bench.bound[depth] + left[i] + one_more(team, rows, bench, cuts, rank, i)
        if deeper - slack >= best:
            continue
        if size >= width:
            wide = False
            continue
        nodes += 1
        put(team, bench, cuts, i, 1)
        narrow(team, knows, apart, bench, depth, at + 1, i, left, best - deeper + slack)
        if deeper + gain(bench, depth + 1, left, seats - 1) >= best or hopeless(team, bench, depth + 1):
            put(team, bench, cuts, i, -1)
            continue
        bench.chosen[size] = i
        depth, size = depth + 1, size + 1
        bench.bound[depth] = deeper
        full = deeper + rest_of_cost(team, rows, bench.served, bench.taken, rank)
    return kept, nodes, 1 if wide and nodes < limit and kept < values.size else 0
