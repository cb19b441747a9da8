"""What the tasking engine is asked: the people, the missions' needs, and what is already settled.

Plain values. Whoever asks has already worked out what holds at the time: which qualifications are valid, who is on
leave, how long each would travel. Everything is checked at birth; a bad value raises TaskingError.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import Literal

import msgspec

from wayhome.engines.tasking.errors import TaskingError
from wayhome.engines.tasking.now.checks import check_hours, check_level, check_name, check_unique, check_whole
from wayhome.engines.tasking.now.precedence import cycle_among
from wayhome.engines.tasking.now.rest import Duty, RestRules

Mode = Literal["share", "slot"]
"""*share*: one person may cover several needs of a team at once. *slot*: a person fills one need."""

CAN_GO = ("on duty", "available", "limited")
CANNOT_GO = {"resting": "resting", "leave": "on leave", "away": "away", "lost": "lost"}
"""Duty statuses with which nobody is sent, and the only words that are said of them."""

FITNESS = ("", "fit", "unknown", "caution", "impaired")
"""How fit somebody is for duty by their own word; "" where it is not shown to whoever asks."""

MOST_DANGER = 3
MOST_CLEARANCE = 9
MOST_TRAINEES = 50
MOST_HOURS = 10_000.0
MOST_YEARS_H = 1_000_000.0
MOST_PEOPLE = 20_000
MOST_MISSIONS = 200


class SkillNeed(msgspec.Struct, frozen=True):
    """`count` people who have `skill` at `level` or above."""

    skill: str
    level: int = 1
    count: int = 1

    def __post_init__(self) -> None:
        check_name(self.skill, "a need's skill")
        check_level(self.level, f"the need for {self.skill}")
        check_whole(self.count, 1, MOST_PEOPLE, f"how many with {self.skill}")


class MissionNeed(msgspec.Struct, frozen=True, kw_only=True):
    """What one mission asks of its team.

    `least` and `most` bound the team's size; `ranks` are the member ranks that may go (empty: any). `danger` 0–3
    weighs level and composure. `grave` asks for history as well: a candidate's flags then need an exception. `front`:
    the team is put up front, where the only healer needs an exception. `within_h` is the longest travel in hours.
    `qualifications` everyone in the team must hold. `optional` missions may be left unstaffed at the cost of
    `priority` (1 low – 5 high).

    `mode`: share or slot for this mission; "": as the request says. `trainees` places are beside the team and count
    for none of its needs. `clearance` is the least that everybody there must hold. `no_strangers`: every two of the
    team know each other. It begins `from_h` hours from now at the earliest, lasts `hours` and is over by `until_h`.
    `after`: ids of missions without which this one is not staffed either.
    """

    id: str
    name: str
    skills: tuple[SkillNeed, ...] = ()
    leader: SkillNeed | None = None
    medic: SkillNeed | None = None
    least: int = 1
    most: int | None = None
    ranks: tuple[str, ...] = ()
    danger: int = 0
    grave: bool = False
    front: bool = False
    within_h: float | None = None
    qualifications: tuple[str, ...] = ()
    optional: bool = False
    priority: int = 3
    mode: Mode | Literal[""] = ""
    trainees: int = 0
    clearance: int = 0
    no_strangers: bool = False
    from_h: float = 0.0
    hours: float = 0.0
    until_h: float | None = None
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.id, "a mission's id")
        check_name(self.name, f"mission {self.id}")
        check_whole(self.least, 1, MOST_PEOPLE, f"the least people of {self.name}")
        if self.most is not None:
            check_whole(self.most, 1, MOST_PEOPLE, f"the most people of {self.name}")
            if self.most < self.least:
                raise TaskingError(f"{self.name}: at most {self.most} is less than at least {self.least} people")
        check_whole(self.danger, 0, MOST_DANGER, f"the danger of {self.name}")
        check_whole(self.priority, 1, 5, f"the priority of {self.name}")
        if self.within_h is not None:
            check_hours(self.within_h, MOST_HOURS, f"the longest travel for {self.name}")
        if self.mode not in ("", "share", "slot"):
            raise TaskingError(f"{self.name}: mode {self.mode!r} is not known; use share or slot")
        check_whole(self.trainees, 0, MOST_TRAINEES, f"the trainee places of {self.name}")
        check_whole(self.clearance, 0, MOST_CLEARANCE, f"the clearance for {self.name}")
        self._check_window()

    def _check_window(self) -> None:
        check_hours(self.from_h, MOST_HOURS, f"the beginning of {self.name}")
        check_hours(self.hours, MOST_HOURS, f"the duration of {self.name}")
        if self.until_h is None:
            return
        check_hours(self.until_h, MOST_HOURS, f"the end of the window of {self.name}")
        room = self.until_h - self.from_h
        if room < self.hours:
            raise TaskingError(
                f"{self.name} lasts {self.hours:g} h, but its window from {self.from_h:g} h to {self.until_h:g} h "
                f"has room for {max(room, 0.0):g} h: widen the window or shorten the mission"
            )

    @property
    def needs(self) -> tuple[SkillNeed, ...]:
        """Leader, medic and skills as one list, in that order."""
        return tuple(need for need in (self.leader, self.medic) if need is not None) + self.skills


class Dependent(msgspec.Struct, frozen=True):
    """Somebody who depends on a candidate and what they lose when the candidate goes.

    `kind`: student, follower, kin ... `skill` is what whoever stands in must have; `stand_ins` are ids named for it.
    """

    name: str
    loses: str
    kind: str = "student"
    skill: str = ""
    stand_ins: tuple[str, ...] = ()


class Composure(msgspec.Struct, frozen=True):
    """How steadily somebody acts under strain, 1–5, and who says so. It says nothing of how they are."""

    level: int
    source: str

    def __post_init__(self) -> None:
        check_level(self.level, "composure")
        check_name(self.source, "the source of a composure level")


class Stake(msgspec.Struct, frozen=True):
    """What ties a candidate to a mission's subject, weighed both ways, each 0 (not at all) to 3."""

    mission: str
    words: str
    helps: int = 0
    hurts: int = 0

    def __post_init__(self) -> None:
        check_name(self.words, "a personal stake")
        check_whole(self.helps, 0, 3, f"how far {self.words!r} helps")
        check_whole(self.hurts, 0, 3, f"how far {self.words!r} hurts")


class HistoryFlag(msgspec.Struct, frozen=True):
    """Something of a candidate's past that a grave mission must weigh: has never killed, froze last time."""

    words: str

    def __post_init__(self) -> None:
        check_name(self.words, "a history flag")


class Exclusion(msgspec.Struct, frozen=True):
    """That a candidate is held back from one mission, or from all (`mission` empty).

    `words` are shown as they stand: they must say no more than everybody who reads the proposal may know.
    """

    words: str
    mission: str = ""

    def __post_init__(self) -> None:
        check_name(self.words, "an exclusion")


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One member as the engine sees them.

    `skills`: name to level 1–5. `qualifications`: those valid at the time. `travel_h`: mission id to hours until
    there; a mission not in it means unknown. `load_h`: hours of duty so far in the period that the caller looks at.
    `only_with`: ids of partners, one of whom must go along; `with_each`: ids of whom every one must (agreed duty
    limits, `limits` in words). `most_danger`: the gravest danger they are cleared for. `fitness`: one of FITNESS, with
    `fitness_why`. `leaves_behind`: what the mission takes from them (routine, the one who steadies them).

    `expires_h`: for valid qualifications that end, in how many hours. `free_from_h`, `free_until_h`: when they can be
    had, travel there and back within it. `duties`: past work in hours from now, for the request's rest rules.
    `junior`: goes only beside a mentor. `trainee`: goes only on a trainee place, beside a mentor. `knows`: ids of
    those they have served with; one side suffices. `clearance`: what they are cleared to know.
    """

    id: str
    name: str
    rank: str = ""
    skills: dict[str, int] = msgspec.field(default_factory=dict)
    qualifications: tuple[str, ...] = ()
    duty: str = "available"
    travel_h: dict[str, float] = msgspec.field(default_factory=dict)
    load_h: float = 0.0
    dependents: tuple[Dependent, ...] = ()
    leaves_behind: tuple[str, ...] = ()
    composure: Composure | None = None
    stakes: tuple[Stake, ...] = ()
    history: tuple[HistoryFlag, ...] = ()
    only_with: tuple[str, ...] = ()
    with_each: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    fitness: str = ""
    fitness_why: tuple[str, ...] = ()
    most_danger: int = MOST_DANGER
    exclusions: tuple[Exclusion, ...] = ()
    expires_h: dict[str, float] = msgspec.field(default_factory=dict)
    free_from_h: float = 0.0
    free_until_h: float | None = None
    duties: tuple[Duty, ...] = ()
    junior: bool = False
    trainee: bool = False
    knows: tuple[str, ...] = ()
    clearance: int = MOST_CLEARANCE

    def __post_init__(self) -> None:
        check_name(self.id, "a candidate's id")
        check_name(self.name, f"candidate {self.id}")
        if self.duty not in CAN_GO and self.duty not in CANNOT_GO:
            known = ", ".join((*CAN_GO, *CANNOT_GO))
            raise TaskingError(f"{self.name}: duty status {self.duty!r} is not known; use one of {known}")
        if self.fitness not in FITNESS:
            raise TaskingError(
                f"{self.name}: fitness {self.fitness!r} is not known; use one of {', '.join(FITNESS[1:])}"
            )
        for skill, level in self.skills.items():
            check_name(skill, f"a skill of {self.name}")
            check_level(level, f"{skill} of {self.name}")
        for mission, hours in self.travel_h.items():
            check_hours(hours, MOST_HOURS, f"travel of {self.name} to {mission}")
        check_hours(self.load_h, MOST_HOURS, f"the load of {self.name}")
        check_whole(self.most_danger, 0, MOST_DANGER, f"the danger that {self.name} is cleared for")
        check_whole(self.clearance, 0, MOST_CLEARANCE, f"the clearance of {self.name}")
        for qualification, hours in self.expires_h.items():
            check_hours(hours, MOST_YEARS_H, f"the expiry of {qualification} of {self.name}")
        check_hours(self.free_from_h, MOST_HOURS, f"when {self.name} is free")
        if self.free_until_h is not None:
            check_hours(self.free_until_h, MOST_HOURS, f"until when {self.name} is free")

    @property
    def partners(self) -> tuple[tuple[str, ...], ...]:
        """Groups of ids, of each of which one must go along."""
        return ((self.only_with,) if self.only_with else ()) + tuple((one,) for one in self.with_each)

    def has(self, need: SkillNeed) -> bool:
        return self.skills.get(need.skill, 0) >= need.level


class Pair(msgspec.Struct, frozen=True):
    """A person and a mission: already accepted, or ruled out."""

    person: str
    mission: str


class Apart(msgspec.Struct, frozen=True):
    """Two people who are not sent in one team, and why. `danger`: only into missions as grave as this or graver.

    `personal`: for whoever sends people and for nobody else.
    """

    one: str
    other: str
    why: str
    danger: int = 0
    personal: bool = False

    def __post_init__(self) -> None:
        check_whole(self.danger, 0, MOST_DANGER, f"from which danger on {self.one} and {self.other} are kept apart")


class Together(msgspec.Struct, frozen=True):
    """Two people who go better together: sending one without the other costs points (`weights.parted`).

    `personal`: for whoever sends people and for nobody else.
    """

    one: str
    other: str
    why: str
    personal: bool = False


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Who could go, what is needed, and what is settled.

    `fixed` picks have accepted: they stay whatever their duty status says by now. `forbidden` pairs are never made
    (declined, for one). `keep_home` is what should stay behind. `healer` names what counts as a healer.
    `allow_exceptions=False` leaves out whoever would need one.

    `mentor` is what makes somebody a mentor, each for `juniors_each` juniors and trainees of a team; None: nobody
    asks for one. `rest`: the rules of work and rest that hold. `skills`: every skill there is; empty: any name goes.
    """

    people: tuple[Candidate, ...]
    missions: tuple[MissionNeed, ...]
    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    apart: tuple[Apart, ...] = ()
    keep_home: tuple[SkillNeed, ...] = ()
    healer: SkillNeed = SkillNeed("medic", 3)
    allow_exceptions: bool = True
    mode: Mode = "share"
    together: tuple[Together, ...] = ()
    mentor: SkillNeed | None = None
    juniors_each: int = 1
    rest: RestRules | None = None
    skills: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_counts(self)
        check_unique((one.id for one in self.people), "the candidates")
        check_unique((one.id for one in self.missions), "the missions")
        check_whole(self.juniors_each, 1, 100, "how many juniors a mentor takes")
        _check_references(self)
        _check_bonds(self)
        _check_order(self)
        _check_skills(self)

    def slots(self, mission: MissionNeed) -> bool:
        """Whether a person of this mission's team fills one need only."""
        return (mission.mode or self.mode) == "slot"


def _check_counts(request: Request) -> None:
    if not request.missions:
        raise TaskingError("no mission was given: name at least one that needs people")
    if not request.people:
        raise TaskingError("no candidate was given: name the members who are to be considered")
    if len(request.people) > MOST_PEOPLE or len(request.missions) > MOST_MISSIONS:
        raise TaskingError(
            f"{len(request.people)} people and {len(request.missions)} missions are too many at once: "
            f"ask for at most {MOST_PEOPLE} and {MOST_MISSIONS}"
        )
    if request.mode not in ("share", "slot"):
        raise TaskingError(f"mode {request.mode!r} is not known; use share or slot")


def _check_references(request: Request) -> None:
    people = {one.id for one in request.people}
    missions = {one.id for one in request.missions}
    for what, pairs in (("accepted", request.fixed), ("ruled out", request.forbidden)):
        for pair in pairs:
            if pair.person not in people:
                raise TaskingError(f"{pair.person!r}, {what}, is not among the candidates; add them or leave it out")
            if pair.mission not in missions:
                raise TaskingError(f"{pair.mission!r}, {what}, is not among the missions; add it or leave it out")
    for pair in request.fixed:
        if pair in request.forbidden:
            raise TaskingError(f"{pair.person} has accepted {pair.mission} and is ruled out: withdraw one of the two")
    for apart in request.apart:
        for one in (apart.one, apart.other):
            if one not in people:
                raise TaskingError(f"{one!r}, to be kept apart, is not among the candidates; add them or leave it out")
        if apart.one == apart.other:
            raise TaskingError(f"{apart.one!r} cannot be kept apart from themselves")


def _check_bonds(request: Request) -> None:
    people = {one.id for one in request.people}
    for bond in request.together:
        for one in (bond.one, bond.other):
            if one not in people:
                raise TaskingError(f"{one!r}, to go together, is not among the candidates; add them or leave it out")
        if bond.one == bond.other:
            raise TaskingError(f"{bond.one!r} cannot go together with themselves")
    always = {frozenset((one.one, one.other)) for one in request.apart if one.danger == 0}
    for bond in request.together:
        if frozenset((bond.one, bond.other)) in always:
            raise TaskingError(
                f"{bond.one} and {bond.other} are to go together and to be kept apart: withdraw one of the two"
            )


def _check_order(request: Request) -> None:
    missions = {one.id: one.after for one in request.missions}
    names = {one.id: one.name for one in request.missions}
    for mission in request.missions:
        for before in mission.after:
            if before not in missions:
                raise TaskingError(f"{mission.name} comes after {before!r}, which is not among the missions; add it")
    cycle = cycle_among(missions)
    if cycle:
        way = " after ".join(names[one] for one in (*cycle, cycle[0]))
        raise TaskingError(f"the missions wait for each other in a circle: {way}; take one of these out")


def _check_skills(request: Request) -> None:
    """Where the skills there are were given, a need for another is a slip of the pen."""
    if not request.skills:
        return
    for mission in request.missions:
        for need in mission.needs:
            if need.skill not in request.skills:
                close = get_close_matches(need.skill, request.skills, n=1)
                meant = f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(request.skills)}"
                raise TaskingError(f"{mission.name} needs {need.skill!r}, a skill that nobody knows of{meant}")
