"""A mission from the alarm to its end, by people side by side; a secret one from outside; two who close at once."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from tests.journeys.conftest import REFUSED, Seat, Seats
from tests.journeys.served import ServedFolder

PHONE = {"width": 390, "height": 844}
PARTS = ("log", "map", "teams", "offers", "casualties", "clues", "reports", "situation", "plan", "know")


def press(page: Page | Locator, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).last.click()


def refused(seat: Seat) -> None:
    """What the server refused is said in the page; the browser says so in its console too, and nothing else."""
    assert seat.wrong, "nothing was refused"
    assert all(REFUSED.search(words) for words in seat.wrong), seat.wrong
    seat.wrong.clear()


def shut_out(seat: Seat) -> None:
    """Every read of the page on the screen is refused, now and whenever the page asks anew."""
    refused(seat)
    seat.quiet_about_refusals = True


def done(page: Page) -> None:
    """No dialog is in the way any more: what was stated in it is so."""
    expect(page.locator("dialog")).to_have_count(0)


def pick(form: Locator, field: str, name: str) -> None:
    """Somebody by name, with the keys alone."""
    box = form.get_by_role("combobox", name=re.compile(field))
    box.fill(name)
    expect(form.get_by_role("option", name=name)).to_be_visible()
    box.press("Enter")


def opened(page: Page, words: str) -> Locator:
    """The dialog behind a button."""
    page.get_by_role("button", name=words, exact=True).first.click()
    return page.locator("dialog").last


def raised(seat: Seat, name: str, *, secret: bool = False) -> str:
    """Raises an alarm by keys, and gives the mission's address."""
    page = seat.page
    page.locator("main h1").wait_for()
    page.keyboard.press("a")
    form = page.locator("dialog")
    form.get_by_label("What it is called").fill(name)
    if secret:
        form.get_by_label("Secret").check()
    press(form, "Raise the alarm")
    expect(page.locator("header.mission h1")).to_have_text(name)
    return re.sub(r".*(/m/[0-9a-f]{32}).*", r"\1", page.url)


def offered(page: Page, name: str) -> None:
    form = opened(page, "Offer it to somebody")
    pick(form, "Who", name)
    form.get_by_label("Post").fill("search team")
    press(form, "Send the offer")
    expect(form).to_have_count(0)


def accepts(seat: Seat, mission: str) -> None:
    """By thumb: the offer, the briefing, off."""
    page = seat.go("/me/offers")
    article = page.get_by_role("article", name=mission)
    article.get_by_role("button", name="Accept", exact=True).click()
    article.get_by_role("button", name="Yes, I go").click()
    expect(page.get_by_role("heading", name=f"{mission} accepted")).to_be_visible()


def test_from_the_alarm_to_closed(seat: Seats) -> None:
    """Raised, handed over, offered, accepted on phones, briefed, out, logged, hurt, found, home, closed, reported."""
    chief, leader = seat("Tsunade"), seat("Kakashi")
    at = raised(chief, "Lost on the ridge")
    page = chief.page
    page.get_by_role("button", name="Course…").click()
    form = opened(page, "Hand command over")
    pick(form, "Who commands", "Kakashi")
    form.get_by_label("Why").fill("he knows the ridge")
    press(form, "Hand it over")
    expect(page.locator("dialog", has_text="Who commands")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("header.mission .who")).to_contain_text("Kakashi")

    desk = leader.go(f"{at}/offers")
    form = opened(desk, "Write the briefing")
    form.get_by_label("The briefing").fill("Search the ridge from the hut.")
    form.get_by_label("Cautions").fill("ice above the hut")
    press(form, "Write the briefing")
    expect(desk.get_by_text("CAUTION")).to_be_visible()
    for name in ("Sakura", "Kiba"):
        offered(desk, name)
    medic, tracker = seat("Sakura", **PHONE), seat("Kiba", **PHONE)
    for one in (medic, tracker):
        accepts(one, "Lost on the ridge")
    expect(desk.locator("td", has_text="accepted")).to_have_count(2)
    leader.picture("mission-offers")
    the_field(leader, at)
    the_end(leader, at)


def the_field(leader: Seat, at: str) -> None:
    """Everybody read the briefing and is out, in a team, and their endurance is watched."""
    desk = leader.page
    for left in (1, 0):
        form = opened(desk, "Has acknowledged it")
        form.get_by_label("by radio").check()
        press(form, "Has acknowledged it")
        expect(desk.get_by_role("button", name="Has acknowledged it")).to_have_count(left)
    desk.get_by_role("link", name=re.compile("^Teams")).click()
    for name in ("Sakura", "Kiba"):
        desk.locator("button.tcard", has_text=name).click()
        opened(desk.locator("dialog"), "Departs")  # type: ignore[arg-type]  # a dialog has buttons as a page has
        press(desk.locator("dialog").last, "Departs")
        expect(desk.locator("dialog")).to_have_count(1)
        expect(desk.locator("dialog .sign")).to_contain_text("out since")
        desk.locator("dialog").get_by_role("button", name="Close").click()
        done(desk)
    form = opened(desk, "Form a team")
    for name in ("Kiba", "Sakura"):
        pick(form, "Who is in it", name)
    form.get_by_role("radio", name="Kiba").check()
    press(form, "Form a team")
    done(desk)
    expect(desk.get_by_role("region", name="Team 1")).to_contain_text("Kiba")
    relief = desk.get_by_role("region", name="Endurance and relief")
    expect(relief.get_by_role("row", name="Kiba")).to_contain_text("16 h of work and travel")
    expect(relief.get_by_role("row", name="Kiba")).to_contain_text("unknown")
    form = opened(desk, "They ate or slept")
    form.get_by_role("radio", name="Kiba").check()
    form.get_by_role("radio", name="ate", exact=True).check()
    press(form, "Note it")
    expect(relief.get_by_role("row", name="Kiba").locator("td").nth(4)).not_to_have_text("not said")
    leader.picture("mission-teams")
    what_comes_in(leader)


def what_comes_in(leader: Seat) -> None:
    """A line, a casualty, a clue."""
    desk = leader.page
    desk.keyboard.press("l")
    desk.locator("#log-oneline").fill("1 to base: at the ford, one boot")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("at the ford, one boot").first).to_be_visible()
    desk.locator("#log-oneline").blur()
    desk.keyboard.press("c")
    form = opened(desk, "Somebody is hurt")
    form.get_by_label("Who, by name").fill("Ana Puig")
    form.get_by_label("yellow: can wait").check()
    form.get_by_label("Condition").fill("broken leg")
    press(form, "Report the casualty")
    done(desk)
    card = desk.locator("article", has_text="Ana Puig")
    card.get_by_role("button", name="red: at once").click()
    expect(card.locator("header")).to_contain_text("red: at once")
    leader.picture("mission-casualties")
    desk.keyboard.press("u")
    form = opened(desk, "A clue")
    form.get_by_label("What was found").fill("a boot print")
    form.get_by_label("mark and leave").check()
    press(form, "Number it")
    done(desk)
    expect(desk.locator("td", has_text="a boot print")).to_be_visible()


def the_end(leader: Seat, at: str) -> None:
    """Nothing closes while somebody is out; then everybody is home, it closes, and the report becomes official."""
    desk = leader.page
    desk.get_by_role("button", name="Course…").click()
    closing = opened(desk, "Close…")
    expect(closing).to_contain_text("A mission closes when everyone is accounted for")
    closing.get_by_label("Why").fill("found, and everyone home")
    press(closing, "Close the mission")
    expect(closing.locator("[role=alert]")).to_contain_text("2 are not home or handed over: Kiba, Sakura")
    refused(leader)
    leader.picture("mission-not-closed")
    row = closing.get_by_role("listitem").filter(has_text="Kiba")
    row.get_by_role("button", name="Home").click()
    press(desk.locator("dialog").last, "Home")
    expect(closing.get_by_role("listitem")).to_have_count(1)
    closing.get_by_role("button", name="Hand over").click()
    form = desk.locator("dialog").last
    form.get_by_label("To whom").fill("the hospital")
    press(form, "Hand over")
    expect(closing).to_contain_text("Everyone is accounted for.")
    expect(closing.get_by_label("Why")).to_have_value("found, and everyone home")
    press(closing, "Close the mission")
    expect(desk.locator("header.mission")).to_contain_text("closed")
    expect(desk.locator("dialog")).to_have_count(0)
    leader.go(f"{at}/reports")
    for button, keep, words in (
        ("Write a draft", "Keep the draft", "Ambushed at the ford. Two died, one survivor."),
        ("Write the official report", "Keep the official report", "Met at the ford. Nobody died, one survivor."),
    ):
        form = opened(desk, button)
        form.get_by_label("The report").fill(words)
        press(form, keep)
        expect(form).to_have_count(0)
    expect(desk.locator("del").first).to_contain_text("Ambushed")
    expect(desk.locator("ins").first).to_contain_text("Met")
    expect(desk.locator("mark", has_text="ambush").first).to_be_visible()
    leader.picture("mission-report")


def test_a_secret_mission_is_nowhere_for_an_outsider(seat: Seats, desk: ServedFolder) -> None:
    """Whoever is not read in finds its name on no page, and every part of it answers as if it did not exist."""
    outsider = seat("Iruka")
    page = outsider.page
    village = desk.village
    pages = ["/", "/people", "/me", "/me/offers", "/more/memorial", f"/people/{village.ids['Kakashi']}"]
    for path in [*pages, *(f"/m/{village.mission}/{part}" for part in PARTS)]:
        outsider.go(path)
        page.locator("main h1").first.wait_for()
        assert "Night heron" not in page.content(), path
    assert not outsider.wrong
    said = set()
    for mission in (village.secret, "0" * 32):
        for part in PARTS:
            outsider.go(f"/m/{mission}/{part}")
            expect(page.locator("main [role=alert]")).to_contain_text("there is no such mission that you can see")
            said.add(page.locator("main").inner_text())
    assert len(said) == 1
    shut_out(outsider)
    page.keyboard.press("k")
    page.get_by_role("option", name="Plan the mission").click()
    expect(page.locator("dialog select")).to_contain_text("Bring him back")
    expect(page.locator("dialog select")).not_to_contain_text("Night heron")
    knows = seat("Kakashi").go(f"/m/{village.secret}/situation")
    expect(knows.locator("header.mission")).to_contain_text("Secret")


def test_two_commanders_close_at_once(seat: Seats) -> None:
    """One closes it; the other is told in words that it is closed, and what they had typed is still there."""
    one, other = seat("Kakashi"), seat("Tsunade")
    at = raised(one, "A false alarm")
    other.go(f"{at}/situation")
    forms = []
    for who in (one, other):
        who.page.get_by_role("button", name="Course…").click()
        form = opened(who.page, "Close…")
        form.get_by_label("Why").fill(f"{who.name} says so")
        forms.append(form)
    forms[0].get_by_role("button", name="Close the mission").click(no_wait_after=True)
    forms[1].get_by_role("button", name="Close the mission").click(no_wait_after=True)
    for who in (one, other):
        expect(who.page.locator("header.mission")).to_contain_text("closed")
        expect(who.page.locator("body:not(:has(dialog)), dialog [role=alert]")).to_be_visible()
    late = next(who for who in (one, other) if who.page.locator("dialog [role=alert]").count())
    expect(late.page.locator("dialog [role=alert]")).to_contain_text("a mission that is closed cannot become closed")
    expect(late.page.locator("dialog").last.get_by_label("Why")).to_have_value(f"{late.name} says so")
    refused(late)


def test_the_back_button_leads_back_through_every_part(seat: Seats, desk: ServedFolder) -> None:
    """Each part is a page of its own: back and forward walk through them, and a dialog does not stand in the way."""
    page = seat("Kakashi").go(f"/m/{desk.village.mission}/log")
    expect(page.locator(".parts [aria-current=page]")).to_contain_text("Log")
    for key, name in (("t", "Teams"), ("o", "Who goes"), ("c", "Casualties"), ("s", "Situation")):
        page.keyboard.press(key)
        expect(page.locator(".parts [aria-current=page]")).to_contain_text(name)
    page.keyboard.press("b")
    expect(page.locator("main h1")).to_have_text("Board")
    for name in ("Situation", "Casualties", "Who goes", "Teams", "Log"):
        page.go_back()
        expect(page.locator(".parts [aria-current=page]")).to_contain_text(name)
    page.go_forward()
    expect(page.locator(".parts [aria-current=page]")).to_contain_text("Teams")
