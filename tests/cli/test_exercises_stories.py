"""The stories: what must pass passes, and without the rule behind it a step fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.fakes.leaf import one_ground
from tools.source import ROOT
from tools.story_table import placed, table

from wayhome.cli.exercises import StepResult, play, shipped, shipped_names, steps_of
from wayhome.cli.exercises.playing import prepare, start
from wayhome.mission.intents import care, field, missions, people
from wayhome.mission.intents.base import Intent
from wayhome.mission.rules.common import RULES

MUST_PASS = [
    "S0.1", "S0.2", "S0.3", "S0.4", "S0.5", "S0.6", "S0.7", "S0.8", "S0.9", "S0.10", "S0.11", "S0.12", "S0.13", "S1.1",
    "S1.2", "S1.3", "S1.4", "S1.9", "S1.13", "S1.15", "S2.1", "S2.2", "S2.6", "S2.7", "S2.12", "S2.13", "S2.14",
    "S2.3", "S2.16", "S2.17", "S2.18", "S2.19", "S2.20", "S3.10",
]  # fmt: skip
AT_LEAST_PARTIAL = ["S2.9"]


@pytest.fixture(scope="module", autouse=True)
def leaf_made_once() -> Iterator[None]:
    with one_ground():
        yield


@pytest.fixture(scope="module")
def results() -> dict[str, StepResult]:
    """Every story played once."""
    played = [result for name in shipped_names() for result in play(shipped(name))]
    return {result.id: result for result in steps_of(played)}


def test_no_step_fails(results: dict[str, StepResult]) -> None:
    """Every step of every story passes, is partial, or is absent."""
    assert not [result for result in results.values() if result.status == "fail"]


def test_the_steps_that_must_pass_do(results: dict[str, StepResult]) -> None:
    """What is said to work works from the command line, whole."""
    assert [id for id in MUST_PASS if results[id].status != "pass"] == []
    assert [id for id in AT_LEAST_PARTIAL if results[id].status not in ("pass", "partial")] == []


def test_the_readme_agrees_with_the_exercises(results: dict[str, StepResult]) -> None:
    """What the README says of each step is what playing the stories gives; `--write` makes it so."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert placed(readme, table(list(results.values()))) == readme, "run: python -m tools.story_table --write"


def test_every_step_says_what_it_has_shown(results: dict[str, StepResult]) -> None:
    """Evidence is a sentence of what was checked; a partial step says what is still missing."""
    for result in results.values():
        assert result.evidence.strip()
        assert "lines hold" not in result.evidence, result.id
        assert ("Still missing" in result.evidence) == (result.status == "partial"), result.id


@pytest.mark.parametrize(
    ("story", "step", "intent"),
    [
        ("goodbye", "S0.3", people.VeilRemembrance),
        ("goodbye", "S0.10", missions.DeferOffer),
        ("goodbye", "S0.1", missions.LapseOffer),
        ("survivors", "S1.15", people.MakePetition),
        ("survivors", "S1.13", missions.FailAssumption),
        ("survivors", "S1.2", missions.WriteReport),
        ("survivors", "S1.4", people.OpenFollowUp),
        ("bring-him-back", "S2.2", people.TakeCommand),
        ("bring-him-back", "S2.16", missions.HoldBack),
        ("bring-him-back", "S2.3", field.CompareFutures),
        ("bring-him-back", "S2.12", field.RaiseAlert),
        ("bring-him-back", "S2.13", missions.MoveMission),
        ("bring-him-back", "S2.20", missions.ReleaseTestimony),
        ("bring-him-back", "S2.23", care.SignOnDuty),
    ],
)
def test_without_its_rule_a_step_fails(
    story: str, step: str, intent: type[Intent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking the use case of a feature away turns the step that rests on it to fail."""
    monkeypatch.delitem(RULES, intent)
    for result in play(shipped(story)):
        if result.id == step and result.status == "fail":
            return
    pytest.fail(f"{step} does not fail without {intent.__name__}")


def test_an_exercise_is_the_same_every_time() -> None:
    """Two plays of one exercise give the same ids, byte for byte."""
    seen = []
    for _ in range(2):
        exercise = shipped("basket")
        player = start(exercise)
        assert prepare(player, exercise) == ""
        seen.append(player.run(["member", "list"], "Naruto", as_json=True).out)
    assert seen[0] == seen[1]


def test_reading_the_memorial_leaves_nothing_in_the_record() -> None:
    """Nobody's visits are watched: whoever reads the memorial writes no fact, no row and no timer."""
    exercise = shipped("basket")
    player = start(exercise)
    assert prepare(player, exercise) == ""
    before = (player.house.log.heads(), player.house.log.timers(), player.house.log.grants())
    for words in (["memorial"], ["memorial", "list"]):
        assert player.run(words, "Kakashi").status == 0
    assert (player.house.log.heads(), player.house.log.timers(), player.house.log.grants()) == before
