"""What may be stated about what people say and write: reports, testimony, assumptions, briefings, exposure."""

from __future__ import annotations

import unicodedata

from wayhome.mission.facts import missions as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.facts.field import AlarmRaised
from wayhome.mission.intents import missions as i
from wayhome.mission.rules.bonds import bond_warnings
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    Say,
    attributed,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    sees,
    text,
)
from wayhome.mission.rules.field import heard_at
from wayhome.mission.rules.front import healer_exception
from wayhome.mission.rules.missions import command_line, rank_of
from wayhome.mission.state import Mission, World
from wayhome.values.ids import Id, derive

GRADES = ("seen", "hearsay", "unknown")
CAME_AS = ("typed", "pasted", "photo")
EXPOSURES = (
    "death",
    "handled dead",
    "child",
    "knew the person",
    "own near-death",
    "kill",
    "sole survivor",
    "near-sole survivor",
    "first fatality",
    "outnumbered",
    "helplessness",
    "failed rescue",
    "long exposure",
)


@decides(i.FileReport)
def file_report(intent: i.FileReport, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "filing a report")
    if intent.grade not in GRADES:
        raise Refused("how do they know", f"{intent.grade!r}: one of {', '.join(GRADES)}")
    if intent.sure_percent is not None and not 0 <= intent.sure_percent <= 100:
        raise Refused("how sure", "how sure is a figure from 0 to 100 per cent")
    at = heard_at(intent.at, act)
    report = act.id("report")
    fact = f.ReportReceived(
        report=report,
        source=text(intent.source, "the source", limit=200),
        grade=intent.grade,
        words=text(intent.words, "the report", limit=100_000),
        at=at,
        sure_percent=intent.sure_percent,
    )
    return Decision(in_mission(mission, fact), made=report)


@decides(i.WithholdTestimony)
def withhold(intent: i.WithholdTestimony, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if act.by != intent.holder:
        must(world, act, MAY_TYPE_FOR_OTHERS, "noting that somebody keeps something back", mission=mission)
    member_of(world, intent.holder)
    testimony = act.id("testimony")
    fact = f.TestimonyWithheld(testimony=testimony, holder=intent.holder, about=text(intent.about, "what about"))
    return Decision(in_mission(mission, fact), made=testimony)


@decides(i.ReleaseTestimony)
def release(intent: i.ReleaseTestimony, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    held = mission.testimony.get(intent.testimony)
    if held is None:
        raise Refused("no such testimony", "nothing by that name is held back in this mission")
    if act.by != held.holder:
        raise Refused("not yours to do", f"only {world.name(held.holder)} can release it")
    fact = f.TestimonyReleased(testimony=held.id, words=text(intent.words, "the testimony", limit=100_000))
    return Decision(in_mission(mission, fact))


def assumption_id(words: str) -> Id:
    """The same assumption in any mission, however it is spaced and cased."""
    return derive("assumption", " ".join(unicodedata.normalize("NFKC", words).casefold().split()).strip(" ."))


@decides(i.Assume)
def assume(intent: i.Assume, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "stating an assumption")
    words = text(intent.words, "the assumption", limit=1000)
    assumption = assumption_id(words)
    if assumption in mission.assumptions:
        raise Refused("stated already", "this mission rests on that assumption already")
    return Decision(in_mission(mission, f.AssumptionMade(assumption=assumption, words=words)), made=assumption)


@decides(i.FailAssumption)
def fail_assumption(intent: i.FailAssumption, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "saying that an assumption failed")
    held = mission.assumptions.get(intent.assumption)
    if held is None or held.failed:
        raise Refused("no such assumption", "this mission rests on no such assumption, or it has failed already")
    facts: list[Fact] = [f.AssumptionFailed(assumption=held.id, how=text(intent.how, "how it failed"))]
    if intent.rank:
        must(world, act, MISSION_COMMAND, "regrading a mission", mission=mission)
        reason = f"the assumption failed: {held.words}"
        facts.append(f.MissionRegraded(rank=rank_of(world, intent.rank), before=mission.rank, reason=reason))
    facts.append(command_line(world, act, f"Assumption failed: {held.words} ({intent.how.strip()})"))
    return Decision(in_mission(mission, *facts) + _warnings(world, mission, held.id, held.words, act))


def _warnings(world: World, source: Mission, assumption: Id, words: str, act: Act) -> tuple[Say, ...]:
    """Warns at once whoever relies on the same; from a secret mission, its owner is asked to pass it on."""
    says: tuple[Say, ...] = ()
    for other in sorted(world.missions.values(), key=lambda m: m.id):
        held = other.assumptions.get(assumption)
        if other.id == source.id or held is None or held.failed or other.state in ("closed", "refused"):
            continue
        if source.secret:
            alarm = derive(source.id, "relies", other.id, assumption)
            what = f"{other.name} relies on the same assumption: {words}. Decide whether to warn them"
            if sees(other, source.owner):
                says += in_mission(source, AlarmRaised(alarm=alarm, what="assumption", words=what))
        else:
            says += in_mission(other, *_warned(assumption, words, source.name, act, other))
    return says


def _warned(assumption: Id, words: str, told_by: str, act: Act, other: Mission) -> tuple[Fact, ...]:
    from_whom = f" in {told_by}" if told_by else ""
    alarm = AlarmRaised(
        alarm=derive(other.id, "assumption", assumption),
        what="assumption",
        words=f"An assumption this mission rests on has failed{from_whom}: {words}",
    )
    return f.AssumptionWarned(assumption=assumption, words=words, told_by=told_by), alarm


@decides(i.WarnOfAssumption)
def warn(intent: i.WarnOfAssumption, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    held = mission.assumptions.get(intent.assumption)
    if held is None:
        raise Refused("no such assumption", "that mission rests on no such assumption")
    must(world, act, frozenset({"commander", "mission command", "operator"}), "warning a mission", mission=mission)
    return Decision(in_mission(mission, *_warned(held.id, intent.words.strip() or held.words, "", act, mission)))


@decides(i.WriteReport)
def write_report(intent: i.WriteReport, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if intent.stage not in ("draft", "official"):
        raise Refused("which stage", f"{intent.stage!r}: a report is a draft or official")
    if intent.came_as not in CAME_AS:
        raise Refused("how did it come", f"{intent.came_as!r}: one of {', '.join(CAME_AS)}")
    if intent.stage == "official" and act.by not in mission.out:
        must(world, act, MISSION_COMMAND, "writing the official report", mission=mission)
    report = act.id("paper")
    words = text(intent.words, "the report", limit=1_000_000)
    fact = f.ReportWritten(report=report, stage=intent.stage, words=words, came_as=intent.came_as)
    return Decision(in_mission(mission, fact), made=report)


@decides(i.WriteBriefing)
def write_briefing(intent: i.WriteBriefing, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "writing the briefing", mission=mission)
    fact = f.BriefingWritten(
        version=mission.briefing + 1,
        words=text(intent.words, "the briefing", limit=100_000),
        cautions=tuple(c.strip() for c in intent.cautions if c.strip()),
        chosen_because=intent.chosen_because,
    )
    return Decision(in_mission(mission, fact))


@decides(i.AcknowledgeBriefing)
def acknowledge(intent: i.AcknowledgeBriefing, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    typed_by = attributed(world, act, mission, intent.member, intent.channel)
    if not mission.briefing:
        raise Refused("no briefing", "no briefing has been written yet")
    if intent.version != mission.briefing:
        raise Refused("an older briefing", f"the briefing is at version {mission.briefing}: read that one first")
    fact = f.BriefingAcknowledged(member=intent.member, version=intent.version, channel=intent.channel, by=typed_by)
    return Decision(in_mission(mission, fact))


@decides(i.JoinAsWalkIn)
def join(intent: i.JoinAsWalkIn, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MAY_TYPE_FOR_OTHERS, "giving a walk-in a post", mission=mission)
    member_of(world, intent.member)
    if intent.member in mission.held_back:
        raise Refused("held back", f"{world.name(intent.member)} is held back: {mission.held_back[intent.member]}")
    if mission.secret and intent.member not in mission.read_in:
        raise Refused("not read in", f"{world.name(intent.member)} must be read in first")
    post = text(intent.post, "the post", limit=500)
    joined = f.WalkInJoined(member=intent.member, post=post, words=intent.words.strip(), front=intent.front)
    over = healer_exception(world, mission, intent.member, intent.front, intent.exceptions, act)
    open_words, private_words = bond_warnings(world, mission, intent.member, act)
    return Decision(in_mission(mission, *over, joined), tells=open_words + private_words)


@decides(i.VoiceDoubt)
def voice_doubt(intent: i.VoiceDoubt, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if act.by != intent.member:
        must(world, act, MAY_TYPE_FOR_OTHERS, "noting somebody's doubt", mission=mission)
    member_of(world, intent.member)
    return Decision(in_mission(mission, f.DoubtVoiced(member=intent.member, words=text(intent.words, "the doubt"))))


@decides(i.NoteExposure)
def note_exposure(intent: i.NoteExposure, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "noting what somebody went through")
    member_of(world, intent.member)
    unknown = [kind for kind in intent.kinds if kind not in EXPOSURES]
    if unknown or not intent.kinds:
        raise Refused("no such exposure", f"say what happened, of: {', '.join(EXPOSURES)}")
    return Decision(
        in_mission(mission, f.ExposureNoted(member=intent.member, kinds=intent.kinds, words=intent.words.strip()))
    )


@decides(i.NoteOutcome)
def note_outcome(intent: i.NoteOutcome, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND | {"operator"}, "noting how it went", mission=mission)
    member_of(world, intent.member)
    fact = f.OutcomeNoted(member=intent.member, outcome=text(intent.outcome, "the outcome"), deeds=intent.deeds)
    return Decision(in_mission(mission, fact))
