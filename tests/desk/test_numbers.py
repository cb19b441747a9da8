"""Numbers that no clock, calendar or place has: refused wherever a deed takes one, and nothing is left half done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import msgspec
import pytest
from tests.desk.test_attacks import refused
from tests.fakes.desk import Desk
from tests.fakes.scene import Scene

from wayhome.desk.api import NOT_BY_ITSELF
from wayhome.mission.intents import INTENTS
from wayhome.values.places import Place
from wayhome.values.when import Deadline, Moment

HUGE = (2**31, 2**53 + 1, 2**63, 2**64, 2**200, -(2**31), -(2**63), -(2**200))
WITHIN: dict[Any, tuple[dict[str, Any], ...]] = {
    Moment: tuple({"ms": number, "zone": "UTC"} for number in HUGE),
    Deadline: tuple({"ms": number, "zone": "UTC", "wall": "2026-03-01T09:00"} for number in HUGE),
    Place: tuple({"lat": number, "lon": number} for number in HUGE),
}


def fields() -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Every field of every intent that takes a number, by itself or within a moment or a place."""
    for name, kind in INTENTS.items():
        if name in NOT_BY_ITSELF:
            continue
        for field in msgspec.structs.fields(kind):
            kinds = {field.type, *get_args(field.type)}
            if kinds & {int, float}:
                yield name, field.name, HUGE
            for within in kinds & set(WITHIN):
                yield name, field.name, WITHIN[within]


def test_there_are_such_fields() -> None:
    """The walk finds what this test is about."""
    found = {(name, field) for name, field, _ in fields()}
    assert {("ShareWeighingDay", "month"), ("LogLine", "at"), ("ReportPlace", "place")} <= found


@pytest.fixture(scope="module")
def room() -> tuple[Scene, Desk, dict[str, str]]:
    scene = Scene()
    return scene, Desk(scene.house), {name: scene.house.let_in(scene[name]) for name in ("Tsunade", "Shizune")}


@pytest.mark.parametrize(
    ("name", "field", "numbers"), [pytest.param(*one, id=f"{one[0]}.{one[1]}") for one in fields()]
)
def test_a_number_beyond_all_measure_is_no_fault(
    room: tuple[Scene, Desk, dict[str, str]], name: str, field: str, numbers: tuple[Any, ...]
) -> None:
    """It is refused in words or taken for what it is, and the record goes on either way."""
    scene, desk, tokens = room
    known = {"mission": scene.mission, "member": scene["Shizune"]}
    for number in numbers:
        body = {one.name: _some(one, known) for one in msgspec.structs.fields(INTENTS[name]) if one.required}
        for token in tokens.values():
            answered = desk.ask("POST", f"/api/do/{name}", token=token, json=body | {field: number})
            if answered.status != 200:
                refused(answered, 400, 404, 409)
    everything = ("roster", "missions", "waiting", "board", "routines")
    for read in everything:
        assert desk.ask("GET", f"/api/read/{read}", token=tokens["Shizune"]).status == 200, read


def _some(field: msgspec.structs.FieldInfo, known: dict[str, str]) -> Any:
    """Something that fits a field."""
    if field.name in known:
        return known[field.name]
    kinds = {field.type, *get_args(field.type)}
    for kind, some in ((int, 3), (bool, True), (Moment, {"ms": 1_772_352_000_000, "zone": "UTC"}), (dict, {})):
        if kind in kinds:
            return some
    if Place in kinds:
        return {"lat": 42.5, "lon": 1.5}
    return "2026-03-01" if "date" in str(field.type) else [] if "tuple" in str(field.type) else "x"
