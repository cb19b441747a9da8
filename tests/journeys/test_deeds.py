"""Every deed by its name: found by typing, filled in by keys, refused in words, with nothing lost that was typed."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import Seats
from tests.journeys.served import ServedFolder
from tests.journeys.test_mission import pick, press, refused

UNLABELLED = """form => [...form.querySelectorAll("input:not([type=hidden]), select, textarea")]
    .filter(one => !one.labels.length && !one.hasAttribute("aria-labelledby")).map(one => one.outerHTML)"""


def stated(page: Page, words: str) -> Locator:
    """The palette's form for a deed, reached by keys alone."""
    page.locator("main h1").first.wait_for()
    page.keyboard.press("k")
    page.get_by_role("combobox", name="Find a deed").wait_for()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.locator("dialog form.deed, dialog .todo").first.wait_for()
    return page.locator("dialog")


def test_a_deed_is_found_by_typing_and_done_by_keys(seat: Seats, desk: ServedFolder) -> None:
    """A word finds the deed; the mission is the one on the screen; somebody is picked by name; it is done."""
    here = seat("Kakashi")
    page = here.go(f"/m/{desk.village.mission}/teams")
    form = stated(page, "doubt")
    expect(form).to_contain_text("Voice a doubt")
    expect(form.locator("select")).to_have_value(str(desk.village.mission))
    pick(form, "Who", "Neji")
    form.get_by_label("In words").fill("we are too few")
    here.picture("deed-form")
    press(form, "Voice a doubt")
    expect(form).to_have_count(0)
    page.keyboard.press("o")
    expect(page.get_by_text("we are too few")).to_be_visible()


def test_a_refusal_asks_for_the_reason_where_it_arose(seat: Seats, desk: ServedFolder) -> None:
    """Whom a rule speaks against is refused in words; the reason is asked for in the form, and then it is done."""
    here = seat("Kakashi")
    page = here.go(f"/m/{desk.village.mission}/offers")
    form = stated(page, "regrade")
    form.locator("form select, form [type=radio][value=S]").first.check()
    form.get_by_label("Why").fill("worse than we thought")
    press(form, "Regrade a mission")
    expect(form).to_have_count(0)
    page.get_by_role("button", name="Offer it to somebody").click()
    form = page.locator("dialog")
    pick(form, "Who", "Naruto")
    form.get_by_label("Post").fill("with the pursuer")
    press(form, "Send the offer")
    expect(form.locator("[role=alert]")).to_contain_text("genin, and S asks for jounin")
    refused(here)
    here.picture("deed-refused")
    expect(form.get_by_label("Post")).to_have_value("with the pursuer")
    form.get_by_label("Why they go in spite of their rank").fill("he knows him best")
    press(form, "Send the offer")
    expect(form).to_have_count(0)
    expect(page.locator("td", has_text="with the pursuer")).to_be_visible()
    page.get_by_text("Exceptions made").click()
    expect(page.get_by_text("he knows him best")).to_be_visible()


def test_a_place_is_read_in_any_spelling_and_said_back(seat: Seats, desk: ServedFolder) -> None:
    """What is no place is said beside the field, and nothing else that was typed is lost; a real one is said back."""
    here = seat("Kakashi")
    page = here.go(f"/m/{desk.village.mission}/clues")
    page.get_by_role("button", name="A clue", exact=True).click()
    form = page.locator("dialog")
    form.get_by_label("What was found").fill("a torn sleeve")
    form.get_by_label("Where").fill("over the hills")
    form.get_by_label("Where").blur()
    expect(form.get_by_role("status")).to_contain_text("is not a place")
    press(form, "Number it")
    expect(form.locator("[role=alert]")).to_contain_text("is not a place")
    refused(here)
    form.get_by_label("Where").fill("29.9870, 141.9850")
    form.get_by_label("Where").blur()
    expect(form.get_by_role("status")).to_contain_text("Understood as 29.98700, 141.98500.")
    expect(form.get_by_label("What was found")).to_have_value("a torn sleeve")
    press(form, "Number it")
    expect(page.locator("td", has_text="a torn sleeve")).to_be_visible()


def test_every_deed_has_a_name_and_a_form(seat: Seats, desk: ServedFolder) -> None:
    """Each deed of the palette opens a form with a label for every field, and none is called by its inner name."""
    page = seat("Tsunade").go(f"/m/{desk.village.mission}/situation")
    page.locator("main h1").first.wait_for()
    page.keyboard.press("k")
    options = page.locator(".deeds [role=option]")
    options.first.wait_for()
    names = options.all_inner_texts()
    assert len(names) > 80
    for number in range(len(names)):
        name = names[number]
        assert re.match(r"^[A-Z][a-z].*", name), name
        options.nth(number).click()
        form = page.locator("dialog form.deed")
        expect(form.locator("button.main")).to_have_text(name)
        assert form.evaluate(UNLABELLED) == [], name
        page.get_by_role("button", name="Another deed").click()
        options.first.wait_for()
