"""GPX tracks with their times: the path of each, oldest first. Waypoints and routes are left alone."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.etree import ElementTree

from wayhome.formats.errors import FormatError
from wayhome.values.places import BadPlace, Place
from wayhome.values.when import BadTime, Moment

Track = tuple[tuple[Moment, Place], ...]
MOST_POINTS: Final = 200_000
CLOSE_MS: Final = 10_000
"""Points that follow one another within ten seconds are thinned out: the way between them is straight enough."""


def read_tracks(body: bytes, zone: str) -> tuple[Track, ...]:
    """Every track segment of a GPX file, at most a point every ten seconds. Raises FormatError."""
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise FormatError("it declares entities, which no GPS writes: save the track anew as plain GPX")
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise FormatError(f"it is not GPX: {error}") from error
    if _name(root) != "gpx":
        raise FormatError(f"it is not GPX, but {_name(root)}")
    segments = [part for part in root.iter() if _name(part) == "trkseg"]
    tracks = tuple(track for segment in segments if len(track := _track(segment, zone)) > 1)
    if not tracks:
        raise FormatError("it holds no track of two points or more with their times")
    return tracks


def _name(part: ElementTree.Element) -> str:
    return part.tag.rpartition("}")[2]


def _track(segment: ElementTree.Element, zone: str) -> Track:
    points = [part for part in segment if _name(part) == "trkpt"]
    if len(points) > MOST_POINTS:
        raise FormatError(f"a track of it has {len(points):,} points; at most {MOST_POINTS:,}: cut it")
    kept: list[tuple[Moment, Place]] = []
    for number, point in enumerate(points, start=1):
        fix = _fix(point, number, zone)
        if kept and fix[0].ms < kept[-1][0].ms:
            raise FormatError(f"point {number} of a track is earlier than the one before it")
        last = number == len(points)
        if not kept or fix[0].ms - kept[-1][0].ms >= CLOSE_MS or (last and fix[0].ms > kept[-1][0].ms):
            kept.append(fix)
    return tuple(kept)


def _fix(point: ElementTree.Element, number: int, zone: str) -> tuple[Moment, Place]:
    said = next((part.text or "" for part in point if _name(part) == "time"), "")
    if not said.strip():
        raise FormatError(f"point {number} of a track has no time: a sweep without times cannot be weighed")
    try:
        at = datetime.fromisoformat(said.strip())
        if at.tzinfo is None:
            raise FormatError(f"point {number}: {said.strip()!r} says no zone")
        place = Place(float(point.get("lat", "")), float(point.get("lon", "")))
        return Moment(round(at.timestamp() * 1000), zone), place
    except (ValueError, OverflowError, BadPlace, BadTime) as error:
        raise FormatError(f"point {number} of a track cannot be read: {error}") from error
