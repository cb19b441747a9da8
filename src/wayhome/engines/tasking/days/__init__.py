"""Days ahead: teams formed anew each day, missions of four priorities, some after others, some given away.

Plain data in (`data`), a plan with the proof of its worth out: `plan_days`. `judge` checks any plan by itself.
"""

from wayhome.engines.tasking.days.check import Verdict, judge
from wayhome.engines.tasking.days.data import (
    WEIGHTS,
    DayMission,
    DaysPlan,
    DaysProblem,
    DayTeam,
    Member,
    Need,
    Timed,
)
from wayhome.engines.tasking.days.planning import plan_days
from wayhome.engines.tasking.days.reasons import Held, Part, held_up, parts

__all__ = [
    "WEIGHTS",
    "DayMission",
    "DayTeam",
    "DaysPlan",
    "DaysProblem",
    "Held",
    "Member",
    "Need",
    "Part",
    "Timed",
    "Verdict",
    "held_up",
    "judge",
    "parts",
    "plan_days",
]
