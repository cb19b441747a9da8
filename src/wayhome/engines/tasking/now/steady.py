"""Of equally good plans the one nearest to what was proposed before: asked again, nobody is swapped for nothing."""

from __future__ import annotations

from collections.abc import Mapping

from wayhome.engines.tasking.now.data import Request
from wayhome.engines.tasking.now.judge import breaches
from wayhome.engines.tasking.now.standing import Standing, account_of
from wayhome.engines.tasking.now.weights import Weights

Sent = dict[str, str]


def steadied(request: Request, standing: Standing, weights: Weights, plan: Sent, before: Mapping[str, str]) -> Sent:
    """`plan`, or one that costs no more and has more of `before` in it (person to mission; unknown ids are left out).

    What was proposed before is taken whole where it still keeps every rule and costs no more. Else whoever was
    proposed takes their place again from somebody who was not, one after the other by id, where that costs nothing.
    """
    earlier = {who: where for who, where in sorted(before.items()) if (who, where) in standing.options}
    if earlier == plan or not earlier:
        return plan
    points = _points(request, standing, weights, plan)
    if _may_stand(request, standing, weights, earlier, points):
        return earlier
    for who, where in earlier.items():
        if who in plan:
            continue
        for other in sorted(one for one, there in plan.items() if there == where and earlier.get(one) != where):
            swapped = dict(sorted(({one: there for one, there in plan.items() if one != other} | {who: where}).items()))
            if _may_stand(request, standing, weights, swapped, points):
                plan = swapped
                break
    return plan


def _points(request: Request, standing: Standing, weights: Weights, plan: Sent) -> int:
    return sum(account_of(request, standing, weights, plan).values())


def _may_stand(request: Request, standing: Standing, weights: Weights, plan: Sent, most: int) -> bool:
    """Whether a plan costs no more than `most` and keeps every rule."""
    return _points(request, standing, weights, plan) <= most and not breaches(request, plan)
