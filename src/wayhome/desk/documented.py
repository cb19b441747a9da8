"""What the OpenAPI document says of every address beside its shapes: how to sign in, and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import Method

from wayhome import __version__
from wayhome.desk.problems import Problems
from wayhome.desk.signed import COOKIE

FAILURES = {
    400: "What was sent does not fit: `where` names the part, `do` says what fits.",
    401: "Nobody is signed in.",
    403: "It came from a page of another site, or is not for whoever asked.",
    404: "There is no such thing that whoever asked may see.",
    409: "It cannot be done as things stand; the text says why.",
    413: "Too much was sent at once.",
    423: "The record is locked until somebody gives its passphrase.",
    429: "It was tried too often: wait a minute.",
    500: "A fault of Wayhome's own. What was acknowledged is safe.",
    503: "The record cannot be written or read just now. What was acknowledged is safe.",
    507: "There is no room on the disk. Nothing was acknowledged, and nothing acknowledged is lost.",
}
"""Every status with which an address may fail; its body is always `Problems`."""

WITHOUT_SIGNING_IN = frozenset({"/api/sign-in", "/api/sign-out"})

DESCRIPTION = """Everything the desk does. Sign in at `/api/sign-in`, then send the token as a bearer; a browser sends
its cookie. Reads are `GET /api/read/NAME`, deeds `POST /api/do/NAME`, advice `POST /api/advise/NAME`. Send an
`idempotency-key` of your own with a deed, and it can be repeated without being done twice. What is hidden from you is
answered as if it were not there."""


def config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Wayhome",
        version=__version__,
        description=DESCRIPTION,
        path="/api",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
        operation_id_creator=_operation,
        security=[{"bearer": []}, {"cookie": []}],
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(type="http", scheme="bearer", description="The token of /api/sign-in."),
                "cookie": SecurityScheme(
                    type="apiKey",
                    name=COOKIE,
                    security_scheme_in="cookie",
                    description="What signing in at /login sets.",
                ),
            }
        ),
    )


def _operation(handler: HTTPRouteHandler, _method: Method, _path: list[Any]) -> str:
    return handler.handler_name.rpartition(".")[2]


def documented(handlers: Iterable[Any]) -> list[Any]:
    """The same handlers, each with everything that can go wrong."""
    found = list(handlers)
    for handler in found:
        if isinstance(handler, HTTPRouteHandler) and handler.include_in_schema is not False:
            specs = {status: ResponseSpec(Problems, description=words) for status, words in FAILURES.items()}
            handler.responses = specs | dict(handler.responses or {})
            if handler.paths & WITHOUT_SIGNING_IN:
                handler.security = [{}]
    return found
