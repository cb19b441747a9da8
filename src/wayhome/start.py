"""The console command: the command line, with the desk in its hand. The only place that knows both faces."""

from __future__ import annotations

from wayhome.assembly.facing import Desk, DeskSettings
from wayhome.cli.main import main as run_command_line


def desk(settings: DeskSettings) -> Desk:
    """The web desk, loaded only where it is served."""
    from wayhome.desk.server import DeskServer

    return DeskServer(settings)


def main() -> int:
    """Runs one command line from the shell and returns its exit status."""
    return run_command_line(desk=desk)
