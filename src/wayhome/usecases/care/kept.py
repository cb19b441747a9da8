"""How long letters are kept: until the law of the place says no longer. Then whoever could open them destroys them.

Words that a member holds about a mission are theirs until they destroy them, and are no part of being looked after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.jurisdiction import Jurisdiction, kept_until
from wayhome.engines.care.letters import CaseKeyGiven, Letter, WordsHeld, WordsReleased
from wayhome.values.ids import Id


def outlived(letters: Sequence[Letter], known: Cases, law: Jurisdiction, today: date) -> tuple[Id, ...]:
    """Every letter of cases that were closed longer ago than the law lets them be kept."""
    over = {case.id: case for case in known.cases.values() if _is_over(case, law, today)}
    return tuple(one.id for one in letters if one.case in over and not _is_their_own(one, over[one.case]))


def _is_over(case: Case, law: Jurisdiction, today: date) -> bool:
    if case.closed is None or case.open_flags:
        return False
    until = kept_until(law, closed=case.closed.day, left=None, last_contact=max(_days(case)))
    return until is not None and until < today


def _is_their_own(letter: Letter, case: Case) -> bool:
    """Held words, and the keys that open them."""
    return isinstance(letter.fact, WordsHeld | WordsReleased) or (
        bool(case.held) and isinstance(letter.fact, CaseKeyGiven)
    )


def _days(case: Case) -> Iterator[date]:
    """Every day on which there was, or may still be, contact."""
    if case.closed is not None:
        yield case.closed.day
    if case.latest is not None and not case.held:
        yield case.latest.day
    for opening in case.openings.values():
        yield opening.start
        yield from (due.day for due in opening.contacts)
