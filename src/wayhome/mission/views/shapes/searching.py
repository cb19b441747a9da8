"""Shapes of a search: evidence, what may have become of him, the dogs."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.searching import AnyPiece
from wayhome.mission.views.shapes.base import View
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class EvidenceView(View, frozen=True, kw_only=True):
    """One piece of evidence. `withdrawn` says why it counts no more."""

    evidence: Id
    label: str
    words: str = ""
    piece: AnyPiece
    at: Moment
    by: PersonId
    by_name: str = ""
    withdrawn: str = ""


class ClueWorth(msgspec.Struct, frozen=True, kw_only=True):
    """What a clue is worth: chances 0 to 1, when he can have left it, and how far from his way it may lie."""

    planted: float
    anothers: float
    left_from: Moment | None = None
    left_until: Moment | None = None
    within_m: float = 50.0


class ClueWorthView(View, frozen=True, kw_only=True):
    """The worth of one clue, as last said."""

    clue: Id
    worth: ClueWorth
    by: PersonId
    at: Moment


class HypothesisView(View, frozen=True, kw_only=True):
    """What may have become of him, and how he then moves. `odds` are beside the others', before any evidence."""

    hypothesis: Id
    name: str
    odds: float
    words: str = ""
    category: str = ""
    evader: bool = False
    injured: bool = False
    heading_deg: float | None = None
    goals: tuple[Place, ...] = ()
    at: Moment
    by: PersonId
    by_name: str = ""
    dropped: str = ""


class DogView(View, frozen=True, kw_only=True):
    """A dog: whose it is, whose orders it takes since when, its scent article, and how it is since when."""

    dog: Id
    name: str
    owner: PersonId
    owner_name: str = ""
    handler: PersonId
    handler_name: str = ""
    since: Moment
    article: str = ""
    state: str = "working"
    state_at: Moment | None = None
