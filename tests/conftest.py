"""What every test room shares: golden files, rewritten by one flag (`pytest --rewrite-golden`), and the shared data."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
SHARED = TESTS.parent.parent / "shared"

Golden = Callable[[str, str | bytes], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write what the tests produce into tests/golden")


LONG = ("worlds/", "worlds_of_care/", "cli/test_exercises_stories.py", "journeys/", "cli/test_demo.py")
"""Rooms whose tests take seconds each."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every worker begins with what takes long and ends with what is quick, so that none waits at the end for another.

    What is collected is dealt to the workers, each a stretch of it, and what is left later is evened out. A file's
    tests stay together, for what they share is made once.
    """
    count = getattr(config, "workerinput", {}).get("workercount", 1)
    rooms = [str(TESTS / room) for room in LONG]
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = sorted(
        (path for path in files if str(path).startswith(tuple(rooms))),
        key=lambda path: next(at for at, room in enumerate(rooms) if str(path).startswith(room)),
    )
    quick = [path for path in files if path not in long]
    hands: list[list[pytest.Item]] = [[] for _ in range(count)]
    for number, path in enumerate(long):
        hands[number % count].extend(files[path])
    for path in quick:
        min(hands, key=len).extend(files[path])
    items[:] = [item for hand in hands for item in hand]


OBJECTS_UNTIL_COLLECTED = 20_000


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: the collector of garbage need not go through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_UNTIL_COLLECTED, 20, 20)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, made)` holds `made` against `tests/golden/<name>`; with --rewrite-golden it writes the file."""
    rewrite = bool(request.config.getoption("--rewrite-golden"))

    def check(name: str, made: str | bytes) -> None:
        path = GOLDEN / name
        data = made.encode() if isinstance(made, str) else made
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if not path.exists():
            pytest.fail(f"there is no tests/golden/{name}: make it with --rewrite-golden and read it")
        kept = path.read_bytes()
        if isinstance(made, str):
            assert made == kept.decode(), f"differs from tests/golden/{name}"
        assert data == kept, f"differs from tests/golden/{name}"

    return check


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data beside the repository; the test is skipped, saying so, where it is absent."""
    path = SHARED / "data"
    if not path.is_dir():
        pytest.skip("no real data here: ../shared/data is absent")
    return path
