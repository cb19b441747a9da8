"""What is a member's own: home, next of kin, medical notes, password; and how it is erased."""

from __future__ import annotations

import os

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.opening import keep_token, secret
from wayhome.cli.show import done, table
from wayhome.cli.typed import words_or_file
from wayhome.formats.coordinates import find_places
from wayhome.links.passwords import SHORTEST, hashed
from wayhome.mission.intents.people import ErasePerson, GiveHome, GiveMedicalNote, GiveNextOfKin, SetPassword
from wayhome.usecases.acting import Done

app = App(help="What is a member's own.")


@app.command(name="home")
def home(member: str, words: str) -> None:
    """Gives where a member lives; for themselves and those who keep the roster. Coordinates in it are found.

    Example: wayhome member home Ana "Canillo, 42.5660 1.5990"
    """
    me = session()
    found = find_places(words)
    place = found[0].place if len(found) == 1 else None
    done(me.do(GiveHome(member=find.member(me, member), words=words, place=place)), f"{member}: home given")


@app.command(name="kin")
def kin(member: str, words: str) -> None:
    """Gives whom to call; for the member, those who keep the roster, and command.

    Example: wayhome member kin Ana "Maria Puig, mother, +376 331 999"
    """
    me = session()
    done(me.do(GiveNextOfKin(member=find.member(me, member), words=words)), f"{member}: next of kin given")


@app.command(name="medical")
def medical(member: str, words: str) -> None:
    """Gives what a medic must know; for the member and medics.

    Example: wayhome member medical Ana "allergic to penicillin"
    """
    me = session()
    intent = GiveMedicalNote(member=find.member(me, member), words=words_or_file((words,)))
    done(me.do(intent), f"{member}: medical note given")


@app.command(name="personal")
def personal(member: str = "") -> None:
    """Lists contacts, homes, next of kin and medical notes: one's own, and those one's duty keeps.

    Example: wayhome member personal Ana
    """
    me = session()
    who = find.member(me, member) if member else None
    table(
        me.read("personal"),
        [("MEMBER", lambda p: p.member_name), ("WHAT", lambda p: p.what), ("WORDS", lambda p: p.words)],
        empty="nothing that you can see",
        keep=lambda p: who in (None, p.member),
    )


@app.command(name="password")
def password(member: str = "me") -> None:
    """Sets a password: one's own, or a member's first one. It is asked for, or WAYHOME_NEW_PASSWORD gives it.

    One's own asks for the present one as well (or WAYHOME_PASSWORD gives it): what was said in care stays open to you.

    Example: wayhome member password Ana
    """
    me = session()
    who = find.member(me, member)
    new = new_password("WAYHOME_NEW_PASSWORD")
    if who == me.viewer:
        _change_own(new)
        return
    done(me.do(SetPassword(member=who, hash=hashed(new))), f"{member}: password set")


def _change_own(new: str) -> None:
    context = here()
    old = os.environ.get("WAYHOME_PASSWORD") or secret(context, "Your password as it is now: ")
    called = session().read("member", member=session().viewer).value.member.member_name
    keep_token(context.data, called, context.house.change_password(token(), old, new))
    done(Done(), "your password is another now")


def new_password(variable: str, prompt: str = "New password: ") -> str:
    """A password from the environment, or typed twice. Raises UsageError."""
    typed = os.environ.get(variable, "")
    if not typed:
        typed = secret(here(), prompt)
        if secret(here(), "The same again: ") != typed:
            raise UsageError("the two are not the same: nothing was changed")
    if len(typed) < SHORTEST:
        raise UsageError(f"a password has at least {SHORTEST} letters")
    return typed


@app.command(name="erase")
def erase(member: str, *, reason: str, yes: bool = False) -> None:
    """Erases a member's personal fields for good by destroying their key. Skills, roles and history stay.

    Free text in logs and reports that names them stays too.

    Example: wayhome member erase Ana --reason "left, and asked for it" --yes

    Parameters
    ----------
    yes: that it is meant: nobody can take it back
    """
    me = session()
    who = find.member(me, member)
    if not yes:
        raise UsageError(f"this cannot be taken back. If {member} is to be erased, say it again with --yes")
    done(me.do(ErasePerson(member=who, reason=reason)), f"{member}: personal fields erased")
