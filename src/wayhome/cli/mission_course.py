"""`wayhome mission`: the alarm, the plan, the rank, who commands, and the end."""

from __future__ import annotations

import re

from cyclopts import App

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import UsageError, session
from wayhome.cli.show import done
from wayhome.formats.coordinates import parse_place
from wayhome.mission.facts.missions import Need
from wayhome.mission.intents.missions import (
    MoveMission,
    PlanMission,
    RaiseAlarm,
    RegradeMission,
    SettleConflict,
    TakeMissionCommand,
)
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.session import Session
from wayhome.values.when import Deadline, Moment

app = App(name="course")


@app.command(name="new")
def new(
    name: str, *, rank: str = "", secret: bool = False, alarm: str = "", place: str = "", purpose: str = ""
) -> None:
    """An alarm becomes a mission, in one line.

    Example: wayhome mission new "Lost hiker" --rank C --alarm "wife called, overdue since 16:00" --place 42.5,1.55

    Parameters
    ----------
    secret: only whoever is read in may know of it
    alarm: the alarm in the words in which it came; it stands as the first report
    place: where it is, in any usual spelling (31T CH 78000 03000, 42.5,1.55, 42 30.3N 1 31.3E)
    """
    intent = RaiseAlarm(
        name=name,
        rank=rank,
        secret=secret,
        words=alarm,
        place=parse_place(place) if place.strip() else None,
        purpose=purpose,
    )
    done(session().do(intent), f"Mission {name}{' (secret)' if secret else ''}")


@app.command(name="plan")
def plan(
    mission: str,
    *,
    need: list[str] | None = None,
    people: str = "",
    place: str = "",
    starts: str = "",
    hours: float | None = None,
    home_by: str = "",
    front: bool | None = None,
) -> None:
    """Plans a mission: who is needed, how many, where, when, home by when. What is not said stays as it was.

    Example: wayhome mission plan "Lost hiker" --need medic:3:1 --people 4-6 --home-by "tomorrow 06:00"

    Parameters
    ----------
    need: skill:level:count, said again for each skill; together they take the place of the needs before
    people: how many at least and at most (4-6), or at least (4)
    starts: when it starts (18:30, 'tomorrow 06:00')
    hours: how many hours it is meant to last
    home_by: when everyone should be home; whoever is not, raises an alarm
    front: the team goes up front, or not (--no-front): the only healer is put there by an exception alone
    """
    me = session()
    mission_id = find.mission(me, mission)
    held: MissionView = me.read("mission", mission=mission_id).value
    least, most = _people(people) if people else (held.least_people, held.most_people)
    intent = PlanMission(
        mission=mission_id,
        needs=tuple(_need(one) for one in need) if need else held.needs,
        least_people=least,
        most_people=most,
        place=typed.place_or_none(me, mission_id, place) or held.place,
        starts=_starts(starts, me) if starts else held.starts,
        hours=held.hours if hours is None else hours,
        home_by=times.deadline(home_by, me.now()) if home_by else _still_to_come(held.home_by, me.now()),
        front=held.front if front is None else front,
    )
    done(me.do(intent), f"Planned {held.name}")


def _need(typed_need: str) -> Need:
    """medic:3:1, medic:3 or medic. Raises UsageError."""
    found = re.fullmatch(r"\s*([^:]{1,100}?)\s*(?::\s*(\d{1,4})\s*)?(?::\s*(\d{1,6})\s*)?", typed_need)
    if found is None or not found[1].strip():
        raise UsageError(f"{typed_need[:80]!r} is no need: type skill:level:count, for example medic:3:1")
    return Need(found[1].strip(), int(found[2] or 1), int(found[3] or 1))


def _people(typed_people: str) -> tuple[int, int | None]:
    """4-6 or 4. Raises UsageError."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*(?:-\s*(\d{1,6})?)?\s*", typed_people)
    if found is None:
        raise UsageError(f"{typed_people[:80]!r} is no number of people: type 4-6, or 4 for at least four")
    return int(found[1]), int(found[2]) if found[2] else None


def _starts(typed_time: str, me: Session) -> Moment:
    return times.deadline(typed_time, me.now()).moment()


def _still_to_come(home_by: Deadline | None, now: Moment) -> Deadline | None:
    """A deadline that has passed is not planned again; whoever is out keeps their own."""
    return home_by if home_by is not None and home_by.moment().ms > now.ms else None


@app.command(name="regrade")
def regrade(mission: str, rank: str, *, reason: str) -> None:
    """Changes the rank, with the reason.

    Example: wayhome mission regrade "Lost hiker" B --reason "armed men in the area"
    """
    me = session()
    done(me.do(RegradeMission(mission=find.mission(me, mission), rank=rank, reason=reason)), f"Regraded to {rank}")


@app.command(name="command")
def command(mission: str, member: str, *, reason: str) -> None:
    """Hands the mission's command over. The log says so at once.

    Example: wayhome mission command "Lost hiker" Shikamaru --reason "relieved after 12 hours"
    """
    me = session()
    mission_id, taker = find.mission(me, mission), find.member(me, member)
    done(me.do(TakeMissionCommand(mission=mission_id, member=taker, reason=reason)), f"{member} commands")


@app.command(name="suspend")
def suspend(mission: str, *, reason: str, reopens_when: str = "") -> None:
    """Suspends a mission and says what would reopen it.

    Example: wayhome mission suspend "Lost hiker" --reason "nothing left to search" --reopens-when "a new clue"
    """
    _move(mission, "suspended", reason, "Suspended", reopens_when)


@app.command(name="resume")
def resume(mission: str, *, reason: str) -> None:
    """Takes a suspended mission up again.

    Example: wayhome mission resume "Lost hiker" --reason "a boot print at the ford"
    """
    _move(mission, "under way", reason, "Resumed")


@app.command(name="refuse")
def refuse(mission: str, *, reason: str) -> None:
    """Refuses a mission that was raised: it will not be run.

    Example: wayhome mission refuse "Lost cat" --reason "not ours: the fire brigade has it"
    """
    _move(mission, "refused", reason, "Refused, and the reason stands on record")


@app.command(name="close")
def close(mission: str, *, reason: str) -> None:
    """Closes a mission. It does not close while anyone is out and neither home nor handed over.

    Example: wayhome mission close "Lost hiker" --reason "found alive, everyone home"
    """
    _move(mission, "closed", reason, "Closed")


@app.command(name="reopen")
def reopen(mission: str, *, reason: str) -> None:
    """Opens a closed or refused mission again.

    Example: wayhome mission reopen "Lost hiker" --reason "his brother is missing too"
    """
    me = session()
    held: MissionView = me.read("mission", mission=find.mission(me, mission)).value
    _move(mission, "raised" if held.state == "refused" else "under way", reason, "Reopened")


def _move(mission: str, to: str, reason: str, sentence: str, reopens_when: str = "") -> None:
    me = session()
    intent = MoveMission(mission=find.mission(me, mission), to=to, reason=reason, reopens_when=reopens_when)
    done(me.do(intent), sentence)


@app.command(name="settle")
def settle(mission: str, conflict: str, *how: typed.FreeWord) -> None:
    """Settles a conflict that a merge brought, in words.

    Example: wayhome mission settle "Lost hiker" "too many accepted" Kiba stays, Shino goes home
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = SettleConflict(
        mission=mission_id, conflict=things.conflict(me, mission_id, conflict), how=typed.words(how)
    )
    done(me.do(intent), "Settled")
