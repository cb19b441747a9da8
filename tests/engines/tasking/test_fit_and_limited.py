"""Fitness and agreed limits in a proposal: who goes, what is said of it, and what of it is written down."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wayhome.engines.tasking import (
    Candidate,
    MissionNeed,
    Pair,
    Proposal,
    Request,
    SkillNeed,
    TaskingError,
    backup,
    for_everyone,
    next_candidates,
    propose,
    without_personal,
)

SEARCH = MissionNeed(id="search", name="Search", skills=(SkillNeed("rope", 2),))


def rope(name: str, **more: object) -> Candidate:
    values = {"id": name, "name": name.capitalize(), "skills": {"rope": 3}, "travel_h": {"search": 1.0}} | more
    return Candidate(**values)  # type: ignore[arg-type]  # fields


def team(proposal: Proposal) -> dict[str, tuple[str, ...]]:
    return {pick.person: pick.personal for one in proposal.teams for pick in one.picks}


def asked(*people: Candidate, need: MissionNeed = SEARCH, **more: object) -> Request:
    return Request(people=people, missions=(need,), **more)  # type: ignore[arg-type]  # fields


def test_the_impaired_go_only_where_nobody_else_can() -> None:
    """Somebody rested far away is picked before somebody impaired near by; alone, the impaired are named with why."""
    tired = rope("lee", fitness="impaired", fitness_why=("less than 5 h of sleep",))
    rested = rope("neji", travel_h={"search": 9.0}, fitness="fit")
    assert set(team(propose(asked(tired, rested)))) == {"neji"}
    alone = team(propose(asked(tired)))
    assert alone["lee"] == ("Impaired: less than 5 h of sleep.",)
    strict = propose(asked(tired, allow_exceptions=False))
    assert strict.teams[0].not_considered[0].reason == "impaired: less than 5 h of sleep"


def test_caution_weighs_and_unknown_is_said_and_does_not() -> None:
    """Of two alike, the one of whom caution is asked stays; somebody of whom nothing is known is shown as that."""
    careful = rope("lee", fitness="caution", fitness_why=("awake 17 h",))
    unknown = rope("neji", travel_h={"search": 1.5}, fitness="unknown", fitness_why=("not signed on for duty",))
    assert team(propose(asked(careful, unknown))) == {"neji": ("Fitness not known: not signed on for duty.",)}
    assert team(propose(asked(careful))) == {"lee": ("Fit with caution: awake 17 h.",)}


def test_a_word_that_is_no_fitness_is_refused() -> None:
    """Fitness is one of four words."""
    with pytest.raises(TaskingError, match="fitness"):
        rope("lee", fitness="splendid")


def test_every_partner_that_was_agreed_goes_along() -> None:
    """Two limits with two partners: both go along, or the member does not go."""
    lee = rope("lee", with_each=("gai", "neji"), skills={"rope": 5})
    gai, neji = rope("gai", skills={}), rope("neji", skills={})
    assert set(team(propose(asked(lee, gai, neji)))) == {"lee", "gai", "neji"}
    without = propose(asked(lee, gai, rope("tenten"), forbidden=(Pair("gai", "search"),)))
    assert set(team(without)) == {"tenten"}
    left = {one.person: one for one in without.teams[0].not_considered}
    assert left["lee"].personal
    assert "duty limit" in left["lee"].reason


def test_whom_to_ask_next_names_the_partner_that_is_missing() -> None:
    """Somebody limited can be asked next, and it says that their partner is missing."""
    lee, gai = rope("lee", with_each=("gai",)), rope("gai", skills={})
    ranked = {one.pick.person: one for one in next_candidates(asked(lee, gai), "search", ())}
    assert "the partner whom Lee needs" in ranked["lee"].lacks
    assert next_candidates(asked(lee, gai), "search", ("gai",))[0].fills


def test_what_is_written_down_says_nothing_of_fitness_or_limits() -> None:
    """Nothing personal stands in the proposal that everybody may read, nor in its points, nor in a clash."""
    lee = rope("lee", fitness="impaired", fitness_why=("SLEPT",), limits=("AGREED",), with_each=("gai",))
    gai = rope("gai", skills={}, fitness="caution", fitness_why=("SLEPT",))
    shown = propose(asked(lee, gai))
    assert "SLEPT" in text(shown)
    assert "AGREED" in text(shown)
    written = for_everyone(shown)
    for word in ("SLEPT", "AGREED", "impaired", "tired", "caution:", "limit"):
        assert word not in text(written), word
    assert sum(written.account.values()) == written.points
    alone = propose(asked(lee, gai, fixed=(Pair("lee", "search"),), forbidden=(Pair("gai", "search"),)))
    assert alone.clash is not None
    assert "Lee goes only with" in text(alone)
    assert "only with" not in text(for_everyone(alone))


def text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def test_the_question_that_is_written_down_is_the_same_whatever_was_said() -> None:
    """The digest of a question's inputs would be a way to try out guesses: it is made without what was said."""
    plain = asked(rope("lee"), rope("gai"))
    said = asked(rope("lee", fitness="fit", limits=("AGREED",), with_each=("gai",)), rope("gai", fitness="impaired"))
    assert json.loads(text(without_personal(said))) == json.loads(text(without_personal(plain)))


def test_backup_says_how_fit_whoever_can_come_is() -> None:
    """Whoever comes is named with how fit they are."""
    found = backup((rope("lee"), rope("gai", fitness="caution", fitness_why=("awake 18 h",))), SEARCH, ("lee",))
    assert found.arrivals[0].personal == ("Fit with caution: awake 18 h.",)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.sets(st.integers(0, 5), max_size=2)), min_size=1, max_size=6))
def test_no_proposal_ever_parts_agreed_partners(people: list[tuple[int, set[int]]]) -> None:
    """Whatever limits there are, circular ones among them: whoever is sent has every partner along."""
    known = [f"p{number}" for number in range(len(people))]
    candidates = tuple(
        rope(who, skills={"rope": level}, with_each=tuple(f"p{p}" for p in sorted(partners) if f"p{p}" != who))
        for who, (level, partners) in zip(known, people, strict=True)
    )
    sent = team(propose(asked(*candidates)))
    for one in candidates:
        if one.id in sent:
            assert set(one.with_each) <= set(sent)
