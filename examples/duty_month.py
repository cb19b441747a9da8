"""A duty roster for a month, by the library alone: two shifts a day, rest between duties, load shared fairly."""

from msgspec.structs import replace

from wayhome.engines.tasking import Candidate, Duty, Effort, MissionNeed, Request, SkillNeed, Weights, propose
from wayhome.engines.tasking.now.rest import TWO_TO_ONE

DAYS, HOURS, MEMORY_H = 30, 12.0, 100.0
MEDIC, LEAD = SkillNeed("medic", 2), SkillNeed("lead", 3)
SHIFTS = tuple(
    MissionNeed(id=name, name=name, leader=LEAD, medic=MEDIC, least=3, most=3, from_h=begins, hours=HOURS)
    for name, begins in (("day", 0.0), ("night", 12.0))
)
LEADS = ("Kakashi", "Iruka", "Asuma", "Kurenai", "Guy", "Yamato")
MEDICS = ("Sakura", "Shizune", "Ino", "Tsunade", "Rin", "Hinata")
OTHERS = ("Kiba", "Lee", "Naruto", "Shino", "Choji", "Neji")
SKILLS = {"lead": (LEADS, 4), "medic": (MEDICS, 3), "search": (OTHERS, 3)}
ON_LEAVE = {"Guy": range(10, 17), "Ino": range(20, 25)}  # days of leave

people = {
    name: Candidate(id=name, name=name, skills={skill: level}, travel_h={"day": 0.5, "night": 0.5})
    for skill, (names, level) in SKILLS.items()
    for name in names
}
fair = Weights(load_h=10)  # an hour already worked weighs as much as ten minutes of travel
for day in range(DAYS):
    today = tuple(replace(p, duty="leave") if day in ON_LEAVE.get(p.id, ()) else p for p in people.values())
    asked = Request(people=today, missions=SHIFTS, rest=TWO_TO_ONE)
    roster = propose(asked, weights=fair, effort=Effort(next_best=False))
    print(f"day {day + 1:2}", *(f"| {team.name}: {', '.join(p.name for p in team.picks)}" for team in roster.teams))
    worked = {p.person: shift for team, shift in zip(roster.teams, SHIFTS, strict=True) for p in team.picks}
    for name, one in people.items():
        duties, load = [Duty(d.start_h - 24, d.end_h - 24) for d in one.duties if d.end_h > -MEMORY_H], one.load_h
        if name in worked:
            begins = worked[name].from_h - 24
            duties, load = [*duties, Duty(begins - 0.5, begins + HOURS + 0.5)], load + HOURS + 1
        people[name] = replace(one, duties=tuple(duties), load_h=load)
print("hours each:", ", ".join(f"{one.name} {one.load_h:.0f}" for one in people.values()))
