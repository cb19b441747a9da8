"""Who searches where, asked from the map in a real browser: ways appear, and a clue makes the plan stale."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Page, expect
from tests.journeys.axe import grave
from tests.journeys.conftest import WORKED_OUT_MS, Seat, Seats
from tests.journeys.village import GATE

AHEAD_S = 600
"""The browser's clock stands so far ahead: all maps of the journey are then of one quarter of an hour."""


def at_the_map(seat: Seat) -> Page:
    """The mission's map with what is asked of the planner unfolded."""
    seat.page.clock.set_fixed_time(time.time() + AHEAD_S)
    page = seat.go(f"/m/{seat.desk.village.mission}/map")
    expect(page.locator('[data-thing="point IPP"]')).to_be_visible()
    page.locator(".plans .map-fold").click()
    return page


def stated(page: Page, seat: Seat, intent: str, **fields: Any) -> str:
    """What the desk made of an intent that somebody states elsewhere."""
    said = {"intent": intent, "mission": seat.desk.village.mission, **fields}
    sent = page.request.post(f"{seat.desk.url}/api/do/{intent}", data=said)
    assert sent.ok, sent.text()
    made: str = sent.json()["made"]
    return made


def test_a_plan_is_asked_goes_stale_with_a_clue_and_the_map_comes_back(seat: Seats) -> None:
    """Asked by a button, drawn with names; a weighed clue makes it stale; withdrawn, the map is as before."""
    me = seat("Kakashi")
    page = at_the_map(me)
    page.get_by_role("button", name="Where can he be now?").click()
    code = page.locator(".where .map-code")
    expect(code).to_be_visible(timeout=WORKED_OUT_MS)
    before = code.inner_text()

    page.locator(".plans input[name=hours]").fill("0.5")
    page.get_by_role("button", name="Who searches where?").click()
    expect(page.get_by_role("progressbar", name="Working it out")).to_be_visible()
    answer = page.locator(".answer")
    expect(answer).to_have_attribute("data-stale", "no", timeout=WORKED_OUT_MS)
    expect(answer).to_contain_text("No plan can exceed")
    expect(answer).to_contain_text("Not validated on finds")
    expect(page.locator(".mark-words-way")).to_contain_text("1")

    clue = stated(page, me, "ReportClue", words="his sandal", place={"lat": GATE.lat + 0.004, "lon": GATE.lon + 0.004})
    expect(answer).to_have_attribute("data-stale", "no")
    stated(page, me, "WeighClue", clue=clue, planted=0.1, anothers=0.1)
    expect(answer).to_have_attribute("data-stale", "yes")
    expect(answer).to_contain_text("Out of date.")
    expect(code).not_to_have_text(before, timeout=WORKED_OUT_MS)
    page.get_by_role("button", name="Ask again now").click()
    expect(answer).to_have_attribute("data-stale", "no", timeout=WORKED_OUT_MS)

    stated(page, me, "WithdrawClue", clue=clue, reason="one of ours lost it")
    expect(answer).to_have_attribute("data-stale", "yes")
    expect(code).to_have_text(before, timeout=WORKED_OUT_MS)
    fits_a_phone(me)


def fits_a_phone(seat: Seat) -> None:
    """Nothing runs off the side, controls fit a glove, axe finds nothing grave: form and answer together."""
    page = seat.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".asked > summary").click()
    expect(page.get_by_role("button", name="Place 2 on the map")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.locator(".plans button:visible").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 43).map((one) => one.textContent)"
    )
    assert small == []
    assert grave(page) == []
    seat.picture("plan-390")


def test_a_team_is_placed_by_keys_alone_and_a_refusal_loses_nothing(seat: Seats) -> None:
    """A team without a place is put at the crosshair by Enter; what cannot be planned is said, and all that was typed
    stays."""
    page = at_the_map(seat("Shizune"))
    if not page.get_by_role("button", name="Place 2 on the map").is_visible():
        page.locator(".asked > summary").click()
    page.get_by_role("button", name="Place 2 on the map").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-placing")).to_contain_text("Tap where 2 sets out")
    page.locator("canvas.maplibregl-canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".going li", has_text="placed here by hand")).to_be_visible()
    expect(page.locator(".mark-words-start")).to_contain_text("2 from here")
    page.locator(".plans input[name=hours]").fill("48")
    page.get_by_role("button", name="Who searches where?").click()
    expect(page.locator(".doing .complaint")).to_contain_text("five minutes to a day")
    expect(page.locator(".plans input[name=hours]")).to_have_value("48")
    expect(page.locator(".going li", has_text="placed here by hand")).to_be_visible()
