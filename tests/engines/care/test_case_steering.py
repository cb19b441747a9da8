"""The member steers: their case opens, goes on, pauses, stops, reopens and is gone as they say."""

from __future__ import annotations

from datetime import date

import pytest
from tests.engines.care.circle import ASUMA, CLOCK, IRUKA, KURENAI, TSUNADE, Circle

from wayhome.engines.care import stated as i
from wayhome.engines.care.case import case_of
from wayhome.engines.care.deciding import CareRefused, Opening
from wayhome.engines.care.exposure import contact_days
from wayhome.engines.care.leaving import NoteCareErased, TickContact
from wayhome.engines.care.viewing import case_view, desk_views
from wayhome.values.ids import Id

CASE = case_of(IRUKA)


def followed_up(circle: Circle) -> None:
    """Asuma takes up the follow-up that opened after the ambush, and looks after Iruka."""
    opening = Opening(reasons=("killed somebody",), contacts=contact_days(circle.now, "Europe/Andorra"))
    circle.do(ASUMA, i.BeginCase(member=IRUKA, follow_up=Id("ambush")), opening=opening)
    circle.pass_time(minutes=5)
    circle.do(ASUMA, i.TakeCase(case=CASE))
    circle.pass_time(minutes=5)


def days_ahead(circle: Circle) -> list[str]:
    view = case_view(circle.case(), IRUKA, circle.now)
    return [one.name for one in view.contacts if one.state in ("ahead", "today", "due")]


def test_asking_opens_it_at_once() -> None:
    """Whoever asks for somebody has a case at once, its contacts planned, and a carer told without delay."""
    circle = Circle()
    decision = circle.do(IRUKA, i.AskForCare())
    assert decision.made == CASE
    assert days_ahead(circle) == ["asked for", "first contact", "3 days", "3 to 4 weeks", "3 months", "12 months"]
    assert ("owner", ASUMA) in circle.ring()
    assert circle.case(seen_by=ASUMA).unowned_since is not None


def test_taken_up_and_accepted() -> None:
    """A follow-up taken up by a carer is an offer; the member accepts, and the contacts stay as proposed."""
    circle = Circle()
    followed_up(circle)
    assert case_view(circle.case(), IRUKA, circle.now).state == "offered"
    before = days_ahead(circle)
    circle.do(IRUKA, i.AnswerCare(answer="accept"))
    assert case_view(circle.case(), IRUKA, circle.now).state == "accepted"
    assert days_ahead(circle) == before == ["first contact", "3 days", "3 to 4 weeks", "3 months", "12 months"]


def test_no_is_two_quiet_offers() -> None:
    """After a *no* nobody is told of anything again: two quiet offers on the member's own page, and no ladder (C2)."""
    circle = Circle()
    followed_up(circle)
    circle.ring()
    circle.do(IRUKA, i.AnswerCare(answer="no"))
    assert [(one.name, one.state) for one in case_view(circle.case(), IRUKA, circle.now).contacts] == [
        ("offered again at 3 weeks", "ahead"),
        ("offered again at 3 months", "ahead"),
    ]
    circle.pass_time(days=400)
    assert circle.ring() == []
    assert case_view(circle.case(seen_by=ASUMA), ASUMA, circle.now).contacts == ()


def test_no_is_no_word_to_the_desk() -> None:
    """The desk of care cannot tell a *no* from contacts that were called off: no letter with the answer reaches it."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="no"))
    assert circle.case(seen_by=KURENAI).answer == ""
    assert circle.case(seen_by=CLOCK).answer == ""


def test_a_no_is_taken_back_on_any_day() -> None:
    """Whoever said no says yes on day 40, and somebody is in touch on the next day."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="no"))
    circle.pass_time(days=40)
    circle.do(IRUKA, i.AnswerCare(answer="accept"))
    assert days_ahead(circle) == ["in touch soon", "3 months", "12 months"]
    circle.pass_time(days=1)
    assert ("contact", ASUMA) in circle.ring()


def test_later_is_not_before_that_day() -> None:
    """*Later* means that nobody is in touch before the day that was said, and somebody is on it."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="later", until=date(2026, 3, 15)))
    circle.pass_time(days=12)
    assert circle.ring() == []
    circle.pass_time(days=2)
    assert circle.ring() == [("contact", ASUMA)]


@pytest.mark.parametrize(("pace", "expected"), [("less", 4), ("as proposed", 5), ("more", 11)])
def test_pace(pace: str, expected: int) -> None:
    """Less and more change how many contacts are ahead, on any day."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.SetPace(pace=pace))
    assert (
        len([one for one in case_view(circle.case(), IRUKA, circle.now).contacts if one.state == "ahead"]) == expected
    )


def test_someone_else() -> None:
    """Somebody else, without a reason: the supporter goes, reads nothing more, and does not come back unasked."""
    circle = Circle()
    followed_up(circle)
    circle.pass_time(hours=1)
    circle.do(IRUKA, i.AskForSomeoneElse())
    circle.pass_time(hours=1)
    circle.do(IRUKA, i.CheckIn(words="I wish she had sent someone else"))
    case = circle.case()
    assert case.supporter is None
    assert case.someone_else
    assert circle.case(seen_by=ASUMA).check_ins == []
    with pytest.raises(CareRefused, match="somebody else"):
        circle.do(ASUMA, i.TakeCase(case=CASE))
    circle.do(KURENAI, i.TakeCase(case=CASE))
    assert circle.case().supporter == KURENAI


def test_a_wish_brings_them_back() -> None:
    """A person whom the member wishes for may come again, also one who was let go."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AskForSomeoneElse())
    circle.pass_time(hours=1)
    circle.do(IRUKA, i.AskForSomeoneElse(wish=ASUMA))
    circle.pass_time(hours=1)
    circle.do(ASUMA, i.TakeCase(case=CASE))
    assert circle.case().supporter == ASUMA


def test_never_this_person() -> None:
    """A person the member will not have cannot take the case, and is not told about it by any ladder."""
    circle = Circle()
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.AskForSomeoneElse(never=ASUMA))
    circle.pass_time(days=5)
    with pytest.raises(CareRefused):
        circle.do(ASUMA, i.TakeCase(case=CASE))
    circle.do(KURENAI, i.TakeCase(case=CASE))
    circle.ring()
    circle.pass_time(days=30)
    assert ASUMA not in {person for _, person in circle.ring()}


def test_closed_and_open_again() -> None:
    """A closed case is sought by nobody; reopened on any day it has contacts again, and the same case."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.CloseCase())
    circle.pass_time(days=200)
    assert circle.ring() == []
    circle.do(IRUKA, i.ReopenCase())
    circle.pass_time(days=1)
    assert ("contact", ASUMA) in circle.ring()
    assert [one.name for one in case_view(circle.case(), IRUKA, circle.now).contacts if one.state != "made"][:2] == [
        "first contact",
        "3 days",
    ]


def test_check_in_reopens_and_says_so() -> None:
    """A check-in for a closed case is not lost: the case is open again, and whoever checked in reads so."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.CloseCase())
    circle.pass_time(days=10)
    decision = circle.do(IRUKA, i.CheckIn(colour="yellow"))
    assert "your case was closed: it is open again" in decision.tells
    assert circle.case().is_open
    assert len(circle.case().check_ins) == 1


def test_a_supporter_does_not_end_what_is_ahead() -> None:
    """A supporter cannot close a case whose contacts are ahead; the member can."""
    circle = Circle()
    followed_up(circle)
    with pytest.raises(CareRefused, match="give it back"):
        circle.do(ASUMA, i.CloseCase(case=CASE))
    circle.do(IRUKA, i.CloseCase())
    assert not circle.case().is_open


def test_erased() -> None:
    """Erasing destroys every letter of the case that the member can open; the record says only the day."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.CheckIn(words="the boy was fourteen at most"))
    decision = circle.do(IRUKA, i.EraseCase())
    assert [type(one) for one in decision.leaves] == [NoteCareErased]
    assert circle.letters_of(IRUKA) == []
    assert circle.letters_of(CLOCK) == []
    again = circle.do(IRUKA, i.EraseCase())
    assert [type(one) for one in again.leaves] == [NoteCareErased]
    assert again.tells == decision.tells


def test_a_second_follow_up_joins_the_first() -> None:
    """What happens while a case is open adds its contacts to it: one case, and no contact of the first is lost."""
    circle = Circle()
    followed_up(circle)
    circle.pass_time(days=60)
    opening = Opening(reasons=("somebody died on this mission",), contacts=contact_days(circle.now, "Europe/Andorra"))
    circle.do(KURENAI, i.BeginCase(member=IRUKA, follow_up=Id("avalanche")), opening=opening)
    names = [one.name for one in case_view(circle.case(), IRUKA, circle.now).contacts if one.state == "ahead"]
    assert names.count("3 months") == 2
    assert names.count("first contact") == 1
    assert len(desk_views(circle.known(KURENAI))) == 1
    with pytest.raises(CareRefused, match="taken up already"):
        circle.do(ASUMA, i.BeginCase(member=IRUKA, follow_up=Id("avalanche")), opening=opening)


def test_whoever_left_the_team_keeps_their_case() -> None:
    """Nothing of a case asks whether its member is on the roster: the 3-month contact of a leaver is offered (C14)."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="accept"))
    for days in (1, 2, 18, 70):
        circle.pass_time(days=days)
        circle.ring()
        if days < 70:
            circle.do(ASUMA, i.NoteContact(case=CASE))
    assert circle.ring() == []
    late = [one.name for one in case_view(circle.case(), IRUKA, circle.now).contacts if one.state == "ahead"]
    assert late == ["3 months", "12 months"]
    circle.pass_time(days=5)
    assert ("contact", ASUMA) in circle.ring()


def test_ticks_only_where_allowed() -> None:
    """Command sees that contact took place only after the member let it, and then a day and no more."""
    circle = Circle()
    followed_up(circle)
    assert circle.do(ASUMA, i.NoteContact(case=CASE)).leaves == ()
    circle.do(IRUKA, i.AllowTicks(ticks=True))
    circle.pass_time(days=1)
    (leaf,) = circle.do(ASUMA, i.NoteContact(case=CASE)).leaves
    assert isinstance(leaf, TickContact)
    assert (leaf.member, leaf.on) == (IRUKA, circle.now.day)
    circle.do(IRUKA, i.AllowTicks(ticks=False))
    assert circle.do(ASUMA, i.NoteContact(case=CASE)).leaves == ()


def test_words_are_held_for_oneself() -> None:
    """Held words open nothing, tell nobody, and are opened by nobody else; released they leave as they stand."""
    circle = Circle()
    followed_up(circle)
    held = Id(circle.do(IRUKA, i.HoldWords(mission="ambush", words="I killed him. He barred the way.")).made)  # type: ignore[arg-type]
    assert held not in circle.case(seen_by=ASUMA).held
    with pytest.raises(CareRefused, match="not words you hold"):
        circle.do(IRUKA, i.ReleaseWords(held=held, words="I am glad."))
    (leaf,) = circle.do(IRUKA, i.ReleaseWords(held=held, words="He barred the way.")).leaves
    assert leaf.words == "He barred the way."  # type: ignore[union-attr]
    with pytest.raises(CareRefused, match="already"):
        circle.do(IRUKA, i.ReleaseWords(held=held))


def test_before_anybody_is_at_the_desk() -> None:
    """A case opened before the first carer came in is told to the desk as soon as its member is heard again."""
    circle = Circle(carers=())
    decision = circle.do(IRUKA, i.AskForCare())
    assert any("nobody looks after people here yet" in line for line in decision.tells)
    circle.carers = (ASUMA,)
    circle.pass_time(days=1)
    circle.do(IRUKA, i.CheckIn(colour="green"))
    assert ("owner", ASUMA) in circle.ring()


def test_strangers_change_nothing() -> None:
    """Whoever has nothing to do with a case is refused in the same words whether or not it is there."""
    circle = Circle()
    intents = (
        i.NoteContact(case=CASE),
        i.LeaveCase(case=CASE),
        i.ProposeLimit(case=CASE, words="no body recovery", until=date(2026, 6, 1)),
    )

    def refusals() -> set[tuple[str, str]]:
        found = set()
        for intent in intents:
            with pytest.raises(CareRefused) as refused:
                circle.do(TSUNADE, intent)
            found.add((refused.value.code, refused.value.text))
        return found

    absent = refusals()
    followed_up(circle)
    assert refusals() == absent
    assert len(absent) == 1


def test_whoever_takes_it_does_not_undo_a_no() -> None:
    """A carer who takes a case opens nothing of the answer, and yet sets no ladder that the member called off."""
    circle = Circle()
    circle.do(ASUMA, i.BeginCase(member=IRUKA, follow_up=Id("ambush")))
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.AnswerCare(answer="no"))
    circle.pass_time(minutes=1)
    circle.do(KURENAI, i.TakeCase(case=CASE))
    circle.pass_time(days=400)
    assert circle.ring() == []


def test_an_agreed_day_outlives_a_new_plan() -> None:
    """A day that the two agreed on stands when the member accepts, or wants more or less."""
    for intent in (i.AnswerCare(answer="accept"), i.SetPace(pace="more"), i.SetPace(pace="less")):
        circle = Circle()
        followed_up(circle)
        circle.pass_time(days=1)
        circle.do(ASUMA, i.NoteContact(case=CASE, next_day=date(2026, 3, 6)))
        circle.pass_time(minutes=1)
        circle.do(IRUKA, intent)
        circle.pass_time(days=4)
        assert ("contact", ASUMA) in circle.ring(), intent


def test_what_was_missed_stays_missed_when_the_pace_changes() -> None:
    """Somebody who was not reached, and says *less*, is still sought by the ladder that runs."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="later", until=date(2026, 3, 20)))
    circle.pass_time(days=19)
    assert circle.ring() == [("contact", ASUMA)]
    circle.pass_time(days=4)
    circle.do(IRUKA, i.SetPace(pace="less"))
    assert circle.ring() != []


def test_asking_after_a_no_is_heard() -> None:
    """Whoever said no and then asks for a visit is called on the same day, and a change of pace does not undo that."""
    circle = Circle()
    followed_up(circle)
    circle.do(IRUKA, i.AnswerCare(answer="no"))
    circle.pass_time(days=5)
    circle.do(IRUKA, i.CheckIn(need="visit"))
    circle.do(IRUKA, i.SetPace(pace="less"))
    assert circle.ring() == [("contact", ASUMA)]
