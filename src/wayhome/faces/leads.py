"""What is known of a missing person, and the leads it gives: categories to look up, and the point to plan from."""

from __future__ import annotations

import msgspec

from wayhome.formats.coordinates import find_places
from wayhome.mission.subject import (
    CategoryLead,
    PointLead,
    Sighting,
    category_leads,
    point_lead,
    read_questionnaire,
)
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId


class SubjectPage(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the missing one, and the leads that it gives."""

    fields: dict[str, str]
    category: str
    leads: tuple[CategoryLead, ...]
    point: PointLead | None


def subject_page(me: Session, mission: MissionId) -> SubjectPage:
    """The questionnaire as far as it is filled in, with its leads. A person decides."""
    held: MissionView = me.read("mission", mission=mission).value
    known = {key: said for key, said in held.subject.items() if said}
    return SubjectPage(
        fields=known,
        category=held.subject_category,
        leads=category_leads(read_questionnaire(known)),
        point=_point(me, held),
    )


def _point(me: Session, held: MissionView) -> PointLead | None:
    """The point to plan from, out of what was set and of every report that names a place."""
    planned = None
    if held.initial_point is not None and held.initial_at is not None:
        planned = Sighting("the IPP", held.initial_point, held.initial_at, seen=True)
    known = [planned] if planned else []
    if held.last_point is not None and held.last_at is not None:
        known.append(Sighting("the LKP", held.last_point, held.last_at, seen=True))
    for report in me.read("reports", mission=held.mission).value:
        places = find_places(report.words[:4_000], near=held.initial_point or held.place)
        if places:
            seen = report.grade == "seen"
            known.append(Sighting(f"the report of {report.source}", places[0].place, report.at, seen=seen))
    return point_lead(known, planned)
