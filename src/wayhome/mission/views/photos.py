"""Rows of photos: what is said of each. The pictures themselves stay in their facts."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import field as f
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, by_time, row, shows
from wayhome.values.ids import FactId


@shows(f.PhotoAttached)
def photo(fact: f.PhotoAttached, world: World, said: Said) -> Iterator[Change]:
    view = v.PhotoView(
        photo=fact.photo,
        name=fact.name,
        words=fact.words,
        width=fact.width,
        height=fact.height,
        size=len(fact.body),
        about=fact.about,
        at=said.at,
        by=said.author,
        kept_as=FactId(said.id),
    )
    yield row(of(world, said), "photo", fact.photo, view, sort=by_time(said))


@shows(f.PhotoWithdrawn)
def photo_withdrawn(fact: f.PhotoWithdrawn, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.photo, words=fact.reason, by=said.author, at=said.at)
    yield row(of(world, said), "photo_withdrawn", fact.photo, note)
