"""Who comes in, as whom, and for what their password is asked again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from wayhome.access.seen import Seen
from wayhome.assembly import tokens
from wayhome.assembly.house import NotSignedIn, SignIn
from wayhome.assembly.rings import Rings
from wayhome.assembly.sessions import SURE_MINUTES, Device, Sessions
from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.links import passwords
from wayhome.log.drawer_store import LogWithDrawers
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.care import LetCarerIn, MakeCareKey, MakeDeskKey
from wayhome.mission.intents.people import (
    ErasePerson,
    NewFeed,
    SetChannels,
    SetPassword,
    SetRecoveryCodes,
    TakeInvitation,
    UseRecoveryCode,
)
from wayhome.mission.intents.secrecy import BreakGlass
from wayhome.mission.rules import Refused
from wayhome.mission.rules.entering import feed_of, invited, recovering
from wayhome.mission.state import Person
from wayhome.usecases.acting import Acting, Done
from wayhome.usecases.care.ports import Ring
from wayhome.usecases.ones_own import ones_own
from wayhome.usecases.ports import LogError
from wayhome.usecases.session import CareIn, LocalSession
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

LONGEST_PASSWORD = 1_000
TERMINAL = Device()
ASKS_FOR_THE_PASSWORD: tuple[type[Intent], ...] = (
    SetPassword, SetRecoveryCodes, SetChannels, NewFeed, ErasePerson, BreakGlass, MakeCareKey, MakeDeskKey, LetCarerIn,
)  # fmt: skip
"""What whoever finds a desk left open must not be able to do: it would keep them in, or cannot be undone."""


def not_sure() -> Refused:
    words = f"this asks for your password again: confirm it, then do this within {SURE_MINUTES} minutes"
    return Refused("password again", f"{words} (here: at the desk in Settings, or `wayhome login NAME`)")


class DoorSession(LocalSession):
    """A session of somebody who came in by a token: before some deeds their password is asked again."""

    def __init__(self, *inside: Any, may: Callable[[Intent], None], **more: Any) -> None:
        super().__init__(*inside, **more)
        self._may = may

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        self._may(intent)
        return super().do(intent, key=key)


class Doors(ABC):
    """Signing in and out, by password, invitation or recovery code; every session, and what it may do unasked."""

    log: LogWithDrawers
    acting: Acting
    clock: Callable[[], Moment]
    rings: Rings
    _signed_in: Sessions

    @abstractmethod
    def _inside(self, person: PersonId) -> tuple[Any, ...]:
        """What a session of somebody is made of."""

    @abstractmethod
    def _law(self) -> Jurisdiction:
        """What holds for care here, with the organisation's own crisis numbers."""

    @abstractmethod
    def _care_of(self, ring: Ring) -> CareIn:
        """Care, as whoever holds the ring."""

    def as_member(self, person: PersonId) -> LocalSession:
        """A session without a password, with the keys of care: for the exercises and tests, never for a face."""
        return LocalSession(*self._inside(person), law=self._law, care=lambda: self._care_of(self.rings.lend(person)))

    def _as(self, person: PersonId) -> LocalSession:
        """A session of somebody who is only just coming in: nothing of care is open to it."""
        return LocalSession(*self._inside(person), law=self._law)

    def session(self, token: str, *, openly: bool = False) -> LocalSession:
        """As in `House`. `openly`: over a way that others may overhear, where nothing secret and no care may pass."""
        return DoorSession(
            *self._inside(self.person_of(token)),
            heed=lambda intent: self._heed(intent, token),
            may=lambda intent: self._must_be_sure(intent, token),
            openly=openly,
            law=self._law,
            care=lambda: self._care_of(self._ring_of(token)),
        )

    def _ring_of(self, token: str) -> Ring:
        """The keys of whoever the token stands for. Refuses where they are not in memory: after a start, say."""
        ring = self.rings.of(self._signed_in.id_of(token))
        if ring is None:
            words = "your password opens what is said in care, and is asked for again: confirm it, then do this"
            raise Refused("password again", f"{words} (here: at the desk in Settings, or `wayhome login NAME`)")
        return ring

    def lend_keys(self, token: str) -> None:
        """The keys of care without a password: for exercises that go through the desk, never for a face."""
        self.rings.lend_to(self._signed_in.id_of(token), self.person_of(token))

    def open_care(self, token: str, password: str) -> None:
        """As in `House`."""
        person = self.person_of(token)
        self._must_fit(person, password)
        self.rings.open(person, password, self._signed_in.id_of(token))

    def _must_be_sure(self, intent: Intent, token: str) -> None:
        if isinstance(intent, ASKS_FOR_THE_PASSWORD) and not self._signed_in.is_sure(token):
            raise not_sure()

    def _heed(self, intent: Intent, token: str) -> None:
        """A new password ends every other session of its member, and erasing somebody all of theirs."""
        match intent:
            case SetPassword(member=member):
                self._signed_in.end_all_of(member, but=token)
            case ErasePerson(member=member):
                self._signed_in.end_all_of(member)

    def person_of(self, token: str) -> PersonId:
        return self._signed_in.person_of(token)

    def session_id(self, token: str) -> str:
        """By what a page that listens asks whether it is still signed in. Raises NotSignedIn."""
        return self._signed_in.id_of(token)

    def still_holds(self, session_id: str) -> bool:
        return self._signed_in.still_holds(session_id)

    # Coming in

    def sign_in(self, name: str, password: str, device: Device = TERMINAL) -> tuple[str, str]:
        wanted = name.strip().casefold()
        found = [p for p in self._people() if wanted in (p.name.casefold(), p.callsign.casefold())]
        fitting = [person for person in found if passwords.fits(password, person.password)]
        if not found:
            passwords.fits(password, "")  # an unknown name takes as long as a wrong password
        if len(fitting) != 1:
            raise NotSignedIn("name and password do not fit together, or that member has no password yet")
        return self._in_with(fitting[0].id, password, device), fitting[0].name

    def _in_with(self, person: PersonId, password: str, device: Device) -> str:
        """A token for whoever gave their password, with the keys that it opens; a full disk keeps nobody out."""
        token = self.let_in(person, device)
        with suppress(LogError, Refused):
            self.rings.open(person, password, self._signed_in.id_of(token))
        return token

    def _people(self) -> list[Person]:
        with self.acting.lock:
            return [*self.acting.standing.world.people.values()]

    def let_in(self, person: PersonId, device: Device = TERMINAL) -> str:
        """A token for somebody who gave no password: whoever calls this knows otherwise who they are."""
        return self._signed_in.open(person, device)

    def invite(self, token: str, member: PersonId, *, hours: float = tokens.INVITATION_HOURS) -> str:
        return tokens.invite(self.session(token), member, hours=hours)

    def take_invitation(self, invitation: str, password: str, device: Device = TERMINAL) -> tuple[str, str]:
        _must_do(password)
        digest = tokens.digest_of(invitation)
        with self.acting.lock:
            member = invited(self.acting.standing.world, digest, self.clock())
        self._as(member).do(TakeInvitation(member=member, digest=digest, hash=passwords.hashed(password)))
        return self._in_anew(member, password, device)

    def recover(self, name: str, code: str, password: str, device: Device = TERMINAL) -> tuple[str, str]:
        """As in `House`. Takes as long for a wrong code or an unknown name as for a right one."""
        _must_do(password)
        hashed, digest = passwords.hashed(password), tokens.digest_of_code(code)
        with self.acting.lock:
            member = recovering(self.acting.standing.world, name, digest)
        self.rings.recover(member, code, password)
        self._as(member).do(UseRecoveryCode(member=member, digest=digest, hash=hashed))
        return self._in_anew(member, password, device)

    def _in_anew(self, member: PersonId, password: str, device: Device) -> tuple[str, str]:
        """Their password is new: whoever was in by the old one is out."""
        self._signed_in.end_all_of(member)
        return self._in_with(member, password, device), self.acting.standing.world.name(member)

    # While in

    def confirm(self, token: str, password: str) -> str:
        """As in `House`."""
        person = self.person_of(token)
        self._must_fit(person, password)
        with suppress(LogError, Refused):
            self.rings.open(person, password, self._signed_in.id_of(token))
        return self._signed_in.renew(token)

    def _must_fit(self, person: PersonId, password: str) -> None:
        with self.acting.lock:
            found = self.acting.standing.world.people.get(person)
        if not passwords.fits(password, found.password if found else ""):
            raise Refused("wrong password", "that is not your password as it is now: type it again")

    def change_password(self, token: str, old: str, new: str) -> str:
        """Sets another password for whoever knows the one before: their new token. All else of theirs ends."""
        person = self.person_of(token)
        self._must_fit(person, old)
        _must_do(new)
        self.rings.change(person, old, new)
        self._as(person).do(SetPassword(member=person, hash=passwords.hashed(new)))
        self._signed_in.end_all_of(person, but=token)
        self.rings.open(person, new, self._signed_in.id_of(token))
        return self._signed_in.renew(token)

    def new_recovery_codes(self, token: str) -> tuple[str, ...]:
        ring = self._ring_of(token)
        codes = tokens.new_recovery_codes(self.session(token))
        self.rings.under_codes(ring, codes)
        return codes

    def new_feed(self, token: str) -> str:
        return tokens.new_feed(self.session(token))

    def feed_viewer(self, token: str) -> PersonId | None:
        """Whose calendar a secret address leads to; None where it leads nowhere."""
        with self.acting.lock:
            return feed_of(self.acting.standing.world, tokens.digest_of(token))

    def session_by_feed(self, token: str) -> LocalSession | None:
        """Wayhome as the owner of a calendar's secret address, for making that calendar; None where nobody is."""
        owner = self.feed_viewer(token)
        return self._as(owner) if owner is not None else None

    # Where else, and out

    def sign_ins(self, token: str) -> Seen[tuple[SignIn, ...]]:
        viewer, world = self.person_of(token), self.acting.standing.world
        found = self._signed_in.of(token, world.organisation.zone)
        return ones_own(found, self.acting.standing, viewer)

    def end_sign_in(self, token: str, session_id: str) -> None:
        if not self._signed_in.end_one(self.person_of(token), session_id):
            raise Refused("not signed in there", "you are not signed in there any more: nothing is left to end")

    def end_other_sign_ins(self, token: str) -> None:
        self._signed_in.end_all_of(self.person_of(token), but=token)

    def sign_out(self, token: str) -> None:
        self._signed_in.end(token)


def _must_do(password: str) -> None:
    """Refuses a password that is too short or too long."""
    if not passwords.SHORTEST <= len(password) <= LONGEST_PASSWORD:
        lengths = f"{passwords.SHORTEST} to {LONGEST_PASSWORD:,}"
        raise Refused("no password", f"a password has {lengths} letters: choose another")
