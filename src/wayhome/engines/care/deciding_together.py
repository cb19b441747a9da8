"""The rule for the ladder's last step: two named professionals open a case together, for a reason the law knows."""

from __future__ import annotations

from wayhome.engines.care import letters as f
from wayhome.engines.care import stated as i
from wayhome.engines.care.case import Case, Cases, Ladder
from wayhome.engines.care.deciding_common import NO_SUCH_CASE, CareAct, CareDecision, CareRefused, decides, refusing
from wayhome.engines.care.drafting import Draft
from wayhome.engines.care.jurisdiction import jurisdiction_of, may_break_glass

FIRST_ROUND_MINUTES = 15
LAST = "professional"
SEEKS = frozenset({"contact", "watch", "not safe"})
"""Ladders by which somebody is sought who may be in need."""


@decides(i.OpenTogether)
def open_together(intent: i.OpenTogether, known: Cases, act: CareAct) -> CareDecision:
    """One lends a share, which opens nothing; the second one who does opens it. The member reads both."""
    case = known.cases.get(intent.case)
    if case is None or act.by == case.member or act.by not in act.candidates.professionals:
        raise CareRefused("no such case", NO_SUCH_CASE)
    number, share = _own_share(case, act)
    with refusing("no such reason"):
        reason = may_break_glass(jurisdiction_of(act.profile), intent.reason)
    if not _at_the_last_step(case, act):
        raise CareRefused(
            "not the last step", "whoever looks after them is sought first: this is for when a ladder has reached you"
        )
    if any(one.by == act.by for one in case.lent):
        raise CareRefused("lent already", "you have lent your share already: a second one of you has to")
    draft = Draft(case, act)
    others = tuple(person for person in act.candidates.professionals if person not in (act.by, case.member))
    to = tuple(dict.fromkeys((*others, *draft.concerned())))
    draft.say(f.ShareLent(share=share, number=number, reason=reason.words), to=to)
    opens = any(one.by != act.by for one in case.lent)
    draft.tells.append(
        "the case is open to the two of you. The member reads who opened it, when and why"
        if opens
        else "lent. It opens once another named professional does the same; the member reads that you did, and why"
    )
    return draft.done(made=case.id)


def _own_share(case: Case, act: CareAct) -> tuple[int, bytes]:
    """The share of the newest key of which one has any. Refuses whoever has none."""
    mine = {number: held[act.by] for number, held in case.shares.items() if act.by in held}
    if not mine:
        raise CareRefused("no share", "you have no share of this case's key: it was made before you were named")
    return max(mine.items())


def _at_the_last_step(case: Case, act: CareAct) -> bool:
    """A ladder that stands has reached the professionals, or a quarter of an hour went by and nobody has it."""
    ladders = [ladder for ladder in case.ladders.values() if ladder.off is None]
    return any(_reached(ladder) for ladder in ladders) or any(
        flag.owner is None and flag.at is not None and flag.at.plus(minutes=FIRST_ROUND_MINUTES).ms <= act.now.ms
        for flag in case.open_flags
    )


def _reached(ladder: Ladder) -> bool:
    last = {step.number for step in ladder.steps if step.channel == LAST}
    return ladder.what in SEEKS and bool(last & set(ladder.rung))
