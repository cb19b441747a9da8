"""Who may see what, decided by Cedar: another language, and somebody else's engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import cedarpy
from tests.access.oracle import Event, Item

POLICIES = cedarpy.PolicySet.from_str(
    """
    permit(principal, action, resource is Open);
    permit(principal, action, resource is Mission)
      when { resource.inside.contains(principal) || resource.opened.contains(principal) };
    permit(principal, action, resource is Telling) when { principal == resource.listener };
    permit(principal, action, resource is Telling) when { resource.retold && principal == resource.teller };
    permit(principal, action, resource is Telling)
      when { principal == resource.teller && (resource.mission.inside.contains(principal)
                                              || resource.mission.opened.contains(principal)) };
    permit(principal, action, resource is Told)
      when { (resource.shown || (!resource.retold && principal == resource.teller))
             && (resource.mission.inside.contains(principal) || resource.mission.opened.contains(principal)) };
    """
)
KINDS = {"open": "Open", "mission": "Mission", "telling": "Telling", "told": "Told"}


def _uid(kind: str, id: str) -> dict[str, str]:
    return {"type": kind, "id": id}


def _ref(kind: str, id: str) -> dict[str, dict[str, str]]:
    return {"__entity": _uid(kind, id)}


def _people(ids: Iterable[str]) -> list[Any]:
    return [_ref("Person", one) for one in sorted(ids)]


def _mission(events: Sequence[Event], mission: str) -> dict[str, Any]:
    """The mission as it stands after the last word on each person and on each glass."""
    last: dict[str, str] = {}
    out_at: dict[str, int] = {}
    broken: dict[str, tuple[int, str]] = {}
    for number, event in enumerate(events):
        if event.mission != mission:
            continue
        if event.what in ("opened", "read in", "read out"):
            last[event.who] = event.what
        if event.what == "read out":
            out_at[event.who] = number
        elif event.what == "glass broken":
            broken[event.id] = (number, event.who)
        elif event.what == "glass over":
            broken.pop(event.id, None)
    inside = {who for who, what in last.items() if what != "read out"}
    opened = {who for number, who in broken.values() if number > out_at.get(who, -1)}
    attributes = {"inside": _people(inside), "opened": _people(opened)}
    return {"uid": _uid("Mission", mission), "attrs": attributes, "parents": []}


def _entities(events: Sequence[Event]) -> str:
    shown = {event.id for event in events if event.what == "shown"}
    made: list[dict[str, Any]] = [_mission(events, mission) for mission in sorted({event.mission for event in events})]
    for event in events:
        if event.what != "told":
            continue
        told = {
            "teller": _ref("Person", event.teller),
            "listener": _ref("Person", event.who),
            "retold": event.retold,
            "shown": event.id in shown,
            "mission": _ref("Mission", event.mission),
        }
        made.append({"uid": _uid("Telling", event.id), "attrs": told, "parents": []})
        made.append({"uid": _uid("Told", event.id), "attrs": told, "parents": []})
    return json.dumps(made)


def decided(events: Sequence[Event], viewers: Sequence[str], items: Sequence[Item]) -> set[tuple[str, Item]]:
    """Each viewer with each item that Cedar lets them see."""
    entities = cedarpy.Entities.from_json_str(_entities(events))
    pairs = [(viewer, item) for viewer in viewers for item in items]
    requests = [
        {"principal": f'Person::"{viewer}"', "action": 'Action::"see"', "resource": f'{KINDS[item.kind]}::"{item.id}"'}
        for viewer, item in pairs
    ]
    answers = cedarpy.is_authorized_batch(requests, POLICIES, entities)
    return {pair for pair, answer in zip(pairs, answers, strict=True) if answer.allowed}
