"""A mission's strength over time: losses against arrivals, and both futures for whoever is in pursuit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission.piecemeal import LAW, RESTS_ON, Wave, first_losses, warning, waves, weights
from wayhome.mission.state_strength import Came, Loss
from wayhome.mission.views import shapes as v
from wayhome.usecases.composed import WaitingView
from wayhome.usecases.rows import Rows
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Moment


class TurnView(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that changed how many are there: people came, or one was lost. `there` is how many are left.

    `piecemeal`: they came after a loss, and with them no more are there than were not enough. `words` says so.
    """

    at: Moment
    what: str
    names: tuple[str, ...]
    number: int
    how: str
    there: int
    piecemeal: bool = False
    words: str = ""


class LossesView(msgspec.Struct, frozen=True, kw_only=True):
    """Losses against arrivals over time. `piecemeal`: how many waves were fed into a danger that had beaten more."""

    mission: MissionId
    turns: tuple[TurnView, ...]
    came: int
    lost: int
    piecemeal: int
    words: str
    together: str
    rests_on: str


class WaitOrGoView(msgspec.Struct, frozen=True, kw_only=True):
    """Backup on its way to those in pursuit: both futures, and what each of them said they do.

    `mine`: whoever looks is in pursuit, and has not chosen yet.
    """

    held: v.FuturesView
    words: str
    coming: tuple[str, ...]
    in_pursuit: tuple[str, ...]
    chosen: tuple[str, ...]
    mine: bool


class StrengthReading(Viewing):
    """What one viewer may see of a mission's strength."""

    def losses(self, mission: MissionId) -> Seen[LossesView]:
        """Losses against arrivals over time, and whether people are fed piecemeal into the same danger."""
        rows = self._rows()
        self._must_see(rows, mission)
        came = rows.fetch("arrival", v.ArrivalView, scope=mission)
        lost = rows.fetch("loss", v.LossView, scope=mission)
        return self._seen(rows, losses_view(mission, came, lost))

    def wait_or_go(self, mission: MissionId) -> Seen[tuple[WaitOrGoView, ...]]:
        """Backup on its way: wait for it or go on, both futures compared; the newest first."""
        rows = self._rows()
        self._must_see(rows, mission)
        held = rows.fetch("futures", v.FuturesView, scope=mission, newest_first=True)
        wanted = {str(person) for one in held for person in (*one.members, *one.pursuers, *one.chosen)}
        names = rows.names(wanted)
        return self._many(rows, [_shown(one, names, self._viewer, self._now) for one in held])


def losses_view(mission: MissionId, came: Sequence[v.ArrivalView], lost: Sequence[v.LossView]) -> LossesView:
    """The whole course, made of rows that were seen."""
    names = {one.member: one.member_name for one in came} | {one.member: one.member_name for one in lost}
    arrivals = [Came(one.member, one.at, one.how, one.place, one.until) for one in came]
    losses = first_losses([Loss(one.member, one.at, one.how, one.place) for one in lost])
    found = waves(arrivals, losses)
    turns = sorted([*_came(found, names), *_lost(arrivals, losses, names)], key=lambda turn: (turn.at.ms, turn.what))
    fed = [wave for wave in found if wave.piecemeal]
    numbers = [len(wave.members) for wave in found]
    apart, at_once = weights(numbers)
    return LossesView(
        mission=mission,
        turns=tuple(turns),
        came=sum(numbers),
        lost=len(losses),
        piecemeal=len(fed),
        words=_verdict(len(found), len(losses), fed),
        together=f"{' + '.join(map(str, numbers))} one after another weigh {apart}; all at once {at_once}. {LAW}"
        if fed
        else "",
        rests_on=RESTS_ON,
    )


def _verdict(number: int, lost: int, fed: Sequence[Wave]) -> str:
    if not fed:
        return f"{_count(number, 'wave', 'waves')} came, {lost} lost: nobody was fed piecemeal into the same danger."
    times = _count(len(fed), "time", "times")
    return (
        f"PIECEMEAL: {times} people were sent after a loss into the same danger, and with them no more were there than "
        "had not been enough."
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _came(found: Sequence[Wave], names: dict[PersonId, str]) -> Iterator[TurnView]:
    for wave in found:
        who = tuple(names[member] for member in wave.members)
        words = warning(wave, [names[member] for member in wave.lost]) if wave.piecemeal else ""
        yield TurnView(
            at=wave.at,
            what="came",
            names=who,
            number=len(who),
            how="",
            there=wave.there,
            piecemeal=wave.piecemeal,
            words=words,
        )


def _lost(arrivals: Sequence[Came], losses: Sequence[Loss], names: dict[PersonId, str]) -> Iterator[TurnView]:
    for loss in losses:
        gone = {one.member for one in losses if one.at.ms <= loss.at.ms}
        there = {
            one.member for one in arrivals if one.at.ms <= loss.at.ms and (not one.until or one.until.ms > loss.at.ms)
        }
        yield TurnView(
            at=loss.at, what="lost", names=(names[loss.member],), number=1, how=loss.how, there=len(there - gone)
        )


def minutes_left(held: v.FuturesView, now: Moment) -> int:
    return max(0, round(now.hours_until(held.arrives) * 60))


def asks(held: v.FuturesView, now: Moment) -> str:
    """What whoever is in pursuit is asked, in the words that they read first."""
    return f"{len(held.members)} with you in {minutes_left(held, now)} minutes: wait or go on"


def _shown(held: v.FuturesView, names: dict[str, str], viewer: PersonId, now: Moment) -> WaitOrGoView:
    chosen = tuple(f"{names.get(who, who)}: {choice}" for who, choice in sorted(held.chosen.items()))
    arrived = held.arrives.ms <= now.ms
    return WaitOrGoView(
        held=held,
        words="They are with you by now." if arrived else asks(held, now),
        coming=tuple(names.get(who, who) for who in held.members),
        in_pursuit=tuple(names.get(who, who) for who in held.pursuers),
        chosen=chosen,
        mine=viewer in held.pursuers and viewer not in held.chosen and not arrived,
    )


def waits_in_pursuit(rows: Rows, viewer: PersonId, now: Moment) -> Iterator[WaitingView]:
    """Backup on its way to the viewer, until they are there or the viewer has said what they do."""
    for mission, held in rows.by_scope("futures", v.FuturesView).items():
        for one in held:
            if viewer in one.pursuers and viewer not in one.chosen and one.arrives.ms > now.ms:
                words = f"{asks(one, now)}. {one.go_on.words} {one.waits[-1].words if one.waits else ''}".strip()
                yield WaitingView(
                    what="wait or go", words=words, about=one.backup, due=one.arrives, mission=MissionId(mission)
                )
