"""What is done in care, in the one world of a pair: everything that leaves no trace that a member agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.worlds_of_care.village import CARED_FOR, CARERS, Village

from wayhome.engines.care import stated as s
from wayhome.values.ids import Id

HELD_BACK = (
    s.AgreeLimit, s.PassPromiseOn, s.ReleaseWords, s.EraseCase, s.AllowTicks, s.AdmitCarer,
)  # fmt: skip
"""What shows in the record because somebody agreed that it does: agreed limits, requests, words released, "erased on",
ticks; and who is admitted to the desk. Exempt, and stated in neither world here."""


def tend(world: Village, chance: Random, count: int) -> set[str]:
    """States so many things in care, whatever comes of each: the kinds that were taken."""
    taken = set()
    for _ in range(count):
        member, carer = chance.choice(CARED_FOR), chance.choice(CARERS)
        own = world.look(member, "my_care")
        case = Id(own.case) if own is not None else _case_at_the_desk(world, carer, chance)
        for who, intent in _offered(world, chance, member, carer, case, own):
            if world.tend(who, intent) is not None:
                taken.add(type(intent).__name__)
    return taken


def _case_at_the_desk(world: Village, carer: str, chance: Random) -> Id:
    held = world.look(carer, "care_desk") or ()
    named = [one.case for one in held if one.case]
    return Id(chance.choice(named)) if named else Id("0" * 32)


def _offered(
    world: Village, chance: Random, member: str, carer: str, case: Id, own: Any
) -> Iterator[tuple[str, s.CareIntent]]:
    """One or a few things that might be stated now."""
    now = world.clock.now
    choices: list[list[tuple[str, s.CareIntent]]] = [
        [(member, s.AskForCare()), (carer, s.TakeCase(case=case))],
        [(carer, s.BeginCase(member=world.ids[member]))],
        [(member, s.AnswerCare(answer=chance.choice(("accept", "no", "someone else"))))],
        [(member, s.SetPace(pace=chance.choice(("less", "more"))))],
        [(carer, s.TakeCase(case=case)), (carer, s.AgreeContact(day=now.plus(days=2).day, case=case))],
        [(member, s.CheckIn(safe=chance.random() < 0.6, colour="orange", need="company", words="not much sleep"))],
        [(carer, s.NoteContact(words="we walked", case=case))],
        [(carer, s.NoteSigns(words="pale", head=True, medic=world.ids["Psych-nin"], case=case))],
        [(carer, s.SetWatch(watcher=world.ids[carer], over="the flat", every_hours=2, case=case))],
        [(carer, s.MakePromise(words="ask her to send us together", owner=world.ids["Tsunade"], case=case))],
        [(carer, s.ProposeLimit(words="no body recovery", until=now.plus(days=60).day, case=case))],
        [(member, s.HoldWords(mission=world.mission, words="he was fourteen"))],
        [(member, s.RecordRefusal(what="counselling"))],
        [(carer, s.TellWorry(about=world.ids[member], words="he does not eat"))],
        [(member, s.AskForSomeoneElse(never=world.ids[carer]))],
        [(carer, s.LeaveCase(case=case))],
        [(member, s.CloseCase())],
    ]
    for flag in own.flags if own is not None else ():
        choices.append([(carer, s.OwnFlag(flag=flag.flag)), (carer, s.CloseFlag(flag=flag.flag))])
    yield from chance.choice(choices)
