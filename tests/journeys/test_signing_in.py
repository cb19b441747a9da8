"""Signing in, the board, and a mission's page: the shortest journey."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.journeys.conftest import WHOLE, Seat
from tests.journeys.served import ServedFolder
from tests.journeys.village import PASSWORD


def test_somebody_signs_in_and_finds_the_mission(browser: Browser, desk: ServedFolder) -> None:
    """Name and password, typed, lead to the board, and the board to the mission."""
    with browser.new_context() as context:
        kakashi = Seat(context, desk, "Kakashi")
        page = kakashi.go("/login")
        page.fill("input[name=name]", kakashi.name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button.main")
        page.wait_for_selector("nav.bar")
        page.wait_for_selector(WHOLE)
        page.click("main >> text=Bring him back")
        page.wait_for_selector("header.mission >> text=under way")
    assert not kakashi.wrong and not kakashi.outside
