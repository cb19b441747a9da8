"""Rows of a mission's strength: who came into its danger, who was lost to it, and backup with both futures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from wayhome.mission.facts import field as f
from wayhome.mission.facts import missions as fm
from wayhome.mission.folding.strength import loss_keys
from wayhome.mission.state import Mission, Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, row, shows
from wayhome.values.ids import Id, PersonId


def _arrivals(held: Mission, member: PersonId) -> Iterator[Change]:
    for key, one in held.came.items():
        if one.member == member:
            view = v.ArrivalView(member=one.member, at=one.at, how=one.how, place=one.place, until=one.until)
            yield row(held, "arrival", key, view, sort=f"{one.at.ms:015d}.{key}")


@shows(f.Departed, f.ArrivedHome, f.HandedOver)
def came(fact: f.Departed | f.ArrivedHome | f.HandedOver, world: World, said: Said) -> Iterator[Change]:
    yield from _arrivals(of(world, said), fact.member)


@shows(f.BackupSent)
def sent(fact: f.BackupSent, world: World, said: Said) -> Iterator[Change]:
    for member in fact.members:
        yield from _arrivals(of(world, said), member)


Lost = (
    f.CasualtyReported | f.CasualtyTriaged | f.CasualtyWithdrawn | f.MemberFell | f.AlarmRaised | f.AlarmAnswered
    | fm.OutcomeNoted
)  # fmt: skip


@shows(*get_args(Lost))
def lost(fact: Lost, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    for key in loss_keys(held, fact, said):
        one = held.losses.get(key)
        view = None if one is None else v.LossView(member=one.member, at=one.at, how=one.how, place=one.place)
        yield row(held, "loss", key, view, sort=f"{one.at.ms:015d}.{key}" if one else key)


@shows(f.FuturesCompared, f.FutureChosen)
def futures(fact: f.FuturesCompared | f.FutureChosen, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    call = held.backups.get(fact.backup)
    if call is None or call.go_on is None or call.compared is None or call.arrives is None:
        return
    view = v.FuturesView(
        backup=Id(call.id),
        mission=held.id,
        mission_words=held.name,
        asked=call.words,
        place=call.place,
        pursuers=call.pursuers,
        members=tuple(call.sent),
        arrives=call.arrives,
        go_on=call.go_on,
        waits=call.waits,
        rests_on=call.rests_on,
        compared=call.compared,
        chosen=dict(call.chosen),
    )
    yield row(held, "futures", call.id, view, sort=f"{call.compared.ms:015d}.{call.id}")
