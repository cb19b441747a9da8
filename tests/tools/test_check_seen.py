"""Each way to mint Seen, or to reach around access, has been seen to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tools.planting import found
from tools.source import ROOT

from tools import check_seen

IMPORT = "from wayhome.access.seen import Seen\n"
MINTING = [
    IMPORT + "Seen(1, 'me')",
    IMPORT + "Seen[int](1, 'me')",
    "from wayhome.access.seen import Seen as Shown\nShown(1, 'me')",
    "import wayhome.access.seen\nwayhome.access.seen.Seen(1, 'me')",
    "from wayhome.access import seen\nseen.Seen(1, 'me')",
    "from ..access.seen import Seen\nSeen(1, 'me')",
    IMPORT + "S = Seen\n",
    IMPORT + "x = Seen.__new__(Seen)",
    IMPORT + "object.__new__(Seen)",
    IMPORT + "def f(seen: Seen[int]) -> None:\n    object.__setattr__(seen, 'value', 2)",
    "import msgspec\n\n\ndef f(seen):\n    msgspec.structs.force_setattr(seen, 'value', 2)",
    IMPORT + "import msgspec\nmsgspec.convert({}, Seen)",
    IMPORT + "import msgspec\nmsgspec.convert({}, Seen[int])",
    IMPORT + "import msgspec\nmsgspec.json.decode(b'', type=Seen[int])",
    "import msgspec\n\n\ndef f(seen):\n    return msgspec.structs.replace(seen, value=2)",
    "import copy\n\n\ndef f(seen):\n    return copy.replace(seen, value=2)",
    "def f(seen):\n    return type(seen)(2, 'me')",
    "def f(seen):\n    return seen.__class__(2, 'me')",
    IMPORT + "class Mine(Seen):\n    pass",
    IMPORT + "from functools import partial\npartial(Seen, 1)",
]


@pytest.mark.parametrize("code", MINTING)
def test_minting_is_found(code: str, tmp_path: Path) -> None:
    """Outside access, Seen is a type and never a call."""
    assert found(check_seen.check, tmp_path, "src/wayhome/usecases/planted.py", code)


def test_access_mints(tmp_path: Path) -> None:
    """Within access it is made."""
    assert found(check_seen.check, tmp_path, "src/wayhome/access/seen.py", IMPORT + "Seen(1, 'me')") == []


def test_seen_as_a_type_passes(tmp_path: Path) -> None:
    """Annotations, aliases of its kinds and isinstance are honest uses; so is a frozen class finishing itself."""
    code = IMPORT + (
        "Ids = Seen[int]\n\n\ndef f(seen: Seen[int]) -> Ids:\n    assert isinstance(seen, Seen)\n    return seen\n\n\n"
        "class Frozen:\n    def __post_init__(self) -> None:\n        object.__setattr__(self, 'x', 1)\n"
    )
    assert found(check_seen.check, tmp_path, "src/wayhome/cli/honest.py", code) == []


@pytest.mark.parametrize("face", ["cli", "links", "desk"])
@pytest.mark.parametrize(
    "code",
    [
        "import wayhome.log",
        "from wayhome.log import sqlite_store",
        "from wayhome.log.sqlite_store import SqliteLog as L",
        "from wayhome import log",
        "def f():\n    from ..log import sqlite_store",
        "from wayhome.usecases.ports import Row",
        "from wayhome.usecases.ports import Log as Book",
        "from wayhome.usecases.ports import *",
    ],
)
def test_a_face_that_reaches_for_the_log_is_found(face: str, code: str, tmp_path: Path) -> None:
    """No face names the log, or the rows and entries it keeps."""
    assert found(check_seen.check, tmp_path, f"src/wayhome/{face}/planted.py", code)


def test_the_assembly_opens_the_log(tmp_path: Path) -> None:
    """The assembly is the one place above the log that names it."""
    assert found(check_seen.check, tmp_path, "src/wayhome/assembly/log.py", "from wayhome.log import disk") == []


@pytest.mark.parametrize("call", ["log.rows(ask, None)", "log.rows(ask, predicate=None)", "self.log.rows(ask, None)"])
def test_reading_without_a_predicate_is_found(call: str, tmp_path: Path) -> None:
    """Unfiltered rows are read only in the files that are listed with their reason."""
    code = f"def f(self, log, ask):\n    return {call}\n"
    assert found(check_seen.check, tmp_path, "src/wayhome/usecases/planted.py", code)
    (tmp_path / "src/wayhome/usecases/planted.py").unlink()
    assert found(check_seen.check, tmp_path, "src/wayhome/usecases/clockwork.py", code) == []


def test_reading_with_a_predicate_passes(tmp_path: Path) -> None:
    """A predicate at hand is the normal way."""
    code = "def f(log, ask, predicate):\n    return log.rows(ask, predicate)\n"
    assert found(check_seen.check, tmp_path, "src/wayhome/usecases/honest.py", code) == []


@pytest.mark.parametrize("room", ["cli", "links", "engines", "log"])
def test_a_warden_is_employed_by_use_cases_only(room: str, tmp_path: Path) -> None:
    """Nobody else gets a warden to mint for them."""
    code = "from wayhome.access.seen import Warden\n"
    assert found(check_seen.check, tmp_path, f"src/wayhome/{room}/planted.py", code)
    (tmp_path / f"src/wayhome/{room}/planted.py").unlink()
    assert found(check_seen.check, tmp_path, "src/wayhome/usecases/reading.py", code) == []


def test_wayhome_itself_is_guarded() -> None:
    """The tree as it stands mints Seen in access alone."""
    assert [str(one) for one in check_seen.check(ROOT)] == []
