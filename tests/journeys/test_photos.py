"""Photos from the field: taken on a phone, seen by another, told of to nobody who may not know of the mission."""

from __future__ import annotations

import json
from urllib.parse import quote

from playwright.sync_api import FilePayload, Page, expect
from tests.fakes.photos import TELLING, from_a_phone
from tests.journeys.conftest import Seat, Seats
from tests.journeys.test_phone import fits

from wayhome.mission.plain_jpeg import is_plain

PHONE = {"width": 390, "height": 844}
SHOWS = "a slashed tree, and blood on the bark"


def file(width: int = 900, height: int = 600) -> FilePayload:
    return {"name": "樹.jpg", "mimeType": "image/jpeg", "buffer": from_a_phone(width, height)}


def reports(seat: Seat, mission: str = "") -> Page:
    page = seat.go(f"/m/{mission or seat.desk.village.mission}/reports")
    page.wait_for_selector("main h1")
    return page


def add(page: Page, words: str) -> None:
    page.get_by_role("button", name="Add a photo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Choose a file").set_input_files(file())
    dialog.get_by_label("What it shows").fill(words)
    dialog.get_by_role("button", name="Keep the photo").click()


def drawn(page: Page, words: str) -> None:
    """The picture stands on the page, decoded and not broken."""
    picture = page.get_by_role("img", name=words).first
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    picture.evaluate("one => one.decode()")
    assert picture.evaluate("one => one.naturalWidth") == 900


def test_a_photo_is_sent_from_a_phone_and_seen_by_another(seat: Seats) -> None:
    """At 390 px: chosen, worded and sent; another seat has it at once, without what the phone wrote into it."""
    kiba, kakashi = seat("Kiba", **PHONE, has_touch=True, is_mobile=True), seat("Kakashi")
    watching = reports(kakashi)
    page = reports(kiba)
    page.get_by_role("button", name="Add a photo").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Take a photo")).to_have_attribute("capture", "environment")
    fits(page)
    dialog.get_by_label("Or choose a file").set_input_files(file())
    dialog.get_by_label("What it shows").fill(SHOWS)
    kiba.picture("photos-phone-form")
    dialog.get_by_role("button", name="Keep the photo").click()
    expect(page.get_by_text("The photo is kept; where and when it was taken was left out.")).to_be_visible()
    drawn(page, SHOWS)
    fits(page)
    kiba.picture("photos-phone")
    drawn(watching, SHOWS)
    kakashi.picture("photos-desk")
    address = str(watching.get_by_role("img", name=SHOWS).get_attribute("src"))
    answer = kakashi.page.request.get(kakashi.desk.url + address)
    assert answer.headers["content-type"] == "image/jpeg" and is_plain(answer.body())
    assert not any(words.encode() in answer.body() for words in TELLING)
    watching.get_by_role("button", name=f"Enlarge: {SHOWS}").click()
    expect(watching.get_by_role("dialog").get_by_role("img", name=SHOWS)).to_be_visible()
    kakashi.picture("photos-large")


def test_a_photo_is_withdrawn_with_its_reason(seat: Seats) -> None:
    """Whoever sent it takes it out of sight; it leaves the other page as well, and its address gives nothing."""
    neji, kakashi = seat("Neji", **PHONE), seat("Kakashi")
    words = "somebody's face"
    page, watching = reports(neji), reports(kakashi)
    add(page, words)
    drawn(watching, words)
    address = str(page.get_by_role("img", name=words).get_attribute("src"))
    page.get_by_role("button", name=f"Enlarge: {words}").click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    ask = page.get_by_role("dialog", name="Withdraw this photo")
    expect(ask).to_contain_text("it stays in the record")
    ask.get_by_label("Why").fill("it shows a face")
    ask.get_by_role("button", name="Withdraw", exact=True).click()
    for one in (page, watching):
        expect(one.get_by_role("img", name=words)).to_have_count(0)
    assert kakashi.page.request.get(kakashi.desk.url + address).status == 404


def test_what_is_no_photo_is_refused_beside_the_button(seat: Seats) -> None:
    """Words say what is taken; what was typed stays, and nothing is lost."""
    lee = seat("Lee")
    lee.quiet_about_the_link = True
    page = reports(lee)
    page.get_by_role("button", name="Add a photo").click()
    dialog = page.get_by_role("dialog")
    paper: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no photo"}
    dialog.get_by_label("Choose a file").set_input_files(paper)
    dialog.get_by_label("What it shows").fill("the briefing")
    dialog.get_by_role("button", name="Keep the photo").click()
    expect(dialog.get_by_role("alert")).to_contain_text("a photo is taken as JPEG, PNG or WebP")
    expect(dialog.get_by_label("What it shows")).to_have_value("the briefing")
    lee.wrong = [said for said in lee.wrong if "400" not in said]


def test_a_hidden_photo_is_to_an_outsider_as_one_that_never_was(seat: Seats) -> None:
    """By its very address, Naruto gets the bytes that he gets for an address at which there never was a photo."""
    tsunade, naruto = seat("Tsunade"), seat("Naruto")
    secret = tsunade.desk.village.secret
    url = f"{tsunade.desk.url}/api/missions/{secret}/photos"
    headers = {"origin": tsunade.desk.url, "content-type": "image/jpeg", "photo-words": quote("the ford by night")}
    sent = tsunade.page.request.post(url, data=from_a_phone(), headers=headers)
    assert sent.status == 201, sent.text()
    photo = json.loads(sent.text())["made"]
    assert tsunade.page.request.get(f"{url}/{photo}.jpg").status == 200
    answers = [
        naruto.page.request.get(address)
        for address in (f"{url}/{photo}.jpg", f"{url}/{'0' * 32}.jpg", f"{naruto.desk.url}/api/missions/x/photos/y.jpg")
    ]
    plain = [(one.status, one.body(), {k: v for k, v in one.headers.items() if k != "date"}) for one in answers]
    assert plain[0] == plain[1] == plain[2] and plain[0][0] == 404
