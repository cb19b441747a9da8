"""`wayhome clue`: what was found, numbered so that no two laptops ever give the same number."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.field import ReportClue, WithdrawClue
from wayhome.mission.intents.searching import WeighClue
from wayhome.mission.views.shapes import ClueView

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


@app.command(name="weigh")
def weigh(
    mission: str,
    clue: str,
    *,
    planted: float = 0.0,
    anothers: float,
    left_from: str = "",
    left_until: str = "",
    within: float = 50.0,
) -> None:
    """Says what a clue is worth: only then does it move the map of where he may be. The last word stands.

    Example: wayhome clue weigh "Lost hiker" 1 --planted 0.3 --anothers 0.2 --left-from 14:00 --left-until 16:00

    Parameters
    ----------
    planted: the chance that it was put there to mislead: 0 to 1
    anothers: the chance that it is somebody else's: 0 to 1
    left_from: he cannot have left it before; without it, since he was last known
    left_until: he cannot have left it later; without it, until it was found
    within: it may lie so many metres from his way
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = WeighClue(
        mission=mission_id,
        clue=things.clue(me, mission_id, clue),
        planted=planted,
        anothers=anothers,
        left_from=times.moment(left_from, me.now()) if left_from else None,
        left_until=times.moment(left_until, me.now()) if left_until else None,
        within_m=within,
    )
    done(me.do(intent), f"Clue {clue} weighed")


def _worth(clue: ClueView) -> str:
    worth = clue.worth
    return "" if worth is None else f"{worth.planted:.0%} a plant, {worth.anothers:.0%} another's"


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
            ("WORTH", _worth),
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
