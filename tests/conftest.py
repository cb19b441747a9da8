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
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no core waits at the end for one that began last."""
    rooms = [str(TESTS / room) for room in LONG]
    items.sort(
        key=lambda item: next((at for at, room in enumerate(rooms) if str(item.path).startswith(room)), len(rooms))
    )


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
