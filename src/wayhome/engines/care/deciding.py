"""Rules of care: what somebody states, and what they can open, give letters, or a refusal with its reason. Pure."""

from __future__ import annotations

from wayhome.engines.care import (
    deciding_contact,
    deciding_flags,
    deciding_member,
    deciding_return,
    deciding_support,
    deciding_together,
    deciding_watch,
)
from wayhome.engines.care.case import Cases
from wayhome.engines.care.deciding_common import (
    CARE_RULES,
    Candidates,
    CareAct,
    CareDecision,
    CareRefused,
    NewKey,
    Opening,
)
from wayhome.engines.care.stated import CareIntent

__all__ = [
    "Candidates", "CareAct", "CareDecision", "CareRefused", "NewKey", "Opening", "decide", "deciding_contact",
    "deciding_flags", "deciding_member", "deciding_return", "deciding_support", "deciding_together",
    "deciding_watch",
]  # fmt: skip


def decide(intent: CareIntent, known: Cases, act: CareAct) -> CareDecision:
    """What a statement comes to. `known`: what the letters that whoever acts can open add up to (`folding.fold`).

    Whoever carries it out: makes a key for each of `new_case_keys` and gives it in a CaseKeyGiven; writes those and the
    letters, all or none; destroys; then states what leaves. Raises CareRefused with a reason fit to show.
    """
    rule = CARE_RULES.get(type(intent))
    if rule is None:
        raise CareRefused("cannot do that", f"nothing in care can decide {type(intent).__name__}")
    return rule(intent, known, act)
