"""The three benchmarks on small tables of their form: what is told, and what they answer to a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks import fab, osp, searchers

OSP = "grid_n,stay_prob,pod_glimpse,T,optimal_pd,path_cells_row_major\n"
FAB = "grid_n,T,stay_prob,w_detect_rate,effort_per_step,pd_FAB,pd_upper_bound_Washburn,pd_myopic\n"
SEARCHERS = "grid_n,J,T,stay_prob,alpha,nondetection_best_known,nondetection_lower_bound_proven,certified_1e-4\n"


def last(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The summary."""
    summary: dict[str, Any] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return summary


def by_hand(looks: int) -> float:
    """A grid of one cell, looked at `looks` times with pod 0.5."""
    return 1.0 - 0.5**looks


def test_one_searcher(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case that can be told by hand is met; one with a wrong optimum is missed, and the command fails."""
    table = tmp_path / "osp.csv"
    table.write_text(f"{OSP}1,0.6,0.5,3,{by_hand(3)},0-0-0-0\n")
    assert osp.main([str(table)]) == 0
    assert last(capsys)["cases"][0]["path"] == "0-0-0-0"
    table.write_text(f"{OSP}1,0.6,0.5,3,0.9,0-0-0-0\n")
    assert osp.main([str(table), "--json"]) == 1
    assert last(capsys)["missed"] == 1


def test_divisible_effort(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One cell, effort 1 at each of two looks: 1 - exp(-2)."""
    table = tmp_path / "fab.csv"
    table.write_text(f"{FAB}1,2,0.6,1.0,1.0,0.86466472,0.86466472,0.8\n")
    assert fab.main([str(table)]) == 0
    summary = last(capsys)
    assert summary["cases"][0]["bound"] >= summary["cases"][0]["value"]
    table.write_text(f"{FAB}1,2,0.6,1.0,1.0,0.5,0.86466472,0.8\n")
    assert fab.main([str(table)]) == 1


def test_several_searchers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One cell, two searchers, two looks: exp(-4 alpha), certified; a better known plan would be a miss."""
    table = tmp_path / "searchers.csv"
    table.write_text(f"{SEARCHERS}1,2,2,0.6,0.5,0.1353353,0.1,1\n1,2,2,0.6,0.5,0.1353353,,0\n")
    assert searchers.main([str(table)]) == 0
    summary = last(capsys)
    assert [case["certified"] for case in summary["cases"]] == [True, True]
    table.write_text(f"{SEARCHERS}1,2,2,0.6,0.5,0.12,0.1,1\n")
    assert searchers.main([str(table), "--minutes", "1"]) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("grid_n,T\n3,4\n", "lacks the columns"),
        (OSP, "no case"),
        (f"{OSP}3,0.6,1.2,4,0.5,0\n", "1.2"),
        (f"{OSP}three,0.6,0.5,4,0.5,0\n", "three"),
        (f"{OSP}3.5,0.6,0.5,4,0.5,0\n", "whole"),
        (f"{OSP}3,0.6,0.5,0,0.5,0\n", "0 looks"),
    ],
)
def test_a_wrong_table(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, words: str) -> None:
    """A word of what is wrong, `ok` false, and a failing command."""
    table = tmp_path / "osp.csv"
    table.write_text(text)
    assert osp.main([str(table)]) == 1
    summary = last(capsys)
    assert summary["ok"] is False
    assert words in summary["error"]


def test_an_absent_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is told like any other wrong one."""
    assert osp.main([str(tmp_path / "absent.csv")]) == 1
    assert "cannot be read" in last(capsys)["error"]
