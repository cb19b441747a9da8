"""Exercise files are checked whole, and what a line says is what is checked."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from wayhome.cli.context import Context
from wayhome.cli.exercises import BadExercise, StepResult, load_exercise, play, steps_of
from wayhome.cli.exercises.checking import Answer, fault, fitting, row_fault, rows_of
from wayhome.cli.exercises.loading import decode_exercise
from wayhome.cli.exercises.results import every_step
from wayhome.cli.exercises.shape import Line
from wayhome.cli.main import run

HEAD = """name = "small"
title = "A small one"
starts = "2026-03-01 09:00"
"""

STEP = """
[[step]]
id = "S0.1"
as = "Tsunade"

[[step.do]]
run = "offer list"
says = "no offers"
so = "nobody was asked"
"""


def small(text: str) -> list[StepResult]:
    return list(play(decode_exercise(HEAD + text, "small.toml")))


def shell(*words: str) -> tuple[int, str, str]:
    """A command line without any house."""
    out, err = io.StringIO(), io.StringIO()

    def none(_: Context) -> object:
        raise AssertionError("an exercise opens no data folder")

    context = Context(open_house=none, out=out, err=err, data=Path("none"))  # type: ignore[arg-type]  # never opened
    return run(words, context), out.getvalue(), err.getvalue()


def test_a_step_passes_with_what_it_has_shown() -> None:
    """A step whose lines all hold passes, and its evidence is what they have shown."""
    assert small(STEP) == [StepResult("S0.1", "pass", "Nobody was asked.")]


def test_a_step_fails_with_the_first_line_that_does_not_hold() -> None:
    """The evidence of a failure names the line, the command, who, and what was said."""
    (result,) = small(STEP.replace('says = "no offers"', 'says = "one offer"'))
    assert result.status == "fail"
    assert result.evidence.startswith("small, line 9: `wayhome offer list` as Tsunade did not say 'one offer'")
    assert "no offers" in result.evidence


def test_a_partial_step_says_what_is_missing() -> None:
    """A step that says it is partial is partial when all it has holds, and fails when that does not."""
    partial = STEP.replace('as = "Tsunade"', 'as = "Tsunade"\npartial = "the rest"')
    assert small(partial) == [StepResult("S0.1", "partial", "Nobody was asked. Still missing: the rest")]
    assert small(partial.replace("no offers", "x"))[0].status == "fail"


def test_the_clock_only_goes_on() -> None:
    """Times move the clock on; one before the last is a mistake and named."""
    ok = STEP.replace('run = "offer list"', 'at = "2026-03-02 10:00"\nrun = "offer list"')
    assert small(ok)[0].status == "pass"
    back = STEP.replace('run = "offer list"', 'at = "2026-02-02 10:00"\nrun = "offer list"')
    (result,) = small(back)
    assert result.status == "fail" and "never goes back" in result.evidence


def test_what_a_line_writes_is_checked_too() -> None:
    """A file that a line writes is read as if it had been printed, and is gone afterwards."""
    written = """
[[step]]
id = "S0.4"
as = "Tsunade"
[[step.do]]
run = "export roster {file}"
file = "roster.csv"
says = "Tsunade"
hides = "Kakashi"
"""
    assert small(written)[0].status == "pass"
    assert "which it must not" in small(written.replace('hides = "Kakashi"', 'hides = "Tsunade"'))[0].evidence
    assert (
        "wrote no roster.csv"
        in small(written.replace("export roster {file}", "member list --named {file}"))[0].evidence
    )


def test_whoever_is_unknown_is_named() -> None:
    """A line as somebody who is not there fails and says so."""
    (result,) = small(STEP.replace("Tsunade", "Nobody At All"))
    assert result.status == "fail" and "Nobody At All" in result.evidence


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (STEP.replace("says", "sayz"), "small.toml, line 11: there is no key `sayz`"),
        (STEP.replace('id = "S0.1"\n', ""), "small.toml, line 5: the key `id` is missing"),
        (STEP.replace('says = "no offers"', "says = 3"), "small.toml, line 11: Expected"),
        (STEP.replace('run = "offer list"', 'run = "offer \'list"'), "line 9: `run` cannot be read"),
        (STEP.replace('run = "offer list"', 'run = "wayhome offer list"'), "leave out the word wayhome"),
        (STEP.replace('run = "offer list"', 'run = "offer list --as=X"'), "say as whom with `as`"),
        (STEP.replace('run = "offer list"', 'run = "  "'), "`run` is empty"),
        (STEP.replace('run = "offer list"', 'run = "offer list {k}"'), "nothing before has kept {k}"),
        (STEP.replace('as = "Tsunade"\n', ""), "line 8: `as` is missing"),
        (STEP + 'nowhere = ["x"]\n', "either `run` (a command) or `nowhere`"),
        (STEP + 'file = "a/b"\n', "is a plain name"),
        (STEP + 'file = "b.csv"\n', "{file} stands for it"),
        (STEP + 'refused = "x"\ncount = 1\n', "what is `refused` has no rows"),
        ("\n[[step]", "is no TOML"),
        ("", "at least one [[step]]"),
        ('cast = "sand"\n' + STEP, "there is no cast 'sand'"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line_and_key(text: str, says: str) -> None:
    """Every mistake in a file is named by its line and key, before anything is played."""
    with pytest.raises(BadExercise) as refused:
        decode_exercise(HEAD + text, "small.toml")
    assert says in str(refused.value)


def test_a_start_that_is_no_time_is_refused() -> None:
    """An exercise starts at a time that can be read, in a zone that exists."""
    for head in (HEAD.replace("2026-03-01 09:00", "soon"), HEAD + 'zone = "Nowhere/At_All"\n'):
        with pytest.raises(BadExercise):
            list(play(decode_exercise(head + STEP, "small.toml")))


def test_an_exercise_of_ones_own_is_a_file(tmp_path: Path) -> None:
    """A team's own file is played by its path, with names in any script."""
    path = tmp_path / "üben 探す 🥾.toml"
    path.write_text("\ufeff" + HEAD.replace("A small one", "探す 🥾") + STEP, encoding="utf-8")
    status, out, err = shell("exercise", "run", str(path))
    assert (status, err) == (0, "")
    assert "探す 🥾" in out and "S0.1   pass" in out
    assert load_exercise(str(path)).title == "探す 🥾"


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"", b"name = 1", b"x" * 2_000_001])
def test_a_file_that_is_no_exercise_is_refused(tmp_path: Path, body: bytes) -> None:
    """Bytes that are no exercise are refused in words, never with a traceback."""
    path = tmp_path / "bad.toml"
    path.write_bytes(body)
    status, out, err = shell("exercise", "run", str(path))
    assert (status, out) == (1, "") and "bad.toml" in err


def test_an_unknown_story_names_those_there_are() -> None:
    """A story that is not there is refused with the names of those that are."""
    status, _, err = shell("exercise", "run", "nonsense")
    assert status == 1 and "goodbye" in err and "bring-him-back" in err
    assert shell("exercise", "run", "none/here.toml")[0] == 1


def test_a_failing_step_ends_with_status_one(tmp_path: Path) -> None:
    """A run in which a step fails ends with status 1, in words and in JSON."""
    path = tmp_path / "failing.toml"
    path.write_text(HEAD + STEP.replace("no offers", "an offer"))
    assert shell("exercise", "run", str(path))[0] == 1
    status, out, _ = shell("exercise", "run", str(path), "--json")
    assert status == 1
    assert [step["status"] for step in json.loads(out)["steps"]] == ["fail"]


def test_every_step_has_one_result_the_worst_of_its_plays() -> None:
    """Every id that the stories ask for is there once; played twice it has the worst; unplayed it is absent."""
    played = [StepResult("S0.1", "pass", "a"), StepResult("S0.1", "partial", "b"), StepResult("S0.2", "pass", "c"),
              StepResult("S0.3", "pass", "d"), StepResult("S0.3", "fail", "e")]  # fmt: skip
    found = {result.id: result for result in steps_of(played)}
    assert list(found) == list(every_step())
    assert found["S0.1"] == StepResult("S0.1", "partial", "a b")
    assert found["S0.2"].status == "pass"
    assert found["S0.3"] == StepResult("S0.3", "fail", "e")
    assert found["S3.12"].status == "absent"


def test_the_steps_are_those_of_the_stories() -> None:
    """The list has every step: 13, 19, 23 and 12 of them."""
    counts = {story: sum(id.startswith(f"S{story}.") for id in every_step()) for story in "0123"}
    assert counts == {"0": 13, "1": 19, "2": 23, "3": 12}


def test_what_was_said_is_read_without_its_folds() -> None:
    """Words are found across the folds of a table, and what must not be said is found in any case."""
    answer = Answer(0, "no   offers\n at all", "")
    assert fault(Line(says="no offers at all"), answer) is None
    assert fault(Line(says=["no", "all"], hides="Kakashi"), answer) is None
    assert "which it must not" in (fault(Line(hides="OFFERS"), answer) or "")
    assert "did not say" in (fault(Line(says="three"), answer) or "")


def test_a_refusal_is_one_only_in_its_own_words() -> None:
    """What must be refused fails when it is done, and when it is refused for another reason."""
    assert fault(Line(refused="not yours"), Answer(1, "", "wayhome: not yours to do")) is None
    assert "in other words" in (fault(Line(refused="not yours"), Answer(1, "", "wayhome: no such thing")) or "")
    assert "was not refused" in (fault(Line(refused="not yours"), Answer(0, "done", "")) or "")
    assert "was refused" in (fault(Line(says="x"), Answer(1, "", "wayhome: no")) or "")


ROWS = '[{"name": "a", "n": 1, "in": {"x": ["y z"]}}, {"name": "b", "n": 1}]'


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (Line(where={"name": "a"}, expect={"n": 1}, holds={"in.x": "y z"}), ""),
        (Line(where={"n": 1}, count=2), ""),
        (Line(where={"n": 2}, count=0), ""),
        (Line(where={"name": "b"}, lacks=["in"], expect={"in.x": ""}), ""),
        (Line(where={"n": 2}), "has no row with n 2"),
        (Line(where={"n": 1}, count=3), "has 2 rows with n 1, not 3"),
        (Line(expect={"name": "a"}), "has name 'b', not 'a'"),
        (Line(where={"name": "a"}, holds={"in.x": "w"}), "has no 'w' in in.x"),
        (Line(where={"name": "b"}, holds={"in": "w"}), "nothing there"),
        (Line(where={"name": "a"}, lacks=["in"]), "where nothing should be"),
    ],
)
def test_rows_are_held_against_what_a_line_says(line: Line, wrong: str) -> None:
    """Each key of a row check holds or names what is otherwise."""
    found = row_fault(line, rows_of(Answer(0, ROWS, ""), ""))
    assert (found or "") == wrong if not wrong else wrong in (found or "")


def test_a_list_inside_an_answer_is_found() -> None:
    """`in` leads to a list inside; one thing is a list of one; nothing there is an empty list."""
    answer = Answer(0, '{"draft": {"marks": [{"what": "ambush"}]}}', "")
    assert rows_of(answer, "draft.marks") == [{"what": "ambush"}]
    assert len(rows_of(answer, "")) == 1
    assert rows_of(answer, "official") == []
    assert fitting(rows_of(answer, "draft.marks"), {"what": "ambush"})
    for answer, inside in ((Answer(0, "words", ""), ""), (Answer(0, "[]", ""), "a")):
        with pytest.raises(ValueError):
            rows_of(answer, inside)
