"""`wayhome field`: how those under cover are heard of, and their way out."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.naming import Count
from wayhome.cli.show import done, table
from wayhome.mission.intents.secrecy import PlanContact

app = App(name="undercover")


@app.command(name="contact-plan")
def contact_plan(mission: str, member: str, *, every: Count, signals: str, way_out: str) -> None:
    """Plans how a member is heard of. Silence for longer raises an alarm that names the way out.

    Example: wayhome field contact-plan "The long way" Sai --every 2880 --signals "chalk: well" --way-out "the ferry"

    Parameters
    ----------
    every: heard of at least every so many minutes
    signals: what each signal means
    way_out: how they get out, and who helps
    """
    me = session()
    intent = PlanContact(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        every_min=every,
        signals=signals,
        way_out=way_out,
    )
    done(me.do(intent), f"{member} is heard of every {every} min; the way out is noted")


@app.command(name="contact-plans")
def contact_plans(mission: str) -> None:
    """Lists how each member under cover is heard of, and their way out.

    Example: wayhome field contact-plans "The long way"
    """
    me = session()
    table(
        me.read("contact_plans", mission=find.mission(me, mission)),
        [
            ("MEMBER", lambda c: c.member_name),
            ("EVERY MIN", lambda c: c.every_min),
            ("SIGNALS", lambda c: c.signals),
            ("WAY OUT", lambda c: c.way_out),
        ],
        empty="no contact plans",
    )
