"""Instances of the MSPSP library: read as they are meant, or refused with the line."""

from __future__ import annotations

import pytest

from wayhome.engines.tasking.slots import SlotMission, SlotPerson, SlotsProblem
from wayhome.formats.mspsp import BadMspsp, read_mspsp

GOOD = """% seed = 7
mint = 3;
% maxt = 9;
nActs = 3;
dur = [0,2,1];
nSkills = 2;
sreq = [| 0,0,
\t| 1,1,
\t| 0,2, |];
nResources = 2;
mastery = [| true,true,
\t| false,true, |];
nPrecs = 2;
pred = [1,2];
succ = [2,3];
USEFUL_RES = [{},
\t{1,2},
\t{1,2}];
"""


def test_an_instance_is_read() -> None:
    """Durations, needs, skills and precedence come as given; what is derived is passed over."""
    assert read_mspsp(GOOD) == SlotsProblem(
        people=(SlotPerson("r1", frozenset({"s1", "s2"})), SlotPerson("r2", frozenset({"s2"}))),
        missions=(
            SlotMission("1", 0, {}, ()),
            SlotMission("2", 2, {"s1": 1, "s2": 1}, ("1",)),
            SlotMission("3", 1, {"s2": 2}, ("2",)),
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nActs = 3;", "", "x.dzn: nActs is missing"),
        ("nActs = 3;", "nActs = 4;", "x.dzn, line 5: dur: it has 3 durations; nActs is 4"),
        ("dur = [0,2,1]", "dur = [0,2,-1]", "x.dzn, line 5: dur: '-1' must be a whole number"),
        ("dur = [0,2,1]", "dur = [0,,1]", "x.dzn, line 5: dur: '' must be a whole number"),
        ("dur = [0,2,1]", "dur = 0,2,1", "x.dzn, line 5: dur: it must be a list"),
        ("\t| 1,1,\n", "\t| 1,x,\n", "x.dzn, line 8: sreq: 'x' must be a whole number"),
        ("\t| 1,1,\n", "\t| 1,\n", "x.dzn, line 8: sreq: row 2 has 1 values; it must have 2"),
        ("\t| 1,1,\n", "", "x.dzn, line 7: sreq: it has 2 rows; it must have 3"),
        ("sreq = [|", "sreq = [", "sreq: it must be rows between bars"),
        ("\t| false,true, |]", "\t| false,maybe, |]", "x.dzn, line 12: mastery: 'maybe' must be true or false"),
        ("pred = [1,2]", "pred = [1]", "x.dzn, line 15: succ: it has 2 activities, pred has 1"),
        ("succ = [2,3]", "succ = [2,9]", "x.dzn, line 15: succ: there is no activity 9; they are numbered 1 to 3"),
        ("mint = 3;", "nActs = 3;", "x.dzn, line 4: nActs: it is given twice, first on line 2"),
        ("mint = 3;", "hello there;", "x.dzn, line 2: 'hello' cannot be read"),
        ("\t{1,2}];", "\t{1,2}]", "x.dzn, line 16: USEFUL_RES: it does not end"),
    ],
)
def test_bad_instances_are_refused(old: str, new: str, words: str) -> None:
    """What is wrong is told with the file and the line."""
    assert old in GOOD
    with pytest.raises(BadMspsp) as refused:
        read_mspsp(GOOD.replace(old, new, 1), "x.dzn")
    assert words in str(refused.value)


def test_an_empty_file_is_refused() -> None:
    """A file without anything is told what it lacks."""
    with pytest.raises(BadMspsp, match="nActs is missing"):
        read_mspsp("", "x.dzn")
