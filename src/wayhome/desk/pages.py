"""Pages made here and not in the browser: the shell of the desk, signing in, unlocking. They work without scripts."""

from __future__ import annotations

from contextlib import suppress
from html import escape
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import TooManyRequestsException
from litestar.params import Body
from litestar.response import Redirect

from wayhome.assembly.house import NotSignedIn
from wayhome.desk.door import Door
from wayhome.desk.signed import (
    address_of,
    cookie_name,
    door_of,
    guesses_of,
    house_of,
    is_encrypted,
    me_of,
    signed_in,
    token_of,
)
from wayhome.desk.statics import STATICS
from wayhome.usecases.ports import Locked, LogError, WrongKey

Asked = Request[Any, Any, Any]
Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]

FRAME = """<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{styles}<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="manifest" href="/manifest.webmanifest">
{head}</head>
<body class="{kind}">
{body}
</body>
</html>
"""


def page(title: str, body: str, *, kind: str = "page", head: str = "") -> Response[str]:
    """A whole page. `body` and `head` are HTML; `title` is text."""
    text = FRAME.format(
        title=escape(title),
        styles="".join(f'<link rel="stylesheet" href="{one}">\n' for one in STATICS.styles),
        icon=STATICS.address("icon.svg"),
        head=head,
        body=body,
        kind=kind,
    )
    return Response(text, media_type="text/html")


def shell() -> Response[str]:
    """The empty desk, which its script fills. It is the same for everybody."""
    head = (
        f'<script type="importmap">{STATICS.import_map}</script>\n'
        f'<script type="module" src="{STATICS.address("app.js")}"></script>\n'
    )
    body = '<div id="desk"><p class="loading">Opening the desk…</p></div>\n<noscript>The desk needs scripts.</noscript>'
    answer = page("Wayhome", body, kind="desk", head=head)
    answer.headers["cache-control"] = "no-cache"
    return answer


@get(
    [
        "/",
        "/board",
        "/m/{rest:path}",
        "/people",
        "/people/{rest:path}",
        "/me",
        "/me/{rest:path}",
        "/care",
        "/care/{rest:path}",
        "/more/{rest:path}",
    ],
    include_in_schema=False,
)
async def desk(request: Asked) -> Response[Any]:
    """Every page of the desk is the shell; whoever is not signed in signs in first."""
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    try:
        await sync_to_thread(me_of, request)
    except NotSignedIn:
        return Redirect("/login", status_code=303)
    return shell()


@get("/shell", include_in_schema=False)
async def bare_shell() -> Response[str]:
    """The shell for the service worker to keep: it holds nothing of anybody."""
    return shell()


LOGIN = """<main class="door">
<h1>Wayhome</h1>
{said}<form method="post" action="/login">
<label>Name or callsign<input name="name" autocomplete="username" autofocus required maxlength="200" dir="auto"></label>
<label>Password
<input name="password" type="password" autocomplete="current-password" required maxlength="1000"></label>
<button class="main">Sign in</button>
</form>
<p class="aside">No password yet? Whoever keeps the roster sends you a link that works once.
<a href="/recover">Forgotten it, and you have a recovery code?</a></p>
</main>"""


def complaint(text: str) -> str:
    return f'<p class="complaint" role="alert">{escape(text)}</p>\n' if text else ""


@get("/login", include_in_schema=False)
async def login_page(request: Asked) -> Response[Any]:
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    return page("Sign in: Wayhome", LOGIN.format(said=""))


@post("/login", include_in_schema=False, status_code=200)
async def login(request: Asked, data: Form) -> Response[Any]:
    """Signs in, and gives the cookie. Whoever was signed in by the cookie before is signed out."""
    try:
        token, _ = await signed_in(request, data.get("name", ""), data.get("password", ""))
    except NotSignedIn as error:
        return _login_again(str(error), 401)
    except TooManyRequestsException as error:
        return _login_again(f"{error.detail}: wait a minute, then try again", 429)
    with suppress(NotSignedIn):
        house_of(request).sign_out(token_of(request))
    return with_cookie(request, Redirect("/", status_code=303), token)


def _login_again(said: str, status: int) -> Response[Any]:
    answer = page("Sign in: Wayhome", LOGIN.format(said=complaint(said)))
    answer.status_code = status
    return answer


def with_cookie(request: Asked, answer: Response[Any], token: str) -> Response[Any]:
    answer.set_cookie(
        Cookie(
            key=cookie_name(request),
            value=token,
            httponly=True,
            samesite="strict",
            secure=is_encrypted(request),
            path="/",
        )
    )
    return answer


@post("/logout", include_in_schema=False, sync_to_thread=True, status_code=200)
def logout(request: Asked) -> Response[Any]:
    """Ends the sign-in, here and in the record."""
    with suppress(NotSignedIn, Locked):
        house_of(request).sign_out(token_of(request))
    answer: Response[Any] = Redirect("/login", status_code=303)
    answer.set_cookie(
        Cookie(key=cookie_name(request), value="", max_age=0, secure=is_encrypted(request), path="/", samesite="strict")
    )
    answer.headers["clear-site-data"] = '"storage", "cache"'
    return answer


UNLOCK = """<main class="door">
<h1>Wayhome is locked</h1>
<p>The record is encrypted, and nobody has opened it since this machine started. What falls due still rings here.</p>
{said}<form method="post" action="/unlock">
<label>Passphrase
<input name="passphrase" type="password" autocomplete="off" autofocus required maxlength="1000"></label>
<button class="main">Unlock</button>
</form>
</main>"""


@get("/unlock", include_in_schema=False)
async def unlock_page(request: Asked) -> Response[Any]:
    if door_of(request).is_open:
        return Redirect("/", status_code=303)
    return page("Locked: Wayhome", UNLOCK.format(said=""))


@post("/unlock", include_in_schema=False, status_code=200)
async def unlock(request: Asked, data: Form) -> Response[Any]:
    """Tries a passphrase. The folder opens a moment later; the page asks again until it has."""
    guesses, address, status = guesses_of(request), address_of(request), 403
    try:
        async with guesses.trying("the passphrase", address):
            said = await sync_to_thread(_tried, door_of(request), data.get("passphrase", "")[:1000])
    except TooManyRequestsException as error:
        said, status = f"{error.detail}: wait a minute, then try again", 429
    if not said:
        guesses.right("the passphrase", address)
        return page(
            "Opening: Wayhome",
            '<main class="door"><h1>Opening</h1><p><a href="/">Go on</a></p></main>',
            head='<meta http-equiv="refresh" content="1; url=/">\n',
        )
    answer = page("Locked: Wayhome", UNLOCK.format(said=complaint(said)))
    answer.status_code = status
    return answer


def _tried(door: Door, passphrase: str) -> str:
    try:
        door.unlock(passphrase)
    except (WrongKey, LogError) as error:
        return str(error)
    return ""
