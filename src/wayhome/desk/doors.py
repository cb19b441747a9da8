"""One's own doors: the password, asked again and changed; recovery codes; where one is signed in, and ending that."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.exceptions import TooManyRequestsException
from litestar.response import Redirect

from wayhome.assembly.doors import LONGEST_PASSWORD
from wayhome.assembly.house import SignIn
from wayhome.assembly.sessions import SURE_MINUTES
from wayhome.desk.pages import Form, complaint, page, with_cookie
from wayhome.desk.signed import (
    address_of,
    device_behind,
    door_of,
    guesses_of,
    house_of,
    is_bearer,
    own_password,
    token_of,
)
from wayhome.links import passwords
from wayhome.mission.rules import Refused

Asked = Request[Any, Any, Any]
Password = Annotated[str, msgspec.Meta(max_length=LONGEST_PASSWORD)]


class Renewed(msgspec.Struct, frozen=True, kw_only=True):
    """The token before stands for nobody any more. `token`: the one in its place, for whoever came as a bearer."""

    token: str
    minutes: int = SURE_MINUTES
    """So long may be done what asks for the password."""


def _renewed(request: Asked, token: str) -> Response[Renewed]:
    if is_bearer(request):
        return Response(Renewed(token=token))
    return with_cookie(request, Response(Renewed(token="")), token)


class Confirm(msgspec.Struct, frozen=True, kw_only=True):
    password: Password


@post("/api/confirm", status_code=200, tags=["desk"], summary="Gives one's own password again")
async def confirm(request: Asked, data: Confirm) -> Response[Renewed]:
    """For ten minutes whoever asks may then do what asks for the password. The token is replaced by another."""
    async with own_password(request) as token:
        fresh = await sync_to_thread(house_of(request).confirm, token, data.password)
    return _renewed(request, fresh)


class PasswordChange(msgspec.Struct, frozen=True, kw_only=True):
    old: Password
    new: Password


@post("/api/password", status_code=200, tags=["desk"], summary="Changes one's own password")
async def change_password(request: Asked, data: PasswordChange) -> Response[Renewed]:
    """Sets another password for whoever asks. Every other sign-in of theirs ends; this one stays, by another token."""
    async with own_password(request) as token:
        fresh = await sync_to_thread(house_of(request).change_password, token, data.old, data.new)
    return _renewed(request, fresh)


# Where one is signed in


@get("/api/sign-ins", sync_to_thread=True, tags=["desk"], summary="Where one is signed in")
def sign_ins(request: Asked) -> tuple[SignIn, ...]:
    """Each device on which whoever asks is signed in: what it is, since when, when it was last there."""
    return house_of(request).sign_ins(token_of(request)).value


class EndSignIn(msgspec.Struct, frozen=True, kw_only=True):
    id: Annotated[str, msgspec.Meta(max_length=64)] = ""
    others: bool = False
    """All but the one that asks."""


@post("/api/sign-ins/end", sync_to_thread=True, status_code=204, tags=["desk"], summary="Signs out elsewhere")
def end_sign_in(request: Asked, data: EndSignIn) -> None:
    """Ends one sign-in of whoever asks, or all the others. Open pages there close at once."""
    if data.others:
        house_of(request).end_other_sign_ins(token_of(request))
    else:
        house_of(request).end_sign_in(token_of(request), data.id)


# Recovery codes


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """Shown this once: of each only a digest is kept."""

    codes: tuple[str, ...]


@post("/api/recovery-codes", sync_to_thread=True, status_code=200, tags=["desk"], summary="Ten new recovery codes")
def recovery_codes(request: Asked) -> Codes:
    """Makes ten codes by each of which whoever asks may once set a new password. Earlier ones end."""
    return Codes(codes=house_of(request).new_recovery_codes(token_of(request)))


RECOVER = """<main class="door">
<h1>A new password by a recovery code</h1>
{said}<form method="post" action="/recover">
<label>Name or callsign<input name="name" autocomplete="username" autofocus required maxlength="200" dir="auto"></label>
<label>One of your recovery codes
<input name="code" autocomplete="off" autocapitalize="none" spellcheck="false" dir="ltr" required
maxlength="100"></label>
<label>New password, {shortest} letters or more
<input name="password" type="password" autocomplete="new-password" required
minlength="{shortest}" maxlength="{longest}"></label>
<label>The same again
<input name="again" type="password" autocomplete="new-password" required maxlength="{longest}"></label>
<button class="main">Set it and go in</button>
</form>
<p class="aside">A code works once: cross it out. Everywhere else you are then signed out.
<a href="/login">I know my password</a></p>
</main>"""


def _recover_page(said: str = "", status: int = 200) -> Response[Any]:
    body = RECOVER.format(said=complaint(said), shortest=passwords.SHORTEST, longest=LONGEST_PASSWORD)
    answer = page("A recovery code: Wayhome", body)
    answer.status_code = status
    return answer


@get("/recover", include_in_schema=False)
async def recover_page(request: Asked) -> Response[Any]:
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    return _recover_page()


@post("/recover", include_in_schema=False, status_code=200)
async def recover(request: Asked, data: Form) -> Response[Any]:
    """Sets a new password by a recovery code, and signs its member in."""
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    if data.get("password", "") != data.get("again", ""):
        return _recover_page("The two are not the same: type the password twice alike.", 400)
    name, code, new = data.get("name", "")[:200], data.get("code", "")[:100], data.get("password", "")
    guesses, address = guesses_of(request), address_of(request)
    account = f"a recovery code of {name}"
    try:
        async with guesses.trying(account, address):
            token, _ = await sync_to_thread(house_of(request).recover, name, code, new, device_behind(request))
    except TooManyRequestsException as error:
        return _recover_page(f"{error.detail}: wait a minute, then try again", 429)
    except Refused as error:
        return _recover_page(error.text, 400)
    guesses.right(account, address)
    return with_cookie(request, Redirect("/me", status_code=303), token)


HANDLERS: tuple[Any, ...] = (
    confirm, change_password, sign_ins, end_sign_in, recovery_codes, recover_page, recover,
)  # fmt: skip
