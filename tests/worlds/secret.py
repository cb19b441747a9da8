"""The secret mission, act by act, and what each act looks like to whoever is not read in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.fakes.photos import photo_bytes
from tests.worlds.cast import GUARDIAN, INSIDERS
from tests.worlds.knowing import OWNER, Knowing
from tests.worlds.pair import NAME, SECRET, Pair

from wayhome.mission.facts import searching as e
from wayhome.mission.facts.missions import Need
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import searching as h
from wayhome.mission.intents import secrecy as need
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.people import SetDutyStatus, SetVehicleStatus
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.state import Mission
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import deadline_at

FORD = Place(42.55, 1.55)
SHARED = "The bridge at the ford holds."
"""An assumption that an open mission may rest on as well."""

Step = Callable[[], object]


class Secret:
    """Plays the secret mission into a pair, a step at a time."""

    def __init__(self, pair: Pair, helicopter: Id) -> None:
        self.pair = pair
        self.chance = pair.random("secret")
        self.helicopter = helicopter
        self.name = f"{NAME} {pair.seed}"
        self.knowing = Knowing(self)
        self.field = self.chance.sample(INSIDERS[1:], k=self.chance.randint(2, 4))
        if self.chance.random() < 0.3:
            self.field.append(OWNER)

    def steps(self) -> Iterator[Step]:
        """Every act in its order; some are left out, as chance has it."""
        yield self.opens
        for step in (*self._before(), *self._out(), *self._papers(), *self._after()):
            if self.chance.random() < 0.93:
                yield step

    # What the acts are made of

    @property
    def id(self) -> MissionId:
        assert self.pair.secret_id is not None
        return self.pair.secret_id

    @property
    def held(self) -> Mission:
        return self.pair.with_secret.mission(self.id)

    def words(self, what: str) -> str:
        return f"{SECRET} {what} {self.chance.randint(0, 999)}"

    def person(self, name: str) -> PersonId:
        return self.pair.cast[name]

    def say(self, intent: Intent, *, by: str = OWNER) -> object:
        return self.pair.secretly(by, intent)

    def one(self) -> str:
        return self.chance.choice(self.field)

    # Before anybody goes

    def opens(self) -> None:
        rank = self.chance.choice(("S", "B"))
        alarm = m.RaiseAlarm(
            name=self.name, rank=rank, secret=True, words=self.words("alarm"), place=FORD, purpose=self.words("aim")
        )
        done = self.pair.secretly(OWNER, alarm)
        assert done is not None
        self.pair.secret_id = MissionId(done.made)

    def _before(self) -> list[Step]:
        return [
            self.plan,
            lambda: self.say(m.ScoreUrgency(mission=self.id, answers={})),
            lambda: self.say(m.DescribeSubject(mission=self.id, fields={"name": self.words("subject")})),
            lambda: self.say(m.SetInitialPoint(mission=self.id, place=FORD, at=self.pair.with_secret.clock.now)),
            lambda: self.say(m.ReadInMember(mission=self.id, member=self.person(self.one()), reason=self.words("why"))),
            self.tell,
            self.assume,
            self.offers,
            lambda: self.say(m.DeclareStake(mission=self.id, member=self.person(self.one()), stake=self.words("tie"))),
            self.hold_back,
            lambda: self.say(m.MakeException(mission=self.id, rule="briefing", reason=self.words("no time"))),
            self.answers,
            lambda: self.say(m.WriteBriefing(mission=self.id, words=self.words("briefing"))),
            self.acknowledge,
            self.knowing.cover,
            self.knowing.limit,
            self.walk_in,
            self.form_team,
            lambda: self.say(m.VoiceDoubt(mission=self.id, member=self.person(self.one()), words=self.words("doubt"))),
            self.take_helicopter,
        ]

    def plan(self) -> None:
        needs = (Need("tracking", 1, 1), Need("medic", 1, 1))
        home = deadline_at(self.pair.with_secret.clock.now.plus(hours=self.chance.randint(2, 9)))
        self.say(m.PlanMission(mission=self.id, needs=needs, least_people=1, most_people=5, place=FORD, home_by=home))

    def tell(self) -> None:
        """One insider tells another, who promises and tells it on; nobody outside has heard anything."""
        most = self.chance.choice((None, 3, 9))
        self.say(need.SetCeiling(mission=self.id, most=most, tellings_shown=self.chance.random() < 0.5))
        level = self.chance.choice(LEVELS)
        first, second = (self.person(name) for name in self.chance.sample(INSIDERS[1:], k=2))
        told = need.Tell(mission=self.id, listener=first, level=level, override=self.words("must know"))
        done = self.pair.secretly(OWNER, told)
        if done:
            telling = Id(done.made)
            by = self.pair.cast.name(first)
            self.say(need.GivePromise(telling=telling, words=self.words("promise")), by=by)
            self.say(need.Tell(of=telling, listener=second, level="that", promise=self.words("on")), by=by)
            self.say(need.ShowTelling(telling=telling))

    def assume(self) -> None:
        self.say(m.Assume(mission=self.id, words=SHARED))
        self.say(m.Assume(mission=self.id, words=self.words("assumption")))

    def offers(self) -> None:
        for name in self.field:
            soon = deadline_at(self.pair.with_secret.clock.now.plus(minutes=self.chance.randint(5, 300)))
            why = {rule: self.words("short-handed") for rule in ("rank", "history", "ceiling")}
            member = self.person(name)
            self.say(
                m.MakeOffer(mission=self.id, member=member, post=self.words("post"), answer_by=soon, exceptions=why)
            )

    def answers(self) -> None:
        for offer in list(self.held.offers.values()):
            answer = self.chance.choice(("accepted", "accepted", "accepted with limits", "declined"))
            who = self.pair.cast.name(offer.member)
            self.say(m.AnswerOffer(offer=offer.id, answer=answer, limits=self.words("limit")), by=who)

    def hold_back(self) -> None:
        member = self.person(self.one())
        self.say(m.HoldBack(mission=self.id, member=member, reason=self.words("fear")))
        if self.chance.random() < 0.7:
            self.say(m.HoldBack(mission=self.id, member=member, reason=self.words("calm"), lifted=True))

    def acknowledge(self) -> None:
        for name in self.field:
            member = self.person(name)
            self.say(m.AcknowledgeBriefing(mission=self.id, member=member, version=self.held.briefing), by=name)

    def walk_in(self) -> None:
        self.say(m.JoinAsWalkIn(mission=self.id, member=self.person(self.one()), post=self.words("walk-in")))

    def form_team(self) -> None:
        going = tuple(m for m in (*self.held.accepted, *self.held.walk_ins))
        self.say(i.FormTeam(mission=self.id, name=self.words("team"), members=going[:3], overdue_min=30))

    def take_helicopter(self) -> None:
        if self.say(i.TakeVehicle(mission=self.id, vehicle=self.helicopter)):
            self.pair.plainly(OWNER, SetVehicleStatus(vehicle=self.helicopter, status="away"))

    # While they are out

    def _out(self) -> list[Step]:
        return [
            self.depart,
            self.log,
            lambda: self.say(i.SignIn(mission=self.id, member=self.person(self.one()))),
            lambda: self.say(i.WatchSilence(mission=self.id, member=self.person(self.one()), every_min=20)),
            self.plan_contact,
            lambda: self.say(i.ReportPlace(mission=self.id, place=FORD, member=self.person(self.one()))),
            lambda: self.say(i.ReportClue(mission=self.id, words=self.words("clue"), place=FORD)),
            self.search,
            self.draw,
            self.depart,
            self.knowing.tell,
            self.knowing.tell_inside,
            self.casualty,
            lambda: self.say(i.ReportFallen(mission=self.id, member=self.person(self.one()), words=self.words("fall"))),
            self.log,
            self.backup,
            self.fail,
            lambda: self.say(i.ReportFound(mission=self.id, who=self.words("lost one"), state="hurt")),
            lambda: self.say(m.RegradeMission(mission=self.id, rank="S", reason=self.words("worse"))),
            self.log,
            self.two_laptops,
            self.knowing.break_glass,
            self.knowing.in_and_out,
            self.hand_on,
            self.knowing.tell,
            self.knowing.restart,
        ]

    def depart(self) -> None:
        """Whoever is ready goes, and is away to everybody else."""
        ready = [*self.held.accepted, *self.held.walk_ins]
        for member in dict.fromkeys(ready):
            name = self.pair.cast.name(member)
            home = deadline_at(self.pair.with_secret.clock.now.plus(minutes=self.chance.randint(10, 400)))
            depart = i.Depart(mission=self.id, member=member, post=self.words("post"), home_by=home)
            if member in self.knowing.covered:
                self.knowing.moved(depart, member, by=name)
            else:
                self.knowing.mirrored(depart, member, by=name)

    def log(self) -> None:
        team = next((team.name for team in self.held.teams.values()), "")
        for _ in range(self.chance.randint(1, 3)):
            line = i.LogLine(
                mission=self.id, words=self.words("line"), message=self.words("message"), team=team, place=FORD,
                clue=self.words("print") if self.chance.random() < 0.3 else "",
            )  # fmt: skip
            done = self.pair.secretly(OWNER, line)
            if done and self.chance.random() < 0.4:
                self.say(i.AmendLine(mission=self.id, line=Id(done.made), words=self.words("amended")))
            if done and self.chance.random() < 0.3:
                self.say(i.UndoLine(mission=self.id, line=Id(done.made)))

    def plan_contact(self) -> None:
        member, signals = self.person(self.one()), self.words("signals")
        self.say(
            need.PlanContact(
                mission=self.id, member=member, every_min=25, signals=signals, way_out=self.words("way out")
            )
        )

    def draw(self) -> None:
        corners = (FORD, Place(42.56, 1.55), Place(42.56, 1.56))
        for what, points in (("segment", corners), ("note", (FORD,)), ("post", (FORD,))):
            drawn = i.Draw(
                mission=self.id, what=what, name=self.words(what), points=points, words=self.words("drawn"),
                holder=self.person(self.one()),
            )  # fmt: skip
            done = self.pair.secretly(OWNER, drawn)
            if done and what == "note":
                self.say(i.EraseDrawing(mission=self.id, drawing=Id(done.made), reason=self.words("erased")))
        self.photograph()

    def photograph(self) -> None:
        """Two photos, of which one is withdrawn again; both hold something by which they would be known."""
        for words in ("the one that stands", "the one withdrawn"):
            shown = i.AttachPhoto(mission=self.id, name=f"{SECRET}.jpg", words=f"{SECRET} {words}", body=photo_bytes())
            done = self.pair.secretly(OWNER, shown)
            if done and words.endswith("withdrawn"):
                self.say(i.WithdrawPhoto(mission=self.id, photo=Id(done.made), reason=f"{SECRET} blurred"))

    def search(self) -> None:
        """Evidence, a hypothesis and a dog, of which some are taken back."""
        now = self.pair.with_secret.clock.now
        seen = e.Sighted(place=FORD, at=now, chance_other=0.3)
        noted = self.pair.secretly(OWNER, h.NoteEvidence(mission=self.id, piece=seen, words=self.words("a red coat")))
        fled = self.pair.secretly(OWNER, h.StateHypothesis(mission=self.id, name=self.words("he fled")))
        handler = self.person(self.one())
        self.say(h.LendDog(mission=self.id, dog=SECRET, handler=handler, words=self.words("go"), article=SECRET))
        for clue in list(self.held.clues):
            self.say(h.WeighClue(mission=self.id, clue=clue, planted=0.3, anothers=0.1))
        for dog in list(self.held.search.dogs):
            self.say(h.SayDogState(mission=self.id, dog=dog, state="tired", words=self.words("tired")))
        if noted and self.chance.random() < 0.3:
            self.say(h.WithdrawEvidence(mission=self.id, evidence=Id(noted.made), reason=self.words("ours")))
        if fled and self.chance.random() < 0.3:
            self.say(h.DropHypothesis(mission=self.id, hypothesis=Id(fled.made), reason=self.words("no")))

    def casualty(self) -> None:
        done = self.pair.secretly(OWNER, i.ReportCasualty(mission=self.id, who=self.words("hurt one"), triage="red"))
        if done:
            hurt = Id(done.made)
            now = self.pair.with_secret.clock.now
            self.say(i.Treat(mission=self.id, casualty=hurt, by=self.person("Yamato"), words=self.words("splint")))
            self.say(i.ExpectHelp(mission=self.id, casualty=hurt, what=self.words("help"), at=now.plus(minutes=40)))

    def backup(self) -> None:
        done = self.pair.secretly(OWNER, i.AskBackup(mission=self.id, place=FORD, words=self.words("backup")))
        if done:
            arrives = self.pair.with_secret.clock.now.plus(minutes=50)
            sent = (self.person(self.one()),)
            self.say(i.SendBackup(mission=self.id, backup=Id(done.made), members=sent, arrives=arrives))
            for member in self.held.backups[Id(done.made)].pursuers:
                chosen = i.ChooseFuture(mission=self.id, backup=Id(done.made), member=member, choice="wait")
                self.say(chosen, by=self.pair.cast.name(member))

    def fail(self) -> None:
        for assumption in list(self.held.assumptions):
            self.say(m.FailAssumption(mission=self.id, assumption=assumption, how=self.words("it fell")))

    def two_laptops(self) -> None:
        """Apart, and merged: command is handed on at both, a conflict; or one is told of it, another read out."""
        if self.chance.random() < 0.2:
            told = need.Tell(mission=self.id, listener=self.person(GUARDIAN), level="that")
            self.pair.apart((OWNER, told), before_merging=self.read_out)
            return
        going = sorted(self.held.read_in - {self.held.commander})
        if len(going) < 2 or self.chance.random() < 0.6:
            return
        there, here = (m.TakeMissionCommand(mission=self.id, member=one, reason=self.words("me")) for one in going[:2])
        self.pair.apart((OWNER, there), before_merging=lambda: self.say(here))

    def hand_on(self) -> None:
        going = [member for member in self.held.still_out if member in self.held.read_in]
        if going:
            self.say(m.TakeMissionCommand(mission=self.id, member=going[0], reason=self.words("in the field")))

    # Papers, and home

    def _papers(self) -> list[Step]:
        return [
            lambda: self.say(m.FileReport(mission=self.id, source=self.words("source"), words=self.words("report"))),
            self.testimony,
            lambda: self.say(m.WriteReport(mission=self.id, stage="draft", words=self.words("draft"))),
            lambda: self.say(m.WriteReport(mission=self.id, stage="official", words=self.words("official"))),
            self.expose,
        ]

    def testimony(self) -> None:
        name = self.one()
        held = m.WithholdTestimony(mission=self.id, holder=self.person(name), about=self.words("about"))
        done = self.pair.secretly(name, held)
        if done and self.chance.random() < 0.5:
            told = self.words("told")
            self.say(m.ReleaseTestimony(mission=self.id, testimony=Id(done.made), words=told), by=name)

    def expose(self) -> None:
        for name in self.field:
            member = self.person(name)
            kinds = tuple(self.chance.sample(("death", "child", "kill", "helplessness", "sole survivor"), k=2))
            self.say(m.NoteExposure(mission=self.id, member=member, kinds=kinds, words=self.words("went through")))
            self.say(m.NoteOutcome(mission=self.id, member=member, outcome=self.words("froze"), deeds=("killed",)))

    def _after(self) -> list[Step]:
        close = m.MoveMission(mission=MissionId(""), to="closed", reason=self.words("over"))
        return [
            self.answer_alarms,
            self.start_home,
            self.knowing.uncover,
            self.home,
            self.home,
            self.knowing.uncover,
            self.knowing.tell,
            self.release_helicopter,
            lambda: self.say(_for(close, self.id)),
            self.read_out,
        ]

    def answer_alarms(self) -> None:
        for alarm in list(self.held.alarms.values())[:3]:
            self.say(i.AnswerAlarm(mission=self.id, alarm=alarm.id, words=self.words("answered")))

    def start_home(self) -> None:
        for member in self.held.still_out:
            by = deadline_at(self.pair.with_secret.clock.now.plus(minutes=self.chance.randint(5, 60)))
            self.say(i.StartHome(mission=self.id, member=member, by=by))

    def home(self) -> None:
        """One half comes home, and can be asked again unless somebody has set another status meanwhile."""
        for member in self.held.still_out[::2]:
            name = self.pair.cast.name(member)
            home = i.ArriveHome(mission=self.id, member=member)
            if member in self.knowing.covered:
                self.knowing.moved(home, member, by=name)
            elif self.say(home, by=name):
                self._back(name, member)

    def _back(self, name: str, member: PersonId) -> None:
        outside = self.pair.without.state
        if outside.organisation.members[member].status != "away":
            return
        elsewhere = any(member in mission.still_out for mission in outside.missions.values())
        status = "on duty" if elsewhere else "available"
        self.pair.plainly(name, SetDutyStatus(member=member, status=status))

    def release_helicopter(self) -> None:
        if not self.say(i.ReleaseVehicle(mission=self.id, vehicle=self.helicopter)):
            return
        outside = self.pair.without.state
        taken = any(self.helicopter in mission.vehicles for mission in outside.missions.values())
        if outside.organisation.vehicles[self.helicopter].status == "away" and not taken:
            self.pair.plainly(OWNER, SetVehicleStatus(vehicle=self.helicopter, status="available"))

    def read_out(self) -> None:
        for member in sorted(self.held.read_in - {self.held.owner})[:1]:
            self.say(m.ReadOutMember(mission=self.id, member=member, reason=self.words("left")))


def _for(intent: m.MoveMission, mission: MissionId) -> m.MoveMission:
    return m.MoveMission(mission=mission, to=intent.to, reason=intent.reason)
