"""`wayhome report`: the report, the log and the briefing as PDF, and the log as CSV.

The printer is loaded only when something is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from wayhome.cli import find
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.outfile import must_not_be_there, write_out
from wayhome.cli.show import put, put_json

app = App(name="printed")

Form = Annotated[Literal["309", "214"], Parameter(name="--form")]
PaperSize = Annotated[Literal["a4", "us-letter"], Parameter(name="--paper")]


@app.command(name="pdf")
def pdf(mission: str, file: Path, *, paper: PaperSize = "a4", overwrite: bool = False) -> None:
    """Prints the mission report: the last official one, or the draft, with marks, people, clues and timeline.

    Example: wayhome report pdf "Lost hiker" report.pdf
    """
    from wayhome.faces import sheets
    from wayhome.links.paper import PaperError, report_pdf

    must_not_be_there(file, overwrite=overwrite)
    me = session()
    sheet = sheets.report(me, find.mission(me, mission))
    try:
        body = report_pdf(sheet, paper=paper)
    except PaperError as error:
        raise UsageError(str(error)) from error
    _write(file, body, overwrite)


@app.command(name="log-pdf")
def log_pdf(mission: str, file: Path, *, form: Form = "309", paper: PaperSize = "a4", overwrite: bool = False) -> None:
    """Prints the log after the form ICS 309 (communications) or ICS 214 (activity).

    Example: wayhome report log-pdf "Lost hiker" log.pdf --form 214
    """
    from wayhome.faces import sheets
    from wayhome.links.paper import PaperError
    from wayhome.links.paper import log_pdf as print_log

    must_not_be_there(file, overwrite=overwrite)
    me = session()
    sheet = sheets.log(me, find.mission(me, mission), "ICS 309" if form == "309" else "ICS 214")
    try:
        body = print_log(sheet, paper=paper)
    except PaperError as error:
        raise UsageError(str(error)) from error
    _write(file, body, overwrite)


@app.command(name="log-csv")
def log_csv(mission: str, file: Path, *, form: Form = "309", overwrite: bool = False) -> None:
    """Writes the log as CSV after the form ICS 309 or ICS 214; it is safe to open in a spreadsheet.

    Example: wayhome report log-csv "Lost hiker" log.csv
    """
    from wayhome.faces import sheets
    from wayhome.formats.ics import ics214_csv, ics309_csv

    must_not_be_there(file, overwrite=overwrite)
    me = session()
    entries = sheets.entries(me, find.mission(me, mission))
    write = ics309_csv if form == "309" else ics214_csv
    _write(file, write(entries, me.now().zone), overwrite)


@app.command(name="briefing-pdf")
def briefing_pdf(mission: str, file: Path, *, paper: PaperSize = "a4", overwrite: bool = False) -> None:
    """Prints the last briefing: cautions, subject, teams, points, who has acknowledged it.

    Example: wayhome report briefing-pdf "Lost hiker" briefing.pdf
    """
    from wayhome.faces import sheets
    from wayhome.links.paper import PaperError
    from wayhome.links.paper import briefing_pdf as print_briefing

    must_not_be_there(file, overwrite=overwrite)
    me = session()
    sheet = sheets.briefing(me, find.mission(me, mission))
    try:
        body = print_briefing(sheet, paper=paper)
    except PaperError as error:
        raise UsageError(str(error)) from error
    _write(file, body, overwrite)


def _write(file: Path, body: bytes, overwrite: bool) -> None:
    write_out(file, body, overwrite=overwrite)
    if here().as_json:
        put_json({"file": str(file), "bytes": len(body)})
    else:
        put(f"{file}: {len(body):,} bytes")
