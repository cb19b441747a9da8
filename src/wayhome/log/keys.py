"""The keys of a data folder.

One random 256-bit master key; everything else is derived from it. It lies wrapped in *slots* of `keys.json`: one under
a passphrase (Argon2id, RFC 9106), one under a removable key file, or both. Copies of a folder made by backup and
restore share the master key, so one organisation's laptops can read each other's exchanges.
"""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata
from pathlib import Path

import msgspec
from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw

from wayhome.log.disk import write_atomically
from wayhome.log.sealing import KEY_BYTES, NotSealedSo, new_key, seal, unseal
from wayhome.usecases.ports import Damaged, Locked, LogError, WrongKey

KEYS_FILE = "keys.json"
_KEY_FILE_HEAD = "wayhome-key-1:"
_MAX_KEYS_JSON_BYTES = 1_000_000


class Cost(msgspec.Struct, frozen=True):
    """What one guess at the passphrase costs: passes, memory in KiB, lanes. Raises LogError outside sane bounds."""

    passes: int = 3
    memory_kib: int = 65_536
    lanes: int = 4

    def __post_init__(self) -> None:
        if not (1 <= self.passes <= 64 and 8 * self.lanes <= self.memory_kib <= 4_194_304 and 1 <= self.lanes <= 64):
            raise LogError(f"key derivation cost {self} is out of bounds: use the default")


DEFAULT_COST = Cost()
"""RFC 9106's second recommended setting: 3 passes, 64 MiB, 4 lanes."""


class Unlock(msgspec.Struct, frozen=True):
    """What opens a folder: a passphrase, or the path of a key file. With neither, the folder stays locked."""

    passphrase: str | None = None
    key_file: Path | None = None


class Subkeys(msgspec.Struct, frozen=True):
    """Keys derived from the master, 32 bytes each, one per purpose."""

    database: bytes
    wrapping: bytes
    exchange: bytes
    backup: bytes
    snapshot: bytes
    drawers: bytes


def subkeys(master: bytes) -> Subkeys:
    """All derived keys: BLAKE2b keyed with the master, the purpose as its person tag."""

    def derived(person: bytes) -> bytes:
        return hashlib.blake2b(key=master, digest_size=KEY_BYTES, person=person).digest()

    return Subkeys(
        database=derived(b"wayhome-db"),
        wrapping=derived(b"wayhome-wrap"),
        exchange=derived(b"wayhome-exchange"),
        backup=derived(b"wayhome-backup"),
        snapshot=derived(b"wayhome-snapshot"),
        drawers=derived(b"wayhome-drawers"),
    )


class _Slot(msgspec.Struct, frozen=True):
    kind: str
    salt: str
    wrapped: str
    cost: Cost | None = None


class _Slots(msgspec.Struct, frozen=True):
    format: int
    slots: tuple[_Slot, ...]


def new_slots(master: bytes, unlock: Unlock, cost: Cost = DEFAULT_COST) -> bytes:
    """The contents of `keys.json` for a master key. Raises Locked when `unlock` names no secret."""
    slots = []
    if unlock.passphrase is not None:
        slots.append(_wrap("passphrase", master, _secret_of_passphrase(unlock.passphrase), cost))
    if unlock.key_file is not None:
        slots.append(_wrap("keyfile", master, read_key_file(unlock.key_file), None))
    if not slots:
        raise Locked("the record needs a passphrase or a key file to be kept under")
    return msgspec.json.format(msgspec.json.encode(_Slots(1, tuple(slots))), indent=2)


def open_slots(raw: bytes, unlock: Unlock) -> bytes:
    """The master key. Raises WrongKey, Locked (no secret given) or Damaged (the file is not readable)."""
    try:
        held = msgspec.json.decode(raw[:_MAX_KEYS_JSON_BYTES], type=_Slots)
    except (msgspec.DecodeError, LogError) as error:
        raise Damaged(f"{KEYS_FILE} is damaged ({error}): put the copy from a backup in its place") from error
    if held.format != 1:
        raise LogError(f"{KEYS_FILE} has format {held.format}, written by a later Wayhome: use that version")
    if unlock.passphrase is not None:
        return _unwrap(held, "passphrase", _secret_of_passphrase(unlock.passphrase))
    if unlock.key_file is not None:
        return _unwrap(held, "keyfile", read_key_file(unlock.key_file))
    raise Locked("the record is locked: give its passphrase or its key file")


def add_slots(folder: Path, current: Unlock, more: Unlock, *, cost: Cost = DEFAULT_COST) -> None:
    """Puts new slots in place of those of the same kind; other kinds stay. Changes a passphrase, adds a key file."""
    refuse_key_beside_data(folder, current.key_file)
    refuse_key_beside_data(folder, more.key_file)
    raw = read_slots(folder)
    master = open_slots(raw, current)
    fresh = msgspec.json.decode(new_slots(master, more, cost), type=_Slots)
    kinds = {slot.kind for slot in fresh.slots}
    kept = tuple(slot for slot in msgspec.json.decode(raw, type=_Slots).slots if slot.kind not in kinds)
    write_atomically(folder / KEYS_FILE, msgspec.json.format(msgspec.json.encode(_Slots(1, kept + fresh.slots))))


def read_slots(folder: Path) -> bytes:
    """The bytes of a folder's `keys.json`. Raises LogError."""
    try:
        return (folder / KEYS_FILE).read_bytes()
    except OSError as error:
        raise LogError(f"{folder / KEYS_FILE} cannot be read ({error.strerror}): is this a data folder?") from error


def new_key_file(path: Path) -> None:
    """Writes a fresh key file, readable by its owner only. Raises LogError when there already is a file."""
    if path.exists():
        raise LogError(f"{path} already exists: a key file is never overwritten")
    write_atomically(path, f"{_KEY_FILE_HEAD}{new_key().hex()}\n".encode())


def read_key_file(path: Path) -> bytes:
    """The secret in a key file. Raises WrongKey when it is none."""
    try:
        with path.open("rb") as file:
            text = file.read(200).decode("ascii").strip()
        secret = bytes.fromhex(text.removeprefix(_KEY_FILE_HEAD))
    except OSError as error:
        raise WrongKey(f"the key file {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise WrongKey(f"{path} is not a Wayhome key file") from error
    if not text.startswith(_KEY_FILE_HEAD) or len(secret) != KEY_BYTES:
        raise WrongKey(f"{path} is not a Wayhome key file")
    return secret


def refuse_key_beside_data(folder: Path, key_file: Path | None) -> None:
    """Raises LogError for a key file inside the data folder: who takes the folder would have both."""
    if key_file is not None and key_file.resolve().is_relative_to(folder.resolve()):
        raise LogError(f"the key file {key_file} lies inside the data folder: keep it elsewhere, on a stick of its own")


def _secret_of_passphrase(passphrase: str) -> bytes:
    """Composed Unicode, so that a name typed on another keyboard gives the same bytes."""
    try:
        secret = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError as error:
        raise WrongKey("the passphrase is not valid Unicode text") from error
    if not secret.strip():
        raise WrongKey("the passphrase is empty")
    return secret


def _kek(kind: str, secret: bytes, salt: bytes, cost: Cost | None) -> bytes:
    if kind == "keyfile":
        return hashlib.blake2b(salt, key=secret, digest_size=KEY_BYTES, person=b"wayhome-keyfile").digest()
    if cost is None:
        raise Damaged(f"{KEYS_FILE} is damaged: the passphrase slot has no cost")
    try:
        return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except HashingError as error:
        raise LogError(f"the passphrase cannot be tried: {error} ({cost.memory_kib // 1024} MiB are needed)") from error


def _context(kind: str, cost: Cost | None) -> bytes:
    return b"wayhome-slot-1\x00" + kind.encode() + msgspec.json.encode(cost)


def _wrap(kind: str, master: bytes, secret: bytes, cost: Cost | None) -> _Slot:
    salt = os.urandom(16)
    wrapped = seal(master, _kek(kind, secret, salt, cost), _context(kind, cost))
    return _Slot(kind, base64.b64encode(salt).decode(), base64.b64encode(wrapped).decode(), cost)


def _unwrap(held: _Slots, kind: str, secret: bytes) -> bytes:
    slot = next((slot for slot in held.slots if slot.kind == kind), None)
    what = "a passphrase" if kind == "passphrase" else "a key file"
    if slot is None:
        raise WrongKey(f"this record is not kept under {what}: use the other way to open it")
    try:
        salt, wrapped = base64.b64decode(slot.salt, validate=True), base64.b64decode(slot.wrapped, validate=True)
        if len(salt) != 16:
            raise ValueError("salt")
        return unseal(wrapped, _kek(kind, secret, salt, slot.cost), _context(kind, slot.cost))
    except NotSealedSo as error:
        raise WrongKey(f"that is not {what} of this record" if kind == "keyfile" else "wrong passphrase") from error
    except ValueError as error:
        raise Damaged(f"{KEYS_FILE} is damaged: put the copy from a backup in its place") from error
