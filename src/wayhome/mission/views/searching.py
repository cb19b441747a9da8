"""Rows of a search: evidence, the worth of clues, hypotheses, dogs."""

from __future__ import annotations

from collections.abc import Iterator

from wayhome.mission.facts import searching as f
from wayhome.mission.state import Said, World
from wayhome.mission.views import shapes as v
from wayhome.mission.views.missions import of
from wayhome.mission.views.registry import Change, by_time, row, shows


@shows(f.EvidenceNoted)
def evidence(fact: f.EvidenceNoted, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    view = v.EvidenceView(
        evidence=fact.evidence,
        label=held.search.evidence.get(fact.evidence, fact.label),
        words=fact.words,
        piece=fact.piece,
        at=said.at,
        by=said.author,
    )
    yield row(held, "evidence", fact.evidence, view, sort=by_time(said))


@shows(f.EvidenceWithdrawn)
def withdrawn(fact: f.EvidenceWithdrawn, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.evidence, words=fact.reason, by=said.author, at=said.at)
    yield row(of(world, said), "evidence_withdrawn", fact.evidence, note)


@shows(f.ClueWeighed)
def worth(fact: f.ClueWeighed, world: World, said: Said) -> Iterator[Change]:
    weighed = v.ClueWorth(
        planted=fact.planted,
        anothers=fact.anothers,
        left_from=fact.left_from,
        left_until=fact.left_until,
        within_m=fact.within_m,
    )
    view = v.ClueWorthView(clue=fact.clue, worth=weighed, by=said.author, at=said.at)
    yield row(of(world, said), "clue_worth", fact.clue, view)


@shows(f.HypothesisStated)
def hypothesis(fact: f.HypothesisStated, world: World, said: Said) -> Iterator[Change]:
    view = v.HypothesisView(
        hypothesis=fact.hypothesis,
        name=fact.name,
        odds=fact.odds,
        words=fact.words,
        category=fact.category,
        evader=fact.evader,
        injured=fact.injured,
        heading_deg=fact.heading_deg,
        goals=fact.goals,
        at=said.at,
        by=said.author,
    )
    yield row(of(world, said), "hypothesis", fact.hypothesis, view, sort=by_time(said))


@shows(f.HypothesisDropped)
def dropped(fact: f.HypothesisDropped, world: World, said: Said) -> Iterator[Change]:
    note = v.NoteView(what=fact.hypothesis, words=fact.reason, by=said.author, at=said.at)
    yield row(of(world, said), "hypothesis_dropped", fact.hypothesis, note)


@shows(f.DogLent, f.DogStateSaid)
def dog(fact: f.DogLent | f.DogStateSaid, world: World, said: Said) -> Iterator[Change]:
    held = of(world, said)
    found = held.search.dogs.get(fact.dog)
    if found is None:
        return
    view = v.DogView(
        dog=found.id,
        name=found.name,
        owner=found.owner,
        handler=found.handler,
        since=found.since,
        article=found.article,
        state=found.state,
        state_at=found.state_at,
    )
    yield row(held, "dog", found.id, view, sort=found.name)
