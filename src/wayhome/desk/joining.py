"""How people come in: an invitation's link and its page, a whole roster from a file.

The page behind a link works without scripts. Whatever a link that opens nothing was before - used, withdrawn, run out,
never made - it is answered in the same words.
"""

from __future__ import annotations

from html import escape
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.params import Parameter
from litestar.response import Redirect

from wayhome.assembly.doors import LONGEST_PASSWORD
from wayhome.assembly.local import LocalHouse
from wayhome.assembly.tokens import INVITATION_HOURS, digest_of
from wayhome.desk import mine
from wayhome.desk.pages import Form, complaint, page, with_cookie
from wayhome.desk.reaching import reach_of
from wayhome.desk.signed import device_behind, door_of, house_of, me_of, token_of
from wayhome.faces.rosterfile import Row, entries_of
from wayhome.formats.errors import FormatError
from wayhome.formats.roster import Known, RosterFile, RosterProblem, read_roster
from wayhome.links import passwords
from wayhome.links.nearby import qr_svg
from wayhome.mission.intents.people import ImportRoster, RosterEntry
from wayhome.mission.rules import Refused
from wayhome.mission.rules.entering import invited
from wayhome.mission.rules.people import DUTIES
from wayhome.mission.views.shapes import MemberView, OrganisationView
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

Asked = Request[Any, Any, Any]
Hours = Annotated[float, msgspec.Meta(gt=0, le=720)]

MOST_FILES = 2
"""The members, and their qualifications where those come apart."""
MOST_TOLD = 200
"""Problems of one file that are shown; whoever has more mends these first."""

# Inviting


class Invite(msgspec.Struct, frozen=True, kw_only=True):
    member: PersonId
    hours: Hours = INVITATION_HOURS


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """An address that lets a member in once, the same as a QR code, and until when. It is shown this once."""

    address: str
    qr: str
    until: Moment
    here_only: bool
    """The address names this machine as it calls itself: no phone can open it."""


@post("/api/invite", sync_to_thread=True, status_code=200, tags=["desk"], summary="A link that lets a member in once")
def invite(request: Asked, data: Invite) -> Invited:
    """Makes a link by which a member sets a password. An earlier one of theirs ends."""
    house = house_of(request)
    token = house.invite(token_of(request), data.member, hours=data.hours)
    address = f"{_base(request)}/invite/{token}"
    return Invited(
        address=address,
        qr=qr_svg(address),
        until=me_of(request).now().plus(hours=data.hours),
        here_only=address.startswith(HERE_ALONE),
    )


HERE_ALONE = tuple(f"{scheme}://{host}" for scheme in ("http", "https") for host in ("localhost", "127.0.0.1", "[::1]"))


def _base(request: Asked) -> str:
    """The address by which others reach this desk; as whoever asks calls it where that is not known."""
    mine = f"{request.base_url}".rstrip("/")
    others = reach_of(request).addresses
    return others[0].rstrip("/") if mine.startswith(HERE_ALONE) and others else mine


# The page behind the link

WELCOME = """<main class="door">
<h1>Welcome, <span dir="auto">{name}</span></h1>
<p>Choose a password. You are signed in at once, and the link has then done its work.</p>
{said}<form method="post">
<input type="hidden" name="username" value="{name}" autocomplete="username">
<label>New password, {shortest} letters or more
<input name="password" type="password" autocomplete="new-password" autofocus required
minlength="{shortest}" maxlength="{longest}"></label>
<label>The same again
<input name="again" type="password" autocomplete="new-password" required maxlength="{longest}"></label>
<button class="main">Set it and go in</button>
</form>
</main>"""

NOTHING = """<main class="door">
<h1>This link opens nothing</h1>
{said}<p>Whoever keeps the roster can send you another. <a href="/login">I have a password: sign in</a></p>
</main>"""

Token = Annotated[str, Parameter(max_length=200)]


@get("/invite/{token:str}", include_in_schema=False)
async def invitation_page(request: Asked, token: Token) -> Response[Any]:
    """The page behind a link. Looking at it uses nothing up: messengers look at links before people do."""
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    return await sync_to_thread(_welcome, house_of(request), token, "")


@post("/invite/{token:str}", include_in_schema=False, sync_to_thread=True, status_code=200)
def take_invitation(request: Asked, token: Token, data: Form) -> Response[Any]:
    """Sets the password and signs its member in."""
    if not door_of(request).is_open:
        return Redirect("/unlock", status_code=303)
    house = house_of(request)
    password = data.get("password", "")
    if password != data.get("again", ""):
        return _welcome(house, token, "The two are not the same: type the password twice alike.")
    try:
        session, _ = house.take_invitation(token, password, device_behind(request))
    except Refused as error:
        return _welcome(house, token, error.text)
    return with_cookie(request, Redirect("/me", status_code=303), session)


def _welcome(house: LocalHouse, token: str, said: str) -> Response[Any]:
    try:
        name = _name_behind(house, token)
    except Refused as error:
        answer = page("No way in: Wayhome", NOTHING.format(said=complaint(error.text)))
        answer.status_code = 404
        return answer
    body = WELCOME.format(
        name=escape(name, quote=True), said=complaint(said), shortest=passwords.SHORTEST, longest=LONGEST_PASSWORD
    )
    answer = page("Welcome: Wayhome", body)
    answer.status_code = 400 if said else 200
    return answer


def _name_behind(house: LocalHouse, token: str) -> str:
    """What the member is called whom a token lets in. Refuses one that opens nothing."""
    with house.acting.lock:
        world = house.acting.standing.world
        return world.name(invited(world, digest_of(token), house.clock()))


# A roster from a file


class RosterText(msgspec.Struct, frozen=True, kw_only=True):
    """One file, as text. A qualification a row may come as a second one."""

    name: Annotated[str, msgspec.Meta(max_length=200)]
    text: str


class RosterTexts(msgspec.Struct, frozen=True, kw_only=True):
    """What to take in. Without `write` it is only read, and what would come is told."""

    files: Annotated[tuple[RosterText, ...], msgspec.Meta(min_length=1, max_length=MOST_FILES)]
    rename: bool = False
    write: bool = False


class RosterTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a roster holds, and everything that stands against it; `written` where it was taken over."""

    members: int
    new: int
    problems: tuple[Row, ...]
    more_problems: int
    wrong: int
    rows: tuple[RosterEntry, ...]
    """The first few, for a look."""
    written: bool = False
    tells: tuple[str, ...] = ()


SHOWN_ROWS = 20


@post("/api/roster", sync_to_thread=True, status_code=200, tags=["desk"], summary="Reads or takes over a roster file")
def roster(request: Asked, data: RosterTexts) -> RosterTold:
    """Reads a roster as a spreadsheet wrote it. All of it is taken over or nothing; every wrong row is named."""
    me = me_of(request)
    known = _known(me)
    held = {member.ref: member for member in _roster(me)}
    files: dict[str, RosterFile] = {}
    for one in data.files:
        files[one.name if one.name not in files else f"{one.name} (qualifications)"] = _read(one, known)
    entries, found = entries_of(files, held, rename=data.rename)
    wrong = sum(1 for row in found if row.problem.grave)
    tells: tuple[str, ...] = ()
    if data.write and not wrong:
        tells = me.do(ImportRoster(rows=entries)).tells
    return RosterTold(
        members=len(entries),
        new=sum(1 for entry in entries if entry.ref not in held),
        problems=tuple(sorted(found, key=lambda row: not row.problem.grave)[:MOST_TOLD]),
        more_problems=max(0, len(found) - MOST_TOLD),
        wrong=wrong,
        rows=entries[:SHOWN_ROWS],
        written=data.write and not wrong,
        tells=tells,
    )


def _known(me: Session) -> Known:
    organisation: OrganisationView = me.read("organisation").value
    return Known(ranks=organisation.member_ranks, duties=DUTIES)


def _roster(me: Session) -> tuple[MemberView, ...]:
    members: tuple[MemberView, ...] = me.read("roster").value
    return members


def _read(file: RosterText, known: Known) -> RosterFile:
    """The file as read; one that is no table is a roster with that one problem."""
    try:
        return read_roster(file.text.encode(), known)
    except FormatError as error:
        problem = RosterProblem(1, "", "", str(error), "save it from the spreadsheet as CSV UTF-8")
        return RosterFile((), (), (problem,), "utf-8", ",")


HANDLERS: tuple[Any, ...] = (invite, invitation_page, take_invitation, roster, *mine.HANDLERS)
