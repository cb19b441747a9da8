"""`wayhome propose`: the engine's advice on who goes, with its reasons. People decide."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, times, typed
from wayhome.cli.context import UsageError, here, session
from wayhome.cli.pages import page, section
from wayhome.cli.show import done, put
from wayhome.engines.tasking import Pick, Proposal, Ranked, Team
from wayhome.faces.names import names
from wayhome.mission.intents.missions import MakeOffer
from wayhome.mission.rules import Refused
from wayhome.usecases.session import Session
from wayhome.values.ids import MissionId, PersonId
from wayhome.values.when import Deadline

app = App(name="propose", help="Who goes: proposals with their reasons.")
TOP = True


@app.command(name="propose")
def propose(
    mission: str,
    *,
    base: str = "",
    following: Annotated[int | None, Parameter(name="--next")] = None,
    offer_by: str = "",
    post: str = "",
) -> None:
    """Proposes a team: why each one, what it costs, who would go instead, and how good any plan could be.

    Example: wayhome propose "Lost hiker" --base 42.5063,1.5218
    Example: wayhome propose "Lost hiker" --next 5
    Example: wayhome propose "Lost hiker" --offer-by +30m --post "search team"

    Parameters
    ----------
    base: where people set out from whose own place is not known
    following: instead of a team, so many of those to ask next, best first
    offer_by: take the proposal as it stands: offer the mission to each of the team, to be answered by then
    post: with --offer-by, the post that is offered
    """
    me = session()
    mission_id = find.mission(me, mission)
    known = names(me)
    if following is not None:
        if following < 1:
            raise UsageError(f"--next {following}: ask for at least one")
        seen = me.advise("next_candidates", mission=mission_id, limit=following)
        page(seen, lambda ranked: _show_next(ranked, known))
        return
    set_out = typed.place_or_none(me, mission_id, base)
    seen = me.advise("propose", mission=mission_id, base=set_out)
    page(seen, lambda proposal: _show_proposal(proposal, known))
    if offer_by:
        _offer(me, mission_id, seen.value, times.deadline(offer_by, me.now()), post)


def _offer(me: Session, mission: MissionId, proposal: Proposal, by: Deadline, post: str) -> None:
    """Offers to everybody in the team who has not accepted. Whoever cannot be asked is named; the others are asked."""
    for chosen in (pick for team in proposal.teams for pick in team.picks if not pick.accepted):
        why = " ".join(chosen.why)
        intent = MakeOffer(mission=mission, member=PersonId(chosen.person), post=post, answer_by=by, why=why)
        try:
            result = me.do(intent)
        except Refused as refusal:
            here().err.write(f"wayhome: not offered to {chosen.name}: {refusal.text}\n")
            continue
        if not here().as_json:
            done(result, f"Offered to {chosen.name}")


def _show_proposal(proposal: Proposal, known: dict[str, str]) -> None:
    put(proposal.words)
    if proposal.clash is not None:
        put("These cannot all hold; leave out any one of them and the rest can:")
        for rule in proposal.clash.rules:
            put(f"  - {rule.words}")
        if not proposal.clash.minimal:
            put("  (the work allowed ran out before it was shown that no smaller set clashes)")
    picks = [chosen for team in proposal.teams for chosen in team.picks]
    shared = _said_of_all(picks)
    for chosen in picks:
        _show_pick(chosen, known, shared)
    if shared:
        put("\nAll of them")
        for label, said in shared:
            put(f"  {label}: {said}")
    if any(chosen.arrival_h is not None for chosen in picks):
        put("\nTravel times are on foot, from everybody's last known place or the base.")
    for warning in proposal.warnings:
        put(f"! {warning}")
    for team in proposal.teams:
        _show_left(team)
    if proposal.clash is None:
        _show_bound(proposal)


MANY = 3
"""From so many picks on, what is said of every one of them is said once."""


def _said_of_all(picks: list[Pick]) -> list[tuple[str, str]]:
    if len(picks) < MANY:
        return []
    said = [_could_be_shared(one) for one in picks]
    return [line for line in said[0] if all(line in lines for lines in said)]


def _could_be_shared(one: Pick) -> list[tuple[str, str]]:
    labelled = (("why", one.why), ("caution", one.cautions), ("for you alone", one.personal))
    return [(label, line) for label, lines in labelled for line in lines]


def _show_pick(chosen: Pick, known: dict[str, str], shared: list[tuple[str, str]]) -> None:
    put("")
    arrival = "travel time not known" if chosen.arrival_h is None else f"there in {_hours(chosen.arrival_h)}"
    put(f"{chosen.name}  {chosen.duty}, {arrival}{', has accepted' if chosen.accepted else ''}")
    lines = [("why", one) for one in chosen.why]
    for cost in chosen.costs:
        stands_in = f" ({known.get(cost.stands_in, cost.stands_in)} stands in)" if cost.stands_in else ""
        lines.append(("costs", cost.words + stands_in))
    lines += [("takes", one) for one in chosen.takes]
    lines += [("caution", one) for one in chosen.cautions]
    lines += [("for you alone", one) for one in chosen.personal]
    lines += [("needs an exception", one) for one in chosen.exceptions]
    if chosen.next_best is not None:
        lines.append(("else", chosen.next_best.words))
    for label, said in lines:
        if (label, said) not in shared:
            put(f"  {label}: {said}")


def _hours(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d}"


def _show_left(team: Team) -> None:
    by_reason: dict[str, list[str]] = {}
    for one in team.not_considered:
        by_reason.setdefault(one.reason, []).append(one.name)
    section("Not considered", ("WHY", "WHO"), [(why, ", ".join(who)) for why, who in by_reason.items()])


def _show_bound(proposal: Proposal) -> None:
    """How much better any plan could be, and what the points are made of."""
    put("")
    worse = "no plan is better" if proposal.gap == 0 else f"at most {proposal.gap:.1%} from the best there can be"
    put(f"{proposal.points} points (fewer are better); no plan has under {proposal.bound}: {worse}")
    put("  " + ", ".join(f"{what} {points}" for what, points in proposal.account.items() if points))
    if not proposal.complete:
        put("  (the work allowed ran out before more could be shown)")


def _show_next(ranked: tuple[Ranked, ...], known: dict[str, str]) -> None:
    if not ranked:
        put("nobody else can be asked")
    for one in ranked:
        _show_pick(one.pick, known, [])
        put(f"  {'fills every need' if one.fills else 'still lacking: ' + ', '.join(one.lacks)}")
