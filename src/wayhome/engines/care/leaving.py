"""What leaves care into the record: the little that a member agreed to. Whoever carries it out states it there.

Each is stated by `member`, named like the intent it becomes, under `key`, so that stated again it changes nothing.
"""

from __future__ import annotations

from datetime import date

import msgspec

from wayhome.values.ids import Id, MissionId, PersonId, derive


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """`member`: by whom it is stated. `key`: the key of the intent."""

    member: PersonId
    key: str


class HoldToLimit(Leaf, frozen=True, kw_only=True):
    limit: Id
    words: str
    until: date
    partner: PersonId | None = None


class EndLimit(Leaf, frozen=True, kw_only=True):
    """`member`: whose limit it is. `by`: the member, or the clinician who set it."""

    limit: Id
    by: PersonId


class TickContact(Leaf, frozen=True, kw_only=True):
    on: date


class RequestForCare(Leaf, frozen=True, kw_only=True):
    owner: PersonId
    words: str

    @property
    def request(self) -> Id:
        """The id that the request gets in the record."""
        return request_of(self.key)


class CountVisit(Leaf, frozen=True, kw_only=True):
    """`member`: the supporter whose minutes they are. Whom they visited is nowhere."""

    minutes: int
    on: date


class GiveWords(Leaf, frozen=True, kw_only=True):
    mission: MissionId
    words: str


class NoteCareErased(Leaf, frozen=True, kw_only=True):
    on: date


class LetCarerIn(Leaf, frozen=True, kw_only=True):
    """`member`: the carer who lets `carer` in. The box is made where the keys are."""

    carer: PersonId


Leaves = HoldToLimit | EndLimit | TickContact | RequestForCare | CountVisit | GiveWords | NoteCareErased | LetCarerIn


def request_of(key: str) -> Id:
    """The id of the request that is stated to the record under `key`."""
    return derive(key, "care request")
