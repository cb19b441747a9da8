"""Sets up `.venv` from `uv.lock`, with the machine's own Python and nothing but its standard library.

Does nothing when the locked set was already installed by this Python, so that it may run before every job.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

LEAST = (3, 11)
UV = "uv>=0.8,<1"
ROOT = Path(__file__).resolve().parent.parent


class SetUpFailed(Exception):
    """Set-up cannot go on; the text says why and what to do."""


def check_python(version: tuple[int, int]) -> None:
    if version < LEAST:
        raise SetUpFailed(
            f"Python {version[0]}.{version[1]} is too old: Wayhome needs {LEAST[0]}.{LEAST[1]} or newer. "
            "Give a newer one with: make setup PYTHON=/path/to/python3"
        )


def digest(root: Path) -> str:
    """What the environment depends on: the lock, the project file and the Python in use."""
    found = hashlib.sha256(f"{sys.version_info[:2]} {root}".encode())
    for name in ("pyproject.toml", "uv.lock"):
        found.update((root / name).read_bytes())
    return found.hexdigest()


def set_up(root: Path) -> bool:
    """Makes the environment what `uv.lock` says. Returns whether there was anything to do."""
    folder = root / ".venv"
    stamp = folder / ".set-up"
    wanted = digest(root)
    if stamp.is_file() and stamp.read_text() == wanted and (folder / "bin" / "wayhome").exists():
        return False
    if not (folder / "bin" / "pip").exists():
        _make_environment(folder)
    if not (folder / "bin" / "uv").exists():
        _run([str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", UV], root)
    sync = [
        "sync",
        "--locked",
        "--inexact",
        "--quiet",
        "--compile-bytecode",
        "--python",
        str(folder / "bin" / "python"),
    ]
    _run([str(folder / "bin" / "uv"), *sync], root)
    stamp.write_text(wanted)
    return True


def _make_environment(folder: Path) -> None:
    try:
        venv.create(folder, with_pip=True)
    except subprocess.CalledProcessError as error:
        raise SetUpFailed(
            "this Python cannot make environments: its venv part is missing (Debian and Ubuntu: package python3-venv)"
        ) from error


def _run(command: list[str], root: Path) -> None:
    done = subprocess.run(command, cwd=root, env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"}, check=False)
    if done.returncode:
        raise SetUpFailed(f"{Path(command[0]).name} failed ({done.returncode}); its own words stand above")


def main() -> int:
    try:
        check_python(sys.version_info[:2])
        done = set_up(ROOT)
    except (SetUpFailed, OSError, subprocess.SubprocessError) as error:
        sys.stderr.write(f"set-up: {error}\n")
        return 1
    sys.stdout.write("set up\n" if done else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
