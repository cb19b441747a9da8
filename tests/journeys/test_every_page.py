"""Every page of the desk, on a phone's width, in every look: nothing serious that axe finds, nothing out of reach."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from tests.journeys.axe import BY_STYLE, grave
from tests.journeys.conftest import WHOLE, Seat, Seats

OF_A_MISSION = ("log", "map", "teams", "offers", "casualties", "clues", "reports", "situation", "plan", "know")
OTHERS = (
    "/", "/people", "/me", "/me/offers", "/me/waiting", "/me/day", "/me/told", "/me/care", "/care", "/more/memorial",
    "/more/who", "/more/exercises", "/more/settings", "/more/nowhere",
)  # fmt: skip
PLAIN = ("/login", "/join")
"""Pages that the server writes whole."""
READY = "main h1, main h2, main .slip, main .map-page, main .log"


def pages(seat: Seat) -> list[str]:
    village = seat.desk.village
    mission = [f"/m/{village.mission}/{part}" for part in OF_A_MISSION]
    return [*OTHERS, *mission, f"/people/{village.ids['Neji']}"]


WALK = """(path) => { history.pushState(null, "", path); dispatchEvent(new PopStateEvent("popstate")); }"""


def opened(seat: Seat, path: str) -> Page:
    """A page of the desk, gone to as by a link, without loading the desk anew."""
    seat.page.evaluate(WALK, path)
    return ready(seat.page)


def ready(page: Page) -> Page:
    page.wait_for_selector(WHOLE)
    expect(page.locator(READY).first).to_be_visible()
    return page


def test_axe_finds_nothing_serious_on_any_page_at_a_phones_width(seat: Seats) -> None:
    """No page breaks a serious or critical rule of axe in any look, and none runs off the side."""
    kakashi = seat("Kakashi", width=390, height=844)
    found: dict[str, Any] = {}
    for path in pages(kakashi):
        page = opened(kakashi, path)
        for look, rules in (("light", ()), ("dark", BY_STYLE), ("red", BY_STYLE)):
            page.evaluate("(look) => { document.documentElement.dataset.look = look; }", look)
            kakashi.picture(f"every-{look}-{path.strip('/').split('/')[-1] or 'board'}")
            if wrong := grave(page, rules=rules):
                found[f"{path} {look}"] = wrong
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            found[path] = f"runs {wide} px off the side"
    assert found == {}


def test_axe_finds_nothing_serious_on_the_pages_without_a_script(seat: Seats) -> None:
    """Nor does a page that the server writes whole."""
    kakashi = seat("Kakashi", width=390, height=844)
    for path in PLAIN:
        page = kakashi.go(path)
        assert grave(page) == [], path


PARTS_OF_A_DATE = 8
"""A field for a date or a time takes the focus once for each of its parts."""
REACHED = """() => { const at = document.activeElement; return at === document.body ? "" :
  at.dataset.reached || (at.dataset.reached = String(++window.reachedCount)); }"""
WANTED = """() => [...document.querySelectorAll("main a[href], main button, main input, main select, main summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0
    && !one.dataset.reached && one.getClientRects().length
    && !(one.type === "radio" && document.querySelector(`[name="${one.name}"][data-reached]`)))
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_everything_on_every_page_is_reached_by_the_tab_key(seat: Seats) -> None:
    """Pressing Tab comes to each thing that can be pressed, shows where it is, and is never caught."""
    kakashi = seat("Kakashi")
    missed: dict[str, list[str]] = {}
    for path in pages(kakashi):
        page = ready(kakashi.go(path))
        page.evaluate("window.reachedCount = 0; document.activeElement.blur()")
        seen: list[str] = []
        for _ in range(400):
            page.keyboard.press("Tab")
            at = page.evaluate(REACHED)
            if not at or at in seen[:-PARTS_OF_A_DATE]:
                break
            seen.append(at)
        if left := page.evaluate(WANTED):
            missed[path] = left
    assert missed == {}
