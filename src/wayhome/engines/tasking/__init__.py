"""Who goes? Teams for missions, each pick explained, with a bound on how much better any plan could be.

A library by itself: plain data in (`data`), a result with its reasons out (`results`). `propose` staffs missions,
`next_candidates` ranks who to ask for an open place, `backup` says who can reach somebody in pursuit. What counts and
how much stands in `weights`.
"""

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.backup import Backup, Future, backup, when_sent
from wayhome.engines.tasking.now.data import (
    MOST_DANGER,
    Apart,
    Candidate,
    Composure,
    Dependent,
    Exclusion,
    HistoryFlag,
    MissionNeed,
    Pair,
    Request,
    SkillNeed,
    Stake,
    Together,
)
from wayhome.engines.tasking.now.kept_back import for_everyone, without_personal
from wayhome.engines.tasking.now.propose import Effort, in_words, propose
from wayhome.engines.tasking.now.ranking import Ranked, next_candidates
from wayhome.engines.tasking.now.replan import Arrived, Declined, Lost, Move, Released, Replanned, replan
from wayhome.engines.tasking.now.rest import Duty, RestRules, WorkLimit
from wayhome.engines.tasking.now.results import Pick, Proposal, Team
from wayhome.engines.tasking.now.unmanned import Near, Unmanned, why_unmanned
from wayhome.engines.tasking.now.weights import MEANING, STANDARD, Weights

__all__ = [
    "MEANING",
    "MOST_DANGER",
    "STANDARD",
    "Apart",
    "Arrived",
    "Backup",
    "Candidate",
    "Composure",
    "Declined",
    "Dependent",
    "Duty",
    "Effort",
    "Exclusion",
    "Future",
    "HistoryFlag",
    "Lost",
    "MissionNeed",
    "Move",
    "Near",
    "Pair",
    "Pick",
    "Proposal",
    "Ranked",
    "Released",
    "Replanned",
    "Request",
    "RestRules",
    "SkillNeed",
    "Stake",
    "TaskingError",
    "Team",
    "Together",
    "Unmanned",
    "Weights",
    "WorkLimit",
    "backup",
    "for_everyone",
    "in_words",
    "next_candidates",
    "propose",
    "replan",
    "when_sent",
    "why_unmanned",
    "without_personal",
]
