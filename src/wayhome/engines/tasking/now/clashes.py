"""Why no plan exists: a smallest set of rules that cannot all hold, by deletion filtering.

The method is the deletion filter of Chinneck and Dravnieks (1991): leave out one rule after the other, and keep only
those without which the rest can hold. The solver's own proof gives a short list to start from.
"""

from __future__ import annotations

from wayhome.engines.tasking.now.model import Model
from wayhome.engines.tasking.now.results import Clash
from wayhome.engines.tasking.now.words import clash_words


def smallest_clash(model: Model, *, work: float, seed: int) -> Clash | None:
    """A minimal clash among the rules of a model built with `named=True`; None when none was shown in `work`."""
    clashing, kept = model.clash(_all_but_sizes(model), work=work, seed=seed)
    if not clashing:
        clashing, kept = model.clash(None, work=work, seed=seed)
    if not clashing:
        return None
    minimal = True
    for number in list(kept):
        if number not in kept:
            continue
        rest = [one for one in kept if one != number]
        still, used = model.clash(rest, work=work, seed=seed)
        if still is None:
            minimal = False
        elif still:
            kept = used
    rules = tuple(model.rules[number][0] for number in kept)
    return Clash(rules, minimal, clash_words(rules))


def _all_but_sizes(model: Model) -> list[int]:
    """The rules but for team sizes: a clash among these says more to a leader, so it is looked for first."""
    return [number for number, (rule, _) in enumerate(model.rules) if rule.kind != "size"]
