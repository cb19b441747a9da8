"""A case's key in shares: any two give it, one says nothing."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.engines.care.sharing import BadShares, join, split

KEY = bytes(range(32))
CHANCE = bytes(range(100, 132))


@given(st.binary(min_size=1, max_size=40), st.integers(2, 12), st.data())
def test_any_two_shares_give_the_secret(secret: bytes, of: int, data: st.DataObject) -> None:
    """Whichever two come together, and in whatever order, they have it; so have more than two."""
    chance = data.draw(st.binary(min_size=len(secret), max_size=len(secret)))
    shares = split(secret, of, chance)
    one, other = data.draw(st.sampled_from(list(combinations(shares, 2))))
    assert join([one, other]) == join([other, one]) == join(shares) == secret


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 255), st.integers(2, 12), st.integers(0, 255))
def test_one_share_says_nothing(secret: int, place: int, seen: int) -> None:
    """For any share that somebody holds, every secret is as likely: exactly one chance gives it that share."""
    fitting = [chance for chance in range(256) if split(bytes([secret]), 12, bytes([chance]))[place - 1][1] == seen]
    assert len(fitting) == 1


def test_a_known_share() -> None:
    """By hand, over x^8+x^4+x^3+x+1: 0x53 times 0xCA is 1, so the share at 0xCA of secret 0 and slope 0x53 is 1."""
    assert split(b"\x00", 0xCA, b"\x53")[0xCA - 1] == b"\xca\x01"


def test_shares_that_do_not_belong_together_are_refused() -> None:
    """One share, the same one twice, shares of different secrets, and a place zero give nothing."""
    shares = split(KEY, 3, CHANCE)
    other = split(KEY[::-1], 3, CHANCE[::-1])
    for wrong in ([shares[0]], [shares[0], shares[0]], [*shares[:2], other[2]], [shares[0], b"\x00" + KEY],
                  [shares[0], b"\x02short"], []):  # fmt: skip
        with pytest.raises(BadShares):
            join(wrong)


@pytest.mark.parametrize(("of", "chance"), [(1, CHANCE), (256, CHANCE), (3, b"short"), (0, CHANCE)])
def test_what_cannot_be_shared_is_refused(of: int, chance: bytes) -> None:
    """A secret for one alone, for too many, or without enough chance."""
    with pytest.raises(BadShares):
        split(KEY, of, chance)
