"""How tired may they be? Fitness from declared sleep, published limits, endurance in the field, and what it costs.

A library by itself: what somebody said of their sleep in (`fitness.Declared`), one of four words with its reasons out.
Rules come first (`rules`), the unified model second (`unified`); what was not said is unknown and never rested.
"""

from wayhome.engines.fatigue.detection import Detection, detection_factor
from wayhome.engines.fatigue.endurance import Endurance, InTheField, Ready, endurance
from wayhome.engines.fatigue.errors import FatigueError
from wayhome.engines.fatigue.fitness import Declared, Fitness, Nap, Verdict, fitness
from wayhome.engines.fatigue.rules import RestOwed, flight_duty_limit, rest_owed
from wayhome.engines.fatigue.unified import Level, Sleep, unified

__all__ = [
    "Declared",
    "Detection",
    "Endurance",
    "FatigueError",
    "Fitness",
    "InTheField",
    "Level",
    "Nap",
    "Ready",
    "RestOwed",
    "Sleep",
    "Verdict",
    "detection_factor",
    "endurance",
    "fitness",
    "flight_duty_limit",
    "rest_owed",
    "unified",
]
