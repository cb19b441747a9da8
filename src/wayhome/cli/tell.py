"""`wayhome tell`: records that somebody was told a part of a secret."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, times
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done
from wayhome.cli.telling import telling_id
from wayhome.mission.intents.secrecy import Tell

app = App(name="tell", help="Record that you told somebody a part of a secret.")


@app.default
def tell(
    listener: str,
    level: str,
    mission: str = "",
    *,
    of: str = "",
    about: str = "",
    when: str = "",
    promise: str = "",
    shown: Annotated[bool, Parameter(name="--show", negative="")] = False,
    override: str = "",
) -> None:
    """Records that you told somebody a part of a secret, when and if you choose. Command sees it if you show it.

    Example: wayhome tell Naruto that "The long way" --about Kakashi --promise "to tell nobody"
    Example: wayhome tell Iruka that --of K7QF2M --when "yesterday 18:00"

    Parameters
    ----------
    level: that (there is a mission), 'where and when', 'what for' or all
    mission: of which you told, if you are read in
    of: else the telling by which you know, from `wayhome telling list`
    about: whom the mission takes
    when: when it happened, if not now
    promise: what the listener promised
    shown: lets those read in see that you told it
    override: why, where more would know than may
    """
    me = session()
    if bool(mission) == bool(of):
        raise UsageError("name the mission, or with --of the telling by which you know: one of both")
    intent = Tell(
        listener=find.member(me, listener),
        level=level,
        mission=find.mission(me, mission) if mission else None,
        of=telling_id(me, of) if of else None,
        about=find.member(me, about) if about else None,
        happened=times.moment(when, me.now()) if when else None,
        promise=promise,
        shown=shown,
        override=override,
    )
    done(me.do(intent), f"On record: you told {listener}")
