"""The contacts of a case: which are due, and which took place. Worked out from the letters, never kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from wayhome.engines.care.case import Case, Touch
from wayhome.engines.care.dates import ONE_CONTACT_DAYS, OwnDate, Planned, Steering, planned
from wayhome.engines.care.letters import Due
from wayhome.values.ids import Id, derive
from wayhome.values.when import Moment

EARLY_DAYS = 1
"""Being in touch a day before is that contact as well; more where the contact itself has more room than that."""


SOON = "in touch soon"
"""A contact in place of earlier ones that are past already."""


class Contact(msgspec.Struct, frozen=True):
    """One contact and what came of it. `agreed`: the two agreed on the day. `made`: by which they were in touch."""

    due: Due
    agreed: bool
    made: Touch | None


def contacts_of(case: Case) -> tuple[Contact, ...]:
    """Every contact of a case, by day. One that was agreed stands for the planned one whose id it has."""
    found: dict[Id, tuple[Due, Moment, bool]] = {}
    for opening in case.openings.values():
        found |= {due.id: (due, opening.at, False) for due in opening.contacts}
    for agreed in case.agreed.values():
        planned_anew = agreed.due.id in found and agreed.at.ms < found[agreed.due.id][1].ms
        if not (planned_anew or _said_no_since(case, agreed.at)):
            found[agreed.due.id] = (agreed.due, agreed.at, True)
    touches = sorted(case.touches, key=lambda touch: (touch.at, touch.by))
    days = [touch.at.at(case.zone or touch.at.zone).day for touch in touches]
    made = [Contact(due, agreed, _first_touch(due, since, touches, days)) for due, since, agreed in found.values()]
    return tuple(sorted(made, key=lambda one: (one.due.day, one.due.until, one.due.id)))


def _said_no_since(case: Case, at: Moment) -> bool:
    return case.no_since is not None and at <= case.no_since


def _first_touch(due: Due, since: Moment, touches: Sequence[Touch], days: Sequence[date]) -> Touch | None:
    return next(
        (touch for touch, day in zip(touches, days, strict=True) if touch.at > since and settles(due, day)), None
    )


def settles(due: Due, day: date) -> bool:
    """Whether being in touch on that day, where the member lives, is this contact."""
    return day >= due.day - timedelta(days=max(EARLY_DAYS, (due.until - due.day).days))


def open_contacts(case: Case) -> tuple[Contact, ...]:
    """The contacts that are still to be made and of which somebody is told."""
    return tuple(one for one in contacts_of(case) if one.made is None and not one.due.quiet)


def steering_of(case: Case, zone: str) -> Steering:
    """What the member said so far of how they want it."""
    no = case.answer == "no" and case.no_since is not None
    return Steering(
        answer=case.answer or None,
        answered=case.no_since.at(zone).day if no and case.no_since else None,
        until=case.later_until,
        pace=case.pace,
    )


def plan(
    case: Id,
    follow_up: str,
    start: date,
    steering: Steering,
    today: date,
    own: Sequence[OwnDate] = (),
    *,
    one_soon: bool = True,
) -> tuple[Due, ...]:
    """The contacts that follow from one opening and still are ahead.

    `one_soon`: what was missed because somebody began late becomes one contact on the next day, where none is near.
    """
    whole = planned(start, steering, own)
    ahead = [one for one in whole if one.until >= today]
    near = any((one.day - today).days < ONE_CONTACT_DAYS for one in ahead)
    if one_soon and not (len(ahead) == len(whole) or near or steering.answer in ("no", "later")):
        first = today + timedelta(days=1)
        ahead.insert(0, Planned(name=SOON, day=first, until=first + timedelta(days=1)))
    return tuple(_due(case, follow_up, one) for one in ahead)


def _due(case: Id, follow_up: str, one: Planned) -> Due:
    """The id says which contact of which opening it is, so that planned again it is the same.

    Days that follow from no opening, but from what the member said, are one contact whatever opening they are met in.
    """
    of_its_own = one.name in (SOON, "a day of yours", "when you said")
    purpose = (one.day.isoformat(),) if of_its_own else (follow_up, one.name)
    return Due(derive(case, "due", *purpose), one.name, one.day, one.until, one.quiet, one.weighs)
