"""Who is signed in: each session by the digest of its token, kept sealed beside the record.

A session ends when it is signed out, a day after it began, or when nothing was asked in it for half a day. Its token is
replaced whenever its member gives their password again; what is listed and revoked goes by an id that stays.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import msgspec

from wayhome.assembly.house import NotSignedIn, SignIn
from wayhome.assembly.tokens import digest_of, new_token
from wayhome.usecases.ports import Log, LogError
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

SESSIONS = "sessions"
SESSION_HOURS = 24
IDLE_HOURS = 12
"""A page that is open asks by itself, so that only a device that is off or out of reach falls silent."""
SURE_MINUTES = 10
"""So long after giving the password a member may do what asks for it."""
NOTED_MINUTES = 10
"""When somebody was last there is written down no more often."""
MOST_EACH = 100
"""Open sessions of one member; the one longest silent makes room."""

HERE = "this machine"


class Device(msgspec.Struct, frozen=True):
    """What somebody signs in by, in a few known words, and from what kind of address; never the address itself."""

    name: str = "a terminal"
    network: str = HERE


class _Held(msgspec.Struct):
    person: PersonId
    until_ms: int
    id: str = msgspec.field(default_factory=lambda: secrets.token_hex(8))
    device: Device = Device("an earlier version", "")
    first_ms: int = 0
    seen_ms: int = 0
    noted_ms: int = 0
    sure_until_ms: int = 0

    def holds(self, now_ms: int) -> bool:
        return now_ms < self.until_ms and now_ms < self.seen_ms + _ms(hours=IDLE_HOURS)


def _ms(**span: float) -> int:
    return int(timedelta(**span).total_seconds() * 1000)


class Sessions:
    """Open sessions. Thread-safe; the one process that owns the record keeps them in memory as well."""

    def __init__(self, log: Log, clock: Callable[[], Moment]) -> None:
        self._log = log
        self._clock = clock
        self._lock = threading.Lock()
        self.ended: Callable[[frozenset[PersonId]], None] = lambda _members: None
        """Called, from any thread, with those of whom some session has ended."""
        body = log.snapshot(SESSIONS)
        self._held = msgspec.msgpack.decode(body, type=dict[str, _Held]) if body else {}
        for held in self._held.values():
            held.seen_ms = held.seen_ms or clock().ms  # kept by a version that did not note it

    def open(self, person: PersonId, device: Device = Device()) -> str:  # noqa: B008  # frozen
        """A token that stands for somebody from now on. Whoever calls this has made sure of who they are."""
        token, now_ms = new_token(), self._clock().ms
        session = _Held(person, now_ms + _ms(hours=SESSION_HOURS), device=device)
        session.first_ms = session.seen_ms = session.noted_ms = now_ms
        session.sure_until_ms = now_ms + _ms(minutes=SURE_MINUTES)
        with self._lock:
            held = {**self._with_room_for(person), digest_of(token): session}
            self._keep(held)
            self._held = held
        return token

    def _with_room_for(self, person: PersonId) -> dict[str, _Held]:
        held = self._still_open()
        theirs = sorted((one.seen_ms, digest) for digest, one in held.items() if one.person == person)
        for _, digest in theirs[: max(0, len(theirs) + 1 - MOST_EACH)]:
            del held[digest]
        return held

    def person_of(self, token: str) -> PersonId:
        """Whom a token stands for; it is noted that they are there. Raises NotSignedIn."""
        held, now_ms = self._of(token), self._clock().ms
        held.seen_ms = max(held.seen_ms, now_ms)
        if now_ms - held.noted_ms >= _ms(minutes=NOTED_MINUTES):
            held.noted_ms = now_ms
            with self._lock, suppress(LogError):  # a full disk keeps nobody out who is in
                self._keep(self._held)
        return held.person

    def _of(self, token: str) -> _Held:
        held = self._held.get(digest_of(token))
        if held is None or not held.holds(self._clock().ms):
            raise NotSignedIn("you are not signed in: `wayhome login NAME`")
        return held

    def id_of(self, token: str) -> str:
        """What a session is listed and revoked by; it stays when its token is replaced. Raises NotSignedIn."""
        return self._of(token).id

    def still_holds(self, id: str) -> bool:
        """Whether a session is open; a page that listens is there, and that is noted."""
        now_ms = self._clock().ms
        held = next((one for one in [*self._held.values()] if one.id == id), None)
        if held is None or not held.holds(now_ms):
            return False
        held.seen_ms = max(held.seen_ms, now_ms)
        return True

    def open_ids(self) -> frozenset[str]:
        """The ids of all sessions that are open, without noting that anybody is there."""
        return frozenset(held.id for held in self._still_open().values())

    def is_sure(self, token: str) -> bool:
        """Whether the password was given a short while ago. Raises NotSignedIn."""
        return self._clock().ms < self._of(token).sure_until_ms

    def renew(self, token: str) -> str:
        """Another token for the same session, whose member has just given their password. Raises NotSignedIn."""
        fresh = new_token()
        with self._lock:
            session = msgspec.structs.replace(self._of(token))
            session.sure_until_ms = self._clock().ms + _ms(minutes=SURE_MINUTES)
            held = {digest: one for digest, one in self._still_open().items() if digest != digest_of(token)}
            held[digest_of(fresh)] = session
            self._keep(held)
            self._held = held
        return fresh

    def of(self, token: str, zone: str) -> tuple[SignIn, ...]:
        """Where the member of a token is signed in, the last one there first. Raises NotSignedIn."""
        mine = self._of(token)
        theirs = [one for one in self._still_open().values() if one.person == mine.person]
        return tuple(
            SignIn(
                id=one.id,
                device=one.device.name,
                network=one.device.network,
                first=Moment(one.first_ms or one.seen_ms, zone),
                last=Moment(one.seen_ms, zone),
                until=Moment(min(one.until_ms, one.seen_ms + _ms(hours=IDLE_HOURS)), zone),
                here=one is mine,
            )
            for one in sorted(theirs, key=lambda one: (-one.seen_ms, one.id))
        )

    def end(self, token: str) -> None:
        """The token stands for nobody any more."""
        with self._lock:
            self._end({digest_of(token)})

    def end_one(self, person: PersonId, id: str) -> bool:
        """Ends one session of a member by its id; whether there was such a one."""
        with self._lock:
            found = {digest for digest, held in self._held.items() if held.person == person and held.id == id}
            if found:
                self._end(found)
        return bool(found)

    def end_all_of(self, person: PersonId, *, but: str = "") -> None:
        """Nobody is signed in as this person any more, but by the one token where it is given."""
        kept = digest_of(but)
        with self._lock:
            self._end({digest for digest, held in self._held.items() if held.person == person and digest != kept})

    def _end(self, digests: set[str]) -> None:
        """Ends them at once, whether or not the disk will have it."""
        members = frozenset(held.person for digest, held in self._held.items() if digest in digests)
        self._held = {digest: held for digest, held in self._still_open().items() if digest not in digests}
        self.ended(members)
        self._keep(self._held)

    def _still_open(self) -> dict[str, _Held]:
        now_ms = self._clock().ms
        return {digest: held for digest, held in self._held.items() if held.holds(now_ms)}

    def _keep(self, held: dict[str, _Held]) -> None:
        self._log.put_snapshot(SESSIONS, msgspec.msgpack.encode(held))
