"""Owning the data folder for as long as it is served, and unlocking one that was started without its key."""

from __future__ import annotations

import getpass
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from cyclopts import App

from wayhome.assembly import LocalHouse, open_house, serve, wall_clock
from wayhome.assembly.locked import LockedFolder, unlock_served
from wayhome.cli.context import Context, here
from wayhome.cli.opening import passphrase
from wayhome.cli.show import put, put_json
from wayhome.usecases.ports import LogError, WrongKey

TICK_S = 0.5

app = App(help="Serving a data folder.")


@app.command(name="serve")
def serve_folder() -> None:
    """Owns the data folder and answers other commands on this machine until Ctrl-C; what falls due, rings.

    Without WAYHOME_PASSPHRASE or a key file it starts locked: nothing can be read, but what falls due still rings.
    Type the passphrase, or run `wayhome unlock` beside it.

    Example: wayhome serve --data leaf
    """
    context = here()
    stop = threading.Event()
    with _stopped_by_signals(stop):
        house = _opened(context, stop)
        if house is None:
            return
        try:
            for notice in house.notices:
                _say(notice)
            words = f"serving {context.data}: commands on this machine come here. Ctrl-C ends it; nothing is lost"
            due = "{} fell due: `wayhome waiting` shows what"
            serve(house, stop, ticked=lambda count: _say(due.format(count)), started=lambda: _say(words))
        finally:
            house.close()
        _say("ended")


def _say(text: str) -> None:
    """A line that reaches a pipe at once."""
    put_json({"said": text}) if here().as_json else put(text)
    here().out.flush()


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Ctrl-C and a polite kill set `stop` instead of tearing the work apart."""

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(context: Context, stop: threading.Event) -> LocalHouse | None:
    """The house; waits locked for a key where none was given. None when it was stopped before one came."""
    given = os.environ.get("WAYHOME_PASSPHRASE")
    if context.key_file is None and not given:
        given = _wait_locked(context, stop)
        if given is None:
            return None
    return open_house(context.data, passphrase=None if context.key_file else given, key_file=context.key_file)


def _wait_locked(context: Context, stop: threading.Event) -> str | None:
    locked = LockedFolder(context.data)
    try:
        _say(f"{context.data} is locked: type its passphrase here, or run `wayhome unlock`. Ctrl-C ends it")
        if sys.stdin.isatty():
            threading.Thread(target=_ask, args=(locked, stop), daemon=True).start()
        while not stop.is_set() and not locked.opened.wait(TICK_S):
            due = locked.due(time.time_ns() // 1_000_000)
            if due:
                _say(f"{due} due since {wall_clock().local:%H:%M} UTC: something is due: unlock")
        return locked.passphrase if locked.opened.is_set() else None
    finally:
        locked.close()


def _ask(locked: LockedFolder, stop: threading.Event) -> None:
    """Asks at the keyboard until the passphrase is right."""
    while not stop.is_set() and not locked.opened.is_set():
        try:
            locked.unlock(getpass.getpass("Passphrase: "))
        except WrongKey as error:
            sys.stderr.write(f"wayhome: {error}\n")
        except (EOFError, LogError) as error:
            sys.stderr.write(f"wayhome: {error}\n")
            return


@app.command(name="unlock")
def unlock() -> None:
    """Unlocks the data folder that a running `wayhome serve` holds locked.

    Example: wayhome unlock --data leaf
    """
    context = here()
    opened = unlock_served(context.data, passphrase(context))
    text = f"{context.data} is unlocked" if opened else f"{context.data} was open already"
    put_json({"unlocked": opened}) if context.as_json else put(text)
