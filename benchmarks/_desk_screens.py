"""What a person waits for, in a real browser: the log of many lines, the board, the first picture of the map."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tools.browser import found as browser_found

FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--enable-unsafe-swiftshader",
]  # fmt: skip
TIMES = 3
COLD_MS = 60_000


def measure(url: str, token: str, mission: str) -> dict[str, Any]:
    """Each the middle of three, in milliseconds, every time in a browser that has nothing kept."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_found(), args=FLAGS)
        log = sorted(_log(browser, url, token, mission) for _ in range(TIMES))
        board = sorted(_until(browser, url, token, "/", "main h1") for _ in range(TIMES))
        pictures = [_picture(browser, url, token, mission) for _ in range(TIMES)]
        scroll = _scroll(browser, url, token, mission)
        browser.close()
    return {
        "log_opens_ms": log[1],
        "board_opens_ms": board[1],
        "map_first_picture_ms": sorted(pictures)[1],
        "map_before_any_tile_was_drawn_ms": pictures[0],
        **scroll,
    }


def _page(browser: Browser, url: str, token: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "wayhome", "value": token, "url": url, "httpOnly": True, "sameSite": "Strict"}])
    return context.new_page()


def _until(browser: Browser, url: str, token: str, path: str, there: str) -> float:
    page = _page(browser, url, token)
    start = time.perf_counter()
    page.goto(url + path, wait_until="commit")
    page.wait_for_selector(there, timeout=COLD_MS)
    took = (time.perf_counter() - start) * 1000
    page.context.close()
    return round(took)


def _log(browser: Browser, url: str, token: str, mission: str) -> float:
    return _until(browser, url, token, f"/m/{mission}/log", "main [data-line]")


def _picture(browser: Browser, url: str, token: str, mission: str) -> float:
    return _until(browser, url, token, f"/m/{mission}/map", "main [data-drawn=yes]")


def _scroll(browser: Browser, url: str, token: str, mission: str) -> dict[str, Any]:
    """From the newest line to the oldest and back by keyboard; the slowest gap between two frames on the way."""
    page = _page(browser, url, token)
    page.goto(f"{url}/m/{mission}/log", wait_until="commit")
    page.wait_for_selector("main [data-line]", timeout=COLD_MS)
    page.evaluate(
        """() => { window.gaps = []; let last = performance.now();
        const tick = (now) => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
        requestAnimationFrame(tick); }"""
    )
    page.focus(".log-scroller")
    for key in ("PageUp",) * 30 + ("PageDown",) * 10:
        page.keyboard.press(key)
        page.wait_for_timeout(30)
    gaps = sorted(page.evaluate("() => window.gaps"))
    page.context.close()
    return {"scroll_frame_p99_ms": round(gaps[int(len(gaps) * 0.99)], 1), "scroll_frames": len(gaps)}
