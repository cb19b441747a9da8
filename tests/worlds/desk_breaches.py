"""Five leaks planted in the desk on purpose, one of each kind: the two-worlds test must find every one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from wayhome.access.seen import Seen, Warden
from wayhome.usecases.advising import ADVICE, Advising
from wayhome.usecases.boarding import OVER
from wayhome.usecases.following import Following, Frame
from wayhome.usecases.ports import Change
from wayhome.usecases.reading import READS, Reading
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import MissionId, PersonId

Plant = Callable[[pytest.MonkeyPatch], None]


def timing_by_empty_frames(patch: pytest.MonkeyPatch) -> None:
    """Every commit is told to everybody; to those who may not see it as a message that holds nothing."""
    true_share = Following._share

    def share(following: Following, changes: Sequence[Change]) -> set[PersonId]:
        told = true_share(following, changes)
        for viewer, trail in following._trails.items():
            if viewer not in told:
                trail.add(Warden(viewer, frozenset()).seen(Frame(), ()))
        return set(following._trails)

    patch.setattr(Following, "_share", share)


def timing_by_waking(patch: pytest.MonkeyPatch) -> None:
    """Every commit wakes every tab, also where there is nothing to tell: the next message comes a little otherwise."""
    true_share = Following._share

    def share(following: Following, changes: Sequence[Change]) -> set[PersonId]:
        true_share(following, changes)
        return set(following._trails)

    patch.setattr(Following, "_share", share)


def count_on_the_board(patch: pytest.MonkeyPatch) -> None:
    """The board counts the missions that are over among all there are, and not among those its viewer may know of."""

    def board(reading: Reading) -> Seen[Any]:
        seen = Reading.board(reading)
        missions = reading._standing.world.missions.values()
        over = sum(mission.state in OVER for mission in missions)
        return reading.again(seen, msgspec.structs.replace(seen.value, over=over))

    patch.setitem(READS, "board", board)


def autocompletion(patch: pytest.MonkeyPatch) -> None:
    """The names that are offered while somebody types are taken from all there are: a hidden team is among them."""

    def callsigns(reading: Reading) -> Seen[Any]:
        seen = Reading.callsigns(reading)
        missions = reading._standing.world.missions.values()
        teams = sorted({team.name for mission in missions for team in mission.teams.values()})
        first = msgspec.structs.replace(seen.value[0], name=" ".join(teams))
        return reading.again(seen, (first, *seen.value[1:]))

    patch.setitem(READS, "callsigns", callsigns)


def picture_of_the_map(patch: pytest.MonkeyPatch) -> None:
    """A picture of the map shows a spot for every mission that has a place, whoever looks at it."""

    def search_map(advising: Advising, **asked: Any) -> Seen[Any]:
        seen = Advising.search_map(advising, **asked)
        missions = advising._reading._standing.world.missions.values()
        spots = [(one.place.lat, one.place.lon) for one in missions if one.place]
        drawn = msgspec.structs.replace(seen.value, body=seen.value.body + repr(spots).encode())
        return advising._reading.again(seen, drawn)

    patch.setitem(ADVICE, "search_map", search_map)


def body_of_a_404(patch: pytest.MonkeyPatch) -> None:
    """What is hidden is answered in other words than what is absent."""

    def mission(reading: Reading, mission: MissionId) -> Seen[Any]:
        try:
            return Reading.mission(reading, mission)
        except NothingThere as nothing:
            if mission in reading._standing.world.missions:
                raise NothingThere("that mission is not yours to see") from nothing
            raise

    patch.setitem(READS, "mission", mission)


BREACHES: dict[str, Plant] = {
    "timing by empty frames": timing_by_empty_frames,
    "timing by waking": timing_by_waking,
    "count on the board": count_on_the_board,
    "autocompletion": autocompletion,
    "picture of the map": picture_of_the_map,
    "body of a 404": body_of_a_404,
}
