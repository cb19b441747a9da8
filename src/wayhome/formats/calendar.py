"""A member's calendar feed (iCalendar, RFC 5545), made of what they themselves see.

A feed is fetched by other people's servers, again and again, without anybody looking. It therefore names no person
and no place at all, and of a secret mission it holds nothing: with and without one, the bytes are the same. Only where
its owner asks for it, the hours of a secret mission they are on stand there as busy, with words that say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final
from unicodedata import category

import icalendar
import msgspec

from wayhome.formats.calendarzones import vtimezone
from wayhome.mission.views import shapes as v
from wayhome.values.ids import MissionId, derive
from wayhome.values.when import Deadline, Moment

KEPT_DAYS: Final = 90
"""What ended longer ago is no longer in the feed."""
MOST_YEARS: Final = 10
"""For no more years than these a feed says when the clocks change."""
ROUTINE_YEARS: Final = 3
"""So far ahead for what comes again and again; a feed is fetched anew long before."""
REFRESH: Final = timedelta(hours=1)

UNANSWERED: Final = frozenset({"offered", "seen", "ordered", "thinking"})
ACCEPTED: Final = frozenset({"accepted", "accepted with limits"})
OVER: Final = frozenset({"closed", "refused"})
SECRET_WORDS: Final = "open the desk"


class Diary(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed is made of: the values of reads that its owner made, as its owner.

    `offers` are theirs (`my_offers`), `missions` those they see, `out` their own row of each mission they went on,
    `routines` theirs. An offer for a mission that is not among `missions` is taken to be secret.
    """

    member: v.MemberView
    offers: tuple[v.OfferView, ...] = ()
    missions: tuple[v.MissionView, ...] = ()
    out: dict[MissionId, v.OutView] = {}
    routines: tuple[v.RoutineView, ...] = ()


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in a calendar. A day, or a moment with or without an end; `to_do` is no event but a task."""

    uid: str
    words: str
    begins: Moment | date
    ends: Moment | None = None
    status: str = ""
    busy: bool = False
    to_do: bool = False
    every_days: int | None = None

    @property
    def last_day(self) -> date:
        last = self.ends or self.begins
        return last.day if isinstance(last, Moment) else last

    @property
    def order(self) -> tuple[str, str]:
        return (str(self.begins.utc if isinstance(self.begins, Moment) else self.begins), self.uid)


def missions_of(offers: Iterable[v.OfferView]) -> tuple[MissionId, ...]:
    """Of which missions `Diary.out` needs the member's own row: those they accepted."""
    return tuple(dict.fromkeys(offer.mission for offer in offers if offer.answer in ACCEPTED))


def feed(diary: Diary, *, now: Moment, secret_as_busy: bool = False) -> bytes:
    """The feed, as `text/calendar`. The same diary within the same hour gives the same bytes."""
    since = now.day - timedelta(days=KEPT_DAYS)
    made = (*_missions(diary, secret_as_busy), *_spans(diary), *_routines(diary, since), *_qualifications(diary))
    recent = {one.uid: one for one in made if one.every_days or one.last_day >= since}
    kept = sorted(recent.values(), key=lambda one: one.order)
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//Wayhome//Wayhome//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", "Wayhome")
    calendar.add("NAME", "Wayhome")
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT1H")
    for name, first_year, last_year in _zones(kept):
        calendar.add_component(vtimezone(name, first_year, last_year))
    stamped = now.utc.replace(minute=0, second=0, microsecond=0)
    for entry in kept:
        calendar.add_component(_component(entry, stamped))
    return bytes(calendar.to_ical())


# Missions and offers


def _missions(diary: Diary, secret_as_busy: bool) -> Iterator[_Entry]:
    missions = {mission.mission: mission for mission in diary.missions}
    for offer in diary.offers:
        mission, out = missions.get(offer.mission), diary.out.get(offer.mission)
        if mission is None or mission.secret:
            if mission is not None and secret_as_busy and _is_on(offer, mission, out):
                begins, ends = _hours(offer, mission, out)
                uid = _uid("busy", offer.offer)
                yield _Entry(uid=uid, words=SECRET_WORDS, begins=begins, ends=ends, busy=True)
        elif _is_on(offer, mission, out):
            yield _on_mission(offer, mission, out)
        elif offer.answer in UNANSWERED:
            yield from _asked(offer, mission)


def _is_on(offer: v.OfferView, mission: v.MissionView, out: v.OutView | None) -> bool:
    return offer.answer in ACCEPTED and (out is not None or mission.state not in OVER)


def _on_mission(offer: v.OfferView, mission: v.MissionView, out: v.OutView | None) -> _Entry:
    words = _about(mission.name, (out.post if out else "") or offer.post)
    begins, ends = _hours(offer, mission, out)
    uid = _uid("mission", offer.offer)
    return _Entry(uid=uid, words=words, begins=begins, ends=ends, status="CONFIRMED", busy=True)


def _asked(offer: v.OfferView, mission: v.MissionView) -> Iterator[_Entry]:
    """The hours, tentatively, where they are known; and the answer, as something to do by then."""
    about, thinking = _about(mission.name, offer.post), offer.answer == "thinking"
    if mission.starts is not None:
        words = f"{about} ({'thinking it over' if thinking else 'not answered'})"
        begins, ends = _hours(offer, mission, None)
        yield _Entry(uid=_uid("mission", offer.offer), words=words, begins=begins, ends=ends, status="TENTATIVE")
    yield _Entry(
        uid=_uid("answer", offer.offer),
        words=f"{'acknowledge' if offer.order else 'answer'}: {about}",
        begins=offer.made,
        ends=_deadline(offer.answer_by),
        status="IN-PROCESS" if thinking else "NEEDS-ACTION",
        to_do=True,
    )


def _about(mission: str, post: str) -> str:
    return f"{mission}: {post}" if post else mission


def _hours(offer: v.OfferView, mission: v.MissionView, out: v.OutView | None) -> tuple[Moment, Moment | None]:
    """From when until when somebody is on a mission, as far as that is known."""
    begins = (out.departed if out else None) or mission.starts or offer.made
    due = _deadline((out.home_by if out else None) or mission.home_by)
    planned = begins.plus(hours=mission.hours) if mission.hours else None
    return begins, (out.home if out else None) or due or planned


def _deadline(deadline: Deadline | None) -> Moment | None:
    """When it falls due; None for one that another laptop wrote and this one cannot read."""
    try:
        return deadline.moment() if deadline else None
    except (ValueError, OverflowError):
        return None


# What else is theirs


def _spans(diary: Diary) -> Iterator[_Entry]:
    for span in diary.member.spans:
        can = "can come" if span.available else "cannot come"
        yield _Entry(
            uid=_uid("span", f"{diary.member.member}.{span.start.ms}.{span.end.ms}.{can}"),
            words=_about(can, span.words),
            begins=span.start,
            ends=span.end,
            busy=not span.available,
        )


def _routines(diary: Diary, since: date) -> Iterator[_Entry]:
    """With no length, since none was said, and without the companion: a feed names no person."""
    for one in diary.routines:
        uid = _uid("routine", one.routine)
        yield _Entry(uid=uid, words=one.what, begins=_time_since(one, since), every_days=one.every_days)


def _time_since(routine: v.RoutineView, since: date) -> Moment:
    """The last time that a routine came before a day, at its hour on the wall; its first time where it came later."""
    first = routine.first.local.replace(tzinfo=None)
    rounds = max(0, (since - first.date()).days // routine.every_days)
    if not rounds:
        return routine.first
    return Deadline((first + timedelta(days=rounds * routine.every_days)).isoformat(), routine.first.zone).moment()


def _qualifications(diary: Diary) -> Iterator[_Entry]:
    """The day on which each runs out; of several of one name the last counts."""
    last = {q.name: q.expires for q in sorted(diary.member.qualifications, key=lambda q: q.expires or date.max)}
    for name, expires in last.items():
        if expires is not None:
            uid = _uid("qualification", f"{diary.member.member}.{name}")
            yield _Entry(uid=uid, words=f"{name} runs out today", begins=expires)


# Writing


def _uid(kind: str, of: str) -> str:
    """Stays the same however an entry changes, and tells nothing of what it is derived from."""
    return f"{derive(of, 'calendar', kind)}@wayhome"


def _component(entry: _Entry, stamped: datetime) -> icalendar.Event | icalendar.Todo:
    component = icalendar.Todo() if entry.to_do else icalendar.Event()
    component.add("UID", entry.uid)
    component.add("DTSTAMP", stamped)
    component.add("CLASS", "PRIVATE")
    component.add("SUMMARY", f"Wayhome: {_clean(entry.words)}")
    begins = entry.begins
    component.add("DTSTART", _at(begins) if isinstance(begins, Moment) else begins)
    if isinstance(begins, Moment) and entry.ends is not None and entry.ends.ms - begins.ms >= 1000:
        component.add("DUE" if entry.to_do else "DTEND", _at(entry.ends))
    if entry.status:
        component.add("STATUS", entry.status)
    if not entry.to_do:
        component.add("TRANSP", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.every_days:
        component.add("RRULE", {"FREQ": "DAILY", "INTERVAL": entry.every_days})
    return component


def _clean(words: str) -> str:
    """On one line, without what a calendar cannot hold: control characters and lone surrogates."""
    return " ".join("".join(" " if category(letter) in ("Cc", "Cs") else letter for letter in words).split())


def _at(moment: Moment) -> datetime:
    """To the second, on the wall of its zone; in UTC where this machine does not know the zone."""
    return moment.local.replace(microsecond=0)


def _zones(entries: Iterable[_Entry]) -> list[tuple[str, int, int]]:
    """Every zone in use, with the first and the last year for which it is described."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        for at in (entry.begins, entry.ends):
            local = _at(at) if isinstance(at, Moment) else None
            name = getattr(local.tzinfo, "key", "UTC") if local else "UTC"
            if local and name != "UTC":
                years.setdefault(name, set()).update(
                    {local.year, local.year + (ROUTINE_YEARS if entry.every_days else 1)}
                )
    return [(name, min(found), min(max(found), min(found) + MOST_YEARS)) for name, found in sorted(years.items())]
