"""Whole tracks of a lost or moving person over real terrain, reweighted by every piece of evidence at its own time."""

from __future__ import annotations

from wayhome.engines.search.tracks.cloud import Cloud, Light, StartOf, Strand, imagine
from wayhome.engines.search.tracks.subject import EVADER, SUBJECTS, Mix, Subject, subject_of

__all__ = [
    "EVADER",
    "SUBJECTS",
    "Cloud",
    "Light",
    "Mix",
    "StartOf",
    "Strand",
    "Subject",
    "imagine",
    "subject_of",
]
