"""Names and numbers as people type them, checked before they become part of the record."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter, validators

from wayhome.cli.context import UsageError
from wayhome.cli.show import UNSAFE

Count = Annotated[int, Parameter(validator=validators.Number(gte=-1_000_000, lte=1_000_000))]
"""A whole number that somebody could mean."""


def name(typed: str, what: str) -> str:
    """A name in any script. Refuses what would be invisible on screen: control and direction-turning characters.

    Raises UsageError.
    """
    if UNSAFE.search(typed) or "\n" in typed or "\t" in typed:
        raise UsageError(f"{what} holds a control character: type it anew, without pasting")
    if not typed.strip():
        raise UsageError(f"{what} is empty: type it")
    return typed.strip()


def names(typed: list[str] | None, what: str) -> tuple[str, ...]:
    """Several names. Raises UsageError."""
    return tuple(name(one, what) for one in typed or ())
