"""Paper, from a real browser: what is asked for comes as PDF, and a page printed as it stands is black on white."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Seats

A4_MM = (210, 297)
MM_PER_PT = 25.4 / 72


def sizes_mm(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page, as the file says them in points."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(round(float(wide) * MM_PER_PT), round(float(high) * MM_PER_PT)) for wide, high in boxes]


def test_every_sheet_is_one_click_away_and_is_paper(seat: Seats) -> None:
    """Each sheet that a link on the page names opens as a PDF on A4, without a console error."""
    kakashi = seat("Kakashi")
    mission = kakashi.desk.village.mission
    page = kakashi.go(f"/m/{mission}/reports")
    written = {"mission": mission, "stage": "draft", "words": "All were found at the forest's edge."}
    said = page.request.post(
        f"{kakashi.desk.url}/api/do/WriteReport", data=written, headers={"origin": kakashi.desk.url}
    )
    assert said.ok, said.text()
    for what in ("report.pdf", "log.pdf", "log.pdf?form=214", "briefing.pdf"):
        address = f"/api/missions/{mission}/{what}"
        expect(page.locator(f"main a[href*='{address}']").first).to_be_visible()
        answer = page.request.get(kakashi.desk.url + address)
        assert answer.headers["content-type"] == "application/pdf", what
        assert set(sizes_mm(answer.body())) == {A4_MM}, what


def test_the_map_is_printed_to_the_scale_that_was_asked(seat: Seats) -> None:
    """From the map's own dialog: a scale is chosen, and the sheet opens with that scale written on it."""
    kakashi = seat("Kakashi")
    page = kakashi.go(f"/m/{kakashi.desk.village.mission}/map")
    page.wait_for_selector("main [data-drawn=yes]")
    page.get_by_role("button", name="Print…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    kakashi.picture("printing-map-dialog")
    link = dialog.get_by_role("link").first
    answer = page.request.get(kakashi.desk.url + str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_a_page_printed_as_it_stands_is_black_on_white(seat: Seats) -> None:
    """Whatever look the screen has, paper is white, words are dark, and nothing to press but cards is there."""
    kakashi = seat("Kakashi")
    for part in ("log", "teams", "reports", "situation"):
        page = kakashi.go(f"/m/{kakashi.desk.village.mission}/{part}")
        page.wait_for_selector("main h1, main [data-log]")
        page.evaluate("document.documentElement.dataset.look = 'red'")
        page.emulate_media(media="print")
        kakashi.picture(f"printing-{part}")
        assert colours(page) <= {"rgb(0, 0, 0)", "rgb(51, 51, 51)", "rgb(119, 119, 119)"}, part
        expect(page.locator("button:not(.tcard):visible")).to_have_count(0)
        assert page.locator("nav.bar").is_hidden(), part
        assert sizes_mm(page.pdf(format="A4")), part
        page.emulate_media(media="screen")


def colours(page: Page) -> set[str]:
    """The colours of all words that are shown."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility() &&
        [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
        .map((one) => getComputedStyle(one).color)"""
    )
    return set(found)
