"""What a face holds of a data folder, wherever it is owned."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from wayhome.access.seen import Seen
from wayhome.usecases.keeping import Merged
from wayhome.usecases.ports import Finding, TerrainStore
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


class NotSignedIn(Exception):
    """Nobody is signed in, or not as that member; the text says how to."""


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """One place where a member is signed in, for them alone. `here`: the very one that asks."""

    id: str
    device: str
    network: str
    first: Moment
    last: Moment
    until: Moment
    here: bool


class House(Protocol):
    """A data folder in use: here, or in the server that owns it."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever opened it should know (a copied folder, say)."""
        ...

    @property
    def terrains(self) -> TerrainStore:
        """The grounds held beside the record: public data, no secret, so anybody who can open the folder has them."""
        ...

    def sign_in(self, name: str, password: str) -> tuple[str, str]:
        """A token for the member of that name, and the name. Raises NotSignedIn."""
        ...

    def sign_out(self, token: str) -> None:
        """Ends a session; a token that stands for nobody is passed over."""
        ...

    def invite(self, token: str, member: PersonId, *, hours: float = 24) -> str:
        """Invites a member to set a password: the token, to be used once within so many hours. Raises Refused."""
        ...

    def take_invitation(self, invitation: str, password: str) -> tuple[str, str]:
        """Sets the password of whoever holds the invitation and signs them in: token and name. Raises Refused."""
        ...

    def recover(self, name: str, code: str, password: str) -> tuple[str, str]:
        """Sets a new password by a recovery code, and signs its member in: token and name. Raises Refused."""
        ...

    def new_recovery_codes(self, token: str) -> tuple[str, ...]:
        """Ten codes for whoever asks, each good for one new password; earlier ones end. Raises Refused."""
        ...

    def confirm(self, token: str, password: str) -> str:
        """Whoever asks gives their password again: their new token, with which they may do what asks for it.

        The token before ends. Raises Refused where it is not their password.
        """
        ...

    def open_care(self, token: str, password: str) -> None:
        """Puts the keys of whoever asks in memory, for this session: what is said in care is open to it from then on.

        Signing in and confirming do it by themselves. Raises Refused where it is not their password.
        """
        ...

    def change_password(self, token: str, old: str, new: str) -> str:
        """Another password for whoever knows the one before, and the same keys: their new token. Raises Refused."""
        ...

    def sign_ins(self, token: str) -> Seen[tuple[SignIn, ...]]:
        """Where whoever asks is signed in, the last one there first."""
        ...

    def end_sign_in(self, token: str, session_id: str) -> None:
        """Ends one of one's own sessions. Raises Refused where there is no such."""
        ...

    def end_other_sign_ins(self, token: str) -> None:
        """Ends every session of whoever asks but this one."""
        ...

    def new_feed(self, token: str) -> str:
        """Gives the calendar of whoever asks a new secret address, and ends the earlier: the token. Raises Refused."""
        ...

    def session(self, token: str) -> Session:
        """Wayhome as whoever the token stands for. Raises NotSignedIn."""
        ...

    def verify(self, token: str) -> list[Finding]:
        """Checks the whole record."""
        ...

    def rebuild(self, token: str) -> None:
        """Makes every row anew from the facts."""
        ...

    def backup(self, token: str, path: Path) -> None:
        """Writes a consistent copy of everything, encrypted as the folder is. Raises LogError."""
        ...

    def exchange(self, token: str) -> bytes:
        """Everything written here, as one sealed file for another laptop."""
        ...

    def merge(self, token: str, exchange: bytes) -> Merged:
        """Takes in another laptop's exchange."""
        ...

    def close(self) -> None: ...
