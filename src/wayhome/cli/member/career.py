"""What members can do and did: skills, qualifications, rank, duties, standing roles, history, bonds."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import session
from wayhome.cli.naming import Count, name
from wayhome.cli.show import done, table
from wayhome.mission.intents.people import (
    AwardQualification,
    EndBond,
    EndRole,
    GiveRank,
    NoteHistory,
    SetDuties,
    SetSkill,
    StateBond,
    StateNever,
    TakeRole,
)

app = App(help="What members can do and did.")

Bond = Literal["teaches", "kin", "couple", "teammate", "steadies", "promise"]

Wish = Literal["own", "command", "circumstance"]


@app.command(name="skill")
def skill(member: str, skill: str, level: Count) -> None:
    """Sets the level of a skill, from 1 to 5; 0 takes the skill away.

    Example: wayhome member skill Ana tracking 4
    """
    me = session()
    intent = SetSkill(member=find.member(me, member), skill=name(skill, "the skill"), level=level)
    done(me.do(intent), f"{member}: {intent.skill} {level}")


@app.command(name="qualification")
def qualification(member: str, qualification: str, *, awarded: str = "", expires: str = "", evidence: str = "") -> None:
    """Awards a qualification. It holds to the end of the day it expires on; without one it never ends.

    Example: wayhome member qualification Ana "Avalanche 2" --awarded 2025-01-10 --expires 2028-01-10

    Parameters
    ----------
    awarded: the day it was awarded
    expires: the last day it holds
    evidence: the number of the certificate, or who has seen it
    """
    me = session()
    now = me.now()
    intent = AwardQualification(
        member=find.member(me, member),
        name=name(qualification, "the qualification"),
        awarded=times.day(awarded, now) if awarded else None,
        expires=times.day(expires, now) if expires else None,
        evidence=evidence,
    )
    done(me.do(intent), f"{member}: {intent.name}" + (f" until {intent.expires}" if intent.expires else ""))


@app.command(name="rank")
def rank(member: str, rank: str, *, reason: str = "") -> None:
    """Gives a member a rank.

    Example: wayhome member rank Ana "team leader" --reason "passed the course"
    """
    me = session()
    done(me.do(GiveRank(member=find.member(me, member), rank=rank, reason=reason)), f"{member}: {rank}")


@app.command(name="duties")
def duties(member: str, duties: list[str] | None = None) -> None:
    """Sets a member's duties anew: commander, clerk, operator, medic, trainer, carer. None takes all away.

    Example: wayhome member duties Ana medic operator
    """
    me = session()
    result = me.do(SetDuties(member=find.member(me, member), duties=tuple(duties or ())))
    done(result, f"{member}: {', '.join(duties or ()) or 'no duties'}")


@app.command(name="role")
def role(member: str, role: str, *, wish: Wish, reason: str = "") -> None:
    """Gives a member a standing role, and says at whose wish.

    Example: wayhome member role Ana "teacher at the Academy" --wish own

    Parameters
    ----------
    wish: own, command or circumstance
    """
    me = session()
    intent = TakeRole(member=find.member(me, member), role=name(role, "the role"), wish=wish, reason=reason)
    done(me.do(intent), f"{member}: {intent.role}")


@app.command(name="role-end")
def role_end(role: str, *, wish: Wish, reason: str, member: str = "") -> None:
    """Ends a standing role, for one member or for everybody who holds it.

    Example: wayhome member role-end "teacher at the Academy" --wish circumstance --reason "the Academy closed"

    Parameters
    ----------
    wish: own, command or circumstance
    member: only for this one
    """
    me = session()
    who = find.member(me, member) if member else None
    done(me.do(EndRole(role=role, wish=wish, reason=reason, member=who)), f"{role} ended")


@app.command(name="history")
def history(
    member: str, what: str = "", *, on: str = "today", mission: str = "", led_by: str = "", outcome: str = ""
) -> None:
    """Notes something of a member's past that sending them must weigh; without words, lists what is known.

    Example: wayhome member history Ana "mission" --on 2025-11-02 --mission "Coma Pedrosa" --led-by Marc --outcome froze
    Example: wayhome member history Ana

    Parameters
    ----------
    on: the day
    mission: the mission it happened on, in words
    led_by: who led it
    outcome: how it went
    """
    me = session()
    who = find.member(me, member)
    if what:
        intent = NoteHistory(
            member=who, what=what, on=times.day(on, me.now()), mission=mission, led_by=led_by, outcome=outcome
        )
        done(me.do(intent), f"{member}: noted")
        return
    table(
        me.read("history", member=who),
        [
            ("DAY", lambda e: e.on),
            ("WHAT", lambda e: e.what),
            ("MISSION", lambda e: e.mission),
            ("LED BY", lambda e: e.led_by),
            ("HOW IT WENT", lambda e: e.outcome),
            ("AT WHOSE WISH", lambda e: e.wish),
        ],
        empty="nothing is known of the past",
    )


@app.command(name="never")
def never(member: str, deed: str) -> None:
    """States something a member has never done (killed, led, flown). A later deed ends it.

    Example: wayhome member never Ana led
    """
    me = session()
    done(me.do(StateNever(member=find.member(me, member), deed=deed)), f"{member} never: {deed}")


@app.command(name="bond")
def bond(
    one: str,
    what: Bond,
    other: str,
    *,
    says: str = "",
    sent: Literal["", "together", "apart"] = "",
    private: bool = False,
) -> None:
    """States that somebody hangs on somebody, what is lost when the first of them is away, and how they are sent.

    A promise is kept by going together; a couple and kin are not both sent where it is gravest. Whoever offers is
    warned; it is never a bar.

    Example: wayhome member bond Ana teaches Marc --says "his teacher"
    Example: wayhome member bond me couple Marc --private
    Example: wayhome member bond Ana kin Marc --sent apart

    Parameters
    ----------
    sent: how they are sent, where they said it
    private: for the two of them and those who send people alone
    """
    me = session()
    intent = StateBond(
        one=find.member(me, one), other=find.member(me, other), what=what, says=says, sent=sent, private=private
    )
    done(me.do(intent), f"{one} {what} {other}")


@app.command(name="unbond")
def unbond(one: str, what: Bond, other: str) -> None:
    """Ends a bond: a couple that parted, a promise that was kept. That it held stays on record.

    Example: wayhome member unbond Ana promise Marc
    """
    me = session()
    intent = EndBond(one=find.member(me, one), other=find.member(me, other), what=what)
    done(me.do(intent), f"{one} {what} {other}: it counts no longer")


@app.command(name="bonds")
def bonds() -> None:
    """Lists who hangs on whom.

    Example: wayhome member bonds
    """
    table(
        session().read("bonds"),
        [
            ("ONE", lambda b: b.one_name),
            ("WHAT", lambda b: b.what),
            ("OTHER", lambda b: b.other_name),
            ("WHAT IS LOST WHEN AWAY", lambda b: b.says),
            ("SENT", lambda b: b.sent),
            ("FOR WHOM", lambda b: "them, and who sends" if b.private else ""),
        ],
        empty="no bonds are stated",
    )
