"""`wayhome mission`: whom of ours a mission hunts or holds an accusation against."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, typed
from wayhome.cli.context import session
from wayhome.cli.show import done
from wayhome.mission.intents.secrecy import NameQuarry

app = App(name="quarry")


@app.command(name="quarry")
def quarry(mission: str, member: str, *grounds: typed.FreeWord, accused: bool = False) -> None:
    """Names a member whom this mission hunts, or against whom it holds an accusation. It stands in its notes.

    Example: wayhome mission quarry "The stolen scroll" Sai "seen at the vault" --accused

    Parameters
    ----------
    grounds: on what grounds
    accused: it holds an accusation against them; unless said, it hunts them
    """
    me = session()
    what = "accused" if accused else "hunted"
    intent = NameQuarry(
        mission=find.mission(me, mission), member=find.member(me, member), what=what, words=typed.words(grounds)
    )
    done(me.do(intent), f"{member} is {what}")
