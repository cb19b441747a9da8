"""What people go through that asks for care, and when to be in touch: the tables behind every follow-up.

The kinds are facts of the mission, never symptoms; each names the source that it was drawn from. How much each counts,
and from where on, are this project's own design values; nothing was fitted to data. Figures whose source could not be
verified are left out.
"""

from __future__ import annotations

import msgspec

BROOKS = "drawn from the risk correlates in Brooks and others 2016 (review of 111 studies)"
STORY = "this project's story 1 (S1.4); own design value"
OPENS_AT = 2
PERSONAL_AT = 3
LONG_HOURS = 12.0
"""A follow-up opens from 2 points on, in person from 3 on; 12 h of one mission are long. Own design values."""


class Kind(msgspec.Struct, frozen=True):
    """One kind of exposure: its weight, how it is said to the person who looks after them, and what it rests on."""

    points: int
    words: str
    source: str


KINDS = {
    "death": Kind(2, "somebody died on this mission", BROOKS),
    "handled dead": Kind(3, "handled the dead", BROOKS),
    "child": Kind(3, "a child was killed or badly hurt", BROOKS),
    "knew the person": Kind(3, "knew the person who came to harm", BROOKS),
    "own near-death": Kind(3, "nearly died", BROOKS),
    "kill": Kind(3, "killed somebody", STORY),
    "sole survivor": Kind(3, "is the only one of the team who lived", BROOKS),
    "near-sole survivor": Kind(3, "is one of two of the team who lived", STORY),
    "first fatality": Kind(3, "had not met a death on a mission before", BROOKS),
    "outnumbered": Kind(2, "was outnumbered", STORY),
    "helplessness": Kind(2, "could do nothing for a long time", BROOKS),
    "failed rescue": Kind(2, "tried to save somebody who died", BROOKS),
    "long exposure": Kind(1, "was out for very long", BROOKS),
}
"""Every kind of exposure by the name under which it is recorded."""


class Point(msgspec.Struct, frozen=True):
    """One time to be in touch: so many days or calendar months after, at the latest `late_days` later."""

    name: str
    source: str
    days: int = 0
    months: int = 0
    late_days: int = 0


SCHEDULE = (
    Point("first contact", "own design value: the next day, to ask what is needed", days=1, late_days=1),
    Point("3 days", "Responder Alliance 3-3-3", days=3, late_days=1),
    Point("3 to 4 weeks", "Responder Alliance 3-3-3 (3 weeks); TRiM (28 days)", days=21, late_days=7),
    Point("3 months", "Responder Alliance 3-3-3", months=3, late_days=7),
    Point("12 months", "Norwegian follow-up: sum up, discharge or refer", months=12, late_days=14),
)
"""When to be in touch. Proposals: the person and their supporter settle the days."""
