"""What may be written in the log, and what a line brings about: clues, casualties, contact."""

from __future__ import annotations

import msgspec

from wayhome.mission.facts import field as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.folding.recent import HEARD, PLACE, STATUS, UNDO_MS, left_without
from wayhome.mission.intents import field as i
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.rules.field import heard_at, team_by_name
from wayhome.mission.state import Member, Mission, Typed, World
from wayhome.values.ids import Id, PersonId, derive, handle
from wayhome.values.places import Place
from wayhome.values.when import Moment

TRIAGE = ("red", "yellow", "green", "black", "")
"""Immediate, delayed, minor, dead or expectant, not triaged yet."""

TREATMENT_ORDER = {"red": 0, "yellow": 1, "": 2, "green": 3, "black": 4}

INSTRUCTIONS = (
    "", "collect", "mark and leave", "photograph", "disregard", "hold position", "protect", "continue", "standby",
)  # fmt: skip


@decides(i.LogLine)
def log_line(intent: i.LogLine, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "the log")
    if not intent.words.strip():
        raise Refused("nothing said", "an empty line is not logged: type what was said")
    if len(intent.words) > 100_000:
        raise Refused("too long", f"the line is {len(intent.words):,} letters long; at most 100,000 fit")
    line = _line(intent, mission, act)
    facts: list[Fact] = [line]
    tells = line.flags
    if intent.clue:
        clue = _clue(mission, world, act, intent.clue, intent.place, line=line.line)
        facts.append(clue)
        tells += (f"clue {clue.label}",)
    if intent.casualty:
        hurt = _casualty(world, act, intent.casualty, None, intent.triage, "", intent.place)
        facts.append(msgspec.structs.replace(hurt, casualty=derive(line.line, "casualty")))
    return Decision(in_mission(mission, *facts), made=line.line, tells=tells)


def _line(intent: i.LogLine, mission: Mission, act: Act) -> f.LineLogged:
    """The line as it was typed, with what is doubtful in it flagged."""
    team = team_by_name(mission, intent.team) if intent.team else None
    flags = intent.flags
    if intent.team and team is None:
        flags += (f"no team {intent.team!r} in this mission",)
    at, given = intent.at or act.now, intent.at is not None
    if at.ms > act.now.ms + 60_000:
        flags += (f"{at.local:%H:%M} has not come yet: logged as now",)
        at, given = act.now, False
    return f.LineLogged(
        line=act.id("line"),
        words=intent.words,
        sender=intent.sender,
        receiver=intent.receiver,
        team=team.id if team else None,
        message=intent.message,
        place=intent.place,
        place_words=intent.place_words,
        status=intent.status,
        at=at,
        at_given=given,
        relayed=intent.relayed,
        radio_place=intent.radio_place,
        flags=flags,
    )


def _clue(
    mission: Mission,
    world: World,
    act: Act,
    words: str,
    place: Place | None,
    instruction: str = "",
    line: Id | None = None,
) -> f.ClueFound:
    """Numbers count per replica; all but the founding laptop's carry the laptop's tag, so none ever clash."""
    number = mission.clue_numbers.get(act.replica, 0) + 1
    founder = act.replica == world.organisation.founder_replica
    label = str(number) if founder else f"{number}-{handle(act.replica)[:4]}"
    return f.ClueFound(
        clue=derive(line, "clue") if line else act.id("clue"),
        number=number,
        label=label,
        words=words,
        place=place,
        instruction=instruction,
        line=line,
    )


def _casualty(
    world: World, act: Act, who: str, member: PersonId | None, triage: str, condition: str, place: Place | None
) -> f.CasualtyReported:
    heals = False
    if member is not None:
        heals = world.organisation.scales.healer_skill in world.organisation.members[member].skills
    return f.CasualtyReported(
        casualty=act.id("casualty"),
        who=who,
        member=member,
        triage=triage,
        condition=condition,
        place=place,
        heals=heals,
    )


@decides(i.AmendLine)
def amend_line(intent: i.AmendLine, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "amending a line")
    at: Moment = heard_at(intent.at, act)
    fact = f.LineAmended(
        line=intent.line,
        words=text(intent.words, "the line", limit=100_000),
        message=intent.message,
        place=intent.place,
        place_words=intent.place_words,
        status=intent.status,
        at=at,
        reason=intent.reason,
        flags=intent.flags,
    )
    return Decision(in_mission(mission, fact))


@decides(i.UndoLine)
def undo_line(intent: i.UndoLine, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "undoing a line")
    typed = mission.recent.get(intent.line)
    if typed is None or typed.by != act.by or typed.undone or act.now.ms - typed.at.ms > UNDO_MS:
        words = "only whoever typed a line can undo it, once, within a minute of typing it: amend it instead"
        raise Refused("cannot be undone", words)
    facts: list[Fact] = [f.LineUndone(line=typed.line)]
    restored = _restored(mission, typed)
    if restored is not None:
        facts.append(restored)
    opened, tells = _opened_by(mission, typed.line)
    return Decision(in_mission(mission, *facts, *opened), tells=tells)


UNDONE = "undone together with the line it came of"


def _restored(mission: Mission, typed: Typed) -> f.TeamRestored | None:
    """The team as it would be without the line; None where nothing is to be changed."""
    left = left_without(mission, typed)
    if typed.team is None or not left:
        return None
    place = left.get(PLACE)
    contacts = {name: said for name, said in left.items() if name.startswith(HEARD)}
    moments = {name: msgspec.json.decode(said, type=Moment) for name, said in contacts.items() if said}
    return f.TeamRestored(
        team=typed.team,
        line=typed.line,
        status=left.get(STATUS),
        heard=moments.pop(HEARD, None),
        place=msgspec.json.decode(place, type=Place) if place else None,
        nowhere=PLACE in left and place is None,
        contacts={PersonId(name.removeprefix(HEARD)): at for name, at in moments.items()},
    )


def _opened_by(mission: Mission, line: Id) -> tuple[tuple[Fact, ...], tuple[str, ...]]:
    """What takes back the clue and the casualty that a line opened, and what is to be told of them."""
    facts: list[Fact] = []
    tells: list[str] = []
    clue = derive(line, "clue")
    if clue in mission.clues:
        facts.append(f.ClueWithdrawn(clue=clue, reason=UNDONE))
        tells.append(f"clue {mission.clues[clue]} is withdrawn")
    hurt = mission.casualties.get(derive(line, "casualty"))
    if hurt is not None and hurt.treatment:
        tells.append(f"the casualty {hurt.who} stays: somebody has treated them since")
    elif hurt is not None:
        facts.append(f.CasualtyWithdrawn(casualty=hurt.id, reason=UNDONE))
        tells.append(f"the casualty {hurt.who} is off the list")
    return tuple(facts), tuple(tells)


@decides(i.ReportClue)
def report_clue(intent: i.ReportClue, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "reporting a clue")
    if intent.instruction not in INSTRUCTIONS:
        raise Refused("which instruction", f"{intent.instruction!r}: one of {', '.join(INSTRUCTIONS[1:])}")
    fact = _clue(mission, world, act, text(intent.words, "the clue"), intent.place, intent.instruction)
    return Decision(in_mission(mission, fact), made=fact.clue, tells=(f"clue {fact.label}",))


@decides(i.WithdrawClue)
def withdraw_clue(intent: i.WithdrawClue, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "withdrawing a clue")
    if intent.clue not in mission.clues:
        raise Refused("no such clue", "there is no such clue in this mission")
    return Decision(in_mission(mission, f.ClueWithdrawn(clue=intent.clue, reason=text(intent.reason, "the reason"))))


def _triage(triage: str) -> str:
    if triage not in TRIAGE:
        raise Refused("which triage", f"{triage!r}: one of {', '.join(t for t in TRIAGE if t)}")
    return triage


@decides(i.ReportCasualty)
def report_casualty(intent: i.ReportCasualty, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "reporting a casualty")
    if intent.member is not None:
        member_of(world, intent.member)
    who = world.name(intent.member) if intent.member else text(intent.who, "who is hurt", limit=200)
    fact = _casualty(world, act, who, intent.member, _triage(intent.triage), intent.condition, intent.place)
    return Decision(in_mission(mission, fact), made=fact.casualty)


@decides(i.Triage)
def triage(intent: i.Triage, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _known_casualty(world, act, mission, intent.casualty)
    fact = f.CasualtyTriaged(casualty=intent.casualty, triage=_triage(intent.triage), condition=intent.condition)
    return Decision(in_mission(mission, fact))


def _known_casualty(world: World, act: Act, mission: Mission, casualty: Id) -> None:
    must(world, act, IN_THE_FIELD, "triage and treatment")
    if casualty not in mission.casualties:
        raise Refused("no such casualty", "there is no such casualty in this mission")


@decides(i.Treat)
def treat(intent: i.Treat, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    _known_casualty(world, act, mission, intent.casualty)
    healer: Member = member_of(world, intent.by)
    fact = f.TreatmentGiven(
        casualty=intent.casualty, by=healer.id, words=text(intent.words, "the treatment"), done=intent.done
    )
    own = next((c for c in mission.casualties.values() if c.member == healer.id and not c.done), None)
    tells: tuple[str, ...] = ()
    if own is not None and own.id != intent.casualty and own.triage in ("red", "yellow"):
        tells = (f"{world.name(healer.id)} is hurt ({own.triage}): treat the healer first, or nobody treats the rest",)
    return Decision(in_mission(mission, fact), tells=tells)


@decides(i.ExpectHelp)
def expect_help(intent: i.ExpectHelp, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "announcing help", mission=mission)
    _known_casualty(world, act, mission, intent.casualty)
    fact = f.HelpExpected(casualty=intent.casualty, what=text(intent.what, "the help"), at=intent.at)
    return Decision(in_mission(mission, fact))
