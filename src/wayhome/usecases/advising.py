"""Advising: what one viewer may see becomes an engine's question; its answer is written down with its inputs.

An engine is only ever given what the viewer sees, so no advice can betray what they may not know.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import msgspec

from wayhome.access.seen import Seen
from wayhome.engines import tasking
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.advice import AdviceError as AdviceError
from wayhome.usecases.advice import record
from wayhome.usecases.ports import MapMaker, TerrainStore
from wayhome.usecases.reading import Reading
from wayhome.usecases.search import mapping, picturing, planned, plans_kept
from wayhome.usecases.search.asked import SearchQuestion, Settled
from wayhome.usecases.staffing.parts import weigh
from wayhome.usecases.staffing.recorded import ENGINE, Staffing, written
from wayhome.usecases.staffing.together import Asked, as_backup, bound_already, gather, need_people
from wayhome.usecases.travelling import hours_to
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.places import Place
from wayhome.values.when import Moment

T = TypeVar("T")
OPEN_QUESTION = SearchQuestion()
"""Everything is taken from the mission."""
NOTHING_OPEN = "No mission that is open to everybody still needs people."
NOT_WEIGHED = (
    "Fitness and agreed duty limits are not weighed here: only those with the duty commander or operator are told of "
    "them. Ask one of them to propose."
)


class Advising:
    """Advice as one viewer may get it."""

    def __init__(
        self, reading: Reading, do: Callable[..., Any], terrains: TerrainStore, maps: MapMaker, now: Moment
    ) -> None:
        self._reading = reading
        self._do = do
        self._terrains = terrains
        self._maps = maps
        self._now = now

    def propose(
        self,
        mission: MissionId,
        base: Place | None = None,
        without: tuple[PersonId, ...] = (),
        pinned: tuple[PersonId, ...] = (),
        afresh: bool = False,
    ) -> Seen[Staffing]:
        """Who goes? A team with the reasons for each pick, what it costs others, and a proven bound.

        As few as can be are changed against the last proposal on record, unless `afresh`. `without` and `pinned` ask
        what if: that answer is not written down.
        """
        held = self._reading.mission(mission)
        asked = Asked(without=without, pinned=pinned, afresh=afresh, base=base)
        return self._reading.again(held, self._staffed((held.value,), asked))

    def propose_all(
        self, without: tuple[PersonId, ...] = (), pinned: tuple[PersonId, ...] = (), afresh: bool = False
    ) -> Seen[Staffing]:
        """Who goes where? Teams for every open mission that still needs people, weighed together, with a proven bound.

        Secret missions are proposed one by one: what is written of a proposal is read by all who may see the mission.
        """
        seen = self._reading.missions()
        needing = need_people(self._reading)
        asked = Asked(without=without, pinned=pinned, afresh=afresh)
        answered = self._staffed(tuple(one for one in needing if not one.secret), asked)
        secret = [one.name for one in needing if one.secret]
        if secret:
            told = f"Secret missions are proposed one by one, by name, and are not in this: {', '.join(secret)}."
            answered = msgspec.structs.replace(answered, warnings=(*answered.warnings, told))
        return self._reading.again(seen, answered)

    def _staffed(self, missions: tuple[MissionView, ...], asked: Asked) -> Staffing:
        """The answer about these missions; what everybody may read of it is written down in each."""
        if not missions:
            return Staffing(teams=(), points=0, bound=0, gap=0.0, account={}, words=NOTHING_OPEN)
        ask = partial(gather, self._reading, now=self._now, hours=self._hours_of)
        weighed = _told(lambda: weigh(ask, missions, bound_already(self._reading, missions), self._now, asked))
        for asked_as, answered in weighed.parts:
            inputs = tasking.without_personal(asked_as.request)
            for mission in () if answered.what_if else asked_as.missions:
                note = written(answered, mission)
                self._record(mission, ENGINE, inputs, note.words, note)
        if any(one.fitness for asked_as, _ in weighed.parts for one in asked_as.request.people):
            return weighed.answer
        return msgspec.structs.replace(weighed.answer, warnings=(*weighed.answer.warnings, NOT_WEIGHED))

    def _hours_of(self, held: MissionView, base: Place | None) -> dict[PersonId, float]:
        if held.place is None:
            return {}
        return hours_to(self._reading, self._terrains, held.place, base, held.mission)

    def next_candidates(self, mission: MissionId, limit: int = 10) -> Seen[tuple[tasking.Ranked, ...]]:
        """Whom to ask next: who could join those who have accepted, best first."""
        held = self._reading.mission(mission)
        gathered = _told(lambda: gather(self._reading, (held.value,), self._now, self._hours_of, Asked()))
        team = tuple(pair.person for pair in gathered.request.fixed)
        ranked = _told(lambda: tasking.next_candidates(gathered.request, mission, team, limit=limit))
        return self._reading.again(held, ranked)

    def backup(
        self,
        mission: MissionId,
        place: Place,
        pursuers: tuple[PersonId, ...],
        base: Place | None = None,
        most_wait_h: float = 2.0,
        subject_kmh: float | None = None,
    ) -> Seen[tasking.Backup]:
        """Who near, fit and suited can reach somebody in pursuit, when; wait or go on: both futures compared.

        Whoever is hurt, was handed over, or is bound to another mission cannot come; who is out on this one can.
        """
        held = self._reading.mission(mission)
        hours = hours_to(self._reading, self._terrains, place, base, mission)
        gathered = _told(lambda: gather(self._reading, (held.value,), self._now, lambda *_: hours, Asked(base=base)))
        request, need = gathered.request, gathered.request.missions[0]
        people = as_backup(gathered, pursuers)
        plain = tasking.without_personal(msgspec.structs.replace(request, people=people))

        def over(who: tuple[tasking.Candidate, ...]) -> tasking.Backup:
            return tasking.backup(who, need, pursuers, most_wait_h=most_wait_h, subject_kmh=subject_kmh)

        answer, written = _told(lambda: over(people)), _told(lambda: over(plain.people))
        self._record(mission, "tasking.backup", tasking.without_personal(request), written.go_on.words, written)
        return self._reading.again(held, answer)

    def search_map(
        self, mission: MissionId, form: str, asked: SearchQuestion = OPEN_QUESTION
    ) -> Seen[mapping.MapSheet]:
        """Where can he be? How far he can have come and where his like were found, as png, tif or geojson."""
        sheet, note = mapping.search_map(self._reading, self._terrains, self._maps, self._now, mission, asked, form)
        self._record(mission, "search.map", note.settled, " ".join(sheet.value.facts), note)
        return sheet

    def picture(
        self, mission: MissionId, asked: picturing.PictureQuestion = picturing.OPEN_PICTURE
    ) -> Seen[picturing.Picture]:
        """The ground with what is known there, as a picture at a scale for paper. It is not written down."""
        return picturing.picture(self._reading, self._terrains, self._maps, self._now, mission, asked)

    def cut_off(
        self, mission: MissionId, ours: tuple[mapping.Ours, ...] = (), asked: SearchQuestion = OPEN_QUESTION
    ) -> Seen[mapping.CutOffSheet]:
        """Where ours, setting out now, stand before he can come by; when he can be at the border."""
        sheet, settled = mapping.cut_off(self._reading, self._terrains, self._now, mission, asked, ours)
        found = len(sheet.value.places)
        self._record(
            mission, "search.cut-off", (settled, sheet.value.ours), f"{found} places to cut him off", sheet.value
        )
        return sheet

    def search_plan(
        self,
        mission: MissionId,
        ours: tuple[mapping.Ours, ...] = (),
        asked: planned.PlanQuestion = planned.OPEN_PLAN,
    ) -> Seen[planned.PlanSheet]:
        """Who searches where from now on: a way for each team, with a bound on how much better any plan could be."""
        args = (self._reading, self._terrains, self._maps, self._now, mission, asked, ours)
        rests = self._rests_on(mission)
        return self._planned(mission, plans_kept.PLAN, ours, asked, rests, *planned.search_plan(*args))

    def search_contain(
        self,
        mission: MissionId,
        ours: tuple[mapping.Ours, ...] = (),
        asked: planned.PlanQuestion = planned.OPEN_PLAN,
    ) -> Seen[planned.PlanSheet]:
        """Whom to post where and by when, so that he most likely comes by somebody."""
        args = (self._reading, self._terrains, self._maps, self._now, mission, asked, ours)
        rests = self._rests_on(mission)
        return self._planned(mission, plans_kept.CONTAIN, ours, asked, rests, *planned.search_contain(*args))

    def _rests_on(self, mission: MissionId) -> str:
        """A mark of what a plan is about to be made on: what comes in meanwhile is not in it."""
        return plans_kept.rests_on(self._reading.mission(mission).value, mapping.noted_of(self._reading, mission))

    def _planned(
        self,
        mission: MissionId,
        engine: str,
        ours: tuple[mapping.Ours, ...],
        asked: planned.PlanQuestion,
        rests: str,
        sheet: Seen[planned.PlanSheet],
        settled: Settled,
    ) -> Seen[planned.PlanSheet]:
        note = plans_kept.note(sheet.value, ours, asked, rests)
        self._record(mission, engine, (settled, ours, asked), " ".join(sheet.value.facts), note)
        return sheet

    def _record(self, mission: MissionId, engine: str, inputs: object, summary: str, result: object) -> None:
        record(self._do, mission, engine, inputs, summary, result)


def _told(ask: Callable[[], T]) -> T:
    """The engine's answer, its complaint as ours."""
    try:
        return ask()
    except tasking.TaskingError as error:
        raise AdviceError(str(error)) from error


ADVICE: dict[str, Callable[..., Seen[Any]]] = {
    name: method for name, method in inspect.getmembers(Advising, inspect.isfunction) if not name.startswith("_")
}
"""Every kind of advice by name."""
