"""Who is signed in: each session by the digest of its token, kept sealed beside the record."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import msgspec

from wayhome.assembly.house import NotSignedIn
from wayhome.assembly.tokens import digest_of, new_token
from wayhome.usecases.ports import Log
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

SESSIONS = "sessions"
SESSION_HOURS = 24


class _Held(msgspec.Struct):
    person: PersonId
    until_ms: int


class Sessions:
    """Open sessions. Thread-safe; the one process that owns the record keeps them in memory as well."""

    def __init__(self, log: Log, clock: Callable[[], Moment]) -> None:
        self._log = log
        self._clock = clock
        self._lock = threading.Lock()
        body = log.snapshot(SESSIONS)
        self._held = msgspec.msgpack.decode(body, type=dict[str, _Held]) if body else {}

    def open(self, person: PersonId) -> str:
        """A token that stands for somebody from now on, for a day."""
        token = new_token()
        until = self._clock().ms + int(timedelta(hours=SESSION_HOURS).total_seconds() * 1000)
        with self._lock:
            held = {**self._still_open(), digest_of(token): _Held(person, until)}
            self._keep(held)
            self._held = held
        return token

    def person_of(self, token: str) -> PersonId:
        """Whom a token stands for. Raises NotSignedIn."""
        held = self._held.get(digest_of(token))
        if held is None or held.until_ms <= self._clock().ms:
            raise NotSignedIn("you are not signed in: `wayhome login NAME`")
        return held.person

    def end(self, token: str) -> None:
        """The token stands for nobody any more."""
        with self._lock:
            self._end({digest_of(token)})

    def end_all_of(self, person: PersonId, *, but: str = "") -> None:
        """Nobody is signed in as this person any more, but by the one token where it is given."""
        kept = digest_of(but)
        with self._lock:
            self._end({digest for digest, held in self._held.items() if held.person == person and digest != kept})

    def _end(self, digests: set[str]) -> None:
        """Ends them at once, whether or not the disk will have it."""
        self._held = {digest: held for digest, held in self._still_open().items() if digest not in digests}
        self._keep(self._held)

    def _still_open(self) -> dict[str, _Held]:
        now_ms = self._clock().ms
        return {digest: held for digest, held in self._held.items() if held.until_ms > now_ms}

    def _keep(self, held: dict[str, _Held]) -> None:
        self._log.put_snapshot(SESSIONS, msgspec.msgpack.encode(held))
