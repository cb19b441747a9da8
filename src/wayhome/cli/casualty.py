"""`wayhome casualty`: who is hurt, in which order they are treated, and what help is on its way."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table
from wayhome.faces.names import names
from wayhome.mission.intents.field import ExpectHelp, ReportCasualty, Treat, Triage
from wayhome.mission.views.shapes import CasualtyView

app = App(name="casualty", help="Casualties in the order of treatment.")


@app.command(name="add")
def add(
    mission: str, who: str = "", *, member: str = "", triage: str = "", condition: str = "", place: str = ""
) -> None:
    """Adds a casualty: one of ours by --member, anybody else by name or description.

    Example: wayhome casualty add "Lost hiker" "Ana Puig" --triage yellow --condition "broken leg"
    Example: wayhome casualty add "Lost hiker" --member Ino --triage red --condition "chest wound"

    Parameters
    ----------
    triage: red (immediate), yellow (delayed), green (minor) or black
    """
    if bool(member) == bool(who.strip()):
        raise UsageError("say who is hurt: a name or description, or --member NAME for one of ours")
    me = session()
    mission_id = find.mission(me, mission)
    intent = ReportCasualty(
        mission=mission_id,
        who=who,
        member=find.member(me, member) if member else None,
        triage=triage,
        condition=condition,
        place=typed.place_or_none(me, mission_id, place),
    )
    done(me.do(intent), f"Casualty {member or who}")


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists casualties in the order of treatment: a hurt healer first, where she could not go on otherwise.

    Example: wayhome casualty list "Lost hiker"
    """
    me = session()
    known = names(me)

    def treated(one: CasualtyView) -> str:
        by = ", ".join(known.get(healer, healer) for healer in one.treated_by)
        return f"{'; '.join(one.treatment)} ({by})" if one.treatment else ""

    table(
        me.read("casualties", mission=find.mission(me, mission)),
        [
            ("TURN", lambda c: str(c.turn)),
            ("WHO", lambda c: c.who + (" (heals)" if c.heals else "")),
            ("TRIAGE", lambda c: c.triage or "not yet"),
            ("CONDITION", lambda c: c.condition),
            ("PLACE", lambda c: c.place),
            ("TREATED", treated),
            ("HELP", lambda c: c.help),
            ("DONE", lambda c: c.done),
        ],
        empty="no casualties",
    )


@app.command(name="triage")
def triage(mission: str, casualty: str, triage: str, *, condition: str = "") -> None:
    """Changes a casualty's triage category.

    Example: wayhome casualty triage "Lost hiker" "Ana Puig" red --condition "no longer answers"
    """
    me = session()
    mission_id = find.mission(me, mission)
    hurt = things.casualty(me, mission_id, casualty)
    intent = Triage(mission=mission_id, casualty=hurt, triage=triage, condition=condition)
    done(me.do(intent), f"{casualty} is {triage}")


@app.command(name="treat")
def treat(
    mission: str,
    casualty: str,
    *treatment: typed.FreeWord,
    by: str = "me",
    finished: Annotated[bool, Parameter(name="--done")] = False,
) -> None:
    """Notes a treatment and who gave it; --done says that no more is needed.

    Example: wayhome casualty treat "Lost hiker" "Ana Puig" "leg splinted" --by Sakura
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = Treat(
        mission=mission_id,
        casualty=things.casualty(me, mission_id, casualty),
        by=find.member(me, by),
        words=typed.words(treatment),
        done=finished,
    )
    done(me.do(intent), f"{casualty} treated")


@app.command(name="help")
def expect_help(mission: str, casualty: str, *what: typed.FreeWord, at: str) -> None:
    """Announces help for a casualty: what, and when it is there.

    Example: wayhome casualty help "Lost hiker" "Ana Puig" helicopter --at +35m
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = ExpectHelp(
        mission=mission_id,
        casualty=things.casualty(me, mission_id, casualty),
        what=typed.words(what),
        at=times.deadline(at, me.now()).moment(),
    )
    done(me.do(intent), f"Help for {casualty} is on its way")
