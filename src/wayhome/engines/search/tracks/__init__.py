"""Whole tracks of a lost or moving person over real terrain, reweighted by every piece of evidence at its own time."""

from __future__ import annotations

from wayhome.engines.search.tracks.cloud import Cloud, Light, StartOf, Strand, imagine
from wayhome.engines.search.tracks.conflicts import Conflict
from wayhome.engines.search.tracks.evidence import (
    Bearing,
    Clue,
    Evidence,
    Ping,
    SearchedArea,
    Sighting,
    Sweep,
    Testimony,
    Trailing,
    Watcher,
)
from wayhome.engines.search.tracks.hypotheses import Hypothesis, imagine_hypotheses
from wayhome.engines.search.tracks.maps import Poa, border_by, poa, rings_m
from wayhome.engines.search.tracks.subject import EVADER, SUBJECTS, Mix, Subject, subject_of
from wayhome.engines.search.tracks.weighing import Weighed, weigh

__all__ = [
    "EVADER",
    "SUBJECTS",
    "Bearing",
    "Cloud",
    "Clue",
    "Conflict",
    "Evidence",
    "Hypothesis",
    "Light",
    "Mix",
    "Ping",
    "Poa",
    "SearchedArea",
    "Sighting",
    "StartOf",
    "Strand",
    "Subject",
    "Sweep",
    "Testimony",
    "Trailing",
    "Watcher",
    "Weighed",
    "border_by",
    "imagine",
    "imagine_hypotheses",
    "poa",
    "rings_m",
    "subject_of",
    "weigh",
]
