"""How the facts of a search add up: labels of evidence, hypotheses that stand, dogs and their handlers."""

from __future__ import annotations

from wayhome.mission.facts import searching as f
from wayhome.mission.folding.registry import on_mission
from wayhome.mission.state import Mission, Said
from wayhome.mission.state_search import Dog, Hypothesis
from wayhome.values.ids import handle


@on_mission(f.EvidenceNoted)
def noted(mission: Mission, fact: f.EvidenceNoted, said: Said) -> None:
    held = mission.search
    held.numbers[said.replica] = max(fact.number, held.numbers.get(said.replica, 0))
    taken = {label for piece, label in held.evidence.items() if piece != fact.evidence}
    held.evidence[fact.evidence] = _free(taken, fact, said)
    held.said_by[fact.evidence] = said.author


def _free(taken: set[str], fact: f.EvidenceNoted, said: Said) -> str:
    """The label as said on the radio; longer by a letter where another laptop's tag happens to be the same."""
    label, length = fact.label, 4
    while label in taken:
        length += 1
        label = f"E{fact.number}-{(handle(said.replica) + said.replica.upper())[:length]}"
    return label


@on_mission(f.EvidenceWithdrawn)
def withdrawn(mission: Mission, fact: f.EvidenceWithdrawn, said: Said) -> None:
    mission.search.withdrawn.add(fact.evidence)


@on_mission(f.HypothesisStated)
def stated(mission: Mission, fact: f.HypothesisStated, said: Said) -> None:
    mission.search.hypotheses[fact.hypothesis] = Hypothesis(fact.hypothesis, fact.name, said.author, said.at)


@on_mission(f.HypothesisDropped)
def dropped(mission: Mission, fact: f.HypothesisDropped, said: Said) -> None:
    mission.search.hypotheses.pop(fact.hypothesis, None)


@on_mission(f.DogLent)
def lent(mission: Mission, fact: f.DogLent, said: Said) -> None:
    dogs = mission.search.dogs
    before = dogs.get(fact.dog)
    if before is None:
        dogs[fact.dog] = Dog(fact.dog, fact.name, fact.owner, fact.handler, said.at, fact.article)
        return
    before.handler, before.since = fact.handler, said.at
    before.article = fact.article or before.article


@on_mission(f.DogStateSaid)
def dog_state(mission: Mission, fact: f.DogStateSaid, said: Said) -> None:
    dog = mission.search.dogs.get(fact.dog)
    if dog:
        dog.state, dog.state_at = fact.state, said.at
