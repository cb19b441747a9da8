"""Photos of a mission: the list without pictures, and one picture by itself.

A picture is taken from its fact when somebody asks for it: rows, trails and what facts add up to hold none, so that a
mission's photos are neither kept twice nor in memory. The row says who may: it is fetched through the predicate first.
"""

from __future__ import annotations

import msgspec

from wayhome.access.seen import Seen
from wayhome.mission import facts, plain_jpeg
from wayhome.mission.facts.field import PhotoAttached
from wayhome.mission.views import shapes as v
from wayhome.usecases.rows import NothingThere, Rows
from wayhome.usecases.viewing import Viewing
from wayhome.values.ids import Id, MissionId, mission_stream


class PhotoFile(msgspec.Struct, frozen=True, kw_only=True):
    """One photo with its bytes: always a JPEG that holds its picture and nothing beside it."""

    photo: v.PhotoView
    body: bytes


class PhotoReading(Viewing):
    """What one viewer may see of photos."""

    def photos(self, mission: MissionId, withdrawn: bool = False) -> Seen[tuple[v.PhotoView, ...]]:
        """A mission's photos, oldest first, without their pictures; on demand those withdrawn as well, and why."""
        rows = self._rows()
        gone = {note.what: note.words for note in rows.fetch("photo_withdrawn", v.NoteView, scope=mission)}
        kept = [
            msgspec.structs.replace(one, withdrawn=gone.get(one.photo, ""))
            for one in rows.fetch("photo", v.PhotoView, scope=mission)
            if withdrawn or one.photo not in gone
        ]
        return self._many(rows, self._with_clues(rows, mission, kept))

    def photo(self, mission: MissionId, photo: Id) -> Seen[PhotoFile]:
        """One photo with its picture. One that was withdrawn is no longer shown."""
        rows = self._rows()
        found = rows.fetch("photo", v.PhotoView, scope=mission, key=photo)
        gone = rows.fetch("photo_withdrawn", v.NoteView, scope=mission, key=photo)
        if not found or gone:
            raise NothingThere("photo")
        (told,) = self._with_clues(rows, mission, found)
        return self._seen(rows, PhotoFile(photo=told, body=self._picture(mission, told)))

    def _picture(self, mission: MissionId, photo: v.PhotoView) -> bytes:
        """The bytes that lie in the photo's fact; none where its key was destroyed.

        They are looked through once more: what came with an exchange went through no rule here.
        """
        entry = self._log.entry(mission_stream(mission), photo.kept_as)
        if entry is None or entry.body is None:
            raise NothingThere("photo")
        fact = facts.decode(entry.header.kind, entry.header.version, entry.body)
        if not isinstance(fact, PhotoAttached) or not plain_jpeg.is_plain(fact.body):
            raise NothingThere("photo")
        return fact.body

    def _with_clues(self, rows: Rows, mission: MissionId, photos: list[v.PhotoView]) -> list[v.PhotoView]:
        """The photos, each of a clue with that clue's number."""
        if not any(one.about for one in photos):
            return photos
        labels = {clue.clue: f"clue {clue.label}" for clue in rows.fetch("clue", v.ClueView, scope=mission)}
        return [
            msgspec.structs.replace(one, about_words=labels.get(one.about, "") if one.about else "") for one in photos
        ]
