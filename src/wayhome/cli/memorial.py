"""`wayhome memorial`: those who were lost. Nobody's visits are recorded."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import session
from wayhome.cli.naming import name
from wayhome.cli.show import done, table
from wayhome.mission.intents.people import Remember, VeilRemembrance
from wayhome.values.ids import Id, handle

app = App(name="memorial", help="Those who were lost. Nobody's visits are recorded.")


@app.default
@app.command(name="list")
def listing() -> None:
    """Shows every name, with what the family lets be seen.

    Example: wayhome memorial
    """
    table(
        session().read("memorial"),
        [
            ("NAME", lambda r: r.name),
            ("DAY", lambda r: r.on or ""),
            ("MISSION", lambda r: r.mission),
            ("LINE", lambda r: r.line),
            ("ID", lambda r: handle(r.remembrance)),
        ],
        empty="nobody is on the memorial",
    )


@app.command(name="add")
def add(
    lost: str, *, on: str, line: str = "", mission: str = "", member: str = "", close: list[str] | None = None
) -> None:
    """Writes a name on the memorial. The anniversary weighs on those who were close, and warns whoever offers.

    Example: wayhome memorial add "Dan" --on 2019-11-03 --line "He stayed with them." --close Ana --close Marc

    Parameters
    ----------
    on: the day
    line: a line of remembrance
    mission: the mission, in words
    member: the member of the roster this was, who is then shown as lost
    close: somebody on whom the anniversary weighs; may be given several times
    """
    me = session()
    intent = Remember(
        name=name(lost, "the name"),
        on=times.day(on, me.now()),
        line=line,
        mission_words=mission,
        member=find.member(me, member) if member else None,
        close=tuple(find.member(me, one) for one in close or ()),
    )
    done(me.do(intent), f"{intent.name} is on the memorial")


@app.command(name="veil")
def veil(remembrance: str, hidden: list[Literal["date", "mission", "line"]] | None = None) -> None:
    """Hides parts of a remembrance at the family's wish; named anew each time, so that none hides nothing.

    Example: wayhome memorial veil Dan date mission
    """
    me = session()
    held = find.pick(
        remembrance,
        me.read("memorial").value,
        lambda r: (r.name, handle(r.remembrance), r.remembrance),
        "remembrance",
        "wayhome memorial",
    )
    done(
        me.do(VeilRemembrance(remembrance=Id(held.remembrance), hidden=tuple(hidden or ()))),
        f"{held.name}: hidden now {', '.join(hidden or ()) or 'nothing'}",
    )
