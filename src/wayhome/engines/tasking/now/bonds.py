"""Who knows whom, and who is a stranger to whom."""

from __future__ import annotations

from collections.abc import Sequence

from wayhome.engines.tasking.now.data import Request


def known_pairs(request: Request) -> frozenset[tuple[str, str]]:
    """Every pair that know each other, both ways round; one side's word suffices."""
    pairs = {(one.id, other) for one in request.people for other in one.knows}
    return frozenset(pairs | {(other, one) for one, other in pairs})


def strangers_of(request: Request, who: Sequence[str]) -> dict[str, list[str]]:
    """For each of `who` those later in the list whom they do not know; whoever knows all of them is left out."""
    known = known_pairs(request)
    found = {one: [other for other in who[number + 1 :] if (one, other) not in known] for number, one in enumerate(who)}
    return {one: others for one, others in found.items() if others}
