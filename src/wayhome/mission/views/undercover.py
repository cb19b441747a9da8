"""Rows of those under cover: contact plans, whom a mission hunts, and word that one of ours is sought."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import secrecy as f
from wayhome.mission.rules.common import CLOCK
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, by_time, row, shows


@shows(f.ContactPlanned)
def contact_plan(fact: f.ContactPlanned, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.ContactPlanView(
        mission=held.id,
        member=fact.member,
        every_min=fact.every_min,
        signals=fact.signals,
        way_out=fact.way_out,
    )
    yield row(held, "contact_plan", fact.member, view)


@shows(f.QuarryNamed)
def quarry(fact: f.QuarryNamed, world: World, said: Said) -> Iterator[Change]:
    view = v.NoteView(what=fact.what, words=fact.words, member=fact.member, by=said.author, at=said.at)
    yield row(of(world, said), "note", said.id, view, sort=by_time(said))


@shows(f.SuspicionNoticed)
def suspicion(fact: f.SuspicionNoticed, world: World, said: Said) -> Iterator[Change]:
    """By nobody: whoever hunts may do so in a mission of which those who read this must not know."""
    view = v.NoteView(what="suspicion", words=fact.what, member=fact.member, by=CLOCK, at=said.at)
    yield row(of(world, said), "note", said.id, view, sort=by_time(said))
