"""Rules: an intent and the state give facts, or a refusal with its reason. Pure."""

from __future__ import annotations

from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import (
    bonds,
    care_keys,
    care_shown,
    careers,
    covering,
    drawing,
    duty_hours,
    entering,
    field,
    glass,
    left_behind,
    log,
    masking,
    missions,
    offers,
    papers,
    people,
    photos,
    searching,
    strength,
    telling,
    undercover,
)
from wayhome.mission.rules.common import CLOCK, RULES, Act, Decision, Refused, Say
from wayhome.mission.state import World

__all__ = [
    "CLOCK", "Act", "Decision", "Refused", "Say", "bonds", "care_keys", "care_shown", "careers", "covering", "decide",
    "drawing", "duty_hours", "entering", "field", "glass", "left_behind", "log", "masking", "missions", "offers",
    "papers", "people", "photos", "searching", "strength", "telling", "undercover",
]  # fmt: skip


def decide(intent: Intent, world: World, act: Act) -> Decision:
    """The facts an intent comes to. Raises Refused with a reason fit to show."""
    rule = RULES.get(type(intent))
    if rule is None:
        raise Refused("cannot do that", f"nothing here can decide {type(intent).__name__}")
    return rule(intent, world, act)
