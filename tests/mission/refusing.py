"""The table of refusals: a case for every reason for which the rules refuse."""

from __future__ import annotations

from collections.abc import Callable

from tests.fakes.scene import Scene

from wayhome.mission.intents.base import Intent

Stated = tuple[str, Intent]
Case = Callable[[Scene], Stated]
CASES: list[tuple[str, str, Case]] = []


def refuses(code: str, words: str) -> Callable[[Case], Case]:
    """Registers a case: what is stated in it is refused with `code`, and its text holds `words`."""

    def register(case: Case) -> Case:
        CASES.append((code, words, case))
        return case

    return register


def one(code: str, words: str, who: str, intent: Callable[[Scene], Intent]) -> None:
    """A case that needs nothing but the open mission."""
    CASES.append((code, words, lambda s: (who, intent(s))))
