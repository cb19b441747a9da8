"""Who is looked for: what such people do, how long they keep moving, what slows them. Tables as data, with their basis.

The mix for hikers is read (Hashimoto, Heintzman, Koester and Abaid, Scientific Reports 12, 2022: mean of the
leave-one-out mixes over 65 finds, whose backtracking was nil). Every other figure here is our own assumption, and says
so in `basis`; what corrects them is the calibration to published distances, never these tables tuned by hand.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from wayhome.engines.search.errors import SearchError
from wayhome.terrain.speed import OURS, PROFILES, Profile
from wayhome.values.places import Place

HASHIMOTO: Final = (
    "Hashimoto, Heintzman, Koester, Abaid 2022, mean leave-one-out mix of 65 hikers: direction .559, route .377, "
    "random .054, view .006, staying .003, backtracking 0"
)
HOURS: Final = (0.05, 1000.0)


@dataclass(frozen=True, kw_only=True)
class Mix:
    """How often each behaviour is taken up, in any unit: only the ratios count. Raises SearchError for nonsense."""

    random: float = 0.0
    route: float = 0.0
    direction: float = 0.0
    view: float = 0.0
    back: float = 0.0
    stay: float = 0.0
    goal: float = 0.0

    def __post_init__(self) -> None:
        shares = self.shares()
        if not all(math.isfinite(s) and s >= 0 for s in shares) or sum(shares) <= 0:
            raise SearchError(f"a mix of behaviours {shares} is refused: shares of 0 and more, not all nothing")

    def shares(self) -> tuple[float, ...]:
        """In the order of `walking.RANDOM` and on."""
        return self.random, self.route, self.direction, self.view, self.back, self.stay, self.goal


@dataclass(frozen=True, kw_only=True)
class Subject:
    """Somebody lost, or on the run. Chances are for a half hour.

    `moving_h`: half of such people have stopped for good after so many hours on the move. `keeps`: the chance of going
    on with what was done before. `faithful`: the chance that a new choice is his own usual one, drawn once for each
    track. `rests_by_day`, `rests_by_night`: the chance to rest. `avoids`: keeps off tracks, roads and houses.
    `slowest`: paces differ, evenly from the walker's own to so many times its time; `tires`: what each half hour on the
    move adds to it, up to fifteen of them, two taken off for each at rest.
    `heading_deg` is where he was bound for (clockwise from north), give or take `heading_sd_deg`; None: anywhere.
    `goals` are places he may make for; with `to_border` the border is one. Raises SearchError.
    """

    category: str
    walker: Profile
    mix: Mix
    moving_h: float
    keeps: float = 0.6
    faithful: float = 0.7
    rests_by_day: float = 0.1
    rests_by_night: float = 0.6
    avoids: bool = False
    slowest: float = 1.6
    tires: float = 0.03
    heading_deg: float | None = None
    heading_sd_deg: float = 30.0
    goals: tuple[Place, ...] = ()
    to_border: bool = False
    basis: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        low, high = HOURS
        if not (math.isfinite(self.moving_h) and low <= self.moving_h <= high):
            raise SearchError(f"{self.moving_h} hours on the move are refused: {low:g} to {high:g}")
        for name in ("keeps", "faithful", "rests_by_day", "rests_by_night"):
            if not 0 <= getattr(self, name) <= 1:
                raise SearchError(f"{name} is a chance: {getattr(self, name)} is refused, 0 to 1")
        if not (1 <= self.slowest <= 5 and 0 <= self.tires <= 0.2):
            raise SearchError("the slowest is 1 to 5 times as slow as the walker, and a half hour tires by 0 to 0.2")
        if self.heading_deg is not None and not math.isfinite(self.heading_deg):
            raise SearchError("a heading is told in degrees clockwise from north")
        if not (math.isfinite(self.heading_sd_deg) and 0 <= self.heading_sd_deg <= 180):
            raise SearchError(f"a heading known to {self.heading_sd_deg} degrees is refused: 0 to 180")
        if self.mix.goal > 0 and not (self.goals or self.to_border):
            raise SearchError(f"{self.category}: somebody who makes for a goal needs one: name places, or the border")


_OURS: Final = f"mix, hours on the move and rests: {OURS}"
_HIKER: Final = Mix(random=0.054, route=0.377, direction=0.559, view=0.006, stay=0.003)
_LOST: Final = Mix(random=0.15, route=0.4, direction=0.3, view=0.05, back=0.05, stay=0.05)


def _row(name: str, walker: str, mix: Mix, moving_h: float, *basis: str, rests_by_night: float = 0.6) -> Subject:
    return Subject(
        category=name,
        walker=PROFILES[walker],
        mix=mix,
        moving_h=moving_h,
        rests_by_night=rests_by_night,
        basis=basis or (_OURS,),
    )


SUBJECTS: Final[dict[str, Subject]] = {
    row.category: row
    for row in (
        _row("Hiker", "hiker", _HIKER, 16.0, HASHIMOTO, f"hours on the move and rests: {OURS}"),
        _row("Hunter", "hiker", Mix(random=0.1, route=0.25, direction=0.5, view=0.1, back=0.05), 16.0),
        _row("Gatherer", "hiker", Mix(random=0.3, route=0.2, direction=0.35, view=0.05, stay=0.1), 16.0),
        _row("Runner", "runner", Mix(random=0.03, route=0.8, direction=0.12, back=0.05), 12.0),
        _row("Climber", "rescuer", Mix(random=0.1, route=0.3, direction=0.3, view=0.2, stay=0.1), 8.0),
        _row("Dementia", "elderly", Mix(random=0.15, route=0.35, direction=0.45, stay=0.05), 12.0, rests_by_night=0.4),
        _row("Despondent", "hiker", Mix(random=0.1, route=0.4, direction=0.2, view=0.2, stay=0.1), 8.0),
        _row("Child (1-3)", "child", Mix(random=0.5, route=0.2, direction=0.1, stay=0.2), 4.0, rests_by_night=0.8),
        _row("Child (4-6)", "child", Mix(random=0.4, route=0.3, direction=0.15, stay=0.15), 5.0, rests_by_night=0.8),
        _row("Child (7-9)", "child", Mix(random=0.25, route=0.4, direction=0.2, stay=0.15), 12.0, rests_by_night=0.8),
        _row("Child (10-12)", "child", Mix(random=0.15, route=0.45, direction=0.25, stay=0.15), 16.0),
        _row("Child (13-15)", "hiker", Mix(random=0.1, route=0.5, direction=0.3, stay=0.1), 16.0),
        _row("(any other category)", "hiker", _LOST, 8.0),
    )
}
"""The categories that have behaviours of their own. Others move as '(any other category)'.

Hours on the move are such that tracks over mountains come about as far as people of the category were found, so that
making them agree with the published distances leaves many of them: half, where four hours left one hiker in seven.
"""

EVADER: Final = "evader"
HALF_PACE: Final = 0.5
YOUNG_Y, OLD_Y = 12.0, 70.0


def subject_of(
    category: str,
    *,
    age: float | None = None,
    injured: bool = False,
    heading_deg: float | None = None,
    goals: tuple[Place, ...] = (),
) -> Subject:
    """Somebody of a category of `distances.CATEGORIES`, or EVADER, as the table has it, changed by what is known of
    them.

    Goals add one part in two of making for them. Injured: half the pace, and stops after a third of the hours. Raises
    SearchError for an age that nobody has; a category without a row moves as any other, and `basis` says so.
    """
    if category.strip().casefold() == EVADER:
        subject = evader(goals)
    else:
        subject = _by_name(category)
        if goals:
            mix = replace(subject.mix, goal=sum(subject.mix.shares()))
            subject = replace(subject, mix=mix, goals=goals, basis=(*subject.basis, f"half bound for a goal: {OURS}"))
    if age is not None:
        subject = _aged(subject, age)
    if injured:
        walker = subject.walker.times(HALF_PACE, "injured")
        subject = replace(subject, walker=walker, moving_h=max(HOURS[0], subject.moving_h / 3))
    return replace(subject, heading_deg=heading_deg)


def evader(goals: tuple[Place, ...] = ()) -> Subject:
    """Somebody who does not want to be found: makes for the goals or else the border, by night, off roads and tracks,
    and lies up by day."""
    return Subject(
        category=EVADER,
        walker=PROFILES["evader"],
        mix=Mix(random=0.05, route=0.05, direction=0.15, view=0.05, back=0.03, stay=0.07, goal=0.6),
        moving_h=60.0,
        keeps=0.8,
        rests_by_day=0.5,
        rests_by_night=0.15,
        avoids=True,
        goals=goals,
        to_border=not goals,
        basis=(f"an evader's behaviour: {OURS}",),
    )


def _by_name(category: str) -> Subject:
    wanted = category.strip().casefold()
    for name, row in SUBJECTS.items():
        if name.casefold() == wanted:
            return row
    other = SUBJECTS["(any other category)"]
    return replace(other, category=category.strip(), basis=(*other.basis, f"{category.strip()}: as any other category"))


def _aged(subject: Subject, age: float) -> Subject:
    if not 0 < age <= 120:
        raise SearchError(f"an age of {age:g} years is refused: above 0, up to 120")
    factor = 1.0
    if age < YOUNG_Y and subject.walker.name != "child":
        factor = 0.6 + 0.4 * age / YOUNG_Y
    elif age > OLD_Y and subject.walker.name != "elderly":
        factor = max(0.6, 1 - 0.02 * (age - OLD_Y))
    return subject if factor == 1.0 else replace(subject, walker=subject.walker.times(factor, f"{age:g} years old"))
