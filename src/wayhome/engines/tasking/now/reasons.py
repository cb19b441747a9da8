"""Each pick put into reasons: what speaks for them, what it costs others, what it takes from them."""

from __future__ import annotations

import msgspec

from wayhome.engines.tasking.now.data import Candidate, Dependent, MissionNeed, Request, Stake
from wayhome.engines.tasking.now.results import Bring, Cost, Pick
from wayhome.engines.tasking.now.standing import COMPOSURE_IF_UNKNOWN, Standing, at_home
from wayhome.engines.tasking.now.words import hours_words, plural, skill_words

STEADY = 4
"""From this level of composure on, the reader is reminded that it says nothing of how somebody is."""


class Plan(msgspec.Struct, frozen=True):
    """A request with one plan for it (person to mission)."""

    request: Request
    standing: Standing
    sent: dict[str, str]

    def name(self, person: str) -> str:
        return self.standing.people[person].name


def pick_of(plan: Plan, person: Candidate, mission: MissionNeed) -> Pick:
    """The pick with everything but its next best."""
    accepted = any((one.person, one.mission) == (person.id, mission.id) for one in plan.request.fixed)
    brings = tuple(
        Bring(need.skill, person.skills[need.skill], need.level)
        for need in dict.fromkeys(mission.needs)
        if person.has(need)
    )
    hours = person.travel_h.get(mission.id)
    return Pick(
        person=person.id,
        name=person.name,
        mission=mission.id,
        accepted=accepted,
        brings=brings,
        duty=person.duty,
        arrival_h=hours,
        why=(*_why(person, mission, brings, hours, accepted=accepted), *_bonds(plan, person, mission, personal=False)),
        costs=(*_dependent_costs(plan, person), *_home_costs(plan, person)),
        takes=person.leaves_behind,
        cautions=_cautions(person, mission),
        exceptions=plan.standing.options[person.id, mission.id].exceptions,
        personal=(
            *fitness_words(person),
            *_limits(plan, person, mission),
            *_bonds(plan, person, mission, personal=True),
        ),
    )


def _why(
    person: Candidate, mission: MissionNeed, brings: tuple[Bring, ...], hours: float | None, *, accepted: bool
) -> tuple[str, ...]:
    lines = ["Has accepted."] if accepted else []
    lines.extend(f"Brings {one.skill} at level {one.level}; {one.asked} is asked." for one in brings)
    if not brings:
        lines.append("Makes up the number; brings none of the skills asked for.")
    lines.append(
        f"{person.duty.capitalize()}; "
        + ("the way there is not known." if hours is None else f"there in {hours_words(hours)}.")
    )
    lines.append(f"{hours_words(person.load_h)} of duty behind them." if person.load_h else "No duty behind them.")
    if person.composure:
        lines.append(f"Composure {person.composure.level} of 5 ({person.composure.source}).")
    for stake in _stakes(person, mission):
        lines.append(f"Personal stake: {stake}.")
    return tuple(lines)


def _stakes(person: Candidate, mission: MissionNeed) -> list[str]:
    return [_stake(one) for one in person.stakes if one.mission == mission.id]


def _stake(stake: Stake) -> str:
    degrees = ("", "a little", "clearly", "strongly")
    sides = ((stake.helps, "for"), (stake.hurts, "against"))
    said = " and ".join(f"{degrees[degree]} {side}" for degree, side in sides if degree)
    return f"{stake.words}; it speaks {said} sending them" if said else stake.words


def _cautions(person: Candidate, mission: MissionNeed) -> tuple[str, ...]:
    lines = []
    if person.duty == "limited":
        lines.append("Is on limited duty: check the agreed limits.")
    if person.composure and person.composure.level >= STEADY:
        lines.append("Composure is how they act under strain, not how they are: ask them.")
    if person.composure is None and mission.danger:
        lines.append(f"Composure is not known; {COMPOSURE_IF_UNKNOWN} of 5 is assumed.")
    return tuple(lines)


def fitness_words(person: Candidate) -> tuple[str, ...]:
    """How fit somebody is for duty, where whoever asks is told."""
    said = {"caution": "Fit with caution", "impaired": "Impaired", "unknown": "Fitness not known", "fit": "Fit"}
    why = f": {'; '.join(person.fitness_why)}" if person.fitness_why else ""
    return (f"{said[person.fitness]}{why}.",) if person.fitness else ()


def _limits(plan: Plan, person: Candidate, mission: MissionNeed) -> tuple[str, ...]:
    """What was agreed, and that the partner goes along or is missing."""
    lines = [f"Duty limit: {one}." for one in person.limits]
    for group in person.partners:
        there = [plan.name(one) for one in group if plan.sent.get(one) == mission.id]
        lines.append(f"Duty limit: goes only with {' or '.join(there) or 'a partner, and none is in this team'}.")
    return tuple(lines)


def _bonds(plan: Plan, person: Candidate, mission: MissionNeed, *, personal: bool) -> list[str]:
    """With whom they go, from whom this parts them, and from whom they are kept apart; of those who could go as well.

    `personal`: the bonds that are for whoever sends people alone, or the others.
    """
    lines = []
    for bond in plan.request.together:
        if person.id in (bond.one, bond.other) and bond.personal == personal:
            other = bond.other if bond.one == person.id else bond.one
            goes = plan.sent.get(other) == mission.id
            lines.append(f"{'Goes with' if goes else 'Is parted from'} {plan.name(other)}: {bond.why}.")
    for apart in plan.request.apart:
        if person.id in (apart.one, apart.other) and apart.personal == personal and mission.danger >= apart.danger:
            other = apart.other if apart.one == person.id else apart.one
            if (other, mission.id) in plan.standing.options and plan.sent.get(other) != mission.id:
                lines.append(f"Is kept apart from {plan.name(other)}: {apart.why}.")
    return lines


def _dependent_costs(plan: Plan, person: Candidate) -> list[Cost]:
    return [_dependent_cost(plan, one) for one in person.dependents]


def _dependent_cost(plan: Plan, dependent: Dependent) -> Cost:
    """Who loses what, and who steps in: somebody named for it first, else the best at home with the skill."""
    home = {one.id: one for one in plan.request.people if one.id in plan.standing.fit and one.id not in plan.sent}
    named = [home[one] for one in dependent.stand_ins if one in home]
    able = [one for one in home.values() if dependent.skill and one.skills.get(dependent.skill, 0)]
    able.sort(key=lambda one: (-one.skills[dependent.skill], one.load_h, one.id))
    lost = f"{dependent.name} is without {dependent.loses} meanwhile"
    for one in named or able:
        level = one.skills.get(dependent.skill, 0)
        having = f" ({dependent.skill} {level})" if level else ""
        return Cost("dependent", f"{lost}; {one.name} can stand in{having}.", one.id)
    nobody = "; nobody at home can stand in" if dependent.skill or dependent.stand_ins else ""
    return Cost("dependent", f"{lost}{nobody}.")


def _home_costs(plan: Plan, person: Candidate) -> list[Cost]:
    costs = []
    healer = plan.request.healer
    if person.has(healer) and not at_home(plan.request, plan.standing, plan.sent, healer):
        costs.append(Cost("healer", f"Nobody at home is left with {skill_words(healer)}."))
    for need in plan.request.keep_home:
        left = at_home(plan.request, plan.standing, plan.sent, need)
        if person.has(need) and len(left) < need.count:
            should = f"{plural(need.count, 'person', 'people')} with {skill_words(need)} should stay at home"
            costs.append(Cost("home", f"{should}; {len(left)} would."))
    return costs
