"""Every reason for which the rules refuse: stated once, with the words that people read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.fakes.scene import HERE, NOBODY, NOTHING, Scene
from tests.mission import (
    refused_care_keys,
    refused_care_shown,
    refused_covering,
    refused_drawing,
    refused_duty_hours,
    refused_entering,
    refused_glass,
    refused_photos,
    refused_searching,
    refused_strength,
    refused_telling,
    refused_undoing,
)
from tests.mission.refusing import CASES, Case, Stated, one, refuses

import wayhome.mission.rules
from wayhome.mission.facts.missions import Need
from wayhome.mission.facts.people import Scales
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.values.ids import Id, MissionId
from wayhome.values.when import Deadline

ALL_CASES = (
    refused_entering, refused_drawing, refused_undoing, refused_telling, refused_glass, refused_covering,
    refused_photos, refused_care_shown, refused_duty_hours, refused_care_keys, refused_searching,
    refused_strength,
)  # fmt: skip
"""Whose cases stand in `CASES` as well."""

LATER, EARLIER = 3.0, -3.0

# One line or two for each, so that they read as the table that they are.
# fmt: off
one("number twice", "every member needs their own", "Tsunade",
    lambda s: p.ImportRoster(rows=(p.RosterEntry(ref="1", name="a"), p.RosterEntry(ref="1", name="b"))))
one("not yours to give", "the duty commander is for command to give", "Kotetsu",
    lambda s: p.EnrolMember(name="x", duties=("commander",)))
one("already founded", "already holds The Leaf", "Tsunade",
    lambda s: p.FoundOrganisation(name="x", zone="UTC", profile="leaf", scales=Scales(), founder="y"))
one("no such member", "nobody on the roster", "Tsunade", lambda s: p.GiveRank(member=NOBODY, rank="genin"))
one("no such rank", "'emperor' is no rank here", "Tsunade", lambda s: p.GiveRank(member=s["Neji"], rank="emperor"))
one("no such rank", "'Z' is no mission rank", "Shizune", lambda s: m.RaiseAlarm(name="x", rank="Z"))
one("no such duty", "'king' is no duty", "Tsunade", lambda s: p.SetDuties(member=s["Neji"], duties=("king",)))
one("no such level", "levels are 1 to 5", "Tsunade", lambda s: p.SetSkill(member=s["Neji"], skill="medic", level=6))
one("nothing said", "the skill is empty", "Tsunade", lambda s: p.SetSkill(member=s["Neji"], skill=" ", level=1))
one("too long", "at most 200 fit", "Tsunade", lambda s: p.EnrolMember(name="長" * 201))
one("number taken", "number Neji is on the roster", "Tsunade", lambda s: p.EnrolMember(name="x", ref="Neji"))
one("not yours to do", "is for clerk or commander", "Choji", lambda s: p.EnrolMember(name="x"))
one("expired before awarded", "expire before it was awarded", "Tsunade",
    lambda s: p.AwardQualification(
        member=s["Neji"], name="Rope", awarded=date(2026, 2, 2), expires=date(2026, 2, 1)))
one("at whose wish", "one of own, command, circumstance", "Tsunade",
    lambda s: p.TakeRole(member=s["Neji"], role="cook", wish="fate"))
one("nobody holds it", "nobody holds the role 'cook'", "Tsunade",
    lambda s: p.EndRole(role="cook", wish="own", reason="x"))
one("no such status", "'asleep' is no duty status", "Choji",
    lambda s: p.SetDutyStatus(member=s["Choji"], status="asleep"))
one("in the past", "end before it begins", "Choji",
    lambda s: p.SetDutyStatus(member=s["Choji"], status="leave", until=s.now.plus(hours=EARLIER)))
one("in the past", "the leave would end", "Choji",
    lambda s: p.WriteLeaveLetter(member=s["Choji"], letter="x", until=s.now.plus(hours=EARLIER)))
one("ends before it begins", "the span ends", "Choji",
    lambda s: p.SayAvailability(member=s["Choji"], start=s.now, end=s.now, available=True))
one("no such bond", "is one of teaches", "Choji",
    lambda s: p.StateBond(one=s["Choji"], other=s["Neji"], what="owes money"))
one("how often", "every 1 to 366 days", "Choji",
    lambda s: p.PlanRoutine(member=s["Choji"], what="tea", every_days=0, first=s.now))
one("no such day", "no day 31 of month 13", "Choji", lambda s: p.ShareWeighingDay(member=s["Choji"], month=13, day=31))
one("no such petition", "`wayhome petition list`", "Tsunade",
    lambda s: p.AnswerPetition(petition=NOTHING, granted=True))
one("in the future", "has not come yet", "Tsunade", lambda s: p.Remember(name="x", on=date(2099, 1, 1)))
one("not on the memorial", "no such remembrance", "Tsunade",
    lambda s: p.VeilRemembrance(remembrance=NOTHING, hidden=("date",)))
one("not an order", "name each person once", "Tsunade", lambda s: p.SetSuccession(order=(s["Neji"], s["Neji"])))
one("in command already", "you command already", "Tsunade", lambda s: p.TakeCommand(reason="x"))
one("not in the succession", "you are not in it", "Neji", lambda s: p.TakeCommand(reason="x"))
one("seats", "0 to 500 seats", "Tsunade", lambda s: p.AddVehicle(name="Bus", seats=501))
one("no such vehicle", "`wayhome vehicle list`", "Tsunade", lambda s: p.SetVehicleStatus(vehicle=NOTHING, status="x"))
one("no such vehicle", "`wayhome vehicle list`", "Shizune", lambda s: i.TakeVehicle(mission=s.mission, vehicle=NOTHING))
one("not here", "does not have that vehicle", "Shizune", lambda s: i.ReleaseVehicle(mission=s.mission, vehicle=NOTHING))
one("not yours to do", "for clock", "Tsunade",
    lambda s: p.OpenFollowUp(member=s["Neji"], mission=s.mission, open_to_carers=True, reasons=(), contacts=()))

one("no such mission", "`wayhome mission list`", "Choji",
    lambda s: m.VoiceDoubt(mission=MissionId(NOTHING), member=s["Choji"], words="x"))
one("too few places", "1 places cannot hold 3", "Shizune",
    lambda s: m.PlanMission(mission=s.mission, least_people=3, most_people=1))
one("no such need", "levels are 1 to 5", "Shizune",
    lambda s: m.PlanMission(mission=s.mission, needs=(Need("medic", 9, 1),)))
one("how long", "at most a year", "Shizune", lambda s: m.PlanMission(mission=s.mission, hours=0))
one("in the past", "home by", "Shizune", lambda s: m.PlanMission(mission=s.mission, home_by=s.soon(EARLIER)))
one("no such time", "the answer by", "Shizune",
    lambda s: m.MakeOffer(mission=s.mission, member=s["Neji"], answer_by=Deadline("noonish", "Europe/Andorra")))
one("no such answer", "", "Shizune", lambda s: m.ScoreUrgency(mission=s.mission, answers={"colour": "blue"}))
one("nothing said", "at least one thing of the subject", "Shizune",
    lambda s: m.DescribeSubject(mission=s.mission, fields={}))
one("no such field", "", "Shizune",
    lambda s: m.DescribeSubject(mission=s.mission, fields={"shoe size of the dog": "3"}))
one("which point", "IPP (initial planning point)", "Shizune",
    lambda s: m.SetInitialPoint(mission=s.mission, place=HERE, at=s.now, what="there"))
one("in the future", "seen in the future", "Shizune",
    lambda s: m.SetInitialPoint(mission=s.mission, place=HERE, at=s.now.plus(hours=LATER)))
one("not secret", "for everybody to see", "Shizune", lambda s: m.ReadInMember(mission=s.mission, member=s["Neji"]))
one("not read in", "is not read in", "Shizune",
    lambda s: m.ReadOutMember(mission=s.secret(), member=s["Neji"], reason="x"))
one("the owner", "owner of a compartment", "Shizune",
    lambda s: m.ReadOutMember(mission=s.secret(), member=s["Shizune"], reason="x"))
one("not read in", "must be read in first", "Shizune",
    lambda s: m.TakeMissionCommand(mission=s.secret(), member=s["Neji"], reason="x"))
one("not read in", "must be read in first", "Shizune",
    lambda s: m.JoinAsWalkIn(mission=s.secret(), member=s["Neji"], post="cook"))
one("no such state", "'won' is no state", "Shizune", lambda s: m.MoveMission(mission=s.mission, to="won", reason="x"))
one("no such move", "cannot become raised", "Shizune",
    lambda s: m.MoveMission(mission=s.mission, to="raised", reason="x"))
one("what would reopen it", "a new clue", "Shizune",
    lambda s: m.MoveMission(mission=s.mission, to="suspended", reason="night"))
one("in command already", "Shizune commands already", "Shizune",
    lambda s: m.TakeMissionCommand(mission=s.mission, member=s["Shizune"], reason="x"))
one("not yours to do", "Shizune commands", "Choji",
    lambda s: m.TakeMissionCommand(mission=s.mission, member=s["Choji"], reason="x"))
one("no such conflict", "`wayhome mission conflicts`", "Shizune",
    lambda s: m.SettleConflict(mission=s.mission, conflict=NOTHING, how="x"))
one("no such offer", "`wayhome offer list`", "Neji", lambda s: m.AnswerOffer(offer=NOTHING, answer="accepted"))
one("not held back", "is not held back", "Shizune",
    lambda s: m.HoldBack(mission=s.mission, member=s["Neji"], reason="x", lifted=True))
one("how do they know", "seen, hearsay, unknown", "Choji",
    lambda s: m.FileReport(mission=s.mission, source="x", words="y", grade="dreamt"))
one("how sure", "0 to 100 per cent", "Choji",
    lambda s: m.FileReport(mission=s.mission, source="x", words="y", sure_percent=101))
one("no such testimony", "nothing by that name", "Choji",
    lambda s: m.ReleaseTestimony(mission=s.mission, testimony=NOTHING, words="x"))
one("no such assumption", "rests on no such assumption", "Choji",
    lambda s: m.FailAssumption(mission=s.mission, assumption=NOTHING, how="x"))
one("which stage", "draft or official", "Choji", lambda s: m.WriteReport(mission=s.mission, stage="poem", words="x"))
one("how did it come", "typed, pasted, photo", "Choji",
    lambda s: m.WriteReport(mission=s.mission, stage="draft", words="x", came_as="dream"))
one("no briefing", "no briefing has been written", "Choji",
    lambda s: m.AcknowledgeBriefing(mission=s.mission, member=s["Choji"], version=1))
one("no such exposure", "say what happened", "Choji",
    lambda s: m.NoteExposure(mission=s.mission, member=s["Choji"], kinds=("boredom",)))

one("name taken", "there is a team ALPHA", "Shizune",
    lambda s: (s.form(), i.FormTeam(mission=s.mission, name="ALPHA"))[1])
one("not on the mission", "has accepted no offer", "Shizune",
    lambda s: i.FormTeam(mission=s.mission, name="Bravo", members=(s["Neji"],)))
one("how long", "1 to 1440 minutes", "Shizune", lambda s: i.FormTeam(mission=s.mission, name="B", overdue_min=0))
one("no such team", "no such team in this mission", "Shizune",
    lambda s: i.ChangeTeam(mission=s.mission, team=NOTHING, members=()))
one("no such team", "there is no team 'Zulu'", "Choji",
    lambda s: i.ReportPlace(mission=s.mission, place=HERE, team="Zulu"))
one("not signed in", "is not signed in", "Choji", lambda s: i.SignOut(mission=s.mission, member=s["Choji"]))
one("not going", "has accepted no offer", "Choji", lambda s: i.Depart(mission=s.mission, member=s["Choji"]))
one("not out", "is not out on", "Choji", lambda s: i.ArriveHome(mission=s.mission, member=s["Choji"]))
one("how often", "1 minute to a week", "Shizune",
    lambda s: i.WatchSilence(mission=s.mission, member=s["Choji"], every_min=0))
one("no such alarm", "`wayhome alarm list`", "Choji",
    lambda s: i.AnswerAlarm(mission=s.mission, alarm=NOTHING, words="x"))
one("in what state", "alive, hurt, dead", "Choji", lambda s: i.ReportFound(mission=s.mission, who="Ana", state="fine"))
one("in the future", "has not come yet", "Choji",
    lambda s: i.ReportPlace(mission=s.mission, place=HERE, at=s.now.plus(hours=LATER)))
one("how many", "1 to 500 people", "Choji",
    lambda s: i.AskBackup(mission=s.mission, place=HERE, words="x", people=0))
one("nobody named", "at least one member", "Shizune",
    lambda s: i.SendBackup(mission=s.mission, backup=NOTHING, members=(), arrives=s.now))
one("no such backup", "nobody asked for that", "Shizune",
    lambda s: i.SendBackup(mission=s.mission, backup=NOTHING, members=(s["Neji"],), arrives=s.now))
one("nothing said", "an empty line is not logged", "Choji", lambda s: i.LogLine(mission=s.mission, words="  "))
one("too long", "at most 100,000 fit", "Choji", lambda s: i.LogLine(mission=s.mission, words="x" * 100_001))
one("which instruction", "collect, mark and leave", "Choji",
    lambda s: i.ReportClue(mission=s.mission, words="x", instruction="eat"))
one("no such clue", "no such clue", "Choji", lambda s: i.WithdrawClue(mission=s.mission, clue=NOTHING, reason="x"))
one("which triage", "red, yellow, green, black", "Choji",
    lambda s: i.ReportCasualty(mission=s.mission, who="Ana", triage="blue"))
one("no such casualty", "no such casualty", "Choji",
    lambda s: i.Triage(mission=s.mission, casualty=NOTHING, triage="red"))
# fmt: on


@refuses("no such zone", "IANA name")
def _(s: Scene) -> Stated:
    s.world.organisation.name = ""
    return "Tsunade", p.FoundOrganisation(name="x", zone="Mars/Base", profile="leaf", scales=Scales(), founder="y")


@refuses("cannot be hidden", "date, mission and line")
def _(s: Scene) -> Stated:
    name = s.do("Tsunade", p.Remember(name="Asuma", on=date(2024, 3, 1))).made
    return "Tsunade", p.VeilRemembrance(remembrance=Id(name), hidden=("name",))


@refuses("answered already", "has its answer")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", p.MakePetition(member=s["Choji"], role="cook")).made)
    s.do("Tsunade", p.AnswerPetition(petition=made, granted=False))
    return "Tsunade", p.AnswerPetition(petition=made, granted=True)


@refuses("lost", "is on the memorial")
def _(s: Scene) -> Stated:
    s.do("Tsunade", p.Remember(name="Choji", on=date(2026, 2, 1), member=s["Choji"]))
    return "Tsunade", p.SetDutyStatus(member=s["Choji"], status="available")


@refuses("erased", "for good")
def _(s: Scene) -> Stated:
    s.do("Choji", p.ErasePerson(member=s["Choji"], reason="my wish"))
    return "Choji", p.GiveHome(member=s["Choji"], words="the old house")


@refuses("somebody before you", "stands before you and is here")
def _(s: Scene) -> Stated:
    s.do("Tsunade", p.SetSuccession(order=(s["Neji"], s["Choji"])))
    return "Choji", p.TakeCommand(reason="x")


@refuses("not here", "your own duty status is leave")
def _(s: Scene) -> Stated:
    s.do("Tsunade", p.SetSuccession(order=(s["Neji"],)))
    s.do("Neji", p.SetDutyStatus(member=s["Neji"], status="leave"))
    return "Neji", p.TakeCommand(reason="x")


@refuses("ours already", "rings for every timer")
def _(s: Scene) -> Stated:
    s.do("Tsunade", p.TakeClock())
    return "Tsunade", p.TakeClock()


@refuses("open already", "that follow-up is open")
def _(s: Scene) -> Stated:
    follow_up = p.OpenFollowUp(
        member=s["Neji"], mission=s.mission, open_to_carers=True, reasons=("death",), contacts=()
    )
    s.do("the clock", follow_up)
    s.clock.forward(minutes=1)
    return "the clock", follow_up


@refuses("not there", "Van is away")
def _(s: Scene) -> Stated:
    van = Id(s.do("Tsunade", p.AddVehicle(name="Van")).made)
    s.do("Tsunade", p.SetVehicleStatus(vehicle=van, status="away"))
    return "Shizune", i.TakeVehicle(mission=s.mission, vehicle=van)


@refuses("somebody is out", "1 is not home or handed over: Neji")
def _(s: Scene) -> Stated:
    s.departs("Neji")
    return "Shizune", m.MoveMission(mission=s.mission, to="closed", reason="done")


@refuses("not found", "")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.DescribeSubject(mission=s.mission, fields={"name": "Ana"}))
    return "Shizune", m.MoveMission(mission=s.mission, to="closed", reason="done")


@refuses("over", "Lost hiker is refused")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.MoveMission(mission=s.mission, to="refused", reason="not ours"))
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Neji"])


@refuses("over", "Lost hiker is closed")
def _(s: Scene) -> Stated:
    s.accepts("Neji")
    s.held.state = "closed"
    return "Neji", i.Depart(mission=s.mission, member=s["Neji"])


@refuses("cannot go", "Neji is on leave until")
def _(s: Scene) -> Stated:
    s.do("Neji", p.SetDutyStatus(member=s["Neji"], status="leave", until=s.now.plus(hours=LATER)))
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Neji"])


@refuses("cannot go", "send somebody else")
def _(s: Scene) -> Stated:
    backup = Id(s.do("Choji", i.AskBackup(mission=s.mission, place=HERE, words="rope")).made)
    s.do("Neji", p.SetDutyStatus(member=s["Neji"], status="leave"))
    return "Shizune", i.SendBackup(mission=s.mission, backup=backup, members=(s["Neji"],), arrives=s.now)


@refuses("in the past", "they would be there already")
def _(s: Scene) -> Stated:
    backup = Id(s.do("Choji", i.AskBackup(mission=s.mission, place=HERE, words="rope")).made)
    arrives = s.now.plus(hours=EARLIER)
    return "Shizune", i.SendBackup(mission=s.mission, backup=backup, members=(s["Neji"],), arrives=arrives)


@refuses("held back", "too close")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.HoldBack(mission=s.mission, member=s["Neji"], reason="too close"))
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Neji"])


@refuses("held back", "Neji is held back")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.HoldBack(mission=s.mission, member=s["Neji"], reason="too close"))
    return "Shizune", m.JoinAsWalkIn(mission=s.mission, member=s["Neji"], post="cook")


@refuses("held back", "Neji is held back")
def _(s: Scene) -> Stated:
    s.accepts("Neji")
    s.brief("Neji")
    s.do("Shizune", m.HoldBack(mission=s.mission, member=s["Neji"], reason="too close"))
    return "Neji", i.Depart(mission=s.mission, member=s["Neji"])


@refuses("asked already", "has an offer for this mission already")
def _(s: Scene) -> Stated:
    s.offer("Neji")
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Neji"])


@refuses("no place left", "all 1 places")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.PlanMission(mission=s.mission, most_people=1))
    s.accepts("Neji")
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Choji"])


@refuses("needs an exception: rank", "S asks for jounin")
def _(s: Scene) -> Stated:
    s.do("Shizune", m.RegradeMission(mission=s.mission, rank="S", reason="worse"))
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Choji"])


@refuses("needs an exception: history", "Neji: never led a team")
def _(s: Scene) -> Stated:
    s.do("Tsunade", p.StateNever(member=s["Neji"], deed="led a team"))
    s.do("Shizune", m.RegradeMission(mission=s.mission, rank="S", reason="worse"))
    s.do("Tsunade", p.GiveRank(member=s["Neji"], rank="jounin"))
    return "Shizune", m.MakeOffer(mission=s.mission, member=s["Neji"])


@refuses("which limits", "back by 18:00")
def _(s: Scene) -> Stated:
    return "Neji", m.AnswerOffer(offer=s.offer("Neji"), answer="accepted with limits")


@refuses("until when", "say until when")
def _(s: Scene) -> Stated:
    return "Neji", m.AnswerOffer(offer=s.offer("Neji"), answer="thinking")


@refuses("no such answer", "'perhaps' is no answer")
def _(s: Scene) -> Stated:
    return "Neji", m.AnswerOffer(offer=s.offer("Neji"), answer="perhaps")


@refuses("no such move", "cannot become accepted")
def _(s: Scene) -> Stated:
    offer = s.offer("Neji")
    s.do("Neji", m.AnswerOffer(offer=offer, answer="declined"))
    return "Neji", m.AnswerOffer(offer=offer, answer="accepted")


@refuses("no such move", "cannot be deferred")
def _(s: Scene) -> Stated:
    return "Shizune", m.DeferOffer(offer=s.accepts("Neji"), answer_by=s.soon())


@refuses("by which channel", "by phone or radio")
def _(s: Scene) -> Stated:
    return "Shizune", m.AnswerOffer(offer=s.offer("Neji"), answer="accepted")


@refuses("not yours to do", "typing a reply for somebody else")
def _(s: Scene) -> Stated:
    return "Choji", m.AnswerOffer(offer=s.offer("Neji"), answer="accepted", channel="phone")


@refuses("departed already", "has departed on it")
def _(s: Scene) -> Stated:
    s.departs("Neji")
    offer = next(iter(s.held.offers))
    return "Neji", m.AnswerOffer(offer=offer, answer="declined")


@refuses("departed already", "has departed already")
def _(s: Scene) -> Stated:
    s.departs("Neji")
    return "Neji", i.Depart(mission=s.mission, member=s["Neji"])


@refuses("not due", "not due yet")
def _(s: Scene) -> Stated:
    return "the clock", m.LapseOffer(offer=s.offer("Neji", by=s.soon()))


@refuses("no briefing", "`wayhome mission brief`")
def _(s: Scene) -> Stated:
    s.accepts("Neji")
    return "Neji", i.Depart(mission=s.mission, member=s["Neji"])


@refuses("not briefed", "has not acknowledged briefing 1")
def _(s: Scene) -> Stated:
    s.accepts("Neji")
    s.brief()
    return "Neji", i.Depart(mission=s.mission, member=s["Neji"])


@refuses("an older briefing", "at version 2")
def _(s: Scene) -> Stated:
    s.brief()
    s.brief()
    return "Neji", m.AcknowledgeBriefing(mission=s.mission, member=s["Neji"], version=1)


@refuses("leader elsewhere", "the leader is one of the team")
def _(s: Scene) -> Stated:
    s.accepts("Neji")
    return "Shizune", i.FormTeam(mission=s.mission, name="B", members=(s["Neji"],), leader=s["Choji"])


@refuses("signed in already", "Choji is signed in")
def _(s: Scene) -> Stated:
    s.do("Choji", i.SignIn(mission=s.mission, member=s["Choji"]))
    return "Choji", i.SignIn(mission=s.mission, member=s["Choji"])


@refuses("raised already", "stands already")
def _(s: Scene) -> Stated:
    alert = i.RaiseAlert(mission=s.mission, about="team:x:1", what="team overdue", words="x")
    s.do("the clock", alert)
    s.clock.forward(minutes=1)
    return "the clock", alert


@refuses("stated already", "rests on that assumption already")
def _(s: Scene) -> Stated:
    s.do("Choji", m.Assume(mission=s.mission, words="The bridge holds."))
    return "Choji", m.Assume(mission=s.mission, words="the  bridge HOLDS")


@refuses("not yours to do", "only Choji can release it")
def _(s: Scene) -> Stated:
    done = s.do("Choji", m.WithholdTestimony(mission=s.mission, holder=s["Choji"], about="the fire"))
    return "Neji", m.ReleaseTestimony(mission=s.mission, testimony=Id(done.made), words="x")


@pytest.mark.parametrize(("code", "words", "case"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_it_is_refused_with_its_reason(code: str, words: str, case: Case) -> None:
    """The refusal has its code, and its text says what is wrong."""
    scene = Scene()
    who, intent = case(scene)
    heads = scene.house.log.heads()
    refusal = scene.refused(who, intent)
    assert (refusal.code, words in refusal.text) == (code, True), refusal.text
    assert scene.house.log.heads() == heads, "a refused intent wrote something"


def stated_codes() -> Iterator[str]:
    """Every code with which a rule refuses, read from the source of the rules."""
    for path in Path(wayhome.mission.rules.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{path.name}:{node.lineno} refuses with a code made on the way"
                yield str(code.value)


def test_every_reason_is_tested() -> None:
    """A rule that refuses for a new reason fails here until the reason is stated above."""
    nothing_decides = {"cannot do that"}
    assert set(stated_codes()) - nothing_decides - {code for code, _, _ in CASES} == set()
