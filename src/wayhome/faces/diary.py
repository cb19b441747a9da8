"""What a member's calendar feed is made of, read as that member."""

from __future__ import annotations

from wayhome.formats.calendar import Diary, missions_of
from wayhome.mission.views import shapes as v
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId


def diary_of(me: Session) -> Diary:
    """Their own offers, missions, days, routines and qualifications, through the same reads as on their screen."""
    offers = me.read("my_offers").value
    return Diary(
        member=me.read("member", member=me.viewer).value.member,
        offers=offers,
        missions=me.read("missions").value,
        out=_own_rows(me, missions_of(offers)),
        routines=me.read("routines").value,
    )


def _own_rows(me: Session, missions: tuple[MissionId, ...]) -> dict[MissionId, v.OutView]:
    found = {}
    for mission in missions:
        for row in me.read("out", mission=mission).value:
            if row.member == me.viewer:
                found[mission] = row
    return found
