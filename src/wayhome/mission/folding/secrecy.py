"""How the facts about who may know add up."""

from __future__ import annotations

from wayhome.mission.facts import secrecy as f
from wayhome.mission.folding.registry import on_mission
from wayhome.mission.need_to_know import Ceiling, ContactPlan, Cover, Emergency, Mask, Telling
from wayhome.mission.state import Mission, Said


@on_mission(f.Told)
def told(mission: Mission, fact: f.Told, said: Said) -> None:
    mission.secrecy.tellings[fact.telling] = Telling(
        id=fact.telling,
        teller=fact.teller,
        listener=fact.listener,
        level=fact.level,
        happened=fact.happened,
        recorded=said.at,
        part=fact.part,
        about=fact.about,
        promise=fact.promise,
        of=fact.of,
        shown=fact.shown,
        override=fact.override,
        teller_read_in=fact.of is None,
    )


@on_mission(f.PromiseGiven)
def promised(mission: Mission, fact: f.PromiseGiven, said: Said) -> None:
    telling = mission.secrecy.tellings.get(fact.telling)
    if telling is not None:
        telling.promise = fact.words


@on_mission(f.TellingShown)
def telling_shown(mission: Mission, fact: f.TellingShown, said: Said) -> None:
    telling = mission.secrecy.tellings.get(fact.telling)
    if telling is not None:
        telling.shown = True


@on_mission(f.CeilingSet)
def ceiling_set(mission: Mission, fact: f.CeilingSet, said: Said) -> None:
    mission.secrecy.ceiling = Ceiling(fact.most, fact.leak_per_year, fact.tellings_shown)


@on_mission(f.CoverSet)
def cover_set(mission: Mission, fact: f.CoverSet, said: Said) -> None:
    mission.secrecy.covers[fact.cover] = Cover(
        id=fact.cover,
        about=fact.about,
        status=fact.status,
        words=fact.words,
        start=fact.start,
        end=fact.end,
        vehicle=fact.vehicle,
        by=said.author,
    )


@on_mission(f.CoverEnded)
def cover_ended(mission: Mission, fact: f.CoverEnded, said: Said) -> None:
    cover = mission.secrecy.covers.get(fact.cover)
    if cover is not None:
        cover.ended = said.at


@on_mission(f.IdentityMasked)
def identity_masked(mission: Mission, fact: f.IdentityMasked, said: Said) -> None:
    known = mission.secrecy.mask.known_by if mission.secrecy.mask else {said.author, mission.owner, mission.commander}
    mission.secrecy.mask = Mask(fact.label, fact.names, set(known))


@on_mission(f.IdentityTold)
def identity_told(mission: Mission, fact: f.IdentityTold, said: Said) -> None:
    if mission.secrecy.mask is not None:
        mission.secrecy.mask.known_by.add(fact.member)


@on_mission(f.ContactPlanned)
def contact_planned(mission: Mission, fact: f.ContactPlanned, said: Said) -> None:
    plan = ContactPlan(fact.member, fact.every_min, fact.signals, fact.way_out)
    mission.secrecy.contact_plans[fact.member] = plan


@on_mission(f.OpenedInEmergency)
def opened_in_emergency(mission: Mission, fact: f.OpenedInEmergency, said: Said) -> None:
    """Whoever opened it knows of it for good, though they see it only for a while."""
    theirs = [e for e in mission.secrecy.emergencies.values() if e.by == fact.by and not e.ended]
    mission.secrecy.emergencies[fact.glass] = Emergency(
        id=fact.glass,
        by=fact.by,
        reason=fact.reason,
        since=said.at,
        until=fact.until,
        alerted=fact.alerted,
        was_read_in=theirs[0].was_read_in if theirs else fact.by in mission.read_in,
    )
    mission.read_in.add(fact.by)
    mission.known_to.add(fact.by)


@on_mission(f.EmergencyEnded)
def emergency_ended(mission: Mission, fact: f.EmergencyEnded, said: Said) -> None:
    held = mission.secrecy.emergencies.get(fact.glass)
    if held is None or held.ended:
        return
    held.ended = True
    others = [e for e in mission.secrecy.emergencies.values() if e.by == held.by and not e.ended]
    if not held.was_read_in and not others:
        mission.read_in.discard(held.by)
