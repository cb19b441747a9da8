"""What the engine of who knows refuses."""

from __future__ import annotations


class KnowingError(ValueError):
    """The family of everything wrong with what was asked; the text says what, where, and what to do."""
