"""A mission from the alarm to its end, by people side by side; a secret one from outside; two who close at once."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.journeys.axe import grave
from tests.journeys.conftest import REFUSED, WORKED_OUT_MS, Seat, Seats, keep_the_way_back
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


def stated(seat: Seat, at: str, intent: str, **fields: Any) -> None:
    """Something that is stated elsewhere."""
    said = {"intent": intent, "mission": at.removeprefix("/m/"), **fields}
    sent = seat.page.request.post(f"{seat.desk.url}/api/do/{intent}", data=said)
    assert sent.ok, sent.text()


def what_if(page: Page, words: str) -> Locator:
    """Asks what if, and gives what that changes."""
    page.get_by_role("button", name=words, exact=True).first.click()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_visible(timeout=WORKED_OUT_MS)
    return page.get_by_role("region", name="What that changes")


def test_who_goes_what_if_and_what_a_decline_changes(seat: Seats) -> None:
    """A team with its bound; without one of them, undone; one declines, asked again: who leaves, who joins, and why."""
    leader = seat("Tsunade")
    at = raised(leader, "Lost at the ford")
    needs = [{"skill": skill, "level": 3, "count": 1} for skill in ("teaching", "medical")]
    stated(leader, at, "PlanMission", needs=needs, least_people=3)
    page = leader.go(f"{at}/offers")
    page.get_by_role("button", name="Propose a team").click()
    expect(page.get_by_text("No better team exists by these weights.")).to_be_visible(timeout=WORKED_OUT_MS)
    team = page.get_by_role("list", name="The team proposed")
    row = team.locator("> li", has_text="makes up the number")
    third = row.locator("h3").inner_text()
    changes = what_if(page, f"Plan it without {third}")
    expect(changes.get_by_role("listitem").filter(has_text="leaves")).to_contain_text(third)
    expect(changes.get_by_role("listitem").filter(has_text="joins")).to_contain_text("another pair of hands")
    page.keyboard.press("Enter")  # the way back has the focus: the button pressed is gone
    expect(team).to_contain_text(third)
    expect(changes).to_have_count(0)
    page.locator("summary", has_text="Could go, and is left out").click()
    label = page.locator(".left-out button").first.get_attribute("aria-label") or ""
    expect(what_if(page, label).get_by_role("listitem").filter(has_text="joins")).to_contain_text("a team with them")
    press(page, "Undo")
    nobody_in_their_place(page)
    a_bad_link(leader, team, third)

    row.get_by_role("button", name="Offer", exact=True).click()
    press(page, "Send the offer")
    expect(row).to_contain_text("offered")
    form = opened(page, "Their answer")
    form.get_by_label("declined").check()
    form.get_by_label("by phone").check()
    press(form, "Take it down")
    expect(page.locator(".stale")).to_contain_text(f"{third}: declined")
    page.get_by_role("button", name="Ask again now").click()
    changed = page.get_by_role("region", name=re.compile("What changed since the proposal"))
    gone = changed.get_by_role("listitem").filter(has_text="leaves")
    expect(gone).to_contain_text(f"{third} declined", timeout=WORKED_OUT_MS)
    expect(changed.get_by_role("listitem").filter(has_text="joins")).to_contain_text(f"in place of {third}")
    leader.picture("who-goes-changed")
    for_all_missions(leader, at)


def nobody_in_their_place(page: Page) -> None:
    """Without the only medic who is free nobody can man it: what clashes, who is nearest, and a way on."""
    what_if(page, "Plan it without Shizune")
    nobody = page.get_by_role("region", name="Nobody can man it as it stands")
    expect(nobody).to_contain_text("1 person with medical at level 3")
    expect(nobody).to_contain_text("Sakura: has medical 4, but is out on Bring him back")
    form = opened(page, "Ask for less")
    expect(form.get_by_label("Who is needed")).to_have_value(re.compile("medical; 3; 1"))
    form.get_by_role("button", name="Close").click()
    press(page, "Undo")
    expect(nobody).to_have_count(0)


def a_bad_link(leader: Seat, team: Locator, third: str) -> None:
    """An answer that nobody waits for any more is dropped; a link that breaks takes nothing away."""
    page, held = leader.page, list[Any]()
    leader.quiet_about_the_link = True
    page.route("**/api/advise/propose", lambda route: held.append(route))
    page.get_by_role("button", name=f"Plan it without {third}").click()
    expect(page.get_by_role("button", name=f"Plan it without {third}")).to_have_text("Planning…")
    page.get_by_role("button", name="Plan it without Iruka").press("Enter")
    page.get_by_role("button", name="Wait no longer").click()
    expect(page.get_by_text(re.compile("^Proposed at"))).to_be_visible()
    page.get_by_role("button", name=f"Plan it without {third}").click()
    expect(page.get_by_role("button", name="Wait no longer")).to_be_visible()
    late, last = held
    late.fulfill(json={"teams": [], "warnings": [], "account": {}})
    last.abort()
    expect(page.locator(".who [role=alert]")).to_contain_text("The link broke while this was weighed.")
    expect(team).to_contain_text(third)
    page.unroute("**/api/advise/propose")


def for_all_missions(leader: Seat, at: str) -> None:
    """From the board: a card for each mission; from there to its own page, to offer it. On a phone as well."""
    page = leader.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # two numbers
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert grave(page) == []
    leader.picture("who-goes-390")
    leader.go("/")
    page.get_by_role("link", name="Who goes, for all open missions").click()
    page.get_by_role("button", name="Propose all teams").click()
    card = page.get_by_role("article", name="Lost at the ford")
    expect(card.get_by_role("listitem")).to_have_count(3, timeout=WORKED_OUT_MS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert grave(page) == []
    leader.picture("who-goes-all-390")
    card.get_by_role("link", name="Reasons, and to offer it").click()
    expect(page).to_have_url(re.compile(f"{at}/offers$"))
    expect(page.get_by_text("From the plan for all open missions")).to_be_visible()
    expect(page.get_by_role("button", name="Offer", exact=True)).to_have_count(3)
    to_all_of_them(leader, at)


def to_all_of_them(leader: Seat, at: str) -> None:
    """One go, by name: whoever is held back meanwhile is told with why, the others are asked; all taken back."""
    page = leader.page
    first = page.get_by_role("list", name="The team proposed").locator("h3").first.inner_text()
    held = next(
        one["member"]
        for one in page.request.get(f"{leader.desk.url}/api/read/roster").json()
        if one["member_name"] == first
    )
    stated(leader, at, "HoldBack", member=held, reason="three broken ribs")
    form = opened(page, "Offer to all of them")
    people = form.get_by_role("list", name="Who is asked").get_by_role("listitem")
    expect(people).to_have_count(3)
    form.get_by_label("Post").fill("search team")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert grave(page) == []
    leader.picture("who-goes-to-all-390")
    press(form, "Send 3 offers")
    expect(people.filter(has_text="not offered")).to_contain_text("three broken ribs")
    expect(form.get_by_role("status")).to_contain_text(f"Not to {first}.")
    leader.picture("who-goes-to-all-but-one-390")
    refused(leader)
    press(form, "Take the 2 offers back")
    expect(people.filter(has_text="taken back")).to_have_count(2)
    form.get_by_role("button", name="Close").click()
    expect(page.locator("td", has_text="withdrawn")).to_have_count(2)
    page.get_by_role("link", name="To the plan for all open missions").click()
    card = page.get_by_role("article", name="Lost at the ford")
    card.get_by_role("button", name="Offer to all of them").click()
    form = page.locator("dialog")
    form.get_by_role("checkbox", name=first).uncheck()
    press(form, "Send 2 offers")
    expect(card.get_by_text("offered", exact=True)).to_have_count(2)
    keep_the_way_back(page)
    page.locator(".said p button").click()
    expect(card.get_by_text("offered", exact=True)).to_have_count(0)


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
