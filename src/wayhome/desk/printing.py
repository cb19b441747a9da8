"""Paper: the report, the log, the briefing as PDF, and the log as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from litestar import Request, Response, get

from wayhome.desk.signed import me_of
from wayhome.faces import sheets
from wayhome.faces.sheets import NothingToPrint
from wayhome.formats.ics import ics214_csv, ics309_csv
from wayhome.links.paper.printing import PaperError
from wayhome.values.ids import MissionId

Asked = Request[Any, Any, Any]
Form = Literal["309", "214"]
PaperSize = Literal["a4", "us-letter"]
TAGS = ["paper"]


@get(
    "/api/missions/{mission:str}/report.pdf", sync_to_thread=True, tags=TAGS, summary="The mission report on paper",
    media_type="application/pdf",
)  # fmt: skip
def report_pdf(request: Asked, mission: str, paper: PaperSize = "a4") -> Response[bytes]:
    """The last official report, or the draft, with marks, people, clues and timeline."""
    from wayhome.links.paper import report_pdf as printed  # typst takes its time to load

    sheet = sheets.report(me_of(request), MissionId(mission))
    return _pdf(lambda: printed(sheet, paper=paper), "report")


@get(
    "/api/missions/{mission:str}/log.pdf", sync_to_thread=True, tags=TAGS, summary="The log on paper",
    media_type="application/pdf",
)  # fmt: skip
def log_pdf(request: Asked, mission: str, form: Form = "309", paper: PaperSize = "a4") -> Response[bytes]:
    """The whole log after the form ICS 309 (communications) or ICS 214 (activity)."""
    from wayhome.links.paper import log_pdf as printed

    sheet = sheets.log(me_of(request), MissionId(mission), "ICS 309" if form == "309" else "ICS 214")
    return _pdf(lambda: printed(sheet, paper=paper), "log")


@get(
    "/api/missions/{mission:str}/briefing.pdf", sync_to_thread=True, tags=TAGS, summary="The briefing on paper",
    media_type="application/pdf",
)  # fmt: skip
def briefing_pdf(request: Asked, mission: str, paper: PaperSize = "a4") -> Response[bytes]:
    """The last briefing: cautions, subject, teams, points, who has acknowledged it."""
    from wayhome.links.paper import briefing_pdf as printed

    sheet = sheets.briefing(me_of(request), MissionId(mission))
    return _pdf(lambda: printed(sheet, paper=paper), "briefing")


@get(
    "/api/missions/{mission:str}/log.csv", sync_to_thread=True, tags=TAGS, summary="The log as a table",
    media_type="text/csv",
)  # fmt: skip
def log_csv(request: Asked, mission: str, form: Form = "309") -> Response[bytes]:
    """The log after the form ICS 309 or ICS 214; it is safe to open in a spreadsheet."""
    me = me_of(request)
    me.read("mission", mission=MissionId(mission))
    entries = sheets.entries(me, MissionId(mission))
    body = (ics309_csv if form == "309" else ics214_csv)(entries, me.now().zone)
    return Response(body, media_type="text/csv", headers={"content-disposition": 'attachment; filename="log.csv"'})


def _pdf(made: Callable[[], bytes], name: str) -> Response[bytes]:
    try:
        body = made()
    except PaperError as error:
        raise NothingToPrint(str(error)) from error
    headers = {"content-disposition": f'inline; filename="{name}.pdf"'}
    return Response(body, media_type="application/pdf", headers=headers)


HANDLERS = (report_pdf, log_pdf, briefing_pdf, log_csv)
