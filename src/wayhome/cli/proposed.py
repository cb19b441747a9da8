"""How a proposal reads at a terminal: the team at a glance, why each, what changed, who was not weighed, how good."""

from __future__ import annotations

import math
from collections.abc import Sequence

from wayhome.cli.pages import section
from wayhome.cli.show import put, words
from wayhome.engines.tasking import Pick, Ranked, Team
from wayhome.engines.tasking.now.words import listed
from wayhome.mission.views.shapes import MissionView
from wayhome.usecases.staffing.answer import NOT_ANSWERED
from wayhome.usecases.staffing.recorded import Staffing, WithoutTeam
from wayhome.usecases.staffing.together import AS_ASKED
from wayhome.values.when import Moment

MANY = 3
"""From so many picks on, what is said of every one of them is said once."""
NAMED = 12
"""So many of those not considered for one reason are named."""
POINTS = {
    "exception": "exceptions",
    "unstaffed": "missions without a team",
    "home_thin": "fewer at home than should stay",
    "limited": "limited duty",
    "impaired": "impaired",
    "tired": "fit with caution",
    "unknown_travel": "ways not known",
    "sent": "people sent",
    "dependent": "those left behind",
    "stake": "personal stakes",
    "level": "skill short of the highest",
    "unsteady": "composure short of the highest",
    "load_h": "hours of duty before",
    "travel_min": "minutes on the way",
    "parted": "pairs parted",
    "empty_place": "trainee places left empty",
}
Known = dict[str, str]


def show_staffing(staffing: Staffing, known: Known, alone: MissionView | None, now: Moment) -> None:
    """A proposal for one mission (`alone`) or for all that need people, read at `now`."""
    if staffing.what_if:
        put("What if: this is not written down, and changes nothing.")
    if staffing.clash is None:
        put(staffing.words)
    staffed = [team for team in staffing.teams if team.staffed]
    for team in staffed:
        _show_glance(team)
    for one in staffing.unmanned:
        _show_unmanned(one)
    for warning in staffing.warnings:
        put(f"! {warning}")
    for team in staffed:
        _show_why(team, known, titled=len(staffing.teams) > 1)
    _show_travel(staffing, alone)
    _show_changes(staffing, now)
    for team in staffing.teams:
        _show_left(team, titled=len(staffing.teams) > 1)
    if staffed:
        _show_bound(staffing)


def _show_glance(team: Team) -> None:
    """Nobody's way there being known, that is said once below."""
    if all(one.arrival_h is None for one in team.picks):
        section(team.name, ("WHO", "BRINGS", "STANDS"), [(one.name, _brings(one), _stands(one)) for one in team.picks])
        return
    rows = [(one.name, _brings(one), _there(one), _stands(one)) for one in team.picks]
    section(team.name, ("WHO", "BRINGS", "THERE IN", "STANDS"), rows)


def _brings(pick: Pick) -> str:
    return ", ".join(f"{one.skill} {one.level}" for one in pick.brings) or "makes up the number"


def _there(pick: Pick) -> str:
    return "not known" if pick.arrival_h is None else _hours(pick.arrival_h)


def _way(pick: Pick) -> str:
    return "the way there not known" if pick.arrival_h is None else f"there in {_hours(pick.arrival_h)}"


def _stands(pick: Pick) -> str:
    if pick.accepted:
        said = pick.why[0].rstrip(".").lower()
    elif NOT_ANSWERED in pick.why:
        said = "was offered it"
    else:
        said = "pinned, to be asked" if AS_ASKED in pick.why else "to be asked"
    return f"{said}; needs an exception" if pick.exceptions else said


def _show_why(team: Team, known: Known, *, titled: bool) -> None:
    if titled:
        put(f"\n{team.name}: why each")
    shared = _said_of_all(team.picks)
    for pick in team.picks:
        put(f"\n{pick.name}")
        _show_lines(pick, known, shared)
    if shared:
        put("\nAll of them")
        for label, said in shared:
            put(f"  {label}: {said}")


def _said_of_all(picks: Sequence[Pick]) -> list[tuple[str, str]]:
    if len(picks) < MANY:
        return []
    said = [_could_be_shared(one) for one in picks]
    return [line for line in said[0] if all(line in lines for lines in said)]


def _could_be_shared(one: Pick) -> list[tuple[str, str]]:
    labelled = (("why", one.why), ("caution", one.cautions), ("for you alone", one.personal))
    return [(label, line) for label, lines in labelled for line in lines]


def _show_lines(pick: Pick, known: Known, shared: list[tuple[str, str]]) -> None:
    why = [one for one in pick.why if ("why", one) not in shared]
    lines = [("why", " ".join(why))] if why else []
    for cost in pick.costs:
        name = known.get(cost.stands_in, "")
        stands_in = f" ({name} stands in)" if name and name not in cost.words else ""
        lines.append(("costs", cost.words + stands_in))
    if pick.takes:
        lines.append(("leaves behind", f"{'; '.join(pick.takes)}."))
    lines += [("caution", one) for one in pick.cautions]
    lines += [("for you alone", one) for one in pick.personal]
    lines += [("needs an exception", f"{one}.") for one in pick.exceptions]
    if pick.next_best is not None:
        lines.append(("else", pick.next_best.words))
    for label, said in lines:
        if (label, said) not in shared:
            put(f"  {label}: {said}")


def _hours(hours: float) -> str:
    minutes = round(hours * 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d}"


def _show_travel(staffing: Staffing, alone: MissionView | None) -> None:
    hours = [pick.arrival_h for team in staffing.teams for pick in team.picks]
    if any(one is not None for one in hours):
        base = "" if staffing.base is None else f", {words(staffing.base)}"
        put(f"\nTravel times are on foot, from everybody's last known place or the base{base}.")
    elif hours and alone is not None:
        how = (
            "say where they set out, with --base PLACE, over a terrain that holds both"
            if alone.place is not None
            else f'say where it is: wayhome mission plan "{alone.name}" --place PLACE'
        )
        put(f"\nNobody's way there is known, so nobody is preferred for being near: {how}.")
    elif hours:
        how = "propose for one mission with --base PLACE, over a terrain that holds both; it stands from then on"
        put(f"\nNobody's way to any of them is known, so nobody is preferred for being near: {how}.")


def _show_unmanned(one: WithoutTeam) -> None:
    put("")
    if not one.rules:
        put(one.words)
        return
    if len(one.rules) == 1:
        put(f"{one.name} has no team: {_it(one, one.rules[0])}.")
    else:
        put(f"{one.name} has no team: these cannot all hold. Give up any one of them, and the rest can:")
        for number, rule in enumerate(one.rules, start=1):
            put(f"  {number}. {_it(one, rule)}")
    if one.near:
        put("  Nearest to it:")
        for near in one.near:
            put(f"    {near.name}: {'; '.join(near.lacks)}")
    put(f'  Whom to ask all the same: wayhome propose "{one.name}" --next 5')


def _it(one: WithoutTeam, rule: str) -> str:
    """A rule without the mission's name, where that has just been said."""
    said = rule.removeprefix(f"{one.name} ")
    return rule if said == rule else f"it {said}"


def _when(at: Moment, now: Moment) -> str:
    """The time, with the day where it was another."""
    today = at.day == now.at(at.zone).day
    return f"{at.local:%H:%M}" if today else f"{at.local:%Y-%m-%d %H:%M}"


def _show_changes(staffing: Staffing, now: Moment) -> None:
    if staffing.against is None:
        return
    since = f"since the proposal of {_when(staffing.against, now)}"
    many = len(staffing.teams) > 1
    rows = [
        (*([one.mission_name] if many else []), one.name, "joins" if one.joins else "leaves", one.why)
        for one in staffing.changes
    ]
    headings = (*(["MISSION"] if many else []), "WHO", "", "WHY")
    section(f"Changed {since}", headings, rows)
    if not rows:
        put(f"\nNothing changed {since}.")
    if staffing.saves:
        put(f"  Chosen afresh it would be {_percent(staffing.saves, staffing.points)} better: ask with --afresh.")


def _show_left(team: Team, *, titled: bool) -> None:
    by_reason: dict[str, list[str]] = {}
    for one in team.not_considered:
        by_reason.setdefault(one.reason, []).append(one.name)
    rows = [(why, _some(who)) for why, who in sorted(by_reason.items(), key=lambda one: len(one[1]))]
    section(f"Not considered{f' for {team.name}' if titled else ''}", ("WHY", "WHO"), rows)


def _some(who: list[str]) -> str:
    more = len(who) - NAMED
    return ", ".join(who) if more <= 1 else f"{', '.join(who[:NAMED])} and {more} more (--json names all)"


def _percent(part: int, whole: int) -> str:
    """A share, never said smaller than it is."""
    return f"{math.ceil(1_000 * part / whole) / 10:.1f} %" if whole else "0 %"


def _show_bound(staffing: Staffing) -> None:
    """How much better any plan could be, for all of it and for what was weighed by itself; and what it is made of."""
    what = "plan for all of these together" if len(staffing.teams) > 1 else "team"
    put("")
    put(f"How good it is: {_no_better(what, staffing.points, staffing.bound)}")
    if len(staffing.parts) > 1:
        names = {one.mission: one.name for one in staffing.teams}
        put("  At other hours, so each was weighed by itself, and somebody may go on more than one:")
        for part in staffing.parts:
            many = "team" if len(part.missions) == 1 else "plan for them together"
            put(f"  {listed([names[one] for one in part.missions])}: {_no_better(many, part.points, part.bound)}")
    weighed = sorted(staffing.account.items(), key=lambda one: -one[1])
    made = ", ".join(f"{POINTS.get(what, what)} {points}" for what, points in weighed if points)
    put(f"  What weighs, in minutes of one person's way: {made}.")
    put(f"  Together {staffing.points}, fewer being better; no plan comes under {staffing.bound}.")
    if not staffing.complete:
        put("  (the work allowed ran out before more could be shown)")


def _no_better(what: str, points: int, bound: int) -> str:
    if points == bound:
        return f"proven, no better {what} exists by these weights."
    return f"no {what} can be more than {_percent(points - bound, points)} better by these weights."


def show_next(ranked: tuple[Ranked, ...], known: Known) -> None:
    """Whom to ask next, best first."""
    if not ranked:
        put("nobody else can be asked")
    for one in ranked:
        put(f"\n{one.place}. {one.pick.name}  {one.pick.duty}, {_way(one.pick)}")
        _show_lines(one.pick, known, [])
        put(f"  {'fills every need' if one.fills else 'still lacking: ' + ', '.join(one.lacks)}")
