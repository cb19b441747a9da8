"""How a check speaks: one line per breach, and exit code 1 when there is one."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tools.source import Breach


def report(breaches: Sequence[Breach]) -> int:
    """Writes every breach to standard error; the exit code."""
    for breach in breaches:
        sys.stderr.write(f"{breach}\n")
    return 1 if breaches else 0
