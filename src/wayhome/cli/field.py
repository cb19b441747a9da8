"""`wayhome field`: who departs, where they are, and that everybody comes home. The commands stand in the parts."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import field_calls, field_home, field_places, field_rest, field_strength, field_undercover

app = App(name="field", help="Departures, whereabouts, backup, and coming home.")
for _part in (field_home, field_places, field_calls, field_strength, field_rest, field_undercover):
    app.command(_part.app, name="*")
