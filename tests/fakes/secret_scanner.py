"""Looks for secrets in files as somebody would who has the folder but not the key; given the key, in the record."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from wayhome.usecases.ports import Ask, Log

MAX_INFLATED_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 3
_PACKED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|PK\x03\x04")


class Hit(NamedTuple):
    """One secret found: in which file, and in what form."""

    path: str
    secret: str
    form: str


def forms(secret: str) -> dict[str, bytes]:
    """The byte strings that betray a secret. Base64 is cut to what does not depend on its neighbours."""
    raw = secret.encode()
    found = {
        "utf-8": raw,
        "utf-16-le": secret.encode("utf-16-le"),
        "utf-16-be": secret.encode("utf-16-be"),
        "json escapes": json.dumps(secret)[1:-1].encode(),
        "hex": raw.hex().encode(),
        "hex upper": raw.hex().upper().encode(),
    }
    for name, encoded in (("utf-8", raw), ("utf-16-le", found["utf-16-le"])):
        for shift in range(3):
            text = base64.b64encode(bytes(shift) + encoded)
            kept = text[-(-shift * 8 // 6) : (shift + len(encoded)) * 8 // 6]
            found[f"base64 of {name} at {shift}"] = kept
            found[f"base64url of {name} at {shift}"] = kept.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def scan_bytes(raw: bytes, secrets: Iterable[str], *, depth: int = MAX_DEPTH) -> set[tuple[str, str]]:
    """(secret, form) of everything found, also inside compressed spans."""
    wanted = list(secrets)
    found = {(secret, form) for secret in wanted for form, shape in forms(secret).items() if shape in raw}
    if depth > 0:
        for name, inner in _unpacked(raw):
            found |= {(secret, f"{name} of {form}") for secret, form in scan_bytes(inner, wanted, depth=depth - 1)}
    return found


def _unpacked(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """What inflates wherever the mark of gzip, zlib or zip stands."""
    for mark in _PACKED.finditer(raw):
        if mark.group() == b"PK\x03\x04":
            yield from _unzipped(raw[mark.start() :])
            continue
        name, window = ("gzip", 31) if mark.group()[0] == 0x1F else ("zlib", 15)
        try:
            inner = zlib.decompressobj(window).decompress(raw[mark.start() :], MAX_INFLATED_BYTES)
        except zlib.error:
            continue
        if inner:
            yield name, inner


def _unzipped(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of a zip file that begins here; one without its directory is read by its first member."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    yield "zip", file.read(MAX_INFLATED_BYTES)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError, EOFError, ValueError):
        if len(raw) < 30:
            return
        start = 30 + int.from_bytes(raw[26:28], "little") + int.from_bytes(raw[28:30], "little")
        try:
            yield "zip", zlib.decompressobj(-15).decompress(raw[start:], MAX_INFLATED_BYTES)
        except zlib.error:
            return


def scan_folder(folder: Path, secrets: Iterable[str]) -> list[Hit]:
    """Every secret found in any file below a folder, in its content or its name."""
    wanted = list(secrets)
    hits: list[Hit] = []
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        hits += [Hit(name, secret, "file name") for secret in wanted if secret in name]
        if path.is_file():
            hits += [Hit(name, *found) for found in sorted(scan_bytes(path.read_bytes(), wanted))]
    return hits


def scan_log(log: Log, secrets: Iterable[str]) -> set[str]:
    """The secrets that an opened log holds, in bodies or rows: that the scanner would know them if it saw them."""
    held = b"\n".join(entry.body or b"" for entry in log.entries())
    held += b"\n".join(row.body for view in log.views() for row in log.rows(Ask(view), None))
    return {secret for secret, _ in scan_bytes(held, secrets, depth=0)}
