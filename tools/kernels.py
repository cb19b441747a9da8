"""Compiles the kernels that many tests need, once for all workers: each would compile them for itself otherwise.

    python -m tools.kernels [ground] [days] [slots]

`make test` does it while one core is busy with the linters. What is compiled is kept beside the source (numba's cache).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

PAIRS = 3
"""Pairs of worlds in which everything is asked that walks over ground; what differs in them, their test will say."""


def ground() -> None:
    """What walks over ground, and what puts teams together."""
    from tests.engines.tasking.requests import large_request
    from tests.worlds.pair import Tally
    from tests.worlds.play import play

    from wayhome.engines.tasking import propose
    from wayhome.terrain.leaf import make_leaf

    make_leaf()
    propose(large_request())
    with TemporaryDirectory(prefix="wayhome-kernels-") as folder:
        for seed in range(PAIRS):
            play(seed, Tally(), Path(folder))


def days() -> None:
    """What plans days ahead."""
    from tests.engines.tasking.days.worlds import month

    from wayhome.engines.tasking.days import plan_days

    plan_days(month(), work=2)


def slots() -> None:
    """What plans on one time line."""
    from tests.engines.tasking.slots.worlds import county

    from wayhome.engines.tasking.slots import plan_slots

    plan_slots(county(1), work=1)


PARTS: dict[str, Callable[[], None]] = {"ground": ground, "days": days, "slots": slots}


def main() -> None:
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
