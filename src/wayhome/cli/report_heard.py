"""`wayhome report`: what was heard and from whom, what is kept back, and what the mission rests on."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import session
from wayhome.cli.mission_views import sure as how_sure
from wayhome.cli.show import done, table
from wayhome.mission.intents.missions import (
    Assume,
    FailAssumption,
    FileReport,
    ReleaseTestimony,
    WarnOfAssumption,
    WithholdTestimony,
)
from wayhome.values.ids import handle

app = App(name="heard")


@app.command(name="hear")
def hear(
    mission: str, *what: typed.FreeWord, source: str, grade: str = "unknown", sure: int | None = None, at: str = ""
) -> None:
    """Files what somebody reported: who says so, whether they saw it, how sure.

    Example: wayhome report hear "Lost hiker" "a light on the ridge" --source "hut warden" --grade seen --sure 70

    Parameters
    ----------
    grade: seen, hearsay or unknown
    sure: how sure the source is, in per cent
    at: when it was seen (18:30); now, where not said
    """
    me = session()
    intent = FileReport(
        mission=find.mission(me, mission),
        source=source,
        words=typed.words(what),
        grade=grade,
        at=times.moment(at, me.now()) if at else None,
        sure_percent=sure,
    )
    done(me.do(intent), f"Report of {source} filed")


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists what was reported, side by side: source, seen or hearsay, when, how sure.

    Example: wayhome report list "Lost hiker"
    """
    me = session()
    table(
        me.read("reports", mission=find.mission(me, mission)),
        [
            ("WHEN", lambda r: r.at),
            ("SOURCE", lambda r: r.source),
            ("HOW", lambda r: r.grade),
            ("SURE", lambda r: how_sure(r.sure_percent)),
            ("FILED BY", lambda r: r.by_name),
            ("WORDS", lambda r: r.words),
        ],
        empty="nothing reported yet",
    )


@app.command(name="withhold")
def withhold(mission: str, holder: str, *about: typed.FreeWord) -> None:
    """Marks that somebody is known to hold testimony back, and what about. They can release it later.

    Example: wayhome report withhold "The pursuit" Kakashi "what was said at the gate"
    """
    me = session()
    intent = WithholdTestimony(
        mission=find.mission(me, mission), holder=find.member(me, holder), about=typed.words(about)
    )
    done(me.do(intent), f"{holder} holds testimony back")


@app.command(name="release")
def release(mission: str, testimony: str, *what: typed.FreeWord) -> None:
    """Releases testimony that you held back.

    Example: wayhome report release "The pursuit" K7QF2M "he asked me to look after the children"
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.testimony(me, mission_id, testimony)
    done(me.do(ReleaseTestimony(mission=mission_id, testimony=held, words=typed.words_or_file(what))), "Released")


@app.command(name="testimony")
def testimony(mission: str) -> None:
    """Lists testimony that is held back or was released.

    Example: wayhome report testimony "The pursuit"
    """
    me = session()
    table(
        me.read("testimony", mission=find.mission(me, mission)),
        [
            ("TESTIMONY", lambda t: handle(t.testimony)),
            ("HOLDER", lambda t: t.holder_name),
            ("ABOUT", lambda t: t.about),
            ("STANDS", lambda t: "held back" if t.withheld else "released"),
            ("WORDS", lambda t: t.words),
        ],
        empty="no testimony is known to be held back",
    )


@app.command(name="assume")
def assume(mission: str, *what: typed.FreeWord) -> None:
    """States what the mission rests on. When it fails, every mission that rests on the same is warned.

    Example: wayhome report assume "Lost hiker" "nobody else is in the area"
    """
    me = session()
    done(me.do(Assume(mission=find.mission(me, mission), words=typed.words(what))), "Assumed")


@app.command(name="assumptions")
def assumptions(mission: str) -> None:
    """Lists what the mission rests on, and what of it failed.

    Example: wayhome report assumptions "Lost hiker"
    """
    me = session()
    table(
        me.read("assumptions", mission=find.mission(me, mission)),
        [
            ("ASSUMPTION", lambda a: handle(a.assumption)),
            ("WORDS", lambda a: a.words),
            ("FAILED", lambda a: a.failed or ("warned of" if a.warned else "")),
        ],
        empty="nothing is assumed",
    )


@app.command(name="fail")
def fail(mission: str, assumption: str, *how: typed.FreeWord, rank: str = "") -> None:
    """Records that an assumption failed, regrades the mission with --rank, and warns those who rely on the same.

    Example: wayhome report fail "Lost hiker" "nobody else" "two armed men at the ford" --rank A
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.assumption(me, mission_id, assumption)
    intent = FailAssumption(mission=mission_id, assumption=held, how=typed.words(how), rank=rank)
    done(me.do(intent), f"The assumption failed{f'; regraded to {rank}' if rank else ''}")


@app.command(name="warn")
def warn(mission: str, assumption: str, *what: typed.FreeWord) -> None:
    """Warns a mission that an assumption it rests on has failed elsewhere, without saying where.

    Example: wayhome report warn "Supply run" "nobody else is in the area"

    Parameters
    ----------
    mission: the mission to warn
    assumption: the assumption as that mission states it
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.assumption(me, mission_id, assumption)
    done(me.do(WarnOfAssumption(mission=mission_id, assumption=held, words=typed.words(what))), f"{mission} is warned")
