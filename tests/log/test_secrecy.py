"""From a copy of the data folder without its key nobody learns anything; the scanner that shows it sees well."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fakes.logs import ORG, draft, sqlite_log, write
from tests.fakes.secret_scanner import scan_bytes, scan_folder, scan_log

from wayhome.log import database
from wayhome.log.backup import backup
from wayhome.usecases.ports import Batch, Gone, Row, Timer
from wayhome.values.ids import Mark, StreamId

SECRETS = ["Sasuke Uchiha", "the hut above Valley of the End", "火影の決定", "سر العملية", "🦊 chakra loss 38%"]


def zipped(raw: bytes) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", raw)
    return to.getvalue()


HIDDEN: list[Callable[[str], bytes]] = [
    lambda s: s.encode(),
    lambda s: s.encode("utf-16-le"),
    lambda s: s.encode("utf-16-be"),
    lambda s: json.dumps(s).encode(),
    lambda s: s.encode().hex().encode(),
    lambda s: base64.b64encode(s.encode() + b"tail"),
    lambda s: base64.b64encode(b"1" + s.encode() + b"tail"),
    lambda s: base64.urlsafe_b64encode(b"22" + s.encode()),
    lambda s: base64.b64encode(b"1" + s.encode("utf-16-le")),
    lambda s: zlib.compress(s.encode() * 3),
    lambda s: gzip.compress(s.encode("utf-16-le")),
    lambda s: zipped(s.encode()),
    lambda s: zipped(s.encode())[:-30],
    lambda s: gzip.compress(zlib.compress(base64.b64encode(s.encode()))),
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("hide", HIDDEN)
def test_the_scanner_sees_every_form(secret: str, hide: Callable[[str], bytes]) -> None:
    """Wherever and however a secret is planted, it is found; in noise it is not."""
    noise = os.urandom(50_000)
    assert {found for found, _ in scan_bytes(noise[:777] + hide(secret) + noise[777:], SECRETS)} >= {secret}
    assert scan_bytes(noise, SECRETS) == set()


def test_nothing_is_found_without_the_key_and_everything_with_it(tmp_path: Path) -> None:
    """In facts, rows, snapshots, timers, open or closed: no file holds a secret in any form; the log holds all."""
    log = sqlite_log(tmp_path)
    for n, secret in enumerate(SECRETS):
        body = json.dumps({"text": secret}, ensure_ascii=n % 2 == 0).encode()
        changes = (
            Row("log", secret, secret, Mark(f"m:{secret}"), secret, secret.encode()),
            Timer(f"{n:032x}", n, log.replica, ORG, secret),
        )
        write(log, draft(n, stream=f"m:{n}", body=body), changes=changes)
        log.put_snapshot(secret, body * 50)
    assert scan_folder(tmp_path, SECRETS) == []
    assert scan_log(log, SECRETS) == set(SECRETS)
    (tmp_path / "exchange").write_bytes(log.export_exchange({}))
    backup(log, tmp_path / "backup")
    log.close()
    assert scan_folder(tmp_path, SECRETS) == []
    log = sqlite_log(tmp_path)
    assert scan_log(log, SECRETS) == set(SECRETS)
    log.close()


def test_erasure_reaches_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file encryption off, to look inside: after erasure neither the file nor the write-ahead log holds the
    wrapped key, the row or the snapshot, while the log is still open."""
    monkeypatch.setattr(database, "_unlock", lambda db, key: None)
    log = sqlite_log(tmp_path)
    person, name = StreamId("p:1"), SECRETS[0].encode()
    write(log, draft("name", stream=person, body=name), changes=[Row("person", "p", "1", Mark("p"), "1", name)])
    log.put_snapshot("all", name)
    wrapped = next(key[2] for key in log._session.tables.stream_keys() if key[0] == person)
    snapshot = log._session.tables.snapshot("all") or b""

    def left() -> list[bool]:
        files = b"".join(path.read_bytes() for path in (tmp_path / "laptop").iterdir())
        return [secret in files for secret in (wrapped, name, snapshot)]

    assert left() == [True, True, True]
    log.submit(Batch((), (Gone("person", "p", "1"),), destroyed=(person,))).result(30)
    assert left() == [False, False, False]
    assert scan_log(log, SECRETS) == set()
    assert log.verify() == []
    log.close()


def test_erasure_is_finished_when_the_last_reader_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody in the middle of reading holds the old pages; the next write after they are done clears them."""
    monkeypatch.setattr(database, "_unlock", lambda db, key: None)
    log = sqlite_log(tmp_path)
    write(log, draft("name", stream="p:1"), draft("other", stream="p:1"))
    wrapped = log._session.tables.stream_keys()[0][2]
    reading = log.entries()
    next(reading)
    log.submit(Batch((), destroyed=(StreamId("p:1"),))).result(30)
    assert len(list(reading)) == 1
    write(log, "after")
    assert wrapped not in b"".join(path.read_bytes() for path in (tmp_path / "laptop").iterdir())
    log.close()
