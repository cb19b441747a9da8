"""A secret in n shares, of which any two give it and one alone says nothing: Shamir's scheme over GF(256).

Each byte of the secret is where a straight line meets zero; a share is the line at one other place. Chance is an
argument: one byte of it for each byte of the secret, used for this secret and for nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from wayhome.engines.care.errors import CareError

MOST_SHARES = 255
REDUCER = 0x11B
"""x^8 + x^4 + x^3 + x + 1, by which products are reduced."""


class BadShares(CareError):
    """Shares that cannot be those of one secret, or a secret that cannot be shared so."""


def _product(a: int, b: int) -> int:
    found = 0
    while b:
        if b & 1:
            found ^= a
        a <<= 1
        if a & 0x100:
            a ^= REDUCER
        b >>= 1
    return found


def _inverse(a: int) -> int:
    """What times `a` is one: a to the 254th."""
    found, power = 1, a
    for bit in range(8):
        if 254 >> bit & 1:
            found = _product(found, power)
        power = _product(power, power)
    return found


def split(secret: bytes, of: int, chance: bytes) -> tuple[bytes, ...]:
    """`of` shares of a secret. Raises BadShares for fewer than two or more than 255, or where chance runs short."""
    if not 2 <= of <= MOST_SHARES:
        raise BadShares(f"a secret is shared among 2 to {MOST_SHARES}, not {of}")
    if len(chance) != len(secret) or not secret:
        raise BadShares("sharing takes one byte of chance for each byte of the secret")
    return tuple(
        bytes([place, *(byte ^ _product(slope, place) for byte, slope in zip(secret, chance, strict=True))])
        for place in range(1, of + 1)
    )


def join(shares: Sequence[bytes]) -> bytes:
    """The secret, of any two shares; further ones must agree. Raises BadShares where they do not."""
    held = {share[0]: share[1:] for share in shares if len(share) > 1 and share[0]}
    if len(held) < 2 or len({len(share) for share in held.values()}) != 1:
        raise BadShares("two different shares of one secret are needed")
    (first, a), (second, b), *further = sorted(held.items())
    run = _inverse(first ^ second)
    slopes = [_product(x ^ y, run) for x, y in zip(a, b, strict=True)]
    secret = bytes(x ^ _product(slope, first) for x, slope in zip(a, slopes, strict=True))
    for place, share in further:
        if share != bytes(byte ^ _product(slope, place) for byte, slope in zip(secret, slopes, strict=True)):
            raise BadShares("these shares are not of one secret")
    return secret
