"""Commands that stand alone: making a house, signing in, serving it, keeping its record, what goes in and out."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.house import desk, exports, founding, imports, record, serving

TOP = True

app = App(help="The house itself.")
for part in (founding, desk, serving, record):
    app.command(part.app, name="*")
app.command(imports.app)
app.command(exports.app)
