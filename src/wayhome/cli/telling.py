"""`wayhome telling`: what one told others of a secret, and what one was told."""

from __future__ import annotations

from cyclopts import App

from wayhome.access.seen import Seen
from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.secrecy import GivePromise, ShowTelling
from wayhome.mission.views.shapes import TellingView, ToldView
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, handle

app = App(name="telling", help="What you told others of a secret, and what you were told.")


def telling_id(me: Session, typed: str) -> Id:
    """A telling by handle or id."""
    tellings: tuple[TellingView, ...] = me.read("tellings").value
    found = find.pick(
        typed,
        tellings,
        lambda t: (f"{t.teller_name} to {t.listener_name}", handle(t.telling), t.telling),
        "telling",
        "wayhome telling list",
    )
    return found.telling


@app.command(name="list")
def listing(mission: str = "") -> None:
    """Lists what you told others and what you were told; of a mission, what those read in may see was told of it.

    Example: wayhome telling list
    Example: wayhome telling list "The long way"
    """
    me = session()
    if mission:
        _of_a_mission(me.read("told", mission=find.mission(me, mission)))
        return
    seen: Seen[tuple[TellingView, ...]] = me.read("tellings")
    table(
        seen,
        [
            ("TELLING", lambda t: handle(t.telling)),
            ("FROM", lambda t: t.teller_name),
            ("TO", lambda t: t.listener_name),
            ("ABOUT", lambda t: t.about_name),
            ("TOLD", lambda t: t.level),
            ("WHEN", lambda t: t.happened),
            ("PROMISE", lambda t: t.promise),
            ("NAME", lambda t: t.name),
            ("WHAT FOR", lambda t: t.purpose),
            ("WHERE", lambda t: t.place),
            ("STARTS", lambda t: t.starts),
            ("HOME BY", lambda t: t.home_by),
        ],
        empty="nothing told, and nothing heard",
    )


def _of_a_mission(seen: Seen[tuple[ToldView, ...]]) -> None:
    table(
        seen,
        [
            ("TELLING", lambda t: handle(t.telling)),
            ("FROM", lambda t: t.teller_name),
            ("TO", lambda t: t.listener_name),
            ("TOLD", lambda t: t.level),
            ("WHEN", lambda t: t.happened),
            ("RECORDED", lambda t: t.recorded),
            ("PROMISE", lambda t: t.promise),
            ("SHOWN", lambda t: t.shown),
            ("OVERRIDE", lambda t: t.override),
        ],
        empty="nothing was told that you can see",
    )


@app.command(name="promise")
def promise(telling: str, *words: str) -> None:
    """Promises something to whoever told you.

    Example: wayhome telling promise K7QF2M "not a word to anybody"

    Parameters
    ----------
    telling: its letters from `wayhome telling list`
    """
    me = session()
    done(me.do(GivePromise(telling=telling_id(me, telling), words=" ".join(words))), "Promised")


@app.command(name="show")
def show(telling: str) -> None:
    """Lets those who are read in see that you told it, and to whom.

    Example: wayhome telling show K7QF2M
    """
    me = session()
    done(me.do(ShowTelling(telling=telling_id(me, telling))), "Those who are read in see it")
