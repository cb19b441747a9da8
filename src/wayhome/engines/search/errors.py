"""What the search engine refuses."""

from __future__ import annotations


class SearchError(ValueError):
    """A question that cannot be answered; the text says what is wrong, and what to give instead."""
