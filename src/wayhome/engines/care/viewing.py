"""What of a case is shown, to whom. Names are left out: whoever shows it fills in `*_name` and `readers`."""

from __future__ import annotations

from wayhome.engines.care.case import Case, Cases
from wayhome.engines.care.shapes import (
    CareWaitingView,
    CaseView,
    DeskCaseView,
    HeldWordsView,
    ToMedicView,
    WorryView,
)
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment


def case_view(case: Case, viewer: PersonId, now: Moment) -> CaseView:
    """A case for its member or whoever supports them now; for nobody else, which whoever shows it sees to.

    `readers` are ids, and so is the first of each pair of `read_by`, `flags.sought` and `flags.closed_by`.
    """


def desk_views(known: Cases, now: Moment) -> tuple[DeskCaseView, ...]:
    """Every case that was opened, for the desk of care: flags first, then unowned ones, then by name of case."""


def worry_views(known: Cases) -> tuple[WorryView, ...]:
    """Worries told to the desk, untaken ones first, then the latest."""


def medic_views(known: Cases, viewer: PersonId) -> tuple[ToMedicView, ...]:
    """What was passed on to this medic, open ones first."""


def held_views(known: Cases, member: PersonId) -> tuple[HeldWordsView, ...]:
    """A survivor's own words."""


def waiting_views(known: Cases, viewer: PersonId, now: Moment, *, carer: bool) -> tuple[CareWaitingView, ...]:
    """What waits in care for `viewer`, reddest first. `carer`: they are at the desk of care."""
