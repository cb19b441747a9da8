"""The typed log line: one grammar, nothing lost."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.formats.claimedtime import resolve
from wayhome.formats.logline import LineReader, LogWords
from wayhome.values.places import Place, distance_m
from wayhome.values.when import Moment, moment, stamp

ZONE = ZoneInfo("Europe/Andorra")
NOW = moment(datetime(2026, 3, 1, 9, 0, tzinfo=ZONE))
LKP = Place(42.5, 1.5)
WORDS = LogWords(teams=("Team 2", "Team 3", "T4", "Akamaru", "Rescue 104", "قمة"), places={"LKP": LKP})
READER = LineReader(WORDS)
FREE = LineReader()


def test_the_examples_are_read_whole() -> None:
    """The examples of the grammar give from, to, team, place, status and time."""
    line = READER.read("3 > base: at LKP, starting sweep 31TCH7803 at 0815", NOW)
    assert (line.from_, line.to, line.team, line.status) == ("Team 3", "base", "Team 3", "starting")
    assert line.claimed is not None
    assert stamp(line.claimed) == "2026-03-01T08:15:00+01:00"
    assert line.place is not None
    assert distance_m(line.place, Place(42.4743, 1.5219)) < 20
    assert line.named_place == "LKP"
    assert line.not_understood == ()


def test_a_clue_keeps_its_description() -> None:
    """A clue has its words, without place and time, and these beside it."""
    line = READER.read("team 3 to base clue boot print size 44 at 42.5063,1.5218 @0815", NOW)
    assert (line.from_, line.to, line.clue) == ("Team 3", "base", "boot print size 44")
    assert line.place == Place(42.5063, 1.5218)
    assert line.claimed == moment(datetime(2026, 3, 1, 8, 15, tzinfo=ZONE))


def test_a_casualty_keeps_triage_and_description() -> None:
    """A casualty has a triage category and what was said."""
    line = READER.read("T4 casualty conscious, broken leg triage yellow 31T CH 78 03", NOW)
    assert (line.team, line.triage, line.is_casualty, line.is_clue) == ("T4", "yellow", True, False)
    assert line.casualty == "conscious, broken leg triage yellow"
    assert line.place is not None


@pytest.mark.parametrize(
    ("text", "from_", "to"),
    [
        ("from 2 to all: weather coming in", "Team 2", "all"),
        ("2->base hello", "Team 2", "base"),
        ("Team 02 → IC: hello", "Team 2", "base"),
        ("base > T4 hold", "base", "T4"),
        ("to 3: come home", None, "Team 3"),
        ("all: radio silence", None, "all"),
        ("rescue 104 to ops: at her side", "Rescue 104", "base"),
        ("Akamaru lost the scent", "Akamaru", None),
        ("0815 3 > base: hello", "Team 3", "base"),
        ("قمة > base: مرحبا", "قمة", "base"),
        ("3 to 5 people seen", None, None),
        ("3 people seen near the lake", None, None),
        ("wind > 60 km/h", None, None),
        ("from base camp smoke is seen", None, None),
        ("12:30 lunch", None, None),
        ("", None, None),
    ],
)
def test_who_speaks_to_whom(text: str, from_: str | None, to: str | None) -> None:
    """Heads in every usual form are read; what only looks like one is left as text."""
    line = READER.read(text, NOW)
    assert (line.from_, line.to) == (from_, to)


def test_an_unknown_team_is_kept_and_flagged() -> None:
    """A team that the mission does not have is kept as typed and flagged; no other team is taken for it."""
    line = READER.read("9 > base: radio check ok", NOW)
    assert (line.from_, line.team, line.status) == ("9", None, "radio check ok")
    assert [(flag.text, "no team called '9'" in flag.reason) for flag in line.not_understood] == [("9", True)]


def test_without_a_list_any_number_is_a_team() -> None:
    """Where the mission has no list of teams, numbers are teams."""
    assert FREE.read("T07 at IC", NOW).team == "7"


def test_canned_codes() -> None:
    """A canned code says what its line says; an unknown one is flagged."""
    line = READER.read("2 F6", NOW)
    assert (line.team, line.canned, line.status) == ("Team 2", "at IC", "at IC")
    assert "no canned line F13" in READER.read("2 F13", NOW).not_understood[0].reason
    assert LineReader(LogWords(canned={"F1": "subject located"})).read("2 f1", NOW).status == "subject located"


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("2 > base: departing IC", ("departing IC",)),
        ("2 > base: we are now starting", ("starting",)),
        ("2 > base: completed assignment, enroute to IC", ("completed assignment", "en route to IC")),
        ("2 > base: SUBJECT LOCATED at 31TCH7803", ("subject located",)),
        ("2 > base: found the subject", ("subject located",)),
        ("2 requesting deputy", ("requesting deputy",)),
        ("2 > base: @0815 requesting transport", ("requesting transport",)),
        ("2 > base: out of service", ("out of service",)),
        ("2 > base: radio not working", ()),
        ("2 > base: no subject located", ()),
        ("2 > base: will be at IC later", ()),
    ],
)
def test_status_words(text: str, statuses: tuple[str, ...]) -> None:
    """Status words count where something is stated, not where it is denied or still to come."""
    assert READER.read(text, NOW).statuses == statuses


@pytest.mark.parametrize(
    ("text", "clue", "casualty"),
    [
        ("2 > base: found a clue: red hat", "red hat", None),
        ("2 located a clue, wrapper", "wrapper", None),
        ("2 F10 red glove", "red glove", None),
        ("2 > base: no clues found", None, None),
        ("2 > base: 3 casualties, one dead", None, "one dead"),
        ("2 > base: no casualties", None, None),
        ("2 > base: casualty red, femur", None, "red, femur"),
    ],
)
def test_clues_and_casualties(text: str, clue: str | None, casualty: str | None) -> None:
    """Clues and casualties are seen where stated and not where denied."""
    line = READER.read(text, NOW)
    assert (line.clue, line.casualty) == (clue, casualty)


def test_unknown_triage_is_flagged() -> None:
    """An unknown triage word gives no category and is flagged."""
    line = READER.read("T4 casualty, triage purple", NOW)
    assert line.triage is None
    assert line.is_casualty
    assert line.not_understood[0].text == "triage purple"


def test_broken_places_are_flagged_not_guessed() -> None:
    """A broken grid reference gives no place and a flag at its very span."""
    text = "3 > base: subject located at 31T CH 7800 300"
    line = READER.read(text, NOW)
    assert line.place is None
    assert text[slice(*line.not_understood[0].span)] == "31T CH 7800 300"


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("2 > base: at 0815 all well", "2026-03-01T08:15:00+01:00"),
        ("2 > base: @8:15 all well", "2026-03-01T08:15:00+01:00"),
        ("2 > base: @815 all well", "2026-03-01T08:15:00+01:00"),
        ("2 > base: @0715Z all well", "2026-03-01T08:15:00+01:00"),
        ("2 > base: at 2350 all well", "2026-02-28T23:50:00+01:00"),
        ("0815 2 > base: all well", "2026-03-01T08:15:00+01:00"),
        ("2 > base: all well at 1200 m", None),
        ("2 > base: will be at IC at 1500", None),
        ("2 > base: at 1234 5678", None),
        ("2 > base: all well", None),
    ],
)
def test_claimed_times(text: str, claimed: str | None) -> None:
    """A time given is the last such time; altitudes, plans and grids are not times."""
    line = READER.read(text, NOW)
    assert (line.claimed and stamp(line.claimed)) == claimed


def test_impossible_and_future_times_are_flagged() -> None:
    """`@2575` is no time; `@0930` at nine is still to come: both are flagged."""
    assert "no such time" in READER.read("2 > base @2575", NOW).not_understood[0].reason
    assert "still to come" in READER.read("2 > base @0930", NOW).not_understood[0].reason


def test_times_when_the_clocks_change() -> None:
    """An hour that comes twice means its nearer occurrence; one that never comes means the end of the gap."""
    first = moment(datetime(2026, 10, 25, 2, 40, tzinfo=ZONE))
    second = Moment(first.ms + 3_600_000, first.zone)
    assert resolve((2, 30), first).ms == first.ms - 600_000
    assert resolve((2, 30), second).ms == second.ms - 600_000
    spring = moment(datetime(2026, 3, 29, 3, 40, tzinfo=ZONE))
    assert stamp(resolve((2, 30), spring)) in ("2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00+01:00")


@given(st.integers(0, 23), st.integers(0, 59), st.integers(1_500_000_000, 2_000_000_000))
def test_a_claimed_time_is_close_to_now(hour: int, minute: int, now_s: int) -> None:
    """A claimed time lies at most 12 h ahead, at most 13 h back, and shows the clock time that was typed."""
    now = Moment(now_s * 1000, "Europe/Andorra")
    found = resolve((hour, minute), now)
    assert -13 * 3_600_000 <= found.ms - now.ms <= 12 * 3_600_000
    assert found.local.minute == minute


NASTY = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="0123456789 :>@.,°'\"NSEWTCHabtofrml\x00\u202e🏔שא", max_size=200),
    st.lists(
        st.sampled_from(["3", "T4", ">", "base", ":", "at", "@0815", "clue", "triage", "31TCH", "7803", "42.5063,"])
    ).map(" ".join),
)


@given(NASTY)
def test_no_text_is_lost_or_breaks_the_reader(text: str) -> None:
    """Any text is a line: kept verbatim, its message a tail of it, every flag and place inside it."""
    for reader in (READER, FREE):
        line = reader.read(text, NOW, LKP)
        assert line.text == text
        assert text.endswith(line.message)
        for span in [flag.span for flag in line.not_understood] + [found.span for found in line.places]:
            assert 0 <= span[0] <= span[1] <= len(text)


@pytest.mark.parametrize("piece", ["1 ", "31T CH 12 ", "@", "a", " ", "12.3456,", "now ", "3 > ", "🏔️", "\x00", "שלום "])
def test_a_hundred_kilobytes_are_read_at_once(piece: str) -> None:
    """A line of 100 kB is kept whole, in well under a second, and says that not all was searched."""
    text = (piece * 100_000)[:100_000]
    start = time.perf_counter()
    line = READER.read(text, NOW, LKP)
    assert time.perf_counter() - start < 1
    assert line.text == text
    assert "all of it is kept" in line.not_understood[-1].reason


def test_five_thousand_lines_a_second() -> None:
    """Ordinary lines are read at 5,000 a second and more."""
    lines = [
        "3 > base: at LKP, starting sweep 31TCH7803 at 0815",
        "2 F6",
        "T4 casualty conscious, triage red 42.5063,1.5218",
    ]
    READER.read(lines[0], NOW)
    best = min(_seconds(lines * 200) for _ in range(3))
    assert best < 600 / 5_000


def _seconds(lines: list[str]) -> float:
    start = time.process_time()
    for line in lines:
        READER.read(line, NOW, LKP)
    return time.process_time() - start
