"""`wayhome mission`: personal stakes, who is held back, and rules that were overridden."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find
from wayhome.cli.context import session
from wayhome.cli.show import done, table
from wayhome.mission.intents.missions import DeclareStake, HoldBack, MakeException

app = App(name="duties")


@app.command(name="stake")
def stake(
    mission: str,
    member: str,
    stake: str,
    *,
    speaks_for: Annotated[str, Parameter(name="--for")] = "",
    speaks_against: Annotated[str, Parameter(name="--against")] = "",
) -> None:
    """Records a personal stake (teammate, kin) and weighs it both ways.

    Example: wayhome mission stake "The pursuit" Shikamaru "his teammate" --for "knows how he thinks" --against "guilt"
    """
    me = session()
    intent = DeclareStake(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        stake=stake,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
    )
    done(me.do(intent), f"{member}'s stake is on record")


@app.command(name="stakes")
def stakes(mission: str) -> None:
    """Lists personal stakes, weighed both ways, and who is held back.

    Example: wayhome mission stakes "The pursuit"
    """
    me = session()
    table(
        me.read("stakes", mission=find.mission(me, mission)),
        [
            ("MEMBER", lambda s: s.member_name),
            ("STAKE", lambda s: s.stake),
            ("SPEAKS FOR", lambda s: s.speaks_for),
            ("SPEAKS AGAINST", lambda s: s.speaks_against),
            ("HELD BACK", lambda s: s.held_back),
        ],
        empty="no personal stakes",
    )


@app.command(name="hold-back")
def hold_back(mission: str, member: str, *, reason: str) -> None:
    """Holds a member back: they cannot be offered this mission or depart on it.

    Example: wayhome mission hold-back "The pursuit" Naruto --reason "hurt, and not himself"
    """
    _hold(mission, member, reason, lifted=False)


@app.command(name="lift")
def lift(mission: str, member: str, *, reason: str) -> None:
    """Lifts a hold: the member can be asked again.

    Example: wayhome mission lift "The pursuit" Naruto --reason "cleared by the medic"
    """
    _hold(mission, member, reason, lifted=True)


def _hold(mission: str, member: str, reason: str, *, lifted: bool) -> None:
    me = session()
    intent = HoldBack(mission=find.mission(me, mission), member=find.member(me, member), reason=reason, lifted=lifted)
    done(me.do(intent), f"{member} can be asked again" if lifted else f"{member} is held back")


@app.command(name="exception")
def exception(mission: str, rule: str, *, reason: str, member: str = "", about: str = "") -> None:
    """Overrides a rule (rank, history, briefing, healer) with a reason. It stands beside the mission for ever.

    Example: wayhome mission exception "The pursuit" rank --member Shikamaru --reason "short-handed"

    Parameters
    ----------
    member: for whom; without one, for everybody
    about: what exactly is overridden, in words
    """
    me = session()
    intent = MakeException(
        mission=find.mission(me, mission),
        rule=rule,
        reason=reason,
        member=find.member(me, member) if member else None,
        about=about,
    )
    done(me.do(intent), f"Exception from {rule} is on record")


@app.command(name="exceptions")
def exceptions(mission: str) -> None:
    """Lists every rule overridden for a mission: by whom and why.

    Example: wayhome mission exceptions "The pursuit"
    """
    me = session()
    table(
        me.read("exceptions", mission=find.mission(me, mission)),
        [
            ("RULE", lambda e: e.rule),
            ("MEMBER", lambda e: e.member_name or "everybody"),
            ("ABOUT", lambda e: e.about),
            ("REASON", lambda e: e.reason),
            ("BY", lambda e: e.by_name),
            ("WHEN", lambda e: e.at),
        ],
        empty="no exceptions",
    )
