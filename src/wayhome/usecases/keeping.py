"""Keeping the record: verifying it, and merging what another laptop wrote."""

from __future__ import annotations

import msgspec

from wayhome.mission.rules.common import sees
from wayhome.mission.state import World
from wayhome.usecases.acting import Acting
from wayhome.usecases.ports import Ask, Change, Finding, Grant, Log, Row, Timer
from wayhome.usecases.standing import rebuild
from wayhome.values.ids import MissionId, PersonId, StreamId
from wayhome.values.when import Moment


def verify(log: Log) -> list[Finding]:
    """Checks every chain and signature, folds everything anew and compares each row, mark and timer."""
    found = log.verify()
    standing, changes = rebuild(log.entries())
    found += [Finding(f"fact {header.id} in {header.stream}", why) for header, why in standing.unread]
    return found + _differences(log, changes)


def _differences(log: Log, changes: list[Change]) -> list[Finding]:
    rows = {(c.view, c.scope, c.key): c for c in changes if isinstance(c, Row)}
    views = {row.view for row in rows.values()} | set(log.views())
    held = {(r.view, r.scope, r.key): r for view in sorted(views) for r in log.rows(Ask(view), None)}
    found = [Finding(f"row {' / '.join(k)}", "is missing: the log says it should be there") for k in rows.keys() - held]
    found += [Finding(f"row {' / '.join(k)}", "stands, and nothing in the log says so") for k in held.keys() - rows]
    found += [
        Finding(f"row {' / '.join(key)}", "differs from what the log gives")
        for key in rows.keys() & held.keys()
        if rows[key] != held[key]
    ]
    grants = {(c.person, c.mark) for c in changes if isinstance(c, Grant)}
    marks = {(g.person, g.mark) for g in log.grants()}
    found += [Finding(f"mark {mark} of {person}", "differs from what the log gives") for person, mark in grants ^ marks]
    timers = {(c.id, c.due_ms) for c in changes if isinstance(c, Timer)}
    due = {(t.id, t.due_ms) for t in log.timers()}
    found += [Finding(f"timer {name}", "differs from what the log gives") for name, _ in timers ^ due]
    return sorted(found, key=lambda finding: finding.where)


class Merged(msgspec.Struct, frozen=True):
    """What a merge brought: new facts, facts that were here before, clocks ahead, open conflicts, what was wrong.

    All are counted as whoever merges may see them: facts of missions they are not read in to are in none.
    """

    new: int
    already_held: int
    skewed: int
    findings: tuple[Finding, ...]
    conflicts: int


def merge(log: Log, acting: Acting, exchange: bytes, now: Moment, *, by: PersonId) -> Merged:
    """Takes in what another laptop wrote, all or nothing, and folds everything anew. Raises LogError."""
    with acting.lock:
        heads, before = log.heads(), open_conflicts(acting.standing.world, by)
        taken = log.ingest(exchange, now=now)
        standing, changes = rebuild(log.entries())
        log.replace_projections(changes)
        acting.replace(standing)
        world = standing.world
    new = [header for header in taken.new if _may_count(world, header.stream, by)]
    return Merged(
        new=len(new),
        already_held=sum(seq for (stream, _), seq in heads.items() if _may_count(world, stream, by)),
        skewed=len({header.id for header in new} & set(taken.skewed)),
        findings=taken.findings,
        conflicts=open_conflicts(world, by) - before,
    )


def _may_count(world: World, stream: StreamId, by: PersonId) -> bool:
    what, _, name = stream.partition(":")
    mission = world.missions.get(MissionId(name)) if what == "m" else None
    return mission is None or sees(mission, by)


def open_conflicts(world: World, by: PersonId) -> int:
    """How many conflicts are open in missions that somebody may know of."""
    seen = (mission for mission in world.missions.values() if sees(mission, by))
    return sum(1 for mission in seen for c in mission.conflicts.values() if not c.settled)


def rebuild_rows(log: Log, acting: Acting) -> None:
    """Throws the projections away and makes them anew from the log."""
    with acting.lock:
        standing, changes = rebuild(log.entries())
        log.replace_projections(changes)
        acting.replace(standing)
