"""Signing in, the board, and a mission's page: the shortest journey."""

from __future__ import annotations

from tests.journeys.conftest import Seats


def test_somebody_signs_in_and_finds_the_mission(seat: Seats) -> None:
    """Name and password lead to the board, and the board to the mission."""
    page = seat("Kakashi").page
    page.click("main >> text=Bring him back")
    page.wait_for_selector("header.mission >> text=under way")
