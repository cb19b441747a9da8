"""The engine of care, deliberately broken, one rule at a time: each of these has to be found out by the simulation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from benchmarks._care_life import Rules
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Cases, Ladder
from wayhome.engines.care.deciding import CareAct, CareDecision, decide
from wayhome.engines.care.ladder import NOBODY_ELSE, DueStep, Keeper, due_now, rung
from wayhome.engines.care.letters import LadderCalledOff, LadderSet, Letter
from wayhome.values.ids import Id, PersonId
from wayhome.values.when import Moment


def _without(decision: CareDecision, what: str) -> CareDecision:
    """The decision without the ladders of one kind."""
    kept = tuple(
        letter for letter in decision.letters if not (isinstance(letter.fact, LadderSet) and letter.fact.what == what)
    )
    return msgspec.structs.replace(decision, letters=kept)


def _no_contact_ladders(intent: i.CareIntent, known: Cases, act: CareAct) -> CareDecision:
    return _without(decide(intent, known, act), "contact")


def _no_flag_ladders(intent: i.CareIntent, known: Cases, act: CareAct) -> CareDecision:
    return _without(decide(intent, known, act), "not safe")


def _later_is_never(intent: i.CareIntent, known: Cases, act: CareAct) -> CareDecision:
    """*Later* is taken for *no*."""
    if isinstance(intent, i.AnswerCare) and intent.answer == "later":
        return decide(i.AnswerCare(answer="no"), known, act)
    return decide(intent, known, act)


def _no_is_nothing(intent: i.CareIntent, known: Cases, act: CareAct) -> CareDecision:
    """*No* is written down, and everything goes on."""
    decision = decide(intent, known, act)
    if isinstance(intent, i.AnswerCare) and intent.answer == "no":
        kept = tuple(letter for letter in decision.letters if not isinstance(letter.fact, LadderCalledOff))
        return msgspec.structs.replace(decision, letters=kept)
    return decision


def _turned_round(ladders: Iterable[Ladder], now: Moment, replica: str, keeper: Keeper = NOBODY_ELSE) -> list[DueStep]:
    """Rings what is not due yet, and not what is: a comparison the wrong way round."""
    return [
        DueStep(ladder.about, ladder.case, ladder.member, ladder.what, step, ladder.readers)
        for ladder in ladders
        if ladder.off is None and replica in keeper.rings(ladder)
        for step in ladder.steps
        if step.number not in ladder.rung and step.at.ms > now.ms
    ]


def _stops_where_nobody_answers(
    ladders: Iterable[Ladder], now: Moment, replica: str, keeper: Keeper = NOBODY_ELSE
) -> list[DueStep]:
    """A step by which nobody could be reached ends the ladder."""
    living = [one for one in ladders if all(rung.told for rung in one.rung.values())]
    return due_now(living, now, replica, keeper)


def _only_todays(ladders: Iterable[Ladder], now: Moment, replica: str, keeper: Keeper = NOBODY_ELSE) -> list[DueStep]:
    """What fell due while the machine stood still is passed over."""
    return [one for one in due_now(ladders, now, replica, keeper) if now.ms - one.step.at.ms < 60_000]


def _recorded_anew(due: DueStep, now: Moment, by: PersonId, *, told: bool) -> Letter:
    """A step gets its id from when it was taken, and not from what it is."""
    letter = rung(due, now, by, told=told)
    return msgspec.structs.replace(letter, id=Id(f"{letter.id} {now.ms}"))


def _every_machine(
    ladders: Iterable[Ladder], now: Moment, _replica: str, keeper: Keeper = NOBODY_ELSE
) -> list[DueStep]:
    """Every machine rings every ladder."""
    return [
        step for name in ("desk", "van") for step in due_now(ladders, now, name, Keeper(name if keeper.machine else ""))
    ]


SOUND = Rules()
VARIANTS: dict[str, Rules] = {
    "sound": SOUND,
    "ladders are not kept over a restart": replace(SOUND, keeps_ladders=False),
    "no ladder for contacts": replace(SOUND, decide=_no_contact_ladders),
    "no ladder for somebody who is not safe": replace(SOUND, decide=_no_flag_ladders),
    "later is taken for no": replace(SOUND, decide=_later_is_never),
    "no changes nothing": replace(SOUND, decide=_no_is_nothing),
    "early and late turned round": replace(SOUND, due_now=_turned_round),
    "a step in vain ends the ladder": replace(SOUND, due_now=_stops_where_nobody_answers),
    "what an outage held up is passed over": replace(SOUND, due_now=_only_todays),
    "every machine rings, and each step has an id of its time": replace(
        SOUND, due_now=_every_machine, rung=_recorded_anew
    ),
    "exclusions turned round": replace(SOUND, heeds_exclusions=False),
}
