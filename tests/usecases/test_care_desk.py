"""Care as somebody whose keys are in memory: stated once, read by those it is for, and nothing lost between."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.fakes.caring import CareScene

from wayhome.engines.care import stated as s
from wayhome.engines.care.letters import CaseKeyGiven, CaseRead, CheckedIn, ContactMade, KeyShareGiven
from wayhome.engines.care.sharing import join
from wayhome.mission.intents import people as p
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.missions import NoteExposure
from wayhome.usecases.acting import Acting, Done
from wayhome.usecases.care.desk import CareDesk
from wayhome.usecases.ports import NotDurable
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import derive


@pytest.fixture
def scene() -> CareScene:
    return CareScene()


def looked_after(scene: CareScene, member: str = "Choji", by: str = "Neji") -> None:
    """A case that somebody asked for and somebody took."""
    scene.care(member, s.AskForCare())
    scene.care(by, s.TakeCase(case=scene.case(member)))


# once, and whole


def test_the_same_key_again_changes_nothing(scene: CareScene) -> None:
    """A check-in that is sent twice by a phone is one check-in."""
    key = derive("test", "twice")
    first = scene.care("Choji", s.CheckIn(sleep="badly"), key=key)
    again = scene.care("Choji", s.CheckIn(sleep="badly"), key=key)
    assert (first.already, again.already) == (False, True)
    assert len([one for one in scene.letters("Choji") if isinstance(one.fact, CheckedIn)]) == 1


class Dying:
    """Acting whose process dies before the record hears of anything."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._acting, name)

    def do(self, intent: Intent, **_: Any) -> Done:
        raise NotDurable(f"died before {type(intent).__name__}")


def test_what_leaves_is_made_up_for_after_a_death_between(scene: CareScene) -> None:
    """Letters are written, and the record heard nothing: the same statement again states that, and no more."""
    looked_after(scene)
    scene.care("Choji", s.AllowTicks(ticks=True))
    key = derive("test", "a visit")
    visit = s.NoteContact(by_way_of="visit", minutes=30, case=scene.case("Choji"))
    house = scene.house
    dying: Any = Dying(house.acting)
    ring = house.rings.lend(scene["Neji"])
    with pytest.raises(NotDurable):
        CareDesk(house.log, dying, ring, house._means, house.clock, lambda: "").do(visit, key=key)
    assert scene.house.as_member(scene["Tsunade"]).read("contact_ticks").value == ()
    assert scene.care("Neji", visit, key=key).already
    assert scene.care("Neji", visit, key=key).already
    assert len(scene.house.as_member(scene["Tsunade"]).read("contact_ticks").value) == 1
    assert len(scene.house.as_member(scene["Tsunade"]).read("visits").value) == 1
    assert len([one for one in scene.letters("Choji") if isinstance(one.fact, ContactMade)]) == 1


def test_what_the_record_refuses_writes_no_letter(scene: CareScene) -> None:
    """A promise whose owner is not on the roster is not passed on, and stays where it was."""
    looked_after(scene)
    promise = s.MakePromise(words="out together", owner=scene["a stranger"], case=scene.case("Choji"))
    made = scene.care("Neji", promise).made
    before = len(scene.letters("Choji"))
    assert scene.care_refused("Choji", s.PassPromiseOn(promise=made)).code == "no such member"  # type: ignore[arg-type]
    assert len(scene.letters("Choji")) == before


# who reads


def test_a_case_is_there_for_those_it_is_for_alone(scene: CareScene) -> None:
    """The member and whoever looks after them open it; a carer at the desk, command and others are told of none."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="the ford", sleep="badly"))
    assert scene.reads("Choji", "my_care").check_ins[0].words == "the ford"
    assert scene.reads("Neji", "care_case", case=scene.case("Choji")).check_ins[0].words == "the ford"
    for other in ("Shizune", "Tsunade", "Shikamaru"):
        with pytest.raises(NothingThere):
            scene.reads(other, "care_case", case=scene.case("Choji"))
        assert scene.reads(other, "my_care") is None
        assert scene.reads(other, "care_cases") == ()


def test_a_case_that_is_there_and_one_that_is_not_are_refused_alike(scene: CareScene) -> None:
    """Whoever tries cases out by their id learns nothing."""
    looked_after(scene)
    told = []
    for member in ("Choji", "Kotetsu"):
        with pytest.raises(NothingThere) as refused:
            scene.reads("Tsunade", "care_case", case=scene.case(member))
        told.append(str(refused.value))
        told.append(scene.care_refused("Tsunade", s.NoteContact(case=scene.case(member))).text)
    assert told[:2] == told[2:]


def test_the_member_reads_who_opened_their_case(scene: CareScene) -> None:
    """That a supporter opened it is written, once in ten minutes, and their own looking never."""
    looked_after(scene)
    for _ in range(3):
        scene.reads("Neji", "care_case", case=scene.case("Choji"))
        scene.reads("Choji", "my_care")
    scene.clock.forward(minutes=11)
    scene.reads("Neji", "care_cases")
    assert [name for name, _ in scene.reads("Choji", "my_care").read_by] == ["Neji", "Neji"]
    assert {one.by for one in scene.letters("Choji") if isinstance(one.fact, CaseRead)} == {scene["Neji"]}


def test_naming_whom_one_looks_after_opens_nothing(scene: CareScene) -> None:
    """The list of names is no look at a case."""
    looked_after(scene)
    assert [one.member_name for one in scene.reads("Neji", "care_whom")] == ["Choji"]
    assert scene.reads("Choji", "my_care").read_by == ()


def test_whoever_comes_later_reads_what_comes_later(scene: CareScene) -> None:
    """Another supporter opens what is written from then on, and the one who left nothing of it."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="before"))
    scene.care("Neji", s.LeaveCase(case=scene.case("Choji")))
    scene.clock.forward(minutes=1)
    scene.care("Shizune", s.TakeCase(case=scene.case("Choji")))
    scene.clock.forward(minutes=1)
    scene.care("Choji", s.CheckIn(words="after"))
    seen = scene.reads("Shizune", "care_case", case=scene.case("Choji"))
    assert [one.words for one in seen.check_ins] == ["after"]
    assert scene.reads("Neji", "care_cases") == ()
    assert "after" not in str(scene.letters("Neji"))


def test_a_key_that_could_not_be_given_is_given_later(scene: CareScene) -> None:
    """A case is begun for somebody who never signed in: once they do, whoever has its key gives it to them, unseen."""
    scene.care("Neji", s.BeginCase(member=scene["Choji"]))
    scene.care("Neji", s.TakeCase(case=scene.case("Choji")))
    assert scene.reads("Choji", "my_care") is None
    scene.reads("Neji", "care_cases")
    seen = scene.reads("Choji", "my_care")
    assert (seen.state, seen.supporter_name) == ("offered", "Neji")
    given = [one for one in scene.letters("Choji") if isinstance(one.fact, CaseKeyGiven)]
    scene.reads("Neji", "care_cases")
    assert [one for one in scene.letters("Choji") if isinstance(one.fact, CaseKeyGiven)] == given


def test_two_professionals_together_hold_the_key_of_a_case(scene: CareScene) -> None:
    """Each of them has a share that says nothing; two give the key of the case."""
    scene.do("Tsunade", p.SetDuties(member=scene["Neji"], duties=("carer", "medic")))
    scene.care("Choji", s.AskForCare())
    shares = [one.fact.share for who in ("Shizune", "Neji") for one in scene.letters(who)
              if isinstance(one.fact, KeyShareGiven)]  # fmt: skip
    (key,) = [one.fact.key for one in scene.letters("Choji") if isinstance(one.fact, CaseKeyGiven)]
    assert len(shares) == 2
    assert join(shares) == key
    assert all(share[1:] != key for share in shares)


def three_professionals(scene: CareScene) -> None:
    """Shizune, Kotetsu and Shikamaru are carers and medics; Neji looks after Choji."""
    for name in ("Kotetsu", "Shikamaru"):
        scene.do("Tsunade", p.SetDuties(member=scene[name], duties=("carer", "medic")))
        scene.meets(name)
        scene.care("Shizune", s.AdmitCarer(carer=scene[name]))
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="the ford"))


def test_two_professionals_open_a_case_at_the_last_step(scene: CareScene) -> None:
    """Not before, not one alone, not without a reason that the law knows; and the member reads who did, and why."""
    three_professionals(scene)
    opens = s.OpenTogether(case=scene.case("Choji"), reason="vital interests")
    assert scene.care_refused("Shizune", opens).code == "not the last step"
    scene.care("Choji", s.CheckIn(safe=False))
    scene.goes_on(minutes=16)
    curious = s.OpenTogether(case=scene.case("Choji"), reason="I would like to know")
    assert "the reasons are" in scene.care_refused("Shizune", curious).text
    assert scene.care_refused("Tsunade", opens).code == "no such case"
    scene.care("Shizune", opens)
    for who in ("Shizune", "Kotetsu"):
        with pytest.raises(NothingThere):
            scene.reads(who, "care_case", case=scene.case("Choji"))
    scene.care("Kotetsu", opens)
    for who in ("Shizune", "Kotetsu"):
        assert scene.reads(who, "care_case", case=scene.case("Choji")).check_ins[0].words == "the ford"
    with pytest.raises(NothingThere):
        scene.reads("Shikamaru", "care_case", case=scene.case("Choji"))
    mine = scene.reads("Choji", "my_care")
    assert [name for name, _, _ in mine.lent_by] == ["Shizune", "Kotetsu"]
    assert {why for _, _, why in mine.lent_by} == {"to protect somebody's life where they cannot consent"}
    assert {name for name, _ in mine.read_by} == {"Shizune", "Kotetsu"}


def test_shares_do_not_open_what_was_written_before_they_were_made(scene: CareScene) -> None:
    """Whoever was named later has no share of an earlier key, and is told so."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(safe=False))
    scene.goes_on(minutes=16)
    refusal = scene.care_refused("Shizune", s.OpenTogether(case=scene.case("Choji"), reason="consent"))
    assert refusal.code == "no share"


# the desk of care


def test_the_desk_is_for_those_who_were_let_in(scene: CareScene) -> None:
    """Command gives the duty; in lets only who is in."""
    scene.do("Tsunade", p.SetDuties(member=scene["Kotetsu"], duties=("carer",)))
    for read in ("care_desk", "care_counts"):
        arguments = {"quarter": "2025-Q4"} if read == "care_counts" else {}
        with pytest.raises(Exception, match="for carers whom one of them has let in"):
            scene.reads("Kotetsu", read, **arguments)
    assert scene.care_refused("Kotetsu", s.AdmitCarer(carer=scene["Kotetsu"])).code == "not yours to do"
    scene.care("Neji", s.AdmitCarer(carer=scene["Kotetsu"]))
    assert scene.reads("Kotetsu", "care_desk") == ()


def test_a_worry_needs_somebody_to_read_it() -> None:
    """Before any carer is in, whoever worries is told whom to ask, and nothing is lost silently."""
    scene = CareScene(admitted=False)
    refusal = scene.care_refused("Choji", s.TellWorry(about=scene["Neji"], words="he does not sleep"))
    assert refusal.code == "no desk of care"
    assert "ask for a carer to sign in once" in refusal.text


def test_a_worry_is_for_the_desk_and_not_for_whom_it_is_about(scene: CareScene) -> None:
    """It is read by carers, with who told it, and by nobody else."""
    scene.care("Choji", s.TellWorry(about=scene["Shikamaru"], words="he does not sleep"))
    (worry,) = scene.reads("Neji", "worries")
    assert (worry.about_name, worry.by_name, worry.words) == ("Shikamaru", "Choji", "he does not sleep")
    for other in ("Shikamaru", "Tsunade"):
        assert scene.reads(other, "worries") == ()


def test_a_follow_up_that_nobody_took_up_is_red_at_the_desk(scene: CareScene) -> None:
    """What opened by itself stands there until a carer takes it up, with what the record says of it."""
    scene.departs("Choji")
    _exposed(scene, "Choji")
    (red,) = scene.reads("Neji", "care_desk")
    assert (red.member_name, red.owner, red.closed) == ("Choji", None, False)
    assert [one.red for one in scene.reads("Neji", "care_waiting")] == [True]
    scene.care("Neji", s.BeginCase(member=scene["Choji"], follow_up=red.follow_up))
    (begun,) = scene.reads("Neji", "care_desk")
    assert begun.follow_up is None
    scene.care("Neji", s.TakeCase(case=scene.case("Choji")))
    seen = scene.reads("Neji", "care_case", case=scene.case("Choji"))
    assert (seen.origin, seen.reasons) == ("exposure", ("killed somebody", "was outnumbered"))


def _exposed(scene: CareScene, name: str) -> None:
    kinds = ("kill", "outnumbered")
    scene.do("Shizune", NoteExposure(mission=scene.mission, member=scene[name], kinds=kinds))


# bad input


def test_nobody_looks_after_themselves_nor_round_in_a_circle(scene: CareScene) -> None:
    """A supporter who is the member, and two who would look after each other, are refused whatever was proposed."""
    scene.care("Neji", s.AskForCare())
    assert scene.care_refused("Neji", s.TakeCase(case=scene.case("Neji"))).code in ("yourself", "excluded")
    scene.care("Shizune", s.TakeCase(case=scene.case("Neji")))
    scene.care("Shizune", s.AskForCare())
    assert scene.care_refused("Neji", s.TakeCase(case=scene.case("Shizune"))).code == "excluded"
    excluded = {one.name: one.reasons for one in scene.reads("Neji", "supporters", case=scene.case("Shizune")).excluded}
    assert "the two would look after each other" in " ".join(excluded["Neji"])


def test_a_check_in_reopens_a_closed_case_and_says_so(scene: CareScene) -> None:
    """Whoever checks in later is heard, also where the case was closed."""
    looked_after(scene)
    scene.care("Choji", s.CloseCase())
    scene.clock.forward(days=1)
    done = scene.care("Choji", s.CheckIn(sleep="hardly"))
    assert "your case was closed: it is open again" in done.tells
    assert scene.reads("Choji", "my_care").state != "closed"


def test_two_check_ins_that_crossed_are_both_kept_as_they_were_tapped(scene: CareScene) -> None:
    """One waited on the phone while another was made elsewhere: both stand, in the order in which they were tapped."""
    earlier = scene.now.plus(hours=-3)
    scene.care("Choji", s.CheckIn(colour="green"))
    scene.clock.forward(minutes=5)
    scene.care("Choji", s.CheckIn(colour="red", typed_at=earlier))
    colours = {one.colour: one.at.ms for one in scene.reads("Choji", "my_care").check_ins}
    assert colours["red"] < colours["green"]


def test_whoever_leaves_the_team_is_still_offered_what_is_ahead(scene: CareScene) -> None:
    """On day 40 somebody leaves: their own case stays theirs, and the contact after three months is still there."""
    looked_after(scene)
    scene.goes_on(days=40)
    scene.do("Tsunade", p.SetDutyStatus(member=scene["Choji"], status="away"))
    later = [one for one in scene.reads("Choji", "my_care").contacts if one.name == "3 months"]
    assert later[0].state == "ahead"
    assert scene.care("Choji", s.CheckIn(sleep="well")).already is False


def test_an_unknown_follow_up_is_not_there(scene: CareScene) -> None:
    """A follow-up of somebody else, or of nobody, begins nothing."""
    with pytest.raises(NothingThere):
        scene.care("Neji", s.BeginCase(member=scene["Choji"], follow_up=derive("nothing")))


# out of care again


def test_erasing_destroys_what_was_written_and_says_only_that(scene: CareScene) -> None:
    """Nothing of it opens any more, for anybody; that somebody erased is the same whether or not there was anything."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="the ford"))
    for name in ("Choji", "Kotetsu"):
        scene.care(name, s.EraseCase())
        assert len(scene.house.as_member(scene[name]).read("care_erased").value) == 1
    assert scene.reads("Choji", "my_care") is None
    assert scene.reads("Neji", "care_cases") == scene.reads("Neji", "care_desk") == ()
    assert "the ford" not in "".join(str(scene.letters(who)) for who in ("Choji", "Neji", "Shizune"))


def test_the_export_has_everything_but_keys(scene: CareScene) -> None:
    """The member carries away what was written of them, to be read and as data; no key leaves with it."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="the ford", sleep="badly"))
    held = scene.reads("Choji", "export_care")
    facts = [msgspec.json.decode(one)["fact"] for one in held.letters]
    assert {"CaseOpened", "SupporterTaken", "CheckedIn"} <= {fact["kind"] for fact in facts}
    assert not {"CaseKeyGiven", "KeyShareGiven"} & {fact["kind"] for fact in facts}
    assert any("Choji: checked in" in line and "the ford" in line for line in held.text)
    assert scene.reads("Kotetsu", "export_care").letters == ()


def test_counts_of_few_are_not_shown(scene: CareScene) -> None:
    """A quarter with two cases gives no number from which anybody could be picked out."""
    looked_after(scene)
    scene.care("Kotetsu", s.AskForCare())
    scene.goes_on(days=60)
    (counted,) = scene.reads("Neji", "care_counts", quarter="2026-Q1")
    assert counted.counts == ()
    assert counted.hidden > 0


def test_counts_say_how_a_quarter_ended_whenever_they_are_counted(scene: CareScene) -> None:
    """What happens after a quarter changes nothing of it: when somebody counted must not show in what they counted."""
    scene.care("Choji", s.AskForCare())
    scene.goes_on(days=60)

    def groups() -> list[tuple[str, ...]]:
        house = scene.house
        ring = house.rings.lend(scene["Neji"])
        reading = CareDesk(house.log, house.acting, ring, house._means, house.clock, lambda: "")._reading(
            tuple(house.rings.box.read(ring))
        )
        return [tuple(who) for who in reading._groups("2026-Q1").values()]

    assert groups() == [(), (scene["Choji"],)]
    scene.care("Neji", s.TakeCase(case=scene.case("Choji")))
    scene.care("Kotetsu", s.AskForCare())
    assert groups() == [(), (scene["Choji"],)]


def test_what_was_kept_long_enough_is_destroyed(scene: CareScene) -> None:
    """When the law's time after a closed case is over, its letters go for good; until then they stay, and held words
    stay for as long as their member wants them."""
    looked_after(scene)
    scene.care("Choji", s.CheckIn(words="the ford", sleep="badly"))
    scene.care("Choji", s.HoldWords(mission=scene.mission, words="I should have gone first"))
    scene.care("Choji", s.CloseCase(case=scene.case("Choji")))
    months = scene.house._means.law().keep_months
    scene.goes_on(days=30 * months)
    assert any("the ford" in line for line in scene.reads("Choji", "export_care").text)
    scene.goes_on(days=2 * 366)
    assert not any("the ford" in line for line in scene.reads("Choji", "export_care").text)
    assert [one.words for one in scene.reads("Choji", "held_words")] == ["I should have gone first"]
    assert scene.reads("Neji", "care_cases") == ()
