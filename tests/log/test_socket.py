"""The local socket: opaque bytes between processes of one user; hostile connections cost only themselves."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from wayhome.log import frames
from wayhome.log.frames import MAX_FRAME_BYTES, SOCKET_FILE
from wayhome.log.lock import FolderLock, holder
from wayhome.log.socket_client import Refused, SocketClient, is_served
from wayhome.log.socket_path import socket_address
from wayhome.log.socket_server import SocketServer
from wayhome.usecases.ports import LogError


def handle(body: bytes) -> bytes:
    if body == b"refuse":
        raise LogError("this is refused: ask otherwise ✋")
    return body[::-1]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Path]:
    """A folder that is served."""
    lock = FolderLock(tmp_path)
    server = SocketServer(lock, handle, idle_s=0.5)
    yield tmp_path
    server.close()
    lock.release()


def test_a_question_is_answered(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many questions over one connection, empty and large ones, and refusals that do not end it."""
    with SocketClient(served) as client:
        for body in (b"", b"abc", os.urandom(3_000_000), "火影".encode()):
            assert client.ask(body) == body[::-1]
        with pytest.raises(Refused, match="ask otherwise ✋"):
            client.ask(b"refuse")
        assert client.ask(b"on") == b"no"
        monkeypatch.setattr(frames, "MAX_FRAME_BYTES", 1_000)
        with pytest.raises(LogError, match="too large"):
            client.ask(b"x" * 1_001)


def test_an_exchange_with_many_photos_fits(tmp_path: Path) -> None:
    """A hundred large photos go over the socket as one message."""
    lock = FolderLock(tmp_path)
    server = SocketServer(lock, lambda body: b"%d" % len(body))
    with SocketClient(tmp_path) as client:
        assert client.ask(bytes(100_000_000)) == b"100000000"
    server.close()
    lock.release()


def test_only_the_owner_can_connect(served: Path) -> None:
    """The socket is 0600, and the lock file says that it is served, until it is not."""
    assert stat.S_IMODE((served / SOCKET_FILE).stat().st_mode) == 0o600
    assert is_served(served)
    assert holder(served) is not None


def test_many_clients_at_once(served: Path) -> None:
    """Connections do not wait for each other."""
    answers: list[bytes] = []

    def work(n: int) -> None:
        with SocketClient(served) as client:
            answers.extend(client.ask(b"%d" % n) for _ in range(20))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 200


HOSTILE = [
    b"\xff\xff\xff\xff" + b"x" * 100,
    b"GET / HTTP/1.1\r\n\r\n",
    b"\x00",
    b"\x00\x00\x00\x05abc",
    b"\x00\x00\x00\x00",
    b"\x00\x00\x00\x03\x91\x01\x00",
    b"\x00\x00\x00\x04\xdd\xff\xff\xff",
    (MAX_FRAME_BYTES).to_bytes(4, "big") + b"x" * 1000,
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_frames_cost_only_themselves(served: Path, raw: bytes) -> None:
    """Garbage is answered with an error or nothing, the connection is closed, and the server goes on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as hostile, socket_address(served) as address:
        hostile.settimeout(5)
        hostile.connect(address)
        hostile.sendall(raw)
        hostile.shutdown(socket.SHUT_WR)
        held = b""
        with suppress(ConnectionResetError):
            while more := hostile.recv(65536):
                held += more
        assert len(held) < 500
    with SocketClient(served) as client:
        assert client.ask(b"on") == b"no"


def test_a_silent_connection_is_hung_up(served: Path) -> None:
    """Who says nothing, or half a frame, is let go after a while."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent, socket_address(served) as address:
        silent.settimeout(5)
        silent.connect(address)
        silent.sendall(b"\x00\x00")
        assert silent.recv(10) == b""


def test_a_failing_handler_ends_one_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error in the handler is told as such to that client and reported by the thread; others are served."""
    reported: list[object] = []
    told = threading.Event()

    def report(error: object) -> None:
        reported.append(error)
        told.set()

    monkeypatch.setattr(threading, "excepthook", report)

    def fail(body: bytes) -> bytes:
        if body != b"ok":
            raise ZeroDivisionError
        return body

    lock = FolderLock(tmp_path)
    server = SocketServer(lock, fail)
    with SocketClient(tmp_path) as client, pytest.raises(Refused, match="failed on this request"):
        client.ask(b"bad")
    with SocketClient(tmp_path) as client:
        assert client.ask(b"ok") == b"ok"
    server.close()
    lock.release()
    assert told.wait(10)  # the thread reports after it has answered
    assert len(reported) == 1


@pytest.mark.parametrize("length", [60, 100, 107, 150, 240])
def test_long_paths_are_served_too(tmp_path: Path, length: int) -> None:
    """A path longer than the system takes for a socket still works."""
    deep = tmp_path / ("d" * length)
    deep.mkdir()
    lock = FolderLock(deep)
    server = SocketServer(lock, handle)
    with SocketClient(deep) as client:
        assert client.ask(b"on") == b"no"
    server.close()
    server.close()
    assert not (deep / SOCKET_FILE).exists()
    lock.release()


def test_what_a_dead_server_left_is_taken_away(tmp_path: Path) -> None:
    """A socket file of a process that is gone: clients are told, the next server takes its place."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead, socket_address(tmp_path) as address:
        dead.bind(address)
    with pytest.raises(LogError, match="wayhome serve"):
        SocketClient(tmp_path)
    assert not is_served(tmp_path)
    lock = FolderLock(tmp_path)
    server = SocketServer(lock, handle)
    with SocketClient(tmp_path) as client:
        assert client.ask(b"on") == b"no"
    server.close()
    lock.release()


def test_nobody_serves(tmp_path: Path) -> None:
    """Without a server the client says how to start one."""
    with pytest.raises(LogError, match="wayhome serve"):
        SocketClient(tmp_path)
    with pytest.raises(LogError, match="wayhome serve"):
        SocketClient(tmp_path / "absent")
