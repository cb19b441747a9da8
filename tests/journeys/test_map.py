"""The map in a real browser: it moves with the log, is drawn on by keys alone, and agrees with the server."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.axe import BY_STYLE, grave
from tests.journeys.conftest import WORKED_OUT_MS, Seat, Seats, keep_the_way_back
from tests.journeys.village import GATE

from wayhome.formats.coordinates import PlaceForm, show
from wayhome.values.outlines import area_m2, length_m
from wayhome.values.places import Place

IN_THE_WOOD = Place(29.98, 141.99)
SHOWN: dict[str, PlaceForm] = {"USNG": "usng", "UTM": "utm", "Decimal": "dd", "DM.m": "dm", "DMS": "dms"}
CALL = (
    "async ([address, call, asked]) => { const module = await import(address); return asked.map((one) => "
    "module[call](...one)); }"
)
WITHOUT_WEBGL = (
    "const real = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = "
    "function (kind, ...more) { return kind.startsWith('webgl') ? null : real.call(this, kind, ...more); };"
)


def at_the_map(seat: Seat, *, look: str = "") -> Page:
    """The mission's map, once it is drawn."""
    if look:
        seat.context.add_init_script(f"localStorage.setItem('look', '{look}')")
    page = seat.go(f"/m/{seat.desk.village.mission}/map")
    expect(page.locator(".map-at")).to_be_visible()
    expect(page.locator('[data-thing="point IPP"]')).to_be_visible()
    return page


def of_module(page: Page, module: str, call: str, asked: list[Any]) -> list[Any]:
    """What a function of one of the desk's own modules gives in this browser, for each list of arguments."""
    program = page.locator("script[type=module]").first.get_attribute("src") or ""
    found: list[Any] = page.evaluate(CALL, [program.replace("app.js", module), call, asked])
    return found


def as_json(place: Place) -> dict[str, float]:
    return {"lat": place.lat, "lon": place.lon}


def test_a_team_moves_on_the_map_with_its_line(seat: Seats) -> None:
    """A line acknowledged at one seat moves the map at another by itself; how soon, `benchmarks/desk.py` measures."""
    page, radio = at_the_map(seat("Kakashi")), seat("Shizune")
    team = page.locator('[data-thing="who 1"]')
    expect(team).to_have_attribute("data-at", f"{GATE.lat:.5f},{GATE.lon:.5f}")
    words = f"1 to base: in the wood {IN_THE_WOOD.lat:.4f},{IN_THE_WOOD.lon:.4f}"
    entry = {"key": "a-line-of-the-map-journey", "words": words}
    sent = radio.page.request.post(
        f"{radio.desk.url}/api/log", data={"mission": radio.desk.village.mission, "entries": [entry]}
    )
    assert sent.ok and not sent.json()[0]["refused"]
    expect(team).to_have_attribute("data-at", f"{IN_THE_WOOD.lat:.5f},{IN_THE_WOOD.lon:.5f}")


def test_a_post_drawn_by_keys_alone_is_on_the_map_of_another(seat: Seats) -> None:
    """Key by key: draw, post, move the crosshair, Enter, a name, Enter; somebody else sees it, and it can be undone."""
    mine, theirs = at_the_map(seat("Kakashi")), at_the_map(seat("Shizune"))
    mine.keyboard.press("d")
    mine.keyboard.type("P")
    expect(mine.locator(".map-draft")).to_be_visible()
    mine.keyboard.press("ArrowRight")
    mine.keyboard.press("Shift+ArrowDown")
    mine.keyboard.press("Enter")
    expect(mine.locator(".map-draft input[name=name]")).to_be_focused()
    mine.keyboard.type("Ford")
    keep_the_way_back(mine)
    mine.keyboard.press("Enter")
    expect(theirs.locator(".mark-post", has_text="Ford")).to_be_visible()
    expect(theirs.locator(".map-panel")).to_contain_text("Ford")
    mine.get_by_role("button", name="Undo").click()
    expect(theirs.locator(".mark-post", has_text="Ford")).to_have_count(0)


def test_a_segment_is_drawn_by_taps_and_measured(seat: Seats) -> None:
    """Three taps make a segment; its area is shown before it is saved, and what is put aside comes back."""
    page = at_the_map(seat("Kakashi"))
    page.select_option(".map-tools select", "segment")
    box = page.locator(".map-box").bounding_box()
    assert box is not None
    for across, down in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.5)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    expect(page.locator(".measured")).to_contain_text("Area")
    keep_the_way_back(page)
    page.get_by_role("button", name="Put aside").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".draft-points li")).to_have_count(3)
    page.fill(".map-draft input[name=name]", "North wood")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".map-panel")).to_contain_text("km²")
    expect(page.locator(".mark-segment", has_text="North wood")).to_be_visible()


def test_where_he_can_be_is_asked_by_a_button_and_shown_with_its_cautions(seat: Seats) -> None:
    """Nothing is worked out by looking; asked for once, every map shows the bands and what they cannot say."""
    page, other = at_the_map(seat("Kakashi")), at_the_map(seat("Shizune"))
    expect(other.locator(".map-caution")).to_have_count(0)
    page.get_by_role("button", name="Where can he be now?").click()
    expect(page.locator(".legend")).to_contain_text("km²", timeout=WORKED_OUT_MS)
    for one in (page, other):
        expect(one.locator(".map-caution")).to_contain_text("not validated on finds")
        expect(one.locator(".mark-words").first).to_be_attached()


def test_coordinates_are_the_same_as_the_server_writes(seat: Seats) -> None:
    """Every form of two hundred places all over the world is what the server says; a grid within its metre."""
    page = seat("Kakashi").page
    chance = Random(5)
    places = [Place(chance.uniform(-79.9, 83.9), chance.uniform(-179.9, 179.9)) for _ in range(200)]
    said = of_module(page, "map-coordinates.js", "forms", [[as_json(place)] for place in places])
    for place, forms in zip(places, said, strict=True):
        for name, words in forms:
            wanted = show(place, SHOWN[name])
            if name in ("USNG", "UTM"):
                assert figures(words) == pytest.approx(figures(wanted), abs=1) and letters(words) == letters(wanted)
            else:
                assert words == wanted


def figures(words: str) -> list[int]:
    """The numbers of a grid reference, without its zone."""
    return [int("".join(c for c in word if c.isdigit())) for word in words.split()[-2:]]


def letters(words: str) -> list[str]:
    """Zone and square."""
    return words.split()[:-2]


def test_lengths_areas_and_grid_lines_are_those_of_the_ground(seat: Seats) -> None:
    """The browser measures as the server does, and each grid line runs along its own easting or northing."""
    page = seat("Kakashi").page
    corners = [GATE, IN_THE_WOOD, Place(29.99, 142.01)]
    said = [as_json(corner) for corner in corners]
    assert of_module(page, "map-measure.js", "lengthM", [[said]]) == pytest.approx([length_m(corners)])
    assert of_module(page, "map-measure.js", "areaM2", [[said]]) == pytest.approx([area_m2(corners)])
    bounds = {"west": 5.9, "south": 45.0, "east": 6.1, "north": 45.1}
    (lines,) = of_module(page, "map-grid.js", "gridLines", [[bounds, 1_000]])
    assert {line["zone"] for line in lines} == {31, 32}
    for line in lines:
        for at, utm in zip(
            line["points"],
            of_module(page, "map-coordinates.js", "utmOf", [[p, line["zone"]] for p in line["points"]]),
            strict=True,
        ):
            assert utm["northing" if line["across"] else "easting"] == pytest.approx(line["value"], abs=0.5), at


def test_without_webgl_the_server_draws_the_map_and_the_list_is_the_same(seat: Seats) -> None:
    """A browser that cannot draw gets a picture by itself, with everything on it as a list beside."""
    someone = seat("Kakashi")
    someone.context.add_init_script(WITHOUT_WEBGL)
    page = someone.go(f"/m/{someone.desk.village.mission}/map")
    picture = page.locator(".map-picture img")
    expect(page.locator(".map-panel")).to_contain_text("IPP")
    expect(picture).to_have_attribute("data-drawn", "yes")
    assert picture.evaluate("(image) => image.naturalWidth") > 1_000
    assert not page.evaluate("performance.getEntriesByType('resource').some((one) => one.name.includes('maplibre'))")
    someone.picture("map-without-webgl")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_map_fits_every_screen_and_look(seat: Seats, width: int, height: int) -> None:
    """Nothing runs off the side, controls fit a glove, places are told with their datum, axe finds nothing."""
    someone = seat("Kakashi", width=width, height=height)
    for look in ("light", "dark", "red"):
        page = at_the_map(someone, look=look)
        expect(page.locator(".map-at")).to_contain_text("WGS84")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.locator(".map-page button:visible").evaluate_all(
            "(all) => all.filter((one) => one.getBoundingClientRect().height < 43).map((one) => one.textContent)"
        )
        assert small == []
        assert grave(page, rules=() if look == "light" else BY_STYLE) == []
        someone.picture(f"map-{look}-{width}")
