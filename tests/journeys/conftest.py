"""A browser, and a desk served to it. Journeys fail on any console error, page error, or request to another host.

No journey may rest on how fast the machine is: it waits for what proves the thing (a line in the record, a page that is
whole), never for what holds already before anything has happened. `pytest tests/journeys --slow-browser 6` slows the
browser's processor six times, and everything passes still.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.journeys.served import ServedFolder, make_folder
from tests.journeys.village import PASSWORD
from tools.browser import found as browser_found

CHROMIUM = browser_found()
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
]
ROOM = Path(__file__).parent
SHARED_MEMORY = Path("/dev/shm")
ROOM_FOR_A_BROWSER = 2_000_000_000
PICTURES = Path(__file__).parent.parent.parent / "build" / "journeys"
"""Screenshots, for people to look at."""
WHOLE = "main:not([aria-busy=true]):not(:has(.loading, [aria-busy=true]))"
"""The page that the address names, with every answer that it is made of."""
REFUSED = re.compile(r"status of 4(00|03|04|09)")
"""What the browser's console says of a request that was refused."""
SEE_OTHER = 303
PATIENCE_MS = 30_000
STEP_PATIENCE_MS = 60_000
WORKED_OUT_MS = 180_000
"""For what the server works out for seconds even where it is fast."""
expect.set_options(timeout=PATIENCE_MS)


def pytest_addoption(parser: pytest.Parser) -> None:
    said = "slow the browser's processor so many times: what passes then passes on a slow machine as well"
    parser.addoption("--slow-browser", type=float, default=1.0, metavar="TIMES", help=said)


_KEPT: list[tuple[ExitStack, Browser]] = []
"""The browser of this process, while journeys follow on journeys."""


@pytest.fixture
def browser() -> Browser:
    """One for all journeys that follow on each other; every seat has a context of its own in it."""
    if not _KEPT:
        held = ExitStack()
        chromium = held.enter_context(sync_playwright()).chromium
        # What is shared between its processes lies in memory, where there is enough of it, rather than in files.
        roomy = SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > ROOM_FOR_A_BROWSER
        left_out = ["--disable-dev-shm-usage"] if roomy else None
        launched = chromium.launch(executable_path=CHROMIUM, args=FLAGS, ignore_default_args=left_out)
        held.callback(launched.close)
        _KEPT.append((held, launched))
    return _KEPT[0][1]


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Gone before anything but a journey: while it is there, nothing else in this process can run a loop of its own."""
    if nextitem is None or ROOM not in nextitem.path.parents:
        while _KEPT:
            _KEPT.pop()[0].close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedFolder]:
    """One desk for the journeys of a module."""
    served = make_folder(tmp_path_factory.mktemp("desk") / "leaf")
    served.start()
    yield served
    served.stop()


class Seat:
    """Somebody at a screen: a browser context of their own, signed in. What goes wrong in it is kept."""

    def __init__(self, context: BrowserContext, desk: ServedFolder, name: str, *, slowed: float = 1.0) -> None:
        self.name = name
        self.slowed = slowed
        self.context = context
        self.desk = desk
        self._page: Page = context.new_page()
        self._opened = False
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.quiet_about_the_link = False
        self.quiet_about_refusals = False
        self.quiet_about_the_password = False
        context.on("page", self._watch)
        self._watch(self._page)

    def _watch(self, page: Page) -> None:
        if self.slowed > 1:
            self.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": self.slowed})
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind == "error" and not self._foreseen(text):
            self.wrong.append(text)

    def _foreseen(self, text: str) -> bool:
        link = self.quiet_about_the_link and "ERR_" in text
        password = self.quiet_about_the_password and "409" in text
        return link or password or (self.quiet_about_refusals and REFUSED.search(text) is not None)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.desk.url).netloc:
            self.outside.append(url)

    def sign_in(self) -> Seat:
        """Signs in by the form's own address; `test_signing_in` types into the form."""
        sent: dict[str, str | float | bool] = {"name": self.name, "password": PASSWORD}
        answered = self.context.request.post(f"{self.desk.url}/login", form=sent, max_redirects=0)
        assert answered.status == SEE_OTHER, f"{self.name} may not sign in: {answered.status} {answered.text()}"
        return self

    @property
    def page(self) -> Page:
        """The page that is open: the board, until it has gone elsewhere."""
        return self._page if self._opened else self.go("/")

    def go(self, path: str) -> Page:
        """Loads a page, and waits until it is whole."""
        self._opened = True
        self._page.goto(self.desk.url + path)
        self._page.wait_for_selector(WHOLE)
        return self._page

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=False)


QUICK_HAND = """(where) => new MutationObserver((_, watched) => {
  const button = document.querySelector(where);
  if (!button) return;
  watched.disconnect();
  button.focus();
}).observe(document.body, { childList: true, subtree: true })"""


def keep_the_way_back(page: Page, where: str = ".said p button") -> None:
    """Comes to the button that takes back as soon as it is drawn: for whoever is at it, it stays."""
    page.evaluate(QUICK_HAND, where)


Seats = Callable[..., Seat]


@pytest.fixture
def seat(browser: Browser, desk: ServedFolder, request: pytest.FixtureRequest) -> Iterator[Seats]:
    """Seats somebody at a screen: `seat("Kakashi", width=390, height=844)`."""
    taken: list[Seat] = []
    slowed = float(request.config.getoption("--slow-browser", 1.0))

    def take(
        name: str, *, width: int = 1280, height: int = 800, at: ServedFolder | None = None, **more: object
    ) -> Seat:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]  # passed on
        context.set_default_timeout(STEP_PATIENCE_MS)
        taken.append(Seat(context, at or desk, name, slowed=slowed).sign_in())
        return taken[-1]

    yield take
    for one in taken:
        one.context.close()
        assert not one.wrong, f"{one.name}'s console: {one.wrong}"
        assert not one.outside, f"{one.name}'s page asked elsewhere: {one.outside}"
