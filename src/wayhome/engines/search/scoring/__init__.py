"""How well a map said where people were found, and what a cloud of tracks is calibrated to."""

from __future__ import annotations

from wayhome.engines.search.scoring.calibration import Calibration, calibrate, calibration_factors
from wayhome.engines.search.scoring.incidents import Incident
from wayhome.engines.search.scoring.intervals import Pit, Spread
from wayhome.engines.search.scoring.table import GroupScore, ModelScore, ScoreTable, score

__all__ = [
    "Calibration",
    "GroupScore",
    "Incident",
    "ModelScore",
    "Pit",
    "ScoreTable",
    "Spread",
    "calibrate",
    "calibration_factors",
    "score",
]
