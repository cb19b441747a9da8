"""`wayhome clock`: which laptop rings for what falls due."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.context import session
from wayhome.cli.show import done
from wayhome.mission.intents.people import TakeClock

app = App(name="clock", help="Which laptop rings for what falls due: offers, overdue teams, silence, home.")


@app.command(name="take-over")
def take_over() -> None:
    """This laptop rings for every timer from now on, whoever set it: the other one is gone or away.

    Example: wayhome clock take-over
    """
    done(session().do(TakeClock()), "The clock is ours")
