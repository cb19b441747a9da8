"""How a member comes in and is reached: invitations, channels, feeds. Of tokens only the digest is ever stated."""

from __future__ import annotations

import re
from typing import Final

from wayhome.mission.facts import people as f
from wayhome.mission.intents import people as i
from wayhome.mission.rules.common import ROSTER, Act, Decision, Refused, decides, in_person, must
from wayhome.mission.rules.people import may_set_password, not_erased
from wayhome.mission.state import World
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

LONGEST_DAYS = 30
MOST_CHANNELS = 10
LONGEST_CHANNEL = 1_000
CHANNEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9+.-]*://[^\s]+")
DIGEST: Final = re.compile(r"[0-9a-f]{32,128}")


def no_such_invitation() -> Refused:
    """The one refusal of every token that opens nothing: nobody can tell one that never was from one that was."""
    words = "this invitation opens nothing: it was used, was withdrawn, has run out or never was. Ask for a new one"
    return Refused("no such invitation", words)


def digest_of(given: str) -> str:
    """The digest, as it was stated. Refuses what cannot be one."""
    if not DIGEST.fullmatch(given):
        raise Refused("no digest", "a digest is 32 to 128 hexadecimal digits: state that of the token, not the token")
    return given


@decides(i.InviteMember)
def invite(intent: i.InviteMember, world: World, act: Act) -> Decision:
    may_set_password(world, act, intent.member)
    if not act.now.ms < intent.until.ms <= act.now.plus(days=LONGEST_DAYS).ms:
        raise Refused("how long", f"an invitation holds from now on for at most {LONGEST_DAYS} days")
    fact = f.MemberInvited(member=intent.member, digest=digest_of(intent.digest), until=intent.until)
    return Decision(in_person(intent.member, fact))


def invited(world: World, digest: str, now: Moment) -> PersonId:
    """Whom the token with this digest lets in. Refuses one that opens nothing."""
    for person in world.people.values():
        held = person.invitation
        if held is not None and held.digest == digest and held.state == "open" and now.ms < held.until.ms:
            return person.id
    raise no_such_invitation()


@decides(i.TakeInvitation)
def take(intent: i.TakeInvitation, world: World, act: Act) -> Decision:
    if act.by != intent.member or invited(world, intent.digest, act.now) != intent.member:
        raise no_such_invitation()
    taken = f.InvitationTaken(member=intent.member, digest=intent.digest)
    return Decision(in_person(intent.member, taken, f.PasswordSet(member=intent.member, hash=intent.hash)))


@decides(i.WithdrawInvitation)
def withdraw(intent: i.WithdrawInvitation, world: World, act: Act) -> Decision:
    must(world, act, ROSTER, "withdrawing an invitation")
    not_erased(world, intent.member)
    person = world.people.get(intent.member)
    if person is None or person.invitation is None or person.invitation.state != "open":
        raise Refused("none open", f"{world.name(intent.member)} has no open invitation: nothing is to be withdrawn")
    return Decision(in_person(intent.member, f.InvitationWithdrawn(member=intent.member)))


CODES: Final = 10


@decides(i.SetRecoveryCodes)
def set_recovery_codes(intent: i.SetRecoveryCodes, world: World, act: Act) -> Decision:
    not_erased(world, intent.member)
    must(world, act, frozenset({"self"}), "making recovery codes of one's own", member=intent.member)
    digests = tuple(dict.fromkeys(digest_of(given) for given in intent.digests))
    if len(digests) != CODES:
        raise Refused("how many", f"there are {CODES} recovery codes, each another: state as many digests")
    return Decision(in_person(intent.member, f.RecoveryCodesSet(member=intent.member, digests=digests)))


def no_such_code() -> Refused:
    """The one refusal of every name and code that open nothing: nobody learns who is here, or has codes."""
    words = "that name and recovery code open nothing: look whether the code was crossed out as used, and type it again"
    return Refused("no such code", words)


def recovering(world: World, name: str, digest: str) -> PersonId:
    """Who of that name or callsign holds the code with this digest. Refuses what opens nothing."""
    wanted = name.strip().casefold()
    for person in world.people.values():
        called = wanted in (person.name.casefold(), person.callsign.casefold())
        if called and person.recovery is not None and digest in person.recovery.left:
            return person.id
    raise no_such_code()


@decides(i.UseRecoveryCode)
def use_recovery_code(intent: i.UseRecoveryCode, world: World, act: Act) -> Decision:
    person = world.people.get(intent.member)
    held = person.recovery if person is not None else None
    if act.by != intent.member or held is None or intent.digest not in held.left:
        raise no_such_code()
    used = f.RecoveryCodeUsed(member=intent.member, digest=intent.digest)
    return Decision(in_person(intent.member, used, f.PasswordSet(member=intent.member, hash=intent.hash)))


@decides(i.SetChannels)
def set_channels(intent: i.SetChannels, world: World, act: Act) -> Decision:
    not_erased(world, intent.member)
    must(world, act, frozenset({"self", "clerk"}), "setting somebody's channels", member=intent.member)
    urls = tuple(dict.fromkeys(url.strip() for url in intent.urls))
    if len(urls) > MOST_CHANNELS:
        raise Refused("too many channels", f"{len(urls)} channels; at most {MOST_CHANNELS} are told")
    for number, url in enumerate(urls, start=1):
        if len(url) > LONGEST_CHANNEL or not CHANNEL.fullmatch(url):
            # Its words are not repeated: an address may hold a password.
            raise Refused("no channel", f"channel {number} is no address: write it like mailto://you@example.org")
    return Decision(in_person(intent.member, f.ChannelsSet(member=intent.member, urls=urls)))


@decides(i.NewFeed)
def new_feed(intent: i.NewFeed, world: World, act: Act) -> Decision:
    not_erased(world, intent.member)
    must(world, act, frozenset({"self"}), "the address of a calendar of one's own", member=intent.member)
    digest = digest_of(intent.digest) if intent.digest else ""
    return Decision(in_person(intent.member, f.FeedRenewed(member=intent.member, digest=digest)))


def feed_of(world: World, digest: str) -> PersonId | None:
    """Whose calendar the secret address with this digest leads to."""
    return next((person.id for person in world.people.values() if digest and person.feed == digest), None)
