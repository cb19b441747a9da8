"""One entry as stored, and the chain it hangs on.

hash = SHA-256(tag, previous hash, length of header, header, sealed body): over the ciphertext, so that a chain still
verifies when the key of its stream is destroyed. The replica that wrote an entry signs its hash (Ed25519).
"""

from __future__ import annotations

import hashlib

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from wayhome.usecases.ports import Header

GENESIS = bytes(32)
"""What the first entry of a chain names as its predecessor."""
_TAG = b"wayhome-entry-1\x00"

_decoder = msgspec.json.Decoder(Header)
_encoder = msgspec.json.Encoder()


class Record(msgspec.Struct, frozen=True, array_like=True):
    """The bytes of one entry, never rewritten. `prev` and `hash` are 32 bytes, `signature` 64."""

    header: bytes
    sealed: bytes
    prev: bytes
    hash: bytes
    signature: bytes


def header_bytes(header: Header) -> bytes:
    """The header as it is stored, hashed and signed."""
    return _encoder.encode(header)


def read_header(raw: bytes) -> Header:
    """The header in stored bytes; fields of later versions are passed over. Raises msgspec.DecodeError."""
    return _decoder.decode(raw)


def body_context(header: bytes) -> bytes:
    """What a body is sealed to, beside its key: no sealed body can be moved under another header."""
    return hashlib.sha256(header).digest()


def link(prev: bytes, header: bytes, sealed: bytes) -> bytes:
    """The hash that binds an entry to all before it."""
    return hashlib.sha256(b"".join((_TAG, prev, len(header).to_bytes(4, "big"), header, sealed))).digest()


def forge(prev: bytes, header: bytes, sealed: bytes, signing_key: SigningKey) -> Record:
    """The record that follows `prev`, signed."""
    linked = link(prev, header, sealed)
    return Record(header, sealed, prev, linked, signing_key.sign(linked).signature)


def signed_by(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that key's over `message`."""
    try:
        VerifyKey(public_key).verify(message, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def fault(record: Record, public_key: bytes) -> str | None:
    """What is wrong with a record by itself, or None: its hash, then its signature."""
    if link(record.prev, record.header, record.sealed) != record.hash:
        return "its header or body is not what was written: the hash differs"
    if not signed_by(public_key, record.hash, record.signature):
        return "its signature is not the replica's"
    return None
