"""Acting: an intent is decided, its facts are made durable with what they change, then it is acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from wayhome.mission.intents.base import Intent
from wayhome.mission.rules import Act, Decision, Refused, Say, decide
from wayhome.mission.state import Said
from wayhome.usecases.ports import Batch, Change, Draft, Header, Log, NotDurable
from wayhome.usecases.standing import SNAPSHOT, Standing, draft_of, load
from wayhome.values.ids import FactId, PersonId, StreamId, derive
from wayhome.values.when import Moment

SNAPSHOT_EVERY = 2_000
"""Facts between two snapshots: folding that many takes well under a second."""


class Done(msgspec.Struct, frozen=True):
    """An intent that was written. `made` is the id of what it brought into being; `tells` is for who acted."""

    made: str = ""
    tells: tuple[str, ...] = ()
    facts: int = 0
    already: bool = False


class Acting:
    """The one way in which anything changes. Thread-safe; decides one intent at a time, commits them in groups."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._lock = threading.RLock()
        self._standing = load(log)

    @property
    def standing(self) -> Standing:
        """The world as it stands. For the other use cases; faces never see it."""
        return self._standing

    @property
    def lock(self) -> threading.RLock:
        return self._lock

    def do(self, intent: Intent, *, by: PersonId, now: Moment, key: str) -> Done:
        """States an intent. The same key again changes nothing and says so.

        Raises Refused with its reason, NotDurable when the disk would not take it (nothing is acknowledged, nothing
        acknowledged is lost, and the next intent starts from what is on disk).
        """
        act = Act(by, now, key, self._log.replica)
        with self._lock:
            if self._log.find(FactId(derive(key, "fact", "0"))) is not None:
                return Done(already=True)
            try:
                decision = decide(intent, self._standing.world, act)
            except Refused as refusal:
                if refusal.yet:
                    self._write(Decision(refusal.yet), act)
                raise
            pending = self._submit(decision, act)
        self._wait(pending)
        return Done(str(decision.made or ""), decision.tells, len(decision.says))

    def _write(self, decision: Decision, act: Act) -> None:
        self._wait(self._submit(decision, act))

    def _submit(self, decision: Decision, act: Act) -> Callable[[], tuple[Header, ...]]:
        """Folds the facts and queues them with what they change. Called under the lock, so that order is kept."""
        if not decision.says:
            return tuple
        drafts, changes = [], []
        new_streams: dict[StreamId, None] = {}
        for number, say in enumerate(decision.says):
            if not self._standing.knows(say.stream):
                new_streams[say.stream] = None
            draft, changed = self._stage(say, act, number)
            drafts.append(draft)
            changes += changed
        for stream in decision.destroyed:
            self._standing.forget(stream)
        batch = Batch(tuple(drafts), tuple(changes), tuple(new_streams), decision.destroyed)
        future = self._log.submit(batch)
        return lambda: future.result()

    def _stage(self, say: Say, act: Act, number: int) -> tuple[Draft, list[Change]]:
        replica = self._log.replica
        seq = self._standing.next_seq(say.stream, replica)
        said = Said(derive(act.key, "fact", str(number)), act.by, act.now, seq, say.stream, replica)
        self._standing.reach(say.stream, replica, seq)
        return draft_of(say.fact, said), self._standing.add(say.fact, said)

    def _wait(self, pending: Callable[[], tuple[Header, ...]]) -> None:
        try:
            pending()
        except NotDurable:
            self.reload()
            raise
        if self._standing.since_snapshot >= SNAPSHOT_EVERY:
            self.keep()

    def reload(self) -> None:
        """Goes back to what is on disk, after a write that did not become durable."""
        with self._lock:
            self._log.recover()
            self._standing = load(self._log)

    def replace(self, standing: Standing) -> None:
        """Takes another folding of the same log, after a merge."""
        with self._lock:
            self._standing = standing
            self.keep()

    def keep(self) -> None:
        """Writes a snapshot, so that the next start need not fold everything."""
        with self._lock:
            if self._standing.since_snapshot:
                self._log.put_snapshot(SNAPSHOT, self._standing.snapshot())
                self._standing.since_snapshot = 0
