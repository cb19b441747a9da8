"""Passwords: what was hashed fits, nothing else does, and no hash that somebody states can exhaust the machine."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher

from wayhome.links.passwords import BadPassword, fits, hashed

PASSWORD = "long enough 火影"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def test_what_was_hashed_fits_and_nothing_else() -> None:
    """The same password fits; another, an empty one, and any for a member without one do not."""
    held = hashed(PASSWORD)
    assert fits(PASSWORD, held)
    assert not any(
        fits(*tried) for tried in ((PASSWORD + " ", held), ("", held), (PASSWORD, ""), (PASSWORD, "no hash"))
    )


def test_a_short_password_is_refused_in_words() -> None:
    """Seven letters are too few, eight are enough."""
    with pytest.raises(BadPassword, match="at least 8"):
        hashed("seven 7")
    assert fits("eight 88", hashed("eight 88", CHEAP))


@pytest.mark.parametrize("change", [("m=8,", "m=4194304,"), ("t=1,", "t=100000,")])
def test_a_hash_that_would_exhaust_the_machine_fits_nothing(change: tuple[str, str]) -> None:
    """A stated hash that asks for 4 GiB or for hours of work is refused about as fast as any wrong password."""
    dear = CHEAP.hash(PASSWORD).replace(*change)
    began = time.process_time()
    assert not fits(PASSWORD, dear)
    assert time.process_time() - began < 5
