"""Who comes to know of the secret, and what the others believe: tellings, covers, emergencies, somebody in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from tests.worlds.cast import GUARDIAN, INSIDERS, OUTSIDERS

from wayhome.mission.intents import missions as m
from wayhome.mission.intents import secrecy as s
from wayhome.mission.intents.base import Intent
from wayhome.mission.intents.people import SayAvailability, SetDutyStatus
from wayhome.mission.need_to_know import LEVELS
from wayhome.mission.state import Absence
from wayhome.values.ids import Id, MissionId, PersonId
from wayhome.values.when import Moment

if TYPE_CHECKING:
    from tests.worlds.secret import Secret

OWNER = "Ibiki"
BELIEVED = "visiting his sister"


class Knowing:
    """The part of the secret's story that is about who may know of it."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret
        self.pair = secret.pair
        self.chance = secret.pair.random("knowing")
        self.covered: dict[PersonId, tuple[str, Moment]] = {}
        """What was said of whom, and until when."""

    # Tellings

    def tell(self) -> None:
        """An outsider is told a part. The other world holds another secret, of which just that part is the same."""
        home_by = self.secret.held.home_by
        past = home_by is not None and home_by.moment().ms <= self.pair.without.clock.now.ms
        level = "that" if past else self.chance.choice(LEVELS)  # no other plan may have its end in the past
        listener = self.chance.choice(OUTSIDERS[2:])
        before = self.pair.with_secret.clock.now.plus(minutes=-1)
        late = self.chance.random() < 0.3 and self.secret.held.opened.ms < before.ms
        told = s.Tell(
            mission=self.secret.id,
            listener=self.secret.person(listener),
            level=level,
            happened=before if late else None,
            promise=self.chance.choice(("", "Not a word.")),
            shown=self.chance.random() < 0.3,
        )
        done = self.pair.alike((OWNER, told), lambda: (OWNER, self._of_the_other_secret(told)))
        if done is None:
            return
        if LEVELS.index(level) >= LEVELS.index("what for"):
            self.pair.told_what_for.add(listener)
        self._after_telling(listener, Id(done.made), level)

    def _after_telling(self, listener: str, telling: Id, level: str) -> None:
        """A promise; telling it on, at a level above what was heard or to one who may be read in; showing it."""
        if self.chance.random() < 0.4:
            self.pair.both(listener, s.GivePromise(telling=telling, words="I heard nothing."))
        if self.chance.random() < 0.5:
            third, further = self.chance.choice(INSIDERS + OUTSIDERS), self.chance.choice(LEVELS)
            on = s.Tell(of=telling, listener=self.secret.person(third), level=further)
            if self.pair.both(listener, on) and LEVELS.index(level) >= LEVELS.index("what for"):
                self.pair.told_what_for.add(third)
        if self.chance.random() < 0.3:
            self.secret.say(s.ShowTelling(telling=telling))

    def _of_the_other_secret(self, told: s.Tell) -> s.Tell:
        """In the other world: a secret that is the same up to a level, and nothing like it above."""
        rank, held = LEVELS.index(told.level), self.secret.held
        where = rank >= LEVELS.index("where and when")
        world = self.pair.without
        alarm = m.RaiseAlarm(
            name=held.name if told.level == "all" else f"Quiet wood {self.chance.randint(0, 999)}",
            rank=held.rank if told.level == "all" else "B",
            secret=True,
            place=held.place if where else None,
            purpose=held.purpose if rank >= LEVELS.index("what for") else "to fetch wood",
        )
        if told.happened is not None:
            world.clock.now, now = told.happened, world.clock.now
        done = world.act(self.secret.person(OWNER), alarm)[1]
        if told.happened is not None:
            world.clock.now = now
        assert done is not None
        mission = MissionId(done.made)
        if where:
            plan = m.PlanMission(
                mission=mission, place=held.place, starts=held.starts, hours=held.hours, home_by=held.home_by
            )
            told_so, planned = world.act(self.secret.person(OWNER), plan)
            assert planned is not None, told_so
        return replace(told, mission=mission)

    def tell_inside(self) -> None:
        """Somebody hears of it who is not looked at: others must not see even that."""
        told = s.Tell(
            mission=self.secret.id,
            listener=self.secret.person(GUARDIAN),
            level="all",
            promise=self.secret.words("promise"),
        )
        self.secret.say(told, by=self.secret.one())

    def limit(self) -> None:
        """How many may know: one more listener is then refused to whoever tells, and to them alone."""
        most = self.chance.choice((None, 3, 6, 20))
        shown = self.chance.random() < 0.3
        self.secret.say(s.SetCeiling(mission=self.secret.id, most=most, tellings_shown=shown))

    # Covers

    def cover(self) -> None:
        """In the other world it is true."""
        for name in self.secret.field[:2]:
            member = self.secret.person(name)
            end = self.pair.with_secret.clock.now.plus(minutes=self.chance.randint(30, 600))
            status = self.chance.choice(("away", "leave"))
            cover = s.SetCover(mission=self.secret.id, member=member, status=status, words=BELIEVED, end=end)
            if self.secret.say(cover):
                self.covered[member] = status, end
                true = SetDutyStatus(member=member, status=status, until=end, words=BELIEVED)
                self.pair.plainly(OWNER, true)

    def uncover(self) -> None:
        for cover in list(self.secret.held.secrecy.covers.values()):
            self.mirrored(s.EndCover(mission=self.secret.id, cover=cover.id), PersonId(cover.about), by=OWNER)

    def moved(self, intent: Intent, member: PersonId, *, by: str) -> None:
        """Somebody who has a cover goes or comes home: as long as it is believed, nothing of that shows."""
        held = self.pair.without.state.organisation.members[member]
        status, end = self.covered[member]
        if (held.status, held.status_until) == (status, end) and end.ms > self.pair.without.clock.now.ms:
            self.secret.say(intent, by=by)
        else:
            self.mirrored(intent, member, by=by)

    def mirrored(self, intent: Intent, member: PersonId, *, by: str) -> None:
        """An act that may change what is said in the open: the other world says the same, and it is true there."""
        before = self._said_of(member)
        if not self.secret.say(intent, by=by):
            return
        (status, until, spans), name = self._said_of(member), self.pair.cast.name(member)
        if (status, until) != before[:2]:
            self.pair.plainly(by, SetDutyStatus(member=member, status=status, until=until))
        said = self.pair.without.state.organisation.members[member].spans  # a status ends the span of its words itself
        for span in spans[len(said) :]:
            self.pair.plainly(
                name, SayAvailability(member=member, start=span.start, end=span.end, available=span.available)
            )

    def _said_of(self, member: PersonId) -> tuple[str, Moment | None, list[Absence]]:
        held = self.pair.with_secret.state.organisation.members[member]
        return held.status, held.status_until, [*held.spans]

    # Emergencies, and whoever is read in for a moment

    def break_glass(self) -> None:
        """In both worlds a guardian opens whatever somebody is away on, and is told the same in both."""
        member = self.secret.person(self.secret.one())
        self.pair.both(GUARDIAN, s.BreakGlass(member=member, reason="she does not answer", hours=0.5))

    def in_and_out(self) -> None:
        """Somebody is read in and out again: after that, there is nothing for them."""
        name = self.chance.choice(OUTSIDERS[2:])
        member, mission = self.secret.person(name), self.secret.id
        self.pair.was_inside.add(name)
        self.secret.say(m.ReadInMember(mission=mission, member=member, reason=self.secret.words("a moment")))
        self.secret.say(m.ReadOutMember(mission=mission, member=member, reason=self.secret.words("enough")))

    def restart(self) -> None:
        if self.chance.random() < 0.3:
            self.pair.restart()
