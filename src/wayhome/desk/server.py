"""The web server: the desk in a thread of its own, beside whatever else serves the folder."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn
from litestar import Litestar

from wayhome.assembly.facing import DeskError, DeskSettings
from wayhome.assembly.local import LocalHouse, wall_clock
from wayhome.assembly.staging import Stage
from wayhome.desk.app import build
from wayhome.desk.door import Door
from wayhome.desk.reaching import Reach
from wayhome.links.nearby import addresses, in_url
from wayhome.usecases.ports import NoTerrain

if TYPE_CHECKING:
    from wayhome.links.certificates import Certificates

START_S = 20.0
GROUND_AFTER_S = 2.0
"""So long after the record is open the grounds are read ahead of the first map: nothing is to wait for them."""
BACKLOG = 512
TLS_FOLDER = "tls"
HERE_ONLY = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")


class DeskServer:
    """Obeys `assembly.facing.Desk`."""

    def __init__(
        self, settings: DeskSettings, stage: Stage | None = None, *, settled: Callable[[], None] = lambda: None
    ) -> None:
        """`settled` is told once the desk answers, and when it stops."""
        self._settings = settings
        self._settled = settled
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self._door = Door()
        self._door.stage = stage
        self._port = settings.port
        self._stopping = threading.Event()

    def start(self, unlock: Callable[[str], None]) -> tuple[str, ...]:
        if self._server is not None:
            return ()
        listening = self._listen()
        self._port = listening.getsockname()[1]
        self._door.tries = unlock
        certificates = self._certificates()
        reach = Reach(addresses=self._nearby(), authority=certificates.authority if certificates else b"")
        self._server = _Server(build(self._door, reach), self._settings, certificates)
        self._thread = threading.Thread(target=self._server.serve_on, args=(listening,), name="desk", daemon=True)
        self._thread.start()
        if not self._server.ready.wait(START_S) or not self._server.started:
            raise DeskError("the desk did not start: run `wayhome serve --no-desk` and look at what it says")
        self._settled()
        return self._addresses()

    def _listen(self) -> socket.socket:
        host, port = self._settings.host, self._settings.port
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            listening = socket.socket(family, socket.SOCK_STREAM)
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            # Handed to every connection: else the end of each answer waits up to 50 ms for the browser's word.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            listening.bind((host, port))
            listening.listen(BACKLOG)
        except (OSError, OverflowError) as error:
            todo = "choose another with --port, or end what runs there"
            raise DeskError(f"the desk cannot answer at {host}:{port} ({error}): {todo}") from error
        return listening

    def _certificates(self) -> Certificates | None:
        if not self._settings.tls:
            return None
        from wayhome.links.certificates import CertificateError, ensure  # cryptography loads slowly

        try:
            return ensure(
                self._settings.data / TLS_FOLDER,
                names=self._settings.names,
                addresses=addresses(),
                hostname=socket.gethostname(),
                now=wall_clock(),
            )
        except CertificateError as error:
            raise DeskError(str(error)) from error

    def _url(self, host: str) -> str:
        return f"{'https' if self._settings.tls else 'http'}://{in_url(host)}:{self._port}"

    def _nearby(self) -> tuple[str, ...]:
        """Where others of the network find the desk; nowhere, where it answers on this machine only."""
        if self._settings.host in EVERYWHERE:
            return tuple(self._url(one) for one in (*self._settings.names, *addresses()))
        return () if self._settings.host in HERE_ONLY else (self._url(self._settings.host),)

    def _addresses(self) -> tuple[str, ...]:
        here = () if self._settings.host not in (*EVERYWHERE, *HERE_ONLY) else (self._url("127.0.0.1"),)
        return (*here, *self._nearby())

    def open(self, house: LocalHouse) -> None:
        self._door.open(house)
        if self._server is not None and self._server.loop is not None:
            self._server.loop.call_soon_threadsafe(self._server.app.state.attach)
        threading.Thread(target=self._read_grounds, args=(house,), name="grounds", daemon=True).start()

    def _read_grounds(self, house: LocalHouse) -> None:
        """One that cannot be read says so when its map is asked for."""
        if self._stopping.wait(GROUND_AFTER_S):
            return
        for name in house.terrains.names():
            with contextlib.suppress(NoTerrain, OSError):
                _ = house.terrains.tiles(name).bounds

    def stop(self) -> None:
        self._stopping.set()
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(START_S)
        self._settled()


class _Server(uvicorn.Server):
    """uvicorn, run in a thread, that says when it is ready and in which loop it runs."""

    def __init__(self, app: Litestar, settings: DeskSettings, certificates: Certificates | None) -> None:
        super().__init__(_config(app, settings, certificates))
        self.app = app
        self.ready = threading.Event()
        self.loop: asyncio.AbstractEventLoop | None = None

    def serve_on(self, listening: socket.socket) -> None:
        try:
            asyncio.run(self.serve(sockets=[listening]))
        except (OSError, ssl.SSLError, SystemExit):
            self.started = False
        finally:
            self.ready.set()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.loop = asyncio.get_running_loop()
        self.ready.set()


def _config(app: Litestar, settings: DeskSettings, certificates: Certificates | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        access_log=False,
        log_level="error",
        server_header=False,
        timeout_graceful_shutdown=1,
        proxy_headers=settings.proxied,
        forwarded_allow_ips="127.0.0.1,::1",
        ssl_certfile=certificates.server if certificates else None,
        lifespan="on",
    )
