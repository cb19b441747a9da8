"""`wayhome field`: backup for somebody in pursuit: who could come, asking for it, sending it."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things, times, typed
from wayhome.cli.context import here, session
from wayhome.cli.pages import page, section
from wayhome.cli.show import done, put
from wayhome.engines.tasking import Backup
from wayhome.faces.names import names
from wayhome.mission.intents.field import AskBackup, SendBackup
from wayhome.mission.views.shapes import NoteView
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId

app = App(name="calls")


@app.command(name="ask-backup")
def ask_backup(
    mission: str,
    place: str,
    *what: typed.FreeWord,
    people: int = 1,
    pursuers: Annotated[list[str] | None, Parameter(name="--for")] = None,
) -> None:
    """Asks for backup at a place, and says who could come: wait or go on. It is an alarm and a line of the log.

    As it is sent, those there are told what comes.

    Example: wayhome field ask-backup "The pursuit" 42.5063,1.5218 "three of them, one hurt" --people 2
    Example: wayhome field ask-backup "The pursuit" 42.5063,1.5218 "he has stopped" --for Shikamaru

    Parameters
    ----------
    pursuers: who is there, said again for each; you, where nobody is named and you are out
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = AskBackup(
        mission=mission_id,
        place=typed.place(me, mission_id, place),
        words=typed.words(what),
        people=people,
        pursuers=tuple(find.member(me, one) for one in pursuers or ()),
    )
    result = me.do(intent)
    done(result, "Backup asked")
    notes = me.read("notes", mission=mission_id).value
    for asked in (one for one in notes if one.what == "backup asked" and one.about == result.made and one.people):
        if not here().as_json:
            _compare(me, mission_id, asked)


def _compare(me: Session, mission: MissionId, asked: NoteView) -> None:
    """Both futures at once: the asking stands whether they can be compared or not."""
    try:
        seen = me.advise("backup", mission=mission, place=asked.place, pursuers=asked.people)
    except AdviceError as error:
        put(f"What waiting comes to could not be weighed: {error}")
        return
    known = names(me)
    page(seen, lambda answer: _show_backup(answer, known))


@app.command(name="send-backup")
def send_backup(mission: str, backup: str, *members: str, arrives: str, subject_kmh: float | None = None) -> None:
    """Sends members to where backup was asked. Those in pursuit are told by itself: wait for them, or go on.

    Example: wayhome field send-backup "The pursuit" K7QF2M Asuma Kakashi --arrives +40m

    Parameters
    ----------
    backup: what was asked, or its letters in `wayhome mission notes`
    arrives: when they are there (14:30, +40m)
    subject_kmh: how fast the other gets away, in km/h, where it is known
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = SendBackup(
        mission=mission_id,
        backup=things.backup(me, mission_id, backup),
        members=tuple(dict.fromkeys(find.member(me, one) for one in members)),
        arrives=times.deadline(arrives, me.now()).moment(),
        subject_kmh=subject_kmh,
    )
    done(me.do(intent), f"{len(intent.members)} on their way")


@app.command(name="backup")
def backup(
    mission: str,
    *place: str,
    pursuer: list[str],
    base: str = "",
    most_wait_h: float = 2.0,
    subject_kmh: float | None = None,
) -> None:
    """Who near, fit and suited can reach somebody in pursuit, and when: wait or go on, both futures compared.

    Example: wayhome field backup "The pursuit" 31T CH 78000 03000 --pursuer Shikamaru --most-wait-h 1 --subject-kmh 5

    Parameters
    ----------
    pursuer: who is there already; say it again for each
    base: where people set out from whose own place is not known
    most_wait_h: the longest wait to look at, in hours
    subject_kmh: how fast the other gets away, in km/h
    """
    me = session()
    mission_id = find.mission(me, mission)
    seen = me.advise(
        "backup",
        mission=mission_id,
        place=typed.place(me, mission_id, typed.words(place)),
        pursuers=tuple(find.member(me, one) for one in pursuer),
        base=typed.place_or_none(me, mission_id, base),
        most_wait_h=most_wait_h,
        subject_kmh=subject_kmh,
    )
    known = names(me)
    page(seen, lambda answer: _show_backup(answer, known))


def _show_backup(answer: Backup, known: dict[str, str]) -> None:
    put(f"GO    {answer.go_on.words}")
    for future in answer.waits:
        put(f"WAIT  {future.words}")
    if not answer.waits:
        put("WAIT  nobody is known to be able to come in that time")
    section(
        "Who can come",
        ("MINUTES", "WHO", "WORDS", "NEEDS AN EXCEPTION", "FITNESS, FOR YOU ALONE"),
        [(one.minutes, one.name, one.words, one.exceptions, one.personal) for one in answer.arrivals],
    )
    unknown = ", ".join(known.get(one, one) for one in answer.unknown)
    section("Could come; travel time not known", ("WHO",), [(unknown,)] if unknown else [])
    left = [(one.name, one.reason) for one in answer.not_considered]
    section("Cannot come", ("WHO", "WHY"), left)
