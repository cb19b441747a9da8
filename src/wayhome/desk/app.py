"""The desk as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from wayhome import __version__
from wayhome.desk import about, api, entries, forms, joining, live, pages, printing, problems, reaching, security, statics
from wayhome.desk.door import Door
from wayhome.desk.live import Hub
from wayhome.desk.reaching import Reach

MOST_BYTES = 8 * 1024 * 1024
"""Of one request: the longest report. More is refused before it is read."""

HANDLERS: tuple[Any, ...] = (
    pages.desk, pages.bare_shell, pages.login_page, pages.login, pages.logout, pages.unlock_page, pages.unlock,
    statics.static, statics.service_worker, statics.manifest, statics.icon,
    about.here, about.place, about.sign_in, about.sign_out, entries.log_entries, entries.understand,
    live.live, live.events, *forms.HANDLERS, *joining.HANDLERS, *printing.HANDLERS, *reaching.HANDLERS,
)  # fmt: skip
"""Every address that is not made from a table."""


def build(door: Door, reach: Reach | None = None) -> Litestar:
    """The application that shows what is behind a door. `reach` is how it is reached from beside this machine."""
    hub = Hub()

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncGenerator[None, None]:
        app.state.attach = attach(hub, door)
        app.state.attach()
        yield

    app = Litestar(
        [*HANDLERS, *api.handlers()],
        exception_handlers=problems.HANDLERS,
        after_request=security.after,
        lifespan=[running],
        openapi_config=OpenAPIConfig(
            title="Wayhome",
            version=__version__,
            description="Everything the desk does. Sign in at /api/sign-in, then send the token as a bearer.",
            path="/api",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        request_max_body_size=MOST_BYTES,
        logging_config=None,
    )
    app.state.door = door
    app.state.hub = hub
    app.state.reach = reach or Reach()
    return app


def attach(hub: Hub, door: Door) -> Callable[[], None]:
    """Joins the hub to the house once that is open; called in the event loop."""

    def joined() -> None:
        if door.is_open:
            hub.attach(door.house)

    return joined
