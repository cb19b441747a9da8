"""Latitude and longitude as people write them: decimal degrees, decimal minutes, degrees-minutes-seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from wayhome.values.places import BadPlace, Place, distance_m

M_PER_DEGREE: Final = 111_195.0
NEAR_M: Final = 500_000.0
"""An unmarked pair with only three decimals (it could be two radio frequencies) counts this close to a known place."""
EXAMPLE: Final = "write it like 42.5063, 1.5218 or 9-0.3N 4-2.45W or 47°11'36\"N 11°18'08\"E"

DegreesForm = Literal["dd", "dm", "dms"]

_B = r"[ \t\u00a0]"
_NUM = r"\d{1,3}(?:[.,]\d{1,12})?"
_DEG = rf"(?:{_B}{{0,2}}[°º˚]{_B}{{0,2}}|[ :-])"
_MIN = rf"(?:{_B}{{0,2}}['′’ʹ´]{_B}{{0,2}}|[ :-])"
_END_MIN = rf"(?:{_B}{{0,2}}['′’ʹ´](?!['′’]))?"
_END_SEC = rf"(?:{_B}{{0,2}}(?:[\"″”ʺ]|''|′′|’’))?"
_SHAPES: Final[dict[DegreesForm, str]] = {
    "dms": rf"\d{{1,3}}{_DEG}\d{{1,2}}{_MIN}\d{{1,2}}(?:[.,]\d{{1,6}})?{_END_SEC}",
    "dm": rf"\d{{1,3}}{_DEG}\d{{1,2}}(?:[.,]\d{{1,9}})?{_END_MIN}",
    "dd": rf"{_NUM}{_B}?[°º˚]?",
}
_LEFT, _RIGHT = r"(?<![\w.,+\-−°])", r"(?!\w)(?![.,]\d)"
_BETWEEN = rf"{_B}{{0,3}}[,;/]?{_B}{{0,3}}"


def _pairs() -> list[tuple[DegreesForm, re.Pattern[str]]]:
    """For each form the pair with letters behind, and the pair with letters before."""
    made: list[tuple[DegreesForm, re.Pattern[str]]] = []
    for form, shape in _SHAPES.items():
        behind = rf"({shape}){_B}{{0,2}}([NSEWnsew]){_BETWEEN}({shape}){_B}{{0,2}}([NSEWnsew])"
        before = rf"([NSEWnsew]){_B}{{0,2}}({shape}){_BETWEEN}([NSEWnsew]){_B}{{0,2}}({shape})"
        made += [(form, re.compile(_LEFT + pattern + _RIGHT)) for pattern in (behind, before)]
    packed = r"(\d{4}[.,]\d{1,6})(?: |)([NSns])[ ,]{0,2}(\d{4,5}[.,]\d{1,6})(?: |)([EWew])"
    return [*made, ("dm", re.compile(_LEFT + packed + _RIGHT))]


_LETTERED: Final = _pairs()
_SIGNED: Final = re.compile(
    rf"{_LEFT}([-+−]?{_NUM}){_B}?[°º˚]{_B}{{0,3}}[,;/]?{_B}{{0,3}}([-+−]?{_NUM}){_B}?[°º˚](?![NSEWnsew\d])(?!{_B}[NSEW]\b)"
)
_PLAIN: Final = re.compile(
    rf"{_LEFT}([-+−]?\d{{1,3}}\.\d{{1,12}})({_B}{{0,3}}[,;/]{_B}{{0,3}}|{_B}{{1,3}})([-+−]?\d{{1,3}}\.\d{{1,12}}){_RIGHT}"
)
_COMMAS: Final = re.compile(
    rf"{_LEFT}([-+−]?\d{{1,3}},\d{{1,12}})({_B}{{0,3}};{_B}{{0,3}}|,?{_B}{{1,3}})([-+−]?\d{{1,3}},\d{{1,12}}){_RIGHT}"
)
_WHOLE: Final = re.compile(rf"([-+−]?\d{{1,3}}(?:\.\d{{1,12}})?)({_BETWEEN})([-+−]?\d{{1,3}}(?:\.\d{{1,12}})?)")
_LONE: Final = re.compile(
    _LEFT
    + r"(?:[NSEW] ?\d{1,3}[.,]\d{3,12}|\d{1,3}[.,]\d{3,12}°? ?[NSEW]|\d{1,3}°[^\w]?\d{1,2}[^,;]{0,8}? ?[NSEW])"
    + _RIGHT
)
_LEAD: Final = re.compile(
    r"(?:\b(?:at|loc|location|pos|position|posn|gps|coords?|coordinates?|lat|lkp|ipp)|@)[ :=]{0,2}$", re.I
)
_FINE: Final = 3


class DegreesReading(msgspec.Struct, frozen=True):
    """One stretch of text read as degrees: the place, or why it is broken."""

    span: tuple[int, int]
    form: DegreesForm
    place: Place | None
    precision_m: float
    reason: str = ""


def _number(text: str) -> float:
    return float(text.replace(",", ".").replace("−", "-"))


def _decimals(text: str) -> int:
    parts = re.split("[.,]", text)
    return len(re.match(r"\d*", parts[-1]).group()) if len(parts) > 1 else 0  # type: ignore[union-attr]  # \d* always matches


def _value(text: str, form: DegreesForm) -> float:
    """Degrees of one unsigned angle. Raises BadPlace for minutes or seconds of 60 and more."""
    parts = [_number(part) for part in re.findall(r"\d+(?:[.,]\d+)?", text)]
    if form == "dm" and len(parts) == 1:
        parts = [parts[0] // 100, parts[0] % 100]
    for part, name in zip(parts[1:], ("minutes", "seconds"), strict=False):
        if part >= 60:
            raise BadPlace(f"{part:g} {name} in {text.strip()!r}: {name} stay below 60")
    return sum(part / 60.0**i for i, part in enumerate(parts))


def _place(angles: tuple[str, str], letters: tuple[str, str], form: DegreesForm) -> Place:
    kinds = tuple("lat" if letter in "NS" else "lon" for letter in letters)
    if kinds[0] == kinds[1]:
        raise BadPlace(
            f"two {kinds[0]}itudes: one letter of {letters[0]} and {letters[1]} is wrong".replace("lonit", "longit")
        )
    values = [_value(a, form) * (-1 if letter in "SW" else 1) for a, letter in zip(angles, letters, strict=True)]
    lat, lon = values if kinds[0] == "lat" else reversed(values)
    return Place(lat, lon)


def _precision_m(angle: str, form: DegreesForm) -> float:
    unit = {"dd": M_PER_DEGREE, "dm": M_PER_DEGREE / 60, "dms": M_PER_DEGREE / 3600}[form]
    return unit * 10.0 ** -_decimals(angle)


def _reading(
    span: tuple[int, int], angles: tuple[str, str], letters: tuple[str, str], form: DegreesForm
) -> DegreesReading:
    try:
        place = _place(angles, (letters[0].upper(), letters[1].upper()), form)
    except BadPlace as error:
        return DegreesReading(span, form, None, 0.0, str(error))
    return DegreesReading(span, form, place, max(_precision_m(a, form) for a in angles))


def _lettered(text: str, *, strict: bool) -> Iterator[DegreesReading]:
    """Pairs with N/S and E/W. `strict` leaves out what could be ordinary words: `4N 5W`, `10-15N 5-10W`."""
    for form, pattern in _LETTERED:
        for match in pattern.finditer(text):
            g = match.groups()
            behind = g[1].isalpha()
            angles, letters = ((g[0], g[2]), (g[1], g[3])) if behind else ((g[1], g[3]), (g[0], g[2]))
            whole = form != "dms" and not any(set(a) & set(".,°º˚'′") for a in angles)
            if not (strict and whole):
                yield _reading(match.span(), angles, letters, form)


def _pair(span: tuple[int, int], first: str, second: str) -> DegreesReading:
    lat, lon = _number(first), _number(second)
    precision = max(_precision_m(a, "dd") for a in (first, second))
    try:
        return DegreesReading(span, "dd", Place(lat, lon), precision)
    except BadPlace as error:
        swapped = " (longitude written first?)" if abs(lon) <= 90 and abs(lat) <= 180 else ""
        return DegreesReading(span, "dd", None, precision, f"{error}{swapped}")


def _plain(text: str, near: Place | None) -> Iterator[DegreesReading]:
    """Unmarked decimal pairs: four decimals, or three after a word such as `at`, or three close to `near`."""
    for pattern in (_PLAIN, _COMMAS):
        for match in pattern.finditer(text):
            first, between, second = match.groups()
            fine = sorted((_decimals(first), _decimals(second)))
            reading = _pair(match.span(), first, second)
            led = _LEAD.search(text, max(0, match.start() - 16), match.start()) is not None
            close = near is not None and reading.place is not None and distance_m(near, reading.place) <= NEAR_M
            sure = fine[0] >= _FINE and (fine[1] > _FINE or led or close)
            if abs(_number(first)) > 90 and (abs(_number(second)) > 90 or not sure):
                continue  # No order of the two makes it a place: frequencies, amounts.
            if sure and (reading.place is not None or "," in between or led):
                yield reading


def find_degrees(text: str, near: Place | None = None) -> Iterator[DegreesReading]:
    """Every stretch that reads as degrees, or as broken degrees, surest kinds first; stretches may overlap."""
    yield from _lettered(text, strict=True)
    for match in _SIGNED.finditer(text):
        yield _pair(match.span(), match[1], match[2])
    yield from _plain(text, near)
    for match in _LONE.finditer(text):
        yield DegreesReading(
            match.span(), "dd", None, 0.0, f"half a coordinate: latitude and longitude go together; {EXAMPLE}"
        )


def read_degrees(text: str) -> DegreesReading | None:
    """The whole of `text` as degrees, in the widest sense; None when it is not of that kind."""
    for reading in _lettered(text, strict=False):
        if reading.span == (0, len(text)):
            return reading
    for pattern, first, second in ((_SIGNED, 1, 2), (_PLAIN, 1, 3), (_COMMAS, 1, 3), (_WHOLE, 1, 3)):
        match = pattern.fullmatch(text)
        if match is not None and (pattern is not _WHOLE or match[2]):
            return _pair((0, len(text)), match[first], match[second])
    return None


def _signed_parts(value: float, per_degree: int, letters: str) -> tuple[int, str]:
    """The angle as a whole number of its smallest shown unit, so that rounding carries: 59.9996' becomes 1°."""
    return round(abs(value) * per_degree), letters[value < 0]


def show_degrees(place: Place, form: DegreesForm) -> str:
    """A place as `42.50630, 1.52180`, as `42-30.378N 1-31.308E` (no leading zeros) or `42°30'22.7"N 1°31'18.5"E`."""
    if form == "dd":
        return f"{place.lat:.5f}, {place.lon:.5f}"
    shown = []
    for value, letters in ((place.lat, "NS"), (place.lon, "EW")):
        if form == "dm":
            units, letter = _signed_parts(value, 60_000, letters)
            shown.append(f"{units // 60_000}-{units % 60_000 / 1000:.3f}{letter}")
        else:
            units, letter = _signed_parts(value, 36_000, letters)
            shown.append(f"{units // 36_000}°{units // 600 % 60:02d}'{units % 600 / 10:04.1f}\"{letter}")
    return " ".join(shown)
