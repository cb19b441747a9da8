"""The reads and advice of the table in `covered`: how the two-worlds test asks for each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.mapping import Ours
from wayhome.usecases.search.picturing import PictureQuestion
from wayhome.usecases.search.planned import PlanQuestion
from wayhome.values.places import Place

FORD = Place(42.55, 1.55)
Shape = dict[str, Any]

_ALONE: tuple[Shape, ...] = ({},)
_OF_A_MISSION: tuple[Shape, ...] = ({"mission": "?mission"}, {"mission": "!open"})
_OF_ANY_MISSION: tuple[Shape, ...] = ({}, {"mission": "?mission"}, {"mission": "!open"})
_OF_A_MEMBER: tuple[Shape, ...] = ({"member": "!insider"}, {"member": "!outsider"}, {"member": "?offer"})

_SOON = SearchQuestion(hours=0.5, tracks=1_000)
_PLAN = PlanQuestion(minutes=30, searched=SearchQuestion(tracks=1_000))
"""On as few tracks as can be asked: what is compared is whether anything shows, not how well he is found."""

READS: dict[str, tuple[Shape, ...]] = {
    "organisation": _ALONE,
    "roster": _ALONE,
    "callsigns": _ALONE,
    "availability": ({}, {"day": date(2026, 3, 1)}, {"day": date(2026, 3, 2)}),
    "member": _OF_A_MEMBER,
    "history": _OF_A_MEMBER,
    "bonds": _ALONE,
    "petitions": _ALONE,
    "letters": _ALONE,
    "routines": _ALONE,
    "personal": _ALONE,
    "channels": _ALONE,
    "invitations": _ALONE,
    "recovery": _ALONE,
    "follow_ups": _ALONE,
    "memorial": _ALONE,
    "vehicles": _ALONE,
    "command": _ALONE,
    "missions": _ALONE,
    "board": _ALONE,
    "mission": _OF_A_MISSION,
    "offers": _OF_ANY_MISSION,
    "my_offers": _ALONE,
    "exceptions": _OF_A_MISSION,
    "stakes": _OF_A_MISSION,
    "briefings": _OF_A_MISSION,
    "acknowledgements": _OF_A_MISSION,
    "read_ins": _OF_A_MISSION,
    "tellings": _ALONE,
    "told": _OF_A_MISSION,
    "know": (*_OF_A_MISSION, {"mission": "?mission", "at": datetime(2026, 3, 1, 12, tzinfo=UTC)}),
    "notes": _OF_A_MISSION,
    "reports": _OF_A_MISSION,
    "testimony": _OF_A_MISSION,
    "assumptions": _OF_A_MISSION,
    "papers": _OF_A_MISSION,
    "report": _OF_A_MISSION,
    "advice": _OF_A_MISSION,
    "where": _OF_A_MISSION,
    "plans": _OF_A_MISSION,
    "exposures": _OF_A_MISSION,
    "conflicts": _OF_A_MISSION,
    "situation": _OF_A_MISSION,
    "losses": _OF_A_MISSION,
    "wait_or_go": _OF_A_MISSION,
    "tasking_facts": _OF_A_MISSION,
    "teams": _OF_A_MISSION,
    "out": _OF_ANY_MISSION,
    "signed_in": _OF_A_MISSION,
    "log": (
        *_OF_A_MISSION,
        {"mission": "?mission", "find": "kagerou"},
        {"mission": "?mission", "limit": 2},
        {"mission": "!open", "find": "alpha", "limit": 1, "after": "0"},
        {"mission": "?mission", "limit": 2, "before": "9"},
    ),
    "line": ({"mission": "?mission", "line": "?line"}, {"mission": "!open", "line": "?line"}),
    "clues": _OF_A_MISSION,
    "evidence": _OF_A_MISSION,
    "hypotheses": _OF_A_MISSION,
    "dogs": _OF_A_MISSION,
    "casualties": _OF_A_MISSION,
    "places": _OF_A_MISSION,
    "track": ({"mission": "?mission", "who": "Neji"}, {"mission": "!open", "who": "Alpha"}),
    "drawings": (*_OF_A_MISSION, {"mission": "?mission", "erased": True}, {"mission": "!open", "erased": True}),
    "photos": (*_OF_A_MISSION, {"mission": "?mission", "withdrawn": True}, {"mission": "!open", "withdrawn": True}),
    "photo": ({"mission": "?mission", "photo": "?photo"}, {"mission": "!open", "photo": "?photo"}),
    "alarms": _OF_ANY_MISSION,
    "found": _OF_A_MISSION,
    "covers": _OF_A_MISSION,
    "contact_plans": _OF_A_MISSION,
    "left_behind": _ALONE,
    "looked_in": _ALONE,
    "mask": _OF_A_MISSION,
    "emergencies": _OF_A_MISSION,
    "glass": _ALONE,
    "looks": _OF_A_MISSION,
    "waiting": _ALONE,
    "care_requests": _ALONE,
    "contact_ticks": _ALONE,
    "visits": _ALONE,
    "care_erased": _ALONE,
    "published_counts": _ALONE,
    "given_words": _OF_A_MISSION,
    "my_duty": _ALONE,
    "fitness": _ALONE,
    "duty_limits": _ALONE,
    "endurance": _OF_A_MISSION,
}
"""Every read, with every shape of arguments in which it is asked."""

ADVICE: dict[str, tuple[Shape, ...]] = {
    "propose": (
        {"mission": "?mission"},
        {"mission": "!open"},
        {"mission": "?mission", "base": FORD},
        {"mission": "!open", "without": ("!insider",), "pinned": ("!outsider",), "afresh": True},
        {"mission": "?mission", "without": ("?offer",)},
    ),
    "propose_all": ({}, {"without": ("!insider",)}, {"pinned": ("!insider",), "afresh": True}),
    "next_candidates": ({"mission": "?mission"}, {"mission": "!open", "limit": 3}),
    "backup": (
        {"mission": "?mission", "place": FORD, "pursuers": ("!outsider",)},
        {"mission": "!open", "place": FORD, "pursuers": ("!insider",), "base": FORD, "most_wait_h": 1.0},
    ),
    "search_map": (
        {"mission": "?mission", "form": "geojson"},
        {"mission": "!open", "form": "geojson", "asked": _SOON},
        {"mission": "?mission", "form": "png", "asked": SearchQuestion(terrain="nowhere", category="Hiker")},
    ),
    "picture": (
        {"mission": "?mission", "asked": PictureQuestion(terrain="nowhere")},
        {"mission": "!open", "asked": PictureQuestion(middle=FORD, terrain="nowhere")},
    ),
    "cut_off": (
        {"mission": "?mission"},
        {"mission": "!open", "asked": _SOON},
        {"mission": "?mission", "ours": (Ours("Alpha", FORD),), "asked": SearchQuestion(start="LKP")},
    ),
    "search_plan": (
        {"mission": "?mission"},
        {"mission": "!open", "ours": (Ours("Alpha", FORD),), "asked": _PLAN},
        {"mission": "?mission", "asked": PlanQuestion(form="nowhere")},
    ),
    "search_contain": (
        {"mission": "?mission"},
        {"mission": "!open", "ours": (Ours("Alpha", FORD),), "asked": _PLAN},
    ),
}
"""Every advice, with every shape of arguments in which it is asked."""
