"""What may be stated about a mission as a whole: the alarm, the plan, who is read in, its rank, its end."""

from __future__ import annotations

from wayhome.mission.facts import missions as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.field import LineLogged
from wayhome.mission.intents import missions as i
from wayhome.mission.moves import MISSION_MOVES, MISSION_STATES
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    relations,
    text,
)
from wayhome.mission.rules.front import excepted, healer_words, only_healer
from wayhome.mission.rules.masking import without_label
from wayhome.mission.rules.telling import must_fit_ceiling
from wayhome.mission.rules.undercover import called, suspicions
from wayhome.mission.state import Mission, World
from wayhome.mission.subject import BadSubject, read_questionnaire
from wayhome.mission.urgency import score
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import BadTime, Deadline, Moment


def rank_of(world: World, rank: str) -> str:
    """The rank, as the organisation writes it. Refuses one it does not have."""
    known = [held.name for held in world.organisation.scales.mission_ranks]
    if rank and known and rank not in known:
        raise Refused("no such rank", f"{rank!r} is no mission rank here: one of {', '.join(known)}")
    return rank


def due(deadline: Deadline, act: Act, what: str) -> Moment:
    """When a deadline falls. Refuses one that cannot be read or has passed."""
    try:
        at = deadline.moment()
    except (BadTime, ValueError) as error:
        raise Refused("no such time", f"{what}: {error}") from error
    if at.ms <= act.now.ms:
        raise Refused("in the past", f"{what} {deadline.local} ({deadline.zone}) has passed: give a later time")
    return at


@decides(i.RaiseAlarm)
def raise_alarm(intent: i.RaiseAlarm, world: World, act: Act) -> Decision:
    must(world, act, frozenset({"commander", "operator"}), "raising an alarm")
    mission = Mission(id=MissionId(act.id("mission")))
    opened = f.MissionOpened(
        mission=mission.id,
        name=text(intent.name, "the mission's name", limit=200),
        rank=rank_of(world, intent.rank),
        secret=intent.secret,
        owner=act.by,
        alarm=intent.words,
        place=intent.place,
        purpose=intent.purpose,
    )
    facts: list[Fact] = [opened]
    if intent.words.strip():
        report = act.id("report")
        facts.append(
            f.ReportReceived(report=report, source="the alarm", grade="unknown", words=intent.words, at=act.now)
        )
    return Decision(in_mission(mission, *facts), made=mission.id)


@decides(i.PlanMission)
def plan(intent: i.PlanMission, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "planning a mission", mission=mission)
    if intent.most_people is not None and intent.most_people < max(1, intent.least_people):
        raise Refused("too few places", f"{intent.most_people} places cannot hold {intent.least_people} people")
    for need in intent.needs:
        if not 1 <= need.level <= 5 or not 1 <= need.count <= 1000:
            raise Refused("no such need", f"{need.skill}: levels are 1 to 5 and counts 1 to 1000")
    if intent.hours is not None and not 0 < intent.hours <= 24 * 366:
        raise Refused("how long", "a mission lasts more than nothing and at most a year")
    if intent.home_by is not None:
        due(intent.home_by, act, "home by")
    fact = f.MissionPlanned(
        needs=intent.needs,
        least_people=intent.least_people,
        most_people=intent.most_people,
        place=intent.place,
        starts=intent.starts,
        hours=intent.hours,
        home_by=intent.home_by,
        front=intent.front,
    )
    return Decision(in_mission(mission, fact), tells=_moved_to_the_front(world, mission, act, front=intent.front))


def _moved_to_the_front(world: World, mission: Mission, act: Act, *, front: bool) -> tuple[str, ...]:
    """Of whom a plan that puts its team up front asks for an exception, of those who go already."""
    going = sorted({*mission.accepted, *mission.walk_ins}, key=world.name) if front else []
    stand_there = [one for one in going if mission.posts_front.get(one, True) and not excepted(mission, one)]
    return tuple(
        f"{healer_words(world, one)}: record the reason with `wayhome mission exception`, or give them another post."
        for one in stand_there
        if only_healer(world, mission, one, act.now)
    )


@decides(i.RegradeMission)
def regrade(intent: i.RegradeMission, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "regrading a mission", mission=mission)
    rank = rank_of(world, text(intent.rank, "the rank"))
    fact = f.MissionRegraded(rank=rank, before=mission.rank, reason=text(intent.reason, "the reason"))
    return Decision(in_mission(mission, fact))


@decides(i.ScoreUrgency)
def score_urgency(intent: i.ScoreUrgency, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, frozenset({"mission command", "operator"}), "scoring urgency", mission=mission)
    try:
        found = score(intent.answers)
    except ValueError as error:
        raise Refused("no such answer", str(error)) from error
    fact = f.UrgencyScored(answers=intent.answers, lowest=found.lowest, highest=found.highest, band=found.band)
    return Decision(in_mission(mission, fact), tells=(found.words,))


@decides(i.DescribeSubject)
def describe_subject(intent: i.DescribeSubject, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "describing the subject")
    if not intent.fields and not intent.category:
        raise Refused("nothing said", "say at least one thing of the subject, for example name=Ana")
    try:
        read_questionnaire(intent.fields)
    except BadSubject as error:
        raise Refused("no such field", str(error)) from error
    fields = without_label(mission, intent.fields, act)
    said = in_mission(mission, f.SubjectDescribed(fields=fields, category=intent.category))
    sought = called(world, fields.get("name", ""))
    return Decision(said + suspicions(world, act, mission, sought, "sought"))


@decides(i.SetInitialPoint)
def set_initial_point(intent: i.SetInitialPoint, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "setting the initial point")
    if intent.what not in ("IPP", "LKP"):
        raise Refused("which point", f"{intent.what!r}: IPP (initial planning point) or LKP (last known position)")
    if intent.at.ms > act.now.ms:
        raise Refused("in the future", "somebody cannot have been seen in the future: give the time of the sighting")
    fact = f.InitialPointSet(what=intent.what, place=intent.place, at=intent.at, basis=intent.basis)
    return Decision(in_mission(mission, fact))


@decides(i.ReadInMember)
def read_in(intent: i.ReadInMember, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "reading somebody in", mission=mission)
    member_of(world, intent.member)
    if not mission.secret:
        raise Refused("not secret", "an open mission is for everybody to see")
    over = must_fit_ceiling(mission, intent.member, intent.override)
    fact = f.ReadIn(member=intent.member, basis="read in", reason=intent.reason)
    return Decision(in_mission(mission, *over, fact))


@decides(i.ReadOutMember)
def read_out(intent: i.ReadOutMember, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "reading somebody out", mission=mission)
    if intent.member not in mission.read_in:
        raise Refused("not read in", f"{world.name(intent.member)} is not read in")
    if intent.member == mission.owner:
        raise Refused("the owner", "the owner of a compartment cannot be read out of it")
    fact = f.ReadOut(member=intent.member, reason=text(intent.reason, "the reason"))
    tell = "They can no longer see it. That they know of it stays on record."
    return Decision(in_mission(mission, fact), tells=(tell,))


@decides(i.MoveMission)
def move(intent: i.MoveMission, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if intent.to not in MISSION_STATES:
        raise Refused("no such state", f"{intent.to!r} is no state of a mission: one of {', '.join(MISSION_STATES)}")
    who = MISSION_MOVES.get((mission.state, intent.to))
    if who is None:
        raise Refused("no such move", f"a mission that is {mission.state} cannot become {intent.to}")
    must(world, act, who, "that", mission=mission)
    reason = text(intent.reason, "the reason")
    if intent.to == "closed":
        _nobody_out(world, mission)
    if intent.to == "suspended" and not intent.reopens_when.strip():
        raise Refused("what would reopen it", "say what would reopen a suspended mission, for example: a new clue")
    moved = f.MissionMoved(
        before=mission.state, after=intent.to, reason=reason, reopens_when=intent.reopens_when.strip()
    )
    return Decision(in_mission(mission, moved))


def _nobody_out(world: World, mission: Mission) -> None:
    """Refuses while anyone is unaccounted for: whoever departed, whoever signed in, and whom the mission looks for."""
    here = [member for member in mission.signed_in if member not in mission.out]
    missing = sorted({*mission.still_out, *here}, key=world.name)
    if missing:
        names = ", ".join(world.name(member) for member in missing)
        who = "1 is" if len(missing) == 1 else f"{len(missing)} are"
        raise Refused(
            "somebody is out",
            f"{who} not home or handed over: {names}. A mission closes when everyone is accounted for",
        )
    sought = mission.subject or mission.subject_category or mission.initial_point or mission.last_point
    if sought and not mission.found:
        raise Refused(
            "not found",
            "whom this mission looks for has not been found: suspend it and say what would reopen it, or say that "
            "they are found",
        )


def command_line(world: World, act: Act, words: str) -> LineLogged:
    """A log line that the desk writes by itself about something that was decided."""
    return LineLogged(line=act.id("line", words), words=words, sender="desk", message=words, at=act.now)


@decides(i.TakeMissionCommand)
def take_mission_command(intent: i.TakeMissionCommand, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    member_of(world, intent.member)
    gone = mission.commander in mission.still_out and intent.member == act.by
    if not gone and "mission command" not in relations(world, act, mission):
        who = world.name(mission.commander)
        raise Refused("not yours to do", f"{who} commands: they, or whoever commands the organisation, hand it over")
    if mission.secret and intent.member not in mission.read_in:
        raise Refused("not read in", f"{world.name(intent.member)} must be read in first")
    if intent.member == mission.commander:
        raise Refused("in command already", f"{world.name(intent.member)} commands already")
    words = f"Command: {world.name(intent.member)} takes over from {world.name(mission.commander)}"
    taken = f.MissionCommandTaken(
        by=intent.member, before=PersonId(mission.commander), reason=text(intent.reason, "the reason")
    )
    return Decision(in_mission(mission, taken, command_line(world, act, words)))


@decides(i.SettleConflict)
def settle(intent: i.SettleConflict, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "settling a conflict", mission=mission)
    held = mission.conflicts.get(intent.conflict)
    if held is None or held.settled:
        raise Refused("no such conflict", "there is no such open conflict: `wayhome mission conflicts` shows them")
    fact = f.ConflictSettled(conflict=intent.conflict, how=text(intent.how, "how it was settled"))
    return Decision(in_mission(mission, fact))


@decides(i.RecordAdvice)
def record_advice(intent: i.RecordAdvice, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    advice = act.id("advice")
    fact = f.AdviceTaken(
        advice=advice,
        engine=intent.engine,
        engine_version=intent.engine_version,
        seed=intent.seed,
        work=intent.work,
        inputs_digest=intent.inputs_digest,
        summary=intent.summary,
        result=intent.result,
    )
    return Decision(in_mission(mission, fact), made=advice)
