"""What is drawn already listens and keeps what it was told: however slow the machine, no key, tick or line is lost."""

from __future__ import annotations

import re
import threading
from typing import Any

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Seat, Seats, keep_the_way_back
from tests.journeys.test_radio_log import MESSAGE, open_log, press, row, send

PRESS_WHEN_DRAWN = """(() => {
  const watched = new MutationObserver(() => {
    if (!document.querySelector(".log-stack button")) return;
    watched.disconnect();
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", ctrlKey: true, bubbles: true }));
  });
  watched.observe(document, { childList: true, subtree: true });
})();"""
"""Hears of a change before the browser shows it: no hand is faster."""
SENT_AND_KEPT = """(words) => {
  document.querySelector("form.log-line").requestSubmit();
  return Object.values({ ...localStorage }).some((kept) => kept.includes(words));
}"""
PAGE_UP_AND_LARGER = """() => {
  const main = document.querySelector("main");
  for (const key of ["PageUp", "+"]) main.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}"""


def write_a_name(seat: Seat, name: str) -> None:
    """Somebody else writes a name into the memorial."""
    body = {"name": name, "on": "2010-03-01", "line": "", "mission_words": "the ferry", "member": None}
    answer = seat.context.request.post(
        f"{seat.desk.url}/api/do/Remember", data={"intent": "Remember", **body}, headers={"origin": seat.desk.url}
    )
    assert answer.ok, answer.text()


def test_a_key_pressed_as_soon_as_it_is_drawn_is_heard(seat: Seats) -> None:
    """The very moment an entry put aside is drawn after a reload, its key opens it."""
    page = open_log(seat("Shizune"))
    press(page, "1", "Enter")
    page.keyboard.type("a deer, no")
    press(page, "Escape")
    expect(page.locator(".log-stack button")).to_have_count(1)
    page.add_init_script(PRESS_WHEN_DRAWN)
    page.reload()
    expect(page.locator(MESSAGE)).to_have_value("a deer, no")
    expect(page.locator(MESSAGE)).to_be_focused()


def test_keys_pressed_while_a_dialog_is_on_its_way_are_not_the_pages(seat: Seats) -> None:
    """From the key that opens a dialog on, letters are for the dialog, even before its program has come."""
    page = seat("Kakashi", service_workers="block").page
    may_come = threading.Event()
    held: list[Any] = []
    page.route(
        re.compile(r"deed-palette\.js"), lambda route: route.continue_() if may_come.is_set() else held.append(route)
    )
    press(page, "k", "p")
    expect(page.locator("dialog .loading")).to_be_visible()
    expect(page.locator("main h1")).to_have_text("Board")
    may_come.set()
    for route in held:
        route.continue_()
    expect(page.get_by_role("combobox", name="Find a deed")).to_be_focused()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_a_tick_stays_when_something_else_changes(seat: Seats) -> None:
    """While somebody ticks a form, news from elsewhere redraws the page behind it; the tick stands."""
    mine, other = seat("Tsunade"), seat("Tsunade")
    write_a_name(other, "An old friend")
    page = mine.go("/more/memorial")
    page.get_by_role("listitem").filter(has_text="An old friend").get_by_role("button").click()
    page.get_by_label("the mission").check()
    write_a_name(other, "Another friend")
    expect(page.get_by_text("Another friend")).to_be_visible()
    expect(page.get_by_label("the mission")).to_be_checked()


def test_a_line_is_on_the_device_at_every_moment(seat: Seats) -> None:
    """Between Enter and the queue the line is nowhere else: until the queue has it, the device keeps it as typed."""
    page = open_log(seat("Shizune"))
    page.fill("#log-oneline", "1 to base: the lamp is out")
    assert page.evaluate(SENT_AND_KEPT, "the lamp is out")
    expect(row(page, "the lamp is out")).to_have_count(1)
    page.wait_for_function("() => !Object.values({ ...localStorage }).some((kept) => kept.includes('the lamp'))")
    page.reload()
    expect(row(page, "the lamp is out")).to_have_count(1)
    expect(page.locator("#log-oneline")).to_have_value("")


def test_reading_further_up_holds_from_the_first_key_on(seat: Seats) -> None:
    """What redraws the log just after Page Up does not take the reader back to the end."""
    mine, other = seat("Shizune"), seat("Kakashi")
    send(other, *(f"2 to base: pace {number}" for number in range(60)))
    page = open_log(mine)
    expect(row(page, "pace 59")).to_be_in_viewport()
    page.evaluate(PAGE_UP_AND_LARGER)
    expect(row(page, "pace 59")).not_to_be_in_viewport()


def test_words_that_go_by_themselves_stay_while_somebody_points_at_them(seat: Seats) -> None:
    """A way back does not vanish under the hand or the focus; left alone, it goes after its five seconds."""
    operator = seat("Shizune")
    operator.page.clock.install()
    page: Page = open_log(operator)
    page.fill("#log-oneline", "2 to base: was that right")
    keep_the_way_back(page, ".log-sent p button")
    press(page, "Enter")
    page.clock.fast_forward(6_000)
    page.get_by_role("button", name=re.compile("^Undo")).hover()
    page.focus("#log-oneline")
    page.clock.fast_forward(6_000)
    expect(page.locator(".log-sent")).to_contain_text("was that right")
    page.mouse.move(1, 1)
    page.clock.fast_forward(6_000)
    expect(page.locator(".log-sent p")).to_have_count(0)
