"""Two hundred tabs that listen, in a process of their own: when each line came to each of them, and in which order.

    python -m benchmarks._desk_listeners URL TOKENS_FILE OUT_FILE

Prints `listening` when all are in; goes on until its standard input is closed, then writes OUT_FILE.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

AT_ONCE = 25


async def _tab(
    url: str, token: str, gate: asyncio.Semaphore, entered: asyncio.Event, heard: list[tuple[str, float]]
) -> None:
    """One tab: each line's words, and the clock when they came."""
    async with gate:
        socket: ClientConnection = await connect(
            f"{url}/api/live", additional_headers={"authorization": f"Bearer {token}"}, max_size=None, compression=None
        )
        await socket.recv()
        entered.set()
    async for message in socket:
        at = time.monotonic()
        for frame in json.loads(message)["frames"]:
            heard.extend((line["line"]["message"], at) for line in frame["lines"])


async def _listen(url: str, tokens: list[str]) -> list[list[tuple[str, float]]]:
    heard: list[list[tuple[str, float]]] = [[] for _ in tokens]
    gate = asyncio.Semaphore(AT_ONCE)
    entered = [asyncio.Event() for _ in tokens]
    tabs = [
        asyncio.create_task(_tab(url, token, gate, event, mine))
        for token, event, mine in zip(tokens, entered, heard, strict=True)
    ]
    await asyncio.gather(*(event.wait() for event in entered))
    sys.stdout.write("listening\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    for tab in tabs:
        tab.cancel()
    return heard


def main(url: str, tokens: str, out: str) -> None:
    heard = asyncio.run(_listen(url, json.loads(Path(tokens).read_text())))
    Path(out).write_text(json.dumps(heard))


if __name__ == "__main__":
    main(*sys.argv[1:])
