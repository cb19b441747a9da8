"""The files of the 2007 challenge: read as meant, written so that they are read alike, refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from wayhome.engines.tasking.days import DayMission, DaysPlan, DayTeam, Member, Need, Timed, judge
from wayhome.formats.roadef import BadRoadef, plan_of, read_instance, read_solution, write_solution

INSTANCE = "name domains level techs interv abandon\nsmall 2 2 2 2 5\n"
PEOPLE = "tech d1 d2 dispo\n1 2 0 [ 2 3 ]\n2 1 1 [ ]\n"
WORK = "number time preds prio cost d1_1 d1_2 d2_1 d2_2\n1 60 [ ] 1 4 2 1 0 0 \n2 15 [ 1 ] 4 2 0 0 1 0 \n"


def test_an_instance_is_read_as_its_columns_mean() -> None:
    """Days off, cumulative needs, predecessors, prices and the budget."""
    problem = read_instance(INSTANCE, PEOPLE, WORK)
    assert problem.members == (
        Member("1", {"d1": 2, "d2": 0}, frozenset({2, 3})),
        Member("2", {"d1": 1, "d2": 1}, frozenset()),
    )
    assert problem.missions == (
        DayMission("1", 1, 60, (Need("d1", 1, 2), Need("d1", 2, 1)), (), 4),
        DayMission("2", 4, 15, (Need("d2", 1, 1),), ("1",), 2),
    )
    assert (problem.budget, problem.day_length) == (5, 120)


def test_a_plan_that_is_written_is_read_again_as_the_same() -> None:
    """Teams, days and starts survive; the checker finds the same cost."""
    problem = read_instance(INSTANCE, PEOPLE, WORK.replace("4 2 0 0 1 0", "4 9 0 0 1 0"))
    tasks = (Timed("1", 0, 60), Timed("2", 60, 75))
    plan = DaysPlan((DayTeam(1, ("1", "2"), tasks),), (), ends=(60, 0, 0, 75), cost=28 * 60 + 75, bound=0)
    again = plan_of(problem, read_solution(*write_solution(problem, plan)))
    assert [team for team in again.teams if team.tasks] == list(plan.teams)
    assert judge(problem, again).faults == ()
    assert judge(problem, again).cost == plan.cost


def test_who_is_idle_and_in_a_team_is_found() -> None:
    """The first brackets of a day hold the idle; somebody there who works as well is a fault."""
    problem = read_instance(INSTANCE, PEOPLE, WORK)
    plan = plan_of(problem, read_solution("1 [ 1 ] [ 1 2 ]\n", "1 1 0 1\n2 1 60 1\n"))
    assert judge(problem, plan).faults == ("day 1: 1 is in 2 teams",)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("", PEOPLE, WORK), "instance, line 1: the file is empty"),
        (("head\n", PEOPLE, WORK), "instance, line 2: it must hold"),
        ((INSTANCE.replace("5\n", "five\n"), PEOPLE, WORK), "instance, line 2: the budget is 'five'"),
        ((INSTANCE, PEOPLE + "3 1 1 [ ]\n", WORK), "tech_list: it has 3 lines below its head; the instance says 2"),
        ((INSTANCE, PEOPLE.replace("2 1 1", "1 1 1"), WORK), "tech_list, line 3: number 1 is there twice"),
        ((INSTANCE, PEOPLE.replace("[ ]", "[ 4"), WORK), "tech_list, line 3: a bracket is not closed"),
        ((INSTANCE, PEOPLE.replace("[ ]", ""), WORK), "tech_list, line 3: it has 0 lists in brackets"),
        ((INSTANCE, PEOPLE.replace("2 1 1", "2 1"), WORK), "tech_list, line 3: it has 1 levels"),
        ((INSTANCE, PEOPLE.replace("2 1 1", "2 1 -1"), WORK), "the level in d2 is '-1'"),
        ((INSTANCE, PEOPLE, WORK.replace("4 2 0 0 1 0", "5 2 0 0 1 0")), "interv_list, line 3: the priority is 5"),
        ((INSTANCE, PEOPLE, WORK.replace("1 4 2 1 0 0", "1 4 2 1 0")), "interv_list, line 2: it has 3 needs"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(texts: tuple[str, str, str], told: str) -> None:
    """What is wrong, in which file, on which line."""
    with pytest.raises(BadRoadef) as refusal:
        read_instance(*texts)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("teams", "dates", "told"),
    [
        ("1 2 [ ]\n", "", "tech_teams, line 1: it must hold a day"),
        ("1 [ ] [ 1 ]\n1 [ ]\n", "", "tech_teams, line 2: day 1 is there twice"),
        ("1 ] [\n", "", "tech_teams, line 1: a bracket is opened twice or closed before"),
        ("1 [ ] [ 1 ]\n", "1 1 0\n", "interv_dates, line 1: it must hold four numbers"),
        ("1 [ ] [ 1 ]\n", "1 1 0 1\n1 1 0 1\n", "interv_dates, line 2: intervention 1 is there twice"),
    ],
)
def test_a_bad_solution_is_refused_with_its_line(teams: str, dates: str, told: str) -> None:
    """A solution that cannot be read is not judged."""
    with pytest.raises(BadRoadef) as refusal:
        read_solution(teams, dates)
    assert told in str(refusal.value)


def test_the_published_sample_solutions_are_judged_rightly(shared_data: Path) -> None:
    """Five of the twelve keep the rules; in the others an overlap, an absence, a lack of skill, a budget are found."""
    kept = []
    for sample in sorted((shared_data / "tasking" / "roadef2007" / "sample_solutions").iterdir()):
        texts = {file.name: file.read_text(encoding="utf-8") for file in sample.iterdir()}
        problem = read_instance(texts["instance"], texts["tech_list"], texts["interv_list"])
        solution = read_solution(texts["tech_teams"], texts["interv_dates"])
        if judge(problem, plan_of(problem, solution)).feasible:
            kept.append(sample.name.removeprefix("sol_"))
    assert kept == ["A_1_#3", "A_2_#1", "A_2_#2", "A_3_#3", "A_4_#1"]
