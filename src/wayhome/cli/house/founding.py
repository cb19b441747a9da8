"""Making an organisation's data folder, and signing in to it."""

from __future__ import annotations

import os
from pathlib import Path

from cyclopts import App

from wayhome.assembly import Founding, found
from wayhome.assembly.folders import must_be_free, new_key_file
from wayhome.cli.context import Context, UsageError, here, session
from wayhome.cli.naming import name as plain_name
from wayhome.cli.opening import drop_tokens, keep_token, secret
from wayhome.cli.show import put, put_json, show
from wayhome.formats.errors import FormatError
from wayhome.formats.profile import Profile
from wayhome.links.passwords import BadPassword
from wayhome.links.profiles import load_profile
from wayhome.usecases.composed import MemberPage
from wayhome.usecases.ports import LogError
from wayhome.values.when import zone as known_zone

app = App(help="Making a house and signing in.")


@app.command(name="init")
def init(*, name: str, founder: str, profile: str = "county", zone: str = "") -> None:
    """Makes a data folder (--data) with a new organisation in it, and signs its founder in.

    It is kept under a passphrase (asked for, or from WAYHOME_PASSPHRASE), or with --key-file PATH under a key file,
    which is made new where there is none; with both given, either opens it. The founder's password is asked for, or
    comes from WAYHOME_PASSWORD.

    Example: wayhome init --data leaf --name "Konohagakure" --zone Asia/Tokyo --profile leaf --founder Tsunade

    Parameters
    ----------
    name: what the organisation is called
    founder: the name of its first member, who commands it
    profile: its ranks, skills and words: leaf, county, or the path of a .toml file
    zone: its time zone, such as Europe/Andorra; without one, that of the profile
    """
    context = here()
    words = _profile(profile)
    founding = Founding(
        name=plain_name(name, "the organisation's name"),
        zone=zone or words.zone,
        profile=profile,
        scales=words.scales(),
        founder=plain_name(founder, "the founder's name"),
        password="",
    )
    known_zone(founding.zone)
    must_be_free(context.data)
    key_file, made = _key_file(context)
    passphrase = os.environ.get("WAYHOME_PASSPHRASE") or (None if key_file else _twice(context, "New passphrase: "))
    try:
        password = os.environ.get("WAYHOME_PASSWORD") or _twice(context, f"Password for {founding.founder}: ")
        _found(context, founding, password, passphrase, key_file)
    except (LogError, UsageError):
        if made and key_file is not None:
            key_file.unlink(missing_ok=True)
        raise
    _say_founded(context, founding, passphrase, key_file, made=made)


def _profile(typed: str) -> Profile:
    try:
        return load_profile(typed)
    except FormatError as error:
        raise UsageError(str(error)) from error


def _twice(context: Context, prompt: str) -> str:
    typed = secret(context, prompt)
    if secret(context, "The same again: ") != typed:
        raise UsageError("the two are not the same: nothing was done")
    return typed


def _key_file(context: Context) -> tuple[Path | None, bool]:
    """The key file to keep the folder under, if any, and whether it was made just now."""
    path = context.key_file
    if path is None or path.exists():
        return path, False
    new_key_file(path, context.data)
    return path, True


def _found(context: Context, founding: Founding, password: str, passphrase: str | None, key_file: Path | None) -> None:
    from msgspec.structs import replace

    try:
        house = found(context.data, replace(founding, password=password), passphrase=passphrase, key_file=key_file)
    except BadPassword as error:
        raise UsageError(str(error)) from error
    try:
        token, called = house.sign_in(founding.founder, password)
        keep_token(context.data, called, token)
    finally:
        house.close()


def _say_founded(
    context: Context, founding: Founding, passphrase: str | None, key_file: Path | None, *, made: bool
) -> None:
    if context.as_json:
        kept = {"passphrase": passphrase is not None, "key_file": str(key_file) if key_file else None}
        put_json({"name": founding.name, "data": str(context.data), "founder": founding.founder, "kept_under": kept})
        return
    put(f"{founding.name} is founded in {context.data}; {founding.founder} commands it and is signed in here")
    if key_file is not None:
        put(f"  ! whoever has {key_file}{' (made just now)' if made else ''} can read everything: keep it elsewhere")
    if passphrase is not None:
        put("  ! without the passphrase nobody can read it again: write it down and lock it away")


@app.command(name="login")
def login(member: str) -> None:
    """Signs a member in on this machine for 24 hours. The password is asked for, or comes from WAYHOME_PASSWORD.

    Example: wayhome login Ana
    """
    context = here()
    password = os.environ.get("WAYHOME_PASSWORD") or secret(context, f"Password of {member}: ")
    token, called = context.house.sign_in(member, password)
    _take_over(context, called, token)
    if context.as_json:
        put_json({"signed_in": called})
    else:
        put(f"Signed in as {called}")


@app.command(name="join")
def join(invitation: str = "") -> None:
    """Takes an invitation: sets one's own password, asked for or from WAYHOME_NEW_PASSWORD, and signs in here.

    Without the token it is asked for, so that no list of what runs on this machine shows it.

    Example: wayhome join 6ZQmT0cVxJ1y
    """
    context = here()
    invitation = invitation or secret(context, "The token of your invitation: ")
    password = os.environ.get("WAYHOME_NEW_PASSWORD") or _twice(context, "New password: ")
    token, called = context.house.take_invitation(invitation, password)
    keep_token(context.data, called, token)
    if context.as_json:
        put_json({"signed_in": called})
    else:
        put(f"Password set; signed in as {called}")


@app.command(name="recover")
def recover(member: str) -> None:
    """Sets a new password by one of your recovery codes, and signs in here; everywhere else you are signed out.

    The code is asked for, and so is the password unless WAYHOME_NEW_PASSWORD gives it.

    Example: wayhome recover Ana
    """
    context = here()
    code = secret(context, "One of your recovery codes: ")
    password = os.environ.get("WAYHOME_NEW_PASSWORD") or _twice(context, "New password: ")
    token, called = context.house.recover(member, code, password)
    _take_over(context, called, token)
    if context.as_json:
        put_json({"signed_in": called})
    else:
        put(f"Password set; signed in as {called}. That code is used up: cross it out")


def _take_over(context: Context, called: str, token: str) -> None:
    """Keeps a token in place of whatever that member was signed in by here before, which ends."""
    for before in drop_tokens(context.data, called):
        context.house.sign_out(before)
    keep_token(context.data, called, token)


@app.command(name="logout")
def logout(member: str = "") -> None:
    """Signs out on this machine: one member, or everybody. The sign-in ends in the record as well.

    Example: wayhome logout Ana
    """
    context = here()
    dropped = drop_tokens(context.data, member or None)
    try:
        for token in dropped:
            context.house.sign_out(token)
    except (LogError, UsageError) as error:
        context.err.write(f"wayhome: signed out here; in the record it ends within a day by itself ({error})\n")
    if context.as_json:
        put_json({"signed_out": member or "everybody"})
    else:
        put(f"Signed out: {member or 'everybody'}")


@app.command(name="whoami")
def whoami() -> None:
    """Says who is signed in and acts (--as NAME picks another).

    Example: wayhome whoami
    """
    me = session()

    def lines(page: MemberPage) -> list[str]:
        duties = f": {', '.join(page.member.duties)}" if page.member.duties else ""
        return [f"{page.member.member_name}{duties}"]

    show(me.read("member", member=me.viewer), lines)
