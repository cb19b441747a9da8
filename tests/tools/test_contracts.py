"""Each import contract has been seen to fail on one planted import, in a copy of the tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tools.source import ROOT

FLOORS = "Floors: imports only go down"
ENGINES = "No engine knows another"
OUTSIDE = "Only the log touches the database, only links touch files of others"
FACES = "Faces take no log in hand"
SOLVER = "The solver stays in one module of an engine"
NOWHERE = "What cannot share a process with the solver is nowhere"

PLANTS = [
    (FLOORS, "values", "terrain"),
    (FLOORS, "terrain", "mission"),
    (FLOORS, "mission", "engines"),
    (FLOORS, "engines", "mission"),
    (FLOORS, "engines", "access"),
    (FLOORS, "access", "usecases"),
    (FLOORS, "usecases", "formats"),
    (FLOORS, "formats", "usecases"),
    (FLOORS, "usecases", "log"),
    (FLOORS, "log", "links"),
    (FLOORS, "links", "log"),
    (FLOORS, "links", "assembly"),
    (FLOORS, "assembly", "cli"),
    (ENGINES, "engines.tasking", "engines.care"),
    (ENGINES, "engines.care", "engines.tasking"),
    (FACES, "cli", "log"),
]
OUTSIDE_PLANTS = [
    (OUTSIDE, "mission", "apsw"),
    (OUTSIDE, "cli", "sqlite3"),
    (OUTSIDE, "usecases", "rasterio"),
    (OUTSIDE, "terrain", "socket"),
    (SOLVER, "usecases", "ortools"),
    (SOLVER, "engines.tasking", "ortools"),
    (NOWHERE, "engines.tasking", "highspy"),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree and its contracts, copied; rooms that contracts name and that are not built yet are put there empty."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__", "*.ttf", "*.npz"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for contract in contracts():
        named = [*contract.get("modules", ()), *contract.get("source_modules", ())]
        for name in (one for one in named if one.startswith("wayhome.") and "*" not in one):
            room = root / "src" / name.replace(".", "/")
            if not room.exists() and not room.with_suffix(".py").exists():
                room.mkdir(parents=True)
                (room / "__init__.py").touch()
    return root


def contracts() -> list[dict[str, Any]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def lint(root: Path) -> str:
    """What lint-imports says of a tree."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    environment = os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_the_copy_keeps_every_contract(copied: Path) -> None:
    """Without a planted import nothing is broken."""
    said = lint(copied)
    assert f"Contracts: {len(contracts())} kept, 0 broken." in said, said


@pytest.mark.parametrize(("contract", "room", "module"), [*PLANTS, *OUTSIDE_PLANTS])
def test_a_planted_import_breaks_its_contract(contract: str, room: str, module: str, copied: Path) -> None:
    """One import in the wrong direction, and the contract that forbids it is the one reported."""
    folder = copied / "src/wayhome" / room.replace(".", "/")
    planted = (folder if folder.is_dir() else folder.parent) / "planted.py"
    name = module if (contract, room, module) in OUTSIDE_PLANTS else f"wayhome.{module}"
    planted.write_text(f"import {name}\n")
    try:
        assert f"{contract} BROKEN" in " ".join(lint(copied).split())
    finally:
        planted.unlink()


def test_an_unplaced_folder_is_found(copied: Path) -> None:
    """A new folder that no floor names fails until it is placed."""
    room = copied / "src/wayhome/annexe"
    room.mkdir()
    (room / "__init__.py").touch()
    try:
        said = lint(copied)
        assert "annexe" in said
        assert f"{len(contracts())} kept, 0 broken" not in said
    finally:
        shutil.rmtree(room)


def test_every_contract_is_tried() -> None:
    """Each contract of pyproject.toml has a planted breach here."""
    assert {one["name"] for one in contracts()} == {contract for contract, _, _ in (*PLANTS, *OUTSIDE_PLANTS)}
