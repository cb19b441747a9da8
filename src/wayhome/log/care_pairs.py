"""Pairs of keys for care: made, kept under a password or a recovery code, and given from one carer to another."""

from __future__ import annotations

import hashlib

from nacl.bindings import crypto_box_keypair, crypto_box_seal, crypto_box_seal_open, crypto_scalarmult_base
from nacl.exceptions import CryptoError

from wayhome.log.sealing import NotSealedSo, seal, unseal

_UNDER_PASSWORD = b"wayhome-care-password-1"
_UNDER_CODE = b"wayhome-care-code-1"
_KEY_BYTES = 32


def new_pair() -> tuple[bytes, bytes]:
    """A public key and its private half."""
    public, private = crypto_box_keypair()
    return public, private


def public_of(private: bytes) -> bytes:
    return crypto_scalarmult_base(private)


def under(key: bytes, private: bytes, public: bytes) -> bytes:
    """The private half under a key that a password gives."""
    return seal(private, key, _UNDER_PASSWORD + public)


def opened(key: bytes | None, wrapped: bytes, public: bytes) -> bytes | None:
    """The private half, where the key is the one it lies under."""
    return _unsealed(wrapped, key, _UNDER_PASSWORD + public, public) if key is not None else None


def under_code(code: str, private: bytes, public: bytes) -> bytes:
    """The private half under a recovery code, which is long enough not to be tried through."""
    return seal(private, _key_of_code(code), _UNDER_CODE + public)


def opened_by_code(code: str, wrapped: bytes, public: bytes) -> bytes | None:
    return _unsealed(wrapped, _key_of_code(code), _UNDER_CODE + public, public)


def _key_of_code(code: str) -> bytes:
    return hashlib.blake2b(code.encode(), digest_size=_KEY_BYTES, person=b"wayhome-carecode").digest()


def _unsealed(wrapped: bytes, key: bytes, context: bytes, public: bytes) -> bytes | None:
    try:
        private = unseal(wrapped, key, context)
    except NotSealedSo:
        return None
    return private if len(private) == _KEY_BYTES and public_of(private) == public else None


def boxed(private: bytes, to: bytes) -> bytes:
    """A desk's private half for a carer: their public key, and the half sealed to it. Raises CryptoError."""
    return to + crypto_box_seal(private, to)


def unboxed(box: bytes, public: bytes, private: bytes, desk: bytes) -> bytes | None:
    """The private half of a desk's key in a carer's box, or None where it is not that, or not theirs."""
    if not box.startswith(public):
        return None
    try:
        found = crypto_box_seal_open(box[len(public) :], public, private)
    except (CryptoError, ValueError, TypeError):
        return None
    return found if len(found) == _KEY_BYTES and public_of(found) == desk else None
