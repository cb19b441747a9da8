"""Two worlds, one with a secret mission: who is not read in is told the same, at the same ticks, and feeds the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.fakes.messengers import HandPool, PostOffice
from tests.worlds.cast import INSIDERS, OUTSIDERS
from tests.worlds.openly import Openly
from tests.worlds.pair import Pair, Tally
from tests.worlds.play import _interwoven
from tests.worlds.secret import Secret
from tests.worlds.world import World

from wayhome.assembly.local import LocalHouse
from wayhome.faces.diary import diary_of
from wayhome.formats.calendar import feed
from wayhome.usecases.concerns import ConcernedRows, Concerns
from wayhome.usecases.notifying import Notifier, item_of
from wayhome.usecases.ports import Change
from wayhome.usecases.rows import FEW
from wayhome.usecases.waiting import waiting
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Moment

MANY = tuple(MissionId(str(number)) for number in range(FEW + 1))
"""Whom so many missions concern is read for as on their own screen."""


class Telling:
    """A notifier of one world, with a channel for everybody, and what went out by tick."""

    def __init__(self, world: World, pair: Pair) -> None:
        self.house, self.post, self.pool = world.house, PostOffice(), HandPool()
        self._insiders = {f"push://{pair.cast[name]}" for name in INSIDERS}
        at = self.house
        self.notifier = Notifier(at.log, at.acting, self.post, self.pool, lambda one: (f"push://{one}",))

    def tick(self) -> tuple[list[str], int]:
        """One tick: who of those not read in was told in it, and how many insiders."""
        before = len(self.post.taken)
        self.notifier.notify(now_in(self.house))
        self.pool.work()
        told = self.post.urls[before:]
        outside = sorted(url for url in told if url not in self._insiders)
        return outside, len(told) - len(outside)


def now_in(house: LocalHouse) -> Moment:
    return house.clock().at("Europe/Andorra")


@pytest.mark.parametrize("seed", range(8))
def test_who_is_not_read_in_is_told_the_same(seed: int, tmp_path: Path) -> None:
    """Through both stories, interwoven: every tick tells the same outsiders; only insiders hear more."""
    pair = Pair(seed, Tally(), tmp_path)
    openly = Openly(pair)
    openly.begin()
    tellings = [Telling(world, pair) for world in pair.worlds]
    chance = pair.random("time")
    inside = [0, 0]
    for step in _interwoven(openly, Secret(pair, openly.helicopter), chance):
        pair.forward(chance.choice((0, 1, 5, 20)))
        step()
        (told, insiders), (told_without, insiders_without) = (telling.tick() for telling in tellings)
        assert told == told_without
        inside = [inside[0] + insiders, inside[1] + insiders_without]
    assert inside[0] > inside[1]
    assert {(title, body) for one in tellings for _, title, body in one.post.taken} == {("Wayhome", "open Wayhome")}
    for name in OUTSIDERS:
        _same_for(pair, tellings, name)


def _same_for(pair: Pair, tellings: list[Telling], name: str) -> None:
    """What an outsider may read of their messages, and their calendar feed, in both worlds."""
    told, feeds = [], []
    for telling in tellings:
        told.append(telling.notifier.told(pair.cast[name]).value)
        me = telling.house.as_member(pair.cast[name])
        feeds.append(feed(diary_of(me), now=me.now()))
    assert told[0] == told[1], name
    assert feeds[0] == feeds[1], name


@pytest.mark.parametrize("seed", range(100, 104))
def test_the_short_cut_finds_all_that_waits(seed: int, tmp_path: Path) -> None:
    """Whatever has happened, what is told is what waits on the member's own screen, and nothing besides."""
    pair = Pair(seed, Tally(), tmp_path)
    openly = Openly(pair)
    openly.begin()
    house = pair.with_secret.house
    heard, found = Concerns(), 0
    heard.anew(house.acting.standing.world)

    def hear(changes: Sequence[Change] | None) -> None:
        heard.note(changes or (), house.acting.standing)

    house.acting.watch(hear)
    chance = pair.random("time")
    for number, step in enumerate(_interwoven(openly, Secret(pair, openly.helicopter), chance)):
        pair.forward(chance.choice((0, 1, 5, 20)))
        step()
        if number % 8 == 0:
            fresh = Concerns()
            fresh.anew(house.acting.standing.world)
            for name in (*INSIDERS, *OUTSIDERS):
                seen = _waiting(house, pair.cast[name])
                for missions in (fresh.of(pair.cast[name]), heard.of(pair.cast[name]), MANY):
                    assert seen == _by_short_cut(house, pair.cast[name], missions), name
                found += len(seen)
    assert found > 50


def _waiting(house: LocalHouse, member: PersonId) -> set[str]:
    return {item_of(one, now_in(house)) for one in house.as_member(member).read("waiting").value}


def _by_short_cut(house: LocalHouse, member: PersonId, missions: tuple[MissionId, ...]) -> set[str]:
    rows = ConcernedRows(house.log, house.acting.standing, member, missions)
    return {item_of(one, now_in(house)) for one in waiting(rows, member, now_in(house))}
