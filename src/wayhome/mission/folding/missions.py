"""How the facts of one mission add up: the alarm, offers, plan, testimony, papers and the end."""

from __future__ import annotations

from wayhome.mission.facts import missions as f
from wayhome.mission.folding.registry import on_mission
from wayhome.mission.folding.strength import killed
from wayhome.mission.state import (
    ACCEPTED,
    Assumption,
    Conflict,
    Mission,
    Offer,
    Paper,
    PastEvent,
    Said,
    Stake,
    Testimony,
)
from wayhome.values.ids import Id, PersonId, derive


def conflict(mission: Mission, what: str, words: str, *about: str) -> None:
    """Opens a conflict once; its id follows from what it is about, so that every replica opens the same one."""
    key: Id = derive(mission.id, "conflict", what, *sorted(about))
    mission.conflicts.setdefault(key, Conflict(key, what, words))


@on_mission(f.MissionOpened)
def opened(mission: Mission, fact: f.MissionOpened, said: Said) -> None:
    mission.name, mission.rank, mission.secret = fact.name, fact.rank, fact.secret
    mission.owner, mission.opened = fact.owner, said.at
    mission.commander = mission.commander or fact.owner
    mission.place, mission.purpose = fact.place, fact.purpose
    mission.read_in.add(fact.owner)
    mission.known_to.add(fact.owner)


@on_mission(f.MissionPlanned)
def planned(mission: Mission, fact: f.MissionPlanned, said: Said) -> None:
    mission.needs, mission.least_people, mission.most_people = fact.needs, fact.least_people, fact.most_people
    mission.starts, mission.hours, mission.home_by = fact.starts, fact.hours, fact.home_by
    mission.place, mission.front = fact.place or mission.place, fact.front


@on_mission(f.MissionRegraded)
def regraded(mission: Mission, fact: f.MissionRegraded, said: Said) -> None:
    mission.rank = fact.rank


@on_mission(f.UrgencyScored)
def urgency_scored(mission: Mission, fact: f.UrgencyScored, said: Said) -> None:
    mission.urgency = fact.band


@on_mission(f.SubjectDescribed)
def subject_described(mission: Mission, fact: f.SubjectDescribed, said: Said) -> None:
    mission.subject.update(fact.fields)
    mission.subject_category = fact.category or mission.subject_category


@on_mission(f.InitialPointSet)
def initial_point_set(mission: Mission, fact: f.InitialPointSet, said: Said) -> None:
    """The planning point stays where it was set; the last known position moves with each sighting."""
    if fact.what == "LKP":
        mission.last_point, mission.last_at = fact.place, fact.at
    if fact.what == "IPP" or mission.initial_point is None:
        mission.initial_point, mission.initial_at = fact.place, fact.at


@on_mission(f.ReadIn)
def read_in(mission: Mission, fact: f.ReadIn, said: Said) -> None:
    mission.read_in.add(fact.member)
    mission.known_to.add(fact.member)
    for emergency in mission.secrecy.emergencies.values():
        emergency.was_read_in = emergency.was_read_in or emergency.by == fact.member


@on_mission(f.ReadOut)
def read_out(mission: Mission, fact: f.ReadOut, said: Said) -> None:
    """Whoever is read out has nothing open any more, an emergency either."""
    mission.read_in.discard(fact.member)
    for emergency in mission.secrecy.emergencies.values():
        emergency.ended = emergency.ended or emergency.by == fact.member


@on_mission(f.OfferMade)
def offer_made(mission: Mission, fact: f.OfferMade, said: Said) -> None:
    mission.offers[fact.offer] = Offer(
        id=fact.offer,
        member=fact.member,
        post=fact.post,
        made=said.at,
        by=said.author,
        order=fact.order,
        answer="ordered" if fact.order else "offered",
        answer_by=fact.answer_by,
        why=fact.why,
        warnings=fact.warnings,
        front=fact.front,
    )
    _posted(mission, fact.member, fact.front)


def _posted(mission: Mission, member: PersonId, front: bool | None) -> None:
    """The last post that somebody was given says whether they stand up front."""
    if front is None:
        mission.posts_front.pop(member, None)
    else:
        mission.posts_front[member] = front


@on_mission(f.OfferAnswered)
def offer_answered(mission: Mission, fact: f.OfferAnswered, said: Said) -> None:
    offer = mission.offers.get(fact.offer)
    if offer is None:
        return
    offer.answer, offer.channel, offer.typed_by = fact.answer, fact.channel, fact.by
    offer.limits = fact.limits
    if fact.think_until:
        offer.answer_by = fact.think_until
    if fact.answer in ACCEPTED:
        offer.knew = fact.knew
        _crowded(mission)


def _crowded(mission: Mission) -> None:
    """Two laptops apart may each give away the last place; both acceptances stand until a person settles it."""
    going = sorted(mission.accepted)
    if mission.most_people is not None and len(going) > mission.most_people:
        words = f"{len(going)} accepted and there are {mission.most_people} places"
        conflict(mission, "too many accepted", words, *going)


@on_mission(f.OfferDeferred)
def offer_deferred(mission: Mission, fact: f.OfferDeferred, said: Said) -> None:
    offer = mission.offers.get(fact.offer)
    if offer:
        offer.answer_by = fact.answer_by


@on_mission(f.ExceptionMade)
def exception_made(mission: Mission, fact: f.ExceptionMade, said: Said) -> None:
    mission.excepted.add(f"{fact.rule}:{fact.member or ''}")


@on_mission(f.StakeDeclared)
def stake_declared(mission: Mission, fact: f.StakeDeclared, said: Said) -> None:
    mission.stakes[fact.member] = Stake(fact.member, fact.stake, fact.speaks_for, fact.speaks_against)


@on_mission(f.HeldBack)
def held_back(mission: Mission, fact: f.HeldBack, said: Said) -> None:
    if fact.lifted:
        mission.held_back.pop(fact.member, None)
    else:
        mission.held_back[fact.member] = fact.reason


@on_mission(f.BriefingWritten)
def briefing_written(mission: Mission, fact: f.BriefingWritten, said: Said) -> None:
    mission.briefing = max(mission.briefing, fact.version)
    mission.briefing_words, mission.briefing_cautions = fact.words, fact.cautions
    mission.chosen_because = dict(fact.chosen_because)


@on_mission(f.BriefingAcknowledged)
def briefing_acknowledged(mission: Mission, fact: f.BriefingAcknowledged, said: Said) -> None:
    mission.acknowledged[fact.member] = max(fact.version, mission.acknowledged.get(fact.member, 0))


@on_mission(f.WalkInJoined)
def walk_in_joined(mission: Mission, fact: f.WalkInJoined, said: Said) -> None:
    mission.walk_ins[fact.member] = fact.post
    _posted(mission, fact.member, fact.front)


@on_mission(f.MissionCommandTaken)
def mission_command_taken(mission: Mission, fact: f.MissionCommandTaken, said: Said) -> None:
    expected = fact.before or mission.commander
    if mission.commander not in (expected, fact.by):
        words = "two people took command without knowing of each other"
        conflict(mission, "two in command", words, fact.by, mission.commander)
    mission.commander = fact.by
    if mission.secrecy.mask is not None:
        mission.secrecy.mask.known_by.add(fact.by)


@on_mission(f.MissionMoved)
def moved(mission: Mission, fact: f.MissionMoved, said: Said) -> None:
    if fact.after == "closed" and mission.still_out:
        mission.state = "under way"
        out = sorted(mission.still_out)
        conflict(mission, "closed with someone out", f"closed on one laptop while {len(out)} were out on another", *out)
        return
    mission.state, mission.reopens_when = fact.after, fact.reopens_when


@on_mission(f.TestimonyWithheld)
def testimony_withheld(mission: Mission, fact: f.TestimonyWithheld, said: Said) -> None:
    mission.testimony[fact.testimony] = Testimony(fact.testimony, fact.holder, fact.about)


@on_mission(f.TestimonyReleased)
def testimony_released(mission: Mission, fact: f.TestimonyReleased, said: Said) -> None:
    held = mission.testimony.get(fact.testimony)
    if held:
        held.words = fact.words


@on_mission(f.AssumptionMade)
def assumption_made(mission: Mission, fact: f.AssumptionMade, said: Said) -> None:
    mission.assumptions.setdefault(fact.assumption, Assumption(fact.assumption, fact.words))


@on_mission(f.AssumptionFailed)
def assumption_failed(mission: Mission, fact: f.AssumptionFailed, said: Said) -> None:
    held = mission.assumptions.get(fact.assumption)
    if held:
        held.failed = fact.how


@on_mission(f.AssumptionWarned)
def assumption_warned(mission: Mission, fact: f.AssumptionWarned, said: Said) -> None:
    held = mission.assumptions.get(fact.assumption)
    if held:
        held.warned = True


@on_mission(f.ReportWritten)
def report_written(mission: Mission, fact: f.ReportWritten, said: Said) -> None:
    paper = Paper(fact.report, fact.stage, fact.words, fact.came_as, said.at, said.author)
    mission.papers.append(paper)


@on_mission(f.ExposureNoted)
def exposure_noted(mission: Mission, fact: f.ExposureNoted, said: Said) -> None:
    mission.exposures.setdefault(fact.member, set()).update(fact.kinds)


@on_mission(f.OutcomeNoted)
def outcome_noted(mission: Mission, fact: f.OutcomeNoted, said: Said) -> None:
    mission.outcomes[fact.member] = fact.outcome
    mission.went[fact.member] = PastEvent("mission", said.at.day, mission.name, outcome=fact.outcome)
    mission.deeds.setdefault(fact.member, set()).update(fact.deeds)
    killed(mission, fact.member, fact.outcome, said.at)


@on_mission(f.ConflictSettled)
def conflict_settled(mission: Mission, fact: f.ConflictSettled, said: Said) -> None:
    held = mission.conflicts.get(fact.conflict)
    if held:
        held.settled = fact.how
