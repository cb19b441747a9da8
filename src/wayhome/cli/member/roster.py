"""Who is on the roster: the board, one member at a glance, and how each is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cyclopts import App

from wayhome.cli import find, times
from wayhome.cli.context import UsageError, session
from wayhome.cli.member.glance import draw
from wayhome.cli.naming import Count, name, names
from wayhome.cli.pages import page
from wayhome.cli.show import done, table
from wayhome.mission.intents.people import EnrolMember, RenameMember
from wayhome.mission.moves import DUTY_STATUSES
from wayhome.mission.views.shapes import MemberView, OrganisationView
from wayhome.usecases.session import Session

app = App(help="Who is on the roster.")

Keep = Callable[[MemberView], bool]


@app.command(name="add")
def add(
    member: str,
    *,
    ref: str = "",
    rank: str = "",
    callsign: str = "",
    phone: str = "",
    email: str = "",
    language: list[str] | None = None,
    duty: list[str] | None = None,
    skill: dict[str, Count] | None = None,
    synthetic: bool = False,
) -> None:
    """Enrols a member.

    Example: wayhome member add "Ana Puig" --ref 17 --rank rescuer --skill.medic 3 --phone "+376 331 234" --duty medic

    Parameters
    ----------
    ref: the roster's own number; a later import goes by it
    language: a language they speak; may be given several times
    duty: commander, clerk, operator, medic, trainer or carer; may be given several times
    skill: a skill and its level from 1 to 5, as --skill.medic 3
    synthetic: nobody real: made for exercises
    """
    intent = EnrolMember(
        name=name(member, "the member's name"),
        ref=ref,
        rank=rank,
        callsign=name(callsign, "the callsign") if callsign else "",
        phone=phone,
        email=email,
        languages=names(language, "the language"),
        duties=tuple(duty or ()),
        skills=dict(skill or {}),
        synthetic=synthetic,
    )
    done(session().do(intent), f"Enrolled {intent.name}")


@app.command(name="list")
def listing(
    *,
    skill: list[str] | None = None,
    status: str = "",
    rank: str = "",
    qualification: str = "",
    named: str = "",
) -> None:
    """Shows the roster as a board; with filters only those to whom all of them apply.

    Example: wayhome member list --skill medic:3 --status available

    Parameters
    ----------
    skill: a skill, or a skill and its least level (medic:3); may be given several times
    status: on duty, available, limited, resting, leave, away or lost
    rank: a rank
    qualification: a qualification (or how its name begins) that holds today
    named: part of the name
    """
    me = session()
    today = me.now().day
    callsigns = {n.member: n.callsign for n in me.read("callsigns").value}
    keeps = [
        *(_with_skill(one) for one in skill or ()),
        *([_with_status(status)] if status else []),
        *([_with_rank(me, rank)] if rank else []),
        *([_qualified(qualification, today)] if qualification else []),
        *([_named(named)] if named else []),
    ]
    table(
        me.read("roster"),
        [
            ("NO", lambda m: m.ref),
            ("NAME", lambda m: m.member_name + (" (synthetic)" if m.synthetic else "")),
            ("CALL", lambda m: callsigns.get(m.member, "")),
            ("RANK", lambda m: m.rank),
            ("STATUS", lambda m: m.status),
            ("UNTIL", lambda m: m.status_until),
            ("SKILLS", lambda m: m.skills),
            ("QUALIFICATIONS", lambda m: [q.name for q in m.qualifications if q.expires is None or q.expires >= today]),
            ("ROLES", lambda m: [*m.duties, *m.roles]),
        ],
        empty="nobody on the roster is like that" if keeps else "nobody is on the roster",
        keep=lambda m: all(keep(m) for keep in keeps),
    )


def _with_skill(typed: str) -> Keep:
    wanted, _, least = typed.rpartition(":") if ":" in typed else (typed, "", "1")
    if not least.strip().isdecimal() or not 1 <= int(least) <= 5:
        raise UsageError(f"{times.short(typed)} is no skill with a level from 1 to 5: type it like medic:3")
    level, key = int(least), wanted.strip().casefold()
    return lambda m: any(held >= level for skill, held in m.skills.items() if skill.casefold() == key)


def _with_status(typed: str) -> Keep:
    if typed not in DUTY_STATUSES:
        raise UsageError(f"{times.short(typed)} is no duty status: one of {', '.join(DUTY_STATUSES)}")
    return lambda m: m.status == typed


def _with_rank(me: Session, typed: str) -> Keep:
    organisation: OrganisationView = me.read("organisation").value
    known = {rank.casefold(): rank for rank in organisation.member_ranks}
    if known and typed.casefold() not in known:
        raise UsageError(f"{times.short(typed)} is no rank here: one of {', '.join(known.values())}")
    return lambda m: m.rank.casefold() == typed.casefold()


def _qualified(typed: str, on: date) -> Keep:
    key = typed.strip().casefold()
    return lambda m: any(
        q.name.casefold().startswith(key) and (q.expires is None or q.expires >= on) for q in m.qualifications
    )


def _named(typed: str) -> Keep:
    return lambda m: typed.casefold() in m.member_name.casefold()


@app.command(name="show")
def show_member(member: str) -> None:
    """Shows one member at a glance: skills, last field mission and who led it, roles since, what they never did.

    Example: wayhome member show Ana
    """
    me = session()
    today = me.now().day
    page(me.read("member", member=find.member(me, member)), lambda found: draw(found, today))


@app.command(name="rename")
def rename(
    member: str,
    new_name: str = "",
    *,
    callsign: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    language: list[str] | None = None,
) -> None:
    """Changes how a member is called or reached. What is not given stays; "" takes it away.

    Example: wayhome member rename Ana "Ana Puig" --callsign Falcon --phone "+376 331 234"

    Parameters
    ----------
    language: a language they speak; may be given several times, and together they take the place of those before
    """
    me = session()
    who = find.member(me, member)
    held = next((n for n in me.read("callsigns").value if n.member == who), None)
    seen = [p.words for p in me.read("personal").value if p.member == who and p.what == "contact"]
    held_phone, held_email = contact(seen[0] if seen else "")
    called = new_name or (held.name if held else "")
    intent = RenameMember(
        member=who,
        name=name(called, "the member's name"),
        callsign=(held.callsign if held else "") if callsign is None else callsign,
        phone=held_phone if phone is None else phone,
        email=held_email if email is None else email,
        languages=(held.languages if held else ()) if language is None else names(language, "the language"),
    )
    done(me.do(intent), f"{member} is {intent.name}")


def contact(words: str) -> tuple[str, str]:
    """Phone and e-mail out of a contact as it is shown."""
    phone, comma, email = words.rpartition(", ")
    if "@" in email:
        return phone, email
    return f"{phone}{comma}{email}", ""
