"""What every command of care does: states or reads behind the wall, asks for the password where keys are gone."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from wayhome.access.seen import Seen
from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session, token
from wayhome.cli.opening import secret
from wayhome.cli.show import done
from wayhome.engines.care.shapes import CaseView, DeskCaseView
from wayhome.engines.care.stated import CareIntent
from wayhome.mission.rules import Refused
from wayhome.usecases.session import Session
from wayhome.values.ids import Id, PersonId, handle

T = TypeVar("T")
PASSWORD_AGAIN = "password again"
"""The code of a refusal where no keys are in memory for this session."""
NOT_AT_THE_DESK = "not at the desk of care"


def opened(ask: Callable[[Session], T]) -> T:
    """Asks of a session, with the keys of care in memory."""
    return with_keys(lambda: ask(session()))


def with_keys(ask: Callable[[], T]) -> T:
    """Asks; once with the password first, where the keys of care are not in memory."""
    try:
        return ask()
    except Refused as refusal:
        if refusal.code != PASSWORD_AGAIN:
            raise
    context = here()
    password = os.environ.get("WAYHOME_PASSWORD") or secret(context, "Your password, which opens care: ")
    context.house.open_care(token(), password)
    return ask()


def state(intent: CareIntent, sentence: str) -> None:
    """States something in care, and says what was done."""
    done(opened(lambda me: me.care_do(intent)), sentence)


def read(name: str, **arguments: Any) -> Seen[Any]:
    """One read of care by name."""
    return opened(lambda me: me.care_read(name, **arguments))


def member(typed: str) -> PersonId:
    return find.member(session(), typed)


def case_of(typed: str) -> Id | None:
    """The case of a member, by their name or its handle, of those one can open; None for one's own (`me`).

    Raises UsageError where there is none that one can open.
    """
    if typed.strip().casefold() == "me":
        return None
    return Id(_pick(typed).case)


def case_to_own(typed: str) -> Id:
    """The same where one's own cannot be meant."""
    found = case_of(typed)
    if found is None:
        raise UsageError("name whom you look after: nobody does this for themselves")
    return found


def _pick(typed: str) -> Any:
    """Of cases one can open; for admitted carers, also of those that they know to be there."""
    found = {one.case: one for one in (*at_the_desk(), *read("care_whom").value)}
    return find.pick(
        typed,
        list(found.values()),
        lambda one: (one.member_name, handle(one.case), one.case),
        "case",
        "wayhome care cases",
    )


def at_the_desk() -> tuple[DeskCaseView, ...]:
    """What the desk of care knows; nothing, for whoever is not at it."""
    try:
        seen: Seen[tuple[DeskCaseView, ...]] = read("care_desk")
    except Refused as refusal:
        if refusal.code != NOT_AT_THE_DESK:
            raise
        return ()
    return seen.value


def mine_and_theirs() -> tuple[CaseView, ...]:
    """One's own case and all that one supports, or keeps a watch in."""
    mine = read("my_care").value
    return (*([mine] if mine is not None else []), *read("care_cases").value)


def one_of(
    typed: str, things: Sequence[T], names: Callable[[T], Sequence[str]], what: str, listing: str = "wayhome care mine"
) -> T:
    """The only one where nothing was typed and there is but one; else by handle or words."""
    if not typed.strip() and len(things) == 1:
        return things[0]
    if not typed.strip():
        raise UsageError(
            f"say which {what}: `{listing}` shows them" if things else f"there is no {what} that you can see"
        )
    return find.pick(typed, things, names, what, listing)
