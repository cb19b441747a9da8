"""Who is without somebody they depend on, for care: made of open rows, so that no mission shows in it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.moves import ELSEWHERE
from wayhome.mission.rules.left_behind import left_by
from wayhome.mission.views import shapes as v
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.rows import Rows
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, PersonId, derive
from wayhome.values.when import Moment

LONG_H = 24
"""After so many hours without the one they depend on, a carer is reminded of whoever is left behind."""


class LeftBehindView(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at home, who is away of those on whom they depend, by which bonds, and since when.

    `status` is what the open record says of whoever is away. `looked_in`: when somebody in care last did, during it.
    """

    member: PersonId
    member_name: str
    without: PersonId
    without_name: str
    bonds: tuple[str, ...]
    status: str
    since: Moment
    until: Moment | None = None
    looked_in: Moment | None = None
    by_name: str = ""


class _Away(msgspec.Struct, frozen=True):
    status: str
    since: Moment
    until: Moment | None


class LeftBehindReading(Viewing):
    """What care may read of those who stay."""

    def left_behind(self) -> Seen[tuple[LeftBehindView, ...]]:
        """Who is without somebody they depend on, longest first; for carers alone."""
        rows = self._rows()
        return self._many(rows, () if self._openly else left_behind(rows, self._viewer, self._now))

    def looked_in(self) -> Seen[tuple[v.LookedInView, ...]]:
        """Who was looked in on while another was away: for carers, and each member of themselves."""
        return self._list("looked_in", v.LookedInView)


def is_carer(rows: Rows, viewer: PersonId) -> bool:
    found = rows.fetch("member", v.MemberView, key=viewer)
    return bool(found) and "carer" in found[0].duties


def left_behind(rows: Rows, viewer: PersonId, now: Moment) -> list[LeftBehindView]:
    """Nobody, for whoever is no carer."""
    if not is_carer(rows, viewer):
        return []
    away = _away(rows, now)
    roster = {member.member: member for member in rows.fetch("member", v.MemberView)}
    looked = {(one.member, one.without): one for one in rows.fetch("looked_in", v.LookedInView)}
    found: dict[tuple[PersonId, PersonId], list[str]] = {}
    for bond in rows.fetch("bond", v.BondView):
        for pair in left_by(bond.what, bond.one, bond.other):
            if pair[1] in away and pair[0] in roster and _stays(roster[pair[0]], away):
                found.setdefault(pair, []).append(bond.what)
    views = [
        _view(roster[member], roster[without], bonds, away[without], looked.get((member, without)))
        for (member, without), bonds in found.items()
    ]
    return sorted(views, key=lambda one: (one.since.ms, one.without, one.member))


def _stays(member: v.MemberView, away: dict[PersonId, _Away]) -> bool:
    return member.member not in away and member.status != "lost"


def _away(rows: Rows, now: Moment) -> dict[PersonId, _Away]:
    """Who is elsewhere now: by their duty status, or because they said for long that they cannot come."""
    since = {one.member: one.since for one in rows.fetch("absence", v.AbsenceView)}
    found: dict[PersonId, _Away] = {}
    for member in rows.fetch("member", v.MemberView):
        over = member.status_until is not None and member.status_until.ms <= now.ms
        said = [span for span in member.spans if span.start.ms <= now.ms <= span.end.ms]
        last = said[-1] if said else None
        if member.status in ELSEWHERE and not over and member.member in since:
            found[member.member] = _Away(member.status, since[member.member], member.status_until)
        elif last and not last.available and member.status != "lost" and last.start.hours_until(last.end) >= LONG_H:
            found[member.member] = _Away("cannot come", last.start, last.end)
    return found


def _view(
    member: v.MemberView, without: v.MemberView, bonds: list[str], away: _Away, looked: v.LookedInView | None
) -> LeftBehindView:
    during = looked if looked is not None and looked.at.ms >= away.since.ms else None
    return LeftBehindView(
        member=member.member,
        member_name=member.member_name,
        without=without.member,
        without_name=without.member_name,
        bonds=tuple(sorted(set(bonds))),
        status=away.status,
        since=away.since,
        until=away.until,
        looked_in=during.at if during else None,
        by_name=during.by_name if during else "",
    )


def waits_for_care(rows: Rows, viewer: PersonId, now: Moment) -> Iterator[WaitingView]:
    """Whoever has been left behind for a day and was not looked in on."""
    for one in left_behind(rows, viewer, now):
        due = _due(one)
        if one.looked_in is None and due.ms <= now.ms:
            words = f"{one.member_name} has been without {one.without_name} since {one.since.local:%Y-%m-%d %H:%M}"
            about = Id(derive(one.member, "left behind", one.without))
            yield WaitingView(what="left behind", words=f"{words}: look in on them", about=about, due=due)


def next_wait_ms(rows: Rows, viewer: PersonId, now: Moment) -> int | None:
    """When the next of those left behind will wait for a carer, without anything being written."""
    dues = (_due(one).ms for one in left_behind(rows, viewer, now) if one.looked_in is None)
    return min((due for due in dues if due > now.ms), default=None)


def _due(one: LeftBehindView) -> Moment:
    return one.since.plus(hours=LONG_H)
