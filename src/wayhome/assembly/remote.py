"""A data folder that a running server owns, used over its local socket."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import msgspec

from wayhome.access.seen import Seen, received
from wayhome.assembly.house import SignIn
from wayhome.assembly.tokens import INVITATION_HOURS, invite, new_feed
from wayhome.assembly.wire import ADVICE, CARE_READS, READS, Call, Reply, raise_again, shape
from wayhome.engines.care import stated
from wayhome.engines.care.stated import CareIntent
from wayhome.links.terrain_store import TERRAIN_FOLDER, FolderTerrains
from wayhome.log.socket_client import SocketClient, is_served
from wayhome.mission import intents
from wayhome.mission.intents.base import Intent
from wayhome.usecases.acting import Done
from wayhome.usecases.keeping import Merged
from wayhome.usecases.ports import Finding
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


def connect(data: Path) -> RemoteHouse | None:
    """The server of a folder, or None where none runs."""
    return RemoteHouse(SocketClient(data), FolderTerrains(data / TERRAIN_FOLDER)) if is_served(data) else None


class RemoteHouse:
    """The house of a server on this machine."""

    notices: tuple[str, ...] = ()

    def __init__(self, client: SocketClient, terrains: FolderTerrains) -> None:
        self._client = client
        self.terrains = terrains

    def call(self, call: Call) -> Reply:
        """One call. Raises what the server raised, and LogError when it cannot be reached."""
        reply = msgspec.msgpack.decode(self._client.ask(msgspec.msgpack.encode(call)), type=Reply)
        if reply.fault is not None:
            raise_again(reply.fault)
        return reply

    def sign_in(self, name: str, password: str) -> tuple[str, str]:
        body = msgspec.json.encode((name, password))
        return msgspec.json.decode(self.call(Call(what="sign_in", body=body)).body, type=tuple[str, str])

    def sign_out(self, token: str) -> None:
        self.call(Call(what="sign_out", token=token))

    def invite(self, token: str, member: PersonId, *, hours: float = INVITATION_HOURS) -> str:
        return invite(self.session(token), member, hours=hours)

    def take_invitation(self, invitation: str, password: str) -> tuple[str, str]:
        body = msgspec.json.encode((invitation, password))
        return msgspec.json.decode(self.call(Call(what="take_invitation", body=body)).body, type=tuple[str, str])

    def recover(self, name: str, code: str, password: str) -> tuple[str, str]:
        body = msgspec.json.encode((name, code, password))
        return msgspec.json.decode(self.call(Call(what="recover", body=body)).body, type=tuple[str, str])

    def new_recovery_codes(self, token: str) -> tuple[str, ...]:
        reply = self.call(Call(what="new_recovery_codes", token=token))
        return msgspec.json.decode(reply.body, type=tuple[str, ...])

    def confirm(self, token: str, password: str) -> str:
        body = msgspec.json.encode(password)
        return msgspec.json.decode(self.call(Call(what="confirm", token=token, body=body)).body, type=str)

    def open_care(self, token: str, password: str) -> None:
        self.call(Call(what="open_care", token=token, body=msgspec.json.encode(password)))

    def change_password(self, token: str, old: str, new: str) -> str:
        call = Call(what="change_password", token=token, body=msgspec.json.encode((old, new)))
        return msgspec.json.decode(self.call(call).body, type=str)

    def sign_ins(self, token: str) -> Seen[tuple[SignIn, ...]]:
        reply = self.call(Call(what="sign_ins", token=token))
        return received(msgspec.json.decode(reply.body, type=tuple[SignIn, ...]), PersonId(reply.viewer))

    def end_sign_in(self, token: str, session_id: str) -> None:
        self.call(Call(what="end_sign_in", token=token, name=session_id))

    def end_other_sign_ins(self, token: str) -> None:
        self.call(Call(what="end_other_sign_ins", token=token))

    def new_feed(self, token: str) -> str:
        return new_feed(self.session(token))

    def session(self, token: str) -> RemoteSession:
        return RemoteSession(self, token)

    def verify(self, token: str) -> list[Finding]:
        return msgspec.json.decode(self.call(Call(what="verify", token=token)).body, type=list[Finding])

    def rebuild(self, token: str) -> None:
        self.call(Call(what="rebuild", token=token))

    def backup(self, token: str, path: Path) -> None:
        self.call(Call(what="backup", token=token, name=str(path.resolve())))

    def exchange(self, token: str) -> bytes:
        return self.call(Call(what="exchange", token=token)).body

    def merge(self, token: str, exchange: bytes) -> Merged:
        return msgspec.json.decode(self.call(Call(what="merge", token=token, body=exchange)).body, type=Merged)

    def close(self) -> None:
        self._client.close()


class RemoteSession:
    """A session in the server, as the member whose token this is."""

    def __init__(self, house: RemoteHouse, token: str) -> None:
        self._house = house
        self._token = token
        self._viewer = PersonId(house.call(Call(what="viewer", token=token)).viewer)

    @property
    def viewer(self) -> PersonId:
        return self._viewer

    def now(self) -> Moment:
        return msgspec.json.decode(self._house.call(Call(what="now", token=self._token)).body, type=Moment)

    def do(self, intent: Intent, *, key: str | None = None) -> Done:
        call = Call(what="do", token=self._token, key=key or secrets.token_hex(16), body=intents.encode(intent))
        return msgspec.json.decode(self._house.call(call).body, type=Done)

    def read(self, name: str, **arguments: Any) -> Seen[Any]:
        call = Call(what="read", token=self._token, name=name, body=msgspec.json.encode(arguments))
        return self._seen(self._house.call(call), shape(READS, name))

    def advise(self, name: str, **arguments: Any) -> Seen[Any]:
        call = Call(what="advise", token=self._token, name=name, body=msgspec.json.encode(arguments))
        return self._seen(self._house.call(call), shape(ADVICE, name))

    def care_do(self, intent: CareIntent, *, key: str | None = None) -> Done:
        key = key or secrets.token_hex(16)
        call = Call(what="care_do", token=self._token, key=key, body=stated.encode(intent))
        return msgspec.json.decode(self._house.call(call).body, type=Done)

    def care_read(self, name: str, **arguments: Any) -> Seen[Any]:
        call = Call(what="care_read", token=self._token, name=name, body=msgspec.json.encode(arguments))
        return self._seen(self._house.call(call), shape(CARE_READS, name))

    def _seen(self, reply: Reply, kind: Any) -> Seen[Any]:
        return received(msgspec.json.decode(reply.body, type=kind), PersonId(reply.viewer))
