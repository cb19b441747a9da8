"""Story 0 in four browsers: its commander, the member asked, the one he tells, and somebody who is told nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Seat, Seats
from tests.journeys.test_mission import PHONE, accepts, offered, opened, pick, press, raised, refused, shut_out

SECRET = "Among the Akatsuki"
HIDDEN = ("Akatsuki", "learn what they plan", "dead letter", "under cover", "ferry at Hane")
OUTSIDE = ("/", "/people", "/me", "/me/waiting", "/me/told", "/more/memorial")


def nowhere(seat: Seat, *words: str) -> None:
    """None of these words is on any page of somebody's desk, nor in what the pages were made of."""
    for path in OUTSIDE:
        page = seat.go(path)
        expect(page.locator("main h1, main h2").first).to_be_visible()
        for text in words:
            assert text not in page.content(), f"{text} on {path} of {seat.name}"
    kept = seat.page.evaluate("async () => JSON.stringify(await Promise.all((await indexedDB.databases()).map((one) => "
                              "one.name))) + JSON.stringify({ ...localStorage })")  # fmt: skip
    assert not [text for text in words if text in kept]


def know(page: Page, *names: str) -> None:
    """Just these stand in the tree, whoever told above whoever was told."""
    expect(page.locator(".tree li > a")).to_have_text(names)


def test_goodbye(seat: Seats) -> None:
    """Offered and thought over, told in part and promised, counted and covered; whoever is not told finds nothing."""
    tsunade, kakashi = seat("Tsunade"), seat("Kakashi", **PHONE)
    naruto, shikamaru = seat("Naruto", **PHONE), seat("Shikamaru")
    at = raised(tsunade, SECRET, secret=True)
    page = tsunade.go(f"{at}/offers")
    form = opened(page, "Write the briefing")
    form.get_by_label("The briefing").fill("Go in as a deserter; report by the dead letter at the ford.")
    press(form, "Write the briefing")
    offered(page, "Kakashi")
    accepts(kakashi, SECRET)
    he_tells(kakashi, naruto, at)
    she_counts(tsunade, at)
    they_believe(tsunade, kakashi, at, (naruto, shikamaru))
    for outsider in (naruto, shikamaru):
        nowhere(outsider, *HIDDEN)
        outsider.go(at)
        expect(outsider.page.get_by_text("there is no such mission", exact=False)).to_be_visible()
        shut_out(outsider)
        outsider.picture(f"goodbye-{outsider.name.lower()}")


def he_tells(kakashi: Seat, naruto: Seat, at: str) -> None:
    """Kakashi puts down what he told Naruto; Naruto reads just that, and promises."""
    form = opened(kakashi.go(f"{at}/know"), "I told somebody")
    pick(form, "Whom$", "Naruto")
    form.get_by_label("that there is a mission").check()
    pick(form, "Whom the mission takes", "Kakashi")
    kakashi.picture("goodbye-telling")
    press(form, "Keep it on record")
    expect(form).to_have_count(0)
    know(kakashi.page, "Tsunade", "Kakashi", "Naruto")
    told = naruto.go("/me/told").get_by_role("article")
    expect(told).to_contain_text("Kakashi told you")
    expect(told).to_contain_text("Kakashi may be gone on a mission.")
    form = opened(naruto.page, "Promise")
    press(form, "I promise")
    expect(told).to_contain_text("I tell nobody.")
    naruto.picture("goodbye-told")


def she_counts(tsunade: Seat, at: str) -> None:
    """Tsunade sees two who know, not the third; two is the ceiling; a third is read in for a reason only."""
    page = tsunade.go(f"{at}/know")
    know(page, "Tsunade", "Kakashi")
    form = opened(page, "Ceiling")
    form.get_by_label("At most").fill("2")
    press(form, "Set it")
    expect(page.locator(".figures")).to_contain_text("ceiling 2")
    form = opened(page, "Read in")
    pick(form, "Who$", "Shizune")
    press(form, "Read them in")
    expect(form.locator("[role=alert]")).to_contain_text("2")
    refused(tsunade)
    form.get_by_label("Why, though the ceiling is crossed").fill("somebody must keep the watch by night")
    press(form, "Read them in")
    expect(form).to_have_count(0)
    expect(page.locator(".figures")).to_contain_text("over the ceiling of 2")
    tsunade.picture("goodbye-who-knows")


def they_believe(tsunade: Seat, kakashi: Seat, at: str, outsiders: tuple[Seat, ...]) -> None:
    """What she lets the others believe stands on everybody's roster; the truth stands where it belongs."""
    page = tsunade.go(f"{at}/know")
    form = opened(page, "Cover for somebody")
    pick(form, "Of whom", "Kakashi")
    form.get_by_label("In words").fill("at the hot springs")
    form.get_by_role("button", name="+24 h").click()
    press(form, "Let it stand")
    expect(form).to_have_count(0)
    form = opened(page, "Plan contact")
    pick(form, "Who", "Kakashi")
    form.get_by_label("Signals").fill("chalk on the mill: all well")
    form.get_by_label("The way out").fill("the ferry at Hane")
    press(form, "Agree on it")
    expect(page.get_by_text("the ferry at Hane")).to_be_visible()
    expect(page.get_by_text("at the hot springs").first).to_be_visible()
    tsunade.picture("goodbye-cover")
    for outsider in outsiders:
        row = outsider.go(f"/people/{kakashi.desk.village.ids['Kakashi']}")
        expect(row.get_by_text(re.compile("leave")).first).to_be_visible()
        outsider.picture(f"goodbye-roster-{outsider.name.lower()}")
