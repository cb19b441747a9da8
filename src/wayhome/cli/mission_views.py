"""`wayhome mission`: what is to be seen of missions, and the situation report."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.field_home import where
from wayhome.cli.loglines import HEADINGS, cells
from wayhome.cli.pages import facts, page, section
from wayhome.cli.show import put, table, words
from wayhome.mission.views.shapes import MissionView, OutView
from wayhome.usecases.composed import SituationView
from wayhome.values.ids import handle

app = App(name="views")


@app.command(name="list")
def listing() -> None:
    """Lists every mission that you can see.

    Example: wayhome mission list
    """
    table(
        session().read("missions"),
        [
            ("MISSION", lambda m: handle(m.mission)),
            ("NAME", lambda m: m.name),
            ("RANK", lambda m: m.rank),
            ("STATE", lambda m: m.state + (" (secret)" if m.secret else "")),
            ("URGENCY", lambda m: m.urgency),
            ("COMMAND", lambda m: m.commander_name),
            ("OPENED", lambda m: m.opened),
            ("OUT", lambda m: f"{m.out - m.accounted} of {m.out}" if m.out else ""),
        ],
        empty="no missions",
    )


@app.command(name="show")
def show(mission: str) -> None:
    """Shows one mission: its plan, its subject, how many are out.

    Example: wayhome mission show "Lost hiker"
    """
    me = session()
    page(me.read("mission", mission=find.mission(me, mission)), _show)


def _show(held: MissionView) -> None:
    _head(held)
    most = f" to {held.most_people}" if held.most_people is not None else " or more"
    facts(
        [
            ("needs", ", ".join(f"{n.count} with {n.skill} {n.level}" for n in held.needs)),
            ("people", f"{held.least_people}{most}"),
            ("starts", held.starts),
            ("lasts", f"{held.hours:g} h" if held.hours else ""),
            ("home by", held.home_by),
            ("stands", "up front" if held.front else ""),
            ("briefing", f"version {held.briefing}" if held.briefing else "none yet"),
        ]
    )
    section("Subject", ("FIELD", "SAID"), [*held.subject.items()])


def _head(held: MissionView) -> None:
    secret = ", secret" if held.secret else ""
    put(f"{held.name} [{handle(held.mission)}]  {held.state}{secret}")
    facts(
        [
            ("rank", held.rank),
            ("command", held.commander_name),
            ("owner", held.owner_name if held.owner != held.commander else ""),
            ("opened", held.opened),
            ("reopens when", held.reopens_when),
            ("place", held.place),
            ("urgency", held.urgency),
            ("category", held.subject_category),
            ("IPP", f"{words(held.initial_point)} at {words(held.initial_at)}" if held.initial_point else ""),
            ("LKP", f"{words(held.last_point)} at {words(held.last_at)}" if held.last_point else ""),
            ("out", f"{held.out - held.accounted} of {held.out} who departed" if held.out else ""),
        ]
    )


@app.command(name="situation")
def situation(mission: str) -> None:
    """The situation report: what is known, on whose word, how sure; who is where; what is wrong.

    Example: wayhome mission situation "Lost hiker"
    """
    me = session()
    page(me.read("situation", mission=find.mission(me, mission)), _situation)


def _situation(now: SituationView) -> None:
    _head(now.mission)
    _wrong(now)
    section(
        "What is known (seen before hearsay)",
        ("HOW", "SURE", "WHEN", "SOURCE", "WORDS"),
        [(r.grade, sure(r.sure_percent), r.at, r.source, r.words) for r in now.reports],
        empty="nothing reported yet",
    )
    section("Held back", ("WHO", "ABOUT"), [(t.holder_name, t.about) for t in now.withheld])
    section(
        "It rests on",
        ("ASSUMPTION", "STANDS"),
        [(a.words, f"FAILED: {a.failed}" if a.failed else "warned of" if a.warned else "yes") for a in now.assumptions],
    )
    section(
        "Teams",
        ("TEAM", "PEOPLE", "STATUS", "HEARD", "PLACE"),
        [(t.name, len(t.members), t.status, t.heard, t.place) for t in now.teams],
    )
    section("People", ("WHO", "POST", "DEPARTED", "DUE", "NOW"), [_person(one) for one in now.out])
    section(
        "Casualties, in the order of treatment",
        ("TURN", "WHO", "TRIAGE", "CONDITION", "PLACE", "HELP"),
        [(c.turn, c.who, c.triage or "not yet", c.condition, c.place, c.help) for c in now.casualties],
    )
    section("Last of the log", HEADINGS, [cells(line, now.lines[-1].at.day) for line in now.lines])


def _wrong(now: SituationView) -> None:
    """What is wrong comes first."""
    section("ALARMS", ("ALARM", "SINCE", "WORDS"), [(handle(a.alarm), a.at, a.words) for a in now.alarms])


def _person(one: OutView) -> tuple[object, ...]:
    return one.member_name, one.post, one.departed, one.home_by, where(one)


def sure(percent: int | None) -> str:
    """How sure a source is, or that it was not said."""
    return "not said" if percent is None else f"{percent} %"


@app.command(name="notes")
def notes(mission: str) -> None:
    """Lists what stands beside the log: doubts, walk-ins, clashes, handovers, regradings, backup.

    Example: wayhome mission notes "Lost hiker"
    """
    me = session()
    table(
        me.read("notes", mission=find.mission(me, mission)),
        [
            ("WHEN", lambda n: n.at),
            ("WHAT", lambda n: n.what),
            ("MEMBER", lambda n: n.member_name),
            ("PLACE", lambda n: n.place),
            ("BY", lambda n: n.by_name),
            ("ABOUT", lambda n: handle(n.about) if n.about else ""),
            ("WORDS", lambda n: n.words),
        ],
        empty="no notes",
    )


@app.command(name="conflicts")
def conflicts(mission: str) -> None:
    """Lists what a merge brought together that cannot both stand.

    Example: wayhome mission conflicts "Lost hiker"
    """
    me = session()
    table(
        me.read("conflicts", mission=find.mission(me, mission)),
        [
            ("CONFLICT", lambda k: handle(k.conflict)),
            ("WHAT", lambda k: k.what),
            ("WORDS", lambda k: k.words),
            ("SETTLED", lambda k: k.settled or "open"),
        ],
        empty="no conflicts",
    )


@app.command(name="advice")
def advice(mission: str) -> None:
    """Lists what the engines advised, with all that is needed to compute it again.

    Example: wayhome mission advice "Lost hiker"
    """
    me = session()
    table(
        me.read("advice", mission=find.mission(me, mission)),
        [
            ("WHEN", lambda a: a.at),
            ("ENGINE", lambda a: f"{a.engine} {a.engine_version}"),
            ("SEED", lambda a: str(a.seed)),
            ("WORK", lambda a: a.work),
            ("INPUTS", lambda a: a.inputs_digest[:12]),
            ("SUMMARY", lambda a: a.summary),
        ],
        empty="no advice yet",
    )
