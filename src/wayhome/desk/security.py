"""Headers that every answer carries: nothing is fetched from elsewhere, framed, sniffed or kept."""

from __future__ import annotations

from typing import Any

from litestar import Response

from wayhome.desk.statics import STATICS

POLICY = (
    "default-src 'none'; script-src 'self' '{map}'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; worker-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def headers() -> dict[str, str]:
    return {
        "content-security-policy": POLICY.format(map=STATICS.import_map_hash),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "geolocation=(self), screen-wake-lock=(self), camera=(), microphone=()",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }


def after(response: Response[Any]) -> Response[Any]:
    """Lays the headers over an answer. What is said to one member is never kept by anything in between."""
    for name, value in headers().items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("cache-control", "no-store")
    return response
