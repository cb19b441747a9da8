"""The care clock: rings the ladders of care, and says so when it cannot because no carer has signed in since the start.

What it tells says nothing of anybody. A step is told first and recorded then, under an id of its own: after an outage
it is told at least once, and never recorded twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from wayhome.engines.care.case import Cases, Ladder
from wayhome.engines.care.folding import fold, take_in
from wayhome.engines.care.ladder import DueStep, Keeper, due_now, next_at, rung
from wayhome.engines.care.letters import Letter
from wayhome.usecases.acting import Acting
from wayhome.usecases.care.means import LOOKED_FOR, NEEDED, STANDS, WAITS, Means, admitted
from wayhome.usecases.care.ports import LetterBox, Ring, Sealless
from wayhome.usecases.ports import LogError
from wayhome.values.ids import PersonId
from wayhome.values.when import Moment

Tell = Callable[[PersonId, str], bool]

NOT_SAFE = "not safe"
FIRST_ROUND_MINUTES = 15
"""Within so long everybody who can be sought was told once that somebody is not safe."""
SAID_AGAIN_MINUTES = (15,)
SAID_EVERY_HOURS = 6
"""That the clock stands is said at once, after 15 minutes, and then every 6 hours. Own design values."""
MOST_ROUNDS = 100


def ring_ladders(box: LetterBox, desk_ring: Ring | None, acting: Acting, now: Moment, tell: Tell) -> int:
    """Takes every step that is due: how many. Nothing without the desk's ring; what the disk refuses stays due."""
    if desk_ring is None:
        return 0
    organisation = acting.standing.world.organisation
    keeper = Keeper(organisation.clock_keeper, organisation.clock_kept_since)
    known = fold(box.read(desk_ring))

    def due() -> list[DueStep]:
        return due_now(known.ladders(), now, acting.replica, keeper)

    return _ring(box, desk_ring, known, due, now, tell, only_told=False)


def tell_at_once(means: Means, ring: Ring, now: Moment) -> int:
    """Tells, in the session of whoever is not safe, those who are sought first; everybody where no clock rings."""
    known = fold(means.box.read(ring))
    until = now if means.clock_rings() else now.plus(minutes=FIRST_ROUND_MINUTES)

    def due() -> list[DueStep]:
        return [one for ladder in _not_safe(known.ladders()) for one in due_now([ladder], until, ladder.owner)]

    return _ring(means.box, ring, known, due, now, means.tell, only_told=True)


def _not_safe(ladders: Iterable[Ladder]) -> list[Ladder]:
    return [ladder for ladder in ladders if ladder.what == NOT_SAFE]


def _ring(
    box: LetterBox,
    ring: Ring,
    known: Cases,
    due: Callable[[], list[DueStep]],
    now: Moment,
    tell: Tell,
    *,
    only_told: bool,
) -> int:
    """Each round takes what is due; a step by which nobody could be reached brings the next one at once.

    One that was taken before its time in vain is not recorded: it is tried again when its time comes. `only_told`:
    nor is any other in vain, since the clock tries them.
    """
    taken = 0
    for _ in range(MOST_ROUNDS):
        steps = due()
        if not steps:
            break
        for step in steps:
            told = tell(step.step.to, words_for(step))
            letter = rung(step, _after(known, step, now), ring.person, told=told)
            take_in(known, letter)
            if not told and (only_told or step.step.at.ms > now.ms):
                continue
            try:
                _write(box, ring, letter)
            except LogError:
                return taken  # the disk is full: it stays due, and the next tick tries again
            taken += 1
    return taken


def _after(known: Cases, step: DueStep, now: Moment) -> Moment:
    """Now, or just after the last letter of the case, so that no step comes before its ladder."""
    case = known.cases.get(step.case)
    latest = case.latest if case is not None else None
    return now if latest is None or latest.ms < now.ms else Moment(latest.ms + 1, now.zone)


def _write(box: LetterBox, ring: Ring, letter: Letter) -> None:
    """Whoever has no key yet is left out: they could not read it."""
    try:
        box.write(ring, [letter])
    except Sealless:
        box.write(ring, [msgspec.structs.replace(letter, to=())])


def words_for(step: DueStep) -> str:
    """What is told: three sentences in which nobody is named and nothing is said."""
    if step.what == NOT_SAFE:
        return NEEDED
    return WAITS if step.step.channel in ("first", "owner", "member") else LOOKED_FOR


def next_ring(box: LetterBox, desk_ring: Ring | None) -> Moment | None:
    """When the next step falls due; None without the desk's ring, or where nothing does."""
    return None if desk_ring is None else next_at(fold(box.read(desk_ring)).ladders())


class Standing:
    """Whether the clock of care stands, and when that was last said. The same whether or not there are any cases."""

    def __init__(self) -> None:
        self._since: Moment | None = None
        self._said: list[Moment] = []

    def tick(self, acting: Acting, desk_ring: Ring | None, now: Moment, tell: Tell) -> int:
        """Says to every admitted carer that the clock stands, where it does and it is time; to how many."""
        carers = admitted(acting.standing.world)
        if desk_ring is not None or not carers:
            self._since, self._said = None, []
            return 0
        self._since = self._since or now
        if now.ms < self._next_ms():
            return 0
        self._said.append(now)
        return sum(tell(carer, STANDS) for carer in carers)

    def _next_ms(self) -> int:
        assert self._since is not None
        if not self._said:
            return self._since.ms
        minutes = SAID_AGAIN_MINUTES[len(self._said) - 1] if len(self._said) <= len(SAID_AGAIN_MINUTES) else None
        if minutes is not None:
            return self._since.ms + minutes * 60_000
        return self._said[-1].ms + SAID_EVERY_HOURS * 3_600_000
