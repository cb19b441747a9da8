"""How much a tired searcher misses: a factor on the probability of detection, with its source."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from wayhome.engines.fatigue.rules import check_hours, hours

Visibility = Literal["high", "medium", "low"]
"""How easily what is sought can be seen."""

TIRED: Final = {"medium": 0.58, "low": 0.49}
"""What is left of detection where searchers said that they were tired: 42 % and 51 % less."""
LONG_H: Final = 8.0
AFTER_LONG: Final = 0.90
FIELD: Final = "searchers' own word of fatigue against what they found, sarworld.org"
MANUAL: Final = "IAMSAR manual: 10 % less after 8 h of search"
UNKNOWN: Final = "nothing is known of their sleep"


class Detection(msgspec.Struct, frozen=True):
    """A factor from `least` to `most` on the probability of detection; the same where one figure is known."""

    least: float
    most: float
    words: str
    source: str


def detection_factor(tired: bool | None, searching_h: float, visibility: Visibility = "medium") -> Detection:
    """What fatigue leaves of detection. `tired` None: not known, and then never taken for rested.

    Nothing is published for what is easily seen; tired searchers then lie between the medium figure and none lost.
    """
    check_hours(searching_h, 24 * 14, "hours of search")
    rested = AFTER_LONG if searching_h > LONG_H else 1.0
    after = f"{hours(searching_h)} of search" if searching_h > LONG_H else "less than 8 h of search"
    if tired is False:
        return Detection(rested, rested, f"rested, {after}", MANUAL)
    worst = TIRED.get(visibility, TIRED["medium"])
    if tired is None:
        return Detection(min(worst, rested), rested, f"{UNKNOWN}, {after}", f"{FIELD}; {MANUAL}")
    if visibility == "high":
        return Detection(worst, rested, "tired; not measured for what is easily seen", FIELD)
    return Detection(worst, worst, f"tired; {visibility} visibility of what is sought", FIELD)
