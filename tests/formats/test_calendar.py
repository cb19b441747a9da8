"""The calendar feed: what is theirs, at its hours, for calendars of others to read, and nothing of a secret."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ics
import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace
from tests.conftest import Golden

from wayhome.formats.calendar import KEPT_DAYS, Diary, feed, missions_of
from wayhome.formats.calendarzones import vtimezone
from wayhome.mission.views import shapes as v
from wayhome.usecases.waiting import next_time
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment, deadline_at, zone

ZONE = "Europe/Andorra"
NOW = Moment(1_772_352_000_000, ZONE)
"""2026-03-01 09:00 in Andorra."""
NEJI, LEE, SHIZUNE = (PersonId(derive("person", name)) for name in ("Neji", "Lee", "Shizune"))
MEADOW, RIDGE, KAGEROU = (MissionId(derive("mission", name)) for name in ("meadow", "ridge", "kagerou"))


def mission(id: MissionId, name: str, **more: Any) -> v.MissionView:
    given: dict[str, Any] = {
        "state": "under way",
        "owner": SHIZUNE,
        "commander": SHIZUNE,
        "opened": NOW,
        "place": Place(42.5, 1.5),
    }
    return v.MissionView(mission=id, name=name, **(given | more))


def offer(mission: MissionId, words: str, answer: str, **more: Any) -> v.OfferView:
    given: dict[str, Any] = {
        "member_name": "Neji",
        "by_name": "Shizune",
        "made": NOW,
        "by": SHIZUNE,
        "why": "nearest to the ford",
    }
    id = Id(derive(mission, "offer", words))
    return v.OfferView(offer=id, mission=mission, mission_words=words, member=NEJI, answer=answer, **(given | more))


def diary(**more: Any) -> Diary:
    return Diary(member=v.MemberView(member=NEJI, ref="3", member_name="Neji"), **more)


FULL = Diary(
    member=v.MemberView(
        member=NEJI,
        ref="3",
        qualifications=(
            v.QualificationView(name="Rope rescue; level 2", expires=date(2026, 6, 30)),
            v.QualificationView(name="First aid", expires=date(2025, 12, 31)),
            v.QualificationView(name="First aid", expires=date(2027, 12, 31)),
            v.QualificationView(name="Swimmer"),
        ),
        spans=(
            v.SpanView(start=NOW.plus(days=1), end=NOW.plus(days=1, hours=8), available=True),
            v.SpanView(
                start=NOW.plus(days=26), end=NOW.plus(days=32), available=False, words="by the sea, with\nfriends"
            ),
        ),
    ),
    offers=(
        offer(MEADOW, "Lost hiker", "accepted", post="driver"),
        offer(RIDGE, "Ridge", "thinking", answer_by=deadline_at(NOW.plus(days=2)), post="medic"),
    ),
    missions=(
        mission(MEADOW, "Lost hiker", home_by=Deadline("2026-03-02T06:00", ZONE)),
        mission(RIDGE, "Ridge", starts=NOW.plus(days=27), hours=6.0),
    ),
    out={MEADOW: v.OutView(member=NEJI, post="driver", departed=NOW.plus(minutes=20))},
    routines=(
        v.RoutineView(
            routine=Id("r" * 32),
            member=NEJI,
            what="training",
            companion=LEE,
            companion_name="Lee",
            every_days=7,
            first=NOW,
        ),
    ),
)


def read(made: bytes) -> list[Any]:
    """Every event and task as a calendar program reads it."""
    return [one for one in Calendar.from_ical(made).walk() if one.name in ("VEVENT", "VTODO")]


def words(made: bytes) -> list[str]:
    return [str(one["SUMMARY"]) for one in read(made)]


def test_a_feed_as_it_is_written(golden: Golden) -> None:
    """A mission, an offer thought over, days off, a routine, qualifications: the bytes, to be read by a reader."""
    golden("calendar.ics", feed(FULL, now=NOW))


def test_a_second_calendar_program_reads_the_same() -> None:
    """Another library finds the same entries at the same hours."""
    made = feed(FULL, now=NOW)
    second = ics.Calendar(made.decode())
    ours = {str(one["UID"]): one for one in read(made)}
    assert {one.uid for one in (*second.events, *second.todos)} == set(ours)
    for event in second.events:
        held = ours[event.uid]["DTSTART"].dt
        begins = (
            held.astimezone(UTC)
            if isinstance(held, datetime)
            else datetime(held.year, held.month, held.day, tzinfo=UTC)
        )
        assert event.begin.datetime.astimezone(UTC) == begins
        assert event.name == str(ours[event.uid]["SUMMARY"])


@pytest.mark.parametrize(
    ("answer", "event", "task"),
    [
        ("offered", "TENTATIVE", "NEEDS-ACTION"),
        ("seen", "TENTATIVE", "NEEDS-ACTION"),
        ("ordered", "TENTATIVE", "NEEDS-ACTION"),
        ("thinking", "TENTATIVE", "IN-PROCESS"),
        ("accepted", "CONFIRMED", None),
        ("accepted with limits", "CONFIRMED", None),
        ("declined", None, None),
        ("lapsed", None, None),
        ("withdrawn", None, None),
    ],
)
def test_an_offer_shows_how_far_it_got(answer: str, event: str | None, task: str | None) -> None:
    """Unanswered it is tentative with a task to answer, accepted it is confirmed, else it is gone; its id stays."""
    one = offer(MEADOW, "Lost hiker", answer, answer_by=deadline_at(NOW.plus(hours=3)))
    made = feed(diary(offers=(one,), missions=(mission(MEADOW, "Lost hiker", starts=NOW.plus(days=1)),)), now=NOW)
    found = {entry.name: entry for entry in read(made)}
    assert {name: str(entry["STATUS"]) for name, entry in found.items()} == {
        name: status for name, status in (("VEVENT", event), ("VTODO", task)) if status
    }
    if task:
        assert found["VTODO"]["DUE"].dt == NOW.plus(hours=3).local
    if event:
        taken = feed(
            diary(offers=(replace(one, answer="accepted"),), missions=(mission(MEADOW, "Lost hiker"),)), now=NOW
        )
        assert [str(entry["UID"]) for entry in read(taken)] == [str(found["VEVENT"]["UID"])]


def test_without_hours_an_offer_is_a_task_alone() -> None:
    """Where nobody said when it starts, there is nothing to put on a day but the answer."""
    made = feed(diary(offers=(offer(MEADOW, "A", "offered"),), missions=(mission(MEADOW, "A"),)), now=NOW)
    assert [one.name for one in read(made)] == ["VTODO"]


@pytest.mark.parametrize(
    ("more", "out", "ends_h"),
    [
        ({}, {}, None),
        ({"hours": 6.0}, {}, 6),
        ({"hours": 6.0, "home_by": deadline_at(NOW.plus(hours=9))}, {}, 9),
        ({"home_by": deadline_at(NOW.plus(hours=9))}, {"home_by": deadline_at(NOW.plus(hours=4))}, 4),
        ({"home_by": deadline_at(NOW.plus(hours=9))}, {"home": NOW.plus(hours=2)}, 2),
        ({"home_by": deadline_at(NOW.plus(hours=-9))}, {}, None),
        ({"home_by": Deadline("whenever", "Nowhere/None")}, {}, None),
    ],
)
def test_a_mission_lasts_until_home(more: dict[str, Any], out: dict[str, Any], ends_h: float | None) -> None:
    """From leaving until home, else until due home, else as long as was planned; without an end where none is known."""
    held = {MEADOW: v.OutView(member=NEJI, departed=NOW, **out)}
    one = diary(offers=(offer(MEADOW, "A", "accepted"),), missions=(mission(MEADOW, "A", **more),), out=held)
    (event,) = read(feed(one, now=NOW))
    assert event["DTSTART"].dt == NOW.local
    assert (event["DTEND"].dt if "DTEND" in event else None) == (NOW.plus(hours=ends_h).local if ends_h else None)


def test_who_accepted_and_never_went_keeps_no_entry_of_what_is_over() -> None:
    """A closed mission stays in the calendar of those who were out, and leaves that of the others."""
    one = diary(offers=(offer(MEADOW, "A", "accepted"),), missions=(mission(MEADOW, "A", state="closed"),))
    assert read(feed(one, now=NOW)) == []
    went = replace(one, out={MEADOW: v.OutView(member=NEJI, departed=NOW, home=NOW.plus(hours=1))})
    assert len(read(feed(went, now=NOW))) == 1
    assert missions_of(one.offers) == (MEADOW,)


SECRET = mission(KAGEROU, "Kagerou", secret=True, starts=NOW.plus(hours=5), hours=3.0)


@pytest.mark.parametrize("answer", ["offered", "ordered", "thinking", "accepted", "accepted with limits", "declined"])
@pytest.mark.parametrize("went", [False, True])
def test_of_a_secret_mission_a_feed_holds_nothing(answer: str, went: bool) -> None:
    """Offered, ordered or under way: the bytes are those of a feed in whose world there is no such mission."""
    out = {KAGEROU: v.OutView(member=NEJI, departed=NOW)} if went else {}
    secret = offer(KAGEROU, "Kagerou", answer, post="under cover", answer_by=deadline_at(NOW.plus(hours=1)))
    with_it = replace(FULL, offers=(*FULL.offers, secret), missions=(*FULL.missions, SECRET), out={**FULL.out, **out})
    assert feed(with_it, now=NOW) == feed(FULL, now=NOW)


def test_a_mission_that_cannot_be_seen_is_taken_to_be_secret() -> None:
    """An offer whose mission is not among those read says nothing, even where busy hours are wanted."""
    one = diary(offers=(offer(KAGEROU, "Kagerou", "accepted"),))
    assert read(feed(one, now=NOW, secret_as_busy=True)) == []


def test_its_owner_may_have_the_hours_of_a_secret_mission_as_busy() -> None:
    """Where it is wanted, hours they are on one stand as busy and say "open the desk"; nothing else is there."""
    secret = offer(KAGEROU, "Kagerou", "accepted", post="under cover")
    one = diary(offers=(secret,), missions=(SECRET,))
    made = feed(one, now=NOW, secret_as_busy=True)
    (event,) = read(made)
    assert str(event["SUMMARY"]) == "Wayhome: open the desk"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (NOW.plus(hours=5).local, NOW.plus(hours=8).local)
    assert set(event) == {"UID", "DTSTAMP", "CLASS", "SUMMARY", "DTSTART", "DTEND", "TRANSP"}
    for betraying in ("Kagerou", "under cover", "Shizune", "ford", KAGEROU, secret.offer):
        assert betraying.encode() not in made


@pytest.mark.parametrize("answer", ["offered", "ordered", "thinking", "declined"])
def test_what_is_merely_asked_in_secret_is_never_busy(answer: str) -> None:
    """Only what they are on takes their time; that they were asked stays on the desk."""
    one = diary(offers=(offer(KAGEROU, "Kagerou", answer),), missions=(SECRET,))
    assert read(feed(one, now=NOW, secret_as_busy=True)) == []


def test_a_feed_names_no_person_and_no_place() -> None:
    """Other people's servers fetch it: neither the companion, nor who offered and why, nor where it is."""
    made = feed(FULL, now=NOW).decode()
    unfolded = made.replace("\r\n ", "")
    assert not [
        word for word in ("Neji", "Lee", "Shizune", "ford", "42.5", "GEO", "LOCATION", "ATTENDEE") if word in unfolded
    ]


def test_days_off_and_days_on() -> None:
    """What they said of their days: free or busy, with their own words on one line."""
    made = read(feed(diary_with_spans(), now=NOW))
    assert [(str(one["SUMMARY"]), str(one["TRANSP"])) for one in made] == [
        ("Wayhome: can come", "TRANSPARENT"),
        ("Wayhome: cannot come: by the sea, with friends", "OPAQUE"),
    ]


def diary_with_spans() -> Diary:
    return Diary(member=replace(FULL.member, qualifications=()))


def test_the_same_said_twice_is_one_entry() -> None:
    """A span said again, with other words, replaces the first: an id stands in a calendar once."""
    spans = tuple(
        v.SpanView(start=NOW, end=NOW.plus(hours=1), available=False, words=said) for said in ("dentist", "doctor")
    )
    made = feed(Diary(member=v.MemberView(member=NEJI, ref="3", spans=spans)), now=NOW)
    assert words(made) == ["Wayhome: cannot come: doctor"]


def test_a_qualification_runs_out_on_its_day() -> None:
    """All day, on the last day on which it holds; the latest of one name; none for what never runs out."""
    made = read(feed(Diary(member=replace(FULL.member, spans=())), now=NOW))
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in made] == [
        ("Wayhome: Rope rescue; level 2 runs out today", date(2026, 6, 30)),
        ("Wayhome: First aid runs out today", date(2027, 12, 31)),
    ]


@given(
    days=st.integers(0, 3000),
    every=st.integers(1, 400),
    name=st.sampled_from([ZONE, "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "UTC"]),
)
def test_a_routine_comes_when_the_desk_says_it_comes(days: int, every: int, name: str) -> None:
    """Expanded by a calendar program, a routine falls on the same hours as on the desk, however long ago it began."""
    first = Moment(NOW.ms, name)
    routine = v.RoutineView(routine=Id("r"), member=NEJI, what="a walk", every_days=every, first=first)
    now = first.plus(days=days)
    (event,) = read(feed(diary(routines=(routine,)), now=now))
    begins = event["DTSTART"].dt
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=begins.replace(tzinfo=None))
    due = next_time(routine, now)
    assert due.local.replace(tzinfo=None) == rule.after(now.at(name).local.replace(tzinfo=None), inc=True)
    assert begins.date() <= now.day


@pytest.mark.parametrize(
    "name", [ZONE, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo", "Europe/Dublin"]
)
def test_a_program_without_zone_data_finds_the_hours(name: str) -> None:
    """Read by a library that knows only what the feed says, clocks change when they change."""
    text = b"BEGIN:VCALENDAR\r\n" + vtimezone(name, 2025, 2028).to_ical() + b"END:VCALENDAR\r\n"
    told = tzical(io.StringIO(text.decode())).get(name)
    assert told is not None
    at = datetime(2025, 1, 1)
    while at < datetime(2029, 1, 1):
        here = at.replace(tzinfo=zone(name))
        if here.astimezone(UTC).astimezone(zone(name)) == here:  # else the clocks skip it: there is no such time
            assert at.replace(tzinfo=told).utcoffset() == here.utcoffset(), at
        at += timedelta(hours=11)


def test_every_zone_in_use_is_described() -> None:
    """Whatever stands under a zone's name, the feed says when that zone's clocks change."""
    spans = tuple(
        v.SpanView(start=Moment(NOW.ms + n, name), end=Moment(NOW.ms + 3_600_000, name), available=True)
        for n, name in enumerate(("Asia/Tokyo", ZONE, "UTC", "Nowhere/None"))
    )
    calendar = Calendar.from_ical(feed(Diary(member=v.MemberView(member=NEJI, ref="3", spans=spans)), now=NOW))
    assert [str(one["TZID"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Tokyo", ZONE]


def test_what_is_long_past_is_left_out() -> None:
    """Ninety days after its end an entry is gone; a feed does not grow for ever."""
    one = diary_with_spans()
    assert len(read(feed(one, now=NOW.plus(days=32 + KEPT_DAYS)))) == 1
    assert read(feed(one, now=NOW.plus(days=33 + KEPT_DAYS))) == []


def test_the_same_bytes_within_an_hour() -> None:
    """Fetched again within the hour a feed is the same, whatever order its parts were read in."""
    assert feed(FULL, now=NOW) == feed(FULL, now=NOW.plus(minutes=59))
    turned = replace(FULL, offers=FULL.offers[::-1], missions=FULL.missions[::-1], routines=FULL.routines[::-1])
    assert feed(turned, now=NOW) == feed(FULL, now=NOW)


@given(
    said=st.text(), name=st.text(min_size=1), at_ms=st.integers(-2_208_988_800_000, 221_845_392_000_000 - 86_400_000)
)
def test_any_words_and_any_moment_go_into_a_feed(said: str, name: str, at_ms: int) -> None:
    """Whatever was said and whenever it was: a feed that parses, with nothing in it that was not there."""
    at = Moment(at_ms, ZONE)
    span = v.SpanView(start=at, end=at.plus(hours=1), available=True, words=said)
    member = v.MemberView(
        member=NEJI, ref="3", spans=(span,), qualifications=(v.QualificationView(name=name, expires=at.day),)
    )
    made = feed(Diary(member=member), now=at)
    assert [one.name for one in read(made)].count("VEVENT") == 2 == len(read(made))
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


def test_a_name_in_a_right_to_left_script_stays_whole() -> None:
    """Joiners inside words are part of the words."""
    span = v.SpanView(start=NOW, end=NOW.plus(hours=1), available=True, words="می‌آیم 👩‍🚒")
    assert words(feed(Diary(member=v.MemberView(member=NEJI, ref="3", spans=(span,))), now=NOW)) == [
        "Wayhome: can come: می‌آیم 👩‍🚒"
    ]
