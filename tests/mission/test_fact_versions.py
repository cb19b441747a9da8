"""Facts on the wire: an example of every version ever released reads as it did, and old ones are lifted."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.conftest import GOLDEN, Golden
from tests.mission.examples import encoded, golden

from wayhome.mission import facts
from wayhome.mission.facts import KINDS, UPCASTERS, VERSIONS, UnreadableFact
from wayhome.values.ids import PersonId

FOLDER = "facts"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_present_version_is_written_as_its_golden_example(kind: str, golden: Golden) -> None:
    """What is on disk for a kind today is what it was when its version was released."""
    golden(f"{FOLDER}/{kind}.{VERSIONS.get(kind, 1)}.json", encoded(example_of(kind)))


def example_of(kind: str) -> Any:
    return golden(kind)


@pytest.mark.parametrize("path", sorted((GOLDEN / FOLDER).glob("*.json")), ids=lambda path: path.stem)
def test_every_version_ever_released_can_be_read(path: Any) -> None:
    """Each golden example, however old, becomes the present form of its kind, and says the same again."""
    kind, _, version = path.stem.partition(".")
    fact = facts.decode(kind, int(version), path.read_bytes())
    assert fact is not None, f"{kind} is not known any more"
    assert type(fact).__name__ == kind
    assert facts.decode(kind, facts.version_of(fact), facts.encode(fact)) == fact


def test_every_old_version_has_its_upcaster() -> None:
    """A kind at version 3 lifts versions 1 and 2."""
    for kind, present in VERSIONS.items():
        assert {(kind, version) for version in range(1, present)} <= UPCASTERS.keys()


def test_an_old_version_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two planted upcasters turn a version 1 body into the present form; the stored bytes are not touched."""
    stored = b'{"kind":"DoubtVoiced","who":"a","text":"hm"}'
    monkeypatch.setitem(VERSIONS, "DoubtVoiced", 3)
    monkeypatch.setitem(
        UPCASTERS, ("DoubtVoiced", 1), lambda raw: {"kind": raw["kind"], "member": raw["who"], "text": raw["text"]}
    )
    monkeypatch.setitem(
        UPCASTERS, ("DoubtVoiced", 2), lambda raw: {"kind": raw["kind"], "member": raw["member"], "words": raw["text"]}
    )
    lifted = facts.decode("DoubtVoiced", 1, stored)
    assert lifted == facts.missions.DoubtVoiced(member=PersonId("a"), words="hm")
    assert facts.decode("DoubtVoiced", 2, b'{"kind":"DoubtVoiced","member":"a","text":"hm"}') == lifted
    assert facts.decode("DoubtVoiced", 4, stored) is None
    assert facts.version_of(lifted) == 3


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"3", b'{"member":1}', b'{"kind":"Departed"}', b"\x80"])
def test_a_body_that_does_not_fit_is_refused_with_its_path(body: bytes) -> None:
    """An unreadable body of any version raises UnreadableFact, and never anything else."""
    with pytest.raises(UnreadableFact, match="DoubtVoiced version 1"):
        facts.decode("DoubtVoiced", 1, body)


def test_an_old_body_that_its_upcaster_cannot_lift_is_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken body of an old version is refused as a broken body of the present one is."""
    monkeypatch.setitem(VERSIONS, "DoubtVoiced", 2)
    monkeypatch.setitem(UPCASTERS, ("DoubtVoiced", 1), lambda raw: {"kind": raw["kind"], "member": raw["who"]})
    for body in (b"{}", b"[]", b'{"kind":"DoubtVoiced","who":"a"}', b"\x80"):
        with pytest.raises(UnreadableFact):
            facts.decode("DoubtVoiced", 1, body)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_fact_reads_back_as_it_was_written(kind: str) -> None:
    """Encoding and decoding give the same fact."""
    fact = golden(kind)
    assert facts.decode(kind, facts.version_of(fact), facts.encode(fact)) == fact
    assert msgspec.json.decode(facts.encode(fact))["kind"] == kind
