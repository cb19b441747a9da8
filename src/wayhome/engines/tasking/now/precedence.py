"""Missions that wait for others: a circle among them is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def cycle_among(after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A circle in "one comes after others", each after the next, the last after the first; () where there is none.

    Depth first with a stack of its own, so that a long chain is no matter.
    """
    done: set[str] = set()
    for first in after:
        way: list[str] = []
        ahead = [iter((first,))]
        while ahead:
            one = next(ahead[-1], None)
            if one is None:
                ahead.pop()
                if way:
                    done.add(way.pop())
            elif one in way:
                return tuple(way[way.index(one) :])
            elif one not in done:
                way.append(one)
                ahead.append(iter(after.get(one, ())))
    return ()
