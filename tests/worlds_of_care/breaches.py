"""Ways in which care could show to whom it must not, planted one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from wayhome.engines.care.stated import AdmitCarer
from wayhome.log import cells
from wayhome.log.drawers import Drawers
from wayhome.mission.intents.care import CountVisit
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Done
from wayhome.usecases.care.desk import CareDesk
from wayhome.usecases.ports import Batch, Change, Row, Timer
from wayhome.values.ids import OPEN, ORGANISATION, Id, derive

Breach = Callable[[pytest.MonkeyPatch], None]
Leak = Callable[[CareDesk, Done], None]


def _after_each(leak: Leak) -> Breach:
    """Does something more whenever anything was stated in care."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        before = CareDesk.do

        def do(self: CareDesk, intent: Any, *, key: str | None = None) -> Done:
            done = before(self, intent, key=key)
            if not isinstance(intent, AdmitCarer):
                leak(self, done)
            return done

        patch.setattr(CareDesk, "do", do)

    return plant


def _count_it(desk: CareDesk, done: Done) -> None:
    """Whatever is stated in care counts as a visit, whether or not anybody agreed that it shows."""
    now, person = desk._now(), desk._ring.person
    counted = CountVisit(member=person, minutes=30, on=now.day)
    desk._acting.do(counted, by=person, now=now, key=derive("leak", done.made, str(now.ms)))


def _written(change: Callable[[CareDesk, Id], Change]) -> Leak:
    def leak(desk: CareDesk, done: Done) -> None:
        desk._log.submit(Batch((), (change(desk, derive("leak", done.made)),))).result()

    return leak


def _as_timer(desk: CareDesk, about: Id) -> Change:
    """That something was stated falls due in ten years."""
    return Timer(about, desk._now().plus(days=3_650).ms, desk._log.replica, ORGANISATION)


def _as_row(desk: CareDesk, about: Id) -> Change:
    """A row says that somebody stated something."""
    return Row("care_said", "", about, OPEN, "", b"{}")


def _by_a_refusal(patch: pytest.MonkeyPatch) -> None:
    """Once anything was stated in care, a refusal says so."""
    said: set[int] = set()
    before = CareDesk.do

    def do(self: CareDesk, intent: Any, *, key: str | None = None) -> Done:
        try:
            done = before(self, intent, key=key)
        except Refused as refusal:
            if id(self._means) in said:
                raise Refused(refusal.code, f"{refusal.text} (there are cases)") from None
            raise
        if not isinstance(intent, AdmitCarer):
            said.add(id(self._means))
        return done

    patch.setattr(CareDesk, "do", do)


def _by_a_read(patch: pytest.MonkeyPatch) -> None:
    """Letters that somebody opened are open to whoever comes after."""
    before = Drawers.read
    opened: dict[int, dict[str, Any]] = {}

    def read(self: Drawers, ring: Any) -> list[Any]:
        found = opened.setdefault(id(self), {})
        found.update({letter.id: letter for letter in before(self, ring)})
        return sorted(found.values(), key=lambda letter: (letter.at.ms, letter.id))

    patch.setattr(Drawers, "read", read)


def _by_size(patch: pytest.MonkeyPatch) -> None:
    """A drawer gets longer with what is in it."""
    before = Drawers.write

    def write(self: Drawers, ring: Any, letters: Any) -> None:
        before(self, ring, letters)
        self._store._cupboard.mine.drawers[ring.public].append(cells.noise())

    patch.setattr(Drawers, "write", write)


BREACHES: dict[str, Breach] = {
    "a fact": _after_each(_count_it),
    "a timer": _after_each(_written(_as_timer)),
    "a row": _after_each(_written(_as_row)),
    "a refusal": _by_a_refusal,
    "a read": _by_a_read,
    "size": _by_size,
}
