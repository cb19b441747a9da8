"""The local socket of whoever owns the record: other processes of the same user send it intents and questions.

It carries opaque bytes; what they mean is up to the handler. A hostile or broken connection costs itself, nothing
else.
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress

from wayhome.log.frames import SOCKET_FILE, BadFrame, Reply, receive_request, send
from wayhome.log.lock import FolderLock
from wayhome.log.socket_path import socket_address
from wayhome.usecases.ports import LogError

Handler = Callable[[bytes], bytes]
MAX_CONNECTIONS = 64
IDLE_S = 60.0


class SocketServer:
    """Serves one handler on the folder's socket, a thread for each connection, until `close`."""

    def __init__(self, lock: FolderLock, handler: Handler, *, idle_s: float = IDLE_S) -> None:
        """Needs the folder's lock, so that a socket left behind by a dead process may be taken away.

        A LogError of the handler is told to the client; any other exception ends that connection with an error and is
        reported by its thread. Raises LogError.
        """
        self._lock = lock
        self._handler = handler
        self._idle_s = idle_s
        self._path = lock.folder / SOCKET_FILE
        self._room = threading.BoundedSemaphore(MAX_CONNECTIONS)
        self._connections: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._closed = False
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._path.unlink(missing_ok=True)
            with socket_address(lock.folder) as address:
                self._listener.bind(address)
            self._path.chmod(0o600)
            self._listener.listen(16)
        except OSError as error:
            self._listener.close()
            raise LogError(f"the socket {self._path} cannot be made: {error.strerror}") from error
        self._thread = threading.Thread(target=self._accept, name="wayhome-socket", daemon=True)
        self._thread.start()
        lock.note(serving=True)

    def close(self) -> None:
        """Stops serving; connections under way are hung up. Idempotent."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            connections = list(self._connections)
        for one in (self._listener, *connections):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self._path.unlink(missing_ok=True)
        self._lock.note(serving=False)

    def _accept(self) -> None:
        while not self._closed:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if not _same_user(connection) or not self._room.acquire(blocking=False):
                connection.close()
                continue
            with self._guard:
                self._connections.add(connection)
            threading.Thread(target=self._serve, args=(connection,), name="wayhome-client", daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(self._idle_s)
        try:
            with connection, suppress(OSError):
                self._answer_all(connection)
        finally:
            with self._guard:
                self._connections.discard(connection)
            self._room.release()

    def _answer_all(self, connection: socket.socket) -> None:
        while True:
            try:
                request = receive_request(connection)
            except BadFrame as error:
                send(connection, Reply(error=str(error)))
                return
            if request is None:
                return
            reply = Reply(error="the server failed on this request: see its own output")
            failed = True
            try:
                reply = self._reply(request.body)
                failed = False
            finally:
                if failed:
                    send(connection, reply)
            send(connection, reply)

    def _reply(self, body: bytes) -> Reply:
        try:
            return Reply(self._handler(body))
        except LogError as error:
            return Reply(error=str(error))


def _same_user(connection: socket.socket) -> bool:
    """Whether the other end runs as the same user or as root, where the system tells."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return uid in (os.getuid(), 0)
