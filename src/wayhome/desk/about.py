"""Who is here, and by which words and lists the desk speaks: what every page needs first."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import Parameter

from wayhome import __version__
from wayhome.desk.signed import house_of, is_overheard, me_of, signed_in, token_of
from wayhome.desk.statics import STATICS
from wayhome.faces.names import names
from wayhome.formats.coordinates import parse_place
from wayhome.formats.errors import BadProfile
from wayhome.formats.logwords import LogWords
from wayhome.links.profiles import load_profile
from wayhome.mission.moves import MISSION_MOVES
from wayhome.mission.rules.log import INSTRUCTIONS, TRIAGE
from wayhome.mission.rules.papers import EXPOSURES
from wayhome.mission.views.shapes import OrganisationView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to choose from: the organisation's own words, as data."""

    canned: dict[str, str]
    statuses: tuple[str, ...]
    triage: tuple[str, ...]
    clue_instructions: tuple[str, ...]
    exposures: tuple[str, ...]
    moves: dict[str, tuple[str, ...]]
    """From each state of a mission, the states it may go to."""


class Here(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in, of what organisation, and what this desk is."""

    viewer: PersonId
    name: str
    organisation: OrganisationView
    now: Moment
    version: str
    program: str
    """Changes with the desk's own files: a tab that runs another program offers to load anew."""
    lists: Lists
    terrains: tuple[str, ...]
    overheard: bool
    """Others may overhear this connection: nothing secret and no care is shown over it."""


@get("/api/here", sync_to_thread=True, tags=["desk"], summary="Who is signed in, and the lists the desk speaks by")
def here(request: Request[Any, Any, Any]) -> Here:
    me = me_of(request)
    organisation: OrganisationView = me.read("organisation").value
    return Here(
        viewer=me.viewer,
        name=names(me).get(str(me.viewer), ""),
        organisation=organisation,
        now=me.now(),
        version=__version__,
        program=STATICS.version,
        lists=_lists(organisation.profile),
        terrains=tuple(house_of(request).terrains.names()),
        overheard=is_overheard(request),
    )


def _lists(profile: str) -> Lists:
    try:
        words = load_profile(profile).log_words((), {})
    except BadProfile:
        words = LogWords()
    return Lists(
        canned=dict(words.canned),
        statuses=tuple(one.status for one in words.statuses),
        triage=tuple(one for one in TRIAGE if one),
        clue_instructions=tuple(one for one in INSTRUCTIONS if one),
        exposures=tuple(EXPOSURES),
        moves=_moves(),
    )


def _moves() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for start, end in MISSION_MOVES:
        found[start] = (*found.get(start, ()), end)
    return found


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, msgspec.Meta(max_length=200)]
    password: Annotated[str, msgspec.Meta(max_length=1000)]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Send the token as `Authorization: Bearer TOKEN`."""

    token: str
    name: str


@post("/api/sign-in", status_code=200, tags=["desk"], summary="Signs in by name and password")
async def sign_in(request: Request[Any, Any, Any], data: Credentials) -> SignedIn:
    """Gives a token. The same name may be tried five times a minute."""
    token, name = await signed_in(request, data.name, data.password)
    return SignedIn(token=token, name=name)


@post("/api/sign-out", sync_to_thread=True, status_code=204, tags=["desk"], summary="Ends the sign-in")
def sign_out(request: Request[Any, Any, Any]) -> None:
    house_of(request).sign_out(token_of(request))


@get("/api/place", sync_to_thread=True, tags=["desk"], summary="What place some words name")
def place(
    request: Request[Any, Any, Any], words: str = Parameter(max_length=200), mission: MissionId | None = None
) -> Place:
    """A place in any usual spelling; near the mission's own point also a shortened grid."""
    me = me_of(request)
    return parse_place(words, near=_near(me, mission) if mission else None)


def _near(me: Session, mission: MissionId) -> Place | None:
    held = me.read("mission", mission=mission).value
    found: Place | None = held.last_point or held.initial_point or held.place
    return found
