"""`wayhome import` and `wayhome export`: all or nothing in, and out again the same."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.cli.houses import Desk

from wayhome.cli.progress import Bar

HEAD = "ref,name,rank,callsign,phone,email,skills,duties,languages\n"


def write(path: Path, text: str) -> str:
    path.write_bytes(text.encode())
    return str(path)


def heads(desk: Desk) -> object:
    return desk.house.log.heads()


def test_importing_twice_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """The second import of the same files writes no fact at all."""
    members = write(tmp_path / "m.csv", HEAD + "30,محمد علي,genin,Owl,+376 1,m@x.org,medic:3;tracking:1,medic,ar;fr\n")
    quals = write(tmp_path / "q.csv", "ref,name,qualification,awarded,expires\n30,محمد علي,Avalanche,2025-01-10,\n")
    assert "1 new" in desk.done("import", "roster", members, "--qualifications", quals)
    before = heads(desk)
    assert "0 new" in desk.done("import", "roster", members, "--qualifications", quals)
    assert heads(desk) == before
    page = desk.json("member", "show", "30")
    assert page["member"]["skills"] == {"medic": 3, "tracking": 1}
    assert page["member"]["qualifications"] == [{"name": "Avalanche", "awarded": "2025-01-10", "expires": None}]


def test_excel_semicolons_bom_and_crlf(desk: Desk, tmp_path: Path) -> None:
    """A roster as Excel writes it in Europe is taken over like any other."""
    file = tmp_path / "m.csv"
    file.write_bytes("\ufeffReference;Name;Rank\r\n31;春野サクラ 🌸;genin\r\n".encode())
    desk.done("import", "roster", str(file))
    assert "春野サクラ 🌸" in desk.done("member", "list")


def test_every_wrong_row_is_named_and_nothing_written(desk: Desk, tmp_path: Path) -> None:
    """One wrong cell stops all of it; each is named with file, line, column, reason and remedy."""
    members = write(
        tmp_path / "m.csv", HEAD + "40,Pol,king,,,,,,\n40,Pau,genin,,,nomail,medic:9,,\n17,Other,genin,,,,,,\n"
    )
    quals = write(tmp_path / "q.csv", "ref,name,qualification\n99,Nobody,Avalanche\n")
    before = heads(desk)
    status, out, err = desk.type("import", "roster", members, "--qualifications", quals)
    assert status == 1
    assert "nothing was imported" in err
    for said in (
        "m.csv: line 2, column rank 'king': no such rank here; one of genin",
        "line 3, column ref '40': 40 is already Pol in line 2",
        "line 3, column email 'nomail'",
        "line 3, column skills",
        "line 4, column name 'Other': number 17 is Ana here",
        "q.csv (qualifications): line 2, column ref '99': nobody by that number",
    ):
        assert said in out
    assert heads(desk) == before
    answer = json.loads(desk.type("import", "roster", members, "--json")[1])
    assert answer["ok"] is False
    assert {p["line"] for p in answer["problems"]} == {2, 3, 4}


def test_a_dry_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    """--dry-run says how many would be new and writes no fact."""
    members = write(tmp_path / "m.csv", HEAD + "17,Ana,genin,,,,,,\n41,Pol,genin,,,,,,\n")
    before = heads(desk)
    assert "1 would be new, 1 are on the roster already" in desk.done("import", "roster", members, "--dry-run")
    assert heads(desk) == before


def test_names_change_only_when_told_so(desk: Desk, tmp_path: Path) -> None:
    """A number that is somebody else here is refused; --rename takes the new name over."""
    members = write(tmp_path / "m.csv", HEAD + "17,Ana Puig,genin,,,,,,\n")
    assert desk.type("import", "roster", members)[0] == 1
    desk.done("import", "roster", members, "--rename")
    assert "Ana Puig" in desk.done("member", "list")


def test_an_erased_member_is_not_brought_back(desk: Desk, tmp_path: Path) -> None:
    """A number that was erased stays erased: its row is refused."""
    desk.done("member", "erase", "Ana", "--reason", "left", "--yes")
    members = write(tmp_path / "m.csv", HEAD + "17,Ana,genin,,,,,,\n")
    assert "number 17 was erased here" in desk.type("import", "roster", members)[1]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a workbook", "Excel"),
        (b"ref,name\n", "nobody under it"),
        (b"ref,name,qualification\n1,Tsunade,Avalanche\n", "nobody by that number"),
        (b"colour,shape\nred,round\n", "no column for a reference"),
        (b"\xff\xfe\x00", "broken"),
        (b'ref,name\n5,"never closed\n', "never closed"),
    ],
)
def test_files_that_are_no_roster(desk: Desk, tmp_path: Path, body: bytes, said: str) -> None:
    """What is no roster is refused in words, whatever it is."""
    (tmp_path / "m.csv").write_bytes(body)
    status, out, err = desk.type("import", "roster", str(tmp_path / "m.csv"))
    assert status == 1
    assert said in out + err


def test_a_file_of_2_gb_is_not_read(desk: Desk, tmp_path: Path) -> None:
    """A file beyond all measure is refused by its size, without reading it."""
    huge = tmp_path / "m.csv"
    with huge.open("wb") as file:
        file.truncate(2 * 1024**3)
    assert "at most" in desk.refused("import", "roster", str(huge))
    assert "no such file" in desk.refused("import", "roster", str(tmp_path / "none.csv"))
    assert "folder" in desk.refused("import", "roster", str(tmp_path))


def test_what_is_exported_is_imported_without_a_change(desk: Desk, tmp_path: Path) -> None:
    """The roster goes out and comes in again, and nothing is written."""
    desk.done("member", "add", "=Formula", "--ref", "50", "--callsign", "Owl", "--phone", "+376 1234", "--email",
              "f@x.org", "--language", "ca", "--skill.medic", "2", "--duty", "medic")  # fmt: skip
    desk.done("member", "qualification", "Ana", "Avalanche", "--awarded", "2025-01-01", "--expires", "2027-01-01")
    members, quals = str(tmp_path / "m.csv"), str(tmp_path / "q.csv")
    assert "5 members" in desk.done("export", "roster", members, "--qualifications", quals)
    before = heads(desk)
    desk.done("import", "roster", members, "--qualifications", quals)
    assert heads(desk) == before
    assert "is there already" in desk.refused("export", "roster", members)
    desk.done("export", "roster", members, "--overwrite")


def test_an_export_holds_only_what_one_may_see(desk: Desk, tmp_path: Path) -> None:
    """Contacts and medical notes that whoever exports may not see are not in the file."""
    desk.done("member", "medical", "me", "penicillin", who="Ana")
    desk.done("member", "rename", "me", "--phone", "+376 777", who="Ana")
    desk.done("export", "roster", str(tmp_path / "marc.csv"), who="Marc")
    desk.done("export", "roster", str(tmp_path / "ana.csv"), who="Ana")
    others, own = ((tmp_path / name).read_text("utf-8-sig") for name in ("marc.csv", "ana.csv"))
    assert "penicillin" not in others
    assert "777" not in others
    assert "penicillin" in own


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_comes_after_two_seconds_and_goes_again() -> None:
    """Quick work shows nothing; work of more than two seconds shows how far it is; a file gets no bar."""
    times = iter([0.0, 1.9, 2.1, 2.2])
    screen = Screen()
    bar = Bar("Reading", screen, clock=lambda: next(times))
    bar(1, 10)
    assert screen.getvalue() == ""
    bar(5, 10)
    assert "50%" in screen.getvalue()
    bar(10, 10)
    bar.end()
    assert screen.getvalue().endswith("\x1b[K")
    file = io.StringIO()
    Bar("Reading", file, clock=lambda: 100.0)(1, 1)
    assert file.getvalue() == ""
