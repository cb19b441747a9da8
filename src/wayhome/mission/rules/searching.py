"""What may be stated of a search: evidence that can be so, hypotheses, the worth of clues, and dogs under orders."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, Final

import msgspec

from wayhome.mission.facts import searching as f
from wayhome.mission.intents import searching as i
from wayhome.mission.rules.common import (
    IN_THE_FIELD,
    MAY_TYPE_FOR_OTHERS,
    Act,
    Decision,
    Refused,
    decides,
    in_mission,
    member_of,
    mission_of,
    must,
    text,
)
from wayhome.mission.rules.missions import command_line
from wayhome.mission.state import Mission, World
from wayhome.mission.state_search import Dog
from wayhome.values.ids import Id, handle
from wayhome.values.outlines import crosses_itself
from wayhome.values.when import Moment

MOST_POINTS: Final = 2_000
MOST_FIXES: Final = 20_000
MOST_HYPOTHESES: Final = 8
MOST_GOALS: Final = 20
STATES: Final = ("working", "tired", "resting", "out")
MINUTE_MS: Final = 60_000


# ---- Evidence ----


@decides(i.NoteEvidence)
def note(intent: i.NoteEvidence, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "noting evidence")
    piece = _with_dog(intent.piece, mission, act)
    _check(piece, mission, act)
    number = mission.search.numbers.get(act.replica, 0) + 1
    founder = act.replica == world.organisation.founder_replica
    label = f"E{number}" if founder else f"E{number}-{handle(act.replica)[:4]}"
    words = text(intent.words, "the words", limit=2_000, empty=not isinstance(piece, f.Spoken))
    fact = f.EvidenceNoted(evidence=act.id("evidence"), number=number, label=label, words=words, piece=piece)
    return Decision(in_mission(mission, fact), made=fact.evidence, tells=(f"evidence {label}", *_tells(piece)))


@decides(i.WithdrawEvidence)
def withdraw(intent: i.WithdrawEvidence, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "withdrawing evidence")
    if intent.evidence not in mission.search.evidence or intent.evidence in mission.search.withdrawn:
        raise Refused("no such evidence", "there is no such evidence in this mission, or it was withdrawn")
    if act.by != mission.search.said_by.get(intent.evidence):
        must(world, act, MAY_TYPE_FOR_OTHERS, "withdrawing what another noted", mission=mission)
    reason = text(intent.reason, "the reason")
    return Decision(in_mission(mission, f.EvidenceWithdrawn(evidence=intent.evidence, reason=reason)))


def _with_dog(piece: f.AnyPiece, mission: Mission, act: Act) -> f.AnyPiece:
    """What a dog says with whose orders it takes and how it is, where the mission knows the dog."""
    if not isinstance(piece, f.DogBearing | f.DogTrail):
        return piece
    text(piece.dog, "the dog's name", limit=50)
    dog = dog_by_name(mission, piece.dog)
    if dog is None:
        return msgspec.structs.replace(piece, dog=piece.dog.strip(), handler=None)
    if dog.state in ("out", "resting") and dog.state_at is not None and piece.at.ms >= dog.state_at.ms:
        how = "has dropped out" if dog.state == "out" else "is resting"
        raise Refused("dog not working", f"{dog.name} {how} since {dog.state_at.local:%H:%M}: it gives no bearing")
    tired = dog.state == "tired" and dog.state_at is not None and piece.at.ms >= dog.state_at.ms
    known: dict[str, object] = {"dog": dog.name, "handler": dog.handler, "tired": tired or piece.tired}
    if isinstance(piece, f.DogTrail) and not piece.article:
        known["article"] = dog.article
    return msgspec.structs.replace(piece, **known)


def _check(piece: f.AnyPiece, mission: Mission, act: Act) -> None:
    """Refuses what cannot be so."""
    for field in ("pod", "chance_other", "chance_false", "elsewhere"):
        if hasattr(piece, field):
            _chance(f"a chance ({field.replace('_', ' ')})" if field != "pod" else "a POD", getattr(piece, field))
    for number in _numbers(piece):
        if not math.isfinite(number):
            raise Refused("no number", "a figure is not a number: give it anew")
    _not_to_come(_times(piece), act)
    if isinstance(piece, f.Spoken):
        _spoken(piece, mission)
    else:
        CHECKS[type(piece)](piece)


def _numbers(piece: f.AnyPiece) -> Iterable[float]:
    return (value for value in msgspec.structs.asdict(piece).values() if isinstance(value, float))


def _times(piece: f.AnyPiece) -> list[Moment]:
    if isinstance(piece, f.Swept):
        return [path[-1].at for path in piece.paths if path]
    return [piece.end] if isinstance(piece, f.AreaSearched | f.Watched) else [piece.at]


def _not_to_come(times: Iterable[Moment], act: Act) -> None:
    for at in times:
        if at.ms > act.now.ms + MINUTE_MS:
            said = f"{at.local:%a %H:%M}"
            raise Refused("in the future", f"{said} has not come yet: evidence speaks of what was, give its time")


def _chance(what: str, value: float) -> None:
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise Refused("no chance", f"{what} of {value:g} is refused: a chance is 0 to 1")


def _within(what: str, value: float, least: float, most: float, unit: str) -> None:
    if not least <= value <= most:
        raise Refused("out of bounds", f"{what} of {value:g} {unit} is refused: {least:g} to {most:,.0f}")


def _span(start: Moment, end: Moment) -> None:
    if end.ms <= start.ms:
        raise Refused("backwards", "its end is not after its beginning: give both as they were")


def _area(piece: f.AreaSearched) -> None:
    _span(piece.start, piece.end)
    if not 3 <= len(set(piece.area)) <= MOST_POINTS:
        raise Refused("too few points", f"an area needs 3 to {MOST_POINTS:,} different corners")
    if crosses_itself(piece.area):
        raise Refused("crosses itself", "the outline crosses itself: nobody can say what lies inside; redraw it")


def _sweep(piece: f.Swept) -> None:
    _within("the sweep width", piece.width_m, 0.5, 5_000, "m")
    _within("the searchers' speed", piece.at_km_h, 0.1, 300, "km/h")
    if not piece.paths or any(len(path) < 2 for path in piece.paths):
        raise Refused("too few points", "a track needs two places with their times, or more")
    if sum(map(len, piece.paths)) > MOST_FIXES:
        raise Refused("too many points", f"a sweep has at most {MOST_FIXES:,} places: thin the tracks out")
    for path in piece.paths:
        if any(after.at.ms <= before.at.ms for before, after in pairwise(path)):
            raise Refused("backwards", "the times of a track must rise from place to place")


def _bearing(piece: f.DogBearing) -> None:
    if piece.wind_from_deg is None or piece.wind_m_s is None:
        raise Refused("no wind", "a bearing without wind says nothing: give where the wind came from, and how many m/s")
    _within("the wind", piece.wind_m_s, 0, 60, "m/s")
    _within("the spread", piece.sd_deg, 1, 180, "degrees")
    _within("the reach", piece.reach_m, 1, 20_000, "m")
    for degrees in (piece.bearing_deg, piece.wind_from_deg):
        _within("a bearing", degrees, 0, 360, "degrees")


def _phone(piece: f.PhoneHeard) -> None:
    if not 0 <= piece.from_m < piece.to_m <= 100_000:
        raise Refused("out of bounds", "say from how near to how far from the mast it was, in metres up to 100 km")
    _within("the beam", piece.beam_deg, 1, 360, "degrees")
    if piece.azimuth_deg is not None:
        _within("the azimuth", piece.azimuth_deg, 0, 360, "degrees")


def _watch(piece: f.Watched) -> None:
    _span(piece.start, piece.end)
    _within("the radius", piece.radius_m, 1, 5_000, "m")


def _sighting(piece: f.Sighted) -> None:
    _within("how far off he may have been", piece.within_m, 1, 100_000, "m")
    _within("give or take", piece.give_min, 0, 1_440, "minutes")


def _trail(piece: f.DogTrail) -> None:
    _within("the wind", piece.wind_m_s, 0, 60, "m/s")
    if piece.toward_deg is not None:
        _within("a bearing", piece.toward_deg, 0, 360, "degrees")


CHECKS: Final[dict[type[f.Piece], Callable[[Any], None]]] = {
    f.AreaSearched: _area,
    f.Swept: _sweep,
    f.Watched: _watch,
    f.Sighted: _sighting,
    f.DogBearing: _bearing,
    f.DogTrail: _trail,
    f.PhoneHeard: _phone,
}
"""What each kind must be to be noted; words are checked against the hypotheses."""


def _spoken(piece: f.Spoken, mission: Mission) -> None:
    if not mission.search.hypotheses:
        raise Refused("no hypothesis", "what has no place speaks for or against a hypothesis: state one first")
    for one, value in piece.likely.items():
        if one not in mission.search.hypotheses:
            raise Refused("no such hypothesis", "there is no such hypothesis here: see how they are called")
        _chance(f"how likely it is under {mission.search.hypotheses[one].name}", value)
    unsaid = [held.name for one, held in mission.search.hypotheses.items() if one not in piece.likely]
    if unsaid:
        raise Refused("say of each", f"say how likely it would be under each hypothesis: {', '.join(unsaid)} too")
    if not any((*piece.likely.values(), piece.elsewhere)):
        raise Refused("no chance", "it cannot be impossible under every hypothesis: it was seen or heard")


def _tells(piece: f.AnyPiece) -> tuple[str, ...]:
    """What whoever noted it should know."""
    if isinstance(piece, f.DogBearing | f.DogTrail) and piece.tired:
        return (f"{piece.dog} is tired: it is taken as wider and likelier false",)
    if isinstance(piece, f.AreaSearched | f.Watched) and piece.pod == 1:
        return ("a POD of 1 leaves no chance that he was missed: nobody searches so well",)
    return ()


# ---- Clues ----


@decides(i.WeighClue)
def weigh_clue(intent: i.WeighClue, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "weighing a clue")
    if intent.clue not in mission.clues:
        raise Refused("no such clue", "there is no such clue in this mission")
    _chance("the chance of a plant", intent.planted)
    _chance("the chance of being somebody else's", intent.anothers)
    _within("how far from his way it may lie", intent.within_m, 1, 100_000, "m")
    _not_to_come([at for at in (intent.left_from, intent.left_until) if at is not None], act)
    if intent.left_from is not None and intent.left_until is not None:
        _span(intent.left_from, intent.left_until)
    fact = f.ClueWeighed(
        clue=intent.clue,
        planted=intent.planted,
        anothers=intent.anothers,
        left_from=intent.left_from,
        left_until=intent.left_until,
        within_m=intent.within_m,
    )
    return Decision(in_mission(mission, fact))


# ---- Hypotheses ----


@decides(i.StateHypothesis)
def state_hypothesis(intent: i.StateHypothesis, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "stating a hypothesis")
    name = text(intent.name, "the hypothesis", limit=60)
    same = next((one for one in mission.search.hypotheses.values() if one.name.casefold() == name.casefold()), None)
    if same is not None:
        raise Refused("name taken", f"there is a hypothesis {same.name} already: drop it first, or give another name")
    if name.casefold() == "elsewhere":
        raise Refused("name taken", "that he is elsewhere altogether is always one of the hypotheses: name another")
    if len(mission.search.hypotheses) >= MOST_HYPOTHESES:
        raise Refused("too many", f"{MOST_HYPOTHESES} hypotheses stand already: drop one first")
    _within("the odds", intent.odds, 1e-6, 1e6, "")
    if intent.heading_deg is not None:
        _within("a bearing", intent.heading_deg, 0, 360, "degrees")
    if len(intent.goals) > MOST_GOALS:
        raise Refused("too many", f"he makes for {MOST_GOALS} places at most")
    fact = f.HypothesisStated(
        hypothesis=act.id("hypothesis"),
        name=name,
        odds=intent.odds,
        words=text(intent.words, "the words", limit=2_000, empty=True),
        category=text(intent.category, "the category", limit=100, empty=True),
        evader=intent.evader,
        injured=intent.injured,
        heading_deg=intent.heading_deg,
        goals=intent.goals,
    )
    return Decision(in_mission(mission, fact), made=fact.hypothesis)


@decides(i.DropHypothesis)
def drop_hypothesis(intent: i.DropHypothesis, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "dropping a hypothesis")
    held = mission.search.hypotheses.get(intent.hypothesis)
    if held is None:
        raise Refused("no such hypothesis", "there is no such hypothesis here, or it was dropped")
    if act.by != held.by:
        must(world, act, MAY_TYPE_FOR_OTHERS, "dropping another's hypothesis", mission=mission)
    reason = text(intent.reason, "the reason")
    return Decision(in_mission(mission, f.HypothesisDropped(hypothesis=intent.hypothesis, reason=reason)))


# ---- Dogs ----


def dog_by_name(mission: Mission, name: str) -> Dog | None:
    """The dog that people call by `name` (without regard to case), or None."""
    wanted = name.strip().casefold()
    return next((dog for dog in mission.search.dogs.values() if dog.name.casefold() == wanted), None)


@decides(i.LendDog)
def lend_dog(intent: i.LendDog, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "passing command over a dog")
    name = text(intent.dog, "the dog's name", limit=50)
    member_of(world, intent.handler)
    dog = dog_by_name(mission, name)
    owner = dog.owner if dog else intent.owner or act.by
    member_of(world, owner)
    before = dog.handler if dog else owner
    if act.by != before:
        must(world, act, MAY_TYPE_FOR_OTHERS, "passing on a dog that takes another's orders", mission=mission)
    if dog is not None and dog.handler == intent.handler:
        raise Refused("already so", f"{dog.name} takes the orders of {world.name(intent.handler)} already")
    words = text(intent.words, "the words of command", limit=500, empty=before == intent.handler)
    article = text(intent.article, "the scent article", limit=200, empty=True)
    fact = f.DogLent(
        dog=dog.id if dog else act.id("dog"),
        name=dog.name if dog else name,
        owner=owner,
        handler=intent.handler,
        before=before if before != intent.handler else None,
        article=article,
        words=words,
    )
    line = command_line(world, act, _passed(world, fact))
    return Decision(in_mission(mission, fact, line), made=fact.dog)


def _passed(world: World, fact: f.DogLent) -> str:
    to = world.name(fact.handler)
    how = f"{fact.name} takes the orders of {to}"
    if fact.before is not None:
        how = f"{fact.name}: command passes from {world.name(fact.before)} to {to}"
    said = f' ("{fact.words}")' if fact.words else ""
    scent = f"; scent article: {fact.article}" if fact.article else ""
    return f"{how}{said}{scent}"


@decides(i.SayDogState)
def say_dog_state(intent: i.SayDogState, world: World, act: Act) -> Decision:
    mission = mission_of(world, act, intent.mission)
    must(world, act, IN_THE_FIELD, "saying how a dog is")
    dog = mission.search.dogs.get(Id(intent.dog))
    if dog is None:
        raise Refused("no such dog", "there is no such dog in this mission")
    if act.by not in (dog.handler, dog.owner):
        must(world, act, MAY_TYPE_FOR_OTHERS, "saying how another's dog is", mission=mission)
    if intent.state not in STATES:
        raise Refused("which state", f"{intent.state!r}: one of {', '.join(STATES)}")
    words = text(intent.words, "the words", limit=500, empty=True)
    fact = f.DogStateSaid(dog=dog.id, state=intent.state, words=words)
    how = {"out": "drops out", "working": "works again"}.get(intent.state, f"is {intent.state}")
    line = command_line(world, act, f"{dog.name} {how}{f': {words}' if words else ''}")
    return Decision(in_mission(mission, fact, line))
