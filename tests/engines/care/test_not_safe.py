"""Somebody is not safe: a human being has it within minutes, and no single word ends it (C5)."""

from __future__ import annotations

from datetime import date

import pytest
from tests.engines.care.circle import ASUMA, CLOCK, IRUKA, KAKASHI, KURENAI, SHIZUNE, TSUNADE, Circle

from wayhome.engines.care import stated as i
from wayhome.engines.care.case import case_of
from wayhome.engines.care.deciding import CareRefused
from wayhome.engines.care.viewing import case_view, desk_views, waiting_views
from wayhome.values.ids import Id
from wayhome.values.when import Moment

CASE = case_of(IRUKA)


def said(circle: Circle) -> Id:
    """Iruka says that he is not safe; the name of what stands."""
    circle.do(IRUKA, i.CheckIn(safe=False))
    return circle.case().open_flags[0].id


def supported() -> Circle:
    """Kakashi looks after Iruka, Asuma as the second one."""
    circle = Circle(carers=(KAKASHI, ASUMA, KURENAI))
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(KAKASHI, i.TakeCase(case=CASE))
    circle.pass_time(minutes=1)
    circle.do(ASUMA, i.TakeCase(case=CASE, co=True))
    circle.pass_time(minutes=1)
    circle.ring()
    return circle


def test_everybody_is_sought_within_fifteen_minutes() -> None:
    """Supporter, second one, carers, professionals are told within 15 minutes, each once, the supporter at once."""
    circle = supported()
    said(circle)
    told = [circle.ring()]
    for _ in range(14):
        circle.pass_time(minutes=1)
        told.append(circle.ring())
    assert told[0] == [("not safe", KAKASHI)]
    assert sorted(person for round_ in told for _, person in round_) == sorted([KAKASHI, ASUMA, KURENAI, SHIZUNE])


def test_whoever_cannot_be_reached_costs_no_time() -> None:
    """A phone that fails brings the next person at once, down to the last."""
    circle = supported()
    said(circle)
    assert circle.ring(unreachable=frozenset({KAKASHI, ASUMA, KURENAI})) == [("not safe", SHIZUNE)]


def test_nobody_can_be_reached() -> None:
    """Where nobody can be reached it stays open and red, is tried again, and is never taken for done."""
    circle = supported()
    said(circle)
    everybody = frozenset({KAKASHI, ASUMA, KURENAI, SHIZUNE})
    assert circle.ring(unreachable=everybody) == []
    (view,) = desk_views(circle.known(KURENAI))
    assert [(flag.owner, flag.closed, flag.sought) for flag in view.flags] == [(None, False, ())]
    circle.pass_time(hours=13)
    assert circle.due() == []
    assert circle.case().open_flags


def test_again_and_again_until_somebody_has_it() -> None:
    """Told and not taken: everybody is told again after half an hour; once somebody has it nobody else is called."""
    circle = supported()
    flag = said(circle)
    circle.pass_time(minutes=15)
    circle.ring()
    circle.pass_time(minutes=15)
    assert {person for _, person in circle.ring()} == {KAKASHI, ASUMA, KURENAI, SHIZUNE}
    circle.do(KURENAI, i.OwnFlag(flag=flag))
    circle.pass_time(days=2)
    assert circle.ring() == []
    assert circle.case().flags[flag].owner == KURENAI


def test_until_somebody_has_it_the_member_reads_whom_to_call() -> None:
    """What is told to the member first is that nobody was told yet, and what number to call."""
    circle = supported()
    decision = circle.do(IRUKA, i.CheckIn(safe=False))
    assert decision.tells[0] == "Nobody has been told yet: call 112."


def test_not_closed_by_one_denial() -> None:
    """The member's *I am safe* closes nothing, nor does the member's word with nobody else's."""
    circle = supported()
    flag = said(circle)
    circle.pass_time(minutes=1)
    decision = circle.do(IRUKA, i.CheckIn(safe=True))
    assert any("until two people say" in line for line in decision.tells)
    circle.do(IRUKA, i.CloseFlag(flag=flag))
    assert not circle.case().flags[flag].closed
    with pytest.raises(CareRefused, match="already"):
        circle.do(IRUKA, i.CloseFlag(flag=flag))


def test_not_closed_by_one_person() -> None:
    """A supporter alone closes nothing, however often; with the member, or a second one, it is over."""
    circle = supported()
    flag = said(circle)
    circle.do(KAKASHI, i.OwnFlag(flag=flag))
    circle.do(KAKASHI, i.CloseFlag(flag=flag))
    with pytest.raises(CareRefused, match="already"):
        circle.do(KAKASHI, i.CloseFlag(flag=flag))
    assert circle.case().open_flags
    circle.do(IRUKA, i.CloseFlag(flag=flag))
    assert not circle.case().open_flags
    with pytest.raises(CareRefused, match="over"):
        circle.do(ASUMA, i.CloseFlag(flag=flag))


def test_closed_by_two_others() -> None:
    """Two people of whom neither is the member close it as well."""
    circle = supported()
    flag = said(circle)
    circle.do(KAKASHI, i.CloseFlag(flag=flag))
    circle.do(KURENAI, i.CloseFlag(flag=flag))
    assert not circle.case(seen_by=CLOCK).open_flags


def test_nobody_has_their_own() -> None:
    """The member cannot take it themselves: that would end the search with nobody there."""
    circle = supported()
    flag = said(circle)
    with pytest.raises(CareRefused, match="somebody else has to"):
        circle.do(IRUKA, i.OwnFlag(flag=flag))
    with pytest.raises(CareRefused, match="nobody you look after"):
        circle.do(TSUNADE, i.OwnFlag(flag=flag))


def test_not_ended_by_closing_or_erasing() -> None:
    """While somebody is sought the case is neither closed nor erased: that would be one person's word."""
    circle = supported()
    said(circle)
    for intent in (i.CloseCase(), i.EraseCase()):
        with pytest.raises(CareRefused, match="two people"):
            circle.do(IRUKA, intent)
    assert circle.case(seen_by=CLOCK).open_flags


def test_said_again_while_somebody_has_it() -> None:
    """Not safe once more while somebody has it calls that one first, anew; while nobody has, the search goes on."""
    circle = supported()
    flag = said(circle)
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.CheckIn(safe=False))
    assert [one.id for one in circle.case().open_flags] == [flag]
    circle.do(KURENAI, i.OwnFlag(flag=flag))
    circle.pass_time(hours=2)
    circle.do(IRUKA, i.CheckIn(safe=False))
    assert len(circle.case().open_flags) == 2
    assert circle.ring() == [("not safe", KURENAI)]


def test_not_safe_is_never_refused() -> None:
    """Whatever else is wrong with what was sent, *not safe* is heard: odd answers, too many words, a clock ahead."""
    for law in ("eu", "us-mt", "nowhere at all"):
        circle = Circle(law=law)
        odd = i.CheckIn(safe=False, sleep="?!", colour="mauve", words="x" * 50_000 + "\x00", typed_at=Moment(10**14))
        circle.do(IRUKA, odd)
        assert circle.case().open_flags, law


def test_without_a_case_or_a_desk() -> None:
    """Not safe said before any carer came in, by somebody without a case, stands all the same and says whom to call."""
    circle = Circle(carers=())
    decision = circle.do(IRUKA, i.CheckIn(safe=False))
    assert circle.case().open_flags
    assert decision.tells[0] == "Nobody has been told yet: call 112."
    assert any("knows nobody whom it could tell" in line for line in decision.tells)


def test_only_the_one_who_has_it_is_shown() -> None:
    """The desk reads that somebody is not safe and who has it, and nothing of what was said."""
    circle = supported()
    flag = said(circle)
    circle.do(IRUKA, i.CheckIn(words="I cannot stop seeing him", safe=False))
    seen = circle.case(seen_by=KURENAI)
    assert seen.check_ins == []
    assert flag in seen.flags
    assert waiting_views(circle.known(KURENAI), KURENAI, circle.now, carer=True)[0].what == "not safe"
    assert case_view(circle.case(), IRUKA, circle.now).flags[0].flag == flag


def test_a_vetoed_carer_is_called_only_where_nobody_else_is() -> None:
    """Whom the member will not have is not called while anybody else is there, and is where nobody else is."""
    circle = Circle(carers=(ASUMA,))
    circle.professionals = ()
    circle.do(IRUKA, i.AskForCare())
    circle.pass_time(minutes=1)
    circle.do(IRUKA, i.AskForSomeoneElse(never=ASUMA))
    circle.pass_time(minutes=1)
    said(circle)
    assert ("not safe", ASUMA) in circle.ring()
    other = Circle(carers=(ASUMA, KURENAI))
    other.do(IRUKA, i.AskForCare())
    other.pass_time(minutes=1)
    other.do(IRUKA, i.AskForSomeoneElse(never=ASUMA))
    other.pass_time(minutes=1)
    said(other)
    other.pass_time(minutes=15)
    assert ("not safe", ASUMA) not in other.ring()


def test_with_the_day() -> None:
    """The member who is not safe late at night is looked for at night: no step waits for the morning."""
    circle = supported()
    circle.pass_time(hours=12)
    assert circle.now.local.date() == date(2026, 3, 2)
    said(circle)
    assert circle.ring() == [("not safe", KAKASHI)]
