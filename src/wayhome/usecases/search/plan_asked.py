"""What is asked of the planner, and what a plan is as its viewer gets it."""

from __future__ import annotations

from typing import Final

import msgspec

from wayhome.usecases.search.asked import SearchQuestion
from wayhome.values.places import Place
from wayhome.values.when import Moment

OWN_DOG: Final = "own"
"""A team's own dog, which the record has no name for."""
MARKS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"


class TeamFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is so of one team, where it differs from the others; whatever is left open is the plan's own.

    `hours` of work from `from_h` hours after now on, at most to the plan's end. `width_m` is its effective sweep width,
    `pace` its searching pace as a share of its walking pace (0.1 to 1), `walker` how it walks (`terrain.speed`).
    It is back at `ends_at` (where it set out) by its end, unless it `stays` out. `dog` is the name of a dog of the
    mission, or OWN_DOG; one that `trails` follows a track and sweeps nothing. `avoids` are areas it may not enter and
    `may_enter` those barred to the others that it is equipped for: drawn segments, by name or number.
    """

    name: str
    width_m: float | None = None
    hours: float | None = None
    from_h: float = 0.0
    pace: float | None = None
    walker: str = ""
    stays: bool = False
    ends_at: Place | None = None
    dog: str = ""
    trails: bool = False
    dog_width_m: float | None = None
    avoids: tuple[str, ...] = ()
    may_enter: tuple[str, ...] = ()


class PlanQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """For how long, from now; the sweep width of each team and the watch of each post, in metres.

    `teams` says what is so of single teams; a team named there that is none of `ours` goes from its last place, and
    once any is named only those named go. `barred`: drawn segments, by name or number, that nobody may enter.
    `alive`: a find is worth the published chance that he is then alive. `segments`: teams are given drawn segments
    instead of ways; `only` names them, else all that are drawn and not barred.
    """

    minutes: float = 360.0
    width_m: float = 40.0
    watch_m: float = 100.0
    form: str = ""
    searched: SearchQuestion = SearchQuestion()
    teams: tuple[TeamFacts, ...] = ()
    barred: tuple[str, ...] = ()
    alive: bool = False
    segments: bool = False
    only: tuple[str, ...] = ()


OPEN_PLAN: Final = PlanQuestion()


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One team's part: what it adds, what its next best would add, its way or its post, and all of it in words.

    `mark` and `colour` (#rrggbb) tell it from the others on every map of this plan; `segment` is the one it is given.
    """

    team: str
    adds: float
    next_best: float | None
    there_at: Moment | None
    way: tuple[Place, ...]
    words: str
    mark: str = ""
    colour: str = ""
    until: Moment | None = None
    segment: str = ""
    coverage: float | None = None


class PlanSheet(msgspec.Struct, frozen=True, kw_only=True):
    """A plan: its chance of finding or meeting him, what no plan on the same tracks can exceed, and greed beside it.

    With `alive` the figures are chances to find him alive. `stopped`: it was ended before it was done, and is the best
    so far. `segments`: how likely he is in each drawn segment now, where teams are given segments.
    """

    title: str
    chance: float
    low: float
    high: float
    bound: float
    gap: float
    greedy: float
    proven: bool
    parts: tuple[Part, ...]
    idle: tuple[str, ...]
    facts: tuple[str, ...]
    cautions: tuple[str, ...]
    provenance: tuple[str, ...]
    form: str = ""
    body: bytes = b""
    alive: bool = False
    stopped: bool = False
    segments: dict[str, float] = {}
