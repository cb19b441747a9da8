"""The desk's words: every text is ready to be translated, and every translation is of a text that is said."""

from __future__ import annotations

import json
import re

import pytest

from tools import words

CATALOGUES = sorted(path for path in (words.STATIC / "words").glob("*.js"))
PART = re.compile(r"\{(\w+)\}")


def entries(path: str) -> dict[str, str]:
    """The translations of a catalogue by their English text."""
    text = (words.STATIC / "words" / path).read_text(encoding="utf-8")
    pair = re.compile(rf"^\s*{words.LITERAL.pattern}:\s*{words.LITERAL.pattern},?$", re.MULTILINE)
    return {json.loads(f'"{english}"'): json.loads(f'"{said}"') for english, said in pair.findall(text)}


def test_the_template_holds_every_text_that_is_said() -> None:
    """`words/template.json` is as the scripts are: `python -m tools.words` makes it so."""
    assert words.TEMPLATE.read_text(encoding="utf-8") == words.gathered()


def test_no_text_is_put_together_as_it_runs() -> None:
    """A text with parts names them in braces: one made of a template string could stand in no catalogue."""
    assert {
        name: words.unreadable(script) for name, script in words.scripts().items() if words.unreadable(script)
    } == {}


@pytest.mark.parametrize("path", [path.name for path in CATALOGUES])
def test_a_catalogue_says_only_what_is_said(path: str) -> None:
    """Every entry is of a text that the desk still says, names the same parts, and is said once."""
    said = json.loads(words.gathered())
    found = entries(path)
    assert found
    assert sorted(set(found) - set(said)) == []
    wrong = [text for text, other in found.items() if set(PART.findall(other)) - set(PART.findall(text))]
    assert wrong == []
    body = (words.STATIC / "words" / path).read_text(encoding="utf-8")
    assert len(found) == len(re.findall(r"^\s*\"", body, re.MULTILINE))


def test_texts_are_found_however_they_are_written() -> None:
    """Plain texts, chosen ones, plurals with a counted expression, and texts beside other calls are all found."""
    script = """
      say(t("One {part}", { part: list("not this") }));
      t(mine ? "My days" : "Their days"); t(kind === "no text" ? "Yes" : "No");
      plural(rows.filter((a) => a.b === "c").length, "{count} row", "{count} rows"); about("nothing"); x.t("nor this");
    """
    found = ["One {part}", "My days", "Their days", "Yes", "No", "{count} row", "{count} rows"]
    assert list(words.texts(script)) == found
