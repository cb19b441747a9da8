"""How a mission's strength adds up: arrivals, losses, and backup with what those in pursuit make of it."""

from __future__ import annotations

from wayhome.mission.facts import field as f
from wayhome.mission.facts.base import Fact
from wayhome.mission.folding.registry import on_mission
from wayhome.mission.state import BackupCall, Came, Loss, Mission, Said
from wayhome.values.ids import Id, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment

LOST_BY_TRIAGE = {"red": "badly hurt", "yellow": "hurt", "black": "dead", "": "hurt, not triaged"}
"""A casualty marked green can go on: no loss."""
OUT_OF_CONTACT = frozenset({"silence", "team overdue"})
KILLED = frozenset({"killed", "lost", "missing"})


def came(mission: Mission, key: str, member: PersonId, at: Moment, how: str, place: Place | None = None) -> None:
    """Somebody comes, once: whoever was sent and departs for it is not another one."""
    on_the_way = (one for one in mission.came.values() if one.member == member and one.how == "sent")
    if how == "departed" and any(one.until is None and one.at.ms >= at.ms for one in on_the_way):
        return
    mission.came[key] = Came(member, at, how, place)


def went(mission: Mission, member: PersonId, at: Moment) -> None:
    """Somebody is home or handed over: from then on they are in no danger there."""
    for one in mission.came.values():
        if one.member == member and one.until is None:
            one.until = at


def hurt(mission: Mission, casualty: Id, at: Moment) -> None:
    """A casualty of ours as it now stands; whoever can go on, or was a slip, is no loss."""
    held = mission.casualties.get(casualty)
    key = f"casualty:{casualty}"
    if held is None or held.member is None or held.triage not in LOST_BY_TRIAGE:
        mission.losses.pop(key, None)
        return
    before = mission.losses.get(key)
    mission.losses[key] = Loss(held.member, before.at if before else at, LOST_BY_TRIAGE[held.triage], held.place)


def unheard(mission: Mission, fact: f.AlarmRaised, at: Moment) -> None:
    if fact.what not in OUT_OF_CONTACT:
        return
    team = mission.teams.get(fact.team) if fact.team else None
    members = (fact.member,) if fact.member else team.members if team else ()
    for member in members:
        mission.losses.setdefault(f"alarm:{fact.alarm}:{member}", Loss(member, at, "out of contact"))


def heard_again(mission: Mission, alarm: Id) -> None:
    for key in [key for key in mission.losses if key.startswith(f"alarm:{alarm}:")]:
        del mission.losses[key]


def killed(mission: Mission, member: PersonId, outcome: str, at: Moment) -> None:
    if outcome in KILLED:
        mission.losses.setdefault(f"outcome:{member}", Loss(member, at, outcome))


def loss_keys(mission: Mission, fact: Fact, said: Said) -> tuple[str, ...]:
    """The keys of the losses that a fact may have changed, whether they stand now or no longer."""
    match fact:
        case f.CasualtyReported() | f.CasualtyTriaged() | f.CasualtyWithdrawn():
            return (f"casualty:{fact.casualty}",)
        case f.MemberFell():
            return (f"fell:{said.id}",)
        case f.AlarmRaised() | f.AlarmAnswered():
            alarm = mission.alarms.get(fact.alarm)
            team = mission.teams.get(alarm.team) if alarm and alarm.team else None
            members = (alarm.member,) if alarm and alarm.member else team.members if team else ()
            return tuple(f"alarm:{fact.alarm}:{member}" for member in members)
        case _:
            return (f"outcome:{getattr(fact, 'member', '')}",)


@on_mission(f.MemberFell)
def member_fell(mission: Mission, fact: f.MemberFell, said: Said) -> None:
    mission.losses[f"fell:{said.id}"] = Loss(fact.member, said.at, "down", fact.place)


@on_mission(f.BackupAsked)
def backup_asked(mission: Mission, fact: f.BackupAsked, said: Said) -> None:
    call = BackupCall(fact.backup, fact.place, fact.words, said.author, fact.pursuers)
    mission.backups.setdefault(fact.backup, call)


@on_mission(f.BackupSent)
def backup_sent(mission: Mission, fact: f.BackupSent, said: Said) -> None:
    call = mission.backups.get(fact.backup)
    place = call.place if call else None
    for member in fact.members:
        came(mission, f"sent:{fact.backup}:{member}", member, fact.arrives, "sent", place)
    if call is not None:
        call.sent |= dict.fromkeys(fact.members, fact.arrives)


@on_mission(f.FuturesCompared)
def futures_compared(mission: Mission, fact: f.FuturesCompared, said: Said) -> None:
    call = mission.backups.get(fact.backup)
    if call is not None:
        call.go_on, call.waits, call.rests_on = fact.go_on, fact.waits, fact.rests_on
        call.arrives, call.compared, call.chosen = fact.arrives, said.at, {}


@on_mission(f.FutureChosen)
def future_chosen(mission: Mission, fact: f.FutureChosen, said: Said) -> None:
    call = mission.backups.get(fact.backup)
    if call is not None:
        call.chosen[fact.member] = fact.choice
