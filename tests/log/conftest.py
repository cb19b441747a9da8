"""The stores that the conformance suite holds to one contract. A PostgreSQL store would join `STORES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fakes.logs import MASTER, LogMaker, memory_log, sqlite_log

from wayhome.usecases.ports import Log

STORES = ("memory", "sqlite")


@pytest.fixture(params=STORES)
def make_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LogMaker]:
    """Makes replicas of one organisation, all of one kind of store; closes them afterwards."""
    made: list[Log] = []

    def make(name: str = "laptop", *, wall: Callable[[], int] | None = None, master: bytes = MASTER) -> Log:
        if request.param == "memory":
            made.append(memory_log(name, wall=wall, master=master))
        else:
            made.append(sqlite_log(tmp_path, name, wall=wall, master=master))
        return made[-1]

    yield make
    for log in made:
        log.close()


@pytest.fixture
def log(make_log: LogMaker) -> Log:
    """One empty log."""
    return make_log("laptop")
