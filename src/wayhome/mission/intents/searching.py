"""What people state of a search: evidence and its worth, hypotheses, and the dogs and their handlers."""

from __future__ import annotations

from wayhome.mission.facts.searching import AnyPiece
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class NoteEvidence(Intent, frozen=True, kw_only=True):
    """A search, sweep, watch, sighting, dog, phone or testimony that moves the map of where he may be."""

    mission: MissionId
    piece: AnyPiece
    words: str = ""


class WithdrawEvidence(Intent, frozen=True, kw_only=True):
    """It was wrong: the map is worked out as though it had never been."""

    mission: MissionId
    evidence: Id
    reason: str


class WeighClue(Intent, frozen=True, kw_only=True):
    """What a clue is worth; said again, the last word stands."""

    mission: MissionId
    clue: Id
    planted: float
    anothers: float
    left_from: Moment | None = None
    left_until: Moment | None = None
    within_m: float = 50.0


class StateHypothesis(Intent, frozen=True, kw_only=True):
    """What may have become of him; `odds` beside the other hypotheses, in any unit."""

    mission: MissionId
    name: str
    odds: float = 1.0
    words: str = ""
    category: str = ""
    evader: bool = False
    injured: bool = False
    heading_deg: float | None = None
    goals: tuple[Place, ...] = ()


class DropHypothesis(Intent, frozen=True, kw_only=True):
    mission: MissionId
    hypothesis: Id
    reason: str


class LendDog(Intent, frozen=True, kw_only=True):
    """Passes command over a dog to a handler; without a dog of that name yet, whoever states it is its owner."""

    mission: MissionId
    dog: str
    handler: PersonId
    words: str = ""
    article: str = ""
    owner: PersonId | None = None


class SayDogState(Intent, frozen=True, kw_only=True):
    """`state`: working, tired, resting or out."""

    mission: MissionId
    dog: Id
    state: str
    words: str = ""
