"""`wayhome petition`: a member asks for another role, command answers."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.naming import name
from wayhome.cli.show import done, table
from wayhome.mission.intents.people import AnswerPetition, MakePetition
from wayhome.mission.views.shapes import PetitionView
from wayhome.values.ids import Id, handle

app = App(name="petition", help="Ask for another role; answer those who ask.")


@app.command(name="make")
def make(role: str, *, why: str = "") -> None:
    """Asks, for oneself, for a role. The member and command see it, nobody else.

    Example: wayhome petition make "teacher at the Academy" --why "I would rather teach than fight"
    """
    me = session()
    wanted = name(role, "the role")
    done(me.do(MakePetition(member=me.viewer, role=wanted, why=why)), f"Asked for the role {wanted}")


@app.command(name="list")
def listing(*, open: bool = False) -> None:
    """Lists petitions: one's own, and for command all of them.

    Example: wayhome petition list --open

    Parameters
    ----------
    open: only those without an answer
    """
    table(
        session().read("petitions"),
        [
            ("PETITION", lambda p: handle(p.petition)),
            ("MEMBER", lambda p: p.member_name),
            ("ROLE", lambda p: p.role),
            ("WHY", lambda p: p.why),
            ("MADE", lambda p: p.at),
            ("ANSWER", _answer),
        ],
        empty="no petitions",
        keep=lambda p: not open or p.granted is None,
    )


def _answer(petition: PetitionView) -> str:
    if petition.granted is None:
        return "open"
    said = "granted" if petition.granted else "not granted"
    return f"{said}: {petition.words}" if petition.words else said


@app.command(name="answer")
def answer(petition: str, answer: Literal["granted", "declined"], *, words: str = "") -> None:
    """Answers a petition. One that is granted gives the role at the member's own wish.

    Example: wayhome petition answer K7QF2M granted --words "from the spring on"

    Parameters
    ----------
    petition: its letters from `wayhome petition list`, or the role
    """
    me = session()
    held = find.pick(
        petition,
        me.read("petitions").value,
        lambda p: (p.role, handle(p.petition), p.petition),
        "petition",
        "wayhome petition list",
    )
    result = me.do(AnswerPetition(petition=Id(held.petition), granted=answer == "granted", words=words))
    done(result, f"{held.role} for {held.member_name}: {answer}")
