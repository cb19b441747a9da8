"""A masked one: for whoever is not told who it is, the same bytes as in a world in which the label is the name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.fakes.desk import Desk
from tests.worlds import covered
from tests.worlds.cast import Cast, cast, roster
from tests.worlds.commands import COMMANDS, Lines
from tests.worlds.world import World

from wayhome.mission.intents import field as i
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import people as p
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.values.ids import Id, MissionId
from wayhome.values.places import Place

OWNER, READER = "Ibiki", "Kakashi"
"""Who knows who it is, and who is read in and is not told."""
LABEL = "the target"
NAMES = ("Orochimaru", "Zabuza Momochi", "Ōnoki", "大蛇丸", "Ao")
FORD = Place(42.55, 1.55)
LEAST_COMPARISONS = 100
MADE_OF_WORDS = re.compile(rb'"assumption":"[0-9a-f]*"')
"""An assumption's id is made of its words. Where the name stands in these it is left out, lest a guess be tried out."""


class Masked:
    """One world in which a mission is about somebody of a name, who is masked; also where the label is the name."""

    def __init__(self, seed: str, name: str) -> None:
        self.world = World(seed)
        self.cast: Cast = cast(self.world.founder)
        self._act("Tsunade", p.ImportRoster(rows=roster()))
        alarm = m.RaiseAlarm(name=f"Watch {name}", rank="S", secret=True, words=f"{name} was seen", purpose=f"{name}!")
        self.mission = MissionId(self._act(OWNER, alarm))
        reader = m.ReadInMember(mission=self.mission, member=self.cast[READER], reason="follows")
        self._act(OWNER, m.DescribeSubject(mission=self.mission, fields={"name": name, "clothing": f"a {name} cloak"}))
        self._act(OWNER, reader)
        self.line = self._act(OWNER, i.LogLine(mission=self.mission, words=f"{name}, at the ford; {name}?"))
        names = ("Nobody Known",) if name == LABEL else ()
        self._act(OWNER, s.MaskIdentity(mission=self.mission, label=LABEL, names=names))
        for intent in self._more(name):
            self._act(OWNER, intent)

    def _act(self, who: str, intent: Intent, *, purpose: str = "open") -> Id:
        self.world.keys.purpose = purpose
        told, done = self.world.act(self.cast[who], intent)
        assert done is not None, (intent, told)
        return Id(done.made)

    def _more(self, name: str) -> Iterator[Intent]:
        mission = self.mission
        shouted = name if name == LABEL else name.upper()
        yield i.LogLine(mission=mission, words=f"1 to base: {shouted} went north", message=f"{name} went north")
        yield i.AmendLine(mission=mission, line=self.line, words=f"It was not {name}.")
        yield i.ReportClue(mission=mission, words=f"a print of ({name})", place=FORD)
        yield i.ReportCasualty(mission=mission, who=name, triage="red")
        yield i.ReportCasualty(mission=mission, who="Ana", triage="red")
        yield m.WriteBriefing(mission=mission, words=f"Follow {name}, and no further.")
        yield m.Assume(mission=mission, words=f"{name} does not know us")
        yield m.FileReport(mission=mission, source=name, words=f"I am {name}")
        yield m.WriteReport(mission=mission, stage="draft", words=f"We followed {name}.")
        yield m.MakeException(mission=mission, rule="briefing", reason=f"{name} moves")
        yield i.Draw(mission=mission, what="note", name=name, points=(FORD,), words=f"{name} slept here")
        yield i.FormTeam(mission=mission, name=f"Watch {name}")
        yield m.MakeOffer(
            mission=mission,
            member=self.cast["Neji"],
            post=f"watch {name}",
            exceptions={"rank": f"{name} is strong", "history": "none"},
        )


def _everything(one: Masked, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything that the reader can read, by reads, commands and the desk's own addresses."""
    known: dict[str, Any] = {"open": one.mission, "insider": one.cast["Neji"], "outsider": one.cast[READER]}
    one.world.keys.purpose = "asked"
    for name, shapes in covered.READS.items():
        for number, shape in enumerate(shapes):
            yield f"read {name} {number}", one.world.read(one.cast[READER], name, **_filled(shape, one, known))
    words = known | {"mission": one.mission, "handle": "ABCDEF", "name": LABEL, "number": 1, "file": folder / "out"}
    for name, lines in COMMANDS.items():
        if isinstance(lines, Lines) and lines.reads and not lines.writes_file and "{open}" in lines.lines:
            number = lines.lines.index("{open}") if "{open}" in lines.lines else 0
            typed = lines.words(number, words | dict.fromkeys(("line", "offer", "alarm"), "0" * 32))
            yield f"command {name}", one.world.type(READER, typed)
    desk, token = Desk(one.world.house), one.world.house.let_in(one.cast[READER])
    for paper in ("log.csv", "where.geojson"):
        yield paper, desk.ask("GET", f"/api/missions/{one.mission}/{paper}", token=token).whole()
    yield "leads", desk.ask("GET", "/api/leads", token=token, query={"mission": one.mission}).whole()


def _filled(shape: covered.Shape, one: Masked, known: dict[str, Any]) -> dict[str, Any]:
    filled = {}
    for name, value in shape.items():
        if isinstance(value, str) and value[:1] in "?!" and value:
            value = one.line if value == "?line" else known.get(value[1:], one.mission)
        filled[name] = value
    return filled


@pytest.mark.parametrize("name", NAMES)
def test_the_label_is_the_name_to_whoever_is_not_told(name: str, tmp_path: Path) -> None:
    """Reads, searches, commands and exports are the same bytes as where the label is the name; the owner reads it."""
    masked, plain = Masked("masked", name), Masked("masked", LABEL)
    compared = 0
    for (what, a), (_, b) in zip(_everything(masked, tmp_path), _everything(plain, tmp_path), strict=True):
        left, right = (MADE_OF_WORDS.sub(b"", told) for told in (a, b))
        assert left == right, f"{what}:\n{a.decode()}\n{b.decode()}"
        compared += 1
    assert compared >= LEAST_COMPARISONS
    assert name.encode() in masked.world.read(masked.cast[OWNER], "mission", mission=masked.mission)


def test_a_mask_that_does_nothing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the mask planted off, the worlds differ."""
    monkeypatch.setattr("wayhome.usecases.rows.masks_over", lambda *_given, **_more: {})
    masked, plain = Masked("masked", NAMES[0]), Masked("masked", LABEL)
    assert [*_everything(masked, tmp_path)] != [*_everything(plain, tmp_path)]
