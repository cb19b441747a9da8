"""The part of the table that covers care: every read, and everything that is stated behind the wall, as an outsider.

Whoever looks around holds keys of their own. `tests/worlds_of_care` holds apart worlds with cases and without; here the
worlds differ by a secret mission, of which nothing may come through by way of care.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.worlds.covered import Aim, Shape

from wayhome.engines.care import stated as c
from wayhome.engines.care.stated import CareIntent

READS: dict[str, tuple[Shape, ...]] = {
    "my_care": ({},),
    "whom_to_call": ({},),
    "care_screen": ({}, {"case": "?telling"}),
    "held_words": ({},),
    "export_care": ({},),
    "care_cases": ({},),
    "care_whom": ({},),
    "care_case": ({"case": "?telling"},),
    "supporters": ({}, {"case": "?telling"}),
    "care_desk": ({},),
    "worries": ({},),
    "to_medic": ({},),
    "care_waiting": ({},),
    "care_counts": ({"quarter": "2025-Q4"},),
}

Make = Callable[[Aim], tuple[CareIntent, ...]]

INTENTS: dict[str, Make] = {
    "AskForCare": lambda a: (c.AskForCare(),),
    "BeginCase": lambda a: (
        c.BeginCase(member=a.insider, follow_up=a.id("line")),
        c.BeginCase(member=a.outsider),
    ),
    "AnswerCare": lambda a: (c.AnswerCare(answer="accept"), c.AnswerCare(answer="no", case=a.id("telling"))),
    "SetPace": lambda a: (c.SetPace(pace="less"),),
    "TakeCase": lambda a: (c.TakeCase(case=a.id("telling")),),
    "LeaveCase": lambda a: (c.LeaveCase(case=a.id("telling")),),
    "AskForSomeoneElse": lambda a: (c.AskForSomeoneElse(never=a.insider),),
    "DeclareCloseness": lambda a: (c.DeclareCloseness(case=a.id("telling")),),
    "AgreeContact": lambda a: (c.AgreeContact(day=a.now.plus(days=3).day),),
    "NoteContact": lambda a: (c.NoteContact(words="by the ford"), c.NoteContact(minutes=30, case=a.id("telling"))),
    "CheckIn": lambda a: (c.CheckIn(safe=True, colour="green", words=a.typed),),
    "RecordRefusal": lambda a: (c.RecordRefusal(what="counselling"),),
    "NoteSigns": lambda a: (c.NoteSigns(words="quiet", case=a.id("telling")),),
    "AllowTicks": lambda a: (c.AllowTicks(ticks=True),),
    "OwnFlag": lambda a: (c.OwnFlag(flag=a.id("alarm")),),
    "CloseFlag": lambda a: (c.CloseFlag(flag=a.id("alarm")),),
    "AnswerLadder": lambda a: (c.AnswerLadder(about=a.id("alarm")),),
    "OpenTogether": lambda a: (c.OpenTogether(case=a.id("telling"), reason="consent"),),
    "SetWatch": lambda a: (c.SetWatch(watcher=a.insider, over="the north wall", every_hours=4.0),),
    "AgreeWatch": lambda a: (c.AgreeWatch(watch=a.id("glass")),),
    "ReportWatch": lambda a: (c.ReportWatch(watch=a.id("glass"), change=True),),
    "EndWatch": lambda a: (c.EndWatch(watch=a.id("glass")),),
    "MakePromise": lambda a: (c.MakePromise(words="time off", owner=a.insider, case=a.id("telling")),),
    "PassPromiseOn": lambda a: (c.PassPromiseOn(promise=a.id("telling")),),
    "SetStage": lambda a: (c.SetStage(stage="base"),),
    "ProposeLimit": lambda a: (c.ProposeLimit(words="by day", until=a.now.day, case=a.id("telling")),),
    "AgreeLimit": lambda a: (c.AgreeLimit(limit=a.id("cover")),),
    "HoldWords": lambda a: (c.HoldWords(mission=a.mission, words="mine"), c.HoldWords(mission=a.open, words="mine")),
    "ReleaseWords": lambda a: (c.ReleaseWords(held=a.id("telling")),),
    "CloseCase": lambda a: (c.CloseCase(), c.CloseCase(case=a.id("telling"))),
    "ReopenCase": lambda a: (c.ReopenCase(),),
    "EraseCase": lambda a: (c.EraseCase(case=a.id("telling")),),
    "TellWorry": lambda a: (c.TellWorry(about=a.insider, words=a.typed),),
    "TakeWorry": lambda a: (c.TakeWorry(worry=a.id("telling")),),
    "HandleHeadInjury": lambda a: (c.HandleHeadInjury(about=a.id("casualty")),),
    "AdmitCarer": lambda a: (c.AdmitCarer(carer=a.insider),),
}
