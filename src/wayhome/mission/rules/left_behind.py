"""Who is left behind when somebody goes, and what may be stated of looking in on them."""

from __future__ import annotations

from wayhome.mission.facts.people import LookedIn
from wayhome.mission.intents.people import LookInOn
from wayhome.mission.rules.bonds import sees_bond
from wayhome.mission.rules.common import Act, Decision, Refused, decides, in_person, member_of, text
from wayhome.mission.state import World
from wayhome.values.ids import PersonId

DEPENDS = {
    "teaches": ("other",),
    "steadies": ("other",),
    "kin": ("one", "other"),
    "couple": ("one", "other"),
    "promise": ("other",),
}
"""By each kind of bond, which of the two is left behind when the other goes."""


def left_by(what: str, one: PersonId, other: PersonId) -> tuple[tuple[PersonId, PersonId], ...]:
    """(who is left behind, without whom), for each side that depends on the other by a bond."""
    sides = DEPENDS.get(what, ())
    return tuple((other, one) if side == "other" else (one, other) for side in sides)


@decides(LookInOn)
def look_in(intent: LookInOn, world: World, act: Act) -> Decision:
    me = world.organisation.members.get(act.by)
    if me is None or "carer" not in me.duties:
        raise Refused("not yours to do", "noting that somebody was looked in on is for carer")
    member_of(world, intent.without)
    if member_of(world, intent.member).erased:
        raise Refused("erased", "their personal fields were erased, for good")
    known = [bond for bond in world.organisation.bonds if sees_bond(world, act, bond)]
    pairs = (pair for bond in known for pair in left_by(bond.what, bond.one, bond.other))
    if (intent.member, intent.without) not in pairs:
        raise Refused("not left behind", f"nobody stated that {world.name(intent.member)} depends on "
                      f"{world.name(intent.without)}: `wayhome member bond` does")  # fmt: skip
    words = text(intent.words, "the words", limit=2_000, empty=True)
    return Decision(in_person(intent.member, LookedIn(member=intent.member, without=intent.without, words=words)))
