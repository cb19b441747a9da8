"""How a bond counts when people are sent: together, apart, or not at all. Pure.

Where the two said how they are sent, that holds. Where they did not, a promise is kept by going together, and a couple
and kin are not both sent where it is gravest, so that nobody loses both at once; elsewhere these count as dependents
alone. None of it is a bar: whoever offers is warned.
"""

from __future__ import annotations

SENT = ("", "together", "apart")

BONDS = ("teaches", "kin", "couple", "teammate", "steadies", "promise")

NOT_BOTH = frozenset({"couple", "kin"})
"""Bonds of whom not both are sent into what is gravest."""

CALLED = {"couple": "a couple", "kin": "kin", "promise": "a promise"}


def counts_as(what: str, sent: str, *, grave: bool) -> str:
    """together, apart, or empty where the bond says nothing of it."""
    if sent:
        return sent
    if what == "promise":
        return "together"
    return "apart" if what in NOT_BOTH and grave else ""


def why(what: str, says: str, sent: str) -> str:
    """The bond in words: what it is, what was said of it, and the rule where none of them said how they are sent."""
    called = CALLED.get(what, what)
    words = f"{called}: {says}" if says else called
    return f"{words}; not both where it is gravest" if what in NOT_BOTH and not sent else words
