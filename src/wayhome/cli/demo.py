"""`wayhome demo`: a data folder with the Leaf in it and a mission under way, made to end now, and what to try."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from wayhome.assembly import Founding, LocalHouse, found, wall_clock
from wayhome.assembly.facing import DeskSettings
from wayhome.cli.context import UsageError, here
from wayhome.cli.exercises.loading import demo_lines
from wayhome.cli.exercises.playing import Player, StandingClock
from wayhome.cli.exercises.shape import Line
from wayhome.cli.house.serving import serve_until_stopped
from wayhome.cli.opening import keep_token
from wayhome.cli.show import put
from wayhome.links.files import write_atomic
from wayhome.links.passwords import hashed
from wayhome.links.profiles import load_profile
from wayhome.mission.intents.people import SetPassword

app = App(help="A demo.")
TOP = True

FOLDER = "wayhome-demo"
NOTE = "DEMO.txt"
PASSPHRASE = "leaf-demo-only"
PASSWORD = "leaf-demo-only"
LOGINS = ("Tsunade", "Naruto", "Sakura", "Shikamaru", "Iruka", "Asuma", "Psych-nin", "Kakashi")
"""Whoever can sign in to the demo; the last of them acts where no --as is given."""

TELLS = """This is a demo: its passphrase and passwords are known to everybody. Keep nothing real in it.

  export WAYHOME_DATA={data}
  export WAYHOME_PASSPHRASE={passphrase}

Signed in already, for a day: {logins}. Kakashi acts where no --as is given.
Again: wayhome login NAME, with the password {password}

Try, as Kakashi, who commands tonight while Tsunade is away:
  wayhome mission situation "Bring him back"
  wayhome waiting
  wayhome propose "Bring him back"
  wayhome field backup "Bring him back" 29.9750,141.9960 --pursuer Pursuer --base 30.0021,141.9700
  wayhome search map "Bring him back" where.png
  wayhome search cut-off "Bring him back"
  wayhome log add "Bring him back" Ring to base: moving to 29.9863,141.9860
  wayhome casualty list "Bring him back"
  wayhome mission close "Bring him back" --reason "enough for tonight"

As others:
  wayhome offer answer "Bring him back" thinking --until +1h --as Asuma
  wayhome mission list --as Naruto        (and --as Tsunade: a mission that Naruto cannot know of)
  wayhome member show Iruka --as Tsunade
  wayhome care list --as Iruka            (and --as Psych-nin, and --as Kakashi, who sees none of it)
  wayhome report show "Ahead of the jounin"

All of it: wayhome --help, wayhome exercise list
"""


@app.command(name="demo")
def demo(*, serve: bool = False, port: Annotated[int, Parameter(name="--port")] = 8765) -> None:
    """Makes a data folder with the Leaf village and a mission under way, and says what to try.

    The folder is ./wayhome-demo, or --data DIR. One that is there already is kept as it is.

    Example: wayhome demo
    Example: wayhome demo --serve

    Parameters
    ----------
    serve: serve the desk, until Ctrl-C
    port: where the desk answers
    """
    context = here()
    data = Path(FOLDER) if context.data == Path("wayhome-data") else context.data
    note = data / NOTE
    if note.exists():
        put(f"The demo is in {data} already, as you left it. To begin anew: rm -r {data}")
    elif data.exists():
        raise UsageError(f"{data} is there already and is no demo: name another folder with --data DIR")
    else:
        make(data)
        put(f"The Leaf is in {data}, with a mission under way.")
    put("")
    logins = ", ".join(LOGINS)
    put(TELLS.format(data=data, passphrase=PASSPHRASE, password=PASSWORD, logins=logins).rstrip())
    if serve:
        put("")
        put(f"Sign in at the desk as one of {logins}; the password is {PASSWORD}")
        context.data = data
        serve_until_stopped(context, DeskSettings(data=data, port=port), PASSPHRASE)


def make(data: Path) -> None:
    """Makes the folder, plays the demo in it so that it ends now, and signs its people in."""
    profile = load_profile("leaf")
    lines = demo_lines()
    now = wall_clock().at(profile.zone)
    clock = StandingClock(now.plus(minutes=-minutes_of(lines)))
    founding = Founding(
        name=profile.name,
        zone=profile.zone,
        profile="leaf",
        scales=profile.scales(),
        founder="Tsunade",
        password=PASSWORD,
    )
    finished = False
    try:
        house = found(data, founding, passphrase=PASSPHRASE, clock=clock)
        try:
            _play(house, clock, lines)
            _sign_in(house, data)
        finally:
            house.close()
        write_atomic(data / NOTE, b"Made by `wayhome demo`. Nothing real is in here.\n")
        finished = True
    finally:
        if not finished:
            shutil.rmtree(data, ignore_errors=True)  # half a demo would only be in the way of the next try


def minutes_of(lines: list[Line]) -> float:
    """How long the lines take on the clock, in minutes. Every time in them is from one line to the next."""
    units = {"m": 1, "h": 60, "d": 1440}
    found = [re.fullmatch(r"\+(\d+)([mhd])", line.at) for line in lines if line.at]
    return sum(int(one[1]) * units[one[2]] for one in found if one)


def _play(house: LocalHouse, clock: StandingClock, lines: list[Line]) -> None:
    token, _ = house.sign_in("Tsunade", PASSWORD)
    player = Player(house, clock, house.person_of(token))
    for line in lines:
        wrong = player.do(line)
        if wrong:
            raise UsageError(f"the demo could not be made: `wayhome {line.run}` as {line.who} {wrong}")
    held = hashed(PASSWORD)
    for name in LOGINS[1:]:
        me = player.session(name)
        me.do(SetPassword(member=me.viewer, hash=held))


def _sign_in(house: LocalHouse, data: Path) -> None:
    for name in LOGINS:
        token, called = house.sign_in(name, PASSWORD)
        keep_token(data, called, token)
