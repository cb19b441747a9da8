"""Two worlds driven in step: what is open happens in both, the secret in one, and its plain outside in the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from tests.worlds.cast import OUTSIDERS, Cast, cast
from tests.worlds.world import World

from wayhome.mission.intents.base import Intent
from wayhome.mission.need_to_know import Telling
from wayhome.mission.rules import Refused
from wayhome.usecases.acting import Done
from wayhome.values.ids import MissionId, derive, handle

SECRET = "Kagerou"
"""Whatever is said in the secret holds this word, so that a scan finds any of it."""

NAME = "Night heron"
"""What the secret mission is called; people who know nothing may happen to type the same."""

GUESSES = (
    "mission", "offer", "team", "line", "clue", "casualty", "alarm", "testimony", "assumption", "conflict", "backup",
    "drawing", "photo", "cover", "telling", "glass", "evidence", "hypothesis", "dog",
)  # fmt: skip
"""What somebody may guess the id of."""


class Asked(msgspec.Struct, frozen=True):
    """What somebody asked or stated, who is not read in."""

    kind: str
    name: str
    viewer: str
    words: str


class Difference(msgspec.Struct, frozen=True):
    """One thing that told the worlds apart."""

    asked: Asked
    with_secret: str
    without: str

    def __str__(self) -> str:
        asked = self.asked
        return f"{asked.kind} {asked.name} {asked.words} as {asked.viewer}\n  {self.with_secret}\n  {self.without}"


class Tally:
    """How much was compared, in how much of it the secret would have shown, and what differed."""

    def __init__(self) -> None:
        self.compared: Counter[str] = Counter()
        self.would_show: Counter[str] = Counter()
        self.differences: list[Difference] = []

    @property
    def total(self) -> int:
        return self.compared.total()

    @property
    def share(self) -> float:
        return self.share_of("")

    def share_of(self, kind: str) -> float:
        """The share in all comparisons of a kind."""
        compared = sum(times for name, times in self.compared.items() if name.startswith(kind))
        return sum(times for name, times in self.would_show.items() if name.startswith(kind)) / max(1, compared)


class Guess(msgspec.Struct, frozen=True):
    """Ids that somebody guesses: the real, hidden one in the one world; in the other one that names nothing."""

    hidden: dict[str, str]
    absent: dict[str, str]

    def in_secret(self) -> dict[str, str]:
        return {what: self.hidden.get(what, self.absent[what]) for what in GUESSES}


Ask = Callable[[World, dict[str, str]], bytes]
"""A question to one world, with the ids that are guessed in it."""


class Pair:
    """A world with a secret, the same without, and everything that was found to differ."""

    def __init__(self, seed: int, tally: Tally, folder: Path) -> None:
        self.seed = str(seed)
        self.folder = folder
        self.tally = tally
        self.with_secret = World(self.seed)
        self.without = World(self.seed)
        self.cast: Cast = cast(self.with_secret.founder)
        self.secret_id: MissionId | None = None
        self._absent = {what: str(derive(self.seed, "guessed", what)) for what in GUESSES}
        self.open_assumptions: set[str] = set()
        self.name_typed = False
        self.told_what_for: set[str] = set()
        """Outsiders who were told words of the secret: to them these betray nothing."""
        self.was_inside: set[str] = set()
        """Outsiders who were read in for a moment and out again: their pages then began anew."""

    @property
    def worlds(self) -> tuple[World, World]:
        return self.with_secret, self.without

    def random(self, purpose: str) -> Random:
        return Random(f"{self.seed}/{purpose}")

    def forward(self, minutes: float) -> None:
        """Time passes in both, and what falls due is raised."""
        for world in self.worlds:
            world.clock.forward(minutes=minutes)
            world.keys.purpose = "tick"
            world.house.tick()

    def both(self, who: str, intent: Intent, *, again: bool = False) -> Done | None:
        """An open act in both worlds; what an outsider is told must be the same, and the same a second time."""
        by = self.cast[who]
        keys = []
        for world in self.worlds:
            world.keys.purpose = "open"
            keys.append(world.keys())
        done: Done | None = None
        for _ in range(2 if again else 1):
            told = [world.act(by, intent, key=key) for world, key in zip(self.worlds, keys, strict=True)]
            done = done or told[0][1]
            if who in OUTSIDERS:
                asked = Asked("act", type(intent).__name__, who, repr(intent))
                self.compare(asked, told[0][0], told[1][0], guessed=False)
        return done

    def secretly(self, who: str, intent: Intent) -> Done | None:
        """An act of the secret mission, in its own world alone. None where the rules refuse it."""
        self.with_secret.keys.purpose = "secret"
        return self.with_secret.act(self.cast[who], intent)[1]

    def alike(self, secret: tuple[str, Intent], plain: Callable[[], tuple[str, Intent]]) -> Done | None:
        """An act of the secret mission and one of another secret, in the other world, by which they look alike."""
        keys = []
        for world in self.worlds:
            world.keys.purpose = "alike"
            keys.append(world.keys())
        done = self.with_secret.act(self.cast[secret[0]], secret[1], key=keys[0])[1]
        if done is not None:
            self.without.keys.purpose = "other secret"
            who, intent = plain()
            told, same = self.without.act(self.cast[who], intent, key=keys[1])
            assert same is not None, f"the other world would not have it: {intent} {told!r}"
        return done

    def restart(self) -> None:
        """Both laptops are started anew."""
        for world in self.worlds:
            world.restart()

    def plainly(self, who: str, intent: Intent) -> None:
        """What the secret act looks like from outside, in the world that has no secret."""
        self.without.keys.purpose = "secret"
        told, done = self.without.act(self.cast[who], intent)
        assert done is not None, f"the world without a secret would not have it: {intent} {told!r}"

    def apart(self, secret: tuple[str, Intent], before_merging: Callable[[], object]) -> None:
        """Two laptops work apart: a secret act on the second one, what is given on the first, and an outsider merges.

        The world without the secret merges as well, from a laptop on which nothing happened.
        """
        others = [world.laptop() for world in self.worlds]
        self.with_secret.keys.purpose = "apart"
        with suppress(Refused):
            others[0].as_member(self.cast[secret[0]]).do(secret[1])
        before_merging()
        told = []
        for world, other in zip(self.worlds, others, strict=True):
            self.file("exchange").write_bytes(other.log.export_exchange({}))
            told.append(world.type("Shizune", ["merge", str(self.file("exchange")), "--json"]))
        self.compare(Asked("command", "merge", "Shizune", "from the other"), told[0], told[1], guessed=False)

    def file(self, name: str) -> Path:
        return self.folder / name

    def guess(self) -> Guess:
        """The hidden ids as they now are, and as many that name nothing."""
        if self.secret_id is None:
            return Guess({}, self._absent)
        held = self.with_secret.mission(self.secret_id)
        sets: dict[str, Iterable[str]] = {
            "mission": (self.secret_id,),
            "offer": held.offers,
            "team": held.teams,
            "clue": held.clues,
            "casualty": held.casualties,
            "alarm": held.alarms,
            "testimony": held.testimony,
            "assumption": (a for a in held.assumptions if a not in self.open_assumptions),
            "conflict": held.conflicts,
            "backup": held.backups,
            "drawing": held.drawings,
            "photo": held.photos,
            "cover": held.secrecy.covers,
            "line": held.recent,
            "telling": (t.id for t in held.secrecy.tellings.values() if not self._heard_outside(t)),
            "glass": held.secrecy.emergencies,
            "evidence": held.search.evidence,
            "hypothesis": held.search.hypotheses,
            "dog": held.search.dogs,
        }
        first = {what: next(iter(ids), None) for what, ids in sets.items()}
        return Guess({what: id for what, id in first.items() if id is not None}, self._absent)

    def _heard_outside(self, telling: Telling) -> bool:
        return bool({self.cast.name(telling.teller), self.cast.name(telling.listener)} & {*OUTSIDERS})

    def ask(self, asked: Asked, ask: Ask, *, writes: bool = False) -> None:
        """The same question in both worlds and, unless it writes openly, once more as if the viewer were read in."""
        guess, purpose = self.guess(), self.with_secret.keys.purpose
        a = ask(self.with_secret, guess.in_secret())
        b = ask(self.without, guess.absent)
        shown: bytes | None = None
        if self.secret_id is not None and not writes:
            self.with_secret.keys.purpose = "as if read in"
            shown = self.with_secret.as_if_read_in(
                self.cast[asked.viewer], [self.secret_id], lambda: ask(self.with_secret, guess.in_secret())
            )
            self.with_secret.keys.purpose = purpose
        self.compare(asked, a, b, shown)

    def compare(self, asked: Asked, a: bytes, b: bytes, unfiltered: bytes | None = None, guessed: bool = True) -> None:
        """Holds what came of both worlds against each other, byte by byte, once guessed ids are put aside."""
        left, right = a, b
        if guessed and a != b:
            guess = self.guess()
            left, right = _put_aside(a, guess.in_secret()), _put_aside(b, guess.absent)
        key = f"{asked.kind} {asked.name}"
        self.tally.compared[key] += 1
        if unfiltered is not None and unfiltered != a:
            self.tally.would_show[key] += 1
        if left != right or self._betrays(left, asked.viewer):
            words = (told.decode(errors="replace") for told in (left, right))
            self.tally.differences.append(Difference(asked, *words))

    def _betrays(self, told: bytes, viewer: str) -> bool:
        """Whether a word of the secret stands in it; its name counts until an outsider has typed the same."""
        if viewer in self.told_what_for:
            return False
        return SECRET.encode() in told or (not self.name_typed and NAME.encode() in told)


def _put_aside(told: bytes, guessed: dict[str, str]) -> bytes:
    """What was told without the words that the asker put in: the ids they guessed."""
    for what, number in guessed.items():
        told = told.replace(number.encode(), f"<{what}>".encode())
        told = told.replace(handle(number).encode(), f"<{what}>".encode())
    return told


def arguments(asked: dict[str, Any], guessed: dict[str, str], known: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a question, with `?offer` filled in by a guess and `!open` by what is known to be there."""
    filled = {}
    for name, value in asked.items():
        if isinstance(value, str) and value.startswith("?"):
            value = guessed[value[1:]]
        elif isinstance(value, str) and value.startswith("!"):
            value = known[value[1:]]
        filled[name] = value
    return filled
