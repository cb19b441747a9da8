"""Views: what a fact changes in the rows that faces read. Pure, and made of the fact's own stream alone."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts.base import Fact
from wayhome.mission.folding import belongs
from wayhome.mission.state import Said, World
from wayhome.mission.views import (
    bonds,
    care_shown,
    covering,
    duty_hours,
    field,
    glass,
    knowing,
    left_behind,
    masking,
    missions,
    people,
    photos,
    searching,
    strength,
    telling,
    undercover,
)
from wayhome.mission.views.registry import SHOWS, Change, Due, Held, Shown

__all__ = [
    "Change", "Due", "Held", "Shown", "bonds", "care_shown", "changes", "covering", "duty_hours", "field", "glass",
    "knowing", "left_behind", "masking", "missions", "people", "photos", "searching", "strength", "telling",
    "undercover",
]  # fmt: skip


def changes(fact: Fact, world: World, said: Said) -> Iterator[Change]:
    """What a fact, already folded into `world`, changes in rows, marks and timers."""
    if not belongs(fact, said.stream):
        return
    for show in SHOWS.get(type(fact), ()):
        yield from show(fact, world, said)
