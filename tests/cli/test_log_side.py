"""The log: whatever is typed is kept as typed, and a full disk says exactly where to go on."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.cli.scene import ARABIC, JAPANESE, MISSION, FillingLog, Scene
from tests.fakes.house import NamedHouse

from wayhome.cli.context import Context
from wayhome.cli.main import run
from wayhome.values.ids import handle

TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=300).filter(
    lambda line: bool(line.strip())
)
TALK = st.sampled_from(
    ("3 > base: ", "base to all: ", "T3 ", "clue ", "casualty red ", "@0815 ", "31TCH78", "F6", "--")
)
PLAYED = Scene()
PLAYED.under_way()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(TALK, TYPED), min_size=1, max_size=4).map("".join))
@example("--json")
@example("\x1b[31mred\x07")
@example("--")
@example("3 > base: \u202eleft")
@example(" two  blanks\tand a tab ")
@example("a line\nand another")
def test_any_line_is_kept_as_typed(line: str) -> None:
    """Whatever is typed stands in the log letter for letter, whether or not anything was understood of it."""
    made = json.loads(PLAYED.run("--json", "log", "add", MISSION, "--", line))["line"]
    assert made in {kept["line"] for kept in PLAYED.rows("log", "list", MISSION) if kept["words"] == line}


def test_what_was_understood_is_said() -> None:
    """From, to, place, status, time, clue and casualty of a line are said back; a clue gets its number."""
    scene = Scene()
    scene.under_way()
    said = scene.run("log", "add", MISSION, "3 > base: at 31TCH7800003000, starting sweep @0855")
    for part in ("from 3", "to base", "team 3", "place 31T CH 78000 03000", "status starting", "time 0855"):
        assert part in said
    assert "clue 1" in scene.run("log", "add", MISSION, "3: clue boot print size 44")
    made = scene.rows("log", "add", MISSION, "3: casualty red broken leg")
    assert made["understood"]["triage"] == "red"
    assert scene.rows("casualty", "list", MISSION)[0]["triage"] == "red"


def test_a_broken_grid_is_flagged_and_kept() -> None:
    """A grid reference that cannot be is kept in the words, flagged at once and shown flagged ever after."""
    scene = Scene()
    scene.under_way()
    said = scene.run("log", "add", MISSION, "3 > base: at 31T ZZ 99000 03000")
    assert "! '31T ZZ 99000 03000': zone 31 has no square ZZ" in said
    assert "31T ZZ 99000 03000" in scene.run("log", "list", MISSION)
    assert scene.rows("log", "list", MISSION)[-1]["place"] is None


def test_an_unknown_team_is_flagged() -> None:
    """A line from a team that does not exist is kept, and says which teams there are."""
    scene = Scene()
    scene.under_way()
    assert "no team called '9' here: the teams are 3" in scene.run("log", "add", MISSION, "9 > base: hello")


def test_columns_say_who_spoke_to_whom() -> None:
    """The list has the columns of a radio log: F from a team, T to one, the desk's own lines neither."""
    scene = Scene()
    scene.under_way()
    scene.run("log", "add", MISSION, "3 > base: all well")
    scene.run("log", "add", MISSION, "base to all: weather coming", "--relayed")
    said = scene.run("log", "list", MISSION)
    for heading in ("TIME", "T/F", "TEAM", "MESSAGE", "RADIO LOC.", "STATUS", "OPERATOR"):
        assert heading in said.splitlines()[0]
    rows = [row.split() for row in said.splitlines()]
    assert ["0900", "F", "3", "all", "well"] in [row[:5] for row in rows]
    assert ["0900", "T", "all", "weather", "coming", "(relayed)"] in [row[:6] for row in rows]


def test_an_amended_line_shows_what_it_was() -> None:
    """An amendment stands over the line, what it was stays beside it, and places follow the amendment."""
    scene = Scene()
    scene.under_way()
    made = scene.rows("log", "add", MISSION, "3 > base: at 42.5063,1.5218")
    scene.clock.forward(minutes=5)
    scene.run("log", "amend", MISSION, handle(made["line"]), "3 > base: at 42.5163,1.5218")
    last = scene.rows("log", "list", MISSION)[-1]
    assert last["was"] == ["3 > base: at 42.5063,1.5218"]
    assert last["words"] == "3 > base: at 42.5163,1.5218"
    assert "was: 3 > base" in " ".join(scene.run("log", "list", MISSION).split())
    assert scene.rows("field", "places", MISSION)[-1]["place"]["lat"] == 42.5163
    assert scene.rows("mission", "situation", MISSION)["lines"][-1]["was"] == last["was"]
    assert "no line" in scene.refuse("log", "amend", MISSION, "ZZZZZZ", "nothing")


def test_many_lines_from_a_file_are_each_acknowledged(tmp_path: Path) -> None:
    """A file with a byte-order mark, CRLF, blank lines and any script is read line by line."""
    scene = Scene()
    scene.under_way()
    file = tmp_path / "lines.txt"
    file.write_bytes(f"\ufeff3 > base: all well\r\n\r\n3: {JAPANESE} {ARABIC}\r\n".encode())
    said = scene.run("log", "read", MISSION, str(file))
    assert "2 lines logged" in said
    assert [line["words"] for line in scene.rows("log", "list", MISSION, "--last", "2")] == [
        "3 > base: all well",
        f"3: {JAPANESE} {ARABIC}",
    ]
    assert scene.rows("log", "read", MISSION, str(file), "--from", "3")[0]["number"] == 3


def test_lines_come_from_standard_input() -> None:
    """`-` reads standard input."""
    scene = Scene()
    scene.mission()
    out, err = io.StringIO(), io.StringIO()
    context = Context(
        open_house=lambda _: NamedHouse(scene.house),  # type: ignore[arg-type,return-value]  # only `session` is asked
        out=out,
        err=err,
        data=Path("in-memory"),
        who="Tsunade",
        token_of=lambda c: c.who or "",
        read_input=lambda: b"base to all: one\nbase to all: two\n",
    )
    assert run(["log", "read", MISSION, "-"], context) == 0, err.getvalue()
    assert out.getvalue().splitlines()[-1] == "2 lines logged"


def test_a_full_disk_says_where_to_go_on(tmp_path: Path) -> None:
    """On a full disk the last acknowledged line is named, all before it are kept, and going on loses nothing."""
    log = FillingLog(wall=lambda: 0)
    scene = Scene(log)
    scene.under_way()
    lines = [f"3 > base: line {number}" for number in range(1, 8)]
    file = tmp_path / "lines.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    before = len(scene.rows("log", "list", MISSION))
    log.room = 4
    said = scene.refuse_after_some("log", "read", MISSION, str(file))
    assert "line 5: was not written: the disk is full" in said
    assert "The last line acknowledged is 4 '3 > base: line 4'" in said
    assert "--from 5" in said
    log.room = None
    assert len(scene.rows("log", "list", MISSION)) == before + 4
    scene.run("log", "read", MISSION, str(file), "--from", "5")
    assert [line["words"] for line in scene.rows("log", "list", MISSION)][before:] == lines


def test_a_full_disk_during_one_line() -> None:
    """A line that the disk would not take is not acknowledged, and the next one goes in once there is room."""
    log = FillingLog(wall=lambda: 0)
    scene = Scene(log)
    scene.mission()
    log.room = 0
    assert "disk is full" in scene.refuse("log", "add", MISSION, "all well")
    log.room = None
    scene.run("log", "add", MISSION, "all well now")
    assert [line["words"] for line in scene.rows("log", "list", MISSION)] == ["all well now"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("log", "read", MISSION, "nowhere.txt"), "no such file"),
        (("log", "read", MISSION, "/"), "folder"),
        (("log", "read", MISSION, "x", "--from", "0"), "first line is 1"),
        (("log", "list", MISSION, "--last", "0"), "at least one"),
        (("log", "list", MISSION, "--last", "many"), "many"),
        (("log", "add", MISSION), "empty line"),
        (("log", "add", MISSION, " "), "empty line"),
        (("log", "add", MISSION, "x" * 200_000), "100,000"),
        (("log", "add", MISSION, "x", "--radio", "here"), "is not a place"),
        (("log", "add", "Nowhere", "x"), "no mission"),
    ],
)
def test_what_cannot_be_logged_is_refused_in_words(line: tuple[str, ...], words: str) -> None:
    """Each kind of mistake around the log is refused in words that say what to do."""
    assert words in PLAYED.refuse(*line)


def test_a_file_that_is_not_text_stops_at_that_line(tmp_path: Path) -> None:
    """A line that is not UTF-8 stops the reading there; what came before is kept and named."""
    scene = Scene()
    scene.mission()
    file = tmp_path / "lines.txt"
    file.write_bytes(b"3: all well\n\xff\xfe\x00\n")
    said = scene.refuse_after_some("log", "read", MISSION, str(file))
    assert "line 2: is not UTF-8 text" in said
    assert "acknowledged is 1 '3: all well'" in said


def test_ones_last_line_is_undone() -> None:
    """Without a name one's own last line; named, that one; it stays in the list, struck, and so in the exports."""
    scene = Scene()
    scene.under_way()
    scene.run("log", "add", MISSION, "3: clue a boot")
    named = scene.rows("log", "add", MISSION, "3 > base: all well")
    scene.run("log", "add", MISSION, "base to 3: understood", who="Kiba")
    assert "Undone: 3 > base: all well" in scene.run("log", "undo", MISSION, handle(named["line"]))
    assert "clue 1 is withdrawn" in scene.run("log", "undo", MISSION)
    assert "yours to undo" in scene.refuse("log", "undo", MISSION, who="Sakura")
    assert "within a minute" in scene.refuse("log", "undo", MISSION, handle(named["line"]))
    rows = scene.rows("log", "list", MISSION)
    assert [row["struck"] for row in rows if row["sender"] != "desk"] == [True, True, False]
    assert "STRUCK" in scene.run("log", "list", MISSION)
