"""Sheets for paper, filled with what one member may see."""

from __future__ import annotations

from wayhome.faces.names import names
from wayhome.faces.typist import DESK
from wayhome.formats.ics import LogEntry
from wayhome.links.paper import sheets as p
from wayhome.mission.views import shapes as v
from wayhome.usecases.composed import ReportPage
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, handle


class NothingToPrint(Exception):
    """What should go on paper has not been written yet; the text says what to do."""


def report(me: Session, mission: MissionId) -> p.Report:
    """The report: the last official one, with what differs from the draft, or the draft. Raises NothingToPrint."""
    held: ReportPage = me.read("report", mission=mission).value
    paper = held.official or held.draft
    if paper is None:
        raise NothingToPrint("there is no report yet: write a draft first")
    before = held.draft if held.official is not None else None
    view: v.MissionView = me.read("mission", mission=mission).value
    return p.Report(
        heading=_heading(me, view),
        state="official" if held.official is not None else "draft",
        written_by=paper.by_name,
        written_at=paper.at,
        text=paper.words,
        before=before.words if before else None,
        before_by=before.by_name if before else "",
        before_at=before.at if before else None,
        facts=_facts(view),
        people=_people(me, mission),
        casualties=_casualties(me, mission),
        clues=_clues(me, mission),
        marks=tuple(p.Mark(mark.what, mark.words, held.draft.by_name) for mark in held.marks) if held.draft else (),
        exceptions=_exceptions(me, mission),
        failed_assumptions=_failed(me, mission),
        timeline=entries(me, mission),
    )


def log(me: Session, mission: MissionId, form: p.Form) -> p.LogSheet:
    """The whole log, oldest entry first."""
    view: v.MissionView = me.read("mission", mission=mission).value
    lines = entries(me, mission)
    operators = dict.fromkeys(line.operator for line in lines if line.operator)
    return p.LogSheet(
        heading=_heading(me, view),
        form=form,
        period_from=lines[0].at if lines else view.opened,
        period_to=lines[-1].at if lines else me.now(),
        operator=", ".join(operators),
        resources=tuple(p.Resource(one.name, one.role) for one in _people(me, mission)),
        entries=lines,
    )


def briefing(me: Session, mission: MissionId) -> p.Briefing:
    """The last briefing. Raises NothingToPrint where none has been written."""
    versions: tuple[v.BriefingView, ...] = me.read("briefings", mission=mission).value
    if not versions:
        raise NothingToPrint("no briefing has been written yet: write one first")
    last = versions[-1]
    view: v.MissionView = me.read("mission", mission=mission).value
    acknowledged: tuple[v.AcknowledgementView, ...] = me.read("acknowledgements", mission=mission).value
    points = {"IPP": view.initial_point, "LKP": view.last_point, "place": view.place}
    return p.Briefing(
        heading=_heading(me, view),
        version=last.version,
        given_by=last.by_name,
        situation=last.words,
        subject=tuple((field, said) for field, said in view.subject.items() if said),
        cautions=last.cautions,
        teams=_teams(me, mission),
        places=tuple((name, place) for name, place in points.items() if place is not None),
        overdue=f"Home by {view.home_by.local.replace('T', ' ')[:16]}" if view.home_by else "",
        signed=tuple(one.member_name for one in acknowledged if one.version == last.version),
    )


def entries(me: Session, mission: MissionId) -> tuple[LogEntry, ...]:
    """The log as entries, numbered from 1."""
    lines: tuple[v.LineView, ...] = me.read("log", mission=mission).value
    return tuple(_entry(number, line) for number, line in enumerate(lines, start=1))


def _entry(number: int, line: v.LineView) -> LogEntry:
    return LogEntry(
        number=number,
        at=line.at,
        words=struck(line.words if line.sender in ("", DESK) else line.message or line.words, line),
        from_=line.sender,
        to=line.receiver,
        team=line.team,
        status=line.status,
        place=line.radio_place or line.place,
        operator=line.by_name,
        typed_at=line.typed_at,
        was=line.was,
        flags=line.flags,
        relayed=line.relayed,
    )


def struck(words: str, line: v.LineView) -> str:
    """The words of a line as they go on paper and into files: one that was undone says so."""
    return f"[struck, {line.struck_why}] {words}" if line.struck else words


def _heading(me: Session, view: v.MissionView) -> p.Heading:
    now = me.now()
    organisation: v.OrganisationView = me.read("organisation").value
    return p.Heading(
        organisation=organisation.name,
        mission=view.name,
        number=handle(view.mission),
        rank=view.rank,
        zone=organisation.zone,
        printed_at=now,
        printed_by=names(me).get(me.viewer, ""),
        marking="SECRET: only for those read in" if view.secret else "",
    )


def _facts(view: v.MissionView) -> tuple[tuple[str, str], ...]:
    known = (
        ("Mission", f"{view.name} [{handle(view.mission)}], {view.state}"),
        ("Rank", view.rank),
        ("Command", view.commander_name),
        ("Opened", f"{view.opened.local:%Y-%m-%d %H:%M}"),
        ("Urgency", view.urgency),
        ("Category of subject", view.subject_category),
        ("Departed", f"{view.out}, of whom {view.accounted} are home or handed over" if view.out else ""),
        ("Reopens when", view.reopens_when),
    )
    return tuple((label, value) for label, value in known if value)


def _people(me: Session, mission: MissionId) -> tuple[p.Person, ...]:
    out: tuple[v.OutView, ...] = me.read("out", mission=mission).value
    teams: tuple[v.TeamView, ...] = me.read("teams", mission=mission).value
    return tuple(
        p.Person(
            name=one.member_name,
            role=one.post,
            team=", ".join(team.name for team in teams if one.member in team.members),
            out_at=one.departed,
            home_at=one.home,
            how="home" if one.home else f"handed over to {one.handed_to}" if one.handed_to else "",
        )
        for one in out
    )


def _casualties(me: Session, mission: MissionId) -> tuple[p.Casualty, ...]:
    known = names(me)
    found: tuple[v.CasualtyView, ...] = me.read("casualties", mission=mission).value
    return tuple(
        p.Casualty(
            who=one.who,
            triage=one.triage,
            condition=one.condition,
            treated_by=", ".join(known.get(healer, healer) for healer in one.treated_by),
            outcome="; ".join((*one.treatment, *one.help)),
        )
        for one in found
    )


def _clues(me: Session, mission: MissionId) -> tuple[p.Clue, ...]:
    found: tuple[v.ClueView, ...] = me.read("clues", mission=mission).value
    return tuple(
        p.Clue(
            label=one.label,
            words=f"{one.words} (withdrawn: {one.withdrawn})" if one.withdrawn else one.words,
            place=one.place,
            found_at=one.at,
            found_by=one.by_name,
            instruction=one.instruction,
        )
        for one in found
    )


def _exceptions(me: Session, mission: MissionId) -> tuple[str, ...]:
    made: tuple[v.ExceptionView, ...] = me.read("exceptions", mission=mission).value
    return tuple(
        f"{one.rule} ({one.member_name or 'everybody'}): {one.about}. Reason: {one.reason}. By {one.by_name}"
        for one in made
    )


def _failed(me: Session, mission: MissionId) -> tuple[str, ...]:
    held: tuple[v.AssumptionView, ...] = me.read("assumptions", mission=mission).value
    return tuple(f"{one.words}: {one.failed}" for one in held if one.failed)


def _teams(me: Session, mission: MissionId) -> tuple[p.BriefedTeam, ...]:
    known = names(me)
    held: tuple[v.TeamView, ...] = me.read("teams", mission=mission).value
    return tuple(
        p.BriefedTeam(
            name=one.name,
            leader=one.leader_name,
            members=tuple(known.get(member, member) for member in one.members),
            overdue_after=f"{one.overdue_min} min of silence" if one.overdue_min else "",
        )
        for one in held
    )
