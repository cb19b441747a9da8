"""What a mission's search keeps folded: the labels of its evidence, its hypotheses, its dogs."""

from __future__ import annotations

import msgspec

from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


class Hypothesis(msgspec.Struct):
    """What may have become of him; how he then moves is in its row alone."""

    id: Id
    name: str
    by: PersonId
    at: Moment


class Dog(msgspec.Struct):
    """A dog on the mission: whose it is, whose orders it takes, and how it is."""

    id: Id
    name: str
    owner: PersonId
    handler: PersonId
    since: Moment
    article: str = ""
    state: str = "working"
    state_at: Moment | None = None


class Searching(msgspec.Struct):
    """Evidence by label and by whom it was said; what is withdrawn; hypotheses that stand; dogs."""

    numbers: dict[str, int] = {}
    evidence: dict[Id, str] = {}
    said_by: dict[Id, PersonId] = {}
    withdrawn: set[Id] = set()
    hypotheses: dict[Id, Hypothesis] = {}
    dogs: dict[Id, Dog] = {}
