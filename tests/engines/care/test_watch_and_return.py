"""The watch, whose silence is a report; and the way back to duty, which only the member walks."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from tests.engines.care.circle import ASUMA, CLOCK, IRUKA, KAKASHI, SHIZUNE, TSUNADE, Circle

from wayhome.engines.care import stated as i
from wayhome.engines.care.case import case_of
from wayhome.engines.care.deciding import CareRefused
from wayhome.engines.care.leaving import EndLimit, HoldToLimit
from wayhome.engines.care.viewing import case_view, waiting_views
from wayhome.values.ids import Id, PersonId

CASE = case_of(IRUKA)
PAKKUN = PersonId("pakkun's keeper")
UNTIL = date(2026, 6, 1)


def supported() -> Circle:
    """Kakashi looks after Iruka; the contacts of the first days took place."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=CASE))
    for days in (1, 3):
        circle.pass_time(days=days)
        circle.do(KAKASHI, i.NoteContact(case=CASE))
    circle.ring()
    return circle


def watched(circle: Circle, **more: str) -> Id:
    intent = i.SetWatch(case=CASE, watcher=PAKKUN, over="the flat", every_hours=24, **more)  # type: ignore[arg-type]
    return Id(circle.do(KAKASHI, intent).made)


def test_a_watch_needs_a_yes() -> None:
    """Without consent and without a stated danger nobody watches: it waits for the member, who may say no."""
    circle = supported()
    watch = watched(circle)
    assert circle.letters_of(PAKKUN) == []
    with pytest.raises(CareRefused):
        circle.do(PAKKUN, i.ReportWatch(watch=watch))
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.AgreeWatch(watch=watch))
    circle.do(IRUKA, i.AgreeWatch(watch=watch))
    circle.pass_time(minutes=1)
    circle.do(PAKKUN, i.ReportWatch(watch=watch, words="lights on, then off"))
    assert case_view(circle.case(), IRUKA, circle.now).watches[0].last_words == "lights on, then off"
    circle.do(IRUKA, i.AgreeWatch(watch=watch, agreed=False))
    assert case_view(circle.case(), IRUKA, circle.now).watches[0].ended


def test_silence_is_a_report() -> None:
    """Two days of nothing: after a day the supporter is told that nothing was heard, then the next ones (S1.8)."""
    circle = supported()
    watch = watched(circle, danger="may not eat or drink")
    circle.pass_time(hours=23)
    circle.do(PAKKUN, i.ReportWatch(watch=watch))
    circle.pass_time(hours=23)
    assert circle.ring() == []
    circle.pass_time(hours=2)
    assert circle.ring() == [("watch", KAKASHI)]
    assert case_view(circle.case(), IRUKA, circle.now).watches[0].silent_since is not None
    red = waiting_views(circle.known(KAKASHI), KAKASHI, circle.now, carer=True)
    assert [one.what for one in red if one.red] == ["watch"]
    circle.pass_time(hours=3)
    assert circle.ring() == [("watch", ASUMA)]
    circle.do(PAKKUN, i.ReportWatch(watch=watch))
    circle.pass_time(hours=20)
    assert circle.ring() == []


def test_a_change_is_told_at_once() -> None:
    """What changed reaches the supporter at once, as a call and without the words."""
    circle = supported()
    watch = watched(circle, danger="may not eat or drink")
    circle.pass_time(minutes=1)
    circle.do(PAKKUN, i.ReportWatch(watch=watch, change=True, words="he went out at three in the morning"))
    assert circle.ring() == [("watch", KAKASHI)]
    (about,) = {one.about for one in circle.known(KAKASHI).ladders() if one.what == "watch" and one.rung}
    circle.do(KAKASHI, i.AnswerLadder(about=about))
    assert circle.case(seen_by=ASUMA).watches == {}


def test_a_danger_is_watched_until_it_is_over() -> None:
    """A watch for a stated danger goes on without consent; the member sees all of it, the supporter ends it."""
    circle = supported()
    watch = watched(circle, danger="may not eat or drink")
    with pytest.raises(CareRefused, match="danger to life"):
        circle.do(IRUKA, i.AgreeWatch(watch=watch, agreed=False))
    with pytest.raises(CareRefused, match="danger to life"):
        circle.do(IRUKA, i.EndWatch(watch=watch))
    (seen,) = case_view(circle.case(), IRUKA, circle.now).watches
    assert (seen.danger, seen.agreed) == ("may not eat or drink", False)
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.EndWatch(watch=watch))
    circle.pass_time(days=3)
    assert ("watch", KAKASHI) not in circle.ring()
    with pytest.raises(CareRefused, match="over"):
        circle.do(PAKKUN, i.ReportWatch(watch=watch))


def test_a_watcher_opens_the_watch_and_nothing_else() -> None:
    """The watcher's keys open whom to watch and how often, and nothing that was said."""
    circle = supported()
    watched(circle, danger="may not eat or drink")
    circle.do(IRUKA, i.CheckIn(words="leave me be"))
    assert {type(letter.fact).__name__ for letter in circle.letters_of(PAKKUN)} == {"WatchSet", "LadderSet"}


@pytest.mark.parametrize("hours", [0, -1, 1_000, math.nan, math.inf])
def test_a_watch_at_impossible_times(hours: float) -> None:
    """Every zero, less than nothing, more than a week, or no number at all is refused."""
    circle = supported()
    with pytest.raises(CareRefused, match="hours"):
        circle.do(IRUKA, i.SetWatch(watcher=PAKKUN, over="the flat", every_hours=hours))
    with pytest.raises(CareRefused, match="themselves"):
        circle.do(IRUKA, i.SetWatch(watcher=IRUKA, over="the flat", every_hours=24))
    with pytest.raises(CareRefused, match="ends after now"):
        circle.do(IRUKA, i.SetWatch(watcher=PAKKUN, over="the flat", every_hours=24, until=circle.now.plus(days=-1)))


# the way back


def test_the_way_back_is_the_members() -> None:
    """A supporter proposes a step and moves nobody; it is taken by the member's own yes, in order, and not too soon."""
    circle = supported()
    circle.do(IRUKA, i.SetStage(stage="stays off"))
    circle.pass_time(days=3)
    circle.do(KAKASHI, i.SetStage(case=CASE, stage="observe"))
    view = case_view(circle.case(), IRUKA, circle.now).stage
    assert view is not None
    assert (view.stage, view.proposed) == ("stays off", "observe")
    circle.do(IRUKA, i.SetStage(stage="observe"))
    with pytest.raises(CareRefused, match="skips a step"):
        circle.do(IRUKA, i.SetStage(stage="full"))
    with pytest.raises(CareRefused, match="takes a little while"):
        circle.do(IRUKA, i.SetStage(stage="base"))
    circle.pass_time(days=4)
    circle.do(IRUKA, i.SetStage(stage="base"))
    circle.pass_time(days=8)
    with pytest.raises(CareRefused, match="partner by name"):
        circle.do(IRUKA, i.SetStage(stage="short with partner"))
    circle.do(IRUKA, i.SetStage(stage="short with partner", partner=KAKASHI))
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.SetStage(stage="observe"))
    view = case_view(circle.case(), IRUKA, circle.now).stage
    assert view is not None
    assert (view.stage, view.proposed) == ("observe", "")


def test_nothing_moves_by_itself() -> None:
    """On the day of review both are asked, and nothing changes, however long nobody answers."""
    circle = supported()
    circle.do(IRUKA, i.SetStage(stage="observe"))
    circle.pass_time(days=14)
    assert {person for what, person in circle.ring() if what == "stage"} == {IRUKA, KAKASHI}
    circle.pass_time(days=300)
    view = case_view(circle.case(), IRUKA, circle.now).stage
    assert view is not None
    assert view.stage == "observe"


def test_a_limit_in_agreed_words() -> None:
    """No body recovery until 1 June, with Kakashi: nothing leaves until Iruka agrees, and then these words (C10)."""
    circle = supported()
    proposal = i.ProposeLimit(case=CASE, words="no body recovery", until=UNTIL, partner=KAKASHI)
    decision = circle.do(KAKASHI, proposal)
    assert decision.leaves == ()
    limit = Id(decision.made)
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.AgreeLimit(limit=limit))
    (leaf,) = circle.do(IRUKA, i.AgreeLimit(limit=limit)).leaves
    assert isinstance(leaf, HoldToLimit)
    assert (leaf.member, leaf.words, leaf.until, leaf.partner) == (IRUKA, "no body recovery", UNTIL, KAKASHI)


def test_past_its_day_it_asks() -> None:
    """A limit past its day asks and stands; it is not lifted by itself, and the member ends what was theirs."""
    circle = supported()
    decision = circle.do(
        KAKASHI, i.ProposeLimit(case=CASE, words="no body recovery", until=circle.now.day + timedelta(days=10))
    )
    limit = Id(decision.made)
    circle.do(IRUKA, i.AgreeLimit(limit=limit))
    circle.pass_time(days=11)
    assert {person for what, person in circle.ring() if what == "limit"} == {IRUKA, KAKASHI}
    assert case_view(circle.case(), IRUKA, circle.now).limits[0].state == "asks"
    assert circle.case().limits[limit].state == "agreed"
    (leaf,) = circle.do(IRUKA, i.AgreeLimit(limit=limit, agreed=False)).leaves
    assert isinstance(leaf, EndLimit)
    assert case_view(circle.case(), IRUKA, circle.now).limits[0].state == "ended"


def test_a_limit_of_a_clinician() -> None:
    """What came from a clinician that clinician ends, and no other; nobody is told more than the limit."""
    circle = supported()
    proposal = i.ProposeLimit(case=CASE, words="base only", until=UNTIL, clinician=SHIZUNE)
    limit = Id(circle.do(KAKASHI, proposal).made)
    circle.do(IRUKA, i.AgreeLimit(limit=limit))
    with pytest.raises(CareRefused, match="clinician"):
        circle.do(IRUKA, i.AgreeLimit(limit=limit, agreed=False))
    with pytest.raises(CareRefused):
        circle.do(TSUNADE, i.AgreeLimit(limit=limit, agreed=False))
    assert {type(letter.fact).__name__ for letter in circle.letters_of(SHIZUNE)} <= {
        "LimitProposed",
        "LimitAnswered",
        "LadderSet",
    }
    (leaf,) = circle.do(SHIZUNE, i.AgreeLimit(limit=limit, agreed=False)).leaves
    assert isinstance(leaf, EndLimit)
    assert (leaf.member, leaf.by) == (IRUKA, SHIZUNE)
    assert circle.case().limits[limit].state == "ended"


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("", UNTIL),
        ("no duty, he has trauma", UNTIL),
        ("base only", date(2026, 3, 1)),
        ("base only", date(2099, 1, 1)),
        ("x" * 300, UNTIL),
    ],
)
def test_limits_that_cannot_be(words: str, until: date) -> None:
    """Nothing to hold to, words that tell of care, a day that is past or far: refused, with what to change."""
    circle = supported()
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.ProposeLimit(case=CASE, words=words, until=until))


def test_refused_by_the_member() -> None:
    """A limit that the member does not want is no limit, and nothing leaves care of it."""
    circle = supported()
    limit = Id(circle.do(KAKASHI, i.ProposeLimit(case=CASE, words="base only", until=UNTIL)).made)
    assert circle.do(IRUKA, i.AgreeLimit(limit=limit, agreed=False)).leaves == ()
    with pytest.raises(CareRefused, match="over"):
        circle.do(IRUKA, i.AgreeLimit(limit=limit))
    assert circle.case(seen_by=CLOCK).limits == {}
