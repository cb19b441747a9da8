"""A lost link: what is typed meanwhile is kept, said so, and written once, in its order, when the link is back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Seat, Seats
from tests.journeys.served import ServedFolder

LINES = ("2 to base: first light", "1 to base: second thoughts", "2 to base: third time lucky")

ENTER_TOO_MUCH = """async () => {
  const program = document.querySelector("script[type=module]").src;
  const { enter } = await import(program.replace("app.js", "queue.js"));
  await enter(location.pathname.split("/")[2], { words: "x".repeat(4001) });
}"""
"""What the page itself would stop: put into the queue past it."""


def log_of(seat: Seat, find: str) -> list[str]:
    """The words of the lines that hold `find`, as the record has them."""
    params: dict[str, str | float | bool] = {"mission": seat.desk.village.mission, "find": find}
    lines: list[dict[str, Any]] = seat.context.request.get(f"{seat.desk.url}/api/read/log", params=params).json()
    return [line["words"] for line in lines]


def open_log(seat: Seat) -> Page:
    """The log, with the desk's program kept on the device so that a reload needs no link."""
    seat.quiet_about_the_link = True
    page = seat.go(f"/m/{seat.desk.village.mission}/log")
    expect(page.locator(".log-row[data-line]").first).to_be_visible()
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    return page


def type_lines(page: Page, *lines: str) -> None:
    for line in lines:
        page.fill("#log-oneline", line)
        page.press("#log-oneline", "Enter")
        expect(page.locator("#log-oneline")).to_have_value("")


def waiting(page: Page) -> Any:
    return page.locator(".log-waiting")


def test_lines_typed_without_a_server_are_written_once_in_order(seat: Seats, desk: ServedFolder) -> None:
    """The server dies, three lines are typed, the page is loaded anew, the server comes back: three lines, in order."""
    operator = seat("Shizune")
    page = open_log(operator)
    desk.kill()
    expect(page.locator(".nolink")).to_be_visible()
    type_lines(page, *LINES)
    expect(waiting(page)).to_have_count(3)
    expect(page.locator(".nolink")).to_contain_text("3 entries wait on this device")
    page.reload()
    expect(waiting(page)).to_have_count(3)
    expect(page.locator(".nolink")).to_be_visible()
    expect(page.locator(".log-row[data-line]").filter(has_text="at the gate")).to_be_visible()
    operator.picture("log-no-link")
    desk.start()
    expect(waiting(page)).to_have_count(0)
    expect(page.locator(".log-row[data-line]").filter(has_text="third time lucky")).to_have_count(1)
    found = [words for words in log_of(operator, "") if words in LINES]
    assert found == list(LINES)


def test_two_tabs_of_one_device_lose_and_double_nothing(seat: Seats, desk: ServedFolder) -> None:
    """What either tab typed is seen waiting in both, and each line is written once."""
    operator = seat("Shizune")
    one = open_log(operator)
    two = operator.context.new_page()
    two.goto(one.url)
    expect(two.locator(".log-row[data-line]").first).to_be_visible()
    desk.kill()
    for number, page in enumerate((one, two, one, two)):
        expect(page.locator(".nolink")).to_be_visible()
        type_lines(page, f"1 to base: tab call {number}")
    for page in (one, two):
        expect(waiting(page)).to_have_count(4)
    desk.start()
    for page in (one, two):
        expect(waiting(page)).to_have_count(0)
        expect(page.locator(".log-row[data-line]").filter(has_text="tab call")).to_have_count(4)
    assert log_of(operator, "tab call") == [f"1 to base: tab call {number}" for number in range(4)]


def test_an_entry_that_waits_is_taken_back_whole(seat: Seats, desk: ServedFolder) -> None:
    """Undone before it was sent, an entry is open again with its text, and the record never hears of it."""
    operator = seat("Shizune")
    page = open_log(operator)
    desk.kill()
    expect(page.locator(".nolink")).to_be_visible()
    for key in ("2", "Enter"):
        page.keyboard.press(key)
    page.keyboard.type("never mind")
    page.keyboard.press("Enter")
    expect(waiting(page)).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(waiting(page)).to_have_count(0)
    expect(page.locator(".log-said textarea")).to_have_value("never mind")
    page.keyboard.press("Escape")
    type_lines(page, "2 to base: after it")
    expect(waiting(page)).to_have_count(1)
    desk.start()
    expect(waiting(page)).to_have_count(0)
    assert log_of(operator, "after it") == ["2 to base: after it"]
    assert log_of(operator, "never mind") == []


def test_a_line_typed_while_the_answer_was_lost_is_not_doubled(seat: Seats, desk: ServedFolder) -> None:
    """The request arrives and its answer does not: sent again by itself, the line still stands once."""
    operator = seat("Shizune", service_workers="block")
    operator.quiet_about_the_link = True
    page = operator.go(f"/m/{desk.village.mission}/log")
    expect(page.locator(".log-row[data-line]").first).to_be_visible()
    lost: list[int] = []

    def lose_the_answer(route: Any) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    operator.context.route("**/api/log", lose_the_answer)
    with page.expect_response("**/api/log") as answered:
        type_lines(page, "1 to base: said only once")
    assert lost == [200] and answered.value.ok
    expect(waiting(page)).to_have_count(0)
    expect(page.locator(".sending, .nolink")).to_have_count(0)
    expect(page.locator(".log-row[data-line]").filter(has_text="said only once")).to_have_count(1)
    assert log_of(operator, "said only once") == ["1 to base: said only once"]


def test_a_refused_entry_stays_with_its_reason(seat: Seats, desk: ServedFolder) -> None:
    """What the record will not have is kept on the device, says why, and can be let go."""
    operator = seat("Shizune")
    page = open_log(operator)
    page.evaluate(ENTER_TOO_MUCH)
    refused = page.locator(".log-refused")
    expect(refused).to_contain_text("4,001 letters")
    page.reload()
    expect(refused).to_contain_text("4,001 letters")
    refused.get_by_role("button", name="Let it go").click()
    expect(refused).to_have_count(0)
