"""Up front: whoever is the only healer is put there by a recorded exception alone."""

from __future__ import annotations

from collections.abc import Mapping

from wayhome.mission.facts.missions import ExceptionMade
from wayhome.mission.moves import HEALER_LEVEL, NOT_TO_BE_HAD
from wayhome.mission.rules.common import Act, Refused
from wayhome.mission.state import Mission, World
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

RULE = "healer"
ABOUT = "the only healer would be put up front"
REFUSED_ALREADY = frozenset({"declined", "withdrawn"})


def only_healer(world: World, mission: Mission, member: PersonId, now: Moment) -> bool:
    """Whether somebody is a healer, and no other could be had for this mission.

    Others are counted by what everybody sees of them, their duty status, and by what this mission holds of them: who
    declined it, or is held back from it, cannot be had.
    """
    skill = world.organisation.scales.healer_skill
    refused = {offer.member for offer in mission.offers.values() if offer.answer in REFUSED_ALREADY}
    healers = [one for one in world.organisation.members.values() if one.skills.get(skill, 0) >= HEALER_LEVEL]
    others = [
        one.id
        for one in healers
        if one.id != member
        and one.status_at(now) not in NOT_TO_BE_HAD
        and one.id not in mission.held_back
        and (one.id not in refused or one.id in mission.accepted)
    ]
    return not others and any(one.id == member for one in healers)


def excepted(mission: Mission, member: PersonId) -> bool:
    return f"{RULE}:{member}" in mission.excepted or f"{RULE}:" in mission.excepted


def healer_words(world: World, member: PersonId) -> str:
    return f"{world.name(member)} is the only healer who could be had, and would be put up front"


def healer_exception(
    world: World, mission: Mission, member: PersonId, front: bool | None, reasons: Mapping[str, str], act: Act
) -> tuple[ExceptionMade, ...]:
    """The exception by which the only healer gets a post up front. Refuses where its reason is missing."""
    goes_front = mission.front if front is None else front
    if not goes_front or excepted(mission, member) or not only_healer(world, mission, member, act.now):
        return ()
    reason = reasons.get(RULE, "").strip()
    if not reason:
        raise Refused(
            "needs an exception: healer",
            f"{healer_words(world, member)}. To put them there all the same, record the reason for an exception",
        )
    return (ExceptionMade(rule=RULE, about=ABOUT, reason=reason, member=member),)


def must_not_be_only_healer(world: World, mission: Mission, member: PersonId, now: Moment) -> None:
    """Refuses the only healer up front, where no exception is on record."""
    if mission.up_front(member) and only_healer(world, mission, member, now) and not excepted(mission, member):
        raise Refused(
            "needs an exception: healer",
            f"{healer_words(world, member)}: record the reason with `wayhome mission exception`, or give them another "
            "post",
        )
