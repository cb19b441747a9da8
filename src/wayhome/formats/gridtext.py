"""USNG/MGRS and UTM as people write them, found in a text: shapes are matched, then judged right, broken, or none.

A shape that could be ordinary words (`4men 12`, `20min 15`) is left alone unless it is a right reference; a shape that
can only be a reference is reported as broken when it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from wayhome.formats.grids import (
    BANDS,
    EXAMPLE,
    SQUARE_M,
    Utm,
    band_of,
    check_inside,
    from_grid,
    from_utm,
    project,
    square_letters,
    unproject,
    zone_of,
)
from wayhome.values.places import BadPlace, Place, distance_m
from wayhome.values.utm_zones import FALSE_NORTHING_M

GridForm = Literal["usng", "utm", "short grid"]
AS_MANY: Final = "Easting and northing have as many"
UTM_EXAMPLE: Final = "write it like 31T 378000E 4703000N"
SHORT_SURE_M: Final = 45_000.0
"""Digits of a short grid repeat every 100 km: beyond this, the next square is about as likely."""
SHORT_REACH_M: Final = 300_000.0
"""How far from the mission UTM without a zone is still believed."""
NOT_SQUARES: Final = frozenset(
    re.findall(
        "[A-Z]+",
        "MPH KMH KPH KTS FPS FPM RPM MIN SEC HRS DAY YRS DEG KMS MTR MHZ KHZ GHZ VHF UHF PAX MEN MAN LBS KGS CAL THE",
    )
)
"""Three letters that after a number are a unit or a word, not a band and square."""


class GridReading(msgspec.Struct, frozen=True):
    """One stretch read as a grid reference: the place, or why it is broken."""

    span: tuple[int, int]
    form: GridForm
    place: Place | None
    precision_m: float
    reason: str = ""


_D = "[0-9OoIl]"
_USNG: Final = re.compile(
    rf"(?<![\w.])(\d{{1,2}})( ?)([A-Za-z])( ?)([A-Za-z]{{2}})([ ]{{0,2}})"
    rf"({_D}{{1,14}})(?:[ ]{{1,2}}({_D}{{1,14}})(?!\w|[.,]\d))?([A-Za-z_\d]*)"
)
_NO_BAND: Final = re.compile(r"(?<![\w.])\d{2}[A-HJ-NP-Z]{2}\d{4,10}(?!\w)")
_METRES = r"(\d{4,8}(?:\.\d{1,3})?)"
_EAST, _NORTH = rf"(?:E ?)?{_METRES}(?: ?m)?(?: ?E)?", rf"(?:N ?)?{_METRES}(?: ?m)?(?: ?N)?(?!\w|[.,]\d)"
_UTM: Final = re.compile(
    rf"(?<![\w.])(?:(?:utm|zone)[ :]{{1,2}})*(\d{{1,2}})( ?)(north|south|[A-Z])[ ,:]{{1,2}}{_EAST}[ ,/]{{1,3}}{_NORTH}",
    re.I,
)
_UTM_BEHIND: Final = re.compile(
    rf"(?<![\w.]){_METRES} ?m?E[ ,/]{{1,3}}{_METRES} ?m?N[ ,/]{{1,3}}(?:zone )?(\d{{1,2}}) ?(north|south|[A-Z])(?!\w)",
    re.I,
)
_UTM_BARE: Final = re.compile(
    r"(?<![\w.,-])(E ?)?0?(\d{6})(?: ?m)?( ?E)?[ ,/]{1,3}(N ?)?0?(\d{6,7})(?: ?m)?( ?N)?(?!\w|[.,]\d)", re.I
)
_SHORT: Final = re.compile(r"(?<![\w.,+/:-])(?<!\d )(\d{2,6}) (\d{2,6})(?!\w|[.,:/]\d|[ -]\d)")
_LETTERED: Final = re.compile(r"(?<![\w.])([A-Z]{2}) ?(\d{3,5}) ?(\d{3,5})(?!\w|[.,]\d)")
_GRID_WORD: Final = re.compile(r"(?:\b(?:grid|gr|grid ref|ref|usng|mgrs)\b)[ :=]{0,2}$", re.I)
_AT_WORD: Final = re.compile(r"(?:\b(?:at|loc|location|pos|position|posn|lkp|ipp)|@)[ :=]{0,2}$", re.I)
_PHONE_WORD: Final = re.compile(r"\b(?:call|phone|tel|telephone|mobile|cell|ring|number|no|nr|id)\b[ :.=]{0,3}$", re.I)


# ---- USNG / MGRS ----


def find_grids(text: str, near: Place | None = None) -> Iterator[GridReading]:
    """Full USNG/MGRS and UTM references in `text`, right or broken. Readings may overlap: UTM comes first."""
    for pattern in (_UTM, _UTM_BEHIND):
        for match in pattern.finditer(text):
            reading = _judge_utm(match, pattern is _UTM_BEHIND, near)
            if reading is not None:
                yield reading
    for match in _USNG.finditer(text):
        reading = _judge_usng(text, match, whole=False)
        if reading is not None:
            yield reading
    for match in _NO_BAND.finditer(text):
        reason = f"{match.group()} has no band letter after the zone: {EXAMPLE}"
        yield GridReading(match.span(), "usng", None, 0.0, reason)


def read_grid(text: str, near: Place | None = None) -> GridReading | None:
    """The whole of `text` as a grid reference of any kind, right or broken; None when it is not of that kind."""
    match = _USNG.fullmatch(text)
    if match is not None:
        return _judge_usng(text, match, whole=True)
    for reading in (*find_grids(text, near), *find_short("grid " + text, near)):
        start = 5 if reading.form == "short grid" else 0
        if reading.span in ((0, len(text)), (start, start + len(text))):
            return reading
    return None


def _looks_like_words(match: re.Match[str]) -> bool:
    """Whether what was matched may be ordinary words, so that it is only believed when nothing is wrong with it."""
    written = match[3] + match[5]
    apart = bool(match[2])
    stands_alone = bool(match[4])
    return (apart and not stands_alone and not written.isupper()) or (not written.isupper() and bool(match[6]))


def _judge_usng(text: str, match: re.Match[str], *, whole: bool) -> GridReading | None:
    letters = (match[3] + match[5]).upper()
    doubtful = not whole and _looks_like_words(match)
    if not whole and (letters in NOT_SQUARES or (match[2] and not match[4] and not (match[3] + match[5]).isupper())):
        return None
    digits, end, reason = _digits(text, match)
    span = (match.start(), end)
    if not reason:
        try:
            place, side = from_grid(int(match[1]), _band(letters[0]), _square(letters[1:]), *digits)
            return GridReading(span, "usng", place, side)
        except BadPlace as error:
            reason = str(error)
    weak = sum(map(len, digits)) < 3 and not whole and not (match[3] + match[5]).isupper()
    return None if doubtful or weak else GridReading(span, "usng", None, 0.0, reason)


def _band(letter: str) -> str:
    if letter in "ABYZ":
        raise BadPlace(f"band {letter} is a polar cap (UPS), which is not read here: give it in degrees")
    if letter not in BANDS:
        raise BadPlace(f"there is no band {letter}: bands are C to X without I and O (easily taken for 1 and 0)")
    return letter


def _square(letters: str) -> str:
    if set(letters) & set("IO"):
        raise BadPlace(f"square {letters} cannot be: the letters I and O are not used (easily taken for 1 and 0)")
    return letters


def _digits(text: str, match: re.Match[str]) -> tuple[tuple[str, str], int, str]:
    """The easting and northing digits, where the reference ends, and what is wrong with them ('' when nothing is).

    Two groups of equal length are one reference. Of unequal groups the first alone counts when it can stand alone and
    the second is clearly something else (`31TCH7803 12 casualties`); one digit more or less is a digit lost.
    """
    first, second, tail = match[7], match[8], match[9]
    end = match.end(8) if second else match.end(7)
    wrong = set(first + (second or "")) - set("0123456789")
    if wrong:
        return ("", ""), end, f"letter {', '.join(sorted(wrong))} among the digits: write 0 or 1 as a digit"
    if second and len(first) == len(second):
        return (first, second), end, "" if len(first) <= 5 else f"{2 * len(first)} digits are too many: at most 5 and 5"
    alone = match[6] == "" and len(first) % 2 == 0 and len(second or "") == 1  # `31TCH78 5 people`
    if second and abs(len(first) - len(second)) == 1 and not alone:
        return (first, second), end, f"{len(first)} and {len(second)} digits: is one missing? {AS_MANY}"
    if tail or re.match(r"[.,]\d", text[match.end(7) :]):
        reason = "letters or a decimal point run into the digits: end the reference with a blank"
        return (first, ""), match.end(9), reason
    return _one_group(first, match.end(7))


def _one_group(digits: str, end: int) -> tuple[tuple[str, str], int, str]:
    half, odd = divmod(len(digits), 2)
    if odd:
        return (digits, ""), end, f"odd number of digits ({len(digits)}): one is missing or too many"
    if half > 5:
        return (digits, ""), end, f"{len(digits)} digits are too many: at most 10"
    return (digits[:half], digits[half:]), end, ""


# ---- UTM ----


def _judge_utm(match: re.Match[str], behind: bool, near: Place | None) -> GridReading | None:
    east, north, zone, letter = (
        (match[1], match[2], match[3], match[4]) if behind else (match[4], match[5], match[1], match[3])
    )
    if not behind and match[2] and len(letter) == 1 and letter.islower():
        return None  # `3 a 1234 5678` are words; a zone written apart from its letter has the letter in capitals.
    if not behind and len(east) < 5:
        return None
    try:
        if not 1 <= int(zone) <= 60:
            raise BadPlace(f"there is no zone {zone}: zones run from 1 to 60")
        _check_easting(east)
        place = _utm_place(int(zone), letter.upper(), float(east), float(north), near)
    except BadPlace as error:
        return GridReading(match.span(), "utm", None, 0.0, str(error))
    return GridReading(match.span(), "utm", place, 10.0 ** -max(_decimals(east), _decimals(north)))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _check_easting(east: str) -> None:
    if not 100_000 <= float(east) < 900_000:
        raise BadPlace(f"easting {east} m cannot be: it has six digits, 100000 to 899999; {UTM_EXAMPLE}")


def _hemisphere_place(zone: int, south: bool, east: float, north: float) -> Place:
    if not 0 <= north <= FALSE_NORTHING_M:
        raise BadPlace(f"northing {north:.0f} m cannot be: 0 to 10000000; {UTM_EXAMPLE}")
    place = unproject(zone, east, north - (FALSE_NORTHING_M if south else 0.0))
    check_inside(place, zone, band_of(place.lat), slack_m=1_000)
    return place


def _utm_place(zone: int, letter: str, east: float, north: float, near: Place | None) -> Place:
    """S is a band (32–40° N) and, to many, the southern hemisphere: the reading that fits, then the one nearer."""
    if letter in ("NORTH", "SOUTH"):
        return _hemisphere_place(zone, letter == "SOUTH", east, north)
    if letter == "N":
        return _hemisphere_place(zone, False, east, north)
    _band(letter)
    if letter != "S":
        return from_utm(Utm(zone, letter, east, north))
    fitting = []
    for south in (False, True):
        try:
            place = _hemisphere_place(zone, south, east, north)
        except BadPlace:
            continue
        if south or 32 - 0.01 <= place.lat <= 40.01:
            fitting.append(place)
    if not fitting:
        raise BadPlace(f"northing {north:.0f} m fits neither band S (32° to 40° N) nor the southern hemisphere")
    return min(fitting, key=lambda place: distance_m(near, place)) if near is not None else fitting[0]


# ---- Shortened forms, which need the mission's place ----


def find_short(text: str, near: Place | None) -> Iterator[GridReading]:
    """`1234 5678`, `CH 7800 0300` and UTM without a zone, as the nearest point so named; broken where only the
    place of the mission is wanting and the text says that a grid is meant."""
    for match in _UTM_BARE.finditer(text):
        reading = _judge_bare_utm(match, near)
        if reading is not None:
            yield reading
    if near is not None and -80 <= near.lat <= 84:
        for match in _LETTERED.finditer(text):
            if len(match[2]) == len(match[3]):
                place = _nearest(near, match[2], match[3], match[1])
                if place is not None:
                    yield GridReading(match.span(), "short grid", place, 10.0 ** (5 - len(match[2])))
    for match in _SHORT.finditer(text):
        reading = _judge_short(text, match, near)
        if reading is not None:
            yield reading


def _judge_bare_utm(match: re.Match[str], near: Place | None) -> GridReading | None:
    marked = bool(match[1] or match[3]) and bool(match[4] or match[6])
    if near is None or not -80 <= near.lat <= 84:
        reason = f"no UTM zone: {UTM_EXAMPLE}"
        return GridReading(match.span(), "utm", None, 0.0, reason) if marked else None
    zone, south = zone_of(near.lat, near.lon), near.lat < 0
    try:
        _check_easting(match[2])
        place = unproject(zone, float(match[2]), float(match[5]) - (FALSE_NORTHING_M if south else 0.0))
    except BadPlace as error:
        return GridReading(match.span(), "utm", None, 0.0, str(error)) if marked else None
    if distance_m(near, place) <= SHORT_REACH_M:
        return GridReading(match.span(), "utm", place, 1.0)
    far = f"without its zone it would lie {distance_m(near, place) / 1000:.0f} km from the mission: {UTM_EXAMPLE}"
    return GridReading(match.span(), "utm", None, 0.0, far) if marked else None


def _is_time(digits: str) -> bool:
    return len(digits) == 4 and digits < "2400" and digits[2:] < "60"


def _judge_short(text: str, match: re.Match[str], near: Place | None) -> GridReading | None:
    first, second = match[1], match[2]
    before = (max(0, match.start() - 20), match.start())
    called_grid = _GRID_WORD.search(text, *before) is not None
    if _PHONE_WORD.search(text, *before) or not (called_grid or (len(first) == len(second) and len(first) in (4, 5))):
        return None
    reason = ""
    if len(first) != len(second):
        reason = f"{len(first)} and {len(second)} digits: is one missing? {AS_MANY}"
    elif len(first) > 5:
        reason = "at most 5 digits each for easting and northing"
    elif near is None or not -80 <= near.lat <= 84:
        reason = f"a short grid needs the mission's place to say which square: {EXAMPLE}"
        if not called_grid:
            return None
    elif _is_time(first) and _is_time(second) and not called_grid and not _AT_WORD.search(text, *before):
        reason = "two times, or a short grid? Put `grid` before a grid"
    if reason or near is None:
        return GridReading(match.span(), "short grid", None, 0.0, reason)
    place = _nearest(near, first, second)
    if place is None:
        reason = f"two squares come into question, each about 50 km from the mission: {EXAMPLE}"
    return GridReading(match.span(), "short grid", place, 10.0 ** (5 - len(first)), reason)


def _nearest(near: Place, first: str, second: str, letters: str | None = None) -> Place | None:
    """The point nearest to `near`, in its zone, with these digits (and, where given, square letters).

    None where no square fits, or where without letters a second one is about as near as the first.
    """
    zone = zone_of(near.lat, near.lon)
    east, north = project(near, zone)
    side = 10.0 ** (5 - len(first))
    best: tuple[float, float, float] | None = None
    for column in range(int(east // SQUARE_M) - 1, int(east // SQUARE_M) + 2):
        for row in range(int(north // SQUARE_M) - 1, int(north // SQUARE_M) + 2):
            corner_e, corner_n = column * SQUARE_M, row * SQUARE_M
            if not 1 <= column <= 8 or (letters and square_letters(zone, corner_e, corner_n) != letters):
                continue
            e, n = corner_e + int(first) * side + side / 2, corner_n + int(second) * side + side / 2
            away = (e - east) ** 2 + (n - north) ** 2
            if best is None or away < best[0]:
                best = (away, e, n)
    if best is None or (letters is None and max(abs(best[1] - east), abs(best[2] - north)) > SHORT_SURE_M):
        return None
    return unproject(zone, best[1], best[2])
