"""How fit those on duty are by their own word, what limits were agreed, and how long those in the field can go on.

Made of rows that the viewer holds: how long somebody slept is in no row but their own, and whoever does not send
people is told of nobody but themselves.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines import fatigue
from wayhome.mission.moves import CANNOT_GO
from wayhome.mission.views import shapes as v
from wayhome.mission.views.duty_hours import WHO_SENDS
from wayhome.mission.views.people import duty_mark
from wayhome.usecases.composed import FitnessView
from wayhome.usecases.rows import Rows
from wayhome.usecases.tallies import load_h
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Mark, MissionId, PersonId
from wayhome.values.when import Moment

NOT_SHOWN = fatigue.Fitness(
    verdict="unknown",
    reasons=("not shown to you: it is for whoever sends people, with the duty commander or operator",),
    sure="nothing is known to you",
    rests_on="nothing",
)
REFUSED = frozenset({"declined", "withdrawn"})


class MyDuty(msgspec.Struct, frozen=True, kw_only=True):
    """One's own hours as one said them, and what follows from them. `said` is None before the first time on duty."""

    said: v.DutyView | None
    on_duty: bool
    fitness: FitnessView | None


class EnduranceView(msgspec.Struct, frozen=True, kw_only=True):
    """One person in the field: how long out, what they slept and ate, when to be relieved and by whom.

    `detection_least` to `detection_most`: what their state leaves of a search, with `detection_words`.
    """

    member: PersonId
    member_name: str
    departed: Moment
    out_h: float
    verdict: str
    reasons: tuple[str, ...]
    ate: Moment | None
    slept_h: float | None
    slept_until: Moment | None
    relieve_by: Moment
    why: str
    source: str
    reliefs: tuple[str, ...]
    detection_least: float
    detection_most: float
    detection_words: str
    detection_source: str


def declared(held: v.OnDutyView | None, naps: tuple[fatigue.Nap, ...] = ()) -> fatigue.Declared:
    """What was said at sign-on, as the engine is told it."""
    if held is None:
        return fatigue.Declared(naps=naps)
    return fatigue.Declared(
        since=held.since,
        said=held.said,
        slept_24h=held.slept_at_least,
        woke=held.woke,
        worked_h=held.worked_h,
        rest_h=held.rest_h,
        work_h=held.work_h,
        naps=naps,
    )


class FitnessReading(Viewing):
    """Duty hours as one viewer may see them."""

    def my_duty(self) -> Seen[MyDuty]:
        """One's own hours of duty as one said them, and how fit one is held for by them."""
        rows = self._rows()
        said = next(iter(rows.fetch("duty", v.DutyView, key=self._viewer)), None)
        held = next(iter(rows.fetch("on_duty", v.OnDutyView, key=self._viewer)), None)
        fit = shown_fitness(held, self._now) if held is not None else None
        return self._seen(rows, MyDuty(said=said, on_duty=held is not None, fitness=fit))

    def fitness(self) -> Seen[tuple[FitnessView, ...]]:
        """How fit everybody on duty is by their own word: oneself, and for whoever sends people, all."""
        rows = self._rows()
        held = rows.fetch("on_duty", v.OnDutyView)
        return self._many(rows, [shown_fitness(one, self._now) for one in held])

    def duty_limits(self) -> Seen[tuple[v.DutyLimitView, ...]]:
        """Limits that members agreed to: one's own, and for whoever sends people, all. Past its day one asks."""
        rows = self._rows()
        return self._many(rows, agreed_limits(rows, self._now))

    def endurance(self, mission: MissionId) -> Seen[tuple[EnduranceView, ...]]:
        """How long those in the field are out, what they slept and ate, when to be relieved, and by whom."""
        rows = self._rows()
        self._must_see(rows, mission)
        out = [one for one in rows.fetch("out", v.OutView, scope=mission) if one.home is None and not one.handed_to]
        rested = {one.member: one for one in rows.fetch("rested", v.RestedView, scope=mission)}
        on_duty = {one.member: one for one in rows.fetch("on_duty", v.OnDutyView)}
        members = {one.member: one for one in rows.fetch("member", v.MemberView)}
        field = [_in_field(one, on_duty.get(one.member), rested.get(one.member), members) for one in out]
        ready = self._ready(rows, mission, members, on_duty)
        sees = self._sends()
        known = {one.member: one for one in out}
        found = [
            _endured(
                one if sees or one.person == self._viewer else msgspec.structs.replace(one, fitness=NOT_SHOWN),
                known[PersonId(one.person)],
                rested.get(PersonId(one.person)),
                {member.member: member.member_name for member in members.values()},
            )
            for one in fatigue.endurance(field, ready, self._now)
        ]
        return self._many(rows, found)

    def _sends(self) -> bool:
        """Whether the viewer is told how fit others are."""
        held: frozenset[Mark] = self._standing.held(self._viewer, openly=self._openly)
        return any(duty_mark(duty) in held for duty in WHO_SENDS)

    def _ready(
        self,
        rows: Rows,
        mission: MissionId,
        members: Mapping[PersonId, v.MemberView],
        on_duty: Mapping[PersonId, v.OnDutyView],
    ) -> list[fatigue.Ready]:
        """Who could relieve somebody: neither out anywhere, nor elsewhere, nor one who declined."""
        out = rows.fetch("out", v.OutView)
        busy = {one.member for one in out if one.home is None and not one.handed_to}
        busy |= {one.member for one in rows.fetch("offer", v.OfferView, scope=mission) if one.answer in REFUSED}
        load = load_h(out, self._now)
        return [
            fatigue.Ready(
                person=one.member,
                verdict=fatigue.fitness(declared(on_duty.get(one.member)), self._now).verdict,
                skills=frozenset(one.skills),
                load_h=load.get(one.member, 0.0),
            )
            for one in members.values()
            if one.member not in busy and can_be_asked(one, self._now)
        ]


def can_be_asked(member: v.MemberView, now: Moment) -> bool:
    """Whether neither a duty status nor a word of theirs stands against asking somebody now."""
    over = member.status_until is not None and member.status_until.ms <= now.ms and member.status != "lost"
    said = [span for span in member.spans if span.start.ms <= now.ms <= span.end.ms]
    there = over or member.status not in CANNOT_GO | {"resting"}
    return there and not member.erased and (not said or said[-1].available)


def agreed_limits(rows: Rows, now: Moment) -> list[v.DutyLimitView]:
    """The limits that a viewer sees, each with whether it is past its day."""
    organisation = rows.fetch("organisation", v.OrganisationView)
    today = now.at(organisation[0].zone if organisation else now.zone).day
    return [msgspec.structs.replace(one, asks=one.until < today) for one in rows.fetch("duty_limit", v.DutyLimitView)]


def shown_fitness(held: v.OnDutyView, now: Moment) -> FitnessView:
    found = fatigue.fitness(declared(held), now)
    return FitnessView(
        member=held.member,
        member_name=held.member_name,
        since=held.since,
        verdict=found.verdict,
        reasons=found.reasons,
        sure=found.sure,
        rests_on=found.rests_on,
        sources=found.sources,
        asks_from=found.asks_from,
    )


def _in_field(
    out: v.OutView,
    on_duty: v.OnDutyView | None,
    rested: v.RestedView | None,
    members: Mapping[PersonId, v.MemberView],
) -> fatigue.InTheField:
    naps = tuple(fatigue.Nap(until, hours) for until, hours in rested.slept) if rested is not None else ()
    member = members.get(out.member)
    return fatigue.InTheField(
        person=out.member,
        departed=out.departed,
        declared=declared(on_duty, naps),
        skills=frozenset(member.skills) if member is not None else frozenset(),
    )


def _endured(
    one: fatigue.Endurance, out: v.OutView, rested: v.RestedView | None, names: Mapping[PersonId, str]
) -> EnduranceView:
    slept = rested.slept if rested is not None else ()
    tired = {"fit": False, "unknown": None}.get(one.fitness.verdict, True)
    left = fatigue.detection_factor(tired, min(one.out_h, 24.0 * 14))
    return EnduranceView(
        member=out.member,
        member_name=out.member_name,
        departed=out.departed,
        out_h=round(one.out_h, 2),
        verdict=one.fitness.verdict,
        reasons=one.fitness.reasons,
        ate=rested.ate if rested is not None else None,
        slept_h=sum(hours for _, hours in slept) if slept else None,
        slept_until=slept[-1][0] if slept else None,
        relieve_by=one.relieve_by,
        why=one.why,
        source=one.source,
        reliefs=tuple(names.get(PersonId(person), person) for person in one.reliefs),
        detection_least=left.least,
        detection_most=left.most,
        detection_words=left.words,
        detection_source=left.source,
    )
