"""`wayhome glass`: opening, in an emergency, whatever a member is away on."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table
from wayhome.mission.intents.secrecy import BreakGlass, EndEmergency
from wayhome.mission.views.shapes import EmergencyView

app = App(name="glass", help="Emergencies: opening what a member is away on, for guardians.")


@app.command(name="break")
def break_glass(member: str, *, reason: str, hours: float = 4.0) -> None:
    """Opens whatever a member is away on, for a while. For guardians; those who answer for it are alerted.

    The answer is the same whether there was anything to open or not.

    Example: wayhome glass break Naruto --reason "his family cannot be reached and nobody knows where he is"
    Example: wayhome glass break Naruto --reason "found hurt at the gate" --hours 1

    Parameters
    ----------
    hours: for how long, from 0.25 to 24
    """
    me = session()
    done(me.do(BreakGlass(member=find.member(me, member), reason=reason, hours=hours)), "The glass is broken")


@app.command(name="list")
def listing() -> None:
    """Lists every time the glass was broken: by whom, for whom, why, until when. For guardians and command.

    Example: wayhome glass list
    """
    table(
        session().read("glass"),
        [
            ("AT", lambda g: g.at),
            ("BY", lambda g: g.by_name),
            ("MEMBER", lambda g: g.member_name),
            ("REASON", lambda g: g.reason),
            ("UNTIL", lambda g: g.until),
        ],
        empty="the glass was never broken, as far as you can see",
    )


@app.command(name="end")
def end(mission: str) -> None:
    """Closes a mission again that was opened in an emergency. For who opened it, and who owns or leads the mission.

    Example: wayhome glass end "The long way"
    """
    me = session()
    mission_id = find.mission(me, mission)
    held: tuple[EmergencyView, ...] = me.read("emergencies", mission=mission_id).value
    still = [one for one in held if not one.ended]
    if not still:
        raise UsageError("nothing is open there in an emergency: `wayhome mission emergencies` shows what was")
    mine = [one for one in still if one.by == me.viewer]
    for one in mine or still:
        done(me.do(EndEmergency(mission=mission_id, glass=one.glass)), f"Closed again for {one.by_name}")
