"""Who needs looking after? What people went through, and when to be in touch. Pure.

`follow_ups` takes the facts of a mission and answers for each person; the tables it goes by are in `table`.
"""

from wayhome.engines.care.errors import CareError
from wayhome.engines.care.exposure import (
    Contact,
    FollowUp,
    Involved,
    MissionFacts,
    PlanningList,
    contact_days,
    follow_ups,
    kinds_of,
    planning_list,
)
from wayhome.engines.care.table import KINDS, SCHEDULE

__all__ = [
    "KINDS",
    "SCHEDULE",
    "CareError",
    "Contact",
    "FollowUp",
    "Involved",
    "MissionFacts",
    "PlanningList",
    "contact_days",
    "follow_ups",
    "kinds_of",
    "planning_list",
]
