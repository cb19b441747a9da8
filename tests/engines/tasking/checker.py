"""The oracle: every plan of a tiny request tried, by the judge of `engines/tasking/now/judge.py`."""

from __future__ import annotations

import itertools

from wayhome.engines.tasking import Request, Weights
from wayhome.engines.tasking.now.judge import breaches as _breaches
from wayhome.engines.tasking.now.judge import points as points

Plan = dict[str, str]


def breaches(request: Request, plan: Plan) -> list[str]:
    """Every rule a plan breaks."""
    return list(_breaches(request, plan))


def best(request: Request, w: Weights) -> int | None:
    """The fewest points any plan comes to, by trying them all; None when no plan is possible."""
    places = [None, *(one.id for one in request.missions)]
    found: list[int] = []
    for choice in itertools.product(places, repeat=len(request.people)):
        plan = {one.id: where for one, where in zip(request.people, choice, strict=True) if where is not None}
        if not breaches(request, plan):
            found.append(points(request, plan, w))
    return min(found, default=None)
