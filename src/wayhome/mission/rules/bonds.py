"""Bonds: who states them, who ends them, and what they say to whoever sends people. Never a bar."""

from __future__ import annotations

from collections.abc import Iterable

from wayhome.mission.bonds import BONDS, SENT, counts_as, why
from wayhome.mission.facts import people as f
from wayhome.mission.intents import people as i
from wayhome.mission.rules.common import (
    Act,
    Decision,
    Refused,
    decides,
    in_organisation,
    member_of,
    must,
    relations,
    text,
)
from wayhome.mission.state import ACCEPTED, Bond, Mission, World
from wayhome.values.ids import PersonId

ASKED = frozenset({"offered", "seen", "thinking"}) | ACCEPTED
WHO_SENDS = frozenset({"commander", "operator"})
ANYBODY = frozenset({"anyone", "clerk", "commander"})
THEIR_OWN = frozenset({"clerk", "commander"})


@decides(i.StateBond)
def state_bond(intent: i.StateBond, world: World, act: Act) -> Decision:
    member_of(world, intent.one)
    member_of(world, intent.other)
    theirs = act.by in (intent.one, intent.other)
    if intent.what not in BONDS or intent.one == intent.other:
        raise Refused("no such bond", f"a bond ties two people and is one of {', '.join(BONDS)}")
    if intent.sent not in SENT:
        raise Refused("together or apart", f"{intent.sent!r}: say together or apart, or nothing of how they are sent")
    if intent.private and not theirs:
        raise Refused("not yours to do", "a private bond is for the two of them to state")
    if not theirs:
        must(world, act, THEIR_OWN if intent.what == "couple" else ANYBODY, "stating a bond of others")
    fact = f.BondStated(
        one=intent.one,
        other=intent.other,
        what=intent.what,
        says=text(intent.says, "what is lost", limit=500, empty=True),
        sent=intent.sent,
        private=intent.private,
    )
    return Decision(in_organisation(fact))


@decides(i.EndBond)
def end_bond(intent: i.EndBond, world: World, act: Act) -> Decision:
    key = (intent.one, intent.other, intent.what)
    held = next((b for b in world.organisation.bonds if (b.one, b.other, b.what) == key), None)
    if held is None or not sees_bond(world, act, held):
        raise Refused("no such bond", "nobody stated that bond: `wayhome member bonds` lists those you can see")
    if act.by not in (intent.one, intent.other):
        must(world, act, THEIR_OWN, "ending a bond of others")
    return Decision(in_organisation(f.BondEnded(one=intent.one, other=intent.other, what=intent.what)))


def sees_bond(world: World, act: Act, bond: Bond) -> bool:
    """Whether whoever acts is told of a bond: of a private one, the two of them and those who send people."""
    return not bond.private or act.by in (bond.one, bond.other) or bool(relations(world, act) & WHO_SENDS)


def bond_warnings(
    world: World, mission: Mission, member: PersonId, act: Act, going: Iterable[PersonId] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What sending somebody parts or joins, as far as whoever acts may know: open words, and private ones.

    `going` are those who are sent with them. Private words are told and never recorded.
    """
    said: dict[bool, list[str]] = {False: [], True: []}
    there = _there(mission) | set(going)
    for bond in sorted(world.organisation.bonds, key=lambda bond: (bond.what, bond.one, bond.other)):
        if member in (bond.one, bond.other) and sees_bond(world, act, bond):
            said[bond.private] += _said(world, mission, member, bond, there)
    return tuple(dict.fromkeys(said[False])), tuple(dict.fromkeys(said[True]))


def _said(world: World, mission: Mission, member: PersonId, bond: Bond, there: set[PersonId]) -> list[str]:
    other = bond.other if bond.one == member else bond.one
    held = world.organisation.members.get(other)
    if held is None or held.status == "lost":
        return []
    rank = next((r for r in world.organisation.scales.mission_ranks if r.name == mission.rank), None)
    counts = counts_as(bond.what, bond.sent, grave=rank is not None and rank.grave)
    name, their = world.name(member), world.name(other)
    if counts == "together" and other not in there:
        return [f"Sending {name} alone parts them from {their} ({why(bond.what, bond.says, bond.sent)}): ask both."]
    if counts == "apart" and other in there:
        return [f"{name} and {their} would be sent together ({why(bond.what, bond.says, bond.sent)})."]
    return []


def _there(mission: Mission) -> set[PersonId]:
    asked = {offer.member for offer in mission.offers.values() if offer.answer in ASKED}
    return asked | set(mission.still_out) | set(mission.walk_ins)
