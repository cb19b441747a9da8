"""Rows of bonds: open ones for everybody, private ones for the two of them and those who send people."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import people as f
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.duty_hours import WHO_SENDS
from wayhome.mission.views.people import duty_mark, self_mark
from wayhome.mission.views.registry import Change, Shown, shows
from wayhome.values.ids import OPEN, Mark


@shows(f.BondStated, f.BondEnded)
def bond(fact: f.BondStated | f.BondEnded, world: World, said: Said) -> Iterator[Change]:
    """A bond that is stated anew, as private for one, is in no row where it was before."""
    stands = isinstance(fact, f.BondStated)
    view = None
    if isinstance(fact, f.BondStated):
        view = v.BondView(
            one=fact.one, other=fact.other, what=fact.what, says=fact.says, sent=fact.sent, private=fact.private
        )
    private = isinstance(fact, f.BondStated) and fact.private
    key = f"{fact.what}.{fact.one}.{fact.other}"
    yield Shown("bond", fact.one, key, OPEN, key, view if stands and not private else None)
    theirs: tuple[Mark, ...] = (self_mark(fact.one), self_mark(fact.other), *map(duty_mark, WHO_SENDS))
    for mark in theirs:
        yield Shown("bond", mark, key, mark, key, view if private else None)
