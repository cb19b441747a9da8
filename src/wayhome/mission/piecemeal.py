"""Losses against arrivals over time: are people sent one by one into what was already too much for more? Pure.

The rule. People who come within a quarter of an hour of each other come as one wave. A wave is *piecemeal* when
somebody was lost to the same danger before it came, and with it no more people are there than were there when one of
them was lost: the danger is met again with what was not enough. Casualties who can go on (green) are no loss, nor is
somebody who was silent and was heard again.

Design values of this project, not fitted to data: `WAVE_MIN`, `SAME_DANGER_M`, `SAME_DANGER_H`. What going together
would weigh is said by the square law: the strength of a force that can all act at once grows as the square of its
number (F. W. Lanchester, Aircraft in Warfare, 1916). It is a model, and no more than a measure to compare by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from wayhome.mission.state_strength import Came, Loss
from wayhome.values.ids import PersonId
from wayhome.values.places import Place, distance_m
from wayhome.values.when import Moment

WAVE_MIN = 15
SAME_DANGER_M = 3_000.0
SAME_DANGER_H = 12.0

RESTS_ON = (
    "Whoever departed or was sent counts as there from then on until home, handed over or lost; where no place is "
    f"known, it counts as the same danger; places more than {SAME_DANGER_M / 1000:g} km apart and losses more than "
    f"{SAME_DANGER_H:g} h old do not. People within {WAVE_MIN} min of each other came together. These are design "
    "values, not measurements."
)
LAW = (
    "By Lanchester's square law (1916) people who act at once weigh the square of their number: a model to compare by."
)


class Wave(msgspec.Struct, frozen=True):
    """People who came together. `lost` to the same danger before; `met`: the most who were there when one was lost.

    `there` counts them and whoever was there still. `piecemeal`: with them no more are there than were not enough.
    """

    at: Moment
    members: tuple[PersonId, ...]
    lost: tuple[PersonId, ...]
    met: int
    there: int
    piecemeal: bool

    @property
    def enough(self) -> int:
        """How many must come together for more to be there than ever were when somebody was lost."""
        return max(0, self.met + 1 - (self.there - len(self.members)))


def first_losses(losses: Iterable[Loss]) -> list[Loss]:
    """Each who was lost, once, when it was first known."""
    first: dict[PersonId, Loss] = {}
    for loss in sorted(losses, key=lambda loss: (loss.at.ms, loss.member, loss.how)):
        first.setdefault(loss.member, loss)
    return list(first.values())


def waves(came: Iterable[Came], losses: Iterable[Loss]) -> tuple[Wave, ...]:
    """Everybody who came, wave by wave, each with what was lost before it and how many are there with it."""
    arrivals = sorted(came, key=lambda one: (one.at.ms, one.member))
    lost = first_losses(losses)
    grouped: list[list[Came]] = []
    for one in arrivals:
        if _is_there(one.member, one.at.ms - 1, arrivals, ()):
            continue
        if grouped and one.at.ms - grouped[-1][0].at.ms <= WAVE_MIN * 60_000:
            grouped[-1].append(one)
        else:
            grouped.append([one])
    return tuple(_wave(group, arrivals, lost) for group in grouped)


def _wave(group: Sequence[Came], arrivals: Sequence[Came], lost: Sequence[Loss]) -> Wave:
    at = group[0].at
    place = next((one.place for one in group if one.place is not None), None)
    before = [
        loss
        for loss in lost
        if loss.at.ms <= at.ms and loss.at.hours_until(at) <= SAME_DANGER_H and _near(loss.place, place)
    ]
    met = max((_strength(loss.at.ms, arrivals, [one for one in lost if one.at.ms < loss.at.ms]) for loss in before),
              default=0)  # fmt: skip
    there = _strength(group[-1].at.ms, arrivals, [one for one in lost if one.at.ms <= at.ms])
    return Wave(
        at=at,
        members=tuple(one.member for one in group),
        lost=tuple(loss.member for loss in before),
        met=met,
        there=there,
        piecemeal=bool(before) and there <= met,
    )


def _near(one: Place | None, other: Place | None) -> bool:
    return one is None or other is None or distance_m(one, other) <= SAME_DANGER_M


def _strength(at_ms: int, arrivals: Sequence[Came], lost: Sequence[Loss]) -> int:
    return sum(_is_there(member, at_ms, arrivals, lost) for member in {one.member for one in arrivals})


def _is_there(member: PersonId, at_ms: int, arrivals: Sequence[Came], lost: Sequence[Loss]) -> bool:
    present = any(
        one.member == member and one.at.ms <= at_ms and (one.until is None or one.until.ms > at_ms) for one in arrivals
    )
    return present and all(loss.member != member for loss in lost)


def weights(numbers: Sequence[int]) -> tuple[int, int]:
    """What groups of these numbers weigh one after another, and all at once, by the square law."""
    return sum(number * number for number in numbers), sum(numbers) ** 2


def warning(wave: Wave, names: Sequence[str]) -> str:
    """What to consider before a piecemeal wave is sent, and what would be different if more went together."""
    who = "1 was" if len(names) == 1 else f"{len(names)} were"
    alone, together = len(wave.members), wave.enough
    apart_weigh, at_once_weigh = weights((wave.there, together - alone))
    return (
        f"Piecemeal: {who} lost there ({', '.join(names)}) where {wave.met} stood at most; with {_them(alone)} "
        f"{_stand(wave.there)}, no more than was not enough. Send {together} together, or hold {_them(alone)} back "
        f"until then, and {_stand(wave.there + together - alone)}: at once they weigh {at_once_weigh}, one after "
        f"another {apart_weigh}. {LAW}"
    )


def _them(count: int) -> str:
    return "this one" if count == 1 else f"these {count}"


def _stand(count: int) -> str:
    return "1 stands there" if count == 1 else f"{count} stand there"
