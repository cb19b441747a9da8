"""The desk as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar

from wayhome.assembly.types_ready import make_types_ready
from wayhome.desk import (
    about,
    api,
    documented,
    doors,
    entries,
    exercising,
    forms,
    joining,
    live,
    mapping,
    pages,
    photos,
    printing,
    problems,
    reaching,
    security,
    statics,
    working,
)
from wayhome.desk.door import Door
from wayhome.desk.guessing import Guesses
from wayhome.desk.live import Hub
from wayhome.desk.reaching import Reach
from wayhome.desk.security import Received
from wayhome.desk.working import Works

MOST_BYTES = 8 * 1024 * 1024
"""Of one request: the longest report. More is refused before it is read."""

HANDLERS: tuple[Any, ...] = (
    pages.desk, pages.bare_shell, pages.login_page, pages.login, pages.logout, pages.unlock_page, pages.unlock,
    statics.static, statics.service_worker, statics.manifest, statics.icon,
    about.here, about.place, about.sign_in, about.sign_out, entries.log_entries, entries.understand,
    live.live, live.events, *forms.HANDLERS, *joining.HANDLERS, *doors.HANDLERS, *printing.HANDLERS, *reaching.HANDLERS,
    *exercising.HANDLERS, *mapping.HANDLERS, *photos.HANDLERS, *working.HANDLERS,
)  # fmt: skip
"""Every address that is not made from a table."""


def build(door: Door, reach: Reach | None = None) -> Litestar:
    """The application that shows what is behind a door. `reach` is how it is reached from beside this machine."""
    hub = Hub()
    make_types_ready()

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncGenerator[None, None]:
        app.state.attach = attach(hub, door)
        app.state.attach()
        yield

    app = Litestar(
        documented.documented([*HANDLERS, *api.handlers()]),
        exception_handlers=problems.HANDLERS,
        before_request=security.before_request,
        before_send=[security.before_send],
        lifespan=[running],
        openapi_config=documented.config(),
        request_class=Received,
        request_max_body_size=MOST_BYTES,
        logging_config=None,
    )
    app.state.door = door
    app.state.hub = hub
    app.state.guesses = Guesses()
    app.state.works = Works()
    app.state.reach = reach or Reach()
    return app


def attach(hub: Hub, door: Door) -> Callable[[], None]:
    """Joins the hub to the house once that is open; called in the event loop."""

    def joined() -> None:
        if door.is_open:
            hub.attach(door.house)

    return joined
