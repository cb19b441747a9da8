"""Coordinates in every usual spelling: found, read, shown, and refused when broken."""

from __future__ import annotations

import random
from itertools import pairwise

import mgrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from wayhome.formats.coordinates import SHOWN_FORMS, find_places, parse_place, read_places, show
from wayhome.formats.grids import to_utm
from wayhome.values.places import BadPlace, Place, distance_m

ANDORRA = Place(42.5063, 1.5218)
GRID_PLACES = st.builds(Place, st.floats(-79.9, 83.9), st.floats(-180, 180))

WRITTEN = [
    ("31TCH7803", 42.4743, 1.5219),
    ("31T CH 78 03", 42.4743, 1.5219),
    ("31t ch 78 03", 42.4743, 1.5219),
    ("31T CH 78000 03000", 42.4697, 1.5159),
    ("32TPT7438229227", 47.1934, 11.3021),
    ("31TCH70", 42.4873, 1.4790),
    ("31T 378000 4703000", 42.4697, 1.5159),
    ("31T 378000E 4703000N", 42.4697, 1.5159),
    ("31T 378000mE 4703000mN", 42.4697, 1.5159),
    ("31T 0378000 4703000", 42.4697, 1.5159),
    ("UTM 31T E378000 N4703000", 42.4697, 1.5159),
    ("378000E 4703000N zone 31T", 42.4697, 1.5159),
    ("31 north 378000 4703000", 42.4697, 1.5159),
    ("31N 378000 4703000", 42.4697, 1.5159),
    ("10S 550000 4180000", 37.7660, -122.4323),
    ("56 south 334000 6252000", -33.8593, 151.2055),
    ("56H 334000 6252000", -33.8593, 151.2055),
    ("9-0.3N 4-2.45W", 9.0050, -4.0408),
    ("47° 11.604' N 11° 18.126' E", 47.1934, 11.3021),
    ("47°11.604′N, 11°18.126′E", 47.1934, 11.3021),
    ("N47 11.604 E11 18.126", 47.1934, 11.3021),
    ("4711.604N 01118.126E", 47.1934, 11.3021),
    ("47°11'36.2\"N 11°18'7.6\"E", 47.1934, 11.3021),
    ("47 11 36.2 N 11 18 7.6 E", 47.1934, 11.3021),
    ("47:11:36.2N 11:18:07.6E", 47.1934, 11.3021),
    ("42.5063,1.5218", 42.5063, 1.5218),
    ("42.5063 1.5218", 42.5063, 1.5218),
    ("42.5063, -71.5218", 42.5063, -71.5218),
    ("−33.8500, 151.2100", -33.85, 151.21),
    ("-33.85°, 151.21°", -33.85, 151.21),
    ("42,5063 1,5218", 42.5063, 1.5218),
    ("42,5063; 1,5218", 42.5063, 1.5218),
    ("42.5063N 1.5218E", 42.5063, 1.5218),
    ("S33.8500 E151.2100", -33.85, 151.21),
    ("E11.3021 N47.1934", 47.1934, 11.3021),
]

BROKEN = [
    ("31T CH 7800 300", "one missing"),
    ("31T CH 780 0300", "one missing"),
    ("31TCH780", "odd number"),
    ("31TOH7803", "I and O"),
    ("31TCI7803", "I and O"),
    ("31ICH7803", "no band I"),
    ("31TCH78O3", "letter O among the digits"),
    ("31BCH7803", "polar"),
    ("61TCH7803", "no zone 61"),
    ("0TCH7803", "no zone 0"),
    ("31TZZ7803", "no square ZZ"),
    ("31TCW7803", "A to V"),
    ("31SCH7803", "not in 31S"),
    ("32XMH7803", "no grid zone 32X"),
    ("31TCH780003000011", "too many"),
    ("31TCH7803x", "run into"),
    ("31CH7803", "no band letter"),
    ("31T 37800 4703000", "six digits"),
    ("31T 378000 470300", "outside band T"),
    ("378000E 4703000N", "no UTM zone"),
    ("47° 71.604' N 11° 18.126' E", "below 60"),
    ("47 11 66 N 11 18 7 E", "below 60"),
    ("97.1934N 11.3021E", "not on Earth"),
    ("N47.1934 N11.3021", "two latitudes"),
    ("151.2100, -33.8500", "longitude written first"),
    ("47.1934N", "half a coordinate"),
]

NOT_PLACES = [
    "146.520",
    "146.520 147.330",
    "462.5625, 467.5625",
    "47.420, 47.460",
    "0815",
    "at 0815 to 0930",
    "12/05",
    "2026-03-01 08:15",
    "team 12 3456",
    "team 3 to base 12 34",
    "call 0412 345 678",
    "call 5551 2345",
    "+376 812 345",
    "size 44 and 20min 15",
    "wind 5mph 45 deg",
    "4men 12, 3 to 5 people",
    "bearing 270°",
    "10-15N 5-10W",
    "10.0.0.1 192.168.1.1",
    "3 casualties, 2 walking 1 lying",
    "elevation 1,234 m",
    "1234 5678",
    "",
]


@pytest.mark.parametrize(("text", "lat", "lon"), WRITTEN)
def test_usual_spellings_are_read_and_found(text: str, lat: float, lon: float) -> None:
    """Every usual spelling names the same place alone and in the middle of a line, and its span is exact."""
    assert distance_m(parse_place(text), Place(lat, lon)) < 12
    line = f"team 3 > base: clue at {text} by the stream"
    (found,) = find_places(line)
    assert line[slice(*found.span)] == text
    assert found.place == parse_place(text)


@pytest.mark.parametrize(("text", "reason"), BROKEN)
def test_broken_references_are_called_broken(text: str, reason: str) -> None:
    """A broken reference is refused with its reason, and in a line it is reported, never read as something else."""
    with pytest.raises(BadPlace, match=reason):
        parse_place(text)
    finds = read_places(f"3 > base: at {text} now")
    assert not finds.places
    assert [reason in broken.reason for broken in finds.broken] == [True]


@pytest.mark.parametrize("text", NOT_PLACES)
def test_ordinary_words_and_numbers_are_no_places(text: str) -> None:
    """Frequencies, times, dates, phone numbers and counts are neither places nor broken places."""
    finds = read_places(text)
    assert (finds.places, finds.broken) == ((), ())


@pytest.mark.parametrize("text", ["", "   ", "nowhere", "LKP", "\x00", "31T", "🏔️", "x" * 5000, "12", "91,0"])
def test_no_place_is_refused_with_an_example(text: str) -> None:
    """What names no place is refused, and the refusal shows a form that works."""
    with pytest.raises(BadPlace, match=r"like|Write|not on Earth"):
        parse_place(text)


def test_short_grid_needs_the_missions_place() -> None:
    """Digits alone are a place only when the caller says where the mission is, and then the nearest so named."""
    assert find_places("at 7800 0300") == []
    (found,) = find_places("at 7800 0300", ANDORRA)
    assert distance_m(found.place, parse_place("31T CH 7800 0300")) < 1
    assert found.precision_m == 10
    edge = parse_place("31T CH 99990 03000")
    (over,) = find_places("grid 0001 0300", edge)
    assert distance_m(over.place, parse_place("31T DH 0001 0300")) < 1
    assert distance_m(find_places("CH 7800 0300", ANDORRA)[0].place, found.place) < 1
    assert distance_m(find_places("378000 4703000", ANDORRA)[0].place, found.place) < 10


def test_doubtful_short_grids_are_reported() -> None:
    """A short grid without the mission's place, with a digit missing, or half way to the next square is broken."""
    assert "needs the mission's place" in read_places("grid 7800 0300").broken[0].reason
    assert "one missing" in read_places("grid 7800 300", ANDORRA).broken[0].reason
    assert "two squares" in read_places("at 2850 5700", ANDORRA).broken[0].reason
    assert "two times" in read_places("open 0815 0930", ANDORRA).broken[0].reason


def test_a_southern_s_is_the_reading_that_fits() -> None:
    """`S` is the band 32–40° N where that fits, the southern hemisphere otherwise, and the nearer one if we know."""
    assert parse_place("18S 600000 4500000").lat < 0
    assert parse_place("18S 600000 4000000").lat > 0
    assert parse_place("18S 600000 4000000", Place(-53, -74)).lat < 0


def test_second_numbers_do_not_lengthen_a_reference() -> None:
    """A count or a time after a whole reference is not taken into it."""
    for text in ("31TCH7803 12 casualties", "31TCH7803 at 0815", "31T CH 78 03 12 people", "31TCH7803 5 people"):
        (found,) = find_places(text)
        assert found.precision_m == 1000


@pytest.mark.parametrize(
    ("text", "precision_m"),
    [
        ("31TCH7803", 1000),
        ("31TCH78000300", 10),
        ("31TCH70", 10_000),
        ("42.5063,1.5218", 11.1),
        ("9-0.3N 4-2.45W", 185),
    ],
)
def test_fineness_is_told(text: str, precision_m: float) -> None:
    """How fine a place was given is told in metres."""
    assert find_places(text)[0].precision_m == pytest.approx(precision_m, rel=0.01)


@given(GRID_PLACES)
def test_every_form_round_trips(place: Place) -> None:
    """What is shown in any form is read back as the same place, within what the form shows."""
    slack_m = {"usng": 1.0, "mgrs": 1.0, "utm": 1.5, "dd": 1.0, "dm": 1.5, "dms": 2.5}
    for form in SHOWN_FORMS:
        assert distance_m(parse_place(show(place, form)), place) <= slack_m[form]


@given(GRID_PLACES, st.integers(1, 5))
def test_grid_shown_again_is_the_same(place: Place, digits: int) -> None:
    """A reference read and shown again is the same, but where its middle lies across the edge of zone or band."""
    text = show(place, "usng", digits=digits)
    again = parse_place(text)
    assert distance_m(again, place) <= 0.72 * 10 ** (5 - digits) * 1.01
    if show(again, "usng").split()[:2] == text.split()[:2]:
        assert show(again, "usng", digits=digits) == text


@pytest.mark.parametrize("lat", [84.01, 90.0, -80.01, -90.0])
def test_polar_caps_have_no_grid(lat: float) -> None:
    """In the polar caps grid forms are refused with a plain word; degrees work."""
    for form in ("usng", "mgrs", "utm"):
        with pytest.raises(BadPlace, match="polar"):
            show(Place(lat, 10.0), form)
    assert distance_m(parse_place(show(Place(lat, 10.0), "dd")), Place(lat, 10.0)) < 2
    with pytest.raises(BadPlace, match="polar"):
        parse_place("1ZAH 12345 12345")


def test_two_libraries_agree_all_over_the_world() -> None:
    """Our grid equals pyproj's UTM to a micrometre and mgrs's letters and digits to the metre, all over the world."""
    world, library = random.Random(20260301), mgrs.MGRS()
    transformers: dict[int, Transformer] = {}
    for _ in range(3000):
        place = Place(world.uniform(-80, 84), world.uniform(-180, 180))
        utm = to_utm(place)
        code = (32700 if utm.south else 32600) + utm.zone
        transformer = transformers.setdefault(code, Transformer.from_crs(4326, code, always_xy=True))
        easting_m, northing_m = transformer.transform(place.lon, place.lat)
        assert abs(easting_m - utm.easting_m) < 1e-6
        assert abs(northing_m - utm.northing_m) < 1e-6
        theirs = str(library.toMGRS(place.lat, place.lon)).rjust(15, "0")
        ours = show(place, "mgrs").rjust(15, "0")
        # The library rounds where we cut, so the last digit may differ by one; the letters may not.
        assert ours[:5] == theirs[:5]
        assert abs(int(ours[5:10]) - int(theirs[5:10])) <= 1
        assert abs(int(ours[10:]) - int(theirs[10:])) <= 1
        assert distance_m(parse_place(ours), Place(*library.toLatLon(ours))) < 0.01


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [(60.4, 5.3, "32V"), (78.2, 15.6, "33X"), (78.2, 8.9, "31X"), (78.2, 22, "35X"), (78.2, 34, "37X"), (0, 180, "1N")],
)
def test_exceptions_of_the_grid(lat: float, lon: float, zone: str) -> None:
    """Norway's and Svalbard's zones and the date line are as on the map."""
    shown = show(Place(lat, lon), "usng")
    assert shown.split()[0] == zone
    assert distance_m(parse_place(shown), Place(lat, lon)) < 1


@given(st.text(max_size=400))
def test_any_text_can_be_searched(text: str) -> None:
    """No text breaks the search; spans lie in the text and do not overlap."""
    finds = read_places(text, ANDORRA)
    spans = finds.spans
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
