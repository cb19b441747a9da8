"""A pair from first to last: the same village twice, the one with care in it and the other without."""

from __future__ import annotations

from random import Random

from tests.worlds_of_care.comparing import Tally, compare_disks, look_around
from tests.worlds_of_care.tended import tend
from tests.worlds_of_care.village import CARED_FOR, CARERS, Village, happen

from wayhome.values.ids import Id

ROUNDS = 4


def play(seed: int, tally: Tally) -> None:
    """Plays one pair and holds its worlds against each other; what is found goes into the tally."""
    chance = Random(seed)
    with_care, without = Village(seed), Village(seed)
    for _ in range(ROUNDS):
        for _ in range(chance.randint(1, 4)):
            happen((with_care, without), chance)
        tally.taken.update(tend(with_care, chance, chance.randint(2, 6)))
        on = chance.choice((0.2, 3, 26, 80))
        for world in (with_care, without):
            world.clock.forward(hours=on)
            world.house.tick()
        look_around(tally, with_care, without, chance, _some_case(with_care, chance))
    compare_disks(tally, with_care, without)


def _some_case(world: Village, chance: Random) -> Id:
    """The id of a case of the one world; of nothing where there is none yet."""
    own = [world.look(name, "my_care") for name in CARED_FOR]
    desk = world.look(CARERS[0], "care_desk") or ()
    cases = [one.case for one in (*own, *desk) if one is not None and one.case]
    return Id(chance.choice(cases)) if cases else Id("0" * 32)
