"""The desk's words, for translators: every text that its scripts say, gathered into `words/template.json`.

A text is written in English where it stands, in `t("…")` or `plural(count, "…", "…")`. `python -m tools.words` gathers
them; a test fails where the template is not as the scripts are.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT

STATIC = ROOT / "src" / "wayhome" / "desk" / "static"
TEMPLATE = STATIC / "words" / "template.json"
NOT_SPOKEN = ("vendor/", "words/", "words.js", "sw.js")

CALL = re.compile(r"(?<![\w.$])(t|plural)\(")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMPARED = re.compile(r"[!=]==\s*$")


def scripts(static: Path = STATIC) -> dict[str, str]:
    """The scripts that speak, by their path below `static/`."""
    found = {path.relative_to(static).as_posix(): path for path in sorted(static.rglob("*.js"))}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if not name.startswith(NOT_SPOKEN)}


def texts(script: str) -> Iterator[str]:
    """Every text that a script says."""
    for call in CALL.finditer(script):
        arguments = list(_arguments(script, call.end()))
        chosen = arguments[:1] if call[1] == "t" else arguments[1:3]
        for argument in chosen:
            yield from _literals(argument)


def _arguments(script: str, start: int) -> Iterator[str]:
    """The arguments of a call, as they are written."""
    depth, begin, at = 1, start, start
    while depth and at < len(script):
        literal = LITERAL.match(script, at)
        if literal:
            at = literal.end()
            continue
        letter = script[at]
        depth += (letter in "([{") - (letter in ")]}")
        if (letter == "," and depth == 1) or not depth:
            yield script[begin:at]
            begin = at + 1
        at += 1


def _literals(argument: str) -> Iterator[str]:
    for literal in LITERAL.finditer(argument):
        if not COMPARED.search(argument[: literal.start()]):
            yield json.loads(f'"{literal[1]}"')


def unreadable(script: str) -> list[str]:
    """Calls whose text is put together as it runs: no catalogue could hold it."""
    return [script[call.start() : call.start() + 60] for call in re.finditer(r"(?<![\w.$])t\(`", script)]


def gathered() -> str:
    """The template as it should be: each text with nothing yet to say it by."""
    found = sorted({text for script in scripts().values() for text in texts(script)})
    return json.dumps(dict.fromkeys(found, ""), ensure_ascii=False, indent=0) + "\n"


def main() -> int:
    wanted = gathered()
    TEMPLATE.write_text(wanted, encoding="utf-8")
    sys.stdout.write(f"{len(json.loads(wanted))} texts are in {TEMPLATE.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
