"""Who goes, by the library alone: a callout for two missions, and what changes when somebody declines."""

from wayhome.engines.tasking import Candidate, Declined, MissionNeed, Request, SkillNeed, propose, replan

ridge = MissionNeed(
    id="ridge", name="Ridge", leader=SkillNeed("lead", 3), medic=SkillNeed("medic", 2), least=3, most=4, danger=2
)
valley = MissionNeed(id="valley", name="Valley", skills=(SkillNeed("search", 2, 2),), least=2, optional=True)

# Name, hours to the ridge, hours to the valley, what they bring.
ROSTER = (
    ("Kakashi", 0.5, 1.0, {"lead": 5, "search": 4}),
    ("Sakura", 0.7, 0.5, {"medic": 4, "search": 2}),
    ("Shizune", 1.2, 0.4, {"medic": 5}),
    ("Kiba", 0.3, 0.6, {"search": 5}),
    ("Iruka", 0.9, 0.2, {"lead": 3, "search": 2}),
    ("Lee", 0.2, 0.3, {"search": 2}),
)
people = tuple(
    Candidate(id=name.lower(), name=name, skills=skills, travel_h={"ridge": up, "valley": down})
    for name, up, down, skills in ROSTER
)
request = Request(people=people, missions=(ridge, valley), mentor=SkillNeed("lead", 3))

proposal = propose(request)
print(proposal.words)
for team in proposal.teams:
    for pick in team.picks:
        print(f"{team.name}: {pick.name}. {' '.join(pick.why)} {pick.next_best.words if pick.next_best else ''}")

plan = {pick.person: pick.mission for team in proposal.teams for pick in team.picks}
print(replan(request, plan, (Declined("kakashi", plan["kakashi"]),)).words)
