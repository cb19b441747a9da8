"""`wayhome care`: follow-ups after what people went through."""

from __future__ import annotations

from cyclopts import App

from wayhome.access.seen import Seen
from wayhome.cli.context import here, session
from wayhome.cli.show import put, table
from wayhome.mission.views.shapes import FollowUpView
from wayhome.values.ids import handle

NOT_THERE = (
    "Not there yet: contacts and check-ins themselves, the ladder when nobody answers, red flags, supporters, duty\n"
    "limits. Until then a person keeps to these days; Wayhome opens the follow-up and names them, and no more."
)

app = App(name="care", help=f"Follow-ups that open by themselves after what people went through.\n\n{NOT_THERE}")


@app.default
@app.command(name="list")
def listing(*, mine: bool = False) -> None:
    """Lists follow-ups: one's own, and those that a carer keeps. Command sees none of them.

    Example: wayhome care list --mine

    Parameters
    ----------
    mine: only one's own
    """
    me = session()
    seen: Seen[tuple[FollowUpView, ...]] = me.read("follow_ups")
    table(
        seen,
        [
            ("FOLLOW-UP", lambda f: handle(f.follow_up)),
            ("MEMBER", lambda f: "you" if f.member == me.viewer else f.member_name),
            ("OPENED", lambda f: f.at),
            ("AFTER", lambda f: f.reasons),
            ("CONTACT ON", lambda f: f.contacts),
        ],
        empty="no follow-ups that are yours to see",
        keep=lambda f: not mine or f.member == me.viewer,
    )
    if not here().as_json:
        put("")
        put(NOT_THERE)
