"""`wayhome propose`: the engine's advice on who goes, with its reasons. People decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from cyclopts import App, Parameter

from wayhome.cli import find, times, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.hints import hint
from wayhome.cli.pages import page
from wayhome.cli.progress import working
from wayhome.cli.proposed import show_next, show_staffing
from wayhome.cli.show import done, put
from wayhome.engines.tasking import Pick
from wayhome.faces.names import names
from wayhome.mission.intents.missions import MakeOffer
from wayhome.mission.rules import Refused
from wayhome.mission.rules.offers import OPEN_ANSWERS
from wayhome.usecases.session import Session
from wayhome.usecases.staffing.recorded import Staffing
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Deadline

app = App(name="propose", help="Who goes: proposals with their reasons.")
TOP = True
Names = Annotated[list[str] | None, Parameter(negative=())]


@app.command(name="propose")
def propose(
    mission: str | None = None,
    *,
    base: str = "",
    without: Names = None,
    pin: Names = None,
    afresh: bool = False,
    following: Annotated[int | None, Parameter(name="--next")] = None,
    offer_by: str = "",
    post: str = "",
    exception: dict[str, str] | None = None,
) -> None:
    """Proposes a team: why each one, what it costs, who would go instead, and how good any plan could be.

    Without a MISSION it proposes for every open mission that still needs people, weighed together. Asked again, after
    somebody declined, was hurt or held back, it changes as few as can be and says what changed and why. With --without
    or --pin it answers what if, and writes nothing down. Ctrl-C ends it with the best so far.

    Example: wayhome propose "Lost hiker" --base 42.5063,1.5218
    Example: wayhome propose
    Example: wayhome propose "Lost hiker" --without Kiba --without Ino
    Example: wayhome propose "Lost hiker" --pin Sakura
    Example: wayhome propose "Lost hiker" --afresh
    Example: wayhome propose "Lost hiker" --next 5
    Example: wayhome propose "Lost hiker" --offer-by +30m --post "search team" --exception.rank "nobody else is near"

    Parameters
    ----------
    mission: the mission, by name or number; without it, every open mission that still needs people
    base: where people set out from whose own place is not known; it stands until another is given
    without: what if this member did not go; say it again for each
    pin: what if this member went in any case; say it again for each
    afresh: the best team there can be, however many it changes; who has accepted stays
    following: instead of a team, so many of those to ask next, best first
    offer_by: take the proposal as it stands: offer the mission to each of the team, to be answered by then
    post: with --offer-by, the post that is offered
    exception: with --offer-by, why those go against whom a rule (rank, history, healer) speaks; recorded for ever
    """
    me = session()
    mission_id = None if mission is None else find.mission(me, mission)
    trial = {"without": _members(me, without), "pinned": _members(me, pin)}
    if following is not None:
        if mission_id is None or any(trial.values()) or afresh or offer_by:
            raise UsageError("--next says whom to ask for one mission: name the mission, and give it alone")
        _show_next(me, mission_id, following)
        return
    for name, given in (("--post", post), ("--exception", exception)):
        if given and not offer_by:
            raise UsageError(f"{name} goes with --offer-by: say until when you want the answers")
    by = times.deadline(offer_by, me.now()) if offer_by else None
    if mission_id is None and base.strip():
        raise UsageError("--base goes with one mission: name the mission that people would set out for")
    more = {} if mission_id is None else {"mission": mission_id, "base": typed.place_or_none(me, mission_id, base)}
    with working("Weighing who goes", best_so_far=True):
        seen = me.advise("propose_all" if mission_id is None else "propose", **trial, afresh=afresh, **more)
    known = names(me)
    alone = None if mission_id is None else me.read("mission", mission=mission_id).value
    page(seen, lambda staffing: show_staffing(staffing, known, alone, me.now()))
    if by is not None:
        _offer(me, seen.value, _Offered(by, post, exception or {}))


def _members(me: Session, named: Sequence[str] | None) -> tuple[PersonId, ...]:
    return tuple(dict.fromkeys(find.member(me, name) for name in named or ()))


def _show_next(me: Session, mission: MissionId, limit: int) -> None:
    if limit < 1:
        raise UsageError(f"--next {limit}: ask for at least one")
    known = names(me)
    page(me.advise("next_candidates", mission=mission, limit=limit), lambda ranked: show_next(ranked, known))


class _Offered(msgspec.Struct, frozen=True):
    """What is said with every offer to a team."""

    by: Deadline
    post: str
    exceptions: dict[str, str]


def _offer(me: Session, staffing: Staffing, offered: _Offered) -> None:
    """Offers to everybody in the teams who was not asked yet. Whoever cannot be asked is named; others are asked.

    Raises Refused where anybody was not asked.
    """
    asked = {(one.member, one.mission) for one in me.read("offers").value if one.answer in OPEN_ANSWERS}
    picks = [pick for team in staffing.teams for pick in team.picks if not pick.accepted]
    wanted = [one for one in picks if (one.person, one.mission) not in asked]
    missing = [one.name for one in wanted if not _offer_one(me, one, offered)]
    if missing:
        many = "was" if len(missing) == 1 else "were"
        said = f"{len(missing)} of {len(wanted)} {many} not asked: {', '.join(missing)}."
        raise Refused("not all asked", f"{said} Why stands above.")
    if wanted and not here().as_json:
        many = "was" if len(wanted) == 1 else "were"
        put(f'{len(wanted)} {many} asked; taken back one by one: wayhome offer withdraw OFFER --reason "..."')


def _offer_one(me: Session, chosen: Pick, offered: _Offered) -> bool:
    """Whether it could be offered to them; why not is said."""
    intent = MakeOffer(
        mission=MissionId(chosen.mission),
        member=PersonId(chosen.person),
        post=offered.post,
        answer_by=offered.by,
        why=" ".join(chosen.why),
        exceptions=offered.exceptions,
    )
    try:
        result = me.do(intent)
    except Refused as refusal:
        how = hint(refusal.code)
        here().err.write(f"wayhome: not offered to {chosen.name}: {refusal.text}{f' ({how})' if how else ''}\n")
        return False
    if not here().as_json:
        done(result, f"Offered to {chosen.name}")
    return True
