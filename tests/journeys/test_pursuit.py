"""Backup on its way: whoever is in pursuit is asked by itself, chooses with a thumb, and whoever commands reads it."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.journeys.conftest import WORKED_OUT_MS, Seats
from tests.journeys.served import ServedFolder
from tests.journeys.test_mission import PHONE, done, opened, pick, press


def test_whoever_is_in_pursuit_waits_for_those_who_come(seat: Seats, desk: ServedFolder) -> None:
    """Asked for Kiba, sent by Kakashi: both futures stand on Kiba's own page without his asking; he waits."""
    mission = f"/m/{desk.village.mission}"
    kiba = seat("Kiba", **PHONE).go("/me")
    expect(kiba.get_by_role("article", name="Bring him back")).to_be_visible()
    page = seat("Kakashi").go(f"{mission}/teams")
    form = opened(page, "Ask for backup")
    form.get_by_label("Where").fill("29.9870,141.9850")
    form.get_by_label("What is met there").fill("two behind me, he has stopped")
    pick(form, "Who is there", "Kiba")
    press(form, "Ask for backup")
    done(page)
    futures = page.get_by_role("region", name="Backup").locator(".futures")
    expect(futures).to_contain_text("Go on now: 1 person", timeout=WORKED_OUT_MS)
    commander = seat("Shizune", **PHONE).go(f"{mission}/teams")
    expect(commander.locator(".futures")).to_contain_text("Go on now: 1 person")
    assert commander.evaluate("document.documentElement.scrollWidth <= innerWidth")
    form = opened(page, "Send")
    pick(form, "Who", "Shizune")
    press(form, "+30 min")
    press(form, "Send")
    done(page)
    asked = kiba.get_by_role("region", name="Wait or go on")
    expect(asked).to_contain_text("1 with you in")
    expect(asked).to_contain_text("Go on now: 1 person")
    asked.get_by_role("button", name="I wait for them").click()
    expect(asked).to_have_count(0)
    expect(page.get_by_text("Kiba: wait")).to_be_visible()
    page = seat("Kakashi").go(f"{mission}/situation")
    expect(page.get_by_role("heading", name="Losses against arrivals")).to_be_visible()
