"""Whoever looks after somebody: who may, what they write, what they promise, and what is never theirs to say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.engines.care.circle import (
    ASUMA,
    CLOCK,
    IRUKA,
    KAKASHI,
    KURENAI,
    SAKURA,
    SHIKAMARU,
    SHIZUNE,
    TSUNADE,
    Circle,
)

from wayhome.engines.care import stated as i
from wayhome.engines.care.case import case_of
from wayhome.engines.care.deciding import CareRefused
from wayhome.engines.care.leaving import CountVisit, LetCarerIn, RequestForCare
from wayhome.engines.care.stated import CARE_INTENTS
from wayhome.engines.care.viewing import case_view, desk_views, medic_views, waiting_views, worry_views
from wayhome.values.ids import Id, PersonId

CASE = case_of(IRUKA)


def supported(law: str = "eu") -> Circle:
    """Kakashi looks after Iruka."""
    circle = Circle(carers=(KAKASHI, ASUMA, KURENAI), law=law)
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=CASE))
    circle.pass_time(minutes=1)
    return circle


def test_nobody_judges_fitness() -> None:
    """There is no statement by which anybody says of a member that they are fit, unfit or unwell."""
    words = " ".join([*CARE_INTENTS, *(field for kind in CARE_INTENTS.values() for field in kind.__struct_fields__)])
    assert not {"fit", "unfit", "score", "diagnosis", "symptom"} & set(words.casefold().replace("_", " ").split())


def test_nobody_looks_after_themselves() -> None:
    """A carer's own case is taken by somebody else, and not begun by them."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    circle.do(KAKASHI, i.AskForCare())
    with pytest.raises(CareRefused, match="nobody looks after themselves"):
        circle.do(KAKASHI, i.TakeCase(case=case_of(KAKASHI)))
    with pytest.raises(CareRefused, match="their own follow-up"):
        circle.do(KAKASHI, i.BeginCase(member=KAKASHI))


def test_no_circle_of_two() -> None:
    """Two people do not look after each other."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    circle.do(KAKASHI, i.AskForCare())
    circle.do(ASUMA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=case_of(ASUMA)))
    with pytest.raises(CareRefused, match="each other"):
        circle.do(ASUMA, i.TakeCase(case=case_of(KAKASHI)))


def test_what_the_record_rules_out() -> None:
    """Whoever the record rules out is refused with the rules; a former leader comes only by the member's wish."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    with pytest.raises(CareRefused, match="is in their present command line"):
        circle.do(ASUMA, i.TakeCase(case=CASE), barred=("is in their present command line",))
    with pytest.raises(CareRefused) as refused:
        circle.do(KAKASHI, i.TakeCase(case=CASE), asks_consent=True)
    assert refused.value.code == "asks consent"
    circle.do(IRUKA, i.AskForSomeoneElse(wish=KAKASHI))
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=CASE), asks_consent=True)
    assert circle.case().supporter == KAKASHI


def test_three_cases_are_enough() -> None:
    """The third case in thirty days opens a follow-up for whoever took it (C13); a fourth is refused."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    for member in (IRUKA, TSUNADE, SAKURA, SHIKAMARU):
        circle.do(member, i.AskForCare())
    circle.pass_time(minutes=1)
    for member in (IRUKA, TSUNADE):
        assert not any("open for you" in line for line in circle.do(KAKASHI, i.TakeCase(case=case_of(member))).tells)
        circle.pass_time(days=2)
    decision = circle.do(KAKASHI, i.TakeCase(case=case_of(SAKURA)))
    assert any("a follow-up is open for you as well" in line for line in decision.tells)
    mine = circle.case(KAKASHI)
    assert (mine.origin, mine.supporter) == ("load", None)
    assert ("owner", ASUMA) in circle.ring()
    with pytest.raises(CareRefused, match="as many as one person should"):
        circle.do(KAKASHI, i.TakeCase(case=case_of(SHIKAMARU)))


def test_given_back_is_red() -> None:
    """A case that is given back is unowned, red, and carers are called until somebody has it; nothing is dropped."""
    circle = supported()
    circle.do(KAKASHI, i.LeaveCase(case=CASE))
    (view,) = desk_views(circle.known(ASUMA))
    assert (view.owner, view.unowned_since) == (None, circle.now)
    assert any(
        one.red and one.what == "unowned" for one in waiting_views(circle.known(ASUMA), ASUMA, circle.now, carer=True)
    )
    circle.ring()
    circle.pass_time(days=1)
    assert ("owner", ASUMA) in circle.ring()
    circle.pass_time(days=3)
    circle.do(KURENAI, i.TakeCase(case=CASE))
    circle.ring()
    circle.pass_time(days=60)
    assert {person for what, person in circle.ring() if what == "owner"} == set()


def test_whoever_is_sought_reads_whom_it_is_about() -> None:
    """What waits for somebody else than the member names the member; what waits for the member needs no name."""
    circle = supported()
    circle.do(KAKASHI, i.LeaveCase(case=CASE))
    member = circle.known(ASUMA).cases[CASE].member
    theirs = waiting_views(circle.known(ASUMA), ASUMA, circle.now, carer=True)
    assert {one.member for one in theirs if one.case == CASE} == {member}
    own = waiting_views(circle.known(member), member, circle.now, carer=False)
    assert {one.member for one in own} <= {None}


def test_a_former_supporter_reads_and_writes_nothing_more() -> None:
    """Whoever gave a case back opens nothing that is written afterwards, and can state nothing in it."""
    circle = supported()
    circle.do(KAKASHI, i.LeaveCase(case=CASE))
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.CheckIn(words="it was a boy"))
    assert circle.case(seen_by=KAKASHI).check_ins == []
    with pytest.raises(CareRefused, match="no such case"):
        circle.do(KAKASHI, i.NoteContact(case=CASE))


def test_who_came_late_reads_what_came_after() -> None:
    """A supporter who takes a case later opens what is written from then on, and not what was said before."""
    circle = Circle(carers=(KAKASHI, ASUMA))
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.CheckIn(words="before"))
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=CASE))
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.CheckIn(words="after"))
    assert [one.words for one in circle.case(seen_by=KAKASHI).check_ins] == ["after"]
    assert [one.words for one in circle.case().check_ins] == ["before", "after"]
    assert circle.case(seen_by=ASUMA).check_ins == []


def test_visits_count_as_duty() -> None:
    """A visit's minutes are counted for the supporter, and the record does not say whom they visited."""
    circle = supported()
    (leaf,) = circle.do(KAKASHI, i.NoteContact(case=CASE, by_way_of="visit", minutes=90)).leaves
    assert isinstance(leaf, CountVisit)
    assert (leaf.member, leaf.minutes) == (KAKASHI, 90)
    assert IRUKA not in repr(leaf)
    for minutes in (-1, 100_000):
        with pytest.raises(CareRefused):
            circle.do(KAKASHI, i.NoteContact(case=CASE, minutes=minutes))


def test_a_promise_goes_on_by_the_member_alone() -> None:
    """*I could ask her to send us out together* goes to nobody until Iruka lets it; then it has an owner."""
    circle = supported()
    promise = Id(circle.do(KAKASHI, i.MakePromise(case=CASE, words="send us out together", owner=TSUNADE)).made)
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.PassPromiseOn(promise=promise))
    decision = circle.do(IRUKA, i.PassPromiseOn(promise=promise))
    (leaf,) = decision.leaves
    assert isinstance(leaf, RequestForCare)
    assert (leaf.member, leaf.owner, leaf.words) == (IRUKA, TSUNADE, "send us out together")
    assert decision.made == leaf.request
    with pytest.raises(CareRefused, match="already"):
        circle.do(IRUKA, i.PassPromiseOn(promise=promise))


def test_closeness_offers_another() -> None:
    """Closeness is declared, nothing ends by it, and whoever is close does not take the case again once they left."""
    circle = supported()
    decision = circle.do(KAKASHI, i.DeclareCloseness(case=CASE))
    assert "another supporter is offered" in decision.tells[0]
    assert circle.case().supporter == KAKASHI
    circle.do(KAKASHI, i.LeaveCase(case=CASE))
    circle.pass_time(minutes=1)
    with pytest.raises(CareRefused, match="close to each other"):
        circle.do(KAKASHI, i.TakeCase(case=CASE))


def test_signs_are_kept_apart_and_a_head_injury_goes_to_a_medic() -> None:
    """Pale, dried blood at the hairline: a medic is told of a possible head injury, and of nothing else (S1.14)."""
    circle = supported()
    circle.do(KAKASHI, i.NoteSigns(case=CASE, words="pale, dried blood at the hairline", head=True, medic=SAKURA))
    (passed,) = medic_views(circle.known(SAKURA), SAKURA)
    assert passed.member == IRUKA
    assert "pale" not in passed.words
    assert [type(letter.fact).__name__ for letter in circle.letters_of(SAKURA)] == ["HeadInjuryPassedOn"]
    assert circle.case().check_ins == []
    assert [one.words for one in circle.case().signs] == ["pale, dried blood at the hairline"]
    circle.do(SAKURA, i.HandleHeadInjury(about=passed.about))
    assert medic_views(circle.known(SAKURA), SAKURA)[0].done
    assert [one.done for one in circle.known(KAKASHI).to_medic.values()] == [True]
    for medic in (None, ASUMA, IRUKA):
        with pytest.raises(CareRefused):
            circle.do(KAKASHI, i.NoteSigns(case=CASE, words="blood", head=True, medic=medic))


def test_a_refusal_is_a_refusal() -> None:
    """Refused treatment is recorded as that: it closes nothing, answers nothing and sets nothing going (S1.6)."""
    circle = supported()
    before = case_view(circle.case(), IRUKA, circle.now)
    circle.do(KAKASHI, i.RecordRefusal(case=CASE, what="counselling"))
    after = case_view(circle.case(), IRUKA, circle.now)
    assert [what for _, what in after.refusals] == ["counselling"]
    assert (before.state, before.contacts) == (after.state, after.contacts)
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.RecordRefusal(case=CASE, what="dinner"))


def test_unanswered_is_not_no() -> None:
    """What was left out of a check-in is shown as left out."""
    circle = supported()
    circle.do(IRUKA, i.CheckIn(colour="yellow"))
    (shown,) = case_view(circle.case(), IRUKA, circle.now).check_ins
    assert (shown.safe, shown.sleep, shown.colour, shown.need) == (None, None, "yellow", None)


def test_a_need_is_somebody_today() -> None:
    """Whoever needs something, or says orange, is called today: the supporter is told at once, and not what it is."""
    for said in (i.CheckIn(need="visit"), i.CheckIn(colour="red")):
        circle = supported()
        circle.ring()
        circle.do(IRUKA, said)
        assert circle.ring() == [("contact", KAKASHI)]
    circle = supported()
    circle.ring()
    circle.do(IRUKA, i.CheckIn(need="nothing", colour="green"))
    assert circle.ring() == []


def test_nothing_is_kept_where_the_law_forbids_it() -> None:
    """In a no-record jurisdiction only contact and the next date are kept; words are refused, never dropped unsaid."""
    circle = supported(law="us-mt")
    with pytest.raises(CareRefused, match="Leave the words out"):
        circle.do(KAKASHI, i.NoteContact(case=CASE, words="he told me about the boy"))
    with pytest.raises(CareRefused, match="Leave the words out"):
        circle.do(IRUKA, i.CheckIn(words="the boy"))
    decision = circle.do(IRUKA, i.CheckIn(sleep="badly", need="company"))
    assert any("lets nothing you answered be kept" in line for line in decision.tells)
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.NoteContact(case=CASE, next_day=circle.now.day + timedelta(days=5)))
    view = case_view(circle.case(), IRUKA, circle.now)
    assert view.check_ins == ()
    assert view.no_record
    assert {one.words for one in view.contacts} == {""}
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.RecordRefusal(case=CASE, what="treatment"))
    with pytest.raises(CareRefused):
        circle.do(KAKASHI, i.NoteSigns(case=CASE, words="pale"))
    circle.do(KAKASHI, i.NoteSigns(case=CASE, words="blood", head=True, medic=SAKURA))
    assert circle.case().signs == []
    assert len(medic_views(circle.known(SAKURA), SAKURA)) == 1


def test_an_unknown_jurisdiction_is_the_strictest() -> None:
    """Where no known law is named nothing is kept either."""
    circle = supported(law="Atlantis")
    with pytest.raises(CareRefused, match="Leave the words out"):
        circle.do(IRUKA, i.CheckIn(words="the boy"))


def test_crossing_check_ins() -> None:
    """Two check-ins that crossed on their way are both kept, in the order in which they were tapped."""
    circle = supported()
    first, second = circle.now, circle.pass_time(hours=1)
    circle.pass_time(hours=1)
    circle.do(IRUKA, i.CheckIn(colour="green", typed_at=second))
    circle.do(IRUKA, i.CheckIn(colour="orange", typed_at=first))
    assert [one.colour for one in circle.case().check_ins] == ["orange", "green"]


def test_a_worry_in_confidence() -> None:
    """A worry goes to the desk of care and to nobody else; not to the one it is about (S3.6)."""
    circle = supported()
    worry = Id(circle.do(SHIKAMARU, i.TellWorry(about=IRUKA, words="he does not open the door")).made)
    (seen,) = worry_views(circle.known(ASUMA))
    assert (seen.about, seen.taken_by) == (IRUKA, None)
    assert worry_views(circle.known(IRUKA)) == worry_views(circle.known(TSUNADE)) == ()
    circle.do(ASUMA, i.TakeWorry(worry=worry))
    assert worry_views(circle.known(KURENAI))[0].taken_by == ASUMA
    for who, intent in (
        (KURENAI, i.TakeWorry(worry=worry)),
        (TSUNADE, i.TakeWorry(worry=worry)),
        (SHIKAMARU, i.TellWorry(about=SHIKAMARU, words="me")),
        (SHIKAMARU, i.TellWorry(about=IRUKA, words="  ")),
    ):
        with pytest.raises(CareRefused):
            circle.do(who, intent)


def test_carers_are_let_in_by_carers() -> None:
    """Only somebody at the desk of care lets another in."""
    circle = supported()
    (leaf,) = circle.do(ASUMA, i.AdmitCarer(carer=SHIZUNE)).leaves
    assert isinstance(leaf, LetCarerIn)
    assert leaf.carer == SHIZUNE
    with pytest.raises(CareRefused):
        circle.do(TSUNADE, i.AdmitCarer(carer=TSUNADE))
    with pytest.raises(CareRefused):
        circle.do(ASUMA, i.AdmitCarer(carer=KURENAI))


@pytest.mark.parametrize(
    "intent",
    [
        i.AgreeContact(day=date(2020, 1, 1)),
        i.AgreeContact(day=date(2099, 1, 1)),
        i.AnswerCare(answer="perhaps"),
        i.AnswerCare(answer="later"),
        i.AnswerCare(answer="later", until=date(2026, 3, 1)),
        i.SetPace(pace="never"),
        i.AskForSomeoneElse(never=IRUKA),
        i.AskForSomeoneElse(never=KAKASHI, wish=KAKASHI),
        i.CheckIn(colour="mauve"),
        i.CheckIn(words="\x00"),
        i.CheckIn(words="x" * 10_000),
        i.PassPromiseOn(promise=Id("nothing")),
        i.ReleaseWords(held=Id("nothing")),
        i.AgreeLimit(limit=Id("nothing")),
        i.AgreeWatch(watch=Id("nothing")),
        i.OwnFlag(flag=Id("nothing")),
        i.ReopenCase(),
        i.NoteContact(case=Id("somebody else's")),
        i.AnswerCare(answer="no", case=Id("somebody else's")),
        i.HandleHeadInjury(about=Id("nothing")),
        i.BeginCase(member=PersonId("ino")),
    ],
)
def test_bad_statements_are_refused_in_words(intent: i.CareIntent) -> None:
    """What cannot be is refused with what is wrong and what to do, and changes nothing."""
    circle = supported()
    before = dict(circle.written)
    with pytest.raises(CareRefused) as refused:
        circle.do(IRUKA, intent)
    assert refused.value.code
    assert len(refused.value.text) > 20
    assert circle.written == before
    assert circle.known(CLOCK).cases
