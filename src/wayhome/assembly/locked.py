"""A data folder served without its key: nothing can be read, but what falls due still rings, and a key opens it."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from wayhome.assembly.wire import Call, Reply
from wayhome.log import folder
from wayhome.log.keys import Unlock, open_slots, read_slots
from wayhome.log.lock import FolderLock
from wayhome.log.socket_client import SocketClient, is_served
from wayhome.log.socket_server import SocketServer
from wayhome.usecases.ports import Locked, LogError

UNLOCK = "unlock"
REPLY_S = 0.3
"""Time for the answer to reach whoever unlocked before their connection is hung up."""
LOCKED = "the record is locked: `wayhome unlock`, or type the passphrase where it is served"


class LockedFolder:
    """Holds a folder and its socket until a passphrase that opens it comes; then `close` it and open the house."""

    def __init__(self, data: Path) -> None:
        """Raises Locked when another process has the folder, LogError when it holds no record."""
        if not folder.is_folder(data):
            raise LogError(f"{data} holds no record: make one with `wayhome init`, or restore a backup")
        self._data = data
        self._told: set[str] = set()
        self.opened = threading.Event()
        self.passphrase = ""
        self._lock = FolderLock(data)
        try:
            self._server = SocketServer(self._lock, self._answer)
        except LogError:
            self._lock.release()
            raise

    def unlock(self, passphrase: str) -> None:
        """Tries a passphrase; the right one sets `opened`. Raises WrongKey."""
        self._try(passphrase)
        self.opened.set()

    def _try(self, passphrase: str) -> None:
        open_slots(read_slots(self._data), Unlock(passphrase))
        self.passphrase = passphrase

    def due(self, now_ms: int) -> int:
        """How many things fell due by `now_ms` (since 1970 UTC) that were not told before. Raises Damaged."""
        due = {name for name, due_ms in folder.locked_timers(self._data) if due_ms <= now_ms}
        fresh = due - self._told
        self._told |= due
        return len(fresh)

    def close(self) -> None:
        """Gives the folder up, so that it can be opened."""
        self._server.close()
        self._lock.release()

    def _answer(self, body: bytes) -> bytes:
        try:
            call = msgspec.msgpack.decode(body, type=Call)
        except msgspec.MsgspecError as error:
            raise LogError(f"that was no call: {error}") from error
        if call.what != UNLOCK:
            raise Locked(LOCKED)
        self._try(call.body.decode("utf-8", "replace"))
        threading.Timer(REPLY_S, self.opened.set).start()
        return msgspec.msgpack.encode(Reply())


def unlock_served(data: Path, passphrase: str) -> bool:
    """Sends the passphrase to whoever serves a folder; False where it was open already.

    Raises LogError when nobody serves it, or with the server's words when the passphrase is wrong.
    """
    if not is_served(data):
        raise LogError(f"nobody serves {data}: `wayhome serve` does")
    with SocketClient(data) as client:
        raw = client.ask(msgspec.msgpack.encode(Call(what=UNLOCK, body=passphrase.encode())))
    return msgspec.msgpack.decode(raw, type=Reply).fault is None
