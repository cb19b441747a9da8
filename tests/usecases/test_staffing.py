"""Who goes: what changed since the last proposal, what if, why a mission has no team, and all open missions at once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.cli.scene import Scene

from wayhome.usecases import work
from wayhome.usecases.advice import AdviceError
from wayhome.usecases.staffing.recorded import Staffing, WithoutTeam
from wayhome.values.ids import MissionId, PersonId

RIDGE, FORD = "On the ridge", "At the ford"


class Village(Scene):
    """The Leaf with more trackers and healers, and its founder asking who goes."""

    def __init__(self) -> None:
        super().__init__()
        self.enrol("Shino", rank="chuunin", tracking=3)
        self.enrol("Hana", rank="chuunin", tracking=3)
        self.enrol("Shizune", rank="jounin", medic=4)

    def raised(self, name: str, *needs: str, people: str = "2", rank: str = "", secret: bool = False) -> None:
        self.run("mission", "new", name, "--rank", rank, *(["--secret"] if secret else []))
        asked = [word for need in needs for word in ("--need", need)]
        self.run("mission", "plan", name, "--people", people, *asked)

    def person(self, name: str) -> PersonId:
        return next(one.id for one in self.house.acting.standing.world.people.values() if one.name == name)

    def mission_id(self, name: str) -> MissionId:
        return next(one.id for one in self.house.acting.standing.world.missions.values() if one.name == name)

    def ask(self, mission: str = "", *, who: str = "Tsunade", **asked: Any) -> Staffing:
        for what in ("without", "pinned"):
            if what in asked:
                asked[what] = tuple(self.person(name) for name in asked[what])
        me = self.house.as_member(self.person(who))
        self.clock.forward(minutes=1)
        if mission:
            answer: Staffing = me.advise("propose", mission=self.mission_id(mission), **asked).value
        else:
            answer = me.advise("propose_all", **asked).value
        return answer

    def on_record(self, mission: str, who: str = "Tsunade") -> tuple[Any, ...]:
        me = self.house.as_member(self.person(who))
        found: tuple[Any, ...] = me.read("advice", mission=self.mission_id(mission)).value
        return found


def going(answer: Staffing, mission: str = "") -> set[str]:
    """The names of who would go."""
    return {pick.name for team in answer.teams for pick in team.picks if mission in ("", team.name)}


def told(answer: Staffing) -> list[tuple[str, bool, str]]:
    return [(one.name, one.joins, one.why) for one in answer.changes]


def without(answer: Staffing) -> dict[str, WithoutTeam]:
    return {one.name: one for one in answer.unmanned}


@pytest.fixture
def village() -> Village:
    """A mission on the ridge for a tracker and a healer."""
    made = Village()
    made.raised(RIDGE, "tracking:3:1", "medic:2:1")
    return made


def test_the_first_proposal_is_against_nothing(village: Village) -> None:
    """Where nothing was proposed before, nothing changed; what is answered is on record."""
    first = village.ask(RIDGE)
    assert (first.changes, first.against, first.kept, first.what_if) == ((), None, False, False)
    assert first.gap == 0
    assert len(going(first)) == 2
    assert len(village.on_record(RIDGE)) == 1


def test_after_a_decline_one_takes_the_place_and_the_other_stays(village: Village) -> None:
    """Whoever declined leaves with that for a reason, one joins in their place, and nobody else moves."""
    first = village.ask(RIDGE)
    assert going(first) == {"Kiba", "Shizune"}
    for name in ("Kiba", "Shizune"):
        village.run("offer", "make", RIDGE, name)
    village.run("offer", "answer", RIDGE, "declined", who="Kiba")
    again = village.ask(RIDGE)
    (gone, joined) = told(again)
    assert gone == ("Kiba", False, "declined")
    assert joined[1:] == (True, "in place of Kiba; brings tracking 3")
    assert going(again) == {"Shizune", joined[0]}
    assert again.against is not None
    assert again.kept
    shizune = next(pick for pick in again.teams[0].picks if pick.name == "Shizune")
    assert shizune.why[0] == "Was offered it and has not answered."
    assert not shizune.accepted
    assert ("Kiba", "declined") in {(one.name, one.reason) for one in again.teams[0].not_considered}


def test_asked_again_with_nothing_new_nothing_changes(village: Village) -> None:
    """Asking again is no reason to send somebody else, though somebody better is there by now; unless afresh."""
    first = village.ask(RIDGE)
    village.enrol("Hashirama", rank="jounin", tracking=5, medic=5)
    again = village.ask(RIDGE)
    assert (going(again), again.changes, again.kept) == (going(first), (), True)
    assert again.points - again.saves == village.ask(RIDGE, afresh=True).points
    assert again.saves > 0


def test_what_if_changes_the_answer_and_nothing_on_record(village: Village) -> None:
    """Somebody left out or pinned by way of trial: told as changes, and not written down."""
    first = village.ask(RIDGE)
    trial = village.ask(RIDGE, without=["Kiba"], pinned=["Ino"])
    assert trial.what_if
    assert "Ino" in going(trial) and "Kiba" not in going(trial)
    assert ("Kiba", False, "left out, as you asked") in told(trial)
    assert next(why for name, joins, why in told(trial) if name == "Ino") == "pinned, as you asked; brings medic 2"
    ino = next(pick for pick in trial.teams[0].picks if pick.name == "Ino")
    assert (ino.accepted, ino.why[0]) == (False, "Goes, as you asked.")
    assert len(village.on_record(RIDGE)) == 1
    assert going(village.ask(RIDGE)) == going(first)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("member", "status", "Ino", "leave"), "on leave"),
        (("mission", "hold-back", RIDGE, "Ino", "--reason", "a broken rib"), "held back: a broken rib"),
    ],
)
def test_whoever_cannot_go_cannot_be_pinned(village: Village, line: tuple[str, ...], why: str) -> None:
    """Pinning somebody who cannot go is refused, and says why they cannot."""
    village.run(*line)
    with pytest.raises(AdviceError, match=f"Ino cannot be pinned to {RIDGE}: {why}"):
        village.ask(RIDGE, pinned=["Ino"])


def test_pinned_and_left_out_at_once_is_refused(village: Village) -> None:
    """Nobody is left out and pinned in one question, and nobody who is not on the roster is either."""
    with pytest.raises(AdviceError, match="Kiba cannot be left out and pinned at once"):
        village.ask(RIDGE, pinned=["Kiba"], without=["Kiba"])
    with pytest.raises(AdviceError, match="no such member"):
        village.house.as_member(village.founder).advise(
            "propose", mission=village.mission_id(RIDGE), without=(PersonId("nobody"),)
        )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("member", "status", "Kiba", "leave"), "on leave"),
        (("mission", "hold-back", RIDGE, "Kiba", "--reason", "a broken rib"), "held back: a broken rib"),
        (("casualty", "add", RIDGE, "--member", "Kiba"), "hurt"),
    ],
)
def test_whoever_drops_out_is_replaced_though_they_had_accepted(
    village: Village, line: tuple[str, ...], why: str
) -> None:
    """Hurt, on leave or held back: the team is planned without them, with the reason, and the promise is told of."""
    first = village.ask(RIDGE)
    village.run("offer", "make", RIDGE, "Kiba")
    village.run("offer", "answer", RIDGE, "accepted", who="Kiba")
    village.run(*line)
    again = village.ask(RIDGE)
    assert told(again)[0] == ("Kiba", False, why)
    assert len(again.changes) == 2
    assert going(first) - {"Kiba"} < going(again)
    assert any("Kiba has accepted" in one for one in again.warnings)


def test_an_offer_taken_back_is_no_bar(village: Village) -> None:
    """The same team as before the offer, and a word that it was withdrawn; who is left out by way of trial is out."""
    first = village.ask(RIDGE)
    village.run("offer", "make", RIDGE, "Kiba")
    village.run("offer", "withdraw", f"{RIDGE} to Kiba")
    again = village.ask(RIDGE)
    assert (going(again), again.changes) == (going(first), ())
    kiba = next(pick for pick in again.teams[0].picks if pick.name == "Kiba")
    assert kiba.cautions[0] == "An offer of it to them was withdrawn."
    assert "Kiba" not in going(village.ask(RIDGE, without=["Kiba"]))


def test_whoever_was_offered_it_and_cannot_go_any_more_is_replaced(village: Village) -> None:
    """An offer that nobody answered binds nobody who is on leave by now."""
    first = village.ask(RIDGE)
    village.run("offer", "make", RIDGE, "Kiba")
    village.run("member", "status", "Kiba", "leave")
    again = village.ask(RIDGE)
    assert told(again)[0] == ("Kiba", False, "on leave")
    assert going(first) - {"Kiba"} < going(again)


def test_more_may_be_asked_than_can_go(village: Village) -> None:
    """Where more were offered it than there are places, no more than the places are proposed, all of them asked."""
    village.run("mission", "plan", RIDGE, "--need", "tracking:3:1", "--people", "1-2")
    for name in ("Kiba", "Shino", "Hana"):
        village.run("offer", "make", RIDGE, name)
    assert going(village.ask(RIDGE)) < {"Kiba", "Shino", "Hana"}


def test_whoever_accepted_is_never_dropped_for_somebody_better(village: Village) -> None:
    """What is promised stays, afresh or not."""
    village.run("offer", "make", RIDGE, "Hana")
    village.run("offer", "answer", RIDGE, "accepted", who="Hana")
    for afresh in (False, True):
        answer = village.ask(RIDGE, afresh=afresh)
        assert "Hana" in going(answer)
        assert next(pick for pick in answer.teams[0].picks if pick.name == "Hana").accepted


def test_a_mission_nobody_can_man_says_which_rules_and_who_is_nearest(village: Village) -> None:
    """Which need, how many exist, who is nearest: by a level, or by being free."""
    village.run("mission", "plan", RIDGE, "--need", "tracking:4:2", "--people", "2")
    village.run("member", "status", "Kiba", "leave")
    answer = village.ask(RIDGE)
    (why,) = answer.unmanned
    assert why.name == RIDGE
    assert why.rules == (f"{RIDGE} needs 2 people with tracking at level 4 or above; nobody who may go has it",)
    near = {one.name: one.lacks for one in why.near}
    assert near["Hana"] == near["Shino"] == ("has tracking 3, and 4 is asked",)
    assert near["Kiba"] == ("has tracking 4, but on leave",)
    assert "Nearest to it: " in why.words
    village.run("mission", "plan", RIDGE, "--need", "diving:2:1")
    (why,) = village.ask(RIDGE).unmanned
    assert why.rules[0].endswith("nobody on the roster has it at any level")
    assert why.near == ()


def test_all_open_missions_are_weighed_together(village: Village) -> None:
    """Nobody goes on two; each mission has its own team and its own note; the bound is of the whole."""
    village.raised(FORD, "medic:2:1", "tracking:3:1")
    answer = village.ask()
    assert {team.name for team in answer.teams if team.staffed} == {RIDGE, FORD}
    assert not going(answer, RIDGE) & going(answer, FORD)
    assert answer.gap == 0
    for mission in (RIDGE, FORD):
        (note,) = village.on_record(mission)
        kept = msgspec.json.decode(note.result, type=Staffing)
        assert going(kept) == going(answer, mission)
    one_of_them = min(going(answer, FORD))
    village.run("offer", "make", FORD, one_of_them)
    village.run("offer", "answer", FORD, "declined", who=one_of_them)
    again = village.ask()
    assert going(again, RIDGE) == going(answer, RIDGE)
    assert {one.mission_name for one in again.changes} == {FORD}
    assert len(again.changes) == 2


def test_a_mission_that_clashes_by_itself_does_not_keep_others_from_a_team(village: Village) -> None:
    """What one mission cannot have is told of it alone; the others have their teams."""
    village.raised(FORD, "medic:5:1")
    village.run("offer", "make", FORD, "Ino")
    village.run("offer", "answer", FORD, "accepted", who="Ino")
    answer = village.ask()
    assert going(answer, RIDGE)
    assert "Ino" not in going(answer)
    assert list(without(answer)) == [FORD]
    assert "medic at level 5" in without(answer)[FORD].words


def test_whoever_is_bound_to_another_open_mission_is_not_free(village: Village) -> None:
    """Accepted elsewhere is not free, unless the one is over before the other begins."""
    village.raised(FORD, "tracking:4:1", people="1-1")
    village.run("offer", "make", FORD, "Kiba")
    village.run("offer", "answer", FORD, "accepted", who="Kiba")
    answer = village.ask(RIDGE)
    assert ("Kiba", f"has accepted {FORD}") in {(one.name, one.reason) for one in answer.teams[0].not_considered}
    village.run("mission", "plan", FORD, "--hours", "2", "--starts", "10:00")
    village.run("mission", "plan", RIDGE, "--starts", "tomorrow 06:00", "--hours", "4")
    assert "Kiba" in going(village.ask(RIDGE))


def test_what_somebody_said_of_that_day_counts_for_a_mission_that_day(village: Village) -> None:
    """Whoever cannot come tomorrow is not proposed for tomorrow, and is for today."""
    village.run("member", "unavailable", "Kiba", "2026-03-02 00:00", "2026-03-03 00:00")
    assert "Kiba" in going(village.ask(RIDGE))
    village.run("mission", "plan", RIDGE, "--starts", "tomorrow 06:00", "--hours", "4")
    answer = village.ask(RIDGE)
    assert ("Kiba", "said that they cannot come then") in {
        (one.name, one.reason) for one in answer.teams[0].not_considered
    }


def test_a_secret_mission_leaves_no_trace_where_it_is_not_known(village: Village) -> None:
    """With a secret mission or without one: the same answer and the same note for who is not read in, and a word to
    who is."""
    other = Village()
    other.raised(RIDGE, "tracking:3:1", "medic:2:1")
    village.raised(FORD, "tracking:3:1", secret=True)
    village.run("offer", "make", FORD, "Shino")
    village.run("offer", "answer", FORD, "accepted", who="Shino")
    village.run("mission", "plan", FORD, "--need", "tracking:3:2", "--people", "2")
    village.ask(FORD)
    told_of = village.ask()
    assert any(FORD in one for one in told_of.warnings)
    plain = other.ask()
    assert not any("ecret" in one for one in plain.warnings)
    for asks in ({}, {"mission": RIDGE}):
        mine, theirs = (world.ask(who="Ino", **asks) for world in (village, other))
        assert _sound(mine, village) == _sound(theirs, other)
    notes = [[note.result for note in world.on_record(RIDGE, who="Ino")] for world in (village, other)]
    assert [FORD in note for note in notes[0]] == [False] * 3
    assert len(notes[0]) == len(notes[1])


def _sound(answer: Staffing, world: Village) -> list[Any]:
    return [answer.words, answer.warnings, sorted(going(answer)), told(answer), answer.points, answer.bound]


def _at(village: Village, name: str, starts: str, hours: str) -> None:
    village.run("mission", "plan", name, "--starts", starts, "--hours", hours)


def _accepts(village: Village, mission: str, name: str) -> None:
    village.run("offer", "make", mission, name)
    village.run("offer", "answer", mission, "accepted", who=name)


def test_two_missions_at_other_hours_do_not_clash_for_one_person(village: Village) -> None:
    """Who accepted today's and tomorrow's goes on both; each time has its own bound, and the whole is their sum."""
    village.raised(FORD, "medic:2:1", "tracking:3:1")
    _at(village, RIDGE, "10:00", "2")
    _at(village, FORD, "tomorrow 06:00", "4")
    for mission in (RIDGE, FORD):
        _accepts(village, mission, "Kiba")
    answer = village.ask()
    assert {team.name for team in answer.teams if team.staffed} == {RIDGE, FORD}
    assert "Kiba" in going(answer, RIDGE) & going(answer, FORD)
    assert answer.unmanned == () and not any("aside" in one for one in (answer.words, *answer.warnings))
    assert [[village.mission_id(one)] for one in (RIDGE, FORD)] == [list(part.missions) for part in answer.parts]
    assert sum(part.points for part in answer.parts) == answer.points == sum(answer.account.values())
    assert sum(part.bound for part in answer.parts) == answer.bound
    assert [len(village.on_record(one)) for one in (RIDGE, FORD)] == [1, 1]


def test_accepted_twice_for_the_same_hours_is_told_as_what_it_is(village: Village) -> None:
    """Two that do overlap cannot both have the one who accepted both: one stays unmanned, and the rules say why."""
    village.raised(FORD, "medic:2:1", "tracking:3:1")
    for mission in (RIDGE, FORD):
        _accepts(village, mission, "Kiba")
    (why,) = village.ask().unmanned
    assert {f"Kiba has accepted {one}" for one in (RIDGE, FORD)} < set(why.rules)


def test_a_third_mission_across_both_times_takes_nobody_who_goes_on_either(village: Village) -> None:
    """Kiba accepted the first and the last; one that runs through both is manned with others, as far as there are."""
    village.raised(FORD, "medic:2:1", "tracking:3:1")
    village.raised("All night", "medic:2:1", people="1-1")
    _at(village, RIDGE, "10:00", "2")
    _at(village, FORD, "tomorrow 06:00", "4")
    _at(village, "All night", "11:00", "24")
    for mission in (RIDGE, FORD):
        _accepts(village, mission, "Kiba")
    answer = village.ask()
    assert "Kiba" in going(answer, RIDGE) & going(answer, FORD)
    assert going(answer, "All night")
    assert not going(answer, "All night") & (going(answer, RIDGE) | going(answer, FORD))
    assert answer.bound <= answer.points


def test_pinned_with_missions_at_other_hours_goes_on_one(village: Village) -> None:
    """With "pin" somebody goes on one of them; with nobody able to take them, each mission says why."""
    village.raised(FORD, "medic:2:1", people="1-1")
    _at(village, RIDGE, "10:00", "2")
    _at(village, FORD, "tomorrow 06:00", "4")
    answer = village.ask(pinned=["Sakura"])
    assert ["Sakura" in going(answer, one) for one in (RIDGE, FORD)].count(True) == 1
    village.run("member", "status", "Ino", "leave")
    with pytest.raises(AdviceError, match="Ino cannot be pinned"):
        village.ask(pinned=["Ino"])


def test_everybody_home_by_then_ends_a_mission_whose_hours_nobody_gave(village: Village) -> None:
    """Kiba is out until everybody is to be home; the day after he may be asked again."""
    village.raised(FORD, "tracking:4:1", people="1-1")
    village.run("mission", "plan", FORD, "--starts", "10:00", "--home-by", "20:00")
    _accepts(village, FORD, "Kiba")
    village.run("mission", "plan", RIDGE, "--starts", "tomorrow 06:00", "--hours", "4")
    assert "Kiba" in going(village.ask(RIDGE))


def test_pinned_for_all_goes_where_it_costs_least(village: Village) -> None:
    """Pinned without a mission: on the one where that comes to the fewest points."""
    village.raised(FORD, "medic:2:1", people="1-1")
    answer = village.ask(pinned=["Sakura"])
    assert "Sakura" in going(answer)
    assert village.ask(pinned=["Hana"], without=["Kiba"]).what_if
    village.run("member", "status", "Ino", "leave")
    with pytest.raises(AdviceError, match="Ino cannot be pinned: on leave"):
        village.ask(pinned=["Ino"])


def test_asked_to_end_it_ends_with_the_best_so_far(village: Village) -> None:
    """Whoever waits may end it: the answer is a team with its bound, without who else could go."""
    village.raised(FORD, "medic:2:1", "tracking:3:1")
    heard: list[tuple[int, int]] = []

    def ends(_what: str, done: int, of: int) -> bool:
        heard.append((done, of))
        return False

    with work.watched(ends):
        answer = village.ask()
    assert heard
    assert {team.name for team in answer.teams if team.staffed} == {RIDGE, FORD}
    assert answer.points >= answer.bound
    assert {pick.next_best for team in answer.teams for pick in team.picks} == {None}
