"""Who goes, as it is answered and as the record keeps it: teams, what changed since the last time, what has none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import cast

import msgspec

from wayhome.engines import tasking
from wayhome.engines.tasking.now.kept_back import NO_MORE, PRIVATE
from wayhome.engines.tasking.now.words import listed
from wayhome.mission.views.shapes import AdviceView, MissionView
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment

ENGINE = "tasking"
"""Under this name a proposal stands on the record; the last one is what the next one's changes are told against."""


class StaffChange(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who joins a team, or leaves it, against the last proposal on record. `why` in words."""

    mission: MissionId
    mission_name: str
    person: PersonId
    name: str
    joins: bool
    why: str
    personal: bool = False
    """The reason is for whoever sends people alone: it is not written down."""


class NearOne(msgspec.Struct, frozen=True):
    """Somebody who nearly qualifies, and what they lack."""

    name: str
    lacks: tuple[str, ...]
    personal: bool = False


class WithoutTeam(msgspec.Struct, frozen=True, kw_only=True):
    """A mission without a team: the smallest set of rules that clash, and who is nearest to qualifying.

    `personal`: those of `rules` that are for whoever sends people alone; they are not written down.
    """

    mission: MissionId
    name: str
    words: str
    rules: tuple[str, ...] = ()
    near: tuple[NearOne, ...] = ()
    personal: tuple[str, ...] = ()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Missions that were weighed together, by themselves: nobody who goes on one is missed on those of another part.

    No plan for them has under `bound` points.
    """

    missions: tuple[MissionId, ...]
    points: int
    bound: int


class Staffing(tasking.Proposal, frozen=True, kw_only=True):
    """A proposal with what changed against the last one on record, made at `against`; None where there was none.

    `kept`: as few as can be were changed; a plan made afresh would come to `saves` points fewer.
    `what_if`: somebody was left out or pinned by way of trial; that is not written down. `base`: where people without
    a place of their own set out. `rests_on`: a mark of what the missions asked for, by mission.
    `parts`: which missions were weighed together, where some are at other hours and were weighed by themselves;
    `points` and `bound` are their sums.
    """

    changes: tuple[StaffChange, ...] = ()
    against: Moment | None = None
    unmanned: tuple[WithoutTeam, ...] = ()
    kept: bool = False
    saves: int = 0
    what_if: bool = False
    base: Place | None = None
    rests_on: dict[MissionId, str] = {}
    parts: tuple[Part, ...] = ()


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The last proposal on record for a mission: who, when, from where, and what the mission then asked for."""

    people: tuple[PersonId, ...] = ()
    names: dict[PersonId, str] = {}
    made: Moment | None = None
    base: Place | None = None
    rests_on: str = ""


def before(advice: Iterable[AdviceView], mission: MissionId) -> Before:
    """The last proposal on record for a mission; one that cannot be read any more counts as none."""
    oldest_first = sorted((one for one in advice if one.engine == ENGINE), key=lambda one: one.at.ms)
    for one in oldest_first[::-1]:  # of the same moment, the one written last
        try:
            note = msgspec.json.decode(one.result, type=Staffing)
        except (msgspec.MsgspecError, tasking.TaskingError):
            continue
        picks = [pick for team in note.teams if team.mission == mission for pick in team.picks]
        return Before(
            people=tuple(PersonId(pick.person) for pick in picks),
            names={PersonId(pick.person): pick.name for pick in picks},
            made=one.at,
            base=note.base,
            rests_on=note.rests_on.get(mission, ""),
        )
    return Before()


def rests_on(held: MissionView, base: Place | None) -> str:
    """The same for as long as the mission asks for the same: its plan and where people set out, and no clock."""
    people = (held.needs, held.least_people, held.most_people, held.front)
    asks = (held.rank, held.place, people, held.starts, held.hours, base)
    return hashlib.blake2b(msgspec.json.encode(asks), digest_size=8).hexdigest()


def written(answer: Staffing, mission: MissionId) -> Staffing:
    """What is written down of an answer in one mission, for everybody who may see that mission: its part alone.

    Whether an earlier proposal could be kept to, what that costs, and who would be next and at what price may hang on
    how somebody slept: these are left out.
    """
    plain = cast(Staffing, tasking.for_everyone(answer))  # it gives back what it was given, with other fields
    return msgspec.structs.replace(
        plain,
        kept=False,
        saves=0,
        words=tasking.in_words(plain.teams, plain.gap) if plain.clash is None else plain.words,
        teams=tuple(_without_others(one) for one in plain.teams if one.mission == mission),
        changes=tuple(_openly(one) for one in answer.changes if one.mission == mission),
        unmanned=tuple(_without_personal(one) for one in answer.unmanned if one.mission == mission),
        rests_on={where: mark for where, mark in answer.rests_on.items() if where == mission},
    )


def _without_others(team: tasking.Team) -> tasking.Team:
    picks = tuple(msgspec.structs.replace(one, next_best=None) for one in team.picks)
    return msgspec.structs.replace(team, picks=picks)


def _openly(change: StaffChange) -> StaffChange:
    return msgspec.structs.replace(change, why=NO_MORE, personal=False) if change.personal else change


def _without_personal(one: WithoutTeam) -> WithoutTeam:
    rules = tuple(dict.fromkeys(PRIVATE.words if rule in one.personal else rule for rule in one.rules))
    near = tuple(near for near in one.near if not near.personal)
    words = without_words(one.name, rules, near) if rules else one.words
    return msgspec.structs.replace(one, words=words, rules=rules, near=near, personal=())


def without_words(name: str, rules: tuple[str, ...], near: tuple[NearOne, ...]) -> str:
    """Why a mission has no team, in one breath."""
    said = f"{name} has no team: {rules[0]}." if len(rules) == 1 else f"{name} has no team: these cannot all hold. "
    if len(rules) > 1:
        said += "; ".join(f"({number}) {rule}" for number, rule in enumerate(rules, start=1)) + "."
    if near:
        said += f" Nearest to it: {listed([f'{one.name} ({listed(list(one.lacks))})' for one in near])}."
    return said
