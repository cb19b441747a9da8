"""`wayhome search hypothesis`: what may have become of him, and how the odds move."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, typed
from wayhome.cli.context import session
from wayhome.cli.search_evidence import hypothesis
from wayhome.cli.show import done, table
from wayhome.mission.intents.searching import DropHypothesis, StateHypothesis

app = App(name="hypothesis", help="What may have become of him: he fled, he is hurt, he doubles back.")


@app.command(name="state")
def state(
    mission: str,
    *name: typed.FreeWord,
    odds: float = 1.0,
    category: str = "",
    evader: bool = False,
    injured: bool = False,
    heading: float | None = None,
    goal: Annotated[list[str] | None, Parameter(negative=())] = None,
    words: str = "",
) -> None:
    """States what may have become of him, with its odds beside the others; all evidence then moves them.

    Example: wayhome search hypothesis state "Lost hiker" he is hurt --odds 2 --injured
    Example: wayhome search hypothesis state "Lost hiker" he fled --evader --goal 42.57,1.60

    Parameters
    ----------
    mission: the mission, by name or number
    name: what may have become of him, in a word or two
    odds: beside the other hypotheses, in any unit: 2 beside 1 is two to one
    category: how he then moves, as a category of lost person; without it, the mission's own
    evader: he does not want to be found
    injured: at half the pace, and not for long
    heading: where he then was bound for, degrees clockwise from north
    goal: a place that he then makes for; may be given more than once
    words: why it may be so
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = StateHypothesis(
        mission=mission_id,
        name=typed.words(name),
        odds=odds,
        words=words,
        category=category,
        evader=evader,
        injured=injured,
        heading_deg=heading,
        goals=tuple(typed.place(me, mission_id, one) for one in goal or ()),
    )
    done(me.do(intent), "Hypothesis stated")


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists hypotheses with their odds before evidence, and what was dropped. `search odds` says where they are.

    Example: wayhome search hypothesis list "Lost hiker"

    Parameters
    ----------
    mission: the mission, by name or number
    """
    me = session()
    table(
        me.read("hypotheses", mission=find.mission(me, mission)),
        [
            ("HYPOTHESIS", lambda h: h.name),
            ("ODDS BEFORE", lambda h: f"{h.odds:g}"),
            ("MOVES AS", lambda h: "evader" if h.evader else h.category),
            ("INJURED", lambda h: h.injured or ""),
            ("WORDS", lambda h: h.words),
            ("BY", lambda h: h.by_name),
            ("DROPPED", lambda h: h.dropped),
        ],
        empty="no hypotheses",
    )


@app.command(name="drop")
def drop(mission: str, *name: typed.FreeWord, reason: str) -> None:
    """Drops a hypothesis, with the reason. It stays in the list.

    Example: wayhome search hypothesis drop "Lost hiker" he fled --reason "his coat is at home"

    Parameters
    ----------
    mission: the mission, by name or number
    name: the hypothesis, as it was stated
    reason: why it is dropped
    """
    me = session()
    mission_id = find.mission(me, mission)
    found = hypothesis(me, mission_id, typed.words(name))
    intent = DropHypothesis(mission=mission_id, hypothesis=found.hypothesis, reason=reason)
    done(me.do(intent), f"Dropped: {found.name}")
