"""Refusals of what is said of a search: evidence that cannot be so, hypotheses, dogs."""

from __future__ import annotations

from typing import Any

from tests.fakes.scene import HERE, NOTHING, Scene
from tests.mission.refusing import Stated, one, refuses

from wayhome.mission.facts import searching as f
from wayhome.mission.intents import searching as i
from wayhome.values.ids import Id
from wayhome.values.places import Place
from wayhome.values.when import Moment

WAY = (HERE, Place(42.51, 1.5), Place(42.51, 1.51))
BOW = (Place(42.5, 1.5), Place(42.51, 1.51), Place(42.5, 1.51), Place(42.51, 1.5))


def ago(s: Scene, hours: float) -> Moment:
    return s.clock().plus(hours=-hours)


def noted(s: Scene, piece: f.AnyPiece, words: str = "") -> i.NoteEvidence:
    return i.NoteEvidence(mission=s.mission, piece=piece, words=words)


def area(s: Scene, **said: Any) -> i.NoteEvidence:
    return noted(s, f.AreaSearched(**{"area": WAY, "start": ago(s, 2), "end": ago(s, 1), "pod": 0.5, **said}))


def bearing(s: Scene, **said: Any) -> i.NoteEvidence:
    given = {"dog": "Pakkun", "place": HERE, "at": ago(s, 1), "bearing_deg": 90.0, "chance_false": 0.2}
    return noted(s, f.DogBearing(**{**given, "wind_from_deg": 90.0, "wind_m_s": 2.0, **said}))


def phone(s: Scene, **said: Any) -> i.NoteEvidence:
    given = {"mast": HERE, "at": ago(s, 1), "from_m": 0.0, "to_m": 900.0, "chance_other": 0.1}
    return noted(s, f.PhoneHeard(**{**given, **said}))


def sweep(s: Scene, *fixes: f.Fix) -> i.NoteEvidence:
    return noted(s, f.Swept(paths=(fixes,), width_m=30.0))


def hypothesis(s: Scene, name: str = "he fled", odds: float = 1.0, **said: Any) -> i.StateHypothesis:
    return i.StateHypothesis(mission=s.mission, name=name, odds=odds, **said)


def spoken(s: Scene, **said: Any) -> i.NoteEvidence:
    return noted(s, f.Spoken(**{"likely": {}, "elsewhere": 0.5, "at": ago(s, 1), **said}), "he took his boots")


def lend(s: Scene, dog: str = "Pakkun", to: str = "Choji", words: str = "go with him") -> i.LendDog:
    return i.LendDog(mission=s.mission, dog=dog, handler=s[to], words=words)


# fmt: off
one("no chance", "a POD of 1.2 is refused", "Choji", lambda s: area(s, pod=1.2))
one("in the future", "has not come yet: evidence speaks of what was", "Choji", lambda s: area(s, end=ago(s, -3)))
one("backwards", "its end is not after its beginning", "Choji", lambda s: area(s, end=ago(s, 3)))
one("crosses itself", "nobody can say what lies inside", "Choji", lambda s: area(s, area=BOW))
one("too few points", "3 to 2,000 different corners", "Choji", lambda s: area(s, area=WAY[:2]))
one("no wind", "a bearing without wind says nothing", "Choji", lambda s: bearing(s, wind_m_s=None))
one("no number", "a figure is not a number", "Choji", lambda s: bearing(s, bearing_deg=float("nan")))
one("out of bounds", "a bearing of 361", "Choji", lambda s: bearing(s, bearing_deg=361.0))
one("out of bounds", "from how near to how far", "Choji", lambda s: phone(s, to_m=-1.0))
one("too few points", "two places with their times", "Choji", lambda s: sweep(s, f.Fix(ago(s, 1), HERE)))
one("backwards", "the times of a track must rise", "Choji",
    lambda s: sweep(s, f.Fix(ago(s, 1), HERE), f.Fix(ago(s, 2), HERE)))
one("too many points", "at most 20,000 places", "Choji",
    lambda s: sweep(s, *(f.Fix(ago(s, 1 - n / 1e6), HERE) for n in range(20_001))))
one("no such evidence", "or it was withdrawn", "Choji",
    lambda s: i.WithdrawEvidence(mission=s.mission, evidence=NOTHING, reason="x"))
one("no such clue", "no such clue in this mission", "Choji",
    lambda s: i.WeighClue(mission=s.mission, clue=NOTHING, planted=0.1, anothers=0.1))
one("no hypothesis", "state one first", "Choji", spoken)
one("out of bounds", "the odds of 0", "Choji", lambda s: hypothesis(s, odds=0))
one("name taken", "elsewhere altogether is always one", "Choji", lambda s: hypothesis(s, "Elsewhere"))
one("too many", "20 places at most", "Choji", lambda s: hypothesis(s, goals=WAY * 7))
one("no such hypothesis", "or it was dropped", "Choji",
    lambda s: i.DropHypothesis(mission=s.mission, hypothesis=NOTHING, reason="x"))
one("no such dog", "no such dog in this mission", "Choji",
    lambda s: i.SayDogState(mission=s.mission, dog=NOTHING, state="tired"))
one("nothing said", "the words of command is empty", "Kotetsu", lambda s: lend(s, words=""))
# fmt: on


@refuses("name taken", "there is a hypothesis he fled already")
def said_twice(s: Scene) -> Stated:
    s.do("Choji", hypothesis(s))
    return "Choji", hypothesis(s, "He Fled")


@refuses("too many", "8 hypotheses stand already")
def one_too_many(s: Scene) -> Stated:
    for number in range(8):
        s.do("Choji", hypothesis(s, f"number {number}"))
    return "Choji", hypothesis(s)


@refuses("say of each", "how likely it would be under each hypothesis: he fled too")
def half_said(s: Scene) -> Stated:
    s.do("Choji", hypothesis(s))
    return "Choji", spoken(s)


@refuses("no such hypothesis", "see how they are called")
def of_nothing(s: Scene) -> Stated:
    s.do("Choji", hypothesis(s))
    return "Choji", spoken(s, likely={NOTHING: 0.5})


@refuses("no chance", "it cannot be impossible under every hypothesis")
def impossible(s: Scene) -> Stated:
    made = s.do("Choji", hypothesis(s)).made
    return "Choji", spoken(s, likely={made: 0.0}, elsewhere=0.0)


@refuses("already so", "Pakkun takes the orders of Choji already")
def lent_twice(s: Scene) -> Stated:
    s.do("Choji", lend(s, words=""))
    return "Choji", lend(s)


@refuses("not yours to do", "passing on a dog that takes another's orders is for")
def anothers_dog(s: Scene) -> Stated:
    s.do("Kotetsu", lend(s))
    return "Neji", lend(s, to="Neji")


@refuses("which state", "'asleep': one of working, tired, resting, out")
def odd_state(s: Scene) -> Stated:
    dog = s.do("Choji", lend(s, words="")).made
    return "Choji", i.SayDogState(mission=s.mission, dog=Id(dog), state="asleep")


@refuses("dog not working", "Pakkun has dropped out since")
def spent(s: Scene) -> Stated:
    dog = s.do("Choji", lend(s, words="")).made
    s.do("Choji", i.SayDogState(mission=s.mission, dog=Id(dog), state="out"))
    return "Choji", bearing(s, at=s.clock())
