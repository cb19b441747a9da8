"""Who knows: what each sees of what was told, and that every past instant is what a replay of the facts gives."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from tests.fakes.scene import HERE, TEAM, Scene

from wayhome.mission import facts
from wayhome.mission.facts import missions as mf
from wayhome.mission.facts import secrecy as sf
from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as i
from wayhome.mission.intents.base import Intent
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.rules import Refused
from wayhome.usecases.knowing import KnowerView, KnowView
from wayhome.usecases.rows import NothingThere
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment, deadline_at


def secret_of(scene: Scene) -> MissionId:
    """A secret mission of Shizune's with everything in it that can be told."""
    raised = m.RaiseAlarm(name="Kagerou", rank="S", secret=True, purpose="learn what they plan")
    made = MissionId(scene.do("Shizune", raised).made)
    home = deadline_at(scene.now.plus(days=90))
    scene.do("Shizune", m.PlanMission(mission=made, place=HERE, starts=scene.now.plus(hours=9), home_by=home))
    return made


def read(scene: Scene, who: str, name: str, **given: Any) -> Any:
    return scene.house.as_member(scene[who]).read(name, **given).value


def tell(scene: Scene, who: str, listener: str, level: str, **more: Any) -> Id:
    return Id(scene.do(who, i.Tell(listener=scene[listener], level=level, **more)).made)


def know(scene: Scene, who: str, mission: MissionId, at: datetime | None = None) -> KnowView:
    held: KnowView = read(scene, who, "know", mission=mission, at=at)
    return held


def knower(view: KnowView, name: str) -> KnowerView | None:
    return next((one for one in view.knowers if one.member_name == name), None)


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("that", set()),
        ("where and when", {"place", "starts", "home_by"}),
        ("what for", {"place", "starts", "home_by", "purpose"}),
        ("all", {"place", "starts", "home_by", "purpose", "name", "rank"}),
    ],
)
def test_a_listener_reads_just_their_level(level: str, told: set[str]) -> None:
    """The listener has the telling at its level, nothing above it, and no way to the mission."""
    scene = Scene()
    secret = secret_of(scene)
    tell(scene, "Shizune", "Choji", level, mission=secret, about=scene["Neji"])
    (held,) = read(scene, "Choji", "tellings")
    parts = ("name", "rank", "purpose", "place", "starts", "home_by")
    assert {part for part in parts if getattr(held, part)} == told
    assert (held.teller_name, held.about_name, held.level) == ("Shizune", "Neji", level)
    assert secret not in str(held)
    for name in ("told", "know", "mission"):
        with pytest.raises(NothingThere):
            read(scene, "Choji", name, mission=secret)
    assert read(scene, "Neji", "tellings") == ()


def test_what_was_told_stays_as_it_was_told() -> None:
    """A mission that is planned anew changes nothing of what somebody heard before."""
    scene = Scene()
    secret = secret_of(scene)
    tell(scene, "Shizune", "Choji", "where and when", mission=secret)
    before = read(scene, "Choji", "tellings")
    scene.do("Shizune", m.PlanMission(mission=secret, starts=scene.now.plus(days=3)))
    assert read(scene, "Choji", "tellings") == before


def test_whoever_was_told_passes_on_no_more_than_that() -> None:
    """What is told on is cut from what was heard, not from the mission."""
    scene = Scene()
    secret = secret_of(scene)
    heard = tell(scene, "Shizune", "Choji", "what for", mission=secret, about=scene["Neji"])
    tell(scene, "Choji", "Kotetsu", "where and when", of=heard)
    (held,) = read(scene, "Kotetsu", "tellings")
    assert (held.purpose, held.about_name, held.teller_name) == ("", "Neji", "Choji")
    assert held.starts is not None


def test_command_does_not_see_what_is_not_shown_to_it() -> None:
    """A telling counts for its teller alone until it is shown, and then for all who are read in."""
    scene = Scene()
    secret = secret_of(scene)
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    telling = tell(scene, "Neji", "Choji", "that", mission=secret, promise="to nobody")
    assert (know(scene, "Neji", secret).count, know(scene, "Shizune", secret).count) == (3, 2)
    assert read(scene, "Shizune", "told", mission=secret) == ()
    assert [one.telling for one in read(scene, "Neji", "told", mission=secret)] == [telling]
    scene.do("Neji", i.ShowTelling(telling=telling))
    for who in ("Neji", "Shizune"):
        (shown,) = read(scene, who, "told", mission=secret)
        assert (shown.shown, shown.promise, shown.listener_name) == (True, "to nobody", "Choji")
        assert know(scene, who, secret).count == 3


def test_a_promise_reaches_the_teller_and_whoever_sees_the_telling() -> None:
    """The listener promises in their own words; both read them."""
    scene = Scene()
    secret = secret_of(scene)
    telling = tell(scene, "Shizune", "Choji", "that", mission=secret)
    scene.do("Choji", i.GivePromise(telling=telling, words="not a word"))
    assert {read(scene, who, "tellings")[0].promise for who in ("Shizune", "Choji")} == {"not a word"}
    assert read(scene, "Shizune", "told", mission=secret)[0].promise == "not a word"


def test_where_the_mission_says_so_every_telling_is_shown() -> None:
    """Also one that is passed on by somebody who is not read in; they hear nothing of it."""
    scene = Scene()
    secret = secret_of(scene)
    scene.do("Shizune", i.SetCeiling(mission=secret, most=2, tellings_shown=True))
    heard = tell(scene, "Shizune", "Choji", "that", mission=secret)
    told = scene.do("Choji", i.Tell(listener=scene["Kotetsu"], level="that", of=heard))
    assert told.tells == ()
    view = know(scene, "Shizune", secret)
    assert [(one.member_name, one.depth, one.source_name) for one in view.knowers] == [
        ("Shizune", 0, ""),
        ("Choji", 1, "Shizune"),
        ("Kotetsu", 2, "Choji"),
    ]
    assert (view.count, view.most, view.left, view.depth, view.widest_told) == (3, 2, -1, 2, 1)


def test_whoever_shows_that_they_told_is_known_to_know() -> None:
    """A shown telling of somebody whose own is not shown: they knew by then, though nothing says how."""
    scene = Scene()
    secret = secret_of(scene)
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    heard = tell(scene, "Neji", "Choji", "that", mission=secret)
    tell(scene, "Choji", "Kotetsu", "that", of=heard, shown=True)
    view = know(scene, "Shizune", secret)
    choji = knower(view, "Choji")
    assert choji is not None and (choji.basis, choji.source, choji.sees) == ("unrecorded", None, False)
    assert knower(view, "Kotetsu") is not None


def test_knowing_never_shrinks_but_sight_ends() -> None:
    """Whoever is read out still knows, and sees no more; neither the mission nor what they told as one read in."""
    scene = Scene()
    secret = secret_of(scene)
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    tell(scene, "Neji", "Choji", "all", mission=secret, shown=True)
    scene.clock.forward(hours=1)
    scene.do("Shizune", m.ReadOutMember(mission=secret, member=scene["Neji"], reason="no need"))
    neji = knower(know(scene, "Shizune", secret), "Neji")
    assert neji is not None and (neji.sees, neji.read_out, neji.level) == (False, scene.now, "all")
    assert read(scene, "Neji", "tellings") == ()
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"]))
    assert len(read(scene, "Neji", "tellings")) == len(read(scene, "Neji", "told", mission=secret)) == 1


def test_a_late_telling_counts_from_when_it_happened() -> None:
    """What is recorded today of yesterday was known yesterday."""
    scene = Scene()
    secret = secret_of(scene)
    opened = scene.now
    scene.clock.forward(days=2)
    tell(scene, "Shizune", "Choji", "that", mission=secret, happened=opened.plus(days=1))
    view = know(scene, "Shizune", secret)
    assert view.person_days == pytest.approx(3.0)
    assert know(scene, "Shizune", secret, opened.plus(hours=23).utc).count == 1
    assert know(scene, "Shizune", secret, opened.plus(hours=25).utc.replace(tzinfo=UTC)).count == 2


def test_one_over_the_ceiling_is_recorded_with_its_reason() -> None:
    """Read-ins and offers leave an exception, a telling keeps its reason; each stands beside who knows."""
    scene = Scene()
    secret = secret_of(scene)
    scene.do("Shizune", i.SetCeiling(mission=secret, most=1))
    scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Neji"], override="he must plan"))
    why = {"ceiling": "nobody else can", "rank": "x", "history": "x"}
    scene.do("Shizune", m.MakeOffer(mission=secret, member=scene["Choji"], exceptions=why))
    tell(scene, "Shizune", "Kotetsu", "that", mission=secret, override="his brother goes", shown=True)
    rules = [one.rule for one in read(scene, "Neji", "exceptions", mission=secret) if one.rule == "ceiling"]
    assert rules == ["ceiling", "ceiling"]
    assert set(know(scene, "Neji", secret).overrides) == {"he must plan", "nobody else can", "his brother goes"}


def test_a_refusal_counts_only_what_the_actor_may_know_of() -> None:
    """A telling that another keeps to themselves neither fills the ceiling for the others nor stands in a count."""
    scene = Scene()
    secret = secret_of(scene)
    for name in ("Neji", "Shikamaru"):
        scene.do("Shizune", m.ReadInMember(mission=secret, member=scene[name]))
    scene.do("Shizune", i.SetCeiling(mission=secret, most=4))
    tell(scene, "Neji", "Choji", "that", mission=secret)
    over = i.Tell(listener=scene["Kotetsu"], level="that", mission=secret)
    assert "4 know of it, and at most 4 may" in scene.refused("Neji", over).text
    assert scene.do("Shikamaru", over).made


def test_what_stays_unsaid_looks_as_though_it_were_not() -> None:
    """Somebody told by hearsay is refused nothing for who is read in, how many know, or that it is shown already."""
    answers = []
    for secretly in (False, True):
        scene = Scene()
        secret = secret_of(scene)
        heard = tell(scene, "Shizune", "Choji", "that", mission=secret)
        if secretly:
            scene.do("Shizune", m.ReadInMember(mission=secret, member=scene["Kotetsu"]))
            scene.do("Shizune", i.SetCeiling(mission=secret, most=1, tellings_shown=True))
        told = scene.do("Choji", i.Tell(listener=scene["Kotetsu"], level="that", of=heard))
        again = scene.do("Choji", i.ShowTelling(telling=Id(told.made)))
        answers.append((told.tells, again.tells, [one.level for one in read(scene, "Choji", "tellings")]))
    assert answers[0] == answers[1]


def test_an_open_mission_says_that_it_is_open() -> None:
    """There is nobody to count where everybody may know."""
    scene = Scene()
    view = know(scene, "Choji", scene.mission)
    assert (view.open, view.knowers, view.by_now) == (True, (), None)
    assert "open mission" in view.words[0]


def test_the_chance_is_given_as_a_range_with_its_assumption() -> None:
    """Each chance has a lower and a higher one beside it, and the words say what they rest on."""
    scene = Scene()
    secret = secret_of(scene)
    tell(scene, "Shizune", "Choji", "that", mission=secret)
    scene.clock.forward(days=30)
    view = know(scene, "Shizune", secret)
    assert view.by_now is not None and view.by_end is not None and view.one_more is not None
    assert view.handful is not None
    assert 0 < view.by_now.low < view.by_now.middle < view.by_now.high < view.by_end.high
    assert view.handful.low < view.handful.middle < view.handful.high
    assert "Assumed, not measured" in view.words[0] and "0.01 a year" in view.words[0]
    assert view.one_more_days == pytest.approx(60)


# At any past instant: a replay


def _random_history(seed: int) -> tuple[Scene, MissionId]:
    """Read-ins, read-outs and tellings of all kinds in an order that chance makes, some of them late."""
    chance = Random(f"knowing/{seed}")
    scene = Scene()
    secret = secret_of(scene)
    names = [*TEAM, "Tsunade"]
    heard: list[tuple[str, Id]] = []
    for _ in range(40):
        scene.clock.forward(minutes=chance.randint(0, 600))
        who, other = chance.choice(names), chance.choice(names)
        late = scene.now.plus(minutes=-chance.randint(0, 2000)) if chance.random() < 0.5 else None
        more: dict[str, Any] = {"listener": scene[other], "level": chance.choice(LEVELS), "happened": late}
        stated: list[tuple[str, Intent]] = [
            ("Shizune", m.ReadInMember(mission=secret, member=scene[other])),
            ("Shizune", m.ReadOutMember(mission=secret, member=scene[other], reason="no need")),
            (who, i.Tell(mission=secret, shown=chance.random() < 0.7, **more)),
        ]
        if heard:
            by, telling = chance.choice(heard)
            stated += [(by, i.Tell(of=telling, shown=chance.random() < 0.7, **more))] * 2
            stated.append((by, i.ShowTelling(telling=telling)))
        by, intent = chance.choice(stated)
        try:
            done = scene.do(by, intent)
        except Refused:
            continue
        if isinstance(intent, i.Tell):
            heard.append((other, Id(done.made)))
    return scene, secret


class _Replay:
    """The facts of one mission that speak of who knows, as they lie in the log."""

    def __init__(self, scene: Scene, secret: MissionId) -> None:
        self.read_in: list[tuple[int, PersonId, bool]] = []
        self.tellings: dict[Id, sf.Told] = {}
        self.shown: set[Id] = set()
        for entry in scene.house.log.entries():
            if entry.header.stream == f"m:{secret}" and entry.body is not None:
                fact = facts.decode(entry.header.kind, entry.header.version, entry.body)
                self._take(fact, entry.header.claimed.ms)

    def _take(self, fact: object, ms: int) -> None:
        match fact:
            case mf.MissionOpened():
                self.read_in.append((ms, fact.owner, True))
            case mf.ReadIn() | mf.ReadOut():
                self.read_in.append((ms, fact.member, isinstance(fact, mf.ReadIn)))
            case sf.Told():
                self.tellings[fact.telling] = fact
                self.shown |= {fact.telling} if fact.shown else set()
            case sf.TellingShown():
                self.shown.add(fact.telling)


def _replayed(replay: _Replay, viewer: PersonId, at: Moment) -> dict[str, tuple[int, int, bool]]:
    """Who knows: since when, how much, and whether they see it; by brute force from the facts themselves."""
    known: dict[str, tuple[int, int, bool]] = {}

    def learns(person: str, ms: int, level: int) -> None:
        first, most, sees = known.get(person, (ms, level, False))
        known[person] = min(first, ms), max(most, level), sees

    for ms, member, inside in replay.read_in:
        if ms <= at.ms:
            if inside:
                learns(member, ms, 3)
            known[member] = (*known[member][:2], inside)
    for telling in replay.tellings.values():
        own = telling.teller == viewer and telling.of is None
        if (telling.telling in replay.shown or own) and telling.happened.ms <= at.ms:
            learns(telling.listener, telling.happened.ms, LEVELS.index(telling.level))
            learns(telling.teller, telling.happened.ms, LEVELS.index(telling.level))
    return known


@pytest.mark.parametrize("seed", range(40))
def test_any_past_instant_is_what_a_replay_of_the_facts_gives(seed: int) -> None:
    """Who knew, since when, how much, and who saw it: at instants drawn at random, as command sees it."""
    scene, secret = _random_history(seed)
    chance, replay = Random(seed), _Replay(scene, secret)
    opened = scene.world.missions[secret].opened.ms
    for ms in (scene.now.ms, opened, *(chance.randint(opened, scene.now.ms) for _ in range(12))):
        at = Moment(ms, scene.now.zone)
        view = know(scene, "Shizune", secret, at.utc)
        got = {str(one.member): (one.since.ms, LEVELS.index(one.level), one.sees) for one in view.knowers}
        assert got == _replayed(replay, scene["Shizune"], at)
        days = sum(ms - since for since, _, _ in got.values()) / 86_400_000
        assert view.person_days == pytest.approx(days)
