"""A desk that is really served: a folder on disk, a server of its own process that can be killed, a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.fakes.leaf import the_leaf
from tests.fakes.quickly import quickly
from tests.journeys.village import Told, Village, night, told

from wayhome.assembly.local import Founding, found
from wayhome.formats.profile import Profile
from wayhome.links.profiles import load_profile
from wayhome.log.keys import Cost

PASSPHRASE = "journeys"
PATIENCE_S = 60
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)


class ServedFolder:
    """A folder with the Leaf's night in it, and its server."""

    def __init__(self, folder: Path, village: Told) -> None:
        self.folder = folder
        self.village = village
        self.url = ""
        self._server: subprocess.Popen[str] | None = None
        self._port = 0

    def start(self, *more: str) -> str:
        """Starts the server, at the same port as before, and gives its address."""
        command = [
            sys.executable,
            "-m",
            "wayhome.start",
            "serve",
            "--data",
            str(self.folder),
            "--port",
            str(self._port),
            *more,
        ]
        environment = os.environ | {"WAYHOME_PASSPHRASE": PASSPHRASE}
        self._server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        assert self._server.stdout is not None
        said = []
        for line in self._server.stdout:
            said.append(line)
            found = re.search(r"the desk is at (https?://\S+?:(\d+))", line)
            if found:
                self.url, self._port = found[1], int(found[2])
            if line.startswith("serving"):
                return self.url
        raise AssertionError(f"the server did not start: {''.join(said)}")

    def kill(self) -> None:
        """Kills the server as a power cut would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait(PATIENCE_S)
            self._server = None

    def stop(self) -> None:
        """Ends it as Ctrl-C does. Raises AssertionError, with what it said, for a server that ended by itself."""
        if self._server is not None:
            if self._server.poll() is not None:
                said = self._server.stdout.read()[-2000:] if self._server.stdout else ""
                raise AssertionError(f"the server ended by itself, with {self._server.returncode}: {said}")
            self._server.send_signal(signal.SIGINT)
            self._server.wait(PATIENCE_S)
            self._server = None


def make_folder(folder: Path, more: Callable[[Village], object] = told) -> ServedFolder:
    """Founds the Leaf in a folder and plays its night up to now, and `more` of it."""
    profile: Profile = load_profile("leaf")
    founding = Founding(
        name=profile.name,
        zone=profile.zone,
        profile="leaf",
        scales=profile.scales(),
        founder="Tsunade",
        password="only here",
    )
    house = found(folder, founding, passphrase=PASSPHRASE, cost=CHEAP)
    try:
        house.terrains.save("leaf", the_leaf())
        founder = house.acting.standing.world.organisation.commander
        assert founder is not None
        with quickly():
            village = night(house, founder)
            more(village)
        return ServedFolder(folder, told(village))
    finally:
        house.close()
