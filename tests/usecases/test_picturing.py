"""Pictures of a mission's ground: what is on them, at which scale, and that nothing is written down for them."""

from __future__ import annotations

import pytest
from tests.usecases.test_mapping import Search

from wayhome.mission.intents.field import Draw, ReportPlace
from wayhome.usecases.advising import AdviceError
from wayhome.usecases.search.map_plan import MapPlan
from wayhome.usecases.search.picturing import PictureQuestion, picture
from wayhome.usecases.session import LocalSession
from wayhome.values.places import Place

NORTH = Place(42.51, 1.55)


class PlanKept:
    """A maker that keeps the plan it was given."""

    def __init__(self) -> None:
        self.plans: list[MapPlan] = []

    def make(self, plan: MapPlan, form: str, *, progress: object = None) -> bytes:
        self.plans.append(plan)
        return form.encode()


def asked(search: Search, **question: object) -> MapPlan:
    maker, me = PlanKept(), search.me
    assert isinstance(me, LocalSession)
    terrains = search.scene.house.terrains
    picture(me.reading(), terrains, maker, me.now(), search.mission, PictureQuestion(**question))  # type: ignore[arg-type]  # as a face gives them
    return maker.plans[0]


def test_everything_with_a_place_is_on_the_picture() -> None:
    """Points, last places, posts, segments and lines are drawn, and the sheet reaches as far as they do."""
    search = Search()
    search.me.do(ReportPlace(mission=search.mission, team="3", place=NORTH))
    search.me.do(Draw(mission=search.mission, what="post", name="Ford", points=(NORTH,)))
    corners = (NORTH, Place(42.51, 1.56), Place(42.52, 1.55))
    search.me.do(Draw(mission=search.mission, what="segment", name="Wood", points=corners))
    plan = asked(search)
    assert {"IPP", "team", "post"} <= {marker.kind for marker in plan.markers}
    assert [(one.kind, one.label) for one in plan.drawn] == [("segment", "Wood")]
    assert plan.around is not None and plan.around[1] > 2_000


def test_a_picture_writes_nothing_down() -> None:
    """However often it is looked at, the record does not grow."""
    search = Search()
    before = search.scene.house.log.heads()
    body = search.me.advise("picture", mission=search.mission).value.body
    assert body.startswith(b"\x89PNG")
    assert search.scene.house.log.heads() == before


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"form": "gif"}, "no picture as"),
        ({"paper": "A0"}, "no paper"),
        ({"scale": 12}, "no scale"),
        ({"middle": Place(0.0, 0.0)}, "no terrain here holds"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(question: dict[str, object], says: str) -> None:
    """A wrong form, paper, scale or place is said, with what can be asked for."""
    with pytest.raises(AdviceError, match=says):
        asked(Search(), **question)
