"""Reads from the field: the log, teams, clues, casualties, places, alarms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, takewhile
from typing import Any

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.views import shapes as v
from wayhome.usecases.rows import NothingThere, Rows
from wayhome.usecases.tallies import amended, struck, turn
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, MissionId
from wayhome.values.places import Place

PORTION = 500
"""So many lines of a log are looked through at a time where words are to be found."""


class FieldReading(Viewing):
    """What one viewer may see of the field."""

    def teams(self, mission: MissionId) -> Seen[tuple[v.TeamView, ...]]:
        """Teams, their status, last heard, last place."""
        return self._list("team", v.TeamView, scope=mission)

    def out(self, mission: MissionId | None = None) -> Seen[tuple[v.OutView, ...]]:
        """Who departed, who is home, who was handed over."""
        return self._list("out", v.OutView, scope=mission)

    def signed_in(self, mission: MissionId) -> Seen[tuple[v.SignedInView, ...]]:
        """Who is signed in at the scene."""
        return self._list("signed_in", v.SignedInView, scope=mission)

    def log(
        self,
        mission: MissionId,
        find: str = "",
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Seen[tuple[v.LineView, ...]]:
        """The log, oldest first, amendments laid over their lines; the last `limit` lines that hold `find`.

        `after` and `before` are sort keys of lines: only what stands between them, to page on from.
        """
        rows = self._rows()
        wanted = find.casefold()
        newest = self._back_from(rows, mission, before, portion=PORTION if wanted else limit)
        newer = takewhile(lambda line: after is None or line.sort > after, newest)
        found = (line for line in newer if wanted in f"{line.words} {line.message} {line.team}".casefold())
        kept = list(found if limit is None else islice(found, max(0, limit)))
        return self._many(rows, kept[::-1])

    def line(self, mission: MissionId, line: Id) -> Seen[v.LineView]:
        """One entry of the log, its amendments laid over it."""
        rows = self._rows()
        found = self._lines(rows, mission, key=line)
        if not found:
            raise NothingThere("line")
        return self._seen(rows, found[0])

    def _back_from(
        self, rows: Rows, mission: MissionId, before: str | None, *, portion: int | None
    ) -> Iterator[v.LineView]:
        """Lines from the newest back, fetched a portion at a time."""
        lay_over = self._laid_over(rows, mission)
        while portion is None or portion > 0:
            asked: dict[str, Any] = {"newest_first": True, "after_sort": before, "limit": portion}
            lines = rows.fetch("line", v.LineView, scope=mission, **asked)
            yield from map(lay_over, lines)
            if portion is None or len(lines) < portion:
                return
            before = lines[-1].sort

    def _lines(self, rows: Rows, mission: MissionId, **ask: Any) -> list[v.LineView]:
        return list(map(self._laid_over(rows, mission), rows.fetch("line", v.LineView, scope=mission, **ask)))

    def _laid_over(self, rows: Rows, mission: MissionId) -> Callable[[v.LineView], v.LineView]:
        """What lays over a line all that was said of it later: amendments, and that it was undone."""
        by_line: dict[str, list[v.LineView]] = {}
        for amendment in rows.fetch("amendment", v.LineView, scope=mission):
            by_line.setdefault(amendment.line, []).append(amendment)
        undone = {note.what: note.by_name for note in rows.fetch("line_undone", v.NoteView, scope=mission)}
        return lambda line: struck(amended(line, by_line.get(line.line, ())), undone.get(line.line, ""))

    def clues(self, mission: MissionId) -> Seen[tuple[v.ClueView, ...]]:
        """Clues by number, with their worth, and what was withdrawn and why."""
        rows = self._rows()
        clues = rows.fetch("clue", v.ClueView, scope=mission)
        gone = {n.what: n.words for n in rows.fetch("clue_withdrawn", v.NoteView, scope=mission)}
        worth = {w.clue: w.worth for w in rows.fetch("clue_worth", v.ClueWorthView, scope=mission)}
        return self._many(
            rows,
            [msgspec.structs.replace(k, withdrawn=gone.get(k.clue, ""), worth=worth.get(k.clue)) for k in clues],
        )

    def casualties(self, mission: MissionId) -> Seen[tuple[v.CasualtyView, ...]]:
        """Casualties in the order of treatment: a hurt healer first, where she could not go on otherwise."""
        rows = self._rows()
        return self._many(rows, self._casualties(rows, mission))

    def _casualties(self, rows: Rows, mission: MissionId) -> tuple[v.CasualtyView, ...]:
        found = rows.fetch("casualty", v.CasualtyView, scope=mission)
        helps: dict[str, list[str]] = {}
        for note in rows.fetch("help", v.NoteView, scope=mission):
            helps.setdefault(note.what, []).append(f"{note.words} {note.at.local:%H:%M}")
        ordered = sorted(found, key=turn)
        return tuple(
            msgspec.structs.replace(casualty, turn=number, help=tuple(helps.get(casualty.casualty, ())))
            for number, casualty in enumerate(ordered, start=1)
        )

    def places(self, mission: MissionId) -> Seen[tuple[v.PlaceView, ...]]:
        """Everyone's last known place, and from when it is."""
        rows = self._rows()
        last = {place.who: place for place in rows.fetch("place", v.PlaceView, scope=mission)}
        for place in self._places_said(rows, mission):
            held = last.get(place.who)
            if held is None or held.at.ms <= place.at.ms:
                last[place.who] = place
        return self._many(rows, [last[who] for who in sorted(last)])

    def track(self, mission: MissionId, who: str) -> Seen[tuple[v.PlaceView, ...]]:
        """Where a team or a member was, oldest first."""
        rows = self._rows()
        known = [*rows.fetch("place", v.PlaceView, scope=mission), *self._places_said(rows, mission)]
        theirs = [place for place in known if place.who.casefold() == who.strip().casefold()]
        return self._many(rows, sorted(theirs, key=lambda place: place.at.ms))

    def _places_said(self, rows: Rows, mission: MissionId) -> list[v.PlaceView]:
        """Where teams said they were, line by line, as last amended."""
        said = {place.line: place for place in rows.fetch("line_place", v.PlaceView, scope=mission)}
        amended = {a.line: a.place for a in rows.fetch("amendment", v.LineView, scope=mission) if a.place}
        undone = {note.what for note in rows.fetch("line_undone", v.NoteView, scope=mission)}
        for line, place in amended.items():
            if line in said:
                said[line] = msgspec.structs.replace(said[line], place=place)
            elif line not in undone:
                said |= {one.line: one for one in self._placed_later(rows, mission, line, place)}
        return sorted(said.values(), key=lambda place: place.at.ms)

    def _placed_later(self, rows: Rows, mission: MissionId, line: Id, place: Place) -> list[v.PlaceView]:
        """A line of a team that came by its place in an amendment."""
        lines = rows.fetch("line", v.LineView, scope=mission, key=line)
        return [v.PlaceView(who=one.team, place=place, at=one.at, line=line) for one in lines if one.team]

    def drawings(self, mission: MissionId, erased: bool = False) -> Seen[tuple[v.DrawingView, ...]]:
        """What is drawn on the map, oldest first; on demand what was erased as well, with the reason."""
        rows = self._rows()
        gone = {note.what: note.words for note in rows.fetch("drawing_erased", v.NoteView, scope=mission)}
        drawn = [
            msgspec.structs.replace(one, erased=gone.get(one.drawing, ""))
            for one in rows.fetch("drawing", v.DrawingView, scope=mission)
            if erased or one.drawing not in gone
        ]
        return self._many(rows, drawn)

    def alarms(self, mission: MissionId | None = None) -> Seen[tuple[v.AlarmView, ...]]:
        """Alarms of one mission, or all that the viewer may see; open ones first."""
        rows = self._rows()
        found = rows.fetch("alarm", v.AlarmView, scope=mission)
        return self._many(rows, sorted(found, key=lambda a: (bool(a.answered), a.at.ms, a.alarm)))

    def found(self, mission: MissionId) -> Seen[tuple[v.FoundView, ...]]:
        """Finds: who, where, in what state."""
        return self._list("found", v.FoundView, scope=mission)
