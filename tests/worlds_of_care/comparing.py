"""What is held against each other: everything that command, and the owner of the disk and its key, can reach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import msgspec
from tests.worlds import covered
from tests.worlds.pair import arguments
from tests.worlds_of_care.village import CARED_FOR, CARERS, COMMAND, Village

from wayhome.engines.care import stated as s
from wayhome.usecases.care.reading import CARE_READS
from wayhome.usecases.ports import Ask
from wayhome.values.ids import Id

CARE_ASKED: dict[str, dict[str, Any]] = {
    "care_case": {"case": "?case"},
    "supporters": {"case": "?case"},
    "care_counts": {"quarter": "2026-Q1"},
}
"""Arguments of the reads of care, with the id of a case that is there in the one world alone."""

READS_A_LOOK = 30
"""Of the reads, in a village with 1,200 looks; the reads of care are asked at each."""

Difference = tuple[str, str, bytes, bytes]


class Tally:
    """How often what was compared, how often the two would differ for whoever looks after people, what differed."""

    def __init__(self) -> None:
        self.compared: Counter[str] = Counter()
        self.would_show: Counter[str] = Counter()
        self.differences: list[Difference] = []
        self.taken: Counter[str] = Counter()

    def compare(self, what: str, who: str, with_care: bytes, without: bytes) -> None:
        self.compared[what] += 1
        if with_care != without:
            self.differences.append((what, who, with_care, without))


def look_around(tally: Tally, with_care: Village, without: Village, chance: Random, case: Id) -> None:
    """Every read, every read of care, and every statement of care aimed at the case, as one of command."""
    who = chance.choice(COMMAND)
    for name in chance.sample(sorted(covered.READS), k=READS_A_LOOK):
        shape = chance.choice(covered.READS[name])
        _ask(tally, f"read {name}", who, with_care, without, _read(who, name, shape, chance.choice(CARED_FOR)))
    for name in CARE_READS:
        asked = _care_read(who, name, case)
        _ask(tally, f"care {name}", who, with_care, without, asked)
        carer = chance.choice(CARERS)
        shown = _care_read(carer, name, case)
        tally.would_show[name] += shown(with_care) != shown(without)
    for intent in _aimed(with_care, chance, case):
        _ask(tally, f"state {type(intent).__name__}", who, with_care, without, _stated(who, intent))


def _ask(
    tally: Tally, what: str, who: str, with_care: Village, without: Village, ask: Callable[[Village], bytes]
) -> None:
    tally.compare(what, who, ask(with_care), ask(without))


def _read(who: str, name: str, shape: dict[str, Any], member: str) -> Callable[[Village], bytes]:
    def ask(world: Village) -> bytes:
        known = {"open": world.mission, "insider": world.ids[member], "outsider": world.ids[who]}
        guessed: dict[str, str] = defaultdict(lambda: "0" * 32)
        session = world.house.as_member(world.ids[who])
        return world.told(lambda: session.read(name, **arguments(shape, guessed, known)).value)

    return ask


def _care_read(who: str, name: str, case: Id) -> Callable[[Village], bytes]:
    asked = {key: case if value == "?case" else value for key, value in CARE_ASKED.get(name, {}).items()}

    def ask(world: Village) -> bytes:
        return world.told(lambda: world.house.as_member(world.ids[who]).care_read(name, **asked).value)

    return ask


def _stated(who: str, intent: s.CareIntent) -> Callable[[Village], bytes]:
    def ask(world: Village) -> bytes:
        return world.told(lambda: world.house.as_member(world.ids[who]).care_do(intent, key="f" * 32))

    return ask


def _aimed(world: Village, chance: Random, case: Id) -> Iterator[s.CareIntent]:
    """Statements about a case by somebody who cannot open it: refused in both worlds, in the same words."""
    member, day = world.ids[chance.choice(CARED_FOR)], world.clock.now.plus(days=3).day
    every: tuple[s.CareIntent, ...] = (
        s.TakeCase(case=case), s.LeaveCase(case=case), s.DeclareCloseness(case=case), s.NoteContact(case=case),
        s.AgreeContact(day=day, case=case), s.NoteSigns(words="pale", case=case), s.OwnFlag(flag=case),
        s.CloseFlag(flag=case), s.AnswerLadder(about=case), s.EndWatch(watch=case), s.AgreeWatch(watch=case),
        s.ReportWatch(watch=case), s.PassPromiseOn(promise=case), s.AgreeLimit(limit=case), s.CloseCase(case=case),
        s.ReopenCase(case=case), s.EraseCase(case=case), s.TakeWorry(worry=case), s.HandleHeadInjury(about=case),
        s.BeginCase(member=member), s.AdmitCarer(carer=member), s.ReleaseWords(held=case),
        s.ProposeLimit(words="rest", until=day, case=case), s.SetStage(stage="base", case=case),
        s.MakePromise(words="ask", owner=member, case=case),
    )  # fmt: skip
    yield from chance.sample(every, k=8)


def compare_disks(tally: Tally, with_care: Village, without: Village) -> None:
    """What lies on the disk, opened with the master key: facts, headers, rows, grants, timers, snapshots, drawers."""
    for what, of in _ON_DISK.items():
        tally.compare(f"disk {what}", "the owner of the server", of(with_care), of(without))


def _facts(world: Village) -> bytes:
    return msgspec.json.encode([(entry.header, _without_boxes(entry.body)) for entry in world.house.log.entries()])


def _without_boxes(body: bytes | None) -> Any:
    """A fact without what is sealed anew each time it is made: the desk's key for a carer."""
    held = msgspec.json.decode(body or b"{}")
    return {name: value for name, value in held.items() if name != "box"}


def _rows(world: Village) -> bytes:
    log = world.house.log
    return msgspec.json.encode([log.rows(Ask(view=view), None) for view in log.views()])


def _snapshots(world: Village) -> bytes:
    world.house.acting.keep()
    held = world.house.log.tables._snapshots  # type: ignore[attr-defined]  # in memory
    return msgspec.json.encode(sorted((name, len(body)) for name, body in held.items() if not name.startswith("told.")))


def _drawers(world: Village) -> bytes:
    """How many drawers, of what size, and how long all of them are."""
    sets = world.house.log.drawers._cupboard.sets.values()
    return msgspec.json.encode(
        [(one.replica, one.edition, one.size, [len(b"".join(cells)) for cells in one.drawers.values()]) for one in sets]
    )


_ON_DISK: dict[str, Callable[[Village], bytes]] = {
    "facts": _facts,
    "rows": _rows,
    "grants": lambda world: msgspec.json.encode(world.house.log.grants()),
    "timers": lambda world: msgspec.json.encode(world.house.log.timers()),
    "heads": lambda world: repr(sorted(world.house.log.heads().items())).encode(),
    "snapshots": _snapshots,
    "drawers": _drawers,
    "the length of an exchange": lambda world: b"%d" % (len(world.house.log.export_exchange({})) // 256),
}
