"""`wayhome field`: wait for backup or go on, for whoever is in pursuit."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import App, Parameter

from wayhome.cli import find, things
from wayhome.cli.context import session
from wayhome.cli.pages import page, section
from wayhome.cli.show import done, put
from wayhome.mission.facts.field import ComparedFuture
from wayhome.mission.intents.field import ChooseFuture
from wayhome.usecases.staffing.strength import WaitOrGoView
from wayhome.values.ids import handle

app = App(name="strength")


@app.command(name="wait-or-go")
def wait_or_go(mission: str) -> None:
    """Shows the backup that is on its way, and both futures: going on now against waiting for it.

    Whoever is in pursuit is told by itself as backup is sent.

    Example: wayhome field wait-or-go "The pursuit"
    """
    me = session()
    page(me.read("wait_or_go", mission=find.mission(me, mission)), _show_futures)


def _show_futures(found: tuple[WaitOrGoView, ...]) -> None:
    if not found:
        put("nobody is on the way to anybody")
    for one in found:
        put(f"[{handle(one.held.backup)}] {one.held.asked}, for {', '.join(one.in_pursuit)}")
        put(f"{one.words}: {', '.join(one.coming)}")
        section(
            "Both futures",
            ("DO", "MINUTES", "PEOPLE", "STILL LACKING", "FARTHER, KM", "WORDS"),
            [_future("go on", one.held.go_on), *(_future("wait", future) for future in one.held.waits)],
        )
        put(f"  It rests on {one.held.rests_on}.")
        for words in one.chosen:
            put(f"  {words}")


def _future(do: str, future: ComparedFuture) -> tuple[object, ...]:
    ahead = "not known" if future.ahead_km is None and future.wait_min else future.ahead_km or ""
    return do, future.wait_min, len(future.people), future.lacks or "nothing", ahead, future.words


@app.command(name="choose")
def choose(
    mission: str,
    backup: str,
    choice: Literal["wait", "go on"],
    *,
    member: Annotated[str, Parameter(name="--for")] = "me",
    channel: str = "",
) -> None:
    """Says what somebody in pursuit does: waits for those who come, or goes on. The log has it at once.

    Example: wayhome field choose "The pursuit" K7QF2M wait
    Example: wayhome field choose "The pursuit" K7QF2M "go on" --for Shikamaru --channel radio

    Parameters
    ----------
    backup: what was asked, or its letters in `wayhome field wait-or-go`
    member: for whom you type it
    channel: how it reached you, where you type it for somebody else
    """
    me = session()
    mission_id = find.mission(me, mission)
    intent = ChooseFuture(
        mission=mission_id,
        backup=things.backup(me, mission_id, backup),
        member=find.member(me, member),
        choice=choice,
        channel=channel,
    )
    done(me.do(intent), f"{'You' if member.casefold() == 'me' else member}: {choice}")
