"""Each way around purity has been seen to fail, and honest code passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tools.planting import found
from tools.check_purity import FLOORS
from tools.source import ROOT

from tools import check_purity

BREACHES = [
    "open('x')",
    "f = open\nf('x')",
    "import io\nio.open('x')",
    "from pathlib import Path\nPath('x').read_text()",
    "import pathlib as p\np.Path('x')",
    "def f(x):\n    return x.read_bytes()",
    "def f(x):\n    return x.write_text('y')",
    "def f(x):\n    return x.open()",
    "import os",
    "import os\nos.urandom(3)",
    "from os import environ as e\ne['x']",
    "import datetime\ndatetime.datetime.now()",
    "import datetime as d\nd.datetime.utcnow()",
    "from datetime import datetime\ndatetime.now()",
    "from datetime import datetime as clock\nnow = clock.now",
    "from datetime import date as today\ntoday.today()",
    "import datetime\ngetattr(datetime.datetime, 'now')()",
    "import datetime\nd = datetime\nd.datetime.now()",
    "import time",
    "from time import monotonic as m",
    "def f():\n    from time import perf_counter\n    return perf_counter()",
    "import random",
    "from random import choice as pick",
    "import numpy as np\nnp.random.default_rng()",
    "import numpy as np\nnp.random.rand(3)",
    "from numpy.random import default_rng",
    "from numpy import random as r",
    "import numpy as np\nr = np.random",
    "import numpy as np\nnp.fromfile('x')",
    "import secrets",
    "import uuid",
    "import socket",
    "from urllib.request import urlopen",
    "import subprocess",
    "print('x')",
    "input()",
    "import sys\nsys.stdin.read()",
    "eval('1')",
    "__import__('os')",
    "import importlib\nimportlib.import_module('os')",
    "from datetime import *",
]


@pytest.mark.parametrize("code", BREACHES)
def test_a_breach_is_found(code: str, tmp_path: Path) -> None:
    """Whatever touches the outside is found in a pure floor."""
    assert found(check_purity.check, tmp_path, "src/wayhome/engines/planted.py", code)


@pytest.mark.parametrize("floor", FLOORS)
def test_every_pure_floor_is_watched(floor: str, tmp_path: Path) -> None:
    """The clock is found in each of the pure floors, in rooms within rooms too."""
    assert found(check_purity.check, tmp_path, f"{floor}/room/planted.py", "import time")


HONEST = [
    "from datetime import datetime, time\n\n\ndef f(at: datetime) -> time:\n    return at.time()",
    "import numpy as np\n\n\ndef f(chance: np.random.Generator) -> float:\n    return chance.random()",
    "def f(time: int, random: int) -> int:\n    return time + random",
    "from io import StringIO\n\nStringIO('x').getvalue()",
    "def f(reopened: bool) -> str:\n    return 'open' if reopened else 'print'",
]


@pytest.mark.parametrize("code", HONEST)
def test_honest_code_passes(code: str, tmp_path: Path) -> None:
    """Times as values, chance as an argument and words like open are nobody's breach."""
    assert found(check_purity.check, tmp_path, "src/wayhome/engines/honest.py", code) == []


def test_the_other_floors_may(tmp_path: Path) -> None:
    """The log and the links are there to touch the disk."""
    assert found(check_purity.check, tmp_path, "src/wayhome/log/disk.py", "import os\nopen('x')") == []


def test_wayhome_itself_is_pure() -> None:
    """The pure floors as they stand touch nothing."""
    assert [str(one) for one in check_purity.check(ROOT)] == []
