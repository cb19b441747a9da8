"""The benchmark on a small folder of the challenge's form: what is told, and what it answers to a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks import roadef
from benchmarks._roadef_case import Case

PEOPLE = "tech d1 d2 dispo\n1 1 1 [ ]\n2 1 0 [ ]\n"
WORK = "number time preds prio cost d1_1 d2_1\n1 60 [ ] 1 1 1 0\n2 60 [ 1 ] 2 1 1 1\n"
CASE: Case = {"sound": True, "known_bound": None, "cost": 9, "bound": 9}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One instance whose best plan can be told by hand: 28 * 60 + 14 * 120 + 120."""
    one = tmp_path / "instances" / "A1"
    one.mkdir(parents=True)
    (one / "instance").write_text("name domains level techs interv abandon\nx 2 1 2 2 0\n", encoding="utf-8")
    (one / "tech_list").write_text(PEOPLE, encoding="utf-8")
    (one / "interv_list").write_text(WORK, encoding="utf-8")
    return one.parent


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The summary."""
    summary: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return summary


def test_a_folder_is_measured_with_and_without_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The optimum is met, a wrong best known is missed, and no table is no reason to refuse."""
    assert roadef.main([str(folder), "--limit", "5"]) == 0
    assert [one["must"] for one in last(capsys)["musts"]] == ["the checker accepts every plan"]
    (folder.parent / "best_known.csv").write_text("instance,best_known\nA1,3480\n", encoding="utf-8")
    assert roadef.main([str(folder), "--limit", "5"]) == 0
    assert {"must": "A1 at the best known", "measured": "A1 +0.00 %", "met": True} in last(capsys)["musts"]
    (folder.parent / "best_known.csv").write_text("instance,best_known\nA1,3000\n", encoding="utf-8")
    assert roadef.main([str(folder), "--limit", "5"]) == 1
    assert last(capsys)["ok"] is False


def test_a_folder_that_cannot_be_read_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No instance, or a name that is not there: words, not a traceback."""
    assert roadef.main([str(tmp_path)]) == 1
    assert "there is no folder here with the files" in last(capsys)["error"]


def test_musts_are_told_of_what_is_there() -> None:
    """Means by set, the worst of all, and bounds against the known ones."""
    told = {"A5": 0.5, "A7": 3.0, "B1": 9.0}
    cases = [CASE | {"instance": name, "above_percent": above} for name, above in told.items()]
    cases[0] |= {"known_bound": 10}
    met = {one["must"]: one["met"] for one in roadef.musts(cases, [], 60.0)}
    assert met == {
        "the checker accepts every plan": True,
        "A5 at most 1 % above": True,
        "none more than 8 % above": False,
        "A (2) on average at most 1.5 % above": False,
        "B (1) on average at most 4 % above": False,
        "no bound below the known one": False,
        "a better bound on 0 of 1": True,
    }
