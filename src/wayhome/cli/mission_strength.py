"""`wayhome mission`: losses against arrivals over time."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.pages import page, section
from wayhome.cli.show import put
from wayhome.usecases.staffing.strength import LossesView

app = App(name="strength")


@app.command(name="losses")
def losses(mission: str) -> None:
    """Sets losses against arrivals over time, and flags people who were fed piecemeal into the same danger.

    Example: wayhome mission losses "The pursuit"
    """
    me = session()
    page(me.read("losses", mission=find.mission(me, mission)), _show_losses)


def _show_losses(found: LossesView) -> None:
    put(found.words)
    if found.together:
        put(found.together)
    section(
        "Losses against arrivals",
        ("WHEN", "CAME", "LOST", "HOW", "THERE THEN", "WORDS"),
        [
            (
                turn.at,
                turn.names if turn.what == "came" else "",
                turn.names if turn.what == "lost" else "",
                turn.how,
                turn.there,
                turn.words,
            )
            for turn in found.turns
        ],
        empty="nobody came yet, and nobody was lost",
    )
    put("")
    put(f"It rests on this: {found.rests_on}")
