"""Secrets that somebody carries: made at the edge, given out once; only their digest is ever kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from wayhome.mission.intents.people import InviteMember, NewFeed
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId

INVITATION_HOURS = 24

NewToken = Callable[[], str]


def new_token() -> str:
    """192 bits, fit for an address."""
    return secrets.token_urlsafe(24)


def digest_of(token: str) -> str:
    return hashlib.blake2b(token.encode(), digest_size=16).hexdigest()


def invite(me: Session, member: PersonId, *, hours: float = INVITATION_HOURS, new_token: NewToken = new_token) -> str:
    """Invites a member to set a password; the token that lets them, to be used once. Raises Refused."""
    token = new_token()
    me.do(InviteMember(member=member, digest=digest_of(token), until=me.now().plus(hours=hours)))
    return token


def new_feed(me: Session, *, new_token: NewToken = new_token) -> str:
    """Gives the calendar of whoever asks a new secret address: the token that stands in it. Raises Refused."""
    token = new_token()
    me.do(NewFeed(member=me.viewer, digest=digest_of(token)))
    return token
