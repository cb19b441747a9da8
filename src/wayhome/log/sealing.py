"""Sealing bytes under a key: XChaCha20-Poly1305 with a random 192-bit nonce (libsodium).

A box is nonce + ciphertext. A fact's body lies in an *envelope*: one byte for the algorithm, eight that name the key,
then the box. Algorithm 1 is a stream's own key; others (bodies sealed to named people) may follow, and a reader that
does not know one reads the body as not held here.
"""

from __future__ import annotations

import hashlib
import os

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError

KEY_BYTES = 32
NONCE_BYTES = 24
KEY_ID_BYTES = 8
UNDER_STREAM_KEY = 1


class NotSealedSo(Exception):
    """The box does not open: another key, another context, or other bytes than were sealed."""


def new_key() -> bytes:
    """A fresh random 256-bit key."""
    return os.urandom(KEY_BYTES)


def key_id(key: bytes) -> bytes:
    """The public name of a key, 8 bytes; it says nothing about the key."""
    return hashlib.blake2b(key, digest_size=KEY_ID_BYTES, person=b"wayhome-keyid").digest()


def seal(plain: bytes, key: bytes, context: bytes) -> bytes:
    """The box of `plain`; it opens only under the same key and context."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, nonce, key)


def unseal(box: bytes, key: bytes, context: bytes) -> bytes:
    """What was sealed. Raises NotSealedSo."""
    if len(box) < NONCE_BYTES + 16:
        raise NotSealedSo("too short to be a sealed box")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(box[NONCE_BYTES:], context, box[:NONCE_BYTES], key)
    except CryptoError as error:
        raise NotSealedSo("the box does not open") from error


def envelope(plain: bytes, key: bytes, named: bytes, context: bytes) -> bytes:
    """A fact's body as stored: algorithm, the key's name (8 bytes), box."""
    return bytes((UNDER_STREAM_KEY,)) + named + seal(plain, key, context)


def envelope_key(sealed: bytes) -> bytes | None:
    """The name of the stream key that opens an envelope, or None for an algorithm that we do not know."""
    if not sealed or sealed[0] != UNDER_STREAM_KEY:
        return None
    return sealed[1 : 1 + KEY_ID_BYTES]


def open_envelope(sealed: bytes, key: bytes, context: bytes) -> bytes:
    """A fact's body. Raises NotSealedSo."""
    return unseal(sealed[1 + KEY_ID_BYTES :], key, context)
