"""Refusals of what is drawn on the map."""

from __future__ import annotations

from tests.fakes.scene import HERE, NOBODY, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import field as i
from wayhome.values.ids import Id
from wayhome.values.places import Place

WAY = (HERE, Place(42.51, 1.5), Place(42.51, 1.51))


def drawing(s: Scene, what: str = "segment", points: tuple[Place, ...] = WAY, *, name: str = "A1", words: str = "",
            team: Id | None = None) -> i.Draw:  # fmt: skip
    return i.Draw(mission=s.mission, what=what, name=name, points=points, words=words, team=team)


# fmt: off
one("what to draw", "'circle': one of segment, post, line, note", "Choji", lambda s: drawing(s, "circle"))
one("too few points", "a segment needs 3", "Choji", lambda s: drawing(s, points=WAY[:2]))
one("too few points", "a segment needs 3", "Choji", lambda s: drawing(s, points=(*WAY[:2], WAY[0])))
one("too few points", "a line needs 2", "Choji", lambda s: drawing(s, "line", (HERE, HERE)))
one("too few points", "a post needs 1", "Choji", lambda s: drawing(s, "post", ()))
one("too many points", "a note stands at 1 point", "Choji", lambda s: drawing(s, "note", WAY, words="x"))
one("too many points", "2,001 points; at most 2,000 fit", "Choji",
    lambda s: drawing(s, "line", tuple(Place(42 + n * 1e-4, 1.5) for n in range(2_001))))
one("nothing said", "the name is empty", "Choji", lambda s: drawing(s, name=" "))
one("nothing said", "the note is empty", "Choji", lambda s: drawing(s, "note", WAY[:1]))
one("too long", "at most 100 fit", "Choji", lambda s: drawing(s, name="x" * 101))
one("no such team", "no such team in this mission", "Choji", lambda s: drawing(s, team=NOTHING))
one("no such member", "nobody on the roster", "Choji",
    lambda s: i.Draw(mission=s.mission, what="post", name="Gate", points=(HERE,), holder=NOBODY))
one("no such drawing", "or it was erased", "Choji",
    lambda s: i.EraseDrawing(mission=s.mission, drawing=NOTHING, reason="x"))
# fmt: on


@refuses("not yours to do", "changing what another drew is for")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", drawing(s)).made)
    return "Neji", i.EraseDrawing(mission=s.mission, drawing=made, reason="x")


@refuses("nothing said", "the reason is empty")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", drawing(s)).made)
    return "Choji", i.EraseDrawing(mission=s.mission, drawing=made, reason=" ")
