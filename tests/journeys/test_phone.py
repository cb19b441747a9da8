"""A member with a phone in one hand: from the offer to home, with a link and without."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.journeys.conftest import Seats, keep_the_way_back
from tests.journeys.served import ServedFolder

PHONE = {"width": 390, "height": 844}


def thumb(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def fits(page: Page) -> None:
    """Nothing hangs over the side of the screen."""
    sizes = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1], f"{page.url} is {sizes[0]} px wide on a screen of {sizes[1]} px"


def sent(page: Page) -> None:
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator(".link .sending")).to_have_count(0)


def test_from_an_offer_thought_over_to_home(seat: Seats) -> None:
    """Thought over, accepted with limits, briefed, here, departed, a place noted, home: all of it by thumb."""
    him = seat("Shikamaru", **PHONE)
    page = him.go("/me")
    page.get_by_role("link", name="1 offer waits for your answer").click()
    offer = page.get_by_role("article", name="Bring him back")
    expect(offer).to_contain_text("he thinks ahead")
    expect(offer).to_contain_text("Surround him at the forest's edge.")
    fits(page)
    him.picture("phone-offer")
    thumb(page, "Think it over…")
    thumb(page, "an hour")
    expect(offer).to_contain_text("you are thinking")
    thumb(page, "Accept with limits…")
    page.get_by_role("button", name="no climbing").click()
    thumb(page, "Accept with these limits")
    expect(page.get_by_role("article")).to_contain_text("accepted with limits")
    expect(page.get_by_role("article")).to_contain_text("no climbing")
    page.get_by_role("link", name="Now", exact=True).click()
    thumb(page, "I have read version 1")
    expect(page.get_by_text("acknowledged", exact=True)).to_be_visible()
    thumb(page, "I'm here")
    expect(page.get_by_role("button", name="I've left")).to_be_visible()
    fits(page)
    him.picture("phone-here")
    thumb(page, "I depart")
    thumb(page, "Yes, I depart")
    thumb(page, "Where I am")
    page.get_by_label("Or typed").fill("29.9863, 141.9860")
    thumb(page, "Note this place")
    thumb(page, "I'm home")
    thumb(page, "Yes, I'm home")
    expect(page.get_by_text("Rest well.")).to_be_visible()
    sent(page)
    fits(page)
    him.picture("phone-home")
    told = him.desk.village
    out = him.page.evaluate(
        "(mission) => fetch(`/api/read/out?mission=${mission}`).then((answer) => answer.json())", told.mission
    )
    mine = next(one for one in out if one["member"] == told.ids["Shikamaru"])
    assert mine["home"] is not None
    places = page.evaluate(
        "(mission) => fetch(`/api/read/places?mission=${mission}`).then((answer) => answer.json())", told.mission
    )
    assert any(one["who"] == "Shikamaru" for one in places)


def test_a_tap_without_a_link_is_kept_and_goes_out_when_it_is_back(seat: Seats, desk: ServedFolder) -> None:
    """The server dies; "I'm home" is tapped, kept, shown after a reload; the server is back, and it is so there."""
    her = seat("Sakura", **PHONE)
    her.quiet_about_the_link = True
    page = her.go("/me")
    expect(page.get_by_role("button", name="I'm home")).to_be_visible()
    desk.kill()
    expect(page.get_by_text("No link")).to_be_visible(timeout=15_000)
    thumb(page, "I'm home")
    thumb(page, "Yes, I'm home")
    expect(page.locator(".pending")).to_contain_text("Kept on this device")
    her.picture("phone-no-link")
    page.get_by_role("link", name="Waiting", exact=False).click()
    expect(page.locator(".device")).to_contain_text("waits for a link")
    desk.start()
    expect(page.locator(".device")).to_contain_text("Everything was sent")
    out = page.evaluate(
        "(mission) => fetch(`/api/read/out?mission=${mission}`).then((answer) => answer.json())", desk.village.mission
    )
    assert [one["home"] is not None for one in out if one["member"] == desk.village.ids["Sakura"]] == [True]


def test_one_s_own_days_are_said_by_thumb(seat: Seats) -> None:
    """A day on which one cannot come is said in the month, and a duty status is one tap with a way back."""
    him = seat("Naruto", **PHONE)
    page = him.go("/me/day")
    page.get_by_role("button", name="Say when you can come").click()
    page.get_by_label("cannot come").check()
    page.get_by_label("In a word").fill("exam")
    thumb(page, "Say so")
    expect(page.locator(".calday.cannot.today")).to_be_visible()
    expect(page.get_by_role("button", name="cannot come: exam")).to_be_visible()
    fits(page)
    keep_the_way_back(page)
    thumb(page, "resting")
    expect(page.locator("header.member")).to_contain_text("resting")
    page.locator(".said").get_by_role("button", name="Undo").click()
    expect(page.locator("header.member")).to_contain_text("available")
    him.picture("phone-days")


def test_a_page_of_one_s_own_reads_from_the_right(seat: Seats) -> None:
    """In Arabic my pages are mirrored, and nothing hangs over the side."""
    her = seat("Kiba", **PHONE)
    her.page.evaluate("() => { localStorage.language = 'ar'; }")
    for path in ("/me", "/me/offers", "/me/waiting", "/me/day", "/people", "/more/settings"):
        page = her.go(path)
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("main h1")).to_be_visible()
        fits(page)
    page = her.go("/me")
    links = page.locator(".me > nav a")
    first, last = links.first.bounding_box(), links.last.bounding_box()
    assert first is not None
    assert last is not None
    assert first["x"] > last["x"]
    her.picture("phone-arabic")
