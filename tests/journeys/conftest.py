"""A browser, and a desk served to it. Journeys fail on any console error, page error, or request to another host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
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
PICTURES = Path(__file__).parent.parent.parent / "build" / "journeys"
"""Screenshots, for people to look at."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedFolder]:
    """One desk for the journeys of a module."""
    served = make_folder(tmp_path_factory.mktemp("desk") / "leaf")
    served.start()
    yield served
    served.stop()


class Seat:
    """Somebody at a screen: a browser context of their own, signed in. What goes wrong in it is kept."""

    def __init__(self, context: BrowserContext, desk: ServedFolder, name: str) -> None:
        self.name = name
        self.context = context
        self.desk = desk
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.quiet_about_the_link = False
        self.quiet_about_the_password = False
        context.on("page", self._watch)
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        meant = (self.quiet_about_the_link and "ERR_" in text) or (self.quiet_about_the_password and "409" in text)
        if kind == "error" and not meant:
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != urlsplit(self.desk.url).netloc:
            self.outside.append(url)

    def sign_in(self) -> Seat:
        self.page.goto(f"{self.desk.url}/login")
        self.page.fill("input[name=name]", self.name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button.main")
        self.page.wait_for_selector("nav.bar")
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.desk.url + path)
        self.page.wait_for_selector("nav.bar, main")
        return self.page

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=False)


Seats = Callable[..., Seat]


@pytest.fixture
def seat(browser: Browser, desk: ServedFolder) -> Iterator[Seats]:
    """Seats somebody at a screen: `seat("Kakashi", width=390, height=844)`."""
    taken: list[Seat] = []

    def take(
        name: str, *, width: int = 1280, height: int = 800, at: ServedFolder | None = None, **more: object
    ) -> Seat:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)  # type: ignore[arg-type]  # passed on
        taken.append(Seat(context, at or desk, name).sign_in())
        return taken[-1]

    yield take
    for one in taken:
        one.context.close()
        assert not one.wrong, f"{one.name}'s console: {one.wrong}"
        assert not one.outside, f"{one.name}'s page asked elsewhere: {one.outside}"
