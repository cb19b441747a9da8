"""What may be stated from the field: teams, departures, whereabouts, alarms, and coming home."""

from __future__ import annotations

from wayhome.mission.facts import field as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.missions import MissionMoved
from wayhome.mission.facts.people import DutyStatusSet, VehicleStatusSet
from wayhome.mission.intents import field as i
from wayhome.mission.moves import CANNOT_GO
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    Act,
    Decision,
    Refused,
    Say,
    attributed,
    decides,
    in_mission,
    in_organisation,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.rules.front import must_not_be_only_healer
from wayhome.mission.rules.missions import command_line, due
from wayhome.mission.rules.people import clashes, said_already, status_says
from wayhome.mission.state import Mission, Team, World
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import Moment


def team_by_name(mission: Mission, name: str) -> Team | None:
    """The team that people call by `name` (without regard to case), or None."""
    wanted = name.strip().casefold()
    return next((team for team in mission.teams.values() if team.name.casefold() == wanted), None)


def heard_at(at: Moment | None, act: Act) -> Moment:
    """When it happened. Refuses a time to come."""
    if at is not None and at.ms > act.now.ms + 60_000:
        raise Refused("in the future", f"{at.local:%H:%M} has not come yet: give the time at which it happened")
    return at or act.now


@decides(i.FormTeam)
def form_team(intent: i.FormTeam, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "forming a team", mission=mission)
    name = text(intent.name, "the team's name", limit=50)
    if team_by_name(mission, name):
        raise Refused("name taken", f"there is a team {name} in this mission already")
    _team_fits(world, mission, intent.members, intent.leader, intent.overdue_min)
    team = act.id("team")
    fact = f.TeamFormed(
        team=team, name=name, members=intent.members, leader=intent.leader, overdue_min=intent.overdue_min
    )
    return Decision(in_mission(mission, fact), made=team)


def _team_fits(
    world: World, mission: Mission, members: tuple[PersonId, ...], leader: PersonId | None, overdue_min: int | None
) -> None:
    for member in members:
        member_of(world, member)
        if member not in mission.accepted and member not in mission.walk_ins:
            raise Refused("not on the mission", f"{world.name(member)} has accepted no offer and has no post here")
    if leader is not None and leader not in members:
        raise Refused("leader elsewhere", "the leader is one of the team: name them among its members too")
    if overdue_min is not None and not 1 <= overdue_min <= 24 * 60:
        raise Refused("how long", "a team is overdue after 1 to 1440 minutes of silence")


@decides(i.ChangeTeam)
def change_team(intent: i.ChangeTeam, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "changing a team", mission=mission)
    if intent.team not in mission.teams:
        raise Refused("no such team", "there is no such team in this mission")
    _team_fits(world, mission, intent.members, intent.leader, None)
    fact = f.TeamChanged(team=intent.team, members=intent.members, leader=intent.leader, reason=intent.reason)
    return Decision(in_mission(mission, fact))


@decides(i.TakeVehicle)
def take_vehicle(intent: i.TakeVehicle, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "taking a vehicle", mission=mission)
    vehicle = world.organisation.vehicles.get(intent.vehicle)
    if vehicle is None:
        raise Refused("no such vehicle", "there is no such vehicle: `wayhome vehicle list` shows them")
    cover = mission.secrecy.cover_of(vehicle.id, act.now)
    if cover is not None and vehicle.status == cover.status:
        return Decision(in_mission(mission, f.VehicleTaken(vehicle=vehicle.id)))
    if vehicle.status != "available":
        raise Refused("not there", f"{vehicle.name} is {vehicle.status}")
    status = VehicleStatusSet(vehicle=vehicle.id, status="away")
    return Decision(in_mission(mission, f.VehicleTaken(vehicle=vehicle.id)) + in_organisation(status))


@decides(i.ReleaseVehicle)
def release_vehicle(intent: i.ReleaseVehicle, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "releasing a vehicle", mission=mission)
    if intent.vehicle not in mission.vehicles:
        raise Refused("not here", "this mission does not have that vehicle")
    released = in_mission(mission, f.VehicleReleased(vehicle=intent.vehicle))
    taken = any(intent.vehicle in m.vehicles for m in world.missions.values() if m.id != mission.id and not m.secret)
    vehicle = world.organisation.vehicles.get(intent.vehicle)
    covered = mission.secrecy.cover_of(intent.vehicle, act.now) is not None
    if vehicle is None or vehicle.status != "away" or taken or covered:
        return Decision(released)
    return Decision(released + in_organisation(VehicleStatusSet(vehicle=intent.vehicle, status="available")))


@decides(i.SignIn)
def sign_in(intent: i.SignIn, world: World, act: Act) -> Decision:
    mission = _mine_or_typed(world, act, intent.mission, intent.member, "signing somebody in")
    if intent.member in mission.signed_in:
        raise Refused("signed in already", f"{world.name(intent.member)} is signed in")
    return Decision(in_mission(mission, f.SignedIn(member=intent.member, place=intent.place)))


@decides(i.SignOut)
def sign_out(intent: i.SignOut, world: World, act: Act) -> Decision:
    mission = _mine_or_typed(world, act, intent.mission, intent.member, "signing somebody out")
    if intent.member not in mission.signed_in:
        raise Refused("not signed in", f"{world.name(intent.member)} is not signed in")
    return Decision(in_mission(mission, f.SignedOut(member=intent.member)))


def _mine_or_typed(world: World, act: Act, mission_id: MissionId, member: PersonId, what: str) -> Mission:
    mission = mission_of(world, act, mission_id)
    member_of(world, member)
    if act.by != member:
        must(world, act, MAY_TYPE_FOR_OTHERS, what, mission=mission)
    return mission


@decides(i.Depart)
def depart(intent: i.Depart, world: World, act: Act) -> Decision:
    mission = _mine_or_typed(world, act, intent.mission, intent.member, "sending somebody off")
    member, name = intent.member, world.name(intent.member)
    _may_depart(mission, member, name)
    must_not_be_only_healer(world, mission, member, act.now)
    home_by = intent.home_by or mission.home_by
    if intent.home_by is not None:
        due(intent.home_by, act, "home by")
    post = intent.post.strip() or _post_of(mission, member)
    facts: list[Fact] = [f.Departed(member=member, post=post, home_by=home_by)]
    if mission.state in ("raised", "suspended"):
        facts.append(MissionMoved(before=mission.state, after="under way", reason=f"{name} departed"))
    facts.append(command_line(world, act, f"{name} departed" + (f": {post}" if post else "")))
    return Decision(in_mission(mission, *facts) + _seen_to_go(world, act, mission, member))


def _seen_to_go(world: World, act: Act, mission: Mission, member: PersonId) -> tuple[Say, ...]:
    """What everybody sees of a departure: on duty, or just away; under a cover, what is believed already.

    Of whom it is believed already that they are away, nothing is said again: saying it would tell when they went.
    """
    status = DutyStatusSet(member=member, status="away" if mission.secret else "on duty")
    cover = mission.secrecy.cover_of(Id(member), act.now)
    if cover is not None:
        if world.organisation.members[member].status_at(act.now) in CANNOT_GO:
            return ()
        status = DutyStatusSet(member=member, status=cover.status, until=cover.end)
    what = f"{world.name(act.by)} set the duty status to {status.status}"
    clash = clashes(world, act, member, what if mission.secret else f"{world.name(member)} departed elsewhere")
    if mission.secret and said_already(world.organisation.members[member], status):
        return clash
    return status_says(world, act, member, status) + clash


def _may_depart(mission: Mission, member: PersonId, name: str) -> None:
    if mission.state in ("closed", "refused"):
        raise Refused("over", f"{mission.name} is {mission.state}")
    if member in mission.held_back:
        raise Refused("held back", f"{name} is held back: {mission.held_back[member]}")
    if member in mission.still_out:
        raise Refused("departed already", f"{name} has departed already")
    if member not in mission.accepted and member not in mission.walk_ins:
        raise Refused("not going", f"{name} has accepted no offer and has no post here")
    if f"briefing:{member}" in mission.excepted or "briefing:" in mission.excepted:
        return
    if not mission.briefing:
        raise Refused("no briefing", "no briefing has been written: `wayhome mission brief` writes one")
    if mission.acknowledged.get(member, 0) < mission.briefing:
        raise Refused("not briefed", f"{name} has not acknowledged briefing {mission.briefing}: they read it first")


def _post_of(mission: Mission, member: PersonId) -> str:
    offer = mission.accepted.get(member)
    return offer.post if offer else mission.walk_ins.get(member, "")


@decides(i.ReportPlace)
def report_place(intent: i.ReportPlace, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "reporting a place")
    at = heard_at(intent.at, act)
    if intent.team:
        team = team_by_name(mission, intent.team)
        if team is None:
            raise Refused("no such team", f"there is no team {intent.team!r} in this mission")
        return Decision(in_mission(mission, f.PlaceReported(who=team.name, team=team.id, place=intent.place, at=at)))
    member = intent.member or act.by
    member_of(world, member)
    fact = f.PlaceReported(who=world.name(member), member=member, place=intent.place, at=at)
    return Decision(in_mission(mission, fact))


@decides(i.WatchSilence)
def watch_silence(intent: i.WatchSilence, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "a silence alarm", mission=mission)
    member_of(world, intent.member)
    if intent.every_min is not None and not 1 <= intent.every_min <= 7 * 24 * 60:
        raise Refused("how often", "a silence alarm falls due after 1 minute to a week")
    return Decision(in_mission(mission, f.SilenceWatchSet(member=intent.member, every_min=intent.every_min)))


@decides(i.MakeContact)
def make_contact(intent: i.MakeContact, world: World, act: Act) -> Decision:
    mission = _mine_or_typed(world, act, intent.mission, intent.member, "noting a contact")
    return Decision(in_mission(mission, f.ContactMade(member=intent.member, at=act.now, words=intent.words)))


@decides(i.RaiseAlert)
def raise_alert(intent: i.RaiseAlert, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, frozenset({"clock"}), "raising an alert by the clock")
    alarm = derive(mission.id, "alarm", intent.about)
    if alarm in mission.alarms:
        raise Refused("raised already", "that alarm stands already")
    fact = f.AlarmRaised(alarm=alarm, what=intent.what, words=intent.words, member=intent.member, team=intent.team)
    return Decision(in_mission(mission, fact), made=alarm)


@decides(i.AnswerAlarm)
def answer_alarm(intent: i.AnswerAlarm, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "answering an alarm")
    alarm = mission.alarms.get(intent.alarm)
    if alarm is None or alarm.answered:
        raise Refused("no such alarm", "there is no such open alarm: `wayhome alarm list` shows them")
    return Decision(in_mission(mission, f.AlarmAnswered(alarm=alarm.id, words=text(intent.words, "the answer"))))


@decides(i.ReportFallen)
def report_fallen(intent: i.ReportFallen, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "reporting that somebody is down")
    member_of(world, intent.member)
    name = world.name(intent.member)
    words = text(intent.words, "what happened")
    place = intent.place or mission.last_places.get(name)
    alarm = f.AlarmRaised(
        alarm=act.id("alarm"), what="member down", words=f"{name} is down: {words}", member=intent.member
    )
    fell = f.MemberFell(member=intent.member, words=words, place=place)
    return Decision(in_mission(mission, fell, alarm, command_line(world, act, f"{name} is down: {words}")))


@decides(i.ReportFound)
def report_found(intent: i.ReportFound, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "reporting a find")
    if intent.state not in ("alive", "hurt", "dead", "not said"):
        raise Refused("in what state", f"{intent.state!r}: alive, hurt, dead or not said")
    who = text(intent.who, "who was found", limit=200)
    fact = f.MemberFound(who=who, place=intent.place, state=intent.state, at=heard_at(intent.at, act))
    return Decision(in_mission(mission, fact, command_line(world, act, f"Found: {who}, {intent.state}")))


@decides(i.StartHome)
def start_home(intent: i.StartHome, world: World, act: Act) -> Decision:
    mission = _mine_or_typed(world, act, intent.mission, intent.member, "sending somebody home")
    _is_out(world, mission, intent.member)
    due(intent.by, act, "home by")
    return Decision(in_mission(mission, f.HomeDue(member=intent.member, by=intent.by)))


def _is_out(world: World, mission: Mission, member: PersonId) -> None:
    if member not in mission.still_out:
        raise Refused("not out", f"{world.name(member)} is not out on {mission.name}")


def _back(world: World, act: Act, mission: Mission, member: PersonId) -> tuple[Say, ...]:
    """Whoever is home can be asked again, unless somebody set another duty status meanwhile or they are out elsewhere.

    A cover stands until it ends. An absence that was said for a time is somebody's own word for it, and stands as well.

    Home from an open mission, only open ones count: a status that stayed as it was would tell of a secret one. Word
    that the member is shown as available goes there instead.
    """
    held = world.organisation.members[member]
    if held.status != ("away" if mission.secret else "on duty") or held.status_until is not None:
        return ()
    if mission.secrecy.cover_of(Id(member), act.now) is not None:
        return ()
    others = [m for m in world.missions.values() if m.id != mission.id and member in m.still_out]
    if any(other.secret for other in others) and mission.secret:
        return ()
    status = "on duty" if any(not other.secret for other in others) else "available"
    if status == held.status:
        return ()
    clash = clashes(world, act, member, f"{world.name(member)} came home from another mission, shown as {status}")
    return in_organisation(DutyStatusSet(member=member, status=status)) + clash


@decides(i.ArriveHome)
def arrive_home(intent: i.ArriveHome, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _is_out(world, mission, intent.member)
    typed_by = attributed(world, act, mission, intent.member, intent.channel)
    fact = f.ArrivedHome(member=intent.member, channel=intent.channel, by=typed_by)
    back = _back(world, act, mission, intent.member)
    return Decision(in_mission(mission, fact) + back)


@decides(i.HandOver)
def hand_over(intent: i.HandOver, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _is_out(world, mission, intent.member)
    must(world, act, MAY_TYPE_FOR_OTHERS, "handing somebody over", mission=mission)
    fact = f.HandedOver(member=intent.member, to=text(intent.to, "to whom", limit=200))
    name = world.name(intent.member)
    line = command_line(world, act, f"{name} handed over to {intent.to.strip()}")
    return Decision(in_mission(mission, fact, line))
