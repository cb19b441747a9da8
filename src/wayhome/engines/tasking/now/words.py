"""How results are put into words: short plain sentences that a leader reads once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wayhome.engines.tasking.now.data import SkillNeed
from wayhome.engines.tasking.now.results import Rule

NAMED_AT_MOST = 4

POINTS_FOR = {
    "exception": "an exception more",
    "unstaffed": "a mission left without a team",
    "home_thin": "fewer left at home",
    "limited": "somebody on limited duty",
    "unknown_travel": "a travel time that is not known",
    "sent": "more people sent",
    "dependent": "more people left behind",
    "stake": "a personal stake that hurts",
    "level": "a lower level of skill",
    "unsteady": "less composure",
    "load_h": "more hours of duty already done",
    "travel_min": "a longer way",
    "parted": "two parted who go better together",
    "empty_place": "a trainee place left empty",
}


def plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def listed(names: Sequence[str]) -> str:
    """Some names as a phrase; past the fourth, how many more."""
    shown = list(names[:NAMED_AT_MOST])
    if len(names) > NAMED_AT_MOST:
        return f"{', '.join(shown)} and {len(names) - NAMED_AT_MOST} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def either(names: Sequence[str]) -> str:
    """Some names of which any will do: `a, b or c`."""
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def skill_words(need: SkillNeed) -> str:
    return f"{need.skill} at level {need.level} or above" if need.level > 1 else need.skill


def need_words(mission: str, need: SkillNeed, having: Sequence[str]) -> str:
    """What a mission needs, and who of those who may go has it."""
    many = f"{plural(len(having), 'person', 'people')} who may go {'has' if len(having) == 1 else 'have'} it"
    have = many if having else "nobody who may go has it"
    who = f" ({listed(having)})" if having else ""
    return f"{mission} needs {plural(need.count, 'person', 'people')} with {skill_words(need)}; {have}{who}"


def hours_words(hours: float) -> str:
    """25 min; 2 h; 1 h 30 min."""
    whole, rest = divmod(round(hours * 60), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def instead(joins: Sequence[str], leaves: Sequence[str]) -> str:
    """Who goes in somebody's place, and who leaves with them."""
    text = f"{listed(joins)} instead" if joins else "Nobody instead"
    return f"{text}, without {listed(leaves)} as well" if leaves else text


def worth(points: int) -> str:
    """How much some points are, as what one point is: a minute of one person's way."""
    return f"{hours_words(points / 60)} on the way"


def how_much(more: int, why: str = "") -> str:
    """How much worse another plan is, and by what."""
    if more == 0:
        return "just as good."
    if more < 0:
        return f"better by as much as {worth(-more)}."
    return f"worse by as much as {worth(more)}{f' ({why})' if why else ''}."


def worse_words(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """The two weightiest things in which one plan's account is worse than another's, or ""."""
    more = {name: after.get(name, 0) - before.get(name, 0) for name in POINTS_FOR}
    worst = sorted((name for name in more if more[name] > 0), key=lambda name: (-more[name], name))[:2]
    return " and ".join(POINTS_FOR[name] for name in worst)


def clash_words(rules: tuple[Rule, ...]) -> str:
    """Which rules clash, as a leader reads it."""
    if len(rules) == 1:
        return f"No team is possible: {rules[0].words}. Ask for less, or for more people."
    lines = "; ".join(f"({number}) {rule.words}" for number, rule in enumerate(rules, start=1))
    return f"No team is possible: these cannot all hold. {lines}. Give up any one of them."
