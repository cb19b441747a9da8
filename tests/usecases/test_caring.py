"""Follow-ups open by themselves from what happened; a first death is derived, and never from a secret mission."""

from __future__ import annotations

import pytest
from tests.fakes.scene import Scene

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p

FIRST = "had not met a death on a mission before"


class Team(Scene):
    """Neji and Choji go out on the open mission; Shikamaru is the carer."""

    def __init__(self) -> None:
        super().__init__()
        self.do("Tsunade", p.SetDuties(member=self["Shikamaru"], duties=("carer",)))
        for name in ("Neji", "Choji"):
            self.departs(name)

    def reasons(self, who: str) -> tuple[str, ...]:
        found = self.house.as_member(self["Shikamaru"]).read("follow_ups").value
        return next((one.reasons for one in found if one.member == self[who]), ())


def test_a_first_death_is_derived() -> None:
    """Who was said never to have met a death met the first one; of whom nothing is known it is not said."""
    team = Team()
    team.do("Choji", p.StateNever(member=team["Choji"], deed="met a death"))
    team.do("Shizune", m.NoteOutcome(mission=team.mission, member=team["Neji"], outcome="killed"))
    assert FIRST in team.reasons("Choji")
    assert team.reasons("Neji") == ()
    assert FIRST not in team.reasons("Shizune")


@pytest.mark.parametrize("secret", [True, False])
def test_a_death_on_a_secret_mission_shows_in_nothing(secret: bool) -> None:
    """What a carer reads of an open mission is the same whether or not the member met a death on a secret one."""
    team = Team()
    team.do("Choji", p.StateNever(member=team["Choji"], deed="met a death"))
    if secret:
        other = team.secret()
        team.do("Shizune", m.NoteExposure(mission=other, member=team["Choji"], kinds=("handled dead",)))
        team.do("Shizune", m.NoteOutcome(mission=other, member=team["Kotetsu"], outcome="killed"))
    team.do("Shizune", m.NoteOutcome(mission=team.mission, member=team["Neji"], outcome="killed"))
    assert FIRST in team.reasons("Choji")
