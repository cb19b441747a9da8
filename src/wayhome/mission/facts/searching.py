"""Facts of a search: what was searched, seen and heard, what may have become of him, and the dogs and their handlers.

Each piece of evidence carries the times that it speaks of, so that what rests on it can be worked out anew without it.
"""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment


class Piece(msgspec.Struct, frozen=True, kw_only=True, tag_field="what", tag=True, omit_defaults=True):
    """One piece of evidence. Chances are 0 to 1, bearings degrees clockwise from north."""


class AreaSearched(Piece, frozen=True, kw_only=True):
    """An area searched without a find; `pod`: the chance to find him who was in it all that time.

    `segment` is the drawing whose outline it was. `team` is said in words.
    """

    area: tuple[Place, ...]
    start: Moment
    end: Moment
    pod: float
    team: str = ""
    segment: Id | None = None


class Fix(msgspec.Struct, frozen=True):
    """Where somebody was, and when."""

    at: Moment
    place: Place


class Swept(Piece, frozen=True, kw_only=True):
    """Searchers' own tracks without a find: the effective sweep width of one of them, walking at such a speed.

    From `tired_from` on they see less, by their own word.
    """

    paths: tuple[tuple[Fix, ...], ...]
    width_m: float
    at_km_h: float = 2.0
    team: str = ""
    tired_from: Moment | None = None


class Watched(Piece, frozen=True, kw_only=True):
    """Somebody at a post who saw nobody come by; `pod`: the chance to see who does."""

    place: Place
    radius_m: float
    start: Moment
    end: Moment
    pod: float
    who: str = ""


class Sighted(Piece, frozen=True, kw_only=True):
    """Somebody saw him, give or take; `chance_other`: that it was another."""

    place: Place
    at: Moment
    chance_other: float
    within_m: float = 100.0
    give_min: float = 5.0


class DogBearing(Piece, frozen=True, kw_only=True):
    """The direction of an air-scent dog, with the wind it was taken in. `tired`: the dog was, as far as was known."""

    dog: str
    place: Place
    at: Moment
    bearing_deg: float
    wind_from_deg: float | None = None
    wind_m_s: float | None = None
    chance_false: float
    sd_deg: float = 20.0
    reach_m: float = 500.0
    handler: PersonId | None = None
    tired: bool = False


class DogTrail(Piece, frozen=True, kw_only=True):
    """Where a trailing dog took his scent, from which article, and which way it drew if that was seen."""

    dog: str
    place: Place
    at: Moment
    wind_m_s: float
    chance_false: float
    article: str = ""
    toward_deg: float | None = None
    handler: PersonId | None = None
    tired: bool = False


class PhoneHeard(Piece, frozen=True, kw_only=True):
    """A phone heard by a mast, between two distances from it, within a beam where one is known.

    `chance_other`: that he does not carry it.
    """

    mast: Place
    at: Moment
    from_m: float
    to_m: float
    chance_other: float
    azimuth_deg: float | None = None
    beam_deg: float = 120.0


class Spoken(Piece, frozen=True, kw_only=True):
    """What has no place: how likely this would be under each hypothesis, and if he is somewhere else altogether."""

    likely: dict[Id, float]
    elsewhere: float
    at: Moment


AnyPiece = AreaSearched | Swept | Watched | Sighted | DogBearing | DogTrail | PhoneHeard | Spoken
"""Every kind of evidence but clues, which stand in their own list with their worth."""


class EvidenceNoted(Fact, frozen=True, kw_only=True):
    """`number` counts per replica and never clashes: `label` is what people say on the radio."""

    evidence: Id
    number: int
    label: str
    words: str
    piece: AnyPiece


class EvidenceWithdrawn(Fact, frozen=True, kw_only=True):
    evidence: Id
    reason: str


class ClueWeighed(Fact, frozen=True, kw_only=True):
    """What a clue is worth: the chance of a plant and of being somebody else's, and when he can have left it."""

    clue: Id
    planted: float
    anothers: float
    left_from: Moment | None = None
    left_until: Moment | None = None
    within_m: float = 50.0


class HypothesisStated(Fact, frozen=True, kw_only=True):
    """What may have become of him, how he then moves, and its odds before evidence beside the others'."""

    hypothesis: Id
    name: str
    odds: float
    words: str = ""
    category: str = ""
    evader: bool = False
    injured: bool = False
    heading_deg: float | None = None
    goals: tuple[Place, ...] = ()


class HypothesisDropped(Fact, frozen=True, kw_only=True):
    hypothesis: Id
    reason: str


class DogLent(Fact, frozen=True, kw_only=True):
    """Who has command over a dog from now on, and in whose words it was passed; None before is its first handler."""

    dog: Id
    name: str
    owner: PersonId
    handler: PersonId
    before: PersonId | None = None
    article: str = ""
    words: str = ""


class DogStateSaid(Fact, frozen=True, kw_only=True):
    """How a dog is: working, tired, resting or out of it."""

    dog: Id
    state: str
    words: str = ""
