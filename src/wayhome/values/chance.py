"""Chance as an argument: one seed, drawn per purpose, so that one draw never shifts another."""

from __future__ import annotations

import hashlib

import numpy as np


def generator(seed: int, *purpose: str) -> np.random.Generator:
    """A counter-based generator (Philox) for `purpose`; the same seed and purpose give the same numbers."""
    text = "\x1f".join((str(seed), *purpose)).encode()
    key = int.from_bytes(hashlib.blake2b(text, digest_size=16, person=b"wayhome-ch").digest(), "big")
    return np.random.Generator(np.random.Philox(key=key))
