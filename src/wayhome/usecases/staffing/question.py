"""A mission and the roster, as one viewer sees them, as the tasking engine's question."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines import tasking
from wayhome.mission.bonds import counts_as, why
from wayhome.mission.moves import HEALER_LEVEL
from wayhome.mission.rules.left_behind import left_by
from wayhome.mission.state import ACCEPTED
from wayhome.mission.views import shapes as v
from wayhome.usecases.composed import TaskingFacts
from wayhome.usecases.reading import Reading
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Moment, end_of_day

STATED = 2
"""How far a stake helps or hurts, of 0 to 3, where somebody put it in words: words give no degree, so the middle."""
LOSES = {
    "teaches": "their teacher",
    "steadies": "the one who steadies them",
    "kin": "one of their own",
    "couple": "the one they come home to",
    "teammate": "a teammate",
    "promise": "a promise kept",
}
"""What somebody loses when the other end of a bond goes, where the bond itself does not say."""
KINDS = {"teaches": "student", "steadies": "follower", "kin": "kin", "couple": "partner"}
"""What somebody is to whoever goes, by the kind of bond."""


def question(
    reading: Reading, mission: MissionId, now: Moment, travel_h: Mapping[PersonId, float]
) -> Seen[tasking.Request]:
    """Who could go, what is needed and what is settled: only what the viewer sees."""
    seen = reading.tasking_facts(mission)
    facts = seen.value
    organisation = facts.organisation
    offers = sorted(facts.offers, key=lambda offer: (offer.made.ms, offer.answer in ACCEPTED))
    answered = {offer.member: offer.answer for offer in offers}
    accepted = {member for member, answer in answered.items() if answer in ACCEPTED}
    refused = {member for member, answer in answered.items() if answer == "declined"}
    everyone = {member.member: member for member in facts.members}
    people = tuple(
        _candidate(member, facts, now, travel_h)
        for member in facts.members
        if member.status != "lost" or member.member in accepted
    )
    known = {PersonId(one.id) for one in people}
    request = tasking.Request(
        people=people,
        missions=(_need(facts.mission, organisation, facts.grave, facts.least_rank),),
        fixed=tuple(tasking.Pair(m, mission) for m in sorted(accepted & known)),
        forbidden=tuple(tasking.Pair(m, mission) for m in sorted(refused & known & everyone.keys())),
        healer=tasking.SkillNeed(facts.healer_skill, HEALER_LEVEL),
        apart=kept_apart(facts, known),
        together=go_together(facts, known),
    )
    return reading.again(seen, decided(request))


def _need(
    mission: v.MissionView, organisation: v.OrganisationView, grave: bool, least_rank: str
) -> tasking.MissionNeed:
    ranks = organisation.member_ranks
    allowed = ranks[ranks.index(least_rank) :] if least_rank in ranks else ()
    return tasking.MissionNeed(
        id=mission.mission,
        name=mission.name,
        skills=tuple(tasking.SkillNeed(need.skill, need.level, need.count) for need in mission.needs),
        least=mission.least_people,
        most=mission.most_people,
        ranks=allowed,
        danger=tasking.MOST_DANGER if grave else 1,
        grave=grave,
        front=mission.front,
    )


def _candidate(
    member: v.MemberView, facts: TaskingFacts, now: Moment, travel_h: Mapping[PersonId, float]
) -> tasking.Candidate:
    hours = travel_h.get(member.member)
    stake = next((s for s in facts.stakes if s.member == member.member), None)
    composure = member.skills.get("composure")
    fit = next((one for one in facts.fitness if one.member == member.member), None)
    limits = [one for one in facts.limits if one.member == member.member]
    return tasking.Candidate(
        id=member.member,
        name=member.member_name,
        rank=member.rank,
        skills=member.skills,
        qualifications=tuple(q.name for q in member.qualifications if holds(q, now)),
        duty=member.status,
        travel_h={} if hours is None else {facts.mission.mission: hours},
        load_h=facts.load_h.get(member.member, 0.0),
        dependents=_dependents(member.member, facts),
        leaves_behind=_leaves_behind(member, facts),
        composure=tasking.Composure(composure, "roster") if composure else None,
        stakes=_stakes(stake, facts.mission.mission),
        history=tuple(tasking.HistoryFlag(f"never {deed}") for deed in member.never)
        + tuple(tasking.HistoryFlag(words) for words in facts.last_time.get(member.member, ())),
        exclusions=_exclusions(member, stake, facts),
        with_each=tuple(dict.fromkeys(one.partner for one in limits if one.partner is not None)),
        limits=tuple(_limit_words(one) for one in limits),
        fitness=fit.verdict if fit is not None else "unknown" if facts.sends else "",
        fitness_why=fit.reasons if fit is not None else ("not signed on for duty",) if facts.sends else (),
    )


def _limit_words(limit: v.DutyLimitView) -> str:
    """What was agreed, in its words; past its day it holds, and asks."""
    only = f"goes only with {limit.partner_name}" if limit.partner is not None else ""
    asks = "; asks: past its day, it holds until they say otherwise" if limit.asks else ""
    return f"{'; '.join(filter(None, (limit.words, only)))}, agreed until {limit.until.isoformat()}{asks}"


def holds(qualification: v.QualificationView, now: Moment) -> bool:
    """A qualification holds to the end of the local day on which it expires."""
    return qualification.expires is None or now.ms <= end_of_day(qualification.expires, now.zone).ms


def _dependents(member: PersonId, facts: TaskingFacts) -> tuple[tasking.Dependent, ...]:
    """Who is without them while they are gone. Of a bond kept private nobody else reads, so it costs nobody here."""
    found: dict[tuple[str, str], tasking.Dependent] = {}
    for bond in sorted(facts.bonds, key=lambda bond: (bond.other_name, bond.one_name)):
        for who, without in () if bond.private else left_by(bond.what, bond.one, bond.other):
            if without == member and bond.what in KINDS:
                name = bond.other_name if who == bond.other else bond.one_name
                loses = bond.says if who == bond.other and bond.says else LOSES[bond.what]
                skill = "teaching" if bond.what == "teaches" else ""
                found.setdefault(
                    (bond.what, who), tasking.Dependent(name=name, loses=loses, kind=KINDS[bond.what], skill=skill)
                )
    return tuple(sorted(found.values(), key=lambda one: one.name))


def kept_apart(facts: TaskingFacts, known: set[PersonId]) -> tuple[tasking.Apart, ...]:
    """Those whom a bond keeps from being sent together: always, or where it is gravest."""
    found: dict[frozenset[PersonId], tasking.Apart] = {}
    for bond in _of_people(facts, known):
        pair = frozenset((bond.one, bond.other))
        if counts_as(bond.what, bond.sent, grave=True) != "apart":
            continue
        danger = 0 if bond.sent else tasking.MOST_DANGER
        words = why(bond.what, bond.says, bond.sent)
        said = tasking.Apart(bond.one, bond.other, words, danger=danger, personal=bond.private)
        held = found.get(pair)
        if held is None or (said.danger, said.personal) < (held.danger, held.personal):
            found[pair] = said
    return tuple(found.values())


def decided(request: tasking.Request) -> tasking.Request:
    """The question where two who both go on a mission are not kept apart: whoever sent them was warned, and decided."""
    going: dict[str, set[str]] = {}
    for pair in request.fixed:
        going.setdefault(pair.mission, set()).add(pair.person)
    apart = tuple(one for one in request.apart if not any({one.one, one.other} <= team for team in going.values()))
    return msgspec.structs.replace(request, apart=apart)


def go_together(facts: TaskingFacts, known: set[PersonId]) -> tuple[tasking.Together, ...]:
    """Those who promised it, or said that they go together; not who are kept apart by what else was said."""
    always = {frozenset((one.one, one.other)) for one in kept_apart(facts, known) if one.danger == 0}
    found: dict[frozenset[PersonId], tasking.Together] = {}
    for bond in _of_people(facts, known):
        pair = frozenset((bond.one, bond.other))
        if counts_as(bond.what, bond.sent, grave=True) == "together" and pair not in always:
            said = tasking.Together(bond.one, bond.other, why(bond.what, bond.says, bond.sent), personal=bond.private)
            if pair not in found or (found[pair].personal and not said.personal):
                found[pair] = said
    return tuple(found.values())


def _of_people(facts: TaskingFacts, known: set[PersonId]) -> list[v.BondView]:
    """The bonds between people who are asked about, in an order that is always the same."""
    bonds = [bond for bond in facts.bonds if bond.one in known and bond.other in known]
    return sorted(bonds, key=lambda bond: (bond.what, bond.one, bond.other))


def _leaves_behind(member: v.MemberView, facts: TaskingFacts) -> tuple[str, ...]:
    """What going takes from a member: standing roles, students, whoever steadies them."""
    students = sorted(bond.other_name for bond in facts.bonds if bond.one == member.member and bond.what == "teaches")
    steady = sorted(bond.one_name for bond in facts.bonds if bond.other == member.member and bond.what == "steadies")
    return (
        *(f"their role: {role}" for role in member.roles),
        *([f"their students: {', '.join(students)}"] if students else []),
        *(f"{name}, who steadies them" for name in steady),
    )


def _stakes(stake: v.StakeView | None, mission: MissionId) -> tuple[tasking.Stake, ...]:
    if stake is None or not stake.stake:
        return ()
    helps, hurts = (STATED if words else 0 for words in (stake.speaks_for, stake.speaks_against))
    return (tasking.Stake(mission, stake.stake, helps=helps, hurts=hurts),)


def _exclusions(member: v.MemberView, stake: v.StakeView | None, facts: TaskingFacts) -> tuple[tasking.Exclusion, ...]:
    found = []
    if stake is not None and stake.held_back:
        found.append(tasking.Exclusion(f"held back: {stake.held_back}", facts.mission.mission))
    if member.member in facts.cannot_come:
        found.append(tasking.Exclusion("said that they cannot come then"))
    return tuple(found)
