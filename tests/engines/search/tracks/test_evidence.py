"""Every piece of evidence speaks of its own time, can be withdrawn without a trace, and never speaks for certain."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.engines.search.tracks.worlds import CELL_M, rough, walker, world

from wayhome.engines.search import SearchError
from wayhome.engines.search.tracks import (
    Bearing,
    Cloud,
    Clue,
    Evidence,
    Hypothesis,
    Light,
    Mix,
    Ping,
    SearchedArea,
    Sighting,
    StartOf,
    Sweep,
    Trailing,
    Watcher,
    imagine,
    imagine_hypotheses,
    poa,
    weigh,
)
from wayhome.engines.search.tracks.evidence import TIRED
from wayhome.engines.search.tracks.evidence import Testimony as Heard
from wayhome.engines.search.tracks.looks import SHARP, SOFT, look_of
from wayhome.engines.search.tracks.saying import spoken
from wayhome.engines.search.tracks.speaking import found_passing as compiled_passing
from wayhome.engines.search.tracks.weighing import FEWEST
from wayhome.terrain.grid import Terrain
from wayhome.terrain.utm import to_place
from wayhome.values.places import Place


def spot(terrain: Terrain, row: float, col: float) -> Place:
    return to_place(terrain.epsg, *terrain.metres_of(row, col))


def box(terrain: Terrain, top: float, left: float, bottom: float, right: float) -> tuple[Place, ...]:
    corners = ((top, left), (top, right), (bottom, right), (bottom, left))
    return tuple(spot(terrain, r, c) for r, c in corners)


found_passing: Any = compiled_passing
"""Its decorator carries no types."""


@cache
def cloud() -> Cloud:
    terrain = rough(5)
    start = StartOf(place=terrain.place_of(40, 40), within_m=100, until_min=30)
    return imagine(terrain, walker(moving_h=3.0), start, 6, 3000, 11, light=Light(hour=15))


def pieces(terrain: Terrain) -> list[Evidence]:
    return [
        SearchedArea(name="A", area=box(terrain, 20, 20, 45, 50), from_min=60, to_min=150, pod=0.6),
        Sweep(
            name="B",
            paths=(((70.0, spot(terrain, 30, 30)), (130.0, spot(terrain, 60, 45)), (160.0, spot(terrain, 50, 60))),),
            sweep_width_m=60,
        ),
        Watcher(name="C", place=spot(terrain, 40, 52), radius_m=60, from_min=0, to_min=200, pod=0.7),
        Clue(
            name="D", place=spot(terrain, 48, 40), left_from_min=0, left_until_min=150, found_min=200, chance_other=0.3
        ),
        Sighting(name="E", place=spot(terrain, 50, 44), at_min=120, chance_other=0.5, within_m=300),
        Bearing(
            name="F",
            place=spot(terrain, 40, 40),
            at_min=180,
            bearing_deg=135,
            wind_from_deg=120,
            wind_m_s=3,
            chance_false=0.3,
            reach_m=700,
        ),
        Trailing(name="G", place=spot(terrain, 45, 40), at_min=200, chance_false=0.2, wind_m_s=2, toward_deg=180),
        Ping(
            name="H", mast=spot(terrain, 10, 40), at_min=210, from_m=800, to_m=1500, chance_other=0.2, azimuth_deg=170
        ),
    ]


DRAWN_ANEW = (1, 6)
"""Without these pieces the tracks are drawn anew as well, which takes seconds; without the others they are not."""


def test_a_piece_withdrawn_leaves_no_trace() -> None:
    """Whatever piece is added and taken back, in whatever order they come: the map returns bit for bit."""
    all_of = pieces(cloud().terrain)
    for number, left_out in enumerate(all_of):
        fewest = FEWEST if number in DRAWN_ANEW else 0.0
        rest = [piece for piece in all_of if piece is not left_out]
        before = weigh(cloud(), rest, fewest=fewest)
        with_it = weigh(cloud(), [left_out, *reversed(rest)], known=before, fewest=fewest)
        after = weigh(cloud(), rest[::-1], known=with_it, fewest=fewest)
        assert before.rejuvenated == after.rejuvenated == (fewest > 0)
        assert np.array_equal(after.weights, before.weights) and after.rest_of_world == before.rest_of_world
        assert not np.array_equal(with_it.weights, before.weights)
        assert np.array_equal(poa(after, 240).grid, poa(before, 240).grid)


def test_what_is_seen_now_is_not_of_the_future() -> None:
    """A sighting at this very minute, give or take five, is taken, at the end of the tracks as well; of later, not."""
    for minute in (120.0, 360.0):
        seen = Sighting(name="E", place=spot(cloud().terrain, 50, 44), at_min=minute, chance_other=0.5, within_m=300)
        assert weigh(cloud(), [seen], now_min=minute).said[0].looked > 0
        with pytest.raises(SearchError, match="in the future"):
            weigh(cloud(), [seen], now_min=minute - 1)


def test_everything_sums_to_one_and_the_rest_of_the_world_is_kept() -> None:
    """Tracks, rest of the world and the map with what lies elsewhere sum to 1; a search that finds nothing adds to the
    rest of the world, a clue takes from it."""
    for count in range(9):
        answer = weigh(cloud(), pieces(cloud().terrain)[:count], 0.1, fewest=0)
        assert float(answer.weights.sum()) + answer.rest_of_world == pytest.approx(1, abs=1e-12)
        chart = poa(answer, 200, 300, smooth_m=40)
        assert chart.grid.sum() + chart.elsewhere == pytest.approx(1, abs=1e-9)
        assert sum(chance for _, chance in answer.odds) == pytest.approx(1, abs=1e-12)
    search, clue = pieces(cloud().terrain)[0], pieces(cloud().terrain)[3]
    assert weigh(cloud(), [search], 0.1).rest_of_world > 0.1 > weigh(cloud(), [clue], 0.1).rest_of_world


def test_an_area_counts_the_time_he_was_in_it() -> None:
    """The effort on a track is that of the search times the share of its time that the track spent in the area."""
    terrain = cloud().terrain
    piece = SearchedArea(name="A", area=box(terrain, 20.5, 20.5, 45.5, 50.5), from_min=61, to_min=149, pod=0.6)
    got, _ = spoken(cloud(), look_of(terrain, piece))
    rows, cols = (np.rint(x) for x in cloud().positions(61, 149, 1 / 20))
    share = ((rows >= 21) & (rows <= 45) & (cols >= 21) & (cols <= 50)).mean(axis=1)
    assert got == pytest.approx(-math.log(0.4) * share, abs=0.01)
    assert 0.05 < share.mean() < 0.95


def test_a_sweep_finds_by_the_distance_at_each_moment() -> None:
    """The effort is the rate at each moment's distance, added up over fine steps; two searchers add up; tired ones
    count for less."""
    terrain = cloud().terrain
    piece = pieces(terrain)[1]
    assert isinstance(piece, Sweep)
    look = look_of(terrain, piece)
    got, looked = spoken(cloud(), look)
    rows, cols = cloud().positions(70, 160, 1 / 60)
    ticks = 600 * np.arange(70, 160 + 1 / 120, 1 / 60)
    at_r, at_c = (np.interp(ticks, look.sensors[:, 0], look.sensors[:, k]) for k in (1, 2))
    spread, rate = look.asked[SOFT], look.asked[SHARP]
    each = rate * np.exp(-0.5 * ((rows - at_r) ** 2 + (cols - at_c) ** 2) / spread**2)
    assert got == pytest.approx(each.sum(axis=1) * 10, abs=0.05, rel=0.1)
    assert (got > 0).sum() <= looked < cloud().tracks and (got > 0.1).sum() > 30
    twice, _ = spoken(cloud(), look_of(terrain, Sweep(name="2", paths=piece.paths * 2, sweep_width_m=60)))
    assert twice == pytest.approx(2 * got, rel=1e-9)
    tired, _ = spoken(cloud(), look_of(terrain, Sweep(name="3", paths=piece.paths, sweep_width_m=60, tired_from_min=0)))
    assert tired == pytest.approx((1 - TIRED) * got, rel=1e-9)


@pytest.mark.parametrize("width_m,minutes", [(30, 41.37), (120, 3.0), (600, 97.2)])
def test_what_a_sweep_passes_over_is_nothing(width_m: float, minutes: float) -> None:
    """Slow and fast searchers, from and until any second, near and far: the effort is that of every piece of the way
    added up, though most pieces are never looked at."""
    terrain, who = cloud().terrain, np.nonzero(~cloud().left(360))[0][:150]
    paths = tuple(
        (
            (60.123 + k, spot(terrain, 20 + 4 * k, 70)),
            (60.123 + k + minutes / 2, spot(terrain, 44 + k, 10 + 3 * k)),
            (60.123 + k + minutes, spot(terrain, 40, 38)),
        )
        for k in range(4)
    )
    look = look_of(terrain, Sweep(name="s", paths=paths, sweep_width_m=width_m))
    got, _ = spoken(cloud(), look)
    wanted = np.zeros(who.size)
    for begin, end in itertools.pairwise([0, *look.ends.tolist()]):
        walked = look.sensors[begin:end]
        rows, cols = cloud().positions_at(walked[:, 0] / 600, who=who)
        seen_r, seen_c = rows - walked[:, 1], cols - walked[:, 2]
        for k, ticks in enumerate(np.diff(walked[:, 0])):
            ends = (seen_r[:, k], seen_c[:, k], seen_r[:, k + 1], seen_c[:, k + 1])
            wanted += [
                found_passing(*map(float, e), ticks, look.asked[SOFT], look.asked[SHARP])
                for e in zip(*ends, strict=True)
            ]
    assert got[who] == pytest.approx(wanted, rel=1e-3, abs=1e-4)
    assert 3 < (wanted > 0.01).sum() < who.size


def test_a_sweep_past_people_who_stand_has_its_sweep_width() -> None:
    """A straight pass at the stated speed finds as many of people who stand evenly spread as lie in the sweep width."""
    terrain = world(161, 161)
    start = StartOf(place=terrain.place_of(80, 80), within_m=800)
    standing = imagine(terrain, walker(Mix(stay=1)), start, 3, 20_000, 1)
    path = ((30.0, spot(terrain, 80, 20)), (30.0 + 60 * 120 * CELL_M / 1000 / 2, spot(terrain, 80, 140)))
    look = look_of(terrain, Sweep(name="s", paths=(path,), sweep_width_m=100))
    effort, _ = spoken(standing, look)
    rows, cols = standing.positions_at([30.0])
    density = np.exp(-0.5 * (((rows - 80) ** 2 + (cols - 80) ** 2) * (CELL_M / 800) ** 2))[:, 0]
    near = (abs(cols[:, 0] - 80) < 40) & (abs(rows[:, 0] - 80) < 10)
    width = np.sum((1 - np.exp(-effort[near])) / density[near]) / np.sum(1 / density[near]) * 20 * CELL_M
    assert width == pytest.approx(100, rel=0.08)
    faster = ((30.0, path[0][1]), (30.0 + (path[1][0] - 30) / 4, path[1][1]))
    hurried, _ = spoken(standing, look_of(terrain, Sweep(name="s", paths=(faster,), sweep_width_m=100)))
    assert hurried[near].sum() == pytest.approx(effort[near].sum() / 4, rel=0.01)


def nearest(
    piece_cloud: Cloud, row: float, col: float, first: float, last: float
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    rows, cols = piece_cloud.positions(first, last, 1 / 30)
    return np.asarray(np.hypot(rows - row, cols - col).min(axis=1) * CELL_M, np.float64)


def test_a_clue_is_measured_by_how_near_he_came_in_its_time() -> None:
    """p + (1 - p) K / mean K, K a normal curve of the nearest distance while it can have been left."""
    piece = pieces(cloud().terrain)[3]
    answer = weigh(cloud(), [piece], fewest=0)
    agreed = np.exp(-0.5 * (nearest(cloud(), 48, 40, 0, 150) / 50) ** 2)
    likely = 0.3 + 0.7 * agreed / agreed.mean()
    assert np.exp(answer.said[0].log) == pytest.approx(likely, rel=0.1, abs=0.02)
    assert dict(answer.chance_false)["D"] == pytest.approx(0.3 * 0.95 / 0.95 + 0, abs=0.03)


def test_a_watcher_who_saw_nobody_takes_from_those_who_passed() -> None:
    """Who passed within the radius keeps 1 - POD, the others all."""
    answer = weigh(cloud(), [pieces(cloud().terrain)[2]])
    away = nearest(cloud(), 40, 52, 0, 200)
    likely = np.exp(answer.said[0].log)
    assert likely[away < 58] == pytest.approx(0.3) and likely[away > 62] == pytest.approx(1.0)
    assert (away < 58).sum() > 50


def test_a_bearing_favours_its_direction_and_is_worth_less_against_the_wind() -> None:
    """Up the wind the tracks in the direction gain; across it less; in still air it says so."""
    terrain = cloud().terrain
    rows, cols = cloud().positions_at([180.0])
    angle = np.degrees(np.arctan2(cols[:, 0] - 40, -(rows[:, 0] - 40)))
    inside = (abs((angle - 135 + 180) % 360 - 180) < 25) & (np.hypot(rows[:, 0] - 40, cols[:, 0] - 40) * CELL_M < 650)
    gains = []
    for wind, speed in ((135.0, 3.0), (225.0, 3.0), (135.0, 0.1)):
        piece = Bearing(
            name="F",
            place=spot(terrain, 40, 40),
            at_min=180,
            bearing_deg=135,
            wind_from_deg=wind,
            wind_m_s=speed,
            chance_false=0.1,
            reach_m=700,
        )
        answer = weigh(cloud(), [piece], fewest=0)
        gains.append(float(answer.weights[inside].sum() / (0.95 * inside.mean())))
        assert bool(answer.said[0].remarks) == (gains[-1] != gains[0])
    assert gains[0] > gains[2] > 1.3 and gains[0] > gains[1] > 1.0


def test_trailing_wants_the_place_the_time_and_the_way_on() -> None:
    """Tracks that never came there keep the chance of a false scent; the older the passing, the less it is worth."""
    terrain = cloud().terrain
    plain = Trailing(name="G", place=spot(terrain, 45, 40), at_min=200, chance_false=0.2, wind_m_s=0)
    answer = weigh(cloud(), [plain], fewest=0)
    away = nearest(cloud(), 45, 40, 0, 200)
    likely = np.exp(answer.said[0].log)
    assert likely[away > 170] == pytest.approx(0.2) and likely[away < 20].min() > 0.5
    assert (
        plain.half_life_min
        > Trailing(name="G", place=spot(terrain, 45, 40), at_min=200, chance_false=0.2, wind_m_s=15).half_life_min
    )


def test_hypotheses_move_with_evidence_that_has_no_place() -> None:
    """Odds follow the likelihoods of what has no place; where the hypotheses go different ways, a sighting tells."""
    terrain = world(161, 161)
    start = StartOf(place=terrain.place_of(80, 80))
    both = [
        Hypothesis(name=name, chance=chance, subject=walker(Mix(direction=1), heading_deg=way), start=start)
        for name, chance, way in (("fled", 0.6, 90.0), ("hurt", 0.4, 270.0))
    ]
    joint = imagine_hypotheses(terrain, both, 2, 4000, 3)
    said = Heard(name="blood", likelihoods=(("fled", 0.1), ("hurt", 0.8)), elsewhere=0.1)
    odds = dict(weigh(joint, [said], 0.05).odds)
    assert odds["hurt"] / odds["fled"] == pytest.approx(0.4 * 0.8 / (0.6 * 0.1))
    seen = Sighting(name="east", place=spot(terrain, 80, 110), at_min=25, chance_other=0.05, within_m=400)
    assert dict(weigh(joint, [seen], 0.05).odds)["fled"] > 0.9
    with pytest.raises(SearchError, match="the hypotheses are"):
        weigh(joint, [Heard(name="x", likelihoods=(("fled", 0.1),), elsewhere=0.1)])


def test_what_contradicts_every_track_is_said_and_the_prior_kept() -> None:
    """A sure sighting where nobody can be: the weights stay, the piece is named; two that exclude each other, both."""
    terrain = cloud().terrain
    far = Sighting(name="far", place=spot(terrain, 2, 2), at_min=5, chance_other=0.0, within_m=30)
    alone = weigh(cloud(), [far])
    assert alone.contradicted and alone.rest_of_world == 0.05 and alone.conflicts[0].names == ("far",)
    assert np.array_equal(alone.weights, weigh(cloud()).weights)
    here, there = (
        Ping(name=name, mast=spot(terrain, r, c), at_min=200, from_m=0, to_m=150, chance_other=0.0)
        for name, r, c in (("here", 32, 40), ("there", 52, 40))
    )
    both = weigh(cloud(), [here, there])
    assert both.contradicted and any(set(c.names) == {"here", "there"} for c in both.conflicts)
    assert not weigh(cloud(), [here], fewest=0).conflicts


def test_tracks_are_rejuvenated_where_few_carry_the_answer() -> None:
    """Few effective tracks: many are drawn anew, the same every time, each in accord with the evidence; and the chances
    of the parts of the map stay those of a cloud forty times as large."""
    terrain = rough(5)
    start = StartOf(place=terrain.place_of(40, 40), within_m=100, until_min=30)
    narrow: list[Evidence] = [
        Sighting(name="seen", place=spot(terrain, 52, 44), at_min=150, chance_other=0.0, within_m=60),
        SearchedArea(name="A", area=box(terrain, 40, 44, 70, 70), from_min=160, to_min=220, pod=0.8),
    ]
    few = weigh(cloud(), narrow)
    assert few.rejuvenated and few.effective < 300 and few.base is cloud() and few.cautions
    again = weigh(cloud(), narrow)
    assert np.array_equal(again.cloud.strands[0].states, few.cloud.strands[0].states)
    rows, cols = few.cloud.positions(145, 155, 0.5)
    assert (np.hypot(rows - 52, cols - 44).min(axis=1) * CELL_M < 4 * 60 + 1).all()
    assert np.unique(few.cloud.strands[0].names, axis=0).shape[0] > 3 * few.effective
    large = imagine(terrain, walker(moving_h=3.0), start, 6, 120_000, 99, light=Light(hour=15))
    truth = weigh(large, narrow, fewest=0)
    assert truth.effective > 1000
    a, b = (
        np.add.reduceat(np.add.reduceat(poa(w, 300).grid, range(0, 81, 9)), range(0, 81, 9), axis=1)
        for w in (few, truth)
    )
    plain = np.add.reduceat(
        np.add.reduceat(poa(weigh(cloud(), narrow, fewest=0), 300).grid, range(0, 81, 9)), range(0, 81, 9), axis=1
    )
    assert abs(a - b).sum() / 2 < max(0.12, abs(plain - b).sum() / 2)


def refusals() -> list[tuple[Callable[[], object], str]]:
    terrain = world()
    place = spot(terrain, 40, 40)
    area = box(terrain, 30, 30, 50, 50)
    crossed = (area[0], area[2], area[1], area[3])
    clue = Clue(name="D", place=place, left_from_min=0, left_until_min=60, found_min=200, chance_other=0.3)
    small = imagine(terrain, walker(), StartOf(place=place), 2, 10)

    def windless() -> Bearing:
        return Bearing(
            name="F", place=place, at_min=9, bearing_deg=90, wind_from_deg=None, wind_m_s=None, chance_false=0.1
        )

    return [
        (lambda: SearchedArea(name="A", area=area, from_min=0, to_min=60, pod=1.2), "POD of 1.2"),
        (lambda: SearchedArea(name="A", area=crossed, from_min=0, to_min=60, pod=0.5), "crosses itself"),
        (lambda: SearchedArea(name="A", area=area[:2], from_min=0, to_min=60, pod=0.5), "three different corners"),
        (windless, "without wind"),
        (
            lambda: Clue(name="D", place=place, left_from_min=60, left_until_min=90, found_min=30, chance_other=0),
            "before",
        ),
        (lambda: weigh(cloud(), [clue], now_min=100), "in the future"),
        (lambda: weigh(small, [pieces(terrain)[0]]), "the tracks end at 120"),
        (lambda: weigh(cloud(), [clue, clue]), "given twice"),
        (lambda: weigh(cloud(), [], 0.0), "rest of the world"),
        (lambda: weigh(cloud(), [], factors=np.ones(3)), "factors must be"),
        (lambda: Sweep(name="B", paths=(((5.0, place), (4.0, place)),), sweep_width_m=30), "refused|rise"),
        (lambda: poa(weigh(small), 500), "are refused"),
    ]


@pytest.mark.parametrize("number", range(12))
def test_what_cannot_be_is_refused_in_words(number: int) -> None:
    """Chances above 1, outlines that cross, clues of the future, bearings without wind: a SearchError that says so."""
    ask, said = refusals()[number]
    with pytest.raises(SearchError, match=said):
        ask()


def test_maps_hold_what_they_say() -> None:
    """Segments add up their cells, the smallest set holds its share, contours enclose it, rings and border rise."""
    answer = weigh(cloud(), pieces(cloud().terrain)[:1])
    chart = poa(answer, 120, smooth_m=30)
    terrain = cloud().terrain
    parts = chart.by_segment(
        {"west": box(terrain, -0.5, -0.5, 80.5, 39.5), "east": box(terrain, -0.5, 39.5, 80.5, 80.5)}
    )
    assert sum(parts.values()) == pytest.approx(float(chart.grid.sum()), rel=1e-9)
    sizes = []
    for share in (0.25, 0.5, 0.95):
        held = chart.smallest(share)
        assert chart.grid[held].sum() >= share * chart.grid.sum() - 1e-12
        sizes.append(int(held.sum()))
    assert sizes == sorted(sizes) and all(polygons for _, polygons in chart.contours())
    from wayhome.engines.search.tracks import rings_m

    rings = rings_m(answer, 120)
    assert list(rings) == sorted(rings)
    assert all(a != b for a, b in itertools.pairwise(rings))
