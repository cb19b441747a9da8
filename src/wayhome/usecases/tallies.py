"""What several rows come to together: a line with its amendments, whose turn it is, load, how the last time went."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from wayhome.mission.rules.log import TREATMENT_ORDER
from wayhome.mission.views import shapes as v
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


def amended(line: v.LineView, amendments: Sequence[v.LineView]) -> v.LineView:
    """The line as last said, with all that it was before."""
    was: tuple[str, ...] = ()
    for amendment in amendments:
        was += (line.words,)
        line = msgspec.structs.replace(
            line,
            words=amendment.words,
            message=amendment.message or line.message,
            place=amendment.place or line.place,
            place_words=amendment.place_words or line.place_words,
            status=amendment.status or line.status,
            flags=amendment.flags,
        )
    return msgspec.structs.replace(line, was=was)


def struck(line: v.LineView, by: str) -> v.LineView:
    """The line struck through where somebody undid it."""
    return msgspec.structs.replace(line, struck=True, struck_why=f"undone by {by}") if by else line


def turn(casualty: v.CasualtyView) -> tuple[bool, bool, int, str]:
    """Who is treated first: the open before the done, a hurt healer before all, then by triage."""
    hurt_healer = casualty.heals and casualty.triage in ("red", "yellow", "")
    return (casualty.done, not hurt_healer, TREATMENT_ORDER.get(casualty.triage, 2), casualty.casualty)


LOAD_DAYS = 28


def load_h(out: Sequence[v.OutView], now: Moment) -> dict[PersonId, float]:
    """Hours on missions in the last four weeks, for each member."""
    since = now.plus(days=-LOAD_DAYS)
    load: dict[PersonId, float] = {}
    for one in out:
        start, end = max(one.departed.ms, since.ms), min((one.home or now).ms, now.ms)
        load[one.member] = load.get(one.member, 0.0) + max(0, end - start) / 3_600_000
    return load


def with_leaders(history: Sequence[v.HistoryView]) -> list[v.HistoryView]:
    """Each event with who led it by name, whether that was written or is known of the mission."""
    return [msgspec.structs.replace(event, led_by=event.led_by or event.leader_name) for event in history]


def still_never(members: Sequence[v.MemberView], history: Sequence[v.HistoryView]) -> list[v.MemberView]:
    """Members with only that which they have never done to this day: a later deed ends it."""
    done: dict[PersonId, set[str]] = {}
    for event in history:
        done.setdefault(event.member, set()).update(event.deeds)
    return [
        msgspec.structs.replace(m, never=tuple(deed for deed in m.never if deed not in done.get(m.member, ())))
        for m in members
    ]


def last_time(history: Sequence[v.HistoryView]) -> dict[PersonId, tuple[str, ...]]:
    """For each member whose last mission went badly, how."""
    last: dict[PersonId, v.HistoryView] = {}
    for event in history:
        if event.outcome and not event.wish:
            held = last.get(event.member)
            last[event.member] = event if held is None or event.on >= held.on else held
    bad = ("froze", "nearly killed", "hurt")
    return {m: (f"{e.outcome} last time ({e.on.isoformat()})",) for m, e in last.items() if e.outcome in bad}
