"""What was typed in the last minute, and what each line changed of its team: so much can be undone.

A team's status and place are what the last line that gave one said; a team was heard when the latest of its lines was
said. Undoing a line leaves what the others alone would have left, unless something else has changed it since.
"""

from __future__ import annotations

import msgspec

from wayhome.mission.facts.field import LineLogged
from wayhome.mission.state import Mission, Team, Typed
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

UNDO_MS = 60_000
"""So long after it was typed a line can be undone."""

STATUS, PLACE, HEARD = "status", "place", "heard"
"""What a line changes; HEARD with a member's id after it: when somebody who is listened for was heard."""


def remember(mission: Mission, typed: Typed) -> None:
    """Keeps a line for a minute, and forgets those before."""
    while mission.recent:
        oldest = next(iter(mission.recent.values()))
        if abs(typed.at.ms - oldest.at.ms) <= UNDO_MS:
            break
        del mission.recent[oldest.line]
    mission.recent[typed.line] = typed


def steps_of(mission: Mission, team: Team, fact: LineLogged) -> dict[str, tuple[str | None, str]]:
    """What a line is about to change: under each name what that is before, and what the line gives."""
    given = {HEARD: said(fact.at)}
    given |= {HEARD + member: said(fact.at) for member in team.members if member in mission.watches}
    if fact.status:
        given[STATUS] = fact.status
    if fact.place:
        given[PLACE] = said(fact.place)
    return {name: (standing(mission, team, name), value) for name, value in given.items()}


def standing(mission: Mission, team: Team, name: str) -> str | None:
    """How it is now, as `said` writes it."""
    if name == STATUS:
        return team.status
    if name == PLACE:
        place = mission.last_places.get(team.name)
        return said(place) if place else None
    watch = mission.watches.get(PersonId(name.removeprefix(HEARD)))
    heard = team.heard if name == HEARD else watch.heard if watch else None
    return said(heard) if heard else None


def said(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


def undo(mission: Mission, typed: Typed) -> None:
    """What was before the line is from now on what was before the next that changed the same."""
    for name in typed.steps:
        for one, was in _rewritten(mission, typed, name)[0]:
            one.steps[name] = (was, one.steps[name][1])
    typed.undone = True


def left_without(mission: Mission, typed: Typed) -> dict[str, str | None]:
    """What of the team would be otherwise without the line, and how; nothing that something else has changed since."""
    team = mission.teams.get(typed.team) if typed.team else None
    left: dict[str, str | None] = {}
    for name in typed.steps if team else ():
        ends = _rewritten(mission, typed, name)[1]
        if team and ends and ends[0] == standing(mission, team, name) and ends[0] != ends[1]:
            left[name] = ends[1]
    return left


Ends = tuple[str | None, str | None]


def _rewritten(mission: Mission, typed: Typed, name: str) -> tuple[list[tuple[Typed, str | None]], Ends | None]:
    """What would have been before each later line that changed the same, and how it ends with the line and without.

    Without an end where something other than lines came between: from there on nothing of the line was left.
    """
    was, gave = typed.steps[name]
    held, without = _after(name, was, gave), was
    changes: list[tuple[Typed, str | None]] = []
    for one in _later(mission, typed):
        if name not in one.steps:
            continue
        was, gave = one.steps[name]
        if was != held:
            return changes, None
        changes.append((one, without))
        if not one.undone:
            held, without = _after(name, held, gave), _after(name, without, gave)
    return changes, (held, without)


def _after(name: str, was: str | None, gave: str) -> str:
    """How it is after a line: as the line gives it, but heard is whoever was heard, last of all."""
    if was is None or not name.startswith(HEARD):
        return gave
    before, after = (msgspec.json.decode(value, type=Moment) for value in (was, gave))
    return gave if after.ms > before.ms else was


def _later(mission: Mission, typed: Typed) -> list[Typed]:
    """Lines of the same team after this one."""
    lines = [*mission.recent]
    after = lines[lines.index(typed.line) + 1 :] if typed.line in mission.recent else []
    return [mission.recent[line] for line in after if mission.recent[line].team == typed.team]
