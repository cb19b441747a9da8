"""The family of everything that a format can refuse. Places have their own word, `BadPlace`, on the lowest floor."""

from __future__ import annotations


class FormatError(ValueError):
    """Bytes or text that cannot be read as what they should be; the text says what is wrong and what to do."""


class BadTable(FormatError):
    """Bytes that are no table at all; the text says what they are and what to do."""


class BadProfile(FormatError):
    """A profile that cannot be used; the text says where, what and what to do."""
