"""The lost-person questionnaire and its leads."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wayhome.mission.subject import (
    BadSubject,
    Questionnaire,
    Sighting,
    category_leads,
    point_lead,
    questionnaire_fields,
    read_questionnaire,
)
from wayhome.values.places import Place
from wayhome.values.when import Moment


def leads(**fields: str) -> list[str]:
    return [lead.category for lead in category_leads(read_questionnaire(fields))]


@pytest.mark.parametrize(
    ("fields", "categories"),
    [
        ({}, ["Other"]),
        ({"activity": "hiking to the lake"}, ["Hiker", "Other"]),
        ({"age": "5", "activity": "camping with parents"}, ["Child (4-6)", "Camper", "Other"]),
        ({"age": "81", "dementia": "yes"}, ["Dementia", "Other"]),
        ({"age": "8", "activity": "riding his bike", "abducted": "yes"},
         ["Abduction", "Mountain Biker", "Child (7-9)", "Other"]),
        ({"activity": "ski touring"}, ["Skier-Nordic", "Skier-Alpine", "Other"]),
        ({"despondent": "yes", "activity": "went for a walk"}, ["Despondent", "Hiker", "Other"]),
        ({"purpose": "picking mushrooms"}, ["Gatherer", "Other"]),
        ({"evading": "yes", "age": "13"}, ["Evader", "Child (13-15)", "Other"]),
        ({"dementia": "no", "activity": "trunk sale"}, ["Other"]),
    ],
)  # fmt: skip
def test_categories_come_in_order_with_reasons(fields: dict[str, str], categories: list[str]) -> None:
    """What happened comes before what somebody is, before what they did; every lead has its reasons."""
    found = category_leads(read_questionnaire(fields))
    assert [lead.category for lead in found] == categories
    assert all(lead.reasons for lead in found)


def test_an_evader_is_not_looked_up_among_the_lost() -> None:
    """An evader has no distance table, and the reason says so."""
    first = category_leads(Questionnaire(evading=True))[0]
    assert first.table == ""
    assert "do not apply" in first.reasons[0]


def test_every_table_named_is_in_the_statistics(shared_data: Path) -> None:
    """Every category that a lead names has its rows in the distance statistics."""
    with (shared_data / "search/stats/isrid_distance_from_ipp.csv").open(encoding="utf-8") as file:
        known = {row["category"] for row in csv.DictReader(file)}
    everything = Questionnaire(
        age=4, abducted=True, aircraft=True, despondent=True, dementia=True, autistic=True,
        intellectual_disability=True, mental_illness=True, substance_abuse=True,
        activity="atv mtb snowmobile snowboard nordic skiing skiing basejump climb hunt fishing horse run mushroom "
        "camp hike",
    )  # fmt: skip
    tables = {lead.table for lead in category_leads(everything)}
    assert tables <= known
    assert len(tables) == 25
    for age in (1, 8, 11, 14):
        assert {lead.table for lead in category_leads(Questionnaire(age=age))} <= known


@pytest.mark.parametrize(
    ("fields", "reason"),
    [({"shoe": "44"}, "the fields are"), ({"age": "old"}, "whole number"), ({"alone": "maybe"}, "yes or no")],
)
def test_wrong_fields_are_refused(fields: dict[str, str], reason: str) -> None:
    """An unknown field, a word for a number or a maybe is refused with what the field takes."""
    with pytest.raises(BadSubject, match=reason):
        read_questionnaire(fields)


def test_open_is_not_no() -> None:
    """A field left out or empty stays open; it is not no."""
    assert read_questionnaire({"dementia": " "}).dementia is None
    assert read_questionnaire({"dementia": "no"}).dementia is False


@given(
    st.builds(
        Questionnaire,
        name=st.none() | st.text(min_size=1).map(str.strip).filter(bool),
        age=st.none() | st.integers(0, 120),
        alone=st.none() | st.booleans(),
        activity=st.none() | st.text(min_size=1).map(str.strip).filter(bool),
    )
)
def test_fields_round_trip(subject: Questionnaire) -> None:
    """Filled-in fields as text give the same questionnaire, and any text has leads."""
    assert read_questionnaire(questionnaire_fields(subject)) == subject
    assert category_leads(subject)[-1].category == "Other"


HUT = Sighting("seen by the warden", Place(42.5, 1.5), Moment(1_000), seen=True)
CAR = Sighting("car found", Place(42.51, 1.5), Moment(2_000), seen=True)
RUMOUR = Sighting("a hiker says", Place(42.6, 1.6), Moment(3_000), seen=False)


def test_planning_starts_from_what_was_seen() -> None:
    """The last thing seen is the LKP; a later rumour is named and not used; with only a rumour that is said."""
    lead = point_lead([RUMOUR, CAR, HUT])
    assert lead is not None
    assert (lead.ipp, lead.lkp) == (CAR, CAR)
    assert "hearsay" in lead.reasons[1]
    only = point_lead([RUMOUR])
    assert only is not None
    assert "nobody has seen" in only.reasons[0]
    assert point_lead([]) is None


def test_the_planning_point_stays() -> None:
    """A new sighting moves the LKP, not the IPP."""
    lead = point_lead([HUT, CAR], planned_from=HUT)
    assert lead is not None
    assert (lead.ipp, lead.lkp) == (HUT, CAR)
