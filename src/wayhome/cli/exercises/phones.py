"""Channels of an exercise: what members would be told is kept in memory, and goes nowhere."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from wayhome.assembly import LocalHouse
from wayhome.mission.intents.people import SetChannels
from wayhome.values.ids import PersonId

P = ParamSpec("P")
T = TypeVar("T")


class Phones:
    """Takes every message at once, and knows for whom it was."""

    def __init__(self) -> None:
        self._taken: list[tuple[str, str]] = []

    def send(self, url: str, title: str, body: str) -> None:  # noqa: ARG002  # every message has the same title
        self._taken.append((url, body))

    def give(self, house: LocalHouse, name: str, person: PersonId) -> None:
        """From now on a member has a channel."""
        house.as_member(person).do(SetChannels(member=person, urls=(_url(name),)))

    def to(self, name: str) -> list[str]:
        """What somebody was told since it was last forgotten."""
        return [body for url, body in self._taken if url == _url(name)]

    def forget(self) -> None:
        self._taken.clear()


def _url(name: str) -> str:
    return f"ntfy://exercise-{name.casefold().replace(' ', '-')}"


class AtOnce(Executor):
    """Does what it is given before it returns, so that an exercise is the same in every run."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done
