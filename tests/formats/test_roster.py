"""Rosters as teams have them: read whole or with every wrong cell named; written so that nothing bites."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.formats.errors import BadTable
from wayhome.formats.roster import (
    Known,
    RosterFile,
    RosterMember,
    read_roster,
    write_qualifications,
    write_roster,
)
from wayhome.formats.tabular import FORMULA_STARTS, plain_cell, read_table, safe_cell, write_table

PLAIN = """Ref,Name,Position,Mobile,E-mail,Skills,Languages
101,Ana Ferrer,Team Leader,+376 812 345,ana@rescue.ad,"medic:3; tracking:2","ca, es"
102,Łukasz Żółć,Probationary,+376 812 346,lukasz@rescue.ad,navigation:4,pl
103,محمد علي,Field Member,+376 812 347,,rope:2,ar
104,山田 太郎 🏔️,Field Member,,,,ja
"""
QUALIFIED = """Reference,Qualification,Award Date,Expiry Date
101,Wilderness First Aid,2025-01-31,2027-01-31
102,SARTECH II,2024-05-01,
"""


def problems(roster: RosterFile) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.reason) for problem in roster.errors]


def test_a_d4h_roster_is_read() -> None:
    """Members come with every field, in any script; nothing is wrong."""
    roster = read_roster(PLAIN.encode())
    assert roster.problems == ()
    assert [m.name for m in roster.members] == ["Ana Ferrer", "Łukasz Żółć", "محمد علي", "山田 太郎 🏔️"]
    ana = roster.members[0]
    assert (ana.ref, ana.rank, ana.phone, ana.skills) == (
        "101",
        "Team Leader",
        "+376 812 345",
        {"medic": 3, "tracking": 2},
    )
    assert ana.languages == ("ca", "es")


def test_a_d4h_qualification_file_is_read() -> None:
    """Qualifications come with dates; an empty expiry never ends."""
    roster = read_roster(QUALIFIED.encode())
    assert (roster.problems, roster.members) == ((), ())
    first, second = roster.qualifications
    assert (first.ref, first.qualification, first.expires) == ("101", "Wilderness First Aid", date(2027, 1, 31))
    assert second.expires is None


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("ca, es", "ca; es").replace(",", "\t").encode(),
        ("sep=;\r\n" + PLAIN.replace("medic:3; tracking", "medic:3, tracking").replace(",", ";")).encode("utf-8-sig"),
    ],
    ids=["BOM", "UTF-16", "CRLF", "CR", "tab", "sep= and semicolon"],
)
def test_however_a_spreadsheet_saved_it(data: bytes) -> None:
    """Byte order marks, UTF-16, CRLF, tabs and Excel's first line change nothing."""
    roster = read_roster(data)
    assert not roster.errors
    assert [m.ref for m in roster.members] == ["101", "102", "103", "104"]
    assert roster.members[3].name == "山田 太郎 🏔️"


def test_semicolons_are_found_without_being_told() -> None:
    """A file with semicolons is read without any setting."""
    roster = read_roster("Nr;Surname;First name;E mail\r\n7;Pérez;José;jose@x.org\r\n".encode())
    assert roster.delimiter == ";"
    assert roster.members[0].name == "José Pérez"


def test_windows_encoding_is_said() -> None:
    """A file in Windows-1252 is read, and that this was assumed is told."""
    roster = read_roster("ref,name\n1,José Núñez\n".encode("cp1252"))
    assert roster.members[0].name == "José Núñez"
    assert not roster.errors
    assert "Windows-1252 was assumed" in roster.problems[0].reason


def test_quoted_line_breaks_keep_line_numbers_right() -> None:
    """A cell with line breaks is one cell, and later problems name the right line."""
    roster = read_roster(b'ref,name,next of kin\n1,Ana,"Pau\n+376 1234\nnights only"\n1,Joan,\n')
    assert roster.members[0].next_of_kin == "Pau\n+376 1234\nnights only"
    assert problems(roster) == [(5, "ref", "1 is already Ana in line 2")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("1,Ana\n1,Joan", (3, "ref", "1 is already Ana in line 2")),
        ("1,", (2, "name", "no name")),
        (",Ana", (2, "ref", "no reference")),
        ("1,A\x00na", (2, "name", "unprintable characters (NUL or control)")),
        ("1," + "x" * 5000, (2, "name", "5,000 letters; at most 200 fit")),
        ("1,Ana,medic:7", (2, "skills", "level 7; levels are 1 to 5")),
        ("1,Ana,medic:0", (2, "skills", "level 0; levels are 1 to 5")),
        ("1,Ana,medic", (2, "skills", "a skill without its level")),
        ('1,Ana,"medic:2; medic:3"', (2, "skills", "medic twice with different levels")),
        ("1,Ana,,ana at home", (2, "email", "no e-mail address")),
        ("1,Ana,,,3.76E+11", (2, "phone", "no phone number")),
        ("1,Ana,,,,x,y", (2, "", "7 cells under 6 headings")),
        ('1,"Ana', (2, "", "the file cannot be read from here on: a quotation mark is opened and never closed")),
    ],
)
def test_wrong_cells_are_named(rows: str, found: tuple[int, str, str]) -> None:
    """Every wrong cell is named by line and column with its reason and what to do."""
    roster = read_roster(f"ref,name,skills,email,phone,rank\n{rows}\n".encode())
    assert found in problems(roster)
    assert all(problem.remedy for problem in roster.problems)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,WFA,2025-01-31,31/01/2027", "not a date as YYYY-MM-DD"),
        ("1,WFA,2025-02-30,", "no such day (day is out of range for month)"),
        ("1,WFA,2025-01-31,2024-01-31", "expires before it was awarded (2025-01-31)"),
        ("1,,2025-01-31,2027-01-31", "dates without a qualification"),
        (",WFA,2025-01-31,2027-01-31", "nobody named"),
    ],
)
def test_wrong_dates_are_named(row: str, reason: str) -> None:
    """Dates in any form but YYYY-MM-DD, and impossible ones, are refused: 06/12/05 means two days."""
    roster = read_roster(f"ref,qualification,awarded,expires\n{row}\n".encode())
    assert reason in [problem.reason for problem in roster.errors]


def test_qualifications_in_the_members_file() -> None:
    """A list in one cell and one row a qualification both work beside the members."""
    listed = read_roster(b"ref,name,qualifications\n1,Ana,WFA:2027-01-31; SARTECH II\n")
    assert [(q.qualification, q.expires) for q in listed.qualifications] == [
        ("WFA", date(2027, 1, 31)),
        ("SARTECH II", None),
    ]
    rows = b"ref,name,rank,qualification,expires\n1,Ana,leader,WFA,2027-01-31\n1,Ana,leader,ICS-100,never\n2,Pau,,,\n"
    spread = read_roster(rows)
    assert not spread.errors
    assert [m.name for m in spread.members] == ["Ana", "Pau"]
    assert [(q.ref, q.qualification) for q in spread.qualifications] == [("1", "WFA"), ("1", "ICS-100")]


def test_unknown_columns_are_told_and_kept() -> None:
    """A column that we do not know is told and kept with the member; a second column for a field too."""
    roster = read_roster(b"ref,name,shoe size,mobile,phone,start date\n1,Ana,44,+376 111,+376 222,2020-01-01\n")
    assert not roster.errors
    assert roster.members[0].extra == {"shoe size": "44", "phone": "+376 222", "start date": "2020-01-01"}
    assert len(roster.problems) == 3


def test_same_names_are_only_a_warning() -> None:
    """Two people may bear one name: told, not refused."""
    roster = read_roster(b"ref,name\n1,Ana Ferrer\n2,ana  ferrer\n")
    assert not roster.errors
    assert "the same name as in line 2" in roster.problems[0].reason


def test_ranks_and_duties_that_we_do_not_have() -> None:
    """Against an organisation's own ranks, duties and skills, strangers are named with those there are."""
    known = Known(ranks=("genin", "jounin"), duties=("medic",), skills=("tracking",))
    roster = read_roster(b"ref,name,rank,role,skills\n1,A,Jounin,Medic,Tracking:2\n2,B,admiral,cook,sewing:1\n", known)
    assert (roster.members[0].rank, roster.members[0].duties, roster.members[0].skills) == (
        "jounin",
        ("medic",),
        {"tracking": 2},
    )
    assert [problem.line for problem in roster.errors] == [3, 3, 3]
    assert roster.errors[0].remedy == "one of genin, jounin"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xff\xfe\x00", "broken"),
        (b"ref,name\n1,\x81\xff\n", "neither UTF-8 nor Windows-1252"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, reason: str) -> None:
    """Empty files, workbooks, pictures and broken text are refused with what to do."""
    with pytest.raises(BadTable, match=reason):
        read_roster(data)


@pytest.mark.parametrize("data", [b"hello", b"ref,name\n", b"shoe,size\n1,2\n", b"name\nAna\n", b",,,\n,,,\n1"])
def test_tables_that_are_no_rosters(data: bytes) -> None:
    """A table without the columns or rows that a roster needs has errors, never an exception."""
    assert read_roster(data).errors


def test_ten_thousand_members_in_a_second() -> None:
    """10,000 members are read in at most a second, with progress told."""
    row = '{0},Member {0},Team Leader,+376 {0:06d},m{0}@x.org,"medic:3; tracking:2",ca,"Carrer {0}, 31T CH 78 03"\n'
    data = (
        "ref,name,rank,phone,email,skills,languages,home\n" + "".join(row.format(n) for n in range(10_000))
    ).encode()
    steps: list[tuple[int, int]] = []
    start = time.process_time()
    roster = read_roster(data, progress=lambda done, of: steps.append((done, of)))
    assert time.process_time() - start < 1.5
    assert (len(roster.members), roster.problems) == (10_000, ())
    assert steps[-1] == (10_000, 10_000)
    assert roster.members[0].home_place is not None


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(str.strip).filter(bool)
LISTED = st.lists(
    WORDS.map(lambda w: " ".join(w.translate({ord(c): " " for c in ";,|:="}).split())).filter(
        lambda w: w and w[-1] > "9"
    ),
    max_size=3,
    unique=True,
)


@given(WORDS, WORDS, LISTED, WORDS)
def test_a_roster_round_trips(ref: str, name: str, skills: list[str], medical: str) -> None:
    """What is written is read again as it was, whatever the names."""
    member = RosterMember(2, ref, name, skills=dict.fromkeys(skills, 3), medical=medical)
    again = read_roster(write_roster([member])).members[0]
    seen = (" ".join(again.ref.split()), " ".join(again.name.split()), again.skills)
    assert seen == (" ".join(_tidy(ref).split()), " ".join(_tidy(name).split()), member.skills)


def _tidy(text: str) -> str:
    return text.strip(" \t\r\n\u00a0\ufeff\u200b")


@given(st.text())
def test_no_cell_is_ever_a_formula(text: str) -> None:
    """No written cell begins as a formula does, and the apostrophe comes off again."""
    assert not safe_cell(text).startswith(FORMULA_STARTS)
    assert plain_cell(safe_cell(text)) == text


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=4), min_size=1, max_size=5
    )
)
def test_tables_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    """Commas, quotes and line breaks in cells survive."""
    rows = [["a,b", *row] for row in rows]
    read = read_table(write_table(rows), lambda heading: heading == "a,b")
    assert [[plain_cell(cell) for cell in row.cells] for row in read.rows] == rows


def test_hostile_names_are_disarmed_on_the_way_out() -> None:
    """A name that is a spreadsheet command is written as text, and read back as the name."""
    evil = "=cmd|' /C calc'!A0"
    written = write_roster([RosterMember(2, "1", evil, phone="+376 812 345")])
    assert b"'=cmd" in written
    assert read_roster(written).members[0].name == evil
    assert read_roster(written).members[0].phone == "+376 812 345"


def test_qualifications_round_trip() -> None:
    """Qualifications written are read again."""
    held = read_roster(QUALIFIED.encode()).qualifications
    assert read_roster(write_qualifications(held)).qualifications == held


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Any bytes are a roster, a roster with errors, or refused."""
    try:
        read_roster(data)
    except BadTable as refused:
        assert str(refused)
