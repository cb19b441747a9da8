"""The roster by keyboard, a member's page, who comes in by a link, and who can come when."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, expect
from tests.journeys.axe import BY_STYLE, grave
from tests.journeys.conftest import Seat, Seats
from tests.journeys.served import ServedFolder


def test_the_roster_is_found_and_filtered_by_keyboard(seat: Seats) -> None:
    """A slash finds, Tab goes on to the skill and its level, the arrow to the first member, Enter to their page."""
    me = seat("Kakashi")
    page = me.go("/people")
    keys = page.keyboard
    expect(page.get_by_text(re.compile(r"1\d members"))).to_be_visible()  # other journeys bring some in
    keys.press("/")
    keys.type("chuunin")
    expect(page.get_by_text(re.compile(r"5 of 1\d members"))).to_be_visible()
    keys.press("Tab")
    keys.type("tracking")
    expect(page.locator(".roster a.who")).to_have_count(1)
    keys.press("Tab")
    keys.type("level 5")
    expect(page.get_by_text("Nobody fits")).to_be_visible()
    keys.press("ArrowUp")
    expect(page.locator(".roster a.who")).to_have_text("Kiba")
    me.picture("people-filtered")
    page.get_by_label("Find").focus()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Kiba")).to_be_visible()
    me.picture("people-member")
    page.go_back()
    expect(page.locator(".roster a.who").first).to_be_visible()


def invitation(seat: Seats) -> tuple[Seat, str]:
    """A commander, and the link that they made for a member just added."""
    me = seat("Tsunade")
    page = me.go("/people")
    page.get_by_role("button", name="Add a member").click()
    page.get_by_label("Name", exact=True).fill("Sai")
    page.get_by_label("Skills").fill("drawing 5, scouting")
    page.get_by_role("button", name="Add to the roster").click()
    expect(page.get_by_text("“scouting” has no level.")).to_be_visible()
    page.get_by_label("Skills").fill("drawing 5, scouting 3")
    page.get_by_role("button", name="Add to the roster").click()
    expect(page.get_by_role("heading", level=1, name="Sai")).to_be_visible()
    page.get_by_role("button", name="Invite…").click()
    link = page.get_by_label("Link", exact=True)
    expect(link).to_be_visible()
    expect(page.get_by_alt_text("QR code of the link")).to_be_visible()
    me.picture("people-invite")
    return me, link.input_value()


def test_a_link_lets_somebody_in_once(seat: Seats, browser: Browser, desk: ServedFolder) -> None:
    """Sai opens the link without scripts, sets a password and is in; a second time it is as one that never was."""
    _, link = invitation(seat)
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="Welcome, Sai")).to_be_visible()
    page.get_by_label("New password").fill("ink and paper")
    page.get_by_label("The same again").fill("ink and paper")
    page.get_by_role("button", name="Set it and go in").click()
    page.wait_for_url("**/me")
    page.goto(link)
    second = page.locator("main").inner_text()
    page.goto(f"{desk.url}/invite/never-was")
    assert page.locator("main").inner_text() == second
    assert "opens nothing" in second
    context.close()


def test_a_roster_comes_from_a_file_after_a_look(seat: Seats) -> None:
    """A wrong row is named with its line and stops everything; the file put right is looked at, then taken over."""
    me = seat("Tsunade")
    page = me.go("/people")
    page.get_by_role("button", name="Import a roster").click()
    files = page.get_by_label("Files")
    wrong = b"reference,name,rank\n801,Asuma,king\n"
    files.set_input_files({"name": "roster.csv", "mimeType": "text/csv", "buffer": wrong})
    expect(page.get_by_text("line 2, rank")).to_be_visible()
    expect(page.get_by_role("button", name="Take over")).to_have_count(0)
    me.picture("people-import")
    right = b"reference,name,rank\n801,Asuma,jounin\n802,Kurenai,jounin\n"
    files.set_input_files({"name": "roster.csv", "mimeType": "text/csv", "buffer": right})
    page.get_by_role("button", name="Take over 2 members").click()
    expect(page.get_by_role("link", name="Kurenai")).to_be_visible()


def test_ten_thousand_rows_are_a_handful_on_the_page(seat: Seats) -> None:
    """However many members there are, only the rows near the screen are made, and the last is reached by scrolling."""
    me = seat("Tsunade")
    page = me.page
    member = page.evaluate("() => fetch('/api/read/roster').then((answer) => answer.json()).then((all) => all[0])")
    many = [
        {**member, "member": f"{number:032x}", "member_name": f"Runner {number:05}", "ref": str(number)}
        for number in range(10_000)
    ]
    page.route("**/api/read/roster", lambda route: route.fulfill(json=many))
    me.go("/people")
    expect(page.get_by_text("10000 members")).to_be_visible()
    assert page.locator(".roster .row").count() < 80
    page.mouse.wheel(0, 10_000_000)
    expect(page.get_by_role("link", name="Runner 09999")).to_be_visible()
    assert page.locator(".roster .row").count() < 80


def test_weeks_by_people_say_who_can_come(seat: Seats) -> None:
    """A commander says in the calendar that somebody cannot come; the day bears a mark and words, and a way back."""
    me = seat("Kakashi")
    page = me.go("/people#calendar")
    page.locator(".calendar .row", has_text="Lee").locator("button.today").click()
    page.get_by_label("cannot come").check()
    page.get_by_role("button", name="Say so").click()
    day = page.locator(".calendar .row", has_text="Lee").locator(".today")
    expect(day).to_have_text("✕")
    me.picture("people-calendar")


def test_the_roster_reads_from_the_right(seat: Seats) -> None:
    """In Arabic the roster is mirrored: names stand at the right, and nothing hangs over the side."""
    me = seat("Kakashi")
    me.page.evaluate("() => { localStorage.language = 'ar'; }")
    page = me.go("/people")
    name, status = page.locator(".roster .name").first, page.locator(".roster .status").first
    expect(name).to_be_visible()
    right, left = name.bounding_box(), status.bounding_box()
    assert right is not None
    assert left is not None
    assert right["x"] > left["x"]
    sizes = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    assert sizes[0] <= sizes[1]
    me.picture("people-arabic")


def test_the_memorial_shows_a_name_and_hides_what_the_family_wishes(seat: Seats) -> None:
    """Who keeps the roster writes a name; what the family wishes hidden is simply not there."""
    me = seat("Tsunade")
    page = me.go("/more/memorial")
    page.get_by_role("button", name="Write a name").click()
    page.get_by_label("Name", exact=True).fill("A dear friend")
    page.get_by_label("Day").fill("2010-03-01")
    page.get_by_label("Mission, in a few words").fill("the bridge")
    page.get_by_role("button", name="Write it").click()
    expect(page.get_by_text("the bridge")).to_be_visible()
    page.get_by_role("button", name="At the family's wish").click()
    page.get_by_label("the mission").check()
    page.get_by_role("button", name="As they wish").click()
    expect(page.get_by_text("the bridge")).to_have_count(0)
    expect(page.get_by_text("A dear friend")).to_be_visible()
    me.picture("people-memorial")


def test_an_exercise_is_played_step_by_step(seat: Seats) -> None:
    """A commander opens a story, begins it, and plays a step: the exercise's own clock and what held are shown."""
    me = seat("Kakashi")
    page = me.go("/more/exercises")
    page.locator("li", has_text="the basket").get_by_role("button", name="Open the story").click()
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Play the next step").click()
    expect(page.locator(".exercise-steps > li").first).to_contain_text("held in part")
    expect(page.get_by_label("The exercise's clock")).to_contain_text("2026")
    me.picture("exercises")


def test_exercises_are_not_for_everybody(seat: Seats) -> None:
    """Whoever does not command is told so kindly, and asks for nothing that is refused."""
    page = seat("Naruto").go("/more/exercises")
    expect(page.get_by_text("Exercises are for command to play.")).to_be_visible()


def test_no_page_about_people_shuts_anybody_out(seat: Seats) -> None:
    """axe finds nothing serious or critical on any of these pages, in any look."""
    me = seat("Kakashi")
    member = me.desk.village.ids["Kakashi"]
    for path in (
        "/people",
        "/people#calendar",
        f"/people/{member}",
        "/more/memorial",
        "/more/settings",
        "/more/exercises",
    ):
        page = me.go(path)
        expect(page.locator("main h1")).to_be_visible()
        expect(page.locator("main .loading")).to_have_count(0)
        for look, rules in (("light", ()), ("dark", BY_STYLE), ("red", BY_STYLE)):
            page.evaluate("(look) => { document.documentElement.dataset.look = look; }", look)
            assert grave(page, rules=rules) == [], f"{path}, {look}"


def test_no_page_of_one_s_own_shuts_anybody_out(seat: Seats) -> None:
    """axe finds nothing serious or critical on my own pages, on a phone."""
    him = seat("Shikamaru", width=390, height=844)
    for path in ("/me", "/me/offers", "/me/waiting", "/me/day"):
        page = him.go(path)
        expect(page.locator("main .loading")).to_have_count(0)
        assert grave(page) == [], path
