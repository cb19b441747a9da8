"""The radio log by keyboard: keys counted, nobody disturbed, found again, amended, taken back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect
from tests.journeys.axe import BY_STYLE, grave
from tests.journeys.conftest import Seat, Seats, keep_the_way_back

MESSAGE = ".log-said textarea"


def log_of(seat: Seat, **ask: Any) -> list[dict[str, Any]]:
    """The log as the record has it, for whoever sits there."""
    params = {"mission": seat.desk.village.mission, **ask}
    lines: list[dict[str, Any]] = seat.context.request.get(f"{seat.desk.url}/api/read/log", params=params).json()
    return lines


def open_log(seat: Seat) -> Page:
    """The log of the mission, with its teams read and its link up."""
    page = seat.go(f"/m/{seat.desk.village.mission}/log")
    expect(page.locator(".log-row[data-line]").first).to_be_visible()
    expect(page.locator(".log-one")).to_have_count(2)
    return page


def row(page: Page, words: str) -> Locator:
    return page.locator(".log-row[data-line]").filter(has_text=words)


def acknowledged(page: Page, words: str) -> Locator:
    """The line that holds these words, once it is in the record."""
    expect(row(page, words)).to_be_visible()
    expect(row(page, words).and_(page.locator(".log-waiting"))).to_have_count(0)
    return row(page, words)


def press(page: Page, *keys: str) -> int:
    """Presses keys one after the other, and gives how many there were."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def send(seat: Seat, *words: str) -> None:
    """Lines typed by somebody at another desk."""
    entries = [{"key": f"{abs(hash((seat.name, text))):016x}"[:16], "words": text} for text in words]
    body = {"mission": seat.desk.village.mission, "entries": entries}
    answer = seat.context.request.post(f"{seat.desk.url}/api/log", data=body, headers={"origin": seat.desk.url})
    assert answer.ok, answer.text()


def test_the_common_entry_takes_four_keys(seat: Seats) -> None:
    """A digit, Enter, an F-key, Enter: the line is in the record, and the next digit opens the next entry."""
    operator = seat("Shizune")
    page = open_log(operator)
    before = len(log_of(operator))
    assert press(page, "2", "Enter", "F1", "Enter") == 4
    acknowledged(page, "departing IC")
    line = log_of(operator)[-1]
    assert len(log_of(operator)) == before + 1
    assert (line["team"], line["sender"], line["receiver"]) == ("2", "2", "base")
    assert (line["message"], line["status"], line["flags"]) == ("departing IC", "departing IC", [])
    operator.picture("log")


def test_with_team_keys_it_takes_three(seat: Seats) -> None:
    """Where each team has a key of its own: the key, an F-key, Enter."""
    operator = seat("Shizune")
    page = open_log(operator)
    page.click(".log-settings summary")
    page.get_by_label("One key for each team").check()
    page.keyboard.press("Escape")
    page.locator("main").focus()
    assert press(page, "1", "F6", "Enter") == 3
    acknowledged(page, "at IC")
    line = log_of(operator)[-1]
    assert (line["team"], line["message"], line["status"]) == ("1", "at IC", "at IC")


def test_another_call_takes_neither_focus_nor_text(seat: Seats) -> None:
    """While one operator types, another's line comes in: it is shown, and not a letter goes elsewhere."""
    mine, other = seat("Shizune"), seat("Kakashi")
    page = open_log(mine)
    press(page, "2", "Enter")
    page.keyboard.type("at the bridge, ")
    send(other, "1 to base: we hear water")
    expect(row(page, "we hear water")).to_be_visible()
    expect(page.locator(MESSAGE)).to_be_focused()
    page.keyboard.type("crossing now")
    expect(page.locator(MESSAGE)).to_have_value("at the bridge, crossing now")
    box, entry = row(page, "we hear water").bounding_box(), page.locator(".log-entry").bounding_box()
    assert box and entry and box["y"] + box["height"] <= entry["y"]
    mine.picture("log-typing")
    press(page, "Enter")
    expect(row(page, "crossing now")).to_be_visible()


def test_what_is_put_aside_survives_a_reload(seat: Seats) -> None:
    """Escape puts an entry aside without a question; after a reload it is there, and goes on where it was."""
    operator = seat("Shizune")
    page = open_log(operator)
    press(page, "1", "Enter")
    page.keyboard.type("wounded deer, no")
    press(page, "Escape", "2", "Enter")
    page.keyboard.type("half a sentence")
    page.reload()
    expect(page.locator(".log-stack button")).to_have_count(2)
    press(page, "Control+ArrowDown")
    expect(page.locator(MESSAGE)).to_have_value("wounded deer, no")
    press(page, "Control+ArrowDown")
    expect(page.locator(MESSAGE)).to_have_value("half a sentence")
    expect(page.locator(MESSAGE)).to_be_focused()


def test_the_same_team_goes_on_with_its_open_entry(seat: Seats) -> None:
    """A team that calls again while its entry is open gets no second one."""
    page = open_log(seat("Shizune"))
    press(page, "1", "Enter")
    page.keyboard.type("first words")
    press(page, "Escape", "1", "Enter")
    expect(page.locator(MESSAGE)).to_have_value("first words")
    expect(page.locator(".log-stack button")).to_have_count(0)
    expect(page.locator(MESSAGE)).to_be_focused()


def test_an_entry_is_taken_back(seat: Seats) -> None:
    """While it is said that an entry was logged, one key takes it back; it is written, so it is struck."""
    operator = seat("Shizune")
    page = open_log(operator)
    press(page, "2", "Enter")
    page.keyboard.type("a mistake")
    keep_the_way_back(page, ".log-sent p button")
    press(page, "Enter")
    expect(page.locator(".log-sent")).to_contain_text("a mistake")
    acknowledged(page, "a mistake")
    press(page, "Control+z")
    expect(page.locator(".log-sent")).to_contain_text("Undone")
    struck = row(page, "a mistake")
    expect(struck.locator("s")).to_be_visible()
    assert [line["struck"] for line in log_of(operator) if line["message"] == "a mistake"] == [True]


def test_amending_shows_what_it_was(seat: Seats) -> None:
    """A line said better keeps what it said, beside it, on every screen."""
    operator, other = seat("Shizune"), seat("Kakashi")
    send(operator, "1 to base: two people at the mill")
    page, elsewhere = open_log(operator), open_log(other)
    row(page, "two people at the mill").locator("button.pick").click()
    page.fill("dialog textarea", "1 to base: three people at the mill")
    page.fill("dialog input[name=reason]", "misheard")
    page.click("dialog button.main")
    for screen in (page, elsewhere):
        expect(row(screen, "three people").locator(".log-was")).to_contain_text("two people at the mill")
    operator.picture("log-amended")


def test_one_line_typed_freely_is_understood_while_it_is_typed(seat: Seats) -> None:
    """What was understood stands under the line before it is sent: who, where, when."""
    operator = seat("Shizune")
    page = open_log(operator)
    press(page, "e")
    now = str(page.locator(".clock b").text_content()).replace(":", "")
    page.keyboard.type(f"2 to base: at the hut 29.9850,141.9900 @{now}")
    understood = page.locator(".log-line .log-understood")
    expect(understood).to_contain_text("2 → base")
    expect(understood).to_contain_text("29.98500, 141.99000")
    expect(understood).to_contain_text(now)
    press(page, "Enter")
    expect(acknowledged(page, "at the hut")).to_contain_text(now)
    assert [line["team"] for line in log_of(operator, find="at the hut")] == ["2"]


def test_words_of_a_clue_offer_to_make_it_one(seat: Seats) -> None:
    """ "Located" looks like a clue; one key makes it one, and it bears its number in the log."""
    page = open_log(seat("Shizune"))
    press(page, "2", "Enter")
    page.keyboard.type("interview with the miller's wife")
    expect(page.locator(".log-clue")).to_contain_text("looks like a clue")
    press(page, "Alt+c", "Enter")
    expect(row(page, "miller's wife")).to_contain_text("Clue ")


def test_a_line_is_found_among_two_thousand(seat: Seats) -> None:
    """Words from the very beginning of a long log are found, and the log is there again afterwards."""
    operator = seat("Kakashi")
    send(operator, "1 to base: the needle lies here")
    for hundred in range(10):
        send(operator, *(f"2 to base: straw number {hundred * 200 + number}" for number in range(200)))
    page = open_log(operator)
    expect(row(page, "straw number 1999")).to_be_visible()
    assert page.locator(".log-row[data-line]").count() < 150
    press(page, "Control+f")
    page.keyboard.type("needle")
    expect(row(page, "the needle lies here")).to_be_visible()
    expect(page.locator(".log-notices")).to_contain_text("1 line holds")
    operator.picture("log-found")
    press(page, "Escape")
    expect(row(page, "straw number 1999")).to_be_visible()


def test_reading_further_up_is_not_disturbed_by_new_lines(seat: Seats) -> None:
    """Whoever scrolled up stays there; how many lines came in is said, and one key goes to them."""
    mine, other = seat("Shizune"), seat("Kakashi")
    send(other, *(f"1 to base: step {number}" for number in range(60)))
    page = open_log(mine)
    expect(row(page, "step 59")).to_be_visible()
    press(page, "PageUp", "PageUp")
    expect(row(page, "step 59")).not_to_be_in_viewport()
    expect(row(page, "step 35")).to_be_in_viewport()
    before = row(page, "step 35").bounding_box()
    send(other, "1 to base: far below")
    expect(page.locator(".log-news")).to_contain_text("1 new line")
    after = row(page, "step 35").bounding_box()
    assert before and after and abs(after["y"] - before["y"]) < 2
    press(page, "End")
    expect(row(page, "far below")).to_be_visible()


def test_pasted_lines_become_lines_of_the_log(seat: Seats) -> None:
    """Several lines pasted at once are offered as lines of their own, and each is logged once, in order."""
    operator = seat("Shizune")
    operator.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_log(operator)
    pasted = [f"1 to base: pasted {number}" for number in range(120)]
    paste(page, "\n".join(pasted))
    expect(page.locator(".log-pasted")).to_contain_text("120 lines were pasted")
    page.get_by_role("button", name="Log each as a line of its own").click()
    expect(page.locator(".log-pasted")).to_contain_text("120 of 120 lines are logged")
    assert [line["words"] for line in log_of(operator, find="pasted")] == pasted


def test_too_much_at_once_is_said_with_its_figures(seat: Seats) -> None:
    """A line of five megabytes and ten thousand lines are refused at once, and what stood there stays."""
    operator = seat("Shizune")
    operator.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_log(operator)
    before = len(log_of(operator))
    page.fill("#log-oneline", "2 to base: ")
    paste(page, "x" * 5_000_000)
    expect(page.locator(".log-line .complaint")).to_contain_text("5,000,000 letters")
    paste(page, "\n".join("y" for _ in range(10_000)))
    expect(page.locator(".log-line .complaint")).to_contain_text("10,000 lines")
    expect(page.locator("#log-oneline")).to_have_value("2 to base: ")
    assert len(log_of(operator)) == before


def paste(page: Page, text: str) -> None:
    page.focus("#log-oneline")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


def test_on_a_phone_a_team_and_a_button_make_an_entry(seat: Seats) -> None:
    """At 390 px three touches log the common line, and nothing lies beyond the edge."""
    operator = seat("Shizune", width=390, height=844, has_touch=True, is_mobile=True)
    page = open_log(operator)
    operator.picture("log-phone")
    page.locator(".log-one").filter(has_text="2").first.tap()
    page.get_by_role("button", name="starting").tap()
    operator.picture("log-phone-typing")
    page.locator(".log-send").tap()
    expect(row(page, "starting").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_the_dialog_holds_reaches_the_record(seat: Seats) -> None:
    """Team, way, place and time of the dialog reach the record as they were typed."""
    operator = seat("Shizune")
    page = open_log(operator)
    press(page, "2", "Enter")
    page.keyboard.type("come back to the gate")
    page.locator(".log-ways").get_by_label("to").check()
    page.get_by_label("Relayed").check()
    page.get_by_label("Radio loc.").fill("29.9901,141.9702")
    expect(page.locator(".log-where output")).to_contain_text("29.99010, 141.97020")
    page.locator(MESSAGE).press("Enter")
    expect(acknowledged(page, "come back to the gate")).to_contain_text("relayed")
    (line,) = log_of(operator, find="come back to the gate")
    assert (line["sender"], line["receiver"], line["relayed"]) == ("base", "2", True)
    assert line["radio_place"] == {"lat": 29.9901, "lon": 141.9702}


def told(page: Page, module: str, words: str) -> Any:
    """What some words of a script come to, with a module of the desk as `it`."""
    program = page.locator("script[type=module]").get_attribute("src")
    assert program is not None
    source = program.replace("app.js", f"pages/{module}.js")
    return page.evaluate(f"async () => {{ const it = await import('{source}'); return {words}; }}")


def test_a_team_is_meant_by_name_number_or_key(seat: Seats) -> None:
    """Numbers are their own keys, others get free digits; what is typed finds the one team it can mean."""
    page = seat("Shizune").page
    teams = "[{name: 'Ring'}, {name: 'Team 2'}, {name: 'Rescue 104'}, {name: '7'}]"
    keys = told(page, "log-drafts", f"[...it.keysOf({teams})].map(([key, team]) => key + ' ' + team.name)")
    assert sorted(keys) == ["1 Ring", "2 Team 2", "7 7", "a Rescue 104"]
    meant = {"2": "Team 2", "104": "Rescue 104", "ri": "Ring", "1": "Ring", "r": None, "9": None}
    for typed, name in meant.items():
        assert told(page, "log-drafts", f"it.teamMeant({teams}, '{typed}')?.name ?? null") == name


def test_a_silent_team_turns_orange_before_it_is_overdue(seat: Seats) -> None:
    """From five minutes before its time a team is due soon, and overdue from that minute on."""
    page = seat("Shizune").page
    for silent_min, kind in ((0, "well"), (14, "well"), (15, "soon"), (19, "soon"), (20, "over")):
        team = f"{{overdue_min: 20, heard: {{ms: {-silent_min * 60_000}}}}}"
        assert told(page, "log-teams", f"it.timerOf({team}, 0).kind") == kind, silent_min


def test_the_log_is_for_everybody(seat: Seats) -> None:
    """In every look, with an entry open and without, axe finds nothing serious."""
    operator = seat("Shizune")
    page = open_log(operator)
    sound_in_every_look(page)
    press(page, "2", "Enter")
    page.keyboard.type("we located a boot print")
    expect(page.locator(".log-clue")).to_be_visible()
    sound_in_every_look(page, operator)


def sound_in_every_look(page: Page, pictured: Seat | None = None) -> None:
    for look, rules in (("light", ()), ("dark", BY_STYLE), ("red", BY_STYLE)):
        page.evaluate("look => { document.documentElement.dataset.look = look; }", look)
        assert grave(page, rules=rules) == [], look
        if pictured:
            pictured.picture(f"log-{look}")


def test_from_right_to_left_the_log_stands_mirrored(seat: Seats) -> None:
    """In Arabic time stands at the right and the teams at the left, and nothing lies beyond the edge."""
    operator = seat("Shizune")
    operator.page.evaluate("localStorage.setItem('language', 'ar')")
    page = open_log(operator)
    time, team = page.locator(".log-time").last.bounding_box(), page.locator(".log-one").first.bounding_box()
    assert time and team and time["x"] > team["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    operator.picture("log-arabic")
