"""`wayhome mission`: how urgent it is, who is missing, and the point to plan from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from cyclopts import App

from wayhome.cli import find, times, typed
from wayhome.cli.context import here, session
from wayhome.cli.pages import facts, section
from wayhome.cli.show import done, put, put_json, words
from wayhome.faces.leads import SubjectPage, subject_page
from wayhome.mission.intents.missions import DescribeSubject, ScoreUrgency, SetInitialPoint
from wayhome.mission.subject import Questionnaire
from wayhome.mission.urgency import WAYHOME, UrgencyTable

app = App(name="subject")


@app.command(name="urgency")
def urgency(mission: str, *answers: str, questions: bool = False) -> None:
    """Scores how urgent a request is. Open questions count both ways; a person decides.

    Example: wayhome mission urgency "Lost hiker" age="very old" weather="bad now" equipment=inadequate
    Example: wayhome mission urgency "Lost hiker" --questions
    """
    me = session()
    mission_id = find.mission(me, mission)
    if questions or not answers:
        _show_table(WAYHOME)
        return
    given = typed.pairs(answers, 'age="very old"')
    done(me.do(ScoreUrgency(mission=mission_id, answers=given)), "Urgency")


def _show_table(table: UrgencyTable) -> None:
    """The whole form with its points and where they come from."""
    if here().as_json:
        put_json(table)
        return
    rows: list[tuple[object, ...]] = [
        (question.key if number == 0 else " ", answer.key, answer.points, answer.words)
        for question in table.questions
        for number, answer in enumerate(question.answers)
    ]
    rows += [(key, "yes", "at once", means) for key, means in table.at_once.items()]
    section(f"{table.name} (fewer points are more urgent)", ("QUESTION", "ANSWER", "POINTS", "MEANING"), rows)
    section("Bands", ("UP TO", "NAME", "MEANS"), [(band.up_to, band.name, band.means) for band in table.bands])
    put("")
    put(f"Source: {table.source}")


@app.command(name="subject")
def subject(mission: str, *fields: str, category: str = "", questions: bool = False) -> None:
    """Fills the lost-person questionnaire, as much as is known, and shows the leads it gives. Bare: shows it.

    Example: wayhome mission subject "Lost hiker" name="Ana Puig" age=67 activity=hiking knows_area=no
    Example: wayhome mission subject "Lost hiker" --category Hiker

    Parameters
    ----------
    fields: FIELD=VALUE; an empty value leaves the field open again
    category: the category that was decided upon
    questions: lists every field, and asks nothing
    """
    me = session()
    mission_id = find.mission(me, mission)
    if questions:
        _show_fields()
        return
    if fields or category:
        said = typed.pairs(fields, "age=67")
        result = me.do(DescribeSubject(mission=mission_id, fields=said, category=category))
        if not here().as_json:
            done(result, "Noted of the subject")
    _show_subject(subject_page(me, mission_id))


def _show_fields() -> None:
    kinds = {str: "words", int: "a number", bool: "yes or no"}
    asked = {
        f.name: next(kinds[k] for k in kinds if f.type == (k | None)) for f in msgspec.structs.fields(Questionnaire)
    }
    if here().as_json:
        put_json(asked)
        return
    section("The questionnaire; every field may stay open", ("FIELD", "TAKES"), list(asked.items()))


def _show_subject(page: SubjectPage) -> None:
    if here().as_json:
        put_json(page)
        return
    facts([*page.fields.items(), ("category decided", page.category)])
    rows = [(lead.category, lead.table or "none", "; ".join(lead.reasons)) for lead in page.leads]
    section("Categories to look up, likeliest first (leads; a person decides)", ("CATEGORY", "STATISTICS", "WHY"), rows)
    if page.point is None:
        put("\nNo point to plan from yet: `wayhome mission ipp MISSION PLACE --seen TIME`")
        return
    points = [("IPP", page.point.ipp), ("LKP", page.point.lkp)]
    section("Points", ("WHICH", "PLACE", "WHEN", "FROM"), [(n, p.place, p.at, p.what) for n, p in points])
    for reason in page.point.reasons:
        put(f"  {reason}")


@app.command(name="ipp")
def ipp(mission: str, *place: str, seen: str, basis: str = "") -> None:
    """Sets the initial planning point: where and when the subject was for certain. It stays; the LKP moves.

    Example: wayhome mission ipp "Lost hiker" 31T CH 78000 03000 --seen 16:00 --basis "his car"
    """
    _set_point(mission, place, seen, basis, "IPP")


@app.command(name="lkp")
def lkp(mission: str, *place: str, seen: str, basis: str = "") -> None:
    """Sets the last known position: the latest place and time that is sure.

    Example: wayhome mission lkp "Lost hiker" 42.5063,1.5218 --seen 18:30 --basis "phone cell"
    """
    _set_point(mission, place, seen, basis, "LKP")


def _set_point(mission: str, place: Sequence[str], seen: str, basis: str, what: str) -> None:
    me = session()
    mission_id = find.mission(me, mission)
    at = times.moment(seen, me.now())
    there = typed.place(me, mission_id, typed.words(place))
    intent = SetInitialPoint(mission=mission_id, place=there, at=at, what=what, basis=basis)
    done(me.do(intent), f"{what} {words(there)} at {words(at)}")
