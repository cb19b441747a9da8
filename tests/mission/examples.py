"""Examples of facts: one of each kind, always the same, for the golden files; and any that hypothesis makes up."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from wayhome.mission.facts import KINDS
from wayhome.mission.facts.base import Fact
from wayhome.mission.state import Said
from wayhome.values.ids import ORGANISATION, Id, MissionId, PersonId, StreamId, derive, mission_stream, person_stream
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment

IDS = tuple(derive("example", str(number)) for number in range(4))
"""So few that facts made up apart speak of the same things."""

MISSION = MissionId(IDS[0])
WORDS = ("", "accepted", "closed", "under way", "lapsed", "away", "lost", "red", "火影 🦊", "نيجي", *IDS[:2])
MOMENTS = (
    Moment(1_772_352_000_000, "Europe/Andorra"), Moment(1_772_352_000_000, "Mars/Base"), Moment(0), Moment(10**14),
)  # fmt: skip
DEADLINES = (
    Deadline("2026-03-29T02:30:00", "Europe/Andorra"), Deadline("noonish", "UTC"), Deadline("2026-03-01T12:00:00", "?"),
    Deadline("0001-01-01T00:00:00", "Asia/Tokyo"), Deadline("2026-03-01T12:00:00", "UTC"),
)  # fmt: skip


def hints(kind: type[Any]) -> dict[str, Any]:
    """The fields of a struct and their types, the new types by name taken for what they stand on."""
    found = typing.get_type_hints(kind)
    return {name: found[name] for name in kind.__struct_fields__}


def example(kind: Any, name: str = "") -> Any:
    """The one example of a type, full of something in every field."""
    made = _fixed(kind, name)
    if made is not None:
        return made
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return example(next(one for one in inner if one is not type(None)), name)
    if origin is tuple:
        return (example(inner[0], name),) if inner[-1] is Ellipsis else tuple(example(one, name) for one in inner)
    if origin is dict:
        return {example(inner[0], name): example(inner[1], name)}
    return kind(**{field: example(hint, field) for field, hint in hints(kind).items()})


def _fixed(kind: Any, name: str) -> Any:
    if hasattr(kind, "__supertype__"):
        return derive("golden", name)
    simple: dict[Any, Any] = {
        str: f"{name} 火影", bytes: b"\xff\xd8 \xff\xd9", int: 3, float: 1.5, bool: True, date: date(2026, 2, 28),
        Moment: MOMENTS[0], Deadline: DEADLINES[0], Place: Place(42.5, 1.5),
    }  # fmt: skip
    return simple.get(kind)


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Whatever could stand in a field of a type, drawn from little, so that facts run into each other."""
    if hasattr(kind, "__supertype__"):
        return st.sampled_from(IDS)
    simple: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        str: lambda: st.sampled_from(WORDS),
        bytes: lambda: st.sampled_from((b"", b"\xff\xd8 \xff\xd9")),
        int: lambda: st.sampled_from((0, 1, 2, 3, 60, -1)),
        float: lambda: st.sampled_from((0.5, 12.0)),
        bool: st.booleans,
        date: lambda: st.sampled_from((date(2024, 2, 29), date(2026, 3, 1))),
        Moment: lambda: st.sampled_from(MOMENTS),
        Deadline: lambda: st.sampled_from(DEADLINES),
        Place: lambda: st.just(Place(42.5, 1.5)),
    }
    if kind in simple:
        return simple[kind]()
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if one is type(None) else anything(one) for one in inner))
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*(anything(one) for one in inner))
    if origin is dict:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=2)
    return st.builds(kind, **{field: anything(hint) for field, hint in hints(kind).items()})


STREAMS: tuple[StreamId, ...] = (
    ORGANISATION, mission_stream(MISSION), mission_stream(MissionId(IDS[1])), person_stream(PersonId(IDS[2])),
)  # fmt: skip


@st.composite
def said(draw: st.DrawFn) -> Said:
    """Who stated a fact, when and where: any stream at all, a hostile replica's too."""
    return Said(
        id=str(draw(st.uuids()).hex),
        author=PersonId(draw(st.sampled_from(IDS))),
        at=draw(st.sampled_from(MOMENTS)),
        seq=draw(st.integers(1, 9)),
        stream=draw(st.sampled_from(STREAMS)),
        replica=draw(st.sampled_from(IDS[:2])),
    )


FACTS: st.SearchStrategy[Fact] = st.sampled_from(sorted(KINDS)).flatmap(lambda name: anything(KINDS[name]))
"""Any fact of any kind."""


def golden(kind: str) -> Fact:
    """The example of a kind that the golden file keeps."""
    made: Fact = example(KINDS[kind])
    return made


def encoded(fact: Fact) -> bytes:
    """A fact as JSON that people can read a difference of."""
    return msgspec.json.format(msgspec.json.encode(fact), indent=1) + b"\n"


__all__ = ["FACTS", "IDS", "MISSION", "Id", "anything", "encoded", "example", "golden", "said"]
