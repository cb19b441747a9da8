"""What the terrain floor refuses."""

from __future__ import annotations


class TerrainError(ValueError):
    """The family of everything wrong with a terrain or a question about it; the text says what, where, what to do."""


class OffMap(TerrainError):
    """A place that the terrain does not hold."""
