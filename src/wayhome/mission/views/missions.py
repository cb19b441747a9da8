"""Rows of a mission's compartment: the mission, its offers, its papers. All carry the mission's mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wayhome.mission.facts import field as ff
from wayhome.mission.facts import missions as f
from wayhome.mission.facts import secrecy as fs
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.registry import Change, Due, Held, Shown, by_time, due_ms, row, shows
from wayhome.values.ids import Id, MissionId, PersonId, ReplicaId, derive

AboutMission = (
    f.MissionOpened | f.MissionPlanned | f.MissionRegraded | f.UrgencyScored | f.SubjectDescribed | f.InitialPointSet
    | f.BriefingWritten | f.MissionCommandTaken | f.MissionMoved | ff.Departed | ff.ArrivedHome | ff.HandedOver
    | fs.IdentityMasked
)  # fmt: skip


def of(world: World, said: Said) -> Mission:
    """The mission whose stream a fact lies in."""
    return world.missions[MissionId(said.stream.partition(":")[2])]


@shows(*get_args(AboutMission))
def mission(fact: AboutMission, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.MissionView(
        mission=held.id,
        name=held.name,
        rank=held.rank,
        secret=held.secret,
        state=held.state,
        reopens_when=held.reopens_when,
        owner=held.owner,
        commander=held.commander,
        purpose=held.purpose,
        opened=held.opened,
        place=held.place,
        needs=held.needs,
        least_people=held.least_people,
        most_people=held.most_people,
        starts=held.starts,
        hours=held.hours,
        home_by=held.home_by,
        front=held.front,
        urgency=held.urgency,
        subject=dict(held.subject),
        subject_category=held.subject_category,
        initial_point=held.initial_point,
        initial_at=held.initial_at,
        last_point=held.last_point,
        last_at=held.last_at,
        briefing=held.briefing,
        out=len(held.out),
        accounted=len(held.out) - len(held.still_out),
    )
    yield Shown("mission", "", held.id, held.mark, f"{held.opened.ms:015d}.{held.id}", view)


@shows(f.MissionOpened, f.ReadIn, f.ReadOut)
def read_in(fact: f.MissionOpened | f.ReadIn | f.ReadOut, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    if not held.secret:
        return
    member = fact.owner if isinstance(fact, f.MissionOpened) else fact.member
    out = isinstance(fact, f.ReadOut)
    yield Held(member, held.mark, not out)
    basis = fact.basis if isinstance(fact, f.ReadIn) else "read out" if out else "owner"
    ended = said.at if out else None
    view = v.ReadInView(member=member, basis=basis, by=said.author, since=said.at, ended=ended)
    yield row(held, "read_in", said.id, view, sort=by_time(said))


@shows(f.OfferMade, f.OfferAnswered, f.OfferDeferred)
def offer(fact: f.OfferMade | f.OfferAnswered | f.OfferDeferred, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    made = held.offers.get(fact.offer)
    if made is None:
        return
    view = v.OfferView(
        offer=made.id,
        mission=held.id,
        mission_words=held.name,
        member=made.member,
        post=made.post,
        answer=made.answer,
        answer_by=made.answer_by,
        limits=made.limits,
        order=made.order,
        why=made.why,
        warnings=made.warnings,
        made=made.made,
        by=made.by,
        knew=made.knew,
        channel=made.channel,
        typed_by=made.typed_by,
        deferred=isinstance(fact, f.OfferDeferred),
        front=made.front,
    )
    yield row(held, "offer", made.id, view, sort=f"{made.made.ms:015d}.{made.id}")
    open_answer = made.answer in ("offered", "seen", "thinking") and made.answer_by is not None
    yield timer(held, said, "offer", made.id, due_ms(made.answer_by) if open_answer else None)


def timer(held: Mission, said: Said, what: str, about: str, due_ms: int | None) -> Due:
    """A timer of a mission; its id is derived, so that a later fact moves or ends the same one."""
    key: Id = derive(held.id, "timer", what, about)
    return Due(key, due_ms, ReplicaId(said.replica), held.stream, f"{what}:{about}")


@shows(f.ExceptionMade)
def exception(fact: f.ExceptionMade, world: World, said: Said) -> Iterator[Change]:
    view = v.ExceptionView(
        rule=fact.rule, about=fact.about, reason=fact.reason, member=fact.member, by=said.author, at=said.at
    )
    yield row(of(world, said), "exception", said.id, view, sort=by_time(said))


@shows(f.StakeDeclared, f.HeldBack)
def stake(fact: f.StakeDeclared | f.HeldBack, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    declared = held.stakes.get(fact.member)
    view = v.StakeView(
        member=fact.member,
        stake=declared.stake if declared else "",
        speaks_for=declared.speaks_for if declared else "",
        speaks_against=declared.speaks_against if declared else "",
        held_back=held.held_back.get(fact.member, ""),
    )
    yield row(held, "stake", fact.member, view)


@shows(f.BriefingWritten)
def briefing(fact: f.BriefingWritten, world: World, said: Said) -> Iterator[Change]:
    view = v.BriefingView(
        version=fact.version,
        words=fact.words,
        cautions=fact.cautions,
        chosen_because=fact.chosen_because,
        by=said.author,
        at=said.at,
    )
    yield row(of(world, said), "briefing", f"{fact.version}.{said.id}", view, sort=f"{fact.version:06d}")


@shows(f.BriefingAcknowledged)
def acknowledged(fact: f.BriefingAcknowledged, world: World, said: Said) -> Iterator[Change]:
    view = v.AcknowledgementView(
        member=fact.member, version=fact.version, at=said.at, channel=fact.channel, typed_by=fact.by
    )
    yield row(of(world, said), "acknowledgement", fact.member, view)


Noted = (
    f.DoubtVoiced | f.WalkInJoined | f.ClashNoticed | f.MissionCommandTaken | f.MissionRegraded | f.MissionMoved
    | f.UrgencyScored | f.OutcomeNoted | ff.BackupAsked | ff.BackupSent | f.OfferDeferred
    | ff.MemberFell
)  # fmt: skip


@shows(*get_args(Noted))
def note(fact: Noted, world: World, said: Said) -> Iterator[Change]:
    what, words = _note_words(fact)
    member = getattr(fact, "member", None) or (fact.by if isinstance(fact, f.MissionCommandTaken) else None)
    view = v.NoteView(
        what=what,
        words=words,
        member=member,
        by=said.author,
        at=said.at,
        about=getattr(fact, "backup", None),
        place=getattr(fact, "place", None),
        people=fact.pursuers if isinstance(fact, ff.BackupAsked) else (),
    )
    yield row(of(world, said), "note", said.id, view, sort=by_time(said))
    if isinstance(fact, f.ClashNoticed):
        yield row(of(world, said), "clash", said.id, view, sort=by_time(said))  # waits for whoever commands


def _note_words(fact: Noted) -> tuple[str, str]:
    match fact:
        case f.DoubtVoiced() | ff.MemberFell():
            return "doubt" if isinstance(fact, f.DoubtVoiced) else "down", fact.words
        case f.WalkInJoined():
            return "walk-in", f"{fact.post}. {fact.words}".strip(" .")
        case f.ClashNoticed():
            return "clash", fact.what
        case f.MissionCommandTaken():
            return "command", fact.reason
        case f.MissionRegraded():
            return "regraded", f"{fact.before or 'no rank'} to {fact.rank}: {fact.reason}"
        case f.MissionMoved():
            until = f" (reopens when: {fact.reopens_when})" if fact.reopens_when else ""
            return "state", f"{fact.before} to {fact.after}: {fact.reason}{until}"
        case f.UrgencyScored():
            return "urgency", f"{fact.band}: {fact.lowest} to {fact.highest} points"
        case f.OutcomeNoted():
            return "outcome", ", ".join((fact.outcome, *fact.deeds))
        case ff.BackupAsked():
            return "backup asked", f"{_people(fact.people)}: {fact.words}"
        case ff.BackupSent():
            return "backup sent", f"{_people(len(fact.members))}, there {fact.arrives.local:%H:%M}"
        case f.OfferDeferred():
            return "deferred", fact.words or "no reason given"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


@shows(f.ReportReceived)
def report(fact: f.ReportReceived, world: World, said: Said) -> Iterator[Change]:
    view = v.ReportView(
        report=fact.report,
        source=fact.source,
        grade=fact.grade,
        words=fact.words,
        at=fact.at,
        sure_percent=fact.sure_percent,
        by=said.author,
    )
    yield row(of(world, said), "report", fact.report, view, sort=by_time(said))


@shows(f.TestimonyWithheld, f.TestimonyReleased)
def testimony(fact: f.TestimonyWithheld | f.TestimonyReleased, world: World, said: Said) -> Iterator[Change]:
    mission = of(world, said)
    held = mission.testimony.get(fact.testimony)
    if held is not None:
        view = v.TestimonyView(
            testimony=held.id, holder=held.holder, about=held.about, withheld=not held.words, words=held.words
        )
        yield row(mission, "testimony", held.id, view)


@shows(f.AssumptionMade, f.AssumptionFailed, f.AssumptionWarned)
def assumption(
    fact: f.AssumptionMade | f.AssumptionFailed | f.AssumptionWarned, world: World, said: Said
) -> Iterator[Change]:
    mission = of(world, said)
    held = mission.assumptions.get(fact.assumption)
    if held is not None:
        view = v.AssumptionView(assumption=held.id, words=held.words, failed=held.failed, warned=held.warned)
        yield row(mission, "assumption", held.id, view)


@shows(f.ReportWritten)
def paper(fact: f.ReportWritten, world: World, said: Said) -> Iterator[Change]:
    view = v.PaperView(
        report=fact.report, stage=fact.stage, words=fact.words, came_as=fact.came_as, at=said.at, by=said.author
    )
    yield row(of(world, said), "paper", fact.report, view, sort=by_time(said))


@shows(f.AdviceTaken)
def advice(fact: f.AdviceTaken, world: World, said: Said) -> Iterator[Change]:
    view = v.AdviceView(
        advice=fact.advice,
        engine=fact.engine,
        engine_version=fact.engine_version,
        seed=fact.seed,
        work=fact.work,
        inputs_digest=fact.inputs_digest,
        summary=fact.summary,
        result=fact.result,
        at=said.at,
    )
    yield row(of(world, said), "advice", fact.advice, view, sort=by_time(said))


@shows(f.ExposureNoted)
def exposure(fact: f.ExposureNoted, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    kinds = tuple(sorted(held.exposures.get(fact.member, ())))
    yield row(held, "exposure", fact.member, v.ExposureView(member=fact.member, kinds=kinds))


def _led(held: Mission, member: PersonId) -> PersonId:
    """Who led somebody on a mission: the leader of their team, else whoever commands it."""
    leaders = (team.leader for team in held.teams.values() if member in team.members and team.leader != member)
    return next((leader for leader in leaders if leader is not None), held.commander)


@shows(f.OutcomeNoted)
def history(fact: f.OutcomeNoted, world: World, said: Said) -> Iterator[Change]:
    """A mission in its member's history: only for those who may see the mission."""
    held = of(world, said)
    view = v.HistoryView(
        member=fact.member,
        what="mission",
        on=said.at.day,
        mission=held.name,
        leader=_led(held, fact.member),
        outcome=fact.outcome,
        deeds=fact.deeds,
    )
    yield Shown("history", fact.member, f"m.{held.id}", held.mark, f"{said.at.day.isoformat()}.{by_time(said)}", view)


Conflicting = f.OfferAnswered | f.MissionMoved | ff.Departed | f.MissionCommandTaken | f.ConflictSettled


@shows(*get_args(Conflicting))
def conflict(fact: Conflicting, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    for open_one in held.conflicts.values():
        view = v.ConflictView(conflict=open_one.id, what=open_one.what, words=open_one.words, settled=open_one.settled)
        yield row(held, "conflict", open_one.id, view)
