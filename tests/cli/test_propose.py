"""`wayhome propose` at a terminal: advice that reads as a dispatcher would give it, and every wrong word refused."""

from __future__ import annotations

import pytest
from tests.cli.scene import ARABIC, JAPANESE, Scene

RIDGE, FORD = "On the ridge", "At the ford"


@pytest.fixture
def scene() -> Scene:
    """Two missions that need people."""
    made = Scene()
    made.enrol("Shino", rank="chuunin", tracking=3)
    made.enrol("Shizune", rank="jounin", medic=4)
    for name, needs in ((RIDGE, ("tracking:3:1", "medic:2:1")), (FORD, ("medic:2:1",))):
        made.run("mission", "new", name)
        made.run("mission", "plan", name, "--people", str(len(needs)), *(f"--need={one}" for one in needs))
    return made


def test_it_reads_from_the_team_to_how_good_it_is(scene: Scene) -> None:
    """The team in one glance first, then why each, then who was not weighed, then how good any plan could be."""
    scene.run("member", "status", "Ino", "leave")
    said = scene.run("propose", RIDGE)
    parts = ("WHO", "why: Brings", "else: ", "Not considered", "How good it is: proven, no better team exists")
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert "tracking 4" in said
    assert "to be asked" in said


def test_a_decline_is_told_as_a_change(scene: Scene) -> None:
    """Who leaves and who joins since the last proposal, each with why."""
    scene.run("propose", RIDGE, "--offer-by", "+30m")
    scene.run("offer", "answer", RIDGE, "declined", who="Kiba")
    scene.clock.forward(minutes=1)
    said = scene.run("propose", RIDGE)
    changed = said[said.index("Changed since the proposal of 09:00") :]
    assert "Kiba   leaves  declined" in changed
    assert "Shino  joins   in place of Kiba; brings tracking 3" in changed
    assert "was offered it" in said
    scene.clock.forward(minutes=1)
    offered = scene.run("propose", RIDGE, "--offer-by", "+30m")
    assert "Offered to Shino" in offered
    assert "Offered to Shizune" not in offered
    scene.clock.forward(minutes=1)
    assert "Nothing changed since the proposal of 09:02" in scene.run("propose", RIDGE)


def test_one_refused_is_named_and_the_others_are_asked(scene: Scene) -> None:
    """Offered to all: who could not be asked, why, and what to do stands at the end, and the command says it failed."""
    scene.run("mission", "new", "Up high", "--rank", "S")
    scene.run("mission", "plan", "Up high", "--people", "2", "--need=tracking:4:1", "--need=medic:2:1")
    said = scene.refuse_after_some("propose", "Up high", "--offer-by", "+30m").replace("\n", " ")
    assert "not offered to Kiba: Kiba" in said and "--exception.rank" in said
    assert said.rstrip().endswith("1 of 2 was not asked: Kiba. Why stands above.")
    asked = [one["member_name"] for one in scene.rows("offer", "list", "Up high")]
    assert len(asked) == 1 and "Kiba" not in asked
    scene.clock.forward(minutes=1)
    again = scene.run("propose", "Up high", "--offer-by", "+30m", "--exception.rank", "nobody else is near")
    assert "Offered to Kiba" in again and "1 was asked; taken back one by one: wayhome offer withdraw" in again
    made = scene.rows("mission", "exceptions", "Up high")
    assert [(one["rule"], one["reason"]) for one in made] == [("rank", "nobody else is near")]


def test_without_a_mission_it_proposes_for_all(scene: Scene) -> None:
    """Each mission has its team at a glance; nobody goes on two; one that has none says why."""
    scene.run("mission", "new", "Deep water")
    scene.run("mission", "plan", "Deep water", "--need", "tracking:5:1")
    said = scene.run("propose")
    assert said.index(f"\n{FORD}\n") < said.index("Deep water has no team: it needs 1 person with tracking at level 5")
    assert "Kiba: has tracking 4, and 5 is asked" in said
    assert f"{RIDGE}: why each" in said
    teams = {team["name"]: {pick["name"] for pick in team["picks"]} for team in scene.rows("propose")["teams"]}
    assert teams["Deep water"] == set()
    assert teams[RIDGE] and teams[FORD] and not teams[RIDGE] & teams[FORD]


def test_missions_at_other_hours_each_say_how_good(scene: Scene) -> None:
    """Today's and tomorrow's are weighed by themselves: each with its bound; a change since yesterday has its day."""
    scene.run("mission", "plan", RIDGE, "--starts", "10:00", "--hours", "2")
    scene.run("mission", "plan", FORD, "--starts", "tomorrow 10:00", "--hours", "2")
    said = scene.run("propose")
    assert "How good it is: proven, no better plan for all of these together exists" in said
    assert f"\n  {RIDGE}: proven, no better team exists by these weights." in said
    assert "Nobody's way to any of them is known" in said
    scene.clock.forward(hours=24)
    assert "since the proposal of 2026-03-01 09:00" in scene.run("propose")


def test_with_nothing_open_it_says_so() -> None:
    """No mission needs people: one sentence, and no error."""
    assert Scene().run("propose") == "No mission that is open to everybody still needs people.\n"


def test_what_if_says_that_it_is_not_written_down(scene: Scene) -> None:
    """Left out and pinned, again for each; names in any script; nothing is on record after."""
    said = scene.run("propose", RIDGE, "--without", "Kiba", "--without", "shizune", "--pin", "Sakura")
    assert said.startswith("What if: this is not written down")
    assert "pinned, to be asked" in said
    assert "left out, as you asked  Kiba, Shizune" in said
    assert scene.rows("mission", "advice", RIDGE) == []
    scene.run("mission", "plan", RIDGE, "--people", "2-4")
    both = scene.rows("propose", RIDGE, "--pin", JAPANESE, "--pin", ARABIC)
    assert {JAPANESE, ARABIC} < {pick["name"] for pick in both["teams"][0]["picks"]}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("--pin", "Nobody"), "there is no member 'Nobody' that you can see"),
        (("--pin", ""), "there is no member '' that you can see"),
        (("--without", "ض"), "there is no member"),
        (("--without", "\x1b[2J\u202e"), "there is no member"),
        (("--without", "Shi"), "may be any of 2"),
        (("--pin", "Kiba", "--without", "Kiba"), "cannot be left out and pinned at once"),
        (("--pin", "Ino"), "Ino cannot be pinned to On the ridge: on leave"),
        (("--next", "3", "--pin", "Kiba"), "--next says whom to ask"),
        (("--base", "over there"), "is not a place"),
        (("--offer-by", "soonish"), "soonish"),
        (("--post", "medic"), "--post goes with --offer-by"),
        (("--exception.rank", "short-handed"), "--exception goes with --offer-by"),
    ],
)
def test_a_wrong_word_is_refused_in_words(scene: Scene, line: tuple[str, ...], why: str) -> None:
    """Wrong, empty, hostile and doubtful names, and what does not go together: an error that says which."""
    scene.run("member", "status", "Ino", "leave")
    assert why in scene.refuse("propose", RIDGE, *line).replace("\n", " ")


def test_what_goes_with_one_mission_only_says_so(scene: Scene) -> None:
    """--next and --base need a mission; an empty name is no mission."""
    assert "name the mission" in scene.refuse("propose", "--next", "3")
    assert "name the mission" in scene.refuse("propose", "--base", "42.5,1.5")
    assert "no mission ''" in scene.refuse("propose", "")


def test_pinned_too_many_says_which_rules_clash(scene: Scene) -> None:
    """More pinned than places: the smallest set of rules, each pinned one as what it is."""
    scene.run("mission", "plan", RIDGE, "--people", "2-2")
    said = scene.run("propose", RIDGE, "--pin", "Kiba", "--pin", "Sakura", "--pin", "Ino")
    assert "these cannot all hold. Give up any one of them, and the rest can:" in said
    assert "it takes at most 2 people" in said
    assert "Kiba goes on On the ridge, as you asked" in said
