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
from typing import Annotated

from cyclopts import App, Parameter

from wayhome.assembly import LocalHouse, open_house, serve, wall_clock
from wayhome.assembly.facing import Desk, DeskSettings
from wayhome.assembly.locked import LockedFolder, unlock_served
from wayhome.cli.context import Context, here
from wayhome.cli.opening import passphrase
from wayhome.cli.show import put, put_json
from wayhome.usecases.ports import LogError, WrongKey

TICK_S = 0.5

app = App(help="Serving a data folder.")


Host = Annotated[str, Parameter(name="--host")]
Port = Annotated[int, Parameter(name="--port")]


@app.command(name="serve")
def serve_folder(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    tls: bool = False,
    name: tuple[str, ...] = (),
    behind_proxy: bool = False,
    desk: bool = True,
) -> None:
    """Serves the desk to browsers, and answers other commands on this machine, until Ctrl-C; what falls due, rings.

    Without WAYHOME_PASSPHRASE or a key file it starts locked: nothing can be read, but what falls due still rings.
    Type the passphrase at the keyboard or on the unlock page, or run `wayhome unlock` beside it.

    Example: wayhome serve --data leaf
    Example: wayhome serve --host 0.0.0.0 --tls

    Parameters
    ----------
    host: the address to answer at; 0.0.0.0 lets in phones of the same network (docs/reaching.md)
    tls: encrypt, with a certificate of our own that phones can be told to trust
    name: a further name or address by which people call this machine; may be given several times
    behind_proxy: a web server on this machine encrypts in front of us; its headers are believed
    desk: `--no-desk` answers commands only
    """
    context = here()
    settings = DeskSettings(data=context.data, host=host, port=port, tls=tls, names=name, proxied=behind_proxy)
    serve_until_stopped(context, settings if desk else None, os.environ.get("WAYHOME_PASSPHRASE", ""))


def serve_until_stopped(context: Context, settings: DeskSettings | None, passphrase: str) -> None:
    """Serves the folder, and the desk where `settings` are given, until Ctrl-C. Locked where there is no key."""
    desk = context.desk(settings) if settings is not None and context.desk is not None else None
    stop = threading.Event()
    try:
        with _stopped_by_signals(stop):
            _serve(context, desk, stop, passphrase)
    finally:
        if desk is not None:
            desk.stop()


def _serve(context: Context, desk: Desk | None, stop: threading.Event, passphrase: str) -> None:
    given: str | None = passphrase
    if context.key_file is None and not given:
        given = _wait_locked(context, desk, stop)
        if given is None:
            return
    house = open_house(context.data, passphrase=None if context.key_file else given, key_file=context.key_file)
    try:
        for notice in house.notices:
            _say(notice)
        words = f"serving {context.data}: commands on this machine come here. Ctrl-C ends it; nothing is lost"
        due = "{} fell due: `wayhome waiting` shows what"
        _show(desk, house)
        serve(house, stop, ticked=lambda count: _say(due.format(count)), started=lambda: _say(words))
    finally:
        if desk is not None:
            desk.stop()
        house.close()
    _say("ended")


def _show(desk: Desk | None, house: LocalHouse) -> None:
    if desk is not None:
        desk.open(house)
        found = desk.start(_no_key_is_needed)
        for address in found:
            _say(f"the desk is at {address}")
        if len(found) > 1:
            _say(f"for phones: {found[0]}/join shows these addresses as QR codes, and how a phone comes to trust them")


def _no_key_is_needed(_passphrase: str) -> None:
    """What is open already cannot be unlocked."""


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


def _wait_locked(context: Context, desk: Desk | None, stop: threading.Event) -> str | None:
    """The passphrase, once somebody gave the right one; None when it was stopped before."""
    locked = LockedFolder(context.data)
    try:
        for address in desk.start(locked.unlock) if desk is not None else ():
            _say(f"the desk is at {address}, and shows the unlock page only")
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
