"""What a browser can reach is in the one table, or the two-worlds test does not know of it."""

from __future__ import annotations

from collections.abc import Iterator

from litestar import Litestar, get
from litestar.routes import HTTPRoute, WebSocketRoute
from tests.fakes.desk import application
from tests.worlds.desk_table import DEEDS, ROUTES, Asked, NotHere

OF_THE_FRAMEWORK = frozenset({"OPTIONS", "HEAD"})
"""Answered by the framework from the table of addresses alone."""


def routes(app: Litestar) -> Iterator[str]:
    """Every address that the application answers, each with its methods."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from (f"{method} {route.path}" for method in route.methods if method not in OF_THE_FRAMEWORK)
        elif isinstance(route, WebSocketRoute):
            yield f"WS {route.path}"
        else:
            yield f"ASGI {route.path}"


def test_every_address_is_in_the_table() -> None:
    """An address that is new fails here until `desk_table.py` says how it is asked, or why not."""
    there = set(routes(application()))
    covered = set(ROUTES) | set(DEEDS)
    assert there <= covered, f"name in tests/worlds/desk_table.py: {sorted(there - covered)}"
    assert covered <= there, f"gone from the desk, and still in tests/worlds/desk_table.py: {sorted(covered - there)}"


def test_an_address_that_nobody_covered_is_missed() -> None:
    """The walk finds an address wherever it is hung up."""

    @get("/planted/{name:str}")
    async def planted(name: str) -> str:
        return name

    app = Litestar([planted], openapi_config=None)
    assert set(routes(app)) - {*ROUTES, *DEEDS} == {"GET /planted/{name:str}"}


def test_each_address_left_out_says_why() -> None:
    """Nothing is left out without a reason in words."""
    for route, held in ROUTES.items():
        if isinstance(held, NotHere):
            assert len(held.because.split()) > 5, route


def test_each_request_goes_to_its_own_address() -> None:
    """A request of the table reaches the address that it stands under."""
    for route, held in ROUTES.items():
        if isinstance(held, Asked):
            for request in held.requests:
                fixed = route.partition(" ")[2].partition("{")[0]
                assert request.path.startswith(fixed), f"{request.path} under {route}"
