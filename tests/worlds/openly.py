"""What happens openly in both worlds: the roster, an open mission that reaches into the secret one, daily life."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import msgspec
from tests.worlds.cast import INSIDERS, OUTSIDERS, roster
from tests.worlds.pair import Asked, Pair
from tests.worlds.secret import SHARED

from wayhome.mission.facts.missions import Need
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.mission.state import Mission
from wayhome.usecases.acting import Done
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import deadline_at

Step = Callable[[], object]
ASKED_EVERY = 4
"""An engine takes as long as all else of a pair: one in four asks it so."""
MEADOW = Place(42.5, 1.5)
FEBRUARY = date(2026, 2, 1)
WHY = {"rank": "short-handed", "history": "nobody else"}


class Openly:
    """Plays the open story into both worlds, a step at a time."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.chance = pair.random("open")
        self.mission = MissionId("")
        self.second = MissionId("")
        self.helicopter = Id("")
        self.van = Id("")
        self.line = Id("")

    def person(self, name: str) -> PersonId:
        return self.pair.cast[name]

    def say(self, who: str, intent: Intent) -> Done | None:
        return self.pair.both(who, intent, again=self.chance.random() < 0.15)

    def made(self, who: str, intent: Intent) -> Id:
        done = self.pair.both(who, intent)
        assert done is not None, intent
        return Id(done.made)

    @property
    def held(self) -> Mission:
        return self.pair.without.mission(self.mission)

    def insider(self) -> str:
        return self.chance.choice(INSIDERS)

    def outsider(self) -> str:
        return self.chance.choice(OUTSIDERS)

    def anybody(self) -> PersonId:
        return self.person(self.chance.choice(INSIDERS + OUTSIDERS))

    def begin(self) -> None:
        """The organisation as it is before anything happens."""
        self.made_roster()
        self.helicopter = self.made("Kotetsu", p.AddVehicle(name="Falcon", what="helicopter", seats=5))
        self.van = self.made("Kotetsu", p.AddVehicle(name="Van", seats=9))
        heirs = tuple(self.person(name) for name in ("Kakashi", "Shizune", "Iruka"))
        self.say("Tsunade", p.SetSuccession(order=heirs))
        for name in ("Tsunade", "Shizune", "Choji"):
            urls = (f"ntfy://example.org/{self.person(name)}",)
            self.say(name, p.SetChannels(member=self.person(name), urls=urls))
        self.say("Iruka", p.StateBond(one=self.person("Iruka"), other=self.person("Kiba"), what="teaches"))
        self.say("Kiba", p.StateBond(one=self.person("Neji"), other=self.person("Kiba"), what="steadies", says="calm"))
        self.mission = MissionId(self.made("Shizune", m.RaiseAlarm(name="Lost hiker", rank="D", place=MEADOW)))
        needs = (Need("tracking", 1, 2),)
        self.say("Shizune", m.PlanMission(mission=self.mission, needs=needs, least_people=2, most_people=4))

    def made_roster(self) -> None:
        done = self.pair.both("Tsunade", p.ImportRoster(rows=roster()))
        assert done is not None

    def steps(self) -> Iterator[Step]:
        """Every open act; daily life in between as chance has it."""
        for step in (*self._before(), *self._out(), *self._home()):
            if self.chance.random() < 0.9:
                yield step
            if self.chance.random() < 0.6:
                yield self.chance.choice(self._daily())

    def _before(self) -> list[Step]:
        mission = self.mission
        return [
            lambda: self.say("Shizune", m.Assume(mission=mission, words=SHARED)),
            self.offers,
            self.probes,
            lambda: self.say("Shizune", m.WriteBriefing(mission=mission, words="Search the meadow")),
            self.answers,
            self.acknowledge,
            self.probes,
            lambda: self.say("Shizune", i.TakeVehicle(mission=mission, vehicle=self.van)),
            lambda: self.say("Shizune", m.DescribeSubject(mission=mission, fields={"name": "Ana"})),
            self.form_team,
            self.raise_second,
        ]

    def offers(self) -> None:
        names = [*self.chance.sample(INSIDERS[1:], k=2), *self.chance.sample(OUTSIDERS[2:], k=2)]
        for name in names:
            by = deadline_at(self.pair.without.clock.now.plus(minutes=self.chance.randint(20, 400)))
            offer = m.MakeOffer(
                mission=self.mission, member=self.person(name), post="searcher", answer_by=by, exceptions=WHY
            )
            self.say("Shizune", offer)

    def answers(self) -> None:
        for offer in list(self.held.offers.values()):
            who = self.pair.cast.name(offer.member)
            self.say(who, m.AnswerOffer(offer=offer.id, answer=self.chance.choice(("accepted", "seen", "accepted"))))

    def acknowledge(self) -> None:
        for member in self.held.accepted:
            who = self.pair.cast.name(member)
            self.say(who, m.AcknowledgeBriefing(mission=self.mission, member=member, version=self.held.briefing))

    def form_team(self) -> None:
        going = tuple(self.held.accepted)
        team = i.FormTeam(mission=self.mission, name="Alpha", members=going, overdue_min=self.chance.randint(20, 90))
        self.say("Shizune", team)

    def raise_second(self) -> None:
        done = self.say("Tsunade", m.RaiseAlarm(name="Flood watch", rank="B", words="the river rises"))
        self.second = MissionId(done.made) if done else MissionId("")

    def _out(self) -> list[Step]:
        mission = self.mission
        return [
            self.depart,
            self.log,
            self.probes,
            lambda: self.say(
                "Shizune", i.WatchSilence(mission=mission, member=self.person(self.insider()), every_min=25)
            ),
            lambda: self.say("Kiba", i.ReportPlace(mission=mission, place=MEADOW, member=self.person("Kiba"))),
            lambda: self.say(self.insider(), i.ReportClue(mission=mission, words="red scarf", place=MEADOW)),
            self.log,
            self.draw,
            lambda: self.say("Sakura", i.ReportCasualty(mission=mission, who="Ana", triage="yellow")),
            lambda: self.say(self.insider(), i.AskBackup(mission=mission, place=MEADOW, words="a litter")),
            self.probes,
            self.fail,
            self.report,
            self.depart,
            self.send_backup,
        ]

    def depart(self) -> None:
        for member in [*self.held.accepted, *self.held.walk_ins]:
            if self.chance.random() < 0.8:
                self.say(self.pair.cast.name(member), i.Depart(mission=self.mission, member=member))

    def log(self) -> None:
        for _ in range(self.chance.randint(1, 3)):
            words = f"Alpha at the trees {self.chance.randint(0, 99)}"
            clue = "a boot" if self.chance.random() < 0.3 else ""
            line = i.LogLine(mission=self.mission, words=words, message=words, team="Alpha", clue=clue)
            who = self.outsider()
            done = self.say(who, line)
            self.line = Id(done.made) if done and done.made else self.line
            if done and done.made and self.chance.random() < 0.4:
                self.say(who, i.UndoLine(mission=self.mission, line=self.line))

    def draw(self) -> None:
        corners = (MEADOW, Place(42.51, 1.5), Place(42.51, 1.51))
        segment = i.Draw(mission=self.mission, what="segment", name="Meadow", points=corners, holder=self.anybody())
        drawn = self.say(self.outsider(), segment)
        self.say(self.insider(), i.Draw(mission=self.mission, what="note", name="", points=(MEADOW,), words="mud"))
        if drawn and drawn.made:
            change = i.ChangeDrawing(
                mission=self.mission, drawing=Id(drawn.made), what="segment", name="Upper meadow", points=corners
            )
            self.say("Shizune", change)

    def fail(self) -> None:
        for assumption in list(self.held.assumptions)[:1]:
            if self.chance.random() < 0.5:
                self.say("Shizune", m.FailAssumption(mission=self.mission, assumption=assumption, how="washed away"))
            else:
                self.say("Shizune", m.WarnOfAssumption(mission=self.mission, assumption=assumption, words="look out"))

    def report(self) -> None:
        words = "We searched the meadow. On the way back we found her."
        self.say(self.outsider(), m.WriteReport(mission=self.mission, stage="draft", words=words))
        self.say("Shizune", m.WriteReport(mission=self.mission, stage="official", words=words.replace("found", "met")))
        self.say("Choji", m.FileReport(mission=self.mission, source="Choji", words="she walks", grade="hearsay"))

    def send_backup(self) -> None:
        for backup in list(self.held.backups)[:1]:
            arrives = self.pair.without.clock.now.plus(minutes=30)
            sent = i.SendBackup(mission=self.mission, backup=backup, members=(self.anybody(),), arrives=arrives)
            self.say("Shizune", sent)

    def _home(self) -> list[Step]:
        return [
            self.note_outcomes,
            self.command_asks,
            self.home,
            self.probes,
            self.home,
            lambda: self.say("Shizune", i.ReleaseVehicle(mission=self.mission, vehicle=self.van)),
            lambda: self.say("Tsunade", m.MoveMission(mission=self.mission, to="closed", reason="found")),
        ]

    def command_asks(self) -> None:
        """Whoever owns the secret asks for advice on the open mission: what is written down of it tells nobody else."""
        if self.chance.random() * ASKED_EVERY > 1:
            return
        told = []
        for world in self.pair.worlds:
            world.keys.purpose = "open"
            ibiki = world.house.as_member(self.person("Ibiki"))
            ibiki.advise("propose", mission=self.mission, base=MEADOW)
            ibiki.advise("propose_all")
            seen = world.house.as_member(self.person("Kotetsu")).read("advice", mission=self.mission)
            told.append(msgspec.json.encode(seen.value))
        self.pair.compare(Asked("read", "advice", "Kotetsu", "asked for by Ibiki"), told[0], told[1], guessed=False)

    def note_outcomes(self) -> None:
        for member in list(self.held.out)[:2]:
            self.say("Shizune", m.NoteExposure(mission=self.mission, member=member, kinds=("death",)))
            self.say("Shizune", m.NoteOutcome(mission=self.mission, member=member, outcome="returned"))

    def home(self) -> None:
        for member in self.held.still_out[::2] or self.held.still_out:
            if self.chance.random() < 0.5:
                self.say(self.pair.cast.name(member), i.ArriveHome(mission=self.mission, member=member))
            else:
                self.say("Shizune", i.ArriveHome(mission=self.mission, member=member, channel="radio"))

    # What runs into the secret

    def probes(self) -> None:
        """Acts on those who may be away on the secret, and on what it may have taken, by people not read in."""
        for name in self.chance.sample(INSIDERS, k=2):
            self._probe(self.person(name))
        self.say("Shizune", i.TakeVehicle(mission=self.mission, vehicle=self.helicopter))

    def hunts(self) -> None:
        """People not read in hunt somebody who may be under cover, outright or by their name."""
        name = self.insider()
        quarry = s.NameQuarry(mission=self.mission, member=self.person(name), what="accused", words="seen at the vault")
        self.say("Shizune", quarry)
        self.say("Choji", m.DescribeSubject(mission=self.mission, fields={"name": name.upper()}))

    def _probe(self, member: PersonId) -> None:
        now = self.pair.without.clock.now
        offer = m.MakeOffer(mission=self.mission, member=member, post="searcher", exceptions=WHY)
        self.pair.both("Shizune", offer, again=True)
        kind = self.chance.randint(0, 5)
        if kind == 0:
            status = self.chance.choice(("available", "resting", "away", "on duty", "limited"))
            self.say("Shizune", p.SetDutyStatus(member=member, status=status))
        elif kind == 1:
            self.say("Kotetsu", p.WriteLeaveLetter(member=member, letter="in their name", until=now.plus(hours=3)))
        elif kind == 2:
            self.say("Shizune", m.JoinAsWalkIn(mission=self.mission, member=member, post="cook"))
        elif kind == 3:
            self.say("Shizune", i.SignIn(mission=self.mission, member=member))
        elif kind == 4:
            self.say("Kotetsu", p.SayAvailability(member=member, start=now, end=now.plus(hours=5), available=False))

    def _daily(self) -> list[Step]:
        member, now = self.anybody(), self.pair.without.clock.now
        return [
            lambda: self.say("Kakashi", p.TakeCommand(reason="somebody must")),
            lambda: self.say("Shizune", p.TakeCommand(reason="somebody must")),
            lambda: self.say("Kotetsu", p.SetVehicleStatus(vehicle=self.helicopter, status="available")),
            lambda: self.say("Kotetsu", p.SetVehicleStatus(vehicle=self.helicopter, status="in repair")),
            lambda: self.say("Kotetsu", p.ImportRoster(rows=roster())),
            lambda: self.say("Kotetsu", p.NoteHistory(member=member, what="froze", on=FEBRUARY, outcome="froze")),
            lambda: self.say("Kotetsu", p.TakeRole(member=member, role="dispatcher", wish="own")),
            lambda: self.say("Choji", p.MakePetition(member=self.person("Choji"), role="teacher")),
            lambda: self.say("Kiba", p.ShareWeighingDay(member=self.person("Kiba"), month=3, day=1)),
            lambda: self.say("Kotetsu", p.Remember(name="Asuma", on=date(2024, 3, 1), close=(member,))),
            lambda: self.say("Kiba", p.PlanRoutine(member=member, what="tea", every_days=7, first=now)),
            lambda: self.say("Iruka", p.SetSkill(member=member, skill="tracking", level=self.chance.randint(1, 5))),
            lambda: self.say("Kotetsu", p.SetChannels(member=member, urls=(f"ntfy://example.org/{member}",))),
            lambda: self.say("Kotetsu", p.InviteMember(member=member, digest="e" * 32, until=now.plus(hours=1))),
            lambda: self.say("Kotetsu", p.EnrolMember(name=f"Genin {self.chance.randint(0, 99)}")),
            lambda: self.say("Tsunade", p.SetDutyStatus(member=self.person("Tsunade"), status="away")),
            lambda: self.say("Inoichi", p.LookInOn(member=self.person("Kiba"), without=self.person("Neji"))),
            self.hunts,
        ]  # fmt: skip
