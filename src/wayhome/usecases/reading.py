"""Reading: everything that faces, exports and links see, always *as somebody*.

The viewer becomes a predicate that runs inside the query; each row that comes back is checked again against the
folded state and only then minted as `Seen`. Every public method of `Reading` but `again` is a read: `READS` lists
them, a face or a socket calls them by name, and the two-worlds test fails for any that it does not cover.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import msgspec

from wayhome.access.seen import Seen, Warden
from wayhome.mission import wording
from wayhome.mission.moves import CANNOT_GO
from wayhome.mission.views import shapes as v
from wayhome.usecases import composed as c
from wayhome.usecases.boarding import BoardReading
from wayhome.usecases.care.shown import CareShownReading
from wayhome.usecases.covering import CoverReading
from wayhome.usecases.fitness import FitnessReading, agreed_limits, shown_fitness
from wayhome.usecases.knowing import KnowingReading
from wayhome.usecases.left_behind import LeftBehindReading
from wayhome.usecases.opening import OpeningReading
from wayhome.usecases.photos import PhotoReading
from wayhome.usecases.rows import NothingThere, Rows
from wayhome.usecases.search import outlined as o
from wayhome.usecases.search import plans_kept as k
from wayhome.usecases.search.evidenced import Noted
from wayhome.usecases.search.reading import SearchReading
from wayhome.usecases.staffing.strength import StrengthReading
from wayhome.usecases.tallies import last_time, load_h, still_never, with_leaders
from wayhome.usecases.waiting import waiting
from wayhome.values.ids import OPEN, MissionId, PersonId, mission_mark

T = TypeVar("T")


class Reading(
    PhotoReading,
    OpeningReading,
    CoverReading,
    LeftBehindReading,
    KnowingReading,
    CareShownReading,
    FitnessReading,
    SearchReading,
    StrengthReading,
    BoardReading,
):
    """What one viewer may see at one moment."""

    # The organisation and its people

    def organisation(self) -> Seen[v.OrganisationView]:
        """The organisation, who commands it and the standing succession."""
        return self._one("organisation", "organisation", v.OrganisationView)

    def roster(self) -> Seen[tuple[v.MemberView, ...]]:
        """Every member with rank, skills, qualifications and duty status."""
        rows = self._rows()
        members = [self._current(member) for member in rows.fetch("member", v.MemberView)]
        return self._many(rows, members)

    def _current(self, member: v.MemberView) -> v.MemberView:
        over = member.status_until is not None and member.status_until.ms <= self._now.ms
        if over and member.status != "lost":
            return msgspec.structs.replace(member, status="available", status_until=None)
        return member

    def callsigns(self) -> Seen[tuple[v.NameView, ...]]:
        """Names and callsigns."""
        return self._list("name", v.NameView)

    def availability(self, day: date | None = None) -> Seen[tuple[c.AvailabilityView, ...]]:
        """Who can be asked now, or on a day: duty status, and what they said of that span."""
        rows = self._rows()
        members = [self._current(member) for member in rows.fetch("member", v.MemberView)]
        return self._many(rows, [self._available(member, day) for member in members])

    def _available(self, member: v.MemberView, day: date | None) -> c.AvailabilityView:
        on = day or self._now.day
        said = [
            span
            for span in member.spans
            if span.start.local.date() <= on <= span.end.local.date()
            and (day is not None or span.start.ms <= self._now.ms <= span.end.ms)
        ]
        last = said[-1] if said else None
        free = member.status not in CANNOT_GO and (last is None or last.available)
        return c.AvailabilityView(
            member=member.member,
            member_name=member.member_name,
            status=member.status,
            until=member.status_until,
            can_be_asked=free,
            words=last.words or ("can come" if last.available else "cannot come") if last else "",
        )

    def member(self, member: PersonId) -> Seen[c.MemberPage]:
        """One member at a glance: skills, last field mission, who led it, role changes since, what they never did."""
        rows = self._rows()
        found = rows.fetch("member", v.MemberView, key=member)
        if not found:
            raise NothingThere("member")
        names = rows.fetch("name", v.NameView, key=member)
        history = with_leaders(rows.fetch("history", v.HistoryView, scope=member))
        missions = [event for event in history if event.what == "mission" or event.mission]
        last = missions[-1] if missions else None
        deeds = {deed for event in history for deed in event.deeds}
        page = c.MemberPage(
            member=self._current(found[0]),
            callsign=names[0].callsign if names else "",
            personal=tuple(p for p in rows.fetch("personal", v.PersonalView) if p.member == member),
            history=tuple(history),
            last_mission=last,
            roles_since=tuple(e for e in history if e.wish and (last is None or e.on >= last.on)),
            never=tuple(deed for deed in found[0].never if deed not in deeds),
            bonds=tuple(b for b in rows.fetch("bond", v.BondView) if member in (b.one, b.other)),
            letters=tuple(x for x in rows.fetch("letter", v.LetterView) if x.member == member),
            routines=tuple(x for x in rows.fetch("routine", v.RoutineView) if x.member == member),
        )
        return self._seen(rows, page)

    def history(self, member: PersonId) -> Seen[tuple[v.HistoryView, ...]]:
        """What is known of a member's past, oldest first."""
        rows = self._rows()
        return self._many(rows, with_leaders(rows.fetch("history", v.HistoryView, scope=member)))

    def bonds(self) -> Seen[tuple[v.BondView, ...]]:
        """Who hangs on whom."""
        return self._list("bond", v.BondView)

    def petitions(self) -> Seen[tuple[v.PetitionView, ...]]:
        """Petitions: a member's own, and all of them for command."""
        return self._list("petition", v.PetitionView)

    def letters(self) -> Seen[tuple[v.LetterView, ...]]:
        """Leave letters: a member's own, and all of them for command."""
        return self._list("letter", v.LetterView)

    def routines(self) -> Seen[tuple[v.RoutineView, ...]]:
        """The viewer's own routines, and those in which they are the companion."""
        return self._list("routine", v.RoutineView)

    def personal(self) -> Seen[tuple[v.PersonalView, ...]]:
        """Contacts, homes, next of kin and medical notes: the viewer's own, and those their duty keeps."""
        return self._list("personal", v.PersonalView)

    def channels(self) -> Seen[tuple[str, ...]]:
        """Where the viewer is told that something waits: their own channels, and nobody else's."""
        rows = self._rows()
        own = [one.urls for one in rows.fetch("channels", v.ChannelsView, key=self._viewer)]
        return self._many(rows, own[0] if own else ())

    def recovery(self) -> Seen[v.RecoveryView | None]:
        """The viewer's own recovery codes: how many are left, and when any was used; None before there were any."""
        rows = self._rows()
        own = rows.fetch("recovery", v.RecoveryView, key=self._viewer)
        return self._seen(rows, own[0] if own else None)

    def invitations(self) -> Seen[tuple[v.InvitationView, ...]]:
        """Who was invited to set a password, until when, and whether they did; for those who keep the roster."""
        rows = self._rows()
        return self._many(rows, [self._ran_out(one) for one in rows.fetch("invitation", v.InvitationView)])

    def _ran_out(self, one: v.InvitationView) -> v.InvitationView:
        over = one.state == "open" and one.until.ms <= self._now.ms
        return msgspec.structs.replace(one, state="expired") if over else one

    def follow_ups(self) -> Seen[tuple[v.FollowUpView, ...]]:
        """Follow-ups: the viewer's own, and for carers those that are theirs to see."""
        return self._list("follow_up", v.FollowUpView)

    def memorial(self) -> Seen[tuple[v.RemembranceView, ...]]:
        """Every member lost, with what the family lets be seen. Nobody's visits are recorded."""
        return self._list("memorial", v.RemembranceView)

    def vehicles(self) -> Seen[tuple[v.VehicleView, ...]]:
        """Vehicles and whether they are here."""
        return self._list("vehicle", v.VehicleView)

    def command(self) -> Seen[tuple[v.NoteView, ...]]:
        """Every handover of the organisation's command."""
        return self._list("command", v.NoteView)

    # Missions

    def missions(self) -> Seen[tuple[v.MissionView, ...]]:
        """Every mission the viewer may know of."""
        return self._list("mission", v.MissionView)

    def mission(self, mission: MissionId) -> Seen[v.MissionView]:
        """One mission."""
        return self._one("mission", "mission", v.MissionView, key=mission)

    def offers(self, mission: MissionId | None = None) -> Seen[tuple[v.OfferView, ...]]:
        """Offers of one mission, or all that the viewer may see."""
        rows = self._rows()
        return self._many(rows, self._offers(rows, scope=mission))

    def _offers(self, rows: Rows, **ask: Any) -> list[v.OfferView]:
        """Offers; what a warning says of somebody's day is for whoever offered and for them alone."""
        return [
            offer if self._viewer in (offer.by, offer.member) else msgspec.structs.replace(offer, warnings=())
            for offer in rows.fetch("offer", v.OfferView, **ask)
        ]

    def my_offers(self) -> Seen[tuple[v.OfferView, ...]]:
        """The offers made to the viewer."""
        rows = self._rows()
        return self._many(rows, [o for o in self._offers(rows) if o.member == self._viewer])

    def exceptions(self, mission: MissionId) -> Seen[tuple[v.ExceptionView, ...]]:
        """Every rule overridden for a mission: by whom and why."""
        return self._list("exception", v.ExceptionView, scope=mission)

    def stakes(self, mission: MissionId) -> Seen[tuple[v.StakeView, ...]]:
        """Personal stakes, weighed both ways, and who is held back."""
        return self._list("stake", v.StakeView, scope=mission)

    def briefings(self, mission: MissionId) -> Seen[tuple[v.BriefingView, ...]]:
        """Every version of the briefing."""
        return self._list("briefing", v.BriefingView, scope=mission)

    def acknowledgements(self, mission: MissionId) -> Seen[tuple[v.AcknowledgementView, ...]]:
        """Who acknowledged which version of the briefing."""
        return self._list("acknowledgement", v.AcknowledgementView, scope=mission)

    def read_ins(self, mission: MissionId) -> Seen[tuple[v.ReadInView, ...]]:
        """Who was read in to a secret mission, by whom, since when, on what basis."""
        return self._list("read_in", v.ReadInView, scope=mission)

    def notes(self, mission: MissionId) -> Seen[tuple[v.NoteView, ...]]:
        """Doubts, walk-ins, clashes, handovers, regradings, changes of state."""
        return self._list("note", v.NoteView, scope=mission)

    def reports(self, mission: MissionId) -> Seen[tuple[v.ReportView, ...]]:
        """What was reported, side by side: source, seen or hearsay, when, how sure."""
        return self._list("report", v.ReportView, scope=mission)

    def testimony(self, mission: MissionId) -> Seen[tuple[v.TestimonyView, ...]]:
        """Testimony known to be held back, and what was released."""
        return self._list("testimony", v.TestimonyView, scope=mission)

    def assumptions(self, mission: MissionId) -> Seen[tuple[v.AssumptionView, ...]]:
        """What the mission rests on, and what of it failed."""
        return self._list("assumption", v.AssumptionView, scope=mission)

    def papers(self, mission: MissionId) -> Seen[tuple[v.PaperView, ...]]:
        """Every draft and official report; none is ever replaced."""
        return self._list("paper", v.PaperView, scope=mission)

    def report(self, mission: MissionId) -> Seen[c.ReportPage]:
        """The last draft and the last official report, the draft's marks, and what differs."""
        rows = self._rows()
        self._must_see(rows, mission)
        papers = rows.fetch("paper", v.PaperView, scope=mission)
        draft = next((p for p in reversed(papers) if p.stage == "draft"), None)
        official = next((p for p in reversed(papers) if p.stage == "official"), None)
        page = c.ReportPage(
            mission=mission,
            draft=draft,
            official=official,
            marks=wording.marks(draft.words) if draft else (),
            differences=wording.differences(draft.words, official.words) if draft and official else (),
            given=tuple(rows.fetch("given_words", v.GivenWordsView, scope=mission)),
        )
        return self._seen(rows, page)

    def advice(self, mission: MissionId) -> Seen[tuple[v.AdviceView, ...]]:
        """What the engines advised, with all that is needed to compute it again."""
        return self._list("advice", v.AdviceView, scope=mission)

    def where(self, mission: MissionId) -> Seen[o.WhereView | None]:
        """Where he can be, as last advised: the outlines for a map, and the words that belong beside them."""
        rows = self._rows()
        self._must_see(rows, mission)
        maps = [one for one in rows.fetch("advice", v.AdviceView, scope=mission) if one.engine == "search.map"]
        for last in sorted(maps, key=lambda one: one.at.ms, reverse=True):
            outlines = msgspec.json.decode(last.result, type=o.Kept).outlines
            if outlines is not None:
                return self._seen(rows, o.WhereView(advice=last.advice, made=last.at, outlines=outlines))
        return self._seen(rows, None)

    def plans(self, mission: MissionId) -> Seen[k.PlansView]:
        """Who searches where and whom to post where, as last advised, and whether the map has changed since."""
        rows = self._rows()
        held = self._must_see(rows, mission)
        noted = Noted(
            clues=self.clues(mission).value,
            evidence=self.evidence(mission).value,
            hypotheses=self.hypotheses(mission).value,
        )
        advice = sorted(rows.fetch("advice", v.AdviceView, scope=mission), key=lambda one: one.at.ms)
        return self._seen(rows, k.last_of(advice, k.rests_on(held, noted)))

    def exposures(self, mission: MissionId) -> Seen[tuple[v.ExposureView, ...]]:
        """What people went through, as kinds of event."""
        return self._list("exposure", v.ExposureView, scope=mission)

    def conflicts(self, mission: MissionId) -> Seen[tuple[v.ConflictView, ...]]:
        """What a merge brought together that cannot both stand."""
        return self._list("conflict", v.ConflictView, scope=mission)

    def situation(self, mission: MissionId) -> Seen[c.SituationView]:
        """The situation report: what is known, on whose word, how sure; who is where; what is wrong."""
        rows = self._rows()
        held = self._must_see(rows, mission)
        order = {"seen": 0, "unknown": 1, "hearsay": 2}
        reports = rows.fetch("report", v.ReportView, scope=mission, newest_first=True)
        view = c.SituationView(
            mission=held,
            reports=tuple(sorted(reports, key=lambda r: order.get(r.grade, 3))),
            withheld=tuple(t for t in rows.fetch("testimony", v.TestimonyView, scope=mission) if t.withheld),
            assumptions=tuple(rows.fetch("assumption", v.AssumptionView, scope=mission)),
            teams=tuple(rows.fetch("team", v.TeamView, scope=mission)),
            out=tuple(rows.fetch("out", v.OutView, scope=mission)),
            casualties=self._casualties(rows, mission),
            alarms=tuple(a for a in rows.fetch("alarm", v.AlarmView, scope=mission) if not a.answered),
            lines=tuple(reversed(self._lines(rows, mission, newest_first=True, limit=10))),
        )
        return self._seen(rows, view)

    def tasking_facts(self, mission: MissionId) -> Seen[c.TaskingFacts]:
        """What a proposal for a mission rests on: roster, offers, stakes, bonds, load, as the viewer sees them.

        Of other missions only the open ones count: a proposal is written down for everybody who may see this mission.
        Fitness and agreed limits are left out of what is written.
        """
        rows = self._rows()
        held = self._must_see(rows, mission)
        within = frozenset({OPEN, mission_mark(mission, secret=held.secret)})
        organisation = rows.fetch("organisation", v.OrganisationView)[0]
        rank = next((r for r in organisation.mission_ranks if r.name == held.rank), None)
        history = rows.fetch("history", v.HistoryView, within=within)
        members = still_never([self._current(m) for m in rows.fetch("member", v.MemberView)], history)
        facts = c.TaskingFacts(
            organisation=organisation,
            mission=held,
            grave=rank is not None and rank.grave,
            least_rank=rank.least if rank else "",
            healer_skill=organisation.healer_skill,
            members=tuple(members),
            offers=tuple(self._offers(rows, scope=mission)),
            stakes=tuple(rows.fetch("stake", v.StakeView, scope=mission)),
            bonds=tuple(rows.fetch("bond", v.BondView)),
            last_time=last_time(history),
            load_h=load_h(rows.fetch("out", v.OutView, within=within), self._now),
            cannot_come=tuple(
                m.member for m in members if m.status not in CANNOT_GO and not self._available(m, None).can_be_asked
            ),
            fitness=tuple(shown_fitness(one, self._now) for one in rows.fetch("on_duty", v.OnDutyView)),
            limits=tuple(agreed_limits(rows, self._now)),
            sends=self._sends(),
        )
        return self._seen(rows, facts)

    def again(self, seen: Seen[Any], value: T) -> Seen[T]:
        """Something made only of what was seen, for the same viewer."""
        return Warden(seen.viewer, self._standing.held(seen.viewer, openly=self._openly)).seen(value, ())

    def waiting(self) -> Seen[tuple[c.WaitingView, ...]]:
        """What waits for the viewer: offers, petitions, lost roles, routines, alarms, clashes, conflicts."""
        rows = self._rows()
        return self._many(rows, list(waiting(rows, self._viewer, self._now)))


READS: dict[str, Callable[..., Seen[Any]]] = {
    name: method
    for name, method in inspect.getmembers(Reading, inspect.isfunction)
    if not name.startswith("_") and method is not Reading.again
}
"""Every read by name."""
