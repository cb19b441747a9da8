"""Inviting members to set a password by themselves."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.show import done, put, put_json, table
from wayhome.mission.intents.people import WithdrawInvitation

app = App(help="Inviting members to set a password by themselves.")


@app.command(name="invite")
def invite(member: str, *, hours: Annotated[float, Parameter(name="--hours")] = 24) -> None:
    """Invites a member to choose their own password, by a link or a token that can be used once.

    The link opens on the desk at its own address; `wayhome join TOKEN` does the same here. An earlier invitation ends.

    Example: wayhome member invite Naruto --hours 48

    Parameters
    ----------
    hours: how long it holds; at most 720
    """
    if not 0 < hours <= 720:
        raise UsageError(f"--hours {hours:g}: an invitation holds for more than nothing and at most 720 hours")
    me = session()
    who = find.member(me, member)
    secret = here().house.invite(token(), who, hours=hours)
    if here().as_json:
        put_json({"member": who, "path": f"/invite/{secret}", "token": secret, "hours": hours})
        return
    put(f"{member} can choose a password once within {hours:g} h:")
    put(f"  link   /invite/{secret}")
    put(f"  token  {secret}")
    put("  ! whoever has it comes in as them: give it to nobody else, and it is shown only now")


@app.command(name="invitations")
def invitations() -> None:
    """Lists who was invited, by whom, until when, and whether it was used.

    Example: wayhome member invitations
    """
    table(
        session().read("invitations"),
        [
            ("MEMBER", lambda one: one.member_name),
            ("INVITED", lambda one: one.at),
            ("BY", lambda one: one.by_name),
            ("UNTIL", lambda one: one.until),
            ("STATE", lambda one: one.state),
        ],
        empty="nobody was invited, as far as you can see",
    )


@app.command(name="withdraw-invitation")
def withdraw(member: str) -> None:
    """Withdraws a member's open invitation: its link opens nothing any more.

    Example: wayhome member withdraw-invitation Naruto
    """
    me = session()
    done(me.do(WithdrawInvitation(member=find.member(me, member))), f"{member}: invitation withdrawn")
