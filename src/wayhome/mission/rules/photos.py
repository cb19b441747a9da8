"""What may be attached to a mission: photos, cleaned of all but their picture."""

from __future__ import annotations

from typing import Final

from wayhome.mission import plain_jpeg
from wayhome.mission.facts import field as f
from wayhome.mission.intents import field as i
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    mission_of,
    must,
    text,
)
from wayhome.mission.state import World

MOST_PHOTOS: Final = 200
"""In one mission, those withdrawn among them: each is kept for good, and travels with every exchange."""

MOST_NAME: Final = 120
WORDS_LIMIT: Final = 500


@decides(i.AttachPhoto)
def attach(intent: i.AttachPhoto, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "attaching a photo")
    if len(mission.photos) >= MOST_PHOTOS:
        raise Refused("too many photos", f"a mission keeps {MOST_PHOTOS} photos, and this one has as many")
    if intent.about is not None and intent.about not in mission.clues:
        raise Refused("no such clue", "this mission has no such clue: `wayhome clue list` shows those there are")
    name = text(intent.name, "the photo's name", limit=MOST_NAME)
    words = text(intent.words, "what the photo shows", limit=WORDS_LIMIT)
    try:
        width, height = plain_jpeg.size_of(intent.body)
    except plain_jpeg.NotPlain as error:
        raise Refused(
            "not a plain photo", f"{name}: {error}. Send the file to the mission's photos, where it is cleaned"
        ) from error
    fact = f.PhotoAttached(
        photo=act.id("photo"),
        name=name,
        words=words,
        body=intent.body,
        width=width,
        height=height,
        about=intent.about,
    )
    return Decision(in_mission(mission, fact), made=fact.photo)


@decides(i.WithdrawPhoto)
def withdraw(intent: i.WithdrawPhoto, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "withdrawing a photo")
    held = mission.photos.get(intent.photo)
    if held is None or held.withdrawn:
        raise Refused("no such photo", "there is no such photo in this mission, or it was withdrawn")
    if act.by != held.by:
        must(world, act, MAY_TYPE_FOR_OTHERS, "withdrawing another's photo", mission=mission)
    fact = f.PhotoWithdrawn(photo=held.id, reason=text(intent.reason, "the reason", limit=WORDS_LIMIT))
    return Decision(in_mission(mission, fact), tells=("it stays in the record",))
