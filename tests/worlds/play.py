"""One pair from first to last: both stories interwoven, everything read and stated as people not read in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.fakes.photos import from_a_phone
from tests.fakes.quickly import quickly
from tests.worlds import covered
from tests.worlds.cast import INSIDERS, OUTSIDERS
from tests.worlds.commands import COMMANDS, Lines
from tests.worlds.desk_play import DeskSide
from tests.worlds.openly import Openly
from tests.worlds.pair import NAME, Asked, Pair, Tally, arguments
from tests.worlds.secret import Secret
from tests.worlds.world import World

from wayhome.mission.intents.base import Intent
from wayhome.values.ids import handle

ADVICE_A_LOOK = 2
"""Engines take their time; 600 looks ask each often enough."""

READING = [name for name, lines in COMMANDS.items() if isinstance(lines, Lines) and lines.reads]

COMMANDS_A_LOOK = -(-len(READING) // 10)
"""How many commands that read are typed at each of two looks, in turn, so that 300 pairs type each 50 times: what they
show comes by the reads, each of which is asked at every look."""
ACTING = [name for name, lines in COMMANDS.items() if isinstance(lines, Lines) and not lines.reads]


def play(seed: int, tally: Tally, folder: Path) -> Pair:
    """Plays one pair and holds its worlds against each other; what is found goes into the tally."""
    with quickly():
        return _played(seed, tally, folder)


def _played(seed: int, tally: Tally, folder: Path) -> Pair:
    pair = Pair(seed, tally, folder)
    openly = Openly(pair)
    openly.begin()
    secret = Secret(pair, openly.helicopter)
    desk = DeskSide(pair, openly.mission, openly.helicopter)
    chance = pair.random("time")
    look = chance.randint(35, 55)
    for number, step in enumerate(_interwoven(openly, secret, chance)):
        pair.forward(chance.choice((0, 1, 5, 20)))
        step()
        desk.step()
        pair.open_assumptions = {*openly.held.assumptions}
        if number == look:
            desk.look(chance, 2 * seed)
            look_around(pair, openly, chance)
            type_commands(pair, openly, chance, _in_turn(READING, COMMANDS_A_LOOK, 2 * seed))
    state_everything(pair, openly, chance)
    pair.forward(60)
    desk.step()
    desk.look(chance, 2 * seed + 1)
    look_around(pair, openly, chance)
    type_commands(pair, openly, chance, _in_turn(READING, COMMANDS_A_LOOK, 2 * seed + 1))
    type_commands(pair, openly, chance, _in_turn(ACTING, 5, seed))
    desk.act(chance, seed)
    desk.step()
    return pair


def _in_turn(names: Sequence[str], count: int, turn: int) -> list[str]:
    return [names[(turn * count + number) % len(names)] for number in range(count)]


def type_commands(pair: Pair, openly: Openly, chance: Random, names: list[str]) -> None:
    """Some commands as somebody who is not read in, as text and as JSON by turns."""
    for name in names:
        held = COMMANDS[name]
        assert isinstance(held, Lines)
        known: dict[str, Any] = {
            "open": openly.mission,
            "name": f"{NAME} {pair.seed}",
            "insider": chance.choice(INSIDERS),
            "outsider": chance.choice(OUTSIDERS),
            "number": chance.randint(0, 10**6),
            "exchange": pair.file("nothing"),
            "file": pair.file(f"out{held.writes_file}"),
            "photo_file": photo_file(pair),
        }
        json = ["--json"] if chance.random() < 0.5 else []
        _type(pair, known["outsider"], held, chance.randrange(len(held.lines)), known, json)


def photo_file(pair: Pair) -> Path:
    """A photo as a phone wrote it."""
    file = pair.file("boot.jpg")
    if not file.exists():
        file.write_bytes(from_a_phone())
    return file


def _type(pair: Pair, viewer: str, held: Lines, number: int, known: dict[str, Any], json: list[str]) -> None:
    def ask(world: World, guessed: dict[str, str]) -> bytes:
        words = held.words(number, known | guessed | {"handle": handle(guessed["mission"])})
        if world.keys.purpose != "as if read in":
            world.keys.purpose = "open"
        told = world.type(viewer, [*words, *json])
        file: Path = known["file"]
        if file.exists():
            told += file.read_bytes()
            file.unlink()
        return told

    command = next(name for name, lines in COMMANDS.items() if lines is held)
    pair.ask(Asked("command", command, viewer, held.lines[number]), ask, writes=not held.reads)


def _interwoven(openly: Openly, secret: Secret, chance: Random) -> Any:
    """The steps of both stories, each in its own order."""
    lines = [openly.steps(), secret.steps()]
    while lines:
        line = chance.choice(lines)
        step = next(line, None)
        if step is None:
            lines.remove(line)
        else:
            yield step


def look_around(pair: Pair, openly: Openly, chance: Random) -> None:
    """Everything that can be read, advised and tried, as somebody who is not read in."""
    viewer = chance.choice(OUTSIDERS)
    known = {"open": openly.mission, "insider": pair.cast[chance.choice(INSIDERS)], "outsider": pair.cast[viewer]}
    for name, shapes in covered.READS.items():
        for shape in shapes:
            _read(pair, viewer, name, shape, known)
    for name in chance.sample(sorted(covered.ADVICE), k=ADVICE_A_LOOK):
        _advise(pair, viewer, name, chance.choice(covered.ADVICE[name]), known)
    pair.name_typed = True
    for name in covered.INTENTS:
        _try(pair, openly, viewer, name, chance.choice(INSIDERS))


def _read(pair: Pair, viewer: str, name: str, shape: covered.Shape, known: dict[str, Any]) -> None:
    def ask(world: World, guessed: dict[str, str]) -> bytes:
        return world.read(pair.cast[viewer], name, **arguments(shape, guessed, known))

    pair.ask(Asked("read", name, viewer, repr(shape)), ask)


def _advise(pair: Pair, viewer: str, name: str, shape: covered.Shape, known: dict[str, Any]) -> None:
    def ask(world: World, guessed: dict[str, str]) -> bytes:
        if world.keys.purpose != "as if read in":
            world.keys.purpose = "advice"
        return world.advise(pair.cast[viewer], name, **arguments(shape, guessed, known))

    pair.ask(Asked("advice", name, viewer, repr(shape)), ask, writes=shape.get("mission", "!open") == "!open")


def _try(pair: Pair, openly: Openly, who: str, name: str, insider: str) -> None:
    """What the rules would say to an intent at a hidden id, without its being done."""

    def ask(world: World, guessed: dict[str, str]) -> bytes:
        aim = _aim(pair, openly, who, insider, guessed)
        return b"\n".join(world.decided(pair.cast[who], intent) for intent in covered.INTENTS[name](aim))

    pair.ask(Asked("try", name, who, "all its forms"), ask)


def state_everything(pair: Pair, openly: Openly, chance: Random) -> None:
    """Every intent there is, by people not read in, aimed at the hidden ids and at ids that name nothing."""
    names = list(covered.INTENTS)
    chance.shuffle(names)
    for name in names:
        who = chance.choice(("Tsunade", "Shizune", "Kotetsu", chance.choice(OUTSIDERS)))
        _state(pair, openly, who, name, chance.choice(INSIDERS))


def _state(pair: Pair, openly: Openly, who: str, name: str, insider: str) -> None:
    guess = pair.guess()
    aims = [_aim(pair, openly, who, insider, guessed) for guessed in (guess.in_secret(), guess.absent)]
    for hidden, absent in zip(*(covered.INTENTS[name](aim) for aim in aims), strict=True):
        told = []
        for world, intent in ((pair.with_secret, hidden), (pair.without, absent)):
            world.keys.purpose = "open"
            told.append(world.act(pair.cast[who], intent)[0])
        pair.compare(Asked("intent", name, who, repr(hidden)), told[0], told[1], _unfiltered(pair, who, hidden))


def _unfiltered(pair: Pair, who: str, intent: Intent) -> bytes | None:
    """What the rules would have said to the intent if whoever stated it were read in, where that is something else."""
    world, by = pair.with_secret, pair.cast[who]
    if pair.secret_id is None:
        return None
    shown = world.as_if_read_in(by, [pair.secret_id], lambda: world.decided(by, intent))
    return shown if shown != world.decided(by, intent) else None


def _aim(pair: Pair, openly: Openly, who: str, insider: str, guessed: dict[str, str]) -> covered.Aim:
    return covered.Aim(
        guess=guessed,
        open=openly.mission,
        insider=pair.cast[insider],
        outsider=pair.cast[who],
        vehicle=openly.helicopter,
        now=pair.without.clock.now.at("Europe/Andorra"),
        typed=f"{NAME} {pair.seed}",
    )
