"""THE table: every read, advice, intent and command, and how the two-worlds test exercises it.

`test_covered.py` fails while anything that a face can reach is not here. In the arguments, `?mission` is an id that is
guessed (the hidden one in the one world, one that names nothing in the other), `!open` something both worlds hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec
from tests.fakes.photos import photo_bytes
from tests.worlds.covered_reads import ADVICE as ADVICE
from tests.worlds.covered_reads import FORD as FORD
from tests.worlds.covered_reads import READS as READS
from tests.worlds.covered_reads import Shape as Shape

from wayhome.mission.facts import searching as e
from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.facts.missions import Need
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents import care as c
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import searching as h
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Deadline, Moment, deadline_at

ALONE = ComparedFuture(wait_min=0, people=(), lacks=(), words="Go on now.")


class Aim(msgspec.Struct, frozen=True):
    """What an intent of an outsider is aimed at: guessed ids, an open mission, people, a vehicle, a moment."""

    guess: dict[str, str]
    open: MissionId
    insider: PersonId
    outsider: PersonId
    vehicle: Id
    now: Moment
    typed: str
    """The name of the secret mission, which somebody may happen to type."""

    @property
    def mission(self) -> MissionId:
        return MissionId(self.guess["mission"])

    def id(self, what: str) -> Id:
        return Id(self.guess[what])

    @property
    def soon(self) -> Deadline:
        return deadline_at(self.now.plus(hours=2))


Make = Callable[[Aim], tuple[Intent, ...]]
INTENTS: dict[str, Make] = {}
"""Every intent, as somebody not read in states it: at the hidden mission, and with hidden ids at an open one."""


def _covers(**made: Make) -> None:
    INTENTS.update(made)


_covers(
    FoundOrganisation=lambda a: (
        p.FoundOrganisation(name="Again", zone="UTC", profile="leaf", scales=Scales(), founder="Nobody"),
    ),
    SetScales=lambda a: (p.SetScales(scales=Scales(member_ranks=("genin", "chuunin", "jounin"))),),
    EnrolMember=lambda a: (p.EnrolMember(name="New one"), p.EnrolMember(name="Twice", ref="101")),
    RenameMember=lambda a: (p.RenameMember(member=a.insider, name="Renamed"),),
    ImportRoster=lambda a: (p.ImportRoster(rows=(p.RosterEntry(ref="101", name="Shika", rank="jounin"),)),),
    GiveHome=lambda a: (p.GiveHome(member=a.insider, words="by the ford", place=FORD),),
    GiveNextOfKin=lambda a: (p.GiveNextOfKin(member=a.insider, words="his mother"),),
    GiveMedicalNote=lambda a: (p.GiveMedicalNote(member=a.insider, words="penicillin"),),
    ShareWeighingDay=lambda a: (p.ShareWeighingDay(member=a.outsider, month=2, day=29),),
    SayNotMyself=lambda a: (p.SayNotMyself(member=a.outsider, on=a.now.day),),
    SetPassword=lambda a: (p.SetPassword(member=a.insider, hash="h"),),
    SetChannels=lambda a: (
        p.SetChannels(member=a.insider, urls=("ntfy://example.org/topic",)),
        p.SetChannels(member=a.outsider, urls=("ntfy://example.org/topic",)),
    ),
    NewFeed=lambda a: (p.NewFeed(member=a.insider, digest="f" * 32), p.NewFeed(member=a.outsider, digest="f" * 32)),
    InviteMember=lambda a: (p.InviteMember(member=a.insider, digest="d" * 32, until=a.now.plus(hours=9)),),
    TakeInvitation=lambda a: (
        p.TakeInvitation(member=a.insider, digest="d" * 32, hash="h"),
        p.TakeInvitation(member=a.outsider, digest="d" * 32, hash="h"),
    ),
    SetRecoveryCodes=lambda a: (
        p.SetRecoveryCodes(member=a.insider, digests=tuple(f"{n:032x}" for n in range(10))),
        p.SetRecoveryCodes(member=a.outsider, digests=tuple(f"{n:032x}" for n in range(10))),
    ),
    UseRecoveryCode=lambda a: (
        p.UseRecoveryCode(member=a.insider, digest=f"{1:032x}", hash="h"),
        p.UseRecoveryCode(member=a.outsider, digest=f"{1:032x}", hash="h"),
    ),
    WithdrawInvitation=lambda a: (p.WithdrawInvitation(member=a.insider),),
    ErasePerson=lambda a: (p.ErasePerson(member=a.insider, reason="asked"),),
    SetSkill=lambda a: (p.SetSkill(member=a.insider, skill="medic", level=5),),
    AwardQualification=lambda a: (p.AwardQualification(member=a.insider, name="Rope"),),
    GiveRank=lambda a: (p.GiveRank(member=a.insider, rank="jounin"),),
    SetDuties=lambda a: (p.SetDuties(member=a.insider, duties=("clerk",)),),
    TakeRole=lambda a: (p.TakeRole(member=a.insider, role="cook", wish="own"),),
    EndRole=lambda a: (p.EndRole(role="cook", wish="command", reason="no kitchen"),),
    SetDutyStatus=lambda a: (
        p.SetDutyStatus(member=a.insider, status="resting"),
        p.SetDutyStatus(member=a.outsider, status="leave", until=a.now.plus(hours=5)),
    ),
    WriteLeaveLetter=lambda a: (p.WriteLeaveLetter(member=a.insider, letter="tired"),),
    PlanRoutine=lambda a: (p.PlanRoutine(member=a.insider, what="tea", every_days=7, first=a.now),),
    SayAvailability=lambda a: (
        p.SayAvailability(member=a.insider, start=a.now, end=a.now.plus(hours=1), available=True),
    ),
    StateBond=lambda a: (
        p.StateBond(one=a.insider, other=a.outsider, what="teammate"),
        p.StateBond(one=a.outsider, other=a.insider, what="promise", sent="together", private=True),
    ),
    EndBond=lambda a: (p.EndBond(one=a.outsider, other=a.insider, what="promise"),),
    NoteHistory=lambda a: (p.NoteHistory(member=a.insider, what="froze", on=a.now.day, mission=a.typed),),
    StateNever=lambda a: (p.StateNever(member=a.insider, deed="killed"),),
    MakePetition=lambda a: (p.MakePetition(member=a.outsider, role="teacher"),),
    AnswerPetition=lambda a: (p.AnswerPetition(petition=a.id("offer"), granted=True),),
    Remember=lambda a: (p.Remember(name="Obito", on=date(2020, 1, 1), mission_words=a.typed),),
    VeilRemembrance=lambda a: (p.VeilRemembrance(remembrance=a.id("clue"), hidden=("date",)),),
    SetSuccession=lambda a: (p.SetSuccession(order=(a.outsider, a.insider)),),
    TakeCommand=lambda a: (p.TakeCommand(reason="somebody must"),),
    AddVehicle=lambda a: (p.AddVehicle(name="Sled"),),
    SetVehicleStatus=lambda a: (
        p.SetVehicleStatus(vehicle=a.vehicle, status="available"),
        p.SetVehicleStatus(vehicle=a.id("team"), status="away"),
    ),
    TakeClock=lambda a: (p.TakeClock(),),
    OpenFollowUp=lambda a: (
        p.OpenFollowUp(
            member=a.insider, mission=a.mission, open_to_carers=True, reasons=("death",), contacts=(a.now.day,)
        ),
    ),
)

_covers(
    SignOnDuty=lambda a: (
        c.SignOnDuty(member=a.outsider, slept_24h=4.0, woke=a.now.plus(hours=-2), worked_h=6.0),
        c.SignOnDuty(member=a.insider, slept_24h=7.0, channel="radio"),
    ),
    SignOffDuty=lambda a: (
        c.SignOffDuty(member=a.outsider, driving=True),
        c.SignOffDuty(member=a.insider, channel="radio"),
    ),
    HoldToLimit=lambda a: (
        c.HoldToLimit(
            member=a.outsider, words="by day", until=a.now.plus(days=30).day, partner=a.insider, limit=a.id("line")
        ),
    ),
    EndLimit=lambda a: (c.EndLimit(limit=a.id("line"), member=a.outsider),),
    NoteRest=lambda a: (
        i.NoteRest(mission=a.mission, member=a.insider, what="slept", hours=2.0),
        i.NoteRest(mission=a.open, member=a.outsider, what="ate"),
        i.NoteRest(mission=a.open, member=a.insider, what="ate"),
    ),
)

_covers(
    TickContact=lambda a: (c.TickContact(member=a.outsider, on=a.now.day),),
    CountVisit=lambda a: (c.CountVisit(member=a.outsider, minutes=30, on=a.now.day),),
    RequestForCare=lambda a: (c.RequestForCare(member=a.outsider, owner=a.insider, words="out together"),),
    AnswerCareRequest=lambda a: (c.AnswerCareRequest(request=a.id("offer"), granted=True),),
    GiveWords=lambda a: (
        c.GiveWords(mission=a.mission, words="my own words"),
        c.GiveWords(mission=a.open, words="my own words"),
    ),
    NoteCareErased=lambda a: (c.NoteCareErased(member=a.outsider, on=a.now.day),),
    PublishCareCounts=lambda a: (c.PublishCareCounts(quarter="2025-Q1", counts=(("in touch", 8),)),),
)

_covers(
    RaiseAlarm=lambda a: (m.RaiseAlarm(name=a.typed), m.RaiseAlarm(name=a.typed, secret=True, words="ours")),
    PlanMission=lambda a: (m.PlanMission(mission=a.mission, needs=(Need("medic"),)),),
    RegradeMission=lambda a: (m.RegradeMission(mission=a.mission, rank="S", reason="worse"),),
    ScoreUrgency=lambda a: (m.ScoreUrgency(mission=a.mission, answers={}),),
    DescribeSubject=lambda a: (m.DescribeSubject(mission=a.mission, fields={"name": "Ana"}),),
    SetInitialPoint=lambda a: (
        m.SetInitialPoint(mission=a.mission, place=FORD, at=a.now),
        m.SetInitialPoint(mission=a.open, place=FORD, at=a.now),
    ),
    ReadInMember=lambda a: (
        m.ReadInMember(mission=a.mission, member=a.outsider),
        m.ReadInMember(mission=a.open, member=a.outsider),
    ),
    ReadOutMember=lambda a: (m.ReadOutMember(mission=a.mission, member=a.insider, reason="out"),),
    MakeOffer=lambda a: (
        m.MakeOffer(mission=a.mission, member=a.outsider),
        m.MakeOffer(mission=a.open, member=a.insider, exceptions={"rank": "short", "history": "none"}),
        m.MakeOffer(mission=a.open, member=a.insider, order=True),
        m.MakeOffer(mission=a.open, member=a.insider, front=True, exceptions={"rank": "x", "history": "x"}),
    ),
    AnswerOffer=lambda a: (m.AnswerOffer(offer=a.id("offer"), answer="accepted", channel="phone"),),
    WithdrawOffer=lambda a: (m.WithdrawOffer(offer=a.id("offer")),),
    DeferOffer=lambda a: (m.DeferOffer(offer=a.id("offer"), answer_by=a.soon),),
    LapseOffer=lambda a: (m.LapseOffer(offer=a.id("offer")),),
    MakeException=lambda a: (m.MakeException(mission=a.mission, rule="rank", reason="short"),),
    DeclareStake=lambda a: (m.DeclareStake(mission=a.mission, member=a.insider, stake="his sister"),),
    HoldBack=lambda a: (m.HoldBack(mission=a.mission, member=a.insider, reason="too close"),),
    RecordAdvice=lambda a: (
        m.RecordAdvice(
            mission=a.mission,
            engine="e",
            engine_version="1",
            seed=1,
            work="w",
            inputs_digest="d",
            summary="s",
            result="{}",
        ),
    ),
    WriteBriefing=lambda a: (m.WriteBriefing(mission=a.mission, words="go"),),
    AcknowledgeBriefing=lambda a: (m.AcknowledgeBriefing(mission=a.mission, member=a.outsider, version=1),),
    JoinAsWalkIn=lambda a: (
        m.JoinAsWalkIn(mission=a.mission, member=a.outsider, post="cook"),
        m.JoinAsWalkIn(mission=a.open, member=a.insider, post="cook"),
        m.JoinAsWalkIn(mission=a.open, member=a.insider, post="cook", front=True),
    ),
    VoiceDoubt=lambda a: (m.VoiceDoubt(mission=a.mission, member=a.outsider, words="hm"),),
    TakeMissionCommand=lambda a: (m.TakeMissionCommand(mission=a.mission, member=a.outsider, reason="mine"),),
    MoveMission=lambda a: (
        m.MoveMission(mission=a.mission, to="closed", reason="over"),
        m.MoveMission(mission=a.mission, to="nowhere", reason="over"),
    ),
    FileReport=lambda a: (m.FileReport(mission=a.mission, source="a friend", words="seen"),),
    WithholdTestimony=lambda a: (m.WithholdTestimony(mission=a.mission, holder=a.outsider, about="it"),),
    ReleaseTestimony=lambda a: (
        m.ReleaseTestimony(mission=a.mission, testimony=a.id("testimony"), words="it"),
        m.ReleaseTestimony(mission=a.open, testimony=a.id("testimony"), words="it"),
    ),
    Assume=lambda a: (m.Assume(mission=a.mission, words="it holds"),),
    FailAssumption=lambda a: (
        m.FailAssumption(mission=a.mission, assumption=a.id("assumption"), how="no"),
        m.FailAssumption(mission=a.open, assumption=a.id("assumption"), how="no"),
    ),
    WarnOfAssumption=lambda a: (
        m.WarnOfAssumption(mission=a.mission, assumption=a.id("assumption")),
        m.WarnOfAssumption(mission=a.open, assumption=a.id("assumption")),
    ),
    WriteReport=lambda a: (m.WriteReport(mission=a.mission, stage="draft", words="it was so"),),
    NoteExposure=lambda a: (m.NoteExposure(mission=a.mission, member=a.insider, kinds=("death",)),),
    NoteOutcome=lambda a: (m.NoteOutcome(mission=a.mission, member=a.insider, outcome="hurt"),),
    SettleConflict=lambda a: (
        m.SettleConflict(mission=a.mission, conflict=a.id("conflict"), how="so"),
        m.SettleConflict(mission=a.open, conflict=a.id("conflict"), how="so"),
    ),
)

_covers(
    FormTeam=lambda a: (
        i.FormTeam(mission=a.mission, name="Bravo"),
        i.FormTeam(mission=a.open, name=a.typed, members=(a.insider,)),
    ),
    ChangeTeam=lambda a: (
        i.ChangeTeam(mission=a.mission, team=a.id("team"), members=()),
        i.ChangeTeam(mission=a.open, team=a.id("team"), members=()),
    ),
    TakeVehicle=lambda a: (
        i.TakeVehicle(mission=a.mission, vehicle=a.vehicle),
        i.TakeVehicle(mission=a.open, vehicle=a.vehicle),
    ),
    ReleaseVehicle=lambda a: (
        i.ReleaseVehicle(mission=a.mission, vehicle=a.vehicle),
        i.ReleaseVehicle(mission=a.open, vehicle=a.vehicle),
    ),
    SignIn=lambda a: (i.SignIn(mission=a.mission, member=a.outsider), i.SignIn(mission=a.open, member=a.insider)),
    SignOut=lambda a: (i.SignOut(mission=a.mission, member=a.insider), i.SignOut(mission=a.open, member=a.insider)),
    Depart=lambda a: (i.Depart(mission=a.mission, member=a.outsider), i.Depart(mission=a.open, member=a.insider)),
    LogLine=lambda a: (
        i.LogLine(mission=a.mission, words="hello"),
        i.LogLine(mission=a.open, words="hello", team=a.typed, clue="a scarf", casualty="somebody"),
    ),
    AmendLine=lambda a: (i.AmendLine(mission=a.mission, line=a.id("line"), words="better"),),
    UndoLine=lambda a: (
        i.UndoLine(mission=a.mission, line=a.id("line")),
        i.UndoLine(mission=a.open, line=a.id("line")),
    ),
    ReportClue=lambda a: (i.ReportClue(mission=a.mission, words="boot"), i.ReportClue(mission=a.open, words="boot")),
    WithdrawClue=lambda a: (
        i.WithdrawClue(mission=a.mission, clue=a.id("clue"), reason="no"),
        i.WithdrawClue(mission=a.open, clue=a.id("clue"), reason="no"),
    ),
    AttachPhoto=lambda a: (
        i.AttachPhoto(mission=a.mission, name="boot.jpg", words="a boot", body=photo_bytes()),
        i.AttachPhoto(mission=a.mission, name="boot.jpg", words="a boot", body=b"no photo"),
        i.AttachPhoto(mission=a.open, name="boot.jpg", words="a boot", body=photo_bytes()),
        i.AttachPhoto(mission=a.open, name="boot.jpg", words="a boot", body=photo_bytes(), about=a.id("clue")),
    ),
    WithdrawPhoto=lambda a: (
        i.WithdrawPhoto(mission=a.mission, photo=a.id("photo"), reason="no"),
        i.WithdrawPhoto(mission=a.open, photo=a.id("photo"), reason="no"),
    ),
    ReportCasualty=lambda a: (
        i.ReportCasualty(mission=a.mission, who="somebody"),
        i.ReportCasualty(mission=a.open, who="", member=a.insider, triage="red"),
    ),
    Triage=lambda a: (
        i.Triage(mission=a.mission, casualty=a.id("casualty"), triage="red"),
        i.Triage(mission=a.open, casualty=a.id("casualty"), triage="red"),
    ),
    Treat=lambda a: (
        i.Treat(mission=a.mission, casualty=a.id("casualty"), by=a.outsider, words="splint"),
        i.Treat(mission=a.open, casualty=a.id("casualty"), by=a.insider, words="splint"),
    ),
    ExpectHelp=lambda a: (
        i.ExpectHelp(mission=a.mission, casualty=a.id("casualty"), what="a litter", at=a.now),
        i.ExpectHelp(mission=a.open, casualty=a.id("casualty"), what="a litter", at=a.now),
    ),
    ReportPlace=lambda a: (
        i.ReportPlace(mission=a.mission, place=FORD),
        i.ReportPlace(mission=a.open, place=FORD, team=a.typed),
        i.ReportPlace(mission=a.open, place=FORD, member=a.insider),
    ),
    Draw=lambda a: (
        i.Draw(mission=a.mission, what="post", name="Gate", points=(FORD,)),
        i.Draw(mission=a.open, what="post", name=a.typed, points=(FORD,), holder=a.insider, team=a.id("team")),
        i.Draw(mission=a.open, what="note", name="", points=(FORD,), words="mud"),
    ),
    ChangeDrawing=lambda a: (
        i.ChangeDrawing(mission=a.mission, drawing=a.id("drawing"), what="post", name="Gate", points=(FORD,)),
        i.ChangeDrawing(mission=a.open, drawing=a.id("drawing"), what="post", name="Gate", points=(FORD,)),
    ),
    EraseDrawing=lambda a: (
        i.EraseDrawing(mission=a.mission, drawing=a.id("drawing"), reason="no"),
        i.EraseDrawing(mission=a.open, drawing=a.id("drawing"), reason="no"),
    ),
    WatchSilence=lambda a: (i.WatchSilence(mission=a.mission, member=a.insider, every_min=30),),
    MakeContact=lambda a: (
        i.MakeContact(mission=a.mission, member=a.outsider),
        i.MakeContact(mission=a.open, member=a.insider),
    ),
    RaiseAlert=lambda a: (i.RaiseAlert(mission=a.mission, about="x", what="silence", words="x"),),
    AnswerAlarm=lambda a: (
        i.AnswerAlarm(mission=a.mission, alarm=a.id("alarm"), words="heard"),
        i.AnswerAlarm(mission=a.open, alarm=a.id("alarm"), words="heard"),
    ),
    ReportFallen=lambda a: (
        i.ReportFallen(mission=a.mission, member=a.insider, words="fell"),
        i.ReportFallen(mission=a.open, member=a.insider, words="fell"),
    ),
    ReportFound=lambda a: (i.ReportFound(mission=a.mission, who="Ana", state="alive"),),
    StartHome=lambda a: (
        i.StartHome(mission=a.mission, member=a.insider, by=a.soon),
        i.StartHome(mission=a.open, member=a.insider, by=a.soon),
    ),
    ArriveHome=lambda a: (
        i.ArriveHome(mission=a.mission, member=a.insider, channel="radio"),
        i.ArriveHome(mission=a.open, member=a.insider, channel="radio"),
    ),
    HandOver=lambda a: (
        i.HandOver(mission=a.mission, member=a.insider, to="the hospital"),
        i.HandOver(mission=a.open, member=a.insider, to="the hospital"),
    ),
    AskBackup=lambda a: (
        i.AskBackup(mission=a.mission, place=FORD, words="rope"),
        i.AskBackup(mission=a.open, place=FORD, words="rope", pursuers=(a.insider,)),
    ),
    CompareFutures=lambda a: (
        i.CompareFutures(mission=a.mission, backup=a.id("backup"), go_on=ALONE, waits=(), rests_on="x"),
        i.CompareFutures(mission=a.open, backup=a.id("backup"), go_on=ALONE, waits=(), rests_on="x"),
    ),
    ChooseFuture=lambda a: (
        i.ChooseFuture(mission=a.mission, backup=a.id("backup"), member=a.outsider, choice="wait"),
        i.ChooseFuture(mission=a.open, backup=a.id("backup"), member=a.outsider, choice="wait"),
        i.ChooseFuture(mission=a.open, backup=a.id("backup"), member=a.insider, choice="go on", channel="radio"),
    ),
    SendBackup=lambda a: (
        i.SendBackup(mission=a.mission, backup=a.id("backup"), members=(a.insider,), arrives=a.now),
        i.SendBackup(mission=a.open, backup=a.id("backup"), members=(a.insider,), arrives=a.now),
    ),
)

_covers(
    MaskIdentity=lambda a: (
        s.MaskIdentity(mission=a.mission, label="the target", names=(a.typed,)),
        s.MaskIdentity(mission=a.open, label="the target", names=(a.typed,)),
    ),
    TellIdentity=lambda a: (
        s.TellIdentity(mission=a.mission, member=a.insider),
        s.TellIdentity(mission=a.open, member=a.insider),
    ),
    BreakGlass=lambda a: (
        s.BreakGlass(member=a.insider, reason="she does not answer"),
        s.BreakGlass(member=a.outsider, reason="she does not answer", hours=99),
    ),
    EndEmergency=lambda a: (
        s.EndEmergency(mission=a.mission, glass=a.id("alarm")),
        s.EndEmergency(mission=a.open, glass=a.id("alarm")),
    ),
    NoteLook=lambda a: (s.NoteLook(mission=a.mission, member=a.insider, what="log", hour=a.now),),
)

_covers(
    SetCover=lambda a: (
        s.SetCover(mission=a.mission, member=a.insider, end=a.now.plus(hours=5), words="visiting"),
        s.SetCover(mission=a.mission, vehicle=a.vehicle, status="in repair"),
        s.SetCover(mission=a.open, member=a.insider),
    ),
    EndCover=lambda a: (
        s.EndCover(mission=a.mission, cover=a.id("cover")),
        s.EndCover(mission=a.open, cover=a.id("cover")),
    ),
    PlanContact=lambda a: (
        s.PlanContact(mission=a.mission, member=a.insider, every_min=30, signals="a lamp", way_out="the ferry"),
        s.PlanContact(mission=a.open, member=a.outsider, every_min=30, signals="a lamp", way_out="the ferry"),
    ),
    NameQuarry=lambda a: (
        s.NameQuarry(mission=a.mission, member=a.insider, what="hunted", words="seen"),
        s.NameQuarry(mission=a.open, member=a.insider, what="accused", words="seen"),
    ),
    LookInOn=lambda a: (p.LookInOn(member=a.outsider, without=a.insider),),
)

_covers(
    Tell=lambda a: (
        s.Tell(mission=a.mission, listener=a.insider, level="that"),
        s.Tell(mission=a.open, listener=a.insider, level="all"),
        s.Tell(of=a.id("telling"), listener=a.insider, level="that"),
        s.Tell(of=a.id("telling"), listener=a.insider, level="all", shown=True, override="must"),
    ),
    GivePromise=lambda a: (s.GivePromise(telling=a.id("telling"), words="never"),),
    ShowTelling=lambda a: (s.ShowTelling(telling=a.id("telling")),),
    SetCeiling=lambda a: (
        s.SetCeiling(mission=a.mission, most=3),
        s.SetCeiling(mission=a.open, most=3, tellings_shown=True),
    ),
)

_covers(
    MakeCareKey=lambda a: (
        c.MakeCareKey(member=a.insider, public=b"k" * 32, wrapped=b"w", salt=b"s"),
        c.MakeCareKey(member=a.outsider, public=b"k", wrapped=b"w", salt=b"s"),
    ),
    MakeDeskKey=lambda a: (c.MakeDeskKey(public=b"k" * 32, box=b"b" * 90),),
    LetCarerIn=lambda a: (c.LetCarerIn(carer=a.insider, box=b"b" * 90),),
)


def _seen(a: Aim) -> e.Sighted:
    return e.Sighted(place=FORD, at=a.now, chance_other=0.5)


_covers(
    NoteEvidence=lambda a: (
        h.NoteEvidence(mission=a.mission, piece=_seen(a)),
        h.NoteEvidence(mission=a.open, piece=_seen(a), words=a.typed),
        h.NoteEvidence(
            mission=a.open, words="odd", piece=e.Spoken(likely={a.id("hypothesis"): 0.5}, elsewhere=0.5, at=a.now)
        ),
        h.NoteEvidence(
            mission=a.open, piece=e.DogTrail(dog="Pakkun", place=FORD, at=a.now, wind_m_s=1.0, chance_false=0.2)
        ),
    ),
    WithdrawEvidence=lambda a: (
        h.WithdrawEvidence(mission=a.mission, evidence=a.id("evidence"), reason="no"),
        h.WithdrawEvidence(mission=a.open, evidence=a.id("evidence"), reason="no"),
    ),
    WeighClue=lambda a: (
        h.WeighClue(mission=a.mission, clue=a.id("clue"), planted=0.3, anothers=0.1),
        h.WeighClue(mission=a.open, clue=a.id("clue"), planted=0.3, anothers=0.1),
    ),
    StateHypothesis=lambda a: (
        h.StateHypothesis(mission=a.mission, name="he fled"),
        h.StateHypothesis(mission=a.open, name=a.typed),
    ),
    DropHypothesis=lambda a: (
        h.DropHypothesis(mission=a.mission, hypothesis=a.id("hypothesis"), reason="no"),
        h.DropHypothesis(mission=a.open, hypothesis=a.id("hypothesis"), reason="no"),
    ),
    LendDog=lambda a: (
        h.LendDog(mission=a.mission, dog="Pakkun", handler=a.insider, words="go"),
        h.LendDog(mission=a.open, dog="Pakkun", handler=a.insider, words="go"),
    ),
    SayDogState=lambda a: (
        h.SayDogState(mission=a.mission, dog=a.id("dog"), state="tired"),
        h.SayDogState(mission=a.open, dog=a.id("dog"), state="tired"),
    ),
)
