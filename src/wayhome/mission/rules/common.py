"""What every rule uses: who acts, what they may see and do, and how a decision or a refusal is stated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from wayhome.mission.facts.base import Fact
from wayhome.mission.intents.base import Intent
from wayhome.mission.state import Member, Mission, Offer, World
from wayhome.values.ids import ORGANISATION, Id, MissionId, PersonId, StreamId, derive, person_stream
from wayhome.values.when import Moment

CLOCK = PersonId("clock")
"""Who acts when a deadline passes and nobody does anything."""


class Act(msgspec.Struct, frozen=True):
    """Who states an intent, when, by which key (of which every new id is made), and on which replica."""

    by: PersonId
    now: Moment
    key: str
    replica: str

    def id(self, *purpose: str) -> Id:
        return derive(self.key, *purpose)


class Say(msgspec.Struct, frozen=True):
    """One fact for one stream."""

    stream: StreamId
    fact: Fact


class Decision(msgspec.Struct, frozen=True):
    """What an intent brings about. `made` is the id of what it brought into being; `tells` is for who acted."""

    says: tuple[Say, ...]
    made: str | None = None
    tells: tuple[str, ...] = ()
    destroyed: tuple[StreamId, ...] = ()


class Refused(Exception):
    """An intent that may not be: what is wrong, and what to do. `code` stays the same, `text` is for people.

    `yet` are facts to be written all the same: somebody read in must hear of a clash that the refusal may not show.
    """

    def __init__(self, code: str, text: str, *, yet: tuple[Say, ...] = ()) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.yet = yet


Stated = TypeVar("Stated", bound=Intent)
Rule = Callable[[Stated, World, Act], Decision]
RULES: dict[type[Intent], Callable[..., Decision]] = {}


def decides(kind: type[Stated]) -> Callable[[Rule[Stated]], Rule[Stated]]:
    """Registers the one function that decides an intent of this kind."""

    def register(rule: Rule[Stated]) -> Rule[Stated]:
        RULES[kind] = rule
        return rule

    return register


def in_organisation(*facts: Fact) -> tuple[Say, ...]:
    return tuple(Say(ORGANISATION, fact) for fact in facts)


def in_person(person: PersonId, *facts: Fact) -> tuple[Say, ...]:
    return tuple(Say(person_stream(person), fact) for fact in facts)


def in_mission(mission: Mission, *facts: Fact) -> tuple[Say, ...]:
    return tuple(Say(mission.stream, fact) for fact in facts)


def member_of(world: World, member: PersonId) -> Member:
    """The member. Refuses an unknown one."""
    found = world.organisation.members.get(member)
    if found is None:
        raise Refused("no such member", "nobody on the roster has that id: `wayhome member list` shows who is there")
    return found


def sees(mission: Mission, member: PersonId) -> bool:
    """Whether somebody may know of a mission: an open one everybody, a secret one the read-in."""
    return not mission.secret or member in mission.read_in or member == CLOCK


NO_SUCH_MISSION = "there is no mission by that name: `wayhome mission list` shows those you can see"
NO_SUCH_OFFER = "there is no such offer: `wayhome offer list` shows those you can see"


def mission_of(world: World, act: Act, mission: MissionId) -> Mission:
    """The mission, for somebody who may know of it. Hidden and absent are refused in the same words."""
    found = world.missions.get(mission)
    if found is None or not found.name or not sees(found, act.by):
        raise Refused("no such mission", NO_SUCH_MISSION)
    return found


def offer_of(world: World, act: Act, offer: Id) -> tuple[Mission, Offer]:
    """The offer and its mission, for somebody who may know of it."""
    for mission in world.missions.values():
        found = mission.offers.get(offer)
        if found is not None and sees(mission, act.by):
            return mission, found
    raise Refused("no such offer", NO_SUCH_OFFER)


def relations(world: World, act: Act, mission: Mission | None = None, member: PersonId | None = None) -> set[str]:
    """What somebody is, as regards a mission and a member: the words that the tables of who may use."""
    if act.by == CLOCK:
        return {"clock"}
    me = world.organisation.members.get(act.by)
    found = {"anyone"} if me is not None else set()
    duties = me.duties if me else set()
    found |= duties & {"clerk", "operator", "medic", "commander", "trainer"}
    if act.by == world.organisation.commander:
        found.add("commander")
    if member is not None and act.by == member:
        found.add("self")
    if mission is not None and (act.by in (mission.owner, mission.commander) or "commander" in found):
        found.add("mission command")
    return found


def must(
    world: World,
    act: Act,
    who: frozenset[str],
    what: str,
    *,
    mission: Mission | None = None,
    member: PersonId | None = None,
) -> None:
    """Refuses when nobody of `who` is acting."""
    if not relations(world, act, mission, member) & who:
        raise Refused("not yours to do", f"{what} is for {' or '.join(sorted(who))}")


COMMAND = frozenset({"commander"})
MISSION_COMMAND = frozenset({"mission command"})
ROSTER = frozenset({"clerk", "commander"})
SELF_OR_ROSTER = frozenset({"self", "clerk", "commander"})
IN_THE_FIELD = frozenset({"anyone"})
MAY_TYPE_FOR_OTHERS = frozenset({"operator", "mission command", "commander"})


def text(value: str, what: str, *, limit: int = 10_000, empty: bool = False) -> str:
    """The words, without blank edges. Refuses nothing at all, and more than fits."""
    words = value.strip()
    if not words and not empty:
        raise Refused("nothing said", f"{what} is empty: say it in a word or two")
    if len(words) > limit:
        raise Refused("too long", f"{what} is {len(words):,} letters long; at most {limit:,} fit")
    return words


def attributed(world: World, act: Act, mission: Mission, member: PersonId, channel: str) -> PersonId | None:
    """None when a member speaks for themselves; else who typed it for them. Refuses whoever may not."""
    if act.by == member:
        return None
    must(world, act, MAY_TYPE_FOR_OTHERS, "typing a reply for somebody else", mission=mission)
    if not channel.strip():
        raise Refused(
            "by which channel", f"say how {world.name(member)}'s reply reached you, for example by phone or radio"
        )
    return act.by
