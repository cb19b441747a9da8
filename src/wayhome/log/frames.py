"""What goes over the local socket: four bytes of length, then one msgpack message.

A frame is bounded and read whole; what is no frame gets an error and a closed connection.
"""

from __future__ import annotations

import socket

import msgspec

from wayhome.usecases.ports import LogError

SOCKET_FILE = "wayhome.sock"
MAX_FRAME_BYTES = 512 * 1024 * 1024
"""Room for an exchange with several hundred of the largest photos."""
_LENGTH_BYTES = 4


class BadFrame(LogError):
    """The other side of the socket does not speak our language."""


class Request(msgspec.Struct, frozen=True, array_like=True):
    """One question: opaque bytes, whose meaning is between the two ends."""

    body: bytes


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """One answer. With `error` set the request was not carried out as far as the socket knows."""

    body: bytes = b""
    error: str | None = None


def send(to: socket.socket, message: Request | Reply) -> None:
    """Writes one frame. Raises BadFrame when it is too large, OSError when the other side is gone."""
    raw = msgspec.msgpack.encode(message)
    if len(raw) > MAX_FRAME_BYTES:
        raise BadFrame(f"a message of {len(raw)} bytes is too large for the socket: at most {MAX_FRAME_BYTES}")
    to.sendall(len(raw).to_bytes(_LENGTH_BYTES, "big") + raw)


def receive_request(source: socket.socket) -> Request | None:
    """The next request, or None when the other side has hung up between two. Raises BadFrame, OSError."""
    raw = _frame(source)
    try:
        return msgspec.msgpack.decode(raw, type=Request) if raw is not None else None
    except msgspec.DecodeError as error:
        raise BadFrame(f"not a request: {error}") from error


def receive_reply(source: socket.socket) -> Reply:
    """The reply. Raises BadFrame, OSError."""
    raw = _frame(source)
    if raw is None:
        raise BadFrame("the server hung up without an answer: is it still running?")
    try:
        return msgspec.msgpack.decode(raw, type=Reply)
    except msgspec.DecodeError as error:
        raise BadFrame(f"not a reply: {error}") from error


def _frame(source: socket.socket) -> bytes | None:
    head = _exactly(source, _LENGTH_BYTES)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH_BYTES or length > MAX_FRAME_BYTES:
        raise BadFrame(f"not a frame: at most {MAX_FRAME_BYTES} bytes may follow its length")
    raw = _exactly(source, length)
    if len(raw) < length:
        raise BadFrame("the frame ends early")
    return raw


def _exactly(source: socket.socket, count: int) -> bytes:
    """So many bytes, fewer only where the stream ends. Grows as bytes arrive, whatever length was claimed."""
    held = bytearray()
    while len(held) < count:
        more = source.recv(min(count - len(held), 65_536))
        if not more:
            break
        held += more
    return bytes(held)
