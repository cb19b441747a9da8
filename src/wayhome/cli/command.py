"""`wayhome command`: who commands the organisation, and who does when they cannot."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.show import done, show, table
from wayhome.faces.names import names
from wayhome.mission.intents.people import SetSuccession, TakeCommand
from wayhome.mission.views.shapes import OrganisationView

app = App(name="command", help="Who commands, and who does when they cannot.")
succession = App(name="succession", help="The standing order in which command passes on.")
app.command(succession)


@succession.command(name="set")
def set_order(members: list[str]) -> None:
    """Sets the order in which command passes on, first to command first. The old order ends.

    Example: wayhome command succession set Ana Marc Jordi
    """
    me = session()
    order = tuple(find.member(me, member) for member in members)
    done(me.do(SetSuccession(order=order)), f"Succession: {', '.join(members)}")


@succession.default
@succession.command(name="list")
def listing() -> None:
    """Shows who commands and the standing succession.

    Example: wayhome command succession list
    """
    me = session()
    called = names(me)

    def lines(organisation: OrganisationView) -> list[str]:
        order = [called.get(member, member[:6]) for member in organisation.succession]
        then = "then:" if order else "no succession is set: command could not pass on"
        numbered = [f"{turn:3}. {name}" for turn, name in enumerate(order, 1)]
        return [f"commands: {organisation.commander_name or 'nobody'}", then, *numbered]

    show(me.read("organisation"), lines)


@app.command(name="take")
def take(*, reason: str) -> None:
    """Takes command oneself, along the standing succession; nobody before you may be there.

    Example: wayhome command take --reason "she is hurt and out of reach"
    """
    done(session().do(TakeCommand(reason=reason)), "You command now")


@app.command(name="history")
def history() -> None:
    """Lists every handover of command: when, to whom, why.

    Example: wayhome command history
    """
    table(
        session().read("command"),
        [
            ("WHEN", lambda n: n.at.local.strftime("%Y-%m-%d %H:%M")),
            ("COMMANDS", lambda n: n.member_name),
            ("WHY", lambda n: n.words),
            ("WRITTEN BY", lambda n: "" if n.by == "nobody" else n.by_name),
        ],
        empty="nobody commands",
    )
