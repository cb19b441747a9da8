"""The table of scores: what is learned leaves places out, and the figures are those of the definition."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kstest, norm
from tests.engines.search.scoring.incidents_made import incident, made

from wayhome.engines.search.errors import SearchError
from wayhome.engines.search.scoring.box import outside
from wayhome.engines.search.scoring.incidents import Finds, places_of
from wayhome.engines.search.scoring.intervals import bootstrap, pit
from wayhome.engines.search.scoring.models import Baseline, Learned, Plain
from wayhome.engines.search.scoring.radial import LEAST_OUTSIDE, RadialAndTime
from wayhome.engines.search.scoring.table import score
from wayhome.formats.incidents import read_incidents
from wayhome.values.places import Place

DRAWS = 1000


def test_the_definition_by_hand() -> None:
    """The baseline's bits of one find, reckoned anew from the words of its definition."""
    cases = [incident(f"c{n}", 300.0 * (n + 1), 40.0, at=(30 + n, 10)) for n in range(10)]
    cases[0] = incident("c0", 0, 0, at=(30, 10))
    found = score(cases, models=(Baseline(), Plain()), draws=DRAWS).groups[0].of("baseline").each[5]
    others = np.array([one.distance_m for n, one in enumerate(cases) if n not in (0, 5)])
    share, logs = (1 + 1) / (9 + 2), np.log(others)
    steps = (np.arange(50) + 0.5) - 25
    radius = np.hypot(36 * 50 + steps[:, None], 50 + steps[None, :])
    density = norm.pdf(np.log(radius), logs.mean(), logs.std(ddof=1)) / radius / (2 * np.pi * radius)
    assert found == pytest.approx(math.log2((1 - share) * density.sum() / (0.95 / 250_000)), abs=2e-3)


@dataclass
class Watched:
    """A baseline that writes down what it was taught."""

    name: str = "watched"
    words: str = ""
    taught: list[set[str]] = field(default_factory=list)

    def learn(self, finds: Finds) -> Learned:
        self.taught.append({one.name for one in finds.incidents})
        return Baseline().learn(finds)


def test_nothing_is_learned_from_the_same_place() -> None:
    """Two cases 900 m apart, and a third 900 m on, are left out together; others are not."""
    cases = made(12, 3)
    lat = cases[0].ipp.lat
    step = math.degrees(900 / 6_371_008.8)
    cases += [incident(f"near{n}", 500, 600, at=(lat + n * step, -100.0)) for n in (1, 2)]
    model = Watched()
    score(cases, models=(Baseline(), model), draws=DRAWS)
    assert all(("c0" in taught) == ("near1" in taught) == ("near2" in taught) for taught in model.taught)
    assert sum("c0" not in taught for taught in model.taught) == 1


def test_places_are_joined_over_others_and_the_date_line() -> None:
    """Chains of points within 1 km are one place, wherever on Earth."""
    degree = math.degrees(900 / 6_371_008.8)
    points = [Place(0, 0), Place(0, degree), Place(0, 2 * degree), Place(5, 5), Place(0, 179.999), Place(0, -179.999)]
    place = places_of(points)
    assert place[0] == place[1] == place[2] and place[4] == place[5]
    assert len(set(place.tolist())) == 3


def test_the_same_seed_gives_the_same_table() -> None:
    """And another seed other intervals, but the same means."""
    cases, models = made(10, 5), (Baseline(), RadialAndTime())
    one, again, other = (score(cases, draws=DRAWS, models=models, seed=seed) for seed in (1, 1, 2))
    assert one == again
    assert one.groups[0].models[0].bits.mean == other.groups[0].models[0].bits.mean
    assert one.groups[0].models[0].bits.least != other.groups[0].models[0].bits.least


def test_the_find_itself_makes_no_difference_to_its_own_map() -> None:
    """Leave-one-out: moving one find changes the map of the others only."""
    cases = made(12, 7)
    moved = [incident("c0", 9000, 9000, at=(cases[0].ipp.lat, -100.0), category="Dementia"), *cases[1:]]
    for model in (RadialAndTime(), Baseline()):
        maps = [model.learn(Finds.of(each).without(0)).map_for(each[0]) for each in (cases, moved)]
        radius = np.geomspace(1, 20_000, 50)
        assert np.array_equal(maps[0].within(radius), maps[1].within(radius))


def test_more_of_the_same_category_move_the_map_towards_them() -> None:
    """Our model follows what it is shown, and starts from what is published where it is shown nothing of a kind."""
    near = Finds.of(made(80, 1, middle_m=400, spread=0.4, stayed=0))
    far = Finds.of(made(80, 1, middle_m=6000, spread=0.4, stayed=0))
    asked = incident("x", 0, 0)
    half = [float(RadialAndTime().learn(f).map_for(asked).within(np.array([1550.0]))[0]) for f in (near, far)]
    assert half[0] > 0.8 and half[1] < 0.15


def test_the_rest_of_the_world_is_kept_and_hours_on_foot_bound_the_map() -> None:
    """5 per cent outside at least; with two hours known nearly nothing beyond 10 km; nobody bounds an aircraft."""
    learned = RadialAndTime().learn(Finds.of(made(40, 2, middle_m=500, spread=0.5)))
    assert outside(learned.map_for(incident("x", 0, 0))) >= LEAST_OUTSIDE - 1e-6
    soon = learned.map_for(incident("x", 0, 0, hours=2.0))
    assert float(soon.within(np.array([10_100.0]))[0]) > 0.985
    flown = [learned.map_for(incident("x", 0, 0, category="Aircraft", hours=hours)) for hours in (0.5, None)]
    at = np.array([5000.0])
    assert flown[0].within(at) == flown[1].within(at)


def test_pit_of_a_true_map_is_even_and_its_band_is_kolmogorovs() -> None:
    """For places known exactly it is the Kolmogorov statistic; a find spread over all says nothing against a map."""
    u = np.array([0.05, 0.2, 0.33, 0.41, 0.7, 0.93])
    found = pit(u, u)
    assert found.apart == pytest.approx(kstest(u, "uniform").statistic, abs=1e-3)
    assert found.band == pytest.approx(0.5193, abs=1e-3)
    assert pit(np.zeros(5), np.ones(5)).apart == pytest.approx(0, abs=1e-9)
    assert not pit(np.full(20, 0.9), np.full(20, 0.95)).within


def test_places_with_many_cases_widen_the_interval() -> None:
    """Ten copies at one place say less than ten places."""
    values = np.tile(np.arange(10.0), 10)
    alone, together = np.arange(100), np.tile(np.arange(10), 10)
    wide, narrow = (bootstrap(values, place, 1, 4000) for place in (together, alone))
    assert wide.most - wide.least > 2 * (narrow.most - narrow.least)
    assert wide.mean == narrow.mean == pytest.approx(4.5)


def test_too_few_incidents_or_places_are_refused() -> None:
    """Leave-one-out needs others to learn from; the words say how many."""
    with pytest.raises(SearchError, match="8 to 2,000"):
        score(made(7, 1))
    with pytest.raises(SearchError, match="places"):
        score([incident(f"c{n}", 100 * n, 0) for n in range(10)])
    with pytest.raises(SearchError, match="nothing to fit"):
        score([incident(f"c{n}", 0, 0, at=(n, 0)) for n in range(10)])
    with pytest.raises(SearchError, match="draws"):
        score(made(10, 1), draws=1)
    with pytest.raises(SearchError, match="baseline"):
        score(made(10, 1), models=(Plain(),))
    with pytest.raises(SearchError, match="hours"):
        incident("x", 0, 0, hours=-1.0)


def test_on_real_finds_the_published_baseline_comes_out_and_ours_is_better(shared_data: Path) -> None:
    """3.53 on 44 hikers and 3.01 on all 74 as measured before; ours gains on both, R and calibration hold."""
    file = read_incidents((shared_data / "search/incidents/incidents.csv").read_bytes())
    table = score(file.incidents, models=(RadialAndTime(), Baseline(), Plain()), draws=DRAWS)
    for group, baseline in zip(table.groups, (3.01, 3.53), strict=True):
        ours = group.of("radial and time")
        assert round(group.of("baseline").bits.mean, 2) == baseline
        assert ours.gain is not None and ours.gain.mean > 0
        assert ours.r.mean >= group.of("1/r").r.mean
        assert ours.pit.within
    assert [len(group.incidents) for group in table.groups] == [74, 44]
    assert any("US-AZ0162" in note for note in table.notes)
