"""A member's own case, whole: each letter as JSON that other programs read, and the same to be read as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from wayhome.engines.care.letters import CaseKeyGiven, KeyShareGiven, Letter, ShareLent
from wayhome.engines.care.shapes import ExportedCase
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment, stamp

KEYS = (CaseKeyGiven, KeyShareGiven, ShareLent)
"""Letters that hold keys: whoever had them in a file could open what the file is not."""


def exported(letters: Sequence[Letter], member: PersonId, now: Moment, names: Mapping[str, str]) -> ExportedCase:
    """Everything but keys, oldest first."""
    told = [letter for letter in letters if not isinstance(letter.fact, KEYS)]
    return ExportedCase(
        member=member,
        at=now,
        letters=tuple(msgspec.json.encode(letter).decode() for letter in told),
        text=tuple(_line(letter, names) for letter in told),
        member_name=names.get(member, ""),
    )


def _line(letter: Letter, names: Mapping[str, str]) -> str:
    """One line: when, who, what it was, and everything that it says."""
    said = msgspec.to_builtins(letter.fact)
    what = re.sub(r"(?<!^)(?=[A-Z])", " ", said.pop("kind")).casefold()
    words = "; ".join(f"{name.replace('_', ' ')}: {_plain(value, names)}" for name, value in said.items())
    return f"{stamp(letter.at)} {names.get(letter.by, letter.by)}: {what}{f' ({words})' if words else ''}"


def _plain(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(one, names)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return " | ".join(_plain(one, names) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return names.get(str(value), str(value))
