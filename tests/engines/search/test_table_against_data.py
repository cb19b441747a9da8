"""The table in code against the published figures, where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from wayhome.engines.search.distances import TABLE


def test_every_published_row_stands_in_the_table(shared_data: Path) -> None:
    """The same categories in the same order with the same four distances, and no row more or less."""
    with (shared_data / "search/stats/isrid_distance_from_ipp.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["category"] for row in rows] == [row.category for row in TABLE]
    for published, ours in zip(rows, TABLE, strict=True):
        condition = published["condition"].casefold()
        assert (ours.ecoregion in condition) and (ours.terrain in condition)
        for key, miles in (("q25", ours.mi_25), ("q50", ours.mi_50), ("q75", ours.mi_75), ("q95", ours.mi_95)):
            assert (published[f"{key}_mi"] == "") == (miles is None)
            if miles is not None:
                assert float(published[f"{key}_mi"]) == miles
        for percent, km in ours.rings_km():
            assert km == pytest.approx(float(published[f"q{percent}_km"]), abs=0.006)
