"""What the proofs rest on, against trying everything: the cheapest team for a mission, two teams side by side."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.engines.tasking.days import DayMission, DaysProblem, Member, Need
from wayhome.engines.tasking.days.apart import apart, cliques
from wayhome.engines.tasking.days.covers import least_teams
from wayhome.engines.tasking.days.world import World, make_world

Group = tuple[int, ...]


@st.composite
def crowd(draw: st.DrawFn) -> World:
    """Up to six members, three skills, four missions that all can be manned, two days."""
    levels = draw(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=2, max_size=6))
    members = tuple(
        Member(f"p{n}", {f"s{k}": level for k, level in enumerate(row)}, frozenset({2} if draw(st.booleans()) else ()))
        for n, row in enumerate(levels)
    )
    missions = []
    for n in range(4):
        needs = []
        for k in range(3):
            level = draw(st.integers(1, 2))
            held = sum(row[k] >= level for row in levels)
            needs.append(Need(f"s{k}", level, draw(st.integers(0, held))))
        missions.append(DayMission(f"x{n}", 1, 1, tuple(needs)))
    return make_world(DaysProblem(members, tuple(missions)), 2)


def teams(world: World, i: int, day: int | None = None) -> list[Group]:
    """Every group that meets the needs of mission i, of those there on a day or of all."""
    people = [p for p in range(world.has.shape[0]) if day is None or world.there[day, p]]
    every = chain.from_iterable(combinations(people, size) for size in range(1, len(people) + 1))
    n = world.need_n[i]
    return [g for g in every if (world.has[list(g)][:, world.need_s[i, :n]].sum(axis=0) >= world.need_k[i, :n]).all()]


@settings(max_examples=40, deadline=None)
@given(crowd(), st.integers(0, 10**6))
def test_the_least_team_is_the_cheapest_of_all(world: World, seed: int) -> None:
    """For any prices: the sum of the cheapest group that meets the needs."""
    drawn = np.random.default_rng(seed).random(world.has.shape[0])
    price = np.where(drawn < 0.2, 0.0, drawn)
    least = [min(float(price[list(g)].sum()) for g in teams(world, i)) for i in range(4)]
    assert np.allclose(least_teams(world, price), least)


@settings(max_examples=25, deadline=None)
@given(crowd())
def test_two_teams_side_by_side_are_found_where_there_are_two(world: World) -> None:
    """On each day, for each pair of missions: whether two groups without a common member meet their needs."""
    can = apart(world)
    for day in range(2):
        groups = [[set(g) for g in teams(world, i, day)] for i in range(4)]
        for i in range(4):
            for j in range(i):
                assert can[day, i, j] == can[day, j, i] == any(not a & b for a in groups[i] for b in groups[j])


@settings(deadline=None)
@given(st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1])))
def test_every_pair_is_in_a_group_and_every_group_is_of_pairs(pairs: set[tuple[int, int]]) -> None:
    """The groups hold each pair that cannot be side by side, and no two that can."""
    never = np.zeros((6, 6), np.bool_)
    for i, j in pairs:
        never[i, j] = never[j, i] = True
    found = {pair for group in cliques(never) for pair in combinations(sorted(group), 2)}
    assert found == pairs
