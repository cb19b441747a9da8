"""A page that is open while its reader is read out: how long until it hears, and what it can read after that."""

from __future__ import annotations

import json
import statistics
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

from benchmarks._access_house import Made
from benchmarks.desk import Server, post, served
from wayhome.values.ids import PersonId


def measure(folder: Path, made: Made, tokens: dict[PersonId, str], times: int) -> dict[str, Any]:
    """Reads people out of missions through the served desk, each with a page open, and waits for the page to hear."""
    took = []
    left = 0
    with served(folder) as server:
        for number in range(times):
            mission, (owner, reader) = made.missions[number], made.inside[number][:2]
            took.append(_read_out(server, mission, tokens[owner], tokens[reader], reader))
            left += _still_there(server, mission, tokens[reader])
    return {
        "read_outs": times,
        "middle_ms": round(statistics.median(took), 1),
        "slowest_ms": round(max(took), 1),
        "still_readable": left,
    }


def _read_out(server: Server, mission: str, owner: str, reader: str, member: str) -> float:
    """Milliseconds from sending the read-out to the open page being told to read everything anew."""
    address = f"{server.url.replace('http', 'ws', 1)}/api/live"
    with connect(address, additional_headers={"authorization": f"Bearer {reader}"}, compression=None) as page:
        page.recv(timeout=10)
        start = time.monotonic()
        post(server, "/api/do/ReadOutMember", owner, {"mission": mission, "member": member, "reason": "left"})
        while not json.loads(page.recv(timeout=10)).get("anew"):
            pass
        return (time.monotonic() - start) * 1000


def _still_there(server: Server, mission: str, reader: str) -> int:
    request = urllib.request.Request(
        f"{server.url}/api/read/mission?mission={mission}", headers={"authorization": f"Bearer {reader}"}
    )
    try:
        urllib.request.urlopen(request).read()
    except urllib.error.HTTPError as refused:
        return int(refused.code != 404)
    return 1
