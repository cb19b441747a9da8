"""Sheets as PDF: the mission report, the log after ICS 309 or 214, the briefing. A4 or US Letter, black on white."""

from __future__ import annotations

from collections.abc import Iterable

from wayhome.formats.ics import LogEntry, grid_of
from wayhome.links.paper.printing import PAPERS, Data, Paper, PaperError, print_pdf
from wayhome.links.paper.sheets import (
    BriefedTeam,
    Briefing,
    Casualty,
    Channel,
    Clue,
    Form,
    Heading,
    LogSheet,
    Mark,
    Person,
    Report,
    Resource,
    Section,
)
from wayhome.mission.wording import differences
from wayhome.values.when import Moment, hhmm


def report_pdf(report: Report, *, paper: Paper = "a4") -> bytes:
    """The mission report, with what changed since the draft where there was one. Raises PaperError."""
    return print_pdf("report", report_data(report), made_at=report.heading.printed_at, paper=paper)


def log_pdf(sheet: LogSheet, *, paper: Paper = "a4") -> bytes:
    """The log of a period, oldest entry first. Raises PaperError."""
    return print_pdf("log", log_data(sheet), made_at=sheet.heading.printed_at, paper=paper)


def briefing_pdf(briefing: Briefing, *, paper: Paper = "a4") -> bytes:
    """The briefing sheet. Raises PaperError."""
    return print_pdf("briefing", briefing_data(briefing), made_at=briefing.heading.printed_at, paper=paper)


# ---- sheets to what the templates read ----


def report_data(report: Report) -> dict[str, Data]:
    clock = _Clock(report.heading.zone, _report_moments(report))
    return _common(report.heading, clock) | {
        "state": report.state,
        "written_by": report.written_by,
        "written": clock.full(report.written_at),
        "text": report.text,
        "before_by": report.before_by if report.before is not None else "",
        "before_written": clock.full(report.before_at),
        "facts": [list[Data](pair) for pair in report.facts],
        "sections": _sections(report.sections),
        "marks": [{"kind": m.kind, "words": m.words, "source": m.source} for m in report.marks],
        "exceptions": list(report.exceptions),
        "failed_assumptions": list(report.failed_assumptions),
        "casualties": [_casualty(casualty) for casualty in report.casualties],
        "clues": [_clue(clue, clock) for clue in report.clues],
        "people": [_person(person, clock) for person in report.people],
        "timeline": [_entry(entry, clock) for entry in report.timeline],
        "differences": _differences(report),
    }


def log_data(sheet: LogSheet) -> dict[str, Data]:
    clock = _Clock(sheet.heading.zone, [sheet.period_from, sheet.period_to, *(entry.at for entry in sheet.entries)])
    return _common(sheet.heading, clock) | {
        "form": sheet.form,
        "period_from": clock.full(sheet.period_from),
        "period_to": clock.full(sheet.period_to),
        "unit": sheet.unit,
        "operator": sheet.operator,
        "resources": [{"name": r.name, "position": r.position, "agency": r.agency} for r in sheet.resources],
        "entries": [_entry(entry, clock) for entry in sheet.entries],
    }


def briefing_data(briefing: Briefing) -> dict[str, Data]:
    clock = _Clock(briefing.heading.zone, [])
    return _common(briefing.heading, clock) | {
        "version": briefing.version,
        "given_by": briefing.given_by,
        "for_whom": briefing.for_whom,
        "coordinates": briefing.coordinates,
        "cautions": list(briefing.cautions),
        "situation": briefing.situation,
        "subject": [list[Data](pair) for pair in briefing.subject],
        "objectives": list(briefing.objectives),
        "teams": [_team(team) for team in briefing.teams],
        "channels": [{"name": c.name, "frequency": c.frequency, "use": c.use} for c in briefing.channels],
        "places": [[name, grid_of(place)] for name, place in briefing.places],
        "medical": briefing.medical,
        "overdue": briefing.overdue,
        "sections": _sections(briefing.sections),
        "signed": list(briefing.signed),
    }


class _Clock:
    """Shows moments in a sheet's zone: the time alone where the whole sheet is one day, the date with it otherwise."""

    def __init__(self, zone: str, shown: Iterable[Moment | None]) -> None:
        self.zone = zone
        local = [moment.at(zone) for moment in shown if moment is not None]
        self.one_day = len({moment.day for moment in local}) <= 1
        self.day = f", {_date(local[0])} {local[0].day.year}" if local and self.one_day else ""
        self.offsets = sorted({_offset(moment) for moment in local})

    def short(self, at: Moment | None) -> str:
        if at is None:
            return ""
        local = at.at(self.zone)
        # Where the clocks changed within the sheet, a bare time could be two moments: the offset goes with it.
        offset = f" {_offset(local)}" if len(self.offsets) > 1 else ""
        return (hhmm(local) if self.one_day else f"{_date(local)} {hhmm(local)}") + offset

    def full(self, at: Moment | None) -> str:
        if at is None:
            return ""
        local = at.at(self.zone)
        return f"{_date(local)} {local.day.year} {hhmm(local)}"

    def words(self, printed_at: Moment) -> str:
        offsets = self.offsets or [_offset(printed_at.at(self.zone))]
        return f"{self.zone}, UTC{' and UTC'.join(offsets)}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _date(local: Moment) -> str:
    """A date as text, `1 Mar`: never 03/01, which is two days."""
    return f"{local.day.day} {_MONTHS[local.day.month - 1]}"


def _offset(local: Moment) -> str:
    text = f"{local.local:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _report_moments(report: Report) -> list[Moment | None]:
    return [
        *(entry.at for entry in report.timeline),
        *(moment for person in report.people for moment in (person.out_at, person.home_at)),
        *(clue.found_at for clue in report.clues),
    ]


def _common(heading: Heading, clock: _Clock) -> dict[str, Data]:
    return {
        "heading": {
            "organisation": heading.organisation,
            "mission": heading.mission,
            "number": heading.number,
            "rank": heading.rank,
            "printed_by": heading.printed_by,
            "marking": heading.marking,
        },
        "printed": clock.full(heading.printed_at),
        "zone_words": clock.words(heading.printed_at),
        "day": clock.day,
    }


def _differences(report: Report) -> list[Data]:
    """The pieces from the draft to this version, blanks outside the marks; none when nothing changed."""
    pieces = () if report.before is None else differences(report.before, report.text)
    if all(piece.what == "same" for piece in pieces):
        return []
    shown: list[Data] = []
    for piece in pieces:
        core = piece.words.strip()
        before, after = piece.words.split(core, 1) if core else (piece.words, "")
        shown.append({"kind": piece.what, "before": before, "text": core, "after": after})
    return shown


def _sections(sections: Iterable[Section]) -> list[Data]:
    return [{"title": section.title, "text": section.text} for section in sections]


def _entry(entry: LogEntry, clock: _Clock) -> Data:
    return {
        "number": str(entry.number),
        "when": clock.short(entry.at),
        "from": entry.from_,
        "to": entry.to,
        "words": entry.words,
        "status": entry.status,
        "grid": grid_of(entry.place),
        "operator": entry.operator,
        "relayed": entry.relayed,
        "was": list(entry.was),
        "flags": list(entry.flags),
    }


def _casualty(casualty: Casualty) -> Data:
    return {
        "who": casualty.who,
        "triage": casualty.triage,
        "condition": casualty.condition,
        "treated_by": casualty.treated_by,
        "outcome": casualty.outcome,
    }


def _clue(clue: Clue, clock: _Clock) -> Data:
    return {
        "label": clue.label,
        "words": clue.words,
        "grid": grid_of(clue.place),
        "found": clock.short(clue.found_at),
        "found_by": clue.found_by,
        "instruction": clue.instruction,
    }


def _person(person: Person, clock: _Clock) -> Data:
    return {
        "name": person.name,
        "role": person.role,
        "team": person.team,
        "out": clock.short(person.out_at),
        "home": clock.short(person.home_at),
        "how": person.how,
        "unaccounted": person.out_at is not None and person.home_at is None and not person.how,
    }


def _team(team: BriefedTeam) -> Data:
    return {
        "name": team.name,
        "leader": team.leader,
        "members": list(team.members),
        "assignment": team.assignment,
        "channel": team.channel,
        "transport": team.transport,
        "overdue_after": team.overdue_after,
    }


__all__ = [
    "PAPERS",
    "BriefedTeam",
    "Briefing",
    "Casualty",
    "Channel",
    "Clue",
    "Form",
    "Heading",
    "LogEntry",
    "LogSheet",
    "Mark",
    "Paper",
    "PaperError",
    "Person",
    "Report",
    "Resource",
    "Section",
    "briefing_pdf",
    "log_pdf",
    "report_pdf",
]
