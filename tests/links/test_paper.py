"""Sheets as PDF: everything on them, in every script, the same bytes every time."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.conftest import Golden

from wayhome.links import paper
from wayhome.links.paper import (
    BriefedTeam,
    Briefing,
    Casualty,
    Channel,
    Clue,
    Form,
    Heading,
    LogEntry,
    LogSheet,
    Mark,
    PaperError,
    Person,
    Report,
    Resource,
    Section,
)
from wayhome.values.places import Place
from wayhome.values.when import Moment

ZONE = "Europe/Andorra"
AT = Moment(1_772_349_300_000, ZONE)
HEADING = Heading(
    organisation="Andorra Mountain Rescue",
    mission="Missing hiker, Coma Pedrosa",
    number="K7MPQ2",
    rank="urgent search",
    zone=ZONE,
    printed_at=AT.plus(hours=9),
    printed_by="Ana Ferrer",
    marking="Contains medical information",
)
HUT, LKP = Place(42.5902, 1.4443), Place(42.5806, 1.4612)
DRAFT = (
    "The warden raised the alarm at 0640. Two teams went out. The hiker was found at 1120 below the north gully with a "
    "broken leg.\n\nTwo survivors. Nobody was supposed to be in the area."
)
OFFICIAL = (
    "The hut warden raised the alarm at 0640. Two teams and a dog went out. The hiker was found alive at 1124 below "
    "the north gully with a broken lower leg.\n\nNobody was supposed to be in the area; a second party was met at 1010."
)
TIMELINE = (
    LogEntry(number=1, at=AT, from_="Team 1", to="base", words="departing IC", status="departing IC", operator="Ana"),
    LogEntry(number=2, at=AT.plus(minutes=42), from_="Team 2", to="base", operator="Ana",
             words="at the hut, starting sweep", status="starting", place=HUT),
    LogEntry(number=3, at=AT.plus(minutes=95), from_="Team 2", to="base", operator="Pau", place=LKP,
             words="clue: boot print size 44, heading north", was=("clue: boot print size 41",)),
    LogEntry(number=4, at=AT.plus(minutes=130), from_="Team 1", to="base", operator="Pau", relayed=True,
             words="no place read: 31T CH 7800 300", flags=("'31T CH 7800 300': 4 and 3 digits: is one missing?",)),
    LogEntry(number=5, at=AT.plus(minutes=189), from_="Team 2", to="base", words="subject located, casualty conscious",
             status="subject located", place=Place(42.5841, 1.4590), operator="山田 太郎"),
)  # fmt: skip
REPORT = Report(
    heading=HEADING,
    state="official",
    written_by="Ana Ferrer",
    written_at=AT.plus(hours=8),
    text=OFFICIAL,
    before=DRAFT,
    before_by="Pau Riba",
    before_at=AT.plus(hours=5),
    facts=(
        ("Alarm", "1 Mar 2026 0640, hut warden by radio"),
        ("Subject", "Jordi M., 54, hiker"),
        ("Last known position", "31T CH 73510 15420, seen by the warden, 28 Feb 1630"),
        ("Commander", "Ana Ferrer"),
        ("Outcome", "found alive, injured; flown to hospital 1240"),
    ),
    people=(
        Person(name="Ana Ferrer", role="commander", out_at=AT, home_at=AT.plus(hours=7), how="home"),
        Person(name="محمد علي", role="leader", team="Team 1", out_at=AT, home_at=AT.plus(hours=7), how="home"),
        Person(name="山田 太郎 🏔️", role="medic", team="Team 2", out_at=AT, home_at=AT.plus(hours=6), how="hospital"),
        Person(name="Łukasz Żółć", role="searcher", team="Team 2", out_at=AT),
    ),
    casualties=(Casualty(who="Jordi M.", triage="yellow", condition="conscious, broken lower leg, cold",
                         treated_by="山田 太郎", outcome="flown to hospital"),),
    clues=(Clue(label="1", words="boot print size 44, heading north", place=LKP, found_at=AT.plus(minutes=95),
                found_by="Team 2", instruction="photograph"),),
    marks=(Mark("survivors", "Two survivors", "draft, Pau Riba"),),
    exceptions=("Łukasz Żółć (probationary) went out without his mentor: short-handed. Allowed by Ana Ferrer, 0702.",),
    failed_assumptions=("Nobody in the area: a party of three was met at 1010.",),
    timeline=TIMELINE,
    sections=(Section("Weather", "Clear, -4 °C at the hut, wind north 30 km/h."),),
)  # fmt: skip
LOG = LogSheet(
    heading=HEADING, period_from=AT, period_to=AT.plus(hours=12), unit="Channel 1, 146.520 MHz", operator="Pau Riba",
    entries=TIMELINE, resources=(Resource("Ana Ferrer", "incident commander", "Andorra Mountain Rescue"),),
)  # fmt: skip
BRIEFING = Briefing(
    heading=HEADING,
    version=2,
    given_by="Ana Ferrer",
    for_whom="Teams 1 and 2",
    situation="A hiker (54) left the Coma Pedrosa hut on 28 Feb at 1630 for Arinsal and never came. His car is there.",
    subject=(("Name", "Jordi M."), ("Age", "54"), ("Clothing", "red jacket, grey trousers"), ("Boots", "size 44"),
             ("Health", "diabetic, insulin twice a day")),
    objectives=("Sweep the path from the hut to Arinsal.", "Check the north gully.", "Close the road at the bridge."),
    cautions=("Avalanche danger 3 above 2,300 m, north faces. No team above the lake without the leader's word.",
              "The gully drops 60 m without warning at 31T CH 73200 15600."),
    teams=(
        BriefedTeam(name="Team 1", leader="محمد علي", members=("Júlia Coll", "Marc Vidal"),
                    assignment="Path from Arinsal up to the lake", channel="1", transport="4x4 no. 2",
                    overdue_after="60 min"),
        BriefedTeam(name="Team 2", leader="Neus Pla", members=("山田 太郎", "Łukasz Żółć"),
                    assignment="North gully from the hut", channel="1, then 3", transport="on foot",
                    overdue_after="45 min"),
    ),
    channels=(Channel("1", "146.520 MHz", "all teams"), Channel("3", "446.00625 MHz", "Team 2 to the hut")),
    places=(("LKP", LKP), ("Hut", HUT)),
    medical="Medic with Team 2. Helicopter by base only. Hospital: Nostra Senyora de Meritxell, +376 871 000.",
    overdue="No contact in time: base calls every 5 minutes; after 15 minutes Team 1 goes to the last position.",
    signed=("محمد علي", "Júlia Coll", "Marc Vidal", "Neus Pla", "山田 太郎"),
)  # fmt: skip


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_report_holds_everything() -> None:
    """The report names state, author, people, clues, exceptions, and whoever is not accounted for."""
    text = text_of(paper.report_pdf(REPORT))
    for words in (
        "OFFICIAL", "Ana Ferrer", "Follows the draft by Pau Riba", "Contains medical information", "boot print size 44",
        "short-handed", "NOT ACCOUNTED FOR", "page 1 of", "Europe/Andorra, UTC+01:00", "Two survivors",
    ):  # fmt: skip
        assert words in text


def test_what_changed_since_the_draft_is_marked_without_colour() -> None:
    """Words taken out stand between [− −], words put in between [+ +]."""
    text = " ".join(text_of(paper.report_pdf(REPORT)).split())
    assert "[−Two survivors." in text
    assert "[+1124" in text
    assert "Changed since the draft" not in text_of(paper.report_pdf(_with(REPORT, before=None)))


def _with(report: Report, *, before: str | None) -> Report:
    return Report(
        heading=report.heading, state="draft", written_by=report.written_by, written_at=AT, text="x", before=before
    )


def test_names_in_every_script_are_letters() -> None:
    """Arabic, Japanese, Polish and emoji names are printed with real glyphs, and no note of missing ones appears."""
    text = text_of(paper.report_pdf(REPORT))
    assert "山田" in text
    assert "Łukasz Żółć" in text
    assert "\N{ARABIC LETTER MEEM}" in text or "\N{ARABIC LETTER MEEM INITIAL FORM}" in text
    assert "Printed by number" not in text


def test_letters_that_no_font_has_are_named() -> None:
    """A character without a glyph is printed by its number and named on the sheet; none is lost in silence."""
    report = Report(heading=HEADING, state="draft", written_by="ᚠ\u202e", written_at=AT, text="NUL \x00, 한")
    text = " ".join(text_of(paper.report_pdf(report)).split())
    for words in ("[U+16A0]", "[U+202E]", "[U+0000]", "Printed by number", "runic letter fehu"):
        assert words in text


def test_the_same_sheet_is_the_same_bytes() -> None:
    """The same input gives the same bytes; another hour of printing does not."""
    assert paper.report_pdf(REPORT) == paper.report_pdf(REPORT)
    assert paper.briefing_pdf(BRIEFING) == paper.briefing_pdf(BRIEFING)
    first = PdfReader(io.BytesIO(paper.log_pdf(LOG))).metadata
    assert first is not None
    assert first.creation_date is not None
    assert first.creation_date.timestamp() == HEADING.printed_at.ms / 1000


@pytest.mark.parametrize("form", ["ICS 309", "ICS 214"])
@pytest.mark.parametrize("size", ["a4", "us-letter"])
def test_the_log_sheet(form: Form, size: paper.Paper) -> None:
    """The log shows time, from, to, message, place, operator, amendments and flags, on either paper."""
    sheet = LogSheet(heading=HEADING, form=form, entries=TIMELINE, resources=LOG.resources)
    pdf = paper.log_pdf(sheet, paper=size)
    text = " ".join(text_of(pdf).split())
    for words in (form, "0815", "Team 2", "31T CH", "AMENDED, was: clue: boot print size 41", "[?]", "(relayed)"):
        assert words in text
    width = float(PdfReader(io.BytesIO(pdf)).pages[0].mediabox.width)
    assert round(width) == {"a4": 595, "us-letter": 612}[size]


def test_the_briefing_fits_one_page() -> None:
    """An ordinary briefing is one page with cautions, teams, radio, places and lines to sign."""
    pdf = paper.briefing_pdf(BRIEFING)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    text = text_of(pdf)
    for words in ("CAUTIONS", "Avalanche danger 3", "146.520 MHz", "Read and understood", "Version 2", "USNG, WGS84"):
        assert words in text


def test_a_bare_time_is_never_two_moments() -> None:
    """On a sheet over two days every time has its date; over a change of the clocks, its offset."""
    sheet = LogSheet(
        heading=HEADING, entries=tuple(LogEntry(number=n, at=AT.plus(hours=20 * n), words="x") for n in (0, 1))
    )
    assert "1 Mar 0815" in text_of(paper.log_pdf(sheet)).replace("\n", " ")
    october = Moment(1_792_888_200_000, ZONE)
    twice = LogSheet(
        heading=HEADING, entries=tuple(LogEntry(number=n, at=october.plus(hours=n), words="x") for n in (0, 1))
    )
    text = text_of(paper.log_pdf(twice)).replace("\n", " ")
    assert "0230 +02:00" in text
    assert "0230 +01:00" in text


def test_an_unknown_paper_is_refused() -> None:
    """Only A4 and US Letter are printed."""
    with pytest.raises(PaperError, match="a4 or us-letter"):
        paper.log_pdf(LOG, paper="a3")  # type: ignore[arg-type]  # wrong on purpose


def test_two_thousand_lines_are_printed() -> None:
    """A log of 2,000 lines prints with its heading on every page."""
    entries = tuple(LogEntry(number=n, at=AT.plus(minutes=n), words=f"line {n}", from_="Team 1") for n in range(2000))
    pages = PdfReader(io.BytesIO(paper.log_pdf(LogSheet(heading=HEADING, entries=entries)))).pages
    assert len(pages) > 20
    assert "Message" in pages[10].extract_text()


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60))
def test_any_words_can_be_printed(words: str, name: str) -> None:
    """Whatever people wrote, typst's own signs included, is set as text."""
    report = Report(heading=HEADING, state="draft", written_by=name, written_at=AT, text=words, before=name)
    assert paper.report_pdf(report).startswith(b"%PDF")


def test_text_is_never_a_command() -> None:
    """Text that would be a command of the typesetter is printed as it stands."""
    report = Report(
        heading=HEADING, state="draft", written_by="#panic(1)", written_at=AT, text='#read("/etc/passwd") *x* $'
    )
    text = text_of(paper.report_pdf(report))
    assert '#read("/etc/passwd") *x* $' in text.replace("\u200b", "")


def test_sheets_are_as_they_were(golden: Golden) -> None:
    """The words of each sheet are those that a reader has looked at (bytes may change with the typesetter)."""
    sheets = {"report": paper.report_pdf(REPORT), "log": paper.log_pdf(LOG), "briefing": paper.briefing_pdf(BRIEFING)}
    for name, pdf in sheets.items():
        golden(f"paper_{name}.txt", text_of(pdf))
