"""`wayhome report`: what people say and write, and what goes onto paper. The commands stand in the parts."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import report_heard, report_papers, report_printed

app = App(name="report", help="Reports, testimony, assumptions, and papers.")
for _part in (report_heard, report_papers, report_printed):
    app.command(_part.app, name="*")
