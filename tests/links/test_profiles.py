"""The shipped profiles, and profiles from files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wayhome.formats.errors import BadProfile
from wayhome.formats.logline import LineReader
from wayhome.links.profiles import SHIPPED, load_profile
from wayhome.values.when import Moment


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_profiles_are_whole(name: str) -> None:
    """Every shipped profile loads, has all scales, and each canned line is one of its statuses."""
    profile = load_profile(name)
    assert profile.mission_ranks
    assert profile.member_ranks
    assert profile.skills
    assert profile.qualifications
    assert profile.subject_categories
    assert len(profile.canned) == 12
    reader = LineReader(profile.log_words(teams=("Team 3",)))
    for key, words in profile.canned.items():
        assert reader.read(f"3 {key}", Moment(0)).status == words


def test_the_leaf_has_its_ranks() -> None:
    """The Leaf sends people on missions D to S and calls its commander Hokage."""
    leaf = load_profile("leaf")
    assert [rank.name for rank in leaf.mission_ranks] == ["S", "A", "B", "C", "D"]
    assert {"academy student", "genin", "chuunin", "special jounin", "jounin", "ANBU", "medic-nin"} <= {
        rank.name for rank in leaf.member_ranks
    }
    assert leaf.title("commander") == "Hokage"


@pytest.mark.parametrize("name", SHIPPED)
def test_categories_are_those_of_the_statistics(name: str, shared_data: Path) -> None:
    """Every category that names a table names one of the distance statistics."""
    with (shared_data / "search/stats/isrid_distance_from_ipp.csv").open(encoding="utf-8") as file:
        known = {row["category"] for row in csv.DictReader(file)}
    assert {c.table for c in load_profile(name).subject_categories if c.table} <= known


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A TOML file of one's own loads by its path; a wrong, missing or foreign one is refused by name."""
    own = tmp_path / "mine.toml"
    own.write_text('name = "Mine"', encoding="utf-8-sig")
    assert load_profile(str(own)).name == "Mine"
    own.write_bytes(b"\xff\xfe")
    for wrong in (str(own), str(tmp_path / "none.toml"), "mars"):
        with pytest.raises(BadProfile, match=r"mine.toml|none.toml|mars"):
            load_profile(wrong)
