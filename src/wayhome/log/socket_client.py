"""Asking the process that owns the record."""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType

from wayhome.log.frames import Request, receive_reply, send
from wayhome.log.lock import holder
from wayhome.log.socket_path import socket_address
from wayhome.usecases.ports import LogError

TIMEOUT_S = 120.0


class Refused(LogError):
    """The server answered with an error; the text is its own."""


def is_served(folder: Path) -> bool:
    """Whether a running process serves this folder's socket."""
    found = holder(folder)
    return found is not None and found.serving


class SocketClient:
    """One connection to the server of a data folder. Not thread-safe."""

    def __init__(self, folder: Path, *, timeout_s: float = TIMEOUT_S) -> None:
        """Raises LogError when nobody serves there."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(timeout_s)
        try:
            with socket_address(folder) as address:
                self._socket.connect(address)
        except (OSError, LogError) as error:
            self._socket.close()
            raise LogError(f"no server answers in {folder}: start it with `wayhome serve` ({error})") from error

    def ask(self, body: bytes) -> bytes:
        """The server's answer. Raises Refused with its error, LogError when the connection fails.

        After a failed connection the request may have been carried out: send the same intent again.
        """
        try:
            send(self._socket, Request(body))
            reply = receive_reply(self._socket)
        except OSError as error:
            raise LogError(f"the server does not answer ({error}): send the same command again") from error
        if reply.error is not None:
            raise Refused(reply.error)
        return reply.body

    def close(self) -> None:
        self._socket.close()

    def __enter__(self) -> SocketClient:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()
