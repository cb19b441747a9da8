"""`wayhome mission`: from the alarm until it closes. The commands stand in the parts beside this module."""

from __future__ import annotations

from cyclopts import App

from wayhome.cli import (
    mission_ceiling,
    mission_course,
    mission_duties,
    mission_people,
    mission_quarry,
    mission_secrets,
    mission_strength,
    mission_subject,
    mission_views,
)

app = App(name="mission", help="A mission from the alarm until everyone is home.")
for _part in (
    mission_course,
    mission_subject,
    mission_people,
    mission_quarry,
    mission_secrets,
    mission_ceiling,
    mission_duties,
    mission_strength,
    mission_views,
):
    app.command(_part.app, name="*")
