"""Maps and plans of an open mission, really worked out beside a secret one: no outsider can tell that there is one.

The stories of `test_worlds` ask these as well, but seldom of a mission that has a point to plan from: most answers
there are refusals. Here each is an answer, on a small ground and on as few tracks as can be asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.fakes.quickly import quickly
from tests.worlds.covered_reads import FORD
from tests.worlds.openly import Openly
from tests.worlds.pair import Asked, Pair, Tally
from tests.worlds.secret import Secret
from tests.worlds.world import World

from wayhome.mission.facts import searching as e
from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import searching as h
from wayhome.usecases.search.asked import SearchQuestion
from wayhome.usecases.search.map_plan import FORMS
from wayhome.usecases.search.mapping import Ours
from wayhome.usecases.search.plan_asked import TeamFacts
from wayhome.usecases.search.planned import PlanQuestion
from wayhome.values.ids import Id, MissionId
from wayhome.values.places import Place

LOOKING = "Shizune"
"""Runs the open mission, and is never read in to the secret one."""
FEW = SearchQuestion(tracks=1_000, terrain="hills")
OURS = (Ours("Alpha", FORD), Ours("Beta", Place(42.551, 1.551)))
SHORT = PlanQuestion(minutes=30, searched=FEW)
SEED = 3


def told_to_the_end(folder: Path) -> Pair:
    """A pair after both stories, with nobody looking around meanwhile."""
    with quickly():
        pair = Pair(SEED, Tally(), folder)
        openly = Openly(pair)
        openly.begin()
        for step in (*openly.steps(), *Secret(pair, openly.helicopter).steps()):
            pair.forward(1)
            step()
    return pair


class Searched:
    """A pair whose open mission has a point, evidence of several kinds, hypotheses, a clue of some worth and a dog."""

    def __init__(self, folder: Path) -> None:
        self.pair = told_to_the_end(folder)
        hidden = self.pair.secret_id
        assert hidden is not None and hidden not in self.pair.without.state.missions
        self.open = MissionId(next(iter(self.pair.without.state.missions)))
        now = self.pair.without.clock.now
        self._both(m.SetInitialPoint(mission=self.open, place=FORD, at=now.plus(minutes=-40)))
        self.fled = self._both(h.StateHypothesis(mission=self.open, name="fled again", odds=0.5))
        hurt = self._both(h.StateHypothesis(mission=self.open, name="hurt again", injured=True))
        near = Place(42.552, 1.55)
        seen = e.Sighted(place=near, at=now.plus(minutes=-10), chance_other=0.5)
        self.seen = self._both(h.NoteEvidence(mission=self.open, piece=seen))
        spoken = e.Spoken(likely={self.fled: 0.5, hurt: 0.1}, elsewhere=0.5, at=now.plus(minutes=-5))
        self._both(h.NoteEvidence(mission=self.open, words="odd", piece=spoken))
        clue = self._both(i.ReportClue(mission=self.open, words="a scarf", place=near))
        self._both(h.WeighClue(mission=self.open, clue=clue, planted=0.3, anothers=0.1))
        self._both(h.LendDog(mission=self.open, dog="Akamaru", handler=self.pair.cast["Kiba"], words="go"))

    def _both(self, intent: Any) -> Id:
        done = self.pair.both(LOOKING, intent)
        assert done is not None, self.pair.without.act(self.pair.cast[LOOKING], intent)
        return Id(done.made)

    def alike(self, what: str, ask: Any) -> bytes:
        """What both worlds answer, which must be the same."""
        told = [ask(world) for world in self.pair.worlds]
        self.pair.compare(Asked("searching", what, LOOKING, what), told[0], told[1], guessed=False)
        assert not self.pair.tally.differences, self.pair.tally.differences[0]
        answer: bytes = told[0]
        return answer

    def advise(self, name: str, **asked: Any) -> Any:
        """An advice of both worlds, which must be an answer and no refusal."""

        def ask(world: World) -> bytes:
            world.keys.purpose = "open"
            return world.advise(self.pair.cast[LOOKING], name, mission=self.open, **asked)

        told = self.alike(name, ask)
        assert told.startswith(b"{"), told[:500]
        return msgspec.json.decode(told)

    def read(self, name: str) -> Any:
        told = self.alike(f"read {name}", lambda world: world.read(self.pair.cast[LOOKING], name, mission=self.open))
        return msgspec.json.decode(told)

    def typed(self, *line: str) -> str:
        told = self.alike(" ".join(line), lambda world: world.type(LOOKING, list(line)))
        assert told.startswith(b"exit 0"), told
        return told.decode()


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Searched:
    return Searched(tmp_path_factory.mktemp("pair"))


@pytest.mark.parametrize("form", FORMS)
def test_the_map_is_the_same_in_every_form(searched: Searched, form: str) -> None:
    """Picture, page, raster and outlines of where he may be are the same to the last byte."""
    told = searched.advise("search_map", form=form, asked=FEW)
    assert told["likely"]["pieces"] and len(told["likely"]["odds"]) >= 3
    assert searched.read("where")["outlines"]["areas"]


def test_plans_are_the_same(searched: Searched) -> None:
    """Who searches where, with a dog and with a picture; whom to post where: the same figures, ways and words."""
    dog = (TeamFacts(name="Alpha", dog="Akamaru"),)
    told = searched.advise("search_plan", ours=OURS, asked=msgspec.structs.replace(SHORT, teams=dog, form="geojson"))
    assert told["chance"] > 0 and told["parts"] and told["body"]
    assert searched.advise("search_contain", ours=OURS, asked=SHORT)["parts"]
    kept = searched.read("plans")
    assert kept["search"]["stale"] is False and kept["contain"]["sheet"]["parts"]


def test_lists_and_odds_are_the_same(searched: Searched) -> None:
    """Evidence, hypotheses and dogs as they are read and as they are typed, and how the odds stand."""
    assert len(searched.read("evidence")) >= 2 and len(searched.read("hypotheses")) >= 2 and searched.read("dogs")
    name = searched.pair.without.mission(searched.open).name
    for words in (("evidence", "list"), ("hypothesis", "list"), ("dog", "list")):
        searched.typed("search", *words, name, "--json")
    assert "fled again" in searched.typed("search", "odds", name, "--terrain", "hills", "--tracks", "1000")
