"""Incident files as people make them: read whole, or refused with the lines that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.formats.errors import BadTable
from wayhome.formats.incidents import read_incidents

HEAD = "case,category,ecoregion,terrain,ipp_lat,ipp_lon,find_lat,find_lon,distance_km\n"
GOOD = "a,Hiker,Dry,Flat,40.0,-3.0,40.01,-3.0,1.112\n"


def refused(text: str | bytes) -> str:
    with pytest.raises(BadTable) as caught:
        read_incidents(text if isinstance(text, bytes) else text.encode())
    return str(caught.value)


def test_a_good_line_becomes_an_incident() -> None:
    """Every column ends where it belongs; columns may stand in any order, under a semicolon, with a mark before."""
    one = read_incidents((HEAD + GOOD).encode()).incidents[0]
    assert (one.name, one.category, one.ecoregion, one.terrain, one.hours) == ("a", "Hiker", "Dry", "Flat", None)
    assert one.distance_m == pytest.approx(1112, abs=1)
    other = "\ufefffind_lat;find_lon;ipp_lat;ipp_lon;Category;hours\n40.01;-3.0;40.0;-3.0;Hiker;7.5\n"
    turned = read_incidents(other.encode()).incidents[0]
    assert (turned.name, turned.ipp, turned.find, turned.hours) == ("line 2", one.ipp, one.find, 7.5)


def test_missing_columns_are_named_with_those_there_are() -> None:
    """What is missing, what is there, and what to call it."""
    said = refused("case,category,lat,lon\na,Hiker,1,2\n")
    assert "no column ipp_lat, ipp_lon, find_lat, find_lon" in said and "there are: case, category, lat, lon" in said


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a,Hiker,,,95,-3.0,40.01,-3.0,\n", "line 2: ipp: 95"),
        ("a,Hiker,,,40,-3.0,40.01,-200,\n", "line 2: find"),
        ("a,Hiker,,,,-3.0,40.01,-3.0,\n", "line 2: ipp_lat is empty"),
        ("a,Hiker,,,north,-3.0,40.01,-3.0,\n", "line 2: ipp_lat 'north' is no number"),
        ("a,Hiker,,,nan,-3.0,40.01,-3.0,\n", "line 2: ipp_lat 'nan' is no number"),
        ("a,,,,40,-3.0,40.01,-3.0,\n", "line 2: category is empty"),
        ("a,Hiker,,,40,-3.0\n", "line 2: find_lat is empty"),
        (GOOD + "a,Hiker,,,41,-3,41,-3,\n", "line 3: the case 'a' stands in line 2 with other figures"),
        (GOOD + 'b,"Hiker,,,41,-3,41,-3,\n', "line 3: the file cannot be read from here on"),
        (f"a,{'x' * 500},,,40,-3.0,40.01,-3.0,\n", "500 letters"),
        ("", "no incident under it"),
    ],
)
def test_wrong_cells_are_named_with_their_line(line: str, words: str) -> None:
    """No incident is left out in silence: the file is refused until every line is right."""
    assert words in refused(HEAD + line)


def test_ten_wrong_lines_are_told_and_the_rest_counted() -> None:
    """A file of a hundred wrong lines does not fill the screen."""
    said = refused(HEAD + "".join(f"c{n},Hiker,,,95,0,0,0,\n" for n in range(100)))
    assert "100 wrong" in said and "and 90 more" in said and said.count("\n") == 11


def test_a_row_that_repeats_counts_once_and_is_told() -> None:
    """The same category, start and find are the same incident, whatever its name."""
    file = read_incidents((HEAD + GOOD + GOOD.replace("a,", "b,", 1)).encode())
    assert len(file.incidents) == 1 and "line 3 repeats line 2" in file.notes[0]


def test_a_distance_that_the_coordinates_contradict_is_told() -> None:
    """The coordinates count."""
    file = read_incidents((HEAD + GOOD.replace("1.112", "7.9")).encode())
    assert "distance_km says 7.9" in file.notes[0]


def test_what_is_no_such_file_is_refused() -> None:
    """Empty, a workbook, too large, too many."""
    assert "empty" in refused(b"")
    assert "workbook" in refused(b"PK\x03\x04 something")
    assert "MB" in refused(b"x" * 20_000_001)
    assert "2,001 incidents" in refused(HEAD + "".join(f"c{n},Hiker,,,1,{n / 100},0,0,\n" for n in range(2001)))


def test_a_file_that_is_not_utf_8_is_read_and_the_guess_is_told() -> None:
    """Windows-1252 is assumed in the open; bytes that are neither are refused."""
    file = read_incidents((HEAD + GOOD.replace("a,", "señal,", 1)).encode("cp1252"))
    assert file.incidents[0].name == "señal" and "Windows-1252 was assumed" in file.notes[0]
    assert "neither UTF-8" in refused((HEAD + GOOD).encode() + b"\x81")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Never anything but incidents or words."""
    try:
        read_incidents(HEAD.encode() + data)
    except BadTable as error:
        assert str(error)
