"""What the care engine refuses."""

from __future__ import annotations


class CareError(ValueError):
    """The family of everything wrong with what was asked; the text says what, where, and what to do."""
