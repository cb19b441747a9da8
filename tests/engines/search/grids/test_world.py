"""Worlds: what is made of lists and of a side, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from wayhome.engines.search import SearchError
from wayhome.engines.search.grids import square_world, world_of


def test_a_grid_is_what_its_words_say() -> None:
    """Corners have two neighbours, he stays with the chance given, and begins in the middle."""
    world = square_world(3, 0.6)
    corner = slice(world.drift.first[0], world.drift.first[1])
    assert dict(zip(world.drift.to[corner], world.drift.chance[corner], strict=True)) == pytest.approx(
        {0: 0.6, 1: 0.2, 3: 0.2}
    )
    assert world.prior[4] == 1.0
    assert world.hops[0, 8] == 4


def test_what_is_missing_is_the_rest_of_the_world() -> None:
    """A prior or a row that lacks something adds a cell where nobody can search; nothing is lost."""
    world = world_of([0.5, 0.3], [{0: 0.9}, {0: 0.5, 1: 0.5}], [[0, 1], [1]])
    assert (world.cells, world.ground, world.outside) == (3, 2, 2)
    assert world.prior.sum() == pytest.approx(1.0)
    assert np.add.reduceat(world.drift.chance, world.drift.first[:-1]) == pytest.approx([1.0, 1.0, 1.0])


def test_one_cell_is_a_world() -> None:
    """A grid of one cell: he cannot but stay."""
    world = square_world(1, 0.3)
    assert world.drift.chance == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: square_world(0, 0.6), "side 0"),
        (lambda: square_world(1_000, 0.6), "side 1000"),
        (lambda: square_world(3, 1.2), "1.2"),
        (lambda: square_world(3, 0.6, start=9), "off the grid"),
        (lambda: world_of([], [], []), "empty"),
        (lambda: world_of(np.full(5_000, 0.0), [{}] * 5_000, [[0]] * 5_000), "too many"),
        (lambda: world_of([0.7, 0.7], [{0: 1.0}, {1: 1.0}], [[0], [1]]), "at most 1"),
        (lambda: world_of([1.0, -0.1], [{0: 1.0}, {1: 1.0}], [[0], [1]]), "at most 1"),
        (lambda: world_of([[1.0]], [{0: 1.0}], [[0]]), "dimensions"),
        (lambda: world_of([1.0], [{0: 1.2}], [[0]]), "drift from cell 0"),
        (lambda: world_of([1.0], [{1: 1.0}], [[0]]), "off the world"),
        (lambda: world_of([1.0], [{0: 1.0}], [[1]]), "off the world"),
        (lambda: world_of([1.0], [{0: 1.0}], [[]]), "neither move nor stay"),
        (lambda: world_of([1.0], [{0: 1.0}], [[0], [0]]), "the same"),
        (lambda: world_of([1.0], np.ones((1, 2)), [[0]]), "shape"),
        (lambda: world_of([1.0, 0.0], [{0: 1.0}, {1: 1.0}], [[0], [1]], mirror=[0, 0]), "once"),
        (lambda: world_of([1.0, 0.0], [{0: 1.0}, {1: 1.0}], [[0], [1]], mirror=[1, 0]), "changes the world"),
    ],
)
def test_a_world_that_cannot_be_is_refused(make: object, words: str) -> None:
    """A clear error says what is wrong, and where."""
    assert callable(make)
    with pytest.raises(SearchError, match=words):
        make()
