"""`wayhome report`: the report from draft to official, and what people went through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from cyclopts import App, Parameter

from wayhome.cli import find, typed
from wayhome.cli.context import session
from wayhome.cli.pages import page
from wayhome.cli.show import done, put, table, words
from wayhome.mission.intents.missions import NoteExposure, NoteOutcome, WriteReport
from wayhome.mission.rules.papers import EXPOSURES
from wayhome.mission.views.shapes import PaperView
from wayhome.mission.wording import Difference, WordMark
from wayhome.usecases.composed import ReportPage
from wayhome.values.ids import handle

app = App(name="papers")


@app.command(name="draft")
def draft(mission: str, *text: typed.FreeWord, came_as: str = "typed") -> None:
    """Writes a draft from whatever arrives. It can be used at once; none is ever replaced.

    Example: wayhome report draft "Lost hiker" "Ambushed at the ford. Two died, one survivor."
    Example: wayhome report draft "Lost hiker" @handwriting.txt --came-as photo

    Parameters
    ----------
    text: the report in words, or @file (`@-` is standard input)
    came_as: typed, pasted or photo
    """
    _write(mission, text, "draft", came_as)


@app.command(name="official")
def official(mission: str, *text: typed.FreeWord, came_as: str = "typed") -> None:
    """Writes the official report. The drafts before it stay, and what differs is shown.

    Example: wayhome report official "Lost hiker" @report.txt
    """
    _write(mission, text, "official", came_as)


def _write(mission: str, text: Sequence[str], stage: str, came_as: str) -> None:
    me = session()
    intent = WriteReport(
        mission=find.mission(me, mission), stage=stage, words=typed.words_or_file(text), came_as=came_as
    )
    done(me.do(intent), "Draft kept" if stage == "draft" else "Official report kept")


@app.command(name="show")
def show(mission: str) -> None:
    """Shows the last draft with its marks, the last official report, and what differs between them.

    A mark stands around the words it came from: <losses: two died>. [-Gone-] and {+new+} are the differences.

    Example: wayhome report show "Lost hiker"
    """
    me = session()
    page(me.read("report", mission=find.mission(me, mission)), _show)


def _show(held: ReportPage) -> None:
    if held.draft is None and held.official is None and not held.given:
        put("no report yet: `wayhome report draft MISSION WORDS`")
    if held.draft is not None:
        put(_head("DRAFT", held.draft))
        put(marked(held.draft.words, held.marks))
    if held.official is not None:
        put(_head("OFFICIAL", held.official))
        put(held.official.words)
    if held.differences:
        put("DIFFERENCES")
        put(compared(held.differences))
    for one in held.given:
        put(f"IN THEIR OWN WORDS, given by {one.member_name}, {words(one.at)}")
        put(one.words)


def _head(stage: str, paper: PaperView) -> str:
    return f"{stage} by {paper.by_name}, {words(paper.at)}, {paper.came_as}"


def marked(text: str, marks: Sequence[WordMark]) -> str:
    """The text with each mark around the words it came from; a mark within another follows it."""
    parts, end = [], 0
    for mark in marks:
        inside = mark.start < end
        begin = end if inside else mark.start
        parts.append(text[end:begin])
        parts.append(f"<{mark.what}: {mark.words}>" if not inside else f" <{mark.what}: {mark.words}>")
        end = max(end, mark.end)
    return "".join([*parts, text[end:]])


def compared(differences: Sequence[Difference]) -> str:
    """Both texts in one: what is gone in [-...-], what is new in {+...+}."""
    around = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    shown = []
    for one in differences:
        before, after = around[one.what]
        said = one.words.rstrip()
        shown.append(f"{before}{said}{after}{one.words[len(said) :]}")
    return "".join(shown)


@app.command(name="papers")
def papers(mission: str) -> None:
    """Lists every draft and official report, oldest first.

    Example: wayhome report papers "Lost hiker"
    """
    me = session()
    table(
        me.read("papers", mission=find.mission(me, mission)),
        [
            ("PAPER", lambda p: handle(p.report)),
            ("STAGE", lambda p: p.stage),
            ("CAME AS", lambda p: p.came_as),
            ("WHEN", lambda p: p.at),
            ("BY", lambda p: p.by_name),
            ("LETTERS", lambda p: f"{len(p.words):,}"),
            ("BEGINS", lambda p: p.words[:60]),
        ],
        empty="no report yet",
    )


@app.command(name="exposure")
def exposure(mission: str, member: str, *kinds: str, remark: Annotated[str, Parameter(name="--words")] = "") -> None:
    """Notes what a member went through. A follow-up opens by itself; nobody has to remember it.

    Example: wayhome report exposure "Lost hiker" Kiba death "knew the person"
    """
    me = session()
    intent = NoteExposure(mission=find.mission(me, mission), member=find.member(me, member), kinds=kinds, words=remark)
    done(me.do(intent), f"Noted for {member}: {', '.join(kinds)}")


@app.command(name="exposures")
def exposures(mission: str) -> None:
    """Lists what people went through, as kinds of event.

    Example: wayhome report exposures "Lost hiker"
    """
    me = session()
    table(
        me.read("exposures", mission=find.mission(me, mission)),
        [("MEMBER", lambda e: e.member_name), ("WENT THROUGH", lambda e: e.kinds)],
        empty=f"nothing noted; kinds are {', '.join(EXPOSURES)}",
    )


@app.command(name="outcome")
def outcome(mission: str, member: str, *how: typed.FreeWord, deed: list[str] | None = None) -> None:
    """Notes how it went for a member; it stands in their history.

    Example: wayhome report outcome "Lost hiker" Kiba "led the team well" --deed "led a team"

    Parameters
    ----------
    deed: something they did for the first time; say it again for each
    """
    me = session()
    intent = NoteOutcome(
        mission=find.mission(me, mission),
        member=find.member(me, member),
        outcome=typed.words(how),
        deeds=tuple(deed or ()),
    )
    done(me.do(intent), f"{member}: {intent.outcome}")
