"""What may be stated of covers: what the others believe is said in the open, the truth stays with those read in."""

from __future__ import annotations

from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.people import AvailabilitySaid, DutyStatusSet, VehicleStatusSet
from wayhome.mission.facts.secrecy import CoverEnded, CoverSet
from wayhome.mission.intents import secrecy as i
from wayhome.mission.moves import CANNOT_GO, said_of
from wayhome.mission.need_to_know import Cover
from wayhome.mission.rules.common import (
    MISSION_COMMAND,
    SELF_OR_ROSTER,
    Act,
    Decision,
    Refused,
    Say,
    decides,
    in_mission,
    in_organisation,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.rules.people import clashes, said_already, status_says
from wayhome.mission.rules.undercover import part_of
from wayhome.mission.state import Member, Mission, World
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment

COVER_STATUSES = ("away", "leave")
"""With any other duty status somebody would be asked to come while they are out."""


@decides(i.SetCover)
def set_cover(intent: i.SetCover, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "setting a cover", mission=mission)
    if not mission.secret:
        raise Refused("not secret", f"{mission.name} is for everybody to see: only a secret mission has covers")
    if intent.member is not None and intent.vehicle is None:
        return _of_member(intent, intent.member, mission, world, act)
    if intent.vehicle is not None and intent.member is None:
        return _of_vehicle(intent, intent.vehicle, mission, world, act)
    raise Refused("whose cover", "a cover is of one member or of one vehicle: name just one")


# Of a member


def _of_member(intent: i.SetCover, member: PersonId, mission: Mission, world: World, act: Act) -> Decision:
    held = member_of(world, member)
    part_of(world, mission, member)
    if intent.status not in COVER_STATUSES:
        known = " or ".join(COVER_STATUSES)
        raise Refused("asked to come", f"who is {intent.status} would be asked to come: a cover says {known}")
    words = text(intent.words, "the words", limit=200, empty=True)
    start = _span(intent, words, act)
    before = _prolonged(held, mission, intent, start, world.name(member), act)
    if before is None:
        _nothing_said(held, mission, start, intent.end, world.name(member))
    cover = CoverSet(cover=act.id("cover"), about=Id(member), status=intent.status, words=words,
                     start=start, end=intent.end)  # fmt: skip
    truth: tuple[Fact, ...] = (cover,) if before is None else (CoverEnded(cover=before.id), cover)
    says = in_mission(mission, *truth) + _believed(held, cover, world, act)
    return Decision(says, made=cover.cover)


def _span(intent: i.SetCover, words: str, act: Act) -> Moment:
    """When it starts. Refuses what is over, what ends before it begins, and words without an end."""
    start = intent.start or act.now
    if start.ms < act.now.ms - 60_000:
        raise Refused("in the past", "nobody believes from now on what was to be seen before: begin it now or later")
    start = start if start.ms > act.now.ms else act.now
    if intent.end is not None and intent.end.ms <= start.ms:
        raise Refused("ends before it begins", "the cover would end before it begins: give a later time")
    if intent.end is None and (words or start.ms > act.now.ms):
        raise Refused("until when", "words, and what begins later, stand for a span of time: say until when")
    return start


def _prolonged(held: Member, mission: Mission, intent: i.SetCover, start: Moment, name: str, act: Act) -> Cover | None:
    """The mission's own cover that is set anew until later, or None. Refuses a second one for the same time."""
    own = [c for c in mission.secrecy.covers.values() if c.about == Id(held.id) and c.meets(start, intent.end)]
    if not own:
        return None
    before = own[0]
    later = before.end is not None and (intent.end is None or intent.end.ms > before.end.ms)
    same = before.status == intent.status and _stands(held, before)
    if len(own) == 1 and later and same and start == act.now and before.holds_at(act.now):
        return before
    raise Refused("covered already", f"{name} has a cover for that time: `wayhome cover end` ends it first")


def _stands(held: Member, cover: Cover) -> bool:
    """Whether the cover's status is what is said in the open still."""
    return held.status == cover.status and held.status_until == cover.end


def _nothing_said(held: Member, mission: Mission, start: Moment, end: Moment | None, name: str) -> None:
    """Refuses where the open record says something else for the span, in the same words whatever stands behind it.

    That somebody is out on this very mission, and so just away, is for the cover to explain.
    """
    status = held.status_at(start)
    if status == "lost":
        raise Refused("lost", f"{name} is on the memorial")
    just_gone = held.id in mission.still_out and status == "away" and held.status_until is None
    if status in CANNOT_GO and not just_gone:
        raise Refused("said already", f"the record says already that {name} is {said_of(status)}: a cover fits what "
                      "is said, so choose another time or have that changed first")  # fmt: skip
    met = [s for s in held.spans if s.end.ms > start.ms and (end is None or s.start.ms < end.ms)]
    if met and not met[-1].available:
        raise Refused("said already", f"the record says already that {name} cannot come for a part of that time: "
                      "choose another time or have that changed first")  # fmt: skip


def _believed(held: Member, cover: CoverSet, world: World, act: Act) -> tuple[Say, ...]:
    """What is said in the open: just what somebody would say of whom it is true.

    What begins later is said as a span of availability; the duty status follows when they depart.
    """
    if cover.start.ms > act.now.ms and cover.end is not None:
        span = AvailabilitySaid(member=held.id, start=cover.start, end=cover.end, available=False, words=cover.words)
        return in_organisation(span)
    if held.id == world.organisation.commander:
        must(world, act, SELF_OR_ROSTER | {"operator"}, "a cover by which command passes on", member=held.id)
    status = DutyStatusSet(member=held.id, status=cover.status, until=cover.end)
    return _said(held, status, cover.words, world, act)


def _said(held: Member, status: DutyStatusSet, words: str, world: World, act: Act) -> tuple[Say, ...]:
    clash = clashes(world, act, held.id, f"{world.name(act.by)} set the duty status to {status.status}")
    return status_says(world, act, held.id, status, words) + clash


# Of a vehicle


def _of_vehicle(intent: i.SetCover, vehicle_id: Id, mission: Mission, world: World, act: Act) -> Decision:
    vehicle = world.organisation.vehicles.get(vehicle_id)
    if vehicle is None:
        raise Refused("no such vehicle", "there is no such vehicle: `wayhome vehicle list` shows them")
    status = text(intent.status, "the status", limit=50)
    if intent.words.strip() or intent.end is not None or (intent.start and intent.start.ms > act.now.ms):
        raise Refused("a vehicle's status", "a vehicle has a status alone, from now until it is set anew: "
                      "leave out words and times")  # fmt: skip
    if status.casefold() == "available":
        raise Refused("asked to come", "who reads that it is available would take it: say where it is said to be")
    if mission.secrecy.cover_of(vehicle.id, act.now) is not None:
        raise Refused("covered already", f"{vehicle.name} has a cover: `wayhome cover end` ends it first")
    if vehicle.status != "available" and not (vehicle.status == "away" and vehicle.id in mission.vehicles):
        raise Refused("said already", f"the record says already that {vehicle.name} is {vehicle.status}: "
                      "a cover fits what is said")  # fmt: skip
    cover = CoverSet(cover=act.id("cover"), about=vehicle.id, status=status, words="", start=act.now, end=None,
                     vehicle=True)  # fmt: skip
    believed = VehicleStatusSet(vehicle=vehicle.id, status=status)
    return Decision(in_mission(mission, cover) + in_organisation(believed), made=cover.cover)


# The end


@decides(i.EndCover)
def end_cover(intent: i.EndCover, world: World, act: Act) -> Decision:
    """Whoever sees it may end it: what is said in the open then is what a true early end would be."""
    mission = mission_of(world, act, intent.mission)
    cover = mission.secrecy.covers.get(intent.cover)
    over = cover is None or cover.ended is not None or (cover.end is not None and cover.end.ms <= act.now.ms)
    if cover is None or over:
        raise Refused("no such cover", "no such cover holds: `wayhome cover list MISSION` shows them")
    plain = _plain_vehicle(cover, mission, world) if cover.vehicle else _plain_member(cover, mission, world, act)
    return Decision(in_mission(mission, CoverEnded(cover=cover.id)) + plain)


def _plain_member(cover: Cover, mission: Mission, world: World, act: Act) -> tuple[Say, ...]:
    """What is said of a member without the cover. Nothing, where somebody has said something else meanwhile."""
    held = member_of(world, PersonId(cover.about))
    if cover.start.ms <= act.now.ms and _stands(held, cover):
        openly = any(held.id in m.still_out for m in world.missions.values() if not m.secret)
        status = "away" if held.id in mission.still_out else "on duty" if openly else "available"
        plain = DutyStatusSet(member=held.id, status=status)
        return () if said_already(held, plain) else _said(held, plain, "", world, act)
    start = cover.start if cover.start.ms > act.now.ms else act.now
    met = [s for s in held.spans if cover.end is not None and s.end.ms > start.ms and s.start.ms < cover.end.ms]
    if cover.end is None or not met or met[-1].available or met[-1].end != cover.end:
        return ()
    return in_organisation(AvailabilitySaid(member=held.id, start=start, end=cover.end, available=True))


def _plain_vehicle(cover: Cover, mission: Mission, world: World) -> tuple[Say, ...]:
    vehicle = world.organisation.vehicles.get(cover.about)
    if vehicle is None or vehicle.status != cover.status:
        return ()
    gone = any(vehicle.id in m.vehicles for m in world.missions.values() if m.id == mission.id or not m.secret)
    return in_organisation(VehicleStatusSet(vehicle=vehicle.id, status="away" if gone else "available"))
