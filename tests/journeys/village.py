"""The Leaf on a night with a mission under way, on disk or in memory, on the machine's own clock: for journeys."""

from __future__ import annotations

import msgspec

from wayhome.assembly.local import LocalHouse
from wayhome.links.passwords import hashed
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import deadline_at

PASSWORD = "leaf-journeys-only"
GATE = Place(29.9863, 141.9860)
"""In the middle of the Leaf's ground (`wayhome terrain leaf`)."""

CAST: dict[str, tuple[str, tuple[str, ...], dict[str, int]]] = {
    "Kakashi": ("jounin", ("commander",), {"composure": 5, "tracking": 4}),
    "Shizune": ("jounin", ("operator", "medic"), {"medical": 4}),
    "Sakura": ("chuunin", ("medic",), {"medical": 4}),
    "Kiba": ("chuunin", (), {"tracking": 4}),
    "Neji": ("jounin", (), {"scouting": 5}),
    "Lee": ("chuunin", (), {"taijutsu": 5}),
    "Shikamaru": ("chuunin", (), {"strategy": 5}),
    "Naruto": ("genin", (), {"ninjutsu": 3}),
    "Iruka": ("chuunin", (), {"teaching": 4}),
}
"""Rank, duties, skills. Tsunade, the founder, commands."""


class Village:
    """What was made, by name."""

    def __init__(self, house: LocalHouse, founder: PersonId) -> None:
        self.house = house
        self.ids: dict[str, PersonId] = {"Tsunade": founder}
        self.mission = MissionId("")
        self.secret = MissionId("")
        self.teams: dict[str, Id] = {}

    def do(self, who: str, intent: Intent) -> str:
        return self.house.as_member(self.ids[who]).do(intent).made


def people(house: LocalHouse, founder: PersonId) -> Village:
    """The cast, each with the password PASSWORD."""
    village = Village(house, founder)
    held = hashed(PASSWORD)
    village.do("Tsunade", p.SetPassword(member=founder, hash=held))
    for name, (rank, duties, skills) in CAST.items():
        enrol = p.EnrolMember(name=name, ref=name.lower(), rank=rank, duties=duties, skills=skills)
        village.ids[name] = PersonId(village.do("Tsunade", enrol))
        village.do(name, p.SetPassword(member=village.ids[name], hash=held))
    return village


def night(house: LocalHouse, founder: PersonId) -> Village:
    """A mission under way with two teams out, an offer open, a clue; and a secret one that only two know of."""
    village = people(house, founder)
    do, ids = village.do, village.ids
    village.mission = MissionId(do("Kakashi", m.RaiseAlarm(name="Bring him back", rank="C", place=GATE)))
    mission = village.mission
    now = house.as_member(founder).now()
    do("Kakashi", m.SetInitialPoint(mission=mission, place=GATE, at=now.plus(hours=-2), basis="the gate guard"))
    do(
        "Kakashi",
        m.WriteBriefing(mission=mission, words="Surround him at the forest's edge.", cautions=("stay together",)),
    )
    for number, (post, names) in enumerate({"Front": ("Sakura", "Lee"), "Ring": ("Kiba", "Neji")}.items(), start=1):
        for name in names:
            _goes(village, name, post)
        team = i.FormTeam(
            mission=mission,
            name=str(number),
            members=tuple(ids[n] for n in names),
            leader=ids[names[0]],
            overdue_min=20,
        )
        village.teams[str(number)] = Id(do("Kakashi", team))
    by = deadline_at(now.plus(hours=2))
    do(
        "Kakashi",
        m.MakeOffer(mission=mission, member=ids["Shikamaru"], post="last", answer_by=by, why="he thinks ahead"),
    )
    do("Shizune", i.LogLine(mission=mission, words="1 to base: at the gate", team="1", sender="1", receiver="base",
                            message="at the gate", place=GATE))  # fmt: skip
    do("Shizune", i.ReportClue(mission=mission, words="slashed tree", place=Place(29.985, 141.99)))
    village.secret = MissionId(do("Tsunade", m.RaiseAlarm(name="Night heron", rank="S", secret=True)))
    do("Tsunade", m.ReadInMember(mission=village.secret, member=ids["Kakashi"], reason="he goes"))
    return village


def _goes(village: Village, name: str, post: str) -> None:
    """Offered, accepted, briefed and gone."""
    mission, member = village.mission, village.ids[name]
    offer = Id(village.do("Kakashi", m.MakeOffer(mission=mission, member=member, post=post)))
    village.do(name, m.AnswerOffer(offer=offer, answer="accepted"))
    village.do(name, m.AcknowledgeBriefing(mission=mission, member=member, version=1))
    village.do(name, i.Depart(mission=mission, member=member, post=post))


def copied(village: Village, house: LocalHouse) -> Village:
    """The same village in a house opened anew from the same folder."""
    other = Village(house, village.ids["Tsunade"])
    other.ids, other.mission, other.secret, other.teams = village.ids, village.mission, village.secret, village.teams
    return other


class Told(msgspec.Struct, frozen=True):
    """What a journey needs to know of a village that another process serves."""

    ids: dict[str, PersonId]
    mission: MissionId
    secret: MissionId
    teams: dict[str, Id]


def told(village: Village) -> Told:
    return Told(village.ids, village.mission, village.secret, village.teams)
