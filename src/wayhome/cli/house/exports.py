"""`wayhome export`: the roster, a mission's log and its places, as whoever asks may see them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cyclopts import App

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.house.places import places_of
from wayhome.cli.member.roster import contact
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.show import put, put_json
from wayhome.faces.sheets import struck
from wayhome.formats.ics import LogEntry, NamedPlace, geojson, gpx, grid_of, ics214_csv, ics309_csv
from wayhome.formats.roster import RosterMember, RosterQualification, write_qualifications, write_roster
from wayhome.formats.tabular import write_table
from wayhome.mission.views.shapes import LineView, MemberView
from wayhome.usecases.session import Session
from wayhome.values.when import stamp

app = App(name="export", help="Writes files for others, as you may see what is in them.")


@app.command(name="roster")
def roster(file: Path, *, qualifications: Path | None = None, overwrite: bool = False) -> None:
    """Exports the roster as CSV that an import reads again. What you may not see is not in it.

    Example: wayhome export roster members.csv --qualifications qualifications.csv

    Parameters
    ----------
    qualifications: a second file, for a qualification a row
    overwrite: write over files that are there
    """
    me = session()
    for one in (file, qualifications):
        if one is not None:
            must_not_be_there(one, overwrite=overwrite)
    members: list[MemberView] = [m for m in me.read("roster").value if not m.erased]
    write_out(file, write_roster(_members(me, members)), overwrite=overwrite)
    if qualifications is not None:
        write_out(qualifications, write_qualifications(_qualifications(members)), overwrite=overwrite)
    _said(file, len(members), "members")


def _members(me: Session, members: list[MemberView]) -> list[RosterMember]:
    names = {n.member: n for n in me.read("callsigns").value}
    personal = {(p.member, p.what): p.words for p in me.read("personal").value}
    found = []
    for line, member in enumerate(members, start=2):
        phone, email = contact(personal.get((member.member, "contact"), ""))
        name = names.get(member.member)
        found.append(
            RosterMember(
                line=line,
                ref=member.ref,
                name=member.member_name,
                callsign=name.callsign if name else "",
                rank=member.rank,
                duties=member.duties,
                phone=phone,
                email=email,
                skills=member.skills,
                languages=name.languages if name else (),
                home=personal.get((member.member, "home"), ""),
                next_of_kin=personal.get((member.member, "next of kin"), ""),
                medical=personal.get((member.member, "medical"), ""),
                status=member.status,
            )
        )
    return found


def _qualifications(members: list[MemberView]) -> list[RosterQualification]:
    return [
        RosterQualification(
            line=0, ref=m.ref, name=m.member_name, qualification=q.name, awarded=q.awarded, expires=q.expires
        )
        for m in members
        for q in m.qualifications
    ]


@app.command(name="log")
def log(mission: str, file: Path, *, form: Literal["309", "214"] = "309", overwrite: bool = False) -> None:
    """Exports a mission's log as CSV, amendments laid over their lines.

    Example: wayhome export log "Lost hiker" log.csv

    Parameters
    ----------
    form: 309 for the communications log (ICS-309), 214 for the activity log (ICS-214)
    overwrite: write over a file that is there
    """
    me = session()
    which = find.mission(me, mission)
    lines: tuple[LineView, ...] = me.read("log", mission=which).value
    entries = [_entry(number, line) for number, line in enumerate(lines, start=1)]
    write = ics309_csv if form == "309" else ics214_csv
    write_out(file, write(entries, me.now().zone), overwrite=overwrite)
    _said(file, len(entries), "lines")


def _entry(number: int, line: LineView) -> LogEntry:
    return LogEntry(
        number=number,
        at=line.at,
        words=struck(line.message or line.words, line),
        from_=line.sender,
        to=line.receiver,
        team=line.team,
        status=line.status,
        place=line.place,
        operator=line.by_name,
        typed_at=line.typed_at,
        was=line.was,
        flags=line.flags,
        relayed=line.relayed,
    )


@app.command(name="places")
def places(mission: str, file: Path, *, overwrite: bool = False) -> None:
    """Exports a mission's places: planning point, who is where, clues, casualties, finds, posts and notes.

    The ending of the file says how it is written.

    Example: wayhome export places "Lost hiker" places.gpx

    Parameters
    ----------
    file: ends in .csv, .geojson or .gpx
    overwrite: write over a file that is there
    """
    me = session()
    which = find.mission(me, mission)
    name = me.read("mission", mission=which).value.name
    found = places_of(me, which)
    match file.suffix.lower():
        case ".csv":
            body = _places_csv(found)
        case ".geojson" | ".json":
            body = geojson(found)
        case ".gpx":
            body = gpx(found, name=name)
        case _:
            raise UsageError(f"{file} ends in none of .csv, .geojson, .gpx: the ending says what is written")
    write_out(file, body, overwrite=overwrite)
    _said(file, len(found), "places")


def _places_csv(found: list[NamedPlace]) -> bytes:
    rows = [["name", "kind", "time with zone", "grid (USNG)", "lat", "lon", "remark"]]
    for one in found:
        at = stamp(one.at) if one.at else ""
        lat, lon = f"{one.place.lat:.6f}", f"{one.place.lon:.6f}"
        rows.append([one.name, one.kind, at, grid_of(one.place), lat, lon, one.remark])
    return write_table(rows)


def _said(file: Path, count: int, what: str) -> None:
    if here().as_json:
        put_json({"file": str(file), what: count})
    else:
        put(f"Wrote {count} {what} to {file}")
