"""One writes at a time. What queues up while a commit runs goes into the next one: one sync for all of it.

Whoever waits for a result while nobody is committing commits what is queued, there and then: being woken by another
thread would cost as much as the disk does. A thread of its own sees to what queued up behind a commit, at once, and to
whatever nobody waits for, a moment later: that is who looked at what, and a commit for each look would empty the page
cache of every reader while somebody goes through a long list.

A future resolves only after its commit is durable. After a failure nothing more is written until the log is reopened:
what the disk holds then is unknown, and no database handles that well by going on.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol, TypeVar

import apsw

from wayhome.log.database import as_write_failure
from wayhome.usecases.ports import LogError, NotDurable

MAX_GROUP = 1024
LINGER_S = 0.1
"""How long a queued job may wait for somebody to ask for its result before the thread commits it. It is what a power
cut may take of what nobody waited for."""
QUIET_LOOKS = 10
"""After so many looks at an empty queue the thread sleeps until it is woken; while there is work it is never woken,
which would cost every single write."""
T = TypeVar("T")


class Transactions(Protocol):
    """What the writer drives."""

    def begin(self) -> None: ...

    def commit(self) -> None:
        """Durable on return."""
        ...

    def rollback(self) -> None: ...

    def settled(self) -> None:
        """After the commit, before anybody is told."""
        ...

    def tidy(self) -> None:
        """After everybody was told: what may wait."""
        ...


class _HelpingFuture(Future[T]):
    """A future whose reader lends a hand."""

    def __init__(self, help_out: Callable[[], None]) -> None:
        super().__init__()
        self._help_out = help_out

    def result(self, timeout: float | None = None) -> T:
        if not self.done():
            self._help_out()
        return super().result(timeout)


class _Job:
    """Something to do inside a transaction, and who waits for it."""

    def __init__(self, do: Callable[[], Any], help_out: Callable[[], None]) -> None:
        self.do = do
        self.future: Future[Any] = _HelpingFuture(help_out)
        self.outcome: Any = None
        self.refusal: LogError | None = None

    def run(self) -> None:
        """A LogError refuses this job alone; it must have been raised before anything was changed."""
        try:
            self.outcome = self.do()
        except LogError as error:
            self.refusal = error

    def tell(self) -> None:
        if self.refusal is not None:
            self.future.set_exception(self.refusal)
        else:
            self.future.set_result(self.outcome)


class GroupWriter:
    """Commits jobs in groups, in the order they were submitted. Thread-safe."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions
        self._queue: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._committing = threading.Lock()
        self._hurry = threading.Event()
        self._asleep = False
        self._stopping = False
        self._failure: LogError | None = None
        self._thread = threading.Thread(target=self._run, name="wayhome-log-writer", daemon=True)
        self._thread.start()

    @property
    def failure(self) -> LogError | None:
        """Why nothing is written any more, or None."""
        return self._failure

    def submit(self, do: Callable[[], T]) -> Future[T]:
        """Queues a job; the future resolves with what it returned once that is durable."""
        job = _Job(do, self._help_out)
        with self._wake:
            refused = self._failure or (LogError("this log is closed") if self._stopping else None)
            if refused is None:
                self._queue.append(job)
                if self._asleep:
                    self._wake.notify()
        if refused is not None:
            job.future.set_exception(refused)
        return job.future

    def stop(self) -> None:
        """Finishes what is queued and ends the thread. Idempotent."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        self._hurry.set()
        self._thread.join()
        with self._committing:
            """Whoever helped out has finished."""

    def _run(self) -> None:
        quiet = 0
        while self._failure is None and not (self._stopping and not self._queue):
            if self._hurry.wait(LINGER_S):
                self._hurry.clear()
            quiet = 0 if self._queue else quiet + 1
            if self._queue:
                with self._committing:
                    self._commit_queued()
            elif quiet > QUIET_LOOKS:
                self._sleep()

    def _sleep(self) -> None:
        with self._wake:
            while not self._queue and not self._stopping and self._failure is None:
                self._asleep = True
                self._wake.wait()
            self._asleep = False

    def _help_out(self) -> None:
        if self._committing.acquire(blocking=False):
            try:
                self._commit_queued()
            finally:
                self._committing.release()
        else:
            self._hurry.set()  # whoever commits may have looked at the queue for the last time already

    def _commit_queued(self) -> None:
        with self._wake:
            taken = [self._queue.popleft() for _ in range(min(len(self._queue), MAX_GROUP))]
        group = [job for job in taken if job.future.set_running_or_notify_cancel()]
        if group:
            self.commit_group(group)
        if self._queue:
            self._hurry.set()

    def commit_group(self, group: list[_Job]) -> None:
        """One transaction, one sync. When it fails the log is to be reopened."""
        failure: LogError | None = NotDurable("not written: the writer stopped unexpectedly; see its traceback")
        try:
            self._transactions.begin()
            for job in group:
                job.run()
            self._transactions.commit()
            self._transactions.settled()
            for job in group:
                job.tell()
            group = []
            self._transactions.tidy()
            failure = None
        except apsw.Error as error:
            failure = as_write_failure(error)
        finally:
            if failure is not None:
                self._fail(group, failure)

    def _fail(self, group: list[_Job], failure: LogError) -> None:
        """Tells this group and all behind it, and takes nothing more."""
        with self._wake:
            self._failure = failure
            waiting = [*group, *self._queue]
            self._queue.clear()
            self._wake.notify()
        try:
            self._transactions.rollback()
        finally:
            for job in waiting:
                if job.future.running() or job.future.set_running_or_notify_cancel():
                    job.future.set_exception(failure)
