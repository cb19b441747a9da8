"""Every command of the mission side works, as words and as JSON, and says what a person needs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.scene import ARABIC, JAPANESE, MISSION, Scene

from wayhome.cli.main import build

GROUPS = ("mission", "propose", "team", "field", "log", "clue", "casualty", "alarm", "report")

M = MISSION
BEFORE: tuple[str, ...] = (
    "mission new|Supply run",
    f"mission new|{M}|--rank|B|--secret|--alarm|his wife called|--place|42.5,1.55|--purpose|find him",
    f"mission plan|{M}|--need|medic:3:1|--need|tracking:2|--people|2-4|--starts|tomorrow 06:00|--hours|5",
    f"mission regrade|{M}|D|--reason|no danger",
    f"mission urgency|{M}|age=very old|weather=bad now",
    f"mission subject|{M}|name=Ana Puig|age=67|activity=hiking|--category|Hiker",
    f"mission ipp|{M}|42.5063,1.5218|--seen|06:00|--basis|his car",
    f"mission lkp|{M}|31T|CH|78000|03000|--seen|08:00",
    f"mission read-in|{M}|Ino|--reason|she treats him",
    f"mission read-in|{M}|{ARABIC}",
    f"mission read-out|{M}|{ARABIC}|--reason|no longer needed",
    f"mission mask|{M}|the missing one|--name|Puig",
    f"mission tell-identity|{M}|Ino|--reason|she treats him",
    f"mission identity|{M}",
    f"mission ceiling|{M}|--most|12",
    f"mission looks|{M}",
    f"mission emergencies|{M}",
    f"mission quarry|{'Supply run'}|Kiba|seen at the vault|--accused",
    f"mission read-ins|{M}",
    f"mission stake|{M}|Kiba|his cousin|--for|knows him|--against|fear",
    f"mission hold-back|{M}|Ino|--reason|hurt",
    f"mission lift|{M}|Ino|--reason|healed",
    f"mission exception|{M}|rank|--member|Kiba|--reason|short-handed",
    f"propose|{M}",
    f"propose|{M}|--next|2",
    f"mission advice|{M}",
    f"offer make|{M}|Kiba|--by|+2h",
    f"offer make|{M}|Sakura|--by|+2h",
    f"offer answer|{M}|accepted|as Kiba",
    f"offer answer|{M}|accepted|as Sakura",
    f"mission brief|{M}|Search the ridge|--caution|ice|--because|Kiba=he has the scent",
    f"mission briefing|{M}",
    f"mission acknowledge|{M}|Kiba|--channel|radio",
    f"mission acknowledge|{M}|as Sakura",
    f"mission show|{M}",
    "mission list",
)
OUT: tuple[str, ...] = (
    f"field sign-in|{M}|Kiba",
    f"field signed-in|{M}",
    f"team form|{M}|3|Kiba|Sakura|--leader|Kiba|--overdue|30",
    f"team change|{M}|3|Sakura|Kiba|--leader|Sakura|--reason|she knows the ridge",
    f"team list|{M}",
    f"field depart|{M}|--home-by|18:00|as Kiba",
    f"field depart|{M}|Sakura|--post|medic",
    f"field walk-in|{M}|Ino|--post|relay at the hut",
    f"field doubt|{M}|Ino|we should wait for light",
    f"log add|{M}|3 > base: at 31TCH7800003000, starting sweep @0855",
    f"log add|{M}|--|T3|clue|boot print at 42.5063,1.5218",
    f"log list|{M}|--last|5|--find|sweep",
    f"log amend|{M}|LINE|3 > base: at 31TCH7900003000, starting sweep|--reason|misheard",
    f"log undo|{M}",
    f"clue add|{M}|a glove|--place|42.5063,1.5218|--do|mark and leave",
    f"clue weigh|{M}|1|--anothers|0.2",
    f"clue list|{M}",
    f"clue withdraw|{M}|2|--reason|one of ours",
    f"casualty add|{M}|Ana Puig|--triage|yellow|--condition|broken leg",
    f"casualty triage|{M}|Ana Puig|red",
    f"casualty treat|{M}|Ana Puig|splinted|--by|Sakura",
    f"casualty help|{M}|Ana Puig|helicopter|--at|+35m",
    f"casualty list|{M}",
    f"field place|{M}|42.5,1.5|--team|3|--at|08:30",
    f"field places|{M}",
    f"field track|{M}|3",
    f"field contact|{M}|Kiba|all well",
    f"field watch|{M}|Kiba|30",
    f"field watch|{M}|Kiba|off",
    f"field fallen|{M}|Kiba|fell at the ford",
    f"field backup|{M}|42.5,1.5|--pursuer|Kiba|--subject-kmh|5",
    f"field ask-backup|{M}|42.5,1.5|two of them|--people|2|--for|Kiba",
    f"field send-backup|{M}|two of them|Ino|--arrives|+40m",
    f"field wait-or-go|{M}",
    f"field choose|{M}|two of them|wait|--for|Kiba|--channel|radio",
    f"mission losses|{M}",
    f"field found|{M}|Ana Puig|--state|alive",
    f"field finds|{M}",
    f"field vehicle-take|{M}|Rescue-1",
    f"field vehicle-release|{M}|Rescue-1",
    f"alarm list|{M}",
    "alarm answer|ALARM|heard on the other channel",
)
AFTER: tuple[str, ...] = (
    f"report hear|{M}|a light at 42.5100,1.5300|--source|warden|--grade|seen|--sure|70|--at|08:10",
    f"report list|{M}",
    f"report withhold|{M}|Kiba|the gate",
    f"report testimony|{M}",
    f"report release|{M}|the gate|he waved|as Kiba",
    f"report assume|{M}|nobody else is there",
    "report assume|Supply run|nobody else is there",
    f"report fail|{M}|nobody|two men|--rank|B",
    "report warn|Supply run|nobody",
    f"report assumptions|{M}",
    f"report draft|{M}|Ambushed. Two died, one survivor.|--came-as|pasted",
    f"report official|{M}|Ambushed at dawn. Two died, one survivor.",
    f"report show|{M}",
    f"report papers|{M}",
    f"report exposure|{M}|Kiba|death|knew the person",
    f"report exposures|{M}",
    f"report outcome|{M}|Kiba|led well|--deed|led a team",
    f"report pdf|{M}|FOLDER/report.pdf",
    f"report log-pdf|{M}|FOLDER/log.pdf|--form|214",
    f"report log-csv|{M}|FOLDER/log.csv",
    f"report briefing-pdf|{M}|FOLDER/briefing.pdf|--paper|us-letter",
    f"mission stakes|{M}",
    f"mission exceptions|{M}",
    f"mission notes|{M}",
    f"mission conflicts|{M}",
    f"mission situation|{M}",
    f"log read|{M}|FOLDER/lines.txt",
    f"mission command|{M}|Ino|--reason|relieved",
    f"mission suspend|{M}|--reason|night|--reopens-when|light",
    f"mission resume|{M}|--reason|light",
    f"field rest|{M}|Kiba|ate",
    f"field endurance|{M}",
    f"field start-home|{M}|--by|17:00|as Kiba",
    f"field home|{M}|as Kiba",
    f"field handover|{M}|Sakura|--to|the hospital",
    f"field out|{M}",
    f"field contact-plan|{M}|Kiba|--every|120|--signals|two lights: come|--way-out|the ferry",
    f"field contact-plans|{M}",
    f"field sign-in|{M}|Ino",
    f"field sign-out|{M}|Ino",
    f"mission close|{M}|--reason|found",
    f"mission reopen|{M}|--reason|his brother",
    f"mission refuse|{'Supply run'}|--reason|not ours",
)
ALL = BEFORE + OUT + AFTER
ONLY_AFTER_A_MERGE = {("mission", "settle")}


def words_of(line: str, scene: Scene, folder: Path) -> tuple[list[str], str]:
    """The command line, with what stands for something made before filled in, and as whom."""
    command, *rest = line.split("|")
    who = next((word[3:] for word in rest if word.startswith("as ")), "Tsunade")
    rest = [word.replace("FOLDER", str(folder)) for word in rest if not word.startswith("as ")]
    made = {}
    if "LINE" in rest:
        made["LINE"] = scene.rows("log", "list", MISSION)[-1]["line"]
    if "ALARM" in rest:
        made["ALARM"] = scene.rows("alarm", "list", "--unanswered")[0]["alarm"]
    return [*command.split(), *(made.get(word, word) for word in rest)], who


def play(scene: Scene, folder: Path, *, as_json: bool) -> None:
    (folder / "lines.txt").write_text("3 all well\n\n3 > base: at IC\n", encoding="utf-8")
    scene.vehicle("Rescue-1")
    for line in ALL:
        words, who = words_of(line, scene, folder)
        if as_json:
            written = scene.run("--json", *words, who=who)
            assert json.loads(written) is not None
        else:
            assert scene.run(*words, who=who).strip(), line


def test_every_command_says_something(tmp_path: Path) -> None:
    """Every command of the mission side, run in the order of a mission, is done and says something."""
    play(Scene(), tmp_path, as_json=False)
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["briefing.pdf", "log.pdf", "report.pdf"]


def test_every_command_gives_json(tmp_path: Path) -> None:
    """With --json every command gives one JSON value and nothing else."""
    play(Scene(), tmp_path, as_json=True)


def test_no_command_is_left_out() -> None:
    """A command that no line of the mission above runs fails this test."""
    run = {tuple(line.split("|")[0].split()) for line in ALL} | ONLY_AFTER_A_MERGE
    app = build()
    there = {(group, name) for group in GROUPS if group != "propose" for name in app[group] if not name.startswith("-")}
    assert there - run == set()
    assert ("propose",) in run


def test_help_shows_an_example() -> None:
    """Every command's help carries an example that begins with the command itself."""
    app = build()
    for group in GROUPS:
        for name in [group] if group == "propose" else [n for n in app[group] if not n.startswith("-")]:
            command = app[name] if group == "propose" else app[group][name]
            said = command.help
            start = f"Example: wayhome {name}" if group == "propose" else f"Example: wayhome {group} {name}"
            assert start in said, (group, name)


def test_a_plan_keeps_what_is_not_said() -> None:
    """Planning the hours leaves needs, people and place as they were."""
    scene = Scene()
    scene.run("mission", "new", MISSION, "--place", "42.5,1.55")
    scene.run("mission", "plan", MISSION, "--need", "medic:3:2", "--people", "2-4", "--home-by", "+5h")
    scene.run("mission", "plan", MISSION, "--hours", "6")
    held = scene.rows("mission", "show", MISSION)
    assert held["needs"] == [{"skill": "medic", "level": 3, "count": 2}]
    assert (held["least_people"], held["most_people"], held["hours"]) == (2, 4, 6.0)
    assert held["place"] == {"lat": 42.5, "lon": 1.55}
    assert held["home_by"]["local"] == "2026-03-01T14:00:00"


def test_the_planning_point_stays_and_the_last_position_moves() -> None:
    """An LKP set after the IPP moves only the LKP; a set point and a report that names a place give the lead."""
    scene = Scene()
    scene.run("mission", "new", MISSION)
    scene.run("mission", "ipp", MISSION, "42.5063,1.5218", "--seen", "06:00")
    scene.run("mission", "lkp", MISSION, "42.5163,1.5218", "--seen", "07:00")
    held = scene.rows("mission", "show", MISSION)
    assert (held["initial_point"]["lat"], held["last_point"]["lat"]) == (42.5063, 42.5163)
    light = "a light at 42.52630,1.52180"
    scene.run("report", "hear", MISSION, light, "--source", "warden", "--grade", "seen", "--at", "08:00")
    rumour = "somebody at 42.53630,1.52180"
    scene.run("report", "hear", MISSION, rumour, "--source", "the bar", "--grade", "hearsay", "--at", "08:30")
    point = scene.rows("mission", "subject", MISSION)["point"]
    assert point["ipp"]["place"]["lat"] == 42.5063
    assert point["lkp"]["what"] == "the report of warden"
    assert any("hearsay" in reason for reason in point["reasons"])


def test_the_questionnaire_gives_a_category() -> None:
    """What is said of the subject gives a category to look up, with the words it came from."""
    scene = Scene()
    scene.run("mission", "new", MISSION)
    page = scene.rows("mission", "subject", MISSION, "age=5", "name=علي")
    assert page["leads"][0]["category"] == "Child (4-6)"
    assert page["fields"] == {"age": "5", "name": "علي"}
    assert "knows_area" in scene.run("mission", "subject", MISSION, "--questions")
    table = scene.run("mission", "urgency", MISSION, "--questions")
    assert "Source:" in table
    assert "New Zealand" in table.replace("\n", " ")


def test_a_proposal_names_its_reasons_and_bound() -> None:
    """A proposal shows why each pick, and how good any plan could be; a clash shows the rules that clash."""
    scene = Scene()
    scene.run("mission", "new", MISSION)
    scene.run("mission", "plan", MISSION, "--need", "medic:3:1", "--people", "1-1")
    said = scene.run("propose", MISSION)
    assert "Sakura" in said
    assert "why: Brings medic at level 3" in said
    assert "no better team exists" in said
    scene.run("mission", "plan", MISSION, "--need", "medic:5:1")
    assert "has no team: it needs 1 person with medic at level 5" in scene.run("propose", MISSION)


def test_the_situation_puts_seen_before_hearsay() -> None:
    """The situation report shows what was seen before what was heard, with source, when and how sure."""
    scene = Scene()
    scene.under_way()
    scene.run("report", "hear", MISSION, "he went north", "--source", "the bar", "--grade", "hearsay")
    scene.run("report", "hear", MISSION, "a light", "--source", "warden", "--grade", "seen", "--sure", "70")
    said = scene.run("mission", "situation", MISSION)
    assert said.index("a light") < said.index("he went north")
    assert "70 %" in said
    assert "not said" in said
    assert "2 of 2 who departed" in said


def test_names_in_any_script() -> None:
    """Members and missions are found by names in Japanese and Arabic, and by a beginning of them."""
    scene = Scene()
    scene.run("mission", "new", "行方不明 🏔")
    scene.run("offer", "make", "行方", JAPANESE)
    scene.run("offer", "answer", "行方不明 🏔", "accepted", who=JAPANESE)
    scene.run("team", "form", "行方", "狼", "山田")
    scene.run("mission", "brief", "行方", "捜索", "--because", f"{JAPANESE}=道を知る")
    assert JAPANESE in scene.run("mission", "briefing", "行方")
    assert scene.rows("log", "add", "行方", "狼 > base: 到着")["understood"]["team"] == "狼"
    assert ARABIC in scene.run("member", "list")
