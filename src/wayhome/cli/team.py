"""`wayhome team`: who goes together."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import find, things
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done, table, words
from wayhome.faces.names import names
from wayhome.mission.intents.field import ChangeTeam, FormTeam
from wayhome.mission.views.shapes import TeamView
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId, handle
from wayhome.values.when import Moment

app = App(name="team", help="Teams of a mission.")


@app.command(name="form")
def form(mission: str, name: str, *members: str, leader: str = "", overdue: int | None = None) -> None:
    """Forms a team of members who have accepted or have a post.

    Example: wayhome team form "Lost hiker" 3 Kiba Hinata --leader Kiba --overdue 30

    Parameters
    ----------
    overdue: after so many minutes of silence the team is overdue, and an alarm is raised
    """
    me = session()
    intent = FormTeam(
        mission=find.mission(me, mission),
        name=name,
        members=_members(me, members),
        leader=find.member(me, leader) if leader else None,
        overdue_min=overdue,
    )
    done(me.do(intent), f"Team {name}")


def _members(me: Session, typed: tuple[str, ...]) -> tuple[PersonId, ...]:
    """Each member once, in the order named."""
    return tuple(dict.fromkeys(find.member(me, one) for one in typed))


@app.command(name="change")
def change(mission: str, team: str, *members: str, leader: str = "", reason: str = "") -> None:
    """Changes who is in a team: name everybody who is in it from now on, and who leads it.

    Example: wayhome team change "Lost hiker" 3 Kiba Shino --leader Kiba --reason "Hinata went home"
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.team(me, mission_id, team)
    going = _members(me, members) if members else held.members
    lead = find.member(me, leader) if leader else held.leader
    if lead is not None and lead not in going and not leader:
        raise UsageError(
            f"{held.leader_name} led team {held.name} and is no longer in it: name who does, --leader NAME"
        )
    intent = ChangeTeam(mission=mission_id, team=held.team, members=going, leader=lead, reason=reason)
    done(me.do(intent), f"Team {held.name} changed")


@app.command(name="list")
def listing(mission: str) -> None:
    """Lists teams: who is in them, their status, when they were last heard, where they last were.

    Example: wayhome team list "Lost hiker"
    """
    me = session()
    known, now = names(me), me.now()
    table(
        me.read("teams", mission=find.mission(me, mission)),
        [
            ("TEAM", lambda t: t.name),
            ("LEADER", lambda t: t.leader_name),
            ("MEMBERS", lambda t: ", ".join(known.get(member, handle(member)) for member in t.members)),
            ("STATUS", lambda t: t.status),
            ("HEARD", lambda t: heard(t, now)),
            ("PLACE", lambda t: t.place),
        ],
        empty="no teams",
    )


def heard(team: TeamView, now: Moment) -> str:
    """When a team was last heard, and whether that is too long ago."""
    if team.heard is None:
        return ""
    silent_min = (now.ms - team.heard.ms) // 60_000
    late = team.overdue_min is not None and silent_min >= team.overdue_min
    return f"{words(team.heard)}{f' OVERDUE, {silent_min} min' if late else ''}"
