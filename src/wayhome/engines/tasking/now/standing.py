"""Who may be considered for which mission, at how many points, and why the others are not. No solver here."""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.now.data import CANNOT_GO, Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.now.timing import cannot_be_there
from wayhome.engines.tasking.now.weights import Weights
from wayhome.engines.tasking.now.words import either

COMPOSURE_IF_UNKNOWN = 3

Account = dict[str, int]
"""Points by what they are for; the names are those of `weights.MEANING`."""


class Option(msgspec.Struct, frozen=True):
    """One person on one mission: the points of that alone, and the exceptions it would need."""

    points: int
    exceptions: tuple[str, ...] = ()


class Standing(msgspec.Struct, frozen=True):
    """Every pair that may be considered, and the reason for each that may not. Keys are (person, mission).

    `personal`: the reasons in `left` that are for whoever sends people alone. `people`: everybody by id. `fit`: ids of
    those who could go or stand in at all, by duty status; nobody else enters any count. `keepers`: for each of the
    request's `keep_home`, those fit who have it.
    """

    options: dict[tuple[str, str], Option]
    left: dict[tuple[str, str], str]
    personal: frozenset[tuple[str, str]]
    people: dict[str, Candidate]
    fit: frozenset[str]
    keepers: tuple[frozenset[str], ...]


def standing_of(request: Request, weights: Weights) -> Standing:
    """Who stands where in `request`: options with their points, the rest with their reason."""
    fixed = {(pair.person, pair.mission) for pair in request.fixed}
    placed = {pair.person for pair in request.fixed}
    sorting = _Sorting(request, weights)
    for mission in request.missions:
        welcome = _welcome(request, mission)
        for person in request.people:
            key = (person.id, mission.id)
            if key in fixed:
                sorting.take(person, mission)
                continue
            reason = sorting.why_not(person, mission)
            if not reason and person.id in placed:
                reason = "has accepted another mission"
            elif not reason and person.id not in welcome:
                reason = "has none of the skills asked for"
            if reason:
                sorting.left[key] = reason
            else:
                sorting.take_or_leave(person, mission)
    personal = sorting.personal | _drop_the_partnerless(request, sorting.options, sorting.left, fixed)
    fit = [one for one in request.people if is_fit(one)]
    keepers = tuple(frozenset(one.id for one in fit if one.has(need)) for need in request.keep_home)
    everybody = {one.id: one for one in request.people}
    return Standing(
        sorting.options, sorting.left, frozenset(personal), everybody, frozenset(one.id for one in fit), keepers
    )


class _Sorting:
    """Pairs as they are sorted into options and left ones; what hangs on the person alone is worked out once."""

    def __init__(self, request: Request, weights: Weights) -> None:
        self._request = request
        self._weights = weights
        self._forbidden = {(pair.person, pair.mission) for pair in request.forbidden}
        self._healers = {one.id: only_healers(request, one) if one.front else frozenset() for one in request.missions}
        self._alone = {one.id: sum(_account_alone(one, weights).values()) for one in request.people}
        self.options: dict[tuple[str, str], Option] = {}
        self.left: dict[tuple[str, str], str] = {}
        self.personal: set[tuple[str, str]] = set()

    def why_not(self, person: Candidate, mission: MissionNeed) -> str:
        forbidden = (person.id, mission.id) in self._forbidden
        return _why_not(person, mission, self._request, forbidden=forbidden)

    def take(self, person: Candidate, mission: MissionNeed) -> None:
        found = _exceptions(person, mission, self._healers[mission.id])
        there = _account_there(person, mission, self._weights, len(found))
        points = self._alone[person.id] + sum(there.values()) + _stake_points(person, mission, self._weights)
        self.options[person.id, mission.id] = Option(max(0, points), found)

    def take_or_leave(self, person: Candidate, mission: MissionNeed) -> None:
        """Where no exception is allowed, whoever would need one is left."""
        if not self._request.allow_exceptions:
            key = (person.id, mission.id)
            found = _exceptions(person, mission, self._healers[mission.id])
            if found:
                self.left[key] = f"would need an exception: {found[0]}"
                return
            if person.fitness == "impaired":
                self.left[key] = f"impaired: {', '.join(person.fitness_why)}"
                self.personal.add(key)
                return
        self.take(person, mission)


def is_fit(person: Candidate) -> bool:
    """Whether the duty status lets somebody go, or stand in."""
    return person.duty not in CANNOT_GO


def only_healers(request: Request, mission: MissionNeed) -> frozenset[str]:
    """The one healer who could be had for a mission, where there is only one; otherwise nobody.

    Whoever is not fit, declined, or is held back from it cannot be had.
    """
    forbidden = {pair.person for pair in request.forbidden if pair.mission == mission.id}
    held_back = {one.id for one in request.people if any(e.mission in ("", mission.id) for e in one.exclusions)}
    could = [one.id for one in request.people if is_fit(one) and one.id not in forbidden | held_back]
    healers = [one.id for one in request.people if one.id in could and one.has(request.healer)]
    return frozenset(healers) if len(healers) == 1 else frozenset()


def fillers_welcome(mission: MissionNeed) -> bool:
    """Whether the team's least size may ask for people beyond its needs, so that anybody fit is of use."""
    return mission.least > max((need.count for need in mission.needs), default=0)


def is_mentor(request: Request, person: Candidate) -> bool:
    """Whether somebody can stand beside juniors and trainees."""
    return request.mentor is not None and not (person.junior or person.trainee) and person.has(request.mentor)


def needs_mentor(request: Request, person: Candidate) -> bool:
    return request.mentor is not None and (person.junior or person.trainee)


def _welcome(request: Request, mission: MissionNeed) -> frozenset[str]:
    """Who is of use to the mission: by a skill, as filler or trainee, or as somebody whom another needs beside them."""
    if fillers_welcome(mission):
        return frozenset(one.id for one in request.people)
    accepted = {pair.person for pair in request.fixed if pair.mission == mission.id}
    here = [one for one in request.people if is_fit(one) or one.id in accepted]
    useful = accepted | {one.id for one in here if any(one.has(need) for need in mission.needs)}
    if mission.trainees:
        useful |= {one.id for one in here if one.trainee}
    wanted = {one.id: {who for group in one.partners for who in group} for one in here if one.partners}
    for bond in request.together:
        wanted.setdefault(bond.one, set()).add(bond.other)
        wanted.setdefault(bond.other, set()).add(bond.one)
    mentors = {one.id for one in here if is_mentor(request, one)}
    juniors = {one.id for one in here if needs_mentor(request, one)}
    asked = set(useful)
    while asked:
        more = mentors if asked & juniors else set()
        asked = {partner for one in asked for partner in wanted.get(one, ())}.union(more) - useful
        useful |= asked
    return frozenset(useful)


def _why_not(person: Candidate, mission: MissionNeed, request: Request, *, forbidden: bool) -> str:
    """Why a person is not considered, or "". Duty status comes first and then nothing more is said."""
    if person.duty in CANNOT_GO:
        return CANNOT_GO[person.duty]
    if forbidden:
        return "ruled out for this mission"
    for exclusion in person.exclusions:
        if exclusion.mission in ("", mission.id):
            return exclusion.words
    if person.most_danger < mission.danger:
        return "not cleared for this danger"
    if person.clearance < mission.clearance:
        return "not cleared to know of this"
    for name in mission.qualifications:
        if name not in person.qualifications:
            return f"lacks {name}"
    hours = person.travel_h.get(mission.id)
    if mission.within_h is not None and hours is not None and hours > mission.within_h:
        return "too far"
    if person.trainee and not mission.trainees:
        return "a trainee, and there is no trainee place"
    return cannot_be_there(person, mission, request.rest)


def _exceptions(person: Candidate, mission: MissionNeed, healers: frozenset[str]) -> tuple[str, ...]:
    found = []
    if mission.ranks and person.rank not in mission.ranks:
        rank = f"is {person.rank}" if person.rank else "has no rank"
        found.append(f"{rank}, and {either(mission.ranks)} is asked for")
    if mission.grave:
        found.extend(flag.words for flag in person.history)
    if mission.front and person.id in healers:
        found.append("the only healer would be put up front")
    return tuple(found)


def _account_alone(person: Candidate, weights: Weights) -> Account:
    """What sending somebody comes to wherever they go."""
    return {
        "limited": weights.limited * (person.duty == "limited"),
        "impaired": weights.impaired * (person.fitness == "impaired"),
        "tired": weights.tired * (person.fitness == "caution"),
        "sent": weights.sent,
        "dependent": weights.dependent * len(person.dependents),
        "load_h": weights.load_h * round(person.load_h),
    }


def _account_there(person: Candidate, mission: MissionNeed, weights: Weights, exceptions: int) -> Account:
    """What comes on top on this mission, but for stakes."""
    hours = person.travel_h.get(mission.id)
    steady = person.composure.level if person.composure else COMPOSURE_IF_UNKNOWN
    return {
        "exception": weights.exception * bool(exceptions),
        "unknown_travel": weights.unknown_travel * (hours is None),
        "travel_min": weights.travel_min * minutes(hours or 0.0),
        "unsteady": weights.unsteady * mission.danger * (5 - steady),
    }


def _stake_points(person: Candidate, mission: MissionNeed, weights: Weights) -> int:
    return weights.stake * sum(one.hurts - one.helps for one in person.stakes if one.mission == mission.id)


def _account(person: Candidate, mission: MissionNeed, weights: Weights, exceptions: int) -> Account:
    """The points of sending one person on one mission; a helpful stake never makes them fewer than none."""
    account = _account_alone(person, weights) | _account_there(person, mission, weights, exceptions)
    account["stake"] = max(_stake_points(person, mission, weights), -sum(account.values()))
    return {name: points for name, points in account.items() if points}


def minutes(hours: float) -> int:
    return round(hours * 60)


def _drop_the_partnerless(
    request: Request,
    options: dict[tuple[str, str], Option],
    left: dict[tuple[str, str], str],
    fixed: set[tuple[str, str]],
) -> set[tuple[str, str]]:
    """Takes out, until nothing changes, whoever may only go with somebody who cannot. Whose reason is personal."""
    limited = [one for one in request.people if one.partners or needs_mentor(request, one)]
    mentors = [one.id for one in request.people if is_mentor(request, one)]
    out: set[tuple[str, str]] = set()
    dropped = True
    while dropped:
        dropped = False
        for person in limited:
            for mission in request.missions:
                key = (person.id, mission.id)
                if key not in options or key in fixed:
                    continue
                groups = person.partners
                if not all(any((partner, mission.id) in options for partner in group) for group in groups):
                    left[key] = "a duty limit asks for a partner who is not to be had"
                    out.add(key)
                elif needs_mentor(request, person) and not any((one, mission.id) in options for one in mentors):
                    left[key] = "no mentor is to be had for them"
                else:
                    continue
                del options[key]
                dropped = True
    return out


def level_factor(mission: MissionNeed, weights: Weights) -> int:
    """Points for each level by which the best in the team falls short of 5."""
    return weights.level * (1 + mission.danger)


def account_of(request: Request, standing: Standing, weights: Weights, plan: dict[str, str]) -> Account:
    """What a whole plan (person to mission) costs, by name; zero entries are left out."""
    total: Account = {}

    def add(name: str, points: int) -> None:
        if points:
            total[name] = total.get(name, 0) + points

    missions = {one.id: one for one in request.missions}
    teams: dict[str, list[Candidate]] = {one: [] for one in missions}
    for person, where in plan.items():
        teams[where].append(standing.people[person])
        exceptions = len(standing.options[person, where].exceptions)
        for name, points in _account(standing.people[person], missions[where], weights, exceptions).items():
            add(name, points)
    for mission in request.missions:
        team = [one for one in teams[mission.id] if not one.trainee]
        if mission.optional and not teams[mission.id]:
            add("unstaffed", weights.unstaffed * mission.priority)
            continue
        add("empty_place", weights.empty_place * max(0, mission.trainees - (len(teams[mission.id]) - len(team))))
        for need in mission.needs:
            best = max((one.skills.get(need.skill, 0) for one in team if one.has(need)), default=need.level)
            add("level", level_factor(mission, weights) * (5 - best))
    for bond in request.together:
        places = {plan.get(bond.one), plan.get(bond.other)}
        add("parted", weights.parted * (len(places - {None}) if len(places) > 1 else 0))
    for need, keepers in zip(request.keep_home, standing.keepers, strict=True):
        add("home_thin", weights.home_thin * max(0, need.count - len(keepers - plan.keys())))
    return dict(sorted(total.items()))


def at_home(request: Request, standing: Standing, plan: dict[str, str], need: SkillNeed) -> list[Candidate]:
    """Those fit and not sent who have what `need` asks, best first, then least loaded, then by id."""
    home = [one for one in request.people if one.id in standing.fit and one.id not in plan and one.has(need)]
    return sorted(home, key=lambda one: (-one.skills[need.skill], one.load_h, one.id))
