"""The command line: `wayhome COMMAND`, or `main(argv)` in process."""

from __future__ import annotations

from wayhome.cli.main import main, run

__all__ = ["main", "run"]
