"""Who may be considered for which mission, at how many points, and why the others are not. No solver here."""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.data import CANNOT_GO, Candidate, MissionNeed, Request, SkillNeed
from wayhome.engines.tasking.weights import Weights

COMPOSURE_IF_UNKNOWN = 3

Account = dict[str, int]
"""Points by what they are for; the names are those of `weights.MEANING`."""


class Option(msgspec.Struct, frozen=True):
    """One person on one mission: the points of that alone, and the exceptions it would need."""

    account: Account
    exceptions: tuple[str, ...]

    @property
    def points(self) -> int:
        return sum(self.account.values())


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
    forbidden = {(pair.person, pair.mission) for pair in request.forbidden}
    placed = {pair.person for pair in request.fixed}
    healers = only_healers(request)
    options: dict[tuple[str, str], Option] = {}
    left: dict[tuple[str, str], str] = {}
    personal: set[tuple[str, str]] = set()
    for mission in request.missions:
        welcome = _welcome(request, mission)
        for person in request.people:
            key = (person.id, mission.id)
            exceptions = _exceptions(person, mission, healers)
            reason = "" if key in fixed else _why_not(person, mission, forbidden=key in forbidden)
            if not reason and key not in fixed:
                if person.id in placed:
                    reason = "has accepted another mission"
                elif person.id not in welcome:
                    reason = "has none of the skills asked for"
                elif exceptions and not request.allow_exceptions:
                    reason = f"would need an exception: {exceptions[0]}"
                elif person.fitness == "impaired" and not request.allow_exceptions:
                    reason = f"impaired: {', '.join(person.fitness_why)}"
                    personal.add(key)
            if reason:
                left[key] = reason
            else:
                options[key] = Option(_account(person, mission, weights, len(exceptions)), exceptions)
    personal |= _drop_the_partnerless(request, options, left, fixed)
    fit = [one for one in request.people if is_fit(one)]
    keepers = tuple(frozenset(one.id for one in fit if one.has(need)) for need in request.keep_home)
    everybody = {one.id: one for one in request.people}
    return Standing(options, left, frozenset(personal), everybody, frozenset(one.id for one in fit), keepers)


def is_fit(person: Candidate) -> bool:
    """Whether the duty status lets somebody go, or stand in."""
    return person.duty not in CANNOT_GO


def only_healers(request: Request) -> frozenset[str]:
    """The one fit healer, where there is only one; otherwise nobody."""
    healers = [one.id for one in request.people if is_fit(one) and one.has(request.healer)]
    return frozenset(healers) if len(healers) == 1 else frozenset()


def fillers_welcome(mission: MissionNeed) -> bool:
    """Whether the team's least size may ask for people beyond its needs, so that anybody fit is of use."""
    return mission.least > max((need.count for need in mission.needs), default=0)


def _welcome(request: Request, mission: MissionNeed) -> frozenset[str]:
    """Who is of use to the mission: by a skill, as filler, or as the partner somebody needs beside them."""
    if fillers_welcome(mission):
        return frozenset(one.id for one in request.people)
    accepted = {pair.person for pair in request.fixed if pair.mission == mission.id}
    here = [one for one in request.people if is_fit(one) or one.id in accepted]
    useful = accepted | {one.id for one in here if any(one.has(need) for need in mission.needs)}
    wanted = {one.id: tuple(who for group in one.partners for who in group) for one in here if one.partners}
    asked = set(useful)
    while asked:
        asked = {partner for one in asked for partner in wanted.get(one, ())} - useful
        useful |= asked
    return frozenset(useful)


def _why_not(person: Candidate, mission: MissionNeed, *, forbidden: bool) -> str:
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
    missing = [name for name in mission.qualifications if name not in person.qualifications]
    if missing:
        return f"lacks {missing[0]}"
    hours = person.travel_h.get(mission.id)
    if mission.within_h is not None and hours is not None and hours > mission.within_h:
        return "too far"
    return ""


def _exceptions(person: Candidate, mission: MissionNeed, healers: frozenset[str]) -> tuple[str, ...]:
    found = []
    if mission.ranks and person.rank not in mission.ranks:
        rank = person.rank or "without a rank"
        found.append(f"{rank} is not a rank asked for ({', '.join(mission.ranks)})")
    if mission.grave:
        found.extend(flag.words for flag in person.history)
    if mission.front and person.id in healers:
        found.append("the only healer would be put up front")
    return tuple(found)


def _account(person: Candidate, mission: MissionNeed, weights: Weights, exceptions: int) -> Account:
    """The points of sending one person on one mission; a helpful stake never makes them fewer than none."""
    hours = person.travel_h.get(mission.id)
    steady = person.composure.level if person.composure else COMPOSURE_IF_UNKNOWN
    account = {
        "exception": weights.exception * bool(exceptions),
        "limited": weights.limited * (person.duty == "limited"),
        "impaired": weights.impaired * (person.fitness == "impaired"),
        "tired": weights.tired * (person.fitness == "caution"),
        "unknown_travel": weights.unknown_travel * (hours is None),
        "travel_min": weights.travel_min * minutes(hours or 0.0),
        "sent": weights.sent,
        "dependent": weights.dependent * len(person.dependents),
        "unsteady": weights.unsteady * mission.danger * (5 - steady),
        "load_h": weights.load_h * round(person.load_h),
    }
    stake = weights.stake * sum(one.hurts - one.helps for one in person.stakes if one.mission == mission.id)
    account["stake"] = max(stake, -sum(account.values()))
    return {name: points for name, points in account.items() if points}


def minutes(hours: float) -> int:
    return round(hours * 60)


def _drop_the_partnerless(
    request: Request,
    options: dict[tuple[str, str], Option],
    left: dict[tuple[str, str], str],
    fixed: set[tuple[str, str]],
) -> set[tuple[str, str]]:
    """Takes out, until nothing changes, whoever may only go with somebody who cannot. Who was taken out."""
    limited = [one for one in request.people if one.partners]
    out: set[tuple[str, str]] = set()
    before = -1
    while len(out) > before:
        before = len(out)
        for person in limited:
            for mission in request.missions:
                key = (person.id, mission.id)
                groups = person.partners
                alone = not all(any((partner, mission.id) in options for partner in group) for group in groups)
                if key in options and key not in fixed and alone:
                    del options[key]
                    left[key] = "a duty limit asks for a partner who is not to be had"
                    out.add(key)
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

    for person, mission_id in plan.items():
        for name, points in standing.options[person, mission_id].account.items():
            add(name, points)
    for mission in request.missions:
        team = [standing.people[person] for person, where in plan.items() if where == mission.id]
        if mission.optional and not team:
            add("unstaffed", weights.unstaffed * mission.priority)
            continue
        for need in mission.needs:
            best = max((one.skills.get(need.skill, 0) for one in team if one.has(need)), default=need.level)
            add("level", level_factor(mission, weights) * (5 - best))
    for need, keepers in zip(request.keep_home, standing.keepers, strict=True):
        add("home_thin", weights.home_thin * max(0, need.count - len(keepers - plan.keys())))
    return dict(sorted(total.items()))


def at_home(request: Request, standing: Standing, plan: dict[str, str], need: SkillNeed) -> list[Candidate]:
    """Those fit and not sent who have what `need` asks, best first, then least loaded, then by id."""
    home = [one for one in request.people if one.id in standing.fit and one.id not in plan and one.has(need)]
    return sorted(home, key=lambda one: (-one.skills[need.skill], one.load_h, one.id))
