"""What counts, and how much: the one table behind every proposal.

The plan proposed is the one with the fewest points. These are design values of this project, chosen so that one point
is one minute of one person's travel; nothing here was fitted to data. An organisation may pass a table of its own.
"""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.now.checks import check_whole

MOST_POINTS = 1_000_000


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """Points for each thing that a plan should avoid."""

    exception: int = 2000
    unstaffed: int = 5000
    home_thin: int = 200
    impaired: int = 2000
    tired: int = 100
    limited: int = 150
    unknown_travel: int = 60
    sent: int = 40
    dependent: int = 15
    stake: int = 20
    level: int = 6
    unsteady: int = 4
    load_h: int = 2
    travel_min: int = 1
    parted: int = 60
    empty_place: int = 120

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            check_whole(getattr(self, name), 0, MOST_POINTS, f"the weight {name}")


STANDARD = Weights()

MEANING = {
    "exception": "each pick that needs a recorded exception",
    "unstaffed": "each optional mission left without a team, times its priority",
    "home_thin": "each person missing of those who should stay at home",
    "limited": "each pick on limited duty",
    "impaired": "each pick who is impaired by their own word of sleep: only where nobody else is to be had",
    "tired": "each pick whose own word of sleep asks for caution",
    "unknown_travel": "each pick whose travel time is not known",
    "sent": "each person sent",
    "dependent": "each person left behind who depends on the pick",
    "stake": "each degree by which a personal stake hurts more than it helps (fewer points where it helps more)",
    "level": "each level by which the best in the team falls short of 5, per need, times (1 + danger)",
    "unsteady": "each level by which a pick's composure falls short of 5, times danger; unknown counts as 3",
    "load_h": "each hour of duty that a pick has behind them",
    "travel_min": "each minute of travel of each pick",
    "parted": "each time one of two who go better together is sent without the other",
    "empty_place": "each trainee place left empty in a team that goes",
}
"""Every weight in words; the keys are the fields of `Weights`, the same names stand in every account of points."""
