"""`make audit`: what bandit finds in `src`, and what is known against the packages that we build on.

A finding of bandit's passes only where `EXPLAINED` says why it is none. Known vulnerabilities are asked for by
pip-audit; where the advisory database cannot be reached nothing is said of them, and that is said, with status 2.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.source import ROOT

EXPLAINED: dict[tuple[str, str], str] = {
    ("B101", "links/map_frame.py"): "states what the lines before made so, for the type checker; no input reaches it",
    ("B101", "links/map_marks.py"): "states what the lines before made so, for the type checker; no input reaches it",
    ("B101", "links/paper/printing.py"): "states what the compiler gives for one page, for the type checker",
    ("B101", "mission/rules/telling.py"): "states what the rule before made so, for the type checker",
    ("B104", "desk/server.py"): "two addresses are compared with; the desk answers on this machine alone by default",
    ("B105", "assembly/locked.py"): "an empty start, before anybody has typed the passphrase",
    ("B105", "cli/demo.py"): "the demonstration's own folder and invented people; the name of the password says so",
    ("B106", "cli/exercises/playing.py"): "a house in memory for one exercise, into which nobody signs by password",
    ("B106", "cli/house/founding.py"): "a key file is used, so that there is no passphrase",
    ("B106", "desk/doors.py"): "no token is given out: it goes into the cookie",
    ("B405", "formats/ics.py"): "writes XML and parses none",
    ("B608", "log/sqlite_tables.py"): "the parts put together are constants of that file; every value is bound",
}
"""Of each kind of finding and file, why it is no fault."""

Finding = dict[str, Any]


def place(finding: Finding) -> tuple[str, str]:
    """The kind of a finding, and its file below `src/wayhome`."""
    return str(finding["test_id"]), str(finding["filename"]).partition("src/wayhome/")[2]


def complaints(findings: Iterable[Finding]) -> list[str]:
    """What stands against the source: each finding that nobody explained, and each explanation of nothing."""
    found = list(findings)
    unexplained = [
        f"{finding['filename']}:{finding['line_number']}: {finding['test_id']} {finding['issue_text']}"
        for finding in found
        if place(finding) not in EXPLAINED
    ]
    stale = EXPLAINED.keys() - {place(finding) for finding in found}
    return unexplained + [f"{file}: {kind} is explained and not found: take it out" for kind, file in sorted(stale)]


def known_against(dependencies: Iterable[Finding], own: str = "wayhome") -> tuple[list[str], list[str]]:
    """The vulnerabilities known of the packages, and the packages of which nothing could be asked."""
    known, unasked = [], []
    for one in dependencies:
        if "skip_reason" in one:
            unasked += [one["name"]] if one["name"] != own else []
            continue
        known += [f"{one['name']} {one['version']}: {found['id']}" for found in one["vulns"]]
    return known, unasked


def _json_of(*command: str) -> tuple[Any, str]:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout), ""
    except json.JSONDecodeError:
        return None, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it said nothing"


def _source() -> int:
    found, fault = _json_of("bandit", "-q", "-r", "src", "-f", "json")
    if found is None:
        return _say(2, f"bandit did not run: {fault}")
    wrong = complaints(found["results"])
    words = "nothing that is not explained in tools/audit.py" if not wrong else "\n  ".join(wrong)
    return _say(1 if wrong else 0, f"bandit: {words}")


def _packages() -> int:
    folder = Path(sysconfig.get_path("purelib"))
    found, fault = _json_of("pip_audit", "--path", str(folder), "-f", "json", "--progress-spinner", "off")
    if found is None:
        return _say(2, f"pip-audit: the advisory database could not be reached ({fault}): run it where it can be")
    known, unasked = known_against(found["dependencies"])
    if known:
        return _say(1, "pip-audit: known vulnerabilities\n  " + "\n  ".join(known))
    if unasked:
        words = "the database knew nothing of them from here: run `make audit` where the public index can be reached"
        return _say(2, f"pip-audit: {len(unasked)} of {len(found['dependencies'])} packages not looked up: {words}")
    return _say(0, f"pip-audit: nothing known against {len(found['dependencies'])} packages")


def _say(status: int, words: str) -> int:
    sys.stdout.write(f"{words}\n")
    return status


def main() -> int:
    return max(_source(), _packages())


if __name__ == "__main__":
    sys.exit(main())
