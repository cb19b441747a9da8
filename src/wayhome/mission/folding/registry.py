"""Which function folds which kind of fact, one table for each kind of stream."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from wayhome.mission.facts.base import Fact
from wayhome.mission.state import Mission, Organisation, Person, Said

F = TypeVar("F", bound=Fact)
S = TypeVar("S")
Fold = Callable[[S, F, Said], None]

ORGANISATION_FOLDS: dict[type[Fact], Callable[[Organisation, Any, Said], None]] = {}
PERSON_FOLDS: dict[type[Fact], Callable[[Person, Any, Said], None]] = {}
MISSION_FOLDS: dict[type[Fact], Callable[[Mission, Any, Said], None]] = {}


def on_organisation(kind: type[F]) -> Callable[[Fold[Organisation, F]], Fold[Organisation, F]]:
    def register(fold: Fold[Organisation, F]) -> Fold[Organisation, F]:
        ORGANISATION_FOLDS[kind] = fold
        return fold

    return register


def on_person(kind: type[F]) -> Callable[[Fold[Person, F]], Fold[Person, F]]:
    def register(fold: Fold[Person, F]) -> Fold[Person, F]:
        PERSON_FOLDS[kind] = fold
        return fold

    return register


def on_mission(kind: type[F]) -> Callable[[Fold[Mission, F]], Fold[Mission, F]]:
    def register(fold: Fold[Mission, F]) -> Fold[Mission, F]:
        MISSION_FOLDS[kind] = fold
        return fold

    return register
