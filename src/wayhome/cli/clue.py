"""`wayhome clue`: what was found, numbered so that no two laptops ever give the same number."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things, typed
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.field import ReportClue, WithdrawClue

app = App(name="clue", help="Clues by number.")


@app.command(name="add")
def add(
    mission: str,
    *what: typed.FreeWord,
    place: str = "",
    instruction: Annotated[str, Parameter(name="--do")] = "",
) -> None:
    """Adds a clue and gives it its number.

    Example: wayhome clue add "Lost hiker" "boot print, size 44" --place 42.5063,1.5218 --do "mark and leave"

    Parameters
    ----------
    instruction: what the finders are told to do: collect, 'mark and leave', photograph, protect ...
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = ReportClue(
        mission=mission_id,
        words=typed.words(what),
        place=typed.place_or_none(me, mission_id, place),
        instruction=instruction,
    )
    done(me.do(intent), "Clue noted")


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists clues by number, with what was withdrawn and why.

    Example: wayhome clue list "Lost hiker"
    """
    me = session()
    table(
        me.read("clues", mission=find.mission(me, mission)),
        [
            ("NO", lambda c: c.label),
            ("WHAT", lambda c: c.words),
            ("PLACE", lambda c: c.place),
            ("WHEN", lambda c: c.at),
            ("BY", lambda c: c.by_name),
            ("DO", lambda c: c.instruction),
            ("WITHDRAWN", lambda c: c.withdrawn),
        ],
        empty="no clues",
    )


@app.command(name="withdraw")
def withdraw(mission: str, clue: str, *, reason: str) -> None:
    """Withdraws a clue, with the reason. It keeps its number and stays in the list.

    Example: wayhome clue withdraw "Lost hiker" 3 --reason "one of our own boots"
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = WithdrawClue(mission=mission_id, clue=things.clue(me, mission_id, clue), reason=reason)
    done(me.do(intent), f"Clue {clue} withdrawn")
