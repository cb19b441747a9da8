"""`wayhome import`: a roster as D4H or a spreadsheet writes it, all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import msgspec
from cyclopts import App

from wayhome.cli.context import UsageError, here, session
from wayhome.cli.progress import Bar, waiting
from wayhome.cli.show import clean, done, put, put_json
from wayhome.faces.rosterfile import Row, entries_of
from wayhome.formats.errors import FormatError
from wayhome.formats.roster import Known, RosterFile, RosterProblem, read_roster
from wayhome.links.files import read_file
from wayhome.mission.intents.people import ImportRoster
from wayhome.mission.rules.people import DUTIES
from wayhome.mission.views.shapes import MemberView, OrganisationView
from wayhome.usecases.session import Session

app = App(name="import", help="Takes in what others wrote.")


@app.command(name="roster")
def roster(file: Path, *, qualifications: Path | None = None, dry_run: bool = False, rename: bool = False) -> None:
    """Imports a roster from CSV, all of it or nothing; every wrong row is named with line, column and reason.

    Members go by the roster's own number: importing twice changes nothing. D4H gives members and qualifications as
    two files; give both.

    Example: wayhome import roster members.csv --qualifications qualifications.csv --dry-run

    Parameters
    ----------
    qualifications: a second file, with a qualification a row
    dry_run: only say what would come
    rename: let the file change the names of members who are on the roster already
    """
    me = session()
    known = _known(me)
    files = {file.name: _read(file, known)}
    if qualifications is not None:
        files[f"{qualifications.name} (qualifications)"] = _read(qualifications, known)
    held: tuple[MemberView, ...] = me.read("roster").value
    entries, found = entries_of(files, {m.ref: m for m in held}, rename=rename)
    wrong = [row for row in found if row.problem.grave]
    if wrong or dry_run:
        _tell(found, new=sum(1 for e in entries if e.ref not in {m.ref for m in held}), of=len(entries))
    if wrong:
        raise SystemExit(1)
    if dry_run:
        return
    if not here().as_json:
        _put_problems(found)
    with waiting("Writing the roster"):
        result = me.do(ImportRoster(rows=entries))
    done(result, f"The roster holds all {len(entries)} members of {file.name}")


def _known(me: Session) -> Known:
    organisation: OrganisationView = me.read("organisation").value
    return Known(ranks=organisation.member_ranks, duties=DUTIES)


def _read(file: Path, known: Known) -> RosterFile:
    body = read_file(file)
    bar = Bar(f"Reading {clean(file.name)}", here().err)
    try:
        return read_roster(body, known, bar)
    except FormatError as error:
        raise UsageError(f"{file}: {error}") from error
    finally:
        bar.end()


def _tell(found: list[Row], *, new: int, of: int) -> None:
    """What is wrong, and what would come."""
    wrong = sum(1 for row in found if row.problem.grave)
    if here().as_json:
        problems = [msgspec.to_builtins(row.problem) | {"file": row.file} for row in found]
        put_json({"ok": not wrong, "members": of, "new": new, "problems": problems})
        return
    _put_problems(found)
    if wrong:
        text = f"wayhome: {wrong} wrong as said above, nothing was imported: mend the file and import it again\n"
        here().err.write(text)
    else:
        put(f"{new} would be new, {of - new} are on the roster already; nothing was written")


def _put_problems(found: list[Row]) -> None:
    for row in found:
        put(f"{row.file}: {'' if row.problem.grave else 'note: '}{_words(row.problem)}")


def _words(problem: RosterProblem) -> str:
    return str(problem).replace("\n", " ")
