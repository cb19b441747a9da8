"""A post office in memory, and a pool whose work is done when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from wayhome.usecases.ports import NotSent

T = TypeVar("T")


class PostOffice:
    """Takes every message, but for the channels that are `shut`; keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str, str]] = []
        self.asked = 0
        self.shut: set[str] = set()

    def send(self, url: str, title: str, body: str) -> None:
        self.asked += 1
        if url in self.shut:
            raise NotSent("nobody answers there")
        self.taken.append((url, title, body))

    @property
    def urls(self) -> list[str]:
        """Where messages went, in order."""
        return [url for url, _, _ in self.taken]


class HandPool(Executor):
    """Keeps what is to be done until `work` is called."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        self._waiting.append((future, lambda: fn(*args, **kwargs)))
        return future

    def __len__(self) -> int:
        return len(self._waiting)

    def work(self) -> None:
        """Does everything that waits."""
        waiting, self._waiting = self._waiting, []
        for future, act in waiting:
            try:
                future.set_result(act())
            except (NotSent, ValueError) as error:
                future.set_exception(error)
