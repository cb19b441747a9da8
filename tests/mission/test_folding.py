"""Folding is total: whatever facts another laptop sends, in whatever order and stream, the world can be folded."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.mission.examples import FACTS, IDS, MISSION, golden, said

from wayhome.mission import facts, views
from wayhome.mission.facts import KINDS
from wayhome.mission.facts.base import Fact
from wayhome.mission.folding import fold
from wayhome.mission.folding.registry import MISSION_FOLDS, ORGANISATION_FOLDS, PERSON_FOLDS
from wayhome.mission.state import Said, World
from wayhome.mission.views.registry import SHOWS
from wayhome.usecases.ports import Entry, Header
from wayhome.usecases.standing import Standing
from wayhome.values.ids import FactId, PersonId, ReplicaId, StreamId, mission_stream

SAYINGS = st.lists(st.tuples(FACTS, said()), max_size=25)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAYINGS)
def test_any_facts_in_any_order_fold_and_show(sayings: list[tuple[Fact, Said]]) -> None:
    """No fact, out of order, in the wrong stream or with an unreadable deadline, makes folding or a row fail."""
    world = World()
    for fact, by in sayings:
        fold(world, fact, by)
        list(views.changes(fact, world, by))
    msgspec.msgpack.decode(msgspec.msgpack.encode(world), type=World)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SAYINGS)
def test_the_same_facts_in_the_same_order_give_the_same_world(sayings: list[tuple[Fact, Said]]) -> None:
    """Folding depends on nothing but the facts and their order."""
    worlds = []
    for _ in range(2):
        world = World()
        for fact, by in sayings:
            fold(world, fact, by)
        worlds.append(msgspec.msgpack.encode(world, order="deterministic"))
    assert worlds[0] == worlds[1]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_folds_or_shows_something(kind: str) -> None:
    """A kind of fact that neither changes the state nor any row would be written for nobody."""
    fact = KINDS[kind]
    folds = (ORGANISATION_FOLDS, PERSON_FOLDS, MISSION_FOLDS)
    assert any(fact in table for table in folds) or fact in SHOWS, f"{kind} is folded nowhere and shown nowhere"


def stored(kind: str, version: int, body: bytes) -> Entry:
    header = Header(
        id=FactId(IDS[3]),
        kind=kind,
        version=version,
        stream=StreamId(mission_stream(MISSION)),
        replica=ReplicaId(IDS[1]),
        seq=1,
        clock=(0, 0),
        claimed=golden_said().at,
        author=PersonId(IDS[2]),
    )
    return Entry(header, body)


def golden_said() -> Said:
    example = golden("ContactMade")
    assert isinstance(example, facts.field.ContactMade)
    return Said(IDS[3], PersonId(IDS[2]), example.at, 1, mission_stream(MISSION), IDS[1])


@pytest.mark.parametrize("body", [b"", b"{}", b'{"kind":"LineLogged"}', b"\xff\xfe", b'{"kind":"LineLogged","line":3}'])
def test_a_body_that_cannot_be_read_is_kept_and_passed_over(body: bytes) -> None:
    """One broken fact from another laptop stops nothing; it is remembered with what is wrong with it."""
    standing = Standing()
    assert standing.take(stored("LineLogged", 1, body)) == []
    assert len(standing.unread) == 1
    assert "LineLogged version 1 cannot be read" in standing.unread[0][1]


@pytest.mark.parametrize(("kind", "version"), [("FromTheFuture", 1), ("LineLogged", 99)])
def test_an_unknown_kind_or_version_changes_nothing(kind: str, version: int) -> None:
    """What a newer program wrote is kept, and is no fault."""
    standing = Standing()
    assert standing.take(stored(kind, version, b'{"kind":"x"}')) == []
    assert standing.unread == []
    assert standing.heads == {(mission_stream(MISSION), ReplicaId(IDS[1])): 1}
