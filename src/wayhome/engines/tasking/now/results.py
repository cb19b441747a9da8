"""What the tasking engine answers: teams with reasons and costs, or why no team is possible."""

from __future__ import annotations

import msgspec


class Bring(msgspec.Struct, frozen=True):
    """A skill asked for that a pick has: their level against the level asked."""

    skill: str
    level: int
    asked: int


class Cost(msgspec.Struct, frozen=True):
    """What sending somebody costs others. `kind`: dependent, healer, home. `stands_in`: id of who steps in, or ""."""

    kind: str
    words: str
    stands_in: str = ""


class Change(msgspec.Struct, frozen=True):
    """One move between two plans: who leaves a mission's team or joins it."""

    mission: str
    person: str
    joins: bool


class NextBest(msgspec.Struct, frozen=True):
    """The best plan without one pick in that mission, found by solving again.

    `possible=False`: no plan at all. `points_more`: how much worse it is; `proven`: that nothing better exists.
    """

    possible: bool
    points_more: int
    changes: tuple[Change, ...]
    proven: bool
    words: str


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """One person in one team: what speaks for them, what it costs, who would go instead.

    `why`, `costs`, `takes` and `cautions` are plain sentences' worth; `exceptions` each need a recorded reason before
    this pick can be sent. `arrival_h`: hours until there, None when unknown. `personal`: fitness and agreed limits, for
    whoever sends people and for nobody else: it is not written down (`for_everyone`).
    """

    person: str
    name: str
    mission: str
    accepted: bool
    brings: tuple[Bring, ...]
    duty: str
    arrival_h: float | None
    why: tuple[str, ...]
    costs: tuple[Cost, ...] = ()
    takes: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    next_best: NextBest | None = None


class Left(msgspec.Struct, frozen=True):
    """Why somebody was not considered for a mission: a class of reason, and no more than may be said of them.

    `personal`: the reason is for whoever sends people alone.
    """

    person: str
    name: str
    reason: str
    personal: bool = False


class Team(msgspec.Struct, frozen=True, kw_only=True):
    """Who would go on one mission, and why the rest were not considered.

    `staffed=False`: without a team, because the mission is optional or because there is no plan at all.
    """

    mission: str
    name: str
    staffed: bool
    picks: tuple[Pick, ...]
    not_considered: tuple[Left, ...]


class Rule(msgspec.Struct, frozen=True):
    """One of the rules that cannot all hold. `kind`: need, size, accepted, once, partner, apart, private, rank."""

    kind: str
    words: str
    mission: str = ""


class Clash(msgspec.Struct, frozen=True):
    """A smallest set of rules that clash: leave out any one of `rules` and the others can hold together.

    `minimal=False` only where the work allowed ran out before that was shown.
    """

    rules: tuple[Rule, ...]
    minimal: bool
    words: str


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a request.

    `points` is the plan's cost and `account` what it is made of (names as in `weights.MEANING`). No plan at all has
    fewer points than `bound`; `gap` is (points - bound) / points, 0 when proven best. `clash` is set, and no team
    has picks, when no plan exists. `complete=False`: the work allowed ran out before a plan, or why there is none,
    was shown.
    """

    teams: tuple[Team, ...]
    points: int
    bound: int
    gap: float
    account: dict[str, int]
    warnings: tuple[str, ...] = ()
    clash: Clash | None = None
    complete: bool = True
    words: str = ""
