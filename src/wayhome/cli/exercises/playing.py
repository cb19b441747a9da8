"""Playing an exercise: a house, a clock that is moved, and command lines run as the members they name."""

from __future__ import annotations

import contextvars
import io
import re
import shlex
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from wayhome.assembly import Founding, LocalHouse, NotSignedIn, in_memory_house
from wayhome.assembly.facing import Through
from wayhome.cli import times
from wayhome.cli.context import Context, UsageError
from wayhome.cli.exercises.borrowed import BorrowedHouse
from wayhome.cli.exercises.checking import Answer, fault, field, fitting, listed, plain, row_fault, rows_of, shown
from wayhome.cli.exercises.everywhere import commands_for
from wayhome.cli.exercises.loading import BadExercise, fill, filled
from wayhome.cli.exercises.phones import AtOnce, Phones
from wayhome.cli.exercises.results import StepResult
from wayhome.cli.exercises.shape import Exercise, Line, Step
from wayhome.links.profiles import load_profile
from wayhome.usecases.following import Listener
from wayhome.usecases.session import Session
from wayhome.values.ids import PersonId
from wayhome.values.when import BadTime, Moment, zone

WIDTH = 400
"""Columns: wide, so that no word of a table is folded in two."""

AT_ONCE_S = 1.0
"""Within so long of its acknowledgement, by the wall's clock, every open desk that may see a line has heard of it."""

_HANDLE = re.compile(r"\[([A-Z2-9]{6})\]")


class StandingClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: Moment) -> None:
        self.now = now

    def __call__(self) -> Moment:
        return self.now


class Player:
    """A house, its clock, and what the lines so far have kept."""

    def __init__(
        self, house: LocalHouse, clock: StandingClock, founder: PersonId, through: Through | None = None
    ) -> None:
        """`through` makes the sessions: without it they are the house's own."""
        self.house = house
        self._as = through(house) if through is not None else house.as_member
        self.clock = clock
        self.kept: dict[str, str] = {}
        self.phones = Phones()
        self._founder = founder

    def session(self, token: str) -> Session:
        """As the member of that name; an exercise asks for no password."""
        names = self.house.as_member(self._founder).read("callsigns").value
        for one in names:
            if one.name.casefold() == token.casefold():
                return self._as(one.member)
        raise NotSignedIn(f"nobody in this exercise is called {token}")

    def run(self, words: list[str], who: str, *, as_json: bool = False) -> Answer:
        """One command line of wayhome, in this house, as somebody."""
        from wayhome.cli.main import run

        out, err = io.StringIO(), io.StringIO()
        context = Context(
            open_house=lambda _: BorrowedHouse(self.session, self.house.terrains),
            out=out,
            err=err,
            data=Path("exercise"),
            who=who,
            as_json=as_json,
            width=WIDTH,
            token_of=lambda here: here.who or who,
        )
        status = contextvars.copy_context().run(run, words, context)
        return Answer(status, out.getvalue(), err.getvalue())

    def move_to(self, typed: str) -> None:
        """Moves the clock on, and lets fall due whatever does on the way, each at its own time."""
        until = times.deadline(typed, self.clock.now).moment()
        if until.ms < self.clock.now.ms:
            raise BadTime(f"{typed} is before {self.clock.now.local:%Y-%m-%d %H:%M}: the clock never goes back")
        while (due := self.house.next_due()) is not None and due.ms <= until.ms:
            self.clock.now = due
            self.house.tick()
        self.clock.now = until
        self.house.tick()

    def do(self, line: Line) -> str | None:
        """Plays one line. None when all it says holds, else what did not."""
        self.phones.forget()
        line = filled(line, self.kept)
        if line.at:
            self.move_to(line.at)
        else:
            self.house.tick()
        if line.nowhere:
            return self._found_somewhere(line)
        with TemporaryDirectory(prefix="wayhome-exercise-") as scratch:
            file = Path(scratch) / line.file
            words = [word.replace("{file}", str(file)) for word in shlex.split(fill(line.run, self.kept))]
            desks = {name: self._listens(name) for name in (*line.live, *line.still)}
            answer = self.run(words, line.who, as_json=line.wants_rows)
            if line.file and file.is_file():
                answer = msgspec.structs.replace(answer, file=file.read_text(encoding="utf-8", errors="replace"))
            elif line.file and not line.refused:
                return f"wrote no {line.file}: {shown(answer.text)}"
        wrong = fault(line, answer) or _heard_wrongly(line, desks) or self._told_wrongly(line)
        return wrong or (self._rows(line, answer) if line.wants_rows else self._keep(line, answer))

    def take_phones(self, names: Sequence[str]) -> None:
        """Gives members a channel, through which they are told from now on."""
        if names:
            self.house.begin_telling(self.phones, AtOnce(), AtOnce())
        for name in names:
            self.phones.give(self.house, name, self.session(name).viewer)

    def _told_wrongly(self, line: Line) -> str | None:
        """What somebody should have been told through a channel and was not, or was and should not have been."""
        if line.told or line.untold:
            self.house.tick()
        for name, words in line.told.items():
            held = plain(" ".join(self.phones.to(name)))
            missing = [word for word in listed(words) if plain(word) not in held]
            if missing:
                return f"did not tell {name} {missing[0]!r}, but: {shown(held) or 'nothing'}"
        told = [name for name in line.untold if self.phones.to(name)]
        return f"told {told[0]}: {shown(' '.join(self.phones.to(told[0])))}" if told else None

    def _listens(self, name: str) -> Listener:
        """An open desk of somebody."""
        return self.house.following.join(self.session(name).viewer)

    def _rows(self, line: Line, answer: Answer) -> str | None:
        try:
            rows = rows_of(answer, line.inside)
        except ValueError as error:
            return str(error)
        wrong = row_fault(line, rows)
        if wrong:
            return wrong
        first = next(iter(fitting(rows, line.where)), None)
        for name, path in line.take.items():
            held = field(first, path)
            if not held:
                return f"has nothing at {path!r} to keep"
            self.kept[name] = str(held)
        return None

    def _keep(self, line: Line, answer: Answer) -> str | None:
        if not line.keep:
            return None
        found = _HANDLE.search(answer.out)
        if found is None:
            return f"printed no handle to keep: {shown(answer.text)}"
        self.kept[line.keep] = found[1]
        return None

    def _found_somewhere(self, line: Line) -> str | None:
        """Looks for words in everything that a member can list, show or be told."""
        looked = 0
        for words in commands_for(self.run, line.who):
            for as_json in (False, True):
                answer = self.run(words, line.who, as_json=as_json)
                looked += 1
                for hidden in line.nowhere:
                    if fill(hidden, self.kept).casefold() in answer.text.casefold():
                        return f"`wayhome {shlex.join(words)}` said {hidden!r}: {shown(answer.text)}"
        return None if looked else "there was nothing to look through"


def _heard_wrongly(line: Line, desks: dict[str, Listener]) -> str | None:
    """Whom the line should have been told at once and was not, or should not have been."""
    until = time.monotonic() + AT_ONCE_S
    while time.monotonic() < until and not all(desks[name].has_news for name in line.live):
        time.sleep(0.001)
    deaf = [name for name in line.live if not desks[name].take().frames]
    told = [name for name in line.still if desks[name].has_news]
    for desk in desks.values():
        desk.leave()
    if deaf:
        return f"did not reach {', '.join(deaf)} within {AT_ONCE_S:g} s"
    return f"reached {', '.join(told)}" if told else None


def start(exercise: Exercise, through: Through | None = None) -> Player:
    """A house in memory for an exercise, before its first line. Raises BadExercise."""
    profile = load_profile(exercise.profile)
    zone_name = exercise.zone or profile.zone
    try:
        local = times.moment(exercise.starts.replace(" ", "T"), Moment(0, zone(zone_name).key))
    except (BadTime, UsageError) as error:
        raise BadExercise(f"{exercise.name}: starts: {error}") from error
    clock = StandingClock(local)
    founding = Founding(
        name=profile.name,
        zone=zone_name,
        profile=exercise.profile,
        scales=profile.scales(),
        founder=exercise.founder,
        password="",
    )
    house, founder = in_memory_house(exercise.name, clock, founding)
    return Player(house, clock, founder, through)


def play(exercise: Exercise, through: Through | None = None) -> Iterator[StepResult]:
    """Plays an exercise from its first line to its last, and gives each step's result as it is reached."""
    player = start(exercise, through)
    broken = prepare(player, exercise)
    for step in exercise.step:
        if broken:
            yield StepResult(step.id, "fail", broken)
        else:
            yield play_step(player, exercise, step)


def prepare(player: Player, exercise: Exercise) -> str:
    """Plays the setup. Gives what went wrong, or nothing."""
    for line in exercise.setup:
        wrong = _attempt(player, line)
        if wrong:
            return f"the setup failed ({where(exercise, line)}): {wrong}"
    player.take_phones(exercise.phones)
    return ""


def play_step(player: Player, exercise: Exercise, step: Step) -> StepResult:
    """Plays one step to its end, or to the first line of it that does not hold."""
    for line in step.do:
        wrong = _attempt(player, line)
        if wrong:
            what = f"`wayhome {fill(line.run, player.kept)}`" if line.run else "what is to be seen nowhere"
            return StepResult(step.id, "fail", f"{where(exercise, line)}: {what} as {line.who} {wrong}")
    said = "; ".join(line.so for line in step.do if line.so)
    evidence = f"{said[:1].upper()}{said[1:]}." if said else f"{len(step.do)} lines hold."
    if step.partial:
        return StepResult(step.id, "partial", f"{evidence} Still missing: {step.partial}")
    return StepResult(step.id, "pass", evidence)


def _attempt(player: Player, line: Line) -> str | None:
    try:
        return player.do(line)
    except (BadTime, UsageError) as error:
        return f"cannot be played: {error}"


def where(exercise: Exercise, line: Line) -> str:
    return f"{exercise.name}, line {line.number}" if line.number else f"cast of {exercise.name}"
