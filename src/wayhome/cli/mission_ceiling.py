"""`wayhome mission ceiling`: how many may know of a secret mission."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.naming import Count
from wayhome.cli.show import done
from wayhome.mission.intents.secrecy import SetCeiling

app = App(name="ceiling-of-a-mission")


@app.command(name="ceiling")
def ceiling(
    mission: str,
    *,
    most: Count | None = None,
    leak: float = 0.01,
    tellings_shown: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Sets how many may know of a secret mission. Crossing it takes a reason that is written down.

    Example: wayhome mission ceiling "The long way" --most 5

    Parameters
    ----------
    most: how many; without it, any number
    leak: the assumed chance, for each who knows, that they let it out within a year
    tellings_shown: from now on every telling is shown to those who are read in
    """
    me = session()
    intent = SetCeiling(mission=find.mission(me, mission), most=most, leak_per_year=leak, tellings_shown=tellings_shown)
    done(me.do(intent), f"At most {most} may know" if most is not None else "Any number may know")
