"""What every fact has in common."""

from __future__ import annotations

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=True, omit_defaults=True):
    """Something that happened, in the past tense. The class name is its kind on the wire, for ever."""
