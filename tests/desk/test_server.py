"""The desk's server: it starts soon, says why where it cannot, shows nothing while locked, and ends when told."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from tests.fakes.house import memory_house
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from wayhome.assembly.facing import DeskError, DeskSettings
from wayhome.desk.live import LOCKED
from wayhome.desk.server import DeskServer
from wayhome.usecases.ports import WrongKey

READY_S = 2.0
Start = Callable[..., tuple[DeskServer, str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a desk at a free port, or at one that is named; all are stopped at the end."""
    with ExitStack() as stack:

        def begin(unlock: Callable[[str], None] = lambda _passphrase: None, port: int = 0) -> tuple[DeskServer, str]:
            server = DeskServer(DeskSettings(data=tmp_path, port=port))
            stack.callback(server.stop)
            return server, server.start(unlock)[0]

        yield begin


def test_it_is_ready_within_two_seconds(start: Start) -> None:
    """From being told to start until a page comes, the machine works no longer than somebody in a hurry waits."""
    began = time.process_time()
    _, url = start()
    assert httpx.get(f"{url}/unlock").status_code == 200
    assert time.process_time() - began < READY_S


def test_while_locked_there_is_the_unlock_page_and_nothing_else(start: Start) -> None:
    """Pages lead to it, the API answers 423 in words, tabs are closed, and nothing can be signed in to."""
    _, url = start()
    for path in ("/", "/board", "/m/x/log", "/login"):
        assert httpx.get(url + path).headers["location"] == "/unlock"
    assert "Passphrase" in httpx.get(f"{url}/unlock").text
    for method, path in (("GET", "/api/here"), ("GET", "/api/read/roster"), ("POST", "/api/do/EnrolMember")):
        answered = httpx.request(method, url + path, headers={"authorization": "Bearer x"}, json={"name": "x"})
        assert answered.status_code == 423
        assert "unlock" in answered.json()["error"]["do"]
    credentials = {"name": "Tsunade", "password": "x"}
    assert httpx.post(f"{url}/api/sign-in", json=credentials).status_code == 423
    with connect(url.replace("http", "ws") + "/api/live", additional_headers={"cookie": "wayhome=x"}) as tab:
        with pytest.raises(ConnectionClosed) as closed:
            tab.recv(10)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == LOCKED


def test_the_right_passphrase_opens_it_for_everybody(start: Start) -> None:
    """A wrong one is said to be wrong; after the right one the desk is there, and live updates with it."""
    house, founder = memory_house()
    opened: list[DeskServer] = []

    def unlock(passphrase: str) -> None:
        if passphrase != "the right one":
            raise WrongKey("that passphrase does not open this folder")
        opened[0].open(house)

    server, url = start(unlock)
    opened.append(server)
    wrong = httpx.post(f"{url}/unlock", data={"passphrase": "a wrong one"})
    assert (wrong.status_code, "does not open" in wrong.text) == (403, True)
    assert httpx.post(f"{url}/unlock", data={"passphrase": "the right one"}).status_code == 200
    cookie = {"cookie": f"wayhome={house.let_in(founder)}"}
    assert httpx.get(f"{url}/api/here", headers=cookie).json()["name"] == "Tsunade"
    with connect(url.replace("http", "ws") + "/api/live", additional_headers=cookie) as tab:
        assert '"frames":[]' in str(tab.recv(10))


def test_a_port_that_is_taken_is_said_and_what_to_do(start: Start) -> None:
    """Whoever starts a second desk learns which port is taken and how to choose another."""
    _, url = start()
    port = int(url.rpartition(":")[2])
    with pytest.raises(DeskError, match=rf"{port}.*--port"):
        start(port=port)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 0), ("127.0.0.1", 70_000), ("127.0.0.1", -1)])
def test_an_address_that_cannot_be_is_said(tmp_path: Path, host: str, port: int) -> None:
    """A mistyped address or port ends in words as well."""
    with pytest.raises(DeskError, match="cannot answer at"):
        DeskServer(DeskSettings(data=tmp_path, host=host, port=port)).start(lambda _passphrase: None)


def test_stopping_ends_it_at_once_though_tabs_are_open(start: Start) -> None:
    """Open tabs do not keep it from ending, and its port is free again."""
    house, founder = memory_house()
    server, url = start()
    server.open(house)
    cookie = {"cookie": f"wayhome={house.let_in(founder)}"}
    with connect(url.replace("http", "ws") + "/api/live", additional_headers=cookie) as tab:
        tab.recv(10)
        server.stop()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{url}/login")
    assert start(port=int(url.rpartition(":")[2]))[1] == url


def test_starting_again_what_runs_does_nothing(start: Start) -> None:
    """One desk answers once."""
    server, _ = start()
    assert server.start(lambda _passphrase: None) == ()


BAD_BYTES = {
    "no http": b"\x16\x03\x01\x00\x00 not http at all\r\n\r\n",
    "two lengths": b"POST /login HTTP/1.1\r\nhost: d\r\ncontent-length: 4\r\ncontent-length: 9\r\n\r\nabcd",
    "a length that is none": b"POST /login HTTP/1.1\r\nhost: d\r\ncontent-length: -1\r\n\r\n",
    "a header without end": b"GET /login HTTP/1.1\r\nx: " + b"a" * 200_000,
    "chunks that are none": b"POST /login HTTP/1.1\r\nhost: d\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n",
}


@pytest.mark.parametrize("what", BAD_BYTES)
def test_bytes_that_are_no_request_end_that_connection_alone(start: Start, what: str) -> None:
    """Whatever is sent to the port, the next one who asks is answered."""
    _, url = start()
    host, _, port = url.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), 10) as wire:
        wire.sendall(BAD_BYTES[what])
        wire.settimeout(10)
        answered = wire.recv(65_536)
    assert not answered or answered.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431"))
    assert httpx.get(f"{url}/unlock").status_code == 200
