"""Reading in care: what somebody's keys open, in the shapes that are shown. Nothing of it stands in any row.

Every public method of `CareReading` is a read, and `CARE_READS` lists them. What is shown of a case went through keys:
whoever has none for it is told that there is no such case, whether or not there is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines.care import viewing
from wayhome.engines.care.case import Case, Cases, case_of
from wayhome.engines.care.counting import Published, last_day, publish
from wayhome.engines.care.errors import CareError
from wayhome.engines.care.folding import fold
from wayhome.engines.care.jurisdiction import Jurisdiction
from wayhome.engines.care.letters import Letter
from wayhome.engines.care.openings import TOLD_WORDS
from wayhome.engines.care.screen import screen
from wayhome.engines.care.shapes import (
    CareWaitingView,
    CaseName,
    CaseView,
    CountsView,
    DeskCaseView,
    ExportedCase,
    HeldWordsView,
    ScreenView,
    SupportersView,
    ToMedicView,
    WorryView,
)
from wayhome.engines.care.supporters import propose
from wayhome.mission.rules import Refused
from wayhome.mission.views import shapes as v
from wayhome.usecases.care.exported import exported
from wayhome.usecases.care.keys import LEAST_SHARES
from wayhome.usecases.care.named import with_names
from wayhome.usecases.care.people import Asked, People
from wayhome.usecases.rows import NothingThere, Rows
from wayhome.usecases.standing import Standing
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, MissionId, PersonId, derive
from wayhome.values.when import Moment

ASKED_DAYS = 14
"""So long after being told part of something frightening, whoever was told is asked how they are. Own design value."""


class Opened(msgspec.Struct, frozen=True):
    """What a viewer's keys open, and the law it is under."""

    letters: tuple[Letter, ...]
    known: Cases
    law: Jurisdiction
    carer: bool
    """They hold the key of the desk of care."""


class CareReading(Viewing):
    """What one viewer's keys open, at one moment."""

    def __init__(self, log: Any, standing: Standing, viewer: PersonId, now: Moment, *, opened: Opened) -> None:
        super().__init__(log, standing, viewer, now)
        self._opened = opened
        self._known = opened.known

    # One's own

    def my_care(self) -> Seen[CaseView | None]:
        """The viewer's own case; None where there is none."""
        case = self._known.of(self._viewer)
        view = self._case(case) if case is not None and case.opened is not None else None
        return self._shown(view)

    def care_screen(self, case: Id | None = None) -> Seen[ScreenView]:
        """Who reads what the viewer says, what the law protects, and whom to call: the same with a case and without."""
        held = self._known.cases.get(case) if case is not None else self._known.of(self._viewer)
        readers = held.supporters if held is not None and self._may_open(held) else ()
        rows = self._rows()
        names = rows.names(set(readers))
        view = screen(self._opened.law, tuple(names.get(one, one) for one in readers if one != self._viewer))
        return self._seen(rows, view)

    def whom_to_call(self) -> Seen[ScreenView]:
        """Whom to call at once and what the law protects: the same for everybody, and opened without any key."""
        return self._seen(self._rows(), screen(self._opened.law, ()))

    def held_words(self) -> Seen[tuple[HeldWordsView, ...]]:
        """The viewer's own words about missions, theirs alone until they release them."""
        rows = self._rows()
        names = {one.mission: one.name for one in rows.fetch("mission", v.MissionView)}
        views = viewing.held_views(self._known, self._viewer)
        named = [msgspec.structs.replace(one, mission_name=names.get(MissionId(one.mission), "")) for one in views]
        return self._many(rows, named)

    def export_care(self) -> Seen[ExportedCase]:
        """Everything that is written of the viewer and that their keys open, as JSON and to be read."""
        mine = [one for one in self._opened.letters if one.member == self._viewer]
        rows = self._rows()
        names = rows.names({person for one in mine for person in (one.by, one.member)})
        return self._seen(rows, exported(mine, self._viewer, self._now, names))

    # Looking after somebody

    def care_cases(self) -> Seen[tuple[CaseView, ...]]:
        """Whom the viewer looks after, or keeps a watch for."""
        theirs = self._known.supported_by(self._viewer)
        return self._shown(tuple(self._case(case) for case in theirs))

    def care_whom(self) -> Seen[tuple[CaseName, ...]]:
        """Whom the viewer looks after, by name alone: nothing of what was said is opened by it."""
        theirs = self._known.supported_by(self._viewer)
        return self._shown(tuple(CaseName(case=case.id, member=case.member) for case in theirs))

    def care_case(self, case: Id) -> Seen[CaseView]:
        """One case whole, for its member and whoever looks after them. The member reads that it was opened."""
        return self._shown(self._case(self._must_open(case)))

    def supporters(self, case: Id | None = None) -> Seen[SupportersView]:
        """Who could look after somebody, with reasons, and why others may not; without a case, for the viewer."""
        held = self._known.of(self._viewer) if case is None else self._known.cases.get(case)
        if held is None or not (self._may_open(held) or self._opened.carer):
            raise NothingThere("case")
        rows = self._rows()
        people = People(rows, self._now)
        proposal = propose(
            people.sought(asked_of(held, self._known)),
            people.supporters(looked_after(self._known)),
            self._opened.law,
            self._now.day,
        )
        view = SupportersView(
            case=held.id, fitting=proposal.fitting, excluded=proposal.excluded, nobody=proposal.nobody
        )
        return self._seen(rows, with_names(rows, view))

    # The desk of care

    def care_desk(self) -> Seen[tuple[DeskCaseView, ...]]:
        """Every case that is there, who owns it, who is not safe; and follow-ups that nobody took up. For carers."""
        self._must_be_in()
        rows = self._rows()
        views = (*viewing.desk_views(self._known), *self._not_taken_up(rows))
        return self._seen(rows, with_names(rows, tuple(sorted(views, key=_reddest))))

    def worries(self) -> Seen[tuple[WorryView, ...]]:
        """Worries told in confidence, for admitted carers; for others those that they told themselves."""
        return self._shown(viewing.worry_views(self._known))

    def to_medic(self) -> Seen[tuple[ToMedicView, ...]]:
        """Possible head injuries that were passed on to the viewer."""
        return self._shown(viewing.medic_views(self._known, self._viewer))

    def care_waiting(self) -> Seen[tuple[CareWaitingView, ...]]:
        """What waits for the viewer in care: what nobody has and what is late first."""
        rows = self._rows()
        views = [*viewing.waiting_views(self._known, self._viewer, self._now, carer=self._opened.carer)]
        if self._opened.carer:
            views += [_to_take_up(one) for one in self._not_taken_up(rows)]
        views += list(self._how_are_you(rows))
        ordered = sorted(views, key=lambda one: (not one.red, one.due.ms if one.due else 0))
        return self._seen(rows, with_names(rows, tuple(ordered)))

    def care_counts(self, quarter: str) -> Seen[tuple[CountsView, ...]]:
        """What may be published of a closed quarter, for admitted carers; nothing where one could be picked out."""
        self._must_be_in()
        rows = self._rows()
        before = [Published(one.quarter, one.counts) for one in rows.fetch("care_counts", v.PublishedCountsView)]
        people = len([one for one in rows.fetch("member", v.MemberView) if one.status != "lost"])
        try:
            counted = publish(quarter, self._now.day, self._groups(quarter), people=people, before=before)
        except CareError as error:
            raise Refused("not to be counted", str(error)) from None
        return self._many(rows, [CountsView(quarter=quarter, counts=counted.counts, hidden=counted.hidden)])

    # What they are made of

    def _shown(self, value: Any) -> Seen[Any]:
        rows = self._rows()
        return self._seen(rows, with_names(rows, value))

    def _case(self, case: Case) -> CaseView:
        """A case as its member or supporter reads it, with what the law of its place says."""
        law = self._opened.law
        view = viewing.case_view(case, self._viewer, self._now)
        return msgspec.structs.replace(view, law=f"{law.law}: {law.law_words}", no_record=law.no_record)

    def _may_open(self, case: Case) -> bool:
        lenders = {one.by for one in case.lent}
        together = len(lenders) >= LEAST_SHARES and self._viewer in lenders
        return self._viewer == case.member or self._viewer in case.taken or together

    def _must_open(self, case: Id) -> Case:
        held = self._known.cases.get(case)
        if held is None or not self._may_open(held):
            raise NothingThere("case")
        return held

    def _must_be_in(self) -> None:
        if not self._opened.carer:
            raise Refused("not at the desk of care", "the desk of care is for carers whom one of them has let in")

    def _not_taken_up(self, rows: Rows) -> Iterator[DeskCaseView]:
        """Follow-ups that opened by themselves and that no case has taken up: nobody owns them, which is red."""
        for one in rows.fetch("follow_up", v.FollowUpView):
            if one.follow_up not in self._follow_ups(one.member):
                yield DeskCaseView(
                    case=case_of(one.member),
                    member=one.member,
                    opened=one.at,
                    owner=None,
                    unowned_since=one.at,
                    closed=False,
                    follow_up=one.follow_up,
                )

    def _follow_ups(self, member: PersonId) -> frozenset[Id]:
        held = self._known.of(member)
        return follow_ups_of(held) if held is not None else frozenset()

    def _how_are_you(self, rows: Rows) -> Iterator[CareWaitingView]:
        """Whoever was told part of something of late is asked how they are, and nobody else hears of it."""
        since = self._now.plus(days=-ASKED_DAYS)
        told = [one for one in rows.fetch("telling", v.TellingView) if one.listener == self._viewer]
        last = max((one.happened for one in told if one.happened.ms >= since.ms), default=None)
        mine = self._known.of(self._viewer)
        said = mine is not None and any(last is not None and one.at.ms >= last.ms for one in mine.check_ins)
        if last is not None and not said:
            about = Id(derive(self._viewer, "how are you", last.day.isoformat()))
            yield CareWaitingView(what="how are you", words=f"{TOLD_WORDS}: a check-in takes a minute", about=about)

    def _groups(self, quarter: str) -> Mapping[str, Sequence[str]]:
        """Whoever had a case by the end of a quarter: somebody looked after them then, or nobody yet.

        What was written since counts for the quarters after it: else the day on which one counts would change a count.
        """
        ends = _last_day(quarter)
        then = fold([one for one in self._opened.letters if one.at.day <= ends])
        had = [one for one in then.cases.values() if one.opened is not None]
        return {
            "looked after": [one.member for one in had if one.supporter is not None],
            "not looked after yet": [one.member for one in had if one.supporter is None and one.is_open],
        }


def asked_of(case: Case, known: Cases) -> Asked:
    """What the letters of a case say of whom its member would have."""
    return Asked(
        case=case.id,
        member=case.member,
        follow_ups=follow_ups_of(case),
        vetoes=case.vetoes,
        close=case.close,
        agreed=frozenset(case.wishes),
        wish=case.wishes[-1] if case.wishes else None,
        looks_after=looked_after(known).get(case.member, frozenset()),
    )


def follow_ups_of(case: Case) -> frozenset[Id]:
    """The follow-ups that a case has taken up."""
    return frozenset(Id(one) for one in case.openings if one)


def looked_after(known: Cases) -> dict[PersonId, frozenset[PersonId]]:
    """By each supporter, whose open cases they own, as far as the letters at hand tell."""
    found: dict[PersonId, set[PersonId]] = {}
    for case in known.cases.values():
        for person in case.supporters if case.is_open else ():
            found.setdefault(person, set()).add(case.member)
    return {person: frozenset(members) for person, members in found.items()}


def _reddest(one: DeskCaseView) -> tuple[bool, bool, bool, int]:
    """Whoever is not safe first, then whom nobody has, for the longest time first."""
    not_safe = any(not flag.closed for flag in one.flags)
    return (not not_safe, one.closed, one.owner is not None, (one.unowned_since or one.opened).ms)


def _to_take_up(one: DeskCaseView) -> CareWaitingView:
    words = "a follow-up that nobody has taken up: `wayhome care begin`"
    return CareWaitingView(what="unowned", words=words, about=one.follow_up or one.case, due=one.opened, red=True)


def _last_day(quarter: str) -> date:
    try:
        return last_day(quarter)
    except CareError as error:
        raise Refused("no such quarter", str(error)) from None


NEEDS_NO_KEYS = "whom_to_call"
"""The one read that nobody's password has to open first, and that may be overheard: nothing of anybody is in it."""


def whom_to_call(log: Any, standing: Standing, viewer: PersonId, now: Moment, law: Jurisdiction) -> Seen[ScreenView]:
    """The same read for somebody whose keys are not in memory."""
    nothing = Opened((), Cases(), law, carer=False)
    return CareReading(log, standing, viewer, now, opened=nothing).whom_to_call()


CARE_READS: dict[str, Callable[..., Seen[Any]]] = {
    name: method for name, method in inspect.getmembers(CareReading, inspect.isfunction) if not name.startswith("_")
}
"""Every read of care by name."""
