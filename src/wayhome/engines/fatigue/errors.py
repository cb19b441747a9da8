"""What the fatigue engine refuses."""

from __future__ import annotations


class FatigueError(ValueError):
    """A value that cannot be: the text says which, and what it must be."""
