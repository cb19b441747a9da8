"""The console command: the command line, with the desk in its hand. The only place that knows both faces."""

from __future__ import annotations

import sys
from collections.abc import Callable

from wayhome.assembly.facing import Desk, DeskSettings
from wayhome.assembly.local import LocalHouse
from wayhome.cli.main import main as run_command_line
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId


def desk(settings: DeskSettings) -> Desk:
    """The web desk, loaded only where it is served."""
    from wayhome.cli.exercises.staged import Stage
    from wayhome.desk.server import DeskServer

    return DeskServer(settings, Stage())


def through_the_desk(house: LocalHouse) -> Callable[[PersonId], Session]:
    """Sessions of which everything goes through the desk's addresses, for exercises."""
    from wayhome.desk.inside import through

    return through(house)


def main() -> int:
    """Runs one command line from the shell and returns its exit status."""
    return run_command_line(desk=desk, through_desk=through_the_desk)


if __name__ == "__main__":
    sys.exit(main())
