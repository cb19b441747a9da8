"""What every intent has in common."""

from __future__ import annotations

import msgspec


class Intent(msgspec.Struct, frozen=True, kw_only=True, tag_field="intent", tag=True, omit_defaults=True):
    """Something a person states. Rules turn it into facts or refuse it with a reason."""
