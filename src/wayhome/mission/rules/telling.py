"""Who was told a part of a secret, by whom and with what promise; and how many may know."""

from __future__ import annotations

import math
import re
import unicodedata

from wayhome.mission.facts import missions as m
from wayhome.mission.facts import secrecy as f
from wayhome.mission.facts.secrecy import Part
from wayhome.mission.intents import secrecy as i
from wayhome.mission.need_to_know import LEVELS, Telling, masked_names
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
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

NO_SUCH_TELLING = "there is no such telling: `wayhome telling list` shows those you can see"
MOST_WHO_KNOW = 10_000


def telling_of(world: World, act: Act, telling: Id) -> tuple[Mission, Telling]:
    """A telling and its mission, for the one who told it and the one who heard it; absent for everybody else.

    Whoever told it of a mission they were read in to, and is no longer, sees it no more.
    """
    found: tuple[Mission, Telling] | None = None
    for mission in world.missions.values():
        held = mission.secrecy.tellings.get(telling)
        if held is not None and _theirs(mission, held, act.by):
            found = mission, held
    if found is None:
        raise Refused("no such telling", NO_SUCH_TELLING)
    return found


def _theirs(mission: Mission, telling: Telling, member: PersonId) -> bool:
    told = telling.teller == member and (not telling.teller_read_in or sees(mission, member))
    return told or telling.listener == member


def part_up_to(part: Part, level: str) -> Part:
    """What of a part is told at a level; nothing that lies above it."""
    rank = LEVELS.index(level)
    where = rank >= LEVELS.index("where and when")
    return Part(
        name=part.name if level == "all" else "",
        rank=part.rank if level == "all" else "",
        purpose=part.purpose if rank >= LEVELS.index("what for") else "",
        place=part.place if where else None,
        starts=part.starts if where else None,
        home_by=part.home_by if where else None,
    )


def _whole(mission: Mission) -> Part:
    """All there is to tell. Where somebody is masked, who they are is told by itself and not in passing."""
    return Part(
        name=_masked(mission, mission.name),
        rank=mission.rank,
        purpose=_masked(mission, mission.purpose),
        place=mission.place,
        starts=mission.starts,
        home_by=mission.home_by,
    )


def _masked(mission: Mission, words: str) -> str:
    mask = mission.secrecy.mask
    names = masked_names(mask, mission.subject) if mask is not None else ()
    if mask is None or not names:
        return words
    longest_first = sorted((unicodedata.normalize("NFC", name) for name in names), key=lambda name: (-len(name), name))
    found = "|".join(r"\s+".join(re.escape(part) for part in name.split()) for name in longest_first)
    label = mask.label
    plain = unicodedata.normalize("NFC", words)
    return re.sub(rf"(?i)(?<![^\W_])(?:{found})(?![^\W_])", lambda _: label, plain)


# How many may know


def known_to_all_read_in(mission: Mission) -> set[PersonId]:
    """Who knows, as everybody read in can see: all who were ever read in, and whoever stands in a shown telling."""
    shown = [telling for telling in mission.secrecy.tellings.values() if telling.shown]
    return mission.known_to | {t.listener for t in shown} | {t.teller for t in shown}


def known_as_seen_by(mission: Mission, member: PersonId) -> set[PersonId]:
    """The same, and whomever one told as one of those read in."""
    own = {t.listener for t in mission.secrecy.tellings.values() if t.teller == member and t.teller_read_in}
    return known_to_all_read_in(mission) | own


def crosses_ceiling(mission: Mission, known: set[PersonId], member: PersonId) -> bool:
    """Whether one more would be more than may know."""
    most = mission.secrecy.ceiling.most
    return mission.secret and most is not None and member not in known and len(known) >= most


def ceiling_words(mission: Mission, known: set[PersonId]) -> str:
    """What is refused above the ceiling."""
    return f"{len(known)} know of it, and at most {mission.secrecy.ceiling.most} may"


def ceiling_exception(mission: Mission, member: PersonId, reason: str) -> m.ExceptionMade:
    """The record of a ceiling crossed. How many whoever acts knows of is not in it: others read it as well."""
    about = f"the ceiling of {mission.secrecy.ceiling.most} who may know"
    return m.ExceptionMade(rule="ceiling", about=about, reason=reason, member=member)


def excepted(mission: Mission, member: PersonId) -> bool:
    """Whether command has excepted a member, or everybody, from the ceiling."""
    return bool({f"ceiling:{member}", "ceiling:"} & mission.excepted)


def must_fit_ceiling(mission: Mission, member: PersonId, override: str) -> tuple[m.ExceptionMade, ...]:
    """For reading somebody in: the exception to record where they are one too many. Refuses one without a reason."""
    known = known_to_all_read_in(mission)
    if not crosses_ceiling(mission, known, member) or excepted(mission, member):
        return ()
    if not override.strip():
        raise Refused(
            "over the ceiling",
            f"{ceiling_words(mission, known)}: to read in one more all the same, record the reason for an override",
        )
    return (ceiling_exception(mission, member, text(override, "the reason")),)


# Telling


@decides(i.Tell)
def tell(intent: i.Tell, world: World, act: Act) -> Decision:
    if (intent.mission is None) == (intent.of is None):
        raise Refused("told of what", "name the mission, or the telling by which you know: one of both")
    if intent.level not in LEVELS:
        raise Refused("told how much", f"{intent.level!r} is no level of telling: one of {', '.join(LEVELS)}")
    if intent.of is not None:
        mission, told = _told_on(intent, world, act, intent.of)
    else:
        mission, told = _told_by_read_in(intent, world, act)
    decision = in_mission(mission, told)
    return Decision(decision, made=told.telling, tells=_tells(mission, told, intent))


def _tells(mission: Mission, told: f.Told, intent: i.Tell) -> tuple[str, ...]:
    """For whoever is read in alone: whoever passes on what they heard learns nothing of the mission."""
    if told.of is None and told.shown and not intent.shown:
        return (f"{mission.name} shows every telling to its command: this one as well.",)
    return ()


def _told_by_read_in(intent: i.Tell, world: World, act: Act) -> tuple[Mission, f.Told]:
    assert intent.mission is not None
    mission = mission_of(world, act, intent.mission)
    if not mission.secret:
        raise Refused("not secret", "an open mission is for everybody to see")
    about = member_of(world, intent.about).id if intent.about is not None else None
    _may_hear(intent.listener, about, world, act)
    if intent.listener in mission.read_in:
        name = world.name(intent.listener)
        raise Refused("read in already", f"{name} is read in and sees all of it: there is no need to record a telling")
    happened = _happened(intent, act)
    if happened.ms < mission.opened.ms:
        raise Refused("before there was anything to tell", "the mission was raised later than that: give a later time")
    known = known_as_seen_by(mission, act.by)
    if crosses_ceiling(mission, known, intent.listener) and not intent.override.strip():
        raise Refused(
            "over the ceiling",
            f"{ceiling_words(mission, known)}: to record one more all the same, give the reason for an override",
        )
    return mission, _fact(intent, act, mission, about, part_up_to(_whole(mission), intent.level), happened)


def _told_on(intent: i.Tell, world: World, act: Act, of: Id) -> tuple[Mission, f.Told]:
    """By somebody who was told. All that is weighed here is what they were told: not who else knows, nor how many."""
    mission, heard = telling_of(world, act, of)
    if heard.listener != act.by:
        raise Refused("told by you", "that is what you told yourself: to tell another, name the mission")
    if LEVELS.index(intent.level) > LEVELS.index(heard.level):
        raise Refused("more than was told", f"you were told {heard.level}: you cannot tell more than that")
    if intent.about not in (None, heard.about):
        raise Refused("more than was told", "what you were told says nothing of that member")
    _may_hear(intent.listener, heard.about, world, act)
    happened = _happened(intent, act)
    if happened.ms < heard.happened.ms:
        raise Refused("before you knew", "you were told later than that: give a later time")
    return mission, _fact(intent, act, mission, heard.about, part_up_to(heard.part, intent.level), happened)


def _fact(intent: i.Tell, act: Act, mission: Mission, about: PersonId | None, part: Part, happened: Moment) -> f.Told:
    return f.Told(
        telling=act.id("telling"),
        teller=act.by,
        listener=intent.listener,
        level=intent.level,
        happened=happened,
        part=part,
        about=about,
        promise=text(intent.promise, "the promise", empty=True),
        of=intent.of,
        shown=intent.shown or mission.secrecy.ceiling.tellings_shown,
        override=text(intent.override, "the reason", empty=True),
    )


def _may_hear(listener: PersonId, about: PersonId | None, world: World, act: Act) -> None:
    name = world.name(member_of(world, listener).id)
    if listener == act.by:
        raise Refused("told to whom", "a telling is to somebody else: name whom you told")
    if listener == about:
        raise Refused("told to whom", f"it is about {name}, who knows")


def _happened(intent: i.Tell, act: Act) -> Moment:
    happened = intent.happened or act.now
    if happened.ms > act.now.ms:
        raise Refused("in the future", "somebody cannot have been told in the future: give the time at which they were")
    return happened


@decides(i.GivePromise)
def give_promise(intent: i.GivePromise, world: World, act: Act) -> Decision:
    mission, telling = telling_of(world, act, intent.telling)
    if telling.listener != act.by:
        raise Refused("not yours to do", f"the promise is {world.name(telling.listener)}'s to give")
    words = text(intent.words, "the promise")
    return Decision(in_mission(mission, f.PromiseGiven(telling=telling.id, words=words)))


@decides(i.ShowTelling)
def show_telling(intent: i.ShowTelling, world: World, act: Act) -> Decision:
    """Shown twice is shown: whoever told it may not learn whether the mission shows it by itself."""
    mission, telling = telling_of(world, act, intent.telling)
    if telling.teller != act.by:
        raise Refused("not yours to do", f"only {world.name(telling.teller)}, who told it, can show it to command")
    return Decision(in_mission(mission, f.TellingShown(telling=telling.id)))


@decides(i.SetCeiling)
def set_ceiling(intent: i.SetCeiling, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "setting how many may know", mission=mission)
    if not mission.secret:
        raise Refused("not secret", "an open mission is for everybody to see")
    if intent.most is not None and not 1 <= intent.most <= MOST_WHO_KNOW:
        raise Refused("how many", f"a ceiling is 1 to {MOST_WHO_KNOW:,} people, or none")
    if not (math.isfinite(intent.leak_per_year) and 0 < intent.leak_per_year <= 1):
        raise Refused(
            "how likely", "the assumed chance of a leak is more than 0 and at most 1 for each person and year"
        )
    fact = f.CeilingSet(most=intent.most, leak_per_year=intent.leak_per_year, tellings_shown=intent.tellings_shown)
    known = known_as_seen_by(mission, act.by)
    over = intent.most is not None and len(known) > intent.most
    return Decision(in_mission(mission, fact), tells=(f"{len(known)} know of it already.",) if over else ())
