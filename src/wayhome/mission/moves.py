"""Which states a mission and an offer can be in, how they may change, and who may change them."""

from __future__ import annotations

MISSION_MOVES: dict[tuple[str, str], frozenset[str]] = {
    ("raised", "under way"): frozenset({"mission command", "clock"}),
    ("raised", "suspended"): frozenset({"mission command"}),
    ("raised", "refused"): frozenset({"mission command"}),
    ("raised", "closed"): frozenset({"mission command"}),
    ("under way", "suspended"): frozenset({"mission command"}),
    ("under way", "closed"): frozenset({"mission command"}),
    ("suspended", "under way"): frozenset({"mission command"}),
    ("suspended", "closed"): frozenset({"mission command"}),
    ("refused", "raised"): frozenset({"mission command"}),
    ("closed", "under way"): frozenset({"mission command"}),
}
"""(from, to) -> who may. What is not here is forbidden. A mission never closes while anyone is out."""

MISSION_STATES = ("raised", "under way", "suspended", "closed", "refused")

_CANDIDATE = frozenset({"candidate"})
_COMMAND = frozenset({"mission command"})
_CLOCK = frozenset({"clock"})

OFFER_MOVES: dict[tuple[str, str], frozenset[str]] = {
    ("offered", "seen"): _CANDIDATE,
    ("offered", "thinking"): _CANDIDATE,
    ("offered", "accepted"): _CANDIDATE,
    ("offered", "accepted with limits"): _CANDIDATE,
    ("offered", "declined"): _CANDIDATE,
    ("offered", "lapsed"): _CLOCK,
    ("offered", "withdrawn"): _COMMAND,
    ("seen", "thinking"): _CANDIDATE,
    ("seen", "accepted"): _CANDIDATE,
    ("seen", "accepted with limits"): _CANDIDATE,
    ("seen", "declined"): _CANDIDATE,
    ("seen", "lapsed"): _CLOCK,
    ("seen", "withdrawn"): _COMMAND,
    ("thinking", "accepted"): _CANDIDATE,
    ("thinking", "accepted with limits"): _CANDIDATE,
    ("thinking", "declined"): _CANDIDATE,
    ("thinking", "lapsed"): _CLOCK,
    ("thinking", "withdrawn"): _COMMAND,
    ("accepted", "declined"): _CANDIDATE,
    ("accepted", "withdrawn"): _COMMAND,
    ("accepted with limits", "declined"): _CANDIDATE,
    ("accepted with limits", "withdrawn"): _COMMAND,
    ("ordered", "accepted"): _CANDIDATE,
    ("ordered", "declined"): _CANDIDATE,
    ("ordered", "withdrawn"): _COMMAND,
}
"""(from, to) -> who may. The candidate's moves may be typed for them, and are then attributed to both."""

OFFER_ANSWERS = (
    "offered",
    "seen",
    "thinking",
    "accepted",
    "accepted with limits",
    "declined",
    "lapsed",
    "withdrawn",
    "ordered",
)

DUTY_STATUSES = ("on duty", "available", "limited", "resting", "leave", "away", "lost")


def said_of(status: str) -> str:
    """A duty status as it is said of somebody: she is on leave, he is away."""
    return "on leave" if status == "leave" else status


CANNOT_GO = frozenset({"leave", "away", "lost"})
"""Duty statuses of whom no mission may be offered."""

NOT_TO_BE_HAD = CANNOT_GO | {"resting"}
"""Duty statuses of those who are not there to be called upon: they heal nobody."""

HEALER_LEVEL = 3
"""The level of the organisation's healing skill from which on somebody counts as a healer."""

ELSEWHERE = frozenset({"leave", "away", "on duty"})
"""Duty statuses of those who are not where the people are who depend on them."""
