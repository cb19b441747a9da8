"""The console command: the command line, with the desk in its hand. The only place that knows both faces."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from wayhome.assembly.facing import Desk, DeskSettings
from wayhome.assembly.local import LocalHouse
from wayhome.cli.main import main as run_command_line
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId

ARENA_MAX: Final = -8
"""glibc's number for how many stores of memory its threads may share (`man mallopt`)."""
ARENAS: Final = 2


def desk(settings: DeskSettings) -> Desk:
    """The web desk, loaded only where it is served."""
    # Nearly all that is made until the desk answers stays for good: looking for garbage in it again and again takes a
    # fifth of the start.
    gc.disable()
    _share_memory()
    from wayhome.cli.exercises.staged import Stage
    from wayhome.desk.server import DeskServer

    return DeskServer(settings, Stage(), settled=_settle)


def _share_memory() -> None:
    """Lets the desk's threads share two stores of memory instead of keeping one each, which none of them gives back.

    Only one of Python's threads works at a time, so they rarely wait for each other there. Other systems' libraries
    have no such number, and are left as they are.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(ARENA_MAX, ARENAS)


def _settle() -> None:
    """From now on garbage is looked for, but no longer among what was there from the start."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def through_the_desk(house: LocalHouse) -> Callable[[PersonId], Session]:
    """Sessions of which everything goes through the desk's addresses, for exercises."""
    from wayhome.desk.inside import through

    return through(house)


def main() -> int:
    """Runs one command line from the shell and returns its exit status."""
    return run_command_line(desk=desk, through_desk=through_the_desk)


if __name__ == "__main__":
    sys.exit(main())
