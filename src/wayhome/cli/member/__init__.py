"""`wayhome member`: the roster, what members can do, when they can come, and what is theirs alone."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli.member import career, days, doors, inviting, personal, reaching, roster

app = App(name="member", help="The roster: who is there, what they can do, when they can come.")
for part in (roster, career, days, personal, inviting, reaching, doors):
    app.command(part.app, name="*")
