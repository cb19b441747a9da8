"""The Leaf's ground, the same in every story and journey: made once in a process, since it takes three seconds."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from wayhome.terrain import leaf
from wayhome.terrain.grid import Terrain
from wayhome.values.places import Place

_made = functools.cache(leaf.make_leaf)


def the_leaf(seed: int = 1, *, centre: Place = leaf.SEA) -> Terrain:
    """What `make_leaf` makes. Nobody changes it: its arrays are sealed."""
    return _made(seed, centre=centre)


@contextmanager
def one_ground() -> Iterator[None]:
    """Whoever has the Leaf's ground made meanwhile gets the one that is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaf, "make_leaf", the_leaf)
        yield
