"""Story 1 on a phone: looked after, looking after, and commanding; without a link; and what nobody else gets to see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.axe import grave
from tests.journeys.conftest import Seat, Seats
from tests.journeys.served import ServedFolder, make_folder
from tests.journeys.village import PASSWORD, Village

from wayhome.links.passwords import hashed
from wayhome.mission.intents.people import EnrolMember, SetPassword
from wayhome.values.ids import PersonId

PHONE = {"width": 390, "height": 844}
CARERS = ("Kurenai", "Asuma")


def _carers(village: Village) -> None:
    for name in CARERS:
        enrolled = EnrolMember(name=name, ref=name.lower(), rank="jounin", duties=("carer",), skills={})
        village.ids[name] = PersonId(village.do("Tsunade", enrolled))
        village.do(name, SetPassword(member=village.ids[name], hash=hashed(PASSWORD)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedFolder]:
    """The night of the Leaf, with two carers in it."""
    served = make_folder(tmp_path_factory.mktemp("care") / "leaf", _carers)
    served.start()
    yield served
    served.stop()


def tap(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).first.click()


def asked(seat: Seat, name: str, **query: str | float | bool) -> Any:
    return seat.context.request.get(f"{seat.desk.url}/api/care/read/{name}", params=query)


def fits(page: Page) -> None:
    """Nothing hangs over the side, and axe finds nothing serious."""
    assert grave(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{page.url} runs {wide} px off the side"


def look_again(page: Page) -> None:
    """What a page does by itself within 20 seconds, now."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_somebody_is_looked_after_and_command_sees_what_was_agreed_alone(seat: Seats) -> None:
    """He asks, she takes it, he checks in and agrees to a limit; his commander gets the limit and nothing else."""
    her = seat("Kurenai", **PHONE)
    him = seat("Iruka", **PHONE)
    page = him.go("/me/care")
    expect(page.locator(".who-reads")).to_contain_text("Who reads this")
    expect(page.locator(".who-reads")).to_contain_text("Privacy")
    expect(page.locator(".numbers .call").first).to_contain_text("112")
    tap(page, "I want somebody to talk to")
    expect(page.locator("main")).to_contain_text("Somebody is being sought for you")
    him.picture("care-asked")

    hers = her.go("/care")
    expect(hers.locator(".care-desk .unowned")).to_contain_text("Iruka")
    her.picture("care-desk-unowned")
    _lets_in(hers, seat("Asuma", **PHONE))
    tap(hers, "I take it")
    expect(hers.locator(".care-desk")).to_contain_text("with Kurenai", timeout=20_000)
    hers.get_by_role("link", name="Iruka").first.click()

    look_again(page)
    expect(page.locator("main")).to_contain_text("There for you: Kurenai")
    for answer in ("Yes", "Badly", "A visit"):
        tap(page, answer)
    him.picture("care-check-in")
    tap(page, "Send")
    expect(page.get_by_text("It has arrived.")).to_be_visible()
    fits(page)

    hers.goto(f"{her.desk.url}/care")
    hers.locator(".care-desk article", has_text="Iruka").get_by_role("link", name="Open").click()
    expect(hers.locator(".check")).to_contain_text("Badly")
    expect(hers.locator(".check")).to_contain_text("not answered")
    tap(hers, "Propose a limit…")
    hers.get_by_label("In the words that command gets").fill("no night work")
    tap(hers, "Put it before them")
    expect(hers.locator("main")).to_contain_text("no night work")
    fits(hers)
    her.picture("care-case")

    look_again(page)
    expect(page.locator("main")).to_contain_text("no night work")
    tap(page, "Agree")
    expect(page.locator(".asks")).to_contain_text("agreed")
    expect(page.locator("main")).to_contain_text("Kurenai")
    him.picture("care-agreed")
    _command_sees_the_limit_alone(seat("Kakashi", **PHONE), him)


def _lets_in(hers: Page, other: Seat) -> None:
    """A carer who has the duty is at the desk of care once one who is in let them in."""
    assert asked(other, "care_desk").status == 409
    tap(hers, "Let another carer in…")
    hers.get_by_role("combobox").fill(other.name)
    hers.get_by_role("option", name=other.name).click()
    tap(hers, "Let them in")
    expect(hers.get_by_role("dialog")).to_have_count(0)
    assert [one["member_name"] for one in asked(other, "care_desk").json()] == ["Iruka"]


def _command_sees_the_limit_alone(commander: Seat, him: Seat) -> None:
    case = asked(him, "my_care").json()["case"]
    absent = asked(commander, "care_case", case="0" * 32)
    there = asked(commander, "care_case", case=case)
    assert (there.status, there.text()) == (absent.status, absent.text())
    assert asked(commander, "care_cases").json() == []
    page = commander.go("/care")
    expect(page.locator("main")).to_contain_text("Nobody just now")
    commander.picture("care-of-a-commander")
    seen = commander.go(f"/people/{commander.desk.village.ids['Iruka']}").locator("main")
    expect(seen).to_contain_text("no night work")
    assert "Kurenai" not in seen.inner_text()


def test_not_safe_shows_whom_to_call_without_a_link_and_is_sent_once(seat: Seats, desk: ServedFolder) -> None:
    """The server is gone: the numbers stand there at once, also after a reload; it goes out once, and has an owner."""
    her = seat("Kurenai", **PHONE)
    him = seat("Lee", **PHONE)
    for one in (her, him):
        one.quiet_about_the_link = one.quiet_about_the_password = True
    page = him.go("/me/care")
    expect(page.locator(".numbers .call").first).to_contain_text("112")
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    desk.kill()
    expect(page.locator(".nolink")).to_be_visible(timeout=15_000)
    tap(page, "No: get somebody")
    alarm = page.locator(".not-safe")
    expect(alarm).to_contain_text("Nobody has been told yet: call")
    expect(alarm.locator(".call").first).to_contain_text("112")
    page.reload()
    expect(alarm).to_contain_text("Nobody has been told yet: call")
    expect(alarm.locator(".call").first).to_contain_text("112")
    him.picture("care-not-safe-no-link")
    desk.start()
    page.get_by_label("Password").fill(PASSWORD)
    tap(page, "Open")
    expect(page.locator(".not-safe")).to_contain_text("Somebody is sought for you", timeout=20_000)
    him.picture("care-not-safe-sent")
    assert len(asked(him, "my_care").json()["flags"]) == 1
    hers = her.go("/care")
    hers.get_by_label("Password").fill(PASSWORD)
    tap(hers, "Open")
    expect(hers.locator(".not-safe")).to_contain_text("Lee", timeout=20_000)
    fits(hers)
    her.picture("care-desk-not-safe")
    tap(hers, "I have it")
    expect(hers.locator(".care-desk")).to_contain_text("You have it.", timeout=20_000)
    look_again(page)
    expect(page.locator(".not-safe h2")).to_have_text("Kurenai has it")
    tap(hers, "It is over")
    expect(hers.locator(".care-desk")).to_contain_text("Says that it is over: Kurenai", timeout=20_000)
    look_again(page)
    expect(page.locator(".not-safe")).to_contain_text("A second person has to say so")
    tap(page, "I am safe again")
    expect(page.locator(".not-safe")).to_have_count(0)


def test_a_slip_is_taken_back_and_nobody_hears_of_it(seat: Seats) -> None:
    """Within five seconds "not safe" can be taken back; no case is opened by it."""
    him = seat("Naruto", **PHONE)
    page = him.go("/me/care")
    tap(page, "No: get somebody")
    tap(page, "That was a slip: do not send it")
    expect(page.locator(".not-safe")).to_have_count(0)
    assert asked(him, "my_care").json() is None


def test_a_worry_goes_to_the_carers_alone(seat: Seats) -> None:
    """Told from a colleague's page, it is read at the desk of care, and neither by command nor by whom it is about."""
    him = seat("Shikamaru", **PHONE)
    page = him.go(f"/people/{him.desk.village.ids['Kiba']}")
    tap(page, "I am worried about them…")
    expect(page.get_by_role("dialog")).to_contain_text("the admitted carers, and nobody else")
    page.get_by_label("What worries you").fill("He does not eat.")
    tap(page, "Tell it in confidence")
    expect(page.get_by_role("dialog")).to_have_count(0)
    her = seat("Kurenai", **PHONE).go("/care")
    expect(her.locator(".care-desk")).to_contain_text("He does not eat.")
    for name in ("Kakashi", "Kiba"):
        assert asked(seat(name), "worries").json() == []
