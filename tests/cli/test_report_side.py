"""Reports from heard to printed: marks, differences, files that are never written over."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from tests.cli.scene import ARABIC, JAPANESE, MISSION, Scene

from wayhome.cli.report_papers import compared, marked
from wayhome.mission.wording import differences, marks

M = MISSION


def test_marks_stand_in_the_words() -> None:
    """Marks stand around the words they came from, and nothing of the text is lost."""
    text = "Ambushed at the ford. Two died, one survivor: Ana, hurt."
    assert marked(text, marks(text)).startswith("<ambush: Ambushed> at the ford. <losses: Two died>, <survivors: ")
    assert marked("nothing happened", ()) == "nothing happened"


def test_differences_show_in_place() -> None:
    """What is gone and what is new stand where they were, with the blanks outside."""
    assert compared(differences("at the ford.", "at the old ford.")) == "at the {+old+} ford."


def test_draft_and_official_stay(tmp_path: Path) -> None:
    """A draft from a file with a byte-order mark is kept beside the official report, and both are shown."""
    scene = Scene()
    scene.mission()
    file = tmp_path / "draft.txt"
    file.write_bytes(f"\ufeffTwo died. {JAPANESE} {ARABIC}".encode())
    scene.run("report", "draft", M, f"@{file}", "--came-as", "photo")
    scene.run("report", "official", M, f"Two died at dawn. {JAPANESE} {ARABIC}")
    held = scene.rows("report", "show", M)
    assert held["draft"]["words"] == f"Two died. {JAPANESE} {ARABIC}"
    assert [mark["what"] for mark in held["marks"]] == ["losses"]
    assert "{+died at dawn.+}" in scene.run("report", "show", M)
    assert [paper["stage"] for paper in scene.rows("report", "papers", M)] == ["draft", "official"]


def test_a_report_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8, or too large, is refused by name, and nothing is kept of it."""
    scene = Scene()
    scene.mission()
    file = tmp_path / "draft.txt"
    file.write_bytes(b"\xff\xfe\x00")
    assert "is not UTF-8 text" in scene.refuse("report", "draft", M, f"@{file}")
    with file.open("wb") as huge:
        huge.truncate(2_000_000_000)
    assert "split it" in scene.refuse("report", "draft", M, f"@{file}")
    assert scene.rows("report", "papers", M) == []


def test_the_printed_report_holds_what_is_known(tmp_path: Path) -> None:
    """The PDF names the mission, its people, what failed and the timeline; it is never written over unasked."""
    scene = Scene()
    scene.under_way()
    scene.run("log", "add", M, "3 > base: at 42.5063,1.5218")
    scene.run("report", "assume", M, "nobody else is there")
    scene.run("report", "fail", M, "nobody", "two men")
    scene.run("report", "draft", M, "Two died.")
    file = tmp_path / "report.pdf"
    scene.run("report", "pdf", M, str(file))
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    for words in (M, "Kiba", "Sakura", "NOT ACCOUNTED FOR", "nobody else is there: two men", "31T CH 78553 07051"):
        assert words in text
    before = file.read_bytes()
    assert "is there already" in scene.refuse("report", "pdf", M, str(file))
    assert file.read_bytes() == before
    scene.run("report", "pdf", M, str(file), "--overwrite")


def test_a_secret_sheet_says_so(tmp_path: Path) -> None:
    """A sheet of a secret mission is marked on paper."""
    scene = Scene()
    scene.under_way(secret=True)
    file = tmp_path / "briefing.pdf"
    scene.run("report", "briefing-pdf", M, str(file))
    assert "SECRET" in " ".join(page.extract_text() for page in PdfReader(file).pages)


def test_a_failed_assumption_warns_who_relies_on_it() -> None:
    """Another mission that rests on the same assumption has an alarm at once; this one is regraded."""
    scene = Scene()
    scene.run("mission", "new", M, "--rank", "D")
    scene.run("mission", "new", "Supply run")
    scene.run("report", "assume", M, "Nobody is in the area")
    scene.run("report", "assume", "Supply run", "nobody is in the  AREA.")
    scene.run("report", "fail", M, "nobody", "two men at the ford", "--rank", "B")
    assert scene.rows("mission", "show", M)["rank"] == "B"
    assert scene.rows("alarm", "list", "Supply run")[0]["what"] == "assumption"
    assert "warned of" in scene.run("report", "assumptions", "Supply run")


def test_only_the_holder_releases_testimony() -> None:
    """Testimony held back is marked; nobody but its holder can release it."""
    scene = Scene()
    scene.run("mission", "new", M)
    scene.run("report", "withhold", M, "Kiba", "what was said at the gate")
    assert "only Kiba can release it" in scene.refuse("report", "release", M, "what was said", "he waved")
    scene.run("report", "release", M, "what was said", "he waved", who="Kiba")
    assert "released" in scene.run("report", "testimony", M)


def test_backup_is_named_in_the_notes() -> None:
    """Backup asked for stands in the notes with its place; those sent are announced with their minutes."""
    scene = Scene()
    scene.under_way()
    scene.run("field", "ask-backup", M, "42.5063,1.5218", "three of them", "--people", "2", who="Kiba")
    note = next(note for note in scene.rows("mission", "notes", M) if note["what"] == "backup asked")
    assert note["place"] == {"lat": 42.5063, "lon": 1.5218}
    said = scene.refuse("field", "send-backup", M, "three of them", "Ino", "--arrives", "2026-02-01T10:00")
    assert "there already" in said or "no time to come" in said
    scene.run("field", "send-backup", M, "three of them", "Ino", JAPANESE, "--arrives", "+40m")
    assert f"2 with you in 40 minutes: Ino, {JAPANESE}" in scene.run("log", "list", M).replace("\n", " ")
