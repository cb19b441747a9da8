"""The board: what is open, who is out, who came home, in one read that stays quick with thousands of closed missions.

Rows of every mission are looked at by their state alone; what is shown in full, and named, are the open ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.moves import MISSION_STATES
from wayhome.mission.state import ACCEPTED
from wayhome.mission.views import shapes as v
from wayhome.usecases.reading_field import FieldReading
from wayhome.usecases.rows import Rows
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Moment

OVER = frozenset({"closed", "refused"})
ASKED = frozenset({"offered", "seen"})
RECENT = 20
"""So many missions that are over are named; the others are found by their name."""


class Glance(v.View, frozen=True, kw_only=True):
    """What of a mission's row says whether it is on the board."""

    mission: MissionId
    name: str
    state: str
    opened: Moment
    owner: PersonId
    commander: PersonId


class BoardMission(msgspec.Struct, frozen=True, kw_only=True):
    """One open mission. `overdue` are the names of teams that have been silent for too long."""

    mission: v.MissionView
    overdue: tuple[str, ...]
    alarms: int
    asked: int
    thinking: int
    accepted: int


class BoardPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who departed on an open mission. `late`: still out after the time they were due home."""

    mission: MissionId
    mission_name: str
    gone: v.OutView
    late: bool


class BoardView(msgspec.Struct, frozen=True, kw_only=True):
    """Open missions, the most urgent first; who is out, the longest due first; who is home or handed over."""

    missions: tuple[BoardMission, ...]
    out: tuple[BoardPerson, ...]
    home: tuple[BoardPerson, ...]
    over: int
    recent: tuple[Glance, ...]


def urgency(held: v.MissionView) -> tuple[int, int, int]:
    """Its place on the board: by urgency as it was scored, then by state, then the newest first."""
    bands = ("urgent", "highest", "measured", "intermediate")
    band = next((place for place, word in enumerate(bands) if held.urgency.startswith(word)), len(bands))
    return band, MISSION_STATES.index(held.state), -held.opened.ms


def overdue(team: v.TeamView, now: Moment) -> bool:
    """Whether a team has been silent for longer than was agreed."""
    return bool(team.overdue_min and team.heard and now.ms - team.heard.ms >= team.overdue_min * 60_000)


class BoardReading(FieldReading):
    """The board of one viewer."""

    def board(self) -> Seen[BoardView]:
        """Open missions with what is wrong in them, who is out and due when, who is home, and how many are over."""
        rows = self._rows()
        known = rows.fetch("mission", Glance)
        over = [one for one in known if one.state in OVER]
        shown = [self._must_see(rows, one.mission) for one in known if one.state not in OVER]
        missions = tuple(self._card(rows, held) for held in sorted(shown, key=urgency))
        people = [person for held in shown for person in self._people(rows, held)]
        still = [one for one in people if one.gone.home is None and not one.gone.handed_to]
        view = BoardView(
            missions=missions,
            out=tuple(sorted(still, key=_due)),
            home=tuple(one for one in people if one not in still),
            over=len(over),
            recent=tuple(sorted(over, key=lambda one: -one.opened.ms)[:RECENT]),
        )
        return self._seen(rows, view)

    def _card(self, rows: Rows, held: v.MissionView) -> BoardMission:
        offers = Counter(offer.answer for offer in rows.fetch("offer", v.OfferView, scope=held.mission))
        teams = rows.fetch("team", v.TeamView, scope=held.mission)
        alarms = rows.fetch("alarm", v.AlarmView, scope=held.mission)
        return BoardMission(
            mission=held,
            overdue=tuple(team.name for team in teams if overdue(team, self._now)),
            alarms=sum(not alarm.answered for alarm in alarms),
            asked=sum(offers[answer] for answer in ASKED),
            thinking=offers["thinking"],
            accepted=sum(offers[answer] for answer in ACCEPTED),
        )

    def _people(self, rows: Rows, held: v.MissionView) -> Iterator[BoardPerson]:
        for gone in rows.fetch("out", v.OutView, scope=held.mission):
            due_ms = gone.home_by.moment().ms if gone.home_by else None
            late = gone.home is None and not gone.handed_to and due_ms is not None and due_ms <= self._now.ms
            yield BoardPerson(mission=held.mission, mission_name=held.name, gone=gone, late=late)


def _due(one: BoardPerson) -> tuple[int, int]:
    """Who is due first stands first; who is due at no time said comes after."""
    due = one.gone.home_by.moment().ms if one.gone.home_by else None
    return (0, due) if due is not None else (1, one.gone.departed.ms)
