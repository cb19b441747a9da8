"""One's own ways in: recovery codes, and where one is signed in."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.care_asking import with_keys
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.show import put, put_json, table

app = App(help="One's own ways in.")


@app.command(name="recovery-codes")
def recovery_codes(*, new: bool = False) -> None:
    """Shows how many of your recovery codes are left and when any was used; `--new` makes ten, shown only now.

    By each of them you may once set a new password: `wayhome recover NAME`, or at the desk's sign-in page.

    Example: wayhome member recovery-codes --new

    Parameters
    ----------
    new: make ten new codes; all earlier ones end
    """
    if not new:
        _show_left()
        return
    codes = with_keys(lambda: here().house.new_recovery_codes(token()))
    if here().as_json:
        put_json({"codes": codes})
        return
    for code in codes:
        put(f"  {code}")
    put("  ! each works once, and they are shown only now: write them down, and keep them where only you look")


def _show_left() -> None:
    held = session().read("recovery").value
    if here().as_json:
        put_json(held)
    elif held is None:
        put("no recovery codes yet: `wayhome member recovery-codes --new`")
    else:
        put(f"{held.left} left of the codes made {held.made}")
        for used in held.used:
            put(f"  one was used {used}: if that was not you, change your password and make new codes")


@app.command(name="sessions")
def sessions() -> None:
    """Lists where you are signed in: the device, the kind of address, when first and last there.

    A session ends by itself after 12 hours in which nothing was asked, and 24 hours after signing in.

    Example: wayhome member sessions
    """
    table(
        here().house.sign_ins(token()),
        [
            ("ID", lambda one: one.id),
            ("DEVICE", lambda one: f"{one.device} (this one)" if one.here else one.device),
            ("FROM", lambda one: one.network),
            ("SINCE", lambda one: one.first),
            ("LAST THERE", lambda one: one.last),
            ("UNTIL", lambda one: one.until),
        ],
        empty="you are signed in nowhere",
    )


@app.command(name="end-session")
def end_session(id: str = "", *, others: bool = False) -> None:
    """Signs you out somewhere else: at one place, or with --others everywhere but here. Open pages close at once.

    Example: wayhome member end-session 4f0c2b9a17d3e865

    Parameters
    ----------
    id: as `wayhome member sessions` lists it
    others: everywhere but here
    """
    if bool(id) == others:
        raise UsageError("name one session as `wayhome member sessions` lists it, or give --others")
    if others:
        here().house.end_other_sign_ins(token())
    else:
        here().house.end_sign_in(token(), id)
    if here().as_json:
        put_json({"ended": id or "others"})
    else:
        put("Signed out there" if id else "Signed out everywhere else")
