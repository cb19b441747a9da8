"""Exercises: stories as data files, played by command lines on a simulated clock and checked by what those lines say.

An exercise is a TOML file (`stories/` holds five; a team writes its own). It drives the same commands that people
type, as the members it names, in a house in memory; nothing of it touches a data folder.
"""

from __future__ import annotations

from wayhome.cli.exercises.loading import BadExercise, load_exercise, shipped, shipped_names
from wayhome.cli.exercises.playing import play
from wayhome.cli.exercises.results import StepResult, steps_of

__all__ = ["BadExercise", "StepResult", "load_exercise", "play", "shipped", "shipped_names", "steps_of"]
