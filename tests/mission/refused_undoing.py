"""Refusals of what is taken back."""

from __future__ import annotations

from tests.fakes.scene import NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.intents import field as i
from wayhome.values.ids import Id

one("cannot be undone", "within a minute", "Choji", lambda s: i.UndoLine(mission=s.mission, line=NOTHING))


@refuses("cannot be undone", "only whoever typed a line")
def _(s: Scene) -> Stated:
    made = Id(s.do("Choji", i.LogLine(mission=s.mission, words="x")).made)
    return "Shizune", i.UndoLine(mission=s.mission, line=made)
