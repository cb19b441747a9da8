"""The log as CSV after the forms ICS-309 (communications log) and ICS-214 (activity log); places as GeoJSON and GPX."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Final

import msgspec

from wayhome.formats.coordinates import show
from wayhome.formats.tabular import write_table
from wayhome.values.places import BadPlace, Place
from wayhome.values.when import Moment, hhmm, stamp

GPX: Final = "http://www.topografix.com/GPX/1/1"
LOG_HEADS: Final = (
    "no", "date", "time", "time with zone", "from", "to", "team", "message", "status", "grid (USNG)", "lat", "lon",
    "operator", "typed at", "amended from", "flags",
)  # fmt: skip
ACTIVITY_HEADS: Final = ("date", "time", "time with zone", "notable activities")


class LogEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log as it goes on paper and into files.

    `at` is when it was said, `typed_at` when it was typed. `was` are earlier texts, oldest first. `flags` are what was
    not understood or stands open.
    """

    number: int
    at: Moment
    words: str
    from_: str = ""
    to: str = ""
    team: str = ""
    status: str = ""
    place: Place | None = None
    operator: str = ""
    typed_at: Moment | None = None
    was: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    relayed: bool = False


class NamedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place to export: its name, what it is (`clue`, `LKP`), when, and a remark."""

    name: str
    place: Place
    kind: str = ""
    at: Moment | None = None
    remark: str = ""


def grid_of(place: Place | None) -> str:
    """The place as USNG; in degrees in the polar caps; empty for none."""
    if place is None:
        return ""
    try:
        return show(place, "usng")
    except BadPlace:
        return show(place, "dd")


def ics309_csv(entries: Iterable[LogEntry], zone: str) -> bytes:
    """The communications log as CSV, oldest first, times local to `zone`; safe to open in a spreadsheet."""
    return write_table([list(LOG_HEADS), *(_log_row(entry, zone) for entry in entries)])


def _log_row(entry: LogEntry, zone: str) -> list[str]:
    at = entry.at.at(zone)
    return [
        str(entry.number),
        at.day.isoformat(),
        hhmm(at),
        stamp(at),
        entry.from_,
        entry.to,
        entry.team,
        entry.words + (" (relayed)" if entry.relayed else ""),
        entry.status,
        grid_of(entry.place),
        f"{entry.place.lat:.6f}" if entry.place else "",
        f"{entry.place.lon:.6f}" if entry.place else "",
        entry.operator,
        stamp(entry.typed_at.at(zone)) if entry.typed_at else "",
        " | ".join(entry.was),
        " | ".join(entry.flags),
    ]


def ics214_csv(entries: Iterable[LogEntry], zone: str) -> bytes:
    """The activity log as CSV: time and what happened, oldest first."""
    rows = [list(ACTIVITY_HEADS)]
    for entry in entries:
        at = entry.at.at(zone)
        who = " to ".join(filter(None, (entry.from_, entry.to)))
        said = f"{who}: {entry.words}" if who else entry.words
        rows.append([at.day.isoformat(), hhmm(at), stamp(at), said])
    return write_table(rows)


def geojson(places: Iterable[NamedPlace]) -> bytes:
    """Places as a GeoJSON FeatureCollection (RFC 7946): longitude first, WGS84, no bounding box."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(p.place.lon, 7), round(p.place.lat, 7)]},
            "properties": {
                key: value
                for key, value in (
                    ("name", p.name),
                    ("kind", p.kind),
                    ("time", stamp(p.at) if p.at else ""),
                    ("remark", p.remark),
                )
                if value
            },
        }
        for p in places
    ]
    body = msgspec.json.encode({"type": "FeatureCollection", "features": features})
    return msgspec.json.format(body, indent=1) + b"\n"


def gpx(places: Iterable[NamedPlace], *, name: str) -> bytes:
    """Places as GPX 1.1 waypoints. Characters that XML cannot hold are left out."""
    ET.register_namespace("", GPX)
    root = ET.Element(f"{{{GPX}}}gpx", {"version": "1.1", "creator": "Wayhome"})
    meta = ET.SubElement(root, f"{{{GPX}}}metadata")
    ET.SubElement(meta, f"{{{GPX}}}name").text = _xml_text(name)
    for p in places:
        point = ET.SubElement(root, f"{{{GPX}}}wpt", {"lat": f"{p.place.lat:.7f}", "lon": f"{p.place.lon:.7f}"})
        parts = (("time", _utc(p.at)), ("name", p.name), ("cmt", p.remark), ("type", p.kind))
        for tag, text in parts:
            if text:
                ET.SubElement(point, f"{{{GPX}}}{tag}").text = _xml_text(text)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _utc(at: Moment | None) -> str:
    return f"{at.utc:%Y-%m-%dT%H:%M:%SZ}" if at else ""


def _xml_text(text: str) -> str:
    """Only what XML 1.0 allows: no control characters, no lone surrogates, no U+FFFE and U+FFFF."""
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
