"""Masks by themselves: what is found, what is left, and that nothing tells one name from another."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.access.masks import NameMask

LABEL = "the target"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Sasuke left by the gate", "the target left by the gate"),
        ("SASUKE, sasuke; Sasuke's sandal", "the target, the target; the target's sandal"),
        ("Uchiha-Sasuke_photo.jpg", "the target-the target_photo.jpg"),
        ("Sasuke  Uchiha\nwas seen", "the target\nwas seen"),
        ("Sasukes and a Sasuke1 are others", "Sasukes and a Sasuke1 are others"),
        ("Strasse, not strasser", "the target, not strasser"),
        ("STRASSE", "the target"),
        ("Zoe\u0308 was here", "the target was here"),
        ("İ then Straße and more", "İ then the target and more"),
        ("", ""),
    ],
)
def test_whole_words_are_masked_whatever_their_case(text: str, reads: str) -> None:
    """A name is found as a whole word, in any case and spelling of the same letters; what is no name stays."""
    mask = NameMask(LABEL, ("Sasuke Uchiha", "Sasuke", "Uchiha", "Straße", "Zoë"))
    assert mask.over(text) == reads


def test_fixed_words_are_left_and_fingerprints_go() -> None:
    """What is one of a fixed set of words stays; what is made of the name as well is not shown at all."""
    body = json.dumps(
        {
            "words": "Paris seen",
            "at": {"ms": 1, "zone": "Europe/Paris"},
            "state": "paris",
            "inputs_digest": "f00d",
            "subject": {"name": "Paris", "age": "8"},
            "result": json.dumps({"facts": ["toward Paris"], "n": 1.5}),
            "note": "[Paris",
        }
    ).encode()
    read = json.loads(NameMask(LABEL, ("Paris",)).over_json(body))
    assert json.loads(read.pop("result")) == {"facts": ["toward the target"], "n": 1.5}
    assert read == {
        "words": "the target seen",
        "at": {"ms": 1, "zone": "Europe/Paris"},
        "state": "paris",
        "inputs_digest": "",
        "subject": {"name": LABEL, "age": "8"},
        "note": "[the target",
    }


def test_ones_own_words_come_back_as_they_were() -> None:
    """A guess typed by whoever is answered is left, so that the answer does not say whether it is right."""
    mask = NameMask(LABEL, ("Sasuke", "Uchiha"))
    assert mask.over_but("no team sasuke beside Uchiha", said="form SASUKE") == "no team sasuke beside the target"
    assert mask.over_but("no team Sasuke", said="form Alpha") == "no team the target"


NAMES = st.text("abcdefghijklmnoprstuvwzäöüßéåşİ", min_size=3, max_size=14)
PIECES = st.lists(st.one_of(st.none(), st.text(" .,;:'-_()!?7—\n", min_size=1, max_size=3)), max_size=12)


@given(one=NAMES, other=NAMES, pieces=PIECES, upper=st.booleans())
def test_two_names_read_the_same(one: str, other: str, pieces: list[str | None], upper: bool) -> None:
    """Whatever the name is and however long, whoever is not told reads the same bytes."""

    def row(name: str) -> bytes:
        written = name.upper() if upper else name
        words = " ".join(written if piece is None else piece for piece in pieces)
        return json.dumps({"words": words, "inner": [{"who": name, "sort": "1"}]}).encode()

    assert NameMask(LABEL, (one,)).over_json(row(one)) == NameMask(LABEL, (other,)).over_json(row(other))
