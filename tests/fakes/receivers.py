"""Those who take messages at the other end, on loopback: a web hook and a mail server that keep what they got."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

PATIENCE_S = 30


class Inbox:
    """What arrived, with a way to wait for it."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self.messages: list[bytes] = []
        self.answer = 200

    def take(self, message: bytes) -> None:
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()

    def wait_for(self, count: int) -> list[bytes]:
        """What arrived, once there are so many. Fails where they do not come."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.messages) >= count, PATIENCE_S), "nothing arrived"
            return list(self.messages)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def hook(port: int, inbox: Inbox) -> Iterator[None]:
    """A web hook at a port; it answers what `inbox.answer` says, and keeps what it answered 200 to."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = str(self.headers).encode()
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(inbox.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if inbox.answer == 200:
                inbox.take(self.requestline.encode() + b"\n" + headers + body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    ThreadingHTTPServer.allow_reuse_address = True
    server = ThreadingHTTPServer(("127.0.0.1", port), Taking)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mail_server(port: int, inbox: Inbox) -> Iterator[None]:
    """A mail server at a port that takes every mail."""

    class Taking:
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
            await asyncio.sleep(0)
            to = ", ".join(envelope.rcpt_tos)
            inbox.take(f"RCPT {to}\n".encode() + (envelope.original_content or b""))
            return "250 taken"

    controller = Controller(Taking(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield
    finally:
        controller.stop()
