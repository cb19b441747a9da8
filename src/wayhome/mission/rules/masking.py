"""What may be stated about a masked identity: who reads a label, and who is told the name."""

from __future__ import annotations

from wayhome.mission.facts import secrecy as f
from wayhome.mission.intents import secrecy as i
from wayhome.mission.need_to_know import knows_identity, names_in, within
from wayhome.mission.rules.common import (
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    sees,
    text,
)
from wayhome.mission.state import Mission, World

MOST_NAMES = 40
SHORTEST = 2
"""A single letter would be found in every other line."""


@decides(i.MaskIdentity)
def mask_identity(intent: i.MaskIdentity, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "masking an identity", mission=mission)
    if not knows_identity(mission, act.by):
        raise Refused("not yours to do", "somebody is masked here already: only who knows them can change the mask")
    names = _names(intent, mission)
    fact = f.IdentityMasked(label=_label(intent.label, names), names=names)
    return Decision(in_mission(mission, fact))


def _names(intent: i.MaskIdentity, mission: Mission) -> tuple[str, ...]:
    """Every name to be masked: those given, the subject's, and those that an earlier mask covered."""
    given = tuple(" ".join(text(name, "a name to mask", limit=100).split()) for name in intent.names)
    before = mission.secrecy.mask.names if mission.secrecy.mask else ()
    described = (name for name in names_in(mission.subject) if not (name.islower() and within(name, intent.label)))
    names = tuple(dict.fromkeys((*given, *described, *before)))
    if not names:
        raise Refused("nobody to mask", "give the names by which they may be written, or describe the subject first")
    if len(names) > MOST_NAMES:
        raise Refused("too many", f"{len(names)} names are more than {MOST_NAMES}: leave out those that nobody writes")
    short = [name for name in names if len(name) < SHORTEST or not any(letter.isalnum() for letter in name)]
    if short:
        raise Refused("too short", f"{short[0]!r} would hide other words as well: give names of two letters or more")
    return names


def _label(label: str, names: tuple[str, ...]) -> str:
    """The label, in which no name stands and which every form of paper can hold."""
    words = text(label, "the label", limit=60)
    if any(letter in '"\\{}[]<>' or not letter.isprintable() for letter in words):
        raise Refused("no such label", "a label is plain words, for example: the target")
    inside = next((name for name in names if within(name, words)), None)
    if inside is not None:
        raise Refused("no such label", f"the label says {inside!r}, which it is to hide: choose other words")
    return words


@decides(i.TellIdentity)
def tell_identity(intent: i.TellIdentity, world: World, act: Act) -> Decision:
    """A secret mission is told only to whoever is read in: else being told would betray that there is one."""
    mission = mission_of(world, act, intent.mission)
    member_of(world, intent.member)
    if mission.secrecy.mask is None:
        raise Refused("nobody is masked", "nobody's identity is masked in this mission")
    if not knows_identity(mission, act.by):
        raise Refused("not yours to do", "who is masked can be told only by somebody who knows")
    name = world.name(intent.member)
    if not sees(mission, intent.member):
        raise Refused("not read in", f"{name} is not read in to this mission: read them in first")
    if knows_identity(mission, intent.member):
        raise Refused("knows already", f"{name} knows already who it is")
    reason = text(intent.reason, "the reason", empty=True)
    return Decision(in_mission(mission, f.IdentityTold(member=intent.member, reason=reason)))


def without_label(mission: Mission, fields: dict[str, str], act: Act) -> dict[str, str]:
    """What is said of the subject, without a label that was read in place of a name and is sent back with the rest."""
    mask = mission.secrecy.mask
    if mask is None or knows_identity(mission, act.by):
        return fields
    return {field: said for field, said in fields.items() if mask.label.casefold() not in said.casefold()}
