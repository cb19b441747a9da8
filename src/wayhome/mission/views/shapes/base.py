"""What every shape has in common."""

from __future__ import annotations

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A row for faces. Every field is written: which defaults were left out would tell where they came from."""
