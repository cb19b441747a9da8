"""From the shell to a house: where the passphrase comes from, and whose tokens this user holds."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import msgspec

from wayhome.assembly import House, NotSignedIn, connect, open_house
from wayhome.cli.context import Context, UsageError
from wayhome.links.files import write_atomic


def open_from_shell(context: Context) -> House:
    """The running server where there is one; else the folder itself, opened for this command."""
    remote = connect(context.data)
    if remote is not None:
        return remote
    key_file = context.key_file
    house = open_house(context.data, passphrase=None if key_file else passphrase(context), key_file=key_file)
    for notice in house.notices:
        context.err.write(f"wayhome: {notice}\n")
    house.tick()
    return house


def passphrase(context: Context) -> str:
    """The folder's passphrase: from the environment, or asked for at the keyboard."""
    return os.environ.get("WAYHOME_PASSPHRASE") or secret(context, "Passphrase of the data folder: ")


def secret(context: Context, prompt: str) -> str:
    """Something that must not be shown while it is typed. Raises UsageError where nobody can type."""
    if context.ask_secret is not None:
        return context.ask_secret(prompt)
    if not sys.stdin.isatty():
        raise UsageError(f"{prompt.strip(': ')} is needed, and nobody is at the keyboard to type it")
    return getpass.getpass(prompt)


def _tokens_file() -> Path:
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "wayhome" / "sessions.json"


def _read_tokens() -> dict[str, dict[str, str]]:
    try:
        return msgspec.json.decode(_tokens_file().read_bytes(), type=dict[str, dict[str, str]])
    except (OSError, msgspec.MsgspecError):
        return {}


def keep_token(data: Path, name: str, token: str) -> None:
    """Remembers, for this user of this machine, that they are signed in. The last one signed in acts by default."""
    held = _read_tokens()
    theirs = held.setdefault(str(data.resolve()), {})
    theirs.pop(name, None)
    theirs[name] = token
    _tokens_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_atomic(_tokens_file(), msgspec.json.encode(held), mode=0o600)


def drop_tokens(data: Path, name: str | None) -> tuple[str, ...]:
    """Forgets the tokens of one member, or of everybody of this user: those tokens, which the record still knows."""
    held = _read_tokens()
    theirs = held.get(str(data.resolve()))
    if theirs is None:
        return ()
    kept = {} if name is None else {k: v for k, v in theirs.items() if k.casefold() != name.casefold()}
    held[str(data.resolve())] = kept
    write_atomic(_tokens_file(), msgspec.json.encode(held), mode=0o600)
    return tuple(token for called, token in theirs.items() if called not in kept)


def token_of(context: Context) -> str:
    """The token of whoever `--as` names, or of who signed in last. Raises NotSignedIn."""
    theirs = _read_tokens().get(str(context.data.resolve()), {})
    if context.who is None:
        if not theirs:
            raise NotSignedIn("you are not signed in: `wayhome login NAME`")
        return list(theirs.values())[-1]
    wanted = context.who.casefold()
    for name, token in theirs.items():
        if name.casefold() == wanted:
            return token
    raise NotSignedIn(f"you are not signed in as {context.who}: `wayhome login {context.who}`")
