"""Cells: what a letter of care is cut into. All are of one size, and one in use looks like one of noise.

    32 bytes  a number used once
    6 x 48    slots: a hint by which one reader knows theirs, and the cell's content key under a pad of theirs
    624 + 16  a piece of the letter under the content key (XChaCha20-Poly1305)

Hint and pad come of the number and of what reader and writer share: by Curve25519 of the writer's pair, which is the
drawer's, and the reader's; or the key of a case that several hold. So nobody but the owner of a drawer can put a letter
to somebody into it, and a reader multiplies once for a drawer and not for every cell. Whoever has the writer's key can
open what they wrote: they were a reader of it anyway. A cell that nobody uses is random bytes from end to end.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Sequence

import msgspec
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_scalarmult,
)
from nacl.exceptions import CryptoError

ONCE_BYTES = 32
SLOTS = 6
SLOT_BYTES = 48
HINT_BYTES = 16
PIECE_BYTES = 624
TAG_BYTES = 16
BOX_AT = ONCE_BYTES + SLOTS * SLOT_BYTES
CELL_BYTES = BOX_AT + PIECE_BYTES + TAG_BYTES
KEY_BYTES = 32
_CHANCE = random.SystemRandom()
_NONCE = bytes(24)
"""A content key seals one piece and no other, so that its nonce need not differ."""


class Holder(msgspec.Struct, frozen=True):
    """A key by which cells are opened: the pair of a person or of the desk, or the key of a case."""

    public: bytes = b""
    private: bytes = b""
    case: bytes = b""


def noise() -> bytes:
    """A cell that nobody uses."""
    return os.urandom(CELL_BYTES)


def shared(private: bytes, public: bytes) -> bytes | None:
    """What the holders of two pairs can both work out; None for a public key that is none."""
    if len(private) != KEY_BYTES or len(public) != KEY_BYTES:
        return None
    try:
        return crypto_scalarmult(private, public)
    except CryptoError:
        return None


def shared_with(holder: Holder, drawer: bytes) -> bytes | None:
    """What a holder shares with whoever writes into a drawer."""
    return holder.case or shared(holder.private, drawer)


def sealed(piece: bytes, drawer: bytes, secrets: Sequence[bytes]) -> bytes:
    """A cell of a drawer with a piece of at most `PIECE_BYTES`; `secrets` are shared with at most `SLOTS` readers."""
    once, content = os.urandom(ONCE_BYTES), os.urandom(KEY_BYTES)
    slots = [_slot(content, *_hint_and_pad(_keyed(secret), once, drawer)) for secret in secrets]
    slots += [os.urandom(SLOT_BYTES) for _ in range(SLOTS - len(slots))]
    _CHANCE.shuffle(slots)
    box = crypto_aead_xchacha20poly1305_ietf_encrypt(piece.ljust(PIECE_BYTES, b"\0"), drawer, _NONCE, content)
    return once + b"".join(slots) + box


class Opener:
    """Opens cells of one drawer by one secret; its keyed hash is begun once, for most cells are somebody else's."""

    def __init__(self, secret: bytes, drawer: bytes) -> None:
        self._keyed = _keyed(secret)
        self._drawer = drawer

    def opened(self, cell: bytes) -> bytes | None:
        """The piece in a cell, padded, or None where it was not sealed to whoever shares this secret."""
        hint, pad = _hint_and_pad(self._keyed, cell[:ONCE_BYTES], self._drawer)
        at = cell.find(hint, ONCE_BYTES, BOX_AT)
        if at < 0 or (at - ONCE_BYTES) % SLOT_BYTES:
            return None
        return _unsealed(cell[BOX_AT:], self._drawer, _xor(cell[at + HINT_BYTES : at + SLOT_BYTES], pad))


def _slot(content: bytes, hint: bytes, pad: bytes) -> bytes:
    return hint + _xor(content, pad)


def _keyed(secret: bytes) -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=SLOT_BYTES, key=secret, person=b"wayhome-cell-1")


def _hint_and_pad(keyed: hashlib.blake2b, once: bytes, drawer: bytes) -> tuple[bytes, bytes]:
    begun = keyed.copy()
    begun.update(once + drawer)
    digest = begun.digest()
    return digest[:HINT_BYTES], digest[HINT_BYTES:]


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(len(one), "big")


def _unsealed(box: bytes, drawer: bytes, content: bytes) -> bytes | None:
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(box, drawer, _NONCE, content)
    except CryptoError:
        return None
