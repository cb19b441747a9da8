"""Compiles the kernels that many tests need, once for all workers: each would compile them for itself otherwise.

`make test` does it while one core is busy with the linters. What is compiled is kept beside the source (numba's cache).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.worlds.pair import Tally
from tests.worlds.play import play

from wayhome.terrain.leaf import make_leaf

PAIRS = 3
"""Pairs of worlds in which everything is asked that walks over ground; what differs in them, their test will say."""


def main() -> None:
    make_leaf()
    with TemporaryDirectory(prefix="wayhome-kernels-") as folder:
        for seed in range(PAIRS):
            play(seed, Tally(), Path(folder))


if __name__ == "__main__":
    main()
