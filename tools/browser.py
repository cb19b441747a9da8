"""A browser for the journeys: Debian's chromium, installed where it is missing and we may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TODO = "install it (Debian: apt-get install chromium), or name another with WAYHOME_CHROMIUM=/path/to/chromium"


def found() -> str:
    """Where the browser is; empty where there is none."""
    given = os.environ.get("WAYHOME_CHROMIUM", "")
    return given or next((path for path in map(shutil.which, NAMES) if path), "")


def install() -> bool:
    """Installs it with apt-get, where there is one and we are allowed to. Whether that went well."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # type: ignore[call-overload]  # as run takes them
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    done = subprocess.run(command, check=False, **quiet)  # type: ignore[call-overload]  # as run takes them
    return bool(done.returncode == 0)


def main() -> int:
    if found():
        return 0
    sys.stdout.write("installing chromium for the journeys\n")
    if install() and found():
        return 0
    sys.stderr.write(f"the journeys need a chromium browser: {TODO}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
