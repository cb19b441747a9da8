"""Types of the desk's scripts, by their JSDoc: `tsc`, which is fetched where node is there and it is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "tools" / "js"
PROJECT = ROOT / "src" / "wayhome" / "desk" / "static" / "jsconfig.json"


def compiler() -> Path | None:
    """The compiler, fetched as the lock file says; None where there is no node to run it."""
    found = HOME / "node_modules" / ".bin" / "tsc"
    if found.exists():
        return found
    npm = shutil.which("npm")
    if npm is None:
        return None
    done = subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HOME, check=False)
    return found if done.returncode == 0 and found.exists() else None


def main() -> int:
    tsc = compiler()
    if tsc is None:
        sys.stdout.write("the types of the desk's scripts were not checked: that needs node and npm\n")
        return 0
    return subprocess.run([str(tsc), "-p", str(PROJECT)], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
