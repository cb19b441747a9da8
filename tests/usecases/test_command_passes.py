"""Who commands is never unclear."""

from __future__ import annotations

import json

import pytest
from tests.fakes.house import memory_house, run_in

from wayhome.assembly.local import LocalHouse


def leaf() -> LocalHouse:
    """Tsunade commands; after her Ana, then Kiba."""
    house, _ = memory_house()
    for words in (
        ["member", "add", "Ana", "--duty", "clerk"],
        ["member", "add", "Kiba"],
        ["command", "succession", "set", "Tsunade", "Ana", "Kiba"],
    ):
        assert run_in(house, words, "Tsunade")[0] == 0
    return house


def commander(house: LocalHouse) -> str:
    return str(json.loads(run_in(house, ["organisation", "--json"], "Kiba")[1])["commander_name"])


@pytest.mark.parametrize(
    "gone",
    [
        ["member", "status", "Tsunade", "away"],
        ["member", "leave", "Tsunade", "--letter", "I need the summer."],
        ["memorial", "add", "Tsunade", "--on", "today", "--member", "Tsunade"],
    ],
)
def test_command_passes_however_the_commander_goes(gone: list[str]) -> None:
    """Away, on leave or lost: command passes to the next who is there, and the handover is on record."""
    house = leaf()
    assert commander(house) == "Tsunade"
    assert run_in(house, gone, "Ana")[0] == 0 or run_in(house, gone, "Tsunade")[0] == 0
    assert commander(house) == "Ana"
    assert "next in the standing succession" in run_in(house, ["command", "history"], "Kiba")[1]


def test_command_skips_whoever_is_not_there() -> None:
    """Whoever is away is passed over; with nobody left, whoever commands still does."""
    house = leaf()
    run_in(house, ["member", "status", "Ana", "leave"], "Tsunade")
    run_in(house, ["member", "status", "Tsunade", "away"], "Tsunade")
    assert commander(house) == "Kiba"
    run_in(house, ["member", "status", "Kiba", "away"], "Kiba")
    assert commander(house) == "Kiba"
