"""Acting: an intent is decided, its facts are made durable with what they change, then it is acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import msgspec

from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Act, Decision, Refused, Say, decide
from wayhome.mission.state import Said
from wayhome.usecases.looking import Looking
from wayhome.usecases.ports import Batch, Change, Draft, Header, Log, LogError, NotDurable
from wayhome.usecases.standing import SNAPSHOT, Standing, draft_of, load
from wayhome.values.ids import FactId, PersonId, ReplicaId, StreamId, derive
from wayhome.values.when import Moment

SNAPSHOT_EVERY = 2_000
"""Facts between two snapshots: folding that many takes well under a second."""


class Done(msgspec.Struct, frozen=True):
    """An intent that was written. `made` is the id of what it brought into being; `tells` is for who acted.

    How many facts it came to is not here: word of a clash goes to a mission that whoever acted may not know of.
    """

    made: str = ""
    tells: tuple[str, ...] = ()
    already: bool = False


Watcher = Callable[[Sequence[Change] | None], None]
"""Hears what each commit changed once it is durable, in order; None when everything was folded anew. Must be quick."""


class _Sent(msgspec.Struct, frozen=True):
    """A batch on its way to the log, and how often the world had been read back from the log when it was sent."""

    future: Future[tuple[Header, ...]]
    readings: int


class Acting:
    """The one way in which anything changes. Thread-safe; decides one intent at a time, commits them in groups."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._lock = threading.RLock()
        self._standing = load(log)
        self._readings = 0
        self._last: _Sent | None = None
        self._under_way: dict[FactId, _Sent] = {}
        """By its first fact, what was sent to the log and is not durable yet."""
        self._watchers: list[Watcher] = []
        self.looking = Looking(log.replica)

    def watch(self, watcher: Watcher) -> None:
        """Tells `watcher` of every commit from now on."""
        self._watchers.append(watcher)

    def _tell(self, changes: Sequence[Change] | None) -> None:
        for watcher in self._watchers:
            watcher(changes)

    @property
    def standing(self) -> Standing:
        """The world as it stands. For the other use cases; faces never see it."""
        return self._standing

    @property
    def replica(self) -> ReplicaId:
        """This copy of the record."""
        return self._log.replica

    @property
    def lock(self) -> threading.RLock:
        return self._lock

    def do(self, intent: Intent, *, by: PersonId, now: Moment, key: str) -> Done:
        """States an intent. The same key again changes nothing and says so.

        Raises Refused with its reason, NotDurable when the disk would not take it (nothing is acknowledged, nothing
        acknowledged is lost, and the next intent starts from what is on disk).
        """
        act = Act(by, now, key, self._log.replica)
        self._recover_unwaited()
        with self._lock:
            first = _first_fact(act, "fact")
            sent, done = self._under_way.get(first), Done(already=True)
            if sent is None and self._log.find(first) is None:
                sent, done = self._decide(intent, act)
        self._wait(sent)
        return done

    def note(self, intent: Intent, *, by: PersonId, now: Moment, key: str) -> bool:
        """States an intent for which nobody waits: not until it is durable, and not while something else is decided.

        False where it was not taken. What is taken goes to the log in its turn, as everything does.
        """
        act = Act(by, now, key, self._log.replica)
        if not self._lock.acquire(blocking=False):
            return False
        try:
            first = _first_fact(act, "fact")
            if first not in self._under_way and self._log.find(first) is None:
                self._send(decide(intent, self._standing.world, act), act, "fact")
        except (Refused, LogError):
            return False
        finally:
            self._lock.release()
        return True

    def _decide(self, intent: Intent, act: Act) -> tuple[_Sent | None, Done]:
        """What an intent comes to, on its way to the log. Called under the lock."""
        try:
            decision = decide(intent, self._standing.world, act)
        except Refused as refusal:
            self._send_quietly(refusal, act)
            raise
        return self._send(decision, act, "fact"), Done(str(decision.made or ""), decision.tells)

    def _send_quietly(self, refusal: Refused, act: Act) -> None:
        """Sends what must be written although the intent is refused: word of a clash, for those read in.

        Nobody waits for it, and stating the intent again is refused again: whoever acted must not be able to tell,
        by an answer, a full disk or the time it takes, that there was anything to write.
        """
        first = _first_fact(act, "yet")
        if refusal.yet and first not in self._under_way and self._log.find(first) is None:
            self._send(Decision(refusal.yet), act, "yet")

    def _send(self, decision: Decision, act: Act, purpose: str) -> _Sent | None:
        """Folds the facts and queues them with what they change. Called under the lock, so that order is kept."""
        if not decision.says:
            return None
        drafts, changes = [], []
        new_streams: dict[StreamId, None] = {}
        for number, say in enumerate(decision.says):
            if not self._standing.knows(say.stream):
                new_streams[say.stream] = None
            draft, changed = self._stage(say, act, derive(act.key, purpose, str(number)))
            drafts.append(draft)
            changes += changed
        for stream in decision.destroyed:
            self._standing.forget(stream)
        batch = Batch(tuple(drafts), tuple(changes), tuple(new_streams), decision.destroyed)
        sent = _Sent(self._log.submit(batch), self._readings)
        self._last = self._under_way[_first_fact(act, purpose)] = sent
        sent.future.add_done_callback(lambda done: self._arrived(_first_fact(act, purpose), done, batch))
        return sent

    def _arrived(self, first: FactId, done: Future[tuple[Header, ...]], batch: Batch) -> None:
        """A batch is durable, and found in the log from now on, or it failed, and may be stated again."""
        self._under_way.pop(first, None)
        if not done.exception():
            self._tell(batch.changes)

    def _stage(self, say: Say, act: Act, fact_id: str) -> tuple[Draft, list[Change]]:
        replica = self._log.replica
        seq = self._standing.next_seq(say.stream, replica)
        said = Said(fact_id, act.by, act.now, seq, say.stream, replica)
        self._standing.reach(say.stream, replica, seq)
        return draft_of(say.fact, said), self._standing.add(say.fact, said)

    def _wait(self, sent: _Sent | None) -> None:
        if sent is None:
            return
        try:
            sent.future.result()
        except LogError:
            self._read_back(sent.readings)
            raise
        if self._standing.since_snapshot >= SNAPSHOT_EVERY:
            self.keep()

    def _recover_unwaited(self) -> None:
        """What nobody waits for may have failed: whoever acts next begins at what is on disk."""
        last = self._last
        if last is not None and last.readings == self._readings and last.future.done() and last.future.exception():
            self._read_back(last.readings)

    def _read_back(self, readings: int) -> None:
        """Goes back to what is on disk after a batch that was not written, once for all that failed with it.

        What was sent before goes first: a world read back while a batch was still on its way would lack it.
        """
        with self._lock:
            if readings != self._readings:
                return
            failure = self._last.future.exception() if self._last is not None else None
            if isinstance(failure, NotDurable):
                self._log.recover()
            self._standing = load(self._log)
            self._readings += 1
            self.looking = Looking(self._log.replica)
        self._tell(None)

    def replace(self, standing: Standing) -> None:
        """Takes another folding of the same log, after a merge."""
        with self._lock:
            self._standing = standing
            self.keep()
        self._tell(None)

    def keep(self) -> None:
        """Writes a snapshot, so that the next start need not fold everything."""
        with self._lock:
            if self._standing.since_snapshot:
                self._log.put_snapshot(SNAPSHOT, self._standing.snapshot())
                self._standing.since_snapshot = 0


def _first_fact(act: Act, purpose: str) -> FactId:
    """The id of the first fact that an act comes to: by it the same act is known again."""
    return FactId(derive(act.key, purpose, "0"))
