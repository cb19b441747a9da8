"""`wayhome photo`: photos of a mission. Only the picture of a file is kept: no place, time or device."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, things
from wayhome.cli.context import here, session
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.show import done, put, put_json, table
from wayhome.links.files import read_file
from wayhome.mission.intents.field import AttachPhoto, WithdrawPhoto
from wayhome.usecases.photos import PhotoFile

app = App(name="photo", help="Photos of a mission: of a clue, of a report on paper, of a place.")


@app.command(name="add")
def add(mission: str, file: Path, *, words: Annotated[str, Parameter(name="--words")], clue: str = "") -> None:
    """Adds a photo: a JPEG, PNG or WebP. Its picture alone is kept; where and when it was taken stays behind.

    Example: wayhome photo add "Lost hiker" boot.jpg --words "boot print beside the stream" --clue 3

    Parameters
    ----------
    words: what it shows, for those who cannot see it as well
    clue: the clue it is of, by its number
    """
    from wayhome.links.uploads import MOST_SENT_BYTES, clean_photo, plain_name  # the decoders take their time to load

    me = session()
    mission_id = find.mission(me, mission)
    about = things.clue(me, mission_id, clue) if clue else None
    clean = clean_photo(read_file(file, most_bytes=MOST_SENT_BYTES))
    intent = AttachPhoto(mission=mission_id, name=plain_name(file.name), words=words, body=clean.body, about=about)
    done(me.do(intent), f"Photo kept: {clean.width} × {clean.height}, {len(clean.body):,} bytes")


@app.command(name="list")
def listing(mission: str, *, withdrawn: bool = False) -> None:
    """Lists photos, oldest first; with --withdrawn also those that were withdrawn, and why.

    Example: wayhome photo list "Lost hiker"
    """
    me = session()
    table(
        me.read("photos", mission=find.mission(me, mission), withdrawn=withdrawn),
        [
            ("PHOTO", things.photo_handle),
            ("WHAT", lambda p: p.words),
            ("OF", lambda p: p.about_words),
            ("FILE", lambda p: p.name),
            ("SIZE", lambda p: f"{p.width} × {p.height}"),
            ("WHEN", lambda p: p.at),
            ("BY", lambda p: p.by_name),
            ("WITHDRAWN", lambda p: p.withdrawn),
        ],
        empty="no photos",
    )


@app.command(name="save")
def save(mission: str, photo: str, file: Path, *, overwrite: bool = False) -> None:
    """Writes a photo to a file, as a JPEG. A photo is named by its file's name or by the letters in the list.

    Example: wayhome photo save "Lost hiker" boot.jpg print.jpg
    """
    must_not_be_there(file, overwrite=overwrite)
    me = session()
    mission_id = find.mission(me, mission)
    held = things.photo(me, mission_id, photo)
    found: PhotoFile = me.read("photo", mission=mission_id, photo=held.photo).value
    write_out(file, found.body, overwrite=overwrite)
    if here().as_json:
        put_json({"file": str(file), "bytes": len(found.body)})
    else:
        put(f"{file}: {len(found.body):,} bytes")


@app.command(name="withdraw")
def withdraw(mission: str, photo: str, *, reason: str) -> None:
    """Withdraws a photo, with the reason. It is shown to nobody any more, and stays in the record.

    Example: wayhome photo withdraw "Lost hiker" boot.jpg --reason "it shows somebody's face"
    """
    me = session()
    mission_id = find.mission(me, mission)
    held = things.photo(me, mission_id, photo)
    done(me.do(WithdrawPhoto(mission=mission_id, photo=held.photo, reason=reason)), f"Photo withdrawn: {held.name}")
