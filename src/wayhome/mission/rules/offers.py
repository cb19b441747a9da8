"""Who is asked, in what words, and what they may answer."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from wayhome.mission.facts import missions as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.intents import missions as i
from wayhome.mission.moves import CANNOT_GO, OFFER_ANSWERS, OFFER_MOVES, said_of
from wayhome.mission.rules import telling
from wayhome.mission.rules.bonds import bond_warnings
from wayhome.mission.rules.common import (
    MISSION_COMMAND,
    Act,
    Decision,
    Refused,
    Say,
    attributed,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    offer_of,
    relations,
    text,
)
from wayhome.mission.rules.duty_hours import limit_tells
from wayhome.mission.rules.front import healer_exception
from wayhome.mission.rules.missions import due
from wayhome.mission.rules.people import clashes
from wayhome.mission.rules.strength import offered_piecemeal
from wayhome.mission.state import ACCEPTED, Member, Mission, Offer, World
from wayhome.values.ids import PersonId

OPEN_ANSWERS = frozenset({"offered", "seen", "thinking"})

NEEDS_AN_EXCEPTION = "needs an exception: "
"""How the code of such a refusal begins; the rule to be excepted from follows."""


class Override(msgspec.Struct, frozen=True):
    """A rule that sending somebody would break, unless a reason is recorded."""

    rule: str
    about: str


def overrides_needed(world: World, mission: Mission, member: Member) -> list[Override]:
    """Rank against qualification and history: what must be excepted, with a reason, to send this member.

    Of their history in other missions only the open ones count, whoever sends them: the exception is written down
    for everybody who may see this mission.
    """
    scales = world.organisation.scales
    rank = next((r for r in scales.mission_ranks if r.name == mission.rank), None)
    needed: list[Override] = []
    if rank is None:
        return needed
    if rank.least and member.rank in scales.member_ranks and rank.least in scales.member_ranks:
        if scales.member_ranks.index(member.rank) < scales.member_ranks.index(rank.least):
            needed.append(Override("rank", f"{member.rank}, and {mission.rank} asks for {rank.least}"))
    elif rank.least:
        needed.append(Override("rank", f"no known rank, and {mission.rank} asks for {rank.least}"))
    if rank.grave:
        known = [m for m in world.missions.values() if not m.secret or m.id == mission.id]
        done = {deed for m in known for deed in m.deeds.get(member.id, ())}
        needed += [Override("history", f"never {deed}") for deed in sorted(member.never - done)]
        past = [*member.past, *(m.went[member.id] for m in known if member.id in m.went)]
        last = max((event for event in past if event.outcome), key=lambda event: event.on, default=None)
        if last is not None and last.outcome in ("froze", "nearly killed", "hurt"):
            needed.append(Override("history", f"{last.outcome} last time ({last.on.isoformat()})"))
    return needed


def weighs_on(world: World, member: PersonId, day: date) -> str:
    """Why a day weighs on somebody, in words fit for whoever offers; empty when it does not."""
    person = world.people.get(member)
    if person is not None:
        said = person.weighing.get(f"{day:%m-%d}")
        if said is not None:
            return said or "a date they shared"
        if day in person.not_themselves:
            return "they say that they are not themselves today"
    for remembrance in world.organisation.memorial.values():
        same_day = (remembrance.on.month, remembrance.on.day) == (day.month, day.day)
        if member in remembrance.close and same_day:
            return f"the day {remembrance.name} was lost"
    return ""


def better_day(world: World, member: PersonId, day: date) -> date:
    """The next day that does not weigh on them; tomorrow where the whole year does."""
    days = (day + timedelta(days=number) for number in range(1, 367))
    return next((later for later in days if not weighs_on(world, member, later)), day + timedelta(days=1))


def _warnings(world: World, mission: Mission, member: Member, act: Act) -> list[str]:
    """What whoever offers should know. Never a bar."""
    name, zone_name = world.name(member.id), world.organisation.zone
    today = act.now.at(zone_name).day
    found = []
    why = weighs_on(world, member.id, today)
    if why:
        better = better_day(world, member.id, today).isoformat()
        found.append(f"Today weighs on {name} ({why}): consider asking for the answer on {better}.")
    if member.status_at(act.now) in ("limited", "resting"):
        found.append(f"{name} is {member.status}.")
    stake = mission.stakes.get(member.id)
    if stake is not None:
        sides = f"speaks for: {stake.speaks_for or 'nothing said'}; against: {stake.speaks_against or 'nothing said'}"
        found.append(f"{name} has a personal stake: {stake.stake} ({sides}).")
    found += bond_warnings(world, mission, member.id, act)[0]
    found += offered_piecemeal(world, mission, member.id, act.now)
    return found


def _may_be_asked(world: World, mission: Mission, member: Member, act: Act) -> None:
    name = world.name(member.id)
    if mission.state in ("closed", "refused"):
        raise Refused("over", f"{mission.name} is {mission.state}")
    status = member.status_at(act.now)
    if status in CANNOT_GO:
        until = f" until {member.status_until.local:%Y-%m-%d %H:%M}" if member.status_until else ""
        what = f"{world.name(act.by)} wanted to offer {name} a mission"
        yet = clashes(world, act, member.id, what)
        raise Refused("cannot go", f"{name} is {said_of(status)}{until}: offer somebody else", yet=yet)
    if member.id in mission.held_back:
        raise Refused("held back", f"{name} is held back: {mission.held_back[member.id]}")
    if any(o.member == member.id and o.answer in OPEN_ANSWERS | ACCEPTED for o in mission.offers.values()):
        raise Refused(
            "asked already", f"{name} has an offer for this mission already: wait for the answer, or withdraw it first"
        )
    _place_left(mission)


def _place_left(mission: Mission) -> None:
    if mission.most_people is not None and len(mission.accepted) >= mission.most_people:
        raise Refused("no place left", f"all {mission.most_people} places of {mission.name} are taken")


@decides(i.MakeOffer)
def make_offer(intent: i.MakeOffer, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "offering a mission", mission=mission)
    member = member_of(world, intent.member)
    _may_be_asked(world, mission, member, act)
    if intent.answer_by is not None:
        due(intent.answer_by, act, "the answer by")
    offer = act.id("offer")
    warnings = tuple(_warnings(world, mission, member, act))
    made = f.OfferMade(
        offer=offer,
        member=member.id,
        post=intent.post,
        answer_by=intent.answer_by,
        order=intent.order,
        why=intent.why,
        warnings=warnings,
        front=intent.front,
    )
    over = healer_exception(world, mission, member.id, intent.front, intent.exceptions, act)
    facts: list[Fact] = [*_exceptions(intent, world, mission, member), *over, made]
    if mission.secret and member.id not in mission.read_in:
        facts.insert(0, f.ReadIn(member=member.id, basis="offered"))
    private = bond_warnings(world, mission, member.id, act)[1]
    limits = limit_tells(world, mission, member.id, act.now)
    told = (*warnings, *private, *limits, *_by_order(intent, world, member, facts))
    return Decision(in_mission(mission, *facts), made=offer, tells=told)


def _by_order(intent: i.MakeOffer, world: World, member: Member, facts: list[Fact]) -> tuple[str, ...]:
    """Nobody is hardened by assignment: whoever orders somebody past their own past hears that they may say no."""
    past = [fact.about for fact in facts if isinstance(fact, f.ExceptionMade) and fact.rule == "history"]
    if not (intent.order and past):
        return ()
    name = world.name(member.id)
    return (f"{name}: {', '.join(past)}. They may decline an order, and no reason is asked: speak with them first.",)


def _exceptions(intent: i.MakeOffer, world: World, mission: Mission, member: Member) -> list[f.ExceptionMade]:
    """One recorded exception for each rule that sending this member breaks. Refuses when a reason is missing."""
    made = []
    for needed in overrides_needed(world, mission, member):
        if f"{needed.rule}:{member.id}" in mission.excepted:
            continue
        reason = intent.exceptions.get(needed.rule, "").strip()
        if not reason:
            raise _without_a_reason(needed, world.name(member.id))
        made.append(f.ExceptionMade(rule=needed.rule, about=needed.about, reason=reason, member=member.id))
    return made + _over_the_ceiling(intent, world, mission, member)


def _over_the_ceiling(intent: i.MakeOffer, world: World, mission: Mission, member: Member) -> list[f.ExceptionMade]:
    """Whoever is asked is read in: one too many needs an exception, as any other rule does."""
    known = telling.known_to_all_read_in(mission)
    if not telling.crosses_ceiling(mission, known, member.id) or telling.excepted(mission, member.id):
        return []
    reason = intent.exceptions.get("ceiling", "").strip()
    if not reason:
        words = f"{world.name(member.id)} would know of it, and {telling.ceiling_words(mission, known)}"
        raise Refused(
            "needs an exception: ceiling", f"{words}. To ask them all the same, record the reason for an exception"
        )
    return [telling.ceiling_exception(mission, member.id, reason)]


def _without_a_reason(needed: Override, name: str) -> Refused:
    """The refusal whose code names the rule, so that a face can ask for the reason where it belongs."""
    text = f"{name}: {needed.about}. To send them all the same, record the reason for an exception"
    if needed.rule == "rank":
        return Refused("needs an exception: rank", f"{text} from the rank that is asked for")
    return Refused("needs an exception: history", f"{text} from what is known of their past")


@decides(i.AnswerOffer)
def answer_offer(intent: i.AnswerOffer, world: World, act: Act) -> Decision:
    mission, offer = offer_of(world, act, intent.offer)
    typed_by = attributed(world, act, mission, offer.member, intent.channel)
    may_change(world, act, mission, offer, intent.answer, candidate=True)
    _answer_fits(intent, mission, offer, act)
    fact = f.OfferAnswered(
        offer=offer.id,
        answer=intent.answer,
        limits=intent.limits.strip(),
        think_until=intent.think_until,
        knew=mission.briefing if intent.answer in ACCEPTED else 0,
        channel=intent.channel,
        by=typed_by,
    )
    yet: tuple[Say, ...] = ()
    if intent.answer in ACCEPTED:
        yet = clashes(world, act, offer.member, f"{world.name(offer.member)} accepted another mission")
    return Decision(in_mission(mission, fact) + yet)


def _answer_fits(intent: i.AnswerOffer, mission: Mission, offer: Offer, act: Act) -> None:
    if intent.answer == "accepted with limits" and not intent.limits.strip():
        raise Refused("which limits", "say what the limits are, for example: back by 18:00")
    if intent.answer == "thinking" and intent.think_until is None and offer.answer_by is None:
        raise Refused("until when", "say until when they think it over")
    if intent.think_until is not None:
        due(intent.think_until, act, "thinking until")
    if intent.answer in ACCEPTED and offer.answer not in ACCEPTED:
        _place_left(mission)


def may_change(world: World, act: Act, mission: Mission, offer: Offer, to: str, *, candidate: bool) -> None:
    """Refuses a move that is not in the table, or not this person's."""
    if to not in OFFER_ANSWERS:
        raise Refused("no such answer", f"{to!r} is no answer: one of {', '.join(OFFER_ANSWERS)}")
    who = OFFER_MOVES.get((offer.answer, to))
    if who is None:
        raise Refused("no such move", f"an offer that is {offer.answer} cannot become {to}")
    mine = relations(world, act, mission) | ({"candidate"} if candidate else set())
    if not who & mine:
        raise Refused("not yours to do", f"that is for {' or '.join(sorted(who))}")
    if offer.member in mission.out and to in ("declined", "withdrawn"):
        raise Refused("departed already", f"{world.name(offer.member)} has departed on it")


@decides(i.WithdrawOffer)
def withdraw(intent: i.WithdrawOffer, world: World, act: Act) -> Decision:
    mission, offer = offer_of(world, act, intent.offer)
    may_change(world, act, mission, offer, "withdrawn", candidate=False)
    return Decision(in_mission(mission, f.OfferAnswered(offer=offer.id, answer="withdrawn", limits=intent.reason)))


@decides(i.LapseOffer)
def lapse(intent: i.LapseOffer, world: World, act: Act) -> Decision:
    mission, offer = offer_of(world, act, intent.offer)
    may_change(world, act, mission, offer, "lapsed", candidate=False)
    if offer.answer_by is None or offer.answer_by.moment().ms > act.now.ms:
        raise Refused("not due", "that offer is not due yet")
    return Decision(in_mission(mission, f.OfferAnswered(offer=offer.id, answer="lapsed")))


@decides(i.DeferOffer)
def defer(intent: i.DeferOffer, world: World, act: Act) -> Decision:
    mission, offer = offer_of(world, act, intent.offer)
    must(world, act, MISSION_COMMAND, "deferring an offer", mission=mission)
    if offer.answer not in OPEN_ANSWERS:
        raise Refused("no such move", f"an offer that is {offer.answer} cannot be deferred")
    due(intent.answer_by, act, "the answer by")
    fact = f.OfferDeferred(offer=offer.id, answer_by=intent.answer_by, words=intent.words.strip())
    return Decision(in_mission(mission, fact))


@decides(i.MakeException)
def make_exception(intent: i.MakeException, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND, "making an exception", mission=mission)
    fact = f.ExceptionMade(
        rule=text(intent.rule, "the rule", limit=100),
        about=intent.about,
        reason=text(intent.reason, "the reason"),
        member=intent.member,
    )
    return Decision(in_mission(mission, fact))


@decides(i.DeclareStake)
def declare_stake(intent: i.DeclareStake, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    if act.by != intent.member:
        must(world, act, MISSION_COMMAND, "declaring somebody's stake", mission=mission)
    member_of(world, intent.member)
    fact = f.StakeDeclared(
        member=intent.member,
        stake=text(intent.stake, "the stake"),
        speaks_for=intent.speaks_for.strip(),
        speaks_against=intent.speaks_against.strip(),
    )
    return Decision(in_mission(mission, fact))


@decides(i.HoldBack)
def hold_back(intent: i.HoldBack, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, MISSION_COMMAND | {"medic"}, "holding somebody back", mission=mission)
    member_of(world, intent.member)
    if intent.lifted and intent.member not in mission.held_back:
        raise Refused("not held back", f"{world.name(intent.member)} is not held back")
    fact = f.HeldBack(member=intent.member, reason=text(intent.reason, "the reason"), lifted=intent.lifted)
    return Decision(in_mission(mission, fact))
