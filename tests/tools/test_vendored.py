"""What the desk ships of others is what it says it is, and licensed so that it may be shipped."""

from __future__ import annotations

import json

from tools.vendored import FILES, VENDOR, wrong

FREE = {"MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause"}


def test_each_vendored_file_is_the_one_it_says() -> None:
    """Every module's digest is the one written down, and none is there that is not."""
    assert wrong() == []


def test_each_vendored_package_may_be_shipped() -> None:
    """Each has a permissive licence, and its text lies beside it."""
    known = json.loads((VENDOR / "vendor.json").read_text())
    assert set(known) == set(FILES)
    for name, about in known.items():
        assert about["licence"] in FREE, name
        text = VENDOR / "licences" / (about["package"].replace("/", "-").replace("@", "_") + ".txt")
        assert text.read_text(encoding="utf-8").strip(), about["package"]
