"""Secrets that somebody carries: made at the edge, given out once; only their digest is ever kept."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from wayhome.mission.intents.people import InviteMember, NewFeed, SetRecoveryCodes
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId

INVITATION_HOURS = 24
CODES = 10
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""None that is easily taken for another: i, l and o are read as 1, 1 and 0, and there is no u."""
CODE_GROUPS, GROUP = 6, 4
"""24 letters of 32: 120 bits, so that a plain digest of one cannot be tried through."""

NewToken = Callable[[], str]


def new_token() -> str:
    """192 bits, fit for an address and for a command line: it never begins with a dash, which would be an option."""
    return secrets.token_hex(24)


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


def new_code() -> str:
    """A recovery code, in groups that can be written down and typed."""
    return "-".join("".join(secrets.choice(CODE_LETTERS) for _ in range(GROUP)) for _ in range(CODE_GROUPS))


READ_AS = str.maketrans("ilo", "110", " -\t\u2010\u2011\u2013")


def plain_code(typed: str) -> str:
    """A recovery code, however its groups and letters were typed."""
    return typed.strip().casefold().translate(READ_AS)


def digest_of_code(typed: str) -> str:
    """The digest of a recovery code."""
    return digest_of(plain_code(typed))


def new_recovery_codes(me: Session, *, new_code: NewToken = new_code) -> tuple[str, ...]:
    """Ten codes by each of which whoever asks may once set a new password; all earlier ones end. Raises Refused."""
    codes = tuple(new_code() for _ in range(CODES))
    me.do(SetRecoveryCodes(member=me.viewer, digests=tuple(map(digest_of_code, codes))))
    return codes
