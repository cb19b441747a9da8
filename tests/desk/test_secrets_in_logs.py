"""What a running desk writes to the screen of whoever runs it: enough to find a fault by, and nobody's secret."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest
from tests.fakes.house import memory_house
from websockets.sync.client import connect

from wayhome.assembly.facing import DeskSettings
from wayhome.assembly.local import LocalHouse
from wayhome.desk import joining
from wayhome.desk.server import DeskServer
from wayhome.values.ids import PersonId

PATIENCE_S = 60.0

PLANTED = {
    "password": "planted-password-1",
    "code": "planted-code-2",
    "invitation": "planted-invitation-3",
    "feed": "planted-feed-4",
    "channel": "mailtos://naruto:planted-channel-5@example.org",
    "log line": "planted-line-6",
    "cookie": "planted-cookie-7",
}


def _broken(_house: LocalHouse, _token: str) -> str:
    raise RuntimeError("broken on purpose")


def _served(url: str, house: LocalHouse, founder: PersonId) -> str:
    """Asks for everything with a secret in it, rightly and wrongly; gives the true token that was used."""
    token = house.let_in(founder)
    signed_in = {"authorization": f"Bearer {token}"}
    form = {"name": "Tsunade", "password": PLANTED["password"], "again": PLANTED["password"], "code": PLANTED["code"]}
    with httpx.Client(base_url=url, timeout=PATIENCE_S) as client:
        for path in ("/login", "/recover", "/unlock", f"/invite/{PLANTED['invitation']}"):
            client.post(path, data=form)
        client.post("/api/sign-in", json={"name": "Tsunade", "password": PLANTED["password"]})
        client.post("/api/confirm", json={"password": PLANTED["password"]}, headers=signed_in)
        client.get(f"/feed/{PLANTED['feed']}.ics")
        client.get(f"/invite/{PLANTED['invitation']}")
        client.post("/api/channels", json={"urls": [PLANTED["channel"], "https://no"]}, headers=signed_in)
        client.post("/api/do/LogLine", json={"words": PLANTED["log line"], "mission": 5}, headers=signed_in)
        client.get("/api/here", headers={"cookie": f"wayhome={PLANTED['cookie']}"})
    with connect(
        url.replace("http", "ws") + f"/api/live?cursor={PLANTED['cookie']}", additional_headers=signed_in
    ) as tab:
        tab.recv(10)
    return token


def test_nothing_secret_is_written_where_the_desk_runs(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Passwords, codes, tokens, addresses and lines go through a served desk, and a fault happens amid them."""
    monkeypatch.setattr(joining, "_name_behind", _broken)
    house, founder = memory_house()
    server = DeskServer(DeskSettings(data=tmp_path, port=0))
    for asking in ("httpx", "httpcore", "websockets.client"):
        caplog.set_level(logging.CRITICAL, asking)  # what the test itself asks with runs on another machine
    with caplog.at_level(logging.DEBUG):
        url = server.start(lambda _passphrase: None)[0]
        server.open(house)
        try:
            token = _served(url, house, founder)
        finally:
            server.stop()
    out, err = capfd.readouterr()
    written = out + err + caplog.text
    assert "broken on purpose" in written
    assert "GET /invite/{token" in written
    assert [what for what, secret in PLANTED.items() if secret in written] == []
    assert token not in written
