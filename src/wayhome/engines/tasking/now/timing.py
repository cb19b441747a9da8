"""Whether somebody can be there in time, long enough, rested and still qualified; why not, in a word."""

from __future__ import annotations

from wayhome.engines.tasking.now.data import Candidate, MissionNeed
from wayhome.engines.tasking.now.rest import Duty, RestRules, broken_by, rested_from


def cannot_be_there(person: Candidate, mission: MissionNeed, rest: RestRules | None) -> str:
    """Why the mission's hours do not suit somebody, or "". A travel time that is not known counts as none."""
    travel = person.travel_h.get(mission.id, 0.0)
    ready = person.free_from_h
    rested = rested_from(rest, person.duties) if rest is not None and person.duties else 0.0
    begins = max(mission.from_h, max(ready, rested) + travel)
    latest = mission.until_h - mission.hours if mission.until_h is not None else max(mission.from_h, travel)
    if begins > latest:
        if max(mission.from_h, travel) > latest:
            return "cannot be there before the window closes"
        return "still resting by the rules of rest" if rested > ready else "not free in time"
    back = begins + mission.hours + travel
    if person.free_until_h is not None and back > person.free_until_h:
        return "not free long enough"
    if rest is not None and rest.limits and broken_by(rest, person.duties, Duty(begins - travel, back)) is not None:
        return f"the mission would break {rest.name}"
    for name in mission.qualifications:
        if person.expires_h.get(name, begins + mission.hours) < begins + mission.hours:
            return f"{name} expires in mid-mission"
    return ""
